"""The steps for each size of history, and whether every question is answered in time."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SIZES = [int(each) for each in os.environ.get("BENCH_SIZES", "1000,100000").split(",")]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
# Asked for: the median of every question, whatever it asks and however long the history is.
AT_MOST_MS = 250


def main() -> int:
    good = True
    with tempfile.TemporaryDirectory() as data:
        _run(data, "-m", "afterword.cli.main", "migrate")
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
    said = _run(data, "-m", "search_speed.step", verb, str(number))
    answer: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return answer


def _run(data: str, *arguments: str) -> str:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("AFTERWORD_")},
        "AFTERWORD_DATA_DIR": data,
        "AFTERWORD_PUBLIC_URL": "http://127.0.0.1",
        "AFTERWORD_DATABASE_URL": os.environ.get("AFTERWORD_DATABASE_URL", ""),
        "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
    }
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout
