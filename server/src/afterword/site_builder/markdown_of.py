"""Markdown from clean HTML, for texts that readers take along. Pure.

What goes in was cleaned when it was published, so only harmless tags and links are met; the text
between them is escaped, so that nothing in it becomes markup again.
"""

import re
from html.parser import HTMLParser
from typing import Final

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|])")
_AT_A_LINES_BEGIN: Final = re.compile(r"(?m)^(\s*)([#+=~-]|\d+[.)])(?=\s|$)")
_BLOCKS: Final = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "hr"})
_AFTER: Final = {"td": " ", "th": " ", "tr": "|"}
_ROUND: Final = {"strong": "**", "b": "**", "em": "*", "i": "*"}


def escaped(text: str) -> str:
    """Return one line of text as Markdown shows it, letter for letter."""
    line = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return _AT_A_LINES_BEGIN.sub(r"\1\\\2", line)


def markdown_of(html: str, heading: int = 3) -> str:
    """Return the HTML as Markdown; its headings begin at the level ``heading`` (1 to 6)."""
    reading = _Reading(heading)
    reading.feed(html)
    reading.close()
    return reading.text()


class _Reading(HTMLParser):
    def __init__(self, heading: int) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._heading = heading
        self._lists: list[int | None] = []
        self._links: list[str] = []
        self._verbatim = 0
        self._quoted = 0
        self._columns = 0

    def text(self) -> str:
        lines = (line.rstrip() for line in "".join(self._out).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "ol", "li"}:
            self._list(tag, dict(attrs).get("start") or "1")
        elif tag in _ROUND:
            self._out.append(_ROUND[tag])
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
            self._out.append("[")
        elif tag == "br":
            self._out.append("\\" + self._line())
        elif tag in {"td", "th"}:
            self._columns += tag == "th"
            self._out.append("| ")
        elif tag == "tr":
            self._break(1)
        elif tag in _BLOCKS:
            self._columns = 0
            self._begin(tag)
        elif tag == "code":
            self._verbatim += 1
            self._out.append("" if self._verbatim > 1 else "`")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
            if not self._lists:
                self._break(2)
        elif tag in _ROUND:
            self._out.append(_ROUND[tag])
        elif tag == "a" and self._links:
            self._out.append(f"]({_address(self._links.pop())})")
        elif tag in _AFTER or tag == "thead":
            self._out.append(_AFTER.get(tag) or "\n" + "|---" * self._columns + "|")
        elif tag == "blockquote":
            self._quoted = max(0, self._quoted - 1)
            self._break(2)
        elif tag == "pre":
            self._verbatim = max(0, self._verbatim - 1)
            self._out.append("\n```")
            self._break(2)
        elif tag in _BLOCKS and not self._lists:
            self._break(2)
        elif tag == "code":
            self._verbatim = max(0, self._verbatim - 1)
            self._out.append("" if self._verbatim else "`")

    def handle_data(self, data: str) -> None:
        if self._verbatim:
            self._out.append(data.replace("`", "'") if self._verbatim == 1 else data)
            return
        # Rendered blocks are apart by line feeds that mean nothing.
        words = re.sub(r"\s+", " ", data)
        if words.strip() or (self._out and not self._out[-1].endswith((" ", "\n"))):
            self._out.append(_MARKUP.sub(r"\\\1", words))

    def _list(self, tag: str, start: str) -> None:
        if tag == "li":
            self._item()
            return
        first = int(start) if start.isdecimal() else 1
        self._lists.append(first if tag == "ol" else None)
        if len(self._lists) == 1:
            self._break(2)

    def _begin(self, tag: str) -> None:
        if tag == "blockquote":
            self._break(2)
            self._quoted += 1
            self._out.append("> ")
            return
        if not (tag == "p" and (self._lists or self._out[-1:] == ["> "])):
            self._break(2)
        if tag == "hr":
            self._out.append("---")
        elif tag == "pre":
            self._verbatim += 1
            self._out.append("```\n")
        elif tag.startswith("h"):
            self._out.append("#" * min(6, self._heading + int(tag[1]) - 2) + " ")

    def _item(self) -> None:
        self._break(1)
        depth = "  " * (len(self._lists) - 1)
        number = self._lists[-1] if self._lists else None
        self._out.append(f"{depth}- " if number is None else f"{depth}{number}. ")
        if number is not None:
            self._lists[-1] = number + 1

    def _break(self, lines: int) -> None:
        if self._out:
            self._out.append(self._line() * lines)

    def _line(self) -> str:
        return "\n" + "> " * self._quoted


def _address(href: str) -> str:
    return href.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C")
