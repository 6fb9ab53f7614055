"""A past incident joins the history where it belongs, and nobody hears of it by mail."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.components.queries import spans_of
from afterword.incidents.models import Incident
from afterword.publishing.models import Audience, Publication, PublicIncident
from desk.office import has_inline_code, seen, signed_in

PAST = {
    "title": "Reports were away", "severity": "2",
    "body": "On 3 February, from 10:00 to 11:30 UTC, reports were away. It is over.",
    "started_at": "2026-02-03 10:00", "resolved_at": "2026-02-03T12:30+01:00",
}  # fmt: skip


def test_it_stands_in_the_month_it_happened_with_the_day_it_was_said(
    office: SimpleNamespace, clock: Any, site_dir: Path
) -> None:
    client = signed_in(office.wanda)
    assert has_inline_code(seen(client.get("/desk/incidents/past/"))) == []
    part = {f"component-{office.sending.public_id}": "major_outage"}
    answer = client.post("/desk/incidents/past/", PAST | part)
    incident = Incident.objects.get(title="Reports were away")
    assert answer["Location"] == f"/desk/incidents/{incident.public_id}/"
    shown = PublicIncident.objects.get(incident_id=incident.public_id)
    assert (shown.month, shown.is_open, shown.impact) == ("2026-02", False, "critical")
    assert shown.resolved_at == datetime(2026, 2, 3, 11, 30, tzinfo=UTC)
    built = (site_dir / "incidents" / incident.public_id / "index.html").read_text("utf-8")
    assert "18 March 2026, 12:00 UTC" in built
    left = Publication.objects.get(incident_id=incident.public_id)
    assert (left.audience, left.facts["incident"]["source"]) == (
        Audience.PAGE,
        {"backfilled": True},
    )


def test_its_parts_were_down_then_and_are_as_they_were_now(
    office: SimpleNamespace, clock: Any
) -> None:
    part = {f"component-{office.sending.public_id}": "major_outage"}
    signed_in(office.wanda).post("/desk/incidents/past/", PAST | part)
    office.sending.refresh_from_db()
    assert office.sending.status == "operational"
    began, ended = (datetime(2026, 2, 3, h, m, tzinfo=UTC) for h, m in ((10, 0), (11, 30)))
    spans = spans_of(office.sending, since=began, until=ended)
    assert [(s.status, s.began, s.ended) for s in spans] == [("major_outage", began, ended)]
    assert "Say what is wrong" not in seen(signed_in(office.wanda).get("/desk/")).words


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"resolved_at": "2026-02-03 09:00"}, "is not after the beginning"),
        ({"resolved_at": "2026-03-18 12:01"}, "is in the future"),
        ({"started_at": "2026-03-19 12:00"}, "is in the future"),
        ({"body": "[blank: what happened]"}, "A fact is still missing"),
        ({"resolved_at": ""}, "This field is required"),
    ],
)
def test_times_that_cannot_be_are_refused_and_nothing_is_written(
    office: SimpleNamespace, clock: Any, wrong: dict[str, str], says: str
) -> None:
    answer = signed_in(office.wanda).post("/desk/incidents/past/", PAST | wrong)
    assert answer.status_code == 422
    assert says.casefold() in seen(answer).words.casefold()
    assert Incident.objects.count() == 1


def test_only_those_who_run_incidents_write_them_down(office: SimpleNamespace) -> None:
    assert signed_in(office.pia).post("/desk/incidents/past/", PAST).status_code == 403
