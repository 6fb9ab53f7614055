"""A PDF as a reader gets it: title, language, tags and the words of each page.

It reads what Typst writes, and nothing else: objects in the open, fonts that name their letters.
"""

import re
import zlib
from dataclasses import dataclass

_OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)\s*endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n")
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|\[((?:\((?:\\.|[^\\)])*\)|[^\]])*)\]TJ|(ET)", re.DOTALL)
_PIECE = re.compile(rb"\(((?:\\.|[^\\)])*)\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Pdf:
    """``words`` are those of each page, with one space between them; ``tags`` the kinds of parts
    that a screen reader finds."""

    title: str
    language: str
    is_tagged: bool
    tags: frozenset[str]
    pictures_described: int
    words: tuple[str, ...]


def read_pdf(data: bytes) -> Pdf:
    """Return what a PDF holds. Raises AssertionError for what is no PDF with pages."""
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"), "a PDF, to its end"
    objects = {int(number): body for number, body in _OBJECT.findall(data)}
    catalog = next(body for body in objects.values() if b"/Type/Catalog" in body)
    info = next(body for body in objects.values() if b"/Creator(" in body)
    tree = objects[int(_named(catalog, b"Pages"))]
    kids = re.search(rb"/Kids\[(.*?)\]", tree, re.DOTALL)
    assert kids, "it has pages"
    pages = [objects[int(number)] for number in re.findall(rb"(\d+) 0 R", kids[1])]
    language = re.search(rb"/Lang\((.*?)\)", catalog)
    parts = [body for body in objects.values() if b"/Type/StructElem" in body]
    return Pdf(
        title=_text(re.search(rb"/Title(\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]*>)", info)),
        language=language[1].decode() if language else "",
        is_tagged=b"/StructTreeRoot" in catalog and b"/Marked true" in catalog,
        tags=frozenset(m[1].decode() for p in parts if (m := re.search(rb"/S/(\w+)", p))),
        pictures_described=sum(b"/S/Figure" in p and b"/Alt" in p for p in parts),
        words=tuple(_words(objects, page) for page in pages),
    )


def _words(objects: dict[int, bytes], page: bytes) -> str:
    resources = objects[int(_named(page, b"Resources"))]
    listed = re.search(rb"/Font<<(.*?)>>", resources, re.DOTALL)
    fonts = {
        name: _letters(objects, objects[int(number)])
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", listed[1] if listed else b"")
    }
    shown, font = [], b""
    for name, pieces, ends in _SHOWN.findall(_stream(objects[int(_named(page, b"Contents"))])):
        font = name or font
        codes = b"".join(_bytes(piece) for piece in _PIECE.findall(pieces))
        pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
        shown.append(" " if ends else "".join(fonts[font].get(pair, "\ufffd") for pair in pairs))
    return " ".join("".join(shown).split())


def _letters(objects: dict[int, bytes], font: bytes) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    table = _stream(objects[int(_named(font, b"ToUnicode"))]).decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    assert "beginbfrange" not in table, "Typst names each letter by itself"
    return found


def _named(body: bytes, name: bytes) -> bytes:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found, f"{name!r} of {body[:80]!r}"
    return found[1]


def _stream(body: bytes) -> bytes:
    at = _STREAM.search(body)
    assert at, "an object with a stream"
    return zlib.decompressobj().decompress(body[at.end() :])


def _bytes(piece: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        said = found[1]
        return bytes([int(said, 8)]) if said.isdigit() else _PLAIN.get(said, said)

    return _ESCAPED.sub(plain, piece)


def _text(found: re.Match[bytes] | None) -> str:
    if found is None:
        return ""
    if found[1].startswith(b"<"):
        raw = bytes.fromhex(found[1][1:-1].decode())
    else:
        raw = _bytes(found[1][1:-1])
    return raw[2:].decode("utf-16-be") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
