"""The systemd units: the page comes up without its database, and settings mean one thing."""

import shlex
import subprocess
from pathlib import Path

import pytest

from afterword.config.declared import DECLARED

FOLDER = Path(__file__).resolve().parent.parent.parent.parent / "deploy" / "systemd"
UNITS = sorted(FOLDER.glob("*.service"))


def lines_of(unit: Path) -> list[tuple[str, str]]:
    """Return name and value of each setting of a unit."""
    lines = unit.read_text(encoding="utf-8").splitlines()
    return [(name, value) for name, mark, value in (x.partition("=") for x in lines) if mark]


@pytest.mark.parametrize("unit", UNITS, ids=lambda each: each.name)
def test_nothing_that_needs_the_database_keeps_a_service_from_starting(unit: Path) -> None:
    """A command before the service whose failure counts is a page that stays away."""
    first = [value for name, value in lines_of(unit) if name.startswith("ExecStartPre")]
    assert all(each.startswith("-") for each in first)


@pytest.mark.parametrize("unit", UNITS, ids=lambda each: each.name)
def test_settings_come_from_one_file_that_a_shell_reads_alike(unit: Path) -> None:
    told = dict(lines_of(unit))
    assert told["EnvironmentFile"] == "/etc/afterword/settings.env"
    script = (FOLDER / "afterword.sh").read_text(encoding="utf-8")
    assert f". {told['EnvironmentFile']}\n" in script
    folder = told["StateDirectory"]
    settings = settings_by_a_shell(FOLDER / "settings.env")
    assert settings["AFTERWORD_DATA_DIR"] == f"/var/lib/{folder}"
    assert settings["AFTERWORD_SITE_DIR"].startswith(told["ReadWritePaths"])


def test_the_settings_to_begin_with_are_settings_and_come_through_whole() -> None:
    settings = settings_by_a_shell(FOLDER / "settings.env")
    assert settings.keys() <= {each.name for each in DECLARED}
    assert settings["AFTERWORD_MAIL_FROM"] == "Status <status@example.org>"
    as_systemd = {
        name: shlex.split(value)[0]
        for name, mark, value in (
            line.partition("=")
            for line in (FOLDER / "settings.env").read_text(encoding="utf-8").splitlines()
            if not line.startswith("#")
        )
        if mark
    }
    assert as_systemd == settings


def settings_by_a_shell(file: Path) -> dict[str, str]:
    said = subprocess.run(
        ["/bin/sh", "-c", f"set -a; . {shlex.quote(str(file))}; exec env -0"],
        env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    found = dict(each.split("=", 1) for each in said.split("\0") if each)
    return {name: value for name, value in found.items() if name.startswith("AFTERWORD_")}
