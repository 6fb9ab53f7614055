"""No file holds the marks that a merge leaves where two changes met and nobody chose."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from architecture.rooms import ROOT

# Seven equals signs alone are left out: they also underline a heading.
MARKS = tuple(sign * 7 for sign in "<>|")


def ours() -> Iterator[Path]:
    """Yield the files git keeps, and those it would take up."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("this is no working copy of git")
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            yield ROOT / name


def marked(paths: Iterable[Path]) -> list[str]:
    """Return each line that is such a mark, as path:line."""
    found = []
    for path in paths:
        lines = path.read_bytes().decode("utf-8", "replace").split("\n")
        for number, line in enumerate(lines, 1):
            if line.rstrip("\r") in MARKS or line.startswith(tuple(f"{m} " for m in MARKS)):
                found.append(f"{path}:{number}: {line[:40]}")
    return found


def test_no_file_holds_marks_of_a_merge() -> None:
    looked_at = list(ours())
    assert len(looked_at) > 500
    assert marked(looked_at) == []


def test_marks_are_found_and_headings_are_not(tmp_path: Path) -> None:
    ours_and_theirs = f"{MARKS[0]} HEAD\none\n{'=' * 7}\ntwo\n{MARKS[1]} theirs\n"
    (tmp_path / "merged.md").write_text(ours_and_theirs, encoding="utf-8")
    (tmp_path / "heading.md").write_text("Heading\n=======\n| a table |\n", encoding="utf-8")
    found = marked(sorted(tmp_path.iterdir()))
    assert [each.rpartition("/")[2] for each in found] == [
        f"merged.md:1: {MARKS[0]} HEAD",
        f"merged.md:5: {MARKS[1]} theirs",
    ]
