"""A logo made safe to serve: only drawing is kept of an SVG, only pixels of a PNG or JPEG."""

import re
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from afterword.kit.errors import BadInput

# The page stays light: with a logo this large its first load still fits 50 kB.
LARGEST = 24 * 1024
WIDEST = 2400
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND"})
_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_DRAWN = frozenset((
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "defs", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "symbol",
    "use", "title", "desc",
))  # fmt: skip
_LOOKS = frozenset((
    "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset",
    "stroke-opacity", "opacity", "clip-path", "clip-rule", "mask", "stop-color",
    "stop-opacity", "color", "font-family", "font-size", "font-weight", "font-style",
    "letter-spacing", "text-anchor", "transform", "visibility",
))  # fmt: skip
_SHAPES = frozenset((
    "id", "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r",
    "rx", "ry", "d", "points", "dx", "dy", "fx", "fy", "offset", "gradientUnits",
    "gradientTransform", "spreadMethod", "clipPathUnits", "maskUnits", "maskContentUnits",
    "preserveAspectRatio", "version",
))  # fmt: skip
_ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|data:|expression\(|@import|\\", re.I)


@dataclass(frozen=True)
class Logo:
    """``ending`` is svg, png or jpg."""

    ending: str
    content: bytes


def safe_logo(content: bytes, *, field: str = "logo") -> Logo:
    """Return the logo as it may be served. Raises BadInput, saying what to change."""
    if len(content) > LARGEST:
        raise _refused(
            field, f"has {len(content):,} bytes; at most {LARGEST:,} keep the page light"
        )
    if content.startswith(_PNG):
        return Logo("png", _bare_png(content, field))
    if content.startswith(b"\xff\xd8\xff"):
        return Logo("jpg", _bare_jpeg(content, field))
    if b"<svg" in content[:2000].lower():
        return Logo("svg", _bare_svg(content, field))
    raise _refused(field, "is no SVG, PNG or JPEG")


def _bare_svg(content: bytes, field: str) -> bytes:
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", content, re.I):
        content = re.sub(rb"<!DOCTYPE[^>\[]*>", b"", content, flags=re.I)
        if re.search(rb"<!(?:DOCTYPE|ENTITY)", content, re.I):
            raise _refused(field, "declares entities, which no drawing needs")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - without declarations, see above
    except (ElementTree.ParseError, ValueError, LookupError) as broken:
        raise _refused(field, "is no well-formed SVG") from broken
    if root.tag != f"{{{_SVG}}}svg":
        raise _refused(field, f'is no SVG: its root must be <svg xmlns="{_SVG}">')
    if any(each.tag == f"{{{_SVG}}}style" for each in root.iter()):
        raise _refused(
            field, "has a <style>; export it with presentation attributes, or it loses its colours"
        )
    drawn = _drawn(root)
    if "viewBox" not in drawn.attrib and not {"width", "height"} <= set(drawn.attrib):
        raise _refused(field, "has neither a viewBox nor width and height")
    ElementTree.register_namespace("", _SVG)
    return bytes(ElementTree.tostring(drawn, encoding="utf-8"))


def _drawn(element: ElementTree.Element) -> ElementTree.Element:
    """Return a copy with nothing but drawing in it."""
    kept = ElementTree.Element(element.tag, _attributes(element))
    kept.text, kept.tail = element.text, element.tail
    for child in element:
        name = str(child.tag).removeprefix(f"{{{_SVG}}}")
        if name in _DRAWN:
            kept.append(_drawn(child))
    return kept


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    written = dict(element.attrib)
    for rule in written.pop("style", "").split(";"):
        name, colon, value = rule.partition(":")
        if colon and name.strip() in _LOOKS:
            written[name.strip()] = value.strip()
    kept = {
        name: value
        for name, value in written.items()
        if name in _LOOKS | _SHAPES and not _ELSEWHERE.search(value)
    }
    target = written.get("href") or written.get(_XLINK_HREF) or ""
    if re.fullmatch(r"#[\w.-]+", target):
        kept["href"] = target
    return kept


def _bare_png(content: bytes, field: str) -> bytes:
    """Return the PNG without comments, times and profiles; every chunk's sum is checked."""
    kept, at, seen = [_PNG], len(_PNG), b""
    while at < len(content):
        length = int.from_bytes(content[at : at + 4])
        kind, whole = content[at + 4 : at + 8], content[at : at + 12 + length]
        body = whole[8:-4]
        if len(whole) < 12 + length or zlib.crc32(kind + body) != int.from_bytes(whole[-4:]):
            raise _refused(field, "is a broken PNG")
        if not seen:
            _refuse_size(int.from_bytes(body[:4]), int.from_bytes(body[4:8]), field)
        if kind in _PNG_KEPT:
            kept.append(whole)
        at, seen = at + len(whole), kind
        if kind == b"IEND":
            return b"".join(kept)
    raise _refused(field, "is a broken PNG")


def _bare_jpeg(content: bytes, field: str) -> bytes:
    """Return the JPEG without comments and application data such as places and cameras."""
    kept, at, sized = [b"\xff\xd8"], 2, False
    while content[at : at + 1] == b"\xff" and at + 4 <= len(content):
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        segment = content[at : at + 2 + length]
        if len(segment) < 2 + length or length < 2:
            break
        if marker in {0xC0, 0xC1, 0xC2}:
            _refuse_size(int.from_bytes(segment[7:9]), int.from_bytes(segment[5:7]), field)
            sized = True
        if not (0xE1 <= marker <= 0xEF and marker != 0xEE) and marker != 0xFE:
            kept.append(segment)
        at += len(segment)
        if marker == 0xDA:
            if not sized or not content.rstrip(b"\0").endswith(b"\xff\xd9"):
                break
            return b"".join(kept) + content[at:]
    raise _refused(field, "is a broken JPEG")


def _refuse_size(width: int, height: int, field: str) -> None:
    if not (1 <= width <= WIDEST and 1 <= height <= WIDEST):
        raise _refused(field, f"is {width} by {height} pixels; at most {WIDEST} each way")


def _refused(field: str, problem: str) -> BadInput:
    return BadInput(f"The {field.replace('_', ' ')} {problem}.", {field: problem})
