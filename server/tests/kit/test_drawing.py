"""Charts say everything without colour: what is open is hollow, bounds are dashed lines."""

import re
from xml.etree import ElementTree

from afterword.kit.drawing import Axis, Column, columns, strip

SVG = "{http://www.w3.org/2000/svg}"
AXIS = Axis(0, 100, [(0, "0"), (100, "100")])


def a_strip(dots: list[tuple[float, bool]]) -> str:
    return strip(
        key="k", title="Days", said="Five days.", dots=dots, marks=[(20, "middle"), (70, "most")],
        axis=AXIS,
    )  # fmt: skip


def dots_of(svg: str) -> dict[str, int]:
    """Return how many dots are drawn with each filling."""
    found: dict[str, int] = {}
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        fill = path.get("fill", "black")
        found[fill] = found.get(fill, 0) + path.get("d", "").count("M")
    return found


def test_what_is_open_is_hollow_and_what_is_over_is_full() -> None:
    drawn = a_strip([(10, False), (20, True), (40, False), (70, True), (70, True)])
    assert dots_of(drawn) == {"currentColor": 2, "none": 3}
    assert dots_of(a_strip([(10, True)])) == {"none": 1}
    assert dots_of(a_strip([(10, False)])) == {"currentColor": 1}


def test_a_hollow_dot_has_an_outline_and_stands_where_its_value_does() -> None:
    svg = ElementTree.fromstring(a_strip([(0, False), (100, True)]))
    full, hollow = (next(p for p in svg.iter(f"{SVG}path") if p.get("fill") == fill)
                    for fill in ("currentColor", "none"))  # fmt: skip
    assert hollow.get("stroke") == "currentColor"
    left, right = (int(re.findall(r"M(-?\d+)", p.get("d", ""))[0]) for p in (full, hollow))
    assert left < 30 and right > 380


def test_bounds_are_dashed_lines_with_their_name_and_the_axis_is_not() -> None:
    svg = ElementTree.fromstring(a_strip([(10, False)]))
    lines = list(svg.iter(f"{SVG}line"))
    dashed = [line for line in lines if line.get("stroke-dasharray")]
    assert (len(dashed), len(lines)) == (2, 3)
    words = {text.text: text.get("x") for text in svg.iter(f"{SVG}text")}
    assert [words[name] for name in ("middle", "most")] == [line.get("x1") for line in dashed]


def test_everything_has_the_colour_of_the_text_around_it() -> None:
    bars = columns(
        key="c", title="Months", said="Two months.", top=10,
        each=[Column("Jan", "8", high=8, low=2, middle=5), Column("Feb", "too few")],
    )  # fmt: skip
    for drawn in (a_strip([(10, False), (20, True)]), bars):
        for shape in ElementTree.fromstring(drawn).iter():
            assert shape.get("style") is None and shape.get("class") in {None, "chart"}
            assert shape.get("stroke") in {None, "currentColor"}
            assert shape.get("fill") in {None, "currentColor", "none"}
