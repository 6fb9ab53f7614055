"""One incident by itself: ``/incidents/<id>.json``, with what only the single answer has."""

from collections.abc import Sequence

from afterword.components.models import Page
from afterword.publishing.models import Publication, PublicationKind, PublicIncident
from afterword.site_builder.pages.api import frozen
from afterword.site_builder.pages.api.components import frozen_object
from afterword.site_builder.pages.api.incidents import incident_object
from afterword.site_builder.pages.api.texts import body_of
from afterword.site_builder.pages.api.values import Answer, document, stamp, stamp_or_null


def build(page: Page, incident: PublicIncident, words: Sequence[Publication]) -> bytes:
    """Return the bytes of ``/incidents/<id>.json``. ``words``: its publications by number.

    Its components are as they were when the newest word was published: a page that is never
    written again must not claim to know how they are today.
    """
    parts = frozen.incident_facts(words).get("parts", ())
    written = (frozen_object(page, each) for each in parts)
    answer = incident_object(page, incident, words, [each for each in written if each is not None])
    answer.setdefault("scheduled_for", stamp_or_null(incident.scheduled_for, page))
    answer.setdefault("scheduled_until", stamp_or_null(incident.scheduled_until, page))
    return document(answer | _plan(words) | _review(page, words))


def _plan(words: Sequence[Publication]) -> Answer:
    source = frozen.source_facts(words)
    return {
        "scheduled_remind_prior": False,
        "scheduled_reminded_at": None,
        "scheduled_auto_in_progress": source.get("scheduled_auto_in_progress", False),
        "scheduled_auto_completed": source.get("scheduled_auto_completed", False),
        "impact_override": source.get("impact_override"),
        "backfilled": source.get("backfilled", False),
    }


def _review(page: Page, words: Sequence[Publication]) -> Answer:
    """Return the summary under the names Statuspage gives to a published review."""
    statuses = frozen.statuses(words)
    explained = [
        each
        for each in words
        if each.kind == PublicationKind.SUMMARY
        or (each.kind == PublicationKind.UPDATE and statuses[each.number] == "postmortem")
    ]
    summary = explained[-1] if explained else None
    told = summary is not None and frozen.was_sent(summary)
    return {
        "postmortem_body": body_of(summary) if summary else None,
        "postmortem_body_last_updated_at": stamp(frozen.updated_at(summary), page)
        if summary
        else None,
        "postmortem_ignored": False,
        "postmortem_notified_subscribers": told,
        "postmortem_notified_twitter": False,
        "postmortem_published_at": stamp(summary.display_at, page) if summary else None,
    }
