"""MIS-17: a data notice without the date of the event and the date it was found."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.rule import Example, Hit, Rule

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
_DATE = Pattern(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b|\b{_MONTH}\.? \d{{1,2}}\b|\b\d{{4}}-\d\d-\d\d\b"
)
_FOUND = Pattern(
    r"\b(?:found|discovered|noticed|detected|learned|became aware|identified|spotted|told|reported|informed|notified)\b"
)
_EVENT = Pattern(
    r"\b(?:from|between|on|until|made|visible|lost|deleted|opened|exposed|failed|sent|happened|accessed)\b"
)


def _survey(document: Document) -> Iterator[Hit]:
    scan = document.scan
    event = found = False
    for one in document.text.sentences:
        if not _DATE.search(scan, one.start, one.end):
            continue
        if _FOUND.search(scan, one.start, one.end):
            found = True
        elif _EVENT.search(scan, one.start, one.end):
            event = True
    if not (event and found):
        lacking = (
            "the date it was found"
            if event
            else "the date of the event"
            if found
            else "the date of the event and the date it was found"
        )
        yield Hit(*document.text.first_line, message=f"Missing: {lacking}.")


RULE = Rule(
    id="MIS-17",
    name="dates-the-event",
    category="missing",
    severity="error",
    message="When did it happen, when did you find it, and who was told?",
    better='"from 2 June to 9 June 2026 … We found this on 9 June"',
    source="HIPAA",
    kinds=("data_notice",),
    survey=_survey,
    bad=(
        Example("We recently had a security event.", kind="data_notice"),
        Example("Your record was visible on 5 June 2026.", kind="data_notice"),
    ),
    good=(
        Example(
            "Your record was visible from 2 to 9 June 2026. We found this on 9 June.",
            kind="data_notice",
        ),
    ),
)
