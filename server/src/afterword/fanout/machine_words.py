"""What a publication says to machines and chat rooms: one JSON body per channel.

The webhook's body is a Standard Webhooks event and, in the same object, Statuspage's: ``meta``,
``page`` and ``incident`` with every update. Signing and handing over are ``postbox.hooks``.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils.translation import override

from afterword.audience.links import hook_url
from afterword.audience.models import Channel
from afterword.components.models import Page
from afterword.components.queries import open_components, rollup
from afterword.fanout.composing import said_in_words
from afterword.kit.chat_text import DISCORD, SLACK, TEAMS, Dialect, in_chat
from afterword.kit.timespans import iso_utc
from afterword.postbox.lines import one_line
from afterword.postbox.marks import mark
from afterword.postbox.words import Words, without_marks
from afterword.publishing.models import Publication, PublicationKind, PublicIncident
from afterword.publishing.queries import publications_of

LONGEST_SLACK, LONGEST_DISCORD, LONGEST_TEAMS = 2800, 3900, 5000
"""Characters; Slack takes 3,000 in a section, Discord 4,096 in an embed, Teams 28 KB in all."""
_DISCORD_TITLE: Final = 250
_NO_PEOPLE_CALLED: Final[dict[str, list[str]]] = {"parse": []}


def machine_words(publication: Publication, channel: str) -> Words:
    """Return the body of a channel's message as the words of a letter, in the text's language."""
    with override(publication.language):
        said = said_in_words(publication)
        room = _ROOMS.get(Channel(channel))
        body = room(said) if room else _webhook(publication, said)
    return Words(one_line(said["title"], 180), json.dumps(body, ensure_ascii=False), "")


def test_words(page: Page, channel: str) -> Words:
    """Return a message that says it is a test, in the shape of the channel's others."""
    name = without_marks(page.name)
    text = f"This is a test from the status page of {name}. Nothing has happened."
    said = {
        "title": f"Test: {name}", "status": "Test", "text": text, "when": "", "page": name,
        "url": f"{settings.PUBLIC_URL}/",
    }  # fmt: skip
    if channel == Channel.WEBHOOK:
        body: dict[str, Any] = {
            "type": "test",
            "data": {"title": said["title"], "text": text, "url": said["url"]},
            "meta": {"unsubscribe": hook_url(mark("token"))},
        }
    else:
        body = _ROOMS[Channel(channel)](said)
    return Words(one_line(said["title"], 180), json.dumps(body, ensure_ascii=False), "")


def _webhook(publication: Publication, said: dict[str, str]) -> dict[str, Any]:
    at = iso_utc(publication.published_at)
    shown = PublicIncident.objects.filter(
        page=publication.page, incident_id=publication.incident_id
    ).first()
    # That of the whole page, as status.json says it: receivers colour by it.
    now = rollup(open_components(publication.page))
    return {
        "type": f"incident.{publication.kind}",
        "timestamp": at,
        "data": {
            "publication": publication.number,
            "kind": publication.kind,
            "language": publication.language,
            "incident_id": publication.incident_id,
            "title": said["title"],
            "status": said["status"],
            "text": said["text"],
            "url": said["url"],
        },
        "meta": {
            "unsubscribe": hook_url(mark("token")),
            "documentation": f"{settings.PUBLIC_URL}/",
            "generated_at": at,
        },
        "page": {
            "id": publication.page.public_id,
            "status_indicator": now.indicator,
            "status_description": now.description,
        },
        "incident": _incident(publication, shown, said["url"]) if shown else None,
    }


def _incident(publication: Publication, shown: PublicIncident, url: str) -> dict[str, Any]:
    words = [
        each
        for each in publications_of(publication.page, publication.incident_id)
        if each.kind in {PublicationKind.UPDATE, PublicationKind.CLOSURE}
    ]
    return {
        "id": shown.incident_id,
        "page_id": publication.page.public_id,
        "name": without_marks(shown.title),
        "status": shown.status,
        "impact": shown.impact,
        "impact_override": None,
        "shortlink": url,
        "created_at": iso_utc(shown.started_at),
        "started_at": iso_utc(shown.started_at),
        "updated_at": iso_utc(shown.updated_at),
        "monitoring_at": _watched_since(words),
        "resolved_at": _or_none(shown.resolved_at),
        "scheduled_for": _or_none(shown.scheduled_for),
        "scheduled_until": _or_none(shown.scheduled_until),
        "metadata": {},
        "components": [
            {"id": part.get("id"), "name": part.get("name"), "status": part.get("status")}
            for part in shown.components
        ],
        "incident_updates": [
            {
                "id": each.source_id,
                "incident_id": shown.incident_id,
                "status": each.facts.get("update", {}).get("status", shown.status),
                "body": without_marks(each.body),
                "created_at": iso_utc(each.display_at),
                "display_at": iso_utc(each.display_at),
                "updated_at": iso_utc(each.published_at),
                "affected_components": [
                    {"code": part.get("id"), "name": part.get("name")}
                    for part in each.facts.get("components", ())
                ],
            }
            for each in sorted(words, key=lambda one: -one.number)
        ],
    }


def _watched_since(words: Sequence[Publication]) -> str | None:
    """Return when it was first said that it is being watched, UTC, oldest word first."""
    frozen = words[-1].facts.get("incident", {}).get("monitoring_at") if words else None
    if isinstance(frozen, str):
        return iso_utc(datetime.fromisoformat(frozen))
    said = (
        each.display_at
        for each in words
        if each.facts.get("update", {}).get("status") == "monitoring"
    )
    return _or_none(next(said, None))


def _slack(said: dict[str, str]) -> dict[str, Any]:
    title, page = SLACK.plain(said["title"]), SLACK.plain(said["page"])
    link = SLACK.link(said["page"], said["url"]) if said["url"] else page
    text = "\n\n".join(_blocks(said, SLACK, LONGEST_SLACK))
    # What is shown where blocks are not, as in the notification on a phone.
    brief = SLACK.plain(one_line(f"{said['status']}: {said['title']}", 200))
    head = f"*{title}*\n{SLACK.plain(said['status'])}"
    return {
        "text": brief,
        "blocks": [
            {"type": "section", "text": _mrkdwn(head)},
            {"type": "section", "text": _mrkdwn(text or "–")},
            {"type": "context", "elements": [_mrkdwn(f"{link} · {said['when']}")]},
        ],
    }


def _mrkdwn(text: str) -> dict[str, Any]:
    # Verbatim: Slack looks for no names of people, rooms and groups in it.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _teams(said: dict[str, str]) -> dict[str, Any]:
    body = [
        _line(TEAMS.plain(said["title"]), weight="Bolder", size="Medium"),
        _line(TEAMS.plain(f"{said['status']} · {said['when']}"), isSubtle=True),
        *(_line(each) for each in _blocks(said, TEAMS, LONGEST_TEAMS)),
    ]
    opens = [{"type": "Action.OpenUrl", "title": said["page"], "url": said["url"]}]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": opens if said["url"] else [],
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "content": card}]}


def _discord(said: dict[str, str]) -> dict[str, Any]:
    title = DISCORD.plain(said["title"])
    embed = {
        # Cut before it is escaped, so that no sign is cut from its backslash.
        "title": title if len(title) <= _DISCORD_TITLE else one_line(said["title"], 120),
        "description": "\n\n".join(_blocks(said, DISCORD, LONGEST_DISCORD)),
        "footer": {"text": one_line(f"{said['page']} · {said['when']}", 250)},
    }
    if said["url"]:
        embed["url"] = said["url"]
    return {
        "content": one_line(said["status"], 200),
        "embeds": [embed],
        "allowed_mentions": _NO_PEOPLE_CALLED,
    }


_ROOMS: Final = {Channel.SLACK: _slack, Channel.TEAMS: _teams, Channel.DISCORD: _discord}


def _blocks(said: dict[str, str], dialect: Dialect, longest: int) -> list[str]:
    markdown = said.get("format") != "html"
    return in_chat(said["text"], dialect, longest=longest, markdown=markdown)


def _line(text: str, **how: Any) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, "wrap": True, **how}


def _or_none(moment: datetime | None) -> str | None:
    return iso_utc(moment) if moment else None
