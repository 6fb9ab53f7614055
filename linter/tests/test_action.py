"""The GitHub action's script and the pre-commit hook, run as those tools run them."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "linter" / "action" / "check.sh"
FEW = "A handful of accounts lost a file.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = tmp_path / "work" / "status" / "deep er"
    texts.mkdir(parents=True)
    (texts / "a note.md").write_text(FEW, "utf-8")
    (texts / "--help.md").write_text(FEW, "utf-8")
    return tmp_path


def act(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    variables = {f"PLAINTALK_{name.upper()}": value for name, value in inputs.items()}
    return subprocess.run(
        ["bash", str(SCRIPT)],
        cwd=folder / "work",
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_findings_become_annotations(folder: Path) -> None:
    done = act(folder, files="status/**/*.md\n", kind="note")
    assert done.returncode == 0, done.stderr
    assert "file=./status/deep er/a note.md,line=1" in done.stdout
    assert "file=./status/deep er/--help.md,line=1" in done.stdout
    assert act(folder, files="status/**/*.md", kind="note", fail_on="warning").returncode == 1


def test_the_findings_are_also_written_for_code_scanning(folder: Path) -> None:
    done = act(folder, files="status/*/a note.md", kind="note", sarif="out.sarif")
    assert done.returncode == 0, done.stderr
    log = json.loads((folder / "work" / "out.sarif").read_text("utf-8"))
    assert "MIN-01" in {one["ruleId"] for one in log["runs"][0]["results"]}


@pytest.mark.parametrize("files", ["", "none/*.md", "$(touch hacked)", "`touch hacked`"])
def test_no_file_is_an_error_and_patterns_are_never_run(folder: Path, files: str) -> None:
    done = act(folder, files=files)
    assert done.returncode == 2
    assert "no file matches" in done.stdout
    assert not list(folder.rglob("hacked"))


def test_a_wrong_input_fails_the_step_and_says_why(folder: Path) -> None:
    done = act(folder, files="status/**/*.md", kind="poem")
    assert done.returncode == 2
    assert "poem" in done.stderr


def test_inputs_reach_the_script_as_variables_only() -> None:
    action = (ROOT / "action.yml").read_text("utf-8")
    scripts = [part.split("\n    - ")[0] for part in action.split("run: ")[1:]]
    assert scripts
    assert not any("${{" in script for script in scripts)
    for name in ("files", "kind", "record", "fail-on", "config", "sarif"):
        variable = f"PLAINTALK_{name.upper().replace('-', '_')}"
        assert f"{variable}: ${{{{ inputs.{name} }}}}" in action
        assert variable in SCRIPT.read_text("utf-8")


def test_the_hook_runs_from_a_checkout_with_nothing_installed(folder: Path) -> None:
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    found = re.search(r"(?m)^  entry: (\S+) (.+)$", hook)
    assert found
    assert "\n  language: script\n" in hook
    note = folder / "work" / "status" / "deep er" / "a note.md"
    done = subprocess.run(
        [ROOT / found[1], *found[2].split(), "--kind", "note", "--fail-on", "warning", note],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "MIN-01" in done.stdout
