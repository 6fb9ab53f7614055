"""MIS-13: a follow-up without the reader's own figures, or without the result of the service level."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule

_FIGURE = Pattern(
    r"(?<![\w:.,/-])\d[\d,.]*(?: ?%)?(?! ?(?:utc|gmt|hours?|minutes?|mins?|january|february|march|april|may|june|july|august|september|october|november|december|days?|am|pm)\b)(?![:\d])"
)
_YOURS = Pattern(r"\b(?:you|your|yours)\b")
_LEVEL = Pattern(r"\b(?:credit|uptime|availability|service level|sla|refund)\b")


def _survey(document: Document) -> Iterator[Hit]:
    scan = document.scan
    record = document.record
    figures = False
    yours = False
    for one in document.text.sentences:
        here = _YOURS.search(scan, one.start, one.end) is not None
        yours = yours or here
        numbers = [
            found
            for found in _FIGURE.finditer(scan, one.start, one.end)
            if not _is_year(found.group())
        ]
        figures = figures or bool(numbers)
    if not (figures and yours):
        yield Hit(*document.text.first_line)
    elif _level_missed(record) and not document.anywhere(_LEVEL):
        yield Hit(
            *document.text.first_line,
            message="The service level was missed; give the result and the credit.",
        )


def _level_missed(record: Record | None) -> bool:
    return record is not None and any(level.breached for level in record.sla)


def _is_year(word: str) -> bool:
    digits = word.strip(".,")
    return len(digits) == 4 and digits.startswith(("19", "20"))


RULE = Rule(
    id="MIS-13",
    name="gives-your-figures",
    category="missing",
    severity="error",
    message="They asked for their numbers. Merge them in.",
    better='"1,204 payouts from your account were delayed"',
    source="SLA",
    kinds=("follow_up",),
    survey=_survey,
    bad=(
        Example(
            "Hello Dana, payouts failed on 16 April from 05:10 to 09:55 UTC.", kind="follow_up"
        ),
    ),
    good=(Example("Hello Dana, 1,204 payouts from your account were delayed.", kind="follow_up"),),
)
