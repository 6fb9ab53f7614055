"""A real Afterword in a process group of its own, with its own database and SMTP sink."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from aiosmtpd.controller import Controller

from afterword.site_builder.forms import PACKINGS

READINGS = 20
PASSWORD = "correct-horse-battery-staple"
PEOPLE = {
    "writer": ("wanda@larkbridge.example", "Wanda Writer", ["writer", "responder"]),
    "reviewer": ("rolf@larkbridge.example", "Rolf Reviewer", ["reviewer", "publisher", "writer"]),
    "investigator": ("ines@larkbridge.example", "Ines Investigator", ["investigator", "writer"]),
}


class Sink:
    """Collects every message handed over by SMTP."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.received.append((list(envelope.rcpt_tos), bytes(envelope.content)))
        return "250 kept"

    @property
    def messages(self) -> list[Message]:
        return [message_from_bytes(raw) for _, raw in self.received]


def words_of(message: Message) -> str:
    """Return every text part of a message, decoded."""
    parts = (part.get_payload(decode=True) for part in message.walk() if not part.is_multipart())
    return "\n".join(bytes(p).decode("utf-8", "replace") for p in parts if isinstance(p, bytes))


def every_built_byte(house: "House") -> dict[str, bytes]:
    """Return each file of the built site by its path, packed ones unpacked.

    The house may be building: a file that went away between being listed and
    being read was renamed or replaced, so all of them are read once more.
    """
    for _ in range(READINGS):
        with contextlib.suppress(FileNotFoundError):
            return _read_all(house.site)
    return _read_all(house.site)


def _read_all(site: Path) -> dict[str, bytes]:
    unpack = {packing.ending: packing.unpack for packing in PACKINGS}
    return {
        str(path.relative_to(site)): unpack.get(path.suffix, bytes)(path.read_bytes())
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def wait_until(true: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Ask ten times a second; fail with ``what`` when the answer never is yes."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(f"in {seconds} s, {what} did not happen")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def smtp_sink() -> Iterator[tuple[Sink, int]]:
    """Yield a sink listening on a free port of the loopback."""
    sink, port = Sink(), free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink, port
    finally:
        controller.stop()


@contextlib.contextmanager
def own_database(like: str = "") -> Iterator[str]:
    """Yield the address of a PostgreSQL database, or "" where the suite runs on SQLite.

    It is empty, or a copy of the one at the address ``like``, to which nobody may be connected.
    """
    server = os.environ.get("AFTERWORD_TEST_POSTGRES_URL", "")
    if not server:
        yield ""
        return
    name = f"afterword_journey_{secrets.token_hex(6)}"
    template = urlsplit(like).path.removeprefix("/") or "template1"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass
class House:
    """One running Afterword. ``start``/``kill`` may be called again and again."""

    data_dir: Path
    database_url: str
    smtp_port: int
    port: int = field(default_factory=free_port)
    extra_env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def site(self) -> Path:
        return self.data_dir / "site"

    @property
    def env(self) -> dict[str, str]:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("AFTERWORD_", "DJANGO_"))}
        return env | {
            "AFTERWORD_DATA_DIR": str(self.data_dir),
            "AFTERWORD_DATABASE_URL": self.database_url,
            "AFTERWORD_PUBLIC_URL": self.url,
            "AFTERWORD_SMTP_URL": f"smtp://127.0.0.1:{self.smtp_port}" if self.smtp_port else "",
            "AFTERWORD_MAIL_FROM": "Larkbridge Status <status@larkbridge.example>",
            **self.extra_env,
        }

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run one `afterword` command and return what it printed, both streams."""
        done = subprocess.run(
            [str(Path(sys.executable).parent / "afterword"), *arguments],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        return said

    def python(self, script: str) -> str:
        """Run a few lines with the rooms importable, in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-c", "import django; django.setup()\n" + script],
            env=self.env | {"DJANGO_SETTINGS_MODULE": "afterword.config.settings"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def furnish(self) -> None:
        """Create the database and the people."""
        self.run("migrate")
        secret = self.data_dir / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        for email, name, roles in PEOPLE.values():
            wanted = [word for role in roles for word in ("--role", role)]
            self.run("createuser", email, "--name", name, *wanted, "--password-file", str(secret))

    def start(self, *command: str) -> None:
        """Start `afterword serve`, or what is given in its place, and wait for the page."""
        usual = (str(Path(sys.executable).parent / "afterword"), "serve", "--port", str(self.port))
        log = (self.data_dir / "server.log").open("ab")
        self.process = subprocess.Popen(
            command or usual,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        log.close()
        self.wait_for("/healthz", 30)

    @contextlib.contextmanager
    def beside(self, *arguments: str) -> Iterator[None]:
        """Run an `afterword` command beside the server; it is killed at the end."""
        with (self.data_dir / "beside.log").open("ab") as log:
            process = subprocess.Popen(
                [str(Path(sys.executable).parent / "afterword"), *arguments],
                env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        try:
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=20)

    def wait_for(self, path: str, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.process is None or self.process.poll() is None, self.log()
            if self.answers(path):
                return
            time.sleep(0.1)
        raise AssertionError(f"{path} did not answer in {seconds} s\n{self.log()}")

    def answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(self.url + path, timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def log(self) -> str:
        path = self.data_dir / "server.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Signal the whole process group and wait for its end."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        self.process.wait(timeout=20)
        self.process = None


@contextlib.contextmanager
def open_house(data_dir: Path, smtp_port: int = 0, like: House | None = None) -> Iterator[House]:
    """Yield a furnished house that is not started yet; whatever runs is killed at the end.

    With ``like`` it is a copy of that house, in which nothing may be running; furnishing one anew
    takes seconds, for its tables are made and its people's passwords hashed.
    """
    if like is None:
        data_dir.mkdir(parents=True, exist_ok=True)
    else:
        shutil.copytree(like.data_dir, data_dir, dirs_exist_ok=True)
    with own_database(like.database_url if like else "") as database_url:
        house = House(data_dir=data_dir, database_url=database_url, smtp_port=smtp_port)
        if like is None:
            house.furnish()
        try:
            yield house
        finally:
            house.kill()
