"""Whatever a team does, no word it keeps inside is in any byte outside.

Random journeys with another canary in every field that is internal. A few of them run with the
suite; AFTERWORD_LONG_JOURNEYS=200 walks so many, and longer ones.
"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from afterword.statements.models import Statement
from conftest import NOON
from separation import fields
from separation.acts import ACTS, CANARY, World, a_world, do
from separation.outward import STATUSES, everything

pytestmark = pytest.mark.django_db
LONG = int(os.environ.get("AFTERWORD_LONG_JOURNEYS", "0"))
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
OF_DJANGO = {"auth", "contenttypes"}


def texts() -> dict[str, Any]:
    """Return every field of our tables that can hold words, by its whole name."""
    return {
        f"{model._meta.label}.{found.name}": found
        for model in apps.get_models()
        if model._meta.app_label not in OF_DJANGO
        for found in model._meta.local_fields
        if isinstance(found, TEXTS) and not found.choices
    }


def leaks(world: World, outward: dict[str, bytes]) -> list[str]:
    return [
        f"{where}: …{body[max(body.lower().find(CANARY.encode()) - 60, 0) :][:140]!r}"
        for where, body in outward.items()
        if CANARY.encode() in body.lower()
    ]


def gathered(world: World, *, briefly: bool = False) -> dict[str, bytes]:
    inside = list(Statement.objects.values_list("public_id", flat=True)[:2])
    return everything(world.later(), world.incident.public_id, inside, briefly=briefly)


def test_every_field_that_holds_words_is_placed() -> None:
    """Say whether a new field is for readers; if it is not, plant a canary in it in `acts`."""
    placed = fields.INSIDE | fields.OUTWARD | fields.PUBLISHED | fields.SIGNING_IN
    known = texts()
    unplaced = [f for f in known if f not in placed and f.rpartition(".")[2] not in fields.NO_WORDS]
    assert unplaced == []
    assert sorted(placed - known.keys()) == [], "these are gone"
    several = (fields.INSIDE, fields.OUTWARD, fields.PUBLISHED, fields.SIGNING_IN)
    assert sum(map(len, several)) == len(placed), "a field stands in one place"


def holds_a_canary(name: str) -> bool:
    label, _, column = name.rpartition(".")
    values = apps.get_model(label).objects.values_list(column, flat=True)
    return any(CANARY in str(value).lower() for value in values)


@pytest.fixture(scope="module")
def told(told_apart: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A team that did everything once: where canaries are, and all that left."""
    with told_apart(tmp_path_factory.mktemp("site")):
        world = a_world(NOON)
        for act in ACTS:
            do(world, act)
        planted = {name for name in fields.INSIDE if holds_a_canary(name)}
        return world, planted, gathered(world)


def test_every_field_from_inside_holds_a_canary_and_none_of_them_leaves(told: Any) -> None:
    world, planted, outward = told
    assert (sorted(fields.INSIDE - planted), world.refused) == ([], [])
    assert leaks(world, outward) == []


def test_it_is_looked_for_where_words_do_leave(told: Any) -> None:
    _, _, outward = told
    saying = [name for name, body in outward.items() if b"1,798" in body]
    for way in ("site/index.html", "site/incidents/", "site/history.atom", "letter "):
        assert any(name.startswith(way) for name in saying), (way, saying)
    assert any(name.endswith((".br", ".zst", ".gz")) for name in saying)
    answered = {int(name[:3]) for name in outward if name[:3].isdigit()}
    assert answered >= STATUSES - {304}, answered
    assert b"WARNING django.request" in outward["the log"]


@settings(
    max_examples=LONG or 4,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(journey=some.lists(some.sampled_from(ACTS), min_size=3, max_size=40 if LONG else 14))
def test_no_journey_lets_a_word_out(
    journey: list[Callable[[World], None]], tmp_path: Path, settings: Any
) -> None:
    settings.SITE_DIR = tmp_path / "site"
    with transaction.atomic():
        world = a_world(NOON)
        for act in journey:
            do(world, act)
        outward = gathered(world, briefly=True)
        transaction.set_rollback(True)
    assert leaks(world, outward) == [], [act.__name__ for act in journey]


def test_a_page_that_says_too_much_is_found(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    """What is looked for would be seen: one reason on one page is a leak."""
    from afterword.site_builder import actions

    settings.SITE_DIR = tmp_path / "site"
    world = a_world(now)
    secret = world.inside("planted").encode()
    honest = actions.index.build
    monkeypatch.setattr(actions.index, "build", lambda page: honest(page) + secret)
    [leak, *_] = leaks(world, gathered(world, briefly=True))
    assert leak.startswith("site/")
