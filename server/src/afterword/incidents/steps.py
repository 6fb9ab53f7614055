"""The eight steps from "resolved" to "trusted again", derived from what is there. Pure.

Nobody ticks a step: it is done when the facts say so, and open again when they no longer do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from afterword.audience.models import Segment
from afterword.incidents.models import Outcome

State: TypeAlias = Literal["done", "due", "waiting", "not_due"]

# Who gets an internal review by default; the worst two severities.
POSTMORTEM_FROM_SEVERITY: Final = 2


@dataclass(frozen=True)
class CaseFacts:
    """What all rooms know of one case, gathered by the entry room.

    ``record_gaps`` as ``record.gaps`` gives them; ``undecided_segments`` and ``unsent`` name who
    still lacks a follow-up decision, or the letter it promises; ``forgotten`` counts people whose
    data was affected and whom no notice reaches; ``in_review`` names the kinds of statements
    waiting for a reader; ``record_changed_since`` names the kinds published from an older version
    of the record. ``commitments_changed`` counts promises that readers know in an older state,
    ``commitments_untold`` those they know nothing of. ``postmortem`` is how far the internal review
    is: empty, draft, in_review or final. ``goes_on``: it came back, and is not over again.
    """

    severity: int
    goes_on: bool = False
    record_gaps: Mapping[str, str] = field(default_factory=dict)
    closure_published: bool = False
    summary_published: bool = False
    outcome: str | None = None
    decision_waits_for: str = ""
    commitments: int = 0
    commitments_open: int = 0
    commitments_overdue: int = 0
    commitments_changed: int = 0
    commitments_untold: int = 0
    postmortem: str = ""
    segments: Sequence[str] = ("everyone",)
    undecided_segments: Sequence[str] = ("everyone",)
    unsent: Sequence[str] = ()
    forgotten: int = 0
    in_review: Sequence[str] = ()
    record_changed_since: Sequence[str] = ()


@dataclass(frozen=True)
class Step:
    """One step. ``why`` is a sentence for people; ``where`` names the part of the case to go to."""

    number: int
    name: str
    state: State
    why: str
    where: str


def derive_steps(facts: CaseFacts) -> tuple[Step, ...]:
    """Return the eight steps in order."""
    return (
        _closure(facts),
        _decision(facts),
        _record(facts),
        _summary(facts),
        _commitments(facts),
        _postmortem(facts),
        _follow_up(facts),
        _corrected_and_kept(facts),
    )


def open_steps(steps: Sequence[Step]) -> tuple[str, ...]:
    """Return the names of the steps that keep a case from being closed."""
    return tuple(step.name for step in steps if step.state in {"due", "waiting"})


def _closure(facts: CaseFacts) -> Step:
    def step(state: State, why: str) -> Step:
        return Step(1, "Closure", state, why, "closure")

    if facts.closure_published:
        return step("done", "The closure is published.")
    if facts.goes_on:
        return step("waiting", "It came back. The closure waits until it is over again.")
    if "closure" in facts.in_review:
        return step("waiting", "The closure waits for a second person.")
    return step("due", "Say in public that it is over, what it did and what comes next.")


def _decision(facts: CaseFacts) -> Step:
    if facts.decision_waits_for:
        why = f"Less than proposed is decided once {facts.decision_waits_for} has agreed."
        return Step(2, "Decision", "waiting", why, "decision")
    if facts.outcome is None:
        why = "Decide whether the public gets a summary; the table has a proposal."
        return Step(2, "Decision", "due", why, "decision")
    label = Outcome(facts.outcome).label.lower()
    return Step(2, "Decision", "done", f"Decided: {label}.", "decision")


def _record(facts: CaseFacts) -> Step:
    if not facts.record_gaps:
        return Step(3, "Record", "done", "Every fact is stated.", "record")
    first = next(iter(facts.record_gaps.values()))
    more = f" And {len(facts.record_gaps) - 1} more." if len(facts.record_gaps) > 1 else ""
    return Step(3, "Record", "due", f"{first}{more}", "record")


def _summary(facts: CaseFacts) -> Step:
    def step(state: State, why: str) -> Step:
        return Step(4, "Summary", state, why, "summary")

    if facts.summary_published:
        return step("done", "The summary is published.")
    if facts.outcome is None:
        return step("waiting", "Waits for the decision.")
    if facts.outcome == Outcome.NONE:
        return step("not_due", "Decided: no public summary.")
    if "summary" in facts.in_review:
        return step("waiting", "The summary waits for a second person.")
    return step("due", "Answer what happened, who, how long, what changes, and what about data.")


def _commitments(facts: CaseFacts) -> Step:
    def step(state: State, why: str) -> Step:
        return Step(5, "Commitments", state, why, "commitments")

    if facts.commitments:
        noun = "promise is" if facts.commitments == 1 else "promises are"
        return step("done", f"{facts.commitments} {noun} made.")
    if facts.outcome is None:
        return step("waiting", "Waits for the decision.")
    if facts.outcome != Outcome.SUMMARY:
        return step("not_due", "Without a full summary no promise is owed.")
    return step("due", "Say what changes, why it matters here and how it lowers the risk.")


def _postmortem(facts: CaseFacts) -> Step:
    def step(state: State, why: str) -> Step:
        return Step(6, "Internal review", state, why, "postmortem")

    if facts.postmortem == "final":
        return step("done", "Read by a second person, and kept apart.")
    if facts.severity > POSTMORTEM_FROM_SEVERITY:
        begun = ", though it is begun" if facts.postmortem else ""
        return step("not_due", f"Not asked for at severity {facts.severity}{begun}.")
    if facts.postmortem == "in_review":
        return step("waiting", "The internal review waits for a second person.")
    if facts.postmortem:
        return step("due", "Begun. Finish it, and let a second person read it.")
    return step("due", "Write it for yourselves, blameless.")


def _follow_up(facts: CaseFacts) -> Step:
    def step(state: State, why: str) -> Step:
        return Step(7, "Follow-up", state, why, "follow_up")

    if facts.undecided_segments:
        names = _names(facts.undecided_segments)
        return step("due", f"Decide, with a reason, what these get: {names}.")
    if facts.forgotten:
        people = "1 person was" if facts.forgotten == 1 else f"{facts.forgotten} people were"
        why = f"{people} put on the data-affected list since. Decide again, or they hear nothing."
        return step("due", why)
    if facts.unsent:
        names = _names(facts.unsent)
        return step("waiting", f"Decided, not yet sent: {names}.")
    return step("done", "Decided for everyone, with reasons.")


def _names(segments: Sequence[str]) -> str:
    """Return who is meant, inside a sentence: ``customers with an SLA``."""
    labels = (Segment(each).label for each in segments)
    return ", ".join(label[:1].lower() + label[1:] for label in labels)


def _corrected_and_kept(facts: CaseFacts) -> Step:
    def step(state: State, why: str) -> Step:
        return Step(8, "Corrections and promises", state, why, "published")

    if facts.record_changed_since:
        names = " and ".join(facts.record_changed_since)
        return step("due", f"The record changed after the {names}; correct what readers have.")
    if facts.commitments_overdue:
        return step("due", f"{facts.commitments_overdue} overdue; say so and give a new date.")
    if facts.commitments_changed:
        noun = "promise has" if facts.commitments_changed == 1 else "promises have"
        return step("due", f"{facts.commitments_changed} {noun} changed; tell readers.")
    owed = not facts.closure_published or (
        facts.outcome != Outcome.NONE and not facts.summary_published
    )
    if owed:
        return step("waiting", "Waits for what is still to be published.")
    if facts.commitments_untold:
        noun = "promise is" if facts.commitments_untold == 1 else "promises are"
        return step("due", f"{facts.commitments_untold} {noun} not public yet; tell readers.")
    if facts.commitments_open:
        noun = "promise is" if facts.commitments_open == 1 else "promises are"
        return step("waiting", f"{facts.commitments_open} {noun} still open.")
    return step("done", "What is published stands, and every promise is kept or dropped openly.")
