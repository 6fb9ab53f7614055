"""People come by a link that works once, keep what they did, and never lock everybody out."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate

from afterword.accounts.actions import (
    change_password,
    create_person,
    follow_link,
    invite,
    send_in_again,
    set_roles,
    switch_off,
    switch_on,
)
from afterword.accounts.models import Person, PersonalLink, Role
from afterword.accounts.permissions import MACHINE, roles_of
from afterword.audit.models import Entry
from afterword.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from conftest import NOON

pytestmark = pytest.mark.django_db
GOOD = "four words do well"


@pytest.fixture
def ada() -> Person:
    return create_person(
        actor=MACHINE, now=NOON, email="ada@larkpost.example", name="Ada", password=GOOD,
        roles=[Role.ADMIN],
    )  # fmt: skip


def invited(ada: Person) -> tuple[Person, str]:
    person, link = invite(
        actor=ada, now=NOON, email="noa@larkpost.example", name="Noa", roles=[Role.WRITER]
    )
    return person, link.token


def test_an_invited_person_cannot_sign_in_before_choosing_a_password(ada: Person) -> None:
    noa, token = invited(ada)
    assert authenticate(username=noa.email, password="") is None
    known_by = {"came_from": "192.0.2.7", "device": "Firefox on Linux"}
    assert follow_link(now=NOON, token=token, password=GOOD, **known_by) == noa
    logged = Entry.objects.get(verb="accounts.follow_link")
    assert (logged.came_from, logged.device) == ("192.0.2.7", "Firefox on Linux")
    assert authenticate(username=noa.email, password=GOOD) == noa
    assert roles_of(noa, page=None) == {"writer"}


def test_a_link_works_once_and_its_token_is_kept_nowhere(ada: Person) -> None:
    _, token = invited(ada)
    kept = [str(row) for table in (PersonalLink, Entry) for row in table.objects.values()]
    assert not any(token in row for row in kept)
    follow_link(now=NOON, token=token, password=GOOD)
    with pytest.raises(NotFound, match="was used"):
        follow_link(now=NOON, token=token, password="another four good words")


def test_a_weak_password_leaves_the_link_as_it_was(ada: Person) -> None:
    _, token = invited(ada)
    for weak in ("short", "password1234", "noa@larkpost.example"):
        with pytest.raises(BadInput):
            follow_link(now=NOON, token=token, password=weak)
    follow_link(now=NOON, token=token, password=GOOD)


@pytest.mark.parametrize("late", [timedelta(days=7), timedelta(days=30)])
def test_a_link_runs_out(ada: Person, late: timedelta) -> None:
    _, token = invited(ada)
    with pytest.raises(NotFound):
        follow_link(now=NOON + late, token=token, password=GOOD)
    follow_link(now=NOON + timedelta(days=6, hours=23), token=token, password=GOOD)


def test_a_newer_link_replaces_the_older_one_and_the_old_password_works_until_then(
    ada: Person,
) -> None:
    first = send_in_again(actor=ada, now=NOON, person=ada)
    second = send_in_again(actor=ada, now=NOON, person=ada)
    assert authenticate(username=ada.email, password=GOOD) == ada
    with pytest.raises(NotFound):
        follow_link(now=NOON, token=first.token, password="another four good words")
    follow_link(now=NOON, token=second.token, password="another four good words")
    assert authenticate(username=ada.email, password=GOOD) is None


def test_nobody_takes_the_last_administrator_away(ada: Person) -> None:
    with pytest.raises(WrongState, match="nobody who may administer"):
        set_roles(actor=ada, now=NOON, person=ada, roles=[Role.WRITER])
    with pytest.raises(WrongState, match="nobody who may administer"):
        switch_off(actor=ada, now=NOON, person=ada)
    assert roles_of(Person.objects.get(pk=ada.pk), page=None) == {"admin"}
    noa, _ = invited(ada)
    set_roles(actor=ada, now=NOON, person=noa, roles=[Role.ADMIN])
    set_roles(actor=ada, now=NOON, person=ada, roles=[])
    assert roles_of(ada, page=None) == frozenset()


def test_who_is_switched_off_is_out_and_comes_back_with_the_roles_they_had(ada: Person) -> None:
    noa, token = invited(ada)
    follow_link(now=NOON, token=token, password=GOOD)
    link = send_in_again(actor=ada, now=NOON, person=noa)
    switch_off(actor=ada, now=NOON, person=noa)
    assert authenticate(username=noa.email, password=GOOD) is None
    with pytest.raises(NotFound):
        follow_link(now=NOON, token=link.token, password="another four good words")
    switch_on(actor=ada, now=NOON, person=noa)
    assert authenticate(username=noa.email, password=GOOD) == noa
    assert roles_of(noa, page=None) == {"writer"}


def test_only_an_administrator_invites_and_changes_people(ada: Person) -> None:
    noa, _ = invited(ada)
    for act in (
        lambda: invite(actor=noa, now=NOON, email="x@y.example", name="X", roles=[Role.WRITER]),
        lambda: set_roles(actor=noa, now=NOON, person=noa, roles=[Role.ADMIN]),
        lambda: switch_off(actor=noa, now=NOON, person=ada),
        lambda: switch_on(actor=noa, now=NOON, person=ada),
        lambda: send_in_again(actor=noa, now=NOON, person=ada),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_log_says_which_roles_went_and_came(ada: Person) -> None:
    noa, _ = invited(ada)
    set_roles(actor=ada, now=NOON, person=noa, roles=[Role.REVIEWER])
    newest = Entry.objects.order_by("-sequence")[0]
    assert (newest.verb, newest.detail) == (
        "accounts.set_roles", {"from": ["writer"], "to": ["reviewer"]},
    )  # fmt: skip


def test_ones_own_password_is_changed_only_by_who_knows_it(ada: Person) -> None:
    with pytest.raises(NotAllowed):
        change_password(now=NOON, person=ada, old="wrong", new="another four good words")
    change_password(now=NOON, person=ada, old=GOOD, new="another four good words")
    assert authenticate(username=ada.email, password="another four good words") == ada
