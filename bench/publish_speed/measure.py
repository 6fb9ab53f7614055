"""The steps for each size of history, and whether what they found is flat."""

import os
import statistics
import tempfile
from typing import Any

from stepping import run, step

SIZES = [int(each) for each in os.environ.get("BENCH_SIZES", "100,10000,100000").split(",")]
PUBLICATIONS = int(os.environ.get("BENCH_PUBLICATIONS", "21"))
PAGES = 100
# Asked for: the median and the memory at any size, against those at the smallest.
AT_MOST = 1.3


def main() -> int:
    found = {}
    with tempfile.TemporaryDirectory() as data:
        run(data, "-m", "afterword.cli.main", "migrate")
        for size in SIZES:
            found[size] = _measured(data, size)
    smallest = found[SIZES[0]]
    time = max(each["median"] for each in found.values()) / smallest["median"]
    memory = max(each["megabytes"] for each in found.values()) / smallest["megabytes"]
    good = time <= AT_MOST and memory <= AT_MOST
    print(
        f"  {'ok' if good else 'MISSED'}: time {time:.2f} x, memory {memory:.2f} x those of "
        f"{SIZES[0]:,} incidents (at most {AT_MOST} x)"
    )
    return 0 if good else 1


def _measured(data: str, size: int) -> dict[str, Any]:
    grown = _step(data, "grow", size)
    built = _step(data, "build", PAGES)
    told = _step(data, "publish", PUBLICATIONS)
    median = statistics.median(told["seen"])
    print(
        f"  {grown['incidents']:>7,} incidents: visible after {median * 1000:.0f} ms (most "
        f"{max(told['seen']) * 1000:.0f}), all pages after "
        f"{statistics.median(told['followed']) * 1000:.0f} ms, {told['megabytes']:.0f} MB; "
        f"building {built['pages'] / built['seconds']:.0f} pages/s "
        f"({built['files'] / built['seconds']:.0f} files/s in four forms each)",
        flush=True,
    )
    return {"median": median, **told}


def _step(data: str, verb: str, number: int) -> dict[str, Any]:
    return step("publish_speed.step", data, verb, number)
