from hypothesis import given
from hypothesis import strategies as st

from afterword.desk.differences import differences

texts = st.text(alphabet="ab \n.", max_size=80)


@given(texts, texts)
def test_both_texts_can_be_read_out_of_their_differences(before: str, after: str) -> None:
    found = differences(before, after)
    assert "".join(c.text for c in found if c.kind != "new") == before
    assert "".join(c.text for c in found if c.kind != "gone") == after


def test_one_changed_word_is_one_change() -> None:
    found = differences("It took six hours.", "It took seven hours.")
    assert [(c.kind, c.text) for c in found if c.kind != "same"] == [
        ("gone", "six"), ("new", "seven"),
    ]  # fmt: skip


def test_very_long_texts_are_compared_by_the_line() -> None:
    before = "word " * 9000 + "\nlast line\n"
    found = differences(before, before.replace("last", "very last"))
    assert [c.text for c in found if c.kind == "new"] == ["very last line\n"]
