"""The check itself: one pass over the words finds which rules can fire; only those look."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from plaintalk.catalogue import RULES
from plaintalk.coverage import ELEMENTS, answers, judge_elements
from plaintalk.document import KINDS, WORD, Document, Kind
from plaintalk.finding import Finding, NotChecked, Report, Severity
from plaintalk.profiles import DEFAULT_PROFILE, Profile
from plaintalk.record import Record
from plaintalk.rule import Hit, Rule
from plaintalk.text import Sentence, Text

_DIGIT: Final = re.compile(r"\d")
NUMERAL: Final = "#"
"""The trigger that stands for any digit."""
_SEVERAL: Final = 2
SIGNS: Final = ("%", ":", "/")
"""Triggers that are single signs."""


class _Program(NamedTuple):
    """The rules of one profile for one kind of text, ready to run.

    `table` maps a trigger word to positions in `rules`; positions beyond them are coverage
    elements.
    """

    rules: tuple[Rule, ...]
    surveys: tuple[Rule, ...]
    table: dict[str, tuple[int, ...]]
    known: frozenset[str]
    severities: dict[str, Severity]
    forced: frozenset[str]


@lru_cache(maxsize=64)
def _program(profile: Profile, kind: Kind) -> _Program:
    chosen = [rule for rule in RULES if kind in rule.kinds and rule.id not in profile.off]
    rules = tuple(rule for rule in chosen if rule.look)
    table: dict[str, list[int]] = {}
    for position, rule in enumerate(rules):
        for word in rule.triggers:
            table.setdefault(word, []).append(position)
    for position, element in enumerate(ELEMENTS, start=len(rules)):
        for word in element.triggers:
            table.setdefault(word, []).append(position)
    forced = dict(profile.severities)
    return _Program(
        rules=rules,
        surveys=tuple(rule for rule in chosen if rule.survey),
        table={word: tuple(positions) for word, positions in table.items()},
        known=frozenset(table),
        severities={rule.id: forced.get(rule.id, rule.severity_in(kind)) for rule in chosen},
        forced=frozenset(forced),
    )


def check(
    text: str,
    kind: str = "summary",
    record: Record | None = None,
    profile: Profile = DEFAULT_PROFILE,
    interim: bool = False,
    at: datetime | None = None,
    is_internal: Callable[[str], bool] | None = None,
) -> Report:
    """Check a text of a kind (one of `KINDS`) against the rules and, if given, the facts.

    `interim` marks a text that may leave open why it happened and what will change. `at` is when
    the text is to be published (timezone-aware), `is_internal` says whether a run of eight words
    (see `word_runs`) stands in the internal review; rules that need them are reported as not
    checked without. Raises `TextError` for text that cannot be checked, `ValueError` for a kind
    that does not exist or a time without a zone.
    Same arguments, same report, byte for byte.
    """
    if kind not in KINDS:
        raise ValueError(f'There is no kind "{kind}"; the kinds are {", ".join(KINDS)}.')
    program = _program(profile, kind)
    if at is not None and at.tzinfo is None:
        raise ValueError("The time of publishing has no time zone.")
    document = Document(Text(text), kind, record, profile, interim, at, is_internal)
    skipped = _not_checked(program, document)
    run = _Run(program, document, {one.rule for one in skipped})
    run.read()
    document.elements = judge_elements(document, run.candidates, run.spoiled)
    run.survey()
    return Report(
        kind=kind,
        findings=_ordered(run.findings),
        coverage=answers(document),
        not_checked=skipped,
    )


class _Run:
    """One document on its way through one program."""

    def __init__(self, program: _Program, document: Document, silent: set[str]) -> None:
        self.program = program
        self.document = document
        self.silent = silent
        self.findings: list[Finding] = []
        self.candidates: dict[int, list[Sentence]] = {}
        self.spoiled: dict[int, set[str]] = {}

    def read(self) -> None:
        """Look at each sentence with the rules that have a trigger in it."""
        rules = self.program.rules
        scan = self.document.scan
        self.document.signs = tuple(
            sign for sign in SIGNS if sign in self.program.table and sign in scan
        )
        for sentence in self.document.text.sentences:
            places: dict[str, list[int]] = {}
            count = 0
            for found in WORD.finditer(scan, sentence.start, sentence.end):
                count += 1
                word = found.group()
                if word in places:
                    places[word].append(found.start())
                else:
                    places[word] = [found.start()]
            self.document.word_count += count
            self.document.places.append(places)
            if _DIGIT.search(scan, sentence.start, sentence.end):
                self.document.numeric.add(sentence.index)
        for sentence in self.document.text.sentences:
            for position in _triggered(self.program, self.document, sentence):
                if position >= len(rules):
                    self.candidates.setdefault(position - len(rules), []).append(sentence)
                else:
                    self.look(rules[position], sentence)

    def look(self, rule: Rule, sentence: Sentence) -> None:
        """One rule on one sentence."""
        if sentence.role not in rule.roles or rule.id in self.silent or rule.look is None:
            return
        hit = rule.look(self.document, sentence)
        if hit is not None:
            finding = _finding(self.program, self.document, rule, hit)
            self.findings.append(finding)
            if finding.severity == "error":
                self.spoiled.setdefault(sentence.index, set()).add(rule.id)

    def survey(self) -> None:
        """Look at the whole document with the rules that need it."""
        for rule in self.program.surveys:
            if rule.id not in self.silent and rule.survey is not None:
                for hit in _one_per_sentence(self.document, rule.survey(self.document)):
                    self.findings.append(_finding(self.program, self.document, rule, hit))


def _triggered(program: _Program, document: Document, sentence: Sentence) -> set[int]:
    """Positions of the rules and elements that have a trigger in the sentence."""
    scan, start, end = document.scan, sentence.start, sentence.end
    table = program.table
    found: set[int] = set()
    for word in program.known.intersection(document.places[sentence.index]):
        found.update(table[word])
    for sign in document.signs:
        if scan.find(sign, start, end) >= 0:
            found.update(table[sign])
    if sentence.index in document.numeric and NUMERAL in table:
        found.update(table[NUMERAL])
    return found


def _not_checked(program: _Program, document: Document) -> tuple[NotChecked, ...]:
    skipped = []
    for rule in (*program.rules, *program.surveys):
        why = _why_not(rule, document)
        if why is not None:
            skipped.append(NotChecked(rule.id, why))
    return tuple(sorted(skipped, key=lambda one: one.rule))


def _why_not(rule: Rule, document: Document) -> str | None:
    """Why a rule cannot be applied to a document, or None if it can."""
    if rule.needs is not None:
        if document.record is None:
            return "no record was given"
        why = rule.needs(document.record)
        if why is not None:
            return why
    if rule.needs_time and document.at is None:
        return "the time of publishing was not given"
    if rule.needs_internal and document.is_internal is None:
        return "the internal review was not given"
    return None


def _one_per_sentence(document: Document, hits: Iterable[Hit]) -> list[Hit]:
    """Only the first hit of each sentence (or, outside sentences, of each line)."""
    every = sorted(hits, key=lambda hit: hit[:2])
    if len(every) < _SEVERAL:
        return every
    starts = [sentence.start for sentence in document.text.sentences]
    kept: dict[tuple[int, int], Hit] = {}
    for hit in every:
        place = bisect_right(starts, hit.start) - 1
        inside = place >= 0 and hit.start < document.text.sentences[place].end
        key = (0, place) if inside else (1, document.text.position(hit.start)[0])
        kept.setdefault(key, hit)
    return list(kept.values())


def _finding(program: _Program, document: Document, rule: Rule, hit: Hit) -> Finding:
    line, column = document.text.position(hit.start)
    severity = program.severities[rule.id]
    if hit.severity is not None and rule.id not in program.forced:
        severity = hit.severity
    return Finding(
        rule=rule.id,
        name=rule.name,
        category=rule.category,
        severity=severity,
        start=hit.start,
        end=hit.end,
        line=line,
        column=column,
        quote=document.text.raw[hit.start : hit.end],
        message=hit.message or rule.message,
        suggestion=hit.suggestion or rule.better,
        record_field=rule.record_field,
        replacement=hit.replacement,
    )


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """Sorted by place; of a rule that only suggests, the first place stands for all."""
    seen: set[str] = set()
    kept = []
    for finding in sorted(findings, key=lambda one: (one.start, one.end, one.rule, one.message)):
        if finding.severity == "suggestion":
            if finding.rule in seen:
                continue
            seen.add(finding.rule)
        kept.append(finding)
    return tuple(kept)
