"""The Atom feed, in the shape Statuspage's readers know (COMPAT 1.8)."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext

from afterword.components.models import Page
from afterword.kit.languages import ENGLISH, day_in_words, language
from afterword.kit.timespans import iso_utc
from afterword.publishing import queries
from afterword.publishing.models import Publication, PublicationKind, PublicIncident, PublicPromise
from afterword.site_builder.places import incident_address
from afterword.site_builder.promise_counts import counts, counts_of, in_a_line
from afterword.site_builder.promise_rows import newest_change
from afterword.site_builder.tongues import as_said, spoken_at
from afterword.site_builder.words import KIND, MONTHS, PROMISE, STATUS

# What XML 1.0 cannot carry, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def build(page: Page) -> bytes:
    """Return the bytes of ``/history.atom``: the 25 incidents with the newest word."""
    newest = newest_words(page)
    newest_first = sorted(
        newest, key=lambda each: (published_of(each[0]), each[0].incident_id), reverse=True
    )
    home, itself = spoken_at(page, "/"), spoken_at(page, "/history.atom")
    host = urlsplit(page.url).netloc
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xml:lang="{language_tag()}" xml:base="{xml_text(home)}" '
        'xmlns="http://www.w3.org/2005/Atom">',
        f"<id>tag:{xml_text(host)},2005:{_lead(page)}/history</id>",
        f'<link rel="alternate" type="text/html" href="{xml_text(home)}"/>',
        f'<link rel="self" type="application/atom+xml" href="{xml_text(itself)}"/>',
        f"<title>{xml_text(title_of(page))}</title>",
        *([f"<subtitle>{xml_text(said)}</subtitle>"] if (said := promises_so_far(page)) else []),
        f"<updated>{iso_utc(updated_of_all(page, newest))}</updated>",
        f"<author><name>{xml_text(page.name)}</name></author>",
        *(entry_of(page, *each) for each in newest_first),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


Told = tuple[PublicIncident, list[Publication], list[PublicPromise]]


def newest_words(page: Page) -> list[Told]:
    """Return what every feed holds: the 25 incidents with the newest word, each with all words and
    all promises.
    """
    incidents = queries.feed_entries(page)
    names = [each.incident_id for each in incidents]
    words = queries.publications_of_many(page, names)
    promises = queries.promises_of_many(page, names)
    return [(each, words[each.incident_id], promises[each.incident_id]) for each in incidents]


def promises_so_far(page: Page) -> str:
    """Return how many promises there are of each outcome, "" where nothing was ever promised."""
    tally = queries.tally(page, "promise")
    if not sum(tally.values()):
        return ""
    # Translators: of a list such as "Late now: 1; To come: 2".
    return gettext("Promises so far. %(counts)s") % {"counts": in_a_line(counts(tally))}


def updated_of(incident: PublicIncident, promises: Sequence[PublicPromise]) -> datetime:
    """Return when the entry changed: by a word, or by a promise whose day was over."""
    return max(incident.updated_at, newest_change(promises) or incident.updated_at)


def updated_of_all(page: Page, newest: Sequence[Told]) -> datetime:
    """Return when the feed changed: an entry, or how promises stand (of any incident). Days that
    turn nothing change nothing.
    """
    changed = [updated_of(incident, promises) for incident, _, promises in newest]
    turned = newest_change(queries.newest_turns(page))
    return max([*changed, *([turned] if turned else [])], default=page.created_at)


def published_of(incident: PublicIncident) -> datetime:
    """Return when the newest word was shown; for planned work, when it is planned to begin."""
    if incident.status == "scheduled" and incident.scheduled_for:
        return incident.scheduled_for
    return incident.newest_at


def title_of(page: Page) -> str:
    """Return what every feed is called, in the active language."""
    return gettext("%(page)s Status - Incident History") % {"page": page.name}


def language_tag() -> str:
    """Return the active language as feeds name it; for English as Statuspage does."""
    return "en-US" if language() == ENGLISH else language()


def _lead(page: Page) -> str:
    """Return what tells feeds in different languages apart, nothing for the page's first."""
    return "" if language() == page.first_language else f"/{language()}"


def entry_of(
    page: Page,
    incident: PublicIncident,
    words: Sequence[Publication],
    promises: Sequence[PublicPromise],
) -> str:
    """Return an incident's entry in the feed, as XML."""
    host, published = urlsplit(page.url).netloc, published_of(incident)
    address = spoken_at(page, incident_address(incident.incident_id))
    updated = updated_of(incident, promises)
    return "\n".join(
        (
            "<entry>",
            f"<id>tag:{xml_text(host)},2005:Incident/{xml_text(incident.incident_id)}</id>",
            f"<published>{iso_utc(published)}</published>",
            f"<updated>{iso_utc(updated)}</updated>",
            f'<link rel="alternate" type="text/html" href="{xml_text(address)}"/>',
            f"<title>{xml_text(incident.title)}</title>",
            f'<content type="html">{xml_text(content_of(incident, words, promises))}</content>',
            "</entry>",
        )
    )


def content_of(
    incident: PublicIncident, words: Sequence[Publication], promises: Sequence[PublicPromise]
) -> str:
    """Return the entry's HTML: every word said, newest first, a repeated status as Update.

    In the active language, translations in the place of what they translate. What became of the
    promises stands below the newest text that brought some, which has them as they stood in it.
    """
    said = []
    before = None
    bringing = [each.pk for each in words if each.kind in queries.ANSWERING and _lines(each)]
    for each in words:
        label = KIND.get(each.kind, KIND["update"])
        if each.kind == PublicationKind.UPDATE:
            status = each.facts.get("update", {}).get("status", "")
            label = KIND["update"] if status == before else STATUS.get(status, KIND["update"])
            before = status
        promised = _promised(each) if each.kind in queries.ANSWERING else ""
        if bringing and each.pk == bringing[-1]:
            promised += _went(promises)
        said.append(_word(label, each) + promised)
    if incident.status == "scheduled" and incident.scheduled_for:
        said.append(_planned(incident.scheduled_for, incident.scheduled_until))
    return "".join(reversed(said))


def _word(label: str, publication: Publication) -> str:
    moment = publication.display_at
    opening = f"<p><small>{_when(moment)} UTC</small><br><strong>{escape(label)}</strong> - "
    html = as_said(publication).html.strip()
    if html.startswith("<p>"):
        return opening + html.removeprefix("<p>")
    if re.match(r"<(ul|ol|h[2-6]|pre|blockquote|table|hr)\b", html):
        return f"{opening}</p>{html}"
    return f"{opening}{html}</p>"


def _promised(publication: Publication) -> str:
    """Return the promises that a closure or summary carries, as they stood in it."""
    lines = _lines(publication)
    if not lines:
        return ""
    return f"<p><strong>{escape(gettext('What we promised'))}</strong></p><ul>{''.join(lines)}</ul>"


def _lines(publication: Publication) -> list[str]:
    return [_promise(each) for each in publication.commitments if each.get("what")]


def _went(promises: Sequence[PublicPromise]) -> str:
    """Return how many of an incident's promises are kept, late, dropped ... as readers know it."""
    said = in_a_line(counts_of(promises))
    if not said:
        return ""
    heading = escape(gettext("How the promises stand"))
    return f"<p><strong>{heading}</strong> - {escape(said)}</p>"


def _promise(view: Mapping[str, Any]) -> str:
    state, day = str(view.get("state")), _day(view.get("done_on") or view.get("due"))
    words = [PROMISE.get(state, PROMISE["planned"])]
    if day and state != "dropped":
        said = gettext("on %(day)s") if state == "done" else gettext("by %(day)s")
        words.append(said % {"day": day})
    return f"<li>{escape(str(view['what']))} ({escape(', '.join(words))})</li>"


def _day(text: object) -> str:
    try:
        return day_in_words(date.fromisoformat(str(text))) if text else ""
    except ValueError:
        return ""


def _planned(begin: datetime, end: datetime | None) -> str:
    span = _when(begin)
    if end and end.date() == begin.date():
        span += f" - <var data-var='time'>{end:%H:%M}</var>"
    elif end:
        span += f" UTC &nbsp;-&nbsp; {_when(end)}"
    said = gettext("THIS IS A SCHEDULED EVENT")
    return f"<p><strong>{escape(said)} {span} UTC</strong></p>"


def _when(moment: datetime) -> str:
    if language() == ENGLISH:
        day = f"{MONTHS[moment.month - 1][:3]} <var data-var='date'>{moment.day}</var>"
    else:
        day = escape(day_in_words(moment.astimezone(UTC).date()))
    return f"{day}, <var data-var='time'>{moment:%H:%M}</var>"


def xml_text(text: str) -> str:
    """Return text that XML can carry, escaped for content and attributes."""
    return escape(_NOT_XML.sub("", text))
