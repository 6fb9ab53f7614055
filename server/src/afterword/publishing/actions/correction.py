"""Correcting what has left: a correction names its publication, and follows it to its readers."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from afterword.accounts.permissions import Actor, require
from afterword.incidents.actions import retitle
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record
from afterword.incidents.record import public_facts
from afterword.kit.errors import NotFound, WrongState
from afterword.kit.markdown import plain_text
from afterword.kit.timespans import format_span
from afterword.publishing.actions.facts import facts_of_incident, record_facts
from afterword.publishing.corrections import as_read, withdrawn_by
from afterword.publishing.models import Audience, Publication, PublicationKind, PublicIncident
from afterword.statements import actions as statements
from afterword.statements.corrected import Corrected
from afterword.statements.models import Amendment, Statement, Weight
from afterword.statements.queries import amendment_of
from afterword.wording.stated import stated_lengths, stated_numbers


def correct(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    number: int,
    weight: str,
    right: str,
    wrote: str = "",
) -> Statement:
    """Start the correction of a publication of the incident, by its number on the page.

    It is a statement like any other: somebody else approves it, and ``publish_statement`` lets it
    out. ``wrote`` is what readers have, word for word; ``right`` what is true, why the text is
    withdrawn, or the new title of the incident. Raises NotFound, WrongState (withdrawn already; a
    letter's typo or title) and BadInput.
    """
    require(actor, "write", page=incident.page_id)
    publication = correctable(incident, number)
    if weight == Weight.TYPO and publication.audience == Audience.LIST:
        raise WrongState(
            "A letter cannot be mended once it is with its readers. If the slip misleads, send "
            "them a clarification."
        )
    if weight == Weight.TITLE and publication.audience == Audience.LIST:
        raise WrongState(
            "A letter is with its readers, whatever its title. Replace the title from a text that "
            "is on the page."
        )
    refuse_enlarging(incident, weight, right)
    return statements.start_correction(
        actor=actor,
        now=now,
        incident=incident,
        corrected=_as_corrected(publication),
        weight=weight,
        right=right,
        wrote=wrote,
    )


def refuse_enlarging(incident: Incident, weight: str, text: str) -> None:
    """Raise WrongState for a clarification that says what the record knows now, of how many
    customers or for how long, where readers were told less: that is a wrong fact, and is counted
    as one.

    A clarification about anything else may leave, and the facts stay as they were told.
    """
    record = current_record(incident)
    if weight != Weight.CLARIFICATION or record is None:
        return
    shown = PublicIncident.objects.filter(page=incident.page_id, incident_id=incident.public_id)
    told = shown.values_list("facts", flat=True).first() or {}
    _refuse_more_customers(_affected(told), _affected(record.data), text)
    _refuse_longer(told.get("duration_seconds"), public_facts(record.data), text)


def _refuse_more_customers(told: int | None, known: int | None, text: str) -> None:
    if told is not None and known is not None and told < known and known in stated_numbers(text):
        raise WrongState(
            f"Readers were told of {told:,} customers, and this says {known:,}: {_NO_CLARIFICATION}"
        )


def _refuse_longer(told: int | None, known: Mapping[str, Any], text: str) -> None:
    seconds = known["duration_seconds"]
    if told is None or seconds is None or seconds <= told:
        return
    for each in stated_lengths(text):
        # As it is rounded it is what the record knows, and more than what was told.
        if abs(each.seconds - seconds) <= each.slack and each.seconds - told > each.slack:
            raise WrongState(
                f"Readers were told of {format_span(told)}, and this says {known['duration']}: "
                f"{_NO_CLARIFICATION}"
            )


_NO_CLARIFICATION: Final = (
    "that is more than a clarification. Start the correction again as a wrong fact, so that "
    "readers can see what was changed."
)


def _affected(facts: Mapping[str, Any]) -> int | None:
    number = (facts.get("customers") or {}).get("affected")
    return number if isinstance(number, int) else None


def correctable(incident: Incident, number: int) -> Publication:
    """Return the publication as its readers have it now.

    Raises NotFound for a number that is not the incident's, WrongState when the text is withdrawn
    or only mended the spelling of another.
    """
    found = Publication.objects.filter(page=incident.page, incident_id=incident.public_id)
    everything = list(found.select_related("corrects").order_by("number"))
    wanted = next((each for each in everything if each.number == number), None)
    if wanted is None:
        raise NotFound(f"Nothing of this incident was published under the number {number}.")
    if wanted.pk in withdrawn_by(everything):
        raise WrongState("This text is withdrawn already; its words are gone from the page.")
    shown = next((each for each in as_read(everything) if each.pk == wanted.pk), None)
    if shown is None:
        raise WrongState(
            "This mended or translated another text. Correct that one, as readers see it now."
        )
    return shown


def corrected_by(statement: Statement) -> Publication | None:
    """Return what a correction corrects, if it is one. Raises WrongState when it is withdrawn."""
    if not statement.corrects:
        return None
    return correctable(statement.incident, statement.corrects)


def reach_of(statement: Statement) -> tuple[str, str]:
    """Return the audience and the list of a correction: whoever got what it corrects.

    A mended spelling tells nobody, and what was brought from another page was sent to nobody.
    """
    corrected = corrected_by(statement)
    amendment = amendment_of(statement)
    if corrected is None or amendment is None:
        raise WrongState("This text corrects nothing.")
    on_page = corrected.audience != Audience.LIST
    if on_page and (amendment.weight == Weight.TYPO or corrected.imported):
        return Audience.PAGE, ""
    return corrected.audience, corrected.recipient_list


def facts_of_correction(
    incident: Incident, amendment: Amendment, record_data: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return what is frozen beside a correction: its weight, and the facts if it restates them."""
    correction = {"weight": str(amendment.weight)}
    if amendment.wrote and amendment.weight != Weight.TYPO:
        correction["wrote"] = amendment.wrote
    facts: dict[str, Any] = {"incident": facts_of_incident(incident), "correction": correction}
    if record_data is not None and amendment.restates_facts:
        facts["record"] = record_facts(incident, record_data)
    return facts


def take_new_title(
    *, actor: Actor, now: datetime, incident: Incident, amendment: Amendment | None, title: str
) -> dict[str, Any]:
    """Give the incident its new title where a correction is about that.

    Returns what is frozen with it: the numbers of the publications whose title is withdrawn. The
    log withholds those lines, and whoever checks it sees here that nothing else is withheld.
    """
    if amendment is None or amendment.weight != Weight.TITLE:
        return {}
    retitle(actor=actor, now=now, incident=incident, title=title)
    before = Publication.objects.filter(page=incident.page, incident_id=incident.public_id)
    on_page = before.exclude(audience=Audience.LIST).order_by("number")
    return {"lines": list(on_page.values_list("number", flat=True))}


def _as_corrected(publication: Publication) -> Corrected:
    beside = [publication.facts.get("record", {}), publication.commitments]
    return Corrected(
        number=publication.number,
        name=str(PublicationKind(publication.kind).label),
        title=publication.title,
        body=publication.body,
        plain=plain_text(publication.html),
        facts=tuple(_leaves(beside)),
        is_markdown=publication.body_format == "markdown",
        borrows_title=publication.kind == PublicationKind.UPDATE,
    )


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, bool) or value is None:
        return
    else:
        yield f"{value:,}" if isinstance(value, int) else str(value)
