"""`afterword build-site` says what it did, and what to do when it cannot."""

from datetime import datetime
from pathlib import Path

import pytest
import typer

from afterword.cli.build_site import build
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
