"""Rows of many values, asked for as one."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from afterword.audience.models import Suppression
from afterword.components.models import Page
from afterword.kit.among import among

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
# What quoting, JSON and arrays treat as their own, and numbers that are text.
ODD = st.sampled_from(
    ["a", "1", "01", "1.0", "null", "true", "", "{}", "[1]", 'a"b', "a'b", "a\\b", "a,b", "é", "%s"]
)  # fmt: skip


class TestAmong(TestCase):
    def setUp(self) -> None:
        self.page = Page.objects.create(name="Larkbridge", created_at=NOON)

    @settings(max_examples=60, deadline=None)
    @given(there=st.sets(ODD), wanted=st.lists(ODD))
    def test_it_finds_what_in_finds(self, there: set[str], wanted: Sequence[str]) -> None:
        Suppression.objects.all().delete()
        Suppression.objects.bulk_create(
            Suppression(page=self.page, email=each, reason="asked", since=NOON) for each in there
        )
        found = Suppression.objects.filter(among("email", wanted)).values_list("email", flat=True)
        assert set(found) == there & set(wanted)
        keys = list(Suppression.objects.filter(email__in=wanted).values_list("pk", flat=True))
        by_key = Suppression.objects.filter(among("pk", keys))
        assert set(by_key.values_list("email", flat=True)) == there & set(wanted)


@pytest.mark.django_db
def test_many_values_are_one_parameter_and_reach_through_a_relation() -> None:
    page = Page.objects.create(name="Larkbridge", created_at=NOON)
    Suppression.objects.create(page=page, email="a@l.example", reason="asked", since=NOON)
    names = [f"page {n}" for n in range(5_000)] + [page.name]
    found = Suppression.objects.filter(among("page__name", names))
    assert [each.email for each in found] == ["a@l.example"]
    assert not Suppression.objects.filter(among("page__name", [])).exists()
    _, parameters = found.query.sql_with_params()
    assert len(parameters) == 1
