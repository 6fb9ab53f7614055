"""People see where they are signed in, and end it there; the row says whose a session is."""

from datetime import timedelta

import pytest

from afterword.accounts.actions import (
    change_password,
    create_person,
    end_session,
    end_sessions,
    note_sign_in,
    send_in_again,
    switch_off,
)
from afterword.accounts.models import DeskSession, Person, Role
from afterword.accounts.permissions import MACHINE
from afterword.accounts.queries import sessions_of
from afterword.accounts.sessions import SessionStore, note_presence
from afterword.audit.models import Entry
from afterword.kit.errors import NotAllowed, NotFound
from conftest import NOON
from desk.office import signed_in

pytestmark = pytest.mark.django_db
GOOD = "four words do well"


def a_person(name: str, *roles: Role) -> Person:
    return create_person(
        actor=MACHINE, now=NOON, email=f"{name.lower()}@larkpost.example", name=name,
        password=GOOD, roles=roles,
    )  # fmt: skip


@pytest.fixture
def ada() -> Person:
    return a_person("Ada", Role.ADMIN)


@pytest.fixture
def noa() -> Person:
    return a_person("Noa", Role.WRITER)


def test_a_session_says_whose_it_is_from_where_and_since_when(noa: Person) -> None:
    signed_in(noa)
    (row,) = sessions_of(noa, NOON)
    store = SessionStore(row.session_key)
    for minutes, seen in ((0, 0), (9, 0), (10, 10), (15, 10)):
        note_presence(
            store,
            now=NOON + timedelta(minutes=minutes),
            address="203.0.113.7",
            device="Firefox/150",
        )
        store.save()
        (row,) = sessions_of(noa, NOON)
        assert (row.began_at, row.seen_at) == (NOON, NOON + timedelta(minutes=seen))
    assert (row.address, row.device) == ("203.0.113.7", "Firefox/150")
    note_presence(store, now=NOON + timedelta(minutes=16), address="203.0.113.8", device="x" * 999)
    store.save()
    (row,) = sessions_of(noa, NOON)
    assert (row.address, len(row.device)) == ("203.0.113.8", 200)


def test_one_is_ended_and_the_others_stay(noa: Person) -> None:
    signed_in(noa)
    signed_in(noa)
    first, second = sessions_of(noa, NOON)
    end_session(now=NOON, person=noa, handle=first.handle)
    assert sessions_of(noa, NOON) == [second]
    with pytest.raises(NotFound):
        end_session(now=NOON, person=noa, handle=first.handle)
    assert Entry.objects.order_by("-sequence")[0].verb == "accounts.end_session"


def test_nobody_ends_somebody_elses_but_an_administrator(ada: Person, noa: Person) -> None:
    signed_in(ada)
    signed_in(noa)
    theirs = sessions_of(ada, NOON)[0]
    with pytest.raises(NotFound):
        end_session(now=NOON, person=noa, handle=theirs.handle)
    with pytest.raises(NotAllowed):
        end_sessions(actor=noa, now=NOON, person=ada)
    assert end_sessions(actor=ada, now=NOON, person=noa) == 1
    assert sessions_of(noa, NOON) == []
    assert len(sessions_of(ada, NOON)) == 1


def test_a_changed_password_or_being_switched_off_leaves_no_session_behind(
    ada: Person, noa: Person
) -> None:
    for _ in range(3):
        signed_in(noa)
    kept = sessions_of(noa, NOON)[1]
    new = "another four good words"
    change_password(now=NOON, person=noa, old=GOOD, new=new, session_key=kept.session_key)
    assert sessions_of(noa, NOON) == [kept]
    send_in_again(actor=ada, now=NOON, person=noa)
    assert sessions_of(noa, NOON) == [kept]
    switch_off(actor=ada, now=NOON, person=noa)
    assert sessions_of(noa, NOON) == []


def test_a_handle_is_not_the_cookie(noa: Person) -> None:
    signed_in(noa)
    (row,) = sessions_of(noa, NOON)
    assert row.session_key not in row.handle
    assert not DeskSession.objects.filter(session_key=row.handle).exists()


def test_what_has_run_out_is_neither_shown_nor_kept(noa: Person) -> None:
    signed_in(noa)
    (row,) = sessions_of(noa, NOON)
    late = row.expire_date + timedelta(seconds=1)
    assert sessions_of(noa, late) == []
    note_sign_in(now=late, person=noa, way="password")
    assert not DeskSession.objects.exists()
