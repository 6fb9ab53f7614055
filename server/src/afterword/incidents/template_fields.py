"""The facts a template may name in braces: ``{began}``, ``{how many}``. Pure.

What the record does not know becomes a blank, which is refused where texts leave: a template never
makes a fact up.
"""

import re
from collections.abc import Mapping
from typing import Final

FIELDS: Final[dict[str, str]] = {
    "title": "the incident's title",
    "parts": "the parts it hit",
    "began": "when it began",
    "when": "from when to when",
    "how long": "how long it lasted",
    "how many": "how many customers",
    "regions": "the regions",
    "what people saw": "what people could not do",
    "cause": "the cause in plain words",
    "watched until": "until when you watch",
}
_FIELD: Final = re.compile(r"\{([^{}\n]{1,40})\}")


def unknown_fields(text: str) -> list[str]:
    """Return what stands in braces and is no field, in order."""
    return [name for name in _FIELD.findall(text) if plain_name(name) not in FIELDS]


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Return the text with each field's fact, or a blank that says what is missing."""
    return _FIELD.sub(lambda found: _put(found, facts), text)


def _put(found: re.Match[str], facts: Mapping[str, str]) -> str:
    name = plain_name(found[1])
    if name not in FIELDS:
        return found[0]
    return facts.get(name) or f"[blank: {FIELDS[name]}]"


def plain_name(name: str) -> str:
    """Return a name as ``FIELDS`` has it: people write it with capitals and low lines too."""
    return " ".join(name.replace("_", " ").split()).casefold()
