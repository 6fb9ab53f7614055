"""A brand's colours can be read, its logo draws and nothing else, and the audit log knows who."""

import re
import struct
import zlib
from datetime import datetime
from pathlib import Path

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audit.models import Entry
from afterword.components.actions import set_look
from afterword.components.colours import (
    DARK_GROUNDS,
    ENOUGH,
    LIGHT_GROUNDS,
    contrast,
    nearest_passing,
    read_colour,
    weakest_contrast,
)
from afterword.components.logos import LARGEST, safe_logo
from afterword.components.models import Look, Page
from afterword.kit.errors import BadInput, NotAllowed
from incidents.building import a_page, a_person

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'
SITE_STYLE = Path(__file__).parents[2] / "src/afterword/site_builder/source/site.css"


def png(width: int = 8, height: int = 8, extra: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * (width + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + head + extra + pixels + chunk(b"IEND", b"")


def jpeg(comment: bytes = b"") -> bytes:
    def segment(marker: int, body: bytes) -> bytes:
        return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body

    told = segment(0xE1, b"Exif\0\0where it was taken") + segment(0xFE, comment)
    size = segment(0xC0, b"\x08" + struct.pack(">HH", 8, 8) + b"\x01\x01\x11\x00")
    return b"\xff\xd8" + told + size + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\xd9"


def test_the_grounds_are_those_of_the_sites_style() -> None:
    style = SITE_STYLE.read_text()
    for paper, card in (LIGHT_GROUNDS, DARK_GROUNDS):
        assert f"--paper: {paper};" in style
        assert re.search(rf"--card: ({card}|{card[:4]});", style)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("grounds", [LIGHT_GROUNDS, DARK_GROUNDS])
@pytest.mark.parametrize("red", range(0, 256, 51))
@pytest.mark.parametrize("green", range(0, 256, 51))
@pytest.mark.parametrize("blue", range(0, 256, 51))
def test_the_nearest_colour_passes_and_a_passing_one_stays(
    grounds: tuple[str, str], red: int, green: int, blue: int
) -> None:
    colour = f"#{red:02x}{green:02x}{blue:02x}"
    near = nearest_passing(colour, grounds)
    assert weakest_contrast(near, grounds) >= ENOUGH
    assert (near == colour) == (weakest_contrast(colour, grounds) >= ENOUGH)


@pytest.mark.parametrize(
    ("typed", "read"),
    [(" #ABC ", "#aabbcc"), ("#0B5563", "#0b5563"), ("0b5563", None), ("red", None),
     ("#0b5563;}body{display:none", None), ("", None)],
)  # fmt: skip
def test_only_a_colour_is_read_as_one(typed: str, read: str | None) -> None:
    assert read_colour(typed) == read


HOSTILE = (
    b"<script>alert(1)</script>",
    b"<a href='javascript:alert(1)'><path d='M0 0'/></a>",
    b"<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    b"<path onclick='alert(1)' d='M0 0'/>",
    b"<animate attributeName='href' to='javascript:alert(1)'/>",
    b"<image href='https://evil.example/pixel.png'/>",
    b"<use href='https://evil.example/a.svg#x'/>",
    b"<use href='data:image/svg+xml,x#y'/>",
    b"<path style='fill:url(https://evil.example/a)' d='M0 0'/>",
    b"<path fill='url(//evil.example/a)' d='M0 0'/>",
    b"<path style='background:url(//evil.example/a);behavior:x' d='M0 0'/>",
    b"<set attributeName='onmouseover' to='alert(1)'/>",
    b"<handler type='text/javascript'>alert(1)</handler>",
)


@pytest.mark.parametrize("inside", HOSTILE)
def test_nothing_but_drawing_is_kept_of_an_svg(inside: bytes) -> None:
    kept = safe_logo(SVG % inside).content
    for word in (b"alert", b"evil", b"javascript", b"data:", b"foreign", b"onclick"):
        assert word not in kept


def test_a_drawing_stays_as_it_was() -> None:
    drawing = (
        b'<defs><linearGradient id="g"><stop offset="0" stop-color="#f00" />'
        b"</linearGradient></defs>"
        b'<path d="M0 0h9" fill="url(#g)" style="stroke:#00f;stroke-width:2" /><use href="#g" />'
    )
    kept = safe_logo(SVG % drawing).content.decode()
    for piece in ('fill="url(#g)"', 'stroke="#00f"', 'stroke-width="2"', 'href="#g"', "<stop "):
        assert piece in kept


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        SVG[:-10],
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG % b"<text>&a;</text>",
        SVG % b"<style>path{fill:red}</style>",
        b"<svg viewBox='0 0 1 1'></svg>",
        png()[:-3],
        png()[:40] + b"x" + png()[41:],
        png(width=4000),
        jpeg()[:30],
        SVG % b" " * (LARGEST + 1),
    ],
)
def test_what_is_no_logo_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        safe_logo(content)
    assert "logo" in refused.value.problems


def test_pictures_lose_what_they_tell_beside_their_pixels() -> None:
    secret = b"taken at home"
    told = struct.pack(">I", len(secret)) + b"tEXt" + secret
    told += struct.pack(">I", zlib.crc32(b"tEXt" + secret))
    assert safe_logo(png(extra=told)).content == png()
    kept = safe_logo(jpeg(comment=secret)).content
    assert secret not in kept
    assert b"Exif" not in kept
    assert kept.endswith(b"\xff\xd9")


@pytest.mark.django_db
def test_a_look_is_set_audited_and_taken_back(now: datetime) -> None:
    page = a_page(now)
    set_look(actor=MACHINE, now=now, page=page, accent_light="#063", logo=SVG % b"<path/>")
    look = Look.objects.get(page=page)
    assert look.accent_light == "#006633"
    assert (look.logo_ending, look.accent_dark) == ("svg", "")
    set_look(actor=MACHINE, now=now, page=page, accent_light="", logo=b"")
    look.refresh_from_db()
    assert (look.accent_light, bytes(look.logo), look.logo_ending) == ("", b"", "")
    assert Entry.objects.filter(verb="components.set_look").count() == 2


@pytest.mark.django_db
def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(now: datetime) -> None:
    page = a_page(now)
    with pytest.raises(BadInput) as refused:
        set_look(actor=MACHINE, now=now, page=page, accent_light="#ffcc00")
    (near,) = re.findall(r"nearest that can be read is (#[0-9a-f]{6})", refused.value.message)
    set_look(actor=MACHINE, now=now, page=page, accent_light=near)
    with pytest.raises(BadInput):
        set_look(actor=MACHINE, now=now, page=page, accent_dark="#063")


@pytest.mark.django_db
def test_the_address_is_checked_and_only_administrators_change_any_of_it(now: datetime) -> None:
    page = a_page(now)
    set_look(actor=MACHINE, now=now, page=page, url="https://status.elsewhere.example")
    assert Page.objects.get(pk=page.pk).url == "https://status.elsewhere.example"
    with pytest.raises(BadInput):
        set_look(actor=MACHINE, now=now, page=page, url="javascript:alert(1)")
    with pytest.raises(NotAllowed):
        set_look(actor=a_person("Rita", now=now), now=now, page=page, accent_light="#063")
