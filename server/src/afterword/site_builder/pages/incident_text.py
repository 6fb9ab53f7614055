"""One incident as Markdown, to be taken along: forwarded, pasted, kept. ``/incidents/<id>.md``."""

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from afterword.components.models import Page
from afterword.kit.languages import instant_in_words
from afterword.kit.markdown import plain_text
from afterword.publishing import queries
from afterword.publishing.models import Publication, PublicIncident
from afterword.site_builder.answers import three_answers
from afterword.site_builder.fact_rows import fact_rows
from afterword.site_builder.facts import read_facts
from afterword.site_builder.four_answers import four_answers
from afterword.site_builder.markdown_of import escaped, markdown_of
from afterword.site_builder.places import incident_address
from afterword.site_builder.promise_counts import counts_of, in_a_line
from afterword.site_builder.promise_rows import PromiseRow, promise_row
from afterword.site_builder.said import Word, words_said
from afterword.site_builder.tongues import spoken_at
from afterword.site_builder.words import STATUS, told_status

_INSIDE = re.compile(r'<a href="#[^"]*">[^<]*</a>')


def build_text(page: Page, incident: PublicIncident, shown: Sequence[Publication]) -> bytes:
    """Return the bytes of ``/incidents/<id>.md``, with what the page says in the same order."""
    facts = read_facts(incident.facts)
    words = words_said(shown, incident.title)
    promises = queries.promises_of(page, incident.incident_id)
    rows = [promise_row(each) for each in promises]
    blocks = [
        f"# {escaped(incident.title)}",
        f"{escaped(page.name)}: {STATUS.get(told_status(incident), incident.status)}. "
        f"<{spoken_at(page, incident_address(incident.incident_id))}>",
        *_leading(words, "correction-", _("Corrections")),
        *_listed(
            _("In short"), [(a.question, f"{a.short} {a.more}") for a in three_answers(incident)]
        ),
        *_listed(_("In four answers"), four_answers(incident, facts, rows)),
        *_leading(words, "summary", _("What happened")),
        *_promises(rows),
        *_leading(words, "closure", _("When we closed it")),
        *_listed(_("The facts"), fact_rows(incident, facts, {})),
        f"## {_('Everything we said, newest first')}",
        *(_word(word) for word in words),
    ]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode("utf-8", "replace")


def _listed(heading: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    said = [f"- **{escaped(label)}** {escaped(_plain(value))}" for label, value in rows]
    if said:
        yield f"## {heading}"
        yield "\n".join(said)


def _plain(value: str) -> str:
    """Return an answer's words without the links that lead about on the page itself."""
    return plain_text(_INSIDE.sub("", str(value)))


def _leading(words: Sequence[Word], place: str, heading: str) -> Iterator[str]:
    """Yield what the page leads with at this place, under its heading."""
    found = [word for word in words if word.stands_above.startswith(place)]
    if found:
        yield f"## {heading}"
    for word in found:
        yield f"*{instant_in_words(word.publication.display_at)}*"
        yield markdown_of(word.html)
        for note in word.notes:
            yield f"*{_('Note')}, {instant_in_words(note.publication.display_at)}*"
            yield markdown_of(note.html)


def _promises(rows: Sequence[PromiseRow]) -> Iterator[str]:
    if rows:
        yield f"## {_('What we promised')}"
    if len(rows) > 1:
        yield in_a_line(counts_of(row.promise for row in rows))
    for row in rows:
        promise = row.promise
        said = [f"- **{escaped(promise.what)}** ({', '.join([row.words, *row.days])})"]
        said += [
            f"  - {lead} {escaped(text)}"
            for lead, text in (
                (_("Why it matters."), promise.why),
                (_("What it changes."), promise.effect),
                (_("Why we dropped it."), promise.dropped_because),
            )
            if text
        ]
        yield "\n".join(said)


def _word(word: Word) -> str:
    title = f": {escaped(word.title)}" if word.title else ""
    lines = [f"### {word.label}{title}", f"*{instant_in_words(word.publication.display_at)}*"]
    if word.corrected_by is not None:
        lines[1] += f" ({_('corrected, see above')})"
    if word.publication.withdrawn_by is not None:
        lines[1] += f" ({_('withdrawn')})"
    lines.append(_("The text stands above.") if word.stands_above else markdown_of(word.html, 4))
    return "\n\n".join(lines)
