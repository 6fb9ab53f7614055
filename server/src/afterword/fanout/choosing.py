"""Which subscribers a publication is for: what it is about, and who hears of it otherwise."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from afterword.audience.models import Segment, Subscriber
from afterword.audience.queries.customers import count_on_lists_in_force, marks_with_a_letter
from afterword.audience.queries.subscribers import (
    Moment,
    Occasion,
    left_out_of,
    still_hear,
)
from afterword.audience.sealed import address_mark
from afterword.components.models import Page
from afterword.fanout.composing import component_ids_of
from afterword.fanout.digests import can_wait
from afterword.fanout.models import DigestEntry, Mailing, MailingState
from afterword.fanout.queries import about_of, held_runs, letter_counts
from afterword.postbox.queries import had_of_stopped, recipients_of
from afterword.postbox.states import STALE_AFTER
from afterword.publishing.models import Audience, Publication, PublicationKind
from afterword.publishing.queries import letters_to_lists, publications_of, retraction_of

_OVER: Final = frozenset({"resolved", "completed", "called_off"})
FOR_EVERYBODY: Final = frozenset({PublicationKind.SUMMARY, PublicationKind.NOTE})


def occasion_of(publication: Publication, channels: Collection[str] = ("email",)) -> Occasion:
    """Return what choices of subscribers are held against; ``told`` are those of the channels."""
    earlier = [
        each
        for each in publications_of(publication.page, publication.incident_id)
        if each.pk < publication.pk
    ]
    told = [about_of(each) for each in earlier if each.audience == Audience.SUBSCRIBERS]
    return Occasion(
        incident_ref=publication.incident_id,
        component_ids=component_ids_of(publication),
        moment=_moment(publication, is_first=not told),
        told=recipients_of(told, channels) if told else None,
        can_wait=can_wait(publication),
    )


def letters_of_their_own(publication: Publication, without: str = "") -> set[str]:
    """Return the marks of those who get a letter in the place of a text for everybody.

    Of a letter that was cancelled or withdrawn these are the ones it has left for. ``without`` is
    the public id of a list to which nothing was published, taken as if it were replaced.
    """
    if publication.kind not in FOR_EVERYBODY:
        return set()
    said = letters_to_lists(publication.page, publication.incident_id)
    stopped = _stopped_among(said)
    left = {each.recipient_list for each in said if each not in stopped}
    own = marks_with_a_letter(
        publication.page, publication.incident_id, left,
        stopped={each.recipient_list for each in stopped} - left | ({without} - {""}),
    )  # fmt: skip
    had = had_of_stopped([about_of(each) for each in stopped]) if stopped else ()
    return own | {address_mark(each) for each in had}


@dataclass(frozen=True)
class PassedOver:
    """Whom a text for everybody passes over because of a letter of their own that has not left, by
    whom their list is for: how many wait for one that nobody has ``published``, and how many for
    one whose run is ``held``: paused, or waiting for a second person.
    """

    unpublished: dict[Segment, int]
    held: dict[Segment, int]

    @property
    def unpublished_count(self) -> int:
        return sum(self.unpublished.values())

    @property
    def held_count(self) -> int:
        return sum(self.held.values())


def waiting_for_their_own(page: Page, incident_id: str) -> PassedOver:
    """Return how many wait for a letter of their own. A summary or note that leaves before it
    passes them over.
    """
    said = {each.recipient_list: each for each in letters_to_lists(page, incident_id)}
    held = {
        each.publication.recipient_list: each
        for each in held_runs(page)
        if each.publication in said.values()
    }
    found = PassedOver({}, {})
    for listed, segment, people in count_on_lists_in_force(page, incident_id):
        if people and listed not in said:
            found.unpublished[segment] = people
        elif listed in held and (waits := _still_to_leave(held[listed], people)):
            found.held[segment] = waits
    return found


def _still_to_leave(held: Mailing, people: int) -> int:
    """Return how many of a list's people have not got the letter of its run yet."""
    return people - letter_counts(held.publication)["sent"]


def texts_in_place_of(letter: Publication, now: datetime) -> list[Publication]:
    """Return the texts for everybody that passed over whoever is on the list of a letter, and that
    may still be sent: none that was cancelled, taken back, or is too old.
    """
    if letter.audience != Audience.LIST:
        return []
    return texts_for_everybody(letter.page, letter.incident_id, now)


def texts_for_everybody(page: Page, incident_id: str, now: datetime) -> list[Publication]:
    """Return the texts of an incident for everybody that may still be sent: none that was
    cancelled, taken back, or is too old.
    """
    said = Publication.objects.filter(
        page=page, incident_id=incident_id, kind__in=FOR_EVERYBODY,
        audience=Audience.SUBSCRIBERS, corrects=None, imported=False,
        published_at__gte=now - STALE_AFTER,
    ).select_related("page")  # fmt: skip
    found = [each for each in said.order_by("number") if retraction_of(each) is None]
    cancelled = Mailing.objects.filter(publication__in=found, state=MailingState.CANCELLED)
    gone = set(cancelled.values_list("publication", flat=True)) if found else set()
    return [each for each in found if each.pk not in gone]


def who_hears_instead(text: Publication, emails: Collection[str]) -> QuerySet[Subscriber]:
    """Return those of the addresses who hear of a text for everybody as they choose now, were
    subscribed when it was published, and have it neither in a letter nor in a digest.
    """
    mailing = Mailing.objects.get(publication=text)
    occasion = replace(occasion_of(text), can_wait=False)
    readers = still_hear(page=text.page, occasion=occasion, emails=emails)
    return readers.filter(
        ~Exists(recipients_of([about_of(text)]).filter(recipient=OuterRef("email"))),
        ~Exists(DigestEntry.objects.filter(publication=text, subscriber=OuterRef("pk"))),
        pk__lte=mailing.cutoff_id,
        confirmed_at__lte=text.published_at,
    )


def _stopped_among(said: Sequence[Publication]) -> list[Publication]:
    """Return those of which no letter leaves any more, whoever has theirs.

    A retraction stops the letters when its own are begun; until then they may leave.
    """
    back = {each.pk: found.pk for each in said if (found := retraction_of(each)) is not None}
    runs = Mailing.objects.filter(
        Q(publication__in=said, state=MailingState.CANCELLED) | Q(publication__in=back.values())
    )
    stopped = set(runs.values_list("publication", flat=True)) if said else set()
    return [each for each in said if each.pk in stopped or back.get(each.pk) in stopped]


def left_out(mailing: Mailing) -> dict[str, int]:
    """Return how many subscribers a run leaves out, by why, as they have chosen now; empty for one
    that goes to a list, or to those who got what it corrects.
    """
    publication = mailing.publication
    if publication.audience == Audience.LIST or publication.corrects_id is not None:
        return {}
    return left_out_of(
        page=publication.page,
        up_to_id=mailing.cutoff_id,
        occasion=occasion_of(publication),
        confirmed_by=publication.published_at,
    )


def _moment(publication: Publication, *, is_first: bool) -> Moment:
    if publication.kind == PublicationKind.CLOSURE:
        return Moment.ENDING
    if publication.kind != PublicationKind.UPDATE:
        return Moment.AFTER
    if publication.facts.get("update", {}).get("status") in _OVER:
        return Moment.ENDING
    return Moment.FIRST if is_first else Moment.BETWEEN
