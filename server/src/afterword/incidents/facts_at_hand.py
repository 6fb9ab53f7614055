"""The record as ready-made words: what a writer would otherwise work out from numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from afterword.kit.timespans import format_span

UNKNOWN = "unknown"
LABELS: Final[dict[str, str]] = {
    "How long": "how long",
    "When": "when",
    "How many": "how many",
    "Regions": "regions",
    "What people saw": "what people saw",
    "Cause": "cause",
    "Watched until": "watched until",
}
"""The label beside a fact on the desk → the name it goes by in a text."""
_EFFECT_NAMES = {
    "confidentiality": "Seen by others",
    "loss": "Lost",
    "integrity": "Changed or wrong",
}


@dataclass(frozen=True)
class Fact:
    """``words`` go into a text as they are; empty when the record does not know."""

    label: str
    words: str
    basis: str = ""

    @property
    def name(self) -> str:
        """The name by which a text may call it, so that it follows the record; "" for none."""
        return LABELS.get(self.label, "")


def facts_at_hand(data: Mapping[str, Any]) -> list[Fact]:
    """Return the facts a public text may use, in the order readers ask for them.

    Nothing internal is offered: no lexicon, no accounts, no vendor that must not be named.
    """
    times = _section(data, "times")
    began, ended = instant(times.get("impact_began")), instant(times.get("impact_ended"))
    return [
        Fact("How long", _length(began, ended)),
        Fact("When", _window(began, ended), _basis(times, "impact_began", "impact_ended")),
        *_customers(_section(data, "customers")),
        Fact("Regions", _listed(_section(data, "regions").get("affected"))),
        *(_component(c) for c in data.get("components") or [] if isinstance(c, Mapping)),
        Fact("What people saw", "; ".join(str(s) for s in data.get("symptoms") or [])),
        *_data_effect(_section(data, "data")),
        _cause(_section(data, "cause")),
        Fact("Watched until", clock_words(instant(times.get("watch_until")))),
        *_earlier(data.get("previous")),
        Fact("Readers may write to", _listed(_section(data, "lexicon").get("public_contacts"))),
    ]


def clock_words(at: datetime | None) -> str:
    """``14:24 UTC on 4 March 2026``; empty for None."""
    return "" if at is None else f"{at:%H:%M} UTC on {at.day} {at:%B %Y}"


def _length(began: datetime | None, ended: datetime | None) -> str:
    if began is None or ended is None or ended < began:
        return ""
    return format_span(int((ended - began).total_seconds()))


def _window(began: datetime | None, ended: datetime | None) -> str:
    if began is None:
        return ""
    if ended is None:
        return f"since {clock_words(began)}"
    if began.date() == ended.date():
        return f"between {began:%H:%M} and {ended:%H:%M} UTC on {began.day} {began:%B %Y}"
    return f"from {clock_words(began)} to {clock_words(ended)}"


def _customers(customers: Mapping[str, Any]) -> list[Fact]:
    affected, total, percent = (customers.get(key) for key in ("affected", "total", "percent"))
    basis = str(customers.get("basis") or UNKNOWN)
    about = "about " if basis == "estimated" else ""
    share = f"{percent:g}%" if isinstance(percent, int | float) else ""
    if isinstance(affected, int) and isinstance(total, int) and total:
        words = f"{about}{affected:,} of {total:,} customers" + (f" ({share})" if share else "")
    elif isinstance(affected, int):
        words = f"{about}{affected:,} customers"
    else:
        words = f"{about}{share} of customers" if share else ""
    return [Fact("How many", words, basis if words else "")]


def _component(component: Mapping[str, Any]) -> Fact:
    began, ended = instant(component.get("began")), instant(component.get("ended"))
    name, impact = str(component.get("name", "")), str(component.get("impact") or UNKNOWN)
    if impact == "none":
        return Fact(name, f"{name} was not affected")
    length = _length(began, ended)
    words = "" if impact == UNKNOWN else impact.replace("_", " ")
    return Fact(name, f"{words} for {length}" if words and length else words)


def _data_effect(effects: Mapping[str, Any]) -> list[Fact]:
    said = {key: str(effects.get(key) or UNKNOWN) for key in _EFFECT_NAMES}
    if set(said.values()) == {"none"}:
        how = f": {effects['checked_how']}" if effects.get("checked_how") else ""
        return [Fact("Data", f"No data was lost, changed or seen by others{how}")]
    return [
        Fact(f"Data: {name.lower()}", "" if said[key] == UNKNOWN else said[key])
        for key, name in _EFFECT_NAMES.items()
    ]


def _cause(cause: Mapping[str, Any]) -> Fact:
    confidence = str(cause.get("confidence") or UNKNOWN)
    return Fact("Cause", str(cause.get("text") or ""), confidence)


def _earlier(previous: Any) -> list[Fact]:
    listed = previous if isinstance(previous, list) else []
    return [
        Fact(
            "Earlier, same cause", f"{_day(one.get('date'))}: {one.get('title') or ''}".strip(": ")
        )
        for one in listed
        if isinstance(one, Mapping)
    ]


def _day(text: Any) -> str:
    try:
        on = datetime.fromisoformat(str(text))
    except ValueError:
        return str(text)
    return f"{on.day} {on:%B %Y}"


def _basis(times: Mapping[str, Any], *names: str) -> str:
    said = {_section(times, "basis").get(name) for name in names}
    return "estimated" if "estimated" in said else "measured" if said == {"measured"} else ""


def _listed(values: Any) -> str:
    return ", ".join(str(v) for v in values) if isinstance(values, list) else ""


def _section(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}


def instant(text: Any) -> datetime | None:
    """Return an instant of the record in UTC; None for what is none."""
    if not isinstance(text, str):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None
