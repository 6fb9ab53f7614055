"""Bars of days as SVG: a path per state, heights for readers who see no colour, and the legend."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from afterword.components.models import ComponentStatus, Page
from afterword.components.queries import weights_of
from afterword.components.uptime import NO_DATA
from afterword.site_builder.moments import day as day_words
from afterword.site_builder.uptime import (
    BEFORE,
    QUIET,
    Track,
    in_words,
    percent_of,
    since_in_words,
    told_of,
)

_TOLD_ON_THE_FRONT = 12
# Drawing: a day is 4 wide, 3 of them inked by dashes (``.days`` in site.css). The worse, the
# taller, so that the bars speak without colour; planned work is hollow.
_STEP = 4
_GAP_BEFORE_NOW = 3
_FLOOR = 30
_HEIGHT = {
    BEFORE: 1, NO_DATA: 4, "operational": 15, "under_maintenance": 15,
    "degraded_performance": 19, "partial_outage": 24, "major_outage": 30,
}  # fmt: skip
_RIM = 4


@dataclass(frozen=True)
class Stroke:
    """Bars of one state as an SVG path stroked ``height`` wide; ``title`` says what a day was."""

    state: str
    path: str
    height: int
    title: str = ""

    @property
    def drawn(self) -> SafeString:
        # By hand, for a bad quarter of a big page has a thousand of them. Only the title has words.
        title = f"<title>{escape(self.title)}</title>" if self.title else ""
        return mark_safe(  # noqa: S308
            f'<path class="day-{self.state}" stroke-width="{self.height}" d="{self.path}">'
            f"{title}</path>"
        )


@dataclass(frozen=True)
class Bars:
    """What the template of bars needs. ``told`` are sentences that say the same as the drawing."""

    width: int
    strokes: tuple[Stroke, ...]
    percent: str
    told: tuple[str, ...]


def bars_of(track: Track, *, most_told: int = _TOLD_ON_THE_FRONT) -> Bars:
    """Return the drawing of a track, and in sentences what it shows."""
    quiet: dict[str, list[str]] = {}
    loud: list[Stroke] = []
    for state, run in groupby(enumerate(track.days), key=lambda each: each[1].state):
        days = list(run)
        if state in QUIET:
            path = _bars(state, days[0][0] * _STEP, len(days))
            quiet.setdefault(state, []).append(path)
            continue
        loud += [_stroke(state, place * _STEP, in_words(day)) for place, day in days]
    at = len(track.days) * _STEP + _GAP_BEFORE_NOW
    strokes = [Stroke(state, "".join(paths), _HEIGHT[state]) for state, paths in quiet.items()]
    return Bars(
        width=at + _STEP - 1,
        strokes=(*strokes, *loud, _stroke(track.now, at, since_in_words(track))),
        percent=percent_of(track.share),
        told=tuple(told_of(track, most_told)),
    )


def _stroke(state: str, at: int, title: str) -> Stroke:
    return Stroke(state, _bars(state, at, 1), _RIM if _is_hollow(state) else _HEIGHT[state], title)


def _bars(state: str, at: int, number: int) -> str:
    """Return the path of so many bars side by side, standing on the floor."""
    length, height = number * _STEP, _HEIGHT[state]
    if _is_hollow(state):
        rims = (_FLOOR - height + _RIM // 2, _FLOOR - _RIM // 2)
        return "".join(f"M{at} {middle}h{length}" for middle in rims)
    return f"M{at} {_FLOOR - height / 2:g}h{length}"


def _is_hollow(state: str) -> bool:
    return state == ComponentStatus.UNDER_MAINTENANCE


@dataclass(frozen=True)
class Rules:
    """What a page says of how it counts: the newest day, and what each status costs."""

    through: str
    weights: tuple[tuple[str, str], ...]
    samples: tuple[tuple[Stroke, str], ...]


def rules_of(page: Page) -> Rules | None:
    """Return how uptime is counted on the page, None until a day has been."""
    if page.rolled_through is None:
        return None
    weights = weights_of(page)
    words = {
        ComponentStatus.MAJOR: _("down"),
        ComponentStatus.PARTIAL: _("partly down"),
        ComponentStatus.DEGRADED: _("degraded"),
    }
    samples = (
        ("operational", _("worked all day")),
        ("degraded_performance", _("degraded")),
        ("partial_outage", _("partly down")),
        ("major_outage", _("down")),
        ("under_maintenance", _("planned work")),
        (NO_DATA, _("no data")),
        (BEFORE, _("before it began")),
    )
    return Rules(
        through=day_words(page.rolled_through),
        weights=tuple((words[status], _cost(weights[status])) for status in words),
        samples=tuple((_stroke(state, 0, ""), said) for state, said in samples),
    )


def _cost(percent: int) -> str:
    if percent == 100:
        return _("counts in full")
    if percent == 0:
        return _("does not count")
    return _("counts %(percent)d%%") % {"percent": percent}
