"""What is exported for Vale tells good from bad, and what is not exported says why."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import plaintalk
from plaintalk.cli import main
from plaintalk.output import vale

FILES = vale.files(plaintalk.DEFAULT_PROFILE)
RULES = {rule.name: rule for rule in plaintalk.RULES}
EXPORTED = sorted(name for name in FILES if name.endswith(".yml"))


def fields(content: str) -> dict[str, Any]:
    """The flat mapping with one list or mapping at the end that the exporter writes."""
    read: dict[str, Any] = {}
    for line in content.splitlines():
        if line.startswith("  - "):
            read["raw"] = json.loads(line[4:])
        elif line.startswith("  "):
            key, value = re.fullmatch(r'  ("(?:\\.|[^"])*"): (".*")', line).groups()  # type: ignore[union-attr]
            read.setdefault("swap", {})[json.loads(key)] = json.loads(value)
        elif not line.endswith(":"):
            key, value = line.split(": ", 1)
            read[key] = json.loads(value)
    return read


@pytest.mark.parametrize("name", EXPORTED)
def test_an_exported_rule_tells_its_own_examples_apart(name: str) -> None:
    rule = RULES[Path(name).stem]
    read = fields(FILES[name])
    assert read["extends"] == "existence"
    assert read["level"] in ("error", "warning", "suggestion")
    assert read["message"].replace("'%s'", "").count("%") == 0
    pattern = re.compile(read["raw"], re.IGNORECASE)
    for example in rule.bad:
        assert pattern.search(example.text), example.text
        assert pattern.search(example.text.replace("'", "’")), example.text
    for example in (one for one in rule.good if one.kind in rule.kinds):
        assert not pattern.search(example.text), example.text


def test_a_line_break_is_a_blank() -> None:
    pattern = re.compile(fields(FILES["plaintalk/office-words.yml"])["raw"], re.IGNORECASE)
    assert pattern.search("We mended it prior\nto noon.")


def test_every_rule_is_exported_or_listed_with_its_reason() -> None:
    assert len(EXPORTED) >= 30
    left_out = dict(re.findall(r"(?m)^- ([A-Z]{3}-\d\d) [\w-]+: (.+)$", FILES["README.md"]))
    stems = {Path(name).stem for name in EXPORTED}
    for rule in plaintalk.RULES:
        assert (rule.name in stems) != (rule.id in left_out), rule.id
    assert "facts" in left_out["REC-01"]


def test_rules_for_reviews_are_kept_apart_from_rules_for_readers() -> None:
    for name in EXPORTED:
        for_reviews = RULES[Path(name).stem].kinds == ("postmortem",)
        assert name.startswith("plaintalk-review/" if for_reviews else "plaintalk/")


def test_house_terms_and_choices_go_along(capfd: Any, tmp_path: Path) -> None:
    config = tmp_path / "plaintalk.toml"
    config.write_text(
        '[terms]\n"log in" = "sign in"\n[off]\noffice-words = "our readers are lawyers"\n'
        '[severity]\nform-letter = "error"\n',
        "utf-8",
    )
    folder = tmp_path / "styles" / "new"
    assert main(["export", "vale", str(folder), "--config", str(config)]) == 0
    assert "README.md" in capfd.readouterr().out
    terms = fields((folder / "plaintalk" / "house-term.yml").read_text("utf-8"))
    assert terms["swap"] == {"log in": "sign in"}
    assert not (folder / "plaintalk" / "office-words.yml").exists()
    assert "switched off: our readers are lawyers" in (folder / "README.md").read_text("utf-8")
    assert fields((folder / "plaintalk" / "form-letter.yml").read_text("utf-8"))["level"] == "error"


def test_a_folder_that_cannot_be_written_is_misuse(capfd: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert main(["export", "vale", str(tmp_path / "file")]) == 2
    assert "file" in capfd.readouterr().err
