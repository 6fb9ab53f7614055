import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.kit.hashing import canonical_json, chained, sha256_of_json, sha256_of_text

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), JSON))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    turned = dict(reversed(list(value.items())))
    assert sha256_of_json(value) == sha256_of_json(turned)


@given(JSON, JSON)
def test_different_values_have_different_hashes(one: object, other: object) -> None:
    assert (sha256_of_json(one) == sha256_of_json(other)) == (
        canonical_json(one) == canonical_json(other)
    )


def test_a_link_commits_to_everything_before_it() -> None:
    assert chained("a", {"x": 1}) != chained("b", {"x": 1})
    assert len(chained("", None)) == 64


def test_a_known_text_has_its_known_hash() -> None:
    assert sha256_of_text("").startswith("e3b0c44298fc1c14")
    assert len(sha256_of_text("half \ud83d")) == 64


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        sha256_of_json(value)
