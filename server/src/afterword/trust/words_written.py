"""What was written for readers in a period: which next words they were promised, and what was
written down later than it began.

Updates are found by when they were written, once for both, and their incidents are asked for with
those of everything else: read together, the database reads through every incident there is.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Final

from django.db.models.fields.json import KT

from afterword.incidents.actions.updating import FARTHEST_PROMISE
from afterword.incidents.models import Kind, Status, Update
from afterword.trust.lookups import Row, by_key, instant, of_keys
from afterword.trust.periods import Period

_UPDATE: Final = ("pk", "incident_id", "created_at", "status", "author_label", "promised")


def updates_since(period: Period) -> list[Row]:
    """Return what was written in the period, or before it when the next word could still be
    promised for it, of every page.
    """
    since = _since(period)
    written = Update.objects.filter(created_at__gte=since, created_at__lt=period.ended).order_by()
    return list(written.annotate(promised=KT("extra__next_update_at")).values(*_UPDATE))


def next_words(period: Period, updates: Sequence[Row], incidents: Mapping[int, Row]) -> list[Row]:
    """Return the next words that readers were promised by an instant of the period: ``written_at``
    is when they were promised, ``promised`` by when, ``came_at`` when the next word was written.
    ``updates`` are those of ``updates_since``; those of other ``incidents`` are left out.

    Of what goes on, and of planned work, too: nobody waits less because of that. Words that were
    brought in from elsewhere neither promise here nor come.
    """
    promising = {
        each["incident_id"]
        for each in updates
        if each["promised"] is not None and each["incident_id"] in incidents
    }
    found = []
    for pk, said in by_key(_said(period, updates, promising, incidents), "incident_id").items():
        incident = incidents[pk]
        for word, after in zip_longest(said, said[1:]):
            promised = instant(word["promised"])
            if promised is not None and period.began <= promised < period.ended:
                found.append({
                    "about": incident["public_id"], "title": incident["title"],
                    "written_at": word["created_at"], "promised": promised,
                    "came_at": after["created_at"] if after else None,
                })  # fmt: skip
    return sorted(found, key=lambda each: (each["promised"], each["about"]))


def written_later(
    period: Period, updates: Sequence[Row], incidents: Mapping[int, Row]
) -> tuple[list[Row], list[Row]]:
    """Return what was written down within the period later than it began, whenever that was, with
    who did: what was over by then, and of what is run here what was not.

    Each is found by its first word, which was written at the same instant.
    """
    written: list[Row] = []
    dated_back: dict[str, Row] = {}
    for update, incident in _first_words(period, updates, incidents):
        found = {
            "created_at": update["created_at"],
            "author_label": update["author_label"],
            "incident__public_id": incident["public_id"],
            "incident__title": incident["title"],
            "incident__started_at": incident["started_at"],
            "incident__resolved_at": incident["resolved_at"],
            "incident__severity": incident["severity"],
        }
        if not incident["extra__backfilled"]:
            # Of several at one instant the first.
            dated_back.setdefault(incident["public_id"], found)
        elif update["status"] == Status.RESOLVED:
            written.append(found)
    return written, list(dated_back.values())


def _since(period: Period) -> datetime:
    return period.began - FARTHEST_PROMISE


def _said(
    period: Period,
    updates: Sequence[Row],
    promising: set[int],
    incidents: Mapping[int, Row],
) -> list[Row]:
    """Return every word about these incidents that was written here, in order."""
    before_or_after = Update.objects.exclude(
        created_at__gte=_since(period), created_at__lt=period.ended
    )
    others = before_or_after.order_by().annotate(promised=KT("extra__next_update_at"))
    every = [each for each in updates if each["incident_id"] in promising]
    every += of_keys(others, "incident_id", sorted(promising), *_UPDATE)
    ours = [
        each
        for each in every
        # What came from another page says itself when it was written, and keeps no promise here.
        if each["author_label"] or not incidents[each["incident_id"]]["source"]
    ]
    return sorted(ours, key=lambda each: (each["created_at"], each["pk"]))


def _first_words(
    period: Period, updates: Sequence[Row], incidents: Mapping[int, Row]
) -> Iterator[tuple[Row, Row]]:
    """Yield the words of the period by which something was written down later than it began, or
    when it was over, with their incident.
    """
    for update in sorted(updates, key=lambda each: int(each["pk"])):
        incident = incidents.get(update["incident_id"])
        if incident is None or incident["created_at"] != update["created_at"]:
            continue
        if incident["kind"] != Kind.INCIDENT or update["created_at"] < period.began:
            continue
        is_over = incident["extra__backfilled"] is not None and update["status"] == Status.RESOLVED
        is_later = not incident["source"] and incident["started_at"] < incident["created_at"]
        if is_over or is_later:
            yield update, incident
