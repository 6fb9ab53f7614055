"""What a correction does to the words it corrects, for everybody who reads them. Pure.

Publications are never edited. Readers are given a copy: a text that was retracted says why in
place of its words, a mended one says what it says now. What is done here holds for every outward
surface, because all of them read publications through ``publishing.queries``.
"""

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from afterword.publishing.models import Publication, PublicationKind

TYPO: Final = "typo"
CLARIFICATION: Final = "clarification"
FACT: Final = "fact"
RETRACTION: Final = "retraction"

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
        if each.corrects_id in found and weight_of(each) != RETRACTION:
            found.setdefault(each.pk, found[each.corrects_id])
    return found


def as_read(publications: Sequence[Publication]) -> list[Publication]:
    """Return the publications of one incident as readers get them now, in the same order.

    Retracted ones give the reason instead of their words; mended ones their newest spelling, and
    the publications that only mended a spelling are left out. ``withdrawn_by`` and ``mended_by``
    name the publication that did it. Translations are found in ``translations`` of what they
    translate; nobody is left with the translation of a text that was retracted.
    """
    withdrawn = withdrawn_by(publications)
    mended = {p.corrects_id: p for p in publications if weight_of(p) == TYPO}
    spoken = _translations(publications)
    return [
        _read_now(each, withdrawn.get(each.pk), mended.get(each.pk), spoken.get(each.pk))
        for each in publications
        if weight_of(each) != TYPO and each.kind != PublicationKind.TRANSLATION
    ]


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
