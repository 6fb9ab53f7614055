"""What the decision table asked for on each saved version of a record. Pure.

What a version does not know is read as it was known last before, or else first after: a fact that
is found out makes no record smaller, and one that goes by way of "unknown" does.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
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
from afterword.kit.timespans import format_span
from afterword.trust.lookups import Row


@dataclass(frozen=True)
class Asked:
    """What the table saw and asked for, on what was known with one version."""

    inputs: Inputs
    outcome: Outcome

    @property
    def rank(self) -> int:
        """0 for no summary, and more for more."""
        return RANK.index(self.outcome)


def asked_for(versions: Sequence[Row], first_word: datetime | None) -> list[Asked]:
    """Return what the table asked for on each version, in their order.

    Earlier incidents of the same cause are left out: no version of this record makes those fewer.
    """
    known = [_inputs(each, first_word) for each in versions]
    known = _carried(_carried(known)[::-1])[::-1]
    return [Asked(each, asks_for(each)) for each in known]


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


def _inputs(version: Row, first_word: datetime | None) -> Inputs:
    posted = first_word is not None and first_word <= version["saved_at"]
    return inputs_of(json.loads(version["as_text"]), History(posted=posted))


def _carried(inputs: Sequence[Inputs]) -> list[Inputs]:
    """Return them with what is unknown as it was known last."""
    last: dict[str, Any] = {}
    found = []
    for each in inputs:
        last |= {k: v for k, v in vars(each).items() if v not in {None, UNKNOWN}}
        found.append(replace(each, **{**last, "posted": each.posted}))
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
