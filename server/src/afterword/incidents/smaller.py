"""Whether a version of a record tells less than the ones before it: fewer customers, a lesser
severity, less that happened to data or to that of fewer people, or less that the decision table
asks for. Pure.

What a version does not know is read as it was known last before, or else first after: a fact that
is found out makes no record smaller, and one that goes by way of "unknown" does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from afterword.incidents.decision import (
    RANK,
    UNKNOWN,
    History,
    Inputs,
    asks_for,
    inputs_of,
)
from afterword.incidents.models import Outcome
from afterword.kit.numbers import number
from afterword.kit.timespans import format_span


def what_is_smaller(versions: Sequence[Mapping[str, Any]], severity: int | None) -> str:
    """Return in words what the last of the versions of a record (schema plaintalk-record/1) makes
    smaller; "" for nothing. ``severity`` is the incident's own before the first.
    """
    known: dict[str, int | str] = {} if severity is None else {"severity": severity}
    said = ""
    for before, after in pairwise([{}, *(figures_of(each) for each in versions)]):
        said = told_less(known, before, after)
    if len(versions) < 2:
        return said
    asked = asked_for([inputs_of(each, History()) for each in versions])
    return "; ".join(filter(None, [said, asks_less(*asked[-2:])]))


def figures_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what ``told_less`` reads of a record."""
    sections = {
        name: found if isinstance(found := data.get(name), Mapping) else {}
        for name in ("incident", "customers", "data")
    }
    return {
        "severity": sections["incident"].get("severity"),
        "affected": sections["customers"].get("affected"),
        "people": sections["data"].get("people"),
        **{name: sections["data"].get(name) for name in _EFFECTS},
    }


_EFFECTS: Final = ("confidentiality", "loss", "integrity")
_GRAVE: Final = {"none": 0, "possible": 1, "confirmed": 2}


def told_less(
    known: dict[str, int | str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> str:
    """Return in words what a version of a record made smaller; "" for nothing. Versions are what
    ``figures_of`` returns; of the first, ``before`` is empty.

    ``known`` is what was known last, which the version changes: a figure that goes by way of
    "unknown" is held against the one before that.
    """
    said = []
    was, now = known.get("severity"), number(after["severity"])
    if now is not None:
        if isinstance(was, int) and now > was:
            said.append(f"severity {was} became {now}")
        known["severity"] = now
    said += _fewer("affected", "{:,} customers became {}", known, before, after)
    said += _fewer("people", "data of {:,} people became {}", known, before, after)
    for name in _EFFECTS:
        effect, last = after[name], known.get(name)
        if _GRAVE.get(str(last), 0) > _GRAVE.get(effect, 0) and before.get(name) != effect:
            said.append(f"{name}: {last} became {effect}")
        if effect in _GRAVE:
            known[name] = effect
    return ", ".join(said)


def _fewer(
    name: str,
    words: str,
    known: dict[str, int | str],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> list[str]:
    """Return in words that a count is lower than it was known last, or not known any more."""
    was, now = known.get(name), number(after.get(name))
    if now is not None:
        known[name] = now
    is_fresh = before.get(name) != after.get(name)
    if isinstance(was, int) and is_fresh and (now is None or now < was):
        return [words.format(was, "unknown" if now is None else f"{now:,}")]
    return []


@dataclass(frozen=True)
class Asked:
    """What the table saw and asked for, on what was known with one version."""

    inputs: Inputs
    outcome: Outcome

    @property
    def rank(self) -> int:
        """0 for no summary, and more for more."""
        return RANK.index(self.outcome)


def asked_for(known: Sequence[Inputs]) -> list[Asked]:
    """Return what the table asked for on each version, in their order, from what it saw there.

    Earlier incidents of the same cause are to be left out: no version makes those fewer.
    """
    carried = _carried(_carried(known)[::-1])[::-1]
    return [Asked(each, asks_for(each)) for each in carried]


def asks_less(before: Asked, after: Asked) -> str:
    """Return in words that the table asks for less than on the version before, with what changed;
    "" where it does not.
    """
    if after.rank >= before.rank:
        return ""
    was, now = asdict(before.inputs), asdict(after.inputs)
    changed = [
        f"{name} {_said(key, was[key])} became {_said(key, now[key])}"
        for key, name in _NAMES.items()
        if was[key] != now[key]
    ]
    return f"the table asked for {before.outcome}, now for {after.outcome}: {', '.join(changed)}"


def _carried(inputs: Sequence[Inputs]) -> list[Inputs]:
    """Return them with what is unknown as it was known last."""
    last: dict[str, Any] = {}
    found = []
    for each in inputs:
        unknown = []
        for name, value in vars(each).items():
            if value is None or value == UNKNOWN:
                unknown.append(name)
            else:
                last[name] = value
        carried = {name: last[name] for name in unknown if name in last}
        found.append(replace(each, **carried) if carried else each)
    return found


_NAMES: Final[Mapping[str, str]] = MappingProxyType({
    "customer_impact": "customers affected",
    "data": "effect on data",
    "recurrence": "an earlier one of the same cause",
    "longest_major": "the longest major outage",
    "duration": "how long it lasted",
    "percent": "share of customers",
    "wrong_results": "wrong results",
    "sla_breached": "service level breached",
})  # fmt: skip


def _said(key: str, value: object) -> str:
    if isinstance(value, int | float):
        return f"{value:g} %" if key == "percent" else format_span(int(value))
    return UNKNOWN if value is None else str(value)
