"""The process that talks for a sender: what it knows, and what becomes of letters when it ends."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError

from afterword.postbox import apart as apart_room
from afterword.postbox import dispatch
from afterword.postbox.actions import pause_about, withdraw
from afterword.postbox.apart import Apart, Gone, errand_for
from afterword.postbox.dispatch import Dispatcher
from afterword.postbox.errands import PlainMessage
from afterword.postbox.finishing import Finish
from afterword.postbox.journal import Journal
from afterword.postbox.models import Attempt, Letter, LetterState, Stream
from afterword.postbox.outcomes import Claimed
from afterword.postbox.queries import counts_about
from afterword.postbox.relay import Relay, Timeouts
from postbox.letters import people, posted
from postbox.piped import USUAL, Piped, Said, running_piped

pytestmark = pytest.mark.django_db
QUICK = Timeouts(connect=2, command=2, filing=2)


@pytest.fixture(autouse=True)
def always_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "WORTH_A_PROCESS", 1)


@contextmanager
def sending_to(
    server: Piped, tmp_path: Path, connections: int = 4, lock: int | None = None
) -> Iterator[Dispatcher]:
    with running_piped(server), Journal(tmp_path / "journal") as journal:
        relay = Relay(server.settings, our_name="status.larkbridge.example", timeouts=QUICK)
        sender = Dispatcher(
            relay=relay, worker="test", journal=journal, connections=connections, lock=lock
        )
        try:
            yield sender
        finally:
            sender.close()


def slowly(seconds: float) -> Piped:
    def answer(verb: str, recipient: str, count: int) -> Said:
        return seconds if verb == "body" else USUAL[verb]

    return Piped(answer=answer)


def number_of(sender: Dispatcher) -> int:
    assert sender._apart is not None
    return sender._apart._process.pid


def children_know(pid: int) -> str:
    return Path(f"/proc/{pid}/environ").read_text(encoding="utf-8", errors="replace")


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_it_gets_neither_the_database_nor_the_secrets(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AFTERWORD_SECRET_KEY", "PGPASSWORD", "AWS_SECRET_ACCESS_KEY", "SOME_TOKEN"):
        monkeypatch.setenv(name, "not for others")
    posted(now, people(3))
    with sending_to(Piped(), tmp_path) as sender:
        assert sender.send_due(now=now, limit=10).accepted == 3
        assert "PATH=" in children_know(number_of(sender))
        assert "not for others" not in children_know(number_of(sender))


def test_it_serves_one_run_after_the_other_and_ends_with_its_sender(
    now: datetime, tmp_path: Path
) -> None:
    server = Piped()
    posted(now, people(30))
    with sending_to(server, tmp_path) as sender:
        assert sender.send_due(now=now, limit=20).accepted == 20
        first = number_of(sender)
        assert sender.send_due(now=now, limit=20).accepted == 10
        assert number_of(sender) == first
        assert sender._apart is not None
        process = sender._apart._process
    assert process.returncode == 0
    assert server.connections == 4


def test_killed_in_the_middle_it_costs_at_most_a_repeat_for_each_connection(
    now: datetime, tmp_path: Path
) -> None:
    server = slowly(0.002)
    posted(now, people(400))
    kills = 0
    with sending_to(server, tmp_path) as sender:
        moment = now
        while counts_about("publication:1")["sent"] < 400:
            assert kills < 20
            target = sum(server.accepted.values()) + 50

            def strike(target: int = target) -> None:
                while sum(list(server.accepted.values())) < target < 400:
                    time.sleep(0.001)
                if target < 400:
                    os.kill(number_of(sender), signal.SIGKILL)

            killer = threading.Thread(target=strike)
            killer.start()
            try:
                sender.send_due(now=moment, limit=500)
            except Gone:
                kills += 1
            killer.join()
            moment += timedelta(seconds=5)
    assert kills >= 5
    assert len(server.accepted) == 400
    assert sum(server.accepted.values()) - 400 <= 4 * kills
    assert max(server.accepted.values()) <= 2
    assert Attempt.objects.filter(outcome="accepted").count() == 400


def test_who_leaves_meanwhile_is_taken_out_of_its_hands(now: datetime, tmp_path: Path) -> None:
    server = slowly(0.01)
    posted(now, people(300))
    last = people(300)[-1]
    left: list[int] = []

    def leave() -> bool:
        if len(server.accepted) >= 20 and not left:
            left.append(withdraw(recipient=last, streams=(Stream.STATUS,), reason="left"))
        return False

    with sending_to(server, tmp_path, 2) as sender:
        sent = sender.send_due(now=now, limit=500, should_stop=leave)
    assert (sent.accepted, sent.released) == (299, 1)
    assert last not in server.bodies
    assert Letter.objects.get(recipient=last).state == LetterState.WITHDRAWN


def test_what_is_paused_meanwhile_is_taken_out_of_its_hands(now: datetime, tmp_path: Path) -> None:
    server = slowly(0.01)
    posted(now, people(300))
    paused: list[bool] = []

    def pause() -> bool:
        if len(server.accepted) >= 20 and not paused:
            pause_about(about="publication:1", now=now)
            paused.append(True)
        return False

    with sending_to(server, tmp_path, 2) as sender:
        sent = sender.send_due(now=now, limit=500, should_stop=pause)
    assert 20 <= sent.accepted < 300
    assert sent.accepted + sent.released == 300
    assert counts_about("publication:1")["sent"] == sum(server.accepted.values())


def test_a_stop_gives_back_what_it_has_not_begun(now: datetime, tmp_path: Path) -> None:
    server = slowly(0.01)
    posted(now, people(300))
    with sending_to(server, tmp_path) as sender:
        sent = sender.send_due(now=now, limit=500, should_stop=lambda: len(server.accepted) >= 20)
    assert 20 <= sent.accepted < 100
    assert sent.accepted + sent.released == 300
    assert sent.accepted == sum(server.accepted.values())
    assert counts_about("publication:1")["waiting"] == sent.released


def test_a_database_that_fails_costs_no_result_of_its(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = slowly(0.002)

    def fail(**_: object) -> None:
        raise OperationalError("the database went away")

    with sending_to(server, tmp_path) as sender:
        sender.send_due(now=now, limit=700)
        posted(now, people(700))
        with monkeypatch.context() as broken:
            broken.setattr(dispatch, "record_results", fail)
            with pytest.raises(OperationalError):
                sender.send_due(now=now, limit=700)
        assert 0 < len(server.accepted) < 700
        assert Attempt.objects.count() == 0
        later = now + timedelta(seconds=5)
        sent = sender.send_due(now=later, limit=700)
        assert sent.accepted < 700
    assert (len(server.accepted), set(server.accepted.values())) == (700, {1})
    assert counts_about("publication:1")["sent"] == 700


def test_where_it_does_not_begin_letters_leave_all_the_same(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    server = Piped()
    posted(now, people(30))
    with sending_to(server, tmp_path) as sender:
        assert sender.send_due(now=now, limit=50).accepted == 30
    assert set(server.accepted.values()) == {1}


def test_what_did_not_begin_is_tried_again_after_a_while(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = [0.0]
    monkeypatch.setattr(dispatch, "seconds_up", lambda: 1000.0 + later[0])
    server = Piped()
    with sending_to(server, tmp_path) as sender:
        with monkeypatch.context() as broken:
            broken.setattr(sys, "executable", "/nowhere/python")
            posted(now, people(3))
            assert sender.send_due(now=now, limit=50).accepted == 3
        for seconds, begins in ((59.0, False), (61.0, True)):
            later[0] = seconds
            posted(now, people(3), about=f"publication:{seconds}")
            assert sender.send_due(now=now, limit=50).accepted == 3
            assert (sender._apart is not None) is begins


def letters_for(now: datetime, numbers: Iterable[int]) -> list[Claimed]:
    message = PlainMessage(
        1, "publication:1:en", "status", "status@larkbridge.example", "[Larkbridge] Resolved",
        "Payments work again.\n", "", "", "",
    )  # fmt: skip
    return [
        Claimed(
            pk=number,
            message=message,
            recipient=f"reader{number}@mail.example",
            channel="email",
            fill={"token": f"{number}-" * 80},
            rfc_message_id=f"<{number}@larkbridge.example>",
            created_at=now,
            attempts=0,
            about="publication:1",
            lease_until=now,
            claimed_by="test",
        )
        for number in numbers
    ]


@contextmanager
def talking_to(server: Piped, tmp_path: Path) -> Iterator[Apart]:
    with running_piped(server), Journal(tmp_path / "journal") as journal:
        relay = Relay(server.settings, our_name="status.larkbridge.example", timeouts=QUICK)
        apart = Apart(
            errand_for(relay, journal, connections=4, most_lost=None, finish=Finish(), at_once=2000)
        )
        apart.come_up()
        try:
            yield apart
        finally:
            apart._process.kill()
            apart.close()


def test_it_hears_more_letters_while_what_it_has_to_say_is_not_heard_yet(
    now: datetime, tmp_path: Path
) -> None:
    """More refusals than the sockets between them hold, an order to leave letters out, and more
    letters than they hold: neither side may wait for the other.
    """
    refused: set[str] = set()

    def answer(verb: str, recipient: str, count: int) -> Said:
        if verb == "RCPT":
            refused.add(recipient)
            return b"550 5.1.1 " + b"nobody here " * 40 + b"\r\n"
        return b"503 nobody to send that to\r\n" if verb == "DATA" else USUAL[verb]

    with talking_to(Piped(answer=answer), tmp_path) as apart:
        apart.begin(now, time.monotonic())
        apart.hand_over(letters_for(now, range(700)), more=True)
        until = time.monotonic() + 90
        while not (found := apart.listen(0.1)):
            assert time.monotonic() < until
        while len(refused) < 700:
            assert time.monotonic() < until
            time.sleep(0.01)
        apart.noted()
        time.sleep(1)
        apart.drop((), {"publication:2"})
        orders = threading.Thread(
            target=apart.hand_over,
            args=(letters_for(now, range(700, 1400)),),
            kwargs={"more": False},
            daemon=True,
        )
        orders.start()
        orders.join(15)
        assert not orders.is_alive(), "both wait for each other"
        told = {each.letter_id for each in found}
        while not apart.ended:
            assert time.monotonic() < until + 90
            if found := apart.listen(0.1):
                told |= {each.letter_id for each in found}
                apart.noted()
        assert told == set(range(1400))


def test_it_is_given_up_when_it_takes_nothing_any_more(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart_room, "_TAKE_SECONDS", 1)
    with talking_to(Piped(), tmp_path) as apart:
        apart.begin(now, time.monotonic())
        os.kill(apart._process.pid, signal.SIGSTOP)
        said: list[str] = []

        def hand_over() -> None:
            try:
                apart.hand_over(letters_for(now, range(4000)), more=False)
            except Gone as gone:
                said.append(str(gone))

        orders = threading.Thread(target=hand_over, daemon=True)
        orders.start()
        orders.join(10)
        assert not orders.is_alive(), "it waits for ever"
        assert "takes nothing" in said[0]
        assert apart._process.wait(5) == -signal.SIGKILL
