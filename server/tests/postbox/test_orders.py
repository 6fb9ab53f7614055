"""Pausing, going on and stopping all letters about a thing, while senders are at work."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from afterword.postbox import dispatch
from afterword.postbox.actions import (
    carry_out,
    claim,
    claiming,
    go_on_about,
    ordering,
    pause_about,
    record_results,
    release,
    stop_about,
    withdraw,
)
from afterword.postbox.actions.results import Result
from afterword.postbox.dispatch import Dispatcher
from afterword.postbox.journal import Journal
from afterword.postbox.models import Letter, LetterState, Order, Stream
from afterword.postbox.outcomes import Outcome
from afterword.postbox.queries import counts_about, held_back
from afterword.postbox.relay import Relay
from postbox.letters import people, posted
from postbox.sink import Sink

pytestmark = pytest.mark.django_db
ONE, OTHER = "publication:1", "publication:2"


@pytest.fixture
def dispatcher(sink: Sink, tmp_path: Path) -> Iterator[Dispatcher]:
    with Journal(tmp_path / "journal") as journal:
        sender = Dispatcher(
            relay=Relay(sink.settings, our_name="status.larkbridge.example"),
            worker="test",
            journal=journal,
        )
        yield sender
        sender.close()


def claimed_now(now: datetime, limit: int = 50) -> list[str]:
    return [each.about for each in claim(now=now, limit=limit, lease_seconds=600, worker="test")]


def test_a_claim_puts_aside_some_of_a_very_large_run_and_says_so(now: datetime) -> None:
    posted(now, people(claiming.STEPS * 2 + 5), about=ONE)
    pause_about(about=ONE, now=now)
    aside = []
    for _ in range(3):
        got = claim(now=now, limit=1, lease_seconds=600, worker="test")
        assert got == []
        aside.append((counts_about(ONE)["paused"], got.more))
    steps = claiming.STEPS
    assert aside == [(steps, True), (2 * steps, True), (2 * steps + 5, False)]


def test_a_claim_of_which_some_were_too_old_says_that_others_may_be_due(now: datetime) -> None:
    posted(now - timedelta(days=4), people(3), about=ONE)
    posted(now, people(4), about=OTHER)
    got = claim(now=now, limit=5, lease_seconds=600, worker="test")
    assert [each.about for each in got] == [OTHER, OTHER]
    assert got.more
    rest = claim(now=now, limit=5, lease_seconds=600, worker="test")
    assert ([each.about for each in rest], rest.more) == ([OTHER, OTHER], False)


def test_a_claim_of_nothing_but_what_is_too_old_goes_on_to_what_is_not(now: datetime) -> None:
    posted(now - timedelta(days=4), people(6), about=ONE)
    posted(now, people(1), about=OTHER)
    got = claim(now=now, limit=3, lease_seconds=600, worker="test")
    assert [each.about for each in got] == [OTHER]


def test_a_sender_goes_on_until_it_is_past_a_very_large_paused_run(
    sink: Sink, dispatcher: Dispatcher, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "at_once", lambda: 1)
    posted(now, people(claiming.STEPS * 2 + 5), about=ONE)
    posted(now, people(2), about=OTHER)
    pause_about(about=ONE, now=now)
    assert dispatcher.send_due(now=now, limit=10).accepted == 2
    # Told to stop, it stops, however much is still to be put aside.
    go_on_about(about=ONE, now=now)
    pause_about(about=ONE, now=now)
    asked = iter([False, False, True])
    sent = dispatcher.send_due(now=now, limit=10, should_stop=lambda: next(asked, True))
    assert sent.accepted == 0
    assert counts_about(ONE)["waiting"] > 0


def test_nothing_of_a_paused_run_is_claimed_and_others_go_on(now: datetime) -> None:
    posted(now, people(7), about=ONE)
    posted(now, people(3), about=OTHER)
    pause_about(about=ONE, now=now)
    # However little is asked for at a time, what is paused does not stand in the way.
    got = [claimed_now(now, limit=2) for _ in range(4)]
    assert [] not in got[:2]
    assert [about for each in got for about in each] == [OTHER] * 3
    assert counts_about(ONE)["paused"] == 7
    assert claimed_now(now + timedelta(days=1)) == [OTHER] * 3, "leases that ran out"


def test_a_letter_written_while_its_run_is_paused_waits_too(now: datetime) -> None:
    pause_about(about=ONE, now=now)
    posted(now, people(2), about=ONE)
    assert claimed_now(now) == []


def test_going_on_sends_every_letter_once(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now, people(9), about=ONE)
    pause_about(about=ONE, now=now)
    assert dispatcher.send_due(now=now, limit=100).tried == 0
    for _ in range(2):
        go_on_about(about=ONE, now=now)
    assert held_back() == frozenset()
    assert dispatcher.send_due(now=now, limit=100).accepted == 9
    assert sink.recipients == dict.fromkeys(people(9), 1)
    assert not Order.objects.exists()


def test_many_letters_go_on_step_by_step(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "AT_A_TIME", 3)
    posted(now, people(20), about=ONE)
    pause_about(about=ONE, now=now)
    assert claimed_now(now) == []
    go_on_about(about=ONE, now=now)
    assert counts_about(ONE)["paused"] == 11
    pause_about(about=ONE, now=now)
    assert not carry_out(now=now), "a pause in between holds what has not moved, and what has"
    assert claimed_now(now) == []
    go_on_about(about=ONE, now=now)
    while carry_out(now=now):
        pass
    assert len(claimed_now(now)) == 20
    assert not Order.objects.exists()


def test_what_a_sender_holds_is_given_back_within_a_second(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now, people(300), about=ONE)

    def pause_after_thirty() -> bool:
        if len(sink.kept) >= 30:
            pause_about(about=ONE, now=now)
        return False

    sent = dispatcher.send_due(now=now, limit=300, should_stop=pause_after_thirty)
    assert 30 <= sent.accepted <= 60
    assert sent.accepted + sent.released == 300
    assert dispatcher.send_due(now=now, limit=300).tried == 0
    go_on_about(about=ONE, now=now)
    dispatcher.send_due(now=now, limit=300)
    assert sink.recipients == dict.fromkeys(people(300), 1)


def test_a_pause_outlives_whoever_held_the_letters(now: datetime) -> None:
    posted(now, people(2), about=ONE)
    held = claim(now=now, limit=50, lease_seconds=600, worker="dead")
    assert len(held) == 2
    pause_about(about=ONE, now=now)
    assert claimed_now(now + timedelta(minutes=11)) == []
    assert counts_about(ONE)["paused"] == 2


def test_a_late_answer_marks_a_paused_letter_as_sent(now: datetime) -> None:
    posted(now, people(1), about=ONE)
    (held,) = claim(now=now, limit=50, lease_seconds=600, worker="slow")
    pause_about(about=ONE, now=now)
    later = now + timedelta(minutes=11)
    assert claimed_now(later) == []
    record_results(
        results=[Result(held.pk, held.lease_until, Outcome.ACCEPTED, later, 250, "queued")]
    )
    assert Letter.objects.get().state == LetterState.SENT
    go_on_about(about=ONE, now=later)
    assert claimed_now(later) == []


def test_a_letter_that_is_claimed_while_its_reader_leaves_is_stopped_too(now: datetime) -> None:
    """A sender may take it at the last instant before the letters of the reader are looked at."""
    (reader,) = people(1)
    posted(now, [reader])
    claims: list[str] = []

    def claimed_meanwhile(ask: Any, sql: str, *more: Any) -> Any:
        if not claims and sql.startswith("SELECT") and "postbox_letter" in sql:
            claims.append("begun")
            claims.extend(claimed_now(now))
        return ask(sql, *more)

    with connection.execute_wrapper(claimed_meanwhile):
        withdraw(recipient=reader, streams=[Stream.STATUS], reason="Left.")
    assert len(claims) == 2
    assert Letter.objects.get().stop_asked


def test_a_stopped_run_never_leaves_whoever_holds_it(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordering, "AT_A_TIME", 2)
    posted(now, people(20), about=ONE)
    held = claim(now=now, limit=3, lease_seconds=600, worker="test")
    pause_about(about=ONE, now=now)
    stop_about(about=ONE, now=now, says="Cancelled: wrong text.")
    go_on_about(about=ONE, now=now)
    pause_about(about=ONE, now=now)
    assert claimed_now(now) == [], "before every letter is withdrawn"
    while carry_out(now=now):
        pass
    release(letters=held, at=now)
    assert counts_about(ONE) == {
        "waiting": 0, "paused": 0, "claimed": 0, "sent": 0, "failed": 0, "withdrawn": 20,
    }  # fmt: skip
    said = Letter.objects.exclude(pk__in=[each.pk for each in held]).values_list("last_answer")
    assert set(said) == {("Cancelled: wrong text.",)}
