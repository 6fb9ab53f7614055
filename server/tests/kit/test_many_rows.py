"""Many rows are inserted as ``bulk_create`` would, at a fraction of its price."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from afterword.accounts.permissions import MACHINE
from afterword.audience.models import Customer
from afterword.components.actions import create_page
from afterword.components.models import Page
from afterword.kit.many_rows import insert_rows

pytestmark = pytest.mark.django_db
NAMES = (
    "page", "account_id", "name", "tier", "sla_target", "sla_credit", "components", "regions",
    "created_at", "updated_at",
)  # fmt: skip


@pytest.fixture
def page(now: datetime) -> Page:
    return create_page(actor=MACHINE, now=now, name="Larkbridge", url="https://status.example")


def row(page: Page, number: int, now: datetime) -> tuple[object, ...]:
    return (
        page.pk, f"a{number}", "Fernway “100 %s”", "", Decimal("99.9500"), None, ["x", "y"], [],
        now, now,
    )  # fmt: skip


def test_values_of_every_kind_come_back_as_they_went_in(page: Page, now: datetime) -> None:
    insert_rows(Customer, NAMES, [row(page, number, now) for number in range(4500)])
    assert Customer.objects.count() == 4500
    found = Customer.objects.get(account_id="a4499")
    Customer.objects.bulk_create(
        [Customer(**dict(zip(["page_id", *NAMES[1:]], row(page, 9999, now), strict=True)))]
    )
    made = Customer.objects.get(account_id="a9999")
    for name in NAMES[2:]:
        assert getattr(found, name) == getattr(made, name)
    assert (found.sla_target, found.components, found.created_at) == (
        Decimal("99.95"),
        ["x", "y"],
        now,
    )


def test_one_row_that_cannot_be_keeps_all_of_a_transaction_out(page: Page, now: datetime) -> None:
    rows = [row(page, number, now) for number in range(2500)]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Customer, NAMES, [*rows, row(page, 7, now)])
    assert not Customer.objects.exists()


def test_no_rows_are_no_statement(page: Page) -> None:
    insert_rows(Customer, NAMES, iter(()))
    assert not Customer.objects.exists()
