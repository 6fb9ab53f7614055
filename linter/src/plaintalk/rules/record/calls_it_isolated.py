"""REC-12: "isolated", with an earlier incident of the same cause."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.phrasing import format_day
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:(?:an? |this |was |is |very |entirely |completely )*isolated (?:incident|event|issue|case|occurrence|problem)|(?:was|is|remains?) (?:\w+ )?isolated|one[- ]off|first time (?:this|that|it|such|something|we|in|ever|for us|any of)|(?:freak|fluke|one[- ]in[- ]a[- ]million|once[- ]in[- ]a[- ]\w+|singular|exceptional) (?:event|incident|accident|occurrence|thing|failure|combination|case)|(?:was|is) a (?:fluke|freak)|without precedent|unprecedented|(?:an? )?(?:\w+ )?(?:rare|unique) (?:event|incident|occurrence|case|issue|failure|combination)|unrelated to (?:\w+ ){0,3}?(?:previous|earlier|other|past|last|recent)|(?:has |have |had )?never (?:\w+ )?(?:happened|occurred|seen|had|experienced|failed)(?: \w+){0,3} before|one[- ]time (?:event|incident|issue|thing|failure)|(?:the )?first (?:\w+ )?of its kind|(?:the )?first (?:incident|failure|outage) (?:of|like)|never (?:run into|hit|met|faced|encountered|come across|seen|had|known) (?:\w+ )?(?:this|it|that|such|anything)\b|never (?:\w+ ){0,3}?(?:this|it|that) before|(?:not|n't) (?:\w+ )?(?:happened|occurred|seen|had|failed) (?:\w+ ){0,2}?before|(?:not|never) happened to us|never before|nothing like (?:it|this|that) (?:has |had )?(?:ever )?(?:happened|occurred))\b"
)
_NOT_BEFORE = Pattern(r"\b(?:not|n't|no|isn't|wasn't) (?:an? )?\Z")
_NOT_IN = Pattern(
    r"\b(?:isolated (?:network|environment|copy)|in the last \d+ (?:days|weeks|months))\b"
)

_YEAR = 366


def _matches(record: Record) -> list[str]:
    """Days of earlier incidents within a year of this one."""
    began = record.times.impact_began
    return [
        format_day(one.date)
        for one in sorted(record.previous, key=lambda one: one.date)
        if began is None or 0 <= (began.date() - one.date).days <= _YEAR
    ]


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    record = document.record
    if record is None or not _matches(record):
        return False
    return not before(document, sentence, found, _NOT_BEFORE) and not document.find(
        _NOT_IN, sentence
    )


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    days = ", ".join(_matches(document.record or Record()))
    return Hit(*found.span(), message=f"Same cause as on {days}.")


_RECORD = {
    "schema": "plaintalk-record/1",
    "previous": [{"date": "2026-01-14", "title": "Emails were late"}],
}

RULE = Rule(
    id="REC-12",
    name="calls-it-isolated",
    category="record",
    severity="error",
    message="The same cause came before.",
    better='"A similar failure happened on 14 January"',
    source="SCCT",
    triggers=words(
        "isolated off first one kind unrelated rare unique never nothing freak fluke time once singular exceptional precedent unprecedented before"
    ),
    look=matching(_PATTERN, _keep, _tell),
    needs=lambda _: None,
    record_field="previous",
    bad=examples(
        "This was an isolated incident.",
        "It is the first time this has happened.",
        "Nothing like this has happened before.",
        record=_RECORD,
    ),
    good=(
        Example("A similar failure happened on 14 January.", record=_RECORD),
        Example("This was not an isolated incident.", record=_RECORD),
        Example("This was an isolated incident.", record={"schema": "plaintalk-record/1"}),
    ),
)
