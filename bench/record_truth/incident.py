"""One random incident: every fact of a record, and the side facts that a text may mention."""

# Words and their figures stay on one line.
# ruff: noqa: E501

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from record_truth.book import BOOKS, Book
from record_truth.terms import Change, Part, Reason

STILL = ("degraded_performance", "partial_outage", "major_outage")


@dataclass(frozen=True)
class Hit:
    """A part and how it was hit; `impact` "none" for a part that worked throughout."""

    part: Part
    impact: str
    began: datetime | None
    ended: datetime | None
    state_now: str


@dataclass(frozen=True)
class Promise:
    """A measure with its state."""

    change: Change
    status: str
    due: date | None


@dataclass(frozen=True)
class Level:
    """What was promised to an account and what it got, in percent."""

    target: float
    actual: float
    credit: int | None

    @property
    def breached(self) -> bool:
        return self.actual < self.target


@dataclass(frozen=True)
class Earlier:
    """An earlier incident of the same cause."""

    day: date
    minutes: int


@dataclass(frozen=True)
class Incident:
    """The facts as a text tells them. Times are UTC; `seconds` is the length of the outage."""

    zone: str
    began: datetime
    detected: datetime
    first_update: datetime
    mitigated: datetime | None
    ended: datetime
    watch_until: datetime | None
    times_known: bool
    seconds: int
    status: str
    hits: tuple[Hit, ...]
    fine: tuple[Hit, ...]
    affected: int
    total: int
    percent: float
    percent_stated: bool
    basis: str
    regions: tuple[str, ...]
    all_regions: tuple[str, ...]
    regions_basis: str
    effects: dict[str, str]
    people: int | None
    malicious: str
    reason: Reason
    confidence: str
    promises: tuple[Promise, ...]
    level: Level | None
    earlier: tuple[Earlier, ...]
    backlog_minutes: int
    detection_minutes: int
    silence_minutes: int

    @property
    def degree(self) -> str:
        """The worst impact of any part."""
        order = ("major_outage", "partial_outage", "degraded_performance")
        return next(one for one in order if any(hit.impact == one for hit in self.hits))

    @property
    def lagging(self) -> tuple[Hit, ...]:
        return tuple(hit for hit in self.hits if hit.state_now in STILL)

    @property
    def regional(self) -> bool:
        return self.regions_basis != "unknown" and set(self.regions) < set(self.all_regions)

    def record(self) -> dict[str, Any]:
        """The incident as a mapping in schema plaintalk-record/1."""
        return {
            "schema": "plaintalk-record/1",
            "incident": {"id": "made-up", "status": self.status, "severity": 2},
            "times": self._times(),
            "components": [_component(hit) for hit in (*self.hits, *self.fine)],
            "customers": self._customers(),
            "regions": {
                "affected": list(self.regions) if self.regions_basis != "unknown" else [],
                "all": list(self.all_regions),
                "basis": self.regions_basis,
            },
            "data": {**self.effects, "people": self.people},
            "security": {"malicious": self.malicious},
            "cause": {
                "text": self.reason.noun,
                "confidence": self.confidence,
                "third_party": self.reason.theirs,
            },
            "measures": [
                {
                    "text": one.change.text,
                    "mechanism": one.change.mechanism,
                    "status": one.status,
                    "due": one.due.isoformat() if one.due else None,
                }
                for one in self.promises
            ],
            "sla": self._levels(),
            "previous": [
                {"date": one.day.isoformat(), "title": "It failed before"} for one in self.earlier
            ],
        }

    def _times(self) -> dict[str, Any]:
        known = self.times_known
        return {
            "zone": self.zone,
            "impact_began": _iso(self.began) if known else None,
            "detected": _iso(self.detected),
            "first_update": _iso(self.first_update),
            "mitigated": _iso(self.mitigated) if known else None,
            "impact_ended": _iso(self.ended) if known else None,
            "watch_until": _iso(self.watch_until),
        }

    def _customers(self) -> dict[str, Any]:
        if self.basis == "unknown":
            return {"affected": None, "total": self.total, "percent": None, "basis": "unknown"}
        return {
            "affected": self.affected,
            "total": self.total,
            "percent": self.percent if self.percent_stated else None,
            "basis": self.basis,
        }

    def _levels(self) -> list[dict[str, Any]]:
        if self.level is None:
            return []
        return [
            {
                "account": "Northlatch",
                "target": self.level.target,
                "actual": self.level.actual,
                "breached": self.level.breached,
                "credit": f"{self.level.credit}%" if self.level.credit else None,
            }
        ]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _component(hit: Hit) -> dict[str, Any]:
    return {
        "name": hit.part.name,
        "aliases": list(hit.part.aliases),
        "impact": hit.impact,
        "began": _iso(hit.began),
        "ended": _iso(hit.ended),
        "state_now": hit.state_now,
    }


def _length(rng: Random) -> int:
    """Minutes: mostly hours, sometimes a few minutes, sometimes days."""
    kind = rng.random()
    if kind < 0.15:
        return rng.randint(3, 40)
    if kind < 0.85:
        return rng.randint(41, 14 * 60)
    return rng.randint(15 * 60, 4 * 1440)


def _beginning(rng: Random, zone: str) -> datetime:
    """A moment in 2025 or 2026; now and then in the night when the clocks change."""
    if rng.random() < 0.06:
        local = ZoneInfo(zone)
        nights = (date(2026, 3, 28), date(2026, 10, 24), date(2026, 3, 7), date(2026, 10, 31))
        night = rng.choice(nights)
        start = datetime(night.year, night.month, night.day, 22, 0, tzinfo=local)
        return start.astimezone(UTC) + timedelta(minutes=rng.randint(0, 239))
    day = datetime(2025, 3, 1, tzinfo=UTC) + timedelta(days=rng.randrange(600))
    return day + timedelta(minutes=rng.randrange(1440))


def _hits(
    rng: Random, parts: tuple[Part, ...], began: datetime, ended: datetime, open_: bool
) -> tuple[Hit, ...]:
    chosen = rng.sample(parts, rng.choice((1, 1, 1, 2, 2, 3)))
    hits = []
    for position, part in enumerate(chosen):
        impact = rng.choice(
            ("major_outage", "major_outage", "partial_outage", "degraded_performance")
        )
        first, last = began, ended
        if position and rng.random() < 0.6:
            whole = int((ended - began).total_seconds() // 60)
            skip = rng.randint(0, whole // 3)
            first = began + timedelta(minutes=skip)
            last = ended - timedelta(minutes=rng.randint(0, whole // 3))
        stated = rng.random() < 0.7
        lags = open_ and position == len(chosen) - 1
        state = rng.choice(STILL[:2]) if lags else "operational"
        hits.append(Hit(part, impact, first if stated else None, last if stated else None, state))
    return tuple(hits)


def _fine(rng: Random, parts: tuple[Part, ...], hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    used = {hit.part.name for hit in hits}
    rest = [part for part in parts if part.name not in used]
    count = rng.choice((0, 1, 1, 2))
    return tuple(Hit(part, "none", None, None, "operational") for part in rng.sample(rest, count))


def _promises(rng: Random, changes: tuple[Change, ...], ended: datetime) -> tuple[Promise, ...]:
    made = []
    for change in rng.sample(changes, rng.choice((0, 1, 2, 3))):
        status = rng.choice(("planned", "planned", "in_progress", "done", "done"))
        due = None
        if status != "done" or rng.random() < 0.4:
            due = (ended + timedelta(days=rng.randint(2, 120))).date()
        made.append(Promise(change, status, due))
    return tuple(made)


def _level(rng: Random) -> Level | None:
    if rng.random() < 0.7:
        return None
    target = rng.choice((99.5, 99.9, 99.95))
    if rng.random() < 0.7:
        return Level(
            target, round(target - rng.randint(5, 120) / 100, 2), rng.choice((5, 10, 25, None))
        )
    return Level(target, 99.98, None)


def _effects(rng: Random) -> dict[str, str]:
    names = ("confidentiality", "loss", "integrity")
    if rng.random() < 0.5:
        return dict.fromkeys(names, "none")
    return {
        name: rng.choice(("none", "none", "possible", "confirmed", "unknown")) for name in names
    }


def invent(rng: Random, book: Book = BOOKS[0]) -> Incident:
    """A whole incident from one source of chance."""
    zone = rng.choice(book.inventory.ZONES)
    began = _beginning(rng, zone)
    minutes = _length(rng)
    ended = began + timedelta(minutes=minutes)
    open_ = rng.random() < 0.2
    hits = _hits(rng, book.inventory.PARTS, began, ended, open_)
    total = rng.choice(
        (rng.randint(40, 900), rng.randint(1_000, 99_000), rng.randint(100_000, 2_500_000))
    )
    affected = (
        total
        if rng.random() < 0.08
        else max(
            2, round(total * rng.choice((0.004, 0.03, 0.1, 0.37, 0.6)) * rng.uniform(0.6, 1.5))
        )
    )
    affected = min(affected, total)
    places = rng.choice(book.inventory.PLACES)
    detection = rng.randint(1, max(2, minutes // 3))
    silence = rng.randint(1, max(2, minutes // 2))
    earlier = tuple(
        Earlier((began - timedelta(days=days)).date(), rng.randint(4, 300))
        for days in rng.sample(range(20, 340), rng.choice((0, 0, 1, 2)))
    )
    return Incident(
        zone=zone,
        began=began,
        detected=began + timedelta(minutes=detection),
        first_update=began + timedelta(minutes=silence),
        mitigated=ended - timedelta(minutes=rng.randint(0, minutes // 6)) if rng.random() < 0.3 else None,
        ended=ended,
        watch_until=ended + timedelta(minutes=rng.randint(30, 600)) if rng.random() < 0.6 else None,
        times_known=rng.random() < 0.95,
        seconds=minutes * 60,
        status="monitoring" if open_ else "resolved",
        hits=hits,
        fine=_fine(rng, book.inventory.PARTS, hits),
        affected=affected,
        total=total,
        percent=round(100 * affected / total, rng.choice((0, 1)) if affected / total > 0.02 else 2),
        percent_stated=rng.random() < 0.7,
        basis=rng.choice(("measured", "measured", "measured", "estimated", "unknown")),
        regions=tuple(rng.sample(places, rng.randint(1, len(places)))),
        all_regions=places,
        regions_basis=rng.choice(("measured", "measured", "unknown")),
        effects=_effects(rng),
        people=None,
        malicious=rng.choice(("no", "no", "no", "yes", "unknown")),
        reason=rng.choice(book.inventory.REASONS),
        confidence=rng.choice(("confirmed", "suspected", "unknown")),
        promises=_promises(rng, book.inventory.CHANGES, ended),
        level=_level(rng),
        earlier=earlier,
        backlog_minutes=rng.randint(5, 200),
        detection_minutes=detection,
        silence_minutes=silence,
    )  # fmt: skip
