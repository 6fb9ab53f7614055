"""The houses, the rounds, and whether a longer history costs anything.

Sizes come from BENCH_SIZES, rounds from BENCH_ROUNDS; with AFTERWORD_DATABASE_URL (PostgreSQL, a
user who may create databases) each house is a database of its own that is dropped at the end.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from stepping import run, step

SIZES = [int(each) for each in os.environ.get("BENCH_SIZES", "100,1000,10000").split(",")]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
# How often a page is asked for in each round.
TIMES = 6
# The most that the longest history may cost beside the shortest.
AT_MOST = 1.3
# Below this many milliseconds a page is as good as instant, and its ratio is noise.
NOISE_MS = 3.0


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        houses = {size: stack.enter_context(_house(Path(folder), size)) for size in SIZES}
        for size, house in houses.items():
            grown = _step(house, "grow", size)
            print(f"  {grown['closed']:,} closed and {grown['open']} open cases on "
                  f"{grown['vendor']}", flush=True)  # fmt: skip
        found: dict[int, dict[str, dict[str, Any]]] = {size: {} for size in SIZES}
        for _ in range(ROUNDS):
            for size, house in houses.items():
                for page, seen in _step(house, "ask", TIMES).items():
                    kept = found[size].setdefault(page, seen)
                    kept["ms"] = min(kept["ms"], seen["ms"])
    return 0 if _report(found) else 1


def _report(found: dict[int, dict[str, dict[str, Any]]]) -> bool:
    good = True
    print(f"  {'page':<28}" + "".join(f"{size:>14,}" for size in SIZES) + "   longest/shortest")
    for page, first in found[SIZES[0]].items():
        seen = [found[size][page] for size in SIZES]
        ratio = max(each["ms"] for each in seen) / seen[0]["ms"]
        grows = ratio > AT_MOST and max(e["ms"] for e in seen) - seen[0]["ms"] > NOISE_MS
        more = any(each["queries"] != first["queries"] for each in seen)
        good = good and not grows and not more
        times = "".join(f"{each['ms']:>8.1f} ms{each['queries']:>3}" for each in seen)
        print(f"  {page:<28}{times}   {ratio:.2f}"
              f"{'  GROWS' if grows else ''}{'  MORE QUERIES' if more else ''}")  # fmt: skip
    print(f"  {'ok' if good else 'MISSED'}: at most {AT_MOST} times the time, and as many queries, "
          "were asked for (least time of all rounds; number of queries beside it)")  # fmt: skip
    return good


@contextlib.contextmanager
def _house(folder: Path, size: int) -> Iterator[dict[str, str]]:
    """Yield a migrated house: its data folder and its database."""
    data = folder / str(size)
    data.mkdir()
    with _database(size) as url:
        house = {"data": str(data), "url": url}
        with _at(house):
            run(house["data"], "-m", "afterword.cli.main", "migrate")
        yield house


@contextlib.contextmanager
def _database(size: int) -> Iterator[str]:
    server = os.environ.get("AFTERWORD_DATABASE_URL", "")
    if not server:
        yield ""
        return
    import psycopg

    name = f"afterword_desk_speed_{os.getpid()}_{size}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def _at(house: dict[str, str]) -> Iterator[None]:
    before = os.environ.get("AFTERWORD_DATABASE_URL", "")
    os.environ["AFTERWORD_DATABASE_URL"] = house["url"]
    try:
        yield
    finally:
        os.environ["AFTERWORD_DATABASE_URL"] = before


def _step(house: dict[str, str], verb: str, number: int) -> dict[str, Any]:
    with _at(house):
        return step("desk_speed.step", house["data"], verb, number)
