from typing import Any

import pytest
from django.contrib.auth import authenticate

from afterword.accounts.actions import create_person
from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import MACHINE
from afterword.accounts.queries import names_by_id, person_by_email
from afterword.audit.queries import entries_about
from afterword.kit.errors import BadInput, NotAllowed
from conftest import NOON

pytestmark = pytest.mark.django_db


def make(**given: Any) -> Person:
    fields: dict[str, Any] = {
        "email": "Ada@Larkpost.example",
        "name": "Ada",
        "password": "a long password",
        "roles": [Role.WRITER, Role.WRITER],
    }
    return create_person(actor=MACHINE, now=NOON, **(fields | given))


def test_a_person_signs_in_with_the_address_however_it_is_written() -> None:
    ada = make()
    assert person_by_email(" ADA@larkpost.EXAMPLE ") == ada
    assert names_by_id({ada.pk}) == {ada.pk: "Ada"}
    assert authenticate(username="ada@larkpost.example", password="a long password") == ada
    assert authenticate(username="ada@larkpost.example", password="another one") is None


def test_the_log_knows_the_roles_and_not_the_password() -> None:
    (entry,) = entries_about(f"person:{make().pk}")
    assert entry.detail == {"roles": ["writer"]}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "email"),
        ({"name": "  "}, "name"),
    ],
)
def test_bad_input_is_named(given: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        make(**given)
    assert list(refused.value.problems) == [field]
    assert not Person.objects.exists()


def test_an_address_is_used_once() -> None:
    make()
    with pytest.raises(BadInput, match="already has an account"):
        make(email="ADA@larkpost.example")


def test_only_an_administrator_makes_accounts() -> None:
    writer, admin = make(), make(email="root@larkpost.example", roles=[Role.ADMIN])
    fields: dict[str, Any] = {"now": NOON, "name": "B", "password": "x", "roles": []}
    with pytest.raises(NotAllowed):
        create_person(actor=writer, email="b@larkpost.example", **fields)
    assert create_person(actor=admin, email="b@larkpost.example", **fields).pk
