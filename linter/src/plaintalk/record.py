"""The facts of an incident, as the rules use them. `record_reader` makes one from a mapping.

`unknown` is a value of its own everywhere and never stands for `none`; None means "not stated".
All times are timezone-aware.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, TypeAlias

SCHEMA: Final = "plaintalk-record/1"

Basis: TypeAlias = Literal["measured", "estimated", "unknown"]
DataEffect: TypeAlias = Literal["none", "possible", "confirmed", "unknown"]
Impact: TypeAlias = Literal[
    "none", "degraded", "degraded_performance", "partial_outage", "major_outage", "unknown"
]
ComponentState: TypeAlias = Literal[
    "operational",
    "degraded_performance",
    "partial_outage",
    "major_outage",
    "under_maintenance",
    "unknown",
]
Confidence: TypeAlias = Literal["confirmed", "suspected", "unknown"]
Malice: TypeAlias = Literal["yes", "no", "unknown"]
Mechanism: TypeAlias = Literal["prevent", "detect", "limit", "recover"]
MeasureStatus: TypeAlias = Literal["planned", "in_progress", "done", "dropped"]
IncidentStatus: TypeAlias = Literal[
    "investigating", "identified", "monitoring", "resolved", "postmortem", "unknown"
]


class RecordError(ValueError):
    """The record cannot be used. `problems` holds every fault as (path, message)."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{path} {message}" for path, message in problems))


@dataclass(frozen=True, slots=True)
class Times:
    """When things happened."""

    zone: str = "UTC"
    impact_began: datetime | None = None
    detected: datetime | None = None
    first_update: datetime | None = None
    mitigated: datetime | None = None
    impact_ended: datetime | None = None
    watch_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the product, how badly it was hit, and how it is now."""

    name: str
    aliases: tuple[str, ...] = ()
    impact: Impact = "unknown"
    began: datetime | None = None
    ended: datetime | None = None
    state_now: ComponentState = "unknown"

    @property
    def duration_seconds(self) -> int | None:
        """Seconds this part was hit, or None where the record does not say."""
        if self.began is None or self.ended is None:
            return None
        return int((self.ended - self.began).total_seconds())


@dataclass(frozen=True, slots=True)
class Customers:
    """How many customers were affected, of how many; `percent` counts 0 to 100."""

    affected: int | None = None
    total: int | None = None
    percent: float | None = None
    basis: Basis = "unknown"

    @property
    def share(self) -> float | None:
        """Percent affected, as stated or computed from the counts."""
        if self.percent is not None:
            return self.percent
        if self.affected is None or not self.total:
            return None
        return 100 * self.affected / self.total


@dataclass(frozen=True, slots=True)
class Regions:
    """Where it was felt."""

    affected: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    basis: Basis = "unknown"


@dataclass(frozen=True, slots=True)
class Data:
    """What happened to customers' data."""

    confidentiality: DataEffect = "unknown"
    loss: DataEffect = "unknown"
    integrity: DataEffect = "unknown"
    categories: tuple[str, ...] = ()
    people: int | None = None
    people_basis: Basis = "unknown"
    checked_how: str | None = None

    @property
    def people_slack(self) -> float:
        """How far from `people` a stated number may be: a tenth of an estimate, else nothing."""
        return (self.people or 0) * 0.1 if self.people_basis == "estimated" else 0.0

    @property
    def effects(self) -> dict[str, DataEffect]:
        """The three effects by name."""
        return {
            "confidentiality": self.confidentiality,
            "loss": self.loss,
            "integrity": self.integrity,
        }

    @property
    def untouched(self) -> bool:
        """Whether all three effects are known to be none."""
        return all(effect == "none" for effect in self.effects.values())


@dataclass(frozen=True, slots=True)
class Cause:
    """Why it happened, and how sure that is."""

    fingerprint: str | None = None
    text: str | None = None
    confidence: Confidence = "unknown"
    third_party: bool | None = None
    vendor: str | None = None
    vendor_may_be_named: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """Something done, or to be done, so that it does not happen the same way again."""

    text: str
    mechanism: Mechanism | None = None
    status: MeasureStatus = "planned"
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """What one account was promised and got; `target` and `actual` count 0 to 100."""

    account: str
    target: float | None = None
    actual: float | None = None
    breached: bool | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier incident of the same cause."""

    date: date
    title: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of this company and its readers."""

    audience_terms: tuple[str, ...] = ()
    data_nouns: tuple[str, ...] = ()
    public_contacts: tuple[str, ...] = ()
    staff_names: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    ticket_prefixes: tuple[str, ...] = ()
    other_customers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Everything known about one incident."""

    id: str | None = None
    title: str | None = None
    status: IncidentStatus = "unknown"
    severity: int | None = None
    times: Times = field(default_factory=Times)
    components: tuple[Component, ...] = ()
    customers: Customers = field(default_factory=Customers)
    regions: Regions = field(default_factory=Regions)
    symptoms: tuple[str, ...] = ()
    data: Data = field(default_factory=Data)
    malicious: Malice = "unknown"
    cause: Cause = field(default_factory=Cause)
    measures: tuple[Measure, ...] = ()
    sla: tuple[ServiceLevel, ...] = ()
    previous: tuple[Previous, ...] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)
    legal_hold: bool = False

    @property
    def duration_seconds(self) -> int | None:
        """Seconds from `impact_began` to `impact_ended`, or None where either is not known."""
        began, ended = self.times.impact_began, self.times.impact_ended
        if began is None or ended is None:
            return None
        return int((ended - began).total_seconds())
