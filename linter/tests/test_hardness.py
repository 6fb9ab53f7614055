"""No input makes a check slow, and a megabyte is read in a few seconds."""

import time

import pytest

import plaintalk
from plaintalk.known_sentences import KNOWN
from tests.facts import invoices
from tests.pairs import PAIRS

SIZE = 40_000
PER_ATTACK = 2.5
"""Seconds of processor time for 40,000 characters; an ordinary text of that size takes 0.1."""
MOST_GROWTH = 2.9
"""Twice the text may take so many times as long: 2 is linear, 4 is quadratic."""

RUNS = [
    "a", " ", "9", "(", ")", "[", "]", "{", "<", '"', "'", "`", "*", "_", "-", "–", ":", "/", ".", ",", "@", "#",
    "%", "\n", "\t", "\x00", "é", "a ", "9 ", "9,", "9:", "9.", "a.", "a-", "a,", "a/", "a@", "-a", "<!--", "[a](", "**a**",
    "the ", "we ", "our data ", "no ", "10.", "12:30 ", "1 hour ", "from 1 to ", "a. ", "A", "AB ", "E.g. ", "://", "x=", "9 users ",
    "eyJ", "AKIA", "sk-", "a_a_", "İ", "👩‍💻",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_is_known_of_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that repeats a sentence, or is read twice, shall be no easier for it."""
    monkeypatch.setattr(KNOWN, "limit", 0)


def seconds_for(text: str, kind: str = "summary") -> float:
    started = time.process_time()
    plaintalk.check(text, kind=kind, record=invoices())
    return time.process_time() - started


@pytest.mark.parametrize("piece", RUNS, ids=repr)
def test_a_run_of_anything_is_read_in_time(piece: str) -> None:
    assert seconds_for(piece * (SIZE // len(piece))) < PER_ATTACK


@pytest.mark.parametrize("rule", plaintalk.RULES, ids=lambda rule: rule.id)
def test_a_rule_cannot_be_made_slow_by_its_own_words(rule: plaintalk.Rule) -> None:
    words = " ".join(sorted(rule.triggers - {"#", "%", ":", "/"}))
    bare = " ".join(example.text.rstrip(".") for example in rule.bad)
    for text in (words, words.replace(" ", ", "), bare, bare.replace(" ", "  ")):
        if text:
            attack = (text + " ") * (SIZE // 4 // (len(text) + 1) + 1)
            assert seconds_for(attack[: SIZE // 4]) < PER_ATTACK, text[:80]


def test_a_megabyte_is_read_in_a_few_seconds_and_ten_times_as_long_as_a_tenth_of_it() -> None:
    text = "\n\n".join(pair.bad + "\n\n" + pair.good for pair in PAIRS)
    text *= 1_000_000 // len(text) + 1
    tenth = min(seconds_for(text[:100_000]) for _ in range(2))
    whole = seconds_for(text[:1_000_000])
    assert whole < 6
    # Ten times is linear, a hundred quadratic.
    assert whole < 20 * tenth


SMALL = 6_000
RECORDS = (invoices(), None)


def growth(text: str, profile: plaintalk.Profile, record: plaintalk.Record | None) -> float:
    """How many times as long the whole of a text takes as its first half; noise only adds.

    Noise in the half could hide a fault, so it is read twice. In the whole it can only make a good
    rule look bad, and then all is measured again.
    """

    def once(part: str) -> float:
        started = time.process_time()
        plaintalk.check(part, kind="summary", record=record, profile=profile)
        return time.process_time() - started

    half = text[: len(text) // 2]
    return once(text) / min(once(half), once(half))


@pytest.mark.parametrize("rule", plaintalk.RULES, ids=lambda rule: rule.id)
def test_twice_the_text_takes_a_rule_about_twice_the_time(rule: plaintalk.Rule) -> None:
    others = frozenset(one.id for one in plaintalk.RULES if one is not rule)
    alone = plaintalk.Profile(off=others)
    triggers = " ".join(sorted(rule.triggers - {"#", "%", ":", "/"})) + ". "
    for piece in (*(example.text + " " for example in rule.bad[:2]), triggers):
        attack = (piece.replace("\n", " ") * (2 * SMALL // len(piece) + 1))[: 2 * SMALL]
        for record in RECORDS:
            # A busy machine may spoil one measurement, hardly each of five.
            tries = (growth(attack, alone, record) for _ in range(5))
            assert any(one < MOST_GROWTH for one in tries), (piece, record)
