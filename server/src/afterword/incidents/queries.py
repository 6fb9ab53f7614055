from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects

from afterword.components.models import Component, Page
from afterword.incidents.cadence import NextWord, next_word
from afterword.incidents.decision import Earlier, History, Proposal, propose
from afterword.incidents.models import (
    Case,
    Decision,
    HeardOutside,
    Hold,
    Incident,
    Kind,
    NamedPart,
    RecordVersion,
    Recurrence,
    Status,
    Update,
    UpdateTemplate,
)
from afterword.incidents.record import starting_record
from afterword.kit.asking import asked_once, grouped, know
from afterword.kit.errors import NotFound

RECURRENCE_WINDOW = timedelta(days=180)
AGAIN_WITHIN = timedelta(hours=24)
# Written as the condition of an index is, so that it is used.
_NOT_GOING_ON = ("resolved", "completed", "scheduled")


def incidents_called(page: Page, public_ids: Collection[str]) -> list[Incident]:
    """Return the incidents of the page with these public ids, the newest first."""
    if not public_ids:
        return []
    found = Incident.objects.filter(page=page, public_id__in=list(public_ids))
    return list(found.order_by("-started_at", "-pk"))


def went_on_between(page: Page, begin: datetime, end: datetime) -> list[Incident]:
    """Return the incidents of the page, planned work aside, that were going on in [begin, end) by
    their own times, the newest first.
    """
    found = Incident.objects.filter(page=page, kind=Kind.INCIDENT, started_at__lt=end)
    found = found.filter(Q(resolved_at__isnull=True) | Q(resolved_at__gt=begin))
    return list(found.order_by("-started_at", "-pk").prefetch_related("components", "updates"))


def incident_by_public_id(page: Page, public_id: str) -> Incident:
    """Return the incident with its page. Raises NotFound."""
    found = (
        Incident.objects.filter(page=page, public_id=public_id)
        .select_related("page")
        .prefetch_related("components")
        .first()
    )
    if found is None:
        raise NotFound(f"This page has no incident {public_id!r}.")
    return found


@asked_once
def open_incidents(page: Page) -> list[Incident]:
    """Return what is going on now, newest first; maintenance once it has begun."""
    found = Incident.objects.filter(page=page).exclude(status__in=_NOT_GOING_ON)
    return list(found.select_related("page").prefetch_related("components"))


def run_here(incident: Incident, source: str) -> str:
    """Return why ``source`` may tell nothing of the incident, as words for whoever imports; "" if
    it may: it came from there, and nobody here has written a word of it since.
    """
    if incident.source == "":
        return (
            "This id belongs to an incident that is run here, of which nothing is taken from "
            "elsewhere. Tell it here, or import the other one under another id."
        )
    if incident.source != source:
        return (
            f"This id came from {incident.source} and comes from {source} now. Import it under "
            "another id."
        )
    if Update.objects.filter(incident=incident).exclude(author_label="").exists():
        return (
            "It came from elsewhere and is told here since: updates were written here, and stay as "
            "they are. Tell what is new of it here."
        )
    return ""


def planned_maintenance(page: Page) -> list[Incident]:
    """Return planned work that has not begun, the next first."""
    found = Incident.objects.filter(page=page, kind=Kind.MAINTENANCE, status=Status.SCHEDULED)
    # Says nothing new, and names the condition of the index.
    found = found.exclude(status=Status.COMPLETED)
    return list(found.select_related("page").order_by("scheduled_for", "pk"))


def maintenance_due(now: datetime) -> list[Incident]:
    """Return planned work that should have begun or ended by ``now`` and does so by itself."""
    waiting = Incident.objects.filter(
        kind=Kind.MAINTENANCE, scheduled_for__isnull=False, scheduled_for__lte=now, source=""
    ).exclude(status=Status.COMPLETED)
    return [each for each in waiting.select_related("page").order_by("scheduled_for", "pk")
            if _due_by_itself(each, now)]  # fmt: skip


def _due_by_itself(work: Incident, now: datetime) -> bool:
    if work.status == Status.SCHEDULED:
        return bool(work.extra.get("scheduled_auto_in_progress"))
    is_late = work.scheduled_until is not None and work.scheduled_until <= now
    return is_late and bool(work.extra.get("scheduled_auto_completed"))


def recent_incidents(page: Page, *, limit: int = 50) -> list[Incident]:
    """Return the newest incidents, open or over, at most ``limit``."""
    return list(Incident.objects.filter(page=page).select_related("page")[:limit])


def cases_open(page: Page) -> list[Case]:
    """Return the cases that still owe something, oldest first, with incident and owner."""
    found = Case.objects.filter(incident__page=page, closed_at__isnull=True)
    return list(found.select_related("incident__page", "owner").order_by("opened_at", "pk"))


def cases_closed_before_their_record(page: Page) -> list[Case]:
    """Return closed cases whose record changed after they were closed, the newest change first."""
    found = Case.objects.filter(incident__page=page, outdated_at__isnull=False)
    return list(found.select_related("incident__page", "owner").order_by("-outdated_at", "-pk"))


def reopened_at(incident: Incident) -> datetime | None:
    """Return when the incident last came back after it was over, None when it never did."""
    told = incident.extra.get("reopened")
    return datetime.fromisoformat(told[-1]["at"]) if told else None


@asked_once
def case_of(incident: Incident) -> Case | None:
    return Case.objects.filter(incident=incident).select_related("owner").first()


@asked_once
def updates_of(incident: Incident) -> list[Update]:
    """Return the updates, oldest first by the time shown."""
    return list(Update.objects.filter(incident=incident))


def newest_updates(of: Iterable[Incident]) -> dict[int, Update]:
    """Return the newest update of each incident, by the incident's key. One query."""
    found = Update.objects.filter(incident__in=[each.pk for each in of])
    return {each.incident_id: each for each in found.order_by("display_at", "pk")}


@dataclass(frozen=True)
class WordDue:
    """The next word about an incident, with the newest that was said."""

    incident: Incident
    newest: Update | None
    due: NextWord


def alarms(page: Page, now: datetime) -> list[WordDue]:
    """Return the next words the team is to be alarmed about, the first due first.

    Planned work that should have begun and did not is among them.
    """
    planned = [w for w in planned_maintenance(page) if w.scheduled_for and w.scheduled_for <= now]
    going_on = [*open_incidents(page), *planned]
    newest = newest_updates(going_on) if going_on else {}
    found = [
        WordDue(each, newest.get(each.pk), due)
        for each in going_on
        if (due := next_word(each, newest.get(each.pk))) is not None and due.alarm_at <= now
    ]
    return sorted(found, key=lambda word: (word.due.at, word.incident.pk))


def hit_shortly_before(
    incident: Incident, *, within: timedelta = AGAIN_WITHIN
) -> tuple[Component, Incident] | None:
    """Return a part of the incident that another one hit within the span before, and that one."""
    parts = {each.pk: each for each in incident.components.all()}
    before = (
        Incident.objects.filter(
            page=incident.page_id,
            kind=Kind.INCIDENT,
            components__in=list(parts),
            started_at__lt=incident.started_at,
            resolved_at__gte=incident.started_at - within,
        )
        .exclude(pk=incident.pk)
        .prefetch_related("components")
        .order_by("-started_at", "-pk")
        .first()
    )
    if before is None:
        return None
    shared = next(each for each in before.components.all() if each.pk in parts)
    return parts[shared.pk], before


@asked_once
def current_record(incident: Incident) -> RecordVersion | None:
    """Return the version of the facts in force, or None when nobody has saved any."""
    return RecordVersion.objects.filter(incident=incident).order_by("-version").first()


def current_records(incidents: Iterable[Incident]) -> dict[int, RecordVersion]:
    """Return the version of the facts in force of each that has one, by the incident's key."""
    newest = RecordVersion.objects.filter(incident=OuterRef("incident")).order_by("-version")
    records = RecordVersion.objects.filter(
        incident__in=[each.pk for each in incidents], version=Subquery(newest.values("version")[:1])
    )
    return {each.incident_id: each for each in records}


def record_at(incident: Incident, at: datetime) -> RecordVersion | None:
    """Return the version of the facts that was in force at an instant, None for none."""
    found = RecordVersion.objects.filter(incident=incident, saved_at__lte=at)
    return found.order_by("-version").first()


def record_versions(incident: Incident) -> list[RecordVersion]:
    """Return every version of the facts, oldest first."""
    return list(RecordVersion.objects.filter(incident=incident).select_related("saved_by"))


@asked_once
def latest_decision(incident: Incident) -> Decision | None:
    """Return the decision in force about a public summary, or None.

    One that names a second person is in force once they have confirmed it.
    """
    agreed = Q(second_person=None) | Q(confirmed_at__isnull=False)
    return _newest(Decision.objects.filter(agreed, incident=incident))


@asked_once
def pending_decision(incident: Incident) -> Decision | None:
    """Return the newest decision while it waits for its second person, else None."""
    newest = _newest(Decision.objects.filter(incident=incident))
    return newest if newest is not None and _waits(newest) else None


def know_about(incidents: Sequence[Incident]) -> None:
    """Ask at once what is asked of each incident alone: case, facts, updates, decisions."""
    keys = [each.pk for each in incidents]
    prefetch_related_objects(incidents, "components", "updates")
    cases = Case.objects.filter(incident__in=keys).select_related("owner")
    of_case = {each.incident_id: each for each in cases}
    of_record = current_records(incidents)
    named = Decision.objects.filter(incident__in=keys).select_related("decided_by", "second_person")
    decisions = grouped(named.order_by("-decided_at", "-pk"), lambda each: each.incident_id)
    for one in incidents:
        made = decisions[one.pk]
        know(case_of, one, answer=of_case.get(one.pk))
        know(current_record, one, answer=of_record.get(one.pk))
        know(updates_of, one, answer=list(one.updates.all()))
        know(latest_decision, one, answer=next((d for d in made if not _waits(d)), None))
        know(pending_decision, one, answer=next((d for d in made[:1] if _waits(d)), None))


def _waits(decision: Decision) -> bool:
    return decision.second_person_id is not None and decision.confirmed_at is None


def _newest(decisions: QuerySet[Decision]) -> Decision | None:
    named = decisions.select_related("decided_by", "second_person")
    return named.order_by("-decided_at", "-pk").first()


def earlier_with_same_cause(
    page: Page, fingerprint: str | None, before: datetime, *, within: timedelta = RECURRENCE_WINDOW
) -> list[Incident]:
    """Return the incidents of the same cause that began in the span before, newest first.

    An unknown or empty fingerprint matches nothing.
    """
    if not fingerprint:
        return []
    # One record may have named it so only for a while; the newest of each counts.
    newest = RecordVersion.objects.filter(incident=OuterRef("incident")).order_by("-version")
    named = RecordVersion.objects.filter(
        cause_name=fingerprint,
        version=Subquery(newest.values("version")[:1]),
        incident__page=page,
        incident__started_at__lt=before,
        incident__started_at__gte=before - within,
    )
    found = Incident.objects.filter(
        pk__in=list(named.order_by().values_list("incident", flat=True))
    )
    return list(found.select_related("page"))


def heard_outside(incident: Incident) -> HeardOutside | None:
    """Return what was last noted of what outsiders said, None when nobody noted anything."""
    return HeardOutside.objects.filter(incident=incident).order_by("-noted_at", "-pk").first()


@dataclass(frozen=True)
class Alike:
    """An earlier incident that may be the same again, why, and what a person said of it so far."""

    earlier: Incident
    because: str
    judged: Recurrence | None


def alike(incident: Incident, *, at_most: int = 5) -> list[Alike]:
    """Return the incidents of the 180 days before that share its cause or a part, newest first.

    A part is shared that the announcements or the records name. What ever had the same short name
    of a cause comes first; whatever was judged is among them, and ``at_most`` that nobody judged.
    Whether readers can open the earlier one does not matter.
    """
    judged = {
        each.earlier_id: each
        for each in Recurrence.objects.filter(incident=incident)
        .select_related("earlier", "decided_by")
        .order_by("decided_at", "pk")
    }
    found = {pk: Alike(each.earlier, "judged", each) for pk, each in judged.items()}
    for each in _earlier_ever_called_alike(incident):
        found[each.pk] = Alike(each, "cause", judged.get(each.pk))
    shared = Incident.objects.filter(
        page=incident.page_id,
        kind=Kind.INCIDENT,
        started_at__lt=incident.started_at,
        started_at__gte=incident.started_at - RECURRENCE_WINDOW,
    ).filter(_hit_a_part_of(incident.pk))
    for each in shared.order_by("-started_at", "-pk")[:at_most]:
        found.setdefault(each.pk, Alike(each, "part", None))
    weight = {"judged": 0, "cause": 1, "part": 2}
    ordered = sorted(found.values(), key=lambda one: one.earlier.started_at, reverse=True)
    ordered.sort(key=lambda one: weight[one.because])
    left = [one.earlier.pk for one in ordered if one.judged is None][at_most:]
    return [one for one in ordered if one.earlier.pk not in left]


def _earlier_ever_called_alike(incident: Incident) -> list[Incident]:
    """Return earlier incidents of which a version of the record names a cause as one of ours did:
    another short name afterwards takes no question away.
    """
    ours = with_a_cause(RecordVersion.objects.filter(incident=incident))
    names = set(ours.values_list("cause_name", flat=True))
    named = RecordVersion.objects.filter(
        cause_name__in=sorted(names),
        incident__page=incident.page_id,
        incident__started_at__lt=incident.started_at,
        incident__started_at__gte=incident.started_at - RECURRENCE_WINDOW,
    )
    keys = set(named.order_by().values_list("incident", flat=True)) if names else set()
    return list(Incident.objects.filter(pk__in=keys)) if keys else []


def unsaid(incidents: Sequence[Incident]) -> dict[int, Alike]:
    """Return by key which of the incidents look like an earlier one of which nobody said whether it
    is the same, each with the newest such one.

    The newest of the same cause is asked about, and the newest that shares a part. A "yes" answers
    for all of them, a "no" for the one it is about. Two questions for all incidents, each
    looked up from its own start back, by index.
    """
    waiting = Incident.objects.filter(
        pk__in=[each.pk for each in incidents if each.kind == Kind.INCIDENT]
    ).exclude(Exists(_said_to_be_the_same()))
    said = Recurrence.objects.filter(incident=OuterRef("pk"))
    rows = waiting.order_by().annotate(
        cause=Subquery(_newest_of_cause().values("pk")[:1]),
        part=Subquery(_newest_of_part().values("pk")[:1]),
        cause_said=Exists(said.filter(earlier=OuterRef("cause"))),
        part_said=Exists(said.filter(earlier=OuterRef("part"))),
    )
    found = []
    for pk, cause, part, *answered in rows.values_list(
        "pk", "cause", "part", "cause_said", "part_said"
    ):
        if cause and not answered[0]:
            found.append((pk, cause, "cause"))
        elif part and not answered[1]:
            found.append((pk, part, "part"))
    earlier = Incident.objects.in_bulk({one for _, one, _ in found}) if found else {}
    return {pk: Alike(earlier[one], because, None) for pk, one, because in found}


def _said_to_be_the_same() -> QuerySet[Recurrence]:
    """Return the words of which the newest on its pair is a yes."""
    pair = Recurrence.objects.filter(incident=OuterRef("incident"), earlier=OuterRef("earlier"))
    newer = pair.filter(
        Q(decided_at__gt=OuterRef("decided_at"))
        | Q(decided_at=OuterRef("decided_at"), pk__gt=OuterRef("pk"))
    )
    said = Recurrence.objects.filter(incident=OuterRef("pk"), is_same=True)
    return said.exclude(Exists(newer))


def with_a_cause(versions: QuerySet[RecordVersion]) -> QuerySet[RecordVersion]:
    """Return those that name a cause. What JSON calls null, SQLite gives back as that word."""
    return versions.exclude(cause_name=None).exclude(cause_name__in=("", "null")).order_by()


def _before_it() -> QuerySet[Incident]:
    """Return the incidents of the 180 days before the one of the outer question, newest first."""
    return Incident.objects.filter(
        page=OuterRef("page"),
        started_at__lt=OuterRef("started_at"),
        started_at__gte=OuterRef("started_at") - RECURRENCE_WINDOW,
    ).order_by("-started_at", "-pk")


def _newest_of_part() -> QuerySet[Incident]:
    return _before_it().filter(
        _hit_a_part_of(OuterRef(OuterRef(OuterRef("pk")))), kind=Kind.INCIDENT
    )


def _hit_a_part_of(pk: int | OuterRef) -> Q:
    """Return the condition that an incident hit a part that another one (``pk``) did: the same part
    of the page, announced or named by a record, or one of the same name that the page has not.
    """
    announced = Incident.components.through.objects
    named = NamedPart.objects.order_by()
    of_record = named.filter(incident=pk, component__isnull=False).values("component")
    own = Q(component__in=announced.filter(incident=pk).values("component"))
    own |= Q(component__in=of_record)
    free = named.filter(incident=pk, component__isnull=True).values("name")
    own_or_free = own | Q(component__isnull=True, name__in=free)
    # The one incident as a range: of rows that equal it PostgreSQL would rather make a list, of all
    # the parts of all there are, anew for each incident that is asked about.
    of_it = {"incident__gte": OuterRef("pk"), "incident__lte": OuterRef("pk")}
    return Q(Exists(announced.filter(own, **of_it))) | Q(Exists(named.filter(own_or_free, **of_it)))


def _newest_of_cause() -> QuerySet[Incident]:
    own = RecordVersion.objects.filter(incident=OuterRef(OuterRef(OuterRef("pk"))))
    named = RecordVersion.objects.filter(cause_name__in=with_a_cause(own).values("cause_name"))
    return _before_it().filter(pk__in=named.order_by().values("incident"))


def same_again(incident: Incident) -> list[Incident]:
    """Return the earlier incidents that a person said this one repeats, the oldest first."""
    newest = {
        each.earlier_id: each
        for each in Recurrence.objects.filter(incident=incident)
        .select_related("earlier")
        .order_by("decided_at", "pk")
    }
    found = [each.earlier for each in newest.values() if each.is_same]
    return sorted(found, key=lambda each: each.started_at)


def recurrence_between(incident: Incident, earlier: Incident) -> Recurrence | None:
    """Return what was last said of the two, None while nobody has."""
    found = Recurrence.objects.filter(incident=incident, earlier=earlier)
    return found.select_related("decided_by").order_by("-decided_at", "-pk").first()


def history_for(incident: Incident) -> History:
    """Return what the decision table wants to know of the past: recurrences, and visibility."""
    record = current_record(incident)
    fingerprint = ((record.data if record else {}).get("cause") or {}).get("fingerprint")
    window = Incident.objects.filter(
        page=incident.page,
        started_at__lt=incident.started_at,
        started_at__gte=incident.started_at - RECURRENCE_WINDOW,
    )
    same = earlier_with_same_cause(incident.page, fingerprint, incident.started_at)
    return History(
        same_cause=tuple(Earlier(i.started_at.date(), i.title) for i in same),
        any_recent=window.exists(),
        posted=Update.objects.filter(incident=incident).exists(),
    )


def proposal_for(incident: Incident) -> Proposal:
    """Return what the decision table proposes on the facts as they stand now."""
    record = current_record(incident)
    data = record.data if record else starting_record(incident)
    return propose(data, history_for(incident))


def cases_of(incidents: Iterable[Incident]) -> list[Case]:
    """Return the cases, open or closed, of those incidents that have one."""
    return list(Case.objects.filter(incident__in=[one.pk for one in incidents]))


def templates_of(page: Page) -> list[UpdateTemplate]:
    """Return the templates that are offered, by name."""
    return list(UpdateTemplate.objects.filter(page=page, retired_at=None))


def template_by_public_id(page: Page, public_id: str) -> UpdateTemplate:
    """Return the template while it is offered. Raises NotFound."""
    found = UpdateTemplate.objects.filter(page=page, public_id=public_id, retired_at=None).first()
    if found is None:
        raise NotFound("There is no such template here any more.")
    return found


def hold_in_force(incident: Incident) -> Hold | None:
    """Return the hold that keeps everything about the incident back, None when nothing does."""
    found = Hold.objects.filter(incident=incident, released_at=None)
    return found.select_related("placed_by").first()


def hold_about(page: Page, public_id: str) -> Hold | None:
    """Return the hold on the incident of this public id, None without one."""
    found = Hold.objects.filter(
        incident__page=page, incident__public_id=public_id, released_at=None
    )
    return found.select_related("placed_by").first()


def holds_in_force(page: Page) -> list[Hold]:
    """Return what is held, with its incident, by the day it is to be looked at again."""
    found = Hold.objects.filter(incident__page=page, released_at=None)
    return list(found.select_related("incident", "placed_by").order_by("look_again_on", "pk"))
