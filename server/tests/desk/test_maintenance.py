"""Planned work on the desk: written down, moved, called off, and on the page at once."""

from types import SimpleNamespace
from typing import Any

from afterword.incidents.models import Incident
from desk.office import has_inline_code, seen, signed_in

PLAN = {
    "title": "Invoices move to a new disk",
    "body": "Invoices cannot be opened while we move them. You need to do nothing.",
    "scheduled_for": "2031-04-02 03:00",
    "scheduled_until": "2031-04-02 05:00",
    "begins_itself": "on",
    "ends_itself": "on",
    "notify": "on",
}


def planned(office: SimpleNamespace) -> Incident:
    post = PLAN | {"component": office.sending.public_id}
    answer = signed_in(office.wanda).post("/desk/maintenance/new/", post)
    work = Incident.objects.get(title=PLAN["title"])
    assert answer["Location"] == f"/desk/incidents/{work.public_id}/"
    return work


def test_planned_work_is_on_every_page_about_it(office: SimpleNamespace, site_dir: Any) -> None:
    work = planned(office)
    assert [each.pk for each in work.components.all()] == [office.sending.pk]
    for name in ("index.html", "maintenance/index.html"):
        built = (site_dir / name).read_text()
        assert PLAN["title"] in built
        assert "2 April 2031, 03:00 UTC" in built
    assert "DTSTART:20310402T030000Z" in (site_dir / "calendar.ics").read_text()
    listed = seen(signed_in(office.wanda).get("/desk/incidents/"))
    assert "Planned work" in listed.words


def test_it_is_moved_and_called_off_in_words(office: SimpleNamespace, site_dir: Any) -> None:
    work = planned(office)
    client = signed_in(office.wanda)
    form = seen(client.get(f"/desk/maintenance/{work.public_id}/move/"))
    assert form.all("input", name="scheduled_for")[0]["value"] == "2031-04-02 03:00 UTC"
    moved = {
        "scheduled_for": "2031-04-03 03:00",
        "scheduled_until": "2031-04-03 04:00",
        "body": "We do this a day later.",
    }
    client.post(f"/desk/maintenance/{work.public_id}/move/", moved)
    assert "3 April 2031, 03:00 UTC" in (site_dir / "maintenance/index.html").read_text()
    client.post(f"/desk/maintenance/{work.public_id}/call-off/", {"body": "We do not do it."})
    work.refresh_from_db()
    assert work.status == "completed"
    built = (site_dir / "maintenance/index.html").read_text()
    assert "Nothing is planned." in built


def test_what_is_wrong_is_said_at_the_field(office: SimpleNamespace) -> None:
    answer = signed_in(office.wanda).post(
        "/desk/maintenance/new/", PLAN | {"scheduled_until": "2031-04-01 05:00", "title": ""}
    )
    assert answer.status_code == 422
    client = signed_in(office.wanda)
    answer = client.post("/desk/maintenance/new/", PLAN | {"scheduled_until": "2031-04-01 05:00"})
    assert answer.status_code == 422
    assert "Is not after the beginning" in seen(answer).words
    assert PLAN["body"] in seen(answer).words
    assert has_inline_code(seen(answer)) == []


def test_a_second_click_plans_once(office: SimpleNamespace, site_dir: Any) -> None:
    client = signed_in(office.wanda)
    key = seen(client.get("/desk/maintenance/new/")).all("input", name="form_key")[0]["value"]
    for _ in range(2):
        client.post("/desk/maintenance/new/", PLAN | {"form_key": key})
    assert Incident.objects.filter(title=PLAN["title"]).count() == 1
