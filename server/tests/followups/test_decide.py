from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.affected import add_affected
from afterword.audience.models import Subscriber
from afterword.audience.queries.customers import people_on
from afterword.audit.queries import entries_about
from afterword.followups import queries
from afterword.followups.actions import decide
from afterword.followups.models import PlanLine
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from afterword.statements.actions import (
    approve,
    ask_review,
    mark_published,
    save_revision,
    start,
)
from statements.world import HONEST, TITLE, change_record

WHY = "They could not send invoices for six hours."


@pytest.fixture
def plan(company: SimpleNamespace, now: datetime):
    def plan(segment: str, level: str, **told: object) -> PlanLine:
        given = {"actor": company.pia, "now": now, "incident": company.incident, "reason": WHY}
        return decide(segment=segment, level=level, **(given | told))  # type: ignore[arg-type]

    return plan


@pytest.fixture
def affected(company: SimpleNamespace, now: datetime):
    def affected(*addresses: str) -> None:
        add_affected(
            actor=MACHINE, now=now, page=company.page, incident_ref=company.incident.public_id,
            csv_text="email\n" + "\n".join(addresses),
        )  # fmt: skip

    return affected


def on_list(company: SimpleNamespace, segment: str) -> set[str]:
    line = queries.lines_in_force(company.incident)[segment]
    assert line.recipients
    return set(people_on(line.recipients.public_id))


def test_a_decision_is_stored_with_its_reason_and_what_was_proposed(company: SimpleNamespace, plan):
    line = plan("sla", "personal")
    assert (line.level, line.proposed, line.reason) == ("personal", "targeted", WHY)
    assert (line.count, line.decided_by) == (3, company.pia)
    entries = entries_about(f"incident:{company.incident.public_id}")
    assert entries[-1].detail["level"] == "personal"
    assert WHY not in str([e.detail for e in entries])


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001, "nul \x00"])
def test_without_a_reason_nothing_is_decided(company: SimpleNamespace, plan, reason: str):
    with pytest.raises(BadInput) as refusal:
        plan("everyone", "page", reason=reason)
    assert "reason" in refusal.value.problems
    assert queries.history_of(company.incident) == []


@pytest.mark.parametrize(
    ("segment", "level"),
    [
        ("everyone", "targeted"),
        ("everyone", "personal"),
        ("sla", "subscribers"),
        ("data_affected", "subscribers"),
        ("friends", "page"),
        ("sla", "loud"),
    ],
)
def test_a_level_that_makes_no_sense_for_the_segment_is_refused(plan, segment: str, level: str):
    with pytest.raises(BadInput):
        plan(segment, level)


def test_only_writers_and_publishers_decide_and_never_the_machine(company: SimpleNamespace, plan):
    for actor in (company.bo, company.guest, MACHINE):
        with pytest.raises(NotAllowed):
            plan("everyone", "page", actor=actor)


def test_the_newest_decision_counts_and_the_older_stay(company: SimpleNamespace, plan):
    plan("everyone", "subscribers")
    plan("everyone", "page", reason="Fewer were affected than we thought.")
    assert queries.lines_in_force(company.incident)["everyone"].level == "page"
    assert [line.level for line in queries.history_of(company.incident)] == ["subscribers", "page"]


def test_the_plan_is_decided_when_every_segment_has_its_reason(company: SimpleNamespace, plan):
    plan("everyone", "page")
    plan("data_affected", "none", reason="No data was touched.")
    assert not queries.is_decided(company.incident)
    plan("sla", "targeted")
    assert queries.is_decided(company.incident)


def test_a_letter_freezes_who_gets_it(company: SimpleNamespace, plan, affected):
    affected("mira@fernway.example")
    plan("data_affected", "targeted")
    affected("late@x.example")
    assert on_list(company, "data_affected") == {"mira@fernway.example"}


def test_whoever_left_the_status_mail_is_not_mailed_but_still_hears_about_their_own_data(
    company: SimpleNamespace, plan, affected, now: datetime
):
    told = {"page": company.page, "created_at": now}
    Subscriber.objects.create(email="stays@x.example", state="active", **told)
    Subscriber.objects.create(email="left@x.example", state="unsubscribed", **told)
    Subscriber.objects.create(email="waits@x.example", state="unconfirmed", **told)
    affected("left@x.example")
    assert plan("everyone", "subscribers").count == 1
    plan("data_affected", "targeted")
    assert on_list(company, "data_affected") == {"left@x.example"}


def test_customers_without_an_sla_are_not_on_the_sla_list(company: SimpleNamespace, plan):
    plan("sla", "targeted")
    assert on_list(company, "sla") == {
        "mira@fernway.example",
        "olu@fernway.example",
        "sam@oakline.example",
    }


def test_whoever_gets_the_data_letter_is_left_out_of_the_sla_list(
    company: SimpleNamespace, plan, affected
):
    affected("mira@fernway.example", "private@x.example")
    plan("data_affected", "targeted")
    line = plan("sla", "targeted")
    assert on_list(company, "sla") == {"olu@fernway.example", "sam@oakline.example"}
    assert line.count == 2


def test_it_holds_when_the_sla_list_was_decided_first(company: SimpleNamespace, plan, affected):
    plan("sla", "personal")
    affected("mira@fernway.example")
    plan("data_affected", "targeted")
    line = queries.lines_in_force(company.incident)["sla"]
    assert on_list(company, "sla") == {"olu@fernway.example", "sam@oakline.example"}
    assert (line.level, line.count) == ("personal", 2)
    assert "1 left this list" in line.reason


def test_people_come_back_to_the_sla_list_when_the_data_letter_is_called_off(
    company: SimpleNamespace, plan, affected
):
    affected("mira@fernway.example")
    plan("data_affected", "targeted")
    plan("sla", "targeted")
    plan("data_affected", "none", reason="The logs show that nothing was read.")
    assert "mira@fernway.example" in on_list(company, "sla")
    assert "1 came back" in queries.lines_in_force(company.incident)["sla"].reason


def test_affected_people_without_a_data_letter_stay_on_the_sla_list(
    company: SimpleNamespace, plan, affected
):
    affected("mira@fernway.example")
    plan("data_affected", "none", reason="The logs show that nothing was read.")
    plan("sla", "targeted")
    assert "mira@fernway.example" in on_list(company, "sla")


def test_an_sla_letter_that_has_left_is_not_planned_anew(
    company: SimpleNamespace, plan, affected, now: datetime
):
    plan("sla", "targeted")
    letter = start(actor=company.noor, now=now, incident=company.incident, kind="follow_up")
    save_revision(
        actor=company.noor, now=now, statement=letter, title=TITLE,
        body=HONEST + " Because the list of waiting invoices filled up, we are adding a limit: "
        "sending stops at 80 % full by 20 March 2026.", based_on=1,
    )  # fmt: skip
    ask_review(actor=company.noor, now=now, statement=letter)
    approve(actor=company.bo, now=now, statement=letter)
    mark_published(statement=letter, now=now)
    affected("mira@fernway.example")
    plan("data_affected", "targeted")
    assert len(on_list(company, "sla")) == 3


def test_a_letter_to_nobody_is_refused_with_what_to_do(company: SimpleNamespace, plan, affected):
    with pytest.raises(WrongState, match="Import the list first"):
        plan("data_affected", "targeted")
    affected("mira@fernway.example", "olu@fernway.example", "sam@oakline.example")
    plan("data_affected", "targeted")
    with pytest.raises(WrongState, match="gets that letter"):
        plan("sla", "targeted")
    assert [line.segment for line in queries.history_of(company.incident)] == ["data_affected"]


def test_texts_for_everybody_wait_until_somebody_decides_how_far_they_go(
    company: SimpleNamespace, plan
):
    for kind in ("closure", "summary", "note"):
        with pytest.raises(WrongState, match="Decide it in the follow-up plan"):
            queries.recipients_for(company.incident, kind, "")
    plan("everyone", "subscribers")
    assert queries.recipients_for(company.incident, "closure", "") == ("subscribers", "")
    plan("everyone", "none")
    assert queries.recipients_for(company.incident, "summary", "") == ("page", "")


def test_a_letter_goes_to_the_frozen_list_and_nowhere_else(
    company: SimpleNamespace, plan, affected
):
    affected("private@x.example")
    plan("data_affected", "targeted")
    line = plan("sla", "personal")
    assert line.recipients
    assert queries.recipients_for(company.incident, "follow_up", "sla") == (
        "list",
        line.recipients.public_id,
    )
    kind, of_data = queries.recipients_for(company.incident, "data_notice", "data_affected")
    assert kind == "list"
    assert set(people_on(of_data)) == {"private@x.example"}


def test_a_letter_nobody_decided_on_is_refused_with_what_to_do(company: SimpleNamespace, plan):
    with pytest.raises(WrongState, match="Decide it in the follow-up plan"):
        queries.recipients_for(company.incident, "follow_up", "sla")
    plan("sla", "none", reason="Nobody with an SLA was hit.")
    with pytest.raises(WrongState, match="Nobody with an SLA was hit"):
        queries.recipients_for(company.incident, "follow_up", "sla")
    with pytest.raises(BadInput):
        queries.recipients_for(company.incident, "follow_up", "")


def test_a_list_that_the_data_letter_emptied_is_not_sent_to(
    company: SimpleNamespace, plan, affected
):
    plan("sla", "targeted")
    affected("mira@fernway.example", "olu@fernway.example", "sam@oakline.example")
    plan("data_affected", "targeted")
    with pytest.raises(WrongState, match="would reach no one"):
        queries.recipients_for(company.incident, "follow_up", "sla")


def test_the_plan_shows_what_is_proposed_now_beside_what_was_decided(
    company: SimpleNamespace, plan, now: datetime
):
    plan("data_affected", "none", reason="No data was touched.")
    change_record(company, now + timedelta(hours=1), data={"loss": "possible"})
    data, sla, everyone = queries.plan_of(company.incident)
    assert data.line
    assert (data.line.level, data.proposed.level) == ("none", "targeted")
    assert data.below_proposal
    assert sla.line is None
    assert everyone.proposed.level == "page"
