"""Whoever is put on a list after its letter left is owed one, and the desk says so till then."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.affected import add_affected
from afterword.audience.models import RecipientListMember
from afterword.followups.actions import decide
from afterword.statements.actions import approve, ask_review, mark_published, save_revision, start
from statements.world import HONEST, TITLE, build, change_record

pytestmark = pytest.mark.django_db
LATE = "It was too long for some of you to see, so we list it here."


@pytest.fixture
def world(now: datetime, clock: object) -> SimpleNamespace:
    company = build(now)
    company.now = now
    company.client = Client()
    company.client.force_login(company.pia)
    put_on_the_list(company, "mira@fernway.example", "olu@fernway.example")
    for segment, level in (("sla", "none"), ("everyone", "page"), ("data_affected", "targeted")):
        decided(company, segment, level, now)
    leaves(company, now, HONEST)
    return company


def put_on_the_list(company: SimpleNamespace, *addresses: str) -> None:
    add_affected(
        actor=MACHINE, now=company.now, page=company.page, incident_ref=company.incident.public_id,
        csv_text="email,name\n" + "\n".join(f"{each},{each.split('@')[0]}" for each in addresses),
    )  # fmt: skip


def decided(company: SimpleNamespace, segment: str, level: str, at: datetime) -> None:
    decide(
        actor=company.pia, now=at, incident=company.incident, segment=segment, level=level,
        reason="It is their data.",
    )  # fmt: skip


def leaves(company: SimpleNamespace, at: datetime, body: str) -> None:
    letter = start(
        actor=company.noor, now=at, incident=company.incident, kind="follow_up",
        segment="data_affected",
    )  # fmt: skip
    body += (
        " Because the list of waiting invoices filled up, we are adding a limit: sending stops at "
        "80 % full by 20 March 2026."
    )
    save_revision(actor=company.noor, now=at, statement=letter, title=TITLE, body=body, based_on=1)
    ask_review(actor=company.noor, now=at, statement=letter)
    approve(actor=company.bo, now=at, statement=letter)
    mark_published(statement=letter, now=at)


def page(company: SimpleNamespace, rest: str = "") -> str:
    where = f"/desk/cases/{company.incident.public_id}/{rest}"
    return company.client.get(where).content.decode()


def letter_to(company: SimpleNamespace, name: str) -> str:
    everybody = RecipientListMember.objects.order_by("pk")
    member = [each for each in everybody if each.name == name][-1]
    return page(company, f"letters/{member.pk}/")


def test_who_comes_onto_the_data_list_after_the_notice_left_is_owed_one(
    world: SimpleNamespace,
) -> None:
    assert "Decided for everyone, with reasons." in page(world)
    put_on_the_list(world, "sam@oakline.example")

    said = "1 person was put on the data-affected list since. Decide again, or they hear nothing."
    assert said in page(world)
    assert said in world.client.get("/desk/").content.decode()
    assert "would hear nothing" in page(world, "follow-up/")


def test_a_list_decided_after_the_letter_left_waits_for_a_letter_of_its_own(
    world: SimpleNamespace,
) -> None:
    put_on_the_list(world, "sam@oakline.example")
    later = world.now + timedelta(hours=1)
    decided(world, "data_affected", "targeted", later)

    assert "Decided, not yet sent: people whose data was affected." in page(world)
    world.client.force_login(world.noor)
    assert "The plan owes a letter" in page(world)
    world.client.force_login(world.pia)
    shown = page(world, "letters/")
    assert "sam@oakline.example" in shown
    assert "text not written" in shown
    assert "The text of this letter is not written yet." in letter_to(world, "sam")
    assert "could not send invoices" in letter_to(world, "mira")

    leaves(world, later, f"{HONEST} {LATE}")
    assert "Decided for everyone, with reasons." in page(world)
    assert "now: decide again" not in page(world, "follow-up/")
    assert LATE in letter_to(world, "sam")
    assert LATE not in letter_to(world, "mira")


def test_the_plan_says_when_record_and_list_count_other_people(world: SimpleNamespace) -> None:
    assert "two numbers" not in page(world, "follow-up/")
    affected = {
        "confidentiality": "confirmed", "loss": "none", "integrity": "none",
        "categories": ["invoices"], "people": 3, "people_basis": "measured",
    }  # fmt: skip
    change_record(world, world.now, data=affected)
    shown = page(world, "follow-up/")
    assert "The record measured the data of 3 people; the list has 2." in shown
    put_on_the_list(world, "sam@oakline.example")
    assert "two numbers" not in page(world, "follow-up/")
