"""Patterns are tried at the words that may begin them: they are found wherever those stand."""

import pytest

import plaintalk
from plaintalk import engine
from plaintalk.document import Document, Kind
from plaintalk.profiles import DEFAULT_PROFILE
from plaintalk.text import MAX_SENTENCE, Text


def passing(text: str, kind: Kind = "summary") -> list[set[str]]:
    """For every sentence the rules that are let look at it."""
    program = engine._program(DEFAULT_PROFILE, kind)
    read = Document(Text(text), kind, None, DEFAULT_PROFILE)
    reader = engine._Reader(program.layout, read, program.layout.allowed)
    whole = len(program.rules)
    return [
        {program.rules[target].id for target in reader.passing(sentence) if target < whole}
        for sentence in read.text.sentences
    ]


def test_a_sentence_is_tried_at_its_words_as_if_it_were_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for kind in plaintalk.KINDS:
        texts = [one.text for rule in plaintalk.RULES for one in (*rule.bad, *rule.good)]
        monkeypatch.setattr(engine, "_MANY_WORDS", 1_000)
        tried = [passing(text, kind) for text in texts]
        monkeypatch.setattr(engine, "_MANY_WORDS", -1)
        assert tried == [passing(text, kind) for text in texts]


def test_a_sentence_that_is_cut_within_a_word_is_tried_as_if_it_were_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {one.text for rule in plaintalk.RULES for one in rule.bad if len(one.text) < 300}
    known = {word for rule in plaintalk.RULES for word in rule.triggers if word.isalpha()}
    # What begins behind the cut has no edge before it, and what ends there none behind it.
    texts = [f"{one} ".ljust(MAX_SENTENCE, "z") + one for one in sorted(told)]
    texts += [f"-{word}".rjust(MAX_SENTENCE, "z") + "z" for word in sorted(known)]
    monkeypatch.setattr(engine, "_MANY_WORDS", 1_000)
    tried = [passing(text) for text in texts]
    monkeypatch.setattr(engine, "_MANY_WORDS", -1)
    assert tried == [passing(text) for text in texts]
