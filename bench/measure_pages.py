"""Hold the demo's public pages to the tools that auditors use, and to a browser without help.

python bench/measure_pages.py [--skip nu,axe,lighthouse] [--pages 400] [--address http://…]
python bench/measure_pages.py --letters

Nu HTML checker on every page, and on letters of every kind (with --letters on those alone); axe
(light, dark, phone), Lighthouse, weight of the first load, sideways scrolling at 200 % and at 320
pixels, the keyboard, and the words without scripts and styles on the heaviest page of each kind.
What cannot be had here (npm, java) is said, not counted.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from pages import browser, letters, lighthouse, validity
from pages.npm import CannotBeHad
from pages.site import demo, one_of_each, walk

CHROMIUM = os.environ.get("AFTERWORD_CHROMIUM", "/usr/bin/chromium")
HEAVIEST = 50_000
LEAST_SCORE = 98
FEWEST_WORDS = 8


def told(name: str, faults: list[str]) -> int:
    print(f"  {name}: {len(faults)} faults", flush=True)
    for fault in faults[:12]:
        print(f"    {fault}", flush=True)
    return len(faults)


def over_kinds(kinds: dict[str, str], find: Callable[[str], list[str]]) -> list[str]:
    return [f"{kind}: {fault}" for kind, path in kinds.items() for fault in find(path)]


def in_a_browser(address: str, kinds: dict[str, str], skipped: set[str]) -> int:
    wrong = 0
    with browser.chromium(CHROMIUM) as running:
        heavy: list[str] = []
        for kind, path in kinds.items():
            size, requests = browser.weight(running, address + path)
            print(f"  {size:7,} bytes over the wire in {requests} requests: {kind} ({path})")
            if size > HEAVIEST:
                heavy.append(f"{kind}: {size:,} bytes")
        wrong += told("first load over 50 kB", heavy)
        if "axe" not in skipped:
            for look in browser.LOOKS:
                wrong += told(f"axe, {look}", over_kinds(
                    kinds, lambda path, look=look: browser.violations(running, address + path, look)
                ))  # fmt: skip
        wrong += told("scrolls sideways", over_kinds(
            kinds, lambda path: browser.too_wide(running, address + path)))  # fmt: skip
        wrong += told("keyboard", over_kinds(
            kinds, lambda path: browser.lost_to_the_keyboard(running, address + path)))  # fmt: skip
        wrong += told("bare words", over_kinds(kinds, lambda path: (
            [] if len(browser.only_words(running, address + path).split()) >= FEWEST_WORDS
            else ["nothing to read without scripts and styles"])))  # fmt: skip
    return wrong


def by_lighthouse(address: str, kinds: dict[str, str], room: Path) -> int:
    program = lighthouse.install(room)
    low: list[str] = []
    for kind, path in kinds.items():
        given, costly = lighthouse.scores(program, address + path, CHROMIUM)
        print(f"  Lighthouse {' '.join(f'{n} {s}' for n, s in given.items())}: {kind}", flush=True)
        if any("blocked from indexing" in each for each in costly):
            # A page that asks not to be found is not held to how well it can be found.
            given.pop("seo")
        if min(given.values()) < LEAST_SCORE:
            low.append(f"{kind}: {given} {'; '.join(costly[:6])}")
    return told(f"Lighthouse under {LEAST_SCORE}", low)


def valid_letters(room: Path) -> int:
    written = letters.written()
    print(f"  {len(written)} letters")
    return told("Nu HTML checker, letters", validity.faults(written, room))


def measure(address: str, at_most: int, skipped: set[str]) -> int:
    pages = walk(address, at_most)
    kinds = one_of_each(pages)
    print(f"  {len(pages)} pages of {len(kinds)} kinds")
    wrong = in_a_browser(address, kinds, skipped)
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        room = Path(folder)
        if "nu" not in skipped:
            try:
                wrong += told("Nu HTML checker", validity.faults(pages, room / "pages"))
                wrong += valid_letters(room / "letters")
            except CannotBeHad as why:
                print(f"  Nu HTML checker not run: {why}")
        if "lighthouse" not in skipped:
            try:
                wrong += by_lighthouse(address, kinds, room)
            except CannotBeHad as why:
                print(f"  Lighthouse not run: {why}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--skip", default="", help="of nu, axe, lighthouse; commas between")
    parser.add_argument("--pages", type=int, default=400, help="walk at most so many pages")
    parser.add_argument("--address", help="a running site instead of a demo of its own")
    parser.add_argument("--letters", action="store_true", help="the Nu checker on letters alone")
    asked = parser.parse_args()
    if asked.letters:
        with tempfile.TemporaryDirectory(prefix="letters-") as folder:
            return 1 if valid_letters(Path(folder)) else 0
    with nullcontext(asked.address.rstrip("/")) if asked.address else demo() as address:
        wrong = measure(address, asked.pages, set(asked.skip.split(",")))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
