"""MIS-16: a data notice without steps for the reader."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.rule import Example, Hit, Rule

_STEP = Pattern(
    r"\b(?:change|reset|be wary|watch|check|ask|open|re-?enter|contact|review|enable|replace|ignore|report|call|save|download|tell|revoke|rotate|look|freeze|sign out|delete)\b"
)
_NUMBERED = Pattern(r"\(1\)|\b1[.)] ")
_NOTHING = Pattern(
    r"\b(?:you (?:do not|don't) (?:need|have) to (?:do|take)|nothing (?:that )?you (?:can|need to) do|no action is (?:needed|required)|no steps)\b"
)


def _survey(document: Document) -> Iterator[Hit]:
    scan = document.scan
    if document.anywhere(_NOTHING):
        return
    items = [one for one in document.text.sentences if one.role == "item"]
    listed = any(_STEP.search(scan, one.start, one.end) for one in items)
    numbered = _NUMBERED.search(scan)
    if not listed and not (numbered and _STEP.search(scan, numbered.start())):
        yield Hit(*document.text.first_line)


RULE = Rule(
    id="MIS-16",
    name="gives-steps",
    category="missing",
    severity="error",
    message="Two or three steps, most useful first.",
    better='"What you can do: (1) change your password…"',
    source="HIPAA, ZOU",
    kinds=("data_notice",),
    survey=_survey,
    bad=(Example("Your name was visible. We advise you to be careful.", kind="data_notice"),),
    good=(
        Example(
            "Your name was visible. What you can do: (1) be wary of calls; (2) ask us for a copy.",
            kind="data_notice",
        ),
        Example(
            "One note was lost.\n\n- Open the note and re-enter it.\n- Contact us if it is empty.",
            kind="data_notice",
        ),
    ),
)
