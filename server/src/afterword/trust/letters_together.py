"""Letters on delivered promises that tell of several incidents: each counts for every one of them.

Such a letter stands in the outbox under one of the notes that left as one; the key of its words has
the places of the others it tells. See ``fanout.together``.
"""

from collections.abc import Sequence

from django.db.models import Count

from afterword.components.models import Page
from afterword.fanout.together import JOINED, places_told
from afterword.kit.among import among
from afterword.kit.numbers import number
from afterword.postbox.models import Letter, LetterState
from afterword.publishing.models import Publication
from afterword.trust.leaving import MAIL
from afterword.trust.lookups import AT_ONCE, Row, letters_about, of_keys


def letters_told_together(page: Page, left: Sequence[Row]) -> dict[str, int]:
    """Return by incident (``public_id``) how many mails left that are about another one and tell of
    a note of it too. ``left`` are the publications about the incidents that are asked for, with
    ``place`` and ``of`` of those that left as one.

    Two questions where there are such notes, none where there are not.
    """
    asked: set[str] = set()
    numbers: set[int] = set()
    for each in left:
        place, of = number(each["place"]), number(each["of"])
        if place and of and of > 1:
            asked.add(each["incident_id"])
            first = int(each["number"]) - place + 1
            numbers.update(range(first, first + of))
    # Notes of one bundle follow one another; those about incidents of other periods are needed too.
    rows = of_keys(
        Publication.objects.filter(page=page).order_by(), "number", sorted(numbers),
        "pk", "hash", "number", "incident_id", "facts__delivered__place",
    )  # fmt: skip
    notes = {int(each["number"]): each for each in rows}
    by_about = {letters_about(each): each for each in notes.values()}
    found: dict[str, int] = {}
    for about, key, letters in _sent(sorted(by_about)):
        note = by_about[about]
        first = int(note["number"]) - int(note["facts__delivered__place"]) + 1
        told = {notes[first + place - 1]["incident_id"] for place in places_told(about, key)}
        for name in (told & asked) - {note["incident_id"]}:
            found[name] = found.get(name, 0) + letters
    return found


def _sent(abouts: Sequence[str]) -> list[tuple[str, str, int]]:
    """Return (what they are about, the key of their words, how many) of the mails that left and
    tell more than what they are about.
    """
    found: list[tuple[str, str, int]] = []
    for at in range(0, len(abouts), AT_ONCE):
        mails = Letter.objects.filter(
            among("about", abouts[at : at + AT_ONCE]), state=LetterState.SENT, channel=MAIL,
            message__key__contains=JOINED,
        ).order_by()  # fmt: skip
        found += mails.values_list("about", "message__key").annotate(n=Count("pk"))
    return found
