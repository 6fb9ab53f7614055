"""What is known of an account's downtime in the month of a contract, over all incidents.

What was measured of the account counts as it was measured, whichever incident it belongs to, and
time that several share counts once. Beside it counts what the worst of its components was down. An
incident of which nobody knows what it did to the account makes the month one that is not known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from afterword.audience.models import AccountImpact, Customer
from afterword.audience.queries.customers import are_measured, impacts_besides
from afterword.components.queries import (
    components_by_public_id,
    ids_by_name,
    stretches_between,
    weights_of,
)
from afterword.components.spans import Stretch
from afterword.components.uptime import DAY, days_of, midnight, seconds_down
from afterword.followups.accounts import Reach, reach_of, was_touched
from afterword.followups.own_times import Felt, Span, around, own_span, recorded_span
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_records, incidents_called, went_on_between
from afterword.incidents.record import starting_record

# How far the impact on a record may lie outside the times of its incident.
_SLACK: Final = timedelta(days=7)
_OF_INCIDENT: Final = "incident:"


@dataclass(frozen=True)
class Month:
    """``seconds`` of downtime that are known of; ``known`` whether there can be no other."""

    seconds: int
    known: bool


@dataclass(frozen=True)
class _Event:
    """An incident as its record has it; ``felt`` is when, else by the incident's own times."""

    ref: str
    data: Mapping[str, Any]
    reach: Reach
    felt: Felt


class Months:
    """The months of accounts, for letters about one incident. What is read is read once."""

    def __init__(self, incident: Incident) -> None:
        self._incident, self._page = incident, incident.page
        self._weights, self.names = weights_of(incident.page), ids_by_name(incident.page)
        self._impacts: Mapping[int, Sequence[AccountImpact]] = {}
        self._events: dict[str, _Event] = {}
        self._asked: set[str] = set()
        self._measured: dict[str, bool] = {incident.public_id: True}
        self._unmeasured: dict[date, list[_Event]] = {}
        self._stretches: dict[tuple[str, date], list[Stretch]] = {}
        self._down: dict[tuple[tuple[str, ...], date, tuple[Span, ...]], Month] = {}
        self._touched: dict[tuple[date, tuple[str, ...]], bool] = {}

    def learn(self, customers: Iterable[Customer]) -> None:
        """Read what was measured of these accounts; ``of`` answers for them and no others."""
        keys = [each.pk for each in customers]
        self._impacts = impacts_besides(self._page, self._incident.public_id, keys)
        refs = {each.incident_ref for found in self._impacts.values() for each in found}
        self._read(incidents_called(self._page, refs - self._asked))
        self._asked |= refs

    def of(self, customer: Customer, first: date, own: Span, felt: Felt) -> Month:
        """Return the month from ``first`` on of an account for which this incident lasted ``own``,
        and by the record ``felt``.
        """
        begin, end = midnight(first), midnight(next_month(first))
        spans, apart, known = [own], [around(own, felt)], True
        for impact in self._impacts.get(customer.pk, ()):
            event = self._events.get(impact.incident_ref)
            if event is None:
                continue
            began, ended = own_span(customer, impact, event.data, self.names)
            if began and ended and began <= ended:
                spans.append((began, ended))
                apart.append(around((began, ended), event.felt))
            else:
                when = (began or event.felt[0], ended or event.felt[1])
                known = known and not _may_overlap(when, begin, end)
        if not customer.components:
            known = known and not self._may_have_been_hit(customer, first)
        there = merged((max(a, begin), min(b, end)) for a, b in spans)
        besides = self._besides(customer.components, first, merged(apart))
        seconds = int(sum((b - a).total_seconds() for a, b in there)) + besides.seconds
        return Month(seconds, known and besides.known)

    def _may_have_been_hit(self, customer: Customer, first: date) -> bool:
        """Whether an incident of which no account was measured may have hit one of which nobody
        told us what it uses.
        """
        key = (first, tuple(customer.regions))
        if key not in self._touched:
            self._touched[key] = any(
                was_touched(customer, each.reach, None, measured=False) is not False
                for each in self._not_measured(first)
            )
        return self._touched[key]

    def _not_measured(self, first: date) -> list[_Event]:
        """Return the incidents of the month, this one aside, of which no account was measured."""
        if first not in self._unmeasured:
            begin, end = midnight(first), midnight(next_month(first))
            found = went_on_between(self._page, begin - _SLACK, end + _SLACK)
            events = self._read(found)
            measured = self._are_measured({each.ref for each in events})
            self._unmeasured[first] = [
                each
                for each in events
                if each.ref not in measured and _may_overlap(each.felt, begin, end)
            ]
        return self._unmeasured[first]

    def _read(self, incidents: Sequence[Incident]) -> list[_Event]:
        records = current_records(incidents) if incidents else {}
        read = []
        for one in incidents:
            record = records.get(one.pk)
            data = record.data if record else starting_record(one)
            began, ended = recorded_span(data)
            felt = (began or one.started_at, ended or one.resolved_at)
            read.append(_Event(one.public_id, data, reach_of(data, self.names), felt))
        self._events |= {each.ref: each for each in read}
        return read

    def _are_measured(self, refs: set[str]) -> set[str]:
        """Return which of these incidents accounts were measured of; this one counts among them,
        for it is told as it hit the account.
        """
        if missing := refs - self._measured.keys():
            found = are_measured(self._page, missing)
            self._measured |= {ref: ref in found for ref in missing}
        return {ref for ref in refs if self._measured[ref]}

    def _besides(self, parts: Sequence[str], first: date, apart: Sequence[Span]) -> Month:
        """Return what the part that was down longest was down in the month, outside of ``apart``
        and but for incidents whose accounts were measured. An outage that has no end is not known.
        """
        key = (tuple(parts), first, tuple(apart))
        if key not in self._down:
            self._fetch(parts, first)
            last = next_month(first) - DAY
            longest, known = 0.0, True
            for part in parts:
                left = self._own_of(self._stretches.get((part, first), []), apart)
                ended = [each for each in left if each.ended is not None]
                open_ones = (each for each in left if each.ended is None)
                known = known and not any(self._weights.get(one.status) for one in open_ones)
                days = days_of(ended, first, last).values()
                longest = max(longest, sum(seconds_down(day, self._weights) for day in days))
            self._down[key] = Month(int(longest), known)
        return self._down[key]

    def _own_of(self, stretches: Sequence[Stretch], apart: Sequence[Span]) -> list[Stretch]:
        """Return what of the stretches is not told by what was measured."""
        named = {each.because_of.removeprefix(_OF_INCIDENT) for each in stretches}
        measured = {f"{_OF_INCIDENT}{ref}" for ref in self._are_measured(named - {""})}
        left = [each for each in stretches if each.because_of not in measured]
        for span in apart:
            left = _outside(left, span)
        return left

    def _fetch(self, parts: Sequence[str], first: date) -> None:
        missing = [part for part in parts if (part, first) not in self._stretches]
        last = next_month(first) - DAY
        for ident, component in components_by_public_id(self._page, missing).items():
            self._stretches[ident, first] = stretches_between(component, first, last)


def next_month(first: date) -> date:
    """Return the first day of the month after the one that begins with ``first``."""
    return (first + timedelta(days=32)).replace(day=1)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same time in spans that neither touch nor overlap, in order; empty ones go."""
    found: list[Span] = []
    for began, ended in sorted(span for span in spans if span[0] < span[1]):
        if found and began <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ended))
        else:
            found.append((began, ended))
    return found


def _may_overlap(felt: Felt, begin: datetime, end: datetime) -> bool:
    """Whether what was felt then may have been in [begin, end); what is unknown may."""
    return (felt[0] is None or felt[0] < end) and (felt[1] is None or felt[1] > begin)


def _outside(stretches: Sequence[Stretch], span: Span) -> list[Stretch]:
    """Return what of the stretches lies outside the span."""
    left = []
    for each in stretches:
        if each.began < span[0]:
            left.append(Stretch(each.began, min(each.ended or span[0], span[0]), each.status))
        if each.ended is None or each.ended > span[1]:
            left.append(Stretch(max(each.began, span[1]), each.ended, each.status))
    return [each for each in left if each.ended is None or each.began < each.ended]
