import pytest

from afterword.accounts.actions import set_roles
from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import MACHINE, NEEDS, acts_of, may, require, roles_of
from afterword.accounts.queries import people_who_may
from afterword.kit.errors import NotAllowed, WrongState
from conftest import NOON
from incidents.building import a_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("act", sorted(NEEDS))
def test_a_role_opens_what_the_table_says_and_nothing_else(act: str) -> None:
    for role in Role:
        person = a_person(f"P-{role}", role, now=NOON)
        assert may(person, act, page=1) == (role in NEEDS[act] or role == Role.ADMIN)


def test_nobody_approves_by_machine() -> None:
    assert [act for act in NEEDS if not may(MACHINE, act, page=1)] == ["review"]


def test_who_is_switched_off_may_do_nothing() -> None:
    person = a_person("Ada", *Role, now=NOON)
    person.is_active = False
    person.save()
    assert not [act for act in NEEDS if may(person, act, page=1)]


def test_a_refusal_names_the_roles_that_would_do() -> None:
    with pytest.raises(NotAllowed, match=r"Administrator or Publisher or Reviewer"):
        require(a_person("Ada", Role.WRITER, now=NOON), "override", page=1)


def test_an_act_the_table_does_not_know_is_a_fault_and_not_a_yes() -> None:
    with pytest.raises(KeyError):
        may(MACHINE, "fly", page=1)
    with pytest.raises(KeyError):
        may(a_person("Ada", Role.ADMIN, now=NOON), "fly", page=1)


def test_a_stranger_may_do_nothing() -> None:
    class Stranger:
        id = None
        label = "Stranger"

    assert not [act for act in NEEDS if may(Stranger(), act, page=1)]


def test_a_role_on_one_page_is_none_on_another_and_gives_no_roles() -> None:
    a_person("Root", Role.ADMIN, now=NOON)
    person = a_person("Ada", now=NOON)
    set_roles(actor=MACHINE, now=NOON, person=person, roles=[Role.ADMIN], page=7)
    person = Person.objects.get(pk=person.pk)
    assert [act for act in NEEDS if not may(person, act, page=7)] == ["manage_people"]
    assert not [act for act in NEEDS if may(person, act, page=8)]
    assert not [act for act in NEEDS if may(person, act, page=None)]
    for page in (7, 8, None):
        told = {act: may(person, act, page=page) for act in NEEDS}
        assert acts_of(person, page=page) == told
    assert person in people_who_may("write", page=7)
    assert person not in people_who_may("write", page=8)
    with pytest.raises(NotAllowed):
        set_roles(actor=person, now=NOON, person=person, roles=[Role.ADMIN])


def test_the_last_administrator_of_every_page_is_not_replaced_by_one_of_a_page() -> None:
    ada, noa = a_person("Ada", Role.ADMIN, now=NOON), a_person("Noa", now=NOON)
    set_roles(actor=ada, now=NOON, person=noa, roles=[Role.ADMIN], page=7)
    with pytest.raises(WrongState):
        set_roles(actor=ada, now=NOON, person=ada, roles=[])
    set_roles(actor=ada, now=NOON, person=noa, roles=[Role.WRITER])
    assert roles_of(noa, page=7) == {"admin", "writer"}
    assert roles_of(noa, page=None) == {"writer"}
