"""A text in the page's other languages: written, read by a second person, published."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from afterword.components.queries import the_page
from afterword.desk.fresh_pages import said_of
from afterword.desk.once import once, sent_before
from afterword.desk.shell import for_the_team, normal_newlines, show, the_person
from afterword.kit import clock
from afterword.kit.errors import BadInput, Conflict
from afterword.kit.languages import direction, own_name
from afterword.kit.markdown import render_markdown
from afterword.publishing.actions import publish_translation
from afterword.publishing.actions.translation import is_published
from afterword.publishing.models import Publication
from afterword.statements import actions
from afterword.statements import queries as statements
from afterword.statements.models import Statement, TranslationReview
from afterword.statements.translations import (
    Standing,
    authors_of,
    in_force,
    reviews_of,
    standing,
    translation_by_public_id,
)


@dataclass(frozen=True)
class InLanguage:
    """One language of the page with what there is in it; ``title`` and ``body`` fill the form."""

    code: str
    name: str
    direction: str
    title: str
    body: str
    stands: Standing | None = None
    rendered: SafeString | str = ""
    reviews: tuple[TranslationReview, ...] = ()
    is_out: bool = False
    is_author: bool = False
    refusal: str = ""


@for_the_team("GET", "POST", posting="write", holds_text=True)
def translate(request: HttpRequest, statement_id: str) -> HttpResponse:
    """Show every language of a text, or save what was written in one."""
    statement = statements.statement_by_public_id(the_page(), statement_id)
    if request.method != "POST":
        return _page(request, statement)
    code = request.POST.get("language", "")
    written = (
        request.POST.get("title", ""),
        normal_newlines(request.POST.get("body", "")),
    )
    number = request.POST.get("of_revision", "")
    try:
        actions.save_translation(
            actor=the_person(request),
            now=clock.now(),
            statement=statement,
            language=code,
            title=written[0],
            body=written[1],
            of_revision=int(number) if number.isascii() and number.isdigit() else 0,
        )
    except (BadInput, Conflict) as refusal:
        kept = (code, *written, refusal.message)
        return _page(request, statement, kept=kept, status=refusal.status)
    messages.success(request, f"Saved in {own_name(code)}. Somebody else can approve it now.")
    return redirect("desk:translations", statement_id=statement.public_id)


@for_the_team("POST", posting="review", holds_text=True)
def approve(request: HttpRequest, translation_id: str) -> HttpResponse:
    translation = translation_by_public_id(the_page(), translation_id)
    actions.approve_translation(
        actor=the_person(request),
        now=clock.now(),
        translation=translation,
        comment=normal_newlines(request.POST.get("comment", "")),
    )
    messages.success(request, "Approved, for exactly this translation of exactly this text.")
    return redirect("desk:translations", statement_id=translation.statement.public_id)


@for_the_team("POST", posting="review", holds_text=True)
def ask_changes(request: HttpRequest, translation_id: str) -> HttpResponse:
    translation = translation_by_public_id(the_page(), translation_id)
    actions.ask_translation_changes(
        actor=the_person(request),
        now=clock.now(),
        translation=translation,
        comment=normal_newlines(request.POST.get("comment", "")),
    )
    messages.success(request, "Given back to its writer.")
    return redirect("desk:translations", statement_id=translation.statement.public_id)


@for_the_team("POST", posting="publish")
def publish(request: HttpRequest, translation_id: str) -> HttpResponse:
    """Add the translation to its published text."""
    if (back := sent_before(request)) is not None:
        return back
    translation = translation_by_public_id(the_page(), translation_id)
    back_to = reverse("desk:translations", args=[translation.statement.public_id])

    left: list[Publication] = []

    def leave() -> str:
        left.append(
            publish_translation(actor=the_person(request), now=clock.now(), translation=translation)
        )
        return back_to

    return once(request, leave, lambda: said_of(left[0]))


def _page(
    request: HttpRequest,
    statement: Statement,
    *,
    kept: tuple[str, str, str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    newest = statements.newest_revision(statement)
    page = statement.incident.page
    others = [code for code in page.languages if code != statement.language]
    context = {
        "statement": statement,
        "incident": statement.incident,
        "newest": newest,
        "original": statements.told_revision(statement, newest).body,
        "original_name": own_name(statement.language),
        "languages": [_in_language(request, statement, code, kept) for code in others],
    }
    return show(request, "desk/translations.html", context, status=status)


def _in_language(
    request: HttpRequest,
    statement: Statement,
    code: str,
    kept: tuple[str, str, str, str] | None,
) -> InLanguage:
    known = next((each for each in in_force(statement) if each.language == code), None)
    mine = kept if kept is not None and kept[0] == code else None
    title, body = (known.title, known.body) if known else ("", "")
    if mine is not None:
        title, body = mine[1], mine[2]
    shown = InLanguage(
        code, own_name(code), direction(code), title, body, refusal=mine[3] if mine else ""
    )
    if known is None:
        return shown
    return replace(
        shown,
        stands=standing(known),
        # Rendered without raw HTML and cleaned in kit.markdown.
        rendered=mark_safe(render_markdown(known.body)),  # noqa: S308
        reviews=tuple(reviews_of(known)),
        is_out=is_published(known),
        is_author=the_person(request).pk in authors_of(known),
    )
