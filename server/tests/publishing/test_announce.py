"""News while it happens: announced, numbered, chained, shown."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audit.models import Entry
from afterword.components.actions import create_component
from afterword.incidents.models import Incident
from afterword.kit.errors import BadInput, NotAllowed, TextRejected, WrongState
from afterword.publishing import queries
from afterword.publishing.actions import announce_incident, announce_update
from afterword.publishing.chain import first_break
from afterword.publishing.models import Publication, PublicIncident, Rebuild
from publishing.press import a_page


@pytest.fixture
def larkbridge(db: None, now: datetime) -> SimpleNamespace:
    page = a_page(now - timedelta(days=1))
    sending = create_component(
        actor=MACHINE, now=now - timedelta(days=1), page=page, name="Invoice sending"
    )
    return SimpleNamespace(page=page, sending=sending)


def announce(larkbridge: SimpleNamespace, now: datetime, **more: Any) -> Publication:
    given = {
        "title": "Invoices are not being sent",
        "body": "Invoices you send from Larkbridge are not delivered. We look for the cause.",
        "components": {larkbridge.sending: "major_outage"},
        "severity": 2,
    }
    return announce_incident(actor=MACHINE, now=now, page=larkbridge.page, **{**given, **more})


def incident_of(publication: Publication) -> Incident:
    return Incident.objects.get(public_id=publication.incident_id)


def test_an_announcement_is_on_the_page_in_the_feed_and_in_its_month(
    larkbridge: SimpleNamespace, now: datetime
) -> None:
    publication = announce(larkbridge, now)
    assert publication.number == 1
    shown = queries.incident(larkbridge.page, publication.incident_id)
    assert (shown.title, shown.status, shown.is_open) == (
        "Invoices are not being sent",
        "investigating",
        True,
    )
    assert [part["status"] for part in shown.components] == ["major_outage"]
    asked = {each.place for each in queries.pending_rebuilds(larkbridge.page)}
    assert asked == {
        "index", "api", "embeds", "feeds", "history", "month:2026-03", "quarter:2026-q1", "log",
        "log:1", f"incident:{publication.incident_id}", "patterns", "year:2026",
        f"component:{larkbridge.sending.public_id}",
        "having:impact/critical", "having:data/unknown", "having:cause/unknown",
        f"having:component/{larkbridge.sending.public_id}",
    }  # fmt: skip


def test_publications_are_numbered_without_gaps_and_chained(
    larkbridge: SimpleNamespace, now: datetime
) -> None:
    first = announce(larkbridge, now)
    for minute in range(1, 6):
        announce_update(
            actor=MACHINE, now=now + timedelta(minutes=minute), incident=incident_of(first),
            status="investigating", body=f"Look {minute}: the queue of waiting invoices is full.",
        )  # fmt: skip
    with pytest.raises(WrongState):
        announce_update(
            actor=MACHINE, now=now, incident=incident_of(first), status="scheduled",
            body="This status cannot follow, so nothing is published.",
        )  # fmt: skip
    published = list(Publication.objects.order_by("number"))
    assert [each.number for each in published] == [1, 2, 3, 4, 5, 6]
    assert first_break(published) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("body", "Nothing happened."),
        ("title", "All is well"),
        ("html", "<p>Nothing happened.</p>"),
        ("facts", {"incident": {}}),
        ("commitments", [{"what": "more"}]),
        ("kind", "summary"),
        ("incident_id", "another"),
        ("audience", "page"),
        ("number", 7),
    ],
)
def test_a_changed_publication_breaks_the_chain_at_its_number(
    larkbridge: SimpleNamespace, now: datetime, field: str, value: object
) -> None:
    first = announce(larkbridge, now)
    announce_update(
        actor=MACHINE, now=now + timedelta(minutes=9), incident=incident_of(first),
        status="identified", body="The list of waiting invoices is full.",
    )  # fmt: skip
    published = list(Publication.objects.order_by("number"))
    setattr(published[1], field, value)
    assert first_break(published) == 2
    assert first_break([published[1]]) == 1


def test_words_that_hide_the_size_are_refused_and_nothing_is_written(
    larkbridge: SimpleNamespace, now: datetime
) -> None:
    with pytest.raises(TextRejected) as refused:
        announce(larkbridge, now, body="User error: customers who did not update are affected.")
    assert refused.value.findings[0]["field"] == "body"
    assert refused.value.findings[0]["rule"] in refused.value.message
    assert not Publication.objects.exists()
    assert not Incident.objects.exists()
    assert not Rebuild.objects.exists()


def test_a_finding_counts_from_the_beginning_of_its_field(
    larkbridge: SimpleNamespace, now: datetime
) -> None:
    body = "Invoices are not delivered.\n\nIt was user error."
    with pytest.raises(TextRejected) as refused:
        announce(larkbridge, now, title="User error: invoices are late", body=body)
    by_field = {str(each["field"]): each for each in refused.value.findings}
    assert set(by_field) == {"title", "body"}
    for field, text in (("title", "User error: invoices are late"), ("body", body)):
        found = by_field[field]
        assert text[found["start"] : found["end"]] == found["quote"]  # type: ignore[misc]
    assert by_field["body"]["line"] == 3


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Door scanning was slow", "Door scanning takes 9 seconds instead of 1. We look for why."),
        ("Rechnungen kommen nicht an", "Rechnungen werden seit 08:12 Uhr UTC nicht zugestellt. "
         "Wir suchen die Ursache und melden uns bis 10:00 Uhr UTC wieder bei Ihnen."),
    ],
)  # fmt: skip
def test_a_language_without_rules_silences_nobody_during_an_incident(
    larkbridge: SimpleNamespace, now: datetime, title: str, body: str
) -> None:
    assert announce(larkbridge, now, title=title, body=body).title == title


def test_an_update_is_checked_against_the_record(
    larkbridge: SimpleNamespace, now: datetime
) -> None:
    first = announce(larkbridge, now)
    with pytest.raises(TextRejected):
        announce_update(
            actor=MACHINE, now=now + timedelta(hours=1), incident=incident_of(first),
            status="investigating", body="Customers who failed to update caused this: user error.",
        )  # fmt: skip
    assert Publication.objects.count() == 1


@pytest.mark.parametrize(
    "broken", [{"title": ""}, {"body": "  "}, {"title": "x" * 256}, {"body": "a\x00b"}]
)
def test_a_text_no_page_can_carry_is_refused_by_field(
    larkbridge: SimpleNamespace, now: datetime, broken: dict[str, str]
) -> None:
    with pytest.raises(BadInput) as refused:
        announce(larkbridge, now, **broken)
    assert set(refused.value.problems) == set(broken)
    assert not Publication.objects.exists()


def test_a_stranger_announces_nothing(larkbridge: SimpleNamespace, now: datetime) -> None:
    stranger = SimpleNamespace(id=None, label="a passer-by")
    with pytest.raises(NotAllowed):
        announce_incident(
            actor=stranger, now=now, page=larkbridge.page, title="Down", body="It is down."
        )
    assert not Publication.objects.exists()


def test_resolving_tells_when_it_ended_and_keeps_how_bad_it_was(
    larkbridge: SimpleNamespace, now: datetime
) -> None:
    first = announce(larkbridge, now)
    over = now + timedelta(hours=2)
    announce_update(
        actor=MACHINE, now=over, incident=incident_of(first), status="resolved",
        body="Invoices are being sent again since 14:00 UTC.",
    )  # fmt: skip
    shown = queries.incident(larkbridge.page, first.incident_id)
    assert (shown.is_open, shown.resolved_at) == (False, over)
    assert [part["status"] for part in shown.components] == ["major_outage"]
    assert queries.open_incidents(larkbridge.page) == []
    assert queries.recent(larkbridge.page, 5) == [shown]


def test_without_notify_the_page_alone_gets_it(larkbridge: SimpleNamespace, now: datetime) -> None:
    quiet = announce(larkbridge, now, notify=False)
    loud = announce(larkbridge, now + timedelta(minutes=1))
    assert (quiet.audience, loud.audience) == ("page", "subscribers")
    assert list(queries.unsent_publications()) == [loud]
    assert list(queries.unsent_publications(after=loud.pk)) == []


def test_whoever_was_mailed_that_it_goes_on_is_mailed_the_end_though_nobody_asked_for_it(
    larkbridge: SimpleNamespace, now: datetime
) -> None:
    incident = incident_of(announce(larkbridge, now))
    said = [
        announce_update(
            actor=MACHINE, now=now + timedelta(minutes=minutes), incident=incident, status=status,
            body="Invoices are being sent again.", notify=False,
        )
        for minutes, status in ((1, "monitoring"), (2, "resolved"))
    ]  # fmt: skip
    assert [each.audience for each in said] == ["page", "subscribers"]
    quiet = incident_of(announce(larkbridge, now + timedelta(hours=1), notify=False))
    end = announce_update(
        actor=MACHINE, now=now + timedelta(hours=2), incident=quiet, status="resolved",
        body="Invoices are being sent again.", notify=False,
    )  # fmt: skip
    assert end.audience == "page"


def test_the_audit_names_the_publication_and_not_its_words(
    larkbridge: SimpleNamespace, now: datetime
) -> None:
    publication = announce(larkbridge, now, body="Zanzibar is not delivered to. We look for why.")
    entry = Entry.objects.get(verb="publishing.announce")
    assert entry.subject == f"incident:{publication.incident_id}"
    assert entry.detail["publication"] == 1
    assert not [each for each in Entry.objects.all() if "Zanzibar" in str(each.detail)]


def test_the_public_row_is_never_more_than_its_publications(
    larkbridge: SimpleNamespace, now: datetime
) -> None:
    first = announce(larkbridge, now)
    incident = incident_of(first)
    incident.title = "A working title nobody published"
    incident.save()
    assert PublicIncident.objects.get().title == "Invoices are not being sent"
