"""Whether two versions of the checker say the same: a line for every text and what came of it.

python bench/same_findings.py --write FILE      with one version
python bench/same_findings.py --against FILE    with the other

The texts are those of the corpus (every kind of text, with and without a record), the ones of the
measurement of speed, invented incidents told truthfully and with one lie, and what the fuzzing run
throws at the checker. Exit status 1 if a report differs in a single byte; the texts are named.
"""

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "linter")]

import fuzz_plaintalk  # noqa: E402
from record_truth.book import BOOKS  # noqa: E402
from record_truth.incident import invent  # noqa: E402
from record_truth.measure import case, lies  # noqa: E402
from speed.documents import real_texts, samples, stories  # noqa: E402

import plaintalk  # noqa: E402

CORPUS = Path(os.environ.get("AFTERWORD_SHARED", HERE.parents[1] / "shared")) / "corpus"
SEED = 7

Given = tuple[str, str, str, plaintalk.Record | None]
"""The name of a case, its text, its kind and its record."""


def of_the_corpus(folder: Path) -> Iterator[Given]:
    """Every text of the corpus as every kind of text, without a record and with an invented one."""
    file = folder / "documents.jsonl"
    if not file.is_file():
        return
    for line in file.read_text("utf-8").splitlines():
        told = json.loads(line)
        record = plaintalk.load_record(invent(Random(told["id"])).record())
        for kind in plaintalk.KINDS:
            yield f"corpus {told['id']} {kind}", told["text"], kind, None
            yield f"corpus {told['id']} {kind} record", told["text"], kind, record


def of_the_speed_bench(folder: Path, number: int) -> Iterator[Given]:
    """Texts of 3 KB as they are measured, of another seed."""
    every = {
        "real": real_texts(number, folder, SEED),
        "true": stories(number, SEED),
        "faults": samples(number, SEED),
    }
    for name, texts in every.items():
        for at, one in enumerate(texts):
            yield f"{name} {at}", one.text, one.kind, one.record


def of_the_record_bench(number: int) -> Iterator[Given]:
    """So many incidents, book by book, each told truthfully and then with a lie of every kind."""
    for at in range(number):
        book = BOOKS[at % len(BOOKS)]
        truth, story = case(at, SEED, book)
        record = plaintalk.load_record(truth.record())
        yield f"truth {book.name} {at}", story.text, story.kind, record
        makers = dict(lies(truth, story, Random(f"{SEED} {at}")))
        fact = sorted(makers)[at // len(BOOKS) % len(makers)]
        lie = makers[fact]()
        if lie is not None:
            yield f"lie {book.name} {at} {fact}", lie.story.text, lie.story.kind, record


def of_the_rules() -> Iterator[Given]:
    """The sentences that every rule brings with it."""
    for rule in plaintalk.RULES:
        for at, one in enumerate((*rule.bad, *rule.good)):
            record = None if one.record is None else plaintalk.load_record(dict(one.record))
            yield f"{rule.id} {at}", one.text, one.kind, record


def of_the_fuzzing(number: int) -> Iterator[Given]:
    """Random texts and records."""
    for at in range(number):
        rng = Random(f"{SEED} {at}")
        record = fuzz_plaintalk._record(rng)
        text = fuzz_plaintalk._text(rng)
        yield f"fuzz {at}", text, rng.choice(plaintalk.KINDS), record


def told_of(given: Given) -> str:
    """What a check says of a case, as one short line."""
    _, text, kind, record = given
    said: Any
    try:
        said = plaintalk.check(text, kind=kind, record=record)
    except plaintalk.TextError as problem:
        said = problem
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--write", type=Path)
    chosen.add_argument("--against", type=Path)
    parser.add_argument("--incidents", type=int, default=6_000)
    parser.add_argument("--fuzzed", type=int, default=4_000)
    parser.add_argument("--texts", type=int, default=300, help="of 3 KB, of each sort")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    asked = parser.parse_args()
    said: dict[str, str] = {}
    for given in (
        *of_the_rules(),
        *of_the_corpus(asked.corpus),
        *of_the_speed_bench(asked.corpus, asked.texts),
        *of_the_record_bench(asked.incidents),
        *of_the_fuzzing(asked.fuzzed),
    ):
        said[given[0]] = told_of(given)
    if asked.write:
        asked.write.write_text(json.dumps(said, indent=0), "utf-8")
        print(f"{len(said):,} texts written to {asked.write}")
        return 0
    before: dict[str, str] = json.loads(asked.against.read_text("utf-8"))
    other = [name for name in {**before, **said} if before.get(name) != said.get(name)]
    print(f"{len(said):,} texts, {len(other)} with another report")
    for name in other[:40]:
        print(f"  {name}")
    return 1 if other else 0


if __name__ == "__main__":
    sys.exit(main())
