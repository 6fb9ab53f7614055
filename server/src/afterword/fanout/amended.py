"""Words that were corrected before they reached somebody: their letter has the correction on top.

The voice of such a letter ends with the numbers of what corrects it (``de@Europe/Berlin!57.61``).
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from afterword.components.models import Page
from afterword.publishing.corrections import CLARIFICATION, FACT, weight_of
from afterword.publishing.models import Publication, PublicationKind
from afterword.publishing.queries import retraction_of

AMENDED: Final = "!"
_TOLD_APART: Final = frozenset({CLARIFICATION, FACT})


@dataclass(frozen=True)
class Voice:
    """A voice, and the numbers of the publications whose words stand above. Pure."""

    spoken: str
    numbers: tuple[int, ...] = ()

    @classmethod
    def of(cls, voice: str) -> "Voice":
        spoken, _, numbers = voice.partition(AMENDED)
        return cls(spoken, tuple(int(each) for each in numbers.split(".") if each))

    def __str__(self) -> str:
        numbers = ".".join(map(str, self.numbers))
        return f"{self.spoken}{AMENDED}{numbers}" if numbers else self.spoken

    def with_these(self, numbers: Sequence[int]) -> "Voice":
        return Voice(self.spoken, tuple(sorted({*self.numbers, *numbers})))


def voice_in(key: str, about: str) -> str:
    """Return the voice of a letter about a thing, from the key of its words. Pure."""
    return key.removeprefix(f"{about}:").partition(":")[0]


def amends(publication: Publication) -> bool:
    """Whether it says that words are to be read otherwise, and leaves them standing. A retraction
    stops them and a new title is put into them.
    """
    return weight_of(publication) in _TOLD_APART


def with_numbers(page: Page, numbers: Sequence[int]) -> list[Publication]:
    """Return the page's publications with these numbers, by number."""
    if not numbers:
        return []
    found = Publication.objects.filter(page=page, number__in=list(numbers)).order_by()
    return sorted(found.select_related("page"), key=lambda each: each.number)


def what_is_amended(correction: Publication) -> list[Publication]:
    """Return what a correction corrects and, where that is a correction, what that does, too."""
    found: list[Publication] = []
    each = correction.corrects
    while each is not None and each not in found:
        found.append(each)
        each = each.corrects if each.kind == PublicationKind.CORRECTION else None
    return found


def amendments_of(publication: Publication) -> list[Publication]:
    """Return what corrects a publication and is not the retraction or the spelling of it, also what
    corrects that, by number; none that was retracted itself.
    """
    found: list[Publication] = []
    whose = [publication.pk]
    while whose:
        further = Publication.objects.filter(
            corrects__in=whose, kind=PublicationKind.CORRECTION
        ).select_related("page")
        fresh = [
            each
            for each in further.order_by("number")
            if amends(each) and retraction_of(each) is None
        ]
        found += fresh
        whose = [each.pk for each in fresh]
    return sorted(found, key=lambda each: each.number)


def on_top(publication: Publication, corrections: Sequence[Publication]) -> Publication:
    """Return a copy whose text begins with the corrections, for machines and rooms."""
    if not corrections:
        return publication
    whole = copy.copy(publication)
    whole.body = "\n\n".join(each.body for each in (*corrections, publication))
    whole.html = "".join(each.html for each in (*corrections, publication))
    return whole
