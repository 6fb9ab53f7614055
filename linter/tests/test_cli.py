"""The command line as a stranger uses it."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from plaintalk.cli import main
from tests.facts import INVOICES

BAD = "A brief outage hit a small number of users.\n"


@pytest.fixture
def record(tmp_path: Path) -> str:
    path = tmp_path / "record.json"
    path.write_text(json.dumps(INVOICES), "utf-8")
    return str(path)


@pytest.fixture
def bad(tmp_path: Path) -> str:
    path = tmp_path / "closure.md"
    path.write_text(BAD, "utf-8")
    return str(path)


def run(capfd: Any, *arguments: str) -> tuple[int, str, str]:
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = int(stop.code or 0)
    out, err = capfd.readouterr()
    return status, out, err


def test_findings_are_shown_with_carets(capfd: Any, bad: str, record: str) -> None:
    status, out, _ = run(capfd, "check", bad, "--kind", "closure", "--record", record)
    assert status == 1
    assert f"{bad}:1:1: error: REC-01 calls-it-short" in out
    assert "    A brief outage hit a small number of users.\n    ^^^^^^^^^^^^^^\n" in out
    assert "Fix: An outage of 6 hours 12 minutes" in out


def test_json_follows_the_contract(capfd: Any, bad: str, record: str) -> None:
    status, out, _ = run(
        capfd, "check", bad, "--kind", "closure", "--record", record, "--format", "json"
    )
    assert status == 1
    shown = json.loads(out)
    assert list(shown) == ["version", "documents"]
    document = shown["documents"][0]
    assert list(document) == ["path", "kind", "findings", "coverage", "not_checked"]
    assert list(document["coverage"]) == [
        "what_happened", "who_affected", "duration", "prevention", "data_impact", "resolved",
        "stability", "thanks", "ownership", "next_step",
    ]  # fmt: skip
    finding = document["findings"][0]
    assert list(finding) == [
        "rule", "category", "severity", "start", "end", "line", "column", "quote", "message",
        "suggestion", "record_field",
    ]  # fmt: skip
    for finding in document["findings"]:
        assert finding["quote"] == BAD[finding["start"] : finding["end"]]


def test_a_clean_text_exits_with_zero(capfd: Any, tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("Exports failed.\n", "utf-8")
    assert run(capfd, "check", str(path), "--kind", "note")[0] == 0


def test_the_level_that_fails_can_be_chosen(capfd: Any, tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("We are improving our monitoring.\n", "utf-8")
    assert run(capfd, "check", str(path), "--kind", "note")[0] == 0
    assert run(capfd, "check", str(path), "--kind", "note", "--fail-on", "warning")[0] == 1


def test_standard_input_is_read(capfd: Any, monkeypatch: Any) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"This will never happen again.\n"))
    monkeypatch.setattr("sys.stdin", stdin)
    status, out, _ = run(capfd, "check", "-", "--kind", "note")
    assert status == 1
    assert "-:1:1: error: OVR-01" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",), ("check", "no-such-file.md"), ("chek",), ("check", "x.md", "--kind", "poem"),
        ("explain", "ZZZ-99"), ("check", "-", "-"), (),
    ],
)  # fmt: skip
def test_misuse_exits_with_two_and_says_why(capfd: Any, arguments: tuple[str, ...]) -> None:
    status, out, err = run(capfd, *arguments)
    assert status == 2
    assert out == ""
    assert err.startswith("plaintalk: ")


def test_a_record_that_cannot_be_used_names_every_fault(
    capfd: Any, bad: str, tmp_path: Path
) -> None:
    path = tmp_path / "record.json"
    path.write_text(json.dumps({"schema": "x", "data": {"loss": 1}}), "utf-8")
    status, _, err = run(capfd, "check", bad, "--record", str(path))
    assert status == 2
    assert "schema" in err
    assert "data.loss" in err


@pytest.mark.parametrize("content", [b"{", b"[" * 100_000, b"\xff\xfe", b"[]", b"null"])
def test_a_broken_record_file_is_misuse(
    capfd: Any, bad: str, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(content)
    assert run(capfd, "check", bad, "--record", str(path))[0] == 2


def test_text_that_is_not_utf8_is_misuse(capfd: Any, tmp_path: Path) -> None:
    path = tmp_path / "closure.md"
    path.write_bytes(b"caf\xe9")
    status, _, err = run(capfd, "check", str(path))
    assert status == 2
    assert "not UTF-8" in err


def test_rules_are_listed_and_explained(capfd: Any) -> None:
    status, out, _ = run(capfd, "rules")
    assert status == 0
    assert out.startswith("MIN-01  unquantified-small-number")
    status, out, _ = run(capfd, "explain", "min-01")
    assert status == 0
    assert "Give the number" in out
    assert "A handful of accounts" in out


def test_the_same_text_gives_the_same_bytes_whatever_the_hash_seed(bad: str, record: str) -> None:
    command = [sys.executable, "-m", "plaintalk", "check", bad, "--record", record]
    command += ["--kind", "closure", "--format", "json"]
    source = str(Path(__file__).parents[1] / "src")
    outputs = {
        subprocess.run(
            command,
            capture_output=True,
            check=False,
            env={"PYTHONPATH": source, "PYTHONHASHSEED": seed, "LC_ALL": locale},
        ).stdout
        for seed, locale in (("1", "C"), ("2", "C.UTF-8"), ("77", "tr_TR.UTF-8"))
    }
    assert len(outputs) == 1
    assert b"REC-01" in outputs.pop()


def test_several_files_and_standard_input_are_checked_in_one_go(
    capfd: Any, monkeypatch: Any, bad: str
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"Exports failed.\n"))
    monkeypatch.setattr("sys.stdin", stdin)
    status, out, _ = run(capfd, "check", "-", bad, "--kind", "note", "--format", "json")
    assert [one["path"] for one in json.loads(out)["documents"]] == ["-", bad]
    assert status == 0


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_every_format_ends_with_the_same_status(capfd: Any, bad: str, form: str) -> None:
    status, out, err = run(capfd, "check", bad, "--kind", "closure", "--format", form)
    assert status == 1
    assert out
    assert err == ""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: Any) -> Path:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "status" / "notes"
    folder.mkdir(parents=True)
    (folder / "one.md").write_text("A handful of accounts could not log in.\n", "utf-8")
    monkeypatch.chdir(folder)
    return tmp_path


def found(out: str) -> dict[str, str]:
    document = json.loads(out)["documents"][0]
    return {one["rule"]: one["severity"] for one in document["findings"]}


def test_the_nearest_configuration_is_used(capfd: Any, project: Path) -> None:
    (project / "plaintalk.toml").write_text(
        '[[profile]]\nfiles = ["status/notes/*.md"]\nkind = "note"\n'
        'severity.MIN-01 = "error"\nterms."log in" = "sign in"\n',
        "utf-8",
    )
    status, out, _ = run(capfd, "check", "one.md", "--format", "json")
    assert status == 1
    assert json.loads(out)["documents"][0]["kind"] == "note"
    assert found(out).items() >= {"MIN-01": "error", "HSE-01": "warning"}.items()
    _, out, _ = run(capfd, "check", "one.md", "--no-config", "--kind", "note", "--format", "json")
    assert found(out)["MIN-01"] == "warning"
    assert "HSE-01" not in found(out)


def test_the_configuration_may_live_in_pyproject(capfd: Any, project: Path) -> None:
    (project / "pyproject.toml").write_text(
        '[tool.plaintalk.off]\nMIN-01 = "our readers know"\n', "utf-8"
    )
    _, out, _ = run(capfd, "check", "one.md", "--kind", "note", "--format", "json")
    assert "MIN-01" not in found(out)
    skipped = json.loads(out)["documents"][0]["not_checked"]
    assert {"rule": "MIN-01", "why": "switched off: our readers know"} in skipped


def test_a_faulty_configuration_is_misuse_named_by_file_and_line(capfd: Any, project: Path) -> None:
    file = project / "plaintalk.toml"
    file.write_text('[off]\nMIN-99 = "x"\nMIN-01 = ""\n', "utf-8")
    status, out, err = run(capfd, "check", "one.md")
    assert (status, out) == (2, "")
    assert f"{file}:2: off.MIN-99 is no rule" in err
    assert f"{file}:3: off.MIN-01 needs a reason" in err


def test_a_broken_record_is_named_by_line(capfd: Any, bad: str, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text('{\n  "schema": oops\n}', "utf-8")
    _, _, err = run(capfd, "check", bad, "--record", str(path))
    assert err.startswith(f"plaintalk: {path}:2:13: not JSON")


def test_another_language_never_exits_as_clean(capfd: Any, tmp_path: Path) -> None:
    path = tmp_path / "notiz.md"
    path.write_text("Die Störung ist für alle Kunden behoben.\n", "utf-8")
    status, out, _ = run(capfd, "check", str(path), "--kind", "note")
    assert status == 1
    assert "Not checked" in out


def test_passages_of_the_internal_review_are_found(capfd: Any, tmp_path: Path) -> None:
    copied = "the deploy job wrote the wrong list of names into the balancer"
    (tmp_path / "review.md").write_text(f"At noon {copied} again.\n", "utf-8")
    (tmp_path / "note.md").write_text(f"Exports failed because {copied}.\n", "utf-8")
    arguments = ["check", str(tmp_path / "note.md"), "--kind", "note", "--format", "json"]
    _, before, _ = run(capfd, *arguments)
    _, after, _ = run(capfd, *arguments, "--internal", str(tmp_path / "review.md"))
    assert set(found(after)) - set(found(before)) == {"LEK-11"}


@pytest.mark.parametrize("written", ["noon", "2026-03-04T15:00"])
def test_a_time_of_publishing_needs_a_zone(capfd: Any, bad: str, written: str) -> None:
    status, _, err = run(capfd, "check", bad, "--at", written)
    assert status == 2
    assert "--at" in err


def test_help_and_version_exit_with_zero(capfd: Any) -> None:
    for arguments in (("--help",), ("--version",), ("check", "--help"), ("explain", "--help")):
        status, out, _ = run(capfd, *arguments)
        assert status == 0
        assert "plaintalk" in out


def test_the_configuration_may_say_where_the_facts_are(capfd: Any, project: Path) -> None:
    (project / "facts.json").write_text(json.dumps(INVOICES), "utf-8")
    (project / "plaintalk.toml").write_text(
        '[[profile]]\nfiles = ["status/**/*.md"]\nkind = "note"\nrecord = "facts.json"\n', "utf-8"
    )
    Path("one.md").write_text(BAD, "utf-8")
    status, out, _ = run(capfd, "check", "one.md", "--format", "json")
    assert status == 1
    assert {"REC-01", "REC-02"} <= set(found(out))
    (project / "facts.json").unlink()
    status, _, err = run(capfd, "check", "one.md")
    assert status == 2
    assert "facts.json: No such file" in err
