"""From a mapping in schema `plaintalk-record/1` to a `Record`, or a list of every fault in it.

Keys that are not known are allowed, so that records may carry more than this version reads.
A key that is missing or null means "not stated"; nothing is ever guessed from it.
"""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar, get_args

from plaintalk import record as facts
from plaintalk.record import Record, RecordError

T = TypeVar("T")

MAX_TEXT = 10_000
MAX_ITEMS = 10_000
_EARLIEST_YEAR = 1970


class _Reader:
    """Reads values by path and collects what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def refuse(self, path: str, message: str) -> None:
        self.problems.append((path, message))

    def section(self, source: Mapping[str, Any], key: str, path: str) -> Mapping[str, Any]:
        value = source.get(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.refuse(path, f"must be an object, not {_kind(value)}")
            return {}
        return value

    def text(self, source: Mapping[str, Any], key: str, path: str) -> str | None:
        value = source.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.refuse(path, f"must be text, not {_kind(value)}")
            return None
        if len(value) > MAX_TEXT:
            self.refuse(path, f"has {len(value):,} characters; the limit is {MAX_TEXT:,}")
            return None
        return value.strip() or None

    def choice(
        self, source: Mapping[str, Any], key: str, path: str, allowed: tuple[str, ...], default: str
    ) -> Any:
        value = source.get(key)
        if value is None:
            return default
        if not isinstance(value, str) or value not in allowed:
            shown = f'"{value[:40]}"' if isinstance(value, str) else _kind(value)
            self.refuse(path, f"must be one of {', '.join(allowed)}; it is {shown}")
            return default
        return value

    def flag(self, source: Mapping[str, Any], key: str, path: str) -> bool | None:
        value = source.get(key)
        if value is None or isinstance(value, bool):
            return value
        if value == "unknown":
            return None
        self.refuse(path, f"must be true, false or null, not {_kind(value)}")
        return None

    def whole(self, source: Mapping[str, Any], key: str, path: str) -> int | None:
        value = source.get(key)
        if value is None or value == "unknown":
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(path, f"must be a whole number, not {_kind(value)}")
            return None
        if value < 0 or value > 10**15:
            self.refuse(path, "must be 0 or more" if value < 0 else "is too large")
            return None
        return value

    def percent(self, source: Mapping[str, Any], key: str, path: str) -> float | None:
        value = source.get(key)
        if value is None or value == "unknown":
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(path, f"must be a number, not {_kind(value)}")
            return None
        if not math.isfinite(value) or not 0 <= value <= 100:
            self.refuse(path, "must be between 0 and 100")
            return None
        return float(value)

    def moment(self, source: Mapping[str, Any], key: str, path: str) -> datetime | None:
        value = source.get(key)
        if value is None or value == "unknown":
            return None
        if isinstance(value, datetime):
            found = value
        elif isinstance(value, str):
            try:
                found = datetime.fromisoformat(value.strip())
            except ValueError:
                self.refuse(path, 'is not a date and time like "2026-03-04T08:12:00Z"')
                return None
        else:
            self.refuse(path, f"must be a date and time in text, not {_kind(value)}")
            return None
        if found.tzinfo is None:
            self.refuse(path, "has no time zone; add Z or an offset like +01:00")
            return None
        if found.year < _EARLIEST_YEAR or found.year > 9000:
            self.refuse(path, f"is in the year {found.year}")
            return None
        return found.astimezone(UTC)

    def day(self, source: Mapping[str, Any], key: str, path: str) -> date | None:
        value = source.get(key)
        if value is None or value == "unknown":
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, str):
            try:
                return datetime.fromisoformat(value.strip()).date()
            except ValueError:
                self.refuse(path, 'is not a date like "2026-03-18"')
                return None
        self.refuse(path, f"must be a date in text, not {_kind(value)}")
        return None

    def texts(self, source: Mapping[str, Any], key: str, path: str) -> tuple[str, ...]:
        def one(value: Any, where: str) -> str | None:
            return self.text({"": value}, "", where)

        return self.each(source, key, path, one)

    def each(
        self,
        source: Mapping[str, Any],
        key: str,
        path: str,
        read: Callable[[Any, str], T | None],
    ) -> tuple[T, ...]:
        value = source.get(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            self.refuse(path, f"must be a list, not {_kind(value)}")
            return ()
        if len(value) > MAX_ITEMS:
            self.refuse(path, f"has {len(value):,} entries; the limit is {MAX_ITEMS:,}")
            return ()
        found = [read(entry, f"{path}[{index}]") for index, entry in enumerate(value)]
        return tuple(entry for entry in found if entry is not None)

    def objects(
        self,
        source: Mapping[str, Any],
        key: str,
        read: Callable[[Mapping[str, Any], str], T | None],
    ) -> tuple[T, ...]:
        def one(value: Any, where: str) -> T | None:
            if not isinstance(value, Mapping):
                self.refuse(where, f"must be an object, not {_kind(value)}")
                return None
            return read(value, where)

        return self.each(source, key, key, one)

    def required(self, source: Mapping[str, Any], key: str, path: str) -> str | None:
        before = len(self.problems)
        value = self.text(source, key, path)
        if value is None and len(self.problems) == before:
            self.refuse(path, "is missing")
        return value

    def order(self, earlier: datetime | None, later: datetime | None, path: str, than: str) -> None:
        if earlier is not None and later is not None and later < earlier:
            self.refuse(path, f"is before {than}")


def _kind(value: object) -> str:
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "true or false"),
        ((int, float), "a number"),
        (str, "text"),
        (Mapping, "an object"),
        ((list, tuple), "a list"),
    )
    if value is None:
        return "null"
    return next((name for kind, name in names if isinstance(value, kind)), type(value).__name__)


def load_record(mapping: Mapping[str, Any]) -> Record:
    """Read a record. Raises `RecordError` naming the path of every fault; never anything else."""
    if not isinstance(mapping, Mapping):
        raise RecordError((("", f"the record must be an object, not {_kind(mapping)}"),))
    reader = _Reader()
    schema = mapping.get("schema")
    if schema != facts.SCHEMA:
        shown = f'"{schema[:40]}"' if isinstance(schema, str) else _kind(schema)
        reader.refuse("schema", f'must be "{facts.SCHEMA}"; it is {shown}')
    incident = reader.section(mapping, "incident", "incident")
    security = reader.section(mapping, "security", "security")
    severity = reader.whole(incident, "severity", "incident.severity")
    if severity is not None and not 1 <= severity <= 5:
        reader.refuse("incident.severity", "must be between 1 (worst) and 5")
    record = Record(
        id=reader.text(incident, "id", "incident.id"),
        title=reader.text(incident, "title", "incident.title"),
        status=reader.choice(
            incident, "status", "incident.status", get_args(facts.IncidentStatus), "unknown"
        ),
        severity=severity,
        times=_times(reader, reader.section(mapping, "times", "times")),
        components=reader.objects(mapping, "components", lambda s, p: _component(reader, s, p)),
        customers=_customers(reader, reader.section(mapping, "customers", "customers")),
        regions=_regions(reader, reader.section(mapping, "regions", "regions")),
        symptoms=reader.texts(mapping, "symptoms", "symptoms"),
        data=_data(reader, reader.section(mapping, "data", "data")),
        malicious=reader.choice(
            security, "malicious", "security.malicious", get_args(facts.Malice), "unknown"
        ),
        cause=_cause(reader, reader.section(mapping, "cause", "cause")),
        measures=reader.objects(mapping, "measures", lambda s, p: _measure(reader, s, p)),
        sla=reader.objects(mapping, "sla", lambda s, p: _service_level(reader, s, p)),
        previous=reader.objects(mapping, "previous", lambda s, p: _previous(reader, s, p)),
        lexicon=_lexicon(reader, reader.section(mapping, "lexicon", "lexicon")),
        legal_hold=reader.flag(mapping, "legal_hold", "legal_hold") or False,
    )
    if reader.problems:
        raise RecordError(tuple(reader.problems))
    return record


def _times(reader: _Reader, source: Mapping[str, Any]) -> facts.Times:
    def at(key: str) -> datetime | None:
        return reader.moment(source, key, f"times.{key}")

    times = facts.Times(
        zone=reader.text(source, "zone", "times.zone") or "UTC",
        impact_began=at("impact_began"),
        detected=at("detected"),
        first_update=at("first_update"),
        mitigated=at("mitigated"),
        impact_ended=at("impact_ended"),
        watch_until=at("watch_until"),
    )
    began = times.impact_began
    reader.order(began, times.impact_ended, "times.impact_ended", "times.impact_began")
    reader.order(began, times.mitigated, "times.mitigated", "times.impact_began")
    reader.order(
        times.impact_ended or began,
        times.watch_until,
        "times.watch_until",
        "times.impact_ended" if times.impact_ended else "times.impact_began",
    )
    return times


def _component(reader: _Reader, source: Mapping[str, Any], path: str) -> facts.Component | None:
    name = reader.required(source, "name", f"{path}.name")
    began = reader.moment(source, "began", f"{path}.began")
    ended = reader.moment(source, "ended", f"{path}.ended")
    reader.order(began, ended, f"{path}.ended", f"{path}.began")
    component = facts.Component(
        name=name or "",
        aliases=reader.texts(source, "aliases", f"{path}.aliases"),
        impact=reader.choice(source, "impact", f"{path}.impact", get_args(facts.Impact), "unknown"),
        began=began,
        ended=ended,
        state_now=reader.choice(
            source, "state_now", f"{path}.state_now", get_args(facts.ComponentState), "unknown"
        ),
    )
    return component if name else None


def _customers(reader: _Reader, source: Mapping[str, Any]) -> facts.Customers:
    affected = reader.whole(source, "affected", "customers.affected")
    total = reader.whole(source, "total", "customers.total")
    if affected is not None and total is not None and affected > total:
        reader.refuse("customers.affected", "is more than customers.total")
    return facts.Customers(
        affected=affected,
        total=total,
        percent=reader.percent(source, "percent", "customers.percent"),
        basis=reader.choice(source, "basis", "customers.basis", get_args(facts.Basis), "unknown"),
    )


def _regions(reader: _Reader, source: Mapping[str, Any]) -> facts.Regions:
    return facts.Regions(
        affected=reader.texts(source, "affected", "regions.affected"),
        all=reader.texts(source, "all", "regions.all"),
        basis=reader.choice(source, "basis", "regions.basis", get_args(facts.Basis), "unknown"),
    )


def _data(reader: _Reader, source: Mapping[str, Any]) -> facts.Data:
    def effect(key: str) -> Any:
        return reader.choice(source, key, f"data.{key}", get_args(facts.DataEffect), "unknown")

    return facts.Data(
        confidentiality=effect("confidentiality"),
        loss=effect("loss"),
        integrity=effect("integrity"),
        categories=reader.texts(source, "categories", "data.categories"),
        people=reader.whole(source, "people", "data.people"),
        people_basis=reader.choice(
            source, "people_basis", "data.people_basis", get_args(facts.Basis), "unknown"
        ),
        checked_how=reader.text(source, "checked_how", "data.checked_how"),
    )


def _cause(reader: _Reader, source: Mapping[str, Any]) -> facts.Cause:
    return facts.Cause(
        fingerprint=reader.text(source, "fingerprint", "cause.fingerprint"),
        text=reader.text(source, "text", "cause.text"),
        confidence=reader.choice(
            source, "confidence", "cause.confidence", get_args(facts.Confidence), "unknown"
        ),
        third_party=reader.flag(source, "third_party", "cause.third_party"),
        vendor=reader.text(source, "vendor", "cause.vendor"),
        vendor_may_be_named=(
            reader.flag(source, "vendor_may_be_named", "cause.vendor_may_be_named") or False
        ),
    )


def _measure(reader: _Reader, source: Mapping[str, Any], path: str) -> facts.Measure | None:
    text = reader.required(source, "text", f"{path}.text")
    mechanism = reader.choice(
        source, "mechanism", f"{path}.mechanism", (*get_args(facts.Mechanism), ""), ""
    )
    measure = facts.Measure(
        text=text or "",
        mechanism=mechanism or None,
        status=reader.choice(
            source, "status", f"{path}.status", get_args(facts.MeasureStatus), "planned"
        ),
        due=reader.day(source, "due", f"{path}.due"),
    )
    return measure if text else None


def _service_level(
    reader: _Reader, source: Mapping[str, Any], path: str
) -> facts.ServiceLevel | None:
    account = reader.required(source, "account", f"{path}.account")
    credit = source.get("credit")
    level = facts.ServiceLevel(
        account=account or "",
        target=reader.percent(source, "target", f"{path}.target"),
        actual=reader.percent(source, "actual", f"{path}.actual"),
        breached=reader.flag(source, "breached", f"{path}.breached"),
        credit=(
            f"{reader.percent(source, 'credit', f'{path}.credit'):g}%"
            if isinstance(credit, int | float)
            and not isinstance(credit, bool)
            and 0 <= credit <= 100
            else reader.text(source, "credit", f"{path}.credit")
        ),
    )
    return level if account else None


def _previous(reader: _Reader, source: Mapping[str, Any], path: str) -> facts.Previous | None:
    before = len(reader.problems)
    when = reader.day(source, "date", f"{path}.date")
    if when is None and len(reader.problems) == before:
        reader.refuse(f"{path}.date", "is missing")
    title = reader.text(source, "title", f"{path}.title") or ""
    return facts.Previous(date=when, title=title) if when else None


def _lexicon(reader: _Reader, source: Mapping[str, Any]) -> facts.Lexicon:
    def listing(key: str) -> tuple[str, ...]:
        return reader.texts(source, key, f"lexicon.{key}")

    return facts.Lexicon(
        audience_terms=listing("audience_terms"),
        data_nouns=listing("data_nouns"),
        public_contacts=listing("public_contacts"),
        staff_names=listing("staff_names"),
        hosts=listing("hosts"),
        ticket_prefixes=listing("ticket_prefixes"),
        other_customers=listing("other_customers"),
    )
