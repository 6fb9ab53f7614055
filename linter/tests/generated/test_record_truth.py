"""Random incidents: the truth passes, and one lie is answered with the record's figure.

The generator is `bench/record_truth`, which runs 10,000 of them; here is a part with a fixed seed.
"""

import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[3] / "bench"
if not (BENCH / "record_truth").is_dir():
    pytest.skip("bench/record_truth is not here", allow_module_level=True)
sys.path.insert(0, str(BENCH))
try:
    from record_truth import book, measure
finally:
    sys.path.remove(str(BENCH))

TEXTS = 300


@pytest.fixture(scope="module")
def tally() -> measure.Tally:
    return measure.run(TEXTS)


def test_there_are_at_least_two_hundred_sentence_shapes() -> None:
    assert all(one.how_many() >= 200 for one in book.BOOKS[:2])
    assert all(one.how_many() >= 150 for one in book.BOOKS[2:])


def test_truthful_texts_have_no_error_findings(tally: measure.Tally) -> None:
    assert tally.wrong_texts <= TEXTS * 0.002, dict(tally.false)


def test_a_lie_is_answered_with_the_figure_of_the_record(tally: measure.Tally) -> None:
    assert tally.told.total() == TEXTS
    assert tally.caught.total() >= 0.98 * TEXTS, dict(tally.missed)


def test_every_kind_of_lie_is_told(tally: measure.Tally) -> None:
    assert len(tally.told) >= 14
    assert min(tally.told.values()) >= 10


def test_a_second_narrator_is_read_nearly_as_well() -> None:
    """Its sentences were written apart from the rules; what is still missed is known and small."""
    other = measure.run(TEXTS, book=book.BOOKS[1])
    assert other.wrong_texts <= 0.01 * TEXTS, dict(other.false)
    assert other.caught.total() >= 0.96 * TEXTS, dict(other.missed)
