"""Real commits by several people at once, on the database of the suite."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from journeys.house import own_database

pytestmark = pytest.mark.slow
TESTS = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with own_database() as url:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AFTERWORD_")}
        done = subprocess.run(
            [sys.executable, TESTS / "statements" / "crowd.py", "6"],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
            env=kept
            | {
                "AFTERWORD_DATA_DIR": str(tmp_path_factory.mktemp("crowd")),
                "AFTERWORD_DATABASE_URL": url,
                "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
                "PYTHONPATH": str(TESTS),
            },
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_everybody_who_starts_a_text_gets_the_same_one(seen: Any):
    assert seen["writing"]["started"] == ["done"] * 6


def test_of_many_writers_none_loses_a_word_and_all_but_one_are_told(seen: Any):
    writing = seen["writing"]
    assert writing["told"] == ["Conflict"] * 5 + ["done"]
    assert writing["numbers"] == list(range(1, 8))
    assert writing["bodies"] == [f"words of writer {n}" for n in range(6)]


def test_what_leaves_is_exactly_what_was_approved_under_exactly_that_record(seen: Any):
    for each in seen["publishing"]:
        assert len(each["left"]) <= 1, "it left twice"
        assert each["left"] in ([], [[True, True]])
        assert (each["state"] == "published") == bool(each["left"])


def test_the_record_is_never_refused_because_of_a_text(seen: Any):
    assert {each["told"][3] for each in seen["publishing"]} == {"done"}
