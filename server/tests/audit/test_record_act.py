"""The audit log is a chain that the database itself refuses to break."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction

from afterword.accounts.permissions import MACHINE
from afterword.audit.actions import record_act
from afterword.audit.chain import GENESIS
from afterword.audit.models import Entry
from afterword.audit.queries import broken_links, entries_about
from conftest import NOON

pytestmark = pytest.mark.django_db
TABLE = Entry._meta.db_table


def act(number: int = 1, subject: str = "page:x") -> Entry:
    return record_act(
        actor=MACHINE, verb="tests.act", subject=subject, now=NOON + timedelta(seconds=number),
        detail={"number": number, "word": "naïve"},
    )  # fmt: skip


def without_triggers(change: Callable[[], object]) -> None:
    """Do what only the owner of the database could: drop the guard, change a row."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        else:
            cursor.execute(f"DROP TRIGGER {TABLE}_no_update")
            cursor.execute(f"DROP TRIGGER {TABLE}_no_delete")
    change()


def test_each_entry_commits_to_the_one_before() -> None:
    first, second = act(1), act(2)
    assert (first.sequence, first.previous_hash) == (1, GENESIS)
    assert (second.sequence, second.previous_hash) == (2, first.hash)
    assert list(broken_links()) == []


def test_entries_are_found_by_what_they_are_about() -> None:
    act(1, "page:x")
    act(2, "page:y")
    assert [e.detail["number"] for e in entries_about("page:y")] == [2]


def test_an_act_outside_a_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)
    with pytest.raises(transaction.TransactionManagementError):
        act()
    monkeypatch.undo()
    assert not Entry.objects.exists()


def test_an_act_that_is_undone_leaves_no_entry_and_no_gap() -> None:
    act(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        act(2)
        raise ZeroDivisionError
    act(3)
    assert [e.sequence for e in Entry.objects.all()] == [1, 2]
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: Entry.objects.update(verb="tests.other"), id="update"),
        pytest.param(lambda: Entry.objects.all().delete(), id="delete"),
        pytest.param(lambda: Entry.objects.filter(sequence=1)._raw_delete("default"), id="raw"),
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(change: Callable[[], object]) -> None:
    kept = act()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()
    assert Entry.objects.get().hash == kept.hash


def test_postgresql_refuses_to_truncate_the_log() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    act()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {TABLE}")


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "tests.other"},
        {"actor_label": "Somebody else"},
        {"subject": "page:y"},
        {"detail": {"number": 2, "word": "naive"}},
        {"at": NOON - timedelta(days=1)},
        {"hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_row_changed_behind_our_back_is_found(change: dict) -> None:
    for number in (1, 2, 3):
        act(number)
    without_triggers(lambda: Entry.objects.filter(sequence=2).update(**change))
    assert 2 in list(broken_links())


def test_a_row_taken_out_is_found() -> None:
    for number in (1, 2, 3):
        act(number)
    without_triggers(lambda: Entry.objects.filter(sequence=2).delete())
    assert list(broken_links()) == [3]
