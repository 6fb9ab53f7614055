"""Words of a mail from its folder (subject.txt, text.txt, html.html), and the marks in them."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from afterword.postbox.lines import is_token_like, one_line
from afterword.postbox.marks import MARK, mark

__all__ = (
    "LONGEST_SUBJECT",
    "MARK",
    "Words",
    "filled",
    "mark",
    "render_words",
    "without_marks",
)

LONGEST_SUBJECT = 180
_FOREIGN = re.compile("[\ue000-\uf8ff\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str


def without_marks(text: str) -> str:
    """Return outside text without characters that could be taken for marks or break a mail."""
    return _FOREIGN.sub("", text)


def render_words(folder: str, context: Mapping[str, Any]) -> Words:
    """Return the rendered mail of the folder. ``context`` must be clean (``without_marks``)."""
    subject = render_to_string(f"{folder}/subject.txt", dict(context))
    text = render_to_string(f"{folder}/text.txt", dict(context))
    html = render_to_string(f"{folder}/html.html", dict(context))
    return Words(
        subject=one_line(subject, LONGEST_SUBJECT),
        text=re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
        html=html.strip() + "\n",
    )


def filled(words: Words, fill: Mapping[str, str]) -> Words:
    """Return the words as one recipient gets them; ``postbox.envelope`` does the same in bytes."""

    def plain(found: re.Match[str]) -> str:
        value = str(fill.get(found[1], ""))
        return value if is_token_like(value) else one_line(value, LONGEST_SUBJECT)

    return Words(
        subject=MARK.sub(plain, words.subject),
        text=MARK.sub(plain, words.text),
        html=MARK.sub(lambda found: html.escape(plain(found)), words.html),
    )
