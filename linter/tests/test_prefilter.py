"""Short cuts to a match never change what is found."""

import gc

import pytest

import plaintalk
from plaintalk.document import Document
from plaintalk.needs import Entry
from plaintalk.pattern import Pattern, _Shape
from plaintalk.prefilter import entry, required_words, ways_to_match
from plaintalk.profiles import DEFAULT_PROFILE
from plaintalk.text import Text
from tests.pairs import PAIRS


def documents() -> list[Document]:
    texts = {example.text for rule in plaintalk.RULES for example in (*rule.bad, *rule.good)}
    texts |= {text for pair in PAIRS for text in (pair.bad, pair.good)}
    return [Document(Text(text), "summary", None, DEFAULT_PROFILE) for text in sorted(texts)]


def patterns() -> list[Pattern]:
    for pair in PAIRS:
        plaintalk.check(pair.bad, pair.kind, plaintalk.load_record(pair.record))
    shapes = {id(one.pattern) for one in gc.get_objects() if isinstance(one, _Shape)}
    return [one for one in gc.get_objects() if isinstance(one, Pattern) and id(one) not in shapes]


def test_a_pattern_finds_the_same_with_and_without_short_cuts() -> None:
    every = [(one, sentence) for one in documents() for sentence in one.text.sentences]
    for pattern in patterns():
        pattern.learn()
        ways = pattern.ways()
        for document, sentence in every:
            plain = [
                found.span()
                for found in pattern.finditer(document.scan, sentence.start, sentence.end)
            ]
            quick = [one.span() for one in document.each(pattern, sentence)]
            first = document.find(pattern, sentence)
            place = document.scan[sentence.start : sentence.end]
            assert quick == plain, (pattern.source[:120], place)
            assert (first.span() if first else None) == (plain or [None])[0], place
            if plain:
                here = document.words(sentence)
                stand = [all(not here.isdisjoint(clause) for clause in way) for way in ways]
                assert any(stand), (pattern.source[:120], place)


def test_a_pattern_over_a_whole_text_finds_the_same_with_and_without_short_cuts() -> None:
    for pattern in patterns():
        pattern.learn()
        for document in documents()[::5]:
            plain = pattern.search(document.scan)
            quick = document.anywhere(pattern)
            assert (quick and quick.span()) == (plain and plain.span()), pattern.source[:120]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\b(?:lesson |learn\w*)", Entry(frozenset({"lesson"}), ("learn",))),
        (r"\bimprov(?:e|es)\b", Entry(frozenset({"improve", "improves"}))),
        (r"(?<!\w)\d+ users", Entry(frozenset(), digits=True)),
        (r"\d+ users", Entry(frozenset(), digits=True, within=True)),
        (r"\w+ly", None),
        (r"resolved", None),
    ],
)
def test_how_a_match_begins(source: str, expected: Entry | None) -> None:
    assert entry(source) == expected


def test_what_a_match_needs() -> None:
    lessons = frozenset({"lesson", "lessons"})
    assert required_words(r"\b(?:lesson|lessons) learned\b") == (frozenset({"learned"}), lessons)
    assert frozenset({"data", "files"}) in required_words(r"\b\w+ (?:data|files) \w+\b")
    assert required_words(r"improv\w*") == ()
    assert required_words(r"\bwe (?:\w+ )?promise\b") == (frozenset({"we"}), frozenset({"promise"}))
    assert required_words(r"\bwe \w*promise\b") == (frozenset({"we"}),)


def test_ways_to_match_are_told_apart() -> None:
    ways = ways_to_match(r"\bat fault\b|\bno (?:\w+ )?(?:data|files)\b|\d ?%")
    assert [[sorted(clause) for clause in way] for way in ways] == [
        [["fault"], ["at"]],
        [["no"], ["data", "files"]],
        [["%"], ["#"]],
    ]
