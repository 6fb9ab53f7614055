"""Answers questions about the history from what was published. No cookie, no script, no form key.

The built history does not depend on it: while the database is down, this alone answers 503.
"""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from afterword.components.models import Page
from afterword.components.queries import the_page
from afterword.publishing.catalogue import CAUSES, DATA_EFFECTS, IMPACTS, is_part_key
from afterword.publishing.finding import Wanted, find
from afterword.publishing.searching import LONGEST_QUESTION, asked
from afterword.site_builder.pages.index import incident_row
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.search_form import search_address, search_form
from afterword.site_builder.tongues import speaking, tongues_of_form

_KNOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "impact": IMPACTS,
    "data": DATA_EFFECTS,
    "cause": CAUSES,
}
_LONGEST_CURSOR = 64
ADDRESS: Final = "/history/search/"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the incidents that hold the words and have in common what was chosen, newest first.

    What is no choice is left out. The answer says in words when there is nothing to look for.
    """
    page = the_page()
    asked_in = request.GET.get("lang", "")
    with speaking(page, asked_in if asked_in in page.languages else page.first_language):
        answer = _answer(page, wanted_of(request.GET))
    response = HttpResponse(answer)
    response.headers["Cache-Control"] = "public, max-age=10"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _answer(page: Page, wanted: Wanted) -> bytes:
    words = asked(wanted.words)
    useless = bool(wanted.words) and not words
    something = bool(words or wanted.part or wanted.impact or wanted.data or wanted.cause)
    found = find(page, wanted) if something and not useless else None
    tongues = tongues_of_form(page, ADDRESS)
    context = {
        **search_form(page, wanted),
        "tongues": tongues,
        "first_tongue": tongues[0] if tongues else None,
        "useless": useless,
        "rows": [incident_row(each) for each in found.incidents] if found else [],
        "answered": found is not None,
        "later": _address(page, wanted, "") if wanted.after else "",
        "older": _address(page, wanted, found.after) if found and found.after else "",
    }
    return rendered("search.html", page, ADDRESS, context, None)


def wanted_of(query: Mapping[str, str]) -> Wanted:
    """Return what a query asks for; nothing in it is trusted."""
    said = {name: str(query.get(name, "")) for name in ("q", "component", "after", *_KNOWN)}
    chosen = {name: said[name] if said[name] in known else "" for name, known in _KNOWN.items()}
    return Wanted(
        words="".join(c for c in said["q"] if c.isprintable()).strip()[:LONGEST_QUESTION],
        part=said["component"] if is_part_key(said["component"]) else "",
        after=said["after"][:_LONGEST_CURSOR],
        **chosen,
    )


def _address(page: Page, wanted: Wanted, after: str) -> str:
    return search_address(
        page,
        q=wanted.words,
        component=wanted.part,
        impact=wanted.impact,
        data=wanted.data,
        cause=wanted.cause,
        after=after,
    )
