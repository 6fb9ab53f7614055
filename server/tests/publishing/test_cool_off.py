"""How long a text rests: by kind, by hour of the day, and by how many get it."""

from datetime import UTC, datetime, timedelta

import pytest

from afterword.publishing.cool_off import leaves_at


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "written", "now", "leaves"),
    [
        ("summary", at(18, 11, 30), at(18, 12), at(18, 12, 30)),
        ("summary", at(18, 11), at(18, 12), at(18, 12)),
        ("follow_up", at(18, 12), at(18, 12), at(18, 13)),
        ("summary", at(18, 22), at(18, 22, 5), at(19, 9)),
        ("summary", at(18, 23, 59), at(19, 1), at(19, 9)),
        ("summary", at(18, 5, 59), at(18, 7, 30), at(18, 9)),
        ("summary", at(18, 6), at(18, 6, 10), at(18, 7)),
        ("summary", at(18, 21, 59), at(18, 22), at(18, 22, 59)),
        ("closure", at(18, 23), at(18, 23), at(18, 23)),
        ("note", at(18, 12), at(18, 12), at(18, 12)),
        ("correction", at(18, 12), at(18, 12), at(18, 12)),
        ("data_notice", at(18, 23), at(18, 23), at(18, 23)),
    ],
)
def test_the_earliest_time(kind: str, written: datetime, now: datetime, leaves: datetime) -> None:
    found = leaves_at(kind, interim=False, written_at=written, recipients=100, now=now)
    assert found == leaves


def test_an_interim_text_does_not_rest() -> None:
    now = at(18, 12)
    assert leaves_at("summary", interim=True, written_at=now, recipients=1, now=now) == now


@pytest.mark.parametrize("kind", ["closure", "data_notice"])
def test_what_many_get_can_be_cancelled_for_five_minutes(kind: str) -> None:
    now = at(18, 12)
    found = leaves_at(kind, interim=False, written_at=now, recipients=101, now=now)
    assert found == now + timedelta(minutes=5)
