"""What two connections do at the same instant, on PostgreSQL."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import POSTGRES
from journeys.house import own_database

TESTS = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(
    not os.environ.get(POSTGRES), reason="SQLite lets one writer in at a time"
)


def run(which: str, data: Path) -> dict[str, Any]:
    with own_database() as url:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AFTERWORD_")}
        done = subprocess.run(
            [sys.executable, TESTS / "fanout" / "two_at_once.py", which],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
            env=kept
            | {
                "AFTERWORD_DATA_DIR": str(data),
                "AFTERWORD_DATABASE_URL": url,
                "AFTERWORD_CANCEL_SECONDS": "0",
                "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
                "PYTHONPATH": str(TESTS),
            },
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_two_workers_never_tell_a_reader_one_digest_in_two(tmp_path: Path) -> None:
    assert run("digest", tmp_path) == {"meanwhile": 0, "first": 1, "twice": 0}


def test_cancelling_and_writing_down_results_never_wait_for_each_other(tmp_path: Path) -> None:
    seen = run("cancel", tmp_path)
    assert seen == {"faults": [], "states": ["withdrawn"] * 6, "again": 0}


@pytest.mark.parametrize("what", ["finished", "cancelled"])
def test_a_run_is_cancelled_beside_one_that_tells_it_too(tmp_path: Path, what: str) -> None:
    seen = run(f"beside one that is {what}", tmp_path)
    assert seen == {"faults": [], "state": "cancelled"}


@pytest.mark.parametrize("what", ["two addresses", "two pages"])
def test_who_is_refused_is_stopped_while_letters_to_them_are_written(
    tmp_path: Path, what: str
) -> None:
    assert run(what, tmp_path) == {"faults": [], "left": 0}
