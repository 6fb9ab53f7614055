"""How far uploads of lists are, and what came of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from afterword.audience.models import (
    OPEN_INTAKES,
    Intake,
    IntakePiece,
    IntakeState,
    IntakeStep,
)
from afterword.audience.pieces import REFUSED_SHOWN, opened_refusals, opened_words
from afterword.audience.sealed import WrongKey
from afterword.components.models import Page
from afterword.kit.errors import NotFound

Refused = tuple[int, str]


@dataclass(frozen=True)
class Seen:
    """What there is to say of an upload at this moment.

    ``refusal`` is why the file as a whole was refused, or empty; ``rows_refused`` holds the first
    200 rows that were. ``before_it`` is how many uploads are read before this one.
    """

    intake: Intake
    refusal: str
    ignored_columns: tuple[str, ...]
    rows_refused: tuple[Refused, ...]
    before_it: int

    @property
    def can_be_brought(self) -> bool:
        """Whether it was tried, is sound, and its file is still kept."""
        return self.intake.state == IntakeState.TRIED and self.intake.forgotten_at is None

    @property
    def has_refusals(self) -> bool:
        """Whether the rows to mend are still kept."""
        return bool(self.intake.refused) and self.intake.forgotten_at is None

    @property
    def share(self) -> int:
        """How much of the reading is done, in percent: half of it checking, half comparing."""
        if not self.intake.is_open:
            return 100
        if self.intake.step == IntakeStep.WRITING:
            return 99
        return _half(self.intake.rows_done, self.intake.rows) + _half(
            self.intake.accounts_done, self.intake.accounts
        )


def intake_of(page: Page, public_id: str, what: Intake.What | None = None) -> Intake:
    """Return an upload of the page, for whichever list or for ``what``. Raises NotFound."""
    found = Intake.objects.filter(page=page, public_id=public_id)
    found = found if what is None else found.filter(what=what)
    intake = found.select_related("asked_by", "token__made_by").first()
    if intake is None:
        raise NotFound("There is no such upload.")
    return intake


def seen(intake: Intake) -> Seen:
    """Return what there is to say of an upload."""
    before = 0
    if intake.state == IntakeState.WAITING:
        before = Intake.objects.filter(state__in=OPEN_INTAKES, pk__lt=intake.pk).count()
    try:
        refusal, ignored = opened_words(intake.told)
        shown = tuple(islice(every_refusal(intake), REFUSED_SHOWN)) if intake.refused else ()
    except WrongKey as wrong:
        return Seen(intake, str(wrong), (), (), before)
    return Seen(intake, refusal, ignored, shown, before)


def newest_intakes(
    page: Page, what: Intake.What, incident_ref: str = "", *, limit: int = 10
) -> list[Intake]:
    """Return the newest uploads for a list of the page, or of an incident, newest first."""
    found = Intake.objects.filter(page=page, what=what, incident_ref=incident_ref)
    found = found.select_related("asked_by", "token__made_by")
    return list(found.order_by("-pk")[:limit])


def every_refusal(intake: Intake) -> Iterator[Refused]:
    """Yield (line of the file, why) of each refused row; none once they were deleted."""
    pieces = intake.pieces.filter(kind=IntakePiece.Kind.REFUSALS).order_by("number")
    return opened_refusals(pieces.values_list("sealed", flat=True).iterator(chunk_size=10))


def _half(done: int, of: int | None) -> int:
    return 50 * done // of if of else 0
