from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Sum

from afterword.audience.models import Question, ReaderAnswer, ReaderRemark
from afterword.components.models import Page
from afterword.kit.errors import NotFound

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
    return _answered((each.question, each.times) for each in rows)


def answers_by_text(page: Page, incident_ref: str) -> list[tuple[int, Answered]]:
    """Return the same for each text they had read, by its number on the page, the newest first."""
    rows = list(ReaderAnswer.objects.filter(page=page, incident_ref=incident_ref))
    numbers = sorted({each.text_number for each in rows}, reverse=True)
    return [
        (number, _answered((r.question, r.times) for r in rows if r.text_number == number))
        for number in numbers
    ]


def left_asking(page: Page, incident_refs: Sequence[str]) -> dict[str, Answered]:
    """Return, of these incidents, those of whose readers enough answered and most said no."""
    rows = ReaderAnswer.objects.filter(page=page, incident_ref__in=incident_refs)
    counted = rows.values_list("incident_ref", "question").annotate(n=Sum("times")).order_by()
    of: dict[str, list[tuple[str, int]]] = {}
    for ref, question, times in counted:
        of.setdefault(ref, []).append((question, times))
    found = {ref: _answered(said) for ref, said in of.items()}
    return {ref: each for ref, each in found.items() if each.is_enough and each.no > each.yes}


def remarks_on(page: Page, incident_ref: str, *, limit: int) -> list[ReaderRemark]:
    """Return what readers wrote about an incident: what nobody took note of yet comes first."""
    found = ReaderRemark.objects.filter(page=page, incident_ref=incident_ref)
    return list(found.order_by(F("read_at").asc(nulls_first=True), "-pk")[:limit])


def remarks_waiting(page: Page) -> dict[str, int]:
    """Return how many remarks nobody took note of yet, by incident."""
    found = ReaderRemark.objects.filter(page=page, read_at=None).order_by()
    return dict(found.values_list("incident_ref").annotate(n=Count("pk")))


def remark_by_id(page: Page, incident_ref: str, remark_id: int) -> ReaderRemark:
    """Return a remark on the incident. Raises NotFound."""
    found = ReaderRemark.objects.filter(page=page, incident_ref=incident_ref, pk=remark_id).first()
    if found is None:
        raise NotFound("This remark is gone: somebody dropped it, or its time was over.")
    return found


def _answered(said: Iterable[tuple[str, int]]) -> Answered:
    times: Counter[str] = Counter()
    for question, n in said:
        times[question] += n
    yes = times.pop("", 0)
    asked = sorted(times.items(), key=lambda each: (-each[1], each[0]))
    return Answered(yes, sum(times.values()), [(Question(code).label, n) for code, n in asked])
