"""Texts to measure on: the random stories of `record_truth`, with typical faults among them."""

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
    return [_sample(Random(f"{seed} {at}"), f"{seed} {at}", faults) for at in range(number)]


def _sample(rng: Random, seed: str, faults: tuple[str, ...]) -> Sample:
    truth = invent(rng)
    parts: list[str] = []
    chapter = 0
    while sum(map(len, parts)) < SIZE:
        story = narrate(truth, f"{seed} {chapter}").text
        parts.append(story.rstrip())
        parts.append(" ".join(rng.sample(faults, 2)))
        chapter += 1
    text = "\n\n".join(parts)[:SIZE]
    return Sample(text, "summary", plaintalk.load_record(truth.record()))
