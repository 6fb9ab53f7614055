"""Which words of the record leave with a statement, and where in the record people mend them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from afterword.incidents.record import TIMES, public_facts

# Choices of a closed list, instants and spans we compute: nobody can write a sentence there.
_NO_WORDS: Final = frozenset(
    {
        *TIMES, "basis", "impact", "began", "ended", "confidence", "confidentiality", "loss",
        "integrity", "duration", "date",
    }
)  # fmt: skip
_MOVED: Final = {"title": "incident.title"}
_NAMES: Final = {
    "incident.title": "title in readers' words",
    "times.zone": "time zone",
    "components.name": "name of a component",
    "regions.affected": "regions affected",
    "symptoms": "what people could not do",
    "data.categories": "which data",
    "data.checked_how": "how it was checked",
    "cause.text": "cause in plain words",
    "cause.vendor": "whose system it was",
    "previous.title": "title of an earlier incident",
}


@dataclass(frozen=True)
class PublicText:
    """A text of the record that readers get. ``name`` is what the record form calls ``path``."""

    path: str
    name: str
    text: str


def public_texts(data: Mapping[str, Any]) -> list[PublicText]:
    """Return every text among ``public_facts``, in their order.

    Found by walking what leaves, so that a fact made public later is among them unasked.
    """
    return [
        PublicText(path, _NAMES.get(re.sub(r"\[\d+\]", "", path), path), text)
        for path, text in _texts(public_facts(data), "")
        if text.strip()
    ]


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield _MOVED.get(path, path), value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in _NO_WORDS:
                yield from _texts(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{path}[{number}]")
