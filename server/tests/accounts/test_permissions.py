import pytest

from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE, NEEDS, may, require
from afterword.kit.errors import NotAllowed
from conftest import NOON
from incidents.building import a_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("act", sorted(NEEDS))
def test_a_role_opens_what_the_table_says_and_nothing_else(act: str) -> None:
    for role in Role:
        person = a_person(f"P-{role}", role, now=NOON)
        assert may(person, act) == (role in NEEDS[act] or role == Role.ADMIN)


def test_nobody_approves_by_machine() -> None:
    assert [act for act in NEEDS if not may(MACHINE, act)] == ["review"]


def test_who_is_switched_off_may_do_nothing() -> None:
    person = a_person("Ada", *Role, now=NOON)
    person.is_active = False
    person.save()
    assert not [act for act in NEEDS if may(person, act)]


def test_a_refusal_names_the_roles_that_would_do() -> None:
    with pytest.raises(NotAllowed, match=r"Administrator or Publisher or Reviewer"):
        require(a_person("Ada", Role.WRITER, now=NOON), "override")


def test_an_act_the_table_does_not_know_is_a_fault_and_not_a_yes() -> None:
    with pytest.raises(KeyError):
        may(MACHINE, "fly")
    with pytest.raises(KeyError):
        may(a_person("Ada", Role.ADMIN, now=NOON), "fly")


def test_a_stranger_may_do_nothing() -> None:
    class Stranger:
        id = None
        label = "Stranger"

    assert not [act for act in NEEDS if may(Stranger(), act)]
