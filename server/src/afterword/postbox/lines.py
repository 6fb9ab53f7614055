"""Values of one line, which cannot start another."""

import re

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
LONGEST_TOKEN = 480
"""Characters of the longest token that fills a letter: an address of 254, encrypted."""
_TOKEN = re.compile(f"[A-Za-z0-9_-]{{1,{LONGEST_TOKEN}}}")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ue000-\uf8ff]")


def is_token_like(text: str) -> bool:
    """Whether it means nothing in any encoding: what links carry, which must not be cut."""
    return _TOKEN.fullmatch(text) is not None


def one_line(text: str, longest: int) -> str:
    """Return the text as one header-safe line: no line breaks, control or direction marks.

    A longer text is cut at ``longest`` characters, the last being an ellipsis.
    """
    flat = _INVISIBLE.sub("", _BREAKS.sub(" ", text)).strip()
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"
