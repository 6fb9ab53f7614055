"""The steps for each size of history, and whether every question is answered in time."""

import os
import statistics
import tempfile
from typing import Any

from stepping import run, step

SIZES = [int(each) for each in os.environ.get("BENCH_SIZES", "1000,100000").split(",")]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
# Asked for: the median of every question, whatever it asks and however long the history is.
AT_MOST_MS = 250


def main() -> int:
    good = True
    with tempfile.TemporaryDirectory() as data:
        run(data, "-m", "afterword.cli.main", "migrate")
        for size in SIZES:
            grown = _step(data, "grow", size)
            print(f"  {grown['incidents']:,} incidents on {grown['vendor']}:", flush=True)
            for question, taken in _step(data, "ask", ROUNDS).items():
                middle = statistics.median(taken["ms"])
                slow = middle > AT_MOST_MS
                good = good and not slow
                print(
                    f"    {question:<34} {middle:7.0f} ms (most {max(taken['ms']):.0f}), "
                    f"{taken['found']} shown{'  TOO SLOW' if slow else ''}",
                    flush=True,
                )
    print(f"  {'ok' if good else 'MISSED'}: medians of at most {AT_MOST_MS} ms were asked for")
    return 0 if good else 1


def _step(data: str, verb: str, number: int) -> dict[str, Any]:
    return step("search_speed.step", data, verb, number)
