"""The month of a contract holds all that is known to have hit the account, and says what is not."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.impacts import import_impacts
from afterword.components.actions import backfill_span
from afterword.fanout.own_figures import own_lines
from afterword.followups.agreement import disagreements
from afterword.followups.figures import own_figures
from afterword.followups.months import merged
from afterword.followups.reckoning import record_of
from afterword.incidents.actions.backfilling import backfill_incident
from statements.world import change_record

APRIL = datetime(2026, 4, 2, 9, tzinfo=UTC)
MARCH_20 = datetime(2026, 3, 20, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def world(company: SimpleNamespace, now: datetime) -> SimpleNamespace:
    """Two accounts of which one never told us what it uses."""
    import_customers(
        actor=MACHINE, now=now, page=company.page,
        csv_text=(
            "account_id,name,sla_target,sla_credit,components\n"
            "a1,Fernway,99.9,10,\na2,Oakline,99.5,5,Invoice sending\n"
        ),
    )  # fmt: skip
    change_record(company, now, sla=None)
    measure(company, now, company.incident.public_id, "a1", "17T09:00", "17T09:40")
    return company


def measure(
    world: SimpleNamespace, now: datetime, ref: str, account: str, began: str, ended: str
) -> None:
    times = [f"2026-03-{at}:00Z" if at else "" for at in (began, ended)]
    import_impacts(
        actor=MACHINE, now=now, page=world.page, incident_ref=ref,
        csv_text=f"account_id,began,ended\n{account},{','.join(times)}\n",
    )  # fmt: skip


@pytest.fixture
def another(world: SimpleNamespace, now: datetime) -> Callable[..., str]:
    def another(day: int, hours: int = 4, **parts: str) -> str:
        began = datetime(2026, 3, day, 6, tzinfo=UTC)
        return backfill_incident(
            actor=MACHINE, now=now, page=world.page, title="Invoices were late", body="Over.",
            started_at=began, resolved_at=began + hours * HOUR,
            components={world.sending: "major_outage"} if parts else {},
        ).public_id  # fmt: skip

    return another


def of(world: SimpleNamespace, account: str = "a1") -> dict[str, Any]:
    return own_figures(world.incident, [account])[account].plain


def said(world: SimpleNamespace, at: datetime, account: str = "a1") -> str:
    return " ".join(own_lines(of(world, account), "", "", at)[1:])


def agrees(world: SimpleNamespace, account: str = "a1") -> bool:
    return not list(disagreements(account, of(world, account), record_of(world.incident)))


def test_what_was_measured_in_other_incidents_of_the_month_is_added_up(world, now, another) -> None:
    assert said(world, APRIL) == (
        "Your downtime in March 2026: 40 minutes. Agreed for March 2026: 99.9%. Reached: 99.91%. "
        "The agreed level was kept."
    )
    measure(world, now, another(3), "a1", "03T06:00", "03T06:54")
    measure(world, now, another(9), "a1", "09T06:20", "09T08:02")
    assert of(world)["month_seconds"] == (40 + 54 + 102) * 60
    assert said(world, MARCH_20) == (
        "Your downtime in March 2026 so far: 3 hours 16 minutes. Agreed for March 2026: 99.9%. "
        "Reached if nothing more happens: 99.56%. The agreed level was missed. "
        "Your credit: 10% of the fee for March 2026. You need not ask."
    )
    assert agrees(world)


def test_time_that_two_incidents_share_counts_once(world, now, another) -> None:
    measure(world, now, another(17), "a1", "17T09:20", "17T10:00")
    assert of(world)["month_seconds"] == 60 * 60


def test_of_an_incident_across_two_months_the_part_in_this_one_counts(world, now, another) -> None:
    ref = another(1)
    import_impacts(
        actor=MACHINE, now=now, page=world.page, incident_ref=ref,
        csv_text="account_id,began,ended\na1,2026-02-28T20:00:00Z,2026-03-01T00:30:00Z\n",
    )  # fmt: skip
    assert of(world)["month_seconds"] == (40 + 30) * 60


def test_a_measurement_of_an_incident_that_is_not_here_counts_for_nothing(world, now) -> None:
    measure(world, now, "goneforever1", "a1", "03T06:00", "03T16:00")
    assert (of(world)["month_seconds"], of(world)["month_known"]) == (40 * 60, True)


def test_where_another_incident_may_have_hit_the_account_no_level_is_told(
    world, now, another
) -> None:
    ref = another(3)
    own = of(world)
    assert (own["month_known"], own["missed"], own.keys() & {"reached", "credit"}) == (
        False, None, set(),
    )  # fmt: skip
    assert said(world, APRIL) == (
        "Your downtime in March 2026, as far as it is known: 40 minutes. Agreed for March 2026: "
        "99.9%. What was reached is not known: we do not know what other incidents of that month "
        "did to you."
    )
    assert agrees(world)
    # Once accounts were measured, those that are not among them were not touched.
    measure(world, now, ref, "a2", "03T06:00", "03T07:00")
    assert (of(world)["reached"], of(world)["missed"]) == ("99.91", False)


def test_a_level_that_was_missed_already_is_told_and_paid_whatever_else_there_was(
    world, now, another
) -> None:
    another(3)
    measure(world, now, another(9), "a1", "09T06:00", "09T07:30")
    assert said(world, APRIL) == (
        "Your downtime in March 2026, as far as it is known: 2 hours 10 minutes. Agreed for March "
        "2026: 99.9%. Reached at most: 99.7%. The agreed level was missed. "
        "Your credit: 10% of the fee for March 2026. You need not ask."
    )
    assert agrees(world)


def test_an_impact_without_an_end_is_not_known(world, now, another) -> None:
    ref = another(3)
    measure(world, now, ref, "a1", "03T07:00", "")
    # Its incident ended at ten.
    assert of(world)["month_seconds"] == (40 + 180) * 60
    from afterword.incidents.models import Incident

    Incident.objects.filter(public_id=ref).update(resolved_at=None)
    assert (of(world)["month_seconds"], of(world)["month_known"]) == (40 * 60, False)


def test_parts_count_but_not_for_incidents_of_which_accounts_were_measured(
    world, now, another
) -> None:
    measure(world, now, world.incident.public_id, "a2", "17T09:00", "17T09:40")
    assert of(world, "a2")["month_seconds"] == 40 * 60
    ref = another(3, sending="down")
    assert (of(world, "a2")["month_seconds"], of(world, "a2")["month_known"]) == (280 * 60, True)
    measure(world, now, ref, "a2", "03T06:00", "03T06:10")
    assert of(world, "a2")["month_seconds"] == 50 * 60
    backfill_span(
        actor=MACHINE, now=now, component=world.sending, status="major_outage",
        began=datetime(2026, 3, 3, 8, tzinfo=UTC), ended=datetime(2026, 3, 3, 12, tzinfo=UTC),
    )  # fmt: skip
    # Of these four hours two were of the incident, where another time was measured.
    assert of(world, "a2")["month_seconds"] == 170 * 60


def test_whoever_was_not_on_the_list_of_an_incident_does_not_pay_for_its_parts(
    world, now, another
) -> None:
    measure(world, now, world.incident.public_id, "a2", "17T09:00", "17T09:40")
    measure(world, now, another(3, sending="down"), "a1", "03T06:00", "03T06:10")
    assert of(world, "a2")["month_seconds"] == 40 * 60


def test_the_record_may_tell_a_level_that_cannot_be_counted_here(world, now, another) -> None:
    another(3)
    change_record(world, now, sla=[{"account": "a1", "target": 99.9, "actual": 99.5}])
    own = of(world)
    assert (own["reached"], own["missed"], own["credit"]) == ("99.5", True, "10")
    assert agrees(world)
    made_up = {**own, "missed": False}
    del made_up["credit"]
    wrong = disagreements("a1", {**made_up, "reached": "99.91"}, {"sla": None})
    assert [one.message for one in wrong if "not known" in one.message]


MINUTE = st.integers(0, 200).map(lambda n: datetime(2026, 3, 1, tzinfo=UTC) + n * timedelta(0, 60))


@given(st.lists(st.tuples(MINUTE, MINUTE), max_size=8))
def test_merged_spans_hold_each_minute_once_and_no_other(spans) -> None:
    def minutes(each: tuple[datetime, datetime]) -> set[datetime]:
        length = int((each[1] - each[0]).total_seconds() // 60)
        return {each[0] + timedelta(minutes=n) for n in range(max(0, length))}

    found = merged(spans)
    covered = [minutes(each) for each in found]
    assert set().union(*covered) == set().union(*map(minutes, spans))
    assert sum(map(len, covered)) == len(set().union(*covered))
    assert all(a[1] < b[0] for a, b in itertools.pairwise(found))
