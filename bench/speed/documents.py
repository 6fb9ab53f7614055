"""Texts to measure on: the random stories of `record_truth`, with or without typical faults among
them, and real texts where a folder of them is at hand."""

import json
from pathlib import Path
from random import Random
from typing import NamedTuple

from record_truth.incident import invent
from record_truth.narrator import narrate

import plaintalk

SIZE = 3_000


class Sample(NamedTuple):
    """A text, its kind, and the record that it is checked against."""

    text: str
    kind: str
    record: plaintalk.Record


def faulty_sentences() -> tuple[str, ...]:
    """The sentences on which rules fire, from the rules themselves; single lines only."""
    found = {
        example.text
        for rule in plaintalk.RULES
        for example in rule.bad
        if "\n" not in example.text and len(example.text) < 160
    }
    return tuple(sorted(found))


def samples(number: int, seed: int = 3) -> list[Sample]:
    """So many texts of 3 KB: paragraphs about one incident, every eighth sentence a faulty one."""
    faults = faulty_sentences()
    return [_story(f"{seed} {at}", faults) for at in range(number)]


def stories(number: int, seed: int = 3) -> list[Sample]:
    """So many texts of 3 KB that tell one incident truthfully."""
    return [_story(f"{seed} {at}", ()) for at in range(number)]


def real_texts(number: int, folder: Path, seed: int = 3) -> list[Sample]:
    """So many texts of 3 KB, put together from real ones; none if the folder holds none.

    The record beside each is an invented one, so that the record rules have work to do.
    """
    file = folder / "documents.jsonl"
    if not file.is_file():
        return []
    texts = [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()]
    return [_put_together(Random(f"{seed} {at}"), texts) for at in range(number)]


def _put_together(rng: Random, texts: list[str]) -> Sample:
    parts: list[str] = []
    while sum(map(len, parts)) < SIZE:
        parts.append(rng.choice(texts))
    record = plaintalk.load_record(invent(rng).record())
    return Sample("\n\n".join(parts)[:SIZE], "summary", record)


def _story(seed: str, faults: tuple[str, ...]) -> Sample:
    rng = Random(seed)
    truth = invent(rng)
    parts: list[str] = []
    chapter = 0
    while sum(map(len, parts)) < SIZE:
        parts.append(narrate(truth, f"{seed} {chapter}").text.rstrip())
        if faults:
            parts.append(" ".join(rng.sample(faults, 2)))
        chapter += 1
    text = "\n\n".join(parts)[:SIZE]
    return Sample(text, "summary", plaintalk.load_record(truth.record()))
