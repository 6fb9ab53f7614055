"""Keeping a foreign history: once is enough, twice changes nothing, nobody is told."""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from afterword.accounts.permissions import MACHINE
from afterword.audit.models import Entry
from afterword.components.actions import create_component, create_page
from afterword.components.models import Component, Page, StatusSpan
from afterword.importing import statuspage
from afterword.importing.actions import Report, create_imported_page, import_statuspage, windows_of
from afterword.importing.parsed import Parsed, ParsedPage
from afterword.incidents.actions import open_incident
from afterword.incidents.models import Case, Incident, Update
from afterword.kit.errors import BadInput
from afterword.postbox.models import Letter
from afterword.publishing.actions import announce_incident, announce_update
from afterword.publishing.models import Publication, PublicIncident
from afterword.site_builder.actions import build_all
from importing.damage import mutate

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGES = {".html", ".atom", ".rss", ".json", ".svg"}
COMPONENT = {"id": "cmp1", "name": "Ticket sales", "status": "operational", "position": 1}


@pytest.fixture
def page() -> Page:
    return create_page(actor=MACHINE, now=NOW, name="Fernway", url="https://status.fernway.example")


def said(ident: str, status: str, at: str, **more: Any) -> dict[str, Any]:
    time = f"2026-03-04T{at}:00Z"
    return {"id": ident, "status": status, "body": f"It is {status}.", "created_at": time,
            "display_at": time, **more}  # fmt: skip


def touched(old: str, new: str, code: str = "cmp1") -> list[dict[str, str]]:
    return [{"code": code, "name": "Ticket sales", "old_status": old, "new_status": new}]


def incident(**more: Any) -> dict[str, Any]:
    return {
        "id": "inc1", "name": "Sales stopped", "status": "resolved", "impact": "critical",
        "created_at": "2026-03-04T08:31:00Z", "started_at": "2026-03-04T08:31:00Z",
        "updated_at": "2026-03-04T14:24:00Z", "resolved_at": "2026-03-04T14:24:00Z",
        "components": [COMPONENT],
        "incident_updates": [
            said("u3", "resolved", "14:24",
                 affected_components=touched("partial_outage", "operational")),
            said("u2", "monitoring", "12:00",
                 affected_components=touched("major_outage", "partial_outage")),
            said("u1", "investigating", "08:31",
                 affected_components=touched("operational", "major_outage")),
        ],
        **more,
    }  # fmt: skip


def parsed(*incidents: dict[str, Any], **more: Any) -> Parsed:
    return statuspage.parse(json.dumps({"incidents": list(incidents), **more}).encode(), now=NOW)


def keep(page: Page, source: Parsed, at: datetime = NOW, **more: Any) -> Report:
    return import_statuspage(actor=MACHINE, now=at, page=page, parsed=source, **more)


def everything() -> dict[str, list[Any]]:
    """Every row of every table, to see whether anything at all was written."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
    }


def test_incident_updates_components_and_publications_are_kept(page: Page) -> None:
    report = keep(page, parsed(incident()))
    kept = Incident.objects.get()
    assert (kept.title, kept.status, kept.impact) == ("Sales stopped", "resolved", "critical")
    assert kept.source == "statuspage"
    assert [u.public_id for u in Update.objects.all()] == ["u1", "u2", "u3"]
    assert [c.name for c in kept.components.all()] == ["Ticket sales"]
    assert Publication.objects.filter(imported=True, audience="page").count() == 3
    assert PublicIncident.objects.get().title == "Sales stopped"
    assert (report.incidents.created, report.components.created, report.published) == (1, 1, 3)


def test_the_same_file_twice_changes_no_row_at_all(page: Page) -> None:
    source = parsed(incident(), incident(id="inc2", name="Second"))
    keep(page, source)
    before = everything()
    report = keep(page, source, NOW + timedelta(days=1))
    assert everything() == before
    assert not report.changed
    assert (report.incidents.unchanged, report.components.unchanged) == (2, 1)


def test_fifty_recorded_incidents_twice_change_nothing(page: Page, shared_fixtures: Path) -> None:
    path = shared_fixtures / "statuspage-v2/github/incidents_2026-07-31.json"
    source = statuspage.parse(path.read_bytes(), now=NOW)
    first = keep(page, source)
    assert first.incidents.created == 50
    before = everything()
    second = keep(page, source, NOW + timedelta(hours=1))
    assert everything() == before
    assert second.incidents.unchanged == 50
    assert not second.changed


@pytest.mark.parametrize(
    "name",
    [
        "hashicorp/summary_2026-04-21_incidentio-compat.json",
        "digitalocean/summary_2023-05-18_degraded-and-partial.json",
        "claude/scheduled-maintenances_2026-09-15.json",
        "pagerduty/incident_lphfkdlhdbbd_2016.json",
        "github/summary_2026-04-27_critical-and-minor.json",
    ],
)
def test_other_recordings_are_kept_and_a_second_time_changes_nothing(
    page: Page, shared_fixtures: Path, name: str
) -> None:
    source = statuspage.parse((shared_fixtures / "statuspage-v2" / name).read_bytes(), now=NOW)
    first = keep(page, source)
    assert first.skipped == []
    assert first.changed
    before = everything()
    keep(page, source)
    assert everything() == before


def test_an_incident_followed_through_thirteen_snapshots_ends_as_the_last_says(
    page: Page, shared_fixtures: Path
) -> None:
    folder = shared_fixtures / "statuspage-v2/digitalocean/replay_2022-06-14"
    for number, path in enumerate(sorted(folder.glob("*.json"))):
        source = statuspage.parse(path.read_bytes(), now=NOW)
        keep(page, source, NOW + timedelta(minutes=number))
    listed = {c["id"]: c for c in json.loads(path.read_bytes())["components"]}
    for component in Component.objects.filter(is_group=False, hidden=False):
        assert component.status == listed[component.public_id]["status"]
    (newest,) = json.loads(path.read_bytes())["incidents"]
    kept = Incident.objects.get(public_id=newest["id"])
    assert kept.status == newest["status"]
    assert kept.updates.count() == len(newest["incident_updates"])


def test_a_later_file_adds_what_is_new_and_leaves_the_rest(page: Page) -> None:
    early = incident(
        status="investigating", resolved_at=None, updated_at="2026-03-04T08:31:00Z",
        incident_updates=incident()["incident_updates"][2:],
    )  # fmt: skip
    keep(page, parsed(early))
    assert PublicIncident.objects.get().is_open
    report = keep(page, parsed(incident()))
    assert (report.incidents.updated, report.incidents.created, report.published) == (1, 0, 2)
    assert not PublicIncident.objects.get().is_open


def edited() -> dict[str, Any]:
    """The same incident after its history was rewritten at the source: no new update."""
    updates = [dict(u) for u in incident()["incident_updates"]]
    updates[-1]["body"] = "Everything was always fine."
    return incident(name="A small hiccup", impact="minor", incident_updates=updates)


def test_an_edit_at_the_source_is_reported_and_desk_and_page_stay_alike(page: Page) -> None:
    keep(page, parsed(incident()))
    before = everything()
    report = keep(page, parsed(edited()))
    assert not report.changed
    assert report.incidents.unchanged == 1
    assert everything() == before
    ((where, why),) = report.edited
    assert where.endswith("incident inc1")
    assert why == ("title, impact, 1 update edited at the source; our publication stays as it was")


def test_the_next_update_brings_title_and_impact_to_desk_and_page_alike(page: Page) -> None:
    early = incident(
        status="investigating", resolved_at=None, updated_at="2026-03-04T08:31:00Z",
        incident_updates=incident()["incident_updates"][2:],
    )  # fmt: skip
    keep(page, parsed(early))
    report = keep(page, parsed(edited()))
    desk, shown = Incident.objects.get(), PublicIncident.objects.get()
    assert (desk.title, desk.impact) == (shown.title, shown.impact) == (
        "A small hiccup", "minor"
    )  # fmt: skip
    first = Publication.objects.order_by("display_at")[0]
    kept = desk.updates.order_by("display_at")[0]
    assert first.body == kept.body != "Everything was always fine."
    assert [why for _, why in report.edited] == [
        "1 update edited at the source; our publication stays as it was"
    ]


def test_the_same_file_again_reports_no_edit(page: Page) -> None:
    keep(page, parsed(incident()))
    assert keep(page, parsed(incident())).edited == []


def test_a_file_says_nothing_of_what_is_run_here_and_the_rest_comes(page: Page) -> None:
    ours = Incident.objects.get(
        public_id=announce_incident(
            actor=MACHINE, now=NOW, page=page, title="Ours", body="Sales are down.",
        ).incident_id
    )  # fmt: skip
    keep(page, parsed(components=[COMPONENT]))
    before = {
        model: list(model.objects.values()) for model in (Incident, Update, Publication, StatusSpan)
    }
    over = incident(id=ours.public_id, name="A small hiccup")
    same = incident(id=ours.public_id, incident_updates=[
        said(ours.updates.get().public_id, "resolved", "14:24",
             affected_components=touched("major_outage", "operational"))
    ])  # fmt: skip
    for told in (over, same):
        report = keep(page, parsed(told))
        ((where, why),) = report.skipped
        assert where == f"incident {ours.public_id}"
        assert why.startswith("This id belongs to an incident that is run here")
        assert before == {model: list(model.objects.values()) for model in before}
    report = keep(page, parsed(over, incident()))
    assert (report.incidents.created, len(report.skipped)) == (1, 1)


def test_what_came_and_is_told_here_since_is_left_to_us(page: Page) -> None:
    early = incident(
        status="investigating", resolved_at=None, updated_at="2026-03-04T08:31:00Z",
        incident_updates=incident()["incident_updates"][2:],
    )  # fmt: skip
    keep(page, parsed(early))
    announce_update(
        actor=MACHINE, now=NOW, incident=Incident.objects.get(), status="monitoring", body="Better."
    )
    report = keep(page, parsed(incident()), NOW + timedelta(hours=1))
    assert Incident.objects.get().status == "monitoring"
    assert (report.published, len(report.skipped)) == (0, 1)
    assert "told here since" in report.skipped[0].why


def test_what_has_a_case_here_and_is_open_again_elsewhere_is_named_and_the_rest_comes(
    page: Page,
) -> None:
    keep(page, parsed(incident()), open_case_for=["inc1"])
    again = [said("u4", "investigating", "16:00"), *incident()["incident_updates"]]
    back = incident(status="investigating", resolved_at=None, incident_updates=again)
    report = keep(page, parsed(back, incident(id="inc2")))
    ((where, why),) = report.skipped
    assert (where, report.incidents.created) == ("incident inc1", 1)
    assert "Reopen it here" in why
    assert Incident.objects.get(public_id="inc1").status == "resolved"
    assert not PublicIncident.objects.get(incident_id="inc1").is_open


def test_nobody_is_notified(page: Page) -> None:
    keep(page, parsed(incident()))
    assert not Letter.objects.exists()
    assert set(Publication.objects.values_list("audience", flat=True)) == {"page"}


def test_a_case_is_opened_only_for_whom_it_is_asked(page: Page) -> None:
    source = parsed(incident(), incident(id="inc2"))
    report = keep(page, source, open_case_for=["inc2"])
    assert report.cases_opened == ["inc2"]
    assert [c.incident.public_id for c in Case.objects.all()] == ["inc2"]
    assert keep(page, source, open_case_for=["inc2"]).cases_opened == []


def test_a_case_for_an_incident_the_file_lacks_is_refused_and_nothing_written(page: Page) -> None:
    before = everything()
    with pytest.raises(BadInput, match="inc9"):
        keep(page, parsed(incident()), open_case_for=["inc9"])
    assert everything() == before


def test_a_fault_in_the_middle_leaves_nothing_behind(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(done: int, of: int) -> None:
        if done == 2:
            raise OSError("the terminal went away")

    before = everything()
    with pytest.raises(OSError, match="terminal"):
        keep(page, parsed(incident(), incident(id="inc2")), progress=stop)
    assert everything() == before


def test_the_past_of_components_is_told_in_spans(page: Page) -> None:
    keep(page, parsed(incident()))
    spans = StatusSpan.objects.filter(because_of="incident:inc1").order_by("began")
    assert [(s.status, f"{s.began:%H:%M}", f"{s.ended:%H:%M}") for s in spans] == [
        ("major_outage", "08:31", "12:00"),
        ("partial_outage", "12:00", "14:24"),
    ]


def test_windows_need_an_end(page: Page) -> None:
    going_on = incident(status="monitoring", resolved_at=None)
    going_on["incident_updates"] = going_on["incident_updates"][1:]
    (one,) = parsed(going_on).incidents
    assert [(w.status, f"{w.ended:%H:%M}") for w in windows_of(one)] == [("major_outage", "12:00")]


def test_a_component_deleted_since_is_kept_hidden(page: Page) -> None:
    gone = touched("operational", "partial_outage", code="gone")
    update = said("u1", "investigating", "08:31", affected_components=gone)
    keep(page, parsed(incident(incident_updates=[update], status="investigating")))
    assert Component.objects.get(public_id="gone").hidden


def test_groups_hold_their_members(page: Page) -> None:
    group = {**COMPONENT, "id": "grp", "name": "Europe", "group": True}
    member = {**COMPONENT, "id": "mem", "status": "partial_outage", "group_id": "grp"}
    keep(page, parsed(components=[member, group]))
    kept = Component.objects.get(public_id="mem")
    assert kept.group is not None
    assert (kept.group.name, kept.group.status) == ("Europe", "partial_outage")


def test_a_component_that_we_run_ourselves_keeps_its_status(page: Page) -> None:
    own = create_component(actor=MACHINE, now=NOW, page=page, name="Sales", public_id="cmp1")
    keep(page, parsed(components=[{**COMPONENT, "status": "major_outage"}]))
    own.refresh_from_db()
    assert own.status == "operational"


def test_a_component_held_by_our_own_incident_keeps_its_status_and_that_is_said(
    page: Page,
) -> None:
    keep(page, parsed(components=[COMPONENT]))
    component = Component.objects.get()
    open_incident(
        actor=MACHINE, now=NOW + timedelta(hours=1), page=page, title="Ours",
        body="Sales are down.", components={component: "major_outage"},
    )  # fmt: skip
    report = keep(page, parsed(components=[COMPONENT]), NOW + timedelta(hours=2))
    component.refresh_from_db()
    assert component.status == "major_outage"
    assert [note.where for note in report.skipped] == ["component cmp1"]


def test_an_import_leaves_one_summary_in_the_audit_log(page: Page) -> None:
    keep(page, parsed(incident()))
    entry = Entry.objects.get(verb="importing.statuspage")
    assert entry.detail == {"incidents": 1, "maintenances": 0, "components": 1}


def test_no_script_reaches_a_publication(page: Page) -> None:
    nasty = said(
        "u1", "investigating", "08:31", body="<script>alert(1)</script><b onclick=x>Hi</b>"
    )
    keep(
        page,
        parsed(incident(name="<script>alert(2)</script>", incident_updates=[nasty],
                        status="investigating", resolved_at=None)),
    )  # fmt: skip
    publication = Publication.objects.get()
    assert "<script" not in publication.html
    assert "onclick" not in publication.html


NASTY = "\"><script>steal()</script><img src=x onerror=steal()>'];--{{7*7}}{% now %}"


class _Acting(HTMLParser):
    """Collects what a browser would run of a page: handlers, script links, images of others."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.found += [name for name in values if name.startswith("on")]
        self.found += [v for v in values.values() if v and v.strip().startswith("javascript:")]
        if tag == "img" and values.get("src") == "x":
            self.found.append("img")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and "steal" in data:
            self.found.append(data)


def acting_in(page: str) -> list[str]:
    reader = _Acting()
    reader.feed(page)
    reader.close()
    return reader.found


def test_what_acts_is_seen_by_the_test_itself() -> None:
    assert acting_in(f"<p>{NASTY}<a href='javascript:x' onclick=y>z</a></p>") == [
        "steal()", "onerror", "img", "onclick", "javascript:x",
    ]  # fmt: skip


def test_no_text_from_elsewhere_reaches_a_built_page_unescaped(site_dir: Path) -> None:
    described = ParsedPage("p1", f"Fernway{NASTY}", "https://status.fernway.example", "")
    made = create_imported_page(actor=MACHINE, now=NOW, parsed=described)
    component = {**COMPONENT, "name": f"Sales{NASTY}", "description": NASTY}
    hostile = incident(name=f"Stopped{NASTY}", components=[component], shortlink=NASTY)
    for update in hostile["incident_updates"]:
        update["body"] = f"Down{NASTY}<a href='javascript:steal()' onclick=steal()>x</a>"
        for affected in update["affected_components"]:
            affected["name"] = f"Sales{NASTY}"
    keep(made, parsed(hostile, components=[component]))
    build_all(now=NOW)
    pages = [path.read_bytes() for path in site_dir.rglob("*") if path.suffix in PAGES]
    assert len(pages) >= 4
    assert any(b"Stopped" in page for page in pages)
    for page in pages:
        assert b"<script>steal" not in page
        assert b"<img src=x" not in page
        assert b"javascript:steal" not in page
        assert b"Down49" not in page
        assert acting_in(page.decode()) == []


@pytest.mark.parametrize("seed", range(30))
def test_damaged_files_are_kept_in_part_and_a_second_time_changes_nothing(
    page: Page, seed: int
) -> None:
    chance = random.Random(seed)
    document = {
        "components": mutate([COMPONENT, {**COMPONENT, "id": "cmp2", "group_id": "cmp1"}], chance),
        "incidents": mutate([incident(id=f"inc{n}") for n in range(4)], chance),
        "scheduled_maintenances": mutate([incident(id="plan", status="completed")], chance),
    }
    source = statuspage.parse(json.dumps(document).encode(), now=NOW)
    keep(page, source)
    before = everything()
    assert not keep(page, source, NOW + timedelta(hours=1)).changed
    assert everything() == before


def test_a_page_is_made_from_what_the_source_says() -> None:
    described = ParsedPage("p1", "Fernway", "https://status.fernway.example", "Europe/Oslo")
    made = create_imported_page(actor=MACHINE, now=NOW, parsed=described)
    assert (made.name, made.time_zone) == ("Fernway", "Europe/Oslo")


def test_an_unknown_zone_becomes_utc() -> None:
    described = ParsedPage("p1", "Fernway", "https://status.fernway.example", "Mars/Olympus")
    made = create_imported_page(actor=MACHINE, now=NOW, parsed=described)
    assert made.time_zone == "Etc/UTC"


@pytest.mark.parametrize("described", [None, ParsedPage("p1", "", "", "")])
def test_without_a_description_no_page_is_made(described: ParsedPage | None) -> None:
    with pytest.raises(BadInput, match=r"summary\.json"):
        create_imported_page(actor=MACHINE, now=NOW, parsed=described)


def test_queries_do_not_grow_with_what_is_already_there(
    page: Page, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    source = parsed(incident())
    keep(page, source)
    keep(page, parsed(*(incident(id=f"other{n}") for n in range(20))))
    with django_assert_max_num_queries(40):
        keep(page, source)
