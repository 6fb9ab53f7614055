"""Customers as JSON, read into the rows a CSV file gives, so that one set of rules holds. Pure."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from afterword.audience.sheets import MAX_BYTES, MAX_ROWS, Row, Sheet, tidied
from afterword.kit.errors import BadInput

_CELLS = ("account_id", "name", "tier", "sla_target", "sla_credit")
_MOST_DIGITS = 20
_LISTS = ("regions", "components")


def read_customers(raw: bytes) -> Sheet:
    """Read ``{"customers": [{"account_id", "name", …, "contacts": [{"name", "email"}]}]}``.

    A row's ``line`` is the number of its customer, the first being 1; a customer with several
    contacts gives several rows. Raises BadInput when the body as a whole cannot be read.
    """
    if len(raw) > MAX_BYTES:
        raise BadInput(f"More than {MAX_BYTES / 1e6:.0f} MB. Send it in parts.")
    try:
        sent = json.loads(raw, parse_float=Decimal)
    except (ValueError, RecursionError) as broken:
        raise BadInput("This is no JSON in UTF-8.", {"body": "not JSON"}) from broken
    customers = sent.get("customers") if isinstance(sent, dict) else None
    if not isinstance(customers, list) or len(customers) > MAX_ROWS:
        raise BadInput(
            f'Send {{"customers": [{{"account_id": …, "name": …}}]}}, at most {MAX_ROWS:,}.',
            {"customers": "not a list"},
        )
    rows: list[Row] = []
    refused: list[tuple[int, str]] = []
    ignored: set[str] = set()
    for number, one in enumerate(customers, start=1):
        try:
            rows += _rows(number, one)
            ignored |= one.keys() - {*_CELLS, *_LISTS, "contacts"}
        except BadInput as wrong:
            refused.append((number, wrong.message))
    if len(rows) > MAX_ROWS:
        raise BadInput(f"More than {MAX_ROWS:,} contacts. Send them in parts.")
    columns = frozenset(name for row in rows for name in row.cells)
    return Sheet(columns, rows, refused, tuple(sorted(str(each)[:60] for each in ignored)[:20]))


def _rows(number: int, one: Any) -> Iterator[Row]:
    if not isinstance(one, dict):
        raise BadInput("is no object")
    cells = {name: _cell(name, one[name]) for name in _CELLS if name in one}
    cells |= {name: _list(name, one[name]) for name in _LISTS if name in one}
    contacts = one.get("contacts", [])
    if not isinstance(contacts, list) or not all(isinstance(each, dict) for each in contacts):
        raise BadInput("contacts is no list of objects")
    people = [
        {
            "contact_name": _cell("contacts.name", each.get("name")),
            "contact_email": _cell("contacts.email", each.get("email")),
        }
        for each in contacts
    ]
    return iter([Row(number, cells | each) for each in people or [{}]])


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise BadInput(f"{name} is no text or number")
    if isinstance(value, Decimal) and not -_MOST_DIGITS < value.adjusted() < _MOST_DIGITS:
        # Written out, 1e999999 would be a megabyte.
        raise BadInput(f"{name} is no number of this world")
    return tidied(name, f"{value:f}" if isinstance(value, Decimal) else str(value))


def _list(name: str, value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadInput(f"{name} is no list of texts")
    if any(";" in each for each in value):
        raise BadInput(f"{name} holds a semicolon, which stands between names")
    return "; ".join(tidied(name, each) for each in value)
