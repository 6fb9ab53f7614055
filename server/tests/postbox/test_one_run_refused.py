"""Refusals that are about the words of one run stop that run alone; a few more end no letter, for
they are too few to judge a server by.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from afterword.postbox.actions import carry_out, claim, pause_about, record_results
from afterword.postbox.breaker import RESTS, RUN_RESTS
from afterword.postbox.dispatch import WORTH_A_PROCESS, Dispatcher
from afterword.postbox.journal import Journal
from afterword.postbox.models import CameBack, Letter, LetterState, Order, Rest
from afterword.postbox.outcomes import Outcome, Result
from afterword.postbox.relay import Relay, Timeouts
from afterword.postbox.states import MOST_ATTEMPTS
from postbox.letters import people, posted
from postbox.sink import Sink

pytestmark = pytest.mark.django_db
QUICK = Timeouts(connect=1, command=5, filing=5)
POLICY = "554 5.7.1 Message refused for its content"
ONE, OTHER = "publication:1", "publication:2"


@pytest.fixture
def dispatcher(sink: Sink, tmp_path: Path) -> Iterator[Dispatcher]:
    with Journal(tmp_path / "journal") as journal:
        relay = Relay(sink.settings, our_name="status.larkbridge.example", timeouts=QUICK)
        sender = Dispatcher(relay=relay, worker="test", journal=journal)
        yield sender
        sender.close()


def states(about: str) -> dict[str, int]:
    found = list(Letter.objects.filter(about=about).values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def others(count: int) -> list[str]:
    return [f"other{n}@mail.example" for n in range(count)]


@pytest.mark.parametrize("size", [30, WORTH_A_PROCESS + 50])
def test_a_run_refused_for_its_words_rests_and_other_mail_leaves(
    dispatcher: Dispatcher, sink: Sink, now: datetime, size: int
) -> None:
    posted(now, people(size), about=ONE)
    posted(now, others(30), about=OTHER)
    for each in people(size):
        sink.at_rcpt[each] = [POLICY] * 9
    for n in range(4):
        sent = dispatcher.send_due(now=now + timedelta(seconds=n), limit=3000)
        assert sent.stopped == ""
    assert states(OTHER) == {LetterState.SENT: 30}
    assert states(ONE).keys() <= {LetterState.PAUSED, LetterState.WAITING}
    assert sum(states(ONE).values()) == size
    assert not Rest.objects.exists()
    order = Order.objects.get()
    assert order.about == ONE
    assert order.says.startswith(f"{RESTS}: {POLICY}")
    for each in people(size):
        sink.at_rcpt[each] = []
    later = now + RUN_RESTS + timedelta(minutes=2)
    while carry_out(now=later):
        pass
    dispatcher.send_due(now=later, limit=3000)
    assert states(ONE) == {LetterState.SENT: size}
    assert set(sink.recipients.values()) == {1}


def test_a_server_that_refuses_every_run_rests_as_a_whole(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now, people(20), about=ONE)
    posted(now, others(20), about=OTHER)
    for each in [*people(20), *others(20)]:
        sink.at_rcpt[each] = [POLICY] * 9
    first = dispatcher.send_due(now=now, limit=100)
    second = dispatcher.send_due(now=now + timedelta(seconds=1), limit=100)
    assert POLICY in (first.stopped or second.stopped)
    assert LetterState.FAILED not in states(ONE).keys() | states(OTHER).keys()


def test_a_run_that_a_person_pauses_while_it_rests_stays_paused(now: datetime) -> None:
    Order.objects.create(about=ONE, wish="pause", since=now, says=f"{RESTS}: 554")
    pause_about(about=ONE, now=now)
    carry_out(now=now + 2 * RUN_RESTS)
    assert Order.objects.get().wish == "pause"


def refused(now: datetime, count: int, answer: str = "5.1.1 gone") -> None:
    claimed = claim(now=now, limit=99, lease_seconds=60)
    assert len(claimed) == count
    record_results(
        results=[Result(c.pk, c.lease_until, Outcome.REFUSED, now, 550, answer) for c in claimed]
    )


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_few_letters_that_are_all_refused_are_tried_on_while_the_server_takes_nobody(
    now: datetime, count: int
) -> None:
    posted(now, people(count), about=ONE)
    refused(now, count)
    assert states(ONE) == {LetterState.WAITING: count}
    assert not CameBack.objects.exists()
    assert set(Letter.objects.values_list("attempts", flat=True)) == {1}
    later = now + timedelta(minutes=2)
    claimed = claim(now=later, limit=9, lease_seconds=60)
    record_results(
        results=[Result(c.pk, c.lease_until, Outcome.ACCEPTED, later, 250) for c in claimed]
    )
    assert states(ONE) == {LetterState.SENT: count}


def test_it_is_given_up_when_others_are_taken_or_after_twelve_tries(now: datetime) -> None:
    posted(now, people(2), about=ONE)
    refused(now, 2)
    Letter.objects.filter(recipient=people(2)[0]).update(attempts=MOST_ATTEMPTS - 1)
    later = now + timedelta(hours=2)
    refused(later, 2)
    assert states(ONE) == {LetterState.WAITING: 1, LetterState.FAILED: 1}
    posted(later, others(3), about=OTHER)
    at = later + timedelta(minutes=30)
    claimed = sorted(claim(now=at, limit=9, lease_seconds=60), key=lambda c: c.about == ONE)
    record_results(
        results=[
            Result(c.pk, c.lease_until, Outcome.REFUSED, at + timedelta(seconds=n), 550, "5.1.1")
            if c.about == ONE
            else Result(c.pk, c.lease_until, Outcome.ACCEPTED, at + timedelta(seconds=n), 250)
            for n, c in enumerate(claimed)
        ]
    )
    assert states(ONE) == {LetterState.FAILED: 2}
