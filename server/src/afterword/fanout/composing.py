"""From a publication to the words of its mail: one folder of templates per kind of message."""

from datetime import date
from typing import Any

from django.conf import settings

from afterword.audience.links import manage_url, unsubscribe_url
from afterword.kit.markdown import plain_text
from afterword.kit.timespans import long_utc
from afterword.postbox.words import Words, mark, render_words, without_marks
from afterword.publishing.models import Audience, Publication, PublicIncident

STATUS_WORDS = {
    "investigating": "Investigating",
    "identified": "Identified",
    "monitoring": "Monitoring",
    "resolved": "Resolved",
    "scheduled": "Planned work",
    "in_progress": "Planned work has begun",
    "verifying": "Planned work is being verified",
    "completed": "Planned work is done",
}


def words_of(publication: Publication) -> Words:
    """Return subject, text and HTML of the mail about a publication, with marks for each reader."""
    return render_words(f"fanout/{publication.kind}", _context(publication))


def component_ids_of(publication: Publication) -> frozenset[str]:
    """Return the public ids of the parts the publication's incident is known to touch."""
    named = list(publication.facts.get("components", ()))
    shown = _public_incident(publication)
    if shown is not None:
        named += shown.components
    return frozenset(str(part["id"]) for part in named if part.get("id"))


def _context(publication: Publication) -> dict[str, Any]:
    to_list = publication.audience == Audience.LIST
    shown = _public_incident(publication)
    incident = publication.facts.get("incident", {})
    return {
        "language": publication.language,
        "page_name": without_marks(publication.page.name),
        "page_url": f"{settings.PUBLIC_URL}/",
        "support_contact": without_marks(publication.page.support_contact),
        "kind": publication.kind,
        "status": _status(publication),
        "title": without_marks(publication.title),
        "incident_title": without_marks(str(incident.get("title") or publication.title)),
        "text": _text(publication),
        "html": without_marks(publication.html),
        "when": long_utc(publication.display_at),
        "components": _component_names(publication),
        "commitments": [_promise(each) for each in publication.commitments],
        "url": f"{settings.PUBLIC_URL}/incidents/{publication.incident_id}/" if shown else "",
        "to_list": to_list,
        "greeting": mark("greeting") if to_list else "",
        "manage_url": "" if to_list else manage_url(mark("token")),
        "unsubscribe_url": "" if to_list else unsubscribe_url(mark("token")),
    }


def _status(publication: Publication) -> str:
    status = str(publication.facts.get("update", {}).get("status", ""))
    return STATUS_WORDS.get(status, "Update")


def _text(publication: Publication) -> str:
    raw = publication.body
    return without_marks(plain_text(raw) if publication.body_format == "html" else raw).strip()


def _component_names(publication: Publication) -> list[str]:
    parts = publication.facts.get("components", ())
    return [without_marks(str(part["name"])) for part in parts if part.get("name")]


def _promise(commitment: dict[str, Any]) -> dict[str, str]:
    due = commitment.get("due")
    try:
        day = date.fromisoformat(str(due)) if due else None
    except ValueError:
        day = None
    return {
        "what": without_marks(str(commitment.get("what", ""))),
        "state": without_marks(str(commitment.get("state", ""))).replace("_", " "),
        "due": f"{day.day} {day:%B %Y}" if day else "",
    }


def _public_incident(publication: Publication) -> PublicIncident | None:
    return PublicIncident.objects.filter(
        page=publication.page, incident_id=publication.incident_id
    ).first()
