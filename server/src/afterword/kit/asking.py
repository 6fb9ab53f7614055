"""Questions to the database that one page asks many times over, asked once while it is made.

Rooms ask what they need to know, each by itself, and a page that brings rooms together asks the
same again and again. While ``asking_once`` is on, a query marked ``asked_once`` answers from what
it found before; ``know`` gives the answers for many at once, so that a list costs the same however
long it is. Off by default: verbs, which write between questions, always ask.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models

_Params = ParamSpec("_Params")
_Answer = TypeVar("_Answer")
_Row = TypeVar("_Row")
_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("known", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """Ask each marked question once within. Only where nothing is written."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def asked_once(query: Callable[_Params, _Answer]) -> Callable[_Params, _Answer]:
    """Mark a query whose answer follows from its arguments (rows by key, plain values) alone.

    Of a list every caller gets a copy; what is in it is shared, and nobody who reads changes it.
    """

    @wraps(query)
    def ask(*args: _Params.args, **kwargs: _Params.kwargs) -> _Answer:
        known = _known.get()
        if known is None:
            return query(*args, **kwargs)
        key = _key(query, args, kwargs)
        if key not in known:
            known[key] = query(*args, **kwargs)
        found = known[key]
        return found[:] if isinstance(found, list) else found  # type: ignore[return-value]

    return ask


def know(query: Callable[..., _Answer], *args: Any, answer: _Answer) -> None:
    """Give the answer of a marked query for these arguments, found together with others."""
    known = _known.get()
    if known is not None:
        known.setdefault(_key(getattr(query, "__wrapped__", query), args, {}), answer)


def is_known(query: Callable[..., Any], *args: Any) -> bool:
    """Whether a marked query would answer these arguments without asking."""
    known = _known.get()
    return known is not None and _key(getattr(query, "__wrapped__", query), args, {}) in known


def grouped(rows: Iterable[_Row], key: Callable[[_Row], Any]) -> defaultdict[Any, list[_Row]]:
    """Return rows by what they belong to, in the order they come."""
    found: defaultdict[Any, list[_Row]] = defaultdict(list)
    for each in rows:
        found[key(each)].append(each)
    return found


def _key(query: Callable[..., Any], args: Any, kwargs: Any) -> Hashable:
    named = sorted(kwargs.items())
    return (query, *map(_plain, args), *((name, _plain(value)) for name, value in named))


def _plain(value: Any) -> Hashable:
    return (type(value), value.pk) if isinstance(value, models.Model) else value
