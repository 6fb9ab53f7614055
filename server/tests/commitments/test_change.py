from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.audit.queries import entries_about
from afterword.commitments.actions import change
from afterword.commitments.models import Commitment, CommitmentChange, CommitmentState
from afterword.commitments.queries import changes_of, public_view
from afterword.commitments.states import ALLOWED, may_follow
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from commitments.test_promise import make
from conftest import NOON
from incidents.building import a_page, a_person, a_resolved_incident

TODAY = NOON.date()


@pytest.fixture
def made(db: None) -> Commitment:
    return make(a_resolved_incident(a_page(NOON), NOON))


def turn(commitment: Commitment, **given: Any) -> Commitment:
    return change(**{"actor": MACHINE, "now": NOON, "commitment": commitment} | given)


def test_a_promise_is_begun_and_kept_and_every_step_is_remembered(made: Commitment) -> None:
    turn(made, state="in_progress")
    turn(made, state="done", note="Live in both regions.")
    assert made.done_on == TODAY
    steps = changes_of(made)
    assert [s.after["state"] for s in steps] == ["in_progress", "done"]
    assert steps[1].before["state"] == "in_progress"
    assert steps[1].note == "Live in both regions."


def test_dropping_needs_a_reason_that_readers_see(made: Commitment) -> None:
    with pytest.raises(BadInput) as refused:
        turn(made, state="dropped")
    assert "dropped_because" in refused.value.problems
    turn(made, state="dropped", dropped_because="We replaced the queue instead.")
    assert public_view(made)["dropped_because"] == "We replaced the queue instead."


def test_a_new_day_needs_a_note_and_keeps_the_old_one(made: Commitment) -> None:
    before, after = made.due, made.due + timedelta(days=7)
    with pytest.raises(BadInput) as refused:
        turn(made, due=after)
    assert "note" in refused.value.problems
    turn(made, due=after, note="The test copy is too small.")
    (step,) = changes_of(made)
    assert (step.before["due"], step.after["due"]) == (before.isoformat(), after.isoformat())
    with pytest.raises(WrongState):
        turn(turn(made, state="done"), due=before, note="Sooner.")


def test_a_promise_is_not_moved_into_the_past_or_to_a_year_nobody_will_see(
    made: Commitment,
) -> None:
    for day in (TODAY - timedelta(days=1), TODAY.replace(year=9999)):
        with pytest.raises(BadInput) as refused:
            turn(made, due=day, note="We thought again.")
        assert "due" in refused.value.problems
    turn(made, due=TODAY, note="It is nearly there.")


def test_nothing_new_writes_nothing(made: Commitment) -> None:
    turn(made, state="planned", due=made.due, note="Same.")
    assert changes_of(made) == []
    assert len(entries_about(f"commitment:{made.public_id}")) == 1


def test_what_proves_not_done_is_work_again(made: Commitment) -> None:
    turn(made, state="done")
    turn(made, state="in_progress", note="It failed again.")
    assert made.done_on is None


def test_a_day_it_was_done_before_is_bounded_and_needs_a_reason_and_is_in_the_log(
    made: Commitment,
) -> None:
    later = NOON + timedelta(days=20)
    before = TODAY - timedelta(days=1)
    for day, note, field in (
        (before, "We forgot to say.", "done_on"),
        (later.date() + timedelta(days=1), "We forgot to say.", "done_on"),
        (TODAY + timedelta(days=2), "", "note"),
    ):
        with pytest.raises(BadInput) as refused:
            turn(made, state="done", done_on=day, note=note, now=later)
        assert field in refused.value.problems
        made.refresh_from_db()
    with pytest.raises(BadInput, match="said once"):
        turn(made, done_on=TODAY, note="No state.", now=later)
    done = TODAY + timedelta(days=2)
    turn(made, state="done", done_on=done, note="We forgot to say.", now=later)
    assert made.done_on == done
    last = entries_about(f"commitment:{made.public_id}")[-1]
    assert last.detail == {"changed": ["done_on", "state"], "done_on": "2026-03-20"}
    assert changes_of(made)[-1].note == "We forgot to say."
    with pytest.raises(BadInput, match="said once"):
        turn(made, done_on=TODAY, note="It was even sooner.", now=later)


def test_what_was_not_done_on_a_day_cannot_have_been_done_before_it(made: Commitment) -> None:
    later = NOON + timedelta(days=9)
    turn(made, state="done")
    turn(made, state="in_progress", now=later)
    with pytest.raises(BadInput, match="before it was last said not to be done"):
        turn(made, state="done", done_on=TODAY, note="It was all right.", now=later)
    turn(made, state="done", done_on=later.date(), now=later + timedelta(days=1), note="Late.")


def test_what_proves_not_done_and_had_no_day_is_given_one(made: Commitment) -> None:
    done = make(made.incident, state="done", due=None)
    with pytest.raises(BadInput) as refused:
        turn(done, state="in_progress")
    assert "due" in refused.value.problems
    turn(done, state="in_progress", due=TODAY + timedelta(days=5))


def test_a_stale_copy_does_not_bring_back_what_was_dropped(made: Commitment) -> None:
    stale = Commitment.objects.get(pk=made.pk)
    turn(made, state="dropped", dropped_because="Replaced.")
    with pytest.raises(WrongState, match="make a new one"):
        turn(stale, state="done")


def test_the_log_names_what_changed_and_not_why(made: Commitment) -> None:
    turn(made, due=made.due + timedelta(days=7), note="A canary sang.")
    last = entries_about(f"commitment:{made.public_id}")[-1]
    assert last.detail == {"changed": ["due"]}


def test_it_takes_a_writer(made: Commitment) -> None:
    with pytest.raises(NotAllowed):
        change(
            actor=a_person("Ada", Role.REVIEWER, now=NOON), now=NOON, commitment=made, state="done"
        )


def test_every_state_is_placed_and_none_follows_itself() -> None:
    assert set(ALLOWED) == set(CommitmentState.values)
    assert not [s for s in CommitmentState.values if may_follow(s, s)]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*CommitmentState.values, "nonsense"]), max_size=6))
def test_any_row_of_wishes_leaves_a_promise_whole(made: Commitment, wishes: list[str]) -> None:
    for wish in wishes:
        before = made.state
        try:
            turn(made, state=wish, dropped_because="Replaced.")
        except (BadInput, WrongState):
            made.refresh_from_db()
            assert made.state == before
        else:
            assert made.state == wish
            assert wish == before or may_follow(before, wish)
        assert (made.done_on is not None) == (made.state == "done")
        assert bool(made.dropped_because) == (made.state == "dropped")
    newest = CommitmentChange.objects.filter(commitment=made).last()
    assert newest is None or newest.after["state"] == made.state
