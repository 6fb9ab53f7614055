"""REA-02: a text that needs more than ten years of school."""

import re
from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Example, Hit, Rule

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
_FEWEST_WORDS = 100
_GRADE = 10.0
_GRADE_OF_NOTICE = 9.0


def _syllables(words: list[str]) -> int:
    total = 0
    for word in words:
        count = len(_VOWELS.findall(word))
        if word.endswith("e") and count > 1 and not word.endswith("le"):
            count -= 1
        total += count or 1
    return total


def grade(document: Document) -> float | None:
    """Flesch-Kincaid grade, 0.39 × words a sentence + 11.8 × syllables a word − 15.59."""
    prose = [one for one in document.text.sentences if one.role in ("text", "item")]
    words = _WORD.findall(document.scan)
    if len(words) < _FEWEST_WORDS or not prose:
        return None
    # Every eighth word is sample enough: syllables are the slow part, and the figure is advice.
    sample = words[::8]
    return 0.39 * len(words) / len(prose) + 11.8 * _syllables(sample) / len(sample) - 15.59


def _survey(document: Document) -> Iterator[Hit]:
    reached = grade(document)
    most = _GRADE_OF_NOTICE if document.kind == "data_notice" else _GRADE
    if reached is not None and reached > most:
        yield Hit(
            *document.text.first_line,
            message=f"Reading grade {reached:.0f}; aim for {most:.0f}. Shorter words, shorter sentences.",
        )


RULE = Rule(
    id="REA-02",
    name="hard-to-read",
    category="readability",
    severity="suggestion",
    message="Advisory only: long words, long sentences.",
    better=None,
    source="ISO",
    kinds=("summary", "note", "data_notice"),
    survey=_survey,
    bad=(
        Example(
            "Organisational prioritisation considerations necessitated infrastructural reconfiguration activities. "
            * 20
        ),
    ),
    good=(Example("Exports failed. We gave them more room. " * 20),),
)
