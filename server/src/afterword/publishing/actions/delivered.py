"""Promises delivered after the summary: told together, to those who got it and to nobody else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import override

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.commitments import queries as commitments
from afterword.commitments.models import Commitment, CommitmentState
from afterword.components.models import Page
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record, holds_in_force
from afterword.kit.errors import WrongState
from afterword.publishing.actions.press import append, hold_page, show
from afterword.publishing.actions.promises import (
    promise_update,
    sentence_on,
    shown_promises,
    title_of,
)
from afterword.publishing.actions.wordsafe import refuse_blocked_promises
from afterword.publishing.corrections import withdrawn_by
from afterword.publishing.models import Audience, Publication, PublicationKind

# What was delivered longer ago is no news; it stands on the page.
NEWS_FOR: Final = timedelta(days=30)
# Each letter names its share of them, and one statement finds their readers.
MOST_AT_ONCE: Final = 8
_MAILED_WITH: Final = (PublicationKind.SUMMARY, PublicationKind.CLOSURE)


@dataclass(frozen=True)
class Delivered:
    """What those who got the summary of an incident have not been mailed: a promise kept since,
    or one that they were told is kept and that is not.
    """

    incident: Incident
    summary: Publication
    promises: Sequence[Commitment]

    @property
    def sentences(self) -> list[str]:
        """What they would read, one sentence for each promise."""
        return [sentence_on(commitments.public_view(each)) for each in self.promises]

    @property
    def kept(self) -> int:
        return sum(each.state == CommitmentState.DONE for each in self.promises)


def delivered(*, page: Page, now: datetime) -> list[Delivered]:
    """Return what may be told to those who got a summary, by incident, at most ``MOST_AT_ONCE``.

    Where no summary was published, the closure that was mailed stands for it. What a person holds
    back is left out.
    """
    moved = commitments.done_or_taken_back_since(page, now - NEWS_FOR)
    if not moved:
        return []
    held = {hold.incident_id for hold in holds_in_force(page)}
    incidents = {each.incident_id: each.incident for each in moved if each.incident_id not in held}
    told = Publication.objects.filter(
        page=page, incident_id__in=[each.public_id for each in incidents.values()], imported=False
    )
    of: dict[str, list[Publication]] = {each.public_id: [] for each in incidents.values()}
    for publication in sorted(told.exclude(audience=Audience.LIST), key=lambda each: each.number):
        of[publication.incident_id].append(publication)
    found = []
    for key, incident in incidents.items():
        summary = _what_promised(of[incident.public_id])
        mailed = _mailed_states(of[incident.public_id])
        untold = [
            each
            for each in moved
            if each.incident_id == key
            and each.public_id in mailed
            and (each.state == CommitmentState.DONE)
            != (mailed[each.public_id] == CommitmentState.DONE)
        ]
        if summary is not None and untold:
            found.append(Delivered(incident, summary, untold))
    return found[:MOST_AT_ONCE]


def tell_delivered(
    *, actor: Actor, now: datetime, page: Page, incident_ids: Collection[str]
) -> list[Publication]:
    """Publish what was delivered for these incidents and mail it to those who got their summaries:
    one letter each, however many of the incidents it is about.

    On each incident's page it is one more word on its promises. Raises NotAllowed, WrongState
    (nothing of it waits to be told, or an incident is held) and TextRejected.
    """
    require(actor, "publish", page=page.pk)
    with transaction.atomic():
        page = hold_page(page)
        offers = [d for d in delivered(page=page, now=now) if d.incident.public_id in incident_ids]
        if not offers:
            raise WrongState("Those who got the summaries know all of this already.")
        publications = [
            _publish(page, now, offer, {"place": place, "of": len(offers)})
            for place, offer in enumerate(offers, start=1)
        ]
        for offer, publication in zip(offers, publications, strict=True):
            show(page=page, incident_id=offer.incident.public_id, now=now)
            record_act(
                actor=actor,
                verb="publishing.tell_delivered",
                subject=f"incident:{offer.incident.public_id}",
                now=now,
                detail={
                    "publication": publication.number,
                    "commitments": [each.public_id for each in offer.promises],
                    "together": [each.number for each in publications],
                },
            )
    return publications


def _publish(
    page: Page, now: datetime, offer: Delivered, together: Mapping[str, int]
) -> Publication:
    incident = offer.incident
    shown_now = {view["id"]: view for view in shown_promises(incident)}
    moved = {each.public_id: commitments.public_view(each) for each in offer.promises}
    # Nothing leaves that whoever sends it has not read: other changes wait for their own word.
    known = (each.public_id for each in commitments.of_incident(incident))
    views = [
        moved.get(name) or shown_now[name] for name in known if name in moved or name in shown_now
    ]
    record = current_record(incident)
    refuse_blocked_promises(
        views, record_data=record.data if record else None, incident_ref=incident.public_id
    )
    said = [each for each in views if each["id"] in moved]
    with override(page.first_language):
        title, body = title_of(said), "\n\n".join(sentence_on(each) for each in said)
    publication = promise_update(
        incident=incident, page=page, views=views, title=title, body=body, now=now
    )
    publication.audience, publication.corrects = Audience.SUBSCRIBERS, offer.summary
    publication.facts["delivered"] = dict(together)
    return append(publication)


def _what_promised(told: Sequence[Publication]) -> Publication | None:
    """Return the newest summary that was mailed and stands; the closure where there is none."""
    taken_back = withdrawn_by(told)
    for kind in _MAILED_WITH:
        of_kind = [each for each in told if each.kind == kind and each.pk not in taken_back]
        mailed = [each for each in of_kind if each.audience == Audience.SUBSCRIBERS]
        if of_kind:
            return mailed[-1] if mailed else None
    return None


def _mailed_states(told: Sequence[Publication]) -> dict[str, Any]:
    """Return how each promise stands in the newest mail that named it."""
    mailed = [each for each in told if each.audience == Audience.SUBSCRIBERS]
    return {view["id"]: view["state"] for each in mailed for view in each.commitments}
