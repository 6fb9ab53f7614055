"""While machines are upgraded one after the other, the older version writes to the new tables.

It names no column that it does not know, so the database must have a value for it.
"""

from collections.abc import Iterable, Iterator

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, GeneratedField

# Columns that came later and have no default on purpose, with the reason.
SEALED = "took the place of plain words in the same migration: an older version cannot write at all"
WITHOUT = {
    "audience.affectedperson.address_mark": SEALED,
    "audience.affectedperson.sealed": SEALED,
    "audience.recipientlistmember.address_mark": SEALED,
    "audience.recipientlistmember.sealed": SEALED,
}


def ours() -> list[migrations.Migration]:
    """Return the migrations of our rooms in the order in which they run."""
    graph = MigrationLoader(None).graph
    found = {
        key: graph.nodes[key] for leaf in graph.leaf_nodes() for key in graph.forwards_plan(leaf)
    }
    return list(found.values())


def later_without_default(run: Iterable[migrations.Migration]) -> Iterator[str]:
    """Yield the NOT NULL columns that an existing table got and that the database cannot fill."""
    state = ProjectState()
    later: set[tuple[str, str, str]] = set()
    for migration in run:
        before = {
            key: {name for name, field in model.fields.items() if not field.null}
            for key, model in state.models.items()
        }
        state = migration.mutate_state(state, preserve=False)
        later |= {
            (*key, name)
            for key, model in state.models.items()
            if key in before
            for name, field in model.fields.items()
            if not (field.null or field.many_to_many or name in before[key])
        }
    for app, model, name in sorted(later):
        found = state.models.get((app, model))
        field = found.fields.get(name) if found else None
        if field is None or field.null or isinstance(field, GeneratedField):
            continue
        if field.db_default is NOT_PROVIDED:
            yield f"{app}.{model}.{name}"


def test_columns_that_came_later_have_a_default_in_the_database() -> None:
    found = {each for each in later_without_default(ours()) if _is_ours(each)}
    assert found == set(WITHOUT), "give the column a db_default, or list it with the reason"


@pytest.mark.parametrize(
    "field",
    [models.CharField(max_length=9, default="x"), models.BooleanField(default=False)],
)
def test_a_column_without_one_is_seen(field: "models.Field[object, object]") -> None:
    first = migrations.Migration("0001_initial", "planted")
    first.operations = [
        migrations.CreateModel("thing", [("id", models.AutoField(primary_key=True))])
    ]
    second = migrations.Migration("0002_more", "planted")
    second.operations = [migrations.AddField("thing", "more", field)]
    assert list(later_without_default([first, second])) == ["planted.thing.more"]


def test_a_column_that_stops_being_null_is_seen() -> None:
    first = migrations.Migration("0001_initial", "planted")
    first.operations = [
        migrations.CreateModel(
            "thing",
            [("id", models.AutoField(primary_key=True)), ("more", models.IntegerField(null=True))],
        )
    ]
    second = migrations.Migration("0002_more", "planted")
    second.operations = [migrations.AlterField("thing", "more", models.IntegerField())]
    assert list(later_without_default([first, second])) == ["planted.thing.more"]


def _is_ours(column: str) -> bool:
    from django.apps import apps

    return apps.get_app_config(column.partition(".")[0]).name.startswith("afterword.")
