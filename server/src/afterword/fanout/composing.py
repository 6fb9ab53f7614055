"""From a publication to the words of its mail: one folder of templates per kind of message."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override

from afterword.audience.links import WayOut, manage_url, unsubscribe_url, way_out_url
from afterword.components.models import Page
from afterword.fanout.own_figures import Section, lines_of
from afterword.kit.languages import day_in_words, instant_in_words, name_of, zone_named
from afterword.kit.markdown import plain_text
from afterword.kit.readable import readable
from afterword.postbox.marks import mark
from afterword.postbox.words import Words, render_words, without_marks
from afterword.publishing.models import Audience, Publication, PublicationKind, PublicIncident
from afterword.publishing.queries import translation_of

STATUS_WORDS = {
    "investigating": gettext_noop("Investigating"),
    "identified": gettext_noop("Identified"),
    "monitoring": gettext_noop("Monitoring"),
    "resolved": gettext_noop("Resolved"),
    "scheduled": gettext_noop("Planned work"),
    "in_progress": gettext_noop("Planned work has begun"),
    "verifying": gettext_noop("Planned work is being verified"),
    "completed": gettext_noop("Planned work is done"),
    "called_off": gettext_noop("Planned work is called off"),
}
PROMISE_WORDS = {
    "planned": gettext_noop("planned"),
    "in_progress": gettext_noop("in progress"),
    "done": gettext_noop("done"),
    "dropped": gettext_noop("dropped"),
}


def words_of(
    publication: Publication,
    language: str = "",
    zone: str = "",
    own: Sequence[int] = (),
    *,
    optional: bool = False,
    above: Sequence[Publication] = (),
) -> Words:
    """Return subject, text and HTML of the mail about a publication, with marks for each reader.

    ``language`` is that of the words around the text, by default the text's own. The text itself
    is in it where it was translated; else the mail says in which language it is. ``zone`` (IANA)
    is that of the time above the text, by default UTC; ``own`` how many lines are the recipient's,
    for each account that the letter is about.
    ``optional``: nothing demands the letter to a list, so it says how to get no more of them.
    ``above`` corrects the text and stands over it.
    """
    code = language or publication.language
    with override(code):
        context = _context(publication, code, zone, own)
        context["way_out_url"] = way_out_url(mark("token")) if optional else ""
        context["above"] = [_correction(each, code, zone) for each in above]
        return render_words(f"fanout/{publication.kind}", context)


def digest_words(
    page: Page, said: Sequence[Publication], language: str, zone: str, now: datetime
) -> Words:
    """Return the mail that tells several publications one below the other, with marks for the
    reader's links. ``now`` (UTC) gives its day, in the reader's zone or else the page's.
    """
    with override(language):
        day = now.astimezone(zone_named(zone or page.time_zone) or UTC).date()
        items = [_context(each, language, zone, ()) for each in said]
        return render_words(
            "fanout/digest",
            {
                "language": language,
                "page_name": without_marks(page.name),
                "day": day_in_words(day),
                "items": items,
                "to_list": False,
                "manage_url": manage_url(mark("token")),
                "unsubscribe_url": unsubscribe_url(mark("token")),
            },
        )


def list_id_of(page: Page) -> str:
    """Return what mail programs know the page's mails by."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"<{page.public_id}.status.{host}>"


def said_in_words(publication: Publication) -> dict[str, str]:
    """Return page, title, status, text, when and url of a publication, in the active language, and
    the format the text is in: markdown, or html that was made plain.
    """
    shown = _public_incident(publication)
    kinds = {
        PublicationKind.CLOSURE: gettext("Closed"),
        PublicationKind.SUMMARY: gettext("What happened"),
    }
    return {
        "page": without_marks(publication.page.name),
        "title": without_marks(publication.title),
        "status": kinds.get(PublicationKind(publication.kind)) or _status(publication, shown),
        "text": _text(publication),
        "format": publication.body_format,
        "when": instant_in_words(publication.display_at),
        "url": _address(publication, publication.language) if shown else "",
    }


def fill_of(name: str, own: Sequence[Section]) -> dict[str, str]:
    """Return what fills the marks of a letter to somebody on a list, in the active language."""
    greeting = gettext("Hello %(name)s,") % {"name": name} if name else gettext("Hello,")
    titles = {f"account_{_nth(n)}": each.title for n, each in enumerate(own) if each.title}
    lines = {f"own_{_nth(n)}": line for n, line in enumerate(lines_of(own))}
    return {"greeting": greeting} | titles | lines


def way_out_of(publication: Publication, email: str) -> dict[str, str]:
    """Return what fills the link by which somebody on a list gets no more that nothing demands."""
    return {"token": WayOut(publication.page_id, publication.language, email).token()}


def component_ids_of(publication: Publication) -> frozenset[str]:
    """Return the public ids of the parts the publication's incident is known to touch."""
    named = list(publication.facts.get("components", ()))
    shown = _public_incident(publication)
    if shown is not None:
        named += shown.components
    return frozenset(str(part["id"]) for part in named if part.get("id"))


def _nth(number: int) -> str:
    """Return a, b, … z, aa, ab, …: marks are named with letters."""
    name, left = "", number + 1
    while left:
        left, last = divmod(left - 1, 26)
        name = chr(ord("a") + last) + name
    return name


def _own(lengths: Sequence[int]) -> list[dict[str, Any]]:
    """Return the marks of each account's lines, with one for its name where there are several."""
    counter = count()
    return [
        {
            "title": mark(f"account_{_nth(n)}") if len(lengths) > 1 else "",
            "lines": [mark(f"own_{_nth(next(counter))}") for _ in range(length)],
        }
        for n, length in enumerate(lengths)
    ]


def _context(
    publication: Publication, language: str, zone: str, own: Sequence[int]
) -> dict[str, Any]:
    to_list = publication.audience == Audience.LIST
    shown = _public_incident(publication)
    incident = publication.facts.get("incident", {})
    said = publication.translations.get(language)
    if said is None and not to_list:
        said = translation_of(publication, language)
    said = said or publication
    return {
        "language": language,
        "text_language": "" if said.language == language else said.language,
        "note": _note(publication, said, language),
        "page_name": without_marks(publication.page.name),
        "page_url": f"{settings.PUBLIC_URL}/",
        "support_contact": without_marks(publication.page.support_contact),
        "kind": publication.kind,
        "status": _status(publication, shown),
        "title": without_marks(said.title),
        "incident_title": without_marks(str(incident.get("title") or publication.title)),
        "text": _plain(said),
        "html": without_marks(said.html),
        "when": instant_in_words(publication.display_at, zone or publication.page.time_zone),
        "components": _component_names(publication),
        "commitments": [_promise(each) for each in publication.commitments],
        "url": _address(publication, language) if shown else "",
        "to_list": to_list,
        "greeting": mark("greeting") if to_list else "",
        "own": _own(own),
        "manage_url": "" if to_list else manage_url(mark("token")),
        "unsubscribe_url": "" if to_list else unsubscribe_url(mark("token")),
    }


def _correction(publication: Publication, language: str, zone: str) -> dict[str, str]:
    """Return what a correction says above the text it corrects, translated where it is."""
    to_list = publication.audience == Audience.LIST
    said = (None if to_list else translation_of(publication, language)) or publication
    return {
        "text": _plain(said),
        "html": without_marks(said.html),
        "language": said.language,
        "when": instant_in_words(publication.display_at, zone or publication.page.time_zone),
    }


def _status(publication: Publication, shown: PublicIncident | None) -> str:
    status = str(publication.facts.get("update", {}).get("status", ""))
    if status == "completed" and shown is not None and shown.called_off:
        status = "called_off"
    return gettext(STATUS_WORDS.get(status, gettext_noop("Update")))


def _note(publication: Publication, said: Publication, language: str) -> str:
    original = {"language": name_of(publication.language)}
    if said is not publication:
        return gettext("Translated. The original is in %(language)s.") % original
    if publication.language != language:
        return gettext("This text is in %(language)s.") % original
    return ""


def _address(publication: Publication, language: str) -> str:
    page = publication.page
    elsewhere = language in page.languages and language != page.first_language
    lead = f"/{language}" if elsewhere else ""
    return f"{settings.PUBLIC_URL}{lead}/incidents/{publication.incident_id}/"


def _text(publication: Publication) -> str:
    raw = publication.body
    return without_marks(plain_text(raw) if publication.body_format == "html" else raw).strip()


def _plain(publication: Publication) -> str:
    """Return the text as the plain part of a mail has it; nobody should have to read Markdown."""
    if publication.body_format == "html":
        return _text(publication)
    return without_marks(readable(publication.body)).strip("\n")


def _component_names(publication: Publication) -> list[str]:
    parts = publication.facts.get("components", ())
    return [without_marks(str(part["name"])) for part in parts if part.get("name")]


def _promise(commitment: dict[str, Any]) -> dict[str, str]:
    due = commitment.get("due")
    try:
        day = date.fromisoformat(str(due)) if due else None
    except ValueError:
        day = None
    state = str(commitment.get("state", ""))
    return {
        "what": without_marks(str(commitment.get("what", ""))),
        "state": gettext(PROMISE_WORDS[state]) if state in PROMISE_WORDS else "",
        "due": day_in_words(day) if day else "",
    }


def _public_incident(publication: Publication) -> PublicIncident | None:
    return PublicIncident.objects.filter(
        page=publication.page, incident_id=publication.incident_id
    ).first()
