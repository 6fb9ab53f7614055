"""What a correction does to the words it corrects, for everybody who reads them. Pure.

Publications are never edited. Readers are given a copy: a text that was retracted says why in
place of its words, a mended one says what it says now. What is done here holds for every outward
surface, because all of them read publications through ``publishing.queries``.
"""

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from afterword.publishing.models import Publication, PublicationKind

TYPO: Final = "typo"
CLARIFICATION: Final = "clarification"
FACT: Final = "fact"
RETRACTION: Final = "retraction"
TITLE: Final = "title"

WITHDRAWN_TITLE: Final = "Withdrawn"


def weight_of(publication: Publication) -> str:
    """Return how grave a correction is; "" for anything else.

    A correction that does not say (the first ones did not) is one of facts.
    """
    if publication.kind != PublicationKind.CORRECTION:
        return ""
    said = publication.facts.get("correction")
    return str(said.get("weight") or FACT) if isinstance(said, Mapping) else FACT


def withdrawn_by(publications: Iterable[Publication]) -> dict[int, Publication]:
    """Return the retraction of each publication that has one, by primary key.

    A retraction takes what was said to correct the text with it: it quotes the text.
    """
    everything = list(publications)
    found = {
        each.corrects_id: each
        for each in everything
        if weight_of(each) == RETRACTION and each.corrects_id is not None
    }
    # In the order of numbers, a correction comes after what it corrects.
    for each in sorted(everything, key=lambda p: p.number):
        if each.corrects_id in found and repeats(each):
            found.setdefault(each.pk, found[each.corrects_id])
    return found


def repeats(publication: Publication) -> bool:
    """Whether a publication may hold words of the one it names: a correction, a translation."""
    kinds = {PublicationKind.CORRECTION, PublicationKind.TRANSLATION}
    return publication.kind in kinds and weight_of(publication) != RETRACTION


def as_read(publications: Sequence[Publication]) -> list[Publication]:
    """Return the publications of one incident as readers get them now, in the same order.

    Retracted ones give the reason instead of their words (where that was retracted too, the reason
    for that); mended ones their newest spelling, and the publications that only mended a spelling
    are left out. ``withdrawn_by`` and ``mended_by``
    name the publication that did it. Translations are found in ``translations`` of what they
    translate; nobody is left with the translation of a text that was retracted. Where the incident
    was given another title, that one stands wherever the old one did.
    """
    withdrawn = withdrawn_by(publications)
    mended = {p.corrects_id: p for p in publications if weight_of(p) == TYPO}
    spoken = _translations(publications)
    reasons = {key: _reason(by, withdrawn, mended) for key, by in withdrawn.items()}
    retitled = retitled_by(publications)
    old = titles_before(publications, retitled) if retitled is not None else []
    read = [
        _read_now(each, reasons.get(each.pk), mended.get(each.pk), spoken.get(each.pk))
        for each in publications
        if weight_of(each) != TYPO and each.kind != PublicationKind.TRANSLATION
    ]
    return [_retitled(each, old, retitled) for each in read] if retitled is not None else read


def retitled_by(publications: Iterable[Publication]) -> Publication | None:
    """Return what gave the incident its newest title, None for the one it began with."""
    found = [each for each in publications if weight_of(each) == TITLE]
    return max(found, key=lambda each: each.number, default=None)


def titles_before(publications: Iterable[Publication], retitled: Publication) -> list[str]:
    """Return the titles that are withdrawn, the longest first."""
    new = title_in(retitled)
    before = [each for each in publications if each.number < retitled.number]
    found = {title_in(each) for each in before}
    found |= {str(_mapping(each.facts.get("record")).get("title") or "") for each in before}
    return sorted(found - {"", new}, key=lambda title: (-len(title), title))


def title_in(publication: Publication) -> str:
    """Return the title the incident had when this was published."""
    return str(_mapping(publication.facts.get("incident")).get("title") or "")


def carries_old_title(publication: Publication, retitled: Publication | None) -> bool:
    """Whether a publication of the same incident was frozen under a title that is withdrawn."""
    return retitled is not None and publication.number < retitled.number


def _retitled(each: Publication, old: Sequence[str], retitled: Publication) -> Publication:
    """Return a copy without the old titles. Words of texts stay: those are retracted by text."""
    if not carries_old_title(each, retitled):
        return each
    new, shown = title_in(retitled), copy.copy(each)
    shown.title = _without(each.title, old, new)
    shown.facts = _facts_without(each.facts, old, new)
    shown.translations = {
        code: _translation_without(said, each.title, shown.title, old, new)
        for code, said in each.translations.items()
    }
    return shown


def _translation_without(
    said: Publication, before: str, after: str, old: Sequence[str], new: str
) -> Publication:
    """A title that was translated cannot be found in its translation, and goes as a whole."""
    shown = copy.copy(said)
    shown.title = after if before != after else _without(said.title, old, new)
    shown.facts = _facts_without(said.facts, old, new)
    return shown


def _facts_without(facts: Mapping[str, Any], old: Sequence[str], new: str) -> dict[str, Any]:
    found = dict(facts)
    for section in ("incident", "record"):
        if "title" in _mapping(found.get(section)):
            found[section] = {**found[section], "title": new}
    correction = _mapping(found.get("correction"))
    if _without(str(correction.get("wrote", "")), old, "") != correction.get("wrote", ""):
        found["correction"] = {k: v for k, v in correction.items() if k != "wrote"}
    return found


def _without(text: str, old: Sequence[str], new: str) -> str:
    for each in old:
        text = re.sub(re.escape(each), lambda _: new, text, flags=re.IGNORECASE)
    return text


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _reason(
    by: Publication,
    withdrawn: Mapping[int, Publication],
    mended: Mapping[int | None, Publication],
) -> Publication:
    """Return a retraction with the words it has now: its own may have been taken back or mended."""
    while by.pk in withdrawn:
        by = withdrawn[by.pk]
    return _read_now(by, None, mended.get(by.pk), None)


def _translations(publications: Sequence[Publication]) -> dict[int, dict[str, Publication]]:
    found: dict[int, dict[str, Publication]] = {}
    for each in publications:
        if each.kind == PublicationKind.TRANSLATION and each.corrects_id is not None:
            found.setdefault(each.corrects_id, {})[each.language] = each
    return found


def _read_now(
    each: Publication,
    withdrawn: Publication | None,
    mended: Publication | None,
    translations: Mapping[str, Publication] | None,
) -> Publication:
    if withdrawn is not None:
        return _withdrawn(each, withdrawn)
    if mended is None and translations is None:
        return each
    shown = copy.copy(each)
    shown.translations = translations or {}
    if mended is None:
        return shown
    shown.title, shown.body, shown.html = mended.title, mended.body, mended.html
    shown.body_format = mended.body_format
    shown.mended_by = mended
    return shown


def _withdrawn(each: Publication, by: Publication) -> Publication:
    shown = copy.copy(each)
    shown.title = WITHDRAWN_TITLE
    shown.body, shown.html, shown.body_format = by.body, by.html, by.body_format
    shown.commitments = []
    shown.facts = {k: v for k, v in each.facts.items() if k not in {"record", "correction"}}
    if "update" in shown.facts:
        # The words of an update are frozen a second time for readers of its plain text.
        shown.facts["update"] = {k: v for k, v in shown.facts["update"].items() if k != "text"}
    shown.withdrawn_by = by
    return shown
