"""It happened before: asked on the case, demanded of the summary, linked for readers."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.commitments.actions import promise
from afterword.followups.actions import decide
from afterword.incidents.actions import judge_recurrence, save_record
from afterword.incidents.queries import (
    alike,
    current_record,
    heard_outside,
    incident_by_public_id,
    proposal_for,
    unsaid,
)
from afterword.incidents.record import starting_record
from afterword.kit.errors import TextRejected
from afterword.publishing.actions import announce_incident, announce_update, publish_statement
from afterword.publishing.actions.facts import record_facts
from afterword.publishing.models import CatalogueEntry, PublicIncident
from afterword.site_builder.actions import build_pending
from afterword.statements.actions import approve, ask_review, save_revision, start
from afterword.trust.outward import outward
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


def begun_again(office: SimpleNamespace, now: Any) -> Any:
    """Open an incident of the same part, which goes on; return it."""
    said = announce_incident(
        actor=MACHINE, now=now, page=office.page, title="Invoices wait again",
        body="We look into it.", components={office.sending: "major_outage"}, severity=2,
    )  # fmt: skip
    return incident_by_public_id(office.page, said.incident_id)


def test_the_responder_is_asked_while_it_goes_on_and_goes_back_to_where_they_were_asked(
    twice: SimpleNamespace, clock: Any
) -> None:
    promise(
        actor=twice.wanda, now=clock.now(), incident=twice.earlier, what="The list has a limit",
        why="It filled up.", effect="An alarm comes first.", mechanism="detect",
        due=clock.now().date() + timedelta(days=3),
    )  # fmt: skip
    twice.incident = begun_again(twice, clock.now())
    client = signed_in(twice.wanda)
    listed = seen(client.get("/desk/"))
    asked = "Looks like “Invoices were not sent”: the same again? · Invoices wait again"
    assert asked in listed.words, listed.words
    assert "It hit a same part as on 17 March 2026" in listed.words
    where = f"/desk/incidents/{twice.incident.public_id}/"
    page = seen(client.get(where))
    assert has_inline_code(page) == []
    assert "Has this happened before?" in page.words
    assert "The list has a limit: planned" in page.words, "what was promised then is shown"
    given = {"earlier": twice.earlier.public_id, "same": "yes", "reason": ""}
    answer = client.post(f"/desk/cases/{twice.incident.public_id}/again/", given)
    assert answer["Location"] == where, "there is no case yet"
    assert "the same cause again Wanda" in seen(client.get(where)).words
    assert asked not in seen(client.get("/desk/")).words
    assert current_record(twice.incident).data["previous"][0]["title"] == "The list was full"


def test_a_cause_that_got_another_name_since_is_asked_about_still(
    twice: SimpleNamespace, clock: Any
) -> None:
    twice.incident.components.clear()
    for incident, names in ((twice.earlier, ["queue-full"]), (twice.incident, ["queue-full", "x"])):
        for name in names:
            data = current_record(incident).data if current_record(incident) else None
            data = data or starting_record(incident)
            save_record(
                actor=twice.wanda, now=clock.now(), incident=incident, expected_version=None,
                data={**data, "cause": {**data["cause"], "fingerprint": name}},
            )  # fmt: skip
    (found,) = alike(twice.incident)
    assert (found.earlier, found.because) == (twice.earlier, "cause")
    assert unsaid([twice.incident]) == {twice.incident.pk: found}
    (item,) = open_questions(twice, clock.now())
    assert item.said == "looks like “The list was full”; nobody has said"


def open_questions(office: SimpleNamespace, now: Any) -> list[Any]:
    made = report(office.page, quarter_of(now.date()), now=now)
    items = made.measure("recurrence_open").items
    return [each for each in items if each.about == office.incident.public_id]


def counted(office: SimpleNamespace, now: Any) -> tuple[int, int]:
    made = report(office.page, quarter_of(now.date()), now=now)
    again = made.measure("recurrence").items
    return next((i.part, i.whole) for i in again if i.about == office.incident.public_id)


def test_an_earlier_one_that_readers_cannot_open_is_an_earlier_one_all_the_same(
    twice: SimpleNamespace, clock: Any, site_dir: Path
) -> None:
    now = clock.now()
    assert counted(twice, now) == (0, 0), "it looks alike and nobody has said: not known"
    # What a retraction of everything it said leaves: nothing that readers find it by.
    CatalogueEntry.objects.filter(incident_id=twice.earlier.public_id).delete()
    CatalogueEntry.objects.update(repeat_of="", repeat_began=None)
    PublicIncident.objects.filter(incident_id=twice.earlier.public_id).delete()
    assert counted(twice, now) == (0, 0), "it has not become a first one by that"
    assert len(open_questions(twice, now)) == 1
    say(twice, same="yes")
    assert counted(twice, now) == (1, 1)
    assert open_questions(twice, now) == []
    facts = record_facts(twice.incident, current_record(twice.incident).data)
    assert "id" not in facts["previous"][0], "readers get no link to what they cannot open"
    shown = outward(twice.page, report(twice.page, quarter_of(now.date()), now=now))
    said = str([shown.measure("recurrence").items, shown.measure("recurrence_open").items])
    assert twice.earlier.public_id not in said


def test_an_answer_that_comes_long_after_leaves_a_trace(twice: SimpleNamespace, clock: Any) -> None:
    later = clock.now() + timedelta(days=20)
    judge_recurrence(
        actor=twice.wanda, now=later, incident=twice.incident, earlier=twice.earlier, is_same=True
    )
    made = report(twice.page, quarter_of(clock.now().date()), now=later)
    mine = made.measure("recurrence_open").items
    (item,) = [each for each in mine if each.about == twice.incident.public_id]
    assert item.said.endswith("after a summary would have been due"), item.said


def test_a_no_answers_for_the_one_it_is_about_and_for_no_other(
    twice: SimpleNamespace, clock: Any
) -> None:
    """Of two that are of the same cause, and one that is not alike at all."""
    now = clock.now()
    earlier = [twice.earlier]
    for days, title in ((50, "The list was full again"), (40, "A form was wrong")):
        began = now - timedelta(days=days)
        told = {"actor": MACHINE, "now": began, "page": twice.page, "title": title, "severity": 2}
        said = announce_incident(**told, body="We look.")
        earlier.append(incident_by_public_id(twice.page, said.incident_id))
        announce_update(
            actor=MACHINE, now=began + timedelta(hours=1), incident=earlier[-1], status="resolved",
            body="Over.",
        )  # fmt: skip
    for incident in (twice.incident, *earlier[:2]):
        record = current_record(incident)
        data = record.data if record else starting_record(incident)
        save_record(
            actor=twice.wanda, now=now, incident=incident, expected_version=None,
            data={**data, "cause": {**data["cause"], "fingerprint": "list-full"}},
        )  # fmt: skip
    no = {
        "actor": twice.wanda, "now": now, "incident": twice.incident, "is_same": False,
        "reason": "Another list, another limit.",
    }  # fmt: skip

    def waits() -> list[str]:
        listed = [each.said for each in open_questions(twice, now)]
        asked = unsaid([twice.incident])
        assert bool(listed) == bool(asked), "the report and the desk ask alike"
        for found in asked.values():
            assert listed == [f"looks like “{found.earlier.title}”; nobody has said"]
            shown = [each.earlier for each in alike(twice.incident) if each.judged is None]
            assert found.earlier in shown, "and the case shows it"
        return [found.earlier.title for found in asked.values()]

    judge_recurrence(**no, earlier=earlier[2])
    assert (waits(), counted(twice, now)) == (["The list was full again"], (0, 0))
    judge_recurrence(**no, earlier=earlier[1])
    assert (waits(), counted(twice, now)) == (["The list was full"], (0, 0))
    judge_recurrence(**no, earlier=earlier[0])
    assert (waits(), counted(twice, now)) == ([], (0, 1))


def test_a_yes_answers_for_all_and_a_yes_taken_back_for_none(
    twice: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    other = announce_incident(
        actor=MACHINE, now=now - timedelta(days=400), page=twice.page, title="Long ago",
        body="We look.", severity=2,
    )  # fmt: skip
    said = {
        "actor": twice.wanda, "incident": twice.incident,
        "earlier": incident_by_public_id(twice.page, other.incident_id),
    }  # fmt: skip
    judge_recurrence(**said, now=now, is_same=True)
    assert (unsaid([twice.incident]), counted(twice, now)) == ({}, (1, 1))
    judge_recurrence(**said, now=now, is_same=False, reason="Another list, another limit.")
    assert [each.earlier for each in unsaid([twice.incident]).values()] == [twice.earlier]
    assert counted(twice, now) == (0, 0)
    assert len(open_questions(twice, now)) == 1


def test_what_nobody_judged_is_shown_however_many_were(twice: SimpleNamespace, clock: Any) -> None:
    for days in range(70, 76):
        said = announce_incident(
            actor=MACHINE, now=clock.now() - timedelta(days=days), page=twice.page, severity=2,
            title=f"Before by {days} days", body="We look.",
        )  # fmt: skip
        judge_recurrence(
            actor=twice.wanda, now=clock.now(), incident=twice.incident, is_same=False,
            earlier=incident_by_public_id(twice.page, said.incident_id),
            reason="Another list, another limit.",
        )  # fmt: skip
    assert twice.earlier in [each.earlier for each in alike(twice.incident) if not each.judged]
