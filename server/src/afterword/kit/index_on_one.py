"""An index that one kind of database has and the others have not.

What an index costs differs: PostgreSQL writes a new entry into every index of a table for each
change of a row, SQLite only into those whose columns change, but whole pages of them.
"""

from typing import Any

from django.db import models

_NOTHING = "SELECT 1"
"""What a database is told that does not have it: Django carries out one statement an index."""


class IndexOnOne(models.Index):
    """An index of the databases of one ``vendor``, as Django names it."""

    def __init__(self, *expressions: Any, vendor: str, **options: Any) -> None:
        super().__init__(*expressions, **options)
        self.vendor = vendor

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, expressions, options = super().deconstruct()
        return path, tuple(expressions), {**options, "vendor": self.vendor}

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **options: Any) -> Any:
        if schema_editor.connection.vendor != self.vendor:
            return _NOTHING
        return super().create_sql(model, schema_editor, using=using, **options)

    def remove_sql(self, model: Any, schema_editor: Any, **options: Any) -> Any:
        if schema_editor.connection.vendor != self.vendor:
            return _NOTHING
        return super().remove_sql(model, schema_editor, **options)
