"""The facts box of an incident: one line each, and what is unknown says so."""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from afterword.components.models import Page
from afterword.components.queries import shown_components
from afterword.kit.languages import span_in_words
from afterword.publishing.models import PublicIncident
from afterword.site_builder.answers import (
    affected_parts,
    customers_in_words,
    data_effects,
    extent,
    seconds_of,
    texts,
)
from afterword.site_builder.facts import Facts
from afterword.site_builder.moments import at, at_text, window
from afterword.site_builder.places import component_address
from afterword.site_builder.tongues import told
from afterword.site_builder.words import CONFIDENCE, joined


def addresses_of(page: Page, incident: PublicIncident) -> dict[str, str]:
    """Return where the incident's parts have a page of their own, by the name it calls them."""
    ids = {part["name"]: part["id"] for part in incident.components}
    there = {each.public_id for each in shown_components(page)} if ids else set()
    return {name: component_address(known) for name, known in ids.items() if known in there}


def fact_rows(
    incident: PublicIncident, facts: Facts, addresses: Mapping[str, str]
) -> list[tuple[str, SafeString | str]]:
    """Return label and value of each line of the facts box; what is unknown says so."""
    rows = _when(incident, facts)
    if parts := _parts(incident, facts, addresses):
        rows.append((gettext("Parts"), parts))
    if facts.known:
        rows += _record_rows(facts)
    return rows


def _when(incident: PublicIncident, facts: Facts) -> list[tuple[str, SafeString | str]]:
    """Return when it was planned, began and ended; what did not begin has only its plan."""
    rows: list[tuple[str, SafeString | str]] = []
    if begin := incident.scheduled_for:
        rows.append((gettext("Planned"), window(begin, incident.scheduled_until)))
    if incident.status == "scheduled":
        return rows
    if incident.called_off and incident.resolved_at:
        return [*rows, (gettext("Called off"), at(incident.resolved_at))]
    ended = at_text(facts.ended) or (at(incident.resolved_at) if incident.resolved_at else None)
    rows.append((gettext("Began"), at_text(facts.began) or at(incident.started_at)))
    rows.append((gettext("Ended"), ended or gettext("Not over yet")))
    lasted = seconds_of(incident, facts)
    if lasted is not None:
        rows.append((gettext("Lasted"), span_in_words(lasted)))
    return rows


def _record_rows(facts: Facts) -> list[tuple[str, SafeString | str]]:
    bases = {"measured": gettext("measured"), "estimated": gettext("an estimate")}
    basis = bases.get(facts.customers.basis)
    said = customers_in_words(facts.customers)
    if said and basis:
        has_share = facts.customers.affected is not None and facts.customers.percent is not None
        form = gettext("%(many)s, %(basis)s") if has_share else gettext("%(many)s (%(basis)s)")
        said = form % {"many": said, "basis": basis}
    rows: list[tuple[str, SafeString | str]] = [
        (gettext("Customers"), said or gettext("Not known yet"))
    ]
    if facts.regions:
        rows.append((gettext("Regions"), joined(list(facts.regions))))
    rows.append((gettext("Data"), texts(data_effects(facts.data))))
    if facts.cause and facts.confidence != "unknown":
        confidence = CONFIDENCE.get(facts.confidence, facts.confidence)
        rows.append(
            (
                gettext("Cause"),
                format_html(
                    "{} ({})", told(f"{facts.cause[:1].upper()}{facts.cause[1:]}"), confidence
                ),
            )
        )
    else:
        rows.append((gettext("Cause"), gettext("Not known yet")))
    return rows


def _parts(
    incident: PublicIncident, facts: Facts, addresses: Mapping[str, str]
) -> SafeString | str:
    if incident.status == "scheduled" or incident.called_off:
        names = affected_parts(incident, facts)
        return format_html_join(", ", "{}", ((_linked(name, addresses),) for name in names))
    if facts.parts:
        named = [(part.name, extent(part.impact)) for part in facts.parts]
    elif incident.components:
        named = [(part["name"], extent(part["status"])) for part in incident.components]
    else:
        return ", ".join(affected_parts(incident, facts))
    rows = (
        format_html("{}: {}", _linked(name, addresses), how[0].lower() + how[1:])
        for name, how in named
    )
    return mark_safe("<br>".join(rows))  # noqa: S308  each row is escaped


def _linked(name: str, addresses: Mapping[str, str]) -> SafeString:
    if address := addresses.get(name):
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, name)
    return format_html("<bdi>{}</bdi>", name)
