"""What every verb here does first or last: hold the row, refuse a text that must not go on."""

from afterword.incidents.models import Incident
from afterword.kit.errors import BadInput, Conflict, NotFound, TextRejected, WrongState
from afterword.statements import queries
from afterword.statements.corrected import more_than_a_typo, not_a_new_title, still_quotes
from afterword.statements.facts import facts_stopped
from afterword.statements.mentions import unmentioned
from afterword.statements.models import (
    Amendment,
    Revision,
    Statement,
    StatementKind,
    StatementState,
    Weight,
)
from afterword.statements.texts import Text, blanks
from afterword.wording.queries import Checked

MAX_COMMENT = 5_000


def hold(statement: Statement) -> Revision:
    """Lock the statement and its record until the transaction ends, read both afresh, and return
    the newest revision.

    Raises NotFound when the text is gone, TransactionManagementError outside a transaction.
    """
    # The incident first, as every verb that saves its record does: no two wait for each other.
    record = Incident.objects.select_for_update(no_key=True).filter(pk=statement.incident_id)
    list(record.values_list("pk"))
    try:
        statement.refresh_from_db(
            from_queryset=Statement.objects.select_for_update(of=("self",)).select_related(
                "incident__page"
            )
        )
    except Statement.DoesNotExist:
        raise NotFound("This text is gone. Open the case again.") from None
    return queries.newest_revision(statement)


def move(statement: Statement, state: StatementState) -> None:
    """Write the new state of a held statement."""
    if statement.state != state:
        statement.state = state
        statement.save(update_fields=["state"])


def refuse_unseen(
    newest: Revision, record_version: int, seen: tuple[int | None, int | None]
) -> None:
    """Raise Conflict when the person judged another revision or record than is in force."""
    revision, record = seen
    if revision is not None and revision != newest.number:
        raise Conflict(
            f"You read revision {revision}; the newest is {newest.number}. "
            "Read the newest, then decide."
        )
    if record is not None and record != record_version:
        raise Conflict(
            f"You read version {record} of the record; it is at version {record_version} now. "
            "Check the text against it, then decide."
        )


def refuse_unready(statement: Statement, newest: Revision) -> Checked:
    """Check the newest revision and return what was found.

    Raises WrongState for an empty text, a missing record or a revision left aside, TextRejected
    for blanks that nobody filled in, for blocking findings that nobody overrode and for facts of
    the record that cannot leave with the text.
    """
    if not newest.body.strip():
        raise WrongState("There is no text yet. Write it first.")
    text = queries.told_revision(statement, newest)
    amendment = queries.amendment_of(statement)
    if amendment is not None:
        refuse_unlike_its_weight(amendment, text)
    about_facts = amendment is None or amendment.weight == Weight.FACT
    if about_facts and queries.record_version_of(statement.incident) == 0:
        raise WrongState(
            "The record of this incident was never saved, so there is nothing to check the text "
            "against. Open the record, complete it and save it."
        )
    refuse_set_aside(statement, newest)
    _refuse_blanks(text)
    checked = queries.findings(statement)
    blocking = queries.blocking_findings(statement, checked)
    if blocking:
        count = "1 finding" if len(blocking) == 1 else f"{len(blocking)} findings"
        raise TextRejected(
            f"{count} must be mended first, or accepted by name with a reason: "
            + " ".join(f"{f.rule} at “{_short(f.quote)}”: {f.message}" for f in blocking[:3])
            + (" …" if len(blocking) > 3 else ""),
            [
                {
                    "rule": f.rule,
                    "quote": f.quote,
                    "message": f.message,
                    "suggestion": f.suggestion,
                    "start": f.start,
                    "end": f.end,
                }
                for f in blocking
            ],
        )
    if statement.kind == StatementKind.SUMMARY:
        _refuse_unmentioned(statement, text)
    if amendment is None or amendment.restates_facts:
        _refuse_facts(statement)
    return checked


def _refuse_facts(statement: Statement) -> None:
    """Raise TextRejected, naming the field of the record, for a fact that must not leave."""
    stopped = facts_stopped(statement.incident)
    if stopped:
        more = f" And {len(stopped) - 1} more." if len(stopped) > 1 else ""
        raise TextRejected(
            stopped[0].sentence + more,
            [
                {
                    "rule": one.finding.rule,
                    "quote": one.finding.quote,
                    "message": one.finding.message,
                    "suggestion": one.finding.suggestion,
                    "start": one.finding.start,
                    "end": one.finding.end,
                    "field": f"record.{one.fact.path}",
                }
                for one in stopped
            ],
        )


def refuse_unlike_its_weight(amendment: Amendment, newest: Text) -> None:
    """Raise WrongState when a correction does more, or less, than its weight says.

    A typo leaves what is said as it was; a retraction does not repeat what it takes back, and
    what takes the place of a title is another one.
    """
    before = (amendment.title, amendment.body)
    if amendment.weight == Weight.TYPO:
        if why := more_than_a_typo(before, (newest.title, newest.body)):
            raise WrongState(
                f"This is more than a typo: {why}. Start the correction again, as a wrong fact or "
                "a clarification, so that readers can see what was changed."
            )
    elif amendment.weight == Weight.TITLE:
        if why := not_a_new_title(amendment.title, newest.title, newest.body):
            raise WrongState(why)
    elif amendment.weight == Weight.RETRACTION and (
        passage := still_quotes(f"{newest.title}\n{newest.body}", before)
    ):
        raise WrongState(
            f"The reason repeats what it takes back (“{passage} …”), so readers would still have "
            "it. Say why the text is withdrawn without its words."
        )


def refuse_set_aside(statement: Statement, newest: Revision) -> None:
    """Raise WrongState while another writer's revision is not part of the newest."""
    aside = queries.set_aside(statement)
    if aside:
        others = ", ".join(
            f"{r.number} ({r.author.name if r.author else 'Afterword'})" for r in aside
        )
        raise WrongState(
            f"Revision {newest.number} was written without knowing revision {others}. "
            f"Take over what belongs in, then save on top of revision {newest.number}."
        )


def _refuse_unmentioned(statement: Statement, text: Text) -> None:
    """Raise TextRejected for a summary that is silent about an earlier incident of its cause."""
    found = unmentioned(text.whole, queries.record_data(statement.incident))
    if found:
        named = "; ".join(f"{day.day} {day:%B %Y}, “{_short(title)}”" for day, title in found[:3])
        raise TextRejected(
            "The record says that the same cause struck before, and the summary must mention it: "
            f"{named}. Say what was missed then.",
            [
                {
                    "rule": "AGAIN",
                    "quote": "",
                    "message": f"“{title}” had the same cause. Readers remember.",
                    "suggestion": f"On {day.day} {day:%B} the same cause struck. What we did then "
                    "was not enough, because …",
                    "start": 0,
                    "end": 0,
                }
                for day, title in found
            ],
        )


def _refuse_blanks(text: Text) -> None:
    found = blanks(text.whole)
    if found:
        places = "1 place still waits" if len(found) == 1 else f"{len(found)} places still wait"
        raise TextRejected(
            f"{places} for a fact. Fill in, or take out: "
            + "; ".join(_short(quote) for _, quote in found[:5]),
            [
                {
                    "rule": "BLANK",
                    "quote": quote,
                    "message": "The record did not know this when the text was started.",
                    "suggestion": "Write the fact, or say that you do not know it yet.",
                    "start": start,
                    "end": start + len(quote),
                }
                for start, quote in found
            ],
        )


def tidied_comment(comment: str) -> str:
    """Return the comment without surrounding space. Raises BadInput over 5,000 characters."""
    comment = comment.replace("\x00", "").strip()
    if len(comment) > MAX_COMMENT:
        raise BadInput(
            f"The comment has {len(comment):,} characters; {MAX_COMMENT:,} is the most.",
            {"comment": "too long"},
        )
    return comment


def _short(quote: str) -> str:
    one_line = " ".join(quote.split())
    return one_line if len(one_line) <= 80 else one_line[:79] + "…"
