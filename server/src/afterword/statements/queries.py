"""What other rooms may know about statements: texts, findings, whether an approval holds."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import NEEDS, roles_of
from afterword.accounts.queries import holds_role
from afterword.components.models import Page
from afterword.incidents.models import Incident
from afterword.incidents.named_facts import named_facts
from afterword.incidents.queries import current_record, earlier_with_same_cause, record_at
from afterword.incidents.record import starting_record
from afterword.kit.asking import asked_once, grouped, know
from afterword.kit.errors import NotFound
from afterword.statements.approvers import Need, Reader, needed, unmet
from afterword.statements.models import (
    Amendment,
    Bypass,
    Comment,
    Override,
    Review,
    Revision,
    Statement,
    Verdict,
    Weight,
)
from afterword.statements.promises import promises_hash
from afterword.statements.texts import Text
from afterword.statements.told import Told, told
from afterword.wording.queries import Checked, FindingView, blocking, check

LEGAL = Role.LEGAL.value
"""The role of counsel. Where nobody holds it, nobody is waited for."""


@dataclass(frozen=True)
class Approval:
    """Whether the newest revision may leave. ``why`` says, in words, why not (or by whom).

    ``missing`` are the approvals it still needs beside those that were given (``review`` is the
    newest of them) and hold.
    """

    valid: bool
    why: str
    review: Review | None = None
    missing: tuple[Need, ...] = ()


def statement_by_public_id(page: Page, public_id: str) -> Statement:
    """Return the page's statement. Raises NotFound, also for one of another page."""
    of_page = Statement.objects.select_related("incident").filter(incident__page=page)
    found = of_page.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(f"There is no text {public_id[:64]!r}. Open it from the case instead.")
    return found


@asked_once
def of_incident(incident: Incident) -> list[Statement]:
    """Return the incident's statements, oldest first."""
    return list(Statement.objects.filter(incident=incident).order_by("created_at", "id"))


def know_about(incidents: Sequence[Incident]) -> list[Statement]:
    """Ask at once what is asked of each incident's texts alone; return the texts."""
    by_key = {each.pk: each for each in incidents}
    found = list(Statement.objects.filter(incident__in=by_key).order_by("created_at", "id"))
    for text in found:
        text.incident = by_key[text.incident_id]
    of = grouped(found, lambda each: each.incident_id)
    for one in incidents:
        know(of_incident, one, answer=of[one.pk])
    _know_texts(found)
    return found


def _know_texts(texts: Sequence[Statement]) -> None:
    keys = [each.pk for each in texts]
    newest = Revision.objects.filter(statement=OuterRef("statement")).order_by("-number")
    revisions = Revision.objects.filter(
        statement__in=keys, number=Subquery(newest.values("number")[:1])
    )
    of_revision = {each.statement_id: each for each in revisions.select_related("author")}
    wrote = Revision.objects.filter(statement__in=keys).order_by("number")
    authors = grouped(
        wrote.values_list("statement_id", "text_hash", "author_id"), lambda each: each[:2]
    )
    amendments = {each.statement_id: each for each in Amendment.objects.filter(statement__in=keys)}
    reviews = grouped(
        Review.objects.filter(revision__statement__in=keys)
        .select_related("reviewer", "revision")
        .order_by("id"),
        lambda each: each.revision.statement_id,
    )
    overrides = grouped(
        Override.objects.filter(statement__in=keys)
        .select_related("accepted_by", "second_person")
        .order_by("id"),
        lambda each: each.statement_id,
    )
    for text in texts:
        revision = of_revision[text.pk]
        who = frozenset(each[2] for each in authors[text.pk, revision.text_hash]) - {None}
        know(newest_revision, text, answer=revision)
        know(authors_of, revision, answer=who)
        know(amendment_of, text, answer=amendments.get(text.pk))
        know(reviews_of, text, answer=reviews[text.pk])
        know(overrides_of, text, answer=overrides[text.pk])


@asked_once
def amendment_of(statement: Statement) -> Amendment | None:
    """Return what a correction is about; None for every other kind of text."""
    return Amendment.objects.filter(statement=statement).first()


def bypass_of(statement: Statement) -> Bypass | None:
    """Return how a text left unread; None for one that was approved or has not left."""
    found = Bypass.objects.filter(statement=statement)
    return found.select_related("used_by", "read_by", "statement").first()


@asked_once
def unread(page_id: int) -> list[Bypass]:
    """Return the texts of a page that left unread and that nobody has read since, oldest first."""
    found = Bypass.objects.filter(statement__incident__page=page_id, read_at=None)
    return list(found.select_related("statement__incident", "used_by").order_by("used_at", "pk"))


def comments_of(statement: Statement) -> list[Comment]:
    """Return every remark about the text, oldest first."""
    found = Comment.objects.filter(revision__statement=statement)
    return list(found.select_related("author", "settled_by", "revision"))


def comment_of(statement: Statement, key: int) -> Comment:
    """Return one remark about the text. Raises NotFound."""
    found = next((c for c in comments_of(statement) if c.pk == key), None)
    if found is None:
        raise NotFound("There is no such remark. Open the review of the text again.")
    return found


@asked_once
def newest_revision(statement: Statement) -> Revision:
    """Return the revision in force: the one with the highest number."""
    return Revision.objects.filter(statement=statement).select_related("author").latest("number")


def revisions_of(statement: Statement) -> list[Revision]:
    """Return every revision, oldest first."""
    return list(
        Revision.objects.filter(statement=statement).select_related("author").order_by("number")
    )


@asked_once
def reviews_of(statement: Statement) -> list[Review]:
    """Return every review of every revision, oldest first."""
    return list(
        Review.objects.filter(revision__statement=statement)
        .select_related("reviewer", "revision")
        .order_by("id")
    )


@asked_once
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

    What is checked, and quoted, is what readers get, with the facts it names. Offsets point into
    what was written, ``Text(title, body).whole``: title, empty line, body.
    """
    data = record_data(incident)
    as_read = told(title, body, named_facts(data))
    return as_read.placed(
        check(as_read.text.whole, kind, data, incident_ref=incident.public_id, interim=interim)
    )


def told_text(incident: Incident, title: str, body: str) -> Told:
    """Return the text as readers get it under the record in force."""
    return told(title, body, named_facts(record_data(incident)))


def told_revision(statement: Statement, revision: Revision) -> Text:
    """Return what readers get of a revision: under the record in force, or, of a text that has
    left, under that of its instant.
    """
    incident, left = statement.incident, statement.published_at
    if left is None:
        return told_text(incident, revision.title, revision.body).text
    record = record_at(incident, left)
    data = record.data if record else starting_record(incident)
    return told(revision.title, revision.body, named_facts(data)).text


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


@asked_once
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
    reviews = reviews_of(statement)[::-1]
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
    standing = _standing(reviews, given)
    missing = unmet(
        needs_of(statement), [reader_of(r.reviewer, statement.incident.page_id) for r in standing]
    )
    names = " and ".join(r.reviewer.name for r in reversed(standing))
    if missing:
        others = " and ".join(need.who for need in missing)
        return Approval(False, f"approved by {names}; {others} still has to", given, missing)
    return Approval(True, f"approved by {names}", given)


def _standing(reviews: Sequence[Review], given: Review) -> list[Review]:
    """Return the approvals of exactly what ``given`` approved, one of each reader, newest first."""
    said = (given.text_hash, given.record_version, given.promises_hash)
    found: dict[int, Review] = {}
    for each in reviews:
        same = (each.text_hash, each.record_version, each.promises_hash) == said
        if each.verdict == Verdict.CHANGES:
            break
        if same and each.revision_id == given.revision_id:
            found.setdefault(each.reviewer_id, each)
    return list(found.values())


def record_data(incident: Incident) -> Mapping[str, Any]:
    """Return the facts in force, or what the incident tells by itself while nobody saved any."""
    record = current_record(incident)
    return record.data if record else starting_record(incident)


def needs_of(statement: Statement) -> tuple[Need, ...]:
    """Return whose approvals the text needs under the record in force and what was let through."""
    incident = statement.incident
    data = record_data(incident)
    amendment = amendment_of(statement) if statement.corrects else None
    worst = (data.get("incident") or {}).get("severity") == 1
    cause = (data.get("cause") or {}).get("fingerprint")
    again = worst and earlier_with_same_cause(incident.page, cause, incident.started_at)
    rules = {each.rule for each in overrides_of(statement)}
    return needed(
        statement.kind,
        data,
        weight=amendment.weight if amendment else "",
        let_through=frozenset(rules),
        came_again=bool(again),
        has_counsel=holds_role(LEGAL, page=incident.page_id),
    )


def reader_of(person: Person, page: int) -> Reader:
    """Return what somebody can stand for when they approve a text of the page."""
    held = roles_of(person, page=page)
    acts = {act for act in ("review", "publish") if Role.ADMIN in held or NEEDS[act] & held}
    return Reader(person.pk, frozenset(acts | ({LEGAL} if LEGAL in held else set())))


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
