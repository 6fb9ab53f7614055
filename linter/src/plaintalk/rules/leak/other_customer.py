"""LEK-05: the name of another customer."""

import re
from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.record import Record
from plaintalk.rule import Hit, Rule, examples


def _needs(record: Record) -> str | None:
    return None if record.lexicon.other_customers else "the record names no other customers"


def _survey(document: Document) -> Iterator[Hit]:
    record = document.record
    low = document.text.low
    for name in record.lexicon.other_customers if record else ():
        if name.lower() not in low:
            continue
        found = re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", low) if name else None
        if found:
            yield Hit(*found.span())


_RECORD = {"schema": "plaintalk-record/1", "lexicon": {"other_customers": ["Fernway"]}}

RULE = Rule(
    id="LEK-05",
    name="other-customer",
    category="leak",
    severity="error",
    message="Names another customer.",
    better=None,
    source="SEED",
    survey=_survey,
    needs=_needs,
    record_field="lexicon.other_customers",
    bad=examples("Fernway noticed it first.", record=_RECORD),
    good=examples("One customer noticed it first.", record=_RECORD),
)
