"""REC-13: "all regions", where the record names some; or a region left out."""

import re
from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.record import Record
from plaintalk.rule import Hit, Rule, examples

_EVERYWHERE = Pattern(
    r"\b(?:all|every|across all) (?:of )?(?:our |the )?(?:regions?|locations|data ?cent(?:er|re)s|zones)\b|\b(?:globally|worldwide|world-wide|around the world|global (?:outage|incident|disruption))\b"
)
_LONGEST_ACRONYM = 4


def _needs(record: Record) -> str | None:
    if record.regions.basis == "unknown" or not record.regions.affected:
        return "the record does not say which regions were affected"
    if not record.regions.all:
        return "the record does not list all regions"
    return None


def _survey(document: Document) -> Iterator[Hit]:
    record = document.record
    if record is None:
        return
    affected, every = record.regions.affected, record.regions.all
    partial = bool(every) and set(affected) < set(every)
    found = document.anywhere(_EVERYWHERE)
    if found and partial:
        yield Hit(*found.span(), message=f"Record: only {', '.join(affected)}.")
    elif partial:
        yield from _unaffected_named(document, set(every) - set(affected), affected)
    missing = [name for name in affected if not _named(document, name)]
    if missing and partial:
        yield Hit(
            *document.text.first_line,
            message=f"Affected, but not named: {', '.join(missing)}.",
            severity="warning",
        )


def _places(document: Document, name: str) -> Iterator[int]:
    """Where a name stands as a word of its own."""
    # "US" must not be found in "us", so short names are looked for as they are written.
    short = len(name) <= _LONGEST_ACRONYM
    text, name = (document.text.raw, name) if short else (document.text.low, name.lower())
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not (_in_word(text[at - 1 : at]) or _in_word(text[end : end + 1])):
            yield at
        at = text.find(name, at + 1)


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _named(document: Document, name: str) -> bool:
    return next(_places(document, name), None) is not None


_FELT_THERE = later(
    r" (?!time\b)(?:customers|users|stores|shops|accounts|shoppers|traffic)?[ \w]{0,20}(?:could not|couldn't|failed|were unable|was unavailable|were affected|was affected|unavailable|down\b)"
)


_NOBODY = re.compile(
    r"\b(?:nobody|no one|no customers?|none|not)(?: \w+)? (?:in|at) (?:the )?\Z", re.IGNORECASE
)


def _unaffected_named(
    document: Document, names: set[str], affected: tuple[str, ...]
) -> Iterator[Hit]:
    raw = document.text.raw
    for name in sorted(names):
        for at in _places(document, name):
            end = at + len(name)
            claim = _FELT_THERE.match(raw, end, end + 70)
            if claim and "not affected" not in claim.group() and not _NOBODY.search(raw, 0, at):
                yield Hit(at, end, message=f"Record: only {', '.join(affected)}.")
                return


_RECORD = {
    "schema": "plaintalk-record/1",
    "regions": {"affected": ["EU"], "all": ["EU", "US"], "basis": "measured"},
}

RULE = Rule(
    id="REC-13",
    name="other-regions",
    category="record",
    severity="error",
    message="The regions differ from the record.",
    better="the regions in the record",
    source="PD",
    kinds=("closure", "summary", "follow_up", "data_notice"),
    survey=_survey,
    needs=_needs,
    record_field="regions",
    bad=examples(
        "Checkout failed in all regions.",
        "Checkout failed globally.",
        "US customers could not pay.",
        "Checkout failed.",
        record=_RECORD,
    ),
    good=examples("Checkout failed for EU stores. US stores kept working.", record=_RECORD),
)
