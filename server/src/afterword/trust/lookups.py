"""Finding rows of a period and of keys, always by an index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from afterword.kit.among import among
from afterword.kit.timespans import parse_iso
from afterword.trust.periods import Period

Row = Mapping[str, Any]
AT_ONCE: Final = 2_000


def within(rows: QuerySet[Any], name: str, period: Period) -> QuerySet[Any]:
    return rows.filter(**{f"{name}__gte": period.began, f"{name}__lt": period.ended})


def of_keys(rows: QuerySet[Any], name: str, keys: Sequence[Any], *columns: Any) -> Iterator[Row]:
    """Yield the rows of these keys, some at a time: a list of keys is always found by index."""
    for at in range(0, len(keys), AT_ONCE):
        yield from rows.filter(among(name, keys[at : at + AT_ONCE])).values(*columns)


def by_key(
    rows: Iterable[Row], name: str, keys: Mapping[str, int] | None = None
) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for each in rows:
        found.setdefault(keys[each[name]] if keys else each[name], []).append(each)
    return found


def letters_about(publication: Row) -> str:
    """The name letters of a publication have in the outbox; see ``fanout.queries.about_of``."""
    return f"publication:{publication['pk']}:{publication['hash'][:12]}"


def instant(text: str | None) -> datetime | None:
    """Return the instant a text of a JSON field names (UTC); None where it names none."""
    if not text:
        return None
    try:
        return parse_iso(text)
    except ValueError:
        return None
