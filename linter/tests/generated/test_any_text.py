"""Any text at all is checked or refused with a reason; offsets are exact in every report."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import plaintalk
from tests.facts import invoices
from tests.generated.invariants import broken

RECORD = invoices()
KINDS = st.sampled_from(plaintalk.KINDS)
WHOLE = st.characters(exclude_categories=["Cs"])
ODD = [
    "\x00", "\u202e", "\u2066", "שלום", "مرحبا", "👩‍💻", "🏳️‍🌈", "e\u0301", "İ", "ß", "ﬁ", "\ufeff", "\u2028",
    "\u00a0", "\u202f", "\r", "\r\n", "\x85", "\x0b", "\x1c", "𝟏𝟐:𝟑𝟎", "٣٧%", "１２:３０", "²", "Ⅻ", "½", "\U0010ffff",
]  # fmt: skip
PIECES = [
    *ODD, " ", "\n", "\n\n", "- ", "## ", "**How long:** ", "> ", "```", "`", '"', "“", "<!-- ", " -->", "08:12", " UTC",
    "–", "from 08:12 to 14:24 UTC", "24:59", "1,798", " of ", "37%", " customers", "6 h 12 min", "six hours", "99999999999999999999",
    "4 March 2026", "31 February", "2026-99-99", "by 30 February 2026", "we will", "a small number of users", "briefly",
    "this will never happen again", "no data was lost", "the root cause was", "all regions", "resolved", "EU", "invoices",
    "human error", "https://x.example/?q=1", "a@b.example", "10.0.0.1", "plaintalk: allow MIN-01 because", ".", "...", "?!",
]  # fmt: skip
LIKE_PROSE = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
SETTINGS = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@SETTINGS
@given(st.text(WHOLE, max_size=300), KINDS, st.sampled_from([None, RECORD]))
def test_any_characters_give_a_report_with_exact_offsets(
    text: str, kind: str, record: plaintalk.Record | None
) -> None:
    assert broken(text, plaintalk.check(text, kind=kind, record=record)) == []


@SETTINGS
@given(LIKE_PROSE, KINDS, st.sampled_from([None, RECORD]))
def test_broken_prose_gives_a_report_with_exact_offsets(
    text: str, kind: str, record: plaintalk.Record | None
) -> None:
    assert broken(text, plaintalk.check(text, kind=kind, record=record)) == []


@SETTINGS
@given(LIKE_PROSE, st.sampled_from(["\ud800", "\udfff", "\udc80"]), LIKE_PROSE)
def test_half_a_surrogate_pair_is_refused_by_its_place(before: str, half: str, after: str) -> None:
    with pytest.raises(plaintalk.TextError, match=f"Character {len(before)} is half"):
        plaintalk.check(before + half + after, kind="summary")


@pytest.mark.parametrize("mark", ODD)
def test_an_odd_character_moves_no_offset(mark: str) -> None:
    sentence = "A small number of users could not send invoices from 07:00 to 08:00 UTC."
    report = plaintalk.check(f"{mark} {mark}\n{sentence}{mark}", kind="summary", record=RECORD)
    assert broken(f"{mark} {mark}\n{sentence}{mark}", report) == []
    assert any(found.quote.lower() == "a small number of users" for found in report.findings)


@pytest.mark.parametrize("line", ["", "a", "- Invoices failed for 3 hours.", "> ", "\x00", "## x"])
def test_ten_thousand_lines_are_checked(line: str) -> None:
    text = f"{line}\n" * 10_000
    assert broken_at_ends(text) == []


def broken_at_ends(text: str) -> list[str]:
    report = plaintalk.check(text, kind="summary", record=RECORD)
    wrong = [one for one in report.findings if text[one.start : one.end] != one.quote]
    return [f"{one.rule} at {one.start}" for one in wrong]


def test_an_over_long_text_is_refused_with_the_limit() -> None:
    with pytest.raises(plaintalk.TextError, match="limit is 2,000,000"):
        plaintalk.check("a" * 2_000_001, kind="summary")
