"""MIS-15: a data notice that does not say what someone could do with the data."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.rule import Example, Hit, Rule

_CONSEQUENCE = Pattern(
    r"\b(?:could|might|may|can) (?:now |still )?(?:\w+ )?(?:know|use|try|contact|call|write|pretend|miss|see|learn|guess|sign in|log in|open|impersonate|misuse|send|target|find|read|ask|be used|receive)\b"
    r"|\b(?:what this means|this means|the risk|risk of|consequences?|as a result|it means)\b"
)


def _survey(document: Document) -> Iterator[Hit]:
    scan = document.scan
    if not any(_CONSEQUENCE.search(scan, one.start, one.end) for one in document.text.sentences):
        yield Hit(*document.text.first_line)


RULE = Rule(
    id="MIS-15",
    name="says-what-could-follow",
    category="missing",
    severity="error",
    message="What could someone do with it?",
    better='"Someone who saw it could know that you visited us and why"',
    source="GDPR",
    kinds=("data_notice",),
    survey=_survey,
    bad=(Example("Your name was visible to other clinics on 5 June.", kind="data_notice"),),
    good=(
        Example("Someone who saw your record could know that you visited us.", kind="data_notice"),
    ),
)
