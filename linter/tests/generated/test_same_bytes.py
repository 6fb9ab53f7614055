"""Same text, same record: the same bytes, whatever the hash seed and the locale."""

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
TESTS = Path(__file__).parents[2]
PROGRAM = """
import json, sys
import plaintalk
from tests.facts import INVOICES
record = plaintalk.load_record(INVOICES)
text = " ".join(example.text for rule in plaintalk.RULES for example in rule.bad[:1])
for kind in plaintalk.KINDS:
    report = plaintalk.check(text, kind=kind, record=record)
    sys.stdout.buffer.write(json.dumps(report.as_dict("draft.md")).encode())
"""


def output(**environment: str) -> bytes:
    inherited = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**inherited, "PYTHONPATH": os.pathsep.join([str(SOURCE), str(TESTS)]), **environment},
        capture_output=True,
        check=True,
    )
    return done.stdout


def test_a_report_has_the_same_bytes_under_every_hash_seed_and_locale() -> None:
    first = output(PYTHONHASHSEED="0", LC_ALL="C", TZ="UTC")
    assert first.count(b'"rule"') > 100
    for environment in (
        {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "random", "LANG": "de_DE.UTF-8", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "7", "PYTHONOPTIMIZE": "1"},
    ):
        assert output(**environment) == first, environment
