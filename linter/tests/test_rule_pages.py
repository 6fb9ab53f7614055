"""The pages about the rules are those the rules themselves give."""

import subprocess
import sys
from pathlib import Path

import plaintalk

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "docs_rules.py"


def test_every_rule_has_its_place_on_a_page() -> None:
    pages = {
        path.stem: path.read_text("utf-8") for path in (ROOT / "linter/docs/rules").glob("*.md")
    }
    for rule in plaintalk.RULES:
        assert f"## {rule.id} {rule.name}\n" in pages[rule.category], rule.id


def test_drift_fails_the_check_and_writing_mends_it(tmp_path: Path) -> None:
    source = TOOL.read_text("utf-8")
    (tmp_path / "tools").mkdir()
    tool = tmp_path / "tools" / "docs_rules.py"
    tool.write_text(source, "utf-8")

    def run(*arguments: str) -> int:
        command = [sys.executable, str(tool), *arguments]
        env = {"PYTHONPATH": str(ROOT / "linter" / "src")}
        return subprocess.run(command, env=env, capture_output=True, check=False).returncode

    assert run("--check") == 1
    assert run() == 0
    assert run("--check") == 0
    page = tmp_path / "linter" / "docs" / "rules" / "tone.md"
    page.write_text(page.read_text("utf-8") + "more\n", "utf-8")
    (page.parent / "old.md").write_text("", "utf-8")
    assert run("--check") == 1
    assert run() == 0
    assert run("--check") == 0
    assert not (page.parent / "old.md").exists()
