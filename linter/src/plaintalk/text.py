"""A text as the rules see it: masked, split into blocks and sentences, offsets unchanged.

`raw`, `low` and `scan` have the same length, so an offset into one is an offset into all three.
`low` is lower-cased with straight apostrophes. `scan` is `low` with quotations, code, links and
comments blanked out, and with line breaks and emphasis marks turned into blanks.
"""

import re
from bisect import bisect_right
from functools import cached_property
from typing import Final, Literal, TypeAlias

from plaintalk.sentences import sentence_ends

MAX_LENGTH: Final = 2_000_000
MAX_SENTENCE: Final = 1_500
FILLER: Final = "\x01"

Role: TypeAlias = Literal["text", "item", "heading", "label", "subject"]
ROLES: Final[tuple[Role, ...]] = ("text", "item", "heading", "label", "subject")


class TextError(ValueError):
    """The text cannot be checked at all; the message says why and what to do."""


class Sentence:
    """One sentence, list item, heading or label: a range of code points with its role.

    `under` is the heading or label it stands under, if any.
    """

    __slots__ = ("block", "end", "index", "role", "start", "under")

    def __init__(
        self,
        index: int,
        start: int,
        end: int,
        role: Role,
        block: int,
        under: "Sentence | None" = None,
    ) -> None:
        self.index = index
        self.start = start
        self.end = end
        self.role = role
        self.block = block
        self.under = under

    def __repr__(self) -> str:
        return f"Sentence({self.index}, {self.start}:{self.end}, {self.role}, block {self.block})"


# Every branch begins with a literal, so that the search skips quickly over what cannot begin one.
_MASKED = re.compile(
    r"```[\s\S]*?(?:```|\Z)"
    r"|~~~[\s\S]*?(?:~~~|\Z)"
    r"|<!--[\s\S]*?(?:-->|\Z)"
    r"|`[^`\n]{1,400}`"
    r"|\"(?<!\w\")[^\"\n]{1,400}\"(?!\w)"
    r"|“[^”\n]{1,400}”"
    r"|«[^»\n]{1,400}»"
    r"|h(?<=\bh)ttps?://[^\s<>)\]]+"
    r"|w(?<=\bw)ww\.[^\s<>)\]]+"
)
_MASK_HINTS: Final = ("`", '"', "/", "“", "«", "<", "~", "www.")

_ITEM = re.compile(r"[ \t]*(?:[-*+•·–][ \t]+|\(?\d{1,3}[.)][ \t]+)")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+")
_BOLD_LINE = re.compile(r"[ \t]*(\*\*|__)[^*_\n]{1,120}\1:?[ \t]*\Z")
_LABEL = re.compile(r"[ \t]*(\*\*|__)[^*_\n]{1,60}(?:[:?]\1|\1:)")
_SUBJECT = re.compile(r"[ \t]*subject:[ \t]*", re.IGNORECASE)
_UNDERLINE = re.compile(r"[ \t]*(?:={3,}|-{3,})[ \t]*\Z")
_WRAPPED: Final = 120


def _lower(raw: str) -> str:
    low = raw.lower()
    if len(low) != len(raw):
        low = "".join(one if len(one := c.lower()) == 1 else c for c in raw)
    if not low.isascii():
        low = low.replace("’", "'").replace("‘", "'").replace("\u00a0", " ").replace("\u202f", " ")
        low = low.replace("\u2009", " ").replace("‑", "-").replace("−", "-")
    return low


def _masked(raw: str, low: str, spans: list[tuple[int, int]]) -> str:
    """`low` with quotations, code, links and comments filled; their places go to `spans`."""
    if not any(hint in low for hint in _MASK_HINTS):
        return low
    parts: list[str] = []
    at = 0
    for found in _MASKED.finditer(raw):
        start, end = found.span()
        spans.append((start, end))
        parts.append(low[at:start])
        parts.append(FILLER * (end - start))
        at = end
    parts.append(low[at:])
    return "".join(parts)


def _flat(masked: str) -> str:
    for mark in ("\n", "\r", "\t", "*", "_"):
        if mark in masked:
            masked = masked.replace(mark, " ")
    return masked


class Text:
    """A text split for checking. Raises `TextError` for lone surrogates and over-long text."""

    def __init__(self, raw: str) -> None:
        if len(raw) > MAX_LENGTH:
            raise TextError(
                f"The text has {len(raw):,} characters; the limit is {MAX_LENGTH:,}. "
                "Check it in parts."
            )
        if not raw.isascii():
            try:
                raw.encode("utf-8")
            except UnicodeEncodeError as problem:
                raise TextError(
                    f"Character {problem.start} is half of a surrogate pair (U+"
                    f"{ord(raw[problem.start]):04X}). Decode the text as UTF-8 or UTF-16 first."
                ) from None
        self.raw = raw
        self.low = _lower(raw)
        self.masked: list[tuple[int, int]] = []
        self.unread: list[tuple[int, int]] = []
        masked = _masked(raw, self.low, self.masked)
        self.scan = _flat(masked)
        self.sentences: list[Sentence] = []
        self._title: Sentence | None = None
        self._split(masked)

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the first character of every line; lines end at line feeds."""
        starts = [0]
        at = self.raw.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.raw.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, columns in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    @cached_property
    def first_line(self) -> tuple[int, int]:
        """Range of the first line that is not blank; (0, 0) for a blank text."""
        start = len(self.raw) - len(self.raw.lstrip())
        if start == len(self.raw):
            return 0, 0
        end = self.raw.find("\n", start)
        end = len(self.raw) if end < 0 else end
        return start, start + len(self.raw[start:end].rstrip())

    def following(self, sentence: Sentence) -> Sentence | None:
        """The next sentence of the same block or of the block after it, headings left out."""
        nearby = self.sentences[sentence.index + 1 : sentence.index + 2]
        return nearby[0] if nearby and nearby[0].role in ("text", "item") else None

    def preceding(self, sentence: Sentence) -> Sentence | None:
        """The sentence before, headings left out."""
        if sentence.index == 0:
            return None
        before = self.sentences[sentence.index - 1]
        return before if before.role in ("text", "item") else None

    def _split(self, masked: str) -> None:
        """Lines to blocks, blocks to sentences."""
        raw = self.raw
        block: tuple[int, int, Role] | None = None
        at = 0
        lines = masked.split("\n")
        unwrapped = any(len(line) > _WRAPPED for line in lines)
        for line in lines:
            start, end = at, at + len(line)
            at = end + 1
            bare = line.strip(" \t\r")
            if bare.strip(FILLER)[:1] in ("", ">"):
                if bare[:1] == ">":
                    self.unread.append((start, end))
                self._close(block)
                block = None
                continue
            role, content = self._role(raw, line, bare, start, end)
            if role == "heading":
                self._close(block)
                block = None
                self._add(content, end, "heading")
            elif role in ("item", "subject"):
                self._close(block)
                block = (content, end, role)
            elif block is None:
                block = (content, end, "text")
            elif block[2] == "text" and _UNDERLINE.match(bare):
                self._add(block[0], block[1], "heading")
                block = None
            elif self._breaks(raw, block, start, content, unwrapped):
                self._close(block)
                block = (content, end, "text")
            else:
                block = (block[0], end, block[2])
        self._close(block)

    @staticmethod
    def _role(raw: str, line: str, bare: str, start: int, end: int) -> tuple[Role, int]:
        """What a line is, and where its content starts."""
        first = bare[0]
        if first == "#" and (found := _HEADING.match(line)):
            return "heading", start + found.end()
        if first in "*_" and _BOLD_LINE.match(line.rstrip()):
            return "heading", start
        if first in "-*+•·–(0123456789" and (found := _ITEM.match(line)):
            return "item", start + found.end()
        if first in "sS" and (found := _SUBJECT.match(raw, start, end)):
            return "subject", found.end()
        return "text", start

    @staticmethod
    def _breaks(
        raw: str, block: tuple[int, int, Role], start: int, content: int, unwrapped: bool
    ) -> bool:
        """Whether a line starts a new thought: no line is wrapped, or the last one was short."""
        last = raw.rfind("\n", block[0], start - 1) + 1 or block[0]
        if raw[content : content + 1].islower():
            return False
        return unwrapped or start - 1 - last < 50

    def _close(self, block: tuple[int, int, Role] | None) -> None:
        if block is not None:
            start, end, role = block
            found = _LABEL.match(self.raw, start, end)
            if found:
                self._add(start, found.end(), "label")
                start = found.end()
            self._sentences_of(start, end, role)

    def _sentences_of(self, start: int, end: int, role: Role) -> None:
        number = len(self.sentences) and self.sentences[-1].block + 1
        for stop in sentence_ends(self.scan, self.raw, start, end):
            self._add(start, stop, role, number)
            start = stop

    def _add(self, start: int, end: int, role: Role, block: int | None = None) -> None:
        """Append a sentence without the blanks around it, cut where it is far too long."""
        raw = self.raw
        if block is None:
            block = self.sentences[-1].block + 1 if self.sentences else 0
        said = raw[start:end].lstrip()
        start = end - len(said)
        end = start + len(said.rstrip())
        if start >= end:
            return
        while end - start > MAX_SENTENCE:
            cut = raw.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE) + 1
            cut = cut or start + MAX_SENTENCE
            self._append(start, cut, role, block)
            start = cut
        self._append(start, end, role, block)

    def _append(self, start: int, end: int, role: Role, block: int) -> None:
        sentence = Sentence(len(self.sentences), start, end, role, block, self._title)
        if role in ("heading", "label"):
            self._title = sentence
        self.sentences.append(sentence)
