"""Thousands of values handed to PostgreSQL as one: the text of an array, made at once.

The driver looks at each value of a list by itself, with a pattern, which takes longer than the
statement that reads them.
"""

from collections.abc import Collection


def array_of(values: Collection[str | int | None]) -> str:
    """Return the text of an array of texts, or of numbers of which some may be missing; what type
    it has, the statement says.
    """
    if any(isinstance(each, str) for each in values):
        return _of_texts([str(each) for each in values])
    return f"{{{','.join(['NULL' if each is None else str(each) for each in values])}}}"


def _of_texts(values: list[str]) -> str:
    joined = '","'.join(values)
    if "\\" in joined or joined.count('"') != 2 * (len(values) - 1):
        joined = '","'.join([each.replace("\\", "\\\\").replace('"', '\\"') for each in values])
    return f'{{"{joined}"}}'
