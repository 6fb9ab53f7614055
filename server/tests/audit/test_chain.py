"""An export of the audit log can be checked by anybody, whole or in part."""

import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some

from afterword.accounts.permissions import MACHINE
from afterword.audit.actions import record_act
from afterword.audit.chain import check_lines, line_of
from afterword.audit.models import Entry
from afterword.audit.queries import Asked, _devices, actors, checked, newest, oldest_first
from conftest import NOON

PEOPLE = [
    SimpleNamespace(id=None, label="Afterword"),
    SimpleNamespace(id=1, label="Mara <mara@office.example>", came_from="203.0.113.7",
                    device="Firefox on Linux"),
    SimpleNamespace(id=2, label="Noa <noa@office.example>", came_from="2001:db8::5",
                    device="Safari on iPhone"),
]  # fmt: skip
OLD_HASH = "cf85cf8fbe70b7f20c1433d3c84457b11f633462fb7658db3ba0281e1bbd4398"


def log_of(number: int) -> list[str]:
    for n in range(1, number + 1):
        record_act(
            actor=PEOPLE[n % 3], verb=("statements.save", "reviews.approve")[n % 2],
            subject=f"statement:{n % 4}", now=NOON + timedelta(hours=n), detail={"n": n},
        )  # fmt: skip
    return [line_of(each) for each in oldest_first(Asked())]


@pytest.mark.django_db
def test_a_whole_export_is_whole_and_names_the_newest_hash() -> None:
    lines = log_of(6)
    found = check_lines(lines)
    assert (found.broken, found.left_out) == ([], 0)
    assert (found.entries, found.first, found.last) == (6, 1, 6)
    assert found.head == Entry.objects.get(sequence=6).hash
    assert checked() == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("was", "becomes"), [("203.0.113.7", "203.0.113.8"), ("on Linux", "on macOS")]
)
def test_the_address_and_the_device_of_an_act_cannot_be_changed_afterwards(
    was: str, becomes: str
) -> None:
    line = log_of(1)[0]
    assert was in line
    assert check_lines([line.replace(was, becomes)]).broken == [
        "Entry 1 was changed after it was written."
    ]


@pytest.mark.django_db
def test_an_act_of_the_machine_hashes_as_before_addresses_and_devices_were_kept() -> None:
    entry = record_act(actor=MACHINE, verb="a.b", subject="c:d", now=NOON)
    assert (entry.came_from, entry.device) == (None, None)
    assert not {"came_from", "device"} & set(json.loads(line_of(entry)))


@pytest.mark.django_db
def test_a_chain_goes_on_over_entries_from_before_devices_were_kept() -> None:
    """The first hash was computed apart from this code, over the words of that time."""
    old = SimpleNamespace(id=1, label="Mara", came_from="203.0.113.7")
    first = record_act(actor=old, verb="a.b", subject="c:d", now=NOON)
    assert first.hash == OLD_HASH
    log_then = [line_of(first)]
    new = SimpleNamespace(id=1, label="Mara", came_from="203.0.113.7", device="Firefox on Linux")
    log_now = [*log_then, line_of(record_act(actor=new, verb="a.b", subject="c:d", now=NOON))]
    assert (check_lines(log_now).broken, checked().broken) == ([], [])


@pytest.mark.django_db
def test_an_export_of_a_search_is_checked_line_by_line() -> None:
    log_of(8)
    lines = [line_of(each) for each in oldest_first(Asked(actor_id=1))]
    found = check_lines(lines)
    assert (found.broken, found.entries, found.left_out) == ([], 3, 2)


@pytest.mark.django_db
def test_a_lost_entry_breaks_the_log_of_the_database() -> None:
    log_of(3)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
    Entry.objects.filter(sequence=2).delete()
    assert checked().broken == ["Entries are missing: the numbers have gaps."]


@pytest.mark.django_db
def test_the_triggers_still_stand_after_the_table_got_its_new_columns() -> None:
    log_of(1)
    with pytest.raises(Exception, match="append-only"):
        Entry.objects.update(device="Safari on iPhone")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        (Asked(), [5, 4, 3, 2, 1]),
        (Asked(actor_id=2), [5, 2]),
        (Asked(verb="reviews."), [5, 3, 1]),
        (Asked(subject="statement:1"), [5, 1]),
        (Asked(since=NOON + timedelta(hours=2), until=NOON + timedelta(hours=4)), [3, 2]),
        (Asked(verb="%"), []),
        (Asked(device="iphone"), [5, 2]),
        (Asked(device="%"), []),
    ],
    ids=["all", "who", "did", "to", "when", "no wildcard", "device", "no wildcard in it"],
)
def test_the_log_is_searched_by_who_did_what_to_what_and_when(
    asked: Asked, numbers: list[int]
) -> None:
    log_of(5)
    assert [each.sequence for each in newest(10, asked=asked)] == numbers
    assert actors() == [(1, PEOPLE[1].label), (2, PEOPLE[2].label)]


@pytest.mark.django_db
@pytest.mark.parametrize("choices", [actors, _devices])
def test_who_and_what_can_be_searched_for_is_found_without_reading_the_log(
    choices: Callable[[], list[object]],
) -> None:
    log_of(3)
    with CaptureQueriesContext(connection) as asked:
        assert len(choices()) == 2
    (query,) = asked.captured_queries
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows are read faster whole
            cursor.execute(f"EXPLAIN {query['sql']}")
            assert "audit_by_" in (plan := str(cursor.fetchall()))
            assert "Scan on audit_entry" not in plan
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            assert "SEARCH audit_entry USING" in (plan := str(cursor.fetchall()))
            assert "SCAN audit_entry" not in plan


@pytest.mark.django_db
def test_somebody_is_offered_under_their_newest_name() -> None:
    for name in ("Zoe", "Mara", "Adam"):
        renamed = SimpleNamespace(id=2 if name == "Mara" else 1, label=name)
        record_act(actor=renamed, verb="a.b", subject="c:d", now=NOON)
    assert actors() == [(1, "Adam"), (2, "Mara")]


LINES = some.lists(some.text(max_size=60), max_size=5)


@given(LINES)
def test_lines_of_anything_are_answered_and_never_crash(lines: list[str]) -> None:
    found = check_lines(lines)
    assert found.entries + len(found.broken) >= sum(bool(line.strip()) for line in lines)


@given(
    some.dictionaries(
        some.sampled_from(["sequence", "hash", "previous_hash", "at"]),
        some.one_of(
            some.integers(), some.text(max_size=5), some.none(), some.lists(some.integers())
        ),
    )
)
def test_an_object_that_is_no_entry_is_never_whole(entry: dict[str, object]) -> None:
    assert check_lines([json.dumps(entry)]).broken
