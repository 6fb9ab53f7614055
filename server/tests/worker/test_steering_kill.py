"""Pausing and cancelling while workers send, die and come back."""

import time

import pytest

from postbox.sink import Sink
from worker.houses import READERS, House
from worker.test_kill import repeats

pytestmark = pytest.mark.slow
# A worker asks for orders once a second, and the mail server of the tests takes its time.
SOON = 4.0


def slowly(sink: Sink) -> None:
    """Have the mail server take 40 mails a second, so that there is something left to pause."""
    sink.before_answer = lambda count: time.sleep(0.025)


def still(sink: Sink, seconds: float = 2.0) -> int:
    """Return how many mails are kept once that has been the same for a while."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        before = len(sink.kept)
        time.sleep(seconds)
        if len(sink.kept) == before:
            return before
    raise AssertionError("mails keep coming")


def test_a_pause_holds_for_workers_that_die_and_for_those_that_come_after(
    house: House, sink: Sink
) -> None:
    slowly(sink)
    house.act("publish", "1")
    house.act("expand")
    worker = house.start("worker")
    sink.wait_for(20)
    house.act("steer", "pause")
    time.sleep(SOON)
    kept = len(sink.kept)
    assert kept < READERS
    house.kill(worker)
    second, third = house.start("worker"), house.start("worker")
    assert still(sink) <= kept + 1
    house.kill(second)
    house.act("steer", "resume")
    sink.wait_for(READERS)
    house.all_sent(READERS)
    assert third.poll() is None
    assert repeats(sink) <= 1


def test_what_is_cancelled_while_workers_start_and_die_never_leaves(
    house: House, sink: Sink
) -> None:
    slowly(sink)
    house.act("publish", "1")
    house.act("expand")
    worker = house.start("worker")
    sink.wait_for(5)
    house.act("steer", "cancel")
    house.kill(worker)
    kept = still(sink)
    assert kept < READERS
    house.start("worker")
    house.start("worker")
    time.sleep(SOON)
    assert len(sink.kept) <= kept + 1
    states = house.tally()["states"]
    assert states["withdrawn"] == READERS - states["sent"]
    assert states["sent"] >= kept - 1
