"""The one obvious thing to do about each step and each text, in the words of its button."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from afterword.desk.case_view import CaseView, Written
from afterword.desk.shell import Reader
from afterword.followups.queries import is_for_list
from afterword.incidents.clocks import Clock
from afterword.incidents.steps import Step
from afterword.statements import queries as statements
from afterword.statements.models import StatementKind, StatementState

TELL = "Tell readers how the promises stand"


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


def shown_steps(view: CaseView, reader: Reader) -> list[ShownStep]:
    """Return the steps, each with its clock and the one thing this reader can do about it."""
    return [ShownStep(s, act_for(s, view, reader), view.clock_of(s)) for s in view.steps]


def act_for(step: Step, view: CaseView, reader: Reader) -> Act | None:
    """Return the obvious act for a step, in the words of its button; None when there is none.

    Nobody is offered what their roles would refuse; they are shown the page where it stands.
    """
    if step.where in {StatementKind.CLOSURE, StatementKind.SUMMARY}:
        if step.state == "not_due" or (step.where == "summary" and view.decision is None):
            return None
        return act_for_text(view, step.where, reader)
    if step.where == "follow_up":
        return _act_for_follow_up(step, view, reader)
    if step.where == "published":
        return _act_for_published(view, reader)
    if step.where == "commitments" and step.state in {"not_due", "waiting"}:
        return None
    if step.where == "postmortem" and not reader.may["postmortem"]:
        return None
    needs, first, later = _PAGES[step.where]
    is_done = step.state == "done" or (step.where == "postmortem" and view.review is not None)
    label = first if reader.may[needs] and not is_done else later
    return Act(label, reverse(f"desk:{step.where}", args=[view.incident.public_id]))


# Page of a step → what doing it needs, and the words before and after it is done.
_PAGES = {
    "decision": ("decide", "Decide", "See the decision"),
    "record": ("edit_record", "Complete the record", "See the record"),
    "commitments": ("promise", "Make a promise", "See the promises"),
    "postmortem": ("postmortem", "Write the review", "Open the review"),
}


def act_for_written(written: Written, reader: Reader) -> Act:
    """Return what is to be done with a text next: write, review, publish, or read."""
    statement = written.statement
    name = written.name.lower()
    to_review = reverse("desk:review", args=[statement.public_id])
    if written.state == StatementState.PUBLISHED:
        return Act(f"Read the {name}", to_review)
    if written.state == StatementState.APPROVED and written.approval.valid:
        if reader.may["publish"]:
            return Act(f"Publish the {name}", reverse("desk:publish", args=[statement.public_id]))
    elif written.state == StatementState.IN_REVIEW:
        if reader.may["review"] and reader.person.pk not in statements.authors_of(written.newest):
            return Act(f"Review the {name}", to_review)
    elif reader.may["write"]:
        return Act(f"Continue the {name}", reverse("desk:statement", args=[statement.public_id]))
    return Act(f"See the {name}", to_review)


def act_for_text(view: CaseView, kind: str, reader: Reader, segment: str = "") -> Act | None:
    """Return what is to be done about a text that is owed: start it, or go on with it."""
    written = view.text(kind, segment)
    if written is not None:
        return act_for_written(written, reader)
    if not reader.may["write"]:
        return None
    posted = {"kind": str(kind)} | ({"segment": segment} if segment else {})
    start = reverse("desk:start-statement", args=[view.incident.public_id])
    return Act(f"Write the {StatementKind(kind).label.lower()}", start, posted)


def _act_for_follow_up(step: Step, view: CaseView, reader: Reader) -> Act | None:
    if step.state == "waiting" and (waiting := letters_to_write(view)):
        kind, segment = waiting[0]
        return act_for_text(view, kind, reader, segment)
    decides = step.state == "due" and reader.may["plan_follow_up"]
    where = reverse("desk:follow-up", args=[view.incident.public_id])
    return Act("Decide" if decides else "See the plan", where)


def _act_for_published(view: CaseView, reader: Reader) -> Act | None:
    """What facts have overtaken is corrected where it was told; promises have their page."""
    if view.drift.is_there:
        return act_for_drift(view, reader)
    where = reverse("desk:commitments", args=[view.incident.public_id])
    if view.told.differs and reader.may["publish"]:
        return Act(TELL, f"{where}#tell")
    if view.promises:
        return Act("See the promises", where)
    return None


def act_for_drift(view: CaseView, reader: Reader) -> Act | None:
    """Return the way to a correction of what the page says, with both figures filled in."""
    told_by = view.drift.told_by
    if told_by is None:
        return None
    under_way = view.correction_of(told_by.number)
    if under_way is not None:
        return act_for_written(under_way, reader)
    if not reader.may["write"]:
        return None
    where = reverse("desk:correct", args=[view.incident.public_id, told_by.number])
    figures = {"wrote": each.told, "right": each.known} if (each := view.drift.first) else {}
    return Act("Correct the page", f"{where}?{urlencode(figures)}" if figures else where)


def letters_to_write(view: CaseView) -> list[tuple[str, str]]:
    """Return (kind, segment) of each letter the plan promises and nobody has sent."""
    owed = {
        str(p.segment): p.line for p in view.plan if p.line and p.line.recipients and p.line.count
    }
    kinds = {
        "data_affected": StatementKind.DATA_NOTICE,
        "sla": StatementKind.FOLLOW_UP,
        "high_impact": StatementKind.FOLLOW_UP,
    }
    sent = {
        w.statement.segment
        for w in view.written
        if w.state == StatementState.PUBLISHED
        and w.statement.segment in owed
        and is_for_list(owed[w.statement.segment], w.statement.published_at)
    }
    return [(str(kinds[s]), str(s)) for s in kinds if s in owed and s not in sent]
