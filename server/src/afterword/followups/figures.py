"""A recipient's own figures: their times, their downtime against the contract, their credit.

They are frozen with the list that a letter goes to. Spans are seconds, shares percent, months UTC.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any, Final

from afterword.audience.models import AccountImpact, Customer
from afterword.audience.queries.customers import customers_with, impacts_of
from afterword.components.uptime import midnight, percent_text
from afterword.followups.accounts import level_of, reach_of, was_touched
from afterword.followups.months import Month, Months, next_month
from afterword.followups.own_times import Felt, own_span, recorded_span
from afterword.followups.reckoning import record_of
from afterword.incidents.models import Incident
from afterword.kit.timespans import iso_utc

_BATCH: Final = 500


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
    months = Months(incident)
    reach, felt = reach_of(data, months.names), recorded_span(data)
    found = {}
    for batch in _batches(customers_with(page, accounts)):
        months.learn(batch)
        for customer in batch:
            impact = impacts.get(customer.pk)
            span: Felt = (None, None)
            if was_touched(customer, reach, impact, measured=bool(impacts)) is not False:
                span = own_span(customer, impact, data, months.names)
            plain = _of_the_incident(customer, impact, span)
            if customer.sla_target is not None and span[0] and span[1]:
                first = span[0].astimezone(UTC).date().replace(day=1)
                month = months.of(customer, first, (span[0], span[1]), felt)
                plain |= {"month": f"{first:%Y-%m}"}
                length = midnight(next_month(first)) - midnight(first)
                plain |= _of_the_contract(customer, data, month, int(length.total_seconds()))
            found[customer.account_id] = Own(plain, _conflicts(customer, span, data))
    return found


def changed_since(incident: Incident, frozen: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the names of the accounts whose figures are not those that were frozen any more."""
    own = own_figures(incident, frozen)
    return [
        str(figures.get("account", account))
        for account, figures in frozen.items()
        if account in own and own[account].plain != figures
    ]


def _batches(customers: Iterator[Customer]) -> Iterator[list[Customer]]:
    while batch := list(islice(customers, _BATCH)):
        yield batch


def _of_the_incident(
    customer: Customer,
    impact: AccountImpact | None,
    span: Felt,
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
    customer: Customer, data: Mapping[str, Any], month: Month, length: int
) -> dict[str, Any]:
    """Return the result of a month of ``length`` seconds.

    What the record says of the account's level comes first. Else the level is that of the downtime
    known of. Where there may be more, that is the most that can have been reached: enough to say
    that a level was missed, never that it was kept (``missed`` is None then).
    """
    target = customer.sla_target or Decimal()
    level = level_of(customer, data)
    actual = level.get("actual")
    plain = {
        "month_seconds": month.seconds,
        "month_known": month.known,
        "target": f"{target.normalize():f}",
        "parts_known": bool(customer.components),
    }
    missed: bool | None
    if isinstance(actual, int | float) and not isinstance(actual, bool):
        plain["reached"], missed = f"{actual:g}", Decimal(str(actual)) < target
    else:
        share = 1 - Fraction(month.seconds, length)
        missed = share * 100 < Fraction(target)
        if month.known:
            plain["reached"] = percent_text(share)
        elif missed:
            plain["reached_at_most"] = percent_text(share)
        else:
            missed = None
    if isinstance(level.get("breached"), bool):
        missed = bool(level["breached"])
    plain["missed"] = missed
    if missed and customer.sla_credit is not None:
        plain["credit"] = f"{customer.sla_credit.normalize():f}"
    return plain


def _conflicts(customer: Customer, span: Felt, data: Mapping[str, Any]) -> tuple[str, ...]:
    (began, ended), (first, last) = span, recorded_span(data)
    said = []
    if began and first and began < first:
        said.append(f"{customer.name}: its own times begin before the impact on the record.")
    if ended and last and ended > last:
        said.append(f"{customer.name}: its own times end after the impact on the record.")
    if began and ended and ended < began:
        said.append(f"{customer.name}: it would have ended before it began.")
    return tuple(said)
