"""A brand's colour on the page's own grounds: whether it can be read, and the nearest that can."""

import colorsys
import re

# Grounds text and buttons stand on: page and card. The same as in the site's style.
LIGHT_GROUNDS = ("#faf9f6", "#ffffff")
DARK_GROUNDS = ("#17181b", "#1f2125")
# WCAG 2.2, success criterion 1.4.3 (AA).
ENOUGH = 4.5
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_STEPS = 400


def read_colour(text: str) -> str | None:
    """Return ``#rrggbb`` for ``#abc`` or ``#AABBCC``, with blanks around; None for the rest."""
    colour = text.strip().lower()
    if _HEX.fullmatch(colour) is None:
        return None
    return colour if len(colour) == 7 else "#" + "".join(each * 2 for each in colour[1:])


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def weakest_contrast(colour: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(colour, each) for each in grounds)


def nearest_passing(colour: str, grounds: tuple[str, ...]) -> str:
    """Return the colour of the same hue, least moved in lightness, that can be read on all.

    Black or white always can, on light or on dark grounds.
    """
    if weakest_contrast(colour, grounds) >= ENOUGH:
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*(each / 255 for each in _channels(colour)))
    goal = 0.0 if _luminance(grounds[0]) > 0.5 else 1.0
    for step in range(1, _STEPS + 1):
        moved = lightness + (goal - lightness) * step / _STEPS
        found = _written(colorsys.hls_to_rgb(hue, moved, saturation))
        if weakest_contrast(found, grounds) >= ENOUGH:
            return found
    return _written((goal, goal, goal))


def _luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (each / 255 for each in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(min(max(each, 0.0), 1.0) * 255):02x}" for each in channels)
