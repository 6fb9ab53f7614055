"""The check itself: one pass over the words finds which rules can fire; only those look."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from plaintalk.catalogue import RULES
from plaintalk.coverage import ELEMENTS, answers, judge_elements
from plaintalk.document import KINDS, Document, Kind
from plaintalk.finding import Finding, NotChecked, Report
from plaintalk.needs import Clause, Needs
from plaintalk.pattern import Pattern
from plaintalk.profiles import DEFAULT_PROFILE, Profile
from plaintalk.record import Record
from plaintalk.rule import Hit, Rule
from plaintalk.text import ROLES, Role, Sentence, Text

_SEVERAL: Final = 2
_SLOTS: Final = 4
"""How many sets of words a pattern may ask for; the dearest are left out."""
_ENOUGH_READ: Final = 8_000
"""Characters after which a program begins to learn which words its patterns need."""
_FOR_EACH: Final = 300
"""Characters of text for each pattern that is learned, so that no single check pays for all."""


class _Column(NamedTuple):
    """One way for a rule or an element to have a say: a word of each of some sets must stand."""

    target: int
    needs: Needs


class _Program:
    """The rules of one profile for one kind of text, ready to run.

    Which of them may have a say about a sentence is worked out for all of them at once. A number
    with one bit for every column and slot belongs to each word; those of a sentence are joined,
    and a column stands if each of its slots is filled: one for its triggers, the others for words
    that its pattern cannot do without. Targets beyond the rules are coverage elements.
    """

    def __init__(self, profile: Profile, kind: Kind) -> None:
        chosen = [rule for rule in RULES if kind in rule.kinds and rule.id not in profile.off]
        forced = dict(profile.severities)
        self.rules = tuple(rule for rule in chosen if rule.look)
        self.surveys = tuple(rule for rule in chosen if rule.survey)
        self.asking = tuple(
            rule
            for rule in (*self.rules, *self.surveys)
            if rule.needs is not None or rule.needs_time or rule.needs_internal
        )
        self.idling = [(rule.id, rule.idle) for rule in self.rules if rule.idle is not None]
        self.severities = {rule.id: forced.get(rule.id, rule.severity_in(kind)) for rule in chosen}
        self.forced = frozenset(forced)
        self._read = 0
        self._learned = False
        of_rules = (one for rule in self.rules for one in rule.patterns)
        of_elements = (one for element in ELEMENTS for one in element.patterns)
        self._unread = list(dict.fromkeys((*of_rules, *of_elements)))
        self._lay_out()

    def _listed(self) -> Iterator[_Column]:
        for target, rule in enumerate(self.rules):
            yield from self._columns_of(target, rule.triggers, rule.patterns)
        for target, element in enumerate(ELEMENTS, start=len(self.rules)):
            yield from self._columns_of(target, element.triggers, element.patterns)

    def _columns_of(
        self, target: int, triggers: Clause, patterns: tuple[Pattern, ...]
    ) -> Iterator[_Column]:
        if not self._learned or not patterns:
            yield _Column(target, (triggers,))
            return
        from plaintalk.prefilter import weight  # noqa: PLC0415 - a single check needs none of it

        for pattern in patterns:
            for way in pattern.ways():
                dear = sorted(set(way), key=weight)[: _SLOTS - 1]
                yield _Column(target, (triggers, *dear))

    def _lay_out(self) -> None:
        """Give every word its number."""
        columns = list(self._listed())
        width = self.width = len(columns)
        self.targets = [column.target for column in columns]
        bits: dict[str, int] = {}
        self.base = 0
        for place, column in enumerate(columns):
            for slot in range(_SLOTS):
                bit = 1 << (slot * width + place)
                if slot >= len(column.needs):
                    self.base |= bit
                    continue
                for word in column.needs[slot]:
                    bits[word] = bits.get(word, 0) | bit
        self.bits = bits
        self.columns_of: dict[str, int] = {}
        for place, target in enumerate(self.targets):
            if target < len(self.rules):
                rule = self.rules[target].id
                self.columns_of[rule] = self.columns_of.get(rule, 0) | 1 << place
        self.allowed: dict[Role, int] = {}
        for role in ROLES:
            self.allowed[role] = sum(
                1 << place
                for place, target in enumerate(self.targets)
                if target >= len(self.rules) or role in self.rules[target].roles
            )

    def prepare(self, length: int) -> None:
        """Learn what the patterns need: not for the first texts, then a few with every text."""
        if self._learned:
            return
        self._read += length
        while self._unread and self._read > _ENOUGH_READ + _FOR_EACH:
            self._unread.pop().learn()
            self._read -= _FOR_EACH
        if not self._unread:
            self._learned = True
            self._lay_out()

    def silenced(self, silent: set[str], record: Record | None) -> dict[Role, int]:
        """For every role, the columns that count: not those of some rules, nor of idle ones."""
        left = -1
        for rule in silent:
            left &= ~self.columns_of.get(rule, 0)
        if record is not None:
            for rule, idle in self.idling:
                if idle(record):
                    left &= ~self.columns_of[rule]
        return {role: columns & left for role, columns in self.allowed.items()}


@lru_cache(maxsize=64)
def _program(profile: Profile, kind: Kind) -> _Program:
    return _Program(profile, kind)


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
    program.prepare(len(text))
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
        """Look at each sentence with the rules that may have a say about it."""
        program, document = self.program, self.document
        number_of, base, width, targets = (
            program.bits.get,
            program.base,
            program.width,
            program.targets,
        )
        rules = program.rules
        whole = len(rules)
        allowed = program.silenced(self.silent, document.record)
        worded = document.worded
        for sentence in document.text.sentences:
            index = sentence.index
            joined = base
            for number in map(number_of, worded[index]):
                if number:
                    joined |= number
            # One shift for every slot but the first: a column stands where all of them are filled.
            standing = joined & joined >> width & joined >> 2 * width & joined >> 3 * width
            standing &= allowed[sentence.role]
            last = -1
            while standing:
                lowest = standing & -standing
                standing ^= lowest
                target = targets[lowest.bit_length() - 1]
                if target == last:
                    continue
                last = target
                if target < whole:
                    self.look(rules[target], sentence)
                else:
                    self.candidates.setdefault(target - whole, []).append(sentence)

    def look(self, rule: Rule, sentence: Sentence) -> None:
        """One rule on one sentence."""
        hit = rule.look(self.document, sentence) if rule.look is not None else None
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


def _not_checked(program: _Program, document: Document) -> tuple[NotChecked, ...]:
    skipped = []
    for rule in program.asking:
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
    every = list(hits)
    if len(every) < _SEVERAL:
        return every
    every.sort(key=lambda hit: hit[:2])
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
