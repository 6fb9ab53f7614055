"""The check itself: one pass over the words finds which rules can fire; only those look."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, reduce
from itertools import count
from operator import or_
from typing import Final

from plaintalk.catalogue import RULES
from plaintalk.coverage import ELEMENTS, answers, judge_elements
from plaintalk.document import KINDS, SIGN_SETS, Document, Kind
from plaintalk.finding import Finding, NotChecked, Report
from plaintalk.needs import Clause
from plaintalk.needs_index import INDEX, UNKNOWN, version_of_table
from plaintalk.overlaps import one_for_a_place, widens
from plaintalk.pattern import EXPERIENCE, Pattern, Probe, Unmade
from plaintalk.profiles import DEFAULT_PROFILE, Profile
from plaintalk.record import Record
from plaintalk.rule import Hit, Rule
from plaintalk.stems import STEMS
from plaintalk.text import ROLES, Role, Sentence, Text

_SEVERAL: Final = 2
_MOST_WORDS: Final = 5_000
"""Words whose numbers are remembered; texts may hold any number of different ones."""
_VIEWS: Final = count()
"""A number for each choice of columns of a layout that some text was read with."""
_MANY_WORDS: Final = 60
"""Words of a sentence beyond which it is quicker to search it than to go from word to word."""
_SLOTS: Final = 4
"""How many sets of words a column may ask for: triggers, and `MOST_CLAUSES` of a pattern."""
_WIDENING: Final = frozenset(rule.id for rule in RULES if widens(rule.id))
_OF_CLASSES: Final = frozenset(rule.id for rule in RULES if rule.of_classes)


class _Layout:
    """Which rules and elements may have a say about a sentence, worked out for all at once.

    There is a column for every way in which a target may have a say: a word of each of some sets
    must stand in the sentence, its triggers and what a pattern cannot do without. A number with one
    bit for every column and set belongs to each word; those of a sentence are joined, and a column
    stands if each of its sets is met. Targets beyond the rules are coverage elements.
    """

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.columns: list[tuple[int, Probe | None, int, int]] = []
        """For every column its target, what the sentence must match for that to have a say, the
        bits of all columns of the target, and those of all columns with that to match, if there are
        several (else 0)."""
        self.untried = self.opening = 0
        """The columns with nothing to match, and those whose matches begin with certain words."""
        self._asked: list[dict[int, list[int]]] = [{} for _ in range(_SLOTS)]
        """For every slot by the number of a clause, the columns that ask for a word of it there."""
        self._filled: list[list[int]] = [[] for _ in range(_SLOTS)]
        """For every slot the columns that ask for nothing there."""
        self._own: dict[Clause, int] = {}
        """Clauses that the table does not hold, by numbers below `UNKNOWN`."""
        self._own_words: dict[str, list[int]] = {}
        """For every word the clauses of `_own` that hold it."""
        self._bits: dict[int, int] = {}
        """By the number of a clause, the bits of the columns and slots that ask for it."""
        self._opened: dict[int, int] = {}
        """By the number of a clause, the columns whose matches begin with a word of it."""
        self._views: dict[int, int] = {}
        self.columns_of: dict[str, int] = {}
        self.allowed: dict[Role, int] = dict.fromkeys(ROLES, 0)
        # What matters to this layout must be listed in the texts that are read with it.
        version_of_table()
        for target, rule in enumerate(rules):
            bits = self._add(target, rule.triggers, rule.patterns, rule.probed)
            self.columns_of[rule.id] = self.columns_of.get(rule.id, 0) | bits
            for role in rule.roles:
                self.allowed[role] |= bits
        for target, element in enumerate(ELEMENTS, start=len(rules)):
            bits = self._add(target, element.triggers, element.patterns, probed=False)
            for role in ROLES:
                self.allowed[role] |= bits
        self.width = len(self.columns)
        self.bits = [1 << place for place in range(self.width)]
        self.base = sum(
            _bits_at(filled, self.width) << (slot * self.width)
            for slot, filled in enumerate(self._filled)
        )
        """The bits of what no column asks for: slots that are filled without a word."""
        self._words = INDEX.words
        self._numbers = _Numbers(self.number_of)
        self._openings = _Numbers(self.opening_of)
        self.begun = [reduce(or_, map(self.number_of, signs), self.base) for signs in SIGN_SETS]
        """By the signs that a sentence holds, the number that those of its words are joined to."""

    def _add(
        self, target: int, triggers: Clause, patterns: tuple[Pattern, ...], probed: bool
    ) -> int:
        """Add the columns of one target, and return their bits."""
        first = len(self.columns)
        triggering = self._number(triggers)
        asked: list[tuple[Probe | None, int, Sequence[tuple[int, ...]]]] = []
        if not patterns:
            asked.append((None, UNKNOWN, [()]))
        for pattern in patterns:
            rows = pattern.rows()
            if rows is None or len(rows) == 1:
                for one in pattern.probes():
                    begins = UNKNOWN if one.begins is None else self._number(one.begins)
                    numbered = [tuple(map(self._number, way)) for way in one.telling]
                    asked.append((one if probed else None, begins, numbered))
            else:
                place = first + sum(len(ways) for _, _, ways in asked)
                for at, row in enumerate(rows):
                    unmade = Unmade(pattern, at, row, place, self._replace) if probed else None
                    asked.append((unmade, *row))
                    place += len(row[1])
        every = ((1 << sum(len(ways) for _, _, ways in asked)) - 1) << first
        for probe, begins, ways in asked:
            place = len(self.columns)
            bits = ((1 << len(ways)) - 1) << place
            if probe is None:
                self.untried |= bits
            elif begins != UNKNOWN:
                self.opening |= bits
                self._opened[begins] = self._opened.get(begins, 0) | bits
            for way in ways:
                others = [one for one in way if one != begins or probe is None]
                self._ask(len(self.columns), (triggering, *others[: _SLOTS - 1]))
                self.columns.append((target, probe, every, bits if len(ways) > 1 else 0))
        return every

    def _ask(self, place: int, clauses: tuple[int, ...]) -> None:
        """Note what a column asks for, slot by slot."""
        for slot, clause in enumerate(clauses):
            self._asked[slot].setdefault(clause, []).append(place)
        for filled in self._filled[len(clauses) :]:
            filled.append(place)

    def _number(self, clause: Collection[str]) -> int:
        """The number of a clause that the table may not hold."""
        words = frozenset(clause)
        number = self._own.get(words)
        if number is None:
            number = self._own[words] = UNKNOWN - 1 - len(self._own)
            for word in words:
                self._own_words.setdefault(word, []).append(number)
        return number

    def _replace(self, place: int, unmade: Unmade, made: Pattern) -> None:
        """Let an alternative that has been made stand for itself, from its first column on."""
        columns = self.columns
        while place < len(columns) and columns[place][1] is unmade:
            columns[place] = (columns[place][0], made, *columns[place][2:])
            place += 1

    def view(self, columns: int) -> int:
        """A number for some columns of this layout, the same whenever they are asked for."""
        known = self._views.get(columns)
        if known is None:
            known = self._views[columns] = next(_VIEWS)
        return known

    def numbers(self) -> Mapping[str, int]:
        """The number of every word and sign, that of its beginnings joined to it.

        What is remembered of words that were met before is thrown away at times.
        """
        if len(self._numbers) > _MOST_WORDS:
            self._numbers = _Numbers(self.number_of)
        return self._numbers

    def openings(self) -> Mapping[str, int]:
        """For every word and sign, the columns whose matches begin with it, or with its beginnings.

        What is remembered is thrown away like `numbers`.
        """
        if len(self._openings) > _MOST_WORDS:
            self._openings = _Numbers(self.opening_of)
        return self._openings

    def number_of(self, token: str) -> int:
        """The number of a word, a beginning or a sign, by itself."""
        number = 0
        for clause in self._words.get(token, ()):
            number |= self._bits_of(clause)
        for clause in self._own_words.get(token, ()):
            number |= self._bits_of(clause)
        return number

    def opening_of(self, token: str) -> int:
        """The columns whose matches begin with a word, a beginning or a sign, by itself."""
        clauses = (*self._words.get(token, ()), *self._own_words.get(token, ()))
        return reduce(or_, (self._opened.get(clause, 0) for clause in clauses), 0)

    def _bits_of(self, clause: int) -> int:
        """The bits of the columns and slots that ask for a clause."""
        bits = self._bits.get(clause)
        if bits is None:
            bits = 0
            for slot, asked in enumerate(self._asked):
                for place in asked.get(clause, ()):
                    bits |= 1 << (slot * self.width + place)
            self._bits[clause] = bits
        return bits


def _bits_at(places: Iterable[int], width: int) -> int:
    """A number with a bit at each of some places below a width."""
    signs = bytearray(b"0" * width)
    for place in places:
        signs[width - 1 - place] = ord("1")
    return int(signs, 2)


class _Numbers(dict[str, int]):
    """Words and their numbers, those of their beginnings joined to them; what is looked up and not
    there is worked out and kept."""

    def __init__(self, number_of: Callable[[str], int]) -> None:
        super().__init__()
        self._number_of = number_of
        self._same: dict[int, int] = {}
        """Most words share their number with others."""

    def __missing__(self, word: str) -> int:
        number = reduce(or_, map(self._number_of, STEMS.of(word)), self._number_of(word))
        number = self[word] = self._same.setdefault(number, number)
        return number


@lru_cache(maxsize=64)
def _layout(rules: tuple[Rule, ...]) -> _Layout:
    """The layout of some rules: kinds of text that have the same ones share it."""
    return _Layout(rules)


class _Program:
    """The rules of one profile for one kind of text, ready to run."""

    def __init__(self, profile: Profile, kind: Kind) -> None:
        chosen = [rule for rule in RULES if kind in rule.kinds and rule.id not in profile.off]
        forced = dict(profile.severities)
        self.rules = tuple(rule for rule in chosen if rule.look)
        self.looks = [rule.look for rule in chosen if rule.look]
        self.surveys = tuple(rule for rule in chosen if rule.survey)
        self.asking = tuple(
            rule
            for rule in (*self.rules, *self.surveys)
            if rule.needs is not None or rule.needs_time or rule.needs_internal
        )
        self.idling = [(rule.id, rule.idle) for rule in self.rules if rule.idle is not None]
        self.severities = {rule.id: forced.get(rule.id, rule.severity_in(kind)) for rule in chosen}
        self.forced = frozenset(forced)
        self.layout = _layout(self.rules)

    def silenced(self, silent: set[str], record: Record | None) -> dict[Role, int]:
        """For every role, the columns that count: not those of some rules, nor of idle ones."""
        layout = self.layout
        left = -1
        for rule in silent:
            left &= ~layout.columns_of.get(rule, 0)
        if record is not None:
            for rule, idle in self.idling:
                if idle(record):
                    left &= ~layout.columns_of[rule]
        return {role: columns & left for role, columns in layout.allowed.items()}


@lru_cache(maxsize=64)
def _program(profile: Profile, kind: Kind) -> _Program:
    return _Program(profile, kind)


def prepare(kind: str, profile: Profile = DEFAULT_PROFILE) -> None:
    """Lay out the rules for a kind of text and compile what sentences are tried with.

    Raises `ValueError` for a kind that does not exist.
    """
    for _, probe, _, _ in tuple(_program(profile, _kind(kind)).layout.columns):
        if probe is not None:
            probe.make_ready()


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise ValueError(f'There is no kind "{kind}"; the kinds are {", ".join(KINDS)}.')
    return kind


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
    kind = _kind(kind)
    program = _program(profile, kind)
    if at is not None and at.tzinfo is None:
        raise ValueError("The time of publishing has no time zone.")
    EXPERIENCE.add(len(text))
    # After the program, so that it lists whatever the layout asks for.
    document = Document(Text(text), kind, record, profile, interim, at, is_internal)
    skipped = _not_checked(program, document)
    run = _Run(program, document, {one.rule for one in skipped})
    run.read()
    document.elements = judge_elements(document, run.candidates, run.spoiled)
    run.survey()
    standing, covered = one_for_a_place(run.findings, _WIDENING, _OF_CLASSES)
    return Report(
        kind=kind,
        findings=_ordered(standing),
        coverage=answers(document),
        not_checked=skipped,
        covered=tuple(sorted(covered, key=_place)),
    )


class _Reader:
    """Finds out which rules and elements may have a say about the sentences of a document."""

    def __init__(self, layout: _Layout, document: Document, allowed: Mapping[Role, int]) -> None:
        self._layout = layout
        self._document = document
        self._allowed = allowed
        self._numbers = layout.numbers().__getitem__
        self._openings = layout.openings().__getitem__
        self._slots = tuple(slot * layout.width for slot in range(1, _SLOTS))

    def passing(self, sentence: Sentence) -> list[int]:
        """The targets that may have a say about a sentence, each once and in order."""
        layout, document = self._layout, self._document
        index = sentence.index
        listed = document.listed[index]
        begun = layout.begun[document.signed[index]]
        joined = reduce(or_, map(self._numbers, listed), begun)
        one, two, three = self._slots
        # A column stands where all of its slots are filled.
        standing = joined & joined >> one & joined >> two & joined >> three
        standing &= self._allowed[sentence.role]
        if not standing:
            return []
        found: list[int] = []
        untried = standing & layout.untried
        columns = layout.columns
        standing ^= untried
        while untried:
            # From the highest bit down: what is left grows shorter.
            target, _, every, _ = columns[untried.bit_length() - 1]
            found.append(target)
            untried ^= untried & every
        opening = standing & layout.opening
        if opening and len(listed) <= _MANY_WORDS:
            standing ^= opening
            standing ^= standing & self._try_at_words(sentence, opening, found)
        if standing:
            self._search(sentence, standing, found)
        found.sort()
        return found

    def _try_at_words(self, sentence: Sentence, opening: int, found: list[int]) -> int:
        """Try columns at the words with which their matches begin; all columns of what matched.

        Word by word and not pattern by pattern: that spares looking where each may begin.
        """
        layout, document = self._layout, self._document
        columns, bits = layout.columns, layout.bits
        scan, end = document.scan, sentence.end
        matched = 0
        for at, begun in document.openings(sentence, self._openings, opening):
            here = begun ^ begun & matched
            while here:
                place = here.bit_length() - 1
                target, probe, every, same = columns[place]
                if probe is not None and probe.match(scan, at, end):
                    found.append(target)
                    matched |= every
                    here ^= here & every
                elif same:
                    here ^= here & same
                else:
                    here ^= bits[place]
        return matched

    def _search(self, sentence: Sentence, standing: int, found: list[int]) -> None:
        """Try the columns whose matches may begin anywhere."""
        columns, bits = self._layout.columns, self._layout.bits
        matches = self._document.matches
        while standing:
            place = standing.bit_length() - 1
            target, probe, every, same = columns[place]
            if probe is not None and matches(probe, sentence):
                found.append(target)
                same = every
            standing ^= standing & (same or bits[place])


class _Run:
    """One document on its way through one program."""

    def __init__(self, program: _Program, document: Document, silent: set[str]) -> None:
        self.program = program
        self.document = document
        self.silent = silent
        self.findings: list[Finding] = []
        self.candidates: list[list[Sentence]] = [[] for _ in ELEMENTS]
        self.spoiled: dict[int, set[str]] = {}

    def read(self) -> None:
        """Look at each sentence with the rules that may have a say about it."""
        program, layout, document = self.program, self.program.layout, self.document
        rules = program.rules
        looks = program.looks
        candidates = self.candidates
        whole = len(rules)
        allowed = program.silenced(self.silent, document.record)
        views = {role: layout.view(columns) for role, columns in allowed.items()}
        reader = _Reader(layout, document, allowed)
        for sentence, known in zip(document.text.sentences, document.known, strict=True):
            view = views[sentence.role]
            targets = known.passing.get(view)
            if targets is None:
                targets = known.passing[view] = tuple(reader.passing(sentence))
            for target in targets:
                if target < whole:
                    hit = looks[target](document, sentence)
                    if hit is not None:
                        self.found(rules[target], sentence, hit)
                else:
                    candidates[target - whole].append(sentence)

    def found(self, rule: Rule, sentence: Sentence, hit: Hit) -> None:
        """What one rule found in one sentence."""
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
    for finding in sorted(findings, key=_place):
        if finding.severity == "suggestion":
            if finding.rule in seen:
                continue
            seen.add(finding.rule)
        kept.append(finding)
    return tuple(kept)


def _place(finding: Finding) -> tuple[int, int, str, str]:
    return finding.start, finding.end, finding.rule, finding.message
