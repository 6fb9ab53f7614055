"""`afterword demo` in a folder of its own, whatever the environment says of a real installation."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.own_database


def demo(folder: Path, *words: str, **env: str) -> "subprocess.CompletedProcess[str]":
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AFTERWORD_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "afterword.cli.main", "demo", "--no-serve", *words],
        capture_output=True, text=True, cwd=folder, env=kept | env, timeout=300, check=False,
    )  # fmt: skip


def incidents_in(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "afterword.sqlite3") as database:
        rows = database.execute("SELECT public_id FROM incidents_incident").fetchall()
    database.close()
    return sorted(row[0] for row in rows)


@pytest.mark.slow
def test_the_demo_is_made_once_and_anew_only_when_asked(tmp_path: Path) -> None:
    elsewhere = "postgres://nobody@127.0.0.1:1/real"
    first = demo(tmp_path, AFTERWORD_DATABASE_URL=elsewhere, AFTERWORD_SITE_DIR="/nowhere")
    assert first.returncode == 0, first.stderr
    assert "100 %" in first.stdout
    assert "mara@brambleworth.example" in first.stdout
    assert "seven-lanterns-at-dusk" in first.stdout
    folder = tmp_path / "demo-data"
    assert (folder / "site" / "index.html").exists()
    made = incidents_in(folder)
    second = demo(tmp_path)
    assert "Using the demo in" in second.stdout
    assert incidents_in(folder) == made
    assert demo(tmp_path, "--fresh").returncode == 0
    assert incidents_in(folder) != made


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    refused = demo(tmp_path, "--data-dir", "thesis", "--fresh")
    assert refused.returncode == 2
    assert "no demo" in refused.stderr
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "mine"
    assert len(list((tmp_path / "thesis").iterdir())) == 1
