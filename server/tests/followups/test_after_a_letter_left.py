"""What a plan does once a letter of it has left: whoever had one gets no second, and no one whose
data was affected is forgotten.
"""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.affected import add_affected
from afterword.audience.queries.customers import people_on
from afterword.followups import queries
from afterword.followups.actions import decide
from afterword.followups.models import PlanLine
from afterword.kit.errors import WrongState
from afterword.statements.actions import approve, ask_review, mark_published, save_revision, start
from afterword.statements.models import StatementState
from statements.world import HONEST, TITLE

MIRA, OLU, SAM = "mira@fernway.example", "olu@fernway.example", "sam@oakline.example"
LATER = timedelta(hours=2)


@pytest.fixture
def plan(company: SimpleNamespace, now: datetime):
    def plan(segment: str, level: str, at: datetime = now) -> PlanLine:
        return decide(
            actor=company.pia, now=at, incident=company.incident, segment=segment, level=level,
            reason="They could not send invoices.",
        )  # fmt: skip

    return plan


@pytest.fixture
def affected(company: SimpleNamespace, now: datetime):
    def affected(*addresses: str) -> None:
        add_affected(
            actor=MACHINE, now=now, page=company.page, incident_ref=company.incident.public_id,
            csv_text="email\n" + "\n".join(addresses),
        )  # fmt: skip

    return affected


def leave(company: SimpleNamespace, now: datetime, segment: str) -> None:
    letter = start(
        actor=company.noor, now=now, incident=company.incident, kind="follow_up", segment=segment
    )
    body = (
        HONEST + " Because the list of waiting invoices filled up, we are adding a limit: sending "
        "stops at 80 % full by 20 March 2026."
    )
    save_revision(actor=company.noor, now=now, statement=letter, title=TITLE, body=body, based_on=1)
    ask_review(actor=company.noor, now=now, statement=letter)
    approve(actor=company.bo, now=now, statement=letter)
    mark_published(statement=letter, now=now)
    assert letter.state == StatementState.PUBLISHED


def listed(line: PlanLine) -> set[str]:
    assert line.recipients
    return set(people_on(line.recipients.public_id))


def test_whoever_had_the_letter_is_on_no_further_list(
    company: SimpleNamespace, plan, affected, now: datetime
) -> None:
    affected(MIRA)
    plan("data_affected", "targeted")
    plan("sla", "targeted")
    leave(company, now, "sla")
    before = queries.outlook(company.incident, queries.plan_of(company.incident), now + LATER)
    with pytest.raises(WrongState, match="had their letter"):
        plan("sla", "personal", now + LATER)
    # It was decided otherwise only after it had left: the letter stays theirs.
    plan("sla", "none", now + LATER)
    after = queries.outlook(company.incident, queries.plan_of(company.incident), now + LATER)
    assert after.people == before.people == 3
    affected(OLU, "late@x.example")
    assert listed(plan("data_affected", "targeted", now + LATER)) == {MIRA, OLU, "late@x.example"}


def test_a_second_notice_goes_to_those_found_later_alone(
    company: SimpleNamespace, plan, affected, now: datetime
) -> None:
    affected(MIRA, "first@x.example")
    plan("data_affected", "targeted")
    leave(company, now, "data_affected")
    affected("late@x.example")
    assert listed(plan("data_affected", "targeted", now + LATER)) == {"late@x.example"}
    assert listed(plan("sla", "targeted", now + LATER)) == {OLU, SAM}


def test_a_notice_does_not_leave_without_those_who_were_found_since(
    company: SimpleNamespace, plan, affected, now: datetime
) -> None:
    affected(MIRA)
    plan("data_affected", "targeted")
    assert queries.recipients_for(company.incident, "data_notice", "data_affected")[0] == "list"
    affected("late@x.example", "later@x.example")
    with pytest.raises(WrongState, match=r"2 people .* Decide again"):
        queries.recipients_for(company.incident, "data_notice", "data_affected")
    plan("data_affected", "targeted")
    assert queries.recipients_for(company.incident, "data_notice", "data_affected")[0] == "list"
