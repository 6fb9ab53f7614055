"""Figures of one account held against the record and each other, each by what it is about."""

import time
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.impacts import import_impacts
from afterword.components.actions import backfill_span
from afterword.followups.actions import decide
from afterword.followups.agreement import disagreements
from afterword.followups.figures import own_figures
from afterword.followups.figures_held import (
    MOST_NAMED,
    blocking_figures,
    figures_findings,
    findings_of,
    refuse_contradicted_figures,
)
from afterword.kit.errors import TextRejected
from afterword.statements.actions import override, start
from statements.world import change_record

RECORD: dict[str, Any] = {
    "times": {"impact_began": "2026-03-17T08:12:00Z", "impact_ended": "2026-03-17T14:24:00Z"},
    "sla": [{"account": "a1", "target": 99.9, "actual": 98.05, "breached": True}],
}
SOUND: dict[str, Any] = {
    # Half of the month's downtime is of another day.
    "account": "Fernway", "began": "2026-03-17T09:00:00Z", "ended": "2026-03-17T14:00:00Z",
    "seconds": 18_000, "month": "2026-03", "month_seconds": 52_000, "target": "99.9",
    "reached": "98.05", "missed": True, "parts_known": True, "credit": "10",
}  # fmt: skip
WRONG = [
    ({"began": "2026-03-17T08:00:00Z", "seconds": 21_600}, "REC-04", "began 17 March 2026, 08:00"),
    ({"ended": "2026-03-17T15:00:00Z", "seconds": 21_600}, "REC-04", "ended 17 March 2026, 15:00"),
    ({"seconds": 18_060}, "REC-03", "5 hours 1 minute"),
    ({"month_seconds": 17_000, "reached": "99.36"}, "REC-03", "downtime of 4 hours 43 minutes"),
    ({"month_seconds": 3_000_000, "reached": "0"}, "REC-03", "in March 2026"),
    ({"month": "2026-02"}, "REC-03", "in February 2026"),
    ({"reached": "99.5"}, "REC-18", "reached 99.5%"),
    ({"reached": "95.2"}, "REC-18", "reached 95.2%"),
    ({"missed": False}, "REC-18", "kept"),
    ({"target": "98"}, "REC-18", "agreed 98%, reached 98.05%, missed"),
    ({"target": "99.8"}, "REC-18", "agreed 99.8%"),
]


@pytest.mark.parametrize("at", range(len(WRONG)))
def test_one_figure_that_is_wrong_is_found(at: int) -> None:
    changes, rule, said = WRONG[at]
    found = list(disagreements("a1", SOUND | changes, RECORD))
    assert any(one.rule == rule and said in one.quote for one in found), found


def test_sound_figures_are_let_pass_and_so_is_a_month_longer_than_the_incident() -> None:
    assert list(disagreements("a1", SOUND, RECORD)) == []
    unknown = RECORD | {"sla": None}
    assert list(disagreements("a1", SOUND, unknown)) == []
    # Percentages are cut off: 99.9964 % keeps 99.995 %, and is written as 99.99 %.
    close = {"target": "99.995", "reached": "99.99", "missed": False, "month_seconds": 96,
             "ended": "2026-03-17T09:01:36Z", "seconds": 96}  # fmt: skip
    kept = {key: value for key, value in SOUND.items() if key != "credit"} | close
    assert list(disagreements("a1", kept, unknown)) == []
    # Of an account of which nobody knows what it uses, the record knows of more downtime than we.
    less = SOUND | {"parts_known": False, "month_seconds": 18_000}
    assert list(disagreements("a1", less, RECORD)) == []
    assert list(disagreements("a1", {"account": "Fernway"}, RECORD)) == []


@pytest.mark.parametrize(
    ("sla", "said"),
    [
        ([], "level of 99.9% missed"),
        ([{"account": "a2", "target": 99.5}], "level of 99.9% missed"),
        ([{"account": "Fernway", "target": 99.5, "breached": True}], "agreed 99.9%"),
        ([{"account": "a1", "actual": 97.5}], "reached 98.05%"),
        ([{"account": "a1", "breached": False}], "level missed"),
        ([{"account": "a1", "credit": "25 %"}], "credit of 10%"),
    ],
)
def test_what_the_record_says_of_the_level_is_what_the_letter_may_say(sla: Any, said: str) -> None:
    found = list(disagreements("a1", SOUND, RECORD | {"sla": sla}))
    assert [one.quote for one in found if one.rule == "REC-18"] == [f"Fernway: {said}"]


@pytest.fixture
def world(company: SimpleNamespace, now: datetime) -> SimpleNamespace:
    import_customers(
        actor=MACHINE, now=now, page=company.page,
        csv_text=(
            "account_id,name,sla_target,sla_credit,components\n"
            "a1,Fernway,99.9,10,Invoice sending\na2,Oakline,99,5,Invoice sending\n"
        ),
    )  # fmt: skip
    change_record(company, now, sla=None)
    return company


def decided(world: SimpleNamespace, now: datetime) -> None:
    decide(
        actor=world.pia, now=now, incident=world.incident, segment="sla", level="targeted",
        reason="They could not send invoices.",
    )  # fmt: skip


def test_other_downtime_of_the_month_is_not_held_against_this_incident(world, now) -> None:
    backfill_span(
        actor=MACHINE, now=now, component=world.sending, status="major_outage",
        began=datetime.fromisoformat("2026-03-12T08:00:00Z"),
        ended=datetime.fromisoformat("2026-03-12T10:00:00Z"),
    )  # fmt: skip
    own = own_figures(world.incident, ["a1"])["a1"].plain
    assert own["month_seconds"] > own["seconds"]
    assert findings_of(world.incident, "a1", own) == []


def test_a_record_that_changes_after_the_list_was_frozen_stops_the_letter(world, now) -> None:
    import_impacts(
        actor=MACHINE, now=now, page=world.page, incident_ref=world.incident.public_id,
        csv_text=(
            "account_id,began,ended\na1,2026-03-17T08:20:00Z,2026-03-17T09:00:00Z\n"
            "a2,2026-03-17T09:20:00Z,2026-03-17T10:00:00Z\n"
        ),
    )  # fmt: skip
    decided(world, now)
    letter = start(actor=world.noor, now=now, incident=world.incident, kind="follow_up")
    assert figures_findings(letter) == []
    change_record(world, now, times={"impact_began": "2026-03-17T09:00:00Z"})
    [found] = figures_findings(letter)
    assert (found.rule, found.quote) == ("REC-04", "Fernway: began 17 March 2026, 08:20 UTC")
    assert found.message == (
        "The impact began 17 March 2026, 09:00 UTC. It would be read by Mira, Olu."
    )
    with pytest.raises(TextRejected, match=r"1 figure of recipients.*Fernway: began") as refusal:
        refuse_contradicted_figures(letter)
    assert [one["rule"] for one in refusal.value.findings] == ["REC-04"]
    override(
        actor=world.ines, now=now, statement=letter, rule=found.rule, quote=found.quote,
        reason="Their own monitoring saw the first errors before ours.",
        beside=figures_findings(letter),
    )  # fmt: skip
    assert blocking_figures(letter) == []
    refuse_contradicted_figures(letter)
    # What was let through is let through as it was: another time on the record asks again.
    change_record(world, now, times={"impact_began": "2026-03-17T09:05:00Z"})
    assert [one.quote for one in blocking_figures(letter)] == [found.quote]


def test_ten_thousand_accounts_are_held_against_the_record_within_seconds(world, now) -> None:
    rows = ["account_id,name,sla_target,components,contact_name,contact_email"]
    rows += [f"n{n},Company {n},99.9,Invoice sending,P {n},p{n}@x.example" for n in range(10_000)]
    import_customers(actor=MACHINE, now=now, page=world.page, csv_text="\n".join(rows))
    decided(world, now)
    letter = start(actor=world.noor, now=now, incident=world.incident, kind="follow_up")
    change_record(world, now, sla=[])
    began = time.process_time()
    found = figures_findings(letter)
    assert time.process_time() - began < 5
    assert len(found) == MOST_NAMED + 1
    # Oakline kept its level.
    assert found[-1].quote == f"and {10_001 - MOST_NAMED} more"
