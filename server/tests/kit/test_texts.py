import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.kit.errors import BadInput
from afterword.kit.texts import legible, optional_text, required_text, text_problem


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


HIDDEN = "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF, 0x9B]))


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_turns_or_hides_its_neighbours_is_taken_out(hidden: str) -> None:
    assert text_problem(f"a{hidden}b", limit=9)
    for single_line in (True, False):
        kept = required_text(f"a{hidden}b", field="title", limit=9, single_line=single_line)
        assert kept == "ab"


def test_what_scripts_and_joined_emoji_need_stays() -> None:
    for text in (
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\U0001f468\u200d\U0001f4bb",
        "\u05d0\u200f!",
    ):
        assert legible(text) == text
        assert text_problem(text, limit=20) is None


def test_every_kind_of_line_end_is_one_kind() -> None:
    assert legible("a\r\nb\rc\u2028d\u2029e\x85f") == "a\nb\nc\nd\ne\nf"


@given(st.text())
def test_a_legible_text_has_nothing_hidden_left(text: str) -> None:
    assert legible(legible(text)) == legible(text)
    assert "invisible" not in (text_problem(legible(text), limit=10_000) or "")
