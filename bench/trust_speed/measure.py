"""The steps for each size of history, and whether the report comes in time and grows by itself."""

import os
import statistics
import tempfile
from typing import Any

from stepping import run, step

SIZES = [int(each) for each in os.environ.get("BENCH_SIZES", "1000,10000,100000").split(",")]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
# Asked for: a quarter, warm, on PostgreSQL on two cores.
AT_MOST_MS = 1_000
# The same quarter over the longest history and over the shortest that fills it.
AT_MOST_TIMES = 2.0


def main() -> int:
    good, quarters = True, {}
    with tempfile.TemporaryDirectory() as data:
        run(data, "-m", "afterword.cli.main", "migrate")
        for size in SIZES:
            grown = _step(data, "grow", size)
            print(
                f"  {grown['incidents']:,} incidents, {grown['letters']:,} letters on "
                f"{grown['vendor']}:",
                flush=True,
            )
            for name, taken in _step(data, "ask", ROUNDS).items():
                middle = statistics.median(taken["ms"])
                slow = name in {"a quarter", "its page"} and middle > AT_MOST_MS
                good = good and not slow
                if name == "a quarter" and taken["incidents"] > 1_000:
                    quarters[size] = middle
                print(
                    f"    {name:<12} {middle:7.0f} ms (most {max(taken['ms']):.0f}), "
                    f"{taken['incidents']:,} incidents in it, {taken['queries']} queries"
                    f"{'  TOO SLOW' if slow else ''}",
                    flush=True,
                )
    if len(quarters) > 1:
        times = quarters[max(quarters)] / quarters[min(quarters)]
        good = good and times <= AT_MOST_TIMES
        print(f"  the same quarter over the longest history takes {times:.2f} times as long")
    print(
        f"  {'ok' if good else 'MISSED'}: a quarter in {AT_MOST_MS} ms, and at most "
        f"{AT_MOST_TIMES} times as long over a longer history, were asked for"
    )
    return 0 if good else 1


def _step(data: str, verb: str, number: int) -> dict[str, Any]:
    return step("trust_speed.step", data, verb, number)
