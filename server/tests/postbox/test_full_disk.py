"""A journal that cannot be written: nothing leaves twice for it, and somebody hears of it."""

import errno
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from afterword.postbox import dispatch
from afterword.postbox.dispatch import Dispatcher
from afterword.postbox.journal import Journal
from afterword.postbox.models import Attempt, Letter
from afterword.postbox.outcomes import Outcome, Result
from afterword.postbox.queries import counts_about
from afterword.postbox.relay import Relay, Timeouts
from postbox.letters import people, posted
from postbox.piped import USUAL, Piped, Said, running_piped

pytestmark = pytest.mark.django_db
QUICK = Timeouts(connect=2, command=2, filing=2)


class Filling(Journal):
    """A journal on a disk that has room for so many results."""

    room = sys.maxsize

    def append(self, result: Result) -> None:
        if self.room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= 1
        super().append(result)


@contextmanager
def sending_to(server: Piped, journal: Journal, connections: int) -> Iterator[Dispatcher]:
    with running_piped(server), journal:
        relay = Relay(server.settings, our_name="status.larkbridge.example", timeouts=QUICK)
        sender = Dispatcher(relay=relay, worker="test", journal=journal, connections=connections)
        try:
            yield sender
        finally:
            sender.close()


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize("connections", [1, 3])
def test_a_disk_that_fills_up_stops_the_run_and_no_letter_leaves_twice(
    now: datetime, tmp_path: Path, connections: int, pipelining: bool
) -> None:
    server = Piped(pipelining=pipelining)
    journal = Filling(tmp_path / "journal")
    posted(now, people(40))
    with sending_to(server, journal, connections) as sender:
        journal.room = 5
        sent = sender.send_due(now=now, limit=100)
        # Each connection may have one in the air and one ahead of it by then.
        assert 6 <= sent.accepted <= 5 + 2 * connections
        assert sent.accepted == sum(server.accepted.values())
        assert sent.accepted + sent.released == 40
        assert "No space left" in sent.stopped
        assert Attempt.objects.filter(outcome="accepted").count() == sent.accepted
        assert "No space left" in Letter.objects.filter(attempts=0)[0].last_answer
        journal.room = sys.maxsize
        sender.send_due(now=now + timedelta(minutes=2), limit=100)
    assert (len(server.accepted), set(server.accepted.values())) == (40, {1})


@pytest.mark.skipif(sys.platform != "linux", reason="limits a process from outside")
def test_it_stops_the_process_that_talks_as_well(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(verb: str, recipient: str, count: int) -> Said:
        if verb == "body" and count == 20:
            assert sender._apart is not None
            talks = sender._apart._process.pid
            resource.prlimit(talks, resource.RLIMIT_FSIZE, (500, resource.RLIM_INFINITY))
        return USUAL[verb]

    monkeypatch.setattr(dispatch, "WORTH_A_PROCESS", 1)
    server = Piped(answer=answer)
    posted(now, people(400))
    with sending_to(server, Journal(tmp_path / "journal"), 2) as sender:
        sent = sender.send_due(now=now, limit=500)
        assert "File too large" in sent.stopped
        assert sent.accepted == sum(server.accepted.values()) < 400
        sender._end_apart()
        sender.send_due(now=now + timedelta(minutes=2), limit=500)
    assert (len(server.accepted), set(server.accepted.values())) == (400, {1})
    assert counts_about("publication:1")["sent"] == 400


@pytest.mark.skipif(sys.platform != "linux", reason="asks /dev/full")
def test_where_the_disk_is_full_already_nothing_leaves(now: datetime, tmp_path: Path) -> None:
    server = Piped()
    journal = Journal(tmp_path / "journal")
    with sending_to(server, journal, 2) as sender:
        sender.send_due(now=now, limit=10)
        posted(now, people(10))
        fits = os.dup(journal._handles[0])
        full = os.open("/dev/full", os.O_RDWR)
        os.dup2(full, journal._handles[0])
        sent = sender.send_due(now=now, limit=10)
        assert (sent.tried, sent.released) == (0, 10)
        assert "No space left" in sent.stopped
        os.dup2(fits, journal._handles[0])
        for each in (fits, full):
            os.close(each)
        assert sender.send_due(now=now + timedelta(minutes=2), limit=10).accepted == 10
    assert set(server.accepted.values()) == {1}


def test_a_result_that_fits_in_part_does_not_spoil_the_next(now: datetime, tmp_path: Path) -> None:
    first, torn, last = (
        Result(number, now, Outcome.ACCEPTED, now, 250, "kept", f"<{number}@larkbridge.example>")
        for number in (1, 2, 3)
    )
    with Journal(tmp_path / "journal") as journal:
        journal.append(first)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        size = (tmp_path / "journal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, before[1]))
        try:
            with pytest.raises(OSError, match="too large"):
                journal.append(torn)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        journal.append(last)
        assert journal.read() == [first, last]
