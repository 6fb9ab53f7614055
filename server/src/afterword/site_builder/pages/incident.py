"""One incident: three answers, the facts, the summary, the promises, every word said of it."""

from collections.abc import Sequence

from afterword.components.models import Page
from afterword.kit.ids import is_public_id
from afterword.publishing import queries
from afterword.publishing.corrections import retitled_by
from afterword.publishing.models import Publication, PublicIncident, PublicPromise
from afterword.site_builder.answers import three_answers
from afterword.site_builder.fact_rows import addresses_of, fact_rows
from afterword.site_builder.facts import read_facts
from afterword.site_builder.four_answers import four_answers
from afterword.site_builder.moments import day_text
from afterword.site_builder.pages.api.incident import build as build_answer
from afterword.site_builder.pages.incident_text import build_text
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.places import file_of, incident_address, month_address
from afterword.site_builder.promise_counts import counts_of
from afterword.site_builder.promise_rows import newest_change, rows_of_incident
from afterword.site_builder.said import came_back, next_word, words_said
from afterword.site_builder.tongues import not_translated_words
from afterword.site_builder.words import IMPACT, QUESTION, STATUS, month_name, told_status

# More than these would push the answers off the first screen.
SHOWN_ON_TOP = 2


def build(
    page: Page,
    incident: PublicIncident,
    shown: Sequence[Publication],
    promises: Sequence[PublicPromise] | None = None,
) -> bytes:
    """Return the bytes of ``/incidents/<id>/``. ``shown``: its publications by number.

    ``promises`` are those that readers know, unless others are given.
    """
    facts = read_facts(incident.facts)
    newest_first = words_said(shown, incident.title)
    on_top = [w for w in newest_first if w.stands_above.startswith("correction-")]
    if promises is None:
        promises = queries.promises_of(page, incident.incident_id)
    rows = rows_of_incident(promises)
    again = queries.repeats_of(page, incident.incident_id)
    context = {
        "incident": incident,
        "came_back": came_back(shown),
        "retitled": retitled_by(shown),
        "next_word": next_word(incident, shown),
        "four": four_answers(incident, facts, rows),
        "asks": not incident.is_open and incident.kind == "incident",
        "questions": list(QUESTION.items()),
        "text_read": max((p.number for p in shown if p.kind in queries.ANSWERING), default=0),
        "files": f"/incidents/{incident.incident_id}",
        "state": told_status(incident),
        "status": STATUS.get(told_status(incident), incident.status),
        "impact": IMPACT.get(incident.impact, incident.impact),
        "answers": three_answers(incident),
        "rows": fact_rows(incident, facts, addresses_of(page, incident)),
        "previous": [
            (day_text(date) or date, title, incident_address(key) if is_public_id(key) else "")
            for date, title, key in facts.previous
        ],
        "again": [
            (each.started_at, each.title, incident_address(each.incident_id)) for each, _ in again
        ],
        "corrections": on_top[:SHOWN_ON_TOP],
        "older_corrections": on_top[SHOWN_ON_TOP:],
        "summary": next((w for w in newest_first if w.stands_above == "summary"), None),
        "closure": next((w for w in newest_first if w.stands_above == "closure"), None),
        "promises": rows,
        "how_many": counts_of(promises) if len(promises) > 1 else [],
        "words": newest_first,
        "untranslated": not_translated_words([w.publication for w in newest_first]),
        "month": (month_name(incident.month), month_address(incident.month)),
    }
    address = incident_address(incident.incident_id)
    told = [at for _, at in again]
    as_of = max(incident.updated_at, newest_change(promises) or incident.updated_at, *told)
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
        f"incidents/{incident_id}.md": build_text(page, found, shown),
    }
