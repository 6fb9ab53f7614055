"""What people do with a review: fill its timeline, have it read, note work, lift what may leave."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from afterword.accounts.actions import create_person
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.audience.models import Customer
from afterword.audit.models import Entry as AuditEntry
from afterword.commitments.queries import public_view
from afterword.incidents.queries import current_record
from afterword.kit.errors import BadInput, Conflict, NotAllowed, NotFound, WrongState
from afterword.postmortems.actions import (
    add_item,
    ask_reading,
    begin,
    change_item,
    export,
    fill_timeline,
    lift_fact,
    lift_item,
    settle_reading,
)
from afterword.postmortems.content import Content
from afterword.postmortems.models import ActionItem, LiftedFact, PostmortemRevision
from afterword.postmortems.queries import (
    changes_of,
    is_overdue,
    item_of,
    open_items,
    review_of,
    revisions_of,
    standing_of,
)
from afterword.wording.queries import check
from conftest import NOON
from postmortems.review_room import FULL, WORDS, furnish, set_times, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> SimpleNamespace:
    return furnish()


def item_in(room: SimpleNamespace, **given: Any) -> ActionItem:
    facts = {"what": "Put an upper limit on the label queue of harrier-7", "mechanism": "prevent",
             "owner_name": "Petra Quist", "due": date(2026, 3, 20),
             "tracker_url": "https://tracker.larkpost.example/WERK-4411"}  # fmt: skip
    return add_item(**{"actor": room.ines, "now": NOON, "incident": room.incident} | facts | given)


# The timeline


def test_one_act_fills_the_timeline_from_the_updates_and_the_record(room: SimpleNamespace) -> None:
    set_times(room, detected="2026-03-04T06:25:00Z")
    fill_timeline(actor=room.ines, now=NOON, incident=room.incident)
    review = review_of(room.incident, room.ines)
    assert review is not None
    kinds = [entry.kind for entry in review.content.timeline]
    assert kinds.count("said") == 2
    assert {"began", "detected", "declared", "resolved"} <= set(kinds)
    detected = review.content.milestone("detected")
    assert detected is not None
    assert detected.source == "the record, measured"
    again = fill_timeline(actor=room.ines, now=NOON, incident=room.incident)
    assert again.number == review.newest.number, "what is there already is not added twice"


def test_what_was_made_of_a_filled_line_stays_when_more_is_filled_in(room: SimpleNamespace) -> None:
    fill_timeline(actor=room.ines, now=NOON, incident=room.incident)
    before = review_of(room.incident, room.ines)
    assert before is not None
    lines = tuple(
        replace(e, what="It was over for all depots.") if e.kind == "resolved" else e
        for e in before.content.timeline
    )
    write(room, replace(before.content, timeline=lines), based_on=before.newest.number)
    set_times(room, detected="2026-03-04T06:25:00Z")
    fill_timeline(actor=room.ines, now=NOON, incident=room.incident)
    after = review_of(room.incident, room.ines)
    assert after is not None
    assert after.content.milestone("resolved").what == "It was over for all depots."
    assert len(after.content.timeline) == len(lines) + 1


def test_what_was_said_in_public_may_be_said_again(room: SimpleNamespace) -> None:
    fill_timeline(actor=room.ines, now=NOON, incident=room.incident)
    said = "Labels cannot be printed. We are looking into it."
    found = check(said, "update", None, incident_ref=room.incident.public_id).findings
    assert [f.rule for f in found if f.rule == "LEK-11"] == []


def test_a_review_begins_with_questions_and_the_timeline(room: SimpleNamespace) -> None:
    begin(actor=room.ines, now=NOON, incident=room.incident, outline="full")
    review = review_of(room.incident, room.ines)
    assert review is not None
    assert "[blank: " in review.content.body
    assert review.content.timeline
    with pytest.raises(WrongState, match="begun already"):
        begin(actor=room.ines, now=NOON, incident=room.incident, outline="short")
    with pytest.raises(BadInput):
        begin(actor=room.ines, now=NOON, incident=room.incident, outline="five whys")


# Two writers


def test_two_writers_on_different_parts_both_stand(room: SimpleNamespace) -> None:
    write(room)
    began = review_of(room.incident, room.ines)
    assert began is not None
    write(room, replace(began.content, luck="Theirs."), based_on=1)
    write(room, replace(began.content, hard="Mine."), actor=room.ivo, based_on=1)
    both = review_of(room.incident, room.ines)
    assert both is not None
    assert (both.newest.number, both.content.luck, both.content.hard) == (3, "Theirs.", "Mine.")


def test_two_writers_on_the_same_part_lose_nothing_and_are_told(room: SimpleNamespace) -> None:
    write(room)
    began = review_of(room.incident, room.ines)
    assert began is not None
    write(room, replace(began.content, luck="Theirs."), based_on=1)
    with pytest.raises(Conflict, match="where you were lucky"):
        write(room, replace(began.content, luck="Mine."), actor=room.ivo, based_on=1)
    assert [r.parts["luck"] for r in revisions_of(room.incident, room.ines)][:2] == [
        "Mine.", "Theirs.",
    ]  # fmt: skip


# Draft, being read, final


def test_a_second_person_finds_it_final(room: SimpleNamespace) -> None:
    write(room)
    ask_reading(actor=room.ines, now=NOON, incident=room.incident, reader=room.ivo)
    standing = standing_of(room.incident)
    assert standing is not None
    assert (standing.state, standing.asked_by) == ("in_review", "Ines")
    for one in (room.ines, MACHINE):
        with pytest.raises(NotAllowed):
            settle_reading(actor=one, now=NOON, incident=room.incident, revision=1, verdict="final")
    settle_reading(actor=room.ivo, now=NOON, incident=room.incident, revision=1, verdict="final")
    standing = standing_of(room.incident)
    assert standing is not None
    assert (standing.state, standing.final_at) == ("final", NOON)


def test_who_asks_for_changes_says_which_and_it_is_a_draft_again(room: SimpleNamespace) -> None:
    write(room)
    with pytest.raises(WrongState):
        settle_reading(
            actor=room.ivo, now=NOON, incident=room.incident, revision=1, verdict="final"
        )
    ask_reading(actor=room.ines, now=NOON, incident=room.incident)
    with pytest.raises(BadInput) as refused:
        settle_reading(
            actor=room.ivo, now=NOON, incident=room.incident, revision=1, verdict="changes"
        )
    assert list(refused.value.problems) == ["comment"]
    settle_reading(
        actor=room.ivo, now=NOON, incident=room.incident, revision=1, verdict="changes",
        comment="Say what the graph showed.",
    )  # fmt: skip
    standing = standing_of(room.incident)
    assert standing is not None
    assert standing.state == "draft"


def test_new_words_make_a_draft_of_what_was_final_or_being_read(room: SimpleNamespace) -> None:
    write(room)
    ask_reading(actor=room.ines, now=NOON, incident=room.incident)
    write(room, replace(FULL, luck="More luck."))
    with pytest.raises(WrongState, match="you read 1"):
        settle_reading(
            actor=room.ivo, now=NOON, incident=room.incident, revision=1, verdict="final"
        )
    standing = standing_of(room.incident)
    assert standing is not None
    assert (standing.state, standing.final_at) == ("draft", None)


def test_only_who_may_read_it_is_asked(room: SimpleNamespace) -> None:
    write(room)
    for reader in (room.wanda, room.ines):
        with pytest.raises(BadInput):
            ask_reading(actor=room.ines, now=NOON, incident=room.incident, reader=reader)


# Action items


def test_an_action_item_s_past_is_kept(room: SimpleNamespace) -> None:
    write(room)
    item = item_in(room)
    facts = {"what": item.what, "mechanism": "prevent", "owner": room.ines,
             "tracker_url": item.tracker_url}  # fmt: skip
    with pytest.raises(BadInput, match="why the day"):
        change_item(actor=room.ines, now=NOON, item=item, state="in_progress",
                    due=date(2026, 4, 1), **facts)  # fmt: skip
    changed = change_item(
        actor=room.ines, now=NOON, item=item, state="in_progress", due=date(2026, 4, 1),
        note="The supplier is late.", **facts,
    )  # fmt: skip
    assert changed.owned_by == "Ines"
    (change,) = changes_of(item, room.ines)
    assert change.before["owner_name"] == "Petra Quist"
    assert change.after["due"] == "2026-04-01"
    with pytest.raises(BadInput, match="why it is dropped"):
        change_item(actor=room.ines, now=NOON, item=item, state="dropped", due=date(2026, 4, 1),
                    **facts)  # fmt: skip
    change_item(actor=room.ines, now=NOON, item=item, state="done", due=date(2026, 4, 1), **facts)
    with pytest.raises(WrongState):
        change_item(actor=room.ines, now=NOON, item=item, state="open", due=date(2026, 4, 1),
                    **facts)  # fmt: skip


def test_open_items_of_all_cases_come_with_the_one_due_first(room: SimpleNamespace) -> None:
    write(room)
    for what, due in (("Undated", None), ("Later", date(2026, 5, 1)), ("Soon", date(2026, 3, 1))):
        item_in(room, what=what, due=due)
    done = item_in(room, what="Done")
    change_item(
        actor=room.ines, now=NOON, item=done, what="Done", mechanism="prevent", state="done",
        owner_name="Petra Quist", due=done.due, tracker_url=done.tracker_url,
    )  # fmt: skip
    found = open_items(room.page, room.ines)
    assert [each.what for each in found] == ["Soon", "Later", "Undated"]
    assert [is_overdue(each, NOON.date()) for each in found] == [True, False, False]
    late = open_items(room.page, room.ines, due_by=NOON.date())
    assert [each.what for each in late] == ["Soon"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"what": ""}, "what"),
        ({"mechanism": "hope"}, "mechanism"),
        ({"due": date(1026, 3, 1)}, "due"),
        ({"tracker_url": "javascript:alert(1)"}, "tracker_url"),
    ],
)
def test_a_faulty_item_is_named(room: SimpleNamespace, given: dict[str, Any], field: str) -> None:
    write(room)
    with pytest.raises(BadInput) as refused:
        item_in(room, **given)
    assert list(refused.value.problems) == [field]


# What crosses


def lifting(room: SimpleNamespace, **given: Any) -> LiftedFact:
    facts = {"path": "times.detected", "value": "2026-03-04T06:21:00Z", "confidence": "measured",
             "source": "the alarm log of harrier-7", "expected_version": None}  # fmt: skip
    both = {"actor": room.ivo, "now": NOON, "incident": room.incident}
    return lift_fact(**both | facts | given)


def test_a_fact_is_lifted_into_the_next_version_of_the_record_and_logged(
    room: SimpleNamespace,
) -> None:
    write(room)
    before = current_record(room.incident)
    lifted = lifting(room, expected_version=before.version)
    after = current_record(room.incident)
    assert after.version == before.version + 1 == lifted.record_version
    assert after.data["times"]["detected"] == "2026-03-04T06:21:00Z"
    assert after.data["times"]["basis"]["detected"] == "measured"
    entry = AuditEntry.objects.get(verb="postmortems.lift_fact")
    assert entry.detail["fact"] == "times.detected"
    assert "harrier" not in repr(entry.detail)
    assert "harrier" not in repr(after.data)
    with pytest.raises(Conflict):
        lifting(room, value="2026-03-04T06:25:00Z", expected_version=before.version)
    with pytest.raises(BadInput, match="says this already"):
        lifting(room)


def test_a_cause_is_confirmed_or_suspected_as_it_is_known(room: SimpleNamespace) -> None:
    write(room)
    lifting(room, path="cause.text", value="the list of labels had no limit", source="the code",
            confidence="estimated")  # fmt: skip
    assert current_record(room.incident).data["cause"]["confidence"] == "suspected"


@pytest.mark.parametrize(
    "value",
    [
        "the engineer restarted it by hand and watched it empty for six minutes before it filled",
        "harrier-7 was full",
        "Petra restarted the list",
        "orders of Kettle & Sons filled the list",
        "see WERK-4411",
    ],
)
def test_words_and_names_of_the_review_are_not_lifted(room: SimpleNamespace, value: str) -> None:
    write(room)
    before = current_record(room.incident).version
    with pytest.raises(BadInput, match="must not leave"):
        lifting(room, path="cause.text", value=value)
    assert current_record(room.incident).version == before
    assert not LiftedFact.objects.exists()


def test_lifting_needs_both_sides_permission(room: SimpleNamespace) -> None:
    write(room)
    item = item_in(room)
    words = {"what": "The list of labels gets a limit", "why": "A full list stopped printing",
             "effect": "Printing goes on", "due": date(2026, 3, 20)}  # fmt: skip
    for one in (room.ines, room.wanda):
        with pytest.raises(NotAllowed):
            lifting(room, actor=one)
        with pytest.raises(NotAllowed):
            lift_item(actor=one, now=NOON, item=item, **words)


def test_an_action_item_becomes_a_promise_in_other_words_without_owner_and_tracker(
    room: SimpleNamespace,
) -> None:
    write(room)
    item = item_in(room)
    words = {
        "what": "The list of labels gets an upper limit",
        "why": "A full list stopped printing",
        "effect": "Printing goes on when much is to be printed",
    }
    for name, text in (("what", item.what), ("why", "harrier-7 was full"),
                       ("effect", "Petra Quist watches it")):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            lift_item(actor=room.ivo, now=NOON, item=item, due=item.due, **words | {name: text})
        assert list(refused.value.problems) == [name]
    made = lift_item(actor=room.ivo, now=NOON, item=item, due=item.due, **words)
    assert (made.owner_name, made.tracker_url, made.mechanism) == ("", "", "prevent")
    told = repr(public_view(made))
    assert not [w for w in ("Petra", "WERK", "harrier") if w in told]
    with pytest.raises(WrongState, match="already"):
        lift_item(actor=room.ivo, now=NOON, item=item_of(
            room.incident, item.public_id, room.ivo), due=item.due, **words)  # fmt: skip
    assert AuditEntry.objects.filter(verb="postmortems.lift_item").count() == 1


# What leaves this room


def leaks(room: SimpleNamespace, text: str) -> list[tuple[str, str, str]]:
    """What is found because the review names it; any first name is asked about (LEK-25)."""
    found = check(text, "closure", None, incident_ref=room.incident.public_id).findings
    leak = [each for each in found if each.category == "leak" and each.rule != "LEK-25"]
    return [(f.rule, f.severity, f.quote) for f in leak]


def test_names_in_a_review_are_found_in_a_public_text_without_reading_it(
    room: SimpleNamespace,
) -> None:
    Customer.objects.create(page=room.page, account_id="a1", name="Wren Bakery", created_at=NOON,
                            updated_at=NOON)  # fmt: skip
    create_person(actor=MACHINE, now=NOON, email="ulla@larkpost.example", name="Ulla Tern",
                  password="a long password", roles=[Role.RESPONDER])  # fmt: skip
    write(room, replace(FULL, body=(
        WORDS + " Ulla Tern called Wren Bakery. See OPS-9911 and quay-prod-02; the password was "
        "password=hunter2secret."
    )))  # fmt: skip
    item_in(room)
    said = "A word about {}."
    for text, rule in (
        ("Ulla Tern", "LEK-04"), ("Petra", "LEK-04"), ("Petra Quist", "LEK-04"),
        ("Wren Bakery", "LEK-05"), ("Kettle & Sons", "LEK-05"), ("OPS-9911", "LEK-03"),
        ("harrier-7", "LEK-02"), ("quay-prod-02", "LEK-02"), ("hunter2secret", "LEK-01"),
    ):  # fmt: skip
        found = leaks(room, said.format(text))
        assert [(r, s) for r, s, _ in found if r == rule] == [(rule, "error")], (text, found)
    for clean in ("the petra dish", "kettle and sons", "UTF-8", "Ulla", "OPS 99112"):
        assert leaks(room, said.format(clean)) == [], clean


def test_every_part_of_a_review_is_found_when_it_is_copied(room: SimpleNamespace) -> None:
    write(room)
    item_in(room, what="Teach the label queue to refuse work when it holds more than it can print")
    for copied in (
        FULL.went_well, FULL.luck, FULL.hard, FULL.timeline[0].known, FULL.factors[1].text,
        "Teach the label queue to refuse work when it holds more than that",
    ):  # fmt: skip
        assert "LEK-11" in {rule for rule, _, _ in leaks(room, copied)}, copied


def test_a_name_the_review_drops_is_forgotten(room: SimpleNamespace) -> None:
    write(room)
    assert leaks(room, "A word about Petra.")
    write(room, Content(body="Nothing of it is left."))
    assert leaks(room, "A word about Petra.") == []


def test_no_word_of_a_review_is_in_a_table_of_another_room(room: SimpleNamespace) -> None:
    canary = "quetzalcanary"
    named = Content(
        body=canary, went_well=canary, luck=canary, hard=canary, people=(canary,), hosts=(canary,),
        tickets=(canary,), customers=(canary,),
        timeline=tuple(replace(e, what=canary, known=canary, source=canary)
                       for e in FULL.timeline),
        factors=tuple(replace(f, text=canary) for f in FULL.factors),
    )  # fmt: skip
    write(room, named)
    item = item_in(room, what=f"{canary} a", owner_name=canary,
                   tracker_url=f"https://t.example/{canary}")  # fmt: skip
    change_item(
        actor=room.ines, now=NOON, item=item, what=f"{canary} b", mechanism="limit",
        state="in_progress", owner_name=canary, due=item.due, note=canary,
    )  # fmt: skip
    lifting(room, source=canary)
    ask_reading(actor=room.ines, now=NOON, incident=room.incident)
    settle_reading(
        actor=room.ivo, now=NOON, incident=room.incident, revision=1, verdict="final",
        comment=canary,
    )  # fmt: skip
    export(actor=room.ines, now=NOON, incident=room.incident)
    found = {
        model._meta.label
        for model in apps.get_models()
        for row in model._base_manager.values_list(
            *(f.attname for f in model._meta.concrete_fields)
        )
        if canary in repr(row)
    }
    assert found == {
        "postmortems.PostmortemRevision", "postmortems.ActionItem",
        "postmortems.ActionItemChange", "postmortems.LiftedFact", "postmortems.PostmortemReading",
    }  # fmt: skip


def test_the_export_holds_all_of_it_and_says_that_it_is_internal(room: SimpleNamespace) -> None:
    with pytest.raises(NotFound):
        export(actor=room.ines, now=NOON, incident=room.incident)
    write(room)
    item_in(room)
    with pytest.raises(NotAllowed):
        export(actor=room.wanda, now=NOON, incident=room.incident)
    text = export(actor=room.ines, now=NOON + timedelta(hours=1), incident=room.incident)
    assert "INTERNAL" in text.splitlines()[0]
    for part in (FULL.body, FULL.luck, FULL.timeline[0].known, FULL.factors[0].text,
                 "Petra Quist", "2026-03-20",
                 "https://tracker.larkpost.example/WERK-4411"):  # fmt: skip
        assert part in text
    assert AuditEntry.objects.filter(verb="postmortems.export").count() == 1


def test_a_review_from_before_it_had_parts_is_read_as_it_is(room: SimpleNamespace) -> None:
    write(room, Content(body=WORDS))
    PostmortemRevision.objects.update(parts={})
    review = review_of(room.incident, room.ines)
    assert review is not None
    assert review.content == Content(body=WORDS)
