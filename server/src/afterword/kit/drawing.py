"""Small charts as SVG: a strip of dots, and columns over time. No colour carries a meaning.

They take the colour of the text around them. Every chart says in words what it shows; the page
puts the figures beside it as a table.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

WIDTH: Final = 420
_LEFT, _RIGHT = 14, 14
_STEP: Final = 7


@dataclass(frozen=True)
class Axis:
    """From ``low`` to ``high``, with ``ticks`` as (value, label); ``by_ratio`` for a log scale."""

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    by_ratio: bool = False

    def place(self, value: float) -> float:
        """Return where a value stands, in pixels from the left."""
        if self.high <= self.low:
            return WIDTH / 2
        low, high, at = self.low, self.high, min(max(value, self.low), self.high)
        if self.by_ratio:
            low, high, at = (math.log(max(each, 1e-9)) for each in (low, high, at))
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (at - low) / (high - low)


def strip(
    *,
    key: str,
    title: str,
    said: str,
    dots: Sequence[tuple[float, bool]],
    marks: Sequence[tuple[float, str]],
    axis: Axis,
) -> SafeString:
    """Draw one dot for each value, stacked where they meet; hollow ones are "at least".

    ``marks`` are values with a name above a line (the median). ``key`` makes the ids unique.
    """
    stacks: dict[int, int] = {}
    drawn = []
    for value, is_open in sorted(dots):
        column = round(axis.place(value) / _STEP)
        stacks[column] = stacks.get(column, 0) + 1
        drawn.append((column * _STEP, stacks[column], is_open))
    tallest = max(stacks.values(), default=1)
    step = _STEP if tallest <= 14 else 98 / tallest
    base = 26 + step * tallest + 8
    places = [(x, base - 6 - step * (up - 1), hollow) for x, up, hollow in drawn]
    circles = _dots([(x, y) for x, y, hollow in places if not hollow], "currentColor")
    circles += _dots([(x, y) for x, y, hollow in places if hollow], "none")
    lines = format_html_join(
        "",
        '<line x1="{0}" x2="{0}" y1="16" y2="{1}" stroke="currentColor" stroke-dasharray="3 2"/>'
        '<text x="{0}" y="11" text-anchor="{2}" font-size="12" fill="currentColor">{3}</text>',
        ((f"{axis.place(value):.1f}", f"{base:.1f}", _anchor(axis.place(value)), name)
         for value, name in marks),
    )  # fmt: skip
    return _framed(key, title, said, base + 20, circles + lines + _scale(axis, base))


def _dots(places: Sequence[tuple[int, float]], fill: str) -> SafeString:
    """Draw them as one path: a year has thousands."""
    each = "".join(f"M{x - 3} {y:.1f}a3 3 0 1 0 6 0a3 3 0 1 0-6 0" for x, y in places)
    shape = '<path d="{}" fill="{}" stroke="currentColor"/>'
    return format_html(shape, each, fill) if each else SafeString()


@dataclass(frozen=True)
class Column:
    """One span of time: ``low`` to ``high`` as a bar (a share: from 0), ``middle`` as a tick.

    None for all means that there is too little to draw. ``said`` stands on top and is the figure of
    ``high``; ``label`` stands below, and ``middle_said``, the figure of the tick, below that: a
    figure on top of a bar is read as its height.
    """

    label: str
    said: str
    high: float | None = None
    low: float = 0
    middle: float | None = None
    middle_said: str = ""


def columns(
    *, key: str, title: str, said: str, each: Sequence[Column], top: float, by_ratio: bool = False
) -> SafeString:
    """Draw columns from left to right up to ``top``; what is too little is left empty and said."""
    wide = (WIDTH - _LEFT - _RIGHT) / max(len(each), 1)
    height, base = 90, 112
    lowest = min((c.low for c in each if c.high is not None), default=0)

    def up(value: float) -> float:
        if by_ratio:
            floor = max(lowest, 1) / 2
            share = math.log(max(value, floor) / floor) / math.log(max(top, floor * 2) / floor)
            return base - height * min(share, 1)
        return base - height * min(value / top if top else 0, 1)

    parts = [_base_line(base)]
    for place, one in enumerate(each):
        x = _LEFT + wide * (place + 0.5)
        bar = min(wide * 0.5, 34)
        highest = float(base)
        if one.high is not None:
            highest = up(one.high)
            bottom = base if one.low == 0 else up(one.low)
            parts.append(
                format_html(
                    '<rect x="{}" y="{}" width="{}" height="{}" fill="currentColor" '
                    'fill-opacity=".25" stroke="currentColor"/>',
                    f"{x - bar / 2:.1f}", f"{highest:.1f}", f"{bar:.1f}",
                    f"{max(bottom - highest, 1):.1f}",
                )
            )  # fmt: skip
        if one.middle is not None:
            parts.append(
                format_html(
                    '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="currentColor" '
                    'stroke-width="3"/>',
                    f"{x - bar / 2 - 3:.1f}", f"{x + bar / 2 + 3:.1f}", f"{up(one.middle):.1f}",
                    f"{up(one.middle):.1f}",
                )
            )  # fmt: skip
        parts.append(_words(x, highest - 5, one.said))
        parts.append(_words(x, base + 14, one.label))
        if one.middle_said:
            parts.append(_words(x, base + 29, one.middle_said))
    below = 37 if any(one.middle_said for one in each) else 22
    return _framed(key, title, said, base + below, mark_safe("".join(parts)))  # noqa: S308


def _framed(key: str, title: str, said: str, height: float, inside: str) -> SafeString:
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d" '
        'xmlns="http://www.w3.org/2000/svg"><title id="{}-t">{}</title><desc id="{}-d">{}</desc>'
        "{}</svg>",
        WIDTH, f"{height:.0f}", key, key, key, title, key, said, inside,
    )  # fmt: skip


def _scale(axis: Axis, base: float) -> SafeString:
    ticks = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}" font-size="12" fill="currentColor">{}</text>',
        (
            (
                f"{axis.place(at):.1f}", f"{base + 15:.1f}", _anchor(axis.place(at)), label
            )
            for at, label in axis.ticks
        ),
    )  # fmt: skip
    return _base_line(base) + ticks


def _base_line(base: float) -> SafeString:
    return format_html(
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="currentColor" stroke-opacity=".6"/>',
        _LEFT, WIDTH - _RIGHT, f"{base:.1f}", f"{base:.1f}",
    )  # fmt: skip


def _words(x: float, y: float, said: str) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" text-anchor="middle" font-size="12" fill="currentColor">{}</text>',
        f"{x:.1f}", f"{y:.1f}", said,
    )  # fmt: skip


def _anchor(x: float) -> str:
    if x < 90:
        return "start"
    return "end" if x > WIDTH - 90 else "middle"
