"""No input makes a check slow, and a megabyte is read in a few seconds."""

import time

import pytest

import plaintalk
from tests.facts import invoices
from tests.pairs import PAIRS

SIZE = 40_000
PER_ATTACK = 2.5
"""Seconds of processor time for 40,000 characters; an ordinary text of that size takes 0.1."""

RUNS = [
    "a", " ", "9", "(", ")", "[", "]", "{", "<", '"', "'", "`", "*", "_", "-", "–", ":", "/", ".", ",", "@", "#",
    "%", "\n", "\t", "\x00", "é", "a ", "9 ", "9,", "9:", "9.", "a.", "a-", "a,", "a/", "a@", "-a", "<!--", "[a](", "**a**",
    "the ", "we ", "our data ", "no ", "10.", "12:30 ", "1 hour ", "from 1 to ", "a. ", "A", "AB ", "E.g. ", "://", "x=", "9 users ",
    "eyJ", "AKIA", "sk-", "a_a_", "İ", "👩‍💻",
]  # fmt: skip


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


def test_a_megabyte_is_read_in_a_few_seconds() -> None:
    text = "\n\n".join(pair.bad + "\n\n" + pair.good for pair in PAIRS)
    text *= 1_000_000 // len(text) + 1
    assert seconds_for(text[:1_000_000]) < 6
