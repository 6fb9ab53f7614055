"""Where the demo's history is played: people, page and components, and what happens when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from afterword.accounts.models import Person
from afterword.components.models import Component, Page
from afterword.incidents.models import Incident
from afterword.incidents.queries import incident_by_public_id


@dataclass
class Stage:
    """What every act of the history needs. ``incidents`` fills as the stories are played."""

    now: datetime
    page: Page
    people: Mapping[str, Person]
    components: Mapping[str, Component]
    incidents: dict[str, Incident] = field(default_factory=dict)

    def keep(self, key: str, public_id: str) -> None:
        """Remember the incident a story has opened."""
        self.incidents[key] = incident_by_public_id(self.page, public_id)

    def statuses(self, said: Mapping[str, str]) -> dict[Component, str]:
        """Return the statuses by component, freshly read: others may have changed them."""
        fresh = {}
        for name, status in said.items():
            component = self.components[name]
            component.refresh_from_db()
            fresh[component] = status
        return fresh


@dataclass(frozen=True, order=True)
class Act:
    """Something that happens at a time, UTC. ``number`` keeps acts of one time in order."""

    at: datetime
    number: int
    do: Callable[[datetime], object] = field(compare=False)


class Script:
    """Collects acts in any order and plays them in the order of time, up to the present."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._acts: list[Act] = []

    def at(self, when: datetime, do: Callable[[datetime], object]) -> None:
        """Plan an act; what lies ahead of the present is left out."""
        if when <= self.now:
            self._acts.append(Act(when, len(self._acts), do))

    def play(self, progress: Callable[[int, int], None]) -> None:
        """Do every act at its time, oldest first."""
        acts = sorted(self._acts)
        for number, act in enumerate(acts, start=1):
            act.do(act.at)
            progress(number, len(acts))
