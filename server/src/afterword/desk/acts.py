"""The one obvious thing to do about each step and each text, in the words of its button."""

from dataclasses import dataclass, field

from django.urls import reverse

from afterword.accounts.models import Person
from afterword.desk.case_view import CaseView, Written
from afterword.desk.shell import may_do
from afterword.incidents.clocks import Clock
from afterword.incidents.steps import Step
from afterword.statements import queries as statements
from afterword.statements.models import StatementKind, StatementState


@dataclass(frozen=True)
class Act:
    """A link, or with ``posted`` a button that sends those values."""

    label: str
    href: str
    posted: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ShownStep:
    step: Step
    act: Act | None
    clock: Clock | None


def shown_steps(view: CaseView, person: Person) -> list[ShownStep]:
    """Return the steps, each with its clock and the one thing this person can do about it."""
    return [ShownStep(s, act_for(s, view, person), view.clock_of(s)) for s in view.steps]


def act_for(step: Step, view: CaseView, person: Person) -> Act | None:
    """Return the obvious act for a step, in the words of its button."""
    here = view.incident.public_id
    if step.where in {StatementKind.CLOSURE, StatementKind.SUMMARY}:
        if step.state == "not_due" or (step.where == "summary" and view.decision is None):
            return None
        return _act_for_text(step.where, view, person)
    if step.where == "follow_up":
        return _act_for_follow_up(step, view, person)
    if step.where == "published":
        return _act_for_published(step, view)
    if step.where == "commitments" and step.state in {"not_due", "waiting"}:
        return None
    if step.where == "postmortem" and not may_do(person)["postmortem"]:
        return None
    labels = {
        "decision": ("Decide", "See the decision"),
        "record": ("Complete the record", "Edit the record"),
        "commitments": ("Make a promise", "See the promises"),
        "postmortem": ("Write the review", "Open the review"),
    }
    first, later = labels[step.where]
    is_done = step.state == "done" or (step.where == "postmortem" and view.has_postmortem)
    return Act(later if is_done else first, reverse(f"desk:{step.where}", args=[here]))


def act_for_written(written: Written, person: Person) -> Act:
    """Return what is to be done with a text next: write, review, publish, or read."""
    statement = written.statement
    name = written.name.lower()
    to_review = reverse("desk:review", args=[statement.public_id])
    if written.state == StatementState.PUBLISHED:
        return Act(f"Read the {name}", to_review)
    if written.state == StatementState.APPROVED and written.approval.valid:
        return Act(f"Publish the {name}", reverse("desk:publish", args=[statement.public_id]))
    if written.state == StatementState.IN_REVIEW:
        own = person.pk in statements.authors_of(written.newest)
        return Act(f"{'See' if own else 'Review'} the {name}", to_review)
    return Act(f"Continue the {name}", reverse("desk:statement", args=[statement.public_id]))


def _act_for_text(kind: str, view: CaseView, person: Person) -> Act:
    written = view.text(kind)
    if written is not None:
        return act_for_written(written, person)
    start = reverse("desk:start-statement", args=[view.incident.public_id])
    return Act(f"Write the {StatementKind(kind).label.lower()}", start, {"kind": kind})


def _act_for_follow_up(step: Step, view: CaseView, person: Person) -> Act:
    here = view.incident.public_id
    plan = Act(
        "Decide" if step.state == "due" else "See the plan", reverse("desk:follow-up", args=[here])
    )
    if step.state != "waiting":
        return plan
    waiting = letters_to_write(view)
    if not waiting:
        return plan
    return act_for_letter(view, *waiting[0], person)


def act_for_letter(view: CaseView, kind: str, segment: str, person: Person) -> Act:
    """Return what is to be done about a letter the plan promises: start it, or go on with it."""
    written = view.text(kind, segment)
    if written is not None:
        return act_for_written(written, person)
    start = reverse("desk:start-statement", args=[view.incident.public_id])
    label = f"Write the {StatementKind(kind).label.lower()}"
    return Act(label, start, {"kind": kind, "segment": segment})


def _act_for_published(step: Step, view: CaseView) -> Act | None:
    here = view.incident.public_id
    if step.state == "due" or view.promises:
        return Act("See the promises", reverse("desk:commitments", args=[here]))
    return None


def letters_to_write(view: CaseView) -> list[tuple[str, str]]:
    """Return (kind, segment) of each letter the plan promises and nobody has sent."""
    owed = {p.segment for p in view.plan if p.line and p.line.recipients and p.line.count}
    kinds = {"data_affected": StatementKind.DATA_NOTICE, "sla": StatementKind.FOLLOW_UP}
    sent = {w.statement.segment for w in view.written if w.state == StatementState.PUBLISHED}
    return [(str(kinds[s]), str(s)) for s in kinds if s in owed and s not in sent]
