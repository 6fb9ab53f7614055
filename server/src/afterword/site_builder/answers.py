"""The three questions a reader comes with, answered from published facts and never guessed.

Is it over? Was I affected? Is my data safe? Where nothing is known, the answer says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, ngettext, pgettext

from afterword.kit.languages import either, number, percent, span_in_words
from afterword.publishing.models import PublicIncident
from afterword.site_builder.facts import Customers, Data, Facts, read_facts
from afterword.site_builder.moments import at, at_text, instant
from afterword.site_builder.tongues import told
from afterword.site_builder.words import PART_THEN, joined, shortened

NOT_KNOWN = gettext_noop("We do not know yet.")


@dataclass(frozen=True)
class Answer:
    """``sign`` names the shape: yes, no, part or unknown. ``more`` is safe HTML."""

    question: str
    sign: str
    short: str
    more: SafeString


def three_answers(incident: PublicIncident) -> list[Answer]:
    """Return the answers for the top of an incident's page."""
    facts = read_facts(incident.facts)
    if incident.kind == "maintenance" and not facts.known:
        return [is_it_over(incident, facts), was_i_affected(incident, facts)]
    return [
        is_it_over(incident, facts),
        was_i_affected(incident, facts),
        is_my_data_safe(incident, facts),
    ]


def is_it_over(incident: PublicIncident, facts: Facts) -> Answer:
    question = gettext("Is it over?")
    if incident.called_off:
        return Answer(question, "yes", gettext("It was called off."), _window(incident))
    if not incident.is_open:
        return Answer(question, "yes", gettext("Yes."), _how_it_ended(incident, facts))
    not_yet = gettext("Not yet.")
    began = at(incident.started_at)
    match incident.status:
        case "scheduled":
            return Answer(question, "part", gettext("It is planned."), _window(incident))
        case "in_progress" | "verifying":
            return Answer(question, "no", not_yet, _window(incident))
        case "monitoring":
            more = gettext("It began {when}. A fix is in place and we are watching it.")
            return Answer(question, "part", gettext("Almost."), format_html(more, when=began))
        case "identified":
            more = gettext("It began {when}. We know the cause and are working on it.")
            return Answer(question, "no", not_yet, format_html(more, when=began))
        case _:
            more = gettext("It began {when}. We are still looking for the cause.")
            return Answer(question, "no", not_yet, format_html(more, when=began))


def was_i_affected(incident: PublicIncident, facts: Facts) -> Answer:
    question = gettext("Am I affected?") if incident.is_open else gettext("Was I affected?")
    if incident.called_off:
        never = format_html("{}", gettext("The work did not take place."))
        return Answer(question, "yes", gettext("No."), never)
    if incident.status == "scheduled":
        question = gettext("Will I be affected?")
    pieces: list[SafeString] = []
    if facts.symptoms:
        pieces.append(_symptoms(facts.symptoms, now=incident.is_open))
    if named := affected_parts(incident, facts):
        names = format_html_join(", ", '<span dir="auto">{}</span>', ((name,) for name in named))
        said = ngettext("Part: {names}.", "Parts: {names}.", len(named))
        pieces.append(format_html(said, names=names))
    if facts.regions:
        regions = joined(list(facts.regions))
        pieces.append(format_html(gettext("Only in {regions}."), regions=told(regions)))
    sign, short = _how_many(incident, facts)
    if facts.customers.affected is None and facts.customers.percent is None and facts.known:
        unknown = gettext("How many people it affected: we do not know yet.")
        pieces.append(format_html("{}", unknown))
    return Answer(question, sign, short, _sentences(pieces))


def is_my_data_safe(incident: PublicIncident, facts: Facts) -> Answer:
    question = gettext("Is my data safe?")
    if not facts.known:
        if incident.imported:
            return Answer(
                question, "unknown", gettext("Not recorded."),
                format_html("{}", gettext("What was published at the time does not say.")),
            )  # fmt: skip
        later = format_html("{}", gettext("As soon as we do, the answer is here."))
        return Answer(question, "unknown", gettext(NOT_KNOWN), later)
    data = facts.data
    if all(value == "none" for value in data.values):
        more = [gettext("No data was lost, changed, or seen by anyone who should not see it.")]
        if data.checked_how:
            more.append(_how_we_know(data))
        return Answer(question, "yes", gettext("Yes."), texts(more))
    sign, short = "unknown", gettext(NOT_KNOWN)
    if "confirmed" in data.values:
        sign, short = "no", gettext("Not all of it.")
    elif "possible" in data.values:
        sign, short = "part", gettext("We cannot rule out harm.")
    return Answer(question, sign, short, texts(data_effects(data)))


def data_effects(data: Data) -> list[str]:
    """Return one sentence per effect on data, the worst first, then what is known beside it."""
    # Translators: what can happen to data. Each stands in for "effects" in "Data was %(effects)s."
    # and its neighbours; write both so that they fit together.
    named = (
        (pgettext("effect on data", "seen by people who should not see it"), data.confidentiality),
        (pgettext("effect on data", "lost"), data.loss),
        (pgettext("effect on data", "changed by mistake"), data.integrity),
    )
    by_value: dict[str, list[str]] = {}
    for effect, value in named:
        by_value.setdefault(value, []).append(effect)
    said = []
    if found := by_value.get("confirmed"):
        said.append(gettext("Data was %(effects)s.") % {"effects": joined(found)})
    if found := by_value.get("possible"):
        may = gettext("Data may have been %(effects)s; we have not ruled it out.")
        said.append(may % {"effects": either(found)})
    if found := by_value.get("unknown"):
        whether = gettext("Whether data was %(effects)s: we do not know yet.")
        said.append(whether % {"effects": either(found)})
    if found := by_value.get("none"):
        said.append(gettext("No data was %(effects)s.") % {"effects": either(found)})
    if data.categories:
        kinds = told(joined(list(data.categories)))
        said.append(format_html(gettext("What kind: {kinds}."), kinds=kinds))
    if data.people is not None:
        concerned = ngettext(
            "%(count)s person is concerned.", "%(count)s people are concerned.", data.people
        )
        said.append(concerned % {"count": number(data.people)})
    if data.checked_how:
        said.append(_how_we_know(data))
    return said


def in_one_line(incident: PublicIncident) -> list[SafeString]:
    """Return short pieces that sum an incident up in a list: how long, who, data."""
    facts = read_facts(incident.facts)
    pieces = []
    if lasted := seconds_of(incident, facts):
        pieces.append(format_html("{}", span_in_words(lasted)))
    if many := customers_in_words(facts.customers):
        pieces.append(format_html("{}", many))
    elif named := affected_parts(incident, facts):
        pieces.append(format_html('<span dir="auto">{}</span>', ", ".join(shortened(named, 3))))
    if facts.known and (said := _data_in_short(facts.data)):
        pieces.append(format_html("{}", said))
    return pieces


def customers_in_words(customers: Customers) -> str:
    """Return ``1,798 of 4,860 customers (37%)`` or what of it is known; "" for nothing."""
    share = percent(customers.percent) if customers.percent is not None else ""
    if customers.affected == 0:
        return gettext("no customers")
    if customers.affected is not None:
        many = _count(customers.affected, customers.total)
        if share:
            many = gettext("%(many)s (%(share)s)") % {"many": many, "share": share}
    elif share:
        many = gettext("%(share)s of customers") % {"share": share}
    else:
        return ""
    if customers.basis == "estimated":
        # Translators: "about 1,798 of 4,860 customers (37%)"
        return gettext("about %(many)s") % {"many": many}
    return many


def _count(affected: int, total: int | None) -> str:
    if total:
        of_all = ngettext(
            "%(count)s of %(total)s customers", "%(count)s of %(total)s customers", affected
        )
        return of_all % {"count": number(affected), "total": number(total)}
    many = ngettext("%(count)s customer", "%(count)s customers", affected)
    return many % {"count": number(affected)}


def affected_parts(incident: PublicIncident, facts: Facts) -> list[str]:
    """Return names of affected parts: the record's when there is one, else the updates'."""
    if facts.parts:
        return [part.name for part in facts.parts]
    return [part["name"] for part in incident.components if part["status"] != "operational"] or [
        part["name"] for part in incident.components
    ]


def seconds_of(incident: PublicIncident, facts: Facts) -> int | None:
    """Return how long it lasted in seconds, None while it lasts. The record knows best."""
    if facts.seconds is not None:
        return facts.seconds
    if incident.resolved_at is None or incident.called_off:
        return None
    return max(0, int((incident.resolved_at - incident.started_at).total_seconds()))


def extent(impact: str) -> str:
    return PART_THEN.get(impact, gettext("Affected"))


def _how_it_ended(incident: PublicIncident, facts: Facts) -> SafeString:
    pieces = []
    ended = at_text(facts.ended) or (at(incident.resolved_at) if incident.resolved_at else None)
    lasted = seconds_of(incident, facts)
    if ended and lasted:
        after = gettext("It ended {when}, after {span}.")
        pieces.append(format_html(after, when=ended, span=span_in_words(lasted)))
    elif ended:
        pieces.append(format_html(gettext("It ended {when}."), when=ended))
    if until := instant(facts.watch_until):
        # No clock enters a page: what lay ahead when we last spoke may be past for the reader,
        # and is told as it was then, beside the "as of" of the page.
        if until > incident.newest_at:
            watch = gettext("We are keeping watch until {when}.")
        else:
            watch = gettext("We kept watch until {when}.")
        pieces.append(format_html(watch, when=at(until)))
    return _sentences(pieces)


def _window(incident: PublicIncident) -> SafeString:
    begin: datetime | None = incident.scheduled_for
    if begin and incident.scheduled_until:
        window = gettext("Planned from {begin} to {end}.")
        return format_html(window, begin=at(begin), end=at(incident.scheduled_until))
    if begin:
        return format_html(gettext("Planned to begin {when}."), when=at(begin))
    return format_html(gettext("It began {when}."), when=at(incident.started_at))


def _how_many(incident: PublicIncident, facts: Facts) -> tuple[str, str]:
    customers = facts.customers
    if customers.affected == 0:
        return "yes", gettext("No.")
    if customers.percent is not None and customers.percent >= 99.95:
        if incident.is_open:
            return "no", gettext("Yes: everyone is.")
        return "no", gettext("Yes: everyone was.")
    if words := customers_in_words(customers):
        many = 1 if customers.affected == 1 else 2
        if incident.is_open:
            said = ngettext("%(customers)s is.", "%(customers)s are.", many)
        else:
            said = ngettext("%(customers)s was.", "%(customers)s were.", many)
        short = said % {"customers": words}
        return "part", f"{short[0].upper()}{short[1:]}"
    named = affected_parts(incident, facts)
    if incident.status == "scheduled" and named:
        will = ngettext("If you use this then.", "If you use one of these then.", len(named))
        return "part", will
    if not named:
        return "unknown", gettext("Not recorded.") if incident.imported else gettext(NOT_KNOWN)
    if incident.is_open:
        use = ngettext("If you use this.", "If you use one of these.", len(named))
    else:
        use = ngettext("If you used this.", "If you used one of these.", len(named))
    return "part", use


def _symptoms(symptoms: Iterable[str], *, now: bool) -> SafeString:
    listed = "; ".join(each.rstrip(". ") for each in symptoms)
    if now:
        lead = gettext("You would notice: {symptoms}.")
    else:
        lead = gettext("You would have noticed: {symptoms}.")
    said = told(listed)
    if not isinstance(said, SafeString):
        said = format_html('<span dir="auto">{}</span>', said)
    return format_html(lead, symptoms=said)


def _data_in_short(data: Data) -> str:
    if all(value == "none" for value in data.values):
        return gettext("no data affected")
    if "confirmed" in data.values:
        return gettext("data affected")
    if "possible" in data.values:
        return gettext("data possibly affected")
    return gettext("effect on data not known yet")


def _how_we_know(data: Data) -> SafeString:
    return format_html(gettext("How we know: {how}"), how=told(_sentence(data.checked_how)))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def texts(pieces: Sequence[str]) -> SafeString:
    """Return sentences, safe or not, as one safe paragraph."""
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))


def _sentences(pieces: list[SafeString]) -> SafeString:
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))
