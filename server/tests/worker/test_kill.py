"""`kill -9` at every point of a letter's way. Nobody is left out, nobody is flooded."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from postbox.piped import USUAL, Piped, running_piped
from postbox.sink import Sink
from worker.houses import READERS, House

pytestmark = pytest.mark.slow


def repeats(sink: Sink) -> int:
    """Return how many mails came more than once; a repeated one must carry the same id."""
    ids: dict[str, set[str]] = {}
    for kept in sink.kept:
        ids.setdefault(kept.recipient, set()).add(str(kept.mail["Message-ID"]))
    assert all(len(found) == 1 for found in ids.values()), "a repeat must carry the same Message-ID"
    return len(sink.kept) - len(ids)


def killing(sink: Sink, worker: subprocess.Popen[bytes], *, at: int, before: str) -> None:
    """Have the mail server kill the worker when it has kept ``at`` mails."""

    def strike(count: int) -> None:
        if count == at and worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()

    setattr(sink, before, strike)


def test_killed_between_publishing_and_sending_one_letter_once(house: House, sink: Sink) -> None:
    worker = house.start("worker")
    time.sleep(1)
    house.act("publish", "1")
    house.kill(worker)
    time.sleep(0.3)
    # On a busy machine it may have begun: then the one letter in its hands may repeat.
    begun = bool(sink.kept)
    house.start("worker")
    sink.wait_for(READERS)
    house.all_sent(READERS)
    assert repeats(sink) <= begun
    assert len(sink.recipients) == READERS


def test_killed_after_expansion_before_sending_one_letter_once(house: House, sink: Sink) -> None:
    house.act("publish", "1")
    house.act("expand")
    house.start("worker")
    sink.wait_for(READERS)
    house.all_sent(READERS)
    assert repeats(sink) == 0


def test_killed_with_letters_claimed_but_none_sent(house: House, sink: Sink) -> None:
    house.act("publish", "1")
    worker = house.start("worker")
    killing(sink, worker, at=0, before="before_mail")
    worker.wait(timeout=30)
    assert house.tally()["states"]["claimed"] > 0
    started = time.monotonic()
    house.start("worker")
    sink.wait_for(READERS)
    assert time.monotonic() - started < 30, "claims of the dead must not wait for their lease"
    house.all_sent(READERS)
    assert repeats(sink) == 0


@pytest.mark.parametrize("at", [1, 24, 25, 60, 137])
def test_killed_between_two_letters_repeats_nothing(house: House, sink: Sink, at: int) -> None:
    """The answers to the letters before were read; those not yet committed are in the journal."""
    house.act("publish", "1")
    worker = house.start("worker")
    killing(sink, worker, at=at, before="before_mail")
    worker.wait(timeout=30)
    house.start("worker")
    sink.wait_for(READERS)
    house.all_sent(READERS)
    assert repeats(sink) == 0


@pytest.mark.parametrize("at", [1, 99])
def test_killed_after_the_server_took_a_letter_and_before_we_know(
    house: House, sink: Sink, at: int
) -> None:
    house.act("publish", "1")
    worker = house.start("worker")
    killing(sink, worker, at=at, before="before_answer")
    worker.wait(timeout=30)
    house.start("worker")
    sink.wait_for(READERS + 1)
    house.all_sent(READERS)
    assert repeats(sink) == 1


def test_killed_again_and_again_while_it_works(house: House, sink: Sink) -> None:
    """Kills at times nobody chose: at most one repeat for each."""
    house.act("publish", "2")
    kills = 0
    while len(sink.kept) < 2 * READERS:
        worker = house.start("worker")
        target = min(2 * READERS, len(sink.kept) + 70)
        until = time.monotonic() + 15
        while len(sink.kept) < target and time.monotonic() < until:
            time.sleep(0.001)
        house.kill(worker)
        kills += 1
        assert kills < 30
    house.start("worker")
    house.all_sent(2 * READERS)
    ids = [str(kept.mail["Message-ID"]) for kept in sink.kept]
    assert len(set(ids)) == 2 * READERS
    assert len(ids) - len(set(ids)) <= kills


@pytest.mark.parametrize("only", ["all", "worker", "postman"])
def test_killed_with_many_letters_in_the_air_each_connection_repeats_one_at_most(
    house: House, only: str
) -> None:
    """With that many letters a process of its own talks: killed together, or one without the
    other.
    """
    server = Piped(answer=lambda verb, recipient, count: 0.002 if verb == "body" else USUAL[verb])
    letters, kills = 5 * READERS, 0
    with running_piped(server):
        house.environment["AFTERWORD_SMTP_URL"] = f"{server.url}?connections=4"
        house.act("publish", "5")
        house.act("expand")
        while kills < 5:
            worker = house.start("worker")
            target = len(server.accepted) + 70
            until = time.monotonic() + 30
            while len(server.accepted) < target and time.monotonic() < until:
                time.sleep(0.001)
            assert len(server.accepted) >= target
            strike(house, worker, only)
            kills += 1
        house.start("worker")
        house.all_sent(letters)
    assert len(server.accepted) == letters
    assert sum(server.accepted.values()) - letters <= 4 * kills
    assert max(server.accepted.values()) <= 2


def strike(house: House, worker: subprocess.Popen[bytes], only: str) -> None:
    if only == "all":
        house.kill(worker)
        return
    talking = postman_of(worker.pid)
    if only == "worker":
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        until = time.monotonic() + 5
        while Path(f"/proc/{talking}").exists():
            assert time.monotonic() < until, "an orphan goes on sending"
            time.sleep(0.01)
    else:
        os.kill(talking, signal.SIGKILL)
        time.sleep(0.5)
        house.kill(worker)


def postman_of(worker: int) -> int:
    """Return the number of the process that talks for a worker."""
    for children in Path(f"/proc/{worker}/task").glob("*/children"):
        for child in children.read_text(encoding="ascii").split():
            if "postman" in Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8"):
                return int(child)
    raise AssertionError("no process talks for this worker")


def test_two_workers_share_the_work_and_no_letter(house: House, sink: Sink) -> None:
    house.act("publish", "2")
    house.start("worker")
    house.start("worker")
    sink.wait_for(2 * READERS)
    house.all_sent(2 * READERS)
    ids = [str(kept.mail["Message-ID"]) for kept in sink.kept]
    assert len(ids) == len(set(ids)) == 2 * READERS


def test_a_stopped_worker_leaves_nothing_in_hand(house: House, sink: Sink) -> None:
    house.act("publish", "1")
    worker = house.start("worker")
    sink.wait_for(20)
    began = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
    assert time.monotonic() - began < 5
    seen = house.tally()
    assert "claimed" not in seen["states"]
    assert seen["states"].get("sent", 0) == len(sink.kept)


def test_without_a_mail_server_letters_wait_and_go_once_there_is_one(house: House) -> None:
    from postbox.sink import running_sink

    house.environment["AFTERWORD_SMTP_URL"] = ""
    house.act("publish", "1")
    worker = house.start("worker")
    house.until(lambda seen: seen["states"] == {"waiting": READERS})
    house.kill(worker)
    with running_sink() as sink:
        house.environment["AFTERWORD_SMTP_URL"] = sink.url
        house.start("worker")
        sink.wait_for(READERS)
        house.all_sent(READERS)
        assert repeats(sink) == 0


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_a_database_that_hangs_up_in_the_middle_costs_no_letter(house: House, sink: Sink) -> None:
    psycopg = pytest.importorskip("psycopg")
    url = house.environment["AFTERWORD_DATABASE_URL"]

    def hang_up(count: int) -> None:
        if count in {60, 110}:
            with psycopg.connect(url, autocommit=True) as admin:
                admin.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )

    sink.before_mail = hang_up
    house.act("publish", "1")
    house.start("worker")
    sink.wait_for(READERS)
    house.all_sent(READERS)
    assert repeats(sink) == 0
