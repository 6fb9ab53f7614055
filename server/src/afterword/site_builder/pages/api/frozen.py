"""Reads what was frozen beside a publication, which older ones may lack in part."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from afterword.publishing.models import Audience, Publication, PublicationKind, PublicIncident
from afterword.publishing.projection import OVER
from afterword.site_builder.moments import instant

_AFTERWARDS = "postmortem"


def incident_facts(words: Sequence[Publication]) -> dict[str, Any]:
    """Return the incident as the newest word froze it."""
    found = words[-1].facts.get("incident") if words else None
    return found if isinstance(found, dict) else {}


def source_facts(words: Sequence[Publication]) -> dict[str, Any]:
    """Return what the page it was imported from said of the incident, if anything."""
    found = incident_facts(words).get("source")
    return found if isinstance(found, dict) else {}


def update_facts(word: Publication) -> dict[str, Any]:
    found = word.facts.get("update")
    return found if isinstance(found, dict) else {}


def created_at(word: Publication) -> datetime:
    """Return when the word was written: its own time, not the one it is shown under."""
    known = instant(update_facts(word).get("created_at"))
    return known or (word.display_at if word.imported else word.published_at)


def updated_at(word: Publication) -> datetime:
    return instant(update_facts(word).get("updated_at")) or created_at(word)


def newest_first(words: Sequence[Publication]) -> list[Publication]:
    return sorted(words, key=lambda each: (created_at(each), each.number), reverse=True)


def incident_created_at(incident: PublicIncident, words: Sequence[Publication]) -> datetime:
    known = instant(incident_facts(words).get("created_at"))
    return known or min((created_at(each) for each in words), default=incident.started_at)


def incident_updated_at(incident: PublicIncident, words: Sequence[Publication]) -> datetime:
    """Return the newest change of the incident or of any of its words."""
    known = instant(incident_facts(words).get("updated_at"))
    changes = [updated_at(each) for each in words]
    if known is not None:
        changes.append(known)
    return max(changes, default=incident.updated_at)


def monitoring_at(words: Sequence[Publication]) -> datetime | None:
    """Return when the first word said that it is being watched, as shown."""
    known = instant(incident_facts(words).get("monitoring_at"))
    said = (each.display_at for each in words if update_facts(each).get("status") == "monitoring")
    return known or next(said, None)


def statuses(words: Sequence[Publication]) -> dict[int, str]:
    """Return the status each word stands for, by its number.

    A published summary is what Statuspage calls a postmortem: the incident stays in that status,
    unless it is opened again.
    """
    found: dict[int, str] = {}
    explained = False
    for each in sorted(words, key=lambda word: (created_at(word), word.number)):
        own = update_facts(each)
        state = each.facts.get("incident")
        status = own.get("status") or (state or {}).get("status", "resolved")
        if status not in OVER:
            explained = False
        if each.kind == PublicationKind.SUMMARY or own.get("statuspage_status") == _AFTERWARDS:
            explained = status == "resolved"
        found[each.number] = _AFTERWARDS if explained else status
    return found


def was_sent(word: Publication) -> bool:
    """Whether subscribers were told."""
    known = update_facts(word).get("deliver_notifications")
    return known if isinstance(known, bool) else word.audience == Audience.SUBSCRIBERS


def tweet_of(word: Publication) -> tuple[str | None, int | None]:
    """Return (text, id) of what was posted with the word; the id is kept as text when long."""
    own = update_facts(word)
    text, number = own.get("custom_tweet"), own.get("tweet_id")
    if isinstance(number, str) and number.isascii() and number.isdecimal():
        number = int(number)
    return text if isinstance(text, str) else None, number if isinstance(number, int) else None
