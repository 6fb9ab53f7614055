"""Figures are compared across languages, however each writes thousands and decimals."""

import pytest

from afterword.wording.figures import figures_apart


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("1,798 of 4,860 (37.4%)", "1.798 von 4.860 (37,4 %)"),
        ("1,798 of 4,860", "1\u202f798 sur 4\u00a0860"),
        ("6 hours 12 minutes", "6時間12分"),
        ("6 hours", "６時間"),
        ("from 08:12 to 14:24", "de 08:12 a 14:24"),
        ("4 March 2026", "2026年3月4日".replace("3月", "")),
    ],
)
def test_the_same_figures_are_the_same(english: str, other: str) -> None:
    assert list(figures_apart(english, other)) == []


def test_a_figure_left_out_or_changed_is_named() -> None:
    assert list(figures_apart("37.4% of 4,860, twice 12, 12", "37,5 % von 4.860, 12")) == [
        "The original says 37.4; the translation does not.",
        "The original says 12; the translation does not.",
        "The translation says 37.5; the original does not.",
    ]
