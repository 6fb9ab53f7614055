"""A first text from the record alone: what is known is said, what is not is a visible blank.

Nothing is invented. Every blank reads `[blank: …]` and has to be filled or cut by a person; the
checker refuses a text that still has one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from plaintalk.phrasing import format_day, format_duration, format_percent
from plaintalk.record import Measure, Record

BLANK: Final = re.compile(r"\[blank: [^\]\n]*\]")

# Sorrow and duty are ours to state whatever the cause; fault is for the people who know it.
_OWN: Final = "We are sorry. Keeping this working is our responsibility."
_LATER: Final = "date and time, UTC"
_OPENERS: Final = frozenset(
    {"a", "an", "the", "our", "we", "this", "that", "some", "one", "two", "no", "every", "each"}
)
_DATA_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "confidentiality": {
        "none": "No data was shown to anyone else.",
        "possible": "We cannot rule out that data was visible to others.",
        "confirmed": "Data was visible to others.",
        "unknown": "We are still checking whether data was visible to others.",
    },
    "loss": {
        "none": "No data was lost.",
        "possible": "We cannot rule out that data was lost.",
        "confirmed": "Data was lost.",
        "unknown": "We are still checking whether data was lost.",
    },
    "integrity": {
        "none": "No data was changed.",
        "possible": "We cannot rule out that data was changed.",
        "confirmed": "Data was changed.",
        "unknown": "We are still checking whether data was changed.",
    },
}


def draft(kind: str, record: Record, contact: str | None = None) -> tuple[str, str]:
    """The title and the body (Markdown) of a first text of a kind (one of `DRAFTED`).

    `contact` is where readers can turn; without it the record's first public contact is used.
    Raises `ValueError` for a kind that nobody can draft.
    """
    if kind not in _WRITERS:
        raise ValueError(f'There is no draft of the kind "{kind}"; there are {", ".join(DRAFTED)}.')
    title, paragraphs = _WRITERS[kind](_Facts(record, contact))
    return title, "\n\n".join(part for part in paragraphs if part) + "\n"


def blanks(text: str) -> list[str]:
    """The blanks still open in a text, in order."""
    return BLANK.findall(text)


class _Facts:
    """The record in sentences. Each property is a finished sentence or one with a blank."""

    def __init__(self, record: Record, contact: str | None) -> None:
        self.record = record
        contacts = (contact or "", *record.lexicon.public_contacts)
        self.contact = next((one.strip() for one in contacts if one.strip()), None)
        self.title = record.title or _blank("what failed")
        self.began = record.times.impact_began
        self.ended = record.times.impact_ended

    @property
    def span(self) -> str:
        """`On 4 March 2026, from 08:12 to 14:24 UTC (6 hours 12 minutes)`."""
        if self.began is None:
            return f"From {_blank('when it began, with the time zone')} to {self._end}"
        if self.ended is None:
            return f"From {_at(self.began)} to {self._end}"
        length = format_duration((self.ended - self.began).total_seconds())
        if self.began.date() == self.ended.date():
            clock = f"from {self.began:%H:%M} to {self.ended:%H:%M} UTC"
            return f"On {format_day(self.began)}, {clock} ({length})"
        return f"From {_at(self.began)} to {_at(self.ended)} ({length})"

    @property
    def _end(self) -> str:
        return _at(self.ended) if self.ended else _blank("when it ended, with the time zone")

    @property
    def what(self) -> str:
        listed = [one.strip().rstrip(".") for one in self.record.symptoms]
        return f"{self.span}, {_and(listed) or _blank('what could people not do?')}."

    @property
    def who(self) -> str:
        customers = self.record.customers
        if customers.basis == "unknown":
            return f"This affected {_blank('how many customers, of how many?')}."
        affected, share = customers.affected, customers.share
        about = "About " if customers.basis == "estimated" else ""
        if affected == 0 or (affected is None and share == 0):
            return "No customer was affected."
        if affected is not None:
            of = f" of {customers.total:,}" if customers.total else ""
            part = f" ({_percent(customers.percent, share)})" if share is not None else ""
            verb = "customer was" if affected == 1 and not of else "customers were"
            return f"{about}{affected:,}{of} {verb} affected{part}."
        if share is not None:
            return f"{about}{_percent(customers.percent, share)} of customers were affected."
        return f"This affected {_blank('how many customers, of how many?')}."

    @property
    def where(self) -> str:
        """How many, and the parts and regions by which a reader can tell."""
        return " ".join(one for one in (self.who, self.named) if one)

    @property
    def named(self) -> str:
        """The parts and regions that were hit."""
        hit = [one.name for one in self.record.components if one.impact not in ("none", "unknown")]
        parts = f"It affected {_and(hit)}." if hit else ""
        regions = self.record.regions.affected
        within = f"It affected customers in {_and(regions)}." if regions else ""
        return " ".join(one for one in (parts, within) if one)

    @property
    def parts(self) -> list[str]:
        return [one.name for one in self.record.components if one.impact != "none"]

    @property
    def leftovers(self) -> list[str]:
        """Parts that do not work yet."""
        fine = ("operational", "unknown")
        return [one.name for one in self.record.components if one.state_now not in fine]

    @property
    def people(self) -> str:
        """Whose data it was, in people; where nobody counted them, in customers."""
        people = self.record.data.people
        if people is None:
            return self.who
        about = "about " if self.record.data.people_basis == "estimated" else ""
        if people == 1:
            return f"This affected the data of {about}1 person. {self.who}"
        return f"This affected the data of {about}{people:,} people."

    @property
    def data_effect(self) -> str:
        data = self.record.data
        if data.untouched:
            how = (data.checked_how or _blank("how you checked")).strip().rstrip(".")
            return f"No data was lost, changed or shown to anyone else. How we checked: {how}."
        effects = data.effects
        sentences = [_DATA_WORDS[key][effects[key]] for key in _DATA_WORDS]
        if "unknown" in effects.values():
            sentences.append(f"We will say what we find by {_blank(_LATER)}.")
        if {"possible", "confirmed"} & set(effects.values()):
            sentences.append(
                f"The data concerned: {_and(data.categories) or _blank('which data?')}."
            )
        return " ".join(sentences)

    @property
    def data_listed(self) -> str:
        return f"The data involved: {_and(self.record.data.categories) or _blank('which data?')}."

    @property
    def cause(self) -> str:
        cause = self.record.cause
        if not cause.text or cause.confidence == "unknown":
            return f"We do not yet know why. We will say so by {_blank(_LATER)}."
        clause = _lower_first(cause.text.strip().rstrip("."))
        if cause.confidence == "suspected":
            later = f"We will confirm or correct this by {_blank(_LATER)}."
            return f"So far we believe that {clause}. {later}"
        return f"The reason: {clause}."

    @property
    def help(self) -> str:
        where = self.contact or _blank("how to reach you")
        return f"If something still looks wrong, write to {where}."

    @property
    def earlier(self) -> str:
        days = [format_day(one.date) for one in self.record.previous]
        if not days:
            return ""
        return (
            f"A failure with the same cause struck on {_and(days)}. "
            f"What we did then was not enough: {_blank('what was missed?')}."
        )

    @property
    def measures(self) -> str:
        lines = [_measure(one) for one in self.record.measures if one.status != "dropped"]
        if not lines:
            blank = _blank("what, why, what it stops")
            lines = [f"We will change this by {_blank('date')}: {blank}."]
        return "\n".join(f"- {line}" for line in lines)

    @property
    def stable(self) -> str:
        since = _at(self.ended) if self.ended else _blank("since when, with the time zone?")
        watched = self.record.times.watch_until
        if watched is None:
            until = _blank("when, with the time zone?")
        elif self.ended and watched.date() == self.ended.date():
            until = f"{watched:%H:%M} UTC the same day"
        else:
            until = _at(watched)
        return f"It has been stable since {since}, with a watch kept until {until}."


def _closure(facts: _Facts) -> tuple[str, list[str]]:
    parts = _and(facts.parts) or _blank("what works again?")
    verb = "is" if len(facts.parts) <= 1 else "are"
    over = facts.record.status in ("resolved", "postmortem") and not facts.leftovers
    if over:
        opening = f"Resolved: {parts} {verb} working again."
    else:
        left = _and(facts.leftovers) or parts
        opening = f"Not resolved yet: {left} {_blank('what still fails, and until when?')}."
    return f"{'Resolved' if over else 'Not resolved yet'}: {facts.title}", [
        opening,
        facts.what,
        facts.who,
        facts.data_effect,
        facts.stable if over else "",
        "We are sorry: " + _blank("what did it cost the people affected?") + ".",
        f"We will publish what happened and what we are changing by {_blank(_LATER)}.",
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
        facts.measures,
        f"We cannot promise that this will not happen again. We will report on these changes by "
        f"{_blank('date')}.",
        facts.help,
    ]


def _follow_up(facts: _Facts) -> tuple[str, list[str]]:
    return f"What happened to you: {facts.title}", [
        f"Hello {_blank('name')},",
        f"{facts.what} {_OWN}",
        f"**Your impact:** {_blank('what this account felt, in its own figures')}.",
        f"**Who else:** {facts.where}",
        f"**Your data:** {facts.data_effect}",
        f"**Cause:** {facts.cause} {facts.earlier}".strip(),
        "**What changes:**",
        facts.measures,
        f"**Your service level:** {_blank('result and credit, or: you have no service level')}.",
        f"I will write again by {_blank('date')}. {facts.help}",
        _blank("your name and role"),
    ]


def _data_notice(facts: _Facts) -> tuple[str, list[str]]:
    found = f"We found it on {_blank('date')}."
    told = (facts.what, found, facts.people, facts.named, _OWN)
    return _blank("what happened to whose data"), [
        "## What happened",
        " ".join(one for one in told if one),
        "## What information was involved",
        facts.data_effect,
        facts.data_listed if facts.data_listed not in facts.data_effect else "",
        "## What this means for you",
        _blank("what somebody could do with it"),
        "## What we have done and are changing",
        f"{_blank('what was done, and whether the authority was told, with dates')}.",
        facts.measures,
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
        facts.measures,
        f"The full story: {_blank('link to the summary')}",
    ]


def _correction(facts: _Facts) -> tuple[str, list[str]]:
    return f"Correction: {facts.title}", [
        f"We wrote {_blank('what was wrong')}; it is {_blank('what is right')}.",
        f"This matters because {_blank('what changes for the reader')}.",
        facts.help,
    ]


_WRITERS: Final[Mapping[str, Callable[[_Facts], tuple[str, list[str]]]]] = {
    "closure": _closure,
    "summary": _summary,
    "follow_up": _follow_up,
    "data_notice": _data_notice,
    "note": _note,
    "correction": _correction,
}
DRAFTED: Final = tuple(_WRITERS)
"""The kinds of text that can be drafted."""


def _measure(measure: Measure) -> str:
    text = _lower_first(measure.text.strip().rstrip("."))
    because = _blank("why does it matter here, and what does it stop or catch?")
    if measure.status == "done":
        return f"We have now changed this: {text}. {because}."
    due = format_day(measure.due) if measure.due else _blank("date")
    return f"We will change this by {due}: {text}. {because}."


def _blank(what: str) -> str:
    return f"[blank: {what}]"


def _percent(stated: float | None, share: float) -> str:
    return f"{stated:g}%" if stated is not None else format_percent(share)


def _at(moment: datetime) -> str:
    return f"{moment:%H:%M} UTC on {format_day(moment)}"


def _and(names: Sequence[str]) -> str:
    if len(names) <= 1:
        return names[0] if names else ""
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _lower_first(text: str) -> str:
    """The text fit for the middle of a sentence; names keep their capital."""
    first = text.split(" ", 1)[0].lower()
    return text[:1].lower() + text[1:] if first in _OPENERS else text
