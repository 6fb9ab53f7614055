"""The objects of a class that live in this process."""

import gc
from typing import TypeVar

T = TypeVar("T")


def alive(kind: type[T]) -> list[T]:
    """Every live object of `kind` or of a subclass, also where tests of a server ran before.

    By `type` and not by `isinstance`: that asks an object for its `__class__`, and a lazy one of
    a web framework answers by loading what it stands for, from a database if need be.
    """
    return [one for one in gc.get_objects() if issubclass(type(one), kind)]
