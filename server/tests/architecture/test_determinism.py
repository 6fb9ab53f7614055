"""Same text, same profile, same version, same bytes: the checker asks nothing of the world.

The import contract keeps `time`, `random` and the like out. `datetime` is needed to read records,
so its questions to the clock are refused here; so is what differs from run to run inside Python.
"""

import ast

from architecture.rooms import ROOT, dotted

LINTER = ROOT / "linter" / "src" / "plaintalk"
EDGES = {"cli", "output", "__main__"}
ASKS_THE_WORLD = {"now", "today", "utcnow", "fromtimestamp", "utcfromtimestamp", "astimezone"}
DIFFERS_BY_RUN = {"hash", "id", "open", "input", "__import__", "exec", "eval", "print"}


def test_the_checker_asks_neither_clock_nor_disk_nor_chance() -> None:
    strays = []
    for path in sorted(LINTER.rglob("*.py")):
        if path.relative_to(LINTER).with_suffix("").parts[0] in EDGES:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = dotted(node.func)
            last = name.rpartition(".")[2]
            asks = last in ASKS_THE_WORLD and "." in name and not (node.args or node.keywords)
            asks |= last in {"now", "today", "fromtimestamp"} and "date" in name
            if asks or name in DIFFERS_BY_RUN:
                strays.append(f"{path.relative_to(ROOT)}:{node.lineno}: {name}()")
    assert not strays, "\n".join(strays)
