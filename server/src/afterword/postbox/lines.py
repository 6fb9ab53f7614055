"""Values of one line, which cannot start another."""

import re

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ue000-\uf8ff]")


def one_line(text: str, longest: int) -> str:
    """Return the text as one header-safe line: no line breaks, control or direction marks.

    A longer text is cut at ``longest`` characters, the last being an ellipsis.
    """
    flat = _INVISIBLE.sub("", _BREAKS.sub(" ", text)).strip()
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"
