"""Texts are split without losing a character, whatever they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plaintalk
from plaintalk.text import MAX_LENGTH, Text

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
PROSE = st.lists(
    st.sampled_from(
        [
            "A small number of users", "for a short time", ".", "E.g.", "approx. 3.5%", "\n\n", "\n- ",
            "08:12 to 14:24 UTC", "**What happened:**", "`code`", '"quoted"', "```", "# Title", "İ",
            "never again", "never again.", "We are sorry, but", "\x00", "👩‍💻", "\u202e", "we guarantee", "no data was lost",
            "<!--", "-->", "https://status.example/x", "10.4.2.17", " ", "1,798 customers (37%)",
        ]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip


def sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in Text(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It took approx. 3.5% longer. Then it ended.", 2),
        ("E.g. uploads failed. Others worked.", 2),
        ("Dr. Calder will reply. Write to her.", 2),
        ("It ended at 3 p.m. The page works.", 2),
        ("It ended at 3 p.m. on Monday.", 1),
        ("Use No. 5 first.", 1),
        ("We wait ... and try again.", 1),
        ("Is it over? Yes! It is.", 3),
        ("Exports, uploads, etc. failed. Sign-in worked.", 2),
        ("J. Smith wrote this. Thank you.", 2),
        ("From 08:12 to 14:24 UTC. 37% were hit.", 2),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected, sentences(text)


def test_headings_items_and_labels_are_told_apart() -> None:
    text = "# Title\n\n**What happened:** It broke.\n\n- one\n- two\n\nSubject: Hello\n"
    roles = [(one.role, text[one.start : one.end]) for one in Text(text).sentences]
    assert roles == [
        ("heading", "Title"),
        ("label", "**What happened:**"),
        ("text", "It broke."),
        ("item", "one"),
        ("item", "two"),
        ("subject", "Hello"),
    ]


def test_code_quotations_and_links_are_not_read() -> None:
    for text in (
        'A customer wrote "this will never happen again".',
        "The log says `this will never happen again`.",
        "```\nthis will never happen again\n```",
        "> this will never happen again",
        "See https://status.example/this-will-never-happen-again now.",
    ):
        assert not [one for one in plaintalk.check(text).findings if one.rule == "OVR-01"], text


@given(st.one_of(ANY_TEXT, PROSE), st.sampled_from(plaintalk.KINDS))
def test_every_quote_is_the_text_at_its_offsets(text: str, kind: str) -> None:
    report = plaintalk.check(text, kind=kind)
    for finding in report.findings:
        assert finding.quote == text[finding.start : finding.end]
        lines = text.split("\n")
        assert lines[finding.line - 1][finding.column - 1 :].startswith(
            finding.quote.split("\n")[0]
        )
    for answer in report.coverage.values():
        if answer.quote is not None:
            assert answer.quote == text[answer.start : answer.end]
    places = [(one.start, one.end, one.rule) for one in report.findings]
    assert places == sorted(places)


@given(st.one_of(ANY_TEXT, PROSE))
def test_the_three_forms_of_a_text_have_one_length(text: str) -> None:
    parsed = Text(text)
    assert len(parsed.raw) == len(parsed.low) == len(parsed.scan)
    ends = [0]
    for sentence in parsed.sentences:
        assert ends[-1] <= sentence.start < sentence.end <= len(text)
        ends.append(sentence.end)


@given(PROSE)
def test_a_rule_fires_once_in_a_sentence(text: str) -> None:
    spans = [(one.start, one.end) for one in Text(text).sentences]
    seen: set[tuple[str, int]] = set()
    for finding in plaintalk.check(text).findings:
        for number, (start, end) in enumerate(spans):
            if start <= finding.start < end and not finding.rule.startswith("MIS"):
                assert (finding.rule, number) not in seen
                seen.add((finding.rule, number))


def test_half_a_surrogate_pair_is_refused_by_name() -> None:
    with pytest.raises(plaintalk.TextError, match="surrogate"):
        plaintalk.check("broken \ud83d here")


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(plaintalk.TextError, match="limit"):
        plaintalk.check("a" * (MAX_LENGTH + 1))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="closure"):
        plaintalk.check("text", kind="poem")
