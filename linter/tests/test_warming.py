"""After a warm-up no text has to wait for patterns, and nothing else is different."""

import subprocess
import sys

import pytest

import plaintalk

PROGRAM = """
import hashlib, sys
import plaintalk
from plaintalk.compiled import Compiled

if sys.argv[1] == "warm":
    plaintalk.warm_up()
compile, asked = Compiled.compile, []
Compiled.compile = lambda self, key, source: asked.append(key) or compile(self, key, source)
said = hashlib.sha256()
for rule in plaintalk.RULES:
    for one in (*rule.bad, *rule.good):
        record = one.record and plaintalk.load_record(dict(one.record))
        said.update(repr(plaintalk.check(one.text, one.kind, record)).encode())
print(len(asked), said.hexdigest())
"""


def _checked(how: str) -> tuple[int, str]:
    """How many patterns the examples of all rules had compiled, and what was said of them."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True
    )
    compiled, said = done.stdout.split()
    return int(compiled), said


def test_a_warm_process_compiles_nothing_more_and_says_the_same() -> None:
    compiled_warm, said_warm = _checked("warm")
    compiled_cold, said_cold = _checked("cold")
    assert compiled_warm == 0
    assert compiled_cold > 1_000
    assert said_warm == said_cold


def test_only_kinds_that_exist_can_be_prepared() -> None:
    with pytest.raises(ValueError, match="There is no kind"):
        plaintalk.warm_up(["poem"])
