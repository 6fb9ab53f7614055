"""By when readers hear more: promised with an update, shown on the page, and not forgotten."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.incidents.models import Incident
from afterword.kit.errors import BadInput
from afterword.publishing.actions import announce_incident, announce_update
from desk.office import seen, signed_in

NEW = {
    "title": "Reports are slow", "body": "Reports take minutes. We are looking for the cause.",
    "severity": "3", "started_at": "", "next_word": "30",
}  # fmt: skip


def test_the_promise_is_on_the_page_and_its_clock_on_the_first_page_of_the_desk(
    office: SimpleNamespace, clock: Any, site_dir: Path
) -> None:
    client = signed_in(office.wanda)
    assert client.post("/desk/incidents/new/", NEW).status_code == 302
    incident = Incident.objects.get(title="Reports are slow")
    built = site_dir / "incidents" / incident.public_id / "index.html"
    assert "We say more by" in built.read_text("utf-8")
    assert "18 March 2026, 12:30 UTC" in built.read_text("utf-8")
    assert "The next was promised by 12:30 UTC." in seen(client.get("/desk/")).words
    clock.advance(minutes=40)
    now = seen(client.get("/desk/"))
    late = [str(t["datetime"]) for t in now.all("time") if "late" in str(t["class"])]
    assert "2026-03-18T12:30:00Z" in late
    told = {"status": "identified", "body": "A full disk. We are emptying it.", "next_word": ""}
    client.post(f"/desk/incidents/{incident.public_id}/update/", told)
    assert "We say more by" not in built.read_text("utf-8")
    assert "The next was promised" not in seen(client.get("/desk/")).words


@pytest.mark.parametrize("off", [timedelta(0), timedelta(minutes=-5), timedelta(days=8)])
def test_a_promise_lies_ahead_and_within_the_week(
    office: SimpleNamespace, clock: Any, off: timedelta
) -> None:
    with pytest.raises(BadInput, match="within the coming week"):
        announce_incident(
            actor=office.wanda, now=clock.now(), page=office.page, title="Reports are slow",
            body="Reports take minutes.", next_update_at=clock.now() + off,
        )  # fmt: skip


def test_what_is_over_promises_no_next_word(office: SimpleNamespace, clock: Any) -> None:
    publication = announce_incident(
        actor=office.wanda, now=clock.now(), page=office.page, title="Reports are slow",
        body="Reports take minutes.", next_update_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    assert publication.facts["update"]["next_update_at"] == "2026-03-18T13:00:00Z"
    incident = Incident.objects.get(public_id=publication.incident_id)
    over = announce_update(
        actor=office.wanda, now=clock.now(), incident=incident, status="resolved",
        body="Reports are quick again.", next_update_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    assert "next_update_at" not in over.facts["update"]
