"""Incidents: ``/api/v2/incidents.json``, ``unresolved`` and ``resolved``."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from afterword.components.models import Page
from afterword.publishing.models import Publication, PublicIncident
from afterword.site_builder.pages.api import frozen
from afterword.site_builder.pages.api.contents import Contents
from afterword.site_builder.pages.api.texts import body_of
from afterword.site_builder.pages.api.values import Answer, stamp, stamp_or_null
from afterword.site_builder.places import incident_address

_AFFECTED = ("code", "name", "old_status", "new_status")


def incident_lists(contents: Contents) -> dict[str, Answer]:
    """Return the three lists by their name under ``/api/v2/``."""
    return {
        "incidents": {"incidents": _objects(contents, contents.incidents)},
        "incidents/unresolved": {"incidents": unresolved(contents)},
        "incidents/resolved": {"incidents": _objects(contents, contents.resolved)},
    }


def unresolved(contents: Contents) -> list[Answer]:
    """Return the incidents that are not over, the latest change first."""
    open_now = [each for each in contents.open_now if each.kind != "maintenance"]
    return _objects(contents, sorted(open_now, key=contents.updated_at, reverse=True))


def _objects(contents: Contents, incidents: Iterable[PublicIncident]) -> list[Answer]:
    return [listed(contents, each) for each in incidents]


def listed(contents: Contents, incident: PublicIncident) -> Answer:
    """Return an incident or maintenance as the lists hold it: its components as they are today."""
    words = contents.words[incident.incident_id]
    named = part_ids(incident, words)
    parts = [found for ident, found in contents.objects.items() if ident in named]
    return incident_object(contents.page, incident, words, parts)


def part_ids(incident: PublicIncident, words: Sequence[Publication]) -> set[str]:
    """Return the ids of every component the incident touched so far."""
    parts = frozen.incident_facts(words).get("parts", ())
    return {str(each["id"]) for each in (*parts, *incident.components)}


def incident_object(
    page: Page,
    incident: PublicIncident,
    words: Sequence[Publication],
    parts: Sequence[Mapping[str, Any]],
) -> Answer:
    """Return the object in the key order of the recordings; ``words`` by number."""
    statuses = frozen.statuses(words)
    said = frozen.newest_first(words)
    answer: Answer = {
        "id": incident.incident_id,
        "name": incident.title,
        "status": statuses[said[0].number] if said else incident.status,
        "created_at": stamp(frozen.incident_created_at(incident, words), page),
        "updated_at": stamp(frozen.incident_updated_at(incident, words), page),
        "monitoring_at": stamp_or_null(frozen.monitoring_at(words), page),
        "resolved_at": stamp_or_null(incident.resolved_at, page),
        "impact": incident.impact,
        "shortlink": short_link(page, incident, words),
        "started_at": stamp(incident.started_at, page),
        "page_id": page.public_id,
        "incident_updates": [update_object(page, each, statuses[each.number]) for each in said],
        "components": list(parts),
    }
    if incident.kind == "maintenance":
        answer["scheduled_for"] = stamp_or_null(incident.scheduled_for, page)
        answer["scheduled_until"] = stamp_or_null(incident.scheduled_until, page)
    else:
        answer["reminder_intervals"] = frozen.source_facts(words).get("reminder_intervals")
    return answer


def update_object(page: Page, word: Publication, status: str) -> Answer:
    tweet, tweet_id = frozen.tweet_of(word)
    return {
        "id": word.source_id,
        "status": status,
        "body": body_of(word),
        "incident_id": word.incident_id,
        "created_at": stamp(frozen.created_at(word), page),
        "updated_at": stamp(frozen.updated_at(word), page),
        "display_at": stamp(word.display_at, page),
        "affected_components": _affected(word),
        "deliver_notifications": frozen.was_sent(word),
        "custom_tweet": tweet,
        "tweet_id": tweet_id,
    }


def _affected(word: Publication) -> list[Answer] | None:
    """Return what the word touched, null when that is not known.

    PostgreSQL keeps the keys of what was frozen in an order of its own.
    """
    found = frozen.update_facts(word).get("affected")
    if found is None:
        return None
    return [{key: each[key] for key in _AFFECTED if key in each} for each in found]


def short_link(page: Page, incident: PublicIncident, words: Sequence[Publication]) -> str:
    """Return the address to share: the old page's while it lasts, else the incident's own."""
    known = frozen.source_facts(words).get("shortlink")
    if isinstance(known, str) and known.startswith(("https://", "http://")):
        return known
    return page.url.rstrip("/") + incident_address(incident.incident_id)
