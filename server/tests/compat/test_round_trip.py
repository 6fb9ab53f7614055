"""Recordings of real pages go in, the site is built, and what comes out is what was recorded."""

import json
from pathlib import Path
from typing import Any

import pytest

from compat.allowed import CHECKS, Allowed, allowed
from compat.recordings import answer, bring_in, differences, recorded_at

pytestmark = pytest.mark.django_db
RECORDINGS = {
    "box/components_with-problem.json": "api/v2/components.json",
    "claude/scheduled-maintenances_2026-09-15.json": "api/v2/scheduled-maintenances.json",
    "cloudflare/summary_2024-08-08_incident-impact-maintenance.json": "api/v2/summary.json",
    "cloudflare/summary_2025-11-18_global-outage.json": "api/v2/summary.json",
    "digitalocean/summary_2023-05-18_degraded-and-partial.json": "api/v2/summary.json",
    "dropbox/components.json": "api/v2/components.json",
    "github/incident_8vfyvq16hzh9.json": "incidents/8vfyvq16hzh9.json",
    "github/incidents_2026-07-31.json": "api/v2/incidents.json",
    "github/summary_2020-12-15_maintenance-in-progress.json": "api/v2/summary.json",
    "github/summary_2021-03-12_partial-and-major.json": "api/v2/summary.json",
    "github/summary_2022-03-24_maintenance-open-all-operational.json": "api/v2/summary.json",
    "github/summary_2026-04-27_critical-and-minor.json": "api/v2/summary.json",
    "hashicorp/summary_2026-04-21_incidentio-compat.json": "api/v2/summary.json",
    "instructure/summary.json": "api/v2/summary.json",
    "linode/components_problems.json": "api/v2/components.json",
    "pagerduty/incident_lphfkdlhdbbd_2016.json": "incidents/lphfkdlhdbbd.json",
    "qualys/components.json": "api/v2/components.json",
}


def load(shared_fixtures: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_fixtures / "statuspage-v2" / name).read_bytes())
    return found


@pytest.mark.slow
def test_only_listed_differences_are_left(shared_fixtures: Path, site_dir: Path) -> None:
    """One test, so that a row of the table that allows nothing is seen."""
    from django.db import transaction

    rows = allowed()
    assert rows, "the table of docs/statuspage-compat.md could not be read"
    used: set[Allowed] = set()
    problems: list[str] = []
    for name, path in RECORDINGS.items():
        with transaction.atomic():
            recording = load(shared_fixtures, name)
            bring_in(recording, recorded_at(recording))
            for found in differences(recording, answer(site_dir, path)):
                fitting = [row for row in rows if row.covers(found, name)]
                used.update(fitting[:1])
                if not fitting:
                    problems.append(f"{name} {str(found)[:300]}")
            transaction.set_rollback(True)
    assert problems == []
    assert [row for row in rows if row not in used] == []


def test_every_row_of_the_table_names_a_check_and_a_reason() -> None:
    for row in allowed():
        assert row.how in CHECKS
        assert len(row.why) > 10


@pytest.mark.parametrize("name", ["github/summary_2026-04-27_critical-and-minor.json"])
def test_the_other_lists_hold_the_same_objects_as_the_summary(
    shared_fixtures: Path, site_dir: Path, name: str
) -> None:
    recording = load(shared_fixtures, name)
    bring_in(recording, recorded_at(recording))
    summary = answer(site_dir, "api/v2/summary.json")
    assert answer(site_dir, "api/v2/status.json") == {
        "page": summary["page"], "status": summary["status"],
    }  # fmt: skip
    assert answer(site_dir, "api/v2/components.json")["components"] == summary["components"]
    unresolved = answer(site_dir, "api/v2/incidents/unresolved.json")
    assert unresolved == {"page": summary["page"], "incidents": summary["incidents"]}
    assert answer(site_dir, "api/v2/incidents/resolved.json")["incidents"] == []


def test_thirteen_snapshots_of_one_bad_day_give_the_same_roll_up_each(
    shared_fixtures: Path, site_dir: Path
) -> None:
    folder = shared_fixtures / "statuspage-v2" / "digitalocean" / "replay_2022-06-14"
    page = None
    steps = sorted(folder.glob("*.json"))
    assert len(steps) == 13
    for step in steps:
        recording = json.loads(step.read_bytes())
        page = bring_in(recording, recorded_at(recording), page)
        summary = answer(site_dir, "api/v2/summary.json")
        assert summary["status"] == recording["status"], step.name
        assert _states(summary) == _states(recording), step.name
        assert _told(summary) >= _told(recording), step.name


def _states(summary: dict[str, Any]) -> dict[str, str]:
    return {each["id"]: each["status"] for each in summary["components"]}


def _told(summary: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    """Every update, with its status. Not its text: one was edited on that day."""
    return {
        (each["id"], each["status"], update["id"], update["status"])
        for each in summary["incidents"]
        for update in each["incident_updates"]
    }
