"""It came back: open again in public, told to whoever was told that it was over."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import freeze_list
from afterword.audience.actions.subscribers import confirm, subscribe
from afterword.audience.links import confirmation_of
from afterword.audience.models import Segment
from afterword.audit.models import Entry
from afterword.desk.case_view import gather
from afterword.fanout.actions import expand_due
from afterword.fanout.queries import about_of
from afterword.followups.actions import decide
from afterword.incidents.actions import close_case
from afterword.incidents.queries import current_record
from afterword.kit.errors import BadInput, NotAllowed, TextRejected, WrongState
from afterword.postbox.models import Letter
from afterword.publishing import queries
from afterword.publishing.actions import announce_update, publish_statement, reopen_incident
from afterword.publishing.models import Publication
from afterword.site_builder.actions import build_all, build_pending
from afterword.statements.actions import approve, ask_review, save_revision, start
from afterword.statements.queries import approval
from publishing.press import word
from publishing.test_publish_statement import approved
from site_builder.reading import bytes_of
from statements.world import HONEST, TITLE, build, change_record, for_the_page_only

HOUR = timedelta(hours=1)
BACK = "Invoices are late again since 13:10 UTC. We are looking for the cause."


@pytest.fixture
def company(db: None, now: datetime) -> SimpleNamespace:
    found = for_the_page_only(build(now), now)
    found.closure = publish_statement(actor=found.pia, now=now, statement=approved(found, now))
    return found


def reopened(company: SimpleNamespace, at: datetime, **changes: Any) -> Publication:
    told = {
        "actor": company.ada, "now": at, "incident": company.incident, "body": BACK,
        "reason": "The queue filled up again.",
    }  # fmt: skip
    return reopen_incident(**{**told, **changes})


def shown(company: SimpleNamespace) -> Any:
    return queries.incident(company.page, company.incident.public_id)


def resolved_again(company: SimpleNamespace, at: datetime) -> None:
    announce_update(
        actor=company.ada, now=at, incident=company.incident, status="resolved",
        body="Invoices are being sent again.", notify=False,
    )  # fmt: skip
    company.incident.refresh_from_db()


def test_an_incident_that_came_back_is_open_everywhere_and_its_end_unknown(
    company: SimpleNamespace, now: datetime
) -> None:
    publication = reopened(company, now + HOUR)
    company.incident.refresh_from_db()
    assert (company.incident.status, company.incident.resolved_at) == ("investigating", None)
    row = shown(company)
    assert (row.is_open, row.status, row.resolved_at, row.closed_at) == (
        True, "investigating", None, None,
    )  # fmt: skip
    assert row.facts["times"]["impact_ended"] is None
    assert row.facts["duration"] is None
    assert row.facts["customers"]["affected"] == 1798
    assert publication.facts["update"]["status"] == "investigating"
    assert "queue filled up" not in json.dumps(publication.facts)
    assert Entry.objects.filter(verb="publishing.reopen").count() == 1


def test_the_case_is_open_again_and_owes_a_second_closure(
    company: SimpleNamespace, now: datetime
) -> None:
    close_case(actor=company.ada, now=now, incident=company.incident, open_steps=())
    reopened(company, now + HOUR)
    view = gather(company.page, company.incident, now + HOUR)
    assert view.case is not None
    assert view.case.closed_at is None
    assert (view.steps[0].state, view.drift.is_there) == ("waiting", False)
    resolved_again(company, now + 3 * HOUR)
    view = gather(company.page, company.incident, now + 3 * HOUR)
    assert view.steps[0].state == "due"
    assert view.text("closure") is None
    assert shown(company).closed_at is None


def test_the_second_closure_closes_it_and_the_first_stays_in_the_history(
    company: SimpleNamespace, now: datetime
) -> None:
    reopened(company, now + HOUR)
    resolved_again(company, now + 3 * HOUR)
    ended = current_record(company.incident)
    assert ended is not None
    assert ended.data["times"]["impact_ended"] == "2026-03-18T15:00:00Z"
    measured = {**ended.data["times"]["basis"], "watch_until": "measured"}
    change_record(
        company, now + 3 * HOUR,
        times={
            "impact_ended": "2026-03-17T14:24:00Z", "watch_until": "2026-03-17T18:30:00Z",
            "basis": measured,
        },
    )  # fmt: skip
    second = start(
        actor=company.noor, now=now + 3 * HOUR, incident=company.incident, kind="closure"
    )
    save_revision(
        actor=company.noor, now=now + 3 * HOUR, statement=second, title=TITLE, body=HONEST,
        based_on=1,
    )  # fmt: skip
    ask_review(actor=company.noor, now=now + 3 * HOUR, statement=second)
    approve(actor=company.bo, now=now + 3 * HOUR, statement=second)
    publish_statement(actor=company.pia, now=now + 4 * HOUR, statement=second)
    assert shown(company).closed_at == now + 4 * HOUR
    kinds = [p.kind for p in queries.publications_of(company.page, company.incident.public_id)]
    assert kinds == ["closure", "update", "update", "closure"]


def test_an_approval_given_before_it_came_back_is_void(
    company: SimpleNamespace, now: datetime
) -> None:
    note = approved(company, now, kind="note")
    assert approval(note).valid
    reopened(company, now + HOUR)
    assert not approval(note).valid


@pytest.mark.parametrize(("mailed", "audience"), [(True, "subscribers"), (False, "page")])
def test_who_was_mailed_that_it_is_over_is_mailed_that_it_is_not(
    db: None, now: datetime, mailed: bool, audience: str
) -> None:
    company = build(now)
    reader = subscribe(now=now, page=company.page, email="reader@fernway.example")
    confirm(now=now, token=confirmation_of(reader.token, now))
    decide(
        actor=company.pia, now=now, incident=company.incident, segment="everyone",
        level="subscribers" if mailed else "page", reason="Most of them felt it.",
    )  # fmt: skip
    publish_statement(actor=company.pia, now=now, statement=approved(company, now))
    assert reopened(company, now + HOUR, notify=False).audience == audience


def test_who_got_a_letter_while_it_was_over_gets_a_letter_that_it_is_not_once(
    company: SimpleNamespace, now: datetime
) -> None:
    people = freeze_list(
        actor=MACHINE, now=now, page=company.page, segment=Segment.DATA,
        incident_ref=company.incident.public_id, members=[("bob@mail.example", "Bob")],
    )  # fmt: skip
    letter = word(
        company.page, company.incident.public_id, now, kind="data_notice", status="resolved",
        audience="list", recipient_list=people.public_id, body="Your documents are whole.",
    )  # fmt: skip
    expand_due(now=now)
    reopened(company, now + HOUR, notify=False)
    (again,) = Publication.objects.filter(corrects=letter)
    assert (again.audience, again.body) == ("list", BACK)
    expand_due(now=now + HOUR)
    (told,) = Letter.objects.filter(about=about_of(again))
    assert (told.recipient, told.fill) == ("bob@mail.example", {"greeting": "Hello Bob,"})
    assert "late again" in told.message.text
    assert str(again.pk) not in {
        str(each.pk) for each in queries.publications_of(company.page, company.incident.public_id)
    }
    resolved_again(company, now + 2 * HOUR)
    reopened(company, now + 3 * HOUR, notify=False)
    assert Publication.objects.filter(audience="list").count() == 2


def test_statuspage_clients_see_it_unresolved_and_a_step_is_what_a_whole_build_gives(
    company: SimpleNamespace, now: datetime, site_dir: Path, settings: Any, tmp_path: Path
) -> None:
    build_all(now=now)
    reopened(company, now + HOUR, components={company.sending: "major_outage"})
    build_pending(now=now)
    stepwise = bytes_of(site_dir)
    unresolved = json.loads(stepwise["api/v2/incidents/unresolved.json"])["incidents"]
    assert [(i["status"], i["resolved_at"]) for i in unresolved] == [("investigating", None)]
    updates = [u["status"] for u in unresolved[0]["incident_updates"]]
    assert updates[0] == "investigating"
    assert json.loads(stepwise["api/v2/status.json"])["status"]["indicator"] == "critical"
    settings.SITE_DIR = tmp_path / "whole"
    build_all(now=now)
    assert bytes_of(settings.SITE_DIR) == stepwise


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"reason": " "}, BadInput),
        ({"body": " "}, BadInput),
        ({"status": "resolved"}, BadInput),
        ({"body": "A hiccup, caused by user error, is back."}, TextRejected),
    ],
)
def test_what_cannot_be_said_leaves_it_closed(
    company: SimpleNamespace, now: datetime, changes: dict[str, str], refused: type[Exception]
) -> None:
    before = Publication.objects.count()
    with pytest.raises(refused):
        reopened(company, now + HOUR, **changes)
    with pytest.raises(NotAllowed):
        reopened(company, now + HOUR, actor=company.noor)
    company.incident.refresh_from_db()
    assert (company.incident.status, Publication.objects.count()) == ("resolved", before)


def test_what_is_open_cannot_come_back(company: SimpleNamespace, now: datetime) -> None:
    reopened(company, now + HOUR)
    with pytest.raises(WrongState, match="still open"):
        reopened(company, now + 2 * HOUR)
