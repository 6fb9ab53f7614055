"""Every word said of an incident, in the order readers meet it, and where each one stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from afterword.publishing.corrections import CLARIFICATION, FACT, RETRACTION, weight_of
from afterword.publishing.models import Publication, PublicationKind, PublicIncident
from afterword.publishing.projection import called_off
from afterword.publishing.reopenings import OVER, reopening_of
from afterword.site_builder.moments import at_text
from afterword.site_builder.tongues import as_said
from afterword.site_builder.words import CORRECTION, KIND, STATUS

# Kinds of text the page leads with, and where.
_ABOVE = {str(PublicationKind.SUMMARY): "summary", str(PublicationKind.CLOSURE): "closure"}


@dataclass(frozen=True)
class Word:
    """One publication in the timeline. ``html`` was cleaned when it was published."""

    number: int
    label: str
    status: str
    title: str
    publication: Publication
    html: SafeString
    corrected_by: Publication | None = None
    stands_above: str = ""
    language: str = ""
    note: str = ""
    is_translation: bool = False
    notes: tuple["Word", ...] = ()

    @property
    def weight(self) -> str:
        return weight_of(self.publication)


def came_back(shown: Sequence[Publication]) -> tuple[Publication, Publication] | None:
    """Return the word that said it was over, and the one that said it is open again."""
    opened = reopening_of(shown)
    before = [p for p in shown if opened is not None and p.number < opened.number]
    over = [p for p in before if p.facts["incident"]["status"] in OVER and weight_of(p) == ""]
    first = next((p for p in reversed(over) if p.kind == PublicationKind.CLOSURE), None)
    first = first or (over[-1] if over else None)
    return (first, opened) if first is not None and opened is not None else None


def next_word(incident: PublicIncident, shown: Sequence[Publication]) -> SafeString | None:
    """Return by when the newest update of an open incident promised the next word, if it did."""
    updates = [p for p in shown if p.kind == PublicationKind.UPDATE and p.withdrawn_by is None]
    if not incident.is_open or not updates:
        return None
    return at_text(updates[-1].facts.get("update", {}).get("next_update_at"))


def words_said(shown: Sequence[Publication], title: str) -> list[Word]:
    """Return every word, newest first. What the page leads with is not repeated in full."""
    corrected = {p.corrects_id: p for p in shown if weight_of(p) == FACT}
    above = _leading(shown)
    words: list[Word] = []
    previous_status = None
    for each in shown:
        status = each.facts.get("update", {}).get("status", "")
        label = KIND.get(each.kind, KIND["update"])
        if each.kind == PublicationKind.UPDATE:
            repeated = status == previous_status
            label = KIND["update"] if repeated else STATUS.get(status, KIND["update"])
            if status == "completed" and called_off(shown):
                label = STATUS["called_off"]
            previous_status = status
        elif each.kind == PublicationKind.CORRECTION:
            label = CORRECTION.get(weight_of(each), KIND["correction"])
        text = as_said(each)
        words.append(
            Word(
                number=each.number,
                label=label,
                status=status or each.kind,
                title=text.title if each.title != title and each.withdrawn_by is None else "",
                publication=each,
                html=text.html,
                corrected_by=corrected.get(each.pk),
                stands_above=above.get(each.number, ""),
                language=text.language,
                note=text.note,
                is_translation=text.is_translation,
            )
        )
    return [replace(word, notes=_notes(word, words)) for word in reversed(words)]


def _leading(shown: Sequence[Publication]) -> dict[int, str]:
    """Return where each word stands that the page leads with: the newest of what still holds.

    A closure from before it came back holds no more; what is withdrawn never did.
    """
    opened = reopening_of(shown)
    above: dict[str, int] = {}
    for each in shown:
        if each.withdrawn_by is not None:
            continue
        is_old = opened is not None and each.number < opened.number
        if each.kind in _ABOVE and not (is_old and each.kind == PublicationKind.CLOSURE):
            above[_ABOVE[each.kind]] = each.number
        if _belongs_on_top(each):
            above[f"correction-{each.number}"] = each.number
    return {number: place for place, number in above.items()}


def _belongs_on_top(each: Publication) -> bool:
    """Whether readers must know before all else: a wrong fact, or a statement taken back.

    An update that was withdrawn gives its reason in its place.
    """
    if weight_of(each) == RETRACTION:
        return each.corrects is not None and each.corrects.kind != PublicationKind.UPDATE
    return weight_of(each) == FACT


def _notes(word: Word, words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the clarifications of a text, oldest first: they stand below it."""
    return tuple(
        each
        for each in words
        if each.publication.corrects_id == word.publication.pk and each.weight == CLARIFICATION
    )
