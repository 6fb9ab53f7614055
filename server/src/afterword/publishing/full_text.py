"""The full-text index over the catalogue: FTS5 on SQLite, a GIN index on PostgreSQL.

Words are folded before they are stored (``searching``), so neither database folds them again.

A migration that alters the catalogue's table on SQLite makes the table anew and so loses the
triggers: it must run ``end`` before and ``begin`` after.
"""

from typing import Any, Final

_SQLITE: Final = (
    "CREATE VIRTUAL TABLE publishing_search USING fts5("
    "words, content='publishing_catalogueentry', content_rowid='id', "
    # Where in a text a word stands is never asked; beginnings of words are, and short ones of many.
    "tokenize='unicode61 remove_diacritics 0', detail=none, prefix='2 3')",
    "INSERT INTO publishing_search(publishing_search) VALUES ('rebuild')",
    "CREATE TRIGGER publishing_search_insert AFTER INSERT ON publishing_catalogueentry BEGIN "
    "INSERT INTO publishing_search(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER publishing_search_delete AFTER DELETE ON publishing_catalogueentry BEGIN "
    "INSERT INTO publishing_search(publishing_search, rowid, words) "
    "VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER publishing_search_update AFTER UPDATE OF words ON publishing_catalogueentry "
    "WHEN old.words IS NOT new.words BEGIN "
    "INSERT INTO publishing_search(publishing_search, rowid, words) "
    "VALUES ('delete', old.id, old.words); "
    "INSERT INTO publishing_search(rowid, words) VALUES (new.id, new.words); END",
)
_SQLITE_BACK: Final = (
    "DROP TRIGGER publishing_search_insert",
    "DROP TRIGGER publishing_search_delete",
    "DROP TRIGGER publishing_search_update",
    "DROP TABLE publishing_search",
)
_POSTGRESQL: Final = (
    "CREATE INDEX publishing_search ON publishing_catalogueentry "
    "USING gin (to_tsvector('simple'::regconfig, words))",
)
_POSTGRESQL_BACK: Final = ("DROP INDEX publishing_search",)

# One parameter: the question, as ``searching`` writes it for this database. ``OFFSET 0`` makes
# PostgreSQL find all that match by the index before it looks at anything else of them.
MATCHING: Final = {
    "sqlite": "SELECT rowid FROM publishing_search WHERE publishing_search MATCH %s",
    "postgresql": "SELECT id FROM publishing_catalogueentry "
    "WHERE to_tsvector('simple'::regconfig, words) @@ to_tsquery('simple'::regconfig, %s) "
    "OFFSET 0",
}


def begin(apps: Any, schema_editor: Any) -> None:
    """Make the index, of what the catalogue holds and will hold."""
    _run(schema_editor, _SQLITE, _POSTGRESQL)


def end(apps: Any, schema_editor: Any) -> None:
    """Drop the index."""
    _run(schema_editor, _SQLITE_BACK, _POSTGRESQL_BACK)


def renew(apps: Any, schema_editor: Any) -> None:
    """Make SQLite's index anew, as it is declared here now."""
    if schema_editor.connection.vendor == "sqlite":
        end(apps, schema_editor)
        begin(apps, schema_editor)


def _run(schema_editor: Any, sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    vendor = schema_editor.connection.vendor
    for statement in postgresql if vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)
