"""A database for each size, and what the plan takes there."""

import os
import tempfile
from typing import Any

from send_speed.databases import database_of, kinds
from stepping import run, step

SIZES = [int(each) for each in os.environ.get("BENCH_SIZES", "1000,10000,100000").split(",")]
TIMES = 3
# Asked for: people are read in batches, so time may grow with them, and not faster.
AT_MOST = 1.5
# Seconds for a hundred thousand, on two free cores.
SECONDS = 10.0


def main() -> int:
    return max([_on(kind) for kind in kinds()])


def _on(kind: str) -> int:
    found = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as data, database_of(kind):
            run(data, "-m", "afterword.cli.main", "migrate")
            _step(data, "grow", size)
            seen = _step(data, "plan", TIMES)
        print(
            f"    {kind}, {size:,} customers with a contact and {size:,} subscribers: the plan "
            f"takes {seen['plan']:.2f} s and {seen['plan_queries']} queries, who gets what "
            f"{seen['outlook']:.2f} s and {seen['outlook_queries']} queries, "
            f"{seen['megabytes']:.0f} MB; {seen['letters']:,} letters",
            flush=True,
        )
        found.append((seen["plan"] + seen["outlook"]) / size)
    grows, longest = max(found) / found[0], found[-1] * SIZES[-1]
    asked = SECONDS * SIZES[-1] / 100_000
    good = grows <= AT_MOST and longest <= max(1.0, asked)
    print(
        f"  {kind}: {'ok' if good else 'MISSED'}: the largest took "
        f"{longest:.1f} s (at most {max(1.0, asked):.0f}), a person costs at most {grows:.2f} "
        f"times what one costs among {SIZES[0]:,} (at most {AT_MOST})",
        flush=True,
    )
    return 0 if good else 1


def _step(data: str, verb: str, number: int) -> dict[str, Any]:
    return step("planner_speed.step", data, verb, number)
