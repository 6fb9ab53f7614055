import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from postbox.sink import Sink, running_sink
from worker.houses import ON_SQLITE, READERS, House, database, environment_of, named

POSTGRES = "AFTERWORD_TEST_POSTGRES_URL"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded")
    House(environment_of(folder)).act("found", str(READERS))
    return folder


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Name of a founded database that tests copy; skips where there is no PostgreSQL."""
    url = os.environ.get(POSTGRES)
    if not url:
        pytest.skip(f"no PostgreSQL: set {POSTGRES} to postgres://user@host/database")
    name = f"afterword_founded_{secrets.token_hex(6)}"
    with database(url, name):
        House(environment_of(tmp_path_factory.mktemp("pg"), named(url, name))).act(
            "found", str(READERS)
        )
        yield name


@pytest.fixture(params=[ON_SQLITE, "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A founded house with 200 subscribers, on each database in turn."""
    data_dir = tmp_path / "data"
    with contextlib.ExitStack() as leaving:
        if request.param == "sqlite":
            shutil.copytree(request.getfixturevalue("sqlite_template"), data_dir)
            house = House(environment_of(data_dir))
        else:
            template = request.getfixturevalue("postgres_template")
            url, name = os.environ[POSTGRES], f"afterword_test_{secrets.token_hex(6)}"
            leaving.enter_context(database(url, name, template))
            house = House(environment_of(data_dir, named(url, name)))
        (data_dir / "static").mkdir(parents=True, exist_ok=True)
        try:
            yield house
        finally:
            for process in house.running:
                house.kill(process)


@pytest.fixture
def sink(house: House) -> Iterator[Sink]:
    """A mail server that the house's worker sends to, over one connection unless a test says so."""
    with running_sink() as running:
        house.environment["AFTERWORD_SMTP_URL"] = f"{running.url}?connections=1"
        yield running
