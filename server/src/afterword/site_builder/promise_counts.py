"""How many promises there are of each outcome, in the words of ``/commitments/``."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from afterword.publishing.models import PublicPromise
from afterword.publishing.promised import (
    DROPPED,
    KEPT,
    KEPT_LATE,
    KEPT_MOVED,
    KEPT_TOLD,
    LATE,
    MOVED,
    NO_DAY,
    OPEN,
    TAKEN_BACK,
)


@dataclass(frozen=True)
class Count:
    """One line of the tally. ``sign`` names shape and colour."""

    sign: str
    words: str
    number: int


def counts(tally: Mapping[str, int]) -> list[Count]:
    """Return how many there are of each outcome; of the rarer ones only where there are any."""
    always = (
        ("late", _("Late now"), LATE),
        ("planned", _("To come"), OPEN),
        ("planned", _("Put off past the earliest day given"), MOVED),
        ("done", _("Kept by the earliest day given"), KEPT),
        ("done", _("Late, as told in time"), KEPT_MOVED),
        ("done", _("Done, but late"), KEPT_LATE),
        ("dropped", _("Dropped"), DROPPED),
    )
    rarer = (
        ("done", _("Done by its day, told after it"), KEPT_TOLD),
        ("dropped", _("Taken back with the text that made it"), TAKEN_BACK),
        ("done", _("Done, with no day promised before"), NO_DAY),
    )
    found = [Count(sign, words, tally.get(outcome, 0)) for sign, words, outcome in always]
    some = [Count(sign, words, tally.get(outcome, 0)) for sign, words, outcome in rarer]
    return found + [each for each in some if each.number]


def counts_of(promises: Iterable[PublicPromise]) -> list[Count]:
    """Return the counts of these promises alone, without what there is none of."""
    tally = Counter(each.outcome for each in promises)
    return [each for each in counts(tally) if each.number]


def in_a_line(counted: Iterable[Count]) -> str:
    """Return ``Late now: 1; Dropped: 2``."""
    return "; ".join(f"{each.words}: {each.number}" for each in counted)
