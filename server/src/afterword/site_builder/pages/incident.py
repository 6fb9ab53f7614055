"""One incident: three answers, the facts, the summary, the promises, every word said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from afterword.components.models import Page
from afterword.components.queries import shown_components
from afterword.kit.languages import span_in_words
from afterword.publishing import queries
from afterword.publishing.models import Publication, PublicationKind, PublicIncident
from afterword.site_builder.answers import (
    affected_parts,
    customers_in_words,
    data_effects,
    extent,
    seconds_of,
    texts,
    three_answers,
)
from afterword.site_builder.facts import Facts, read_facts
from afterword.site_builder.moments import at, at_text, day_text
from afterword.site_builder.pages.api.incident import build as build_answer
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.places import (
    component_address,
    file_of,
    incident_address,
    month_address,
)
from afterword.site_builder.promise_rows import newest_change, promise_row
from afterword.site_builder.tongues import as_said, not_translated_words, told
from afterword.site_builder.words import (
    CONFIDENCE,
    IMPACT,
    KIND,
    STATUS,
    joined,
    month_name,
)

# Kinds of text the page leads with, and where.
_ABOVE = {str(PublicationKind.SUMMARY): "summary", str(PublicationKind.CLOSURE): "closure"}


@dataclass(frozen=True)
class Word:
    """One publication in the timeline. ``html`` was cleaned when it was published."""

    number: int
    label: str
    status: str
    title: str
    publication: Publication
    html: SafeString
    corrected_by: Publication | None = None
    stands_above: str = ""
    language: str = ""
    note: str = ""
    is_translation: bool = False


def build(page: Page, incident: PublicIncident, shown: Sequence[Publication]) -> bytes:
    """Return the bytes of ``/incidents/<id>/``. ``shown``: its publications by number."""
    facts = read_facts(incident.facts)
    newest_first = _words(shown, incident.title)
    promises = queries.promises_of(page, incident.incident_id)
    context = {
        "incident": incident,
        "status": STATUS.get(incident.status, incident.status),
        "impact": IMPACT.get(incident.impact, incident.impact),
        "answers": three_answers(incident),
        "rows": fact_rows(incident, facts, addresses_of(page, incident)),
        "previous": [(day_text(date) or date, title) for date, title in facts.previous],
        "corrections": [w for w in newest_first if w.publication.kind == "correction"],
        "summary": _newest(newest_first, PublicationKind.SUMMARY),
        "closure": _newest(newest_first, PublicationKind.CLOSURE),
        "promises": [promise_row(each) for each in promises],
        "words": newest_first,
        "untranslated": not_translated_words([w.publication for w in newest_first]),
        "month": (month_name(incident.month), month_address(incident.month)),
    }
    address = incident_address(incident.incident_id)
    as_of = max(incident.updated_at, newest_change(promises) or incident.updated_at)
    return rendered("incident.html", page, address, context, as_of)


def build_by_id(page: Page, incident_id: str) -> dict[str, bytes]:
    """Return the files of an incident by path: its page, and the same for programs.

    Empty when the page shows nothing of it.
    """
    shown = queries.publications_of(page, incident_id)
    if not shown:
        return {}
    found = queries.incident(page, incident_id)
    return {
        file_of(incident_address(incident_id)): build(page, found, shown),
        f"incidents/{incident_id}.json": build_answer(page, found, shown),
    }


def addresses_of(page: Page, incident: PublicIncident) -> dict[str, str]:
    """Return where the incident's parts have a page of their own, by the name it calls them."""
    ids = {part["name"]: part["id"] for part in incident.components}
    there = {each.public_id for each in shown_components(page)} if ids else set()
    return {name: component_address(known) for name, known in ids.items() if known in there}


def fact_rows(
    incident: PublicIncident, facts: Facts, addresses: Mapping[str, str]
) -> list[tuple[str, SafeString | str]]:
    """Return label and value of each line of the facts box; what is unknown says so."""
    began = at_text(facts.began) or at(incident.started_at)
    ended = at_text(facts.ended) or (at(incident.resolved_at) if incident.resolved_at else None)
    lasted = seconds_of(incident, facts)
    rows: list[tuple[str, SafeString | str]] = [(gettext("Began"), began)]
    rows.append((gettext("Ended"), ended or gettext("Not over yet")))
    if lasted is not None:
        rows.append((gettext("Lasted"), span_in_words(lasted)))
    if parts := _parts(incident, facts, addresses):
        rows.append((gettext("Parts"), parts))
    if facts.known:
        rows += _record_rows(facts)
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


def _words(shown: Sequence[Publication], title: str) -> list[Word]:
    """Return every word, newest first. What the page leads with is not repeated in full."""
    corrected = {each.corrects_id: each for each in shown if each.corrects_id}
    above = {each.kind: each.number for each in shown if each.kind in _ABOVE}
    words = []
    previous_status = None
    for each in shown:
        status = each.facts.get("update", {}).get("status", "")
        label = KIND.get(each.kind, KIND["update"])
        if each.kind == PublicationKind.UPDATE:
            repeated = status == previous_status
            label = KIND["update"] if repeated else STATUS.get(status, KIND["update"])
            previous_status = status
        said = as_said(each)
        stands_above = _ABOVE.get(each.kind, "") if above.get(each.kind) == each.number else ""
        words.append(
            Word(
                number=each.number,
                label=label,
                status=status or each.kind,
                title=said.title if each.title != title else "",
                publication=each,
                html=said.html,
                corrected_by=corrected.get(each.pk),
                stands_above=stands_above,
                language=said.language,
                note=said.note,
                is_translation=said.is_translation,
            )
        )
    return words[::-1]


def _newest(newest_first: Sequence[Word], kind: PublicationKind) -> Word | None:
    return next((word for word in newest_first if word.publication.kind == kind), None)
