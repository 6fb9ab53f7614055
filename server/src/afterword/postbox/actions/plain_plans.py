"""Statements about the next few letters of many, carried out by their indexes alone."""

from django.db import connection

_BY_INDEXES = ", ".join(
    f"set_config('{name}', 'off', true)"
    for name in ("enable_seqscan", "enable_bitmapscan", "enable_sort", "jit")
)


def by_indexes_alone() -> None:
    """Let PostgreSQL find letters by an index, in its order and no further than asked for, until
    the transaction ends.

    What it knows of numbers of rows is old when a run has just been written. Left to itself it
    then reads all that is due, or all tries there ever were, for each few letters: a run of twice
    as many takes four times as long. It also compiles such plans, which takes longer than they do.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_BY_INDEXES}")
