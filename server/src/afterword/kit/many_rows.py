"""Inserting many rows in little time: SQLite has one writer, and everybody waits for it."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

_AT_A_TIME = 2000


def insert_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of a table; ``names`` are the fields that each row gives, a foreign key by its
    id. Fields that are not named need a default in the database.

    It does what ``bulk_create`` does, without making an object and compiling words of SQL for
    every row: a third of the time on SQLite, where nobody else can write meanwhile.
    """
    known = {field.name: field for field in model._meta.concrete_fields}
    fields = [known[name] for name in names]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quoted(model._meta.db_table)
    # Every part is a name of the model's own, quoted.
    insert = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
    prepared = (
        [
            field.get_db_prep_save(value, connection)
            for field, value in zip(fields, row, strict=True)
        ]
        for row in rows
    )
    with connection.cursor() as cursor:
        while batch := list(islice(prepared, _AT_A_TIME)):
            cursor.executemany(insert, batch)
