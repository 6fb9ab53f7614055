"""From "resolved" to a published closure, by people who see the desk for the first time."""

from types import SimpleNamespace

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
