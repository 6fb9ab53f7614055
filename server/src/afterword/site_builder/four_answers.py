"""What happened, who was affected, how long, what is done about it: each in a line, from facts."""

from collections import Counter
from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from afterword.kit.languages import span_in_words
from afterword.publishing.models import PublicIncident
from afterword.site_builder.answers import customers_in_words, seconds_of, texts
from afterword.site_builder.facts import Facts
from afterword.site_builder.moments import at, at_text
from afterword.site_builder.promise_rows import PromiseRow
from afterword.site_builder.tongues import filled, told
from afterword.site_builder.words import CONFIDENCE, joined

Answers = list[tuple[str, SafeString | str]]


def four_answers(incident: PublicIncident, facts: Facts, promises: Sequence[PromiseRow]) -> Answers:
    """Return question and answer of the four; none of it before a record was published."""
    if not facts.known or incident.kind == "maintenance":
        return []
    affected = _("Who is affected?") if incident.is_open else _("Who was affected?")
    lasted = _("How long has it lasted?") if incident.is_open else _("How long did it last?")
    return [
        (_("What happened?"), _what(facts)),
        (affected, _who(facts)),
        (lasted, _how_long(incident, facts)),
        (_("What is being done?"), _done(promises)),
    ]


def _what(facts: Facts) -> SafeString | str:
    noticed = _sentence("; ".join(each.rstrip(". ") for each in facts.symptoms))
    said: list[SafeString | str] = [told(noticed)] if noticed else []
    if facts.cause and facts.confidence != "unknown":
        confidence = CONFIDENCE.get(facts.confidence, facts.confidence)
        said.append(
            filled(
                _("Cause: %(cause)s (%(confidence)s)."),
                cause=told(facts.cause.rstrip(". ")),
                confidence=confidence,
            )
        )
    else:
        said.append(_("The cause: we do not know yet."))
    marked = any(isinstance(each, SafeString) for each in said)
    return texts(said) if marked else " ".join(said)


def _who(facts: Facts) -> str:
    many = customers_in_words(facts.customers) or _("How many: we do not know yet")
    said = _sentence(many)
    if facts.regions:
        said += " " + _("Only in {regions}.").format(regions=joined(list(facts.regions)))
    return said


def _how_long(incident: PublicIncident, facts: Facts) -> SafeString | str:
    began = at_text(facts.began) or at(incident.started_at)
    ended = at_text(facts.ended) or (at(incident.resolved_at) if incident.resolved_at else None)
    seconds = seconds_of(incident, facts)
    if incident.is_open or ended is None or seconds is None:
        return format_html(_("It began {began} and is not over."), began=began)
    return format_html(
        _("{span}, from {began} to {ended}."),
        span=_upper(span_in_words(seconds)), began=began, ended=ended,
    )  # fmt: skip


def _done(promises: Sequence[PromiseRow]) -> SafeString | str:
    if not promises:
        return _("We have not said yet.")
    counted = Counter(row.words for row in promises)
    said = ", ".join(f"{count} {words[:1].lower()}{words[1:]}" for words, count in counted.items())
    return format_html(
        '{} <a href="#promises">{}</a>', f"{_('Measures')}: {said}.", _("See each of them")
    )


def _sentence(text: str) -> str:
    return f"{_upper(text)}." if text and not text.endswith((".", "!", "?")) else _upper(text)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
