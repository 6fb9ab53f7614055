"""Six people at once, in a process with a database of its own: nothing is lost, nobody waits
for ever, the audit chain stays whole.
"""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

pytestmark = pytest.mark.slow
SCRIPT = Path(__file__).with_name("at_once.py")


@pytest.fixture
def database_url() -> Iterator[str]:
    """The address of an empty PostgreSQL database, or "" for SQLite in the data folder."""
    server = os.environ.get("AFTERWORD_TEST_POSTGRES_URL", "")
    if not server:
        yield ""
        return
    import psycopg

    name = f"at_once_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_six_people_at_once_leave_everything_whole(tmp_path: Path, database_url: str) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT)],
        env=os.environ
        | {
            "AFTERWORD_DATA_DIR": str(tmp_path),
            "AFTERWORD_DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["broken"] == []
    assert told["links"] == []
    assert told["open_spans"] == [1] * 6
    assert all(told["agree"])
    assert told["gapless"]
    assert told["latest"]
    assert told["cases"] == 1
