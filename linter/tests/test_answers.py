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


@pytest.mark.parametrize(
    ("text", "key", "state"),
    [
        ("The ovens stood still. A belt in the second oven snapped.", "what_happened", "answered"),
        ("Invoices were late. An old price list had been loaded.", "what_happened", "answered"),
        (
            "Letters were late. There was an unexpected technical problem.",
            "what_happened",
            "partly",
        ),
        ("84 pupils could not open their timetable.", "who_affected", "answered"),
        ("We refunded 84 pupils.", "who_affected", "missing"),
        ("All affected services are now restored.", "who_affected", "partly"),
        ("The lift stood still from Tuesday morning to Thursday noon.", "duration", "answered"),
        ("On 7 March we discovered that a drawer had been opened.", "duration", "partly"),
        ("We will publish a report on 7 March.", "duration", "missing"),
        ("Our office is open from Monday to Friday.", "duration", "missing"),
        ("05:10 line 2 out\n\n05:40 spare belt in\n\n06:05 line 2 runs", "duration", "answered"),
        ("From 1 June a second clerk compares every list.", "prevention", "answered"),
        ("From 1 June our office is open until 18:00.", "prevention", "missing"),
        ("Since Monday the pages have been stable.", "prevention", "missing"),
        ("The list showed names and bank details.", "data_impact", "answered"),
        ("Your recordings are safe.", "data_impact", "answered"),
        ("Please note that the shop opens at nine.", "data_impact", "missing"),
        ("E-mails work, calls are still affected.", "data_impact", "missing"),
    ],
)
def test_answers_are_known_outside_of_software_too(text: str, key: str, state: str) -> None:
    assert plaintalk.check(text).coverage[key].state == state
