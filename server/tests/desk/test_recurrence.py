"""It happened before: asked on the case, demanded of the summary, linked for readers."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.followups.actions import decide
from afterword.incidents.queries import (
    current_record,
    heard_outside,
    incident_by_public_id,
    proposal_for,
)
from afterword.kit.errors import TextRejected
from afterword.publishing.actions import announce_incident, announce_update, publish_statement
from afterword.site_builder.actions import build_pending
from afterword.statements.actions import approve, ask_review, save_revision, start
from afterword.trust.periods import quarter_of
from afterword.trust.report import report
from desk.office import TITLE, complete_record, has_inline_code, seen, signed_in

AGAIN = (
    "From 08:12 to 14:24 UTC on 17 March, 6 hours 12 minutes, 1,798 of our 4,860 customers could "
    "not send invoices, because the list of waiting invoices filled up, as we suspect.\n\n"
    "No data was lost, changed or shown to others: we compared every queued invoice with the sent "
    "log. We are sorry. Our own limit let the list fill up.\n\n"
    "We have added a limit of 80 % to the list, because a full list held back every invoice, so "
    "that an engineer is called before invoices are late."
)


@pytest.fixture
def twice(office: SimpleNamespace, clock: Any) -> SimpleNamespace:
    """The office, after the same part had failed two months before."""
    began = clock.now() - timedelta(days=60)
    said = announce_incident(
        actor=MACHINE, now=began, page=office.page, title="The list was full",
        body="Invoices wait.", components={office.sending: "major_outage"}, severity=2,
    )  # fmt: skip
    office.earlier = incident_by_public_id(office.page, said.incident_id)
    announce_update(
        actor=MACHINE, now=began + timedelta(hours=1), incident=office.earlier, status="resolved",
        body="Invoices leave.",
    )  # fmt: skip
    complete_record(office, clock.now())
    decide(
        actor=office.pia, now=clock.now(), incident=office.incident, segment="everyone",
        level="page", reason="Few felt it; the page will do.",
    )  # fmt: skip
    return office


def say(office: SimpleNamespace, **answer: str) -> Any:
    given = {"earlier": office.earlier.public_id, "reason": "", **answer}
    return signed_in(office.wanda).post(f"{office.case}again/", given, follow=True)


def test_the_case_asks_about_what_hit_the_same_part_and_keeps_the_answer(
    twice: SimpleNamespace, clock: Any
) -> None:
    page = seen(signed_in(twice.wanda).get(twice.case))
    assert has_inline_code(page) == []
    assert "Has this happened before? The list was full" in page.words
    assert "it hit a same part" in page.words
    assert say(twice, same="no").status_code == 422, "a no says why"
    told = seen(say(twice, same="no", reason="Another list, another limit."))
    assert "not the same cause Wanda" in told.words
    assert current_record(twice.incident).data["previous"] == []
    denied = report(twice.page, quarter_of(clock.now().date()), now=clock.now())
    assert len(denied.measure("recurrence_denied").items) == 1, "a no leaves a trace"


def test_a_confirmed_one_must_be_mentioned_and_is_linked_both_ways(
    twice: SimpleNamespace, clock: Any, site_dir: Path
) -> None:
    now = clock.now()
    told = seen(say(twice, same="yes"))
    assert "the same cause again Wanda" in told.words
    assert proposal_for(twice.incident).row == 2, "the table knows"
    statement = start(actor=twice.wanda, now=now, incident=twice.incident, kind="summary")
    written = {"actor": twice.wanda, "now": now, "statement": statement, "title": TITLE}
    save_revision(**written, body=AGAIN, based_on=1)
    with pytest.raises(TextRejected, match="17 January 2026, “The list was full”"):
        ask_review(actor=twice.wanda, now=now, statement=statement)
    mentioned = f"{AGAIN}\n\nOn 17 January the same list filled up; the fix covered one of two."
    save_revision(**written, body=mentioned, based_on=2)
    ask_review(actor=twice.wanda, now=now, statement=statement)
    approve(actor=twice.rolf, now=now, statement=statement)
    left = publish_statement(actor=twice.pia, now=now, statement=statement)
    assert left.facts["record"]["previous"][0]["id"] == twice.earlier.public_id
    build_pending(now=now)
    later = (site_dir / f"incidents/{twice.incident.public_id}/index.html").read_text()
    before = (site_dir / f"incidents/{twice.earlier.public_id}/index.html").read_text()
    assert f'{twice.earlier.public_id}/"><bdi>The list was full' in later
    assert "struck again later" in before and twice.incident.public_id in before
    made = report(twice.page, quarter_of(now.date()), now=now)
    again = next(i for i in made.measure("recurrence").items if i.about == left.incident_id)
    assert (again.part, again.said) == (1, "again: The list was full")


def test_what_was_heard_outside_is_noted_on_the_case(twice: SimpleNamespace, clock: Any) -> None:
    client = signed_in(twice.wanda)
    noted = {"first_at": "2026-03-17 08:02", "repeat_questions": "4"}
    page = seen(client.post(f"{twice.case}outside/", noted, follow=True))
    assert "First report 17 Mar 2026, 08:02 UTC. 4 questions asked again." in page.words
    assert heard_outside(twice.incident).noted_by == twice.wanda
    answer = client.post(f"{twice.case}outside/", {"first_at": "yesterday"})
    assert answer.status_code == 422 and "2026-03-04 08:12" in answer.content.decode()
    made = report(twice.page, quarter_of(clock.now().date()), now=clock.now())
    first = next(i for i in made.measure("told_first").items if i.about in twice.case)
    assert (first.part, first.whole) == (0, 1), "they spoke at 08:02, we at 08:12"
