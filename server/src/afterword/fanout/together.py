"""Notes on delivered promises: who got the summaries, and which of them are in one letter.

Several incidents told together are a publication each, in a row. A reader's letter is about the
first of them whose summary they got; its voice names the places of all the others it tells too
(``de@Europe/Berlin&1.3``), so that those write no second one.
"""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape

from afterword.audience.models import Subscriber
from afterword.audience.queries.subscribers import still_hear
from afterword.fanout.amended import Voice
from afterword.fanout.choosing import occasion_of
from afterword.fanout.models import Mailing, MailingState
from afterword.fanout.queries import about_of
from afterword.postbox.models import Letter
from afterword.postbox.queries import recipients_of, voices_of
from afterword.publishing.models import Publication
from afterword.publishing.queries import retraction_of, told_together, under_newest_title

JOINED = "&"


@dataclass(frozen=True)
class Told:
    """A reader, and the places of what their letter tells beside the publication it is about."""

    reader: Subscriber
    places: tuple[int, ...]

    @property
    def voice(self) -> str:
        """How the voice of the letter ends; "" when it tells one thing alone."""
        return JOINED + ".".join(map(str, self.places)) if self.places else ""


def who_hears(publication: Publication, got: Sequence[Letter]) -> list[Told]:
    """Return who of those with a letter of the summary gets one about the delivered promises.

    Left out: who left or chose otherwise since, whom nobody may write to, and whose letter about
    an earlier one of those told together has it in already.
    """
    together = told_together(publication)
    own = together.index(publication) + 1
    emails = [each.recipient for each in got if each.channel == "email"]
    told = _told_already(together[: own - 1], own, emails)
    later = {
        place: _hearing(each, emails)
        for place, each in enumerate(together, start=1)
        if place > own and not is_taken_back(each) and not _is_cancelled(each)
    }
    readers = still_hear(
        page=publication.page, occasion=occasion_of(_summary(publication)), emails=emails
    )
    found = {each.email: each for each in readers.select_for_update(of=("self",)).order_by("pk")}
    return [
        Told(found[to], tuple(place for place, hear in later.items() if to in hear))
        for to in emails
        if to in found and to not in told
    ]


def joined(publication: Publication, places: str) -> Publication:
    """Return a copy that tells the others too, each under the title of its incident."""
    if not places:
        return publication
    together = told_together(publication)
    others = [together[int(place) - 1] for place in places.split(".")]
    parts = [publication, *(under_newest_title(each)[0] for each in others)]
    titles = [str(each.facts["incident"]["title"]) for each in parts]
    whole = copy.copy(publication)
    whole.title = " · ".join(dict.fromkeys(each.title for each in parts))
    whole.body = "\n\n".join(f"{t}\n{p.body}" for t, p in zip(titles, parts, strict=True))
    whole.html = "".join(
        f"<h2>{escape(t)}</h2>{p.html}" for t, p in zip(titles, parts, strict=True)
    )
    return whole


def without(voice: str, place: int) -> str:
    """Return a voice that tells what is in that place no more."""
    said = Voice.of(voice)
    spoken, _, places = said.spoken.partition(JOINED)
    left = [each for each in places.split(".") if each and each != str(place)]
    return str(Voice(f"{spoken}{JOINED}{'.'.join(left)}" if left else spoken, said.numbers))


def places_told(about: str, key: str) -> frozenset[int]:
    """Return the places of what a letter tells beside what it is about, from the key of its words.
    Pure.
    """
    voice = key.removeprefix(about).removeprefix(":").partition(":")[0]
    places = Voice.of(voice).spoken.partition(JOINED)[2]
    return frozenset(int(each) for each in places.split(".") if each)


def newest_title(publication: Publication, places: str) -> int:
    """Return the number of the newest title that any of what is told together was given since."""
    together = told_together(publication)
    told = [publication, *(together[int(place) - 1] for place in places.split("."))]
    return max(under_newest_title(each)[1] for each in told)


def is_taken_back(publication: Publication) -> bool:
    """Whether nobody is to be written to about it any more: it was retracted, or it tells that a
    promise was delivered and what it follows, which made the promise, was.
    """
    if retraction_of(publication) is not None:
        return True
    follows = "delivered" in publication.facts and publication.corrects is not None
    return follows and retraction_of(_summary(publication)) is not None


def _is_cancelled(publication: Publication) -> bool:
    return Mailing.objects.filter(publication=publication, state=MailingState.CANCELLED).exists()


def is_told_before(publication: Publication) -> Iterable[Publication]:
    """Return those told together with it whose letters are written first."""
    together = told_together(publication)
    return together[: together.index(publication)] if together else ()


def count_hearing(summaries: Sequence[Publication]) -> tuple[list[int], int]:
    """Return how many of those who got each summary would hear of what was delivered since, and
    how many people they are together.
    """
    found = [
        still_hear(
            page=each.page, occasion=occasion_of(each), emails=recipients_of([about_of(each)])
        )
        for each in summaries
    ]
    counts = [each.count() for each in found]
    return counts, found[0].values("pk").union(
        *(each.values("pk") for each in found[1:])
    ).count() if len(found) > 1 else sum(counts)


def _hearing(publication: Publication, emails: Sequence[str]) -> frozenset[str]:
    summary = _summary(publication)
    got = recipients_of([about_of(summary)]).filter(recipient__in=emails)
    readers = still_hear(page=publication.page, occasion=occasion_of(summary), emails=got)
    return frozenset(readers.values_list("email", flat=True))


def _told_already(earlier: Sequence[Publication], own: int, emails: Sequence[str]) -> set[str]:
    """Return whose letter about an earlier one tells this one too."""
    found = voices_of([about_of(each) for each in earlier], emails) if earlier else []
    return {to for about, to, key in found if own in places_told(about, key)}


def _summary(publication: Publication) -> Publication:
    if publication.corrects is None:
        raise ValueError("a note on delivered promises names the summary it follows")
    return publication.corrects
