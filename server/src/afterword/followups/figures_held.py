"""The figures on a letter's list held against the record: what keeps the letter from leaving."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from afterword.audience.models import Segment
from afterword.audience.queries.customers import figures_on, recipients_of_accounts
from afterword.followups.agreement import Disagreement, disagreements
from afterword.followups.queries import lines_in_force
from afterword.followups.reckoning import record_of
from afterword.incidents.models import Incident
from afterword.kit.errors import TextRejected
from afterword.statements.models import Statement, StatementKind
from afterword.statements.queries import overrides_in_force
from afterword.wording.queries import Checked, FindingView, needs_second_person

MOST_NAMED: Final = 50
"""Findings that are listed and can be let through one by one; beyond them the record is wrong."""
_PEOPLE_NAMED: Final = 5


def figures_findings(statement: Statement) -> list[FindingView]:
    """Return what is wrong with the figures that the recipients of a letter would read, by the
    accounts' ids, at most 50 and one that counts the others. Each names who would read it, so it
    stays inside. Empty for texts that go to no list with figures.
    """
    listed = _list_of(statement)
    if not listed:
        return []
    record = record_of(statement.incident)
    found = [
        (account, one)
        for account, figures in sorted(figures_on(listed).items())
        for one in disagreements(account, figures, record)
    ]
    named = found[:MOST_NAMED]
    readers = recipients_of_accounts(listed, {account for account, _ in named})
    views = [_finding(one, readers.get(account, ())) for account, one in named]
    if more := len(found) - len(named):
        views.append(_finding(_and_others(more), ()))
    return views


def blocking_figures(statement: Statement) -> list[FindingView]:
    """Return those of them that nobody let through."""
    found = figures_findings(statement)
    if not found:
        return []
    accepted = {
        (one.rule, one.quote)
        for one in overrides_in_force(statement, Checked(tuple(found), {}, ()))
    }
    return [one for one in found if (one.rule, one.quote) not in accepted]


def refuse_contradicted_figures(statement: Statement) -> None:
    """Raise TextRejected where a letter would tell a recipient what the record contradicts."""
    blocking = blocking_figures(statement)
    if not blocking:
        return
    count = "1 figure" if len(blocking) == 1 else f"{len(blocking)} figures"
    raise TextRejected(
        f"{count} of recipients’ own disagree with the record, or with each other. Mend the record "
        "or what was measured of the account, or let them through by name with a reason: "
        + " ".join(f"{one.rule} at “{one.quote}”: {one.message}" for one in blocking[:3])
        + (" …" if len(blocking) > 3 else ""),
        [{"rule": one.rule, "quote": one.quote, "message": one.message} for one in blocking],
    )


def findings_of(incident: Incident, account: str, figures: Mapping[str, Any]) -> list[FindingView]:
    """Return what is wrong with the figures of one account, empty for none."""
    return [_finding(one, ()) for one in disagreements(account, figures, record_of(incident))]


def _list_of(statement: Statement) -> str:
    """Return the public id of the list the letter goes to; empty for one without figures."""
    carries = statement.kind == StatementKind.FOLLOW_UP and statement.segment != Segment.DATA
    if not carries:
        return ""
    line = lines_in_force(statement.incident).get(statement.segment)
    return line.recipients.public_id if line and line.recipients else ""


def _and_others(count: int) -> Disagreement:
    return Disagreement(
        "REC-18",
        f"and {count} more",
        "So many figures are wrong only where the record is, or what was measured. Mend that.",
    )


def _finding(one: Disagreement, readers: Iterable[str]) -> FindingView:
    told = sorted(readers)
    more = f" and {len(told) - _PEOPLE_NAMED} more" if len(told) > _PEOPLE_NAMED else ""
    who = f" It would be read by {', '.join(told[:_PEOPLE_NAMED])}{more}." if told else ""
    return FindingView(
        rule=one.rule,
        name="own-figures",
        category="record",
        severity="error",
        start=0,
        end=0,
        line=1,
        column=1,
        quote=one.quote,
        message=one.message + who,
        needs_two=needs_second_person(one.rule),
    )
