"""From "resolved" to a published closure and summary, by people new to the desk."""

from types import SimpleNamespace
from typing import Any

from afterword.publishing.models import Publication
from afterword.statements.texts import blanks
from desk.walking import Walker

MOST = 8


def test_a_closure_is_published_in_eight_acts_and_no_fact_of_the_record_is_typed(
    recorded: SimpleNamespace,
) -> None:
    acts: list[str] = []
    wanda, rolf, pia = (Walker(p, acts) for p in (recorded.wanda, recorded.rolf, recorded.pia))

    # Where resolving the incident leads.
    writing = wanda.arrive(recorded.case).press("Write the closure")
    assert [blank for _, blank in blanks(writing.text)] == [
        "[blank: what did it cost the people affected?]"
    ]
    cost = "your customers were billed late because of us"
    writing.fill_blank("[blank: what did it cost the people affected?]", cost)
    wanda.press("Save and ask for a review")
    rolf.arrive("/desk/").follow("Review the closure").press("Approve")
    pia.arrive("/desk/").follow("Publish the closure").press("Decide as proposed")
    pia.press("Publish now")

    left = Publication.objects.get(kind="closure", incident_id=recorded.incident.public_id)
    for fact in (
        "from 08:12 to 14:24 UTC (6 hours 12 minutes)", "1,798 of 4,860 customers", "37%",
        "every queued invoice compared with the sent log", "18:30 UTC",
        "by 24 March 2026, 14:24 UTC", "support@larkbridge.example",
    ):  # fmt: skip
        assert fact in left.body
    assert acts == [
        "Wanda presses “Write the closure”",
        f"Wanda types “{cost}”",
        "Wanda presses “Save and ask for a review”",
        "Rolf follows “Review the closure”",
        "Rolf presses “Approve”",
        "Pia follows “Publish the closure”",
        "Pia presses “Decide as proposed”",
        "Pia presses “Publish now”",
    ]
    assert len(acts) <= MOST


def test_a_summary_is_completed_without_leaving_the_page_of_the_case(
    recorded: SimpleNamespace, clock: Any
) -> None:
    acts: list[str] = []
    wanda, rolf, pia = (Walker(p, acts) for p in (recorded.wanda, recorded.rolf, recorded.pia))
    wanda.arrive(recorded.case).follow("Decide").press("Keep this decision")
    wanda.follow("Edit the record").enter("cause.confidence", "confirmed").press("Save the record")
    wanda.follow("Make a promise")
    promise = {
        "what": "The list of waiting invoices has a limit and an alarm.",
        "why": "A full list stopped sending.",
        "effect": "Sending goes on when the list grows.",
        "due": "2026-04-15",
    }
    for field, words in promise.items():
        wanda.enter(field, words)
    # The other steps stay in sight of the one that is open.
    writing = wanda.press("Promise it").press("Write the summary")
    assert [blank for _, blank in blanks(writing.text)] == ["[blank: date]"]
    writing.fill_blank("[blank: date]", "16 April 2026").press("Save and ask for a review")
    rolf.arrive(recorded.case).follow("Review the summary").press("Approve")
    clock.advance(minutes=60)  # a summary rests for an hour after its last change
    pia.arrive(recorded.case).follow("Publish the summary").press("Decide as proposed")
    pia.press("Publish now")

    left = Publication.objects.get(kind="summary", incident_id=recorded.incident.public_id)
    for fact in (
        "from 08:12 to 14:24 UTC (6 hours 12 minutes)", "1,798 of 4,860 customers", "37%",
        "the list of waiting invoices filled up", "by 15 April 2026", "16 April 2026",
    ):  # fmt: skip
        assert fact in left.body
    assert {*wanda.been, *rolf.been, *pia.been} == {recorded.case}
    assert acts == [
        "Wanda follows “Decide”",
        "Wanda presses “Keep this decision”",
        "Wanda follows “Edit the record”",
        "Wanda enters “confirmed”",
        "Wanda presses “Save the record”",
        "Wanda follows “Make a promise”",
        *(f"Wanda enters “{words}”" for words in promise.values()),
        "Wanda presses “Promise it”",
        "Wanda presses “Write the summary”",
        "Wanda types “16 April 2026”",
        "Wanda presses “Save and ask for a review”",
        "Rolf follows “Review the summary”",
        "Rolf presses “Approve”",
        "Pia follows “Publish the summary”",
        "Pia presses “Decide as proposed”",
        "Pia presses “Publish now”",
    ]
    assert len(acts) == 19
