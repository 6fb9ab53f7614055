"""What became of the promises: said on the page when they move on, slip or are kept."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, ngettext, override

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.commitments import queries as commitments
from afterword.components.models import Page
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record
from afterword.kit.errors import WrongState
from afterword.kit.languages import day_in_words
from afterword.kit.texts import optional_text
from afterword.publishing.actions.facts import facts_of_incident
from afterword.publishing.actions.press import append, hold_page, show
from afterword.publishing.actions.rendering import html_of
from afterword.publishing.actions.statement import WITH_PROMISES
from afterword.publishing.actions.wordsafe import refuse_blocked_promises, refuse_blocked_update
from afterword.publishing.corrections import withdrawn_by
from afterword.publishing.models import Audience, Publication, PublicationKind
from afterword.wording.queries import linter_version

NOTE_LENGTH = 5_000
Views = Sequence[Mapping[str, Any]]


def publish_promises(
    *, actor: Actor, now: datetime, incident: Incident, note: str = "", notify: bool = False
) -> Publication:
    """Publish the incident's promises as they stand now, with a sentence for each that changed.

    ``note`` is put below, in Markdown. Subscribers are told if ``notify``. Raises NotAllowed,
    WrongState (nothing promised in public yet, or the page says all of it already) and
    TextRejected (wording errors in the note or in a promise).
    """
    require(actor, "publish", page=incident.page_id)
    note = optional_text(note, field="note", limit=NOTE_LENGTH, single_line=False)
    record = current_record(incident)
    data = record.data if record else None
    if note:
        refuse_blocked_update(
            title="", body=note, record_data=data, incident_ref=incident.public_id
        )
    with transaction.atomic():
        page = hold_page(incident.page)
        views = [commitments.public_view(each) for each in commitments.of_incident(incident)]
        refuse_blocked_promises(views, record_data=data, incident_ref=incident.public_id)
        changed = changed_since(views, shown_promises(incident))
        if not changed and not note:
            raise WrongState("The page says all of this already. Add a note, or change a promise.")
        with override(page.first_language):
            title = title_of(changed)
            said = [sentence_on(each) for each in changed]
        body = "\n\n".join([*said, *([note] if note else [])])
        update = promise_update(
            incident=incident, page=page, views=views, title=title, body=body, now=now
        )
        update.audience = Audience.SUBSCRIBERS if notify else Audience.PAGE
        publication = append(update)
        show(page=page, incident_id=incident.public_id, now=now)
        record_act(
            actor=actor,
            verb="publishing.publish_promises",
            subject=f"incident:{incident.public_id}",
            now=now,
            detail={
                "publication": publication.number,
                "commitments": [each["id"] for each in changed],
                "notify": notify,
            },
        )
        return publication


def promise_update(
    *, incident: Incident, page: Page, views: Views, title: str, body: str, now: datetime
) -> Publication:
    """Return the next publication about the incident's promises, complete but for its audience,
    its number and its place in the chain.
    """
    shown = Publication.objects.filter(
        page=page, incident_id=incident.public_id, kind=PublicationKind.COMMITMENT_UPDATE
    )
    return Publication(
        page=page,
        kind=PublicationKind.COMMITMENT_UPDATE,
        incident_id=incident.public_id,
        source_id=f"promises-{len(shown) + 1}",
        title=title,
        body=body,
        html=html_of(body, "markdown"),
        language=page.first_language,
        facts={"incident": facts_of_incident(incident)},
        commitments=views,
        linter_version=linter_version(),
        display_at=now,
        published_at=now,
    )


def sentence_on(view: Mapping[str, Any]) -> str:
    """Return one sentence on a promise: ``Done on 8 March 2026: every certificate is checked.``"""
    what = str(view["what"]).rstrip(". ")
    done, due = _day(view.get("done_on")), _day(view.get("due"))
    match view["state"]:
        case "done" if done:
            said = gettext("Done on %(day)s: %(what)s.") % {"day": done, "what": what}
        case "done":
            said = gettext("Done: %(what)s.") % {"what": what}
        case "dropped":
            why = str(view["dropped_because"]).rstrip(". ")
            said = gettext("Dropped: %(what)s. Why: %(why)s.") % {"what": what, "why": why}
        case "in_progress" if due:
            said = gettext("In progress, due %(day)s: %(what)s.") % {"day": due, "what": what}
        case "in_progress":
            said = gettext("In progress: %(what)s.") % {"what": what}
        case _ if due:
            said = gettext("Planned, due %(day)s: %(what)s.") % {"day": due, "what": what}
        case _:
            said = gettext("Planned: %(what)s.") % {"what": what}
    return said


def shown_promises(incident: Incident) -> Views:
    """Return the promises as the page shows them now: as the newest text that stands has them.

    Raises WrongState while none is shown and the closure or summary that brings them is to come.
    """
    shown = Publication.objects.filter(page=incident.page, incident_id=incident.public_id)
    told = list(shown.exclude(audience=Audience.LIST).order_by("-number"))
    gone = withdrawn_by(told)
    standing = (each.commitments for each in told if each.commitments and each.pk not in gone)
    newest = next(standing, None)
    if newest is None and not any(each.kind in WITH_PROMISES for each in told):
        raise WrongState(
            "Nothing is promised in public for this incident yet: promises first go out with its "
            "closure or summary."
        )
    return list(newest or ())


def changed_since(views: Views, published: Views) -> list[Mapping[str, Any]]:
    """Return the promises that stand otherwise than they were published, or were not."""
    before = {each["id"]: each for each in published}
    return [each for each in views if before.get(each["id"]) != each]


def title_of(changed: Views) -> str:
    """Return the title of a text that tells how these promises changed."""
    if len(changed) == 1 and changed[0]["state"] == "done":
        return gettext("A promise is kept")
    if changed and all(each["state"] == "done" for each in changed):
        kept = ngettext("%(count)s promise is kept", "%(count)s promises are kept", len(changed))
        return kept % {"count": len(changed)}
    return gettext("What became of our promises")


def _day(text: str | None) -> str:
    return day_in_words(date.fromisoformat(text)) if text else ""
