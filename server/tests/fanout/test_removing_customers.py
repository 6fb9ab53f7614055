"""Removing a customer or a contact: what goes, what stays in the ledger, what is still owed."""

import json
from datetime import datetime, timedelta

import pytest

from afterword.accounts.actions import create_person
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.affected import add_affected
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.impacts import import_impacts
from afterword.audience.actions.lists import Listed, freeze_list
from afterword.audience.models import (
    AccountImpact,
    AffectedPerson,
    Contact,
    Customer,
    RecipientList,
    RecipientListMember,
    Segment,
    SubscriberState,
)
from afterword.audit.queries import entries_about
from afterword.components.models import Page
from afterword.fanout.actions import expand_due, remove_customer, what_goes
from afterword.fanout.queries import about_of
from afterword.kit.errors import NotAllowed, NotFound, WrongState
from afterword.postbox.actions import claim, record_results
from afterword.postbox.models import Letter
from afterword.postbox.outcomes import Outcome, Result
from afterword.publishing.models import Publication
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
MIRA, OLU, SAM = "mira@fernway.example", "olu@fernway.example", "sam@oakline.example"


@pytest.fixture
def page(now: datetime) -> Page:
    page = a_page(now - timedelta(days=10))
    told = {"actor": MACHINE, "now": now, "page": page}
    import_customers(
        csv_text=(
            "account_id,name,sla_target,contact_name,contact_email\n"
            f"a1,Fernway,99.9,Mira,{MIRA}\na1,Fernway,99.9,Olu,{OLU}\n"
            f"a2,Oakline,99.5,Sam,{SAM}\na2,Oakline,99.5,Olu,{OLU}\n"
        ),
        **told,
    )  # fmt: skip
    import_impacts(incident_ref="pay1", csv_text="account_id,failed\na1,7\na2,9\n", **told)
    return page


def a_list(page: Page, now: datetime, *, must: bool, segment: Segment = Segment.SLA) -> str:
    figures = {"account": "Fernway", "failed": 7}
    return freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="pay1", segment=segment,
        members=[Listed(one, account="a1", must=must, figures=figures) for one in (MIRA, OLU)],
    ).public_id  # fmt: skip


def letter_to(page: Page, now: datetime, listed: str) -> Publication:
    said = publish(page, now, kind="follow_up", audience="list", recipient_list=listed)
    expand_due(now=now)
    return said


def send(now: datetime) -> None:
    for each in claim(now=now, limit=99, lease_seconds=60):
        record_results(results=[Result(each.pk, each.lease_until, Outcome.ACCEPTED, now, 250)])


def removed(page: Page, now: datetime, **told: object) -> None:
    remove_customer(actor=MACHINE, now=now, page=page, account_id="a1", **told)  # type: ignore[arg-type]


def test_a_customer_goes_with_contacts_and_measurements_and_the_log_says_so(
    page: Page, now: datetime
) -> None:
    removed(page, now)
    assert [each.account_id for each in Customer.objects.all()] == ["a2"]
    assert sorted(Contact.objects.values_list("email", flat=True)) == [OLU, SAM]
    assert AccountImpact.objects.count() == 1
    [entry] = entries_about("customer:a1")
    assert (entry.verb, entry.detail["contacts"]) == ("audience.remove_customer", 2)
    assert MIRA not in json.dumps(entry.detail)
    with pytest.raises(NotFound):
        removed(page, now)


def test_one_contact_goes_and_the_customer_stays(page: Page, now: datetime) -> None:
    removed(page, now, email=MIRA.upper())
    kept = Contact.objects.filter(customer__account_id="a1")
    assert list(kept.values_list("email", flat=True)) == [OLU]
    with pytest.raises(NotFound, match="no contact with that address"):
        removed(page, now, email=SAM)


def test_letters_that_left_stay_counted_without_an_address(page: Page, now: datetime) -> None:
    said = letter_to(page, now, a_list(page, now, must=False))
    send(now)
    size = RecipientList.objects.get().size
    assert what_goes(page=page, account_id="a1").kept == 1
    removed(page, now)
    letters = Letter.objects.filter(about=about_of(said))
    # Olu also stands for Oakline, so that address is known here still.
    assert [(each.state, each.recipient == OLU) for each in letters.order_by("pk")] == [
        ("sent", False), ("sent", True),
    ]  # fmt: skip
    assert not Letter.objects.filter(recipient=MIRA).exists()
    assert all(not each.fill for each in letters if each.recipient != OLU)
    assert RecipientList.objects.get().size == size == 2
    assert RecipientListMember.objects.count() == 1


def test_a_letter_that_nothing_demands_is_withdrawn(page: Page, now: datetime) -> None:
    letter_to(page, now, a_list(page, now, must=False))
    removed(page, now)
    assert not Letter.objects.filter(recipient=MIRA, state="waiting").exists()
    assert Letter.objects.filter(state="withdrawn").count() == 1
    assert Letter.objects.filter(recipient=OLU, state="waiting").exists()


@pytest.mark.parametrize("written", [False, True])
def test_a_letter_that_is_owed_is_not_lost_by_removing_who_it_is_to(
    page: Page, now: datetime, written: bool
) -> None:
    listed = a_list(page, now, must=True)
    if written:
        letter_to(page, now, listed)
    with pytest.raises(WrongState, match=r"1 letter to Fernway .* still has to leave"):
        removed(page, now)
    assert Customer.objects.count() == 2
    removed(page, now, despite_owed=True)
    assert Customer.objects.count() == 1
    if not written:
        letter_to(page, now, listed)
    send(now)
    assert set(Letter.objects.filter(state="sent").values_list("recipient", flat=True)) == {
        MIRA, OLU,
    }  # fmt: skip


def test_what_somebody_is_beside_a_contact_stays(page: Page, now: datetime) -> None:
    reader = subscribed(page, now, MIRA)[0]
    add_affected(
        actor=MACHINE, now=now, page=page, incident_ref="pay1", csv_text=f"email\n{MIRA}\n"
    )
    listed = freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="pay1", segment=Segment.DATA,
        members=[Listed(MIRA, account="a1")],
    ).public_id  # fmt: skip
    notice = publish(page, now, kind="data_notice", audience="list", recipient_list=listed)
    expand_due(now=now)
    removed(page, now)
    reader.refresh_from_db()
    assert reader.state == SubscriberState.ACTIVE
    assert AffectedPerson.objects.count() == 1
    assert RecipientListMember.objects.count() == 1
    assert Letter.objects.get(about=about_of(notice)).recipient == MIRA


def test_the_command_asks_before_it_removes(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    from afterword.cli import people

    said: list[str] = []
    monkeypatch.setattr(people.typer, "echo", lambda text, **_: said.append(text))
    answers = iter((False, True))
    monkeypatch.setattr(people.typer, "confirm", lambda _: next(answers))
    told = {"account": "a1", "contact": "", "despite_owed": False, "yes": False}
    people.remove(**told, dry_run=True)
    with pytest.raises(people.typer.Exit):
        people.remove(**told, dry_run=False)
    assert Customer.objects.count() == 2
    people.remove(**told, dry_run=False)
    assert Customer.objects.count() == 1
    assert said[0].startswith("Fernway with 2 contacts: 0 letters withdrawn")


def test_who_may_not_manage_the_audience_removes_nobody(page: Page, now: datetime) -> None:
    guest = create_person(
        actor=MACHINE, now=now, email="g@larkbridge.example", name="Gus",
        password="a long enough password", roles=[Role.WRITER],
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        remove_customer(actor=guest, now=now, page=page, account_id="a1")
    assert Customer.objects.count() == 2
