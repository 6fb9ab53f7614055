"""Who gets a letter of a follow-up plan, what each letter says, and its files to hand on."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, override

from afterword.audience.models import RecipientListMember, Segment
from afterword.audience.queries.customers import member_of, members
from afterword.components.queries import the_page
from afterword.desk.case_view import LETTER_KINDS
from afterword.desk.shell import for_the_team, show, the_person
from afterword.fanout.actions import letters_of
from afterword.fanout.actions.trying import as_archive
from afterword.fanout.pack.letter import Letter, Recipient, Said, letter_to, packed
from afterword.fanout.pack.pdf import pdf_of
from afterword.followups.figures import changed_since
from afterword.followups.figures_held import findings_of
from afterword.followups.models import PlanLine
from afterword.followups.queries import history_of, is_for_list, lines_in_force
from afterword.incidents.models import Incident
from afterword.incidents.queries import incident_by_public_id
from afterword.kit import clock
from afterword.kit.errors import NotFound
from afterword.kit.languages import instant_in_words
from afterword.kit.typesetting import can_set_pdf
from afterword.publishing.actions import would_leave
from afterword.statements.models import Statement
from afterword.statements.queries import newest_revision, of_incident, statement_by_public_id

LISTED = 200
_LOOKED_THROUGH = 20_000
_FORMS = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


@dataclass(frozen=True)
class Group:
    """One segment that gets letters: the decision, the text there is, who is on the list."""

    line: PlanLine
    statement: Statement | None
    people: list[tuple[RecipientListMember, str, str]]


@for_the_team("GET", reading="manage_audience")
def recipients(request: HttpRequest, incident_id: str) -> HttpResponse:
    """List who gets a letter, at most 200 of each group; ``q`` looks for an address or account."""
    incident = incident_by_public_id(the_page(), incident_id)
    asked = request.GET.get("q", "").strip().lower()[:120]
    groups = [
        Group(line, _text_for(incident, line), _people(line, asked))
        for line in lines_in_force(incident).values()
        if line.recipients is not None
    ]
    context = {"incident": incident, "groups": groups, "asked": asked, "listed": LISTED}
    return show(request, "desk/recipients.html", context, page=incident.page)


@for_the_team("GET", reading="manage_audience")
def dry_run(request: HttpRequest, statement_id: str) -> HttpResponse:
    """Hand out the letters a text would make if it left now, at most 100, as .eml files in an
    archive. Nothing is sent, and nothing is written.
    """
    statement = statement_by_public_id(the_page(), statement_id)
    found = would_leave(statement=statement, now=clock.now())
    mails = letters_of(actor=the_person(request), now=clock.now(), publication=found)
    answer = HttpResponse(as_archive(mails), content_type=_FORMS["zip"])
    name = f"dry-run-{statement.public_id}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@for_the_team("GET", reading="manage_audience")
def preview(request: HttpRequest, incident_id: str, member_id: int) -> HttpResponse:
    """Show one letter as its recipient gets it, and hold its own figures against the record."""
    incident, member, statement = _found(incident_id, member_id)
    letter = _letter(incident, member, statement)
    context = {
        "incident": incident,
        "member": member,
        "to": member.opened(),
        "letter": letter,
        "statement": statement,
        "accounts": [ref for ref, _ in member.accounts],
        "findings": [
            each
            for account, figures in member.accounts
            for each in findings_of(incident, account, figures)
        ],
        "changed": _changed(incident, member, statement),
        "forms": [form for form in _FORMS if form != "pdf" or can_set_pdf()],
    }
    return show(request, "desk/letter_preview.html", context, page=incident.page)


@for_the_team("GET", reading="manage_audience")
def export(request: HttpRequest, incident_id: str, member_id: int, form: str) -> HttpResponse:
    """Hand out one letter as HTML, Markdown, JSON, tagged PDF, or all of them in one archive."""
    if form not in _FORMS or (form == "pdf" and not can_set_pdf()):
        raise NotFound("There is no such form of a letter here.")
    incident, member, statement = _found(incident_id, member_id)
    letter = _letter(incident, member, statement)
    made = _made(letter, _recipient(incident, member), form)
    answer = HttpResponse(made, content_type=_FORMS[form])
    name = f"letter-{incident.public_id}-{member.pk}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _changed(incident: Incident, member: RecipientListMember, statement: Statement | None) -> bool:
    """Whether the figures are others by now, so that the letter will not leave with these."""
    if statement is not None and statement.published_at is not None:
        return False
    return bool(changed_since(incident, dict(member.accounts)))


def _made(letter: Letter, to: Recipient, form: str) -> bytes:
    if form == "pdf":
        return _pdf(letter)
    if form == "zip":
        return packed(letter, to, _pdf(letter) if can_set_pdf() else None)
    if form == "json":
        return letter.as_json(to).encode()
    return (letter.html if form == "html" else letter.markdown).encode()


def _pdf(letter: Letter) -> bytes:
    with override(letter.said.language):
        return pdf_of(letter, instant_in_words(letter.at), gettext("Your own figures"))


def _people(line: PlanLine, asked: str) -> list[tuple[RecipientListMember, str, str]]:
    """Return (member, address, name) of those who fit what was asked for, looking no further than
    20,000 people: addresses are encrypted, so none can be looked up.
    """
    found: list[tuple[RecipientListMember, str, str]] = []
    if line.recipients is None:
        return found
    cursor, seen = 0, 0
    while len(found) < LISTED and seen < _LOOKED_THROUGH:
        batch = members(line.recipients.public_id, cursor, 500)
        if not batch:
            break
        cursor, seen = batch[-1].pk, seen + len(batch)
        for each in batch:
            email, name, _ = each.opened()
            accounts = " ".join(ref for ref, _ in each.accounts)
            if not asked or asked in f"{email} {name} {accounts}".lower():
                found.append((each, email, name))
    return found[:LISTED]


def _text_for(incident: Incident, line: PlanLine) -> Statement | None:
    """Return the newest text for the list of a decision, None while nobody has begun one.

    What left before the decision, or after the one that replaced it, went to another list.
    """
    kinds = LETTER_KINDS.get(Segment(line.segment), ())
    later = [each for each in history_of(incident) if each.segment == line.segment]
    until = next((each.decided_at for each in later if each.pk > line.pk), None)
    fitting = [
        each
        for each in of_incident(incident)
        if each.segment == line.segment
        and each.kind in kinds
        and is_for_list(line, each.published_at)
        and (until is None or (each.published_at is not None and each.published_at < until))
    ]
    return fitting[-1] if fitting else None


def _found(
    incident_id: str, member_id: int
) -> tuple[Incident, RecipientListMember, Statement | None]:
    incident = incident_by_public_id(the_page(), incident_id)
    member = member_of(incident.page, incident.public_id, member_id)
    listed = member.recipient_list_id
    line = next((x for x in history_of(incident) if x.recipients_id == listed), None)
    return incident, member, _text_for(incident, line) if line else None


def _letter(incident: Incident, member: RecipientListMember, statement: Statement | None) -> Letter:
    kind = str(LETTER_KINDS[Segment(member.recipient_list.segment)][0])
    title, body = incident.title, "The text of this letter is not written yet."
    if statement is not None:
        newest = newest_revision(statement)
        kind, title, body = statement.kind, newest.title, newest.body
    said = Said(kind, incident.public_id, title, body, incident.page.first_language)
    at = statement.published_at if statement and statement.published_at else clock.now()
    return letter_to(incident.page, said, _recipient(incident, member), at)


def _recipient(incident: Incident, member: RecipientListMember) -> Recipient:
    _, name, what = member.opened()
    return Recipient(name, what, member.zone or incident.page.time_zone, member.accounts)
