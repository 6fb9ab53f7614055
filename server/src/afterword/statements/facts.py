"""The record's public facts, looked at as closely as the text they leave with."""

from dataclasses import dataclass
from typing import Final

from afterword.incidents.models import Incident
from afterword.incidents.public_texts import PublicText, public_texts
from afterword.incidents.queries import current_record
from afterword.wording.queries import FindingView, check

# What may be wrong with a few words on their own. What a whole text must say, and how it agrees
# with the record it is taken from, is not asked of a fact.
_CATEGORIES: Final = frozenset({"leak", "blame", "over_promise", "minimising", "defensive"})


@dataclass(frozen=True)
class FactFinding:
    """A fact that cannot leave as it stands, and why."""

    fact: PublicText
    finding: FindingView

    @property
    def sentence(self) -> str:
        """What is wrong and where to mend it, for people."""
        return (
            f"The record says “{self.finding.quote}” under “{self.fact.name}” "
            f"({self.fact.path}), and this fact leaves with the text. {self.finding.rule}: "
            f"{self.finding.message} Mend it in the record of the case."
        )


def facts_stopped(incident: Incident) -> list[FactFinding]:
    """Return the errors in the record's public texts, in their order; none without a record.

    Names of components that the page shows anyway are not asked again.
    """
    record = current_record(incident)
    if record is None:
        return []
    shown = set(incident.components.values_list("name", flat=True))
    found: list[FactFinding] = []
    for fact in public_texts(record.data):
        if fact.path.startswith("components[") and fact.text in shown:
            continue
        found += [
            FactFinding(fact, finding)
            for finding in check(fact.text, "update", record.data).errors()
            if finding.category in _CATEGORIES
        ]
    return found
