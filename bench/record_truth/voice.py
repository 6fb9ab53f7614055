"""Fills the blanks of a sentence shape with the facts of an incident, and notes which it stated."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from record_truth.book import Book
from record_truth.incident import Hit, Incident, Promise
from record_truth.terms import Said

_BLANK = re.compile(r"\{(\w+)\}")
_DOWN: Final = {
    "major_outage": ("unavailable", "down", "offline", "inaccessible"),
    "partial_outage": ("partly unavailable", "unavailable", "disrupted"),
    "degraded_performance": ("slow", "degraded"),
}
_NOUN: Final = {
    "major_outage": ("outage", "incident", "failure"),
    "partial_outage": ("disruption", "partial outage", "incident"),
    "degraded_performance": ("slowdown", "incident", "disruption"),
}


@dataclass(frozen=True)
class Claim:
    """A fact that was stated, and the true values its words may stand for."""

    fact: str
    low: float
    high: float


class Voice:
    """The narrator of one text: keeps to one way of writing times and dates."""

    def __init__(self, told: Incident, seed: str, book: Book) -> None:
        self.told = told
        self.wording = book.wording
        self.rng = Random(f"{seed} voice")
        self.clock = self.wording.Clock(self.rng, told.zone)
        self.dates = self.wording.Calendar(self.rng, self.clock)
        self.hit: Hit = told.hits[0]
        self.promise: Promise | None = None
        self.claims: list[Claim] = []

    def say(
        self, template: str, seed: str, hit: Hit | None = None, promise: Promise | None = None
    ) -> str:
        """A sentence from a shape. The same seed makes the same choices for other facts."""
        self.rng = Random(seed)
        self.hit = hit or self.told.hits[0]
        self.promise = promise
        self.claims = []
        sentence = _BLANK.sub(lambda found: self._fill(found[1]), template)
        at = 2 if sentence.startswith(("**", "- ")) else 0
        return sentence[:at] + sentence[at : at + 1].upper() + sentence[at + 1 :]

    def _fill(self, name: str) -> str:
        fill: Callable[[], str | Said] = getattr(self, name)
        said = fill()
        if isinstance(said, Said):
            fact = {
                "length": "duration",
                "rough_length": "duration",
                "long": "duration",
                "in_ten": "share",
            }.get(name, name.removeprefix("rough_"))
            self.claims.append(Claim(fact, said.low, said.high))
            return said.words
        return said

    def _claim(self, *facts: str) -> None:
        self.claims += [Claim(fact, 0, 0) for fact in facts]

    # How long and when

    def length(self) -> Said:
        return self.wording.length(self.rng, self.told.seconds)

    def rough_length(self) -> Said:
        return self.wording.rough_length(self.rng, self.told.seconds)

    def long(self) -> Said:
        """A length as an adjective: "six-hour", "372-minute", "6-hour 12-minute"."""
        minutes = self.told.seconds // 60
        hours, mins = divmod(minutes, 60)
        if hours and not mins and hours < 100:
            words = self.rng.choice((f"{hours}-hour", f"{self.wording.in_words(hours)}-hour"))
        elif 60 < minutes < 1440 and self.rng.random() < 0.5:
            words = f"{hours}-hour {mins}-minute"
        else:
            words = f"{minutes}-minute"
        slack = max(300.0, self.told.seconds * 0.05)
        return Said(words, self.told.seconds - slack, self.told.seconds + slack)

    def span(self) -> str:
        return self._span(bare=False)

    def bare_span(self) -> str:
        return self._span(bare=True)

    def _span(self, bare: bool) -> str:
        self._claim("start", "end")
        return self.wording.span(self.rng, self.dates, self.told.began, self.told.ended, bare)

    def part_span(self) -> str:
        began, ended = self.hit.began or self.told.began, self.hit.ended or self.told.ended
        return self.wording.span(self.rng, self.dates, began, ended)

    def part_length(self) -> str:
        began, ended = self.hit.began or self.told.began, self.hit.ended or self.told.ended
        return self.wording.length(self.rng, int((ended - began).total_seconds())).words

    def start(self) -> str:
        self._claim("start")
        return self._moment(self.told.began)

    def end(self) -> str:
        self._claim("end")
        return self._moment(self.told.ended)

    def rough_start(self) -> str:
        self._claim("start")
        lead = self.rng.choice(("about", "around", "approximately"))
        return f"{lead} {self.clock(self.told.began, 5)}"

    def rough_end(self) -> str:
        self._claim("end")
        return f"{self.rng.choice(('about', 'around'))} {self.clock(self.told.ended, 5)}"

    def start_clock(self) -> str:
        self._claim("start")
        return self.clock(self.told.began)

    def end_clock(self) -> str:
        self._claim("end")
        return self.clock(self.told.ended)

    def _moment(self, moment: datetime) -> str:
        template = self.rng.choice(("{c}", "{c}", "{c} on {d}", "{d} at {c}", "{d}, {c}"))
        return template.format(c=self.clock(moment), d=self.dates.day(moment))

    def day(self) -> str:
        return self.dates.day(self.told.began)

    # Other clocks, which no rule may take for the outage

    def detected(self) -> str:
        return self.clock(self.told.detected)

    def detection(self) -> str:
        return self.wording.length(self.rng, self.told.detection_minutes * 60).words

    def first_update(self) -> str:
        return self.clock(self.told.first_update)

    def silence(self) -> str:
        return self.wording.length(self.rng, self.told.silence_minutes * 60).words

    def backlog(self) -> str:
        return self.wording.length(self.rng, self.told.backlog_minutes * 60).words

    def backlog_end(self) -> str:
        return self.clock(self.told.ended + timedelta(minutes=self.told.backlog_minutes))

    def recovered(self) -> str:
        """The end, where it is said of something else."""
        return self.clock(self.told.ended)

    def watched_until(self) -> str:
        assert self.told.watch_until is not None
        return self.clock(self.told.watch_until)

    def window(self) -> str:
        """A part of the outage, such as that in which edits were lost."""
        third = timedelta(minutes=self.told.seconds // 180)
        began = self.told.began + third
        return self.wording.span(
            self.rng, self.dates, began, began + max(third, timedelta(minutes=1))
        )

    def later_day(self) -> str:
        return self.dates.day(self.told.ended + timedelta(days=self.rng.randint(2, 9)))

    def earlier_day(self) -> str:
        return self._earlier_day(0)

    def last_earlier_day(self) -> str:
        return self._earlier_day(-1)

    def _earlier_day(self, position: int) -> str:
        day = self.told.earlier[position].day
        return f"{day.day} {self.wording.MONTHS[day.month - 1]} {day.year}"

    def earlier_length(self) -> str:
        return self.wording.length(self.rng, self.told.earlier[0].minutes * 60).words

    # Who

    def count(self) -> Said:
        return self.wording.count(self.rng, self.told.affected)

    def rough_count(self) -> Said:
        return self.wording.rough_count(self.rng, self.told.affected)

    def total(self) -> str:
        return f"{self.told.total:,}"

    def share(self) -> Said:
        return self.wording.share(self.rng, self.told.percent)

    def rough_share(self) -> Said:
        return self.wording.rough_share(self.rng, self.told.percent)

    def in_ten(self) -> Said:
        """ "nearly four in ten", or a rounded share "of our" where no such words are near."""
        said = self.wording.in_ten(self.rng, self.told.percent)
        if said is None:
            rough = self.wording.rough_share(self.rng, self.told.percent)
            said = Said(f"{rough.words} of our", rough.low, rough.high)
        return said

    def who(self) -> str:
        return self.rng.choice(("customers", "customers", "users", "accounts"))

    def place(self) -> str:
        self._claim("region")
        names = self.told.regions
        lead = "the " if names[0] in ("EU", "US", "North", "South") else ""
        return lead + " and ".join(names)

    def other_place(self) -> str:
        return next(one for one in self.told.all_regions if one not in self.told.regions)

    # What

    def part(self) -> str:
        return self.hit.part.name if self.rng.random() < 0.7 else self.hit.part.name.lower()

    def thing(self) -> str:
        return self.hit.part.thing

    def act(self) -> str:
        return self.hit.part.act

    def broke(self) -> str:
        part = self.hit.part
        return part.slow if self.hit.impact == "degraded_performance" else part.broke

    def down(self) -> str:
        return self.rng.choice(_DOWN[self.hit.impact])

    def was(self) -> str:
        return "were" if self.hit.part.name.endswith("s") else "was"

    def outage(self) -> str:
        return self.rng.choice(_NOUN[self.told.degree])

    def an_outage(self) -> str:
        noun = self.outage()
        return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"

    def trouble(self) -> str:
        return "errors" if self.told.degree == "degraded_performance" else "downtime"

    def base_ing(self) -> str:
        """The measure after "commit to", as a noun phrase."""
        return f"this: we will {self.base()}"

    def lagging(self) -> str:
        return self.told.lagging[0].part.name

    def lagging_things(self) -> str:
        return self.told.lagging[0].part.thing

    def fine_part(self) -> str:
        return self.told.fine[0].part.name

    def number(self) -> str:
        return str(self.rng.randint(11, 95))

    # What changes

    def base(self) -> str:
        assert self.promise is not None
        return self.promise.change.base

    def doing(self) -> str:
        assert self.promise is not None
        return self.promise.change.doing

    def done(self) -> str:
        assert self.promise is not None
        return self.promise.change.done

    def due(self) -> str:
        assert self.promise is not None
        assert self.promise.due is not None
        self._claim("due")
        return self.dates.write(self.promise.due)

    # Why

    def reason(self) -> str:
        return self.told.reason.noun

    def reason_clause(self) -> str:
        return self.told.reason.clause

    # Service levels

    def target(self) -> str:
        assert self.told.level is not None
        return f"{self.told.level.target:g}%"

    def actual(self) -> str:
        assert self.told.level is not None
        self._claim("uptime")
        return f"{self.told.level.actual:g}%"

    def credit(self) -> str:
        assert self.told.level is not None
        self._claim("credit")
        return f"{self.told.level.credit}%"
