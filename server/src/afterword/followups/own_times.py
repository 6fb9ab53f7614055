"""When an incident began and ended for one account, and for everybody. Pure; instants are UTC."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from afterword.audience.models import AccountImpact, Customer
from afterword.kit.timespans import parse_iso

Span = tuple[datetime, datetime]
Felt = tuple[datetime | None, datetime | None]
"""When something began and ended; None where nobody knows."""


def own_span(
    customer: Customer,
    impact: AccountImpact | None,
    data: Mapping[str, Any],
    names: Mapping[str, str],
) -> Felt:
    """Return when it began and ended for the account: as measured, else for what it uses, else as
    the record ``data`` has it. ``names`` maps casefolded names of components to public ids.
    """
    used = [
        each
        for each in data.get("components") or []
        if each.get("impact", "unknown") != "none"
        and (
            not customer.components
            or names.get(str(each.get("name")).casefold()) in customer.components
        )
    ]
    recorded = recorded_span(data)
    begins = [at for each in used if (at := _instant(each.get("began")))]
    ends = [_instant(each.get("ended")) for each in used]
    began = min(begins) if begins else recorded[0]
    known = [at for at in ends if at]
    ended = max(known) if known and len(known) == len(ends) else recorded[1]
    if impact is not None:
        began, ended = impact.began or began, impact.ended or ended
    return began, ended


def recorded_span(data: Mapping[str, Any]) -> Felt:
    """Return when the impact on the record began and ended."""
    times = data.get("times") or {}
    return _instant(times.get("impact_began")), _instant(times.get("impact_ended"))


def around(span: Span, other: Felt) -> Span:
    """Return the shortest span that holds both."""
    return min(span[0], other[0] or span[0]), max(span[1], other[1] or span[1])


def _instant(text: object) -> datetime | None:
    return parse_iso(text) if isinstance(text, str) and text else None
