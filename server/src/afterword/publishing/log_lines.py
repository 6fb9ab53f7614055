"""The publication log as a reader holds it: one line per publication, each committing to the last.

A line is canonical JSON. Most lines carry all that their hash commits to, so anybody can compute
it again. A line whose words are withheld (a letter to a list, a text that was retracted, what left
under a title that was replaced) keeps its hash and its place, and the line after it still commits
to it. The last line says how many there are. Pure: no table, no disk, no network.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from afterword.kit.hashing import canonical_json, chained

GENESIS: Final = "0" * 64
LETTER: Final = "letter"
RETRACTION: Final = "retraction"
TITLE: Final = "title"


@dataclass
class Verdict:
    """What a reading of the log found. ``broken`` holds sentences; the log is whole without any.

    ``hashes`` is the hash of each line by number, as far as it was read.
    """

    hashes: dict[int, str] = field(default_factory=dict)
    withheld: dict[int, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.broken

    @property
    def lines(self) -> int:
        return len(self.hashes)

    @property
    def head(self) -> str:
        """The hash of the last line; it stands for everything before it."""
        return self.hashes[max(self.hashes)] if self.hashes else GENESIS


def open_line(content: Mapping[str, Any], previous: str, digest: str) -> str:
    """Return the line of a publication whose words everybody may read."""
    return canonical_json({"content": content, "hash": digest, "previous": previous})


def withheld_line(
    number: int, previous: str, digest: str, *, because: str, by: int | None = None
) -> str:
    """Return the line of a publication whose words are not for everybody, or no more.

    ``by`` is the number of the retraction, or of the new title, that took them back.
    """
    why: dict[str, Any] = {"because": because} | ({"by": by} if by is not None else {})
    return canonical_json({"hash": digest, "number": number, "previous": previous, "withheld": why})


def end_line(lines: int, head: str) -> str:
    """Return the last line: how many publications there are, and the hash of the newest."""
    return canonical_json({"end": {"hash": head, "lines": lines}})


def verify(lines: Iterable[str]) -> Verdict:
    """Read the log from its first line to its last and say what does not fit.

    Stops at the first break: nothing after it can be relied on.
    """
    return _Reading().read(lines)


def compare(earlier: Verdict, now: Verdict) -> list[str]:
    """Return, in sentences, what was rewritten or lost since the earlier copy; empty when nothing.

    Words withheld since are no fault as long as the line's hash stands.
    """
    lost = [number for number in earlier.hashes if number not in now.hashes]
    found = []
    if lost:
        found.append(f"Line {min(lost)} of the earlier copy is gone, and {len(lost) - 1} after it.")
    changed = [n for n, digest in earlier.hashes.items() if now.hashes.get(n, digest) != digest]
    if changed:
        found.append(f"Line {min(changed)} is not what it was in the earlier copy.")
    return found


class _Reading:
    def __init__(self) -> None:
        self.verdict = Verdict()
        self._previous = GENESIS
        self._ended = False
        self._retractions: dict[int, int | None] = {}
        self._titles: dict[int, frozenset[object]] = {}

    def read(self, lines: Iterable[str]) -> Verdict:
        place = 0
        for place, line in enumerate(lines, start=1):
            wrong = self._take(line)
            if wrong:
                self.verdict.broken.append(f"Line {place}: {wrong}")
                return self.verdict
        if not self._ended:
            said = "is empty" if not place else f"breaks off after line {place}"
            self.verdict.broken.append(
                f"The log {said}: its last line, which says how many there are, is missing."
            )
        self.verdict.broken += self._unexplained()
        return self.verdict

    def _take(self, line: str) -> str:
        """Take in one line; return what is wrong with it, or nothing."""
        if self._ended:
            return "stands after the end."
        try:
            value = json.loads(line)
        except ValueError:
            return "is no JSON; it was cut or changed."
        if not isinstance(value, dict) or canonical_json(value) != line:
            return "is not written as the log writes; it was changed."
        if "end" in value:
            return self._end(value)
        return self._publication(value)

    def _publication(self, value: dict[str, Any]) -> str:
        expected = self.verdict.lines + 1
        content = value.get("content")
        number = content.get("number") if isinstance(content, dict) else value.get("number")
        digest = value.get("hash")
        if number != expected:
            return f"is publication {number}, but {expected} is next; a line was lost or moved."
        if value.get("previous") != self._previous:
            return "does not follow from the line before it; one of the two was changed."
        if not isinstance(digest, str):
            return "has no hash."
        if isinstance(content, dict):
            if set(value) != {"content", "hash", "previous"}:
                return "holds more than a line may."
            if chained(self._previous, content) != digest:
                return "its words do not give its hash; they were changed."
            self._note_retraction(expected, content)
        elif wrong := self._withheld(expected, value):
            return wrong
        self.verdict.hashes[expected] = digest
        self._previous = digest
        return ""

    def _note_retraction(self, number: int, content: Mapping[str, Any]) -> None:
        facts = content.get("facts")
        correction = facts.get("correction") if isinstance(facts, dict) else None
        if not isinstance(correction, dict):
            return
        if correction.get("weight") == RETRACTION:
            self._retractions[number] = content.get("corrects")
        lines = correction.get("lines")
        if correction.get("weight") == TITLE and isinstance(lines, list):
            self._titles[number] = frozenset(each for each in lines if isinstance(each, int))

    def _withheld(self, number: int, value: dict[str, Any]) -> str:
        why = value.get("withheld")
        if set(value) != {"hash", "number", "previous", "withheld"} or not isinstance(why, dict):
            return "has neither its words nor a reason for withholding them."
        if why == {"because": LETTER}:
            self.verdict.withheld[number] = LETTER
        elif set(why) == {"because", "by"} and why["because"] in {RETRACTION, TITLE}:
            self.verdict.withheld[number] = f"{why['because']} {why['by']}"
        else:
            return "withholds its words for no reason the log knows."
        return ""

    def _end(self, value: dict[str, Any]) -> str:
        if value != {"end": {"hash": self._previous, "lines": self.verdict.lines}}:
            return "says another end than the lines before it have; lines are missing."
        self._ended = True
        return ""

    def _unexplained(self) -> Iterator[str]:
        for number, why in self.verdict.withheld.items():
            if why != LETTER and not self._takes_back(_named_by(why), number):
                yield (
                    f"Line {number} withholds its words because of publication {_named_by(why)}, "
                    "which takes back nothing of the kind."
                )

    def _takes_back(self, by: int, number: int) -> bool:
        """Whether publication ``by`` is a retraction, or a new title, that may withhold the line.

        Either may have been taken back itself, and then its own words are withheld: the line that
        did that vouches for it.
        """
        why = self.verdict.withheld.get(by)
        while why is not None and why != LETTER and _named_by(why) > by > number:
            number, by = by, _named_by(why)
            why = self.verdict.withheld.get(by)
        target = self._retractions.get(by)
        return number in self._titles.get(by, ()) or (target is not None and target <= number)


def _named_by(why: str) -> int:
    """Return the number of the publication a withheld line names as its reason, 0 for none."""
    last = why.rsplit(maxsplit=1)[-1]
    return int(last) if last.isdigit() else 0
