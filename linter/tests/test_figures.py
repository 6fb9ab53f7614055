"""Lengths, times and numbers are read in the shapes in which people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plaintalk
from plaintalk.figures import counts, lengths, percents, spans
from plaintalk.phrasing import short_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("6 hours 12 minutes", 22320), ("six hours and 12 minutes", 22320), ("6h12m", 22320),
        ("6 h 12 min", 22320), ("6 hours, 12 minutes", 22320), ("6hrs 12mins", 22320),
        ("372 minutes", 22320), ("a 372-minute outage", 22320), ("an hour and a half", 5400),
        ("half an hour", 1800), ("1.5 hours", 5400), ("two days", 172800), ("forty-five minutes", 2700),
        ("1 day 2 hours 5 minutes", 93900), ("90 seconds", 90), ("1,200 seconds", 1200),
        ("6½ hours", 23400), ("two and a quarter hours", 8100), ("an hour and a quarter", 4500), ("10hr51", 39060),
    ],
)  # fmt: skip
def test_lengths_of_time(text: str, seconds: float) -> None:
    assert [one.seconds for one in lengths(text, 0, len(text))] == [seconds]


@pytest.mark.parametrize(
    "text", ["version 6.12", "at 06:12 utc", "12 monthly reports", "3 dogs", "06h12 utc"]
)
def test_what_is_not_a_length_of_time(text: str) -> None:
    assert list(lengths(text, 0, len(text))) == []


@pytest.mark.parametrize(
    ("text", "seconds", "zoned"),
    [
        ("from 08:12 to 14:24 utc", 22320, True), ("between 08:12 and 14:24 utc", 22320, True),
        ("08:12–14:24 utc", 22320, True), ("08:12 - 14:24", 22320, False),
        ("from 8:12 am to 2:24 pm est", 22320, True), ("2:05 to 3:10 pm", 3900, False),
        ("from 23:30 utc on 4 march to 00:30 utc on 5 march", 3600, True),
        ("08.12 -> 14.24 (utc)", 22320, True), ("0812-1424 utc", 22320, True), ("from 08h12 right up to 14h24 utc", 22320, True),
        ("from 23:30 on 4-mar-2026 till 00:30 utc", 3600, True),
        ("from 23:30 on 4 march until 00:30 utc", 3600, True),
    ],
)  # fmt: skip
def test_pairs_of_times(text: str, seconds: int, zoned: bool) -> None:
    assert [(one.seconds, one.zoned) for one in spans(text, 0, len(text))] == [(seconds, zoned)]


def test_two_times_joined_by_and_are_a_pair_only_after_between() -> None:
    text = "stable since 14:24 utc, and we watched it until 18:30 utc"
    assert list(spans(text, 0, len(text))) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,798 customers", 1798), ("1.8k users", 1800), ("twelve accounts", 12),
        ("1,798 of 4,860 customers", 1798), ("2 million requests", 2e6), ("412 of our shops", 412),
    ],
)  # fmt: skip
def test_counts(text: str, value: float) -> None:
    assert [one.value for one in counts(text, 0, len(text))] == [value]


def test_percents() -> None:
    text = "37%, 0.4 percent and 12 per cent of users"
    assert [one.value for one in percents(text, 0, len(text))] == [37, 0.4, 12]


@given(st.integers(min_value=0, max_value=10 * 86400))
def test_a_duration_that_is_written_can_be_read(seconds: int) -> None:
    slack = 30 if seconds >= 3600 else 0
    for text in (plaintalk.format_duration(seconds), short_duration(seconds)):
        read = list(lengths(text, 0, len(text)))
        assert len(read) == 1, text
        assert abs(read[0].seconds - seconds) <= slack


def test_durations_in_words() -> None:
    assert plaintalk.format_duration(22320) == "6 hours 12 minutes"
    assert plaintalk.format_duration(60) == "1 minute"
    assert plaintalk.format_duration(0) == "0 seconds"
    assert plaintalk.format_duration(90000) == "1 day 1 hour"
    assert short_duration(22320) == "6 h 12 min"
