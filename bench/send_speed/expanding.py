"""One publication to very many subscribers on PostgreSQL, and what publishing takes meanwhile."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from stepping import run, step

from send_speed.databases import database_of, kinds

READERS = int(os.environ.get("BENCH_READERS", "1000000"))
# Asked for: seconds for a million, and megabytes above idle.
SECONDS, MEGABYTES = 20.0, 150


def main() -> int:
    if "PostgreSQL" not in kinds():
        print("  not measured: set AFTERWORD_TEST_POSTGRES_URL")
        return 1
    with tempfile.TemporaryDirectory() as data, database_of("PostgreSQL"):
        run(data, "-m", "afterword.cli.main", "migrate")
        _step(data, "readers", READERS)
        quiet = _step(data, "publishing", 5)
        _step(data, "forget", 0)
        _step(data, "publish", 1)
        with ThreadPoolExecutor() as both:
            expanding = both.submit(_step, data, "expand", 0)
            meanwhile = both.submit(_step, data, "publishing", 5).result()
            expanded = expanding.result()
    asked = SECONDS * max(READERS, 100_000) / 1_000_000
    good = expanded["seconds"] <= asked and expanded["megabytes"] <= expanded["idle"] + MEGABYTES
    print(
        f"  PostgreSQL: {'ok' if good else 'MISSED'}: {expanded['letters']:,} letters in "
        f"{expanded['seconds']:.1f} s (at most {asked:.0f}), "
        f"{expanded['megabytes'] - expanded['idle']:.0f} MB above idle (at most {MEGABYTES}); "
        f"publishing takes {meanwhile['median'] * 1000:.0f} ms meanwhile, at most "
        f"{meanwhile['most'] * 1000:.0f} ({quiet['median'] * 1000:.0f} before)",
        flush=True,
    )
    return 0 if good else 1


def _step(data: str, verb: str, number: int) -> dict[str, Any]:
    return step("send_speed.step", data, verb, number)
