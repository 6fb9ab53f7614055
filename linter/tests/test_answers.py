"""Where an answer stands: in a timeline of headings, below a wider heading, or nowhere."""

import pytest

import plaintalk
from plaintalk.document import Kind

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
        ("We have no reliable number of affected customers so far.", "data_impact", "missing"),
        ("No account numbers were affected.", "data_impact", "answered"),
    ],
)
def test_answers_are_known_outside_of_software_too(text: str, key: str, state: str) -> None:
    assert plaintalk.check(text).coverage[key].state == state


@pytest.mark.parametrize(
    ("text", "key", "state", "told"),
    [
        # Two things that happened, and the second is no symptom.
        (
            "Lunch was cold at both sites. The cook had swapped two trolleys.",
            "what_happened",
            "answered",
            "Lunch",
        ),
        (
            "The clocks in the hall showed nonsense, as two of them share one address.",
            "what_happened",
            "answered",
            "The clocks",
        ),
        ("The nightly job emptied every basket.", "what_happened", "answered", "The nightly"),
        ("The choir's recordings play again. Thank you.", "what_happened", "partly", "The choir"),
        ("Thank you for your patience.", "what_happened", "missing", ""),
        ("7 % of parcels went astray.", "who_affected", "answered", "7 %"),
        ("Since nine, 31 kilns run too hot.", "who_affected", "partly", "Since nine"),
        ("31 kilns ran too hot and lost their load.", "who_affected", "answered", "31 kilns"),
        ("Walkers with a day pass lost their way.", "who_affected", "answered", "Walkers"),
        ("We printed letters with a blank page.", "who_affected", "partly", "We printed"),
        ("Beehive cameras play again.", "who_affected", "partly", "Beehive"),
        ("The ferry stood still from 4 to 6 p.m. because of ice.", "duration", "answered", "The"),
        ("Our desk is staffed from 4 to 6 p.m.", "duration", "missing", ""),
        ("The plan is now printed on both sides.", "prevention", "answered", "The plan"),
        ("The gate can't open by itself any more.", "prevention", "answered", "The gate"),
        ("We promise that no meal is ever cold.", "prevention", "partly", "We promise"),
        ("Our care for the kiln has been stepped up.", "prevention", "partly", "Our care"),
        ("Our kilns will be looked at more often.", "prevention", "partly", "Our kilns"),
        ("A kiln will never burn a cake again.", "prevention", "partly", "A kiln"),
        ("We will keep you informed.", "prevention", "missing", ""),
        ("Please tell us if it fails again.", "prevention", "missing", ""),
        ("In May, 31 kilns lost their load.", "who_affected", "answered", "In May"),
        ("In some cases 31 kilns may lose heat.", "who_affected", "partly", "In some"),
        ("The kilns lost pupils who bake at home.", "who_affected", "answered", "The kilns"),
        ("All six kilns glow again.", "who_affected", "answered", "All six"),
        ("The kiln takes clay again.", "resolved", "answered", "The kiln"),
        ("If the kiln fails again, call us.", "resolved", "missing", ""),
        ("The kiln is mostly fixed.", "resolved", "partly", "The kiln"),
        ("40 GB of space was recovered.", "resolved", "partly", "40 GB"),
        ("The outage was confirmed to be resolved.", "resolved", "answered", "The outage"),
        ("I've doubled the wood as a result of this.", "prevention", "answered", "I've"),
        ("This page will be updated once we have more.", "prevention", "missing", ""),
        ("The kilns went unpaid; rewards were distributed back.", "data_impact", "answered", "The"),
        ("Mail to the kiln may have bounced.", "data_impact", "partly", "Mail"),
        ("The kiln has been stable for over two hours.", "duration", "missing", ""),
    ],
)
def test_an_answer_is_known_by_the_shape_of_its_sentence(
    text: str, key: str, state: str, told: str
) -> None:
    answer = plaintalk.check(text).coverage[key]
    assert answer.state == state
    assert (answer.quote or "").startswith(told)
    assert answer.start is None or text[answer.start : answer.end] == answer.quote


@pytest.mark.parametrize(
    ("text", "kind", "state"),
    [
        ("Kilns can be booked.", "closure", "answered"),
        ("Kilns can be booked.", "update", "missing"),
        ("The list is complete.", "closure", "answered"),
        ("Kilns glow.", "closure", "answered"),
        ("Kilns fail.", "closure", "missing"),
        ("Kilns in three halls", "closure", "missing"),
    ],
)
def test_that_a_thing_does_its_work_says_in_a_closing_message_that_it_is_over(
    text: str, kind: Kind, state: str
) -> None:
    assert plaintalk.check(text, kind=kind).coverage["resolved"].state == state
