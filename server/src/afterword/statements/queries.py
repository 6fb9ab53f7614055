"""What other rooms may know about statements: texts, findings, whether an approval holds."""

from collections import Counter
from dataclasses import dataclass

from afterword.components.models import Page
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record
from afterword.incidents.record import starting_record
from afterword.kit.errors import NotFound
from afterword.statements.models import (
    Amendment,
    Override,
    Review,
    Revision,
    Statement,
    Verdict,
    Weight,
)
from afterword.statements.promises import promises_hash
from afterword.statements.texts import Text
from afterword.wording.queries import Checked, FindingView, blocking, check


@dataclass(frozen=True)
class Approval:
    """Whether the newest revision may leave. ``why`` says, in words, why not (or by whom)."""

    valid: bool
    why: str
    review: Review | None = None


def statement_by_public_id(page: Page, public_id: str) -> Statement:
    """Return the page's statement. Raises NotFound, also for one of another page."""
    of_page = Statement.objects.select_related("incident").filter(incident__page=page)
    found = of_page.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(f"There is no text {public_id[:64]!r}. Open it from the case instead.")
    return found


def of_incident(incident: Incident) -> list[Statement]:
    """Return the incident's statements, oldest first."""
    return list(Statement.objects.filter(incident=incident).order_by("created_at", "id"))


def amendment_of(statement: Statement) -> Amendment | None:
    """Return what a correction is about; None for every other kind of text."""
    return Amendment.objects.filter(statement=statement).first()


def newest_revision(statement: Statement) -> Revision:
    """Return the revision in force: the one with the highest number."""
    return Revision.objects.filter(statement=statement).select_related("author").latest("number")


def revisions_of(statement: Statement) -> list[Revision]:
    """Return every revision, oldest first."""
    return list(
        Revision.objects.filter(statement=statement).select_related("author").order_by("number")
    )


def reviews_of(statement: Statement) -> list[Review]:
    """Return every review of every revision, oldest first."""
    return list(
        Review.objects.filter(revision__statement=statement)
        .select_related("reviewer", "revision")
        .order_by("id")
    )


def authors_of(revision: Revision) -> frozenset[int]:
    """Return the ids of everyone who wrote exactly this text, in this or an earlier revision."""
    ids = Revision.objects.filter(
        statement=revision.statement_id, text_hash=revision.text_hash
    ).values_list("author", flat=True)
    return frozenset(ids) - {None}


def set_aside(statement: Statement) -> list[Revision]:
    """Return the revisions that the newest one does not know of, oldest first.

    Not empty only after two people wrote at the same time; saving on top of the newest settles it.
    """
    newest = newest_revision(statement)
    return list(
        Revision.objects.filter(
            statement=statement, number__gt=newest.based_on, number__lt=newest.number
        )
        .select_related("author")
        .order_by("number")
    )


def record_version_of(incident: Incident) -> int:
    """Return the version of the record in force; 0 when nobody has saved one."""
    record = current_record(incident)
    return record.version if record else 0


def check_text(
    *, incident: Incident, kind: str, title: str, body: str, interim: bool = False
) -> Checked:
    """Check a text against the incident's record as it is now, before or after it is saved.

    Offsets point into ``Text(title, body).whole``: title, empty line, body.
    """
    record = current_record(incident)
    return check(
        Text(title, body).whole,
        kind,
        record.data if record else starting_record(incident),
        incident_ref=incident.public_id,
        interim=interim,
    )


def findings(statement: Statement) -> Checked:
    """Check the newest revision against the record in force."""
    newest = newest_revision(statement)
    return check_text(
        incident=statement.incident,
        kind=statement.kind,
        title=newest.title,
        body=newest.body,
        interim=statement.interim,
    )


def overrides_of(statement: Statement) -> list[Override]:
    """Return every override ever accepted, oldest first, in force or not."""
    return list(
        Override.objects.filter(statement=statement)
        .select_related("accepted_by", "second_person")
        .order_by("id")
    )


def overrides_in_force(statement: Statement, checked: Checked | None = None) -> list[Override]:
    """Return the overrides that count and whose very finding still stands, oldest first.

    One that names a second person counts once they have confirmed it. One lapses when its quote is
    gone, when the finding says something else (the record's figures changed), or when the quote is
    found more often than when it was accepted.
    """
    return [o for o in _still_fitting(statement, checked) if o.counts]


def overrides_waiting(statement: Statement, checked: Checked | None = None) -> list[Override]:
    """Return the overrides that wait for their second person, oldest first."""
    return [o for o in _still_fitting(statement, checked) if not o.counts]


def override_of(statement: Statement, override_id: int) -> Override:
    """Return one override of the statement by its key. Raises NotFound."""
    found = next((o for o in overrides_of(statement) if o.pk == override_id), None)
    if found is None:
        raise NotFound("There is no such acceptance. Open the review of the text again.")
    return found


def _still_fitting(statement: Statement, checked: Checked | None) -> list[Override]:
    found = (findings(statement) if checked is None else checked).findings
    times = Counter((f.rule, f.quote, f.message) for f in found)
    return [
        o for o in overrides_of(statement) if 0 < times[o.rule, o.quote, o.message] <= o.occurrences
    ]


def blocking_findings(statement: Statement, checked: Checked | None = None) -> list[FindingView]:
    """Return the findings that keep the newest revision from leaving, overrides considered.

    What a mended typo left as it was is with its readers already, and blocks nothing.
    """
    checked = findings(statement) if checked is None else checked
    accepted = {(o.rule, o.quote) for o in overrides_in_force(statement, checked)}
    accepted |= _left_already(statement)
    return blocking(checked.findings, accepted, statement.kind)


def _left_already(statement: Statement) -> set[tuple[str, str]]:
    amendment = amendment_of(statement)
    if amendment is None or amendment.weight != Weight.TYPO:
        return set()
    left = check_text(
        incident=statement.incident,
        kind=statement.kind,
        title=amendment.title,
        body=amendment.body,
    )
    return {(f.rule, f.quote) for f in left.findings}


def approval(statement: Statement) -> Approval:
    """Say whether the newest revision is approved as it stands, under the record and beside the
    promises as they stand.
    """
    newest = newest_revision(statement)
    reviews = list(
        Review.objects.filter(revision__statement=statement)
        .select_related("reviewer", "revision")
        .order_by("-id")
    )
    given = next((r for r in reviews if r.verdict == Verdict.APPROVE), None)
    if given is None:
        return Approval(False, "nobody has approved this text yet")
    voided = _why_void(
        given, newest, record_version_of(statement.incident), promises_hash(statement)
    )
    if voided:
        return Approval(False, voided, given)
    if given.reviewer_id in authors_of(newest):
        return Approval(False, f"{given.reviewer.name} wrote this text; somebody else must approve")
    if reviews[0].verdict == Verdict.CHANGES:
        return Approval(
            False, f"{reviews[0].reviewer.name} asked for changes after the approval", given
        )
    return Approval(True, f"approved by {given.reviewer.name}", given)


def _why_void(given: Review, newest: Revision, record_version: int, promises: str) -> str:
    reasons = []
    if given.revision_id != newest.pk or given.text_hash != newest.text_hash:
        reasons.append(
            f"the text changed after approval (revision {given.revision.number} → {newest.number})"
        )
    if given.record_version != record_version:
        reasons.append(
            f"the record changed after approval (version {given.record_version} → {record_version})"
        )
    if given.promises_hash != promises:
        reasons.append("the promises changed after approval")
    return " and ".join(reasons)
