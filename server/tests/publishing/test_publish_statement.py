"""Through the door goes what a second person approved, as it stands at that moment."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.models import RoleGrant
from afterword.audience.actions.customers import add_affected
from afterword.commitments.actions import change, promise
from afterword.followups.actions import decide
from afterword.followups.models import PlanLine
from afterword.incidents.queries import current_record
from afterword.kit.errors import Conflict, NotAllowed, TextRejected, WrongState
from afterword.kit.hashing import canonical_json
from afterword.postmortems.actions import save as save_postmortem
from afterword.postmortems.content import Content, Entry, Factor
from afterword.publishing import queries
from afterword.publishing.actions import announce_update, publish_statement
from afterword.publishing.models import Publication, Rebuild
from afterword.statements.actions import approve, ask_review, override, save_revision, start
from afterword.statements.models import Statement
from afterword.statements.promises import promises_hash
from afterword.statements.queries import approval
from statements.world import HONEST, TITLE, build, change_record, for_the_page_only

LATER = timedelta(hours=1)


@pytest.fixture
def company(db: None, now: datetime) -> SimpleNamespace:
    return for_the_page_only(build(now), now)


@pytest.fixture
def pia(company: SimpleNamespace) -> Any:
    return company.pia


def approved(
    company: SimpleNamespace, now: datetime, kind: str = "closure", title: str = TITLE,
    body: str = HONEST, segment: str = "",
) -> Statement:  # fmt: skip
    statement = start(
        actor=company.noor, now=now, incident=company.incident, kind=kind, segment=segment
    )
    save_revision(
        actor=company.noor, now=now, statement=statement, title=title, body=body, based_on=1
    )
    ask_review(actor=company.noor, now=now, statement=statement)
    approve(actor=company.bo, now=now, statement=statement)
    return statement


def test_an_approved_closure_is_frozen_with_the_facts_it_was_approved_under(
    company: SimpleNamespace, pia: Any, now: datetime
) -> None:
    statement = approved(company, now)
    publication = publish_statement(actor=pia, now=now + LATER, statement=statement)
    record = current_record(company.incident)
    assert record is not None
    assert (publication.title, publication.body) == (TITLE, HONEST)
    assert publication.html.startswith("<p>The incident is resolved.")
    assert (publication.record_version, publication.record_hash) == (record.version, record.hash)
    assert publication.facts["record"]["customers"]["affected"] == 1798
    assert publication.facts["incident"]["status"] == "resolved"
    assert publication.linter_version
    statement.refresh_from_db()
    assert (statement.state, statement.published_at) == ("published", now + LATER)
    shown = queries.incident(company.page, company.incident.public_id)
    assert shown.closed_at == now + LATER
    assert shown.facts["customers"]["percent"] == 37.0


def test_a_text_for_everybody_waits_until_somebody_decides_who_that_is(
    company: SimpleNamespace, pia: Any, now: datetime
) -> None:
    PlanLine.objects.all().delete()
    statement = approved(company, now)
    with pytest.raises(WrongState, match="Nobody has decided yet whether subscribers"):
        publish_statement(actor=pia, now=now, statement=statement)
    statement.refresh_from_db()
    assert (statement.state, Publication.objects.count()) == ("approved", 0)
    decide(
        actor=pia, now=now, incident=company.incident, segment="everyone", level="subscribers",
        reason="Most of them felt it.",
    )  # fmt: skip
    publication = publish_statement(actor=pia, now=now, statement=statement)
    assert publication.audience == "subscribers"


def test_nobody_publishes_what_nobody_approved(
    company: SimpleNamespace, pia: Any, now: datetime
) -> None:
    statement = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    save_revision(
        actor=company.noor, now=now, statement=statement, title=TITLE, body=HONEST, based_on=1
    )
    with pytest.raises(WrongState, match="nobody has approved"):
        publish_statement(actor=pia, now=now, statement=statement)
    assert not Publication.objects.exists()


def test_a_changed_record_voids_the_approval_at_the_door(
    company: SimpleNamespace, pia: Any, now: datetime
) -> None:
    statement = approved(company, now)
    change_record(company, now, customers={"affected": 2000, "percent": 41.2})
    with pytest.raises(WrongState, match="the record changed after approval"):
        publish_statement(actor=pia, now=now, statement=statement)
    assert not Publication.objects.exists()
    statement.refresh_from_db()
    assert statement.published_at is None


def test_a_promise_made_changed_or_dropped_after_approval_voids_it(
    company: SimpleNamespace, pia: Any, now: datetime
) -> None:
    told = {
        "actor": company.noor, "now": now, "incident": company.incident, "mechanism": "prevent",
        "what": "Queues stop accepting work at 80% full", "due": date(2026, 4, 18),
        "why": "A full queue held back every invoice.",
        "effect": "An engineer is called before invoices are late.",
    }  # fmt: skip
    first = promise(**told)
    statement = approved(company, now)
    assert approval(statement).valid
    promise(**told | {"what": "Every customer gets 500 euros back"})
    with pytest.raises(WrongState, match="the promises changed after approval"):
        publish_statement(actor=pia, now=now, statement=statement)
    for step in ({"state": "in_progress"}, {"due": date(2026, 5, 2), "note": "One more test."}):
        ask_review(actor=company.noor, now=now, statement=statement)
        approve(actor=company.bo, now=now, statement=statement)
        change(actor=company.noor, now=now, commitment=first, **step)
        assert approval(statement).why == "the promises changed after approval"
    ask_review(actor=company.noor, now=now, statement=statement)
    approve(actor=company.bo, now=now, statement=statement)
    publication = publish_statement(actor=pia, now=now, statement=statement)
    assert [each["due"] for each in publication.commitments] == ["2026-05-02", "2026-04-18"]


def test_an_approval_of_promises_that_moved_since_they_were_read_is_refused(
    company: SimpleNamespace, pia: Any, now: datetime
) -> None:
    statement = approved(company, now)
    seen = promises_hash(statement)
    promise(
        actor=company.noor, now=now, incident=company.incident, what="Queues stop at 80% full",
        why="A full queue held back every invoice.", effect="An engineer is called in time.",
        mechanism="prevent", due=date(2026, 4, 18),
    )  # fmt: skip
    with pytest.raises(Conflict, match="promises"):
        approve(actor=company.bo, now=now, statement=statement, seen_promises=seen)
    approve(actor=company.bo, now=now, statement=statement, seen_promises=promises_hash(statement))


def test_a_note_carries_no_promises_and_is_not_held_by_them(
    company: SimpleNamespace, now: datetime
) -> None:
    note = approved(company, now, kind="note", body=HONEST)
    promise(
        actor=company.noor, now=now, incident=company.incident, what="Queues stop at 80% full",
        why="A full queue held back every invoice.", effect="An engineer is called in time.",
        mechanism="prevent", due=date(2026, 4, 18),
    )  # fmt: skip
    assert approval(note).valid


def test_a_changed_text_voids_the_approval_at_the_door(
    company: SimpleNamespace, pia: Any, now: datetime
) -> None:
    statement = approved(company, now)
    save_revision(
        actor=company.noor, now=now, statement=statement, title=TITLE, based_on=2,
        body=HONEST.replace("37", "37").replace("Thank you", "Many thanks"),
    )  # fmt: skip
    with pytest.raises(WrongState):
        publish_statement(actor=pia, now=now, statement=statement)
    assert not Publication.objects.exists()


def test_a_text_is_published_once(company: SimpleNamespace, pia: Any, now: datetime) -> None:
    statement = approved(company, now)
    publish_statement(actor=pia, now=now, statement=statement)
    with pytest.raises(WrongState):
        publish_statement(actor=pia, now=now, statement=statement)
    assert Publication.objects.count() == 1


def test_publishing_needs_the_role(company: SimpleNamespace, now: datetime) -> None:
    statement = approved(company, now)
    for person in (company.noor, company.bo, company.guest):
        with pytest.raises(NotAllowed):
            publish_statement(actor=person, now=now, statement=statement)
    assert not Publication.objects.exists()


def test_promises_go_out_with_the_summary_and_owner_and_ticket_stay(
    company: SimpleNamespace, pia: Any, now: datetime
) -> None:
    promise(
        actor=company.noor, now=now, incident=company.incident,
        what="Queues stop accepting work at 80% full",
        why="A full queue held back every invoice.",
        effect="An engineer is called before invoices are late.",
        mechanism="prevent", due=date(2026, 4, 18), owner_name="Quentin Secretname",
        tracker_url="https://tracker.larkbridge.example/OPS-4417",
    )  # fmt: skip
    publication = publish_statement(actor=pia, now=now, statement=approved(company, now))
    assert publication.commitments[0]["what"] == "Queues stop accepting work at 80% full"
    assert publication.commitments[0]["due"] == "2026-04-18"
    everything = canonical_json([publication.facts, publication.commitments])
    assert "Quentin" not in everything
    assert "OPS-4417" not in everything


def test_nothing_internal_is_frozen(company: SimpleNamespace, pia: Any, now: datetime) -> None:
    RoleGrant.objects.create(person=company.ada, role="investigator")
    save_postmortem(
        actor=company.ada, now=now, incident=company.incident,
        content=Content(
            body="Canary-postmortem: the operator typed the wrong host name at 08:11.",
            went_well="Canary-well", luck="Canary-luck", hard="Canary-hard",
            people=("Canary-colleague",), hosts=("canary-machine",), tickets=("CANARY-1",),
            customers=("Canary-buyer",),
            timeline=(Entry("", "2026-03-17T08:11Z", "done", "Canary-act", "Canary-seen",
                            "Canary-source"),),
            factors=(Factor("", "process", "Canary-factor"),),
        ),
    )  # fmt: skip
    change_record(
        company, now,
        lexicon={"staff_names": ["Canary-person"], "hosts": ["canary-host-03"],
                 "other_customers": ["Canary-customer"]},
        cause={"vendor": "Canary-vendor", "vendor_may_be_named": False, "third_party": True},
    )  # fmt: skip
    statement = approved(company, now)
    publish_statement(actor=pia, now=now, statement=statement)
    start(actor=company.noor, now=now, incident=company.incident, kind="summary")
    frozen = canonical_json(
        list(Publication.objects.values("title", "body", "html", "facts", "commitments"))
    )
    assert "anary" not in frozen


def test_what_was_let_through_is_kept_with_name_and_reason_and_stays_inside(
    company: SimpleNamespace, pia: Any, now: datetime
) -> None:
    statement = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    body = HONEST + "\n\nPart of it was user error."
    save_revision(
        actor=company.noor, now=now, statement=statement, title=TITLE, body=body, based_on=1
    )
    with pytest.raises(TextRejected) as refused:
        ask_review(actor=company.noor, now=now, statement=statement)
    for finding in refused.value.findings:
        override(
            actor=company.bo, now=now, statement=statement, rule=str(finding["rule"]),
            quote=str(finding["quote"]), reason="The words of the customer council, kept as asked.",
        )  # fmt: skip
    ask_review(actor=company.noor, now=now, statement=statement)
    approve(actor=company.bo, now=now, statement=statement)
    publication = publish_statement(actor=pia, now=now, statement=statement)
    assert publication.accepted[0]["by"] == company.bo.label
    assert "customer council" in publication.accepted[0]["reason"]
    assert "customer council" not in canonical_json(publication.facts)


def test_an_update_after_the_closure_reopens_what_readers_see(
    company: SimpleNamespace, pia: Any, now: datetime
) -> None:
    publish_statement(actor=pia, now=now, statement=approved(company, now))
    with pytest.raises(WrongState, match="Reopen"):
        announce_update(
            actor=company.ada, now=now + LATER, incident=company.incident,
            status="investigating", body="Invoices are late again. We look for the cause.",
        )  # fmt: skip
    assert Publication.objects.count() == 1


def test_a_follow_up_letter_is_for_its_list_and_the_page_never_hears_of_it(
    company: SimpleNamespace, pia: Any, now: datetime
) -> None:
    publish_statement(actor=pia, now=now, statement=approved(company, now))
    add_affected(
        actor=pia, now=now, page=company.page, incident_ref=company.incident.public_id,
        csv_text="email,name\ndana@fernway.example,Dana\n", dry_run=False,
    )  # fmt: skip
    decide(
        actor=pia, now=now, incident=company.incident, segment="data_affected", level="targeted",
        reason="Their invoices carry names.",
    )  # fmt: skip
    letter = approved(
        company, now, kind="follow_up", segment="data_affected", title="Your invoices of 17 March",
        body=f"{HONEST}\n\nWe have added a limit: the queue now stops at 80% full, so that a full "
        "queue is noticed before invoices are late.",
    )  # fmt: skip
    Rebuild.objects.all().delete()
    publication = publish_statement(actor=pia, now=now + LATER, statement=letter)
    assert (publication.audience, bool(publication.recipient_list)) == ("list", True)
    # The log of publications keeps its hash; no page has anything new.
    assert {each.place for each in Rebuild.objects.all()} == {"log", "log:1"}
    shown = queries.publications_of(company.page, company.incident.public_id)
    assert [each.kind for each in shown] == ["closure"]
    assert publication in queries.unsent_publications()
