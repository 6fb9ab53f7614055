"""`afterword build-site` says what it did, and what to do when it cannot."""

import os
import pty
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import typer

from afterword.cli.build_site import _lines, build
from afterword.site_builder.folder import Folder
from publishing.press import a_page, word

pytestmark = pytest.mark.django_db


def test_it_says_how_many_files_changed_and_that_nothing_is_left_to_do(
    site_dir: Path, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    word(a_page(now), "inv", now)
    build()
    written = len(Folder(site_dir).entries())
    assert capsys.readouterr().out == f"{written} files written in {site_dir}\n"
    build()
    assert capsys.readouterr().out == f"Nothing to do: {site_dir} is up to date.\n"


def test_without_a_page_it_ends_with_words_and_a_failure(
    site_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended:
        build()
    assert ended.value.exit_code == 1
    assert "afterword demo" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_named(
    settings: Any, tmp_path: Path, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    word(a_page(now), "inv", now)
    (tmp_path / "in the way").touch()
    settings.SITE_DIR = tmp_path / "in the way" / "site"
    with pytest.raises(typer.Exit):
        build()
    assert f"{settings.SITE_DIR} cannot be written" in capsys.readouterr().err


def test_a_storage_that_takes_nothing_is_named_and_the_site_is_built(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    word(a_page(now), "inv", now)
    (tmp_path / "in the way").touch()
    settings.SITE_BUCKET = f"file://{tmp_path}/in the way/shared"
    with pytest.raises(typer.Exit):
        build()
    assert "the shared storage did not take it" in capsys.readouterr().err
    assert (site_dir / "index.html").exists()


def test_a_terminal_gets_a_bar_that_ends_at_the_whole(tmp_path: Path) -> None:
    """The command in a real terminal: a pseudo-terminal of a process of its own."""
    ours, theirs = pty.openpty()
    # The settings of this test's process are not the other's: the bar alone is shown there.
    program = (
        "from afterword.cli.build_site import _bar\n"
        "with _bar() as show:\n"
        "    [show(n, 7) for n in range(1, 8)]"
    )
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    script = f"import django; django.setup()\n{program}"
    with subprocess.Popen([sys.executable, "-c", script], stderr=theirs, env=environment) as shown:
        os.close(theirs)
        said = b""
        while part := _read(ours):
            said += part
        assert shown.wait(timeout=60) == 0
    os.close(ours)
    last = said.replace(b"\n", b"\r").decode().strip("\r").split("\r")[-1]
    assert "Building" in last
    assert "7/7" in last


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says EIO when the other side has closed
        return b""


def test_a_log_gets_ten_lines_for_a_large_site_and_none_for_a_small_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with _lines() as say:
        for done in range(1, 100):
            say(done, 99)
    assert capsys.readouterr().err == ""
    with _lines() as say:
        for done in range(1, 12_346):
            say(done, 12_345)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[-1] == "12345 of 12345 places"
