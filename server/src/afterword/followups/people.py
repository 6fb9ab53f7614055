"""One message per person: who gets which, who is left out, and why. Pure figures.

The most specific message wins: data notice, contract, hit hardest, then what subscribers get.
Caps and quiet hours are our policy, not evidence.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from afterword.audience.models import Segment
from afterword.followups.models import Level

LETTERS_A_WEEK: Final = 2
LETTERS_IN_30_DAYS: Final = 4
WITH_A_LIST: Final = frozenset({Level.TARGETED, Level.PERSONAL})
MOST_SPECIFIC_FIRST: Final = (Segment.DATA, Segment.SLA, Segment.HIGH)

SUPPRESSED: Final = "suppressed"
OVER_BUDGET: Final = "over_budget"
NOT_AFFECTED: Final = "not_affected"
NOT_PLANNED: Final = "not_planned"
WHY_LEFT_OUT: Final = {
    SUPPRESSED: "asked not to be written to, or mail to them came back",
    OVER_BUDGET: (
        f"had {LETTERS_A_WEEK} letters in 7 days or {LETTERS_IN_30_DAYS} in 30: the page tells them"
    ),
    NOT_AFFECTED: "of accounts that were not affected",
    NOT_PLANNED: "of groups that get no letter",
}


@dataclass(frozen=True)
class Known:
    """What the plan knows of one person. ``who`` is the address.

    ``contract``: they stand for an account with a service level. ``touched`` and ``breached`` are
    about that account: None is unknown, which counts as yes. ``hardest``: of an account known to
    be hit hardest. ``week`` and ``month`` count the letters of the last 7 and 30 days.
    ``suppressed`` is about letters to a list, ``muted`` about what subscribers get: whoever asked
    for no more and then subscribed again wants the one and not the other. ``had`` is the segment
    whose letter about this incident they were sent already, the most specific one.
    """

    who: str
    data: bool = False
    contract: bool = False
    touched: bool | None = False
    breached: bool | None = False
    hardest: bool = False
    subscribed: bool = False
    suppressed: bool = False
    muted: bool = False
    week: int = 0
    month: int = 0
    had: Segment | None = None


@dataclass(frozen=True)
class Assigned:
    """``must``: the law or a contract demands it, so nothing holds it back. ``had``: it was sent
    already, so it goes on no list again.
    """

    who: str
    must: bool
    had: bool = False


@dataclass
class Plan:
    """Everybody once: in ``letters``, among ``subscribers``, or counted in ``left_out``.

    ``accounts`` counts the customers that the letters to a segment are about, and ``unheard`` names
    those with a contract that were hit and for which nobody gets one, where contracts get letters.
    """

    letters: dict[Segment, dict[str, Assigned]] = field(default_factory=dict)
    subscribers: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    accounts: Mapping[Segment, int] = field(default_factory=dict)
    unheard: Sequence[str] = ()

    @property
    def people(self) -> int:
        """How many get something."""
        return self.subscribers + sum(len(found) for found in self.letters.values())

    @property
    def segments(self) -> int:
        return sum(1 for found in self.letters.values() if found) + bool(self.subscribers)

    @property
    def suppressed(self) -> int:
        return self.left_out[SUPPRESSED]


def assign(
    people: Iterable[Known],
    levels: Mapping[Segment, Level],
    only_subscribed: int = 0,
    only_suppressed: int = 0,
) -> Plan:
    """Return who gets which message under the levels; a missing level counts as none.

    ``people`` holds each ``who`` once. ``only_subscribed`` are further people of whom nothing is
    known but that they subscribed, ``only_suppressed`` such whose address was suppressed since.
    Whoever is spared a letter and subscribed gets what subscribers get, as anybody else.
    """
    plan = Plan({segment: {} for segment in MOST_SPECIFIC_FIRST})
    to_subscribers = levels.get(Segment.EVERYONE) == Level.SUBSCRIBERS
    for person in people:
        found = _letter_for(person, levels)
        held = "" if found is None or found[1] else _held_back(person)
        mailed = person.subscribed and to_subscribers
        if found is not None and not held:
            had = person.had == found[0]
            plan.letters[found[0]][person.who] = Assigned(person.who, found[1], had)
        elif mailed and not person.muted:
            plan.subscribers += 1
        elif held or mailed:
            plan.left_out[held or SUPPRESSED] += 1
        else:
            plan.left_out[NOT_PLANNED if _is_affected(person) else NOT_AFFECTED] += 1
    plan.subscribers += only_subscribed if to_subscribers else 0
    plan.left_out[SUPPRESSED] += only_suppressed if to_subscribers else 0
    plan.left_out[NOT_PLANNED] += 0 if to_subscribers else only_subscribed + only_suppressed
    return plan


def _letter_for(person: Known, levels: Mapping[Segment, Level]) -> tuple[Segment, bool] | None:
    """Return (segment, whether it must be sent) of the most specific letter, if there is one.

    A letter that was sent is theirs whatever is decided since, and no other follows it but the
    notice about their data.
    """
    if person.had is not None and (person.had == Segment.DATA or not _gets_notice(person, levels)):
        return person.had, True
    reached = {
        Segment.DATA: person.data,
        Segment.SLA: person.contract and person.touched is not False,
        Segment.HIGH: person.hardest,
    }
    for segment in MOST_SPECIFIC_FIRST:
        if reached[segment] and levels.get(segment) in WITH_A_LIST:
            owed = segment == Segment.SLA and person.breached is not False
            return segment, segment == Segment.DATA or owed
    return None


def _gets_notice(person: Known, levels: Mapping[Segment, Level]) -> bool:
    return person.data and levels.get(Segment.DATA) in WITH_A_LIST


def _held_back(person: Known) -> str:
    if person.suppressed:
        return SUPPRESSED
    over = person.week >= LETTERS_A_WEEK or person.month >= LETTERS_IN_30_DAYS
    return OVER_BUDGET if over else ""


def _is_affected(person: Known) -> bool:
    return person.data or person.hardest or person.touched is not False
