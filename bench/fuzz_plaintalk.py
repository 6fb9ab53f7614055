"""Throw random texts and records at the checker for some minutes; report what breaks.

python bench/fuzz_plaintalk.py --minutes 10
Exit status 1 if anything broke. Each round has a number; `--round N` repeats one. The minutes are
those of the whole run, its start and its last round included, so that a run of ten minutes ends
within a deadline of ten.
"""

import argparse
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

BEGAN = time.monotonic()
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "linter")]

from record_truth.incident import invent  # noqa: E402
from record_truth.narrator import narrate  # noqa: E402
from tests.generated.invariants import broken  # noqa: E402
from tests.generated.test_any_text import PIECES  # noqa: E402

import plaintalk  # noqa: E402

MOST_SECONDS = 10
_BAD = [example.text for rule in plaintalk.RULES for example in (*rule.bad, *rule.good)]
_BLOCKS = (
    (0, 0x7F),
    (0, 0xFF),
    (0x2000, 0x206F),
    (0x590, 0x6FF),
    (0x1F300, 0x1FAFF),
    (0, 0x10FFFF),
)


def _characters(rng: Random, number: int) -> str:
    low, high = rng.choice(_BLOCKS)
    found = (rng.randint(low, high) for _ in range(number))
    return "".join(chr(one) for one in found if not 0xD800 <= one <= 0xDFFF)


def _mutated(rng: Random, text: str) -> str:
    for _ in range(rng.randint(1, 12)):
        at, end = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
        end = min(end, at + rng.choice((0, 1, 5, 40)))
        middle = rng.choice((
            "", text[at:end] * rng.randint(1, 30), rng.choice(PIECES), rng.choice(_BAD),
            _characters(rng, 5), str(rng.randint(-5, 10**rng.randint(1, 20))), text[at:end].upper(),
        ))  # fmt: skip
        text = text[:at] + middle + text[end:]
    return text[:20_000]


def _text(rng: Random) -> str:
    kind = rng.randrange(5)
    if kind == 0:
        return _characters(rng, rng.randint(0, 2_000))
    if kind == 1:
        return "".join(rng.choices(PIECES, k=rng.randint(0, 120)))
    if kind == 2:
        joiner = rng.choice((" ", "\n", "\n\n", "\n- "))
        return _mutated(rng, joiner.join(rng.choices(_BAD, k=rng.randint(1, 25))))
    if kind == 3:
        return (rng.choice(PIECES) * rng.randint(1, 3_000))[:20_000]
    return _mutated(rng, narrate(invent(rng), str(rng.random())).text)


_ODD_VALUES: tuple[Any, ...] = (
    None, "", "unknown", "x", -1, 0, 1, 10**30, 1.5, float("nan"), float("inf"), True, [], {},
    [None],
    "2026-03-29T02:30:00+01:00", "2026-03-04", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59",
    "1970-01-01T00:00:00+14:00", "é" * 50, "a\x00b", "(", "[", "\\", "*", ".*", "EU", "100%", "12%",
)  # fmt: skip


def _spoiled(rng: Random, value: Any) -> Any:
    """A mapping with some values replaced, anywhere in it."""
    if rng.random() < 0.04:
        return rng.choice(_ODD_VALUES)
    if isinstance(value, dict):
        return {key: _spoiled(rng, inner) for key, inner in value.items() if rng.random() > 0.02}
    if isinstance(value, list):
        return [_spoiled(rng, inner) for inner in value]
    return value


def _record(rng: Random) -> plaintalk.Record | None:
    mapping = invent(rng).record()
    if rng.random() < 0.5:
        mapping = _spoiled(rng, mapping)
    try:
        return plaintalk.load_record(mapping)
    except plaintalk.RecordError:
        return None


def one_round(number: int, seed: int) -> tuple[list[str], float, int]:
    """What broke in a round, the seconds of its check, the length of its text."""
    rng = Random(f"{seed} {number}")
    record = _record(rng)
    text = _text(rng)
    kind = rng.choice(plaintalk.KINDS)
    began = time.process_time()
    report = plaintalk.check(text, kind=kind, record=record)
    spent = time.process_time() - began
    faults = broken(text, report)
    if number % 10 == 0 and plaintalk.check(text, kind=kind, record=record) != report:
        faults.append("the second report differs from the first")
    fixed = text
    for found in sorted(report.findings, key=lambda one: -one.start):
        if found.replacement is not None:
            fixed = fixed[: found.start] + found.replacement + fixed[found.end :]
    if fixed != text:
        faults += broken(fixed, plaintalk.check(fixed, kind=kind, record=record))
    return faults, spent, len(text)


class TooSlow(Exception):
    """A round used up its seconds."""


def _stop(*_: object) -> None:
    raise TooSlow(f"a round took more than {MOST_SECONDS} s of CPU")


def main() -> int:
    """Run until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--round", type=int, help="repeat one round and stop")
    parser.add_argument("--start", type=int, default=0, help="the first round")
    chosen = parser.parse_args()
    if chosen.round is not None:
        print(one_round(chosen.round, chosen.seed))
        return 0
    ends = BEGAN + chosen.minutes * 60 - 1
    longest = 0.0
    faults: Counter[str] = Counter()
    slowest = (0.0, 0, 0)
    number, characters = chosen.start, 0
    signal.signal(signal.SIGVTALRM, _stop)
    while (now := time.monotonic()) + longest < ends:
        signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
        try:
            found, spent, length = one_round(number, chosen.seed)
        except Exception:  # noqa: BLE001 - whatever breaks is what this looks for
            found, spent, length = [traceback.format_exc(limit=-3)], 0.0, 0
        for fault in found:
            faults[fault] += 1
            if faults[fault] == 1:
                print(f"round {number}: {fault}", flush=True)
        longest = max(longest, time.monotonic() - now)
        slowest = max(slowest, (spent / max(length, 500), number, length))
        characters += length
        number += 1
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    print(
        f"{number - chosen.start:,} rounds, {characters:,} characters, {chosen.minutes:g} minutes: "
        f"{faults.total()} faults of {len(faults)} kinds"
    )
    print(
        f"slowest: {slowest[0] * 1e6:.1f} µs a character ({slowest[2]} characters, "
        f"round {slowest[1]})"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
