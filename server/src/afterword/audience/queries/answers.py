from dataclasses import dataclass

from afterword.audience.models import Question, ReaderAnswer
from afterword.components.models import Page

# Below this, a share says more about chance than about the text.
FEWEST = 8


@dataclass(frozen=True)
class Answered:
    """What readers said: how many yes and no, and the questions that remain, most asked first."""

    yes: int
    no: int
    remaining: list[tuple[str, int]]

    @property
    def total(self) -> int:
        return self.yes + self.no

    @property
    def is_enough(self) -> bool:
        """Whether there are enough answers to read anything into them."""
        return self.total >= FEWEST


def answers_about(page: Page, incident_ref: str) -> Answered:
    """Return what readers of an incident said of it."""
    rows = ReaderAnswer.objects.filter(page=page, incident_ref=incident_ref)
    times = dict(rows.values_list("question", "times"))
    yes = times.pop("", 0)
    asked = sorted(times.items(), key=lambda each: (-each[1], each[0]))
    return Answered(yes, sum(times.values()), [(Question(code).label, n) for code, n in asked])
