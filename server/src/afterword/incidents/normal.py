"""From any JSON to the one form in which a record is stored, or a list of every fault in it.

Figures that follow from others are computed here and never taken as typed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from afterword.incidents.record import CAUSE_CLASSES, SCHEMA, TIMES, UNKNOWN
from afterword.kit.plain_json import plain_json
from afterword.kit.timespans import iso_utc, parse_iso, year_problem
from afterword.wording.queries import validate_record

BASES: Final = ("measured", "estimated", UNKNOWN)
SEVERITIES: Final = (1, 2, 3, 4)

Problems = dict[str, str]


def normal_form(data: object, *, now: datetime) -> tuple[dict[str, Any], Problems]:
    """Return (record, problems); the record is only to be used when there are no problems.

    ``now`` is what "in the future" is measured against, UTC.
    """
    plain, problems = plain_json(data)
    if problems:
        return {}, problems
    if not isinstance(plain, dict):
        return {}, {"": "must be an object"}
    plain.setdefault("schema", SCHEMA)
    problems.update(validate_record(plain))
    if problems:
        return {}, problems
    record = dict(plain)
    _sections(record)
    _severity(record, problems)
    _times(record, problems, now)
    _days(record, problems)
    _components(record, problems, now)
    _customers(record, problems)
    _people(record, problems)
    _cause(record, problems)
    _wrong_results(record, problems)
    return record, problems


def _sections(record: dict[str, Any]) -> None:
    """Put every section in place, so that what is not said is visibly unknown."""
    for key in ("incident", "times", "customers", "regions", "data", "security", "cause"):
        record[key] = dict(record.get(key) or {})
    for key in ("components", "measures", "previous", "symptoms"):
        record[key] = list(record.get(key) or [])
    record["lexicon"] = dict(record.get("lexicon") or {})
    record.setdefault("sla", None)
    for key in ("confidentiality", "loss", "integrity"):
        record["data"][key] = record["data"].get(key) or UNKNOWN
    record["security"]["malicious"] = record["security"].get("malicious") or UNKNOWN
    regions = record["regions"]
    told = regions.get("affected") or regions.get("all")
    regions["basis"] = regions.get("basis") or ("estimated" if told else UNKNOWN)


def _severity(record: dict[str, Any], problems: Problems) -> None:
    severity = record["incident"].get("severity")
    if severity is not None and severity not in SEVERITIES:
        problems["incident.severity"] = "must be 1 (worst) to 4"


def _times(record: dict[str, Any], problems: Problems, now: datetime) -> None:
    times = record["times"]
    times["zone"] = times.get("zone") or "UTC"
    given = times.get("basis")
    if given is not None and not isinstance(given, Mapping):
        problems["times.basis"] = "must be an object: measured, estimated or unknown for each time"
        given = None
    given = given or {}
    basis: dict[str, str] = {}
    for key in TIMES:
        moment = _read_moment(times.get(key), f"times.{key}", problems)
        times[key] = iso_utc(moment) if moment else None
        if moment and key != "watch_until" and moment > now:
            problems[f"times.{key}"] = "is in the future"
        basis[key] = _basis(
            given.get(key), told=moment is not None, path=f"times.basis.{key}", problems=problems
        )
    times["basis"] = basis
    _refuse_impossible(times, problems)


def _days(record: Mapping[str, Any], problems: Problems) -> None:
    for section, key in (("previous", "date"), ("measures", "due")):
        for number, one in enumerate(record[section]):
            value = one.get(key) if isinstance(one, Mapping) else None
            try:
                day = datetime.fromisoformat(value) if isinstance(value, str) else None
            except ValueError:
                continue
            if day is not None and (problem := year_problem(day)):
                problems[f"{section}[{number}].{key}"] = problem


def _refuse_impossible(times: Mapping[str, Any], problems: Problems) -> None:
    """Refuse orders of events that cannot be; plaintalk has refused the plainest already."""
    mitigated, ended = _moment(times["mitigated"]), _moment(times["impact_ended"])
    detected, first = _moment(times["detected"]), _moment(times["first_update"])
    if detected and first and first < detected:
        problems["times.first_update"] = "is before times.detected"
    if mitigated and ended and ended < mitigated:
        problems["times.impact_ended"] = "is before times.mitigated"


def _components(record: dict[str, Any], problems: Problems, now: datetime) -> None:
    seen: set[str] = set()
    for number, component in enumerate(record["components"]):
        path = f"components[{number}]"
        name = str(component.get("name")).casefold()
        if name in seen:
            problems[f"{path}.name"] = f"{component['name']!r} is listed twice"
        seen.add(name)
        component["impact"] = component.get("impact") or UNKNOWN
        component["state_now"] = component.get("state_now") or UNKNOWN
        component["aliases"] = list(component.get("aliases") or [])
        for key in ("began", "ended"):
            moment = _read_moment(component.get(key), f"{path}.{key}", problems)
            component[key] = iso_utc(moment) if moment else None
            if moment and moment > now:
                problems[f"{path}.{key}"] = "is in the future"


def _customers(record: dict[str, Any], problems: Problems) -> None:
    customers = record["customers"]
    for key in ("affected", "total", "percent"):
        customers[key] = None if customers.get(key) == UNKNOWN else customers.get(key)
    affected, total, given = customers["affected"], customers["total"], customers["percent"]
    if affected is not None and total:
        exact = 100 * affected / total
        if given is not None and given != _share(exact) and not _agrees(given, exact):
            problems["customers.percent"] = (
                f"says {given:g}%, but {affected:,} of {total:,} is {exact:.1f}%; "
                "leave it out, it is computed"
            )
        customers["percent"] = _share(exact)
    told = affected is not None or customers["percent"] is not None
    customers["basis"] = _basis(
        customers.get("basis"), told=told, path="customers.basis", problems=problems
    )


def _people(record: dict[str, Any], problems: Problems) -> None:
    data = record["data"]
    data["people"] = None if data.get("people") == UNKNOWN else data.get("people")
    data["people_basis"] = _basis(
        data.get("people_basis"),
        told=data["people"] is not None,
        path="data.people_basis",
        problems=problems,
    )
    data["categories"] = list(data.get("categories") or [])


def _cause(record: dict[str, Any], problems: Problems) -> None:
    cause = record["cause"]
    cause["class"] = cause.get("class") or UNKNOWN
    if cause["class"] not in CAUSE_CLASSES:
        problems["cause.class"] = f"must be one of {', '.join(CAUSE_CLASSES)}"
    cause["confidence"] = cause.get("confidence") or UNKNOWN
    if cause.get("third_party") == UNKNOWN:
        cause["third_party"] = None
    cause["vendor_may_be_named"] = cause.get("vendor_may_be_named") is True


def _wrong_results(record: dict[str, Any], problems: Problems) -> None:
    value = record.get("wrong_results")
    if value is not None and value is not True and value is not False and value != UNKNOWN:
        problems["wrong_results"] = 'must be true, false or "unknown"'


def _basis(given: object, *, told: bool, path: str, problems: Problems) -> str:
    """Return the basis of a fact. A fact without one is an estimate; no fact is unknown."""
    if given is None:
        return "estimated" if told else UNKNOWN
    if not isinstance(given, str) or given not in BASES:
        problems[path] = "must be measured, estimated or unknown"
        return UNKNOWN
    if told and given == UNKNOWN:
        problems[path] = "says unknown, but a figure is given; say measured or estimated"
    if not told and given != UNKNOWN:
        problems[path] = f"says {given}, but no figure is given; say unknown"
    return given


def _share(exact: float) -> float:
    """Return the share to one decimal; never 0 for somebody, never 100 for not everybody."""
    if 0 < exact < 1:
        return float(f"{exact:.2g}")
    return 99.9 if 99.9 < exact < 100 else round(exact, 1)


def _agrees(given: float, exact: float) -> bool:
    """Whether a share typed to some number of decimals is the exact share, so rounded."""
    decimals = next((n for n in range(6) if round(given, n) == given), 6)
    return bool(abs(given - exact) <= 0.5 * 10**-decimals + 1e-9)


def _read_moment(value: object, path: str, problems: Problems) -> datetime | None:
    """Return the instant; that it is one was checked before, so only its year can be wrong."""
    try:
        return _moment(value)
    except ValueError:
        problems[path] = year_problem(datetime.fromisoformat(str(value))) or "is no instant"
        return None


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str) or value == UNKNOWN:
        return None
    return parse_iso(value)
