"""Patterns in compiled form: what `re.compile` makes of a source, as plain values.

To compile the patterns that one text needs takes longer than to check it. The command keeps what
came of it from one run to the next, see `cli.kept_patterns`. What is not known, or does not fit,
is compiled as usual: this only ever saves time.
"""

import re
from array import array
from importlib import import_module
from typing import Any, Final, NamedTuple, TypeAlias, cast
from zlib import adler32, crc32

Key: TypeAlias = tuple[int, int, int, bool, int]
"""Which pattern it is: two checksums and the length of its source as written, whether that is plain
`re` syntax, and the number of the alternative (-1: all)."""


def key_of(source: str, spelled: bool, alternative: int = -1) -> Key:
    """The key of a pattern, or of one of its alternatives."""
    written = source.encode()
    return crc32(written), adler32(written), len(written), spelled, alternative


class _Code(NamedTuple):
    """What the engine needs to know of a pattern; named as the engine names it."""

    flags: int
    code: bytes
    groups: int
    groupindex: dict[str, int]
    indexgroup: tuple[str | None, ...]


Codes: TypeAlias = dict[Key, tuple[Any, ...]]
"""Patterns and what the engine needs to know of them, as plain values."""


class Compiled:
    """The patterns that are known in compiled form, and those that were compiled meanwhile."""

    def __init__(self) -> None:
        self._engine: Any = None
        self.known: Codes = {}
        self.new: Codes = {}

    def start(self, known: Codes) -> None:
        """Take patterns from those that are known, and note what is compiled from now on."""
        self._engine, self.known, self.new = _engine(), known, {}

    def stop(self) -> None:
        """Compile as usual from now on."""
        self._engine, self.known, self.new = None, {}, {}

    def get(self, key: Key) -> re.Pattern[str] | None:
        """A pattern, if it is known and fits. It does not know its own source."""
        known, engine = self.known.get(key), self._engine
        if known is None or engine is None:
            return None
        try:
            return _made(engine, _Code(*known), "")
        except (TypeError, ValueError, RuntimeError, OverflowError):
            return None

    def compile(self, key: Key, source: str) -> re.Pattern[str]:
        """Compile a pattern, and note what came of it where that is asked for."""
        engine = self._engine
        if engine is None:
            return re.compile(source)
        try:
            coded = _coded(source)
            made = _made(engine, coded, source)
        except (ImportError, AttributeError, TypeError, ValueError, RuntimeError, OverflowError):
            return re.compile(source)
        self.new[key] = tuple(coded)
        return made


def _made(engine: Any, coded: _Code, source: str) -> re.Pattern[str]:
    found: re.Pattern[str] = engine.compile(
        source, coded.flags, array("I", coded.code).tolist(), *coded[2:]
    )
    return found


COMPILED: Final = Compiled()


LATER: "Final[list[_Later]]" = []
"""Every expression that waits for its first use."""


_HANDED_ON: Final = (
    *("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"),
    *("groups", "groupindex", "flags"),
)
"""What an expression can be asked for; its source it knows from the beginning."""


class _Later:
    """Stands for an expression until something is asked of it, and hands on what is asked."""

    def __init__(self, source: str) -> None:
        self.pattern = source
        LATER.append(self)

    def __getattr__(self, name: str) -> Any:
        if name not in _HANDED_ON:
            raise AttributeError(name)
        self.make_ready()
        return self.__dict__[name]

    def make_ready(self) -> None:
        """Compile it, or take it from what is kept; later calls go straight to the engine."""
        key = key_of(self.pattern, True)
        made = COMPILED.get(key) or COMPILED.compile(key, self.pattern)
        for name in _HANDED_ON:
            setattr(self, name, getattr(made, name))


def later(source: str) -> re.Pattern[str]:
    """An expression in plain `re` syntax that is compiled when it is first used.

    Most texts need few of those that rules have beside their patterns, and what one text needs is
    kept by the command like its patterns. A match names the compiled expression, not this one.
    """
    return cast("re.Pattern[str]", _Later(source))


def _engine() -> Any:
    """The engine for patterns, if it is one whose code this module understands."""
    try:
        engine = import_module("_sre")
        return engine if array("I").itemsize == engine.CODESIZE else None
    except (ImportError, AttributeError):
        return None


def _coded(source: str) -> _Code:
    """Compile a pattern as `re.compile` does, and hand back what it gives to the engine."""
    parsed = import_module("re._parser").parse(source, 0)
    code = import_module("re._compiler")._code(parsed, 0)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, place in state.groupdict.items():
        names[place] = name
    return _Code(
        state.flags, array("I", code).tobytes(), state.groups - 1, state.groupdict, tuple(names)
    )
