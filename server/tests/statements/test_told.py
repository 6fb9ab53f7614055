"""Facts called by name: the words of the record in their place, and the way back."""

import random

import pytest

from afterword.incidents.named_facts import named_facts
from afterword.incidents.template_fields import FIELDS
from afterword.statements.texts import Text
from afterword.statements.told import told

FACTS = {
    "how long": "6 hours 12 minutes",
    "how many": "1,798 of 4,860 customers",
    "cause": "🎉 a b",
}


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("It took {how long}.", "It took 6 hours 12 minutes."),
        ("{How_Long}{how  many}", "6 hours 12 minutes1,798 of 4,860 customers"),
        ("{regions}", "[blank: the regions]"),
        ("{lenght}", "[blank: there is no fact called “lenght”]"),
        (r"\{how long} and {}", r"\{how long} and {}"),
        ("nothing {\nhere}", "nothing {\nhere}"),
        ("{how long", "{how long"),
        ("", ""),
    ],
)
def test_a_name_becomes_the_record_s_words_or_a_blank(body: str, read: str) -> None:
    assert told("T {how long}", body, FACTS).text == Text("T {how long}", read)


def test_every_place_leads_back_to_what_was_written() -> None:
    chance = random.Random(5)
    bits = ["plain ", "{how long}", "{how many}", "🎉", "\n\n", "{cause}", "{x}", "a"]
    for _ in range(300):
        title, body = "Tit🎉le", "".join(chance.choices(bits, k=chance.randint(0, 9)))
        found = told(title, body, FACTS)
        written, read = Text(title, body).whole, found.text.whole
        for start in range(len(read)):
            end = chance.randint(start + 1, len(read))
            at, to = found.written(start, end)
            assert 0 <= at < to <= len(written)
            # Telling just that piece gives at least the words that were pointed at.
            again = told("", written[at:to], FACTS).text.body if at >= 9 else written[at:to]
            if at >= 9:
                assert read[start:end] in again
            if not any(p.told_start < end and start < p.told_end for p in found.pieces):
                assert written[at:to] == read[start:end]


def test_the_record_alone_says_which_words_they_are() -> None:
    found = named_facts(
        {
            "incident": {"title": "Invoices"},
            "times": {
                "impact_began": "2026-03-17T08:12:00Z", "impact_ended": "2026-03-17T14:24:00Z",
            },
            "components": [
                {"name": "Sending", "impact": "major_outage"}, {"name": "Login", "impact": "none"},
                {"name": "Export", "impact": "unknown"}, None,
            ],
            "customers": {"affected": 12},
        }
    )  # fmt: skip
    assert set(found) == set(FIELDS)
    assert found["how long"] == "6 hours 12 minutes"
    assert found["began"] == "08:12 UTC on 17 March 2026"
    assert found["parts"] == "Sending and Export"
    assert found["regions"] == ""
    assert set(named_facts({}).values()) == {""}
