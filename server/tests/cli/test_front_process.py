"""What a killed server leaves behind is cleared away by the next one, and nothing else is."""

import fcntl
import os
import tempfile
from pathlib import Path

import pytest

from afterword.cli.front_process import _own_folder


def left_behind(where: Path, name: str, age: float = 3600) -> Path:
    """Return a folder as a server has it that was started ``age`` seconds ago."""
    folder = where / name
    folder.mkdir()
    (folder / "held").touch()
    (folder / "app").touch()
    then = folder.stat().st_mtime - age
    os.utime(folder, (then, then))
    return folder


def test_folders_of_killed_servers_go_and_those_of_running_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed = left_behind(tmp_path, "afterword-serve-killed")
    running = left_behind(tmp_path, "afterword-serve-running")
    beginning = left_behind(tmp_path, "afterword-serve-beginning", age=1)
    other = left_behind(tmp_path, "afterword-demo")
    with (running / "held").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with _own_folder() as own:
            there = {each.name for each in tmp_path.iterdir()}
            assert there == {each.name for each in (running, beginning, other, own)}
            with _own_folder() as second:
                assert second != own
                assert own.exists()
    assert not own.exists()
    assert not killed.exists()
