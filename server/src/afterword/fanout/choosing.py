"""Which subscribers a publication is for: what it is about, and who hears of it otherwise."""

from collections.abc import Collection
from typing import Final

from afterword.audience.queries.customers import marks_with_a_letter
from afterword.audience.queries.subscribers import Moment, Occasion, left_out_of
from afterword.fanout.composing import component_ids_of
from afterword.fanout.digests import can_wait
from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of
from afterword.postbox.queries import recipients_of
from afterword.publishing.models import Audience, Publication, PublicationKind
from afterword.publishing.queries import publications_of

_OVER: Final = frozenset({"resolved", "completed", "called_off"})
_FOR_EVERYBODY: Final = frozenset({PublicationKind.SUMMARY, PublicationKind.NOTE})


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


def letters_of_their_own(publication: Publication) -> set[str]:
    """Return the marks of those who get a letter in the place of a text for everybody."""
    if publication.kind not in _FOR_EVERYBODY:
        return set()
    said = publications_of(publication.page, publication.incident_id)
    left = [each.recipient_list for each in said if each.audience == Audience.LIST]
    return marks_with_a_letter(publication.page, publication.incident_id, left)


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
