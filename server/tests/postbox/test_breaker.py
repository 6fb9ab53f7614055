"""A mail server that refuses nearly everybody: nobody pays for its fault."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from afterword.postbox.actions import claim, end_rest, record_results, stop_about, withdraw
from afterword.postbox.breaker import HELD_BACK, Heard, speaks_of_us, too_many
from afterword.postbox.dispatch import WORTH_A_PROCESS, Dispatcher, recover
from afterword.postbox.journal import Journal
from afterword.postbox.models import Attempt, CameBack, Letter, LetterState, Rest, Stream
from afterword.postbox.outcomes import Outcome, Result
from afterword.postbox.relay import Relay, Timeouts
from afterword.worker.loop import Worker
from postbox.letters import people, posted
from postbox.sink import Sink

pytestmark = pytest.mark.django_db
QUICK = Timeouts(connect=1, command=5, filing=5)
GONE = "550 5.1.1 user unknown"
DENIED = "554 5.7.1 Relay access denied"
WAITING, FAILED, SENT = LetterState.WAITING, LetterState.FAILED, LetterState.SENT


@pytest.fixture
def dispatcher(sink: Sink, tmp_path: Path) -> Iterator[Dispatcher]:
    with Journal(tmp_path / "journal") as journal:
        relay = Relay(sink.settings, our_name="status.larkbridge.example", timeouts=QUICK)
        sender = Dispatcher(relay=relay, worker="test", journal=journal)
        yield sender
        sender.close()


def refuse(sink: Sink, everybody: list[str], answer: str, times: int = 1) -> None:
    for each in everybody:
        sink.at_rcpt[each] = [answer] * times


def states() -> dict[str, int]:
    found = list(Letter.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


@pytest.mark.parametrize(
    ("answer", "advice"), [(GONE, "table of recipients"), (DENIED, "AFTERWORD_SMTP_URL")]
)
@pytest.mark.parametrize("count", [5, 42])
def test_a_server_that_refuses_everybody_costs_nobody_a_letter(
    dispatcher: Dispatcher, sink: Sink, now: datetime, answer: str, advice: str, count: int
) -> None:
    posted(now, people(count))
    refuse(sink, people(count), answer)
    sent = dispatcher.send_due(now=now, limit=50)
    assert answer in sent.stopped
    assert advice in sent.stopped
    assert sent.refused <= 12
    assert states() == {WAITING: count}
    assert not CameBack.objects.exists()
    held = Letter.objects.filter(last_answer__startswith=HELD_BACK)
    assert held.count() == sent.refused
    assert set(held.values_list("attempts", flat=True)) == {0}
    assert Attempt.objects.filter(outcome="refused").count() == sent.refused
    for each in people(count):
        sink.at_rcpt[each] = []
    dispatcher.send_due(now=now + timedelta(minutes=5), limit=50)
    assert sink.recipients == dict.fromkeys(people(count), 1)
    assert states() == {SENT: count}


def test_a_server_that_refuses_every_tenth_is_believed(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    everybody = people(200)
    posted(now, everybody)
    refuse(sink, everybody[::10], GONE)
    sent = dispatcher.send_due(now=now, limit=500)
    assert (sent.accepted, sent.refused, sent.stopped) == (180, 20, "")
    assert states() == {SENT: 180, FAILED: 20}
    assert CameBack.objects.filter(handled=False).count() == 20


def test_a_server_that_breaks_in_the_middle_is_noticed_and_what_it_took_is_not_sent_again(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    everybody = people(150)
    posted(now, everybody)
    refuse(sink, everybody[60:], GONE)
    sent = dispatcher.send_due(now=now, limit=500)
    assert GONE in sent.stopped
    assert states() == {SENT: 60, WAITING: 90}
    for each in everybody:
        sink.at_rcpt[each] = []
    dispatcher.send_due(now=now + timedelta(minutes=5), limit=500)
    assert sink.recipients == dict.fromkeys(everybody, 1)


def test_a_process_of_its_own_rests_as_well(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    everybody = people(WORTH_A_PROCESS + 50)
    posted(now, everybody)
    refuse(sink, everybody, DENIED)
    sent = dispatcher.send_due(now=now, limit=2000)
    assert DENIED in sent.stopped
    assert sent.refused < 50
    assert states() == {WAITING: len(everybody)}


def test_those_given_up_before_it_was_plain_wait_again(now: datetime) -> None:
    taken = posted(now, ["taken@mail.example"], about="publication:0")
    for each in claim(now=now, limit=9, lease_seconds=60):
        record_results(results=[Result(each.pk, each.lease_until, Outcome.ACCEPTED, now, 250)])
    letters = posted(now, people(12))
    claimed = claim(now=now, limit=99, lease_seconds=60)
    results = [
        Result(each.pk, each.lease_until, Outcome.REFUSED, now + timedelta(seconds=n), 550, "5.1.1")
        for n, each in enumerate(claimed, start=1)
    ]
    assert record_results(results=results[:2]) == []
    assert states() == {SENT: len(taken), FAILED: 2, "claimed": 10}
    withdraw(recipient=letters[0].recipient, streams=(Stream.STATUS,), reason="left")
    assert record_results(results=results[2:]) == results[2:]
    # Who unsubscribed meanwhile gets it no more.
    assert states() == {SENT: 1, FAILED: 1, WAITING: 11}
    assert Letter.objects.get(state=FAILED).recipient == letters[0].recipient


def test_what_was_cancelled_meanwhile_does_not_wait_again(now: datetime) -> None:
    posted(now, people(8))
    claimed = claim(now=now, limit=9, lease_seconds=60)
    results = [
        Result(each.pk, each.lease_until, Outcome.REFUSED, now + timedelta(seconds=n), 550, "5.1.1")
        for n, each in enumerate(claimed)
    ]
    record_results(results=results[:2])
    stop_about(about="publication:1", now=now, says="cancelled")
    record_results(results=results[2:])
    assert WAITING not in states()


def test_a_sender_killed_before_it_wrote_them_down_gives_nobody_up(
    now: datetime, tmp_path: Path
) -> None:
    posted(now, people(20))
    claimed = claim(now=now, limit=20, lease_seconds=600, worker="dead")
    with Journal(tmp_path / "journal") as journal:
        for n, each in enumerate(claimed[:9]):
            at = now + timedelta(seconds=n)
            journal.append(
                Result(each.pk, each.lease_until, Outcome.REFUSED, at, 550, "5.1.1 unknown")
            )
        for _ in range(2):
            recover(worker="dead", journal=journal, now=now + timedelta(minutes=1))
    assert states() == {WAITING: 20}
    assert Attempt.objects.count() == 9
    assert not CameBack.objects.exists()


def test_a_letter_that_is_refused_again_when_others_are_taken_is_given_up(now: datetime) -> None:
    posted(now, people(5))
    for each in (claimed := claim(now=now, limit=9, lease_seconds=60)):
        assert each.attempts == 0
    record_results(
        results=[
            Result(each.pk, each.lease_until, Outcome.REFUSED, now, 550, "5.1.1")
            for each in claimed
        ]
    )
    assert states() == {WAITING: 5}
    later = now + timedelta(minutes=3)
    posted(later, [f"other{n}@mail.example" for n in range(40)], about="publication:2")
    claimed = sorted(claim(now=later, limit=99, lease_seconds=60), key=lambda c: -c.pk)
    record_results(
        results=[
            Result(
                each.pk, each.lease_until,
                Outcome.REFUSED if each.about == "publication:1" and n == 44 else Outcome.ACCEPTED,
                later + timedelta(milliseconds=n), 550 if n == 44 else 250, "5.1.1",
            )
            for n, each in enumerate(claimed)
        ]
    )  # fmt: skip
    assert states() == {SENT: 44, FAILED: 1}


def test_the_desk_sees_the_rest_and_whoever_ends_it_lets_what_was_held_back_go(
    sink: Sink, now: datetime, tmp_path: Path
) -> None:
    posted(now, people(12))
    refuse(sink, people(12), GONE)
    with closing(Worker(data_dir=tmp_path, smtp=sink.settings)) as worker:
        assert worker.send_once(now).failed == ("mail",)
        assert GONE in Rest.objects.get().answer
        sink.at_rcpt.clear()
        end_rest(channel="email", now=now)
        worker.send_once(now + timedelta(seconds=1))
    assert sink.recipients == dict.fromkeys(people(12), 1)
    assert not Rest.objects.exists()


@pytest.mark.parametrize(
    ("code", "answer", "of_us"),
    [
        (554, "5.7.1 <a@x.example>: Relay access denied", True),
        (550, "relaying denied", True),
        (530, "Authentication required", True),
        (550, "5.1.1 <relay@x.example>: user unknown", False),
        (552, "5.2.2 mailbox full", False),
    ],
)
def test_refusals_that_speak_of_us_are_told_apart(code: int, answer: str, of_us: bool) -> None:
    assert speaks_of_us(code, answer) is of_us


@pytest.mark.parametrize(
    ("told", "held"),
    [
        ("rrrr", 0), ("rrrrr", 5), ("uu", 0), ("uuu", 3), ("ar", 0), ("arar" * 10, 0),
        ("rrrrrra" * 3, 18), ("a" * 50 + "r" * 9, 0), ("a" * 50 + "r" * 10, 10),
        ("d" * 9 + "r", 0), ("l" * 9 + "r" * 5, 5), ("b" * 12, 0), ("a" * 20 + "ar" * 10, 0),
    ],
)  # fmt: skip
def test_how_many_are_too_many(now: datetime, told: str, held: int) -> None:
    """a taken, d deferred, r refused, u refused because of us, l lost, b could not be built."""
    kinds = {
        "a": ("accepted", 250, ""), "d": ("deferred", 451, ""), "r": ("refused", 550, "5.1.1 gone"),
        "u": ("refused", 554, "5.7.1 denied"), "l": ("lost", None, ""), "b": ("refused", None, ""),
    }  # fmt: skip
    heard = [Heard(n, now + timedelta(seconds=n), *kinds[each]) for n, each in enumerate(told)]
    assert len(too_many(heard)) == held
