"""What readers would get of a text if it left now. Writes nothing and asks for nothing."""

import copy
import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime

from afterword.followups.queries import recipients_for
from afterword.incidents.queries import current_record
from afterword.kit.errors import WrongState
from afterword.publishing.actions.correction import corrected_by, facts_of_correction, reach_of
from afterword.publishing.actions.facts import facts_of_statement
from afterword.publishing.actions.statement import composed
from afterword.publishing.actions.translation import composed_translation
from afterword.publishing.corrections import as_read
from afterword.publishing.models import Audience, Publication, PublicIncident, PublicPromise
from afterword.publishing.projection import derive, on_the_page
from afterword.publishing.promised import TAKEN_BACK, promised
from afterword.statements import translations
from afterword.statements.models import Statement, StatementState, Weight
from afterword.statements.promises import promises_leaving
from afterword.statements.queries import amendment_of, newest_revision, told_text

# Stands where a row has its key, so that what names a publication can name this one.
_NOT_STORED = -1


@dataclass(frozen=True)
class Preview:
    """One publication as it would be, and what the page would show of its incident with it.

    ``incident`` is None for a letter, which the page does not show, and so are ``shown`` (what
    readers get, by number) and ``promises`` empty. ``undecided`` says, in words, why it is not
    settled yet who gets it.
    """

    publication: Publication
    incident: PublicIncident | None
    shown: list[Publication]
    promises: list[PublicPromise]
    undecided: str = ""


def preview_of(*, statement: Statement, title: str, body: str, now: datetime) -> Preview:
    """Return what would come of the text with this title and body, approved or not.

    Made by what publishing itself is made of: the same facts, promises, translations and
    corrections. Raises WrongState for the correction of a text that is withdrawn.
    """
    incident, record = copy.copy(statement.incident), current_record(statement.incident)
    data = record.data if record else None
    amendment, corrected = amendment_of(statement), corrected_by(statement)
    if amendment is not None and amendment.weight == Weight.TITLE:
        incident.title = title
    reach, undecided = _reach(statement)
    publication = composed(
        statement=statement,
        text=told_text(incident, title, body).text,
        now=now,
        facts=(
            facts_of_statement(incident, data)
            if amendment is None
            else facts_of_correction(incident, amendment, data)
        ),
        promises=promises_leaving(statement),
        reach=reach,
        corrected=corrected,
        record=record,
        accepted=[],
    )
    publication.pk = _NOT_STORED
    if publication.audience == Audience.LIST:
        return Preview(publication, None, [], [], undecided)
    return _with_the_page(statement, publication, now, undecided)


def would_leave(*, statement: Statement, now: datetime) -> Publication:
    """Return what would be published of the newest revision, approved or not; it is not stored.

    Raises WrongState for a text that has left, and while it is not decided who gets it.
    """
    if statement.state == StatementState.PUBLISHED:
        raise WrongState("This text has left already; its mailing says what went to whom.")
    newest = newest_revision(statement)
    found = preview_of(statement=statement, title=newest.title, body=newest.body, now=now)
    if found.undecided:
        raise WrongState(found.undecided)
    return found.publication


def _with_the_page(
    statement: Statement, publication: Publication, now: datetime, undecided: str
) -> Preview:
    page = publication.page
    stored = Publication.objects.filter(page=page, incident_id=publication.incident_id)
    before = list(stored.select_related("corrects").order_by("number"))
    publication.number = max((each.number for each in before), default=0) + 1
    everything = [*before, publication]
    for place, each in enumerate(translations.leaving(statement), start=1):
        translated = composed_translation(translation=each, original=publication, now=now)
        translated.pk, translated.number = _NOT_STORED - place, publication.number + place
        everything.append(translated)
    after, read = (
        derive(everything),
        as_read([p for p in everything if p.audience != Audience.LIST]),
    )
    if after is None:
        raise WrongState("The page shows nothing of this incident yet.")
    incident = PublicIncident(
        page=page, incident_id=publication.incident_id, **dataclasses.asdict(after)
    )
    promises = [
        PublicPromise(page=page, incident_id=publication.incident_id, **dataclasses.asdict(each))
        for each in promised(on_the_page(everything), today=now.astimezone(UTC).date())
        if each.outcome != TAKEN_BACK
    ]
    itself = next((each for each in read if each.pk == _NOT_STORED), publication)
    return Preview(itself, incident, read, promises, undecided)


def _reach(statement: Statement) -> tuple[tuple[str, str], str]:
    """Return audience and list, and why they are a guess: what most texts of this kind have."""
    if statement.corrects:
        return reach_of(statement), ""
    try:
        return recipients_for(statement.incident, statement.kind, statement.segment), ""
    except WrongState as refusal:
        guess = Audience.LIST if statement.segment else Audience.SUBSCRIBERS
        return (guess, ""), refusal.message
