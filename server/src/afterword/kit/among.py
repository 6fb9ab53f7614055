"""A question about many values that costs the same to ask however many they are."""

import json
from collections.abc import Collection
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler

from afterword.kit.postgresql.arrays import array_of


def among(name: str, values: Collection[str] | Collection[int]) -> "Among":
    """Return the condition that a column (``email``, ``statement__public_id``) is one of these
    values, to filter rows by.
    """
    return Among(name, values)


class Among(Func):
    """The values are handed over as one: Django looks at each value of an ``__in`` by itself, and
    the driver at each of their places, and with hundreds that takes longer than the answer.
    """

    output_field = BooleanField()

    def __init__(self, name: str, values: Collection[str] | Collection[int]) -> None:
        super().__init__(F(name))
        self.values: list[str | int] = [*values]

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any
    ) -> tuple[str, tuple[Any, ...]]:
        column, parameters = compiler.compile(self.source_expressions[0])
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s)", (*parameters, array_of(self.values))
        given = json.dumps(self.values)
        # The column is one that Django has quoted.
        return f"{column} IN (SELECT value FROM json_each(%s))", (*parameters, given)  # noqa: S608
