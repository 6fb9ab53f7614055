"""`afterword serve` as a process: it answers, sends, stops in time and survives being killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.client import RemoteDisconnected
from pathlib import Path

import pytest

from postbox.sink import Sink
from worker.houses import ON_SQLITE, READERS, House
from worker.test_kill import repeats

pytestmark = pytest.mark.slow


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def serving(house: House, port: int) -> subprocess.Popen[bytes]:
    process = house.start("serve", "--port", str(port))
    until = time.monotonic() + 30
    while status(port) == 0:
        assert process.poll() is None, "the server ended at once"
        assert time.monotonic() < until
        time.sleep(0.05)
    return process


def status(port: int, path: str = "/healthz") -> int:
    """Return the status of an answer, 0 when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code
    except (OSError, RemoteDisconnected):
        return 0


def test_one_command_answers_and_sends(house: House, sink: Sink, port: int) -> None:
    serving(house, port)
    house.act("tell", "investigating")
    sink.wait_for(READERS)
    house.all_sent(READERS)
    assert repeats(sink) == 0
    assert status(port, "/incidents/pay1/") == 200
    assert status(port, "/subscribe/") == 200


def test_the_whole_group_killed_while_sending_loses_and_doubles_nothing(
    house: House, sink: Sink, port: int
) -> None:
    server = serving(house, port)

    def strike(count: int) -> None:
        if count == 90 and server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()

    sink.before_mail = strike
    house.act("publish", "1")
    server.wait(timeout=30)
    serving(house, port)
    sink.wait_for(READERS)
    house.all_sent(READERS)
    assert repeats(sink) == 0


@pytest.mark.parametrize("house", [ON_SQLITE], indirect=True)
@pytest.mark.parametrize("seconds", [0.0, 0.8, 1.5, 3.0])
def test_sigterm_ends_it_within_five_seconds(house: House, port: int, seconds: float) -> None:
    server = house.start("serve", "--port", str(port))
    # Counted from the moment the signal can be heard at all.
    time.sleep(1.0 + seconds)
    began = time.monotonic()
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=10)
    assert time.monotonic() - began < 5
    assert status(port) == 0


@pytest.mark.parametrize("house", [ON_SQLITE], indirect=True)
def test_a_mail_server_that_hangs_does_not_hold_up_the_end(
    house: House, sink: Sink, port: int
) -> None:
    sink.before_answer = lambda count: time.sleep(7) if count == 5 else None
    server = serving(house, port)
    house.act("publish", "1")
    sink.wait_for(5)
    began = time.monotonic()
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=10)
    assert time.monotonic() - began < 5
    sink.before_answer = lambda count: None
    serving(house, port)
    house.all_sent(READERS)
    assert repeats(sink) <= 1
    assert len(sink.recipients) == READERS


@pytest.mark.parametrize("house", [ON_SQLITE], indirect=True)
def test_when_only_the_watcher_is_killed_the_port_comes_free(house: House, port: int) -> None:
    server = serving(house, port)
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    until = time.monotonic() + 10
    while status(port) != 0:
        assert time.monotonic() < until, "an orphan still answers"
        time.sleep(0.1)
    serving(house, port)


def test_a_database_of_another_version_is_refused_in_one_line(tmp_path: Path) -> None:
    """No traceback: the line says which command helps."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AFTERWORD_")}
    done = subprocess.run(
        [sys.executable, "-m", "afterword.cli.main", "serve"],
        env=environment | {"AFTERWORD_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "afterword migrate" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
