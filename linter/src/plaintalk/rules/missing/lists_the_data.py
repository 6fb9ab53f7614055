"""MIS-14: a data notice that does not list the kinds of data."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.rule import Example, Hit, Rule

_FIELDS = Pattern(
    r"\b(?:names?|e-?mail address(?:es)?|e-?mails?|(?:postal |home )?address(?:es)?|phone numbers?|telephone|dates? of birth|birth dates?|passwords?|payment details|card (?:numbers?|details|data)|bank (?:account|details)|account numbers?|social security|national id\w*|passport|appointments?|appointment times?|medical|diagnos\w+|health|notes?|edits?|messages?|files?|photos?|documents?|orders?|invoices?|ip addresses|usernames?|salar(?:y|ies)|location|login times?|api keys?|tokens?|uploads|comments|contacts?|records?)\b"
)
_ABOUT_DATA = Pattern(
    r"\b(?:visible|exposed|accessed|seen|lost|deleted|changed|copied|stolen|viewed|involved|downloaded|disclosed|compromised|recover|leaked|altered|opened)\b"
)


def _survey(document: Document) -> Iterator[Hit]:
    scan = document.scan
    prose = [one for one in document.text.sentences if one.role in ("text", "item", "subject")]
    for index, one in enumerate(prose):
        fields = _FIELDS.search(scan, one.start, one.end)
        reach = prose[min(index + 1, len(prose) - 1)].end
        start = prose[max(index - 1, 0)].start
        if fields and _ABOUT_DATA.search(scan, start, reach):
            return
    yield Hit(*document.text.first_line)


RULE = Rule(
    id="MIS-14",
    name="lists-the-data",
    category="missing",
    severity="error",
    message="List exactly which fields.",
    better='"your name, email address, appointment times"',
    source="HIPAA, CA",
    kinds=("data_notice",),
    survey=_survey,
    bad=(Example("A security event involved certain information.", kind="data_notice"),),
    good=(
        Example("Your name and email address were visible to other clinics.", kind="data_notice"),
    ),
)
