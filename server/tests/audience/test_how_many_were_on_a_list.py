"""Lists frozen before their sizes were kept are counted once, as those that are frozen now."""

from datetime import datetime
from importlib import import_module

import pytest
from django.apps import apps

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import freeze_list
from afterword.audience.models import RecipientList, Segment
from afterword.components.models import Page
from trust.histories import a_page

OVER = datetime.fromisoformat("2026-02-03T10:00:00+00:00")
pytestmark = pytest.mark.django_db


def frozen(page: Page, incident: str, *numbers: int, segment: Segment = Segment.DATA) -> int:
    return freeze_list(
        actor=MACHINE, now=OVER, page=page, incident_ref=incident, segment=segment,
        members=[(f"p{n}@l.example", "") for n in numbers],
    ).pk  # fmt: skip


def sizes() -> dict[int, tuple[int | None, int | None]]:
    return {each.pk: (each.size, each.first_listed) for each in RecipientList.objects.all()}


def test_lists_that_are_there_are_counted_and_forgotten_ones_stay_unknown() -> None:
    page = a_page()
    first = frozen(page, "inv-1", 1, 2, 3)
    other = frozen(page, "inv-2", 1, 2)
    gone = frozen(page, "inv-1", 7)
    again = frozen(page, "inv-1", 2, 3, 4, segment=Segment.SLA)
    RecipientList.objects.filter(pk=gone).update(forgotten_at=OVER)
    counted = sizes()
    RecipientList.objects.update(size=None, first_listed=None)
    import_module("afterword.audience.migrations.0012_how_many_were_on_a_list").fill(apps, None)
    assert sizes() == counted | {gone: (None, None)}
    assert counted[again] == (3, 1)
    assert (counted[first], counted[other]) == ((3, 3), (2, 2))
