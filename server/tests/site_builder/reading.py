"""Reads built pages the way a browser or a feed reader would, and whole folders byte by byte."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "link", "input", "br", "hr", "img", "path", "circle", "use", "rect"}


@dataclass
class Read(HTMLParser):
    """Elements, ids, links and faults of one page."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []

    __hash__ = HTMLParser.__hash__

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def finish(self) -> "Read":
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self._open]
        return self


def read(html: bytes) -> Read:
    page = Read()
    page.feed(html.decode("utf-8"))
    return page.finish()


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pages_of(folder: Path) -> dict[str, Read]:
    """Every page of a folder by its path, read."""
    return {str(p.relative_to(folder)): read(p.read_bytes()) for p in folder.rglob("*.html")}
