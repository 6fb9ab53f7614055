"""A recipient's own figures: their times, their downtime against the contract, their credit.

They are frozen with the list that a letter goes to. Spans are seconds, shares percent, months UTC.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from afterword.audience.models import AccountImpact, Customer
from afterword.audience.queries.customers import customers_with, impacts_of
from afterword.components.models import Page
from afterword.components.queries import (
    components_by_public_id,
    ids_by_name,
    stretches_between,
    weights_of,
)
from afterword.components.spans import Stretch
from afterword.components.uptime import days_of, midnight, percent_text, seconds_down
from afterword.followups.accounts import level_of, reach_of, was_touched
from afterword.followups.reckoning import record_of
from afterword.incidents.models import Incident
from afterword.kit.timespans import iso_utc, parse_iso

Span = tuple[datetime, datetime]
_Felt = tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class Own:
    """What a letter says of one account. ``plain`` is what is frozen, empty for nothing known.

    ``conflicts`` say, in sentences, where it disagrees with the record.
    """

    plain: dict[str, Any]
    conflicts: tuple[str, ...] = ()


def own_figures(incident: Incident, accounts: Iterable[str]) -> dict[str, Own]:
    """Return the figures of each account (by its id), from what was measured of it, else from the
    record and from the status of what it uses.
    """
    page, data = incident.page, record_of(incident)
    impacts = impacts_of(page, incident.public_id)
    names = ids_by_name(page)
    months = _Months(page)
    reach = reach_of(data, names)
    found = {}
    for customer in customers_with(page, accounts):
        impact = impacts.get(customer.pk)
        span: _Felt = (None, None)
        if was_touched(customer, reach, impact, measured=bool(impacts)) is not False:
            span = _own_span(customer, impact, data, names)
        plain = _of_the_incident(customer, impact, span)
        if customer.sla_target is not None and span[0] and span[1]:
            felt = _recorded_span(data)
            plain |= _of_the_contract(customer, data, (span[0], span[1]), felt, months)
        found[customer.account_id] = Own(plain, _conflicts(customer, span, data))
    return found


def _own_span(
    customer: Customer,
    impact: AccountImpact | None,
    data: Mapping[str, Any],
    names: Mapping[str, str],
) -> _Felt:
    """Return when it began and ended for the account: as measured, else for what it uses."""
    used = [
        each
        for each in data.get("components") or []
        if each.get("impact", "unknown") != "none"
        and (
            not customer.components
            or names.get(str(each.get("name")).casefold()) in customer.components
        )
    ]
    recorded = _recorded_span(data)
    begins = [at for each in used if (at := _instant(each.get("began")))]
    ends = [_instant(each.get("ended")) for each in used]
    began = min(begins) if begins else recorded[0]
    known = [at for at in ends if at]
    ended = max(known) if known and len(known) == len(ends) else recorded[1]
    if impact is not None:
        began, ended = impact.began or began, impact.ended or ended
    return began, ended


def _recorded_span(data: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    times = data.get("times") or {}
    return _instant(times.get("impact_began")), _instant(times.get("impact_ended"))


def _of_the_incident(
    customer: Customer,
    impact: AccountImpact | None,
    span: tuple[datetime | None, datetime | None],
) -> dict[str, Any]:
    began, ended = span
    plain: dict[str, Any] = {"account": customer.name}
    if began and ended:
        plain |= {"began": iso_utc(began), "ended": iso_utc(ended)}
        plain["seconds"] = int((ended - began).total_seconds())
    if impact is not None and impact.failed is not None:
        plain["failed"] = impact.failed
    if impact is not None and impact.loss:
        plain["loss"] = impact.loss
    return plain


def _of_the_contract(
    customer: Customer,
    data: Mapping[str, Any],
    own: Span,
    felt: tuple[datetime | None, datetime | None],
    months: "_Months",
) -> dict[str, Any]:
    """Return the result of the month in which it began for the account.

    What the record says of the account's level comes first. Else the month's downtime is this
    incident as it hit the account, and the rest of the month as the worst part it uses had it.
    """
    first = own[0].astimezone(UTC).date().replace(day=1)
    begin, end = midnight(first), midnight(_next(first))
    here = min(own[1], end) - max(own[0], begin)
    around = (min(own[0], felt[0] or own[0]), max(own[1], felt[1] or own[1]))
    rest = months.down(customer.components, first, around)
    seconds = int(here.total_seconds()) + int(rest)
    share = 1 - Fraction(seconds, int((end - begin).total_seconds()))
    target = customer.sla_target
    level = level_of(customer, data)
    actual = level.get("actual")
    if isinstance(actual, int | float) and not isinstance(actual, bool):
        reached, missed = f"{actual:g}", Decimal(str(actual)) < (target or 0)
    else:
        reached, missed = percent_text(share), share * 100 < Fraction(target or 0)
    if isinstance(level.get("breached"), bool):
        missed = bool(level["breached"])
    plain = {
        "month": f"{first:%Y-%m}",
        "month_seconds": seconds,
        "target": f"{(target or Decimal()).normalize():f}",
        "reached": reached,
        "missed": missed,
        "parts_known": bool(customer.components),
    }
    if missed and customer.sla_credit is not None:
        plain["credit"] = f"{customer.sla_credit.normalize():f}"
    return plain


def _conflicts(
    customer: Customer, span: tuple[datetime | None, datetime | None], data: Mapping[str, Any]
) -> tuple[str, ...]:
    (began, ended), (first, last) = span, _recorded_span(data)
    said = []
    if began and first and began < first:
        said.append(f"{customer.name}: its own times begin before the impact on the record.")
    if ended and last and ended > last:
        said.append(f"{customer.name}: its own times end after the impact on the record.")
    if began and ended and ended < began:
        said.append(f"{customer.name}: it would have ended before it began.")
    return tuple(said)


class _Months:
    """Downtime of components in a month, each read once."""

    def __init__(self, page: Page) -> None:
        self._page, self._weights = page, weights_of(page)
        self._read: dict[tuple[str, date], list[Stretch]] = {}

    def down(self, parts: Sequence[str], first: date, but_for: Span) -> float:
        """Return the seconds that count as downtime in the month from ``first`` on, of the part
        that was down longest, leaving out what lies in ``but_for``.
        """
        self._fetch(parts, first)
        last = _next(first) - timedelta(days=1)
        found = [0.0]
        for part in parts:
            stretches = _outside(self._read.get((part, first), []), but_for)
            days = days_of(stretches, first, last).values()
            found.append(sum(seconds_down(day, self._weights) for day in days))
        return max(found)

    def _fetch(self, parts: Sequence[str], first: date) -> None:
        missing = [part for part in parts if (part, first) not in self._read]
        last = _next(first) - timedelta(days=1)
        for ident, component in components_by_public_id(self._page, missing).items():
            self._read[ident, first] = stretches_between(component, first, last)


def _outside(stretches: Sequence[Stretch], span: Span) -> list[Stretch]:
    """Return what of the stretches lies outside the span."""
    left = []
    for each in stretches:
        if each.began < span[0]:
            left.append(Stretch(each.began, min(each.ended or span[0], span[0]), each.status))
        if each.ended is None or each.ended > span[1]:
            left.append(Stretch(max(each.began, span[1]), each.ended, each.status))
    return [each for each in left if each.ended is None or each.began < each.ended]


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _instant(text: object) -> datetime | None:
    return parse_iso(text) if isinstance(text, str) and text else None
