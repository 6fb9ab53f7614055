"""The three questions a reader comes with, answered from published facts and never guessed.

Is it over? Was I affected? Is my data safe? Where nothing is known, the answer says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from afterword.kit.timespans import format_span
from afterword.publishing.models import PublicIncident
from afterword.site_builder.facts import Customers, Data, Facts, read_facts
from afterword.site_builder.moments import at, at_text, instant
from afterword.site_builder.words import PART_THEN, joined

NOT_KNOWN = "We do not know yet."


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
    question = "Is it over?"
    if not incident.is_open:
        return Answer(question, "yes", "Yes.", _how_it_ended(incident, facts))
    began = format_html("It began {}.", at(incident.started_at))
    match incident.status:
        case "scheduled":
            return Answer(question, "part", "It is planned.", _window(incident))
        case "in_progress" | "verifying":
            return Answer(question, "no", "Not yet.", _window(incident))
        case "monitoring":
            more = format_html("{} A fix is in place and we are watching it.", began)
            return Answer(question, "part", "Almost.", more)
        case "identified":
            more = format_html("{} We know the cause and are working on it.", began)
            return Answer(question, "no", "Not yet.", more)
        case _:
            more = format_html("{} We are still looking for the cause.", began)
            return Answer(question, "no", "Not yet.", more)


def was_i_affected(incident: PublicIncident, facts: Facts) -> Answer:
    question = "Was I affected?"
    if incident.is_open:
        question = "Am I affected?"
    pieces: list[SafeString] = []
    if facts.symptoms:
        pieces.append(_symptoms(facts.symptoms, now=incident.is_open))
    if named := affected_parts(incident, facts):
        names = format_html_join(", ", '<span dir="auto">{}</span>', ((name,) for name in named))
        pieces.append(format_html("{}: {}.", "Part" if len(named) == 1 else "Parts", names))
    if facts.regions:
        pieces.append(format_html("Only in {}.", joined(list(facts.regions))))
    sign, short = _how_many(incident, facts)
    if facts.customers.affected is None and facts.customers.percent is None and facts.known:
        pieces.append(format_html("{}", "How many people it affected: we do not know yet."))
    return Answer(question, sign, short, _sentences(pieces))


def is_my_data_safe(incident: PublicIncident, facts: Facts) -> Answer:
    question = "Is my data safe?"
    if not facts.known:
        if incident.imported:
            return Answer(
                question, "unknown", "Not recorded.",
                format_html("{}", "What was published at the time does not say."),
            )  # fmt: skip
        later = format_html("{}", "As soon as we do, the answer is here.")
        return Answer(question, "unknown", NOT_KNOWN, later)
    data = facts.data
    if all(value == "none" for value in data.values):
        more = ["No data was lost, changed, or seen by anyone who should not see it."]
        if data.checked_how:
            more.append(f"How we know: {_sentence(data.checked_how)}")
        return Answer(question, "yes", "Yes.", format_html("{}", " ".join(more)))
    sign, short = "unknown", NOT_KNOWN
    if "confirmed" in data.values:
        sign, short = "no", "Not all of it."
    elif "possible" in data.values:
        sign, short = "part", "We cannot rule out harm."
    return Answer(question, sign, short, format_html("{}", " ".join(data_effects(data))))


def data_effects(data: Data) -> list[str]:
    """Return one sentence per effect on data, the worst first, then what is known beside it."""
    named = (
        ("confidentiality", "seen by people who should not see it", data.confidentiality),
        ("loss", "lost", data.loss),
        ("integrity", "changed by mistake", data.integrity),
    )
    by_value: dict[str, list[str]] = {}
    for _, effect, value in named:
        by_value.setdefault(value, []).append(effect)
    said = []
    if found := by_value.get("confirmed"):
        said.append(f"Data was {joined(found)}.")
    if found := by_value.get("possible"):
        said.append(f"Data may have been {_either(found)}; we have not ruled it out.")
    if found := by_value.get("unknown"):
        said.append(f"Whether data was {_either(found)}: we do not know yet.")
    if found := by_value.get("none"):
        said.append(f"No data was {_either(found)}.")
    if data.categories:
        said.append(f"What kind: {joined(list(data.categories))}.")
    if data.people is not None:
        said.append(f"{data.people:,} people are concerned.")
    if data.checked_how:
        said.append(f"How we know: {_sentence(data.checked_how)}")
    return said


def in_one_line(incident: PublicIncident) -> list[SafeString]:
    """Return short pieces that sum an incident up in a list: how long, who, data."""
    facts = read_facts(incident.facts)
    pieces = []
    if lasted := seconds_of(incident, facts):
        pieces.append(format_html("{}", format_span(lasted)))
    if many := customers_in_words(facts.customers):
        pieces.append(format_html("{}", many))
    elif named := affected_parts(incident, facts):
        shown = named[:3] + ([f"{len(named) - 3} more"] if len(named) > 3 else [])
        pieces.append(format_html('<span dir="auto">{}</span>', ", ".join(shown)))
    if facts.known and (said := _data_in_short(facts.data)):
        pieces.append(format_html("{}", said))
    return pieces


def customers_in_words(customers: Customers) -> str:
    """Return ``1,798 of 4,860 customers (37%)`` or what of it is known; "" for nothing."""
    about = "about " if customers.basis == "estimated" else ""
    share = f"{customers.percent:g}%" if customers.percent is not None else ""
    if customers.affected == 0:
        return "no customers"
    if customers.affected is not None:
        whole = f" of {customers.total:,}" if customers.total else ""
        noun = "customer" if customers.affected == 1 and not whole else "customers"
        return f"{about}{customers.affected:,}{whole} {noun}" + (f" ({share})" if share else "")
    return f"{about}{share} of customers" if share else ""


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
    if incident.resolved_at is None:
        return None
    return max(0, int((incident.resolved_at - incident.started_at).total_seconds()))


def extent(impact: str) -> str:
    return PART_THEN.get(impact, "Affected")


def _how_it_ended(incident: PublicIncident, facts: Facts) -> SafeString:
    pieces = []
    ended = at_text(facts.ended) or (at(incident.resolved_at) if incident.resolved_at else None)
    lasted = seconds_of(incident, facts)
    if ended and lasted:
        pieces.append(format_html("It ended {}, after {}.", ended, format_span(lasted)))
    elif ended:
        pieces.append(format_html("It ended {}.", ended))
    if until := instant(facts.watch_until):
        # No clock enters a page: what lay ahead when we last spoke may be past for the reader,
        # and is told as it was then, beside the "as of" of the page.
        lies_ahead = until > incident.newest_at
        lead = "We are keeping watch until" if lies_ahead else "We kept watch until"
        pieces.append(format_html("{} {}.", lead, at(until)))
    return _sentences(pieces)


def _window(incident: PublicIncident) -> SafeString:
    begin: datetime | None = incident.scheduled_for
    if begin and incident.scheduled_until:
        return format_html("Planned from {} to {}.", at(begin), at(incident.scheduled_until))
    if begin:
        return format_html("Planned to begin {}.", at(begin))
    return format_html("It began {}.", at(incident.started_at))


def _how_many(incident: PublicIncident, facts: Facts) -> tuple[str, str]:
    customers = facts.customers
    one, many = ("is", "are") if incident.is_open else ("was", "were")
    if customers.affected == 0:
        return "yes", "No."
    if customers.percent is not None and customers.percent >= 99.95:
        return "no", f"Yes: everyone {one}."
    if words := customers_in_words(customers):
        return "part", f"{words[0].upper()}{words[1:]} {one if customers.affected == 1 else many}."
    named = affected_parts(incident, facts)
    if not named:
        return "unknown", "Not recorded." if incident.imported else NOT_KNOWN
    use = "use" if incident.is_open else "used"
    return "part", f"If you {use} {'this' if len(named) == 1 else 'one of these'}."


def _symptoms(symptoms: Iterable[str], *, now: bool) -> SafeString:
    listed = "; ".join(each.rstrip(". ") for each in symptoms)
    lead = "You would notice" if now else "You would have noticed"
    return format_html('{}: <span dir="auto">{}</span>.', lead, listed)


def _data_in_short(data: Data) -> str:
    if all(value == "none" for value in data.values):
        return "no data affected"
    if "confirmed" in data.values:
        return "data affected"
    if "possible" in data.values:
        return "data possibly affected"
    return "effect on data not known yet"


def _either(effects: list[str]) -> str:
    if len(effects) < 2:
        return "".join(effects)
    return f"{', '.join(effects[:-1])} or {effects[-1]}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _sentences(pieces: list[SafeString]) -> SafeString:
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))
