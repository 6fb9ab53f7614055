"""What is kept of sentences from one text to the next changes no report."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

import plaintalk
from plaintalk.document import Document
from plaintalk.known_sentences import KNOWN, LEAD, MOST, KnownSentences
from plaintalk.pattern import Pattern
from plaintalk.profiles import DEFAULT_PROFILE
from plaintalk.stems import STEMS
from plaintalk.text import Text
from tests.alive import alive


@pytest.fixture(autouse=True)
def _nothing_known_before() -> None:
    KNOWN.forget()


def examples() -> list[tuple[str, plaintalk.Record | None]]:
    return [
        (one.text, None if one.record is None else plaintalk.load_record(dict(one.record)))
        for rule in plaintalk.RULES
        for one in (*rule.bad, *rule.good)
    ]


def document(text: str) -> Document:
    return Document(Text(text), "summary", None, DEFAULT_PROFILE)


def test_a_sentence_that_was_read_before_is_judged_by_what_stands_beside_it_now() -> None:
    every = examples()
    for (first, record), (second, _) in zip(every[::2], every[1::2], strict=False):
        texts = (f"{first}\n\n{second}", f"{second} {first}", f"**{second}**\n{first}")
        told = []
        for text in texts:
            KNOWN.forget()
            told.append(plaintalk.check(text, record=record))
        # All are known by now, and once more in other surroundings.
        for text, before in zip(texts, told, strict=True):
            assert plaintalk.check(text, record=record) == before
            assert plaintalk.check(text, record=record) == before


def test_another_kind_of_text_or_profile_is_not_answered_from_the_first_one() -> None:
    text = "A brief outage hit a small number of users. It will never happen again."
    profile = plaintalk.Profile(off=frozenset({"MIN-01"}))

    ways: list[dict[str, Any]] = [{"kind": kind} for kind in plaintalk.KINDS]
    ways.append({"profile": profile})
    apart = []
    for way in ways:
        KNOWN.forget()
        apart.append(plaintalk.check(text, **way))
    assert [plaintalk.check(text, **way) for way in ways] == apart
    assert len({str(one.findings) for one in apart}) > 2


def test_a_sentence_read_again_is_the_same_and_one_behind_other_letters_is_not() -> None:
    (known,) = document("Pages were slow.").known
    assert document("Pages were slow.").known[0] is known
    assert document("Mail was late. Pages were slow.").known[1] is not known
    behind = document("Mail was late. Pages were slow.").known[1]
    assert behind is document("Mail was late. Pages were slow. Sorry.").known[1]
    assert behind is not document("Much mail was late, pages were slow.").known[0]


def test_a_sentence_of_the_lead_s_length_into_the_text_is_not_taken_for_a_later_one() -> None:
    lead = "a" * (LEAD - 2) + ". "
    scan = f"{lead}pages were slow. "
    known = KnownSentences()
    (first,) = known.of(scan, [(LEAD, len(scan))], 0)
    (second,) = known.of(scan[1:], [(LEAD - 1, len(scan) - 1)], 0)
    assert first is not second


def test_what_was_cut_within_a_word_or_is_very_long_is_not_remembered() -> None:
    known = KnownSentences()
    for scan, span in (("abc pages", (1, 9)), ("a" * 700, (0, 700))):
        assert known.of(scan, [span], 0)[0] is not known.of(scan, [span], 0)[0]


def test_words_listed_for_fewer_beginnings_are_listed_again() -> None:
    (before,) = document("Zebras grazed.").known
    assert "zebr*" not in before.worded
    STEMS.ask_for(["zebr*"])
    (after,) = document("Zebras grazed.").known
    assert "zebr*" in after.worded


def test_only_so_many_sentences_are_remembered_and_the_last_ones_among_them() -> None:
    known = KnownSentences()
    for number in range(5 * MOST):
        scan = f"page {number} was slow."
        (one,) = known.of(scan, [(0, len(scan))], 0)
        assert known.of(scan, [(0, len(scan))], 0)[0] is one
    assert len(known._young) + len(known._old) <= 2 * MOST
    many = [f"Page {number} was slow." for number in range(2 * MOST)]
    plaintalk.check("\n\n".join(many))
    assert len(KNOWN._young) <= MOST


def test_nothing_is_remembered_where_the_limit_is_nought() -> None:
    known = KnownSentences(limit=0)
    scan = "pages were slow. pages were slow."
    first, second = known.of(scan, [(0, 16), (17, 33)], 0)
    assert first is not second
    assert known.of(scan, [(0, 16)], 0)[0] is not first


def _looks_behind(parsed: Any) -> Iterator[int]:
    """How far a parsed pattern looks behind, for each place where it does."""
    for name, value in parsed:
        parts = value if isinstance(value, (tuple, list)) else ()
        if str(name) in ("ASSERT", "ASSERT_NOT") and value[0] < 0:
            yield value[1].getwidth()[1]
        for part in parts:
            inner = part if isinstance(part, list) else [part]
            for one in inner:
                if hasattr(one, "getwidth"):
                    yield from _looks_behind(one)


def test_no_pattern_looks_further_behind_than_what_a_sentence_is_known_by() -> None:
    for module in walk_packages(plaintalk.__path__, "plaintalk."):
        if not module.name.startswith(("plaintalk.lsp", "plaintalk.__main__")):
            import_module(module.name)
    parse = import_module("re._parser").parse
    sources = {one.source for one in alive(Pattern)}
    widest = max(width for source in sources for width in _looks_behind(parse(source)))
    assert 8 < widest <= LEAD // 2


def test_a_paragraph_is_asked_for_its_language_once_while_it_stays() -> None:
    asked = []

    def question(part: str) -> int:
        asked.append(part)
        return len(part)

    known = KnownSentences(2)
    for part in ("one", "three", "one", "three"):
        assert known.told(question, part) == len(part)
    assert asked == ["one", "three"]
    # It holds two at most, and none that is very long; with a limit of 0 nothing is kept.
    assert known.told(question, "eleven") == 6
    assert known.told(question, "one") == 3
    assert asked == ["one", "three", "eleven", "one"]
    for keeper, part in ((known, "a" * 5_000), (KnownSentences(0), "one")):
        before = len(asked)
        assert keeper.told(question, part) == keeper.told(question, part) == len(part)
        assert len(asked) == before + 2
