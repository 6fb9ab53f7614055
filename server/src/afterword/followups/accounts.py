"""What an incident did to one account, from the record and from what was measured. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from afterword.audience.models import AccountImpact, Customer
from afterword.audience.queries.customers import Account
from afterword.incidents.decision import History, inputs_of


@dataclass(frozen=True)
class Reach:
    """Where an incident was felt. None: nobody knows, so it may have been anywhere."""

    anybody: bool
    parts: frozenset[str] | None
    regions: frozenset[str] | None


def reach_of(record_data: Mapping[str, Any], ids_by_name: Mapping[str, str]) -> Reach:
    """Return where a record says that the incident was felt.

    ``ids_by_name`` maps casefolded names of components to their public ids. A component that is on
    the record and not on the page makes the parts unknown, as does one with no known impact.
    """
    hit = [
        ids_by_name.get(str(each.get("name")).casefold())
        for each in record_data.get("components") or []
        if isinstance(each, Mapping) and each.get("impact", "unknown") != "none"
    ]
    parts = frozenset(each for each in hit if each is not None)
    said = record_data.get("regions")
    regions = said if isinstance(said, Mapping) else {}
    named = [str(each).casefold() for each in regions.get("affected") or []]
    return Reach(
        anybody=inputs_of(record_data, History()).customer_impact != "no",
        parts=parts if parts and len(parts) == len(set(hit)) else None,
        regions=frozenset(named) if named and regions.get("basis") != "unknown" else None,
    )


def was_touched(
    customer: Customer | Account, reach: Reach, impact: AccountImpact | None, *, measured: bool
) -> bool | None:
    """Whether the incident touched the account; None when nobody can tell.

    Once accounts were measured (``measured``), whoever is not among them was not touched.
    """
    if impact is not None:
        return True
    if measured or not reach.anybody:
        return False
    by_part = _overlap(customer.components, reach.parts)
    by_region = _overlap([str(each).casefold() for each in customer.regions], reach.regions)
    if by_part is False or by_region is False:
        return False
    return True if by_part else None


def was_breached(customer: Customer | Account, record_data: Mapping[str, Any]) -> bool | None:
    """Whether the record says that the account's service level was missed; None is unknown."""
    if not isinstance(record_data.get("sla"), list):
        return None
    level = level_of(customer, record_data)
    return _missed(level) if level else False


def level_of(customer: Customer | Account, record_data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the record says of the account's service level, empty when nothing."""
    return level_named((customer.account_id, customer.name), record_data)


def level_named(names: Collection[str], record_data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the record says of the service level of an account, by its id or its name."""
    folded = {each.casefold() for each in names}
    for level in record_data.get("sla") or []:
        if isinstance(level, Mapping) and str(level.get("account", "")).casefold() in folded:
            return level
    return {}


def _missed(level: Mapping[str, Any]) -> bool | None:
    if isinstance(level.get("breached"), bool):
        return bool(level["breached"])
    target, actual = level.get("target"), level.get("actual")
    if isinstance(target, int | float) and isinstance(actual, int | float):
        return actual < target
    return None


def _overlap(used: Collection[str], hit: frozenset[str] | None) -> bool | None:
    return None if hit is None or not used else not hit.isdisjoint(used)
