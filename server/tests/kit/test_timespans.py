from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.kit.clock import now
from afterword.kit.ids import is_public_id, new_public_id, new_token
from afterword.kit.timespans import format_span, iso_utc, long_utc, parse_iso


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


@given(st.datetimes(min_value=datetime(1970, 1, 2), timezones=st.just(UTC)))  # noqa: DTZ001
def test_an_instant_survives_being_written_down(moment: datetime) -> None:
    assert parse_iso(iso_utc(moment)) == moment.replace(microsecond=0)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        parse_iso("2026-03-04T08:12:00")
    with pytest.raises(ValueError, match="Invalid isoformat"):
        parse_iso("yesterday")


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
