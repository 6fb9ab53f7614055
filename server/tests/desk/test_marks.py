"""Offsets for browsers and the cutting of a text at its findings."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from afterword.desk.marks import Utf16, pieces

texts = st.text(alphabet="ab \né🎉𝔘", max_size=60)


@st.composite
def text_and_marks(draw: st.DrawFn) -> tuple[str, list[SimpleNamespace]]:
    text = draw(texts)
    ends = st.integers(0, len(text))
    found = draw(st.lists(st.tuples(ends, ends, st.sampled_from(["error", "warning", "x"]))))
    return text, [SimpleNamespace(start=min(a, b), end=max(a, b), severity=s) for a, b, s in found]


@given(text_and_marks())
def test_the_pieces_of_a_text_are_the_text(both: tuple[str, list[SimpleNamespace]]) -> None:
    text, marks = both
    assert "".join(p.text for p in pieces(text, marks)) == text


@given(text_and_marks())
def test_every_marked_letter_lies_under_its_gravest_mark(
    both: tuple[str, list[SimpleNamespace]],
) -> None:
    text, marks = both
    rank = {"error": 0, "warning": 1}
    shown = [p.severity for p in pieces(text, marks) for _ in p.text]
    for place in range(len(text)):
        over = [m.severity for m in marks if m.start <= place < m.end]
        wanted = min(over, key=lambda s: rank.get(s, 3)) if over else ""
        assert shown[place] == wanted


@given(texts)
def test_utf16_offsets_are_those_of_the_encoded_text(text: str) -> None:
    unit = Utf16(text)
    for place in range(len(text) + 1):
        assert unit(place) == len(text[:place].encode("utf-16-le")) // 2
