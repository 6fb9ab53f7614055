"""What readers would get of a text: the page, the letter, the entry in the feed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override

from afterword.components.models import Page
from afterword.components.queries import the_page
from afterword.desk.preview_choices import KINDS
from afterword.desk.shell import ANY_ROLE, for_the_team, normal_newlines
from afterword.fanout.composing import words_of
from afterword.kit import clock
from afterword.kit.errors import BadInput, Refusal
from afterword.postbox.words import Words, filled
from afterword.publishing.actions import Preview, preview_of
from afterword.publishing.models import Audience, Publication, PublicIncident, PublicPromise
from afterword.site_builder.feed import content_of, entry_of
from afterword.site_builder.pages import incident as incident_page
from afterword.site_builder.tongues import speaking
from afterword.statements import queries as statements
from afterword.statements.models import Statement
from afterword.statements.texts import Text, tidied

SAMPLE = "Robin Sample"
"""Whom a letter to a list greets in the preview; a real one greets each recipient."""
_RULES = (
    "default-src 'none'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox; style-src "
)
OF_THE_PAGE = f"{_RULES}'self'"
OF_A_LETTER = f"{_RULES}'unsafe-inline'"
"""Mail programs know styles only inside the letter; nothing else of it may do anything."""
_NO_WORDS = "Nobody is mailed about this text: it is for the page alone."
_NO_PAGE = "This letter goes to its list and is never on the page, in a feed or in the log."


@dataclass(frozen=True)
class Shown:
    html: str
    policy: str = OF_THE_PAGE


@for_the_team("GET", "POST", posting=ANY_ROLE)
def preview(request: HttpRequest, statement_id: str) -> HttpResponse:
    """Show the saved text (GET), or the one in the editor (POST), as its readers would get it.

    Nothing is stored and nothing is built. It is a page of its own inside a frame without scripts.
    """
    statement = statements.statement_by_public_id(the_page(), statement_id)
    asked = request.POST if request.method == "POST" else request.GET
    kind, language = asked.get("preview", "page"), asked.get("language", "")
    try:
        if kind not in KINDS:
            raise BadInput(f"There is no preview of this kind; choose {', '.join(KINDS)}.")
        shown, status = _shown(statement, _text(request, statement), kind, language), 200
    except Refusal as refusal:
        shown, status = _plainly(refusal.message), refusal.status
    answer = HttpResponse(shown.html, status=status)
    answer.headers["Content-Security-Policy"] = shown.policy
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _text(request: HttpRequest, statement: Statement) -> Text:
    if request.method != "POST":
        newest = statements.newest_revision(statement)
        return Text(newest.title, newest.body)
    title = " ".join(normal_newlines(request.POST.get("title", "")).splitlines())
    return tidied(title, normal_newlines(request.POST.get("body", "")))


def _shown(statement: Statement, text: Text, kind: str, language: str) -> Shown:
    found = preview_of(statement=statement, title=text.title, body=text.body, now=clock.now())
    page = found.publication.page
    spoken = language if language in page.languages else page.first_language
    if kind in {"letter", "text"}:
        return _letter(found, spoken, kind)
    if found.incident is None:
        return _plainly(_NO_PAGE)
    with speaking(page, spoken):
        if kind == "page":
            made = incident_page.build(page, found.incident, found.shown, found.promises)
            return Shown(made.decode())
        return _feed(page, found.incident, found.shown, found.promises)


def _letter(found: Preview, language: str, kind: str) -> Shown:
    publication = found.publication
    if publication.audience == Audience.PAGE:
        return _plainly(_NO_WORDS)
    to_list = publication.audience == Audience.LIST
    code = publication.language if to_list else language
    with override(code):
        greeting = gettext("Hello %(name)s,") % {"name": SAMPLE}
    words = filled(words_of(publication, code), {"greeting": greeting, "token": "preview"})
    if kind == "text":
        return _plainly(f"Subject: {words.subject}\n\n{words.text}", found.undecided)
    return Shown(_with_subject(words, found.undecided), OF_A_LETTER)


def _with_subject(words: Words, undecided: str) -> str:
    """Put the subject, which mail programs show themselves, above the letter."""
    head = render_to_string(
        "desk/parts/preview_subject.html", {"subject": words.subject, "undecided": undecided}
    )
    made, put = re.subn(r"(<body\b[^>]*>)", lambda tag: tag[0] + head, words.html, count=1)
    return made if put else head + words.html


def _feed(
    page: Page,
    incident: PublicIncident,
    words: Sequence[Publication],
    promises: Sequence[PublicPromise],
) -> Shown:
    context = {
        "title": incident.title,
        # The very HTML that feed readers show: cleaned when it was made from Markdown.
        "content": mark_safe(content_of(incident, words, promises)),  # noqa: S308
        "entry": entry_of(page, incident, words, promises),
    }
    return Shown(render_to_string("desk/preview_feed.html", context))


def _plainly(text: str, undecided: str = "") -> Shown:
    context = {"text": text, "undecided": undecided}
    return Shown(render_to_string("desk/preview_text.html", context))
