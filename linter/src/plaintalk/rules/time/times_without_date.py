"""TIM-05: clock times, and no date anywhere."""

from collections.abc import Iterator

from plaintalk.cues.clocks import first_clock
from plaintalk.document import Document
from plaintalk.pattern import Pattern, places_in, words
from plaintalk.rule import Hit, Rule, examples

_DATE = Pattern(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?)?(?:jan(?:uary)?|feb(?:ruary)?|march|mar|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? ?\d{0,4}\b"
    r"|\b\d{4}-\d\d-\d\d\b|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)|\(date\)"
)

_MONTHS = words(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec"
)


def _survey(document: Document) -> Iterator[Hit]:
    found = first_clock(document)
    if found is not None and not _has_date(document):
        yield Hit(*found)


def _has_date(document: Document) -> bool:
    scan = document.scan
    months = _MONTHS & document.vocabulary()
    if any(_DATE.match(scan, at) for month in sorted(months) for at in places_in(scan, month)):
        return True
    return document.anywhere(_DATE) is not None


RULE = Rule(
    id="TIM-05",
    name="times-without-date",
    category="time",
    severity="warning",
    message="Add the date, twice if past midnight.",
    better='"4 March 2026, 14:24 UTC"',
    source="MS",
    kinds=("summary", "follow_up", "data_notice", "note"),
    survey=_survey,
    bad=examples("Exports failed from 08:12 to 14:24 UTC."),
    good=examples("Exports failed on 4 March 2026 from 08:12 to 14:24 UTC."),
)
