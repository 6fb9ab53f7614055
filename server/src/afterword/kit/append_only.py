"""Triggers that make a table append-only on SQLite and PostgreSQL, for use in migrations."""

from collections.abc import Callable
from typing import Any

Step = Callable[[Any, Any], None]


def protect(table: str) -> Step:
    """Return a migration step that refuses UPDATE, DELETE and TRUNCATE on the table."""

    def step(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        for statement in _POSTGRESQL if vendor == "postgresql" else _SQLITE:
            schema_editor.execute(statement.format(table=table))

    return step


def release(table: str) -> Step:
    """Return the reverse step: drop the triggers."""

    def step(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        for statement in _POSTGRESQL_BACK if vendor == "postgresql" else _SQLITE_BACK:
            schema_editor.execute(statement.format(table=table))

    return step


_SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
)
_SQLITE_BACK = ("DROP TRIGGER {table}_no_update", "DROP TRIGGER {table}_no_delete")
_POSTGRESQL = (
    "CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
)
_POSTGRESQL_BACK = (
    "DROP TRIGGER {table}_append_only ON {table}",
    "DROP FUNCTION {table}_refuse()",
)
