from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.kit.clock import now
from afterword.kit.ids import is_public_id, new_public_id, new_token
from afterword.kit.timespans import format_span, iso_utc, long_utc, parse_iso, year_problem


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (22_320, "6 hours 12 minutes"),
        (3600, "1 hour"),
        (86_400, "1 day"),
        (90_061, "1 day 1 hour 1 minute"),
    ],
)
def test_a_span_is_said_in_words(seconds: int, words: str) -> None:
    assert format_span(seconds) == words


@given(st.datetimes(datetime(1970, 1, 1), datetime(2100, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_an_instant_survives_being_written_down(moment: datetime) -> None:
    assert parse_iso(iso_utc(moment)) == moment.replace(microsecond=0)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        parse_iso("2026-03-04T08:12:00")
    with pytest.raises(ValueError, match="Invalid isoformat"):
        parse_iso("yesterday")


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+05:00", "1969-12-31T23:59:59Z",
                                  "2101-01-01T00:00:00Z", "9999-12-31T23:59:59-05:00"])  # fmt: skip
def test_a_year_that_is_a_slip_of_the_hand_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="check the year"):
        parse_iso(text)
    assert year_problem(datetime.fromisoformat(text))


def test_a_year_is_written_with_four_digits() -> None:
    assert iso_utc(datetime(987, 6, 5, tzinfo=UTC)) == "0987-06-05T00:00:00Z"


def test_prose_gives_the_zone() -> None:
    at = datetime(2026, 3, 4, 9, 12, tzinfo=timezone(timedelta(hours=1)))
    assert long_utc(at) == "4 March 2026, 08:12 UTC"


def test_the_clock_knows_its_zone() -> None:
    assert now().tzinfo is UTC


def test_ids_fit_in_addresses_and_differ() -> None:
    ids = {new_public_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(is_public_id(i) and len(i) == 12 for i in ids)
    assert not [bad for bad in ("", "A", "../x", "a/b", "-a", "x" * 65, "a\n") if is_public_id(bad)]
    assert len(new_token()) == 43
