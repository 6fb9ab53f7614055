"""Short cuts to a match never change what is found."""

import gc

import pytest

import plaintalk
from plaintalk.document import WORD
from plaintalk.pattern import Pattern, _Shape
from plaintalk.prefilter import Entry, entry, required_words
from plaintalk.text import Text
from tests.pairs import PAIRS


def sentences() -> list[str]:
    texts = [example.text for rule in plaintalk.RULES for example in (*rule.bad, *rule.good)]
    texts += [text for pair in PAIRS for text in (pair.bad, pair.good)]
    found = []
    for text in texts:
        parsed = Text(text)
        found += [parsed.scan[one.start : one.end] for one in parsed.sentences]
    return sorted(set(found))


def patterns() -> list[Pattern]:
    for pair in PAIRS:
        plaintalk.check(pair.bad, pair.kind, plaintalk.load_record(pair.record))
    shapes = {id(one.pattern) for one in gc.get_objects() if isinstance(one, _Shape)}
    return [one for one in gc.get_objects() if isinstance(one, Pattern) and id(one) not in shapes]


def places_of(text: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for found in WORD.finditer(text):
        places.setdefault(found.group(), []).append(found.start())
    return places


def test_a_pattern_finds_the_same_with_and_without_short_cuts() -> None:
    every = [(text, places_of(text), any(c.isdigit() for c in text)) for text in sentences()]
    for pattern in patterns():
        hurried = Pattern(pattern.source, spelled=True)
        hurried._clauses = required_words(pattern.source)
        hurried._entry = entry(pattern.source)
        hurried._uses = 10**6
        for text, places, numeric in every:
            plain = [found.span() for found in pattern.finditer(text, 0, len(text))]
            if hurried._entry is None and not hurried._clauses:
                break
            quick = [one.span() for one in hurried.each(places, numeric, text, 0, len(text))]
            assert quick == plain, (pattern.source[:120], text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\b(?:lesson |learn\w*)", Entry(frozenset({"lesson"}), ("learn",), False)),
        (r"\bimprov(?:e|es)\b", Entry(frozenset({"improve", "improves"}), (), False)),
        (r"(?<!\w)\d+ users", Entry(frozenset(), (), True)),
        (r"\w+ly", None),
        (r"resolved", None),
    ],
)
def test_how_a_match_begins(source: str, expected: Entry | None) -> None:
    assert entry(source) == expected


def test_what_a_match_needs() -> None:
    assert required_words(r"\b(?:lesson|lessons) learned\b") == (frozenset({"learned"}),)
    assert required_words(r"\b\w+ (?:data|files) \w+\b") == (frozenset({"data", "files"}),)
    assert required_words(r"improv\w*") == ()
