"""What the check of an internal review finds, and where."""

import pytest

from afterword.wording.blameless import check_review

PEOPLE = ["Rolf", "Rolf Iversen", "Petra Quist"]


@pytest.mark.parametrize(
    ("text", "rule", "quote"),
    [
        ("Then Rolf forgot to look at the graph.", "BLM-03", "Rolf forgot to"),
        ("Petra Quist should have asked.", "BLM-02", "Petra Quist should have asked"),
        ("🦊 It filled up. Rolf Iversen broke it.", "BLM-04", "Rolf Iversen broke"),
        ("The root cause was the queue.", "BLM-07", "The root cause was"),
        ("It was obviously full.", "BLM-08", "obviously"),
        ("It was a careless change.", "BLM-05", "careless"),
    ],
)
def test_blame_hindsight_and_single_causes_are_found_where_they_stand(
    text: str, rule: str, quote: str
) -> None:
    found = check_review(text, None, PEOPLE).findings
    assert (rule, quote) in [(f.rule, f.quote) for f in found]
    assert all(text[f.start : f.end] == f.quote for f in found)


def test_what_a_person_did_and_why_it_made_sense_blames_nobody() -> None:
    text = (
        "Rolf restarted the queue, because the graph was green. Petra Quist saw it fill up again."
    )
    assert check_review(text, None, PEOPLE).findings == ()


def test_one_place_gets_one_finding() -> None:
    found = check_review("Rolf forgot to look.", None, PEOPLE).findings
    assert len({f.start for f in found}) == len(found)


def test_a_review_is_not_asked_what_public_texts_are() -> None:
    found = check_review("The queue filled up.", None, PEOPLE).findings
    assert [f for f in found if f.category in {"missing", "readability"}] == []


def test_a_name_inside_a_word_is_none() -> None:
    assert (
        check_review("Rolfing should have helped.", None, ["Rolf"]).findings
        == check_review("Rolfing should have helped.", None).findings
    )
