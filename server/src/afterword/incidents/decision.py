"""Whether an incident gets a public summary: the decision table as a pure function.

Rows and thresholds are our policy defaults, not evidence. Row 8 is looked at first, then the
first row that fits counts. A fact that is unknown counts as the worse value until it is set.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

from afterword.incidents.models import Outcome
from afterword.kit.timespans import format_span, parse_iso

Known: TypeAlias = Literal["yes", "no", "unknown"]
Effect: TypeAlias = Literal["none", "possible", "confirmed", "unknown"]

UNKNOWN: Final = "unknown"
_EFFECTS: Final = ("none", "unknown", "possible", "confirmed")
_WINDOW: Final = timedelta(days=180)
_MINUTE: Final = 60
_HOUR: Final = 3600

# Least first: a decision further left than the proposal is a lowering.
RANK: Final = (Outcome.NONE, Outcome.SHORT, Outcome.SUMMARY)


@dataclass(frozen=True)
class Earlier:
    """An earlier incident of the same cause."""

    date: date
    title: str


@dataclass(frozen=True)
class History:
    """What the table wants to know beyond the record.

    ``any_recent``: whether any incident began in the 180 days before, so that an unknown cause
    could be a recurrence. ``posted``: whether the public has seen anything of this incident.
    """

    same_cause: tuple[Earlier, ...] = ()
    any_recent: bool = False
    posted: bool = True


@dataclass(frozen=True)
class Inputs:
    """What the table saw. Spans are seconds, shares percent; None is unknown."""

    customer_impact: Known
    data: Effect
    recurrence: Known
    longest_major: int | None
    duration: int | None
    percent: float | None
    wrong_results: Known
    sla_breached: Known
    posted: bool


@dataclass(frozen=True)
class Proposal:
    """What the table proposes. ``row`` is 1 to 8; the sentences are for people to read."""

    outcome: str
    row: int
    because: str
    what_would_change_it: tuple[str, ...]
    inputs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Row:
    number: int
    outcome: str
    fits: Callable[[Inputs], bool]
    because: Callable[[Inputs], str]


def propose(data: Mapping[str, Any], history: History) -> Proposal:
    """Return the proposal for a record (schema plaintalk-record/1), complete or not."""
    seen = inputs_of(data, history)
    row = _row_for(seen)
    return Proposal(
        outcome=str(row.outcome),
        row=row.number,
        because=row.because(seen),
        what_would_change_it=_alternatives(seen, row),
        inputs=asdict(seen),
    )


def is_lowering(outcome: str, proposed: str) -> bool:
    """Whether the outcome tells the public less than was proposed."""
    return RANK.index(Outcome(outcome)) < RANK.index(Outcome(proposed))


def asks_for(seen: Inputs) -> Outcome:
    """Return what the table proposes where it sees this."""
    return Outcome(_row_for(seen).outcome)


def inputs_of(data: Mapping[str, Any], history: History) -> Inputs:
    """Read the table's inputs out of a record. What the record does not say is unknown."""
    effects = [_mapping(data, "data").get(k) for k in ("confidentiality", "loss", "integrity")]
    effect: Effect = max((_effect(e) for e in effects), key=_EFFECTS.index)
    affected, percent = _customers(data)
    return Inputs(
        customer_impact=_impact(data, affected, percent),
        data=effect,
        recurrence=_recurrence(data, history),
        longest_major=_longest_major(data),
        duration=_span(_mapping(data, "times"), "impact_began", "impact_ended"),
        percent=percent,
        wrong_results=_wrong_results(data),
        sla_breached=_sla(data),
        posted=history.posted,
    )


def _at_least(value: float | None, limit: float) -> bool:
    return value is None or value >= limit


def _row_for(seen: Inputs) -> _Row:
    if _ROWS[8].fits(seen):
        return _ROWS[8]
    return next(_ROWS[n] for n in range(1, 8) if _ROWS[n].fits(seen))


def _row_3(seen: Inputs) -> bool:
    many = _at_least(seen.percent, 25) and _at_least(seen.duration, 15 * _MINUTE)
    return _at_least(seen.longest_major, 30 * _MINUTE) or many


def _row_4(seen: Inputs) -> bool:
    hour = _at_least(seen.percent, 5) and _at_least(seen.duration, _HOUR)
    long = _at_least(seen.percent, 1) and _at_least(seen.duration, 4 * _HOUR)
    return hour or long or seen.wrong_results != "no"


def _because_3(seen: Inputs) -> str:
    if seen.longest_major is None:
        return "how long the worst-hit component was down is unknown, which counts as 30 minutes."
    if seen.longest_major >= 30 * _MINUTE:
        return f"a component was in major outage for {format_span(seen.longest_major)}."
    return f"{_share(seen)} for {_lasting(seen)}."


def _because_4(seen: Inputs) -> str:
    if seen.wrong_results == "yes":
        return "people were given wrong results."
    if _row_4(replace(seen, wrong_results="no")):
        return f"{_share(seen)} for {_lasting(seen)}."
    return "whether people were given wrong results is unknown, which counts as yes."


def _share(seen: Inputs) -> str:
    if seen.percent is None:
        return "the share of customers affected is unknown, which counts as many,"
    return f"{seen.percent:g}% of customers were affected"


def _lasting(seen: Inputs) -> str:
    return "an unknown time" if seen.duration is None else format_span(seen.duration)


_ROWS: Final[dict[int, _Row]] = {
    row.number: row
    for row in (
        _Row(
            1, Outcome.SUMMARY, lambda i: i.data != "none",
            lambda i: (
                "what happened to customers' data is unknown, which counts as possible."
                if i.data == UNKNOWN
                else f"an effect on customers' data is {i.data}."
            ),
        ),
        _Row(
            2, Outcome.SUMMARY, lambda i: i.recurrence != "no",
            lambda i: (
                "the same cause struck in the last 180 days; the summary must mention it."
                if i.recurrence == "yes"
                else "the cause is unknown; an incident of the last 180 days may share it."
            ),
        ),
        _Row(3, Outcome.SUMMARY, _row_3, _because_3),
        _Row(4, Outcome.SUMMARY, _row_4, _because_4),
        _Row(
            5, Outcome.SUMMARY, lambda i: i.sla_breached != "no",
            lambda i: (
                "a service level was breached; a summary is recommended."
                if i.sla_breached == "yes"
                else "whether a service level was breached is unknown, which counts as yes."
            ),
        ),
        _Row(
            6, Outcome.SHORT, lambda i: i.posted,
            lambda _: "the public saw it, and it stayed below the thresholds: four sentences do.",
        ),
        _Row(
            7, Outcome.NONE, lambda _: True,
            lambda _: "customers were affected below every threshold and nothing was posted.",
        ),
        _Row(
            8, Outcome.NONE, lambda i: i.customer_impact == "no" and i.data == "none",
            lambda _: "no customer was affected.",
        ),
    )
}  # fmt: skip

# Each possible change of one fact, in words, with what the table would then see.
_CHANGES: Final[tuple[tuple[str, Callable[[Inputs], Inputs | None]], ...]] = (
    (
        "data is found untouched",
        lambda i: replace(i, data="none") if i.data in {UNKNOWN, "possible"} else None,
    ),
    (
        "an effect on data is confirmed",
        lambda i: replace(i, data="confirmed", customer_impact="yes") if i.data == "none" else None,
    ),
    (
        "the cause proves to be a new one",
        lambda i: replace(i, recurrence="no") if i.recurrence == UNKNOWN else None,
    ),
    (
        "the cause proves to be that of an earlier incident",
        lambda i: replace(i, recurrence="yes") if i.recurrence == "no" else None,
    ),
    (
        "it is known that nobody was affected",
        lambda i: replace(i, customer_impact="no") if i.customer_impact == UNKNOWN else None,
    ),
    (
        "the share of customers is found to be below 1%",
        lambda i: replace(i, percent=0.9) if i.percent is None else None,
    ),
    (
        "25% of customers or more were affected",
        lambda i: replace(i, percent=25.0) if not _at_least(i.percent, 25) else None,
    ),
    (
        "5% of customers or more were affected",
        lambda i: replace(i, percent=5.0) if not _at_least(i.percent, 5) else None,
    ),
    (
        "no component was in major outage for 30 minutes",
        lambda i: replace(i, longest_major=0) if _at_least(i.longest_major, 1800) else None,
    ),
    (
        "a component was in major outage for 30 minutes",
        lambda i: replace(i, longest_major=1800) if not _at_least(i.longest_major, 1800) else None,
    ),
    (
        "it is known that nobody got wrong results",
        lambda i: replace(i, wrong_results="no") if i.wrong_results == UNKNOWN else None,
    ),
    (
        "somebody got wrong results",
        lambda i: replace(i, wrong_results="yes") if i.wrong_results == "no" else None,
    ),
    (
        "it is known that no service level was breached",
        lambda i: replace(i, sla_breached="no") if i.sla_breached == UNKNOWN else None,
    ),
    (
        "a service level proves to be breached",
        lambda i: replace(i, sla_breached="yes") if i.sla_breached == "no" else None,
    ),
)


def _alternatives(seen: Inputs, row: _Row) -> tuple[str, ...]:
    found = []
    for words, change in _CHANGES:
        other = change(seen)
        then = _row_for(other) if other is not None else row
        if then.number != row.number:
            found.append(f"If {words}: row {then.number}, {Outcome(then.outcome).label.lower()}.")
    return tuple(found)


def _mapping(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _effect(value: object) -> Effect:
    return next((e for e in _EFFECTS if e == value), "unknown")


def _customers(data: Mapping[str, Any]) -> tuple[float | None, float | None]:
    customers = _mapping(data, "customers")
    if customers.get("basis") == UNKNOWN:
        return None, None
    affected, total = _number(customers.get("affected")), _number(customers.get("total"))
    percent = _number(customers.get("percent"))
    if percent is None and affected is not None and total:
        percent = 100 * affected / total
    if percent is None and affected == 0:
        percent = 0.0
    return affected, percent


def _impact(data: Mapping[str, Any], affected: float | None, percent: float | None) -> Known:
    impacts = {c.get("impact") for c in _components(data)}
    if affected or percent or impacts - {"none", UNKNOWN, None}:
        return "yes"
    if affected is None and percent is None:
        return UNKNOWN
    return "no" if impacts <= {"none"} else UNKNOWN


def _components(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = data.get("components")
    return [c for c in listed if isinstance(c, Mapping)] if isinstance(listed, list) else []


def _span(source: Mapping[str, Any], first: str, last: str) -> int | None:
    began, ended = _moment(source.get(first)), _moment(source.get(last))
    return None if began is None or ended is None else int((ended - began).total_seconds())


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        return parse_iso(value)
    except ValueError:
        return None


def _longest_major(data: Mapping[str, Any]) -> int | None:
    """Return the longest major outage of a component; 0 for none, None when it may be any."""
    components = _components(data)
    if not components:
        return None
    overall = _span(_mapping(data, "times"), "impact_began", "impact_ended")
    longest = 0
    for component in components:
        impact = component.get("impact")
        if impact not in {"major_outage", UNKNOWN, None}:
            continue
        span = _span(component, "began", "ended")
        span = overall if span is None else span
        if span is None:
            return None
        longest = max(longest, span)
    return longest


def _recurrence(data: Mapping[str, Any], history: History) -> Known:
    if history.same_cause or _listed_recently(data):
        return "yes"
    if _mapping(data, "cause").get("fingerprint"):
        return "no"
    return UNKNOWN if history.any_recent else "no"


def _listed_recently(data: Mapping[str, Any]) -> bool:
    listed = data.get("previous")
    began = _moment(_mapping(data, "times").get("impact_began"))
    for one in listed if isinstance(listed, list) else []:
        when = one.get("date") if isinstance(one, Mapping) else None
        if not isinstance(when, str):
            continue
        try:
            day = datetime.fromisoformat(when).date()
        except ValueError:
            continue
        if began is None or day >= began.date() - _WINDOW:
            return True
    return False


def _wrong_results(data: Mapping[str, Any]) -> Known:
    """A record without the field is read by its data: integrity none means nothing was wrong."""
    value = data.get("wrong_results")
    if value is None:
        return "no" if _mapping(data, "data").get("integrity") == "none" else UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if value in {"yes", "no"} else UNKNOWN


def _sla(data: Mapping[str, Any]) -> Known:
    listed = data.get("sla")
    if not isinstance(listed, list):
        return UNKNOWN
    answers = {_breach(one) for one in listed if isinstance(one, Mapping)}
    if "yes" in answers:
        return "yes"
    return UNKNOWN if UNKNOWN in answers else "no"


def _breach(level: Mapping[str, Any]) -> Known:
    if isinstance(level.get("breached"), bool):
        return "yes" if level["breached"] else "no"
    target, actual = _number(level.get("target")), _number(level.get("actual"))
    if target is None or actual is None:
        return UNKNOWN
    return "yes" if actual < target else "no"
