"""A click inside tells nobody outside anything: readers learn of it by what is published."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.incidents.actions import judge_recurrence
from afterword.incidents.models import Incident
from afterword.publishing.actions import announce_incident, announce_update, keep_panel_quarter
from afterword.site_builder.actions import build_all
from afterword.trust.booklet import Audience, Chapter, booklet
from afterword.trust.outward import outward
from afterword.trust.panel import figures_of
from afterword.trust.periods import quarter
from afterword.trust.report import report
from trust.test_panel import on, words

pytestmark = pytest.mark.django_db
APRIL = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def again(company: SimpleNamespace, now: datetime) -> Incident:
    """A public incident after the company's first one, over since."""
    said = announce_incident(
        actor=MACHINE, now=now, page=company.page, title="Exports are late", body="We look.",
        severity=2,
    )  # fmt: skip
    shown = Incident.objects.get(public_id=said.incident_id)
    announce_update(actor=MACHINE, now=now, incident=shown, status="resolved", body="Over.")
    return shown


def kept_figures(incident: Incident, code: str) -> dict[str, Any]:
    """Return what the panel would keep of a measure."""
    told = outward(incident.page, report(incident.page, quarter(2026, 1), now=APRIL))
    return next(each for each in figures_of(told) if each["code"] == code)


def chapter(incident: Incident, code: str, audience: Audience) -> Chapter:
    made = booklet(incident.page, quarter(2026, 1), audience, now=APRIL)
    return next(c for c in made.chapters if c.measure.code == code)


def test_that_it_is_the_same_again_is_told_as_a_figure_alone(
    company: SimpleNamespace, again: Incident, now: datetime, site_dir: Path
) -> None:
    judge_recurrence(
        actor=company.noor, now=now, incident=again, earlier=company.incident, is_same=True
    )
    for_a_customer = chapter(again, "recurrence", Audience.CUSTOMER)
    assert (for_a_customer.items, for_a_customer.measure.summary().part) == ([], 1)
    figures = kept_figures(again, "recurrence")
    assert (figures["items"], figures["part"]) == ([], 1)
    inside = chapter(again, "recurrence", Audience.AUDITOR)
    assert [i.part for i in inside.items if i.about == again.public_id] == [1]
    # A quarter that an older version kept, with its list.
    on(company.page, now)
    item = {
        "day": "2026-03-17", "incident": again.public_id, "value": None, "at_least": False,
        "part": 1, "whole": 1, "fate": "",
    }  # fmt: skip
    keep_panel_quarter(
        actor=MACHINE, now=APRIL, page=company.page, quarter="2026-q1",
        first=quarter(2026, 1).first, last=quarter(2026, 1).last,
        figures=[{**figures, "items": [item]}],
    )  # fmt: skip
    build_all(now=APRIL)
    told = words(site_dir, "trust/index.html")
    assert "Recurrence" in told and "Exports are late" not in told
