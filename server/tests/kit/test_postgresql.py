"""What PostgreSQL is given and gives is what the driver would make of it."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection, transaction
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.kit.postgresql.arrays import array_of
from afterword.kit.postgresql.base import InstantLoader
from afterword.kit.postgresql.plans import AS_DELIVERED, BY_INDEX, found_by_index

IN_UTC = type("InUTC", (BaseTzLoader,), {"timezone": UTC})


def read(written: str, loader: type[BaseTzLoader]) -> datetime:
    """Return an instant as a cursor of PostgreSQL with that loader reads it."""
    with connection.cursor() as cursor:
        cursor.adapters.register_loader("timestamptz", loader)
        cursor.execute("SELECT %s::timestamptz", [written])
        found: datetime = cursor.fetchone()[0]
    return found


@pytest.fixture
def on_postgresql(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps instants as text")


@pytest.mark.usefixtures("on_postgresql")
class TestInstants:
    @settings(max_examples=200, deadline=None)
    @given(at=st.datetimes(timezones=st.just(UTC)))
    def test_any_instant_is_read_as_the_driver_reads_it(self, at: datetime) -> None:
        written = at.isoformat()
        found = read(written, InstantLoader)
        assert found == at == read(written, IN_UTC)
        assert found.tzinfo is UTC

    @pytest.mark.parametrize("beyond", ["infinity", "-infinity", "0044-03-15 12:00+00 BC"])
    def test_what_is_in_no_year_of_python_is_refused_as_the_driver_refuses_it(
        self, beyond: str
    ) -> None:
        with pytest.raises(Exception) as refused:
            read(beyond, IN_UTC)
        with pytest.raises(type(refused.value)) as ours:
            read(beyond, InstantLoader)
        assert str(ours.value) == str(refused.value)

    def test_in_a_session_of_another_zone_it_is_the_same_instant(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL TIME ZONE 'Asia/Kolkata'")
        found = read("2026-03-04T08:12:00Z", InstantLoader)
        assert found == read("2026-03-04T08:12:00Z", IN_UTC)

    def test_connections_of_the_application_read_with_it(self) -> None:
        with connection.cursor() as cursor:
            oid = cursor.adapters.types["timestamptz"].oid
            assert cursor.adapters.get_loader(oid, 0) is InstantLoader


def cost_by_index() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW random_page_cost")
        found: str = cursor.fetchone()[0]
    return found


@pytest.fixture
def as_delivered(on_postgresql: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL random_page_cost = 4")


class TestPlans:
    @pytest.mark.usefixtures("as_delivered")
    def test_while_it_goes_on_an_index_costs_little_more_than_reading_in_turn(self) -> None:
        with found_by_index():
            assert cost_by_index() == BY_INDEX
            with found_by_index():
                assert cost_by_index() == BY_INDEX
            assert cost_by_index() == BY_INDEX
        assert cost_by_index() == AS_DELIVERED

    @pytest.mark.usefixtures("as_delivered")
    def test_after_a_fault_it_is_as_before(self) -> None:
        with pytest.raises(ValueError, match="inside"), found_by_index():
            raise ValueError("inside")
        assert cost_by_index() == AS_DELIVERED
        with (
            pytest.raises(DataError),
            transaction.atomic(),
            found_by_index(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT 1 / 0")
        assert cost_by_index() == AS_DELIVERED

    @pytest.mark.usefixtures("on_postgresql")
    def test_whoever_has_said_what_it_costs_there_is_listened_to(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL random_page_cost = 2.5")
        with found_by_index():
            assert cost_by_index() == "2.5"
        assert cost_by_index() == "2.5"


@pytest.mark.usefixtures("on_postgresql")
class TestArrays:
    @settings(max_examples=200, deadline=None)
    @given(texts=st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8"))))
    def test_any_texts_arrive_as_they_are(self, texts: list[str]) -> None:
        assert sent("text[]", array_of(texts)) == texts

    @pytest.mark.parametrize("odd", ["NULL", "", '"', "\\", "a,b", "{}", " ", '","', '\\","'])
    def test_what_arrays_are_written_with_is_text_like_any_other(self, odd: str) -> None:
        for texts in ([odd], [odd, "a"], ["a", odd, odd]):
            assert sent("text[]", array_of(texts)) == texts

    def test_numbers_may_be_missing(self) -> None:
        numbers = [1, None, -(2**63), 2**63 - 1]
        assert sent("bigint[]", array_of(numbers)) == numbers
        assert sent("bigint[]", array_of([])) == []


def sent(kind: str, array: str) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}", [array])
        found: list[object] = cursor.fetchone()[0]
    return found
