"""Count false findings on truthful texts, and lies that no rule answers."""

import argparse
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from random import Random

import plaintalk
from record_truth.book import BOOKS, Book
from record_truth.incident import Incident, invent
from record_truth.lies import Lie, lies
from record_truth.narrator import Story, narrate

SEED = 20261123
SHOWN = 6
MOST_FALSE = 0.2
LEAST_CAUGHT = 98
MISSING = "missing"
"""The category of rules that ask for an answer. They are counted apart: a text may be true and
still not answer in words that are known."""


@dataclass
class Tally:
    """What came of a run."""

    texts: int = 0
    wrong_texts: int = 0
    incomplete_texts: int = 0
    doubting_texts: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    false: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    told: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    missed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def false_share(self) -> float:
        """Truthful texts with an error finding about something that they say, in percent."""
        return 100 * self.wrong_texts / max(1, self.texts)

    @property
    def doubting_share(self) -> float:
        """Truthful texts with a warning that a figure may not be the record's, in percent."""
        return 100 * self.doubting_texts / max(1, self.texts)

    @property
    def incomplete_share(self) -> float:
        """Texts in which coverage sees no answer to a question, in percent."""
        return 100 * self.incomplete_texts / max(1, self.texts)

    @property
    def caught_share(self) -> float:
        """Lies answered with the record's figure, in percent."""
        return 100 * self.caught.total() / max(1, self.told.total())


def case(number: int, seed: int = SEED, book: Book = BOOKS[0]) -> tuple[Incident, Story]:
    """The incident and the truthful story of a number."""
    truth = invent(Random(f"{seed} {number} incident"), book)
    return truth, narrate(truth, f"{seed} {number}", book)


def one_lie(truth: Incident, story: Story, told: Counter[str], seed: str) -> Lie | None:
    """A lie about the fact that was lied about least so far."""
    rng = Random(f"{seed} lie")
    makers = dict(lies(truth, story, rng))
    for fact in sorted(makers, key=lambda name: (told[name], name)):
        lie = makers[fact]()
        if lie is not None:
            return lie
    return None


def _around(text: str, start: int, end: int) -> str:
    """The sentence or so that holds a finding."""
    marks = (". ", "\n")
    first = max(
        (text.rfind(mark, 0, start) + len(mark) for mark in marks if mark in text[:start]),
        default=0,
    )
    last = min((at for mark in marks if (at := text.find(mark, end)) >= 0), default=len(text))
    return text[first : last + 1].strip()[:220]


def is_answered(lie: Lie, record: plaintalk.Record) -> bool:
    """Whether a rule for the fact fires and its message holds the record's figure."""
    report = plaintalk.check(lie.story.text, kind=lie.story.kind, record=record)
    return any(
        found.rule in lie.rules and any(figure in found.message for figure in lie.figures)
        for found in report.findings
    )


def _doubts(found: plaintalk.Finding) -> bool:
    """Whether a finding only wonders about a figure, as nothing says surely what it is about."""
    return found.rule in ("REC-03", "REC-04", "REC-05") and found.severity == "warning"


def run(texts: int, seed: int = SEED, book: Book = BOOKS[0]) -> Tally:
    """Check so many truthful texts, and each again with one lie."""
    tally = Tally()
    for number in range(texts):
        truth, story = case(number, seed, book)
        record = plaintalk.load_record(truth.record())
        text = story.text
        tally.texts += 1
        findings = plaintalk.check(text, kind=story.kind, record=record).findings
        errors = [found for found in findings if found.severity == "error"]
        doubts = [found for found in findings if _doubts(found)]
        tally.doubting_texts += bool(doubts)
        tally.wrong_texts += any(found.category != MISSING for found in errors)
        tally.incomplete_texts += any(found.category == MISSING for found in errors)
        for rule in {found.rule for found in errors}:
            tally.wrong[rule] += 1
        for rule in {found.rule for found in doubts}:
            tally.wrong[f"{rule} doubts"] += 1
        for found in (*errors, *doubts):
            line = _around(text, found.start, found.end)
            name = found.rule if found.severity == "error" else f"{found.rule} doubts"
            tally.false[name].append(f"{number}: {line!r} -> {found.message}")
        lie = one_lie(truth, story, tally.told, story.seed)
        if lie is None:
            continue
        tally.told[lie.fact] += 1
        if is_answered(lie, record):
            tally.caught[lie.fact] += 1
        else:
            tally.missed[lie.fact].append(
                f"{number}: {lie.sentence!r}; {'/'.join(lie.rules)} should say {lie.figures[0]!r}"
            )
    return tally


def report(tally: Tally, shown: int, book: Book) -> None:
    """Print it all, the worst first."""
    print(
        f"{tally.texts:,} truthful texts of the {book.name} book, {book.how_many()} sentence shapes"
    )
    print(f"with a false error: {tally.wrong_texts} ({tally.false_share:.2f} %; limit 0.2 %)")
    print(f"with a false doubt: {tally.doubting_texts} ({tally.doubting_share:.2f} %)")
    print(f"with an answer not seen: {tally.incomplete_texts} ({tally.incomplete_share:.2f} %)")
    for rule, number in tally.wrong.most_common():
        print(f"  {rule}: {number} texts")
        for line in tally.false[rule][:shown]:
            print(f"    {line}")
    print(
        f"{tally.told.total():,} lies, one per text: {tally.caught.total():,} answered with the "
        f"record's figure ({tally.caught_share:.2f} %; limit 98 %)"
    )
    for fact in sorted(tally.told, key=lambda name: tally.caught[name] / tally.told[name]):
        share = 100 * tally.caught[fact] / tally.told[fact]
        print(f"  {fact:24} {tally.caught[fact]:5} of {tally.told[fact]:5}  {share:6.2f} %")
        for line in tally.missed[fact][:shown]:
            print(f"    {line}")


def main() -> int:
    """Run from the command line. Returns 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--shown", type=int, default=SHOWN, help="offenders shown per rule or fact")
    parser.add_argument("--print", type=int, metavar="NUMBER", help="print one text and stop")
    parser.add_argument("--book", choices=[one.name for one in BOOKS], help="only this generator")
    chosen = parser.parse_args()
    books = [one for one in BOOKS if chosen.book in (None, one.name)]
    if chosen.print is not None:
        print(case(chosen.print, chosen.seed, books[0])[1].text)
        return 0
    kept = True
    for book in books:
        began = time.perf_counter()
        tally = run(chosen.texts, chosen.seed, book)
        report(tally, chosen.shown, book)
        print(f"took {time.perf_counter() - began:.0f} s")
        shares = [100 * tally.caught[fact] / tally.told[fact] for fact in tally.told]
        kept = kept and tally.false_share <= MOST_FALSE and min(shares, default=100) >= LEAST_CAUGHT
    return 0 if kept else 1
