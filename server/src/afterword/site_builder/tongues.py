"""A page in several languages: where each lies, how they lead to each other, what is translated.

The first language of a page stands at ``/``, every other one below its code (``/de/``). Pages are
rendered as if there were one language; what they link to is turned to the reader's language
afterwards, so that no page and no author has to think of it.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from afterword.components.models import Page
from afterword.kit.languages import language, listed, name_of, own_name
from afterword.publishing.models import Publication
from afterword.site_builder.places import speaks

_TAG = re.compile(r"<(?:a|link|form|area)\b[^>]*>")
_TARGET = re.compile(r'(?P<lead>\b(?:href|action)=")(?P<target>[^"]*)"')
# What is made for every reader in whatever language they come; it is told which.
_ASKED = re.compile(r"/(?:subscribe|unsubscribe|history/search|incidents/[^/]+/answered)/")
_NOT_PAGES = re.compile(r"/(?:assets|api|desk)/")
_written_in: ContextVar[str] = ContextVar("written_in", default="")


@dataclass(frozen=True)
class Tongue:
    """One language of a page: ``address`` leads to the same page in it, ``url`` with the host."""

    code: str
    name: str
    address: str
    url: str
    is_here: bool


@dataclass(frozen=True)
class Said:
    """A published text as readers of the active language get it.

    ``language`` is the code to mark it with, empty when it is in theirs. ``note`` says in their
    language that it is in another one, or that it is a translation; empty for neither.
    """

    title: str
    html: SafeString
    language: str
    note: str
    is_translation: bool = False


@contextmanager
def speaking(page: Page, code: str) -> Iterator[None]:
    """Render in a language of the page what is done within."""
    token = _written_in.set(page.first_language)
    try:
        with override(code):
            yield
    finally:
        _written_in.reset(token)


def original_language() -> str:
    """Return the code of the language the page's own texts are in where it is not the active one.

    Empty where it is, and outside of ``speaking``.
    """
    written = _written_in.get()
    return "" if written == language() else written


def told(text: str) -> str:
    """Return a text of the page's own, such as a fact, marked with its language where needed."""
    written = original_language()
    return format_html('<span dir="auto" lang="{}">{}</span>', written, text) if written else text


def filled(sentence: str, **parts: str) -> str:
    """Return a sentence with its ``%(parts)s``; safe, and escaped, as soon as one of them is."""
    if not any(isinstance(each, SafeString) for each in parts.values()):
        return sentence % parts
    escaped = {name: conditional_escape(each) for name, each in parts.items()}
    return mark_safe(conditional_escape(sentence) % escaped)  # noqa: S308  each part is escaped


def as_said(publication: Publication) -> Said:
    """Return a publication's text in the active language if it was translated, else as it is."""
    here = language()
    translated = publication.translations.get(here)
    shown = translated or publication
    note = ""
    if translated is not None:
        note = gettext("Translated. The original is in %(language)s.") % {
            "language": name_of(publication.language)
        }
    elif publication.language != here:
        note = not_translated(publication.language)
    return Said(
        title=shown.title,
        # Cleaned by nh3 when it was published; see publishing.actions.rendering.
        html=mark_safe(shown.html),  # noqa: S308
        language="" if shown.language == here else shown.language,
        note=note,
        is_translation=translated is not None,
    )


def not_translated(code: str) -> str:
    """Return, in the active language, that a text is in another."""
    # Translators: the name of a language, as it stands in the midst of a sentence.
    return gettext("This text is in %(language)s.") % {"language": name_of(code)}


def not_translated_words(publications: Iterable[Publication]) -> str:
    """Return one sentence for a list of texts of which some are in another language, or nothing."""
    here = language()
    left = sorted(
        {p.language for p in publications if p.language != here and here not in p.translations}
    )
    if not left:
        return ""
    return gettext("What is not translated stands here as it was published, in %(languages)s.") % {
        "languages": listed([name_of(code) for code in left])
    }


def tongues_of(page: Page, address: str) -> list[Tongue]:
    """Return the languages of a page, the first one first; empty where there is only one.

    ``address`` is the page's in the first language.
    """
    if len(page.languages) < 2:
        return []
    base = page.url.rstrip("/")
    found = []
    for code in page.languages:
        there = address if code == page.first_language else f"/{code}{address}"
        found.append(Tongue(code, own_name(code), there, f"{base}{there}", code == language()))
    return found


def tongues_of_form(page: Page, path: str) -> list[Tongue]:
    """Return the languages of a page that is made when it is asked for: the address says which."""
    if len(page.languages) < 2:
        return []
    base = page.url.rstrip("/")
    found = []
    for code in page.languages:
        there = f"{path}?lang={code}"
        found.append(Tongue(code, own_name(code), there, f"{base}{there}", code == language()))
    return found


def spoken_at(page: Page, address: str) -> str:
    """Return the full address of a page or feed in the active language."""
    here = language()
    lead = "" if here == page.first_language else f"/{here}"
    return f"{page.url.rstrip('/')}{lead}{address}"


def turned(html: str, page: Page) -> str:
    """Return a page whose links lead to pages in the active language.

    Links that name a language (``hreflang``) stay as they are, and so do files there is one of.
    """
    here = language()
    if here == page.first_language:
        return html
    base = page.url.rstrip("/")

    def turned_tag(tag: re.Match[str]) -> str:
        if "hreflang=" in tag[0]:
            return tag[0]
        return _TARGET.sub(lambda found: f'{found["lead"]}{_turned(found["target"])}"', tag[0])

    def _turned(target: str) -> str:
        host = base if target.startswith(f"{base}/") else ""
        address = target[len(host) :]
        path, mark, rest = _split(address)
        if not path.startswith("/") or path.startswith("//"):
            return target
        if not path.endswith("/") and not speaks(path[1:]):
            return target
        if _NOT_PAGES.match(path):
            return target
        if _ASKED.match(path):
            if mark == "?":
                return target if "lang=" in rest else f"{target}&amp;lang={here}"
            return f"{host}{path}?lang={here}{mark}{rest}"
        return f"{host}/{here}{path}{mark}{rest}"

    return _TAG.sub(turned_tag, html)


def _split(address: str) -> tuple[str, str, str]:
    found = re.search(r"[?#]", address)
    if found is None:
        return address, "", ""
    return address[: found.start()], found[0], address[found.end() :]
