from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery

from afterword.accounts.permissions import Actor, require
from afterword.components.models import Page
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record
from afterword.incidents.record import starting_record
from afterword.kit.asking import asked_once, know
from afterword.kit.errors import NotFound
from afterword.postmortems.content import Content, content_of
from afterword.postmortems.durations import Duration, durations
from afterword.postmortems.hints import hints
from afterword.postmortems.models import (
    ActionItem,
    ActionItemChange,
    LiftedFact,
    Postmortem,
    PostmortemReading,
    PostmortemRevision,
)
from afterword.postmortems.states import OPEN_ITEMS


@dataclass(frozen=True)
class Review:
    """The newest state of a review with all that belongs to it."""

    postmortem: Postmortem
    newest: PostmortemRevision
    content: Content
    items: list[ActionItem]
    lifted: list[LiftedFact]
    readings: list[PostmortemReading]
    record: Mapping[str, Any]

    @property
    def incident(self) -> Incident:
        return self.postmortem.incident

    @property
    def durations(self) -> list[Duration]:
        return durations(self.content, self.record)

    @property
    def hints(self) -> list[str]:
        return hints(self.content, self.items)


@dataclass(frozen=True)
class Standing:
    """What everybody here may know of a review: how far it is, and who reads it. No word of it."""

    state: str
    asked_at: datetime | None
    asked_by: str
    final_at: datetime | None
    not_by: frozenset[int]
    """Who cannot be the second person: its writer, and who asked."""


def latest(incident: Incident, reader: Actor) -> PostmortemRevision | None:
    """Return the newest state of the review, or None. Raises NotAllowed for who may not read it."""
    require(reader, "postmortem", page=incident.page_id)
    found = PostmortemRevision.objects.filter(postmortem__incident=incident)
    return found.select_related("author").order_by("-number").first()


def review_of(incident: Incident, reader: Actor) -> Review | None:
    """Return the review with its items, readings and lifted facts; None before it is begun.

    Raises NotAllowed for who may not read it.
    """
    require(reader, "postmortem", page=incident.page_id)
    newest = (
        PostmortemRevision.objects.filter(postmortem__incident=incident)
        .select_related("author", "postmortem__incident", "postmortem__reader",
                        "postmortem__asked_by")
        .order_by("-number")
        .first()
    )  # fmt: skip
    if newest is None:
        return None
    postmortem = newest.postmortem
    record = current_record(incident)
    readings = PostmortemReading.objects.filter(revision__postmortem=postmortem)
    items = ActionItem.objects.filter(postmortem=postmortem).select_related(
        "owner", "became", "postmortem__incident"
    )
    lifted = LiftedFact.objects.filter(postmortem=postmortem).select_related("lifted_by")
    return Review(
        postmortem=postmortem,
        newest=newest,
        content=content_of(newest.body, newest.parts),
        items=list(items),
        lifted=list(lifted),
        readings=list(readings.select_related("reader", "revision")),
        record=record.data if record else starting_record(incident),
    )


@asked_once
def standing_of(incident: Incident) -> Standing | None:
    """Return how far the review is; anyone on the desk may know that. None before it is begun."""
    return _standings([incident.pk]).get(incident.pk)


def know_about(incidents: Sequence[Incident]) -> None:
    """Ask at once how far the review of each incident is."""
    found = _standings([each.pk for each in incidents])
    for one in incidents:
        know(standing_of, one, answer=found.get(one.pk))
        know(exists_for, one, answer=one.pk in found)


def _standings(incidents: Sequence[int]) -> dict[int, Standing]:
    newest = PostmortemRevision.objects.filter(postmortem=OuterRef("pk")).order_by("-number")
    found = Postmortem.objects.filter(incident__in=incidents).select_related("asked_by")
    return {
        each.incident_id: Standing(
            state=each.state,
            asked_at=each.asked_at,
            asked_by=each.asked_by.name if each.asked_by else "",
            final_at=each.final_at,
            not_by=frozenset({each.written_by, each.asked_by_id} - {None}),
        )
        for each in found.annotate(written_by=Subquery(newest.values("author_id")[:1]))
    }


@asked_once
def exists_for(incident: Incident) -> bool:
    """Whether a review has been begun; anyone may know that."""
    return Postmortem.objects.filter(incident=incident).exists()


def revisions_of(incident: Incident, reader: Actor, *, limit: int = 50) -> list[PostmortemRevision]:
    """Return the newest revisions, newest first. Raises NotAllowed for who may not read them."""
    require(reader, "postmortem", page=incident.page_id)
    found = PostmortemRevision.objects.filter(postmortem__incident=incident)
    return list(found.select_related("author").order_by("-number")[:limit])


def revision_of(incident: Incident, number: int, reader: Actor) -> PostmortemRevision:
    """Return one revision. Raises NotFound, and NotAllowed for who may not read it."""
    require(reader, "postmortem", page=incident.page_id)
    found = PostmortemRevision.objects.filter(postmortem__incident=incident, number=number)
    revision = found.select_related("author").first()
    if revision is None:
        raise NotFound(f"The review has no revision {number}.")
    return revision


def item_of(incident: Incident, public_id: str, reader: Actor) -> ActionItem:
    """Return an action item of the incident's review. Raises NotFound and NotAllowed."""
    require(reader, "postmortem", page=incident.page_id)
    found = ActionItem.objects.filter(postmortem__incident=incident, public_id=public_id)
    item = found.select_related("owner", "became", "postmortem__incident__page").first()
    if item is None:
        raise NotFound("This review has no such action item.")
    return item


def changes_of(item: ActionItem, reader: Actor) -> list[ActionItemChange]:
    """Return what was changed on an item, oldest first. Raises NotAllowed."""
    require(reader, "postmortem", page=item.postmortem.incident.page_id)
    return list(ActionItemChange.objects.filter(item=item).select_related("changed_by"))


def open_items(
    page: Page, reader: Actor, *, due_by: date | None = None, limit: int = 500
) -> list[ActionItem]:
    """Return the open action items of every review of the page, the one due first at the front.

    ``due_by`` leaves out what is due later or never. Raises NotAllowed for who may not read them.
    """
    require(reader, "postmortem", page=page.pk)
    found = ActionItem.objects.filter(
        postmortem__incident__page=page, state__in=sorted(OPEN_ITEMS)
    ).select_related("owner", "became", "postmortem__incident")
    if due_by is not None:
        found = found.filter(due__lte=due_by)
    return list(found.order_by(F("due").asc(nulls_last=True), "id")[:limit])


def is_overdue(item: ActionItem, today: date) -> bool:
    """Whether an open action item is past its day (UTC)."""
    return item.state in OPEN_ITEMS and item.due is not None and item.due < today
