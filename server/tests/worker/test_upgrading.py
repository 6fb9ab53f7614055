"""An upgrade while letters leave: nothing is lost, nothing leaves twice."""

import pytest

from postbox.sink import Sink
from worker.houses import READERS, House

pytestmark = pytest.mark.slow


def test_a_run_that_was_half_sent_before_the_upgrade_goes_on_after_it(
    house: House, sink: Sink
) -> None:
    """Half has left, and a quarter is in the hands of an older worker that died."""
    house.act("publish", "1")
    house.act("expand")
    house.act("older")
    house.act("older_half_sent")
    house.act("migrate")
    house.start("worker")
    house.all_sent(READERS)
    assert len(sink.kept) == READERS // 2
    assert len(sink.recipients) == READERS // 2


def test_a_killed_worker_is_followed_by_one_of_the_new_version(house: House, sink: Sink) -> None:
    """What it left in its journal counts, whatever became of the tables meanwhile."""
    house.act("publish", "1")
    worker = house.start("worker")
    sink.wait_for(60)
    house.kill(worker)
    house.act("older")
    house.act("migrate")
    house.start("worker")
    house.all_sent(READERS)
    assert len(sink.recipients) == READERS
    # The one letter on its one connection may have been taken without our knowing.
    assert len(sink.kept) <= READERS + 1


def test_what_an_older_process_writes_to_the_new_tables_is_carried_on(
    house: House, sink: Sink
) -> None:
    """Machines are upgraded one after the other: an older one begins a run meanwhile."""
    house.act("publish", "1")
    house.act("older_writes")
    house.start("worker")
    house.all_sent(READERS)
    assert len(sink.kept) == READERS
