"""Short cuts to a match never change what is found."""

import pytest

import plaintalk
from plaintalk.coverage import ELEMENTS
from plaintalk.document import Document
from plaintalk.needs import Entry
from plaintalk.pattern import Pattern, _Shape, is_told_about
from plaintalk.prefilter import entry, required_words, ways_to_match
from plaintalk.profiles import DEFAULT_PROFILE
from plaintalk.stems import Stems
from plaintalk.text import Text
from tests.alive import alive
from tests.pairs import PAIRS


def documents() -> list[Document]:
    texts = {example.text for rule in plaintalk.RULES for example in (*rule.bad, *rule.good)}
    texts |= {text for pair in PAIRS for text in (pair.bad, pair.good)}
    return [Document(Text(text), "summary", None, DEFAULT_PROFILE) for text in sorted(texts)]


def patterns() -> list[Pattern]:
    for pair in PAIRS:
        plaintalk.check(pair.bad, pair.kind, plaintalk.load_record(pair.record))
    shapes = {id(one.pattern) for one in alive(_Shape)}
    every = alive(Pattern)
    for one in every:
        one.learn()
    return [one for one in every if id(one) not in shapes]


def test_a_pattern_finds_the_same_with_and_without_short_cuts() -> None:
    learned = patterns()
    every = [(one, sentence) for one in documents() for sentence in one.text.sentences]
    for pattern in learned:
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
            assert document.matches(pattern, sentence) == bool(plain), place
            if pattern.parts:
                parts = any(document.find(part, sentence) for part in pattern.parts)
                assert parts == bool(plain), (pattern.source[:120], place)
            if plain:
                here = document.words(sentence)
                stand = [all(not here.isdisjoint(clause) for clause in way) for way in ways]
                assert any(stand), (pattern.source[:120], place)


def test_a_sentence_that_a_probe_matches_holds_what_the_table_asks_for() -> None:
    asking = [one for rule in plaintalk.RULES for one in rule.patterns if one.source]
    asking += [one for element in ELEMENTS for one in element.patterns]
    probed = [(one, one.probes()) for one in dict.fromkeys(asking)]
    every = [(one, sentence) for one in documents() for sentence in one.text.sentences]
    for pattern, probes in probed:
        for document, sentence in every:
            here = document.words(sentence)
            stretch = (document.scan, sentence.start, sentence.end)
            matching = [probe for probe in probes if probe.search(*stretch)]
            assert bool(matching) == bool(pattern.search(*stretch)), pattern.source[:120]
            for probe in matching:
                stand = [all(not here.isdisjoint(one) for one in way) for way in probe.telling]
                assert any(stand), (probe.source[:120], document.scan)
                assert document.matches(probe, sentence), (probe.source[:120], document.scan)


def test_a_pattern_that_is_not_compiled_finds_the_same_by_its_alternatives() -> None:
    asking = [one for rule in plaintalk.RULES for one in rule.patterns if one.source]
    asking += [one for element in ELEMENTS for one in element.patterns]
    every = [(one, sentence) for one in documents() for sentence in one.text.sentences]
    for whole in dict.fromkeys(asking):
        fresh = Pattern(whole._written, needs=whole._needs)
        fresh.probes()
        if not fresh.cold:
            continue
        for document, sentence in every:
            plain = whole.finditer(document.scan, sentence.start, sentence.end)
            by_parts = document._matches_of_parts(fresh, sentence)
            expected = [one.span() for one in plain]
            assert [one.span() for one in by_parts] == expected, whole.source[:120]
        assert fresh.cold
        fresh.compile()
        assert not fresh.cold


def test_a_pattern_that_is_not_in_the_table_is_read() -> None:
    source = r"\bzebras? (?:grazed|slept)\b|\bno zebras\b"
    assert not is_told_about(source)
    probes = Pattern(source).probes()
    expected = [r"\bzebras? +(?:grazed|slept)\b", r"\bno +zebras\b"]
    assert [probe.source for probe in probes] == expected
    assert probes[1].telling == ((("zebras",), ("no",)),)


def test_a_bracket_before_a_condition_on_what_follows_does_not_keep_a_pattern_whole() -> None:
    assert len(Pattern(r"\bzebra \(?(?!x)\w+|\bno zebras\b").probes()) == 2
    assert len(Pattern(r"\b(?P<one>zebra)? (?(one)x|y)|\bno zebras\b").probes()) == 1


def test_a_pattern_over_a_whole_text_finds_the_same_with_and_without_short_cuts() -> None:
    learned = patterns()
    some = documents()[::5]
    for pattern in learned:
        for document in some:
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
    assert required_words(r"\bimprov\w*") == (frozenset({"improv*"}),)
    assert required_words(r"\b(?:re\w+|improv\w*)") == ()
    assert required_words(r"\bwe (?:\w+ )?promise\b") == (frozenset({"we"}), frozenset({"promise"}))
    assert required_words(r"\bwe \w*promise\b") == (frozenset({"we"}),)
    assert required_words(r"\bno (?:backup|spare\w*)\b") == (
        frozenset({"no"}),
        frozenset({"backup*", "spare*"}),
    )
    assert required_words(r"(?<!\w)~/\w+") == (frozenset({"/"}),)


def test_ways_to_match_are_told_apart() -> None:
    ways = ways_to_match(r"\bat fault\b|\bno (?:\w+ )?(?:data|files)\b|\d ?%")
    assert [[sorted(clause) for clause in way] for way in ways] == [
        [["fault"], ["at"]],
        [["no"], ["data", "files"]],
        [["%"], ["#"]],
    ]


def test_a_text_read_before_a_pattern_asked_for_a_beginning_is_searched_all_the_same() -> None:
    text = "We zymurgised the queue."
    (document,) = (Document(Text(text), "summary", None, DEFAULT_PROFILE),)
    (sentence,) = document.text.sentences
    pattern = Pattern(r"\bzymurg\w+ the\b")
    pattern.learn()
    assert pattern.since > document.version
    found = document.find(pattern, sentence)
    assert found is not None
    assert found.group() == "zymurgised the"
    assert [one.group() for one in document.each(pattern, sentence)] == ["zymurgised the"]
    assert document.matches(pattern, sentence)
    assert "zymurg*" not in document.words(sentence)
    after = Document(Text(text), "summary", None, DEFAULT_PROFILE)
    assert "zymurg*" in after.words(sentence)


def test_beginnings_are_listed_for_as_many_words_as_there_may_be() -> None:
    stems = Stems()
    assert stems.ask_for(["improv*", "of", "i*"]) == 1
    assert stems.of("improve") == ("i*", "improv*")
    assert stems.ask_for(["improv*"]) == 1
    assert stems.ask_for(["impro*"]) == 2
    assert stems.listed() == {}
    assert stems.of("improve") == ("i*", "impro*", "improv*")
    assert stems.of("we") == ()
    for number in range(25_000):
        if f"w{number}" not in stems.listed():
            stems.of(f"w{number}")
    assert len(stems.listed()) < 25_000


def test_a_word_that_is_cut_off_with_its_sentence_is_still_found() -> None:
    # No blank for so long that the sentence ends within "ab", behind the "a".
    document = Document(Text("zz" + "ab-" * 600), "summary", None, DEFAULT_PROFILE)
    first, second = document.text.sentences[:2]
    assert document.scan[first.end - 2 : second.start + 1] == "-ab"
    pattern = Pattern(r"\ba\b")
    pattern.learn()
    document = Document(document.text, "summary", None, DEFAULT_PROFILE)
    found = document.find(pattern, first)
    assert found is not None
    assert found.span() == (first.end - 1, first.end)
    assert document.find(pattern, second) is None
    assert document.places(["a", "ab"], first) == [*range(5, first.end - 1, 3), first.end - 1]
