"""The status page stands while the rest falls: a real server loses its database file."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.own_database]

SEED = """
import django; django.setup()
from datetime import UTC, datetime
from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component, create_page
from afterword.publishing.actions import announce_incident
from afterword.site_builder.actions import build_pending
now = datetime(2026, 3, 4, 8, 20, tzinfo=UTC)
page = create_page(actor=MACHINE, now=now, name="Larkbridge", url="http://127.0.0.1")
part = create_component(actor=MACHINE, now=now, page=page, name="Invoice sending")
announced = announce_incident(
    actor=MACHINE, now=now, page=page, title="Invoices are late", components={part: "major_outage"},
    body="Invoices you send are not delivered. We look for the cause.",
)
build_pending(now=now)
print(announced.incident_id)
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Server:
    """A running `granian` in front of a data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AFTERWORD_")}
        self.env = kept | {
            "AFTERWORD_DATA_DIR": str(data),
            "AFTERWORD_SECRET_KEY": "a key for tests, long enough to be accepted: 0123456789",
            "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
        }
        self.run("-m", "django", "migrate", "--verbosity", "0")
        self.incident = self.run("-c", SEED).strip().splitlines()[-1]
        self.process = subprocess.Popen(
            [
                Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--workers", "1",
                "--host", "127.0.0.1", "--port", str(self.port), "--workers-kill-timeout", "2",
                "afterword.config.wsgi:application",
            ],
            env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        for _ in range(300):
            try:
                self.get("/healthz")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server did not start")

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.env, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(
            method, path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path / "data")
    yield running
    running.process.terminate()
    running.process.wait(timeout=20)
    assert running.process.stdout is not None
    running.process.stdout.close()


def test_with_the_database_file_moved_away_the_public_page_still_answers(server: Server) -> None:
    incident = f"/incidents/{server.incident}/"
    built = ["/", incident, "/history/", "/history/2026/03/", "/history.atom", "/healthz"]
    before = {path: server.get(path) for path in built}
    assert {status for status, _ in before.values()} == {200}
    assert b"Invoices are late" in before["/"][1]
    assert server.get("/subscribe/")[0] == 200
    assert server.get("/no/such/page/")[0] == 404

    for file in server.data.glob("afterword.sqlite3*"):
        file.rename(file.with_name(f"{file.name}.moved"))

    assert {path: server.get(path) for path in built} == before
    status, words = server.get("/subscribe/")
    assert status == 503
    assert b"not available right now" in words
    assert b"Traceback" not in words
    assert server.get("/desk/", cookie="sessionid=abcdefghijklmnopqrstuvwxyz012345")[0] in {
        302,
        503,
    }
    assert server.get("/no/such/page/")[0] == 404
    assert server.get("/", "HEAD") == (200, b"")
