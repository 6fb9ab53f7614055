"""An incident of this morning, told from beginning to closure through the product's own verbs."""

from datetime import timedelta

from afterword.accounts.permissions import MACHINE
from afterword.accounts.queries import person_by_email
from afterword.audience.actions.subscribers import confirm, subscribe
from afterword.audience.links import confirmation_of
from afterword.components.actions import create_component, create_page
from afterword.followups.actions import decide
from afterword.incidents.actions import save_record
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record, incident_by_public_id
from afterword.kit.clock import now as clock
from afterword.publishing import actions as door
from afterword.statements import actions as statements
from afterword.statements.queries import newest_revision


def tell() -> Incident:
    """Return the incident: over, on record, its closure published and mailed to one reader."""
    writer = person_by_email("wanda@larkbridge.example")
    reviewer = person_by_email("rolf@larkbridge.example")
    end = clock().replace(second=0, microsecond=0) - timedelta(hours=2)
    began = end - timedelta(hours=6, minutes=12)
    page = create_page(
        actor=MACHINE, now=began, name="Larkbridge", url="https://status.larkbridge.example",
        support_contact="support@larkbridge.example",
    )  # fmt: skip
    sending = create_component(actor=MACHINE, now=began, page=page, name="Invoice sending")
    opened = door.announce_incident(
        actor=writer, now=began, page=page, title="Invoices are not sent",
        body="Invoices you send are not delivered. We are looking for the cause.",
        components={sending: "major_outage"}, severity=2, notify=False,
    )  # fmt: skip
    incident = incident_by_public_id(page, opened.incident_id)
    door.announce_update(
        actor=writer, now=end, incident=incident, status="resolved",
        body="Invoice sending is working again.", notify=False,
    )  # fmt: skip
    incident.refresh_from_db()
    now = clock()
    reader = subscribe(now=now - timedelta(hours=1), page=page, email="reader@fernway.example")
    token = confirmation_of(reader.token, now - timedelta(hours=1))
    confirm(now=now - timedelta(hours=1), token=token)
    record = current_record(incident)
    assert record is not None
    known = {
        "customers": {"affected": 1798, "total": 4860, "percent": 37.0, "basis": "measured"},
        "symptoms": ["invoices sent from Larkbridge were not delivered"],
        "data": {
            **record.data["data"], "confidentiality": "none", "loss": "none", "integrity": "none",
            "checked_how": "every queued invoice compared with the sent log",
        },
    }  # fmt: skip
    save_record(
        actor=writer, now=now, incident=incident, data={**record.data, **known},
        expected_version=None,
    )  # fmt: skip
    decide(
        actor=reviewer, now=now, incident=incident, segment="everyone", level="subscribers",
        reason="Everybody subscribed saw the failure.",
    )  # fmt: skip
    closure = statements.start(actor=writer, now=now, incident=incident, kind="closure")
    statements.save_revision(
        actor=writer, now=now, statement=closure, title="Invoice sending: resolved",
        based_on=newest_revision(closure).number,
        body=(
            "Resolved: invoice sending is working again. "
            f"From {began:%-d %B %Y, %H:%M} to {end:%-d %B %Y, %H:%M} UTC (6 hours 12 minutes), "
            "invoices you sent from Larkbridge were not delivered. This affected 1,798 customers, "
            "37% of those active that day. No invoice data was lost: we compared every queued "
            f"invoice with the sent log. Sending has been stable since {end:%H:%M} UTC. We are "
            "sorry. A late invoice can mean a late payment. We will publish what happened and what "
            f"we are changing by {now + timedelta(days=5):%-d %B %Y}. If an invoice still looks "
            "stuck, contact support@larkbridge.example. Thank you for your patience."
        ),
    )  # fmt: skip
    statements.ask_review(actor=writer, now=now, statement=closure)
    statements.approve(actor=reviewer, now=now, statement=closure)
    closure.refresh_from_db()
    door.publish_statement(actor=reviewer, now=now, statement=closure)
    return incident
