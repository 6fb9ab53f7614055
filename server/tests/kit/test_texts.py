import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.kit.errors import BadInput
from afterword.kit.texts import optional_text, required_text, text_problem


def test_text_is_trimmed_and_its_line_ends_are_one_kind() -> None:
    assert required_text(" a\r\nb\rc ", field="body", limit=9, single_line=False) == "a\nb\nc"
    assert optional_text(None, field="note", limit=9) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("too long for it", "limit"),
        ("nul \x00", "control character"),
        ("bell \x07", "control character"),
        ("\ud83d", "surrogate"),
        ("a\nb", "one line"),
        (7, "must be text"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_the_name_of_its_field(text: object, why: str) -> None:
    with pytest.raises(BadInput) as refused:
        required_text(text, field="support_contact", limit=10)
    assert why in refused.value.problems["support_contact"]
    assert refused.value.message.startswith("Support contact")


@given(st.text())
def test_a_text_without_a_problem_survives_the_database_encoding(text: str) -> None:
    if text_problem(text, limit=10_000) is None:
        assert text.encode("utf-8").decode("utf-8") == text
        assert "\x00" not in text
