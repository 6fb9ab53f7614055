"""The database goes away and comes back: pages stand, what is new follows by itself.

On SQLite the file is moved away; on PostgreSQL the way to the server is cut, in a relay before it.
"""

import contextlib
import json
import socket
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from afterword.site_builder.folder import Folder
from journeys.house import House, open_house, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent.parent

pytestmark = [pytest.mark.journey, pytest.mark.slow]

BEGIN = """
from datetime import UTC, datetime
from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component, create_page
from afterword.publishing.actions import announce_incident
now = datetime(2026, 3, 4, 8, 20, tzinfo=UTC)
page = create_page(actor=MACHINE, now=now, name="Larkbridge", url="http://127.0.0.1")
part = create_component(actor=MACHINE, now=now, page=page, name="Invoice sending")
announced = announce_incident(
    actor=MACHINE, now=now, page=page, title="Invoices are late", components={part: "major_outage"},
    body="Invoices you send are not delivered. We look for the cause.",
)
print(announced.incident_id)
"""
CONTINUE = """
from datetime import UTC, datetime
from afterword.accounts.permissions import MACHINE
from afterword.components.queries import the_page
from afterword.publishing.actions import announce_incident
announce_incident(
    actor=MACHINE, now=datetime(2026, 3, 4, 9, 0, tzinfo=UTC), page=the_page(),
    title="Sign-in is slow", components={}, body="Signing in takes long. We look for the cause.",
)
"""


class Relay:
    """Passes connections on to the database's server, until it is cut."""

    def __init__(self, host: str, port: int) -> None:
        self._behind = (host, port)
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._accept()

    def cut(self) -> None:
        """Refuse new connections and end those there are."""
        # Closing alone would not wake the thread that waits in accept.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def mend(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._accept()

    def _accept(self) -> None:
        self._thread = threading.Thread(target=self._forever, daemon=True)
        self._thread.start()

    def _forever(self) -> None:
        while True:
            try:
                came, _ = self._listener.accept()
            except OSError:
                return
            went = socket.create_connection(self._behind)
            self._open += [came, went]
            for source, target in ((came, went), (went, came)):
                threading.Thread(target=_pump, args=(source, target), daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while said := source.recv(65536):
            target.sendall(said)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


class Database:
    """The database of a house, which can be taken away."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._relay = None
        if house.database_url:
            parts = urlsplit(house.database_url)
            self._relay = Relay(parts.hostname or "127.0.0.1", parts.port or 5432)
            before, _, _ = parts.netloc.rpartition("@")
            there = f"{before}@127.0.0.1:{self._relay.port}".lstrip("@")
            house.database_url = urlunsplit(parts._replace(netloc=there))

    def fall(self) -> None:
        if self._relay:
            self._relay.cut()
        for file in self._files(".sqlite3"):
            file.rename(file.with_name(file.name.replace(".sqlite3", ".elsewhere")))

    def rise(self) -> None:
        if self._relay:
            self._relay.mend()
        for file in self._files(".elsewhere"):
            # Not over an empty one: there must be none.
            target = file.with_name(file.name.replace(".elsewhere", ".sqlite3"))
            assert not target.exists()
            file.rename(target)

    @property
    def made_anew(self) -> list[Path]:
        return self._files(".sqlite3")

    def _files(self, kind: str) -> list[Path]:
        return sorted(self._house.data_dir.glob(f"afterword{kind}*"))

    def close(self) -> None:
        if self._relay:
            self._relay.cut()


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, furnished: House) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("begun") / "data", like=furnished) as house:
        house.python(BEGIN)
        yield house


@pytest.fixture
def fallible(tmp_path: Path, begun: House) -> Iterator[tuple[House, Database]]:
    with open_house(tmp_path / "data", like=begun) as house:
        database = Database(house)
        yield house, database
        house.kill()
        database.close()


def text(house: House, path: str) -> str:
    with urllib.request.urlopen(house.url + path, timeout=5) as answer:
        return str(answer.read().decode())


def as_in_the_container(house: House) -> list[str]:
    """Return the command of `deploy/container`, at home here."""
    written = (ROOT / "deploy/container/Containerfile").read_text(encoding="utf-8")
    command: list[str] = json.loads(written.rpartition("\nCMD ")[2])
    here = {
        "/opt/afterword/bin/": f"{Path(sys.executable).parent}/",
        "--host 0.0.0.0": f"--host 127.0.0.1 --port {house.port}",
    }
    for there, ours in here.items():
        assert there in command[-1]
        command[-1] = command[-1].replace(there, ours)
    return command


def confirmed(house: House) -> str:
    return str(json.loads(text(house, "/age.json"))["confirmed_at"])


def test_pages_stand_and_what_is_new_follows_when_the_database_is_back(
    fallible: tuple[House, Database],
) -> None:
    house, database = fallible
    house.start()
    wait_until(lambda: "Invoices are late" in text(house, "/"), "the first incident on the page")
    wait_until(lambda: confirmed(house) != "None", "a first confirmation")
    database.fall()
    wait_until(lambda: "the worker's part 'site' failed" in house.log(), "the worker's complaint")
    last = confirmed(house)
    for path in ("/", "/history/", "/history.atom", "/api/v2/summary.json", "/healthz"):
        assert house.answers(path), path
    assert database.made_anew == []
    database.rise()
    house.python(CONTINUE)
    wait_until(lambda: "Sign-in is slow" in text(house, "/"), "the news on the page", seconds=90)
    wait_until(lambda: confirmed(house) > last, "a new confirmation", seconds=60)


def test_a_server_started_without_its_database_answers_what_is_built_and_catches_up(
    fallible: tuple[House, Database],
) -> None:
    house, database = fallible
    house.run("build-site")
    database.fall()
    refused = house.run("migrate", code=1)
    assert "afterword doctor" in refused
    house.start(*as_in_the_container(house))
    assert "Invoices are late" in text(house, "/")
    assert "pages are answered as they were built last" in house.log()
    assert database.made_anew == []
    database.rise()
    house.python(CONTINUE)
    wait_until(lambda: "Sign-in is slow" in text(house, "/"), "the news on the page", seconds=90)


def test_pages_and_desk_are_there_while_another_builds_for_minutes(
    fallible: tuple[House, Database],
) -> None:
    """As at the start of a new version, which builds everything anew."""
    house, _ = fallible
    house.run("build-site")
    with Folder(house.site).held():
        house.start()
        assert "Invoices are late" in text(house, "/")
        house.wait_for("/desk/sign-in/", 30)
        house.python(CONTINUE)
        assert "Sign-in is slow" not in text(house, "/")
    wait_until(lambda: "Sign-in is slow" in text(house, "/"), "the news on the page")


def test_without_a_database_and_without_a_site_there_is_nothing_to_serve(
    fallible: tuple[House, Database],
) -> None:
    house, database = fallible
    if not house.database_url:
        pytest.skip("SQLite creates a database where there is neither one nor a site")
    database.fall()
    assert "the database cannot be used" in house.run("serve", "--port", str(house.port), code=1)


def test_doctor_says_where_to_look_for_the_database(fallible: tuple[House, Database]) -> None:
    house, database = fallible
    house.run("build-site")
    database.fall()
    said = house.run("doctor", code=1)
    wanted = "AFTERWORD_DATABASE_URL" if house.database_url else "put the file back"
    assert wanted in said
    assert database.made_anew == []
