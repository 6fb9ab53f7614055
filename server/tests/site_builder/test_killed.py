"""kill -9 in the middle of a build, again and again: the site comes back whole, byte for byte."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.own_database]
PROGRAM = Path(__file__).with_name("killed_builder.py")
KILLS = 5


def environment(data: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AFTERWORD_")}
    return kept | {
        "AFTERWORD_DATA_DIR": str(data),
        "AFTERWORD_SECRET_KEY": "a key for tests, long enough to be accepted: 0123456789",
        "AFTERWORD_PUBLIC_URL": "https://status.larkbridge.example",
        "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
    }


def kill_while_building(data: Path, chance: random.Random) -> None:
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), "publish", str(chance.randint(0, 10**9))],
        env=environment(data), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as builder:  # fmt: skip
        assert builder.stdout is not None
        for _ in range(chance.randint(2, 5)):
            said = builder.stdout.readline()
            if not said:
                assert builder.stderr is not None
                pytest.fail(f"the builder ended by itself: {builder.stderr.read()}")
        time.sleep(chance.uniform(0, 0.05))
        builder.send_signal(signal.SIGKILL)
        assert builder.wait(timeout=30) == -signal.SIGKILL


def mend(data: Path, verb: str = "mend") -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), verb],
        env=environment(data), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty database, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("migrated")
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        env=environment(folder), check=True, timeout=120,
    )  # fmt: skip
    return folder


@pytest.fixture
def data(tmp_path: Path, migrated: Path) -> Path:
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_a_killed_builder_leaves_a_site_that_a_restart_makes_whole(data: Path) -> None:
    chance = random.Random(20260304)
    harmed = 0
    for _ in range(KILLS):
        kill_while_building(data, chance)
        found = mend(data)
        assert found["different"] == []
        assert found["files"] > 20
        assert not list((data / "site").rglob(".tmp-*"))
        harmed += bool(found["temporary"] or found["waiting"])
    # The kills must have hit something, or this test shows nothing.
    assert harmed >= 2


def test_several_at_once_publish_without_a_gap_and_build_one_truth(data: Path) -> None:
    subprocess.run(
        [sys.executable, str(PROGRAM), "begin"], env=environment(data), check=True, timeout=60
    )
    several = [
        subprocess.Popen([sys.executable, str(PROGRAM), "storm", str(n)], env=environment(data))
        for n in range(3)
    ]
    several.append(
        subprocess.Popen([sys.executable, str(PROGRAM), "rebuild"], env=environment(data))
    )
    assert [each.wait(timeout=120) for each in several] == [0, 0, 0, 0]
    found = mend(data, "verify")
    assert (found["temporary"], found["waiting"], found["different"]) == (0, 0, [])
