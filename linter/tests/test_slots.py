"""Ways of speaking are found by their words, wherever those stand, and only where they stand."""

import pytest

import plaintalk
from plaintalk.document import Document
from plaintalk.profiles import DEFAULT_PROFILE
from plaintalk.slots import Asking, Saying, Slot, first_said
from plaintalk.text import Text

SMALL = Slot("tiny a_bit_of not_much")
HARM = Slot("harm hold-ups? couldn't_pay")


def document(text: str) -> Document:
    return Document(Text(text), "summary", None, DEFAULT_PROFILE)


def said(saying: Saying, text: str) -> str | None:
    read = document(text)
    hit = saying(read, read.text.sentences[0])
    return None if hit is None else text[hit.start : hit.end]


def test_a_slot_finds_words_and_phrases_and_what_may_stand_in_the_plural() -> None:
    assert said(Saying(HARM), "There were two hold-ups.") == "hold-ups"
    assert said(Saying(HARM), "There was a hold-up.") == "hold-up"
    assert said(Saying(HARM), "Members couldn't pay.") == "couldn't pay"
    assert said(Saying(HARM), "Members could pay.") is None


def test_two_slots_are_found_with_at_most_so_many_words_between() -> None:
    saying = Saying(SMALL, HARM, 2)
    assert said(saying, "It did not much real harm.") == "not much real harm"
    assert said(saying, "It did not much that you would call harm.") is None
    assert said(saying, "The harm was tiny.") is None
    assert said(Saying(SMALL, HARM, 2, either=True), "The harm was tiny.") == "harm was tiny"


def test_a_clause_ends_what_two_slots_can_say_together() -> None:
    assert said(Saying(SMALL, HARM, 2), "The crack was tiny; harm was done.") is None


def test_what_is_turned_down_is_not_found_and_the_next_place_is() -> None:
    saying = Saying(HARM, keep=lambda _, __, found: found.start() > 10)
    assert said(saying, "No harm at all, and later harm.") == "harm"
    assert said(saying, "No harm at all.") is None


def test_several_ways_of_speaking_are_tried_in_their_order_and_not_in_that_of_the_words() -> None:
    ways = [Saying(Slot(f"{word} thing"), keep=lambda *_: True) for word in ("late", "early")]
    turned_down = Saying(Slot("early"), keep=lambda *_: False)
    look = first_said(turned_down, *ways)
    for text, expected in (
        ("An early and a late one.", "late"),
        ("An early one.", "early"),
        ("A thing came early, and late.", "thing"),
        ("None of them.", None),
    ):
        for read in (document(text), document(text)):
            hit = look(read, read.text.sentences[0])
            assert (hit and text[hit.start : hit.end]) == expected


def test_ways_of_speaking_that_come_later_are_found_in_sentences_that_were_read_before() -> None:
    text = "It was not much of a stir."
    assert first_said(Saying(SMALL))(document(text), document(text).text.sentences[0])
    later = first_said(Saying(Slot("out_of_the_way much_of_a_stir")))
    read = document(text)
    hit = later(read, read.text.sentences[0])
    assert hit and text[hit.start : hit.end] == "much of a stir"


def test_what_several_ways_find_in_every_example_is_what_each_finds_alone() -> None:
    ways = (Saying(Slot("in_the_end at_the_time")), Saying(Slot("was were"), Slot("not never"), 3))
    look = first_said(*ways)
    found = 0
    for text in (one.text for rule in plaintalk.RULES for one in (*rule.bad, *rule.good)):
        read = document(text)
        for sentence in read.text.sentences:
            alone = (way(document(text), sentence) for way in ways)
            hit = look(read, sentence)
            assert hit == next(filter(None, alone), None)
            found += hit is not None
    assert found


@pytest.mark.parametrize("entry", ["4711", "facts?_of_life"])
def test_an_entry_that_could_not_be_looked_for_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        Slot(entry)


def test_a_rule_of_slots_fires_only_where_a_sentence_holds_what_it_asks_for() -> None:
    asking = {
        rule: [one for one in rule.patterns if isinstance(one, Asking)] for rule in plaintalk.RULES
    }
    whole = [rule for rule, asked in asking.items() if asked and len(asked) == len(rule.patterns)]
    assert whole
    texts = [document(one.text) for rule in plaintalk.RULES for one in (*rule.bad, *rule.good)]
    for read in texts:
        for sentence in read.text.sentences:
            here = read.words(sentence)
            for rule in whole:
                assert rule.look is not None
                if rule.look(read, sentence) is None:
                    continue
                ways = [way for asked in asking[rule] for way in asked.telling]
                stands = any(all(not here.isdisjoint(one) for one in way) for way in ways)
                assert stands, (rule.id, read.text.raw)
                assert not here.isdisjoint(rule.triggers), (rule.id, read.text.raw)
