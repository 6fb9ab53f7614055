"""Precision and recall of plaintalk on real, labelled texts: `python bench/corpus`.

`--misses NAME` prints what was wrong or missed in a category or for an answer.

The texts are not part of the project: they are read from the folder given with `--corpus`, or else
from `corpus/` in the folder named by AFTERWORD_SHARED (default: `shared` beside the repository).
Matching follows their README: a finding
of severity error or warning is right where it overlaps a span of its category; a span is found
where such a finding overlaps it; jargon is judged by document.
"""

import argparse
import json
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import plaintalk

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("AFTERWORD_SHARED", ROOT.parent / "shared")) / "corpus"

CATEGORIES = {
    "minimising": "minimising",
    "over_promise": "over_promise",
    "vague_prevention": "vague_prevention",
    "defensive": "defensive",
    "blame": "blame",
    "leak": "internal_leak",
    "jargon": "jargon",
}
KINDS = {"closure": "closure", "update": "update", "summary": "summary", "report": "summary"}
STATES = {"yes": "answered", "partial": "partly", "no": "missing"}
ANSWERS = ("what_happened", "who_affected", "duration", "prevention", "data_impact")
CLOSING = {
    "resolved_stated": ("resolved",),
    "stability_confirmed": ("stability",),
    "thanks_or_apology": ("thanks",),
}


@dataclass
class Tally:
    """Right and wrong findings, found and missed spans of one category."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0
    misses: list[str] = field(default_factory=list)

    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    def recall(self) -> float:
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0


def lines(file: Path) -> list[dict[str, Any]]:
    """The entries of one file of a corpus."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]


def places(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place of a quote in a text."""
    found = []
    at = text.find(quote)
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def judge_spans(
    tally: Tally, category: str, label: str, document: dict[str, Any], spans: list[Any], report: Any
) -> None:
    """One category other than jargon in one document."""
    text = document["text"]
    marked = [places(text, one["quote"]) for one in spans if one["category"] == label]
    loud = [
        one for one in report.findings if one.category == category and one.severity != "suggestion"
    ]
    for finding in loud:
        here = (finding.start, finding.end)
        if any(overlaps(here, place) for every in marked for place in every):
            tally.right += 1
        else:
            tally.wrong += 1
            tally.misses.append(f"  wrong  {finding.rule} {document['id']}: {context(text, *here)}")
    for one, every in zip([one for one in spans if one["category"] == label], marked, strict=True):
        if any(overlaps((f.start, f.end), place) for f in loud for place in every):
            tally.found += 1
        else:
            tally.missed += 1
            tally.misses.append(f"  missed {document['id']}: {one['quote']!r}")


def context(text: str, start: int, end: int) -> str:
    return repr(
        text[max(0, start - 40) : start] + ">>" + text[start:end] + "<<" + text[end : end + 40]
    )


def judge_jargon(tally: Tally, document: dict[str, Any], report: Any) -> None:
    """Jargon is judged by document."""
    has = document["labels"]["jargon"] in ("light", "heavy")
    every = [one for one in report.findings if one.category == "jargon"]
    loud = [one for one in every if one.severity != "suggestion"]
    if has:
        tally.right += len(loud)
        tally.found += bool(every)
        tally.missed += not every
        if not every:
            tally.misses.append(f"  missed {document['id']} ({document['labels']['jargon']})")
    else:
        tally.wrong += len(loud)
        tally.misses += [f"  wrong  {f.rule} {document['id']}: {f.quote!r}" for f in loud]


def judge_answers(
    agreement: dict[str, list[float]],
    confusion: Counter[tuple[str, str, str]],
    document: dict[str, Any],
    report: Any,
) -> list[str]:
    """Agreement with the labels of one document; what differs, as lines."""
    off: list[str] = []
    labels = document["labels"]
    for key in ANSWERS:
        expected = STATES[labels["answers"][key]]
        answer = report.coverage[key]
        agreement[key].append(score(expected, answer.state))
        if expected != answer.state:
            confusion[key, expected, answer.state] += 1
            found = f"found {answer.state}: {answer.quote!r:.150}"
            off.append(f"{key} {document['id']}: {expected}, {found}")
    for label, keys in CLOSING.items():
        said = any(report.coverage[key].state == "answered" for key in keys)
        agreement[label].append(float(said == labels["closure"][label]))
        if said != labels["closure"][label]:
            quote = report.coverage[keys[0]].quote
            off.append(f"{label} {document['id']}: expected {not said}: {quote!r:.150}")
    return off


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure plaintalk on real, labelled texts.")
    parser.add_argument("--misses", metavar="CATEGORY", help="print what was wrong or missed")
    parser.add_argument(
        "--corpus", type=Path, metavar="DIR", default=CORPUS, help="the folder of labelled texts"
    )
    chosen = parser.parse_args()
    corpus: Path = chosen.corpus
    if not (corpus / "documents.jsonl").exists():
        print(f"corpus: no texts at {corpus}; name their folder with --corpus or AFTERWORD_SHARED")
        return 0
    spans = lines(corpus / "spans.jsonl")
    tallies = {category: Tally() for category in CATEGORIES}
    agreement: dict[str, list[float]] = {key: [] for key in (*ANSWERS, *CLOSING)}
    confusion: Counter[tuple[str, str, str]] = Counter()
    off: list[str] = []
    for document in lines(corpus / "documents.jsonl"):
        report = plaintalk.check(document["text"], kind=KINDS[document["kind"]])
        own = [one for one in spans if one["doc_id"] == document["id"]]
        for category, label in CATEGORIES.items():
            if category == "jargon":
                judge_jargon(tallies[category], document, report)
            else:
                judge_spans(tallies[category], category, label, document, own, report)
        off += judge_answers(agreement, confusion, document, report)
    show(tallies, agreement, confusion)
    if chosen.misses in tallies:
        print("\n".join(tallies[chosen.misses].misses))
    elif chosen.misses:
        print("\n".join(line for line in off if line.startswith(chosen.misses)))
    return 0


def score(expected: str, found: str) -> float:
    """1 for the same state, a half where one of the two is `partly`."""
    if expected == found:
        return 1.0
    return 0.5 if "partly" in (expected, found) else 0.0


def show(
    tallies: dict[str, Tally],
    agreement: dict[str, list[float]],
    confusion: Counter[tuple[str, str, str]],
) -> None:
    print(f"{'category':18} {'precision':>10} {'recall':>8}   right wrong found missed")
    for category, tally in tallies.items():
        print(
            f"{category:18} {tally.precision():10.2f} {tally.recall():8.2f}   "
            f"{tally.right:5} {tally.wrong:5} {tally.found:5} {tally.missed:6}"
        )
    print(f"\n{'answer':20} agreement")
    for key, scores in agreement.items():
        wrong = ", ".join(
            f"{expected}→{found} {n}" for (k, expected, found), n in confusion.items() if k == key
        )
        print(f"{key:20} {sum(scores) / len(scores):9.2f}   {wrong}")
    answers = [one for key in ANSWERS for one in agreement[key]]
    print(f"{'all five answers':20} {sum(answers) / len(answers):9.2f}")


if __name__ == "__main__":
    sys.exit(main())
