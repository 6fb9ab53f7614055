"""Who a plan reaches: by what customers use, what was measured, and what people got before."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.affected import add_affected
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.impacts import import_impacts
from afterword.audience.actions.subscribers import choose_components, confirm, subscribe
from afterword.audience.actions.suppressions import lift_suppression, suppress
from afterword.audience.links import confirmation_of
from afterword.audience.models import Subscriber
from afterword.audience.queries.customers import members, people_on
from afterword.components.actions import create_component
from afterword.components.models import Component
from afterword.followups import queries
from afterword.followups.actions import decide
from afterword.followups.figures import own_figures
from afterword.followups.models import PlanLine
from afterword.followups.people import WHY_LEFT_OUT
from afterword.kit.errors import WrongState
from afterword.postbox.models import Stream
from postbox.letters import a_message, posted
from statements.world import change_record

WHY = "They could not send invoices for six hours."
PEOPLE = (
    "account_id,name,sla_target,regions,components,contact_email\n"
    "a1,Fernway,99.9,EU,Invoice sending,mira@fernway.example\n"
    "a1,Fernway,99.9,EU,Invoice sending,olu@fernway.example\n"
    "a2,Oakline,99.5,,Sign-in,sam@oakline.example\n"
    "a3,Small Shop,,,Invoice sending,kim@shop.example\n"
    "a4,Harbour,99.9,US,Invoice sending,ana@harbour.example\n"
    "a5,Lantern,99.9,,,ivo@lantern.example\n"
)


@pytest.fixture
def world(company: SimpleNamespace, now: datetime) -> SimpleNamespace:
    create_component(actor=MACHINE, now=now, page=company.page, name="Sign-in")
    report = import_customers(actor=MACHINE, now=now, page=company.page, csv_text=PEOPLE)
    assert not report.refused
    change_record(
        company, now, sla=[{"account": "a1", "target": 99.9, "actual": 99.1}],
        regions={"affected": ["EU"], "all": ["EU", "US"], "basis": "measured"},
    )  # fmt: skip
    return company


@pytest.fixture
def plan(world: SimpleNamespace, now: datetime) -> Callable[..., PlanLine]:
    def plan(segment: str, level: str, at: datetime = now) -> PlanLine:
        return decide(
            actor=world.pia, now=at, incident=world.incident, segment=segment, level=level,
            reason=WHY,
        )  # fmt: skip

    return plan


@pytest.fixture
def measured(world: SimpleNamespace, now: datetime) -> Callable[[str], object]:
    def measured(rows: str) -> object:
        return import_impacts(
            actor=MACHINE, now=now, page=world.page, incident_ref=world.incident.public_id,
            csv_text="account_id,began,ended,failed,hardest,loss\n" + rows,
        )  # fmt: skip

    return measured


def listed(line: PlanLine) -> set[str]:
    return set(people_on(line.recipients.public_id)) if line.recipients else set()


def test_only_accounts_that_use_what_failed_where_it_failed_get_a_letter(plan) -> None:
    # Sign-in worked, the US was spared; whose use nobody told us may have been hit.
    line = plan("sla", "targeted")
    assert listed(line) == {"mira@fernway.example", "olu@fernway.example", "ivo@lantern.example"}


def test_what_was_measured_of_each_account_speaks_before_what_they_use(plan, measured) -> None:
    measured("a2,,,812,,\na4,2026-03-17T08:20:00Z,,,,\n")
    assert listed(plan("sla", "targeted")) == {"sam@oakline.example", "ana@harbour.example"}


def test_a_contract_letter_is_only_held_back_where_no_contract_demands_it(
    world: SimpleNamespace, plan, measured, now: datetime
) -> None:
    measured("a1,,,,,\na4,,,,,\n")
    for email in ("mira@fernway.example", "ana@harbour.example"):
        suppress(actor=MACHINE, now=now, page=world.page, email=email, reason="bounced")
    # Fernway's service level was missed, so Mira is written to; Harbour's was not.
    line = plan("sla", "targeted")
    assert listed(line) == {"mira@fernway.example", "olu@fernway.example"}
    assert line.tally["suppressed"] == 1
    assert {each.must for each in members(line.recipients.public_id, 0, 9)} == {True}
    lift_suppression(actor=MACHINE, now=now, page=world.page, email="ana@harbour.example")
    assert "ana@harbour.example" in listed(plan("sla", "targeted"))


def test_whoever_had_two_letters_this_week_is_left_in_peace(
    world: SimpleNamespace, plan, measured, now: datetime
) -> None:
    measured("a3,,,,yes,\na4,,,,,stock was sold twice\n")
    earlier = now - timedelta(days=6)
    notice = a_message(earlier, key="notice", stream=Stream.NOTICE)
    for n in range(2):
        posted(earlier, ["kim@shop.example"], about=f"a{n}", message=notice)
    line = plan("high_impact", "targeted")
    assert listed(line) == {"ana@harbour.example"}
    assert line.tally["over_budget"] == 1
    assert "kim@shop.example" in listed(plan("high_impact", "targeted", now + timedelta(days=2)))


def test_those_hit_hardest_are_asked_about_only_where_there_are_any(
    world: SimpleNamespace, plan, measured
) -> None:
    assert [one.segment for one in queries.plan_of(world.incident)] == [
        "data_affected", "sla", "everyone",
    ]  # fmt: skip
    with pytest.raises(WrongState, match="hit hardest"):
        plan("high_impact", "targeted")
    measured("a3,,,,yes,\n")
    found = {one.segment: one.proposed for one in queries.plan_of(world.incident)}
    assert (found["high_impact"].level, found["high_impact"].count) == ("targeted", 1)


def test_one_person_gets_the_most_specific_letter_whichever_was_decided_first(
    world: SimpleNamespace, plan, measured, now: datetime
) -> None:
    measured("a1,,,,yes,\na3,,,,yes,\n")
    assert listed(plan("high_impact", "targeted")) == {
        "mira@fernway.example", "olu@fernway.example", "kim@shop.example",
    }  # fmt: skip
    plan("sla", "targeted")
    add_affected(
        actor=MACHINE, now=now, page=world.page, incident_ref=world.incident.public_id,
        csv_text="email\nmira@fernway.example\n",
    )  # fmt: skip
    plan("data_affected", "targeted")
    lines = queries.lines_in_force(world.incident)
    assert [listed(lines[each]) for each in ("data_affected", "sla", "high_impact")] == [
        {"mira@fernway.example"}, {"olu@fernway.example"}, {"kim@shop.example"},
    ]  # fmt: skip


def test_the_outlook_counts_everybody_once(
    world: SimpleNamespace, plan, measured, now: datetime
) -> None:
    for email in ("kim@shop.example", "mira@fernway.example", "reader@x.example"):
        Subscriber.objects.create(
            page=world.page, email=email, state="active", created_at=now, confirmed_at=now
        )
    suppress(actor=MACHINE, now=now, page=world.page, email="kim@shop.example", reason="complained")
    plan("everyone", "subscribers")
    plan("sla", "targeted")
    found = queries.outlook(world.incident, queries.plan_of(world.incident), now)
    # Three letters (Mira's in the place of status mail), one subscriber, Kim suppressed.
    assert (found.people, found.segments, found.suppressed) == (4, 2, 1)
    assert found.left_out == {"suppressed": 1, "not_affected": 2, "not_planned": 0}
    assert set(found.left_out) <= set(WHY_LEFT_OUT)


def test_a_proposal_counts_those_left_for_it_and_can_be_accepted(
    world: SimpleNamespace, plan, measured, now: datetime
) -> None:
    measured("a1,,,,yes,\n")
    for email in ("mira@fernway.example", "reader@x.example"):
        Subscriber.objects.create(
            page=world.page, email=email, state="active", created_at=now, confirmed_at=now
        )

    def proposed(segment: str) -> tuple[str, int]:
        found = {one.segment: one.proposed for one in queries.plan_of(world.incident, now)}
        return str(found[segment].level), found[segment].count

    assert proposed("sla") == ("targeted", 2)
    # Mira and Olu hear by contract; Mira subscribed too, and gets her letter in its place.
    assert proposed("high_impact") == ("none", 0)
    assert proposed("everyone")[1] == 1
    for segment in ("sla", "high_impact", "everyone"):
        line = plan(segment, level := proposed(segment)[0])
        assert line.proposed == level
    plan("sla", "page")
    assert proposed("high_impact") == ("targeted", 2)
    assert listed(plan("high_impact", "targeted")) == {
        "mira@fernway.example", "olu@fernway.example",
    }  # fmt: skip


def test_a_group_of_whom_all_asked_for_no_mail_is_offered_no_letter(
    world: SimpleNamespace, plan, measured, now: datetime
) -> None:
    measured("a3,,,,yes,\n")
    suppress(actor=MACHINE, now=now, page=world.page, email="kim@shop.example", reason="asked")
    hardest = queries.plan_of(world.incident, now)[2].proposed
    assert (hardest.segment, hardest.level, hardest.count) == ("high_impact", "none", 0)
    assert "nobody is left" in hardest.because


def test_a_file_of_impacts_with_one_bad_row_changes_nothing(world, measured) -> None:
    report = measured(
        "a1,2026-03-17T08:20:00+01:00,,7,yes,\n"
        "zz,,,,,\n"
        "a2,yesterday,,,,\n"
        "a3,,,-4,,\n"
        "a4,2026-03-17T09:00:00Z,2026-03-17T08:00:00Z,,,\n"
        "a5,,,,perhaps,\n"
        "a1,,,8,,\n"
    )
    assert [line for line, _ in report.rows_refused] == [3, 4, 5, 6, 7, 8]
    assert not report.written
    assert [one.segment for one in queries.plan_of(world.incident)] == [
        "data_affected", "sla", "everyone",
    ]  # fmt: skip


def test_whoever_stands_for_two_accounts_is_told_of_the_one_that_was_hit_and_hit_hardest(
    world: SimpleNamespace, now: datetime, measured
) -> None:
    import_customers(
        actor=MACHINE, now=now, page=world.page,
        csv_text=(
            "account_id,name,sla_target,components,contact_email\n"
            "a0,Fjordline,99.9,Sign-in,lee@both.example\n"
            "b1,Oarsmith,99.9,Invoice sending,lee@both.example\n"
            "b2,Quayside,99.9,Invoice sending,lee@both.example\n"
        ),
    )  # fmt: skip

    def told(segment: str = "sla") -> str:
        line = decide(
            actor=world.pia, now=now, incident=world.incident, segment=segment, level="targeted",
            reason=WHY,
        )  # fmt: skip
        assert line.recipients
        found = {each.email: each.account for each in members(line.recipients.public_id, 0, 99)}
        return found["lee@both.example"]

    assert told() in ("b1", "b2"), "Fjordline uses nothing that failed"
    measured("a1,,,,,\nb1,,,1,,\nb2,,,99999,,\n")
    assert told() == "b2"


def test_an_account_that_was_not_hit_has_no_times_of_its_own(world: SimpleNamespace) -> None:
    own = own_figures(world.incident, ["a2"])["a2"].plain
    assert own == {"account": "Oakline"}


def test_the_outlook_counts_the_subscribers_who_would_hear_and_those_suppressed(
    world: SimpleNamespace, plan, now: datetime
) -> None:
    before = now - timedelta(days=1)
    world.incident.components.add(world.sending)
    sign_in = Component.objects.get(page=world.page, name="Sign-in")
    chosen = {"sending": [world.sending.public_id], "signin": [sign_in.public_id]}
    for name in ("whole", "sending", "signin", "follows", "gone"):
        one = subscribe(now=before, page=world.page, email=f"{name}@mail.example")
        follows = "another" if name == "follows" else ""
        confirm(now=before, token=confirmation_of(one.token, before, follows))
        if parts := chosen.get(name):
            choose_components(now=now, token=one.token, component_ids=parts, whole_page=False)
    subscribe(now=before, page=world.page, email="unconfirmed@mail.example")
    suppress(actor=MACHINE, now=now, page=world.page, email="gone@mail.example", reason="asked")
    assert queries.plan_of(world.incident, now)[-1].proposed.count == 2, "whole and sending"
    plan("everyone", "page")
    quiet = queries.outlook(world.incident, queries.plan_of(world.incident), now)
    plan("everyone", "subscribers")
    loud = queries.outlook(world.incident, queries.plan_of(world.incident), now)
    assert (loud.people - quiet.people, loud.suppressed - quiet.suppressed) == (2, 1)
