from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.incidents.steps import CaseFacts, derive_steps, open_steps

FRESH = CaseFacts(severity=1, record_gaps={"customers": "How many customers, of how many?"})
FINISHED = CaseFacts(
    severity=1,
    closure_published=True,
    summary_published=True,
    outcome="summary",
    commitments=2,
    postmortem="final",
    undecided_segments=(),
)


def states(facts: CaseFacts) -> list[str]:
    return [step.state for step in derive_steps(facts)]


def test_a_fresh_case_owes_nearly_everything() -> None:
    assert states(FRESH) == [
        "due", "due", "due", "waiting", "waiting", "due", "due", "waiting",
    ]  # fmt: skip


def test_a_finished_case_owes_nothing() -> None:
    assert set(states(FINISHED)) == {"done"}
    assert open_steps(derive_steps(FINISHED)) == ()


def test_without_a_summary_its_promises_are_not_due() -> None:
    steps = derive_steps(replace(FRESH, outcome="none"))
    assert [steps[3].state, steps[4].state] == ["not_due", "not_due"]


def test_a_short_summary_is_due_without_promises() -> None:
    steps = derive_steps(replace(FRESH, outcome="short"))
    assert [steps[3].state, steps[4].state] == ["due", "not_due"]


def test_a_small_incident_owes_no_internal_review() -> None:
    assert derive_steps(replace(FRESH, severity=3))[5].state == "not_due"


def test_the_first_gap_of_the_record_is_the_next_question() -> None:
    gaps = {"customers": "How many customers, of how many?", "sla": "Breached?"}
    assert derive_steps(replace(FRESH, record_gaps=gaps))[2].why == (
        "How many customers, of how many? And 1 more."
    )


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"record_changed_since": ("summary",)}, "due"),
        ({"commitments_overdue": 1}, "due"),
        ({"commitments_open": 1}, "waiting"),
        ({"closure_published": False}, "waiting"),
    ],
)
def test_what_is_published_must_stand_and_promises_be_kept(change: dict, state: str) -> None:
    assert derive_steps(replace(FINISHED, **change))[7].state == state


def test_a_text_in_review_waits() -> None:
    steps = derive_steps(replace(FRESH, outcome="summary", in_review=("closure", "summary")))
    assert [steps[0].state, steps[3].state] == ["waiting", "waiting"]


def test_a_letter_decided_and_not_sent_keeps_the_case_open() -> None:
    step = derive_steps(replace(FINISHED, unsent=("data_affected",)))[6]
    assert (step.state, step.why) == (
        "waiting",
        "Decided, not yet sent: people whose data was affected.",
    )


@given(
    st.builds(
        CaseFacts,
        severity=st.integers(1, 4),
        record_gaps=st.dictionaries(st.text(max_size=3), st.just("Why?"), max_size=2),
        closure_published=st.booleans(),
        summary_published=st.booleans(),
        outcome=st.sampled_from([None, "summary", "short", "none"]),
        commitments=st.integers(0, 2),
        commitments_open=st.integers(0, 2),
        commitments_overdue=st.integers(0, 2),
        postmortem=st.sampled_from(["", "draft", "in_review", "final"]),
        undecided_segments=st.lists(st.sampled_from(["everyone", "sla"]), max_size=2),
        unsent=st.lists(st.sampled_from(["everyone", "sla"]), max_size=2),
        in_review=st.lists(st.sampled_from(["closure", "summary"]), max_size=2),
        record_changed_since=st.lists(st.sampled_from(["closure"]), max_size=1),
    )
)
def test_there_are_always_eight_steps_each_with_a_reason(facts: CaseFacts) -> None:
    steps = derive_steps(facts)
    assert [s.number for s in steps] == list(range(1, 9))
    assert all(s.state in {"done", "due", "waiting", "not_due"} for s in steps)
    assert all(s.why and s.where for s in steps)
    closed = not open_steps(steps)
    assert not closed or facts.closure_published


def test_promises_that_readers_know_otherwise_keep_the_last_step_due() -> None:
    changed = derive_steps(replace(FINISHED, commitments_changed=1))[7]
    assert (changed.state, changed.why) == ("due", "1 promise has changed; tell readers.")
    fresh = derive_steps(replace(FINISHED, commitments_untold=2))[7]
    assert (fresh.state, fresh.why) == ("due", "2 promises are not public yet; tell readers.")


def test_new_promises_wait_for_the_summary_that_brings_them() -> None:
    waiting = replace(FINISHED, summary_published=False, commitments_untold=2)
    assert derive_steps(waiting)[7].state == "waiting"


def test_groups_are_named_as_people_name_them() -> None:
    steps = derive_steps(replace(FINISHED, undecided_segments=("everyone", "sla")))
    assert steps[6].why.endswith("what these get: everyone subscribed, customers with an SLA.")
