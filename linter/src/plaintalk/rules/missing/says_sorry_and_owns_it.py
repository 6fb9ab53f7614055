"""MIS-10: regret or own part is missing."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Example, Hit, Rule, examples

_MINOR = 3


def _survey(document: Document) -> Iterator[Hit]:
    record = document.record
    if record is not None and record.severity is not None and record.severity >= _MINOR:
        return
    regret = document.element("regret").state == "answered"
    owned = document.element("ownership").state == "answered"
    if regret and owned:
        return
    lacking = "regret" if owned else "our own part" if regret else "regret and our own part"
    yield Hit(*document.text.first_line, message=f"Missing: {lacking}. One line is enough.")


RULE = Rule(
    id="MIS-10",
    name="says-sorry-and-owns-it",
    category="missing",
    severity="warning",
    message="Add one line: sorry, and our part in it.",
    better='"This was our mistake, and we are sorry"',
    source="LEW",
    kinds=("summary", "follow_up", "data_notice"),
    survey=_survey,
    bad=examples("Exports failed for all customers.", "We are sorry that exports failed."),
    good=(
        Example("We are sorry. This was our mistake: we changed the queue without a test."),
        Example(
            "Exports failed.", record={"schema": "plaintalk-record/1", "incident": {"severity": 4}}
        ),
    ),
)
