"""REC-11: "never again", when it already happened again."""

from plaintalk.document import Document
from plaintalk.pattern import Match, words
from plaintalk.phrasing import format_day
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule, examples, matching
from plaintalk.rules.over_promise.ensures_no_repeat import ENSURE_PATTERN
from plaintalk.rules.over_promise.never_again import NEVER_AGAIN_PATTERN, is_promise
from plaintalk.text import Sentence
from plaintalk.vocabulary import ENSURE_NOT_AGAIN_WORDS, NEVER_AGAIN_WORDS


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    record = document.record
    return bool(record and record.previous) and is_promise(document, sentence, found)


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    previous = (document.record or Record()).previous
    days = ", ".join(format_day(one.date) for one in sorted(previous, key=lambda one: one.date))
    message = f"It already recurred ({days}). Say what was missed then."
    return Hit(*found.span(), message=message)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    if document.record is None or not document.record.previous:
        return None
    never = matching(NEVER_AGAIN_PATTERN, _keep, _tell)(document, sentence)
    return never or matching(ENSURE_PATTERN, _keep, _tell)(document, sentence)


_REPEAT = {
    "schema": "plaintalk-record/1",
    "previous": [{"date": "2026-01-14", "title": "Invoices were late"}],
}

RULE = Rule(
    id="REC-11",
    name="promises-after-a-repeat",
    category="record",
    severity="error",
    message="It already recurred. Say what was missed then.",
    better='"A similar failure happened on 14 January. The fix we made then covered only one of two queues."',
    source="SEED",
    record_field="previous",
    triggers=words(f"{NEVER_AGAIN_WORDS} {ENSURE_NOT_AGAIN_WORDS}"),
    needs=lambda record: None,
    look=_look,
    idle=lambda record: not record.previous,
    patterns=(NEVER_AGAIN_PATTERN, ENSURE_PATTERN),
    two_person_override=True,
    bad=examples(
        "This will never happen again.",
        "We will make sure that it does not happen again.",
        record=_REPEAT,
    ),
    good=(
        Example("We cannot promise this will never happen again.", record=_REPEAT),
        Example("This will never happen again.", record={"schema": "plaintalk-record/1"}),
    ),
)
