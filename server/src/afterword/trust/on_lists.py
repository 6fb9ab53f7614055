"""How many people were on the frozen lists of an incident, and how many of them a letter reached.

Everybody counts once, however many lists they were on: lists follow one another, and whoever moves
from one to the next is still one person. Replaced lists count as well, for nobody is told by being
taken off a list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from afterword.audience.models import RecipientList, RecipientListMember
from afterword.components.models import Page
from afterword.postbox.addresses import forgotten
from afterword.postbox.models import Letter, LetterState
from afterword.trust.leaving import MAIL
from afterword.trust.lookups import AT_ONCE, Row, of_keys

_COLUMNS = ("pk", "public_id", "incident_ref", "size", "first_listed", "forgotten_at")


@dataclass(frozen=True)
class OnLists:
    """People who were ever on a list of an incident, None where nobody kept it; and whom of them
    the letters reached.
    """

    ever: int | None
    reached: int


def on_lists(
    page: Page,
    names: Sequence[str],
    letters: Sequence[tuple[str, str]],
    sent: Mapping[str, int],
) -> dict[str, OnLists]:
    """Return by incident who was on its lists. ``letters`` are (list, what a letter is about), the
    earliest first, and ``sent`` how many left about each.
    """
    rows = RecipientList.objects.filter(page=page)
    by_name: dict[str, list[dict[str, Any]]] = {}
    for each in _with_sizes(list(of_keys(rows, "incident_ref", names, *_COLUMNS))):
        by_name.setdefault(each["incident_ref"], []).append(each)
    best = _best(letters, sent)
    return {name: _people(lists, best, sent) for name, lists in by_name.items()}


def _with_sizes(lists: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the lists; one that an older version froze is counted while its members are there."""
    keys = [each["pk"] for each in lists if each["size"] is None and each["forgotten_at"] is None]
    counted = dict.fromkeys(keys, 0)
    for at in range(0, len(keys), AT_ONCE):
        some = RecipientListMember.objects.filter(recipient_list__in=keys[at : at + AT_ONCE])
        counted |= dict(some.values_list("recipient_list").annotate(n=Count("pk")))
    return [
        {**each, "size": counted[each["pk"]], "first_listed": counted[each["pk"]]}
        if each["pk"] in counted
        else dict(each)
        for each in lists
    ]


def _best(letters: Sequence[tuple[str, str]], sent: Mapping[str, int]) -> dict[str, str]:
    """Return by list the letter that reached most; of several, the one that comes first."""
    best: dict[str, str] = {}
    for name, about in letters:
        if name not in best or sent.get(about, 0) > sent.get(best[name], 0):
            best[name] = about
    return best


def _people(lists: Sequence[Row], best: Mapping[str, str], sent: Mapping[str, int]) -> OnLists:
    if any(each["first_listed"] is None for each in lists):
        return OnLists(None, 0)
    ever = sum(each["first_listed"] for each in lists)
    abouts = [best[each["public_id"]] for each in lists if each["public_id"] in best]
    # The letters of a list reach nobody but who is on it, and everybody once.
    reached = sum(min(sent.get(best.get(each["public_id"], ""), 0), each["size"]) for each in lists)
    if ever < sum(each["size"] for each in lists) and len(abouts) > 1:
        # Only where somebody was on two lists it matters who the letters were to.
        reached = min(reached, len(_reached(abouts)))
    return OnLists(ever, min(reached, ever))


def _reached(abouts: Sequence[str]) -> set[str]:
    """Return whom mails about any of these reached, as what stands for their addresses."""
    left = Letter.objects.filter(about__in=abouts, state=LetterState.SENT, channel=MAIL)
    return {forgotten(each) for each in left.values_list("recipient", flat=True).iterator()}
