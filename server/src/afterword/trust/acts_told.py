"""Who took texts back, opened incidents again or wrote them down afterwards, and why.

For a few rows of one period at a time: what the traces of the report name without people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from afterword.audit.models import Entry
from afterword.publishing.models import Publication
from afterword.statements.models import Review, Revision, Verdict
from afterword.trust.lookups import Row, instant, of_keys


@dataclass(frozen=True)
class Act:
    """``people`` are names, in the order they acted in; ``reason`` is "" where none is kept."""

    people: tuple[str, ...] = ()
    reason: str = ""


def retracting(retractions: Sequence[Row]) -> dict[int, Act]:
    """Return who wrote, approved and published each retraction, by its key. Why is what it says:
    a retraction tells readers in place of the text why that is gone.
    """
    names = sorted({each["source_id"] for each in retractions})
    wrote = _newest_authors(names)
    approved = _who_approved(names)
    texts = of_keys(
        Publication.objects.order_by(), "pk", [e["pk"] for e in retractions], "pk", "body"
    )
    why = {each["pk"]: each["body"] for each in texts}
    published = _who_published(sorted({each["incident_id"] for each in retractions}))
    return {
        each["pk"]: Act(
            _each_once(
                [
                    wrote.get(each["source_id"], ""),
                    *approved.get(each["source_id"], ()),
                    published.get(each["source_id"], ""),
                ]
            ),
            why.get(each["pk"], ""),
        )
        for each in retractions
    }


def reopening(turn: Row) -> Act:
    """Return who opened an incident again at an instant, and why; of older ones nobody kept it."""
    for kept in turn["incident__extra__reopened"] or ():
        if instant(kept["at"]) == turn["at"]:
            return Act(_each_once([name_of(kept["by"])]), kept["reason"])
    return Act()


def name_of(label: str) -> str:
    """Return the name in a label, which may hold an address, too."""
    return label.partition(" <")[0]


def _newest_authors(names: Sequence[str]) -> dict[str, str]:
    rows = Revision.objects.filter(author__isnull=False).order_by("number")
    found = of_keys(rows, "statement__public_id", names, "statement__public_id", "author__name")
    return {each["statement__public_id"]: each["author__name"] for each in found}


def _who_approved(names: Sequence[str]) -> Mapping[str, list[str]]:
    rows = Review.objects.filter(verdict=Verdict.APPROVE).order_by("reviewed_at", "pk")
    name = "revision__statement__public_id"
    found: dict[str, list[str]] = {}
    for each in of_keys(rows, name, names, name, "reviewer__name"):
        found.setdefault(each[name], []).append(each["reviewer__name"])
    return found


def _who_published(incidents: Sequence[str]) -> dict[str, str]:
    """Return who published the texts of these incidents, by the id of the text, from the log."""
    rows = Entry.objects.filter(verb="publishing.publish_statement").order_by("sequence")
    subjects = [f"incident:{each}" for each in incidents]
    found = of_keys(rows, "subject", subjects, "actor_label", "detail")
    return {each["detail"]["statement"]: name_of(each["actor_label"]) for each in found}


def _each_once(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
