"""One letter with everything in it, for somebody to look at before it leaves, or to hand on."""

import html
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, override

from afterword.components.models import Page
from afterword.fanout.composing import fill_of, words_of
from afterword.fanout.own_figures import Section, lines_of, own_sections
from afterword.kit.languages import instant_in_words
from afterword.kit.markdown import render_markdown
from afterword.kit.timespans import iso_utc
from afterword.postbox.marks import MARK
from afterword.postbox.words import Words
from afterword.publishing.models import Audience, Publication

# No clock in the archive: the same letter gives the same bytes.
_THEN = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Said:
    """The text of a statement, Markdown, and the incident it is about."""

    kind: str
    incident_id: str
    title: str
    body: str
    language: str


@dataclass(frozen=True)
class Recipient:
    """Who a letter is to, with what is theirs alone (``audience.RecipientListMember``):
    ``accounts`` are the ids and figures of those it is about.
    """

    name: str = ""
    what: str = ""
    zone: str = ""
    accounts: Sequence[tuple[str, Mapping[str, Any]]] = ()


@dataclass(frozen=True)
class Letter:
    """The letter as this recipient gets it. ``own`` are their own figures in sentences."""

    page: Page
    said: Said
    at: datetime
    greeting: str
    own: Sequence[Section]
    words: Words

    @property
    def html(self) -> str:
        return self.words.html

    @property
    def markdown(self) -> str:
        """The letter as Markdown; what came from people is as they wrote it."""
        with override(self.said.language):
            when, own = instant_in_words(self.at), gettext("Your own figures")
        parts = [f"# {self.said.title}", when, self.greeting, self.said.body.strip()]
        parts += [f"## {own}"] if self.own else []
        for each in self.own:
            parts += [f"### {_escaped(each.title)}"] if each.title else []
            parts.append("\n".join(f"- {_escaped(line)}" for line in each.lines))
        return "\n\n".join(parts) + "\n"

    def as_json(self, to: Recipient) -> str:
        """The letter for programs: its parts, and the figures it is made of. The accounts beside
        the first stand in ``further_accounts``, where there are any.
        """
        first, *further = [dict(figures) for _, figures in to.accounts] or [{}]
        told: dict[str, Any] = {
            "incident": self.said.incident_id,
            "kind": self.said.kind,
            "language": self.said.language,
            "published_at": iso_utc(self.at),
            "title": self.said.title,
            "greeting": self.greeting,
            "body_markdown": self.said.body,
            "own_lines": lines_of(self.own),
            "own_figures": first,
        }
        if further:
            told["further_accounts"] = further
        return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def letter_to(page: Page, said: Said, to: Recipient, at: datetime) -> Letter:
    """Return the letter a recipient gets of a text published at ``at``."""
    with override(said.language):
        own = own_sections([figures for _, figures in to.accounts], to.what, to.zone, at)
        fill = fill_of(to.name, own)
    publication = Publication(
        page=page, kind=said.kind, incident_id=said.incident_id, title=said.title, body=said.body,
        body_format="markdown", html=render_markdown(said.body), language=said.language,
        audience=Audience.LIST, display_at=at, published_at=at,
    )  # fmt: skip
    words = words_of(publication, said.language, own=[len(each.lines) for each in own])
    return Letter(page, said, at, fill["greeting"], own, _filled(words, fill))


def packed(letter: Letter, to: Recipient, pdf: bytes | None) -> bytes:
    """Return a ZIP archive of the letter in every form there is; equal letters give equal bytes."""
    files = {
        "letter.html": letter.html.encode(),
        "letter.md": letter.markdown.encode(),
        "letter.json": letter.as_json(to).encode(),
    }
    if pdf is not None:
        files["letter.pdf"] = pdf
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _THEN), content)
    return out.getvalue()


def _filled(words: Words, fill: Mapping[str, str]) -> Words:
    return Words(
        subject=words.subject,
        text=MARK.sub(lambda found: fill.get(found[1], ""), words.text),
        html=MARK.sub(lambda found: html.escape(fill.get(found[1], "")), words.html),
    )


def _escaped(line: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in line)
