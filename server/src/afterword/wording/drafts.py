"""A first text from the record alone: what is known is said, what is not is a visible blank.

Nothing is invented. Every blank reads ``[blank: …]`` and has to be filled or cut by a person;
the checker refuses a text that still has one.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from afterword.kit.errors import BadInput
from afterword.kit.timespans import format_span, parse_iso

UNKNOWN: Final = "unknown"
BLANK: Final = re.compile(r"\[blank: [^\]\n]*\]")
_EFFECTS: Final = ("confidentiality", "loss", "integrity")


def starting_text(
    kind: str, record_data: Mapping[str, Any], support_contact: str
) -> tuple[str, str]:
    """Return (title, body in Markdown) for a closure, summary, follow_up or another kind.

    Raises BadInput for a kind nobody writes.
    """
    facts = _Facts(record_data, support_contact)
    writers = {
        "closure": _closure,
        "summary": _summary,
        "follow_up": _follow_up,
        "data_notice": _data_notice,
        "note": _note,
        "correction": _correction,
    }
    if kind not in writers:
        raise BadInput(f"There is no text of the kind {kind!r}.", {"kind": "not known"})
    title, paragraphs = writers[kind](facts)
    return title[:255], "\n\n".join(p for p in paragraphs if p) + "\n"


def blanks(text: str) -> list[str]:
    """Return the blanks still open in a text, in order."""
    return BLANK.findall(text)


# Sorrow and duty are ours to state whatever the cause; fault is for the people who know it.
_OWN: Final = "We are sorry. Keeping this working is our responsibility."


def _blank(what: str) -> str:
    return f"[blank: {what}]"


class _Facts:
    """The record in sentences. Each property is a finished sentence or one with a blank."""

    def __init__(self, data: Mapping[str, Any], contact: str) -> None:
        self.data = data
        self.times = _section(data, "times")
        self.contact = contact.strip()
        self.title = str(_section(data, "incident").get("title") or _blank("what failed"))
        self.began = _moment(self.times.get("impact_began"))
        self.ended = _moment(self.times.get("impact_ended"))
        self.watched = _moment(self.times.get("watch_until"))

    @property
    def span(self) -> str:
        """``On 4 March 2026, from 08:12 to 14:24 UTC (6 hours 12 minutes)``."""
        if self.began is None:
            return f"From {_blank('when it began, with the time zone')} to {self._end()}"
        if self.ended is None:
            return f"From {_at(self.began)} to {self._end()}"
        length = format_span(int((self.ended - self.began).total_seconds()))
        if self.began.date() == self.ended.date():
            clock = f"from {self.began:%H:%M} to {self.ended:%H:%M} UTC"
            return f"On {_day(self.began)}, {clock} ({length})"
        return f"From {_at(self.began)} to {_at(self.ended)} ({length})"

    def _end(self) -> str:
        return _at(self.ended) if self.ended else _blank("when it ended, with the time zone")

    @property
    def symptoms(self) -> str:
        listed = [s.strip().rstrip(".") for s in self.data.get("symptoms") or [] if s.strip()]
        return _and(listed) if listed else _blank("what could people not do?")

    @property
    def parts(self) -> list[str]:
        return [
            str(c.get("name"))
            for c in self.data.get("components") or []
            if c.get("impact") not in {"none"}
        ]

    @property
    def what(self) -> str:
        return f"{self.span}, {self.symptoms}."

    @property
    def who(self) -> str:
        customers = _section(self.data, "customers")
        affected, total = customers.get("affected"), customers.get("total")
        percent, basis = customers.get("percent"), customers.get("basis")
        about = "About " if basis == "estimated" else ""
        if affected == 0 or (affected is None and percent == 0):
            return "No customer was affected."
        if affected is not None:
            of = f" of {total:,}" if total else ""
            share = f" ({percent:g}%)" if percent is not None else ""
            verb = "customer was" if affected == 1 and not of else "customers were"
            return f"{about}{affected:,}{of} {verb} affected{share}."
        if percent is not None:
            return f"{about}{percent:g}% of customers were affected."
        return f"This affected {_blank('how many customers, of how many?')}."

    @property
    def where(self) -> str:
        """How many, and the parts and regions by which a reader can tell."""
        hit = [
            str(c.get("name"))
            for c in self.data.get("components") or []
            if c.get("impact") not in {"none", UNKNOWN, None}
        ]
        regions = [str(r) for r in _section(self.data, "regions").get("affected") or []]
        parts = f"It affected {_and(hit)}." if hit else ""
        within = f"It affected customers in {_and(regions)}." if regions else ""
        return " ".join(s for s in (self.who, parts, within) if s)

    @property
    def people(self) -> str:
        data = _section(self.data, "data")
        people = data.get("people")
        if people is None:
            return f"It concerns the data of {_blank('how many people, which of them?')}."
        about = "about " if data.get("people_basis") == "estimated" else ""
        return f"It concerns the data of {about}{people:,} {'person' if people == 1 else 'people'}."

    @property
    def data_effect(self) -> str:
        effects = {key: _section(self.data, "data").get(key) or UNKNOWN for key in _EFFECTS}
        checked = _section(self.data, "data").get("checked_how")
        if all(e == "none" for e in effects.values()):
            how = str(checked).strip().rstrip(".") if checked else _blank("how you checked")
            return f"No data was lost, changed or shown to anyone else. How we checked: {how}."
        sentences = [_DATA_WORDS[key].get(effects[key], "") for key in _EFFECTS]
        if UNKNOWN in effects.values():
            sentences.append(f"We will say what we find by {_blank('date and time, UTC')}.")
        categories = _section(self.data, "data").get("categories") or []
        kinds = _and([str(c) for c in categories]) if categories else _blank("which data?")
        if {"possible", "confirmed"} & set(effects.values()):
            sentences.append(f"The data concerned: {kinds}.")
        return " ".join(s for s in sentences if s)

    @property
    def cause(self) -> str:
        cause = _section(self.data, "cause")
        text, confidence = cause.get("text"), cause.get("confidence")
        if not text or confidence in {UNKNOWN, None}:
            return f"We do not yet know why. We will say so by {_blank('date and time, UTC')}."
        clause = _lower_first(str(text).strip().rstrip("."))
        if confidence == "suspected":
            return (
                f"So far we believe that {clause}. "
                f"We will confirm or correct this by {_blank('date and time, UTC')}."
            )
        return f"The reason: {clause}."

    @property
    def help(self) -> str:
        where = self.contact or _blank("how to reach you")
        return f"If something still looks wrong, write to {where}."

    @property
    def earlier(self) -> str:
        previous = self.data.get("previous") or []
        days = [_date_words(p.get("date")) for p in previous if isinstance(p, Mapping)]
        if not days:
            return ""
        return (
            f"A failure with the same cause struck on {_and(days)}. "
            f"What we did then was not enough: {_blank('what was missed?')}."
        )

    @property
    def measures(self) -> list[str]:
        listed = self.data.get("measures") or []
        lines = [_measure(m) for m in listed if m.get("status") != "dropped"]
        if lines:
            return lines
        return [f"We will change this by {_blank('date')}: {_blank('what, why, what it stops')}."]

    @property
    def leftovers(self) -> list[str]:
        return [
            str(c.get("name"))
            for c in self.data.get("components") or []
            if c.get("state_now") not in {"operational", None, UNKNOWN}
        ]

    @property
    def stable(self) -> str:
        since = _at(self.ended) if self.ended else _blank("since when, with the time zone?")
        if self.watched is None:
            until = _blank("when, with the time zone?")
        elif self.ended and self.watched.date() == self.ended.date():
            until = f"{self.watched:%H:%M} UTC the same day"
        else:
            until = _at(self.watched)
        return f"It has been stable since {since}, with a watch kept until {until}."


def _closure(facts: _Facts) -> tuple[str, list[str]]:
    parts = _and(facts.parts) if facts.parts else _blank("what works again?")
    verb = "is" if len(facts.parts) <= 1 else "are"
    over = _section(facts.data, "incident").get("status") == "resolved" and not facts.leftovers
    if over:
        opening = f"Resolved: {parts} {verb} working again."
    else:
        left = _and(facts.leftovers) if facts.leftovers else parts
        opening = f"Not resolved yet: {left} {_blank('what still fails, and until when?')}."
    return f"{'Resolved' if over else 'Not resolved yet'}: {facts.title}", [
        opening,
        facts.what,
        facts.who,
        facts.data_effect,
        facts.stable if over else "",
        "We are sorry: " + _blank("what did it cost the people affected?") + ".",
        f"What comes next: {_blank('what you will publish and by when, or: no more will follow')}.",
        facts.help,
        "Thank you for your patience.",
    ]


def _summary(facts: _Facts) -> tuple[str, list[str]]:
    return facts.title, [
        f"{facts.what} {facts.who} {_OWN}",
        "## What happened",
        f"{facts.cause} {facts.earlier}".strip(),
        "## Who was affected",
        facts.where,
        "## How long",
        f"{facts.span}.",
        "## Your data",
        facts.data_effect,
        "## What we are changing",
        "\n".join(f"- {line}" for line in facts.measures),
        f"We cannot promise that this will not happen again. We will report on these changes by "
        f"{_blank('date')}.",
        facts.help,
    ]


def _follow_up(facts: _Facts) -> tuple[str, list[str]]:
    return f"What happened to you: {facts.title}", [
        f"Hello {_blank('name')},",
        f"{facts.what} {_OWN}",
        f"**Your impact:** {_blank('what this account felt, in its own figures')}.",
        f"**Who else:** {facts.who}",
        f"**Your data:** {facts.data_effect}",
        f"**Cause:** {facts.cause}",
        "**What changes:**",
        "\n".join(f"- {line}" for line in facts.measures),
        f"**Your service level:** {_blank('result and credit, or: you have no service level')}.",
        f"I will write again by {_blank('date')}. {facts.help}",
        _blank("your name and role"),
    ]


def _data_notice(facts: _Facts) -> tuple[str, list[str]]:
    return _blank("what happened to whose data"), [
        "## What happened",
        f"{facts.what} We found it on {_blank('date')}. {facts.people} {_OWN}",
        "## What information was involved",
        facts.data_effect,
        "## What this means for you",
        _blank("what somebody could do with it"),
        "## What we have done",
        f"{_blank('what was done, and whether the authority was told, with dates')}.",
        "## What you can do",
        f"1. {_blank('the most useful step')}",
        "## Contact",
        facts.help,
    ]


def _note(facts: _Facts) -> tuple[str, list[str]]:
    return facts.title, [
        facts.what,
        facts.who,
        facts.data_effect,
        "\n".join(f"- {line}" for line in facts.measures),
        f"The full story: {_blank('link to the summary')}",
    ]


def _correction(facts: _Facts) -> tuple[str, list[str]]:
    return f"Correction: {facts.title}", [
        f"We wrote {_blank('what was wrong')}; it is {_blank('what is right')}.",
        f"This matters because {_blank('what changes for the reader')}.",
        facts.help,
    ]


_DATA_WORDS: Final[dict[str, dict[str, str]]] = {
    "confidentiality": {
        "none": "No data was shown to anyone else.",
        "possible": "Data may have been visible to others.",
        "confirmed": "Data was visible to others.",
        UNKNOWN: "We are still checking whether data was visible to others.",
    },
    "loss": {
        "none": "No data was lost.",
        "possible": "Data may have been lost.",
        "confirmed": "Data was lost.",
        UNKNOWN: "We are still checking whether data was lost.",
    },
    "integrity": {
        "none": "No data was changed.",
        "possible": "Data may have been changed.",
        "confirmed": "Data was changed.",
        UNKNOWN: "We are still checking whether data was changed.",
    },
}


def _measure(measure: Mapping[str, Any]) -> str:
    text = _lower_first(str(measure.get("text") or _blank("what changes?")).strip().rstrip("."))
    because = _blank("why does it matter here, and what does it stop or catch?")
    due = _date_words(measure.get("due")) if measure.get("due") else _blank("date")
    if measure.get("status") == "done":
        return f"We have now changed this: {text}. {because}."
    return f"We will change this by {due}: {text}. {because}."


def _section(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}


def _moment(value: object) -> datetime | None:
    try:
        return parse_iso(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _at(moment: datetime) -> str:
    at = moment.astimezone(UTC)
    return f"{at:%H:%M} UTC on {_day(at)}"


def _date_words(value: object) -> str:
    try:
        return _day(datetime.fromisoformat(str(value)))
    except ValueError:
        return _blank("date")


def _and(names: list[str]) -> str:
    if len(names) <= 1:
        return names[0] if names else ""
    return f"{', '.join(names[:-1])} and {names[-1]}"


_OPENERS: Final = frozenset(
    {"a", "an", "the", "our", "we", "this", "that", "some", "one", "two", "no", "every", "each"}
)


def _lower_first(text: str) -> str:
    """Return the text fit for the middle of a sentence; names keep their capital."""
    first = text.split(" ", 1)[0].lower()
    return text[:1].lower() + text[1:] if first in _OPENERS else text
