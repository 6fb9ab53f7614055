"""What the README shows is what happens."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import plaintalk
from plaintalk.cli import main
from plaintalk.cli.main import COMMANDS
from plaintalk.configuration import read_configuration
from tests.facts import INVOICES, invoices

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.search(rf"(?s)```{language}\n(.*?)```", README)
    assert found
    return found[1]


def test_the_console_shows_what_it_says(capfd: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "record.json").write_text(json.dumps(INVOICES), "utf-8")
    (tmp_path / "closure.md").write_text("A brief outage hit a small number of users.\n", "utf-8")
    command, shown = block("console").split("\n", 1)
    assert main(command.removeprefix("$ plaintalk ").split()) == 1
    assert shown in capfd.readouterr().out


def test_the_configuration_can_be_read() -> None:
    configuration = read_configuration(block("toml"))
    assert configuration.kind_of("status/closures/2026/1.md") == "closure"
    profile = configuration.profile("status/closures/2026/1.md", "data_notice")
    assert profile.house_terms == (("log in", "sign in"),)
    assert dict(profile.severities) == {"MIN-01": "error", "TON-01": "error"}


def test_the_comment_lets_the_finding_stand() -> None:
    report = plaintalk.check(block("markdown"), kind="note")
    assert [one.finding.rule for one in report.allowed] == ["MIN-01"]
    assert not {one.rule for one in report.findings} & {"MIN-01", "HSE-02", "HSE-03", "HSE-04"}


def test_the_library_is_used_like_this(capfd: Any) -> None:
    text = "A brief outage hit a small number of users.\n"
    names: dict[str, Any] = {"facts": INVOICES, "text": text}
    exec(block("python"), names)
    assert "REC-01" in capfd.readouterr().out
    assert (names["title"], names["body"]) == plaintalk.draft("closure", invoices())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_described_and_exists(capfd: Any, command: str) -> None:
    assert f"`plaintalk {command}" in README
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert f"usage: plaintalk {command}" in capfd.readouterr().out
