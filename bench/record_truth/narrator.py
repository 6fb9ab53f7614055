"""Whole small texts: which sentences an incident calls for, in a random order that reads well."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from record_truth.book import BOOKS, Book
from record_truth.incident import Hit, Incident, Promise
from record_truth.voice import Claim, Voice

Group = tuple[str, ...]


@dataclass(frozen=True)
class Slot:
    """A place for one sentence: where it stands, its shape, and whom it is about."""

    name: str
    shape: str
    hit: int | None = None
    promise: int | None = None


@dataclass(frozen=True)
class Sentence:
    """A slot in words, with the facts it states."""

    slot: Slot
    words: str
    claims: tuple[Claim, ...]

    @property
    def facts(self) -> set[str]:
        return {claim.fact for claim in self.claims}


@dataclass(frozen=True)
class Story:
    """A text as its sentences, and the seed that made it."""

    seed: str
    kind: str
    book: Book
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return _laid_out([one.words for one in self.sentences], Random(f"{self.seed} layout"))

    def with_slot(self, told: Incident, slot: Slot) -> "Story":
        """The same story with one sentence told anew, from other facts or in another shape."""
        other = _told(told, self.seed, self.book, slot)
        return replace(
            self,
            sentences=tuple(other if one.slot.name == slot.name else one for one in self.sentences),
        )

    def without(self, *names: str) -> "Story":
        """The same story with sentences left out."""
        kept = tuple(one for one in self.sentences if one.slot.name not in names)
        return replace(self, sentences=kept)


def narrate(truth: Incident, seed: str, book: Book = BOOKS[0]) -> Story:
    """A truthful text about an incident."""
    rng = Random(f"{seed} plan")
    # A summary without a change is incomplete, and the checker rightly says so.
    kind = rng.choice(("closure", "summary")) if truth.promises and truth.times_known else "closure"
    slots = [
        Slot(name, rng.choice(group), hit, promise)
        for name, group, hit, promise in _plan(truth, kind, book.shapes, rng)
    ]
    return Story(seed, kind, book, tuple(_told(truth, seed, book, slot) for slot in slots))


def _told(told: Incident, seed: str, book: Book, slot: Slot) -> Sentence:
    voice = Voice(told, seed, book)
    hits: tuple[Hit, ...] = (*told.hits, *told.fine)
    promise: Promise | None = None if slot.promise is None else told.promises[slot.promise]
    hit = None if slot.hit is None else hits[slot.hit]
    words = voice.say(slot.shape, f"{seed} {slot.name}", hit, promise)
    return Sentence(slot, words, tuple(voice.claims))


Planned = tuple[str, Group, int | None, int | None]


def _plan(truth: Incident, kind: str, shapes: Any, rng: Random) -> Iterator[Planned]:
    """Which groups of shapes the text draws from, in order."""
    yield "state", shapes.NOT_OVER if truth.lagging else _over(truth, shapes), None, None
    yield from _what(truth, shapes, rng)
    yield from _who(truth, shapes, rng)
    yield from _data(truth, shapes, rng)
    yield from _why(truth, kind, shapes, rng)
    yield from _side_facts(truth, shapes, rng)
    for position, promise in enumerate(truth.promises):
        yield f"promise{position}", _promised(promise, shapes), None, position
    yield from _past_and_contract(truth, shapes, rng)
    if rng.random() < 0.7:
        yield "sorry", shapes.SORRY if truth.times_known else shapes.SORRY[:2], None, None
    if rng.random() < 0.5:
        yield "thanks", shapes.THANKS, None, None


def _over(truth: Incident, shapes: Any) -> Group:
    if truth.times_known:
        return shapes.OVER
    return tuple(one for one in shapes.OVER if "{end" not in one)


def _labelled(truth: Incident, shapes: Any) -> Group:
    """Labelled figures, without those of customers whom nobody has counted."""
    if truth.basis != "unknown":
        return shapes.LABELLED
    return tuple(one for one in shapes.LABELLED if "{count}" not in one and "{share}" not in one)


def _promised(promise: Promise, shapes: Any) -> Group:
    return shapes.PROMISED[promise.status]


def _what(truth: Incident, shapes: Any, rng: Random) -> Iterator[Planned]:
    down = truth.hits[0].impact != "degraded_performance"
    if truth.times_known:
        choice = rng.random()
        if choice < 0.6:
            yield "what", shapes.WHEN_HIT, 0, None
        elif choice < 0.8 and down:
            yield "what", shapes.YOU_COULD_NOT, 0, None
            yield "what plainly", shapes.PART_PLAIN, 0, None
        else:
            yield "what plainly", shapes.PART_PLAIN, 0, None
            yield "times", shapes.INCIDENT_TIMES, 0, None
        if rng.random() < 0.35:
            yield "more times", shapes.INCIDENT_TIMES, 0, None
        if rng.random() < 0.35:
            yield "labelled", _labelled(truth, shapes), None, None
    else:
        yield "what plainly", shapes.PART_PLAIN, 0, None
        yield "times", shapes.TIMES_UNKNOWN, None, None
    for position, hit in enumerate(truth.hits[1:], 1):
        timed = hit.began is not None and rng.random() < 0.6
        yield f"part{position}", shapes.PART_TIMES if timed else shapes.PART_PLAIN, position, None


def _who(truth: Incident, shapes: Any, rng: Random) -> Iterator[Planned]:
    if truth.basis == "unknown":
        yield "who", shapes.UNCOUNTED, None, None
    elif truth.affected == truth.total and rng.random() < 0.5:
        yield "everyone", shapes.EVERYONE, None, None
    else:
        group: Group = shapes.COUNTED
        if truth.basis == "estimated":
            group = tuple(one for one in group if "{rough" in one)
        yield "who", group, None, None
        if rng.random() < 0.2:
            yield "who again", group, None, None
    if truth.regional:
        yield "where", shapes.PLACED, None, None


def _data(truth: Incident, shapes: Any, rng: Random) -> Iterator[Planned]:
    if all(effect == "none" for effect in truth.effects.values()):
        yield "data", shapes.NO_EFFECT, None, None
        return
    for name, effect in truth.effects.items():
        if effect == "none" and rng.random() < 0.5:
            continue
        yield f"data {name}", shapes.EFFECTS[name, _known(effect)], None, None


def _known(effect: str) -> str:
    return "possible" if effect == "unknown" else effect


def _why(truth: Incident, kind: str, shapes: Any, rng: Random) -> Iterator[Planned]:
    if kind == "closure" and rng.random() < 0.5:
        return
    groups = {
        "confirmed": shapes.WHY_SURE,
        "suspected": shapes.WHY_PERHAPS,
        "unknown": shapes.WHY_UNKNOWN,
    }
    yield "why", groups[truth.confidence], None, None


def _side_facts(truth: Incident, shapes: Any, rng: Random) -> Iterator[Planned]:
    if rng.random() < 0.5:
        yield "speed", shapes.SPEED, None, None
    if rng.random() < 0.4 and not truth.lagging:
        yield "leftovers", shapes.LEFTOVERS, 0, None
    if truth.watch_until is not None and truth.times_known and rng.random() < 0.5:
        yield "watched", shapes.WATCHED, None, None
    for position in range(rng.choice((0, 1, 1, 2, 3))):
        yield f"aside{position}", shapes.ASIDES, None, None
    if truth.fine and rng.random() < 0.5:
        yield "fine", shapes.KEPT_WORKING, None, None


def _past_and_contract(truth: Incident, shapes: Any, rng: Random) -> Iterator[Planned]:
    if truth.earlier:
        yield "earlier", shapes.REPEATED, None, None
    elif rng.random() < 0.2:
        yield "earlier", shapes.UNIQUE, None, None
    if truth.level is not None:
        group = shapes.LEVEL_MISSED if truth.level.breached else shapes.LEVEL_MET
        yield "level", group, None, None
        if truth.level.credit:
            yield "credit", shapes.LEVEL_CREDIT, None, None
    if truth.malicious == "yes":
        yield "intent", shapes.ATTACKED, None, None
    elif truth.malicious == "no" and rng.random() < 0.25:
        yield "intent", shapes.NO_ATTACK, None, None


def _laid_out(sentences: list[str], rng: Random) -> str:
    """Sentences in paragraphs; labelled lines and list items on lines of their own."""
    heading = rng.random() < 0.15
    text = "## What happened\n\n" if heading else ""
    fresh = True
    for sentence in sentences:
        if sentence.startswith("- "):
            text += ("" if fresh else "\n") + sentence
            text += "\n"
            fresh = True
            continue
        alone = sentence.startswith("**") or not sentence.endswith(".")
        if not fresh:
            text += "\n\n" if alone or rng.random() < 0.3 else " "
        elif text.endswith("\n") and not text.endswith("\n\n"):
            text += "\n"
        text += sentence
        fresh = False
        if alone:
            text += "\n\n"
            fresh = True
    return text.strip() + "\n"
