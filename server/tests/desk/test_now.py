"""The first page: what is owed, by when, and by whom."""

from types import SimpleNamespace
from typing import Any

from afterword.accounts.actions import switch_off
from afterword.accounts.permissions import MACHINE
from afterword.commitments.actions import promise
from afterword.incidents.actions import close_case, import_incident
from afterword.incidents.queries import current_record
from afterword.statements.actions import approve, ask_review, save_revision, start
from desk.office import HONEST, TITLE, complete_record, has_inline_code, seen, signed_in, written


def words_for(person: Any) -> tuple[str, str]:
    """Return (what waits for the reader, what waits for others)."""
    words = seen(signed_in(person).get("/desk/")).words
    mine, _, others = words.partition("Waits for somebody else")
    return mine, others


def test_a_resolved_incident_asks_its_writer_for_the_closure_and_says_how_late_it_is(
    office: SimpleNamespace,
) -> None:
    answer = signed_in(office.wanda).get("/desk/")
    page = seen(answer)
    assert "Close it in public" in page.words
    assert "20 hours 36 minutes overdue" in page.words
    clocks = page.all("time")
    assert [c["datetime"] for c in clocks if "late" in str(c["class"])] == ["2026-03-17T15:24:00Z"]
    assert has_inline_code(page) == []


def test_each_thing_has_one_act_and_the_button_does_it(office: SimpleNamespace) -> None:
    client = signed_in(office.wanda)
    page = seen(client.get("/desk/"))
    starts = [f for f in page.all("form") if str(f.get("action")).endswith("/start/")]
    assert len(starts) == 1
    begun = client.post(str(starts[0]["action"]), {"kind": "closure"}, follow=True)
    assert "Closure" in seen(begun).words
    assert "Finish the closure" in words_for(office.wanda)[0]


def test_what_somebody_else_must_do_stands_apart_without_a_button(office: SimpleNamespace) -> None:
    mine, others = words_for(office.rolf)
    assert "Nothing waits for you" in mine
    assert "Close it in public" in others
    assert "Write the closure" not in others


def test_a_review_waits_for_everybody_but_its_writer(recorded: SimpleNamespace, clock: Any) -> None:
    statement = written(recorded, clock.now())
    ask_review(actor=recorded.wanda, now=clock.now(), statement=statement)
    assert "Review the closure" in words_for(recorded.rolf)[0]
    asked = "Wanda asks for a second pair of eyes. Ada or Rolf can give it."
    assert asked in words_for(recorded.rolf)[0]
    assert "Review the closure" in words_for(recorded.wanda)[1]


def test_a_closure_that_waits_to_be_read_has_a_clock_of_a_quarter_of_an_hour(
    recorded: SimpleNamespace, clock: Any
) -> None:
    record = current_record(recorded.incident)
    assert record is not None
    # At severity 3 the closure itself is due at the end of the day.
    complete_record(recorded, clock.now(), incident={**record.data["incident"], "severity": 3})
    statement = written(recorded, clock.now())
    ask_review(actor=recorded.wanda, now=clock.now(), statement=statement)
    page = seen(signed_in(recorded.rolf).get("/desk/"))
    assert "2026-03-18T12:15:00Z" in {str(t.get("datetime")) for t in page.all("time")}


def test_a_review_that_nobody_can_give_says_so(recorded: SimpleNamespace, clock: Any) -> None:
    switch_off(actor=MACHINE, now=clock.now(), person=recorded.rolf)
    statement = start(
        actor=recorded.ada, now=clock.now(), incident=recorded.incident, kind="closure"
    )
    save_revision(
        actor=recorded.ada, now=clock.now(), statement=statement, title=TITLE, body=HONEST,
        based_on=1,
    )  # fmt: skip
    ask_review(actor=recorded.ada, now=clock.now(), statement=statement)
    assert "Nobody else here holds the role Reviewer" in words_for(recorded.wanda)[1]


def test_an_approved_text_waits_for_the_publisher_until_its_approval_is_void(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    ask_review(actor=recorded.wanda, now=clock.now(), statement=statement)
    approve(actor=recorded.rolf, now=clock.now(), statement=statement)
    assert "Publish the closure" in words_for(recorded.pia)[0]

    complete_record(recorded, clock.now(), symptoms=["something new"])
    assert "Publish the closure" not in words_for(recorded.pia)[0]
    assert "the record changed after approval (version" in words_for(recorded.wanda)[0]


def test_a_promise_shows_up_two_weeks_before_its_day(office: SimpleNamespace, clock: Any) -> None:
    for what, due in (("Alarms at 80%", "2026-03-25"), ("A test a year on", "2027-03-25")):
        promise(
            actor=office.wanda, now=clock.now(), incident=office.incident, what=what, why="because",
            effect="so that", mechanism="detect", due=clock.now().date().fromisoformat(due),
        )  # fmt: skip
    mine, _ = words_for(office.wanda)
    assert "Alarms at 80%" in mine
    assert "A test a year on" not in mine


def test_a_promise_waits_for_the_one_who_owns_it(office: SimpleNamespace, clock: Any) -> None:
    promise(
        actor=office.wanda, now=clock.now(), incident=office.incident, what="Alarms at 80%",
        why="because", effect="so that", mechanism="detect", owner_name="pia",
        due=clock.now().date().fromisoformat("2026-03-25"),
    )  # fmt: skip
    assert "Alarms at 80% (inside: pia)" in words_for(office.pia)[0]
    assert "Alarms at 80%" not in words_for(office.rolf)[0]


def test_an_imported_incident_is_offered_a_case_and_gets_it(
    office: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    incident, _ = import_incident(
        actor=MACHINE, now=now, page=office.page, public_id="imported1",
        title="<script>alert(1)</script> Search was slow", status="resolved", impact="minor",
        started_at=now.replace(hour=8), resolved_at=now.replace(hour=9), updates=[],
        source="statuspage",
    )  # fmt: skip
    client = signed_in(office.wanda)
    page = seen(client.get("/desk/"))
    assert "Over, and without a case" in page.words
    assert has_inline_code(page) == []
    answer = client.post(f"/desk/incidents/{incident.public_id}/open-case/")
    assert answer["Location"] == "/desk/cases/imported1/"
    assert "Over, and without a case" not in seen(client.get("/desk/")).words
    assert has_inline_code(seen(client.get(answer["Location"]))) == []


def test_a_closed_case_asks_for_nothing(office: SimpleNamespace, clock: Any) -> None:
    close_case(actor=office.wanda, now=clock.now(), incident=office.incident, open_steps=())
    mine, others = words_for(office.wanda)
    assert "Nothing is owed to anybody" in mine
    assert not others


def test_the_first_page_costs_the_same_few_queries_for_each_case(
    recorded: SimpleNamespace, clock: Any, django_assert_max_num_queries: Any
) -> None:
    written(recorded, clock.now(), HONEST)
    client = signed_in(recorded.wanda)
    with django_assert_max_num_queries(60):
        client.get("/desk/")
