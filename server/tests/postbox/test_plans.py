"""What senders ask of the outbox again and again looks at what is to be sent, not at all of it."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from afterword.postbox.actions import (
    Claimed,
    Result,
    claim,
    end_rest,
    record_results,
    release_claims_of,
    rest,
    stop_about,
    sweep,
)
from afterword.postbox.models import Letter, LetterState
from afterword.postbox.outcomes import Outcome, Succession
from afterword.postbox.partly import GIVEN_UP, GIVEN_UP_BY_MACHINES, READY
from afterword.postbox.queries import (
    any_ready,
    any_unsent,
    asked_to_stop,
    count_reached,
    failing_machines,
)
from afterword.postbox.states import Event, sources
from postbox.letters import people, posted

pytestmark = pytest.mark.django_db
# Of the whole table; those of a part of it may be read through.
WHOLE_INDEXES = {
    "postbox_letter_pkey", "one_letter_per_recipient", "postbox_let_recipie_88a057_idx",
}  # fmt: skip
WHOLE, PART = "SCAN postbox_letter", ("letters_to_stop", "machines_given_up", "letters_given_up")


def beside_others(abouts: Collection[str]) -> Succession:
    return Succession(
        {each: {"publication:2"} for each in abouts}, {each: {"publication:0"} for each in abouts}
    )


def asks(now: datetime) -> dict[str, Callable[[], object]]:
    return {
        "claim": lambda: claim(now=now, limit=10, lease_seconds=60, worker="test"),
        "claim_ahead": lambda: claim(now=now, limit=10, lease_seconds=60, ahead_only=True),
        "claim_in_order": lambda: claim(
            now=now, limit=10, lease_seconds=60, worker="test", in_order=beside_others
        ),
        "asked_to_stop": lambda: asked_to_stop("test"),
        "release_claims_of": lambda: release_claims_of(worker="test", now=now),
        "sweep": lambda: sweep(now=now),
        "end_rest": lambda: end_rest(channel="email", now=now),
        "failing_machines": lambda: failing_machines("hook:", since=now, at_least=5),
        "any_unsent": lambda: any_unsent("publication:1"),
        "any_ready": lambda: any_ready("publication:1"),
        "count_reached": lambda: count_reached("publication:1", up_to=3),
        "stop_about": lambda: stop_about(about="publication:1", now=now, says="no"),
    }


ASKS = (
    "claim", "claim_ahead", "claim_in_order", "asked_to_stop", "release_claims_of", "sweep",
    "end_rest", "failing_machines", "any_unsent", "any_ready", "count_reached", "stop_about",
)  # fmt: skip


@pytest.mark.parametrize("ask", ASKS)
def test_no_letter_that_left_long_ago_is_looked_at(now: datetime, ask: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL weighs by numbers of rows, of which a test has few")
    asked = asked_of_letters(now, ask)
    plans = []
    with connection.cursor() as cursor:
        for sql, params in asked:
            # With its values beside it: with them inside, more indexes would do.
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            plans += [row[3] for row in cursor.fetchall()]
    assert plans
    whole = [each for each in plans if each.startswith(WHOLE) and not each.endswith(PART)]
    assert whole == [], plans


@pytest.mark.parametrize("ask", ["claim", "claim_ahead"])
def test_whether_any_leave_before_the_rest_is_asked_of_those_alone(now: datetime, ask: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL weighs by numbers of rows, of which a test has few")
    of_those = [each for each in asked_of_letters(now, ask) if "lane IS NOT NULL" in each[0]]
    assert of_those
    with connection.cursor() as cursor:
        for sql, params in of_those:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            plan = " ".join(row[3] for row in cursor.fetchall())
            assert "INDEX letters_ahead (lane=? AND next_at<?)" in plan
            assert "letters_ready" not in plan


def asked_of_letters(now: datetime, ask: str) -> list[tuple[str, Any]]:
    """Return the statements about letters that something asks, with their values."""
    posted(now, people(20))
    rest(channel="email", now=now, until=now + timedelta(minutes=1), because="unreachable")
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        asks(now)[ask]()
    return [(sql, params) for sql, params in asked if "postbox_letter" in sql]


def scans_of_letters(plan: dict[str, Any]) -> list[str]:
    """Return the steps of a plan of PostgreSQL that read through the whole table of letters."""
    found = [each for child in plan.get("Plans", ()) for each in scans_of_letters(child)]
    if plan.get("Relation Name") == "postbox_letter" and plan["Node Type"] == "Seq Scan":
        found.append("Seq Scan")
    name = plan.get("Index Name", "")
    if name in WHOLE_INDEXES and not plan.get("Index Cond"):
        found.append(name)
    return found


@pytest.mark.parametrize("ask", ASKS)
def test_postgresql_has_an_index_for_what_is_asked(now: datetime, ask: str) -> None:
    """Without reading through tables, which it would do to the few letters of a test."""
    if connection.vendor != "postgresql":
        pytest.skip("reads PostgreSQL's plans")
    asked = asked_of_letters(now, ask)
    assert asked
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for sql, params in asked:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
            found += scans_of_letters(cursor.fetchone()[0][0]["Plan"])
    assert found == []


def rows_read(plan: dict[str, Any]) -> int:
    """Return how many letters and tries the steps of a plan read that was carried out, and how many
    pairs of rows they held against each other in vain.
    """
    read = sum(rows_read(each) for each in plan.get("Plans", ()))
    if plan.get("Relation Name") in {"postbox_letter", "postbox_attempt"}:
        each_time = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        read += each_time * plan["Actual Loops"]
    return int(read + plan.get("Rows Removed by Join Filter", 0) * plan["Actual Loops"])


@pytest.mark.parametrize("without", ["", "enable_hashjoin"])
def test_a_run_just_written_is_not_read_through_for_each_few_letters(
    now: datetime, without: str
) -> None:
    """PostgreSQL knows nothing yet of how many letters and tries there are: nor does it here. Once
    it has counted them it may join in other ways.
    """
    if connection.vendor != "postgresql":
        pytest.skip("reads PostgreSQL's plans")
    posted(now, people(6_000))
    read: list[int] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("WITH"):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                read.append(rows_read(cursor.fetchone()[0][0]["Plan"]))
                transaction.set_rollback(True)
        return execute(sql, params, many, context)

    first = claim(now=now, limit=500, lease_seconds=60)
    for _ in range(3):
        record_results(results=accepted(now, claim(now=now, limit=1_000, lease_seconds=60)))
    if without:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL {without} = off")
    with connection.execute_wrapper(note):
        claim(now=now, limit=500, lease_seconds=60)
        record_results(results=accepted(now, first))
    assert len(read) == 2
    assert max(read) <= 5 * 500, read


def accepted(at: datetime, letters: Sequence[Claimed]) -> list[Result]:
    return [
        Result(each.pk, each.lease_until, Outcome.ACCEPTED, at, 250, "ok", each.rfc_message_id)
        for each in letters
    ]


def test_what_machines_gave_up_is_found_by_its_index(now: datetime) -> None:
    given_up = Letter.objects.filter(GIVEN_UP_BY_MACHINES)
    for number, (channel, state) in enumerate(
        (("email", "failed"), ("slack", "failed"), ("webhook", "sent"), ("webhook", "failed"))
    ):
        (letter,) = posted(now, [f"hook:{number}"], about=f"publication:{number}")
        Letter.objects.filter(pk=letter.pk).update(
            channel=channel, state=state, sent_at=now if state == "sent" else None
        )
    assert set(given_up.values_list("recipient", flat=True)) == {"hook:1", "hook:3"}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "machines_given_up" in given_up.values("recipient").explain()


def test_what_was_given_up_by_mail_is_found_by_its_index(now: datetime) -> None:
    given_up = Letter.objects.filter(GIVEN_UP, created_at__gt=now - timedelta(days=1))
    posted(now, people(3))
    Letter.objects.update(state="failed")
    assert given_up.count() == 3
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "letters_given_up" in given_up.values("about").explain()


def test_what_is_ready_is_what_may_be_claimed(now: datetime) -> None:
    for letter, state in zip(posted(now, people(6)), LetterState, strict=True):
        letter.state = state
        letter.lease_until = now if state == LetterState.CLAIMED else None
        letter.sent_at = now if state == LetterState.SENT else None
        letter.save()
    may_be_claimed = set(Letter.objects.filter(state__in=sources(Event.CLAIM)))
    assert set(Letter.objects.filter(READY)) == may_be_claimed
    assert len(may_be_claimed) == 2
