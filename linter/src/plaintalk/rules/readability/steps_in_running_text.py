"""REA-09: what readers should do, hidden in a sentence."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.rule import Example, Hit, Rule

_STEP = Pattern(
    r"\b(?:please|you (?:should|can|may want to|need to|must)|we recommend|we advise)\b|(?:^|[.;:] )(?:change|reset|check|review|contact|open|ask|be wary|watch|enable) "
)
_NUMBERED = Pattern(r"\(1\)|\b1[.)] ")


def _survey(document: Document) -> Iterator[Hit]:
    if any(one.role == "item" for one in document.text.sentences) or _NUMBERED.search(
        document.scan
    ):
        return
    steps = [
        one for one in document.text.sentences if one.role == "text" and document.find(_STEP, one)
    ]
    if len(steps) >= 2:
        yield Hit(steps[0].start, steps[0].end)


RULE = Rule(
    id="REA-09",
    name="steps-in-running-text",
    category="readability",
    severity="warning",
    message="Make them a list, first things first.",
    better=None,
    source="ZOU",
    kinds=("data_notice",),
    survey=_survey,
    bad=(
        Example(
            "Your record was seen. You should change your password. Please check your bank account.",
            kind="data_notice",
        ),
    ),
    good=(
        Example(
            "Your record was seen. What you can do:\n\n- Change your password.\n- Check your bank account.",
            kind="data_notice",
        ),
    ),
)
