"""REC-06: a component that was fine, or one that was down and is not named."""

import re
from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Pattern, places_in
from plaintalk.record import Component, Record
from plaintalk.rule import Example, Hit, Rule, examples

_FAILED = r"(?:was|were|is|are|became|went|had|has|have)? ?(?:(?!not |never |hardly |barely |no |un)\w+ )?(?:affected|impacted|hit|out|(?:stopped|ceased) \w+|(?:suffered|experienced)(?! no)|broken|unavailable|down|offline|dark|dead|in trouble|gone|late|slow|empty|(?:went|fell|came|gone) (?:down|over|offline|dark|away|with it)|failing|failed|not (?:work\w*|available|load\w*|sent|delivered)|inaccessible|degraded|disrupted|rejected|affected by)\b"
_GRAVE = ("major_outage", "partial_outage")


def _needs(record: Record) -> str | None:
    if not record.components:
        return "the record names no components"
    if all(part.impact == "unknown" for part in record.components):
        return "the record does not say which components were hit"
    return None


def _names(part: Component) -> list[str]:
    return [name.lower() for name in (part.name, *part.aliases) if name]


def _stems(name: str) -> list[str]:
    return [
        word[: max(4, len(word) - 3)] for word in re.findall(r"[a-z0-9]+", name) if len(word) > 3
    ]


def _begins_a_word(low: str, words: str) -> bool:
    """Whether some words stand in a text, and not inside "sticking" or behind the "on" of "on-call"."""
    return any(not _INSIDE.match(low[at - 1 : at]) for at in places_in(low, words))


_INSIDE = later(r"[\w-]")


_SET_PHRASES = later(
    r"\bat (?:no|any|this|that|one|some|the) point\b|\bof you called\b|\bcalled us\b"
    r"|\b(?:up and|is|are|was|were|been|keep|kept|all|everything) running\b"
)
"""Words that are no mention of "Points", "Calls" or "Runners"."""


def _mentioned(low: str, part: Component) -> bool:
    """Whether a name or an alias stands in the text, or the stem of every long word of one."""
    names = _names(part)
    if any(_begins_a_word(low, name) for name in names):
        return True
    told = [stems for stems in map(_stems, names) if stems and all(one in low for one in stems)]
    if not told:
        return False
    loose = _SET_PHRASES.sub(" ", low)
    return any(all(_begins_a_word(loose, stem) for stem in stems) for stems in told)


def _hit_names(document: Document) -> tuple[str, ...]:
    """Names of the parts that were hit, in which the name of another may stand: "API calls"."""
    parts = document.record.components if document.record else ()
    return tuple(name for part in parts if part.impact != "none" for name in _names(part))


def _survey(document: Document) -> Iterator[Hit]:
    record = document.record
    if record is None:
        return
    low = document.text.low
    omitted = [
        part
        for part in record.components
        if part.impact in (*_GRAVE, "degraded", "degraded_performance")
        and not _mentioned(low, part)
    ]
    if omitted:
        names = ", ".join(one.name for one in omitted)
        many = len(omitted) > 1
        yield Hit(
            *document.text.first_line,
            message=f"{names} {'were' if many else 'was'} hit but {'are' if many else 'is'} not mentioned.",
            severity="error" if any(one.impact in _GRAVE for one in omitted) else "warning",
        )
    for part in record.components:
        if part.impact == "none":
            yield from _wrongly_named(document, part)


def _belongs_to_a_hit_part(document: Document, at: int) -> bool:
    """Whether the name of a part that was hit stands right before: "API calls" are no phone calls."""
    before = document.scan[max(0, at - 60) : at].rstrip()
    return any(before.endswith(name) for name in document.once(_hit_names))


def _wrongly_named(document: Document, part: Component) -> Iterator[Hit]:
    scan = document.scan
    for name in _names(part):
        at = scan.find(name)
        while at >= 0:
            end = at + len(name)
            if any(len(one) > len(name) and name in one for one in document.once(_hit_names)):
                return
            if _belongs_to_a_hit_part(document, at):
                at = scan.find(name, end)
                continue
            bare = not scan[at - 1 : at].isalnum() and not scan[end : end + 1].isalnum()
            found = _CLAIM.match(scan, end, min(len(scan), end + 60)) if bare else None
            if bare and found is None and _TOOK.search(scan, max(0, at - 30), at):
                found = _WITH_IT.match(scan, end, min(len(scan), end + 40))
            if bare and found is None and _LOST.search(scan, max(0, at - 30), at):
                found = re.compile(re.escape(name)).match(scan, at)
            if found and not _DENIED.search(scan, max(0, at - 60), at):
                yield Hit(
                    at, found.end(), message=f"{part.name} worked throughout, says the record."
                )
                return
            at = scan.find(name, end)


_CLAIM = Pattern(r"s? " + _FAILED)
_DENIED = Pattern(r"\b(?:no|not|never|without|nothing|none|n't|neither)\b[^.;:!?]{0,40}\Z")
_TOOK = Pattern(r"\b(?:took|brought|dragged|pulled|knocked|sent|carried) (?:the |our )?\Z")
_WITH_IT = Pattern(r"s? (?:with it|along|down|out|offline|over|too|as well)\b")
_LOST = Pattern(
    r"\b(?:lost|(?:took|brought|dragged|pulled|knocked|tore) (?:down|out|offline|over|along)|affected|hit|stopped|broke|knocked|crippled|paralysed|impacted|outage (?:of|in|at)|failure (?:of|in|at)|trouble (?:with|in)|problems? (?:with|in)) (?:the |our )?\Z"
)
_RECORD = {
    "schema": "plaintalk-record/1",
    "components": [
        {"name": "Invoice sending", "aliases": ["invoices"], "impact": "major_outage"},
        {"name": "Sign-in", "aliases": ["login"], "impact": "none"},
    ],
}


def _orders_and(name: str, alias: str) -> dict[str, object]:
    parts = [
        {"name": "Orders", "impact": "major_outage"},
        {"name": name, "aliases": [alias], "impact": "major_outage"},
    ]
    return {"schema": "plaintalk-record/1", "components": parts}


RULE = Rule(
    id="REC-06",
    name="other-component",
    category="record",
    severity="error",
    message="The components in the text and in the record differ.",
    better="name what was down, and only that",
    source="SEED",
    kinds=("closure", "summary", "follow_up", "data_notice"),
    survey=_survey,
    needs=_needs,
    record_field="components",
    bad=(
        *examples(
            "The brief issue is over.",
            "Invoices were late and login was unavailable.",
            "Invoices were late. Sign-in was affected as well.",
            record=_RECORD,
        ),
        Example(
            "Orders failed. At no point did we know more than you.",
            record=_orders_and("Loyalty points", "points"),
        ),
        Example("Orders failed. 60 of you called.", record=_orders_and("Telephony", "calls")),
        Example(
            "Orders failed. All is up and running again.",
            record=_orders_and("Build runners", "runners"),
        ),
    ),
    good=(
        *examples(
            "Invoices were not delivered.",
            "Sending of an invoice failed.",
            "Invoices were late; login kept working.",
            "Invoices were late. Sign-in was not affected.",
            record=_RECORD,
        ),
        Example(
            "Orders failed. Calling us did not work.", record=_orders_and("Telephony", "calls")
        ),
    ),
)
