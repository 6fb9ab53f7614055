"""Copies of one incident, row for row, spread over the years."""

import json
from collections.abc import Callable, Iterable, Iterator
from copy import copy as shallow
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from afterword.kit.hashing import sha256_of_text
from afterword.publishing.chain import sealed
from afterword.publishing.models import Publication, PublicIncident, PublicMonth, Rebuild

# Primary keys of a copy: those of the first incident, moved up by as many times this.
_STRIDE = 1000
_AT_ONCE = 5000
Column = Any
Make = Callable[["Copy"], Any]
# Chains, tallies and requests; publications and months are filled below.
_LEFT_OUT = {
    "audit.Entry",
    "publishing.Rebuild",
    "publishing.Publication",
    "publishing.PublicMonth",
}


@dataclass
class Template:
    """The rows that telling one incident wrote, by model, and the ids that name it."""

    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Return the public ids that must differ from copy to copy."""
        found = {
            str(getattr(row, name))
            for rows in self.rows.values()
            for row in rows
            for name in ("public_id", "incident_id", "source_id")
            # Anything shorter may be part of another word.
            if len(str(getattr(row, name, ""))) >= 8
        }
        return sorted(found)

    def blank(self) -> dict[str, str]:
        """Return the names, each standing for nothing."""
        return dict.fromkeys(self.names(), "")


@dataclass(frozen=True)
class Copy:
    """One copy: how many times keys are moved up, how much later it was, and its own ids."""

    number: int
    later: timedelta
    names: dict[str, str]


def told_once(tell: Callable[[], object]) -> Template:
    """Tell one incident and return every row that this wrote."""
    owned = [each for each in apps.get_models() if each.__module__.startswith("afterword.")]
    before = {each: _newest(each) for each in owned}
    tell()
    made = {each: list(each._default_manager.filter(pk__gt=before[each])) for each in owned}
    return Template({each: rows for each, rows in made.items() if rows})


def copy_to(template: Template, first: int, last: int, span: timedelta, of: int) -> None:
    """Add copies ``first`` to ``last`` (of ``of`` in all), evenly spread over ``span``."""
    names = template.names()
    copies = [
        Copy(number, span / of * number, {each: copied_id(each, number) for each in names})
        for number in range(first, last + 1)
    ]
    with transaction.atomic(), connection.constraint_checks_disabled():
        for model, rows in template.rows.items():
            if model._meta.label not in _LEFT_OUT:
                plans = [_plan(template, row) for row in rows]
                _insert(model, ([make(copy) for make in plan] for copy in copies for plan in plans))
        _insert(Publication, _publications(template, copies))
        _tally_months()
        Rebuild.objects.all().delete()


def _newest(model: type[models.Model]) -> Any:
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return last if last is not None else 0


def copied_id(name: str, number: int) -> str:
    return sha256_of_text(f"{name} {number}")[:12]


def _plan(template: Template, row: models.Model) -> list[Make]:
    """Return for each column what makes its value in a copy, ready for the database."""
    return [_prepared(template, row, column) for column in row._meta.concrete_fields]


def _prepared(template: Template, row: models.Model, column: Column) -> Make:
    make = _moved(template, row, column)
    if make is None:
        same = column.get_db_prep_save(getattr(row, column.attname), connection)
        return lambda copy: same
    return lambda copy: column.get_db_prep_save(make(copy), connection)


def _moved(template: Template, row: models.Model, column: Column) -> Make | None:
    """Return what makes a column's value in a copy, or None when it is the same in all of them."""
    value = getattr(row, column.attname)
    if column.primary_key and isinstance(value, int):
        return lambda copy: value + copy.number * _STRIDE
    if column.is_relation:
        known = any(each.pk == value for each in template.rows.get(column.related_model, ()))
        return (lambda copy: value + copy.number * _STRIDE) if known else None
    if isinstance(value, datetime | date):
        return lambda copy: value + copy.later
    if column.name == "month":
        return lambda copy: f"{row.started_at + copy.later:%Y-%m}"
    if isinstance(value, str) and _renamed(value, template.blank()) != value:
        return lambda copy: _renamed(value, copy.names)
    if isinstance(value, dict | list):
        text = json.dumps(value)
        if _renamed(text, template.blank()) != text:
            return lambda copy: json.loads(_renamed(text, copy.names))
    return None


def _renamed(text: str, names: dict[str, str]) -> str:
    for old, new in names.items():
        if old in text:
            text = text.replace(old, new)
    return text


def _publications(template: Template, copies: list[Copy]) -> Iterator[list[Any]]:
    """Yield publications, numbered and chained as the press would."""
    last = Publication.objects.order_by("-number")[0]
    count, previous = last.number, last.hash
    columns = Publication._meta.concrete_fields
    plans = [
        (row, [(each.attname, _moved(template, row, each)) for each in columns])
        for row in template.rows[Publication]
    ]
    for copy in copies:
        for row, plan in plans:
            made = shallow(row)
            for name, make in plan:
                if make is not None:
                    setattr(made, name, make(copy))
            count += 1
            made.number, made.previous_hash = count, previous
            made.hash = previous = sealed(made)
            yield [
                each.get_db_prep_save(getattr(made, each.attname), connection) for each in columns
            ]


def _insert(model: type[models.Model], rows: Iterable[list[Any]]) -> None:
    """Insert rows as they are. Where a table allows one row of a kind, the first one stays."""
    quote = connection.ops.quote_name
    columns = [quote(each.column) for each in model._meta.concrete_fields]
    marks = ", ".join(["%s"] * len(columns))
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES ({marks}) "
        "ON CONFLICT DO NOTHING"
    )
    rest = iter(rows)
    with connection.cursor() as cursor:
        while chunk := list(islice(rest, _AT_ONCE)):
            cursor.executemany(statement, chunk)


def _tally_months() -> None:
    counted = PublicIncident.objects.values("page", "month").annotate(count=models.Count("pk"))
    PublicMonth.objects.bulk_create(
        [
            PublicMonth(page_id=each["page"], month=each["month"], incidents=each["count"])
            for each in counted
        ],
        update_conflicts=True,
        unique_fields=["page", "month"],
        update_fields=["incidents"],
    )
