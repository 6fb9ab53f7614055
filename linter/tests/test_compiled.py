"""Patterns that are kept compiled from one run of the command to the next."""

import marshal
import os
import re
import subprocess
import sys
from pathlib import Path
from zlib import crc32

import pytest

import plaintalk
from plaintalk.cli import kept_needs
from plaintalk.cli.kept_needs import read_needs, save_needs
from plaintalk.cli.kept_patterns import read_codes, save_codes
from plaintalk.cli.kept_values import place_beside, save_values
from plaintalk.compiled import Compiled, key_of, later
from plaintalk.needs_index import NeedsIndex, turned
from plaintalk.pattern import Pattern
from tests.alive import alive

SOURCE = r"\b(?P<what>cach(?:e|es)|\w+ [é-ü]+)(?=\d)"
KEY = key_of(SOURCE, True)


@pytest.fixture(autouse=True)
def _files_may_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that holds one pattern."""
    path = tmp_path / "kept.patterns"
    keeping = opened(path)
    keeping.compile(KEY, SOURCE)
    save_codes(path, keeping)
    return path


def opened(path: Path) -> Compiled:
    compiled = Compiled()
    compiled.start(read_codes(path))
    return compiled


def test_every_pattern_is_compiled_as_python_compiles_it(tmp_path: Path) -> None:
    plaintalk.check("A brief outage.")
    compiled = opened(tmp_path / "kept.patterns")
    sources = {one.source for one in alive(Pattern)}
    assert len(sources) > 1_000
    for source in sources:
        assert compiled.compile(key_of(source, True), source) == re.compile(source)


def test_an_expression_for_later_is_compiled_by_its_first_use_and_says_the_same() -> None:
    source = r"(?i)\bteam (?P<name>[A-Z]\w+)"
    waiting = later(source)
    assert "search" not in vars(waiting)
    found = waiting.search("Team Heron, team Egret")
    assert found is not None
    assert found["name"] == "Heron"
    assert "search" in vars(waiting)
    text = "Team Heron, team Egret"
    assert waiting.findall(text) == re.compile(source).findall(text)
    assert waiting.sub("-", text) == re.compile(source).sub("-", text)
    assert waiting.pattern == source
    assert later(source).groups == 1


def test_what_was_kept_matches_the_same(file: Path) -> None:
    found = opened(file).get(KEY)
    assert found is not None
    assert found.flags == re.compile(SOURCE).flags
    assert found.groupindex == {"what": 1}
    match = found.search("one cache1, two über2")
    assert match is not None
    assert match["what"] == "cache"
    assert [one.span() for one in found.finditer("cache1 x ü2")] == [(0, 5), (7, 10)]


def test_what_is_kept_already_stays_and_what_is_new_is_added(file: Path) -> None:
    second = opened(file)
    second.compile(key_of("b", True), "b")
    save_codes(file, second)
    third = opened(file)
    assert third.get(KEY) is not None
    assert third.get(key_of("b", True)) is not None
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_an_alternative_is_not_taken_for_the_whole_pattern(file: Path) -> None:
    assert opened(file).get(key_of(SOURCE, True, 0)) is None
    assert opened(file).get(key_of(SOURCE, False)) is None


def test_what_another_python_wrote_is_not_read(file: Path) -> None:
    version, checksum, body = marshal.loads(file.read_bytes())
    file.write_bytes(marshal.dumps((("another", *version[1:]), checksum, body)))
    assert opened(file).get(KEY) is None


@pytest.mark.parametrize("at", [0, 1, 30, -1, -40])
def test_a_damaged_file_is_not_read(file: Path, at: int) -> None:
    held = bytearray(file.read_bytes())
    held[at] ^= 0x41
    file.write_bytes(held)
    assert opened(file).get(KEY) is None


@pytest.mark.parametrize("length", [0, 1, 20, 200])
def test_half_a_file_is_not_read(file: Path, length: int) -> None:
    file.write_bytes(file.read_bytes()[:length])
    assert opened(file).get(KEY) is None


def test_an_entry_that_does_not_fit_is_compiled_anew(file: Path) -> None:
    version, _, _ = marshal.loads(file.read_bytes())
    for entry in (
        (),
        (32, b"", 0),
        (32, b"\xfe\xff\xff\x00" * 9, 0, {}, (None,)),
        (32, b"abc", 0, {}, ()),
    ):
        body = marshal.dumps({KEY: entry})
        file.write_bytes(marshal.dumps((version, crc32(body), body)))
        compiled = opened(file)
        assert compiled.get(KEY) is None
        assert compiled.compile(KEY, SOURCE) == re.compile(SOURCE)


def test_nothing_is_written_where_python_may_write_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled = opened(tmp_path / "kept.patterns")
    compiled.compile(KEY, SOURCE)
    save_codes(tmp_path / "kept.patterns", compiled)
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_to_is_no_fault(tmp_path: Path) -> None:
    compiled = opened(tmp_path / "nowhere" / "kept.patterns")
    compiled.compile(KEY, SOURCE)
    save_codes(tmp_path / "nowhere" / "kept.patterns", compiled)
    assert not list(tmp_path.iterdir())
    assert place_beside(None, ".patterns") is None


def test_the_second_run_of_the_command_says_the_same_and_compiles_nothing(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "A brief outage hit a small number of users from 08:12 to 14:24 UTC.\n", "utf-8"
    )
    folder = tmp_path / "compiled"
    command = [sys.executable, "-m", "plaintalk", "check", str(draft), "--no-config"]
    environment = {
        **os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder),
    }  # fmt: skip
    seen = []
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        (codes,), (needs,) = folder.rglob("*.patterns"), folder.rglob("*.needs")
        kept = [one.stat().st_mtime_ns for one in (codes, needs)]
        seen.append((done.returncode, done.stdout, done.stderr, kept))
    assert seen[0] == seen[1]
    assert "MIN-" in seen[0][1]


def needs_at(path: Path) -> NeedsIndex:
    index = NeedsIndex()
    index.start(read_needs(path))
    return index


def test_the_table_that_was_turned_around_is_kept_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "kept.needs"
    first = needs_at(path)
    assert first.words
    save_needs(path, first)
    second = needs_at(path)
    assert second.words == first.words == turned().words
    assert second.beginnings() == first.beginnings()
    source = plaintalk.RULES[0].patterns[0]._written
    assert second.rows(source) == first.rows(source) is not None
    assert second.fresh is None


def test_a_table_that_is_damaged_or_of_another_shape_is_turned_around_anew(tmp_path: Path) -> None:
    path = tmp_path / "kept.needs"
    first = needs_at(path)
    assert first.words
    save_needs(path, first)
    held = bytearray(path.read_bytes())
    held[-40] ^= 0x41
    path.write_bytes(held)
    assert read_needs(path) is None
    save_values(path, ("a", ["b"]), *kept_needs._MAKERS)
    assert read_needs(path) is None


def test_a_table_is_not_taken_for_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, table = tmp_path / "kept.needs", tmp_path / "needs_table.py"
    table.write_text("one", "utf-8")
    monkeypatch.setattr(kept_needs, "_MAKERS", (str(table),))
    first = needs_at(path)
    assert first.words
    save_needs(path, first)
    assert read_needs(path) is not None
    table.write_text("another", "utf-8")
    assert read_needs(path) is None
