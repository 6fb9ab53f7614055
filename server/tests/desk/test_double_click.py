"""A form clicked many times at one instant, on the database of the suite and with real commits:
one incident, one word, one letter for each reader.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from journeys.house import own_database

pytestmark = pytest.mark.slow
TESTS = Path(__file__).resolve().parent.parent


def test_many_clicks_at_once_publish_once_and_all_lead_to_it(tmp_path: Path) -> None:
    with own_database() as url:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AFTERWORD_")}
        path = os.pathsep.join(p for p in (str(TESTS), kept.get("PYTHONPATH", "")) if p)
        (tmp_path / "static").mkdir()
        done = subprocess.run(
            [sys.executable, TESTS / "desk" / "double_click.py"],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
            env=kept
            | {
                "AFTERWORD_DATA_DIR": str(tmp_path),
                "AFTERWORD_DATABASE_URL": url,
                "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
                "PYTHONPATH": path,
            },
        )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["broken"] == []
    assert told["answers"] == 12
    assert (len(told["opened"]), len(told["resolved"])) == (1, 1), told
    assert told["opened"][0].startswith("302 /desk/incidents/")
    assert told["resolved"][0].startswith("302 /desk/cases/")
    assert (told["incidents"], told["publications"]) == (1, 2)
    once_each = [f"r{n}@fernway.example" for n in range(5)]
    assert told["letters"] == sorted(once_each * 2)
