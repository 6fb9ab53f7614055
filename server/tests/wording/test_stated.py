"""Which numbers and lengths a text states, however they are written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from afterword.wording.stated import stated_lengths, stated_numbers

SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(number: int, *, with_and: bool, with_hyphen: bool) -> str:
    """Return a number below a thousand millions as English spells it."""
    for size, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= size:
            head = spelled(number // size, with_and=with_and, with_hyphen=with_hyphen)
            rest = number % size
            joint = " and " if with_and and (name == "hundred" or rest < 100) else " "
            tail = spelled(rest, with_and=with_and, with_hyphen=with_hyphen)
            return f"{head} {name}{joint}{tail}" if rest else f"{head} {name}"
    if number < 20:
        return SMALL[number]
    ones = SMALL[number % 10] if number % 10 else ""
    return TENS[number // 10 - 2] + (("-" if with_hyphen else " ") + ones if ones else "")


@given(
    number=st.integers(0, 999_999_999), with_and=st.booleans(), with_hyphen=st.booleans(),
    upper=st.booleans(),
)  # fmt: skip
@example(number=100_017, with_and=True, with_hyphen=True, upper=False)
def test_a_number_in_words_is_read(
    number: int, with_and: bool, with_hyphen: bool, upper: bool
) -> None:
    words = spelled(number, with_and=with_and, with_hyphen=with_hyphen)
    text = f"It was {words.capitalize() if upper else words} customers, and 7 of them twice."
    assert stated_numbers(text) == {number, 7}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("seventeen hundred and ninety-eight accounts", {1798}),
        ("a hundred accounts, a thousand letters", {100, 1000}),
        ("two thousand or three thousand", {2000, 3000}),
        ("2,000 and 2.500 and 2 700", {2000, 2500, 2700}),
        ("twelve. Thirty", {12, 30}),
        ("and a half of all, none of them twice", set()),
        ("", set()),
    ],
)
def test_numbers_of_a_text(text: str, numbers: set[int]) -> None:
    assert stated_numbers(text) == numbers


@given(text=st.text())
def test_any_text_is_read(text: str) -> None:
    assert all(number >= 0 for number in stated_numbers(text))
    assert all(each.seconds >= 0 for each in stated_lengths(text))


def test_lengths_are_read_in_figures_and_in_words() -> None:
    found = stated_lengths("Down for 9 hours 12 minutes, or Nine Hours, or 9h12m, not at 09:12.")
    assert [each.seconds for each in found] == [33120, 32400, 33120]
