"""What a letter says of one account: its own times, its month against its contract, its credit."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.affected import add_affected
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.impacts import import_impacts
from afterword.audience.queries.customers import members
from afterword.components.actions import backfill_span, create_component
from afterword.fanout.own_figures import own_lines
from afterword.followups.actions import decide
from afterword.followups.figures import own_figures
from afterword.followups.models import PlanLine
from afterword.followups.queries import recipients_for
from afterword.kit.errors import WrongState
from statements.world import change_record

BEGAN = datetime(2026, 3, 17, 8, 12, tzinfo=UTC)
APRIL = datetime(2026, 4, 2, 9, tzinfo=UTC)


@pytest.fixture
def world(company: SimpleNamespace, now: datetime) -> SimpleNamespace:
    create_component(actor=MACHINE, now=BEGAN, page=company.page, name="Sign-in")
    import_customers(
        actor=MACHINE, now=now, page=company.page,
        csv_text=(
            "account_id,name,sla_target,sla_credit,components\n"
            "a1,Fernway,99.9,10,Invoice sending\n"
            "a2,Oakline,99,5,Invoice sending; Sign-in\n"
        ),
    )  # fmt: skip
    return company


@pytest.fixture
def measured(world: SimpleNamespace, now: datetime) -> Callable[[str], None]:
    def measured(row: str) -> None:
        import_impacts(
            actor=MACHINE, now=now, page=world.page, incident_ref=world.incident.public_id,
            csv_text="account_id,began,ended,failed,loss\n" + row,
        )  # fmt: skip

    return measured


def of(world: SimpleNamespace, account: str) -> dict[str, Any]:
    return own_figures(world.incident, [account])[account].plain


def decided(world: SimpleNamespace, now: datetime, segment: str = "sla") -> PlanLine:
    return decide(
        actor=world.pia, now=now, incident=world.incident, segment=segment, level="targeted",
        reason="They could not send invoices.",
    )  # fmt: skip


def test_without_a_measurement_an_account_has_the_times_of_what_it_uses(world) -> None:
    assert of(world, "a1") == {
        "account": "Fernway",
        "began": "2026-03-17T08:12:00Z",
        "ended": "2026-03-17T14:24:00Z",
        "seconds": 22320,
        "month": "2026-03",
        "month_seconds": 22320,
        "month_known": True,
        "target": "99.9",
        "reached": "99.16",
        "missed": True,
        "parts_known": True,
        "credit": "10",
    }


def test_what_was_measured_of_the_account_is_what_it_is_told(world, measured) -> None:
    measured("a1,2026-03-17T09:00:00Z,2026-03-17T09:30:00Z,812,two invoices were sent twice\n")
    own = of(world, "a1")
    assert (own["seconds"], own["month_seconds"], own["failed"]) == (1800, 1800, 812)
    # Half an hour of 744 hours: 99.93 %, which keeps 99.9 %, so nothing is owed.
    assert (own["reached"], own["missed"], "credit" in own) == ("99.93", False, False)


def test_other_downtime_of_the_month_counts_too_and_this_incident_only_once(world, now) -> None:
    backfill_span(
        actor=MACHINE, now=now, component=world.sending, status="major_outage",
        began=BEGAN - timedelta(days=5), ended=BEGAN - timedelta(days=5) + timedelta(hours=2),
    )  # fmt: skip
    own = of(world, "a2")
    assert (own["seconds"], own["month_seconds"]) == (22320, 22320 + 7200)
    assert (own["reached"], own["missed"], own["credit"]) == ("98.89", True, "5")


def test_the_record_speaks_before_what_is_counted_here(world, now) -> None:
    change_record(world, now, sla=[{"account": "Fernway", "target": 99.9, "actual": 99.95}])
    own = of(world, "a1")
    assert (own["reached"], own["missed"]) == ("99.95", False)


def test_figures_are_frozen_with_the_list_and_refused_once_they_are_others(
    world, now, measured
) -> None:
    line = decided(world, now)
    assert line.recipients
    by_account = {each.account: each.figures for each in members(line.recipients.public_id, 0, 9)}
    assert by_account["a1"] == of(world, "a1")
    assert recipients_for(world.incident, "follow_up", "sla")[0] == "list"
    measured("a1,2026-03-17T09:00:00Z,2026-03-17T09:30:00Z,,\na2,,,,\n")
    with pytest.raises(WrongState, match="Fernway changed since the list was frozen"):
        recipients_for(world.incident, "follow_up", "sla")
    decided(world, now)
    assert recipients_for(world.incident, "follow_up", "sla")[0] == "list"


def test_figures_that_the_record_contradicts_stop_the_list(world, now, measured) -> None:
    measured("a1,2026-03-17T07:00:00Z,2026-03-17T09:30:00Z,,\n")
    with pytest.raises(WrongState, match="Fernway: its own times begin before the impact"):
        decided(world, now)


def test_the_sentences_of_a_letter(world, measured) -> None:
    measured("a1,2026-03-17T08:20:00Z,,1812,\n")
    said = own_lines(of(world, "a1"), "", "Europe/Berlin", APRIL)
    assert said == [
        "For Fernway it began 17 March 2026, 09:20 CET and ended 17 March 2026, 15:24 CET: "
        "6 hours 4 minutes.",
        "Of your actions, 1,812 failed.",
        "Your downtime in March 2026: 6 hours 4 minutes.",
        "Agreed for March 2026: 99.9%. Reached: 99.18%.",
        "The agreed level was missed.",
        "Your credit: 10% of the fee for March 2026. You need not ask.",
    ]
    early = own_lines(of(world, "a1"), "", "", APRIL - timedelta(days=3))
    assert "Reached if nothing more happens: 99.18%." in early[3]
    assert max(len(line) for line in said) <= 200


def test_a_data_letter_says_which_of_their_data_it_was(world, now) -> None:
    for _ in range(2):
        add_affected(
            actor=MACHINE, now=now, page=world.page, incident_ref=world.incident.public_id,
            csv_text="email,name,what\nmira@x.example,Mira,the invoices of March\n",
        )  # fmt: skip
    line = decided(world, now, "data_affected")
    assert line.recipients
    [mira] = members(line.recipients.public_id, 0, 9)
    assert mira.opened() == ("mira@x.example", "Mira", "the invoices of March")
    assert "invoices" not in mira.sealed
    assert own_lines(mira.figures, mira.what, "", now) == [
        "Of yours, this is concerned: the invoices of March"
    ]
