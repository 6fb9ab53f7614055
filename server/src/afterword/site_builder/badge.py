"""The badge: one word for how the page is, as a picture that needs no font, script or cookie."""

import unicodedata

from django.utils.translation import gettext as _

from afterword.site_builder.feed import xml_text
from afterword.site_builder.words import State

FILES = ("badge.svg", "badge/light.svg", "badge/dark.svg")
_LONGEST_NAME = 40
# Pixels. A character is taken for wide or narrow; ``textLength`` fits the words to the result.
_HEIGHT, _PAD, _NARROW, _WIDE = 24, 9, 7, 13

# Of each state: its tone on a light page and on a dark one.
TONES = {
    "operational": ("#1c6b3c", "#7dc792"),
    "degraded_performance": ("#855600", "#e3b65f"),
    "partial_outage": ("#a3450a", "#f19a63"),
    "major_outage": ("#a31a2a", "#f59090"),
    "under_maintenance": ("#3d4fa0", "#a9b8f7"),
    "watching": ("#3d4fa0", "#a9b8f7"),
}
# Of the name: its ground and its ink. Of the state: the ink on its tone. Light, then dark.
GROUND = ("#efece4", "#2c2f35")
INK = ("#22211d", "#e8e5dd")
ON_TONE = ("#ffffff", "#17181b")


def _classes(scheme: int) -> str:
    tones = "".join(f".{name}{{fill:{tone[scheme]}}}" for name, tone in TONES.items())
    return (
        f".ground{{fill:{GROUND[scheme]}}}.ink{{fill:{INK[scheme]}}}"
        f".on{{fill:{ON_TONE[scheme]}}}{tones}"
    )


# One text for every state, so that one hash of it stands in the Content-Security-Policy.
STYLE = f"{_classes(0)}@media (prefers-color-scheme:dark){{{_classes(1)}}}"


def words_of(state: State, indicator: str) -> str:
    """Return how the page is in two or three words. ``indicator`` is the components' roll-up."""
    if state.sign == "major_outage":
        return _("all down") if indicator == "critical" else _("partly down")
    if state.sign == "degraded_performance" and indicator == "none":
        return _("incident open")
    return {
        "operational": _("all working"),
        "degraded_performance": _("degraded"),
        "partial_outage": _("partly failing"),
        "under_maintenance": _("planned work"),
        "watching": _("watching"),
    }.get(state.sign, state.words)


def files(name: str, sign: str, words: str) -> dict[str, bytes]:
    """Return the badges by path: one that follows the reader's scheme, and one for each."""
    return {
        "badge.svg": _drawn(name, sign, words, None),
        "badge/light.svg": _drawn(name, sign, words, 0),
        "badge/dark.svg": _drawn(name, sign, words, 1),
    }


def _drawn(name: str, sign: str, words: str, scheme: int | None) -> bytes:
    """Draw it. ``scheme``: 0 light, 1 dark, None for colours from the style."""
    short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}\u2026"
    left, right = _width(short), _width(words)
    first, second = left + 2 * _PAD, right + 2 * _PAD
    spoken = xml_text(_("%(page)s status: %(words)s") % {"page": name, "words": words})

    def paint(names: str, colours: tuple[str, str]) -> str:
        return f'class="{names}"' if scheme is None else f'fill="{colours[scheme]}"'

    tone = paint(sign, TONES.get(sign, TONES["under_maintenance"]))
    style = f"<style>{STYLE}</style>" if scheme is None else ""
    text = 'y="16" textLength="{}" lengthAdjust="spacingAndGlyphs"'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{spoken}" '
        f'width="{first + second}" height="{_HEIGHT}" viewBox="0 0 {first + second} {_HEIGHT}">'
        f"<title>{spoken}</title>{style}"
        f'<clipPath id="c"><rect width="{first + second}" height="{_HEIGHT}" rx="5"/></clipPath>'
        f'<g clip-path="url(#c)"><rect width="{first}" height="{_HEIGHT}" '
        f"{paint('ground', GROUND)}/>"
        f'<rect x="{first}" width="{second}" height="{_HEIGHT}" {tone}/></g>'
        f'<g font-family="Verdana,DejaVu Sans,Liberation Sans,sans-serif" font-size="12">'
        f'<text x="{_PAD}" {text.format(left)} {paint("ink", INK)}>{xml_text(short)}</text>'
        f'<text x="{first + _PAD}" {text.format(right)} font-weight="bold" '
        f"{paint('on', ON_TONE)}>{xml_text(words)}</text></g></svg>\n"
    )
    return svg.encode("utf-8", "replace")


def _width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    marks = sum(unicodedata.combining(each) != 0 for each in text)
    return max(_WIDE * wide + _NARROW * (len(text) - wide - marks), _NARROW)
