"""Where an answer stands: in a timeline of headings, below a wider heading, or nowhere."""

import pytest

import plaintalk

TIMELINE = """Exports stopped.

## Timeline

### 14:02 UTC

Exports begin to fail.

### 14:20 UTC

We find the full queue.

### 15:10 UTC

Exports run.
"""
STAMPED = "Exports stopped and run again. We cleared the full queue. (2026-03-04 12:07:00)"
STAMPED_TWICE = f"{STAMPED}\n\nExports stop. (2026-03-04 11:20:00)"
ACTIONS = """Exports stopped.

{wide}

### Process

- Page an engineer when the queue is 80% full.
"""


@pytest.mark.parametrize(
    ("text", "state"),
    [(TIMELINE, "answered"), (STAMPED, "missing"), (STAMPED_TWICE, "partly")],
    ids=["headings", "one stamp", "stamps of updates"],
)
def test_how_long_is_read_from_a_timeline_but_not_from_the_time_of_writing(
    text: str, state: str
) -> None:
    assert plaintalk.check(text).coverage["duration"].state == state


@pytest.mark.parametrize(
    ("wide", "state"), [("## Action items", "answered"), ("# Appendix", "missing")]
)
def test_a_list_below_a_narrower_heading_belongs_to_the_wider_one(wide: str, state: str) -> None:
    assert plaintalk.check(ACTIONS.format(wide=wide)).coverage["prevention"].state == state


@pytest.mark.parametrize(
    "text", ["No one could work with the page.", "The fault only affected exports of large files."]
)
def test_who_is_answered_by_nobody_and_by_only(text: str) -> None:
    assert plaintalk.check(text).coverage["who_affected"].state == "answered"
