"""The rooms as pyproject.toml orders them, and a reader of the source that knows its names."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent.parent
SOURCE = ROOT / "server" / "src" / "afterword"


@cache
def project() -> dict[str, Any]:
    """Return the parsed pyproject.toml at the root."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def floors() -> dict[str, int]:
    """Return each room's floor, 0 at the bottom; rooms on one line share a number."""
    contracts = project()["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "rooms")
    return {
        room: floor
        for floor, line in enumerate(reversed(layers))
        for room in re.findall(r"\w+", line)
    }


@dataclass(frozen=True)
class Module:
    """One source file of the server."""

    path: Path
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        return self.path.relative_to(SOURCE).with_suffix("").parts

    @property
    def room(self) -> str:
        return self.parts[0]

    def place(self, node: ast.AST) -> str:
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"

    def imported_names(self) -> dict[str, str]:
        """Return what each imported name stands for: `{"tz": "django.utils.timezone"}`."""
        names = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.partition(".")[0]
                    names[alias.asname or top] = alias.name if alias.asname else top
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        return names

    def uses(self) -> Iterator[tuple[ast.AST, str]]:
        """Yield every imported or dotted name in full, where it stands."""
        names = self.imported_names()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)
            elif isinstance(node, ast.Attribute):
                head, *rest = dotted(node).split(".")
                if head in names:
                    yield node, ".".join((names[head], *rest))


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for a chain of names; calls and subscripts in it are passed through."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Subscript):
        return dotted(node.value)
    return "?"


@cache
def modules() -> tuple[Module, ...]:
    """Return every module that lies in a room, migrations left out."""
    return tuple(
        Module(path, ast.parse(path.read_text(encoding="utf-8"), str(path)))
        for path in sorted(SOURCE.rglob("*.py"))
        if path.parent != SOURCE and "migrations" not in path.parts
    )
