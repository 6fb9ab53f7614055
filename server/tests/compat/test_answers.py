"""The v2 answers about our own incidents: key order, nulls, zones, order, and what a summary is."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component, set_status
from afterword.components.models import Component, Page
from afterword.incidents.models import Incident
from afterword.incidents.queries import incident_by_public_id
from afterword.publishing.actions import announce_incident, announce_update
from afterword.site_builder.actions import build_all, build_pending
from afterword.site_builder.forms import ENDINGS
from compat.recordings import answer
from publishing.press import a_page, word

pytestmark = pytest.mark.django_db
INCIDENT_KEYS = [
    "id", "name", "status", "created_at", "updated_at", "monitoring_at", "resolved_at", "impact",
    "shortlink", "started_at", "page_id", "incident_updates", "components", "reminder_intervals",
]  # fmt: skip
UPDATE_KEYS = [
    "id", "status", "body", "incident_id", "created_at", "updated_at", "display_at",
    "affected_components", "deliver_notifications", "custom_tweet", "tweet_id",
]  # fmt: skip
COMPONENT_KEYS = [
    "id", "name", "status", "created_at", "updated_at", "position", "description", "showcase",
    "start_date", "group_id", "page_id", "group", "only_show_if_degraded",
]  # fmt: skip


def component(page: Page, now: datetime, name: str, **more: Any) -> Component:
    return create_component(actor=MACHINE, now=now, page=page, name=name, **more)


def announce(page: Page, now: datetime, **more: Any) -> Incident:
    said = announce_incident(
        actor=MACHINE, now=now, page=page, title=more.pop("title", "Tickets cannot be bought"),
        body=more.pop("body", "Tickets cannot be bought. We are looking for the cause."), **more,
    )  # fmt: skip
    return incident_by_public_id(page, said.incident_id)


def update(incident: Incident, now: datetime, status: str, **more: Any) -> None:
    announce_update(
        actor=MACHINE, now=now, incident=incident, status=status,
        body=more.pop("body", "We know why and are working on it."), **more,
    )  # fmt: skip


def lists(site_dir: Path, name: str, key: str = "incidents") -> list[Any]:
    found: list[Any] = answer(site_dir, f"api/v2/{name}.json")[key]
    return found


def test_an_own_incident_has_every_key_in_the_recorded_order(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    sales = component(page, now, "Ticket sales")
    incident = announce(page, now, components={sales: "major_outage"})
    build_pending(now=now)
    (found,) = lists(site_dir, "incidents")
    assert list(found) == INCIDENT_KEYS
    (said,) = found["incident_updates"]
    assert list(said) == UPDATE_KEYS
    assert list(found["components"][0]) == COMPONENT_KEYS
    assert found["impact"] == "critical"
    assert found["shortlink"] == f"{page.url}/incidents/{incident.public_id}/"
    assert (found["monitoring_at"], found["resolved_at"], found["reminder_intervals"]) == (
        None, None, None,
    )  # fmt: skip
    assert said["body"] == "Tickets cannot be bought. We are looking for the cause."
    assert said["affected_components"] == [
        {"code": sales.public_id, "name": "Ticket sales", "old_status": "operational",
         "new_status": "major_outage"},
    ]  # fmt: skip
    assert said["deliver_notifications"] is True
    assert (said["custom_tweet"], said["tweet_id"]) == (None, None)


def test_impact_does_not_fall_and_times_are_those_of_the_updates(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    sales = component(page, now, "Ticket sales")
    incident = announce(page, now, components={sales: "major_outage"}, notify=False)
    watching, watching_again, over = (now + timedelta(hours=n) for n in (1, 2, 3))
    update(
        incident, watching, "monitoring", components={sales: "degraded_performance"}, notify=False
    )
    update(incident, watching_again, "monitoring", notify=False)
    update(incident, over, "resolved", notify=False)
    build_pending(now=now)
    (found,) = lists(site_dir, "incidents/resolved")
    assert (found["status"], found["impact"]) == ("resolved", "critical")
    assert datetime.fromisoformat(found["monitoring_at"]) == watching
    assert datetime.fromisoformat(found["resolved_at"]) == over
    assert datetime.fromisoformat(found["updated_at"]) == over
    statuses = [each["status"] for each in found["incident_updates"]]
    assert statuses == ["resolved", "monitoring", "monitoring", "investigating"]
    assert found["incident_updates"][0]["deliver_notifications"] is False
    assert found["components"][0]["status"] == "operational"
    assert lists(site_dir, "incidents/unresolved") == []


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("Etc/UTC", "2026-01-15T12:00:00.125Z", "2026-07-15T12:00:00.125Z"),
        ("America/Denver", "2026-01-15T05:00:00.125-07:00", "2026-07-15T06:00:00.125-06:00"),
        ("Europe/London", "2026-01-15T12:00:00.125+00:00", "2026-07-15T13:00:00.125+01:00"),
        ("Asia/Kolkata", "2026-01-15T17:30:00.125+05:30", "2026-07-15T17:30:00.125+05:30"),
    ],
)
def test_times_are_in_the_zone_of_the_page_with_the_offset_of_the_day(
    site_dir: Path, now: datetime, zone: str, winter: str, summer: str
) -> None:
    page = a_page(now, time_zone=zone)
    for ident, month in (("winter", 1), ("summer", 7)):
        word(page, ident, datetime(2026, month, 15, 12, 0, 0, 125900, tzinfo=UTC))
    build_pending(now=now)
    shown = {each["id"]: each["incident_updates"][0] for each in lists(site_dir, "incidents")}
    assert (shown["winter"]["display_at"], shown["summer"]["display_at"]) == (winter, summer)


def test_a_summary_is_what_statuspage_calls_a_postmortem(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now)
    word(page, "inv", now + timedelta(hours=1), status="resolved", body="It works again.")
    word(page, "inv", now + timedelta(days=1), status="resolved", kind="closure", body="Closed.")
    word(page, "inv", now + timedelta(days=3), status="resolved", kind="summary",
         body="What happened.\n\nAnd **why**.")  # fmt: skip
    word(page, "inv", now + timedelta(days=4), status="resolved", kind="correction", body="Two.")
    build_pending(now=now)
    (found,) = lists(site_dir, "incidents/resolved")
    said = [(each["status"], each["body"]) for each in found["incident_updates"]]
    assert found["status"] == "postmortem"
    assert said[:2] == [
        ("postmortem", "Two."), ("postmortem", "What happened.\n\nAnd <strong>why</strong>."),
    ]  # fmt: skip
    assert [status for status, _ in said[2:]] == ["resolved", "resolved", "investigating"]
    alone = answer(site_dir, "incidents/inv.json")
    assert alone["postmortem_body"] == "What happened.\n\nAnd <strong>why</strong>."
    assert datetime.fromisoformat(alone["postmortem_published_at"]) == now + timedelta(days=3)
    word(page, "inv", now + timedelta(days=5), status="investigating", body="It is back.")
    build_pending(now=now)
    assert lists(site_dir, "incidents/unresolved")[0]["status"] == "investigating"


def test_a_letter_to_a_list_is_in_no_answer(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now)
    word(page, "inv", now + timedelta(hours=1), kind="follow_up", audience="list",
         recipient_list="l", body="Only for you.")  # fmt: skip
    build_all(now=now)
    for path in site_dir.rglob("*"):
        if path.is_file() and path.suffix not in ENDINGS:
            assert b"Only for you" not in path.read_bytes(), path


def test_open_incidents_stand_by_change_and_planned_work_by_its_date(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    for n, ident in enumerate(("old", "newer", "newest")):
        word(page, ident, now + timedelta(hours=n))
    word(page, "old", now + timedelta(hours=9))
    for ident, status, days in (
        ("far", "scheduled", 9), ("near", "scheduled", 2), ("began-first", "in_progress", -2),
        ("began-last", "verifying", -1), ("past", "completed", -30),
    ):  # fmt: skip
        begin = now + timedelta(days=days)
        word(page, ident, now, incident_kind="maintenance", impact="maintenance", status=status,
             scheduled=(begin, begin + timedelta(hours=1)))  # fmt: skip
    build_pending(now=now)
    assert _ids(lists(site_dir, "summary")) == ["old", "newest", "newer"]
    assert _ids(lists(site_dir, "incidents/unresolved")) == ["old", "newest", "newer"]
    plans = "scheduled_maintenances"
    assert _ids(lists(site_dir, "summary", plans)) == ["near", "far", "began-last", "began-first"]
    assert _ids(lists(site_dir, "scheduled-maintenances/upcoming", plans)) == ["near", "far"]
    assert _ids(lists(site_dir, "scheduled-maintenances/active", plans)) == [
        "began-last", "began-first",
    ]  # fmt: skip
    everything = lists(site_dir, "scheduled-maintenances", plans)
    assert _ids(everything) == ["far", "near", "began-last", "began-first", "past"]
    assert list(everything[0])[-2:] == ["scheduled_for", "scheduled_until"]
    assert "reminder_intervals" not in everything[0]


def test_the_50_with_the_newest_word_are_listed(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    for n in range(53):
        word(page, f"inv-{n}", now - timedelta(days=n), status="resolved")
    word(page, "inv-52", now + timedelta(hours=1), status="resolved", kind="note", body="More.")
    build_pending(now=now)
    expected = ["inv-52", *(f"inv-{n}" for n in range(49))]
    assert _ids(lists(site_dir, "incidents")) == expected
    assert _ids(lists(site_dir, "incidents/resolved")) == expected


def test_groups_name_their_members_and_have_the_worst_status(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    apps = component(page, now, "Apps", is_group=True)
    phone = component(page, now, "Phone app", group=apps, position=2)
    gates = component(page, now, "Gates", group=apps, position=1)
    component(page, now, "Secret", group=apps, hidden=True, status="major_outage")
    quiet = component(page, now, "Sometimes", only_show_if_degraded=True, position=7)
    set_status(actor=MACHINE, now=now, component=phone, status="partial_outage")
    build_pending(now=now)
    shown = {each["name"]: each for each in lists(site_dir, "components", "components")}
    assert set(shown) == {"Apps", "Phone app", "Gates"}
    assert shown["Apps"]["components"] == [gates.public_id, phone.public_id]
    assert (shown["Apps"]["status"], shown["Apps"]["showcase"]) == ("partial_outage", False)
    assert shown["Phone app"]["group_id"] == apps.public_id
    assert "components" not in shown["Phone app"]
    assert answer(site_dir, "api/v2/status.json")["status"]["indicator"] == "minor"
    set_status(
        actor=MACHINE, now=now + timedelta(hours=1), component=quiet, status="degraded_performance"
    )
    build_pending(now=now)
    assert "Sometimes" in {each["name"] for each in lists(site_dir, "components", "components")}


def test_a_component_of_later_does_not_change_the_answer_about_one_old_incident(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    sales = component(page, now, "Ticket sales")
    incident = announce(page, now, components={sales: "partial_outage"})
    update(incident, now + timedelta(hours=1), "resolved")
    build_pending(now=now)
    path = f"incidents/{incident.public_id}.json"
    before = (site_dir / path).read_bytes()
    later = now + timedelta(days=9)
    set_status(actor=MACHINE, now=later, component=sales, status="major_outage")
    assert path not in build_pending(now=later)
    assert lists(site_dir, "incidents")[0]["components"][0]["status"] == "major_outage"
    build_all(now=later)
    assert (site_dir / path).read_bytes() == before


def test_markup_in_words_stays_harmless_in_every_answer(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    evil = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    word(page, "inv", now, body=evil)
    word(page, "inv", now + timedelta(hours=1), body=f"<p>{evil}</p>", body_format="html",
         imported=True)  # fmt: skip
    build_pending(now=now)
    for said in lists(site_dir, "incidents")[0]["incident_updates"]:
        assert "<script" not in said["body"]
        assert "<img" not in said["body"]


def test_no_answer_can_be_taken_for_a_page(site_dir: Path, now: datetime) -> None:
    title = "</script><script>alert(1)</script> & \u2028 more"
    word(a_page(now, name=title[:30]), "inv", now, title=title)
    build_pending(now=now)
    answers = list(site_dir.rglob("*.json"))
    assert lists(site_dir, "incidents")[0]["name"] == title
    for path in answers:
        assert "<" not in path.read_text("utf-8"), path


def test_history_goes_by_quarters_and_months_of_the_end(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "new-year", datetime(2025, 12, 31, 22, tzinfo=UTC), status="investigating",
         title="A long night")  # fmt: skip
    word(page, "new-year", datetime(2026, 1, 1, 4, 30, tzinfo=UTC), status="resolved",
         title="A long night", body="It is over.")  # fmt: skip
    word(page, "march", datetime(2026, 3, 4, 8, tzinfo=UTC), status="resolved")
    word(page, "open", datetime(2026, 3, 5, 9, 5, tzinfo=UTC))
    build_pending(now=now)
    assert not (site_dir / "history/2025-q4.json").exists()
    (march, february, january) = answer(site_dir, "history/2026-q1.json")["months"]
    assert (march["name"], march["year"], _codes(march)) == ("March", 2026, ["open", "march"])
    assert (february["name"], _codes(february)) == ("February", [])
    assert january["incidents"] == [
        {
            "code": "new-year", "name": "A long night", "message": "It is over.",
            "impact": "major",
            "timestamp": "Dec <var data-var='date'>31</var>, <var data-var='time'>22:00</var> - "
            "Jan <var data-var='date'>1</var>, <var data-var='time'>04:30</var> UTC",
        }
    ]  # fmt: skip
    assert march["incidents"][0]["timestamp"] == (
        "Mar <var data-var='date'>5</var>, <var data-var='time'>09:05</var> UTC"
    )


def test_an_incident_that_ends_in_another_quarter_moves(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "long", datetime(2025, 12, 20, tzinfo=UTC))
    build_pending(now=now)
    assert (site_dir / "history/2025-q4.json").exists()
    word(page, "long", datetime(2026, 2, 1, tzinfo=UTC), status="resolved")
    build_pending(now=now)
    assert not (site_dir / "history/2025-q4.json").exists()
    assert (site_dir / "history/2026-q1.json").exists()


def test_an_empty_page_has_valid_answers(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    build_pending(now=now)
    summary = answer(site_dir, "api/v2/summary.json")
    assert list(summary) == ["page", "components", "incidents", "scheduled_maintenances", "status"]
    assert list(summary["page"]) == ["id", "name", "url", "time_zone", "updated_at"]
    assert summary["status"] == {"indicator": "none", "description": "All Systems Operational"}
    assert summary["page"]["url"] == page.url
    assert json.dumps(summary["components"]) == "[]"


def _ids(found: list[Any]) -> list[str]:
    return [each["id"] for each in found]


def _codes(month: dict[str, Any]) -> list[str]:
    return [each["code"] for each in month["incidents"]]
