"""REA-02: a text that needs more than ten years of school."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Example, Hit, Rule

_VOWELS = bytes(one if chr(one) in "aeiouy" else 32 for one in range(128)) + b" " * 128
_FEWEST_WORDS = 100
_ENOUGH = 60
_EACH = 6
_GRADE = 10.0
_GRADE_OF_NOTICE = 9.0


def _syllables(words: list[str]) -> int:
    """Groups of vowels, without a silent e at the end; at least one for every word."""
    joined = " ".join(words) + " "
    silent = joined.count("e ") - joined.count("le ") - joined.count("ee ")
    groups = len(joined.encode("ascii", "replace").translate(_VOWELS).split())
    return max(len(words), groups - silent)


def grade(document: Document) -> float | None:
    """Flesch-Kincaid grade, 0.39 × words a sentence + 11.8 × syllables a word − 15.59."""
    prose = [one for one in document.text.sentences if one.role in ("text", "item")]
    if document.word_count < _FEWEST_WORDS or not prose:
        return None
    # A sixth of the words is sample enough: syllables are the slow part, and the figure is advice.
    sample: list[str] = []
    for line in document.listed[:_ENOUGH]:
        sample += line[:1] if len(line) <= _EACH else list(dict.fromkeys(line))[::_EACH]
    return 0.39 * document.word_count / len(prose) + 11.8 * _syllables(sample) / len(sample) - 15.59


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
