"""What every test stands on: its own data folder, a clock that stands still, no network."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from browsing import Chromium

POSTGRES = "AFTERWORD_TEST_POSTGRES_URL"
ROOT = Path(__file__).resolve().parent.parent.parent
# What a run is told from outside and tests ask for; no other setting of this machine reaches them.
TOLD = frozenset({POSTGRES, "AFTERWORD_SHARED", "AFTERWORD_CHROMIUM", "AFTERWORD_LONG_JOURNEYS"})
NOON = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)

_data = tempfile.TemporaryDirectory(prefix="afterword-tests-", ignore_cleanup_errors=True)
for _name in [name for name in os.environ if name.startswith("AFTERWORD_")]:
    if _name not in TOLD:
        del os.environ[_name]
os.environ["AFTERWORD_DATA_DIR"] = _data.name
# Where `collectstatic` would write; whitenoise warns when it is missing.
(Path(_data.name) / "static").mkdir()
os.environ["AFTERWORD_SECRET_KEY"] = (
    "a key for tests, long enough to be accepted as one: 0123456789"
)
os.environ["AFTERWORD_EMBEDDED_WORKER"] = "no"
if os.environ.get(POSTGRES):
    os.environ["AFTERWORD_DATABASE_URL"] = os.environ[POSTGRES]
os.environ["DJANGO_SETTINGS_MODULE"] = "afterword.config.settings"


# A slow machine is no fault of the code, and CI must not fail on an example nobody can repeat.
hypothesis.settings.register_profile(
    "afterword", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=100
)
hypothesis.settings.load_profile("afterword")


class NetworkIsClosed(RuntimeError):
    """A test reached for something outside this machine."""


def _is_local(host: Any) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    return host in {None, "", "localhost", "::1", "ip6-localhost"} or str(host).startswith("127.")


def _only_loopback(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse connections, datagrams, listening and look-ups beyond this machine."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"}:
        address = arguments[1]
        # Unix sockets have a path for an address, socket pairs none.
        host = address[0] if isinstance(address, tuple) and address else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if not _is_local(host):
        raise NetworkIsClosed(f"{event} to {host!r}: tests talk to this machine only")


# A hook of the interpreter sees every socket, also those made inside libraries.
sys.addaudithook(_only_loopback)


def pytest_configure() -> None:
    from django.conf import settings

    if not os.environ.get(POSTGRES):
        # Several runners at once would else take our SQLite for a server, and its path for a name.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = ":memory:"
    # The real hasher costs a tenth of a second a sign-in.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """On PostgreSQL, what readers ask is answered, and pages are built, as the outward role.

    So every test of the public site is one of what that role may do, and no page is in any test
    built from what is inside.
    """
    if not os.environ.get(POSTGRES):
        yield
        return
    from outward import readers_role

    with django_db_blocker.unblock(), readers_role():
        django_db_blocker.block()
        yield
        django_db_blocker.unblock()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Say of tests that read what their module built that they need the database, as it did.

    pytest-django makes one only if a collected test asks for it.
    """
    if "told_apart" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.django_db)


def pytest_report_header() -> str:
    from django.conf import settings

    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


class FixedClock:
    """Stands in for the clock of `afterword.kit`; moves only when told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, **span: float) -> datetime:
        """Move by `timedelta(**span)` and return the new time."""
        self.at += timedelta(**span)
        return self.at


@pytest.fixture
def now() -> datetime:
    """Noon, UTC, on 18 March 2026: the `now` to hand to verbs."""
    return NOON


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FixedClock:
    """A still clock under everything that asks `afterword.kit.clock.now()`, starting at noon."""
    from afterword.kit import clock as real

    fixed = FixedClock(NOON)
    monkeypatch.setattr(real, "now", fixed.now)
    return fixed


@pytest.fixture
def site_dir(settings: Any, tmp_path: Path) -> Path:
    """An empty site folder for this test alone."""
    settings.SITE_DIR = tmp_path / "site"
    return tmp_path / "site"


@pytest.fixture(scope="module")
def told_apart(django_db_setup: None, django_db_blocker: Any) -> Callable[[Path], Any]:
    """For a fixture of a whole module: ``with told_apart(folder): …`` tells and builds a site.

    What is written to the database within is taken back at the end; the folder stays, for tests
    that only read what was built.
    """
    from django.db import transaction
    from django.test import override_settings

    @contextmanager
    def telling(folder: Path) -> Iterator[None]:
        with (
            django_db_blocker.unblock(),
            override_settings(SITE_DIR=folder),
            transaction.atomic(),
        ):
            yield
            transaction.set_rollback(True)

    return telling


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """An installation with people in it that never runs: journeys open copies of it."""
    from journeys.house import open_house

    with open_house(tmp_path_factory.mktemp("furnished") / "house") as found:
        yield found


@pytest.fixture(scope="session")
def shared_fixtures() -> Path:
    """The folder of recordings of other companies' public pages; skips where it is missing."""
    shared = Path(os.environ.get("AFTERWORD_SHARED") or ROOT.parent / "shared")
    if not (shared / "fixtures").is_dir():
        pytest.skip(f"no recordings at {shared / 'fixtures'}; set AFTERWORD_SHARED to their folder")
    return shared / "fixtures"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """A Chromium to open; skips where there is none (`make test` tries to install it)."""
    candidates = (
        os.environ.get("AFTERWORD_CHROMIUM", ""),
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    )
    for path in candidates:
        if path and os.access(path, os.X_OK):
            found = Chromium(path)
            yield found
            found.stop()
            return
    pytest.skip("no Chromium here: apt-get install chromium, or set AFTERWORD_CHROMIUM")


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Any]:
    """The Chromium, open for this test; the database is closed to it meanwhile."""
    with chromium.open() as opened:
        yield opened
