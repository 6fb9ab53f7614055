"""Publish a statement in another language: with the statement, or added when it is ready."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.kit.errors import WrongState
from afterword.publishing.actions.facts import facts_of_incident
from afterword.publishing.actions.press import append, hold_page, show
from afterword.publishing.actions.rendering import html_of
from afterword.publishing.models import Audience, Publication, PublicationKind
from afterword.statements import translations
from afterword.statements.models import Statement, Translation


def publish_translation(*, actor: Actor, now: datetime, translation: Translation) -> Publication:
    """Add an approved translation to its published statement. Nobody is written to.

    Raises NotAllowed, and WrongState when the statement is not on the page, the translation is out
    already, or its approval does not hold at this moment, with the reason.
    """
    require(actor, "publish", page=translation.statement.incident.page_id)
    with transaction.atomic():
        page = hold_page(translation.statement.incident.page)
        original = _original(translation)
        if original is None:
            raise WrongState(
                "The text itself is not on the page. A translation goes out with it, or after it."
            )
        if is_published(translation):
            raise WrongState("This translation is published already.")
        stands = translations.standing(translation)
        if not stands.valid:
            raise WrongState(f"The translation cannot leave: {stands.why}.")
        publication = _append(translation, original, now)
        show(page=page, incident_id=original.incident_id, now=now)
        _record(actor, publication, now)
    return publication


def append_translations(
    *, actor: Actor, now: datetime, statement: Statement, original: Publication
) -> list[Publication]:
    """Publish the translations that are approved together with what they translate.

    Needs the held page, and the caller to derive what readers see. A letter to a list has none:
    its translation would have to be kept from the page as the letter itself is.
    """
    if original.audience == Audience.LIST:
        return []
    made = [_append(each, original, now) for each in translations.leaving(statement)]
    for each in made:
        _record(actor, each, now)
    return made


def is_published(translation: Translation) -> bool:
    """Whether this saved state of a translation has left."""
    return _of_source(translation, translation.public_id).exists()


def _original(translation: Translation) -> Publication | None:
    found = _of_source(translation, translation.statement.public_id)
    return found.exclude(audience=Audience.LIST).first()


def _of_source(translation: Translation, source_id: str) -> QuerySet[Publication]:
    incident = translation.statement.incident
    return Publication.objects.filter(
        page=incident.page, incident_id=incident.public_id, source_id=source_id
    )


def _append(translation: Translation, original: Publication, now: datetime) -> Publication:
    return append(composed_translation(translation=translation, original=original, now=now))


def composed_translation(
    *, translation: Translation, original: Publication, now: datetime
) -> Publication:
    """Return it ready to be printed. No linter's version: where no rules exist for a language,
    none was checked.
    """
    return Publication(
        page=original.page,
        kind=PublicationKind.TRANSLATION,
        incident_id=original.incident_id,
        source_id=translation.public_id,
        title=translation.title,
        body=translation.body,
        html=html_of(translation.body, "markdown"),
        language=translation.language,
        facts={"incident": facts_of_incident(translation.statement.incident)},
        audience=Audience.PAGE,
        corrects=original,
        display_at=now,
        published_at=now,
    )


def _record(actor: Actor, publication: Publication, now: datetime) -> None:
    record_act(
        actor=actor,
        verb="publishing.publish_translation",
        subject=f"incident:{publication.incident_id}",
        now=now,
        detail={"publication": publication.number, "language": publication.language},
    )
