"""LEK-09: the supplier is named, without leave."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule, examples


def _needs(record: Record) -> str | None:
    return None if record.cause.vendor else "the record names no supplier"


def _survey(document: Document) -> Iterator[Hit]:
    record = document.record
    if record is None or not record.cause.vendor or record.cause.vendor_may_be_named:
        return
    at = document.text.low.find(record.cause.vendor.lower())
    if at >= 0:
        yield Hit(at, at + len(record.cause.vendor), replacement="our supplier")


_RECORD = {
    "schema": "plaintalk-record/1",
    "cause": {"vendor": "Coldharbour Hosting", "vendor_may_be_named": False},
}
_FREE = {
    "schema": "plaintalk-record/1",
    "cause": {"vendor": "Coldharbour Hosting", "vendor_may_be_named": True},
}


RULE = Rule(
    id="LEK-09",
    name="supplier-named",
    category="leak",
    severity="warning",
    message="Check contract and fairness before naming.",
    better='"our hosting supplier"',
    source="ANT",
    survey=_survey,
    needs=_needs,
    record_field="cause.vendor",
    bad=examples("Coldharbour Hosting lost power.", record=_RECORD),
    good=(
        Example("Our hosting supplier lost power.", record=_RECORD),
        Example("Coldharbour Hosting lost power.", record=_FREE),
    ),
)
