"""Text from outside, made storable: refuses what a database or a page would choke on."""

import re
from urllib.parse import urlsplit

from afterword.kit.errors import BadInput

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Characters without a shape that turn or hide what stands beside them. The marks that right-to-left
# scripts and joined emoji need (U+200C to U+200F) are not among them.
_INVISIBLE = re.compile(
    r"[\x80-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_LINE_ENDS = re.compile(r"\r\n|[\r\x85\u2028\u2029]")


def legible(text: str) -> str:
    """Return the text with line ends as ``\\n``, without direction overrides and other characters
    that show nothing: what is checked and stored is what readers see.
    """
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


def text_problem(text: str, *, limit: int, single_line: bool = False) -> str | None:
    """Return what is wrong with a text, or None. ``limit`` counts code points."""
    if len(text) > limit:
        return f"has {len(text):,} characters; the limit is {limit:,}"
    if found := _SURROGATE.search(text):
        return f"has half of a surrogate pair at character {found.start() + 1}"
    if found := _CONTROL.search(text):
        return f"has a control character (U+{ord(found[0]):04X}) at character {found.start() + 1}"
    if found := _INVISIBLE.search(text):
        return (
            f"has an invisible character (U+{ord(found[0]):04X}) at character {found.start() + 1}"
        )
    if single_line and ("\n" in text or "\r" in text):
        return "must be one line"
    return None


def required_text(text: object, *, field: str, limit: int, single_line: bool = True) -> str:
    """Return the text trimmed, line ends as ``\\n``. Raises BadInput when empty or unstorable."""
    clean = optional_text(text, field=field, limit=limit, single_line=single_line)
    if not clean:
        raise BadInput(f"{_named(field)} is empty; write something.", {field: "is empty"})
    return clean


def optional_text(text: object, *, field: str, limit: int, single_line: bool = True) -> str:
    """Return the text trimmed, line ends as ``\\n``, or ``""``. Raises BadInput when unstorable."""
    if text is None:
        return ""
    if not isinstance(text, str):
        raise BadInput(f"{_named(field)} must be text.", {field: "must be text"})
    clean = legible(text).strip()
    problem = text_problem(clean, limit=limit, single_line=single_line)
    if problem:
        raise BadInput(f"{_named(field)} {problem}.", {field: problem})
    return clean


def _named(field: str) -> str:
    return field.replace("_", " ").capitalize()


def optional_web_address(text: str, *, field: str, what: str, limit: int = 500) -> str:
    """Return the address, tidied, or "". ``what`` names it in a sentence. Raises BadInput for one
    that is too long or does not begin with http:// or https://.
    """
    url = optional_text(text, field=field, limit=limit)
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        wrong = "must start with https:// or http://"
        raise BadInput(f"{what} {wrong}.", {field: wrong})
    return url
