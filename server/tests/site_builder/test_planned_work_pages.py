"""Planned work is told as what it is: no incident, not begun too early, done or called off."""

from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component
from afterword.components.models import Page
from afterword.publishing.models import PublicIncident
from afterword.site_builder.actions import build_pending
from publishing.press import a_page, word
from site_builder.reading import read

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def work(page: Page, name: str, at: datetime, status: str, begins: datetime, **more: Any) -> None:
    word(
        page, name, at, status=status, title=f"New disks ({name})", incident_kind="maintenance",
        impact="maintenance", began=begins, scheduled=(begins, begins + 2 * HOUR), **more,
    )  # fmt: skip


def called_off(page: Page, now: datetime) -> None:
    parts = [{"id": "shop", "name": "Ticket shop", "status": "operational"}]
    work(page, "off", now, "scheduled", now + 3 * DAY, components=parts)
    work(page, "off", now + HOUR, "completed", now + 3 * DAY, components=parts, body="No need.")


def text_of(site: Path, path: str = "") -> str:
    return " ".join(read((site / path / "index.html").read_bytes()).text.split())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([("scheduled", 0), ("completed", 1)], True),
        ([("scheduled", 0), ("in_progress", 1), ("completed", 2)], False),  # begun and done early
        ([("scheduled", 0), ("completed", 80)], False),  # nobody said that it had begun
        ([("scheduled", 0)], False),
    ],
)
def test_only_work_that_never_began_is_called_off(
    now: datetime, words: list[tuple[str, int]], expected: bool
) -> None:
    page = a_page(now)
    for status, hours in words:
        work(page, "work", now + hours * HOUR, status, now + 3 * DAY)
    [shown] = PublicIncident.objects.all()
    assert shown.called_off is expected
    PublicIncident.objects.update(called_off=False)
    import_module("afterword.publishing.migrations.0014_fill_called_off").fill(apps, None)
    shown.refresh_from_db()
    assert shown.called_off is expected


def test_work_that_was_called_off_is_nowhere_told_as_done(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    called_off(page, now)
    build_pending(now=now)
    shown = text_of(site_dir, "incidents/off")
    for said in (
        "It was called off.", "The work did not take place.",
        "Planned21 March 2026, 12:00 UTC to 14:00 UTC",
        "Called off18 March 2026, 13:00 UTC", "PartsTicket shop",
    ):  # fmt: skip
        assert said in shown, said
    listed = "Called off planned for 21 March 2026, 12:00 UTC"
    for path in ("", "maintenance", "history/2026/03"):
        assert listed in text_of(site_dir, path), path
    for path in ("", "maintenance", "history/2026/03", "incidents/off"):
        assert "Completed" not in text_of(site_dir, path), path
    assert b"\r\nSTATUS:CANCELLED\r\n" in (site_dir / "calendar.ics").read_bytes()
    # Statuspage's clients know no such state.
    assert '"status":"completed"' in (site_dir / "incidents/off.json").read_text()


def test_work_that_lies_ahead_has_a_plan_and_no_beginning(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    parts = [{"id": "shop", "name": "Ticket shop", "status": "operational"}]
    work(page, "ahead", now, "scheduled", now + 3 * DAY, components=parts)
    build_pending(now=now)
    shown = text_of(site_dir, "incidents/ahead")
    assert "Will I be affected?If you use this then." in shown
    assert "The facts Planned21 March 2026, 12:00 UTC to 14:00 UTC PartsTicket shop" in shown
    assert "Began" not in shown
    assert "Not affected" not in shown
    assert "STATUS:CONFIRMED" in (site_dir / "calendar.ics").read_text()


def test_planned_work_counts_beside_incidents_not_among_them(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now)
    for n in range(2):
        work(page, f"w{n}", now, "scheduled", now + n * HOUR + HOUR)
    work(page, "alone", now - 60 * DAY, "scheduled", now - 50 * DAY)
    build_pending(now=now)
    for path in ("history", "history/2026"):
        text = text_of(site_dir, path)
        assert "March 1 incident, planned work: 2" in text
        assert "January planned work: 1" in text
    month = text_of(site_dir, "history/2026/03")
    assert month.index("Incidents Invoices") < month.index("Planned work New disks (w1)")
    assert "Incidents" not in text_of(site_dir, "history/2026/01")


def test_the_front_page_names_the_next_work_and_how_much_more_there_is(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    for n in range(9):
        work(page, f"later{n}", now, "scheduled", now + (n + 1) * DAY)
    work(page, "running", now - HOUR, "in_progress", now - HOUR)
    build_pending(now=now)
    text = text_of(site_dir)
    shown = [text.index(f"New disks ({name})") for name in ("running", "later0", "later4")]
    assert shown == sorted(shown)
    assert "New disks (later5)" not in text
    assert "4 more are planned for later. All planned work" in text
    assert "New disks (later8)" in text_of(site_dir, "maintenance")


def test_page_widget_and_badge_agree_that_work_is_going_on(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    create_component(actor=MACHINE, now=now, page=page, name="Ticket shop")
    work(page, "running", now, "in_progress", now)
    build_pending(now=now)
    assert "Planned work is going on." in text_of(site_dir)
    assert "Planned work is going on." in text_of(site_dir, "embed/widget")
    assert "planned work" in (site_dir / "badge.svg").read_text()
    assert '"indicator":"none"' in (site_dir / "api/v2/status.json").read_text()
