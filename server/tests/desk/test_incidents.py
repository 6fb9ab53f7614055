"""While it goes on: open, say more, resolve; and what the desk answers when it may not be so."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component
from afterword.components.models import Component, ComponentStatus
from afterword.incidents.models import Incident
from afterword.incidents.queries import case_of
from afterword.publishing.models import Publication
from desk.office import has_inline_code, seen, signed_in

NEW = {
    "title": "Reports are slow",
    "body": "Reports take minutes to load. We look for the cause and write again by 13:00 UTC.",
    "severity": "3",
    "notify": "on",
}


def test_an_incident_is_opened_published_and_on_the_page_at_once(
    office: SimpleNamespace, site_dir: Any
) -> None:
    post = NEW | {f"component-{office.sending.public_id}": "degraded_performance"}
    answer = signed_in(office.wanda).post("/desk/incidents/new/", post)
    incident = Incident.objects.get(title="Reports are slow")
    assert answer["Location"] == f"/desk/incidents/{incident.public_id}/"
    assert Publication.objects.filter(incident_id=incident.public_id).count() == 1
    assert "Reports are slow" in (site_dir / "index.html").read_text()
    office.sending.refresh_from_db()
    assert office.sending.status == "degraded_performance"


def test_what_is_missing_is_said_at_the_field_and_the_rest_is_kept(
    office: SimpleNamespace,
) -> None:
    post = NEW | {"title": "", "started_at": "noon", "body": "still here"}
    answer = signed_in(office.wanda).post("/desk/incidents/new/", post)
    assert answer.status_code == 422
    page = seen(answer)
    assert "still here" in page.words
    assert "This is not a date and time" in page.words
    assert page.all("input", name="title")[0]["aria-invalid"] == "true"


def test_wording_that_promises_too_much_is_stopped_with_what_was_found(
    office: SimpleNamespace,
) -> None:
    client = signed_in(office.wanda)
    client.post("/desk/incidents/new/", NEW)
    incident = Incident.objects.get(title="Reports are slow")
    bad = {"status": "identified", "body": "We guarantee that this will never happen again."}
    answer = client.post(f"/desk/incidents/{incident.public_id}/update/", bad)
    assert answer.status_code == 422
    page = seen(answer)
    assert "OVR-0" in page.words
    assert "We guarantee that this will never happen again." in page.words


def test_resolving_opens_the_case_and_leads_to_it(office: SimpleNamespace) -> None:
    client = signed_in(office.wanda)
    client.post("/desk/incidents/new/", NEW)
    incident = Incident.objects.get(title="Reports are slow")
    post = {"status": "resolved", "body": "Reports load in seconds again since 12:00 UTC."}
    answer = client.post(f"/desk/incidents/{incident.public_id}/update/", post)
    assert answer["Location"] == f"/desk/cases/{incident.public_id}/"
    assert case_of(incident) is not None


def test_nobody_is_offered_an_update_to_what_is_over(office: SimpleNamespace) -> None:
    path = f"/desk/incidents/{office.incident.public_id}/"
    client = signed_in(office.wanda)
    assert "Publish the update" not in seen(client.get(path)).words
    answer = client.post(path + "update/", {"status": "investigating", "body": "again"})
    assert answer.status_code == 422


def test_a_status_that_no_list_offers_is_refused(office: SimpleNamespace) -> None:
    post = NEW | {f"component-{office.sending.public_id}": "exploded", "component-x": "operational"}
    answer = signed_in(office.wanda).post("/desk/incidents/new/", post)
    assert answer.status_code == 422
    assert not Incident.objects.filter(title="Reports are slow").exists()


def test_reopening_takes_a_reason_and_a_word_for_readers_who_have_it_at_once(
    office: SimpleNamespace, site_dir: Path
) -> None:
    client = signed_in(office.wanda)
    told = {
        "status": "investigating", "body": "Invoices are late again. We are looking.",
        "reason": "The queue filled up again.", "notify": "on",
    }  # fmt: skip
    for missing in ("body", "reason"):
        refused = client.post(office.case + "reopen/", told | {missing: ""})
        assert refused.status_code == 422
        assert told["reason" if missing == "body" else "body"] in seen(refused).words
    answer = client.post(office.case + "reopen/", told, follow=True)
    assert "Open again, and published." in seen(answer).words
    office.incident.refresh_from_db()
    assert office.incident.status == "investigating"
    built = site_dir / "incidents" / office.incident.public_id / "index.html"
    assert "Invoices are late again." in built.read_text("utf-8")
    assert "filled up again" not in built.read_text("utf-8")


def test_what_readers_would_get_is_checked_before_it_is_open_again(office: SimpleNamespace) -> None:
    told = {
        "status": "identified", "body": "It is back, because of a user error.",
        "reason": "It is back.",
    }  # fmt: skip
    refused = signed_in(office.wanda).post(office.case + "reopen/", told)
    assert refused.status_code == 422
    assert "DEF-05" in seen(refused).words
    office.incident.refresh_from_db()
    assert office.incident.status == "resolved"


def test_only_responders_speak_while_it_goes_on(office: SimpleNamespace) -> None:
    assert signed_in(office.rolf).post("/desk/incidents/new/", NEW).status_code == 403


def test_an_incident_that_is_not_there_is_a_plain_page_not_found(office: SimpleNamespace) -> None:
    answer = signed_in(office.wanda).get("/desk/cases/nothing/")
    assert answer.status_code == 404
    assert "no incident" in seen(answer).words


def test_markup_in_updates_and_titles_stays_text(office: SimpleNamespace) -> None:
    bad = "<img src=x onerror=alert(1)> [x](javascript:alert(1))"
    client = signed_in(office.wanda)
    client.post("/desk/incidents/new/", NEW | {"title": bad[:60], "body": f"It is slow. {bad}"})
    incident = Incident.objects.exclude(pk=office.incident.pk).get()
    for path in ("/desk/", "/desk/incidents/", f"/desk/incidents/{incident.public_id}/"):
        page = seen(client.get(path))
        assert has_inline_code(page) == []
        assert not page.all("img")


def test_the_form_offers_every_status_of_a_part_and_sets_the_one_chosen(
    office: SimpleNamespace, clock: Any
) -> None:
    client = signed_in(office.wanda)
    part = f"component-{office.sending.public_id}"
    html = client.get("/desk/incidents/new/").content.decode()
    select = html[html.index(f'name="{part}"') :].partition("</select>")[0]
    offered = [option.partition('"')[0] for option in select.split('value="')[1:]]
    assert offered == ["", *ComponentStatus.values]
    post = {
        "title": "Invoices are late", "body": "We are looking.", "severity": "3",
        "started_at": "", "next_word": "", part: "partial_outage",
    }  # fmt: skip
    assert client.post("/desk/incidents/new/", post).status_code == 302
    office.sending.refresh_from_db()
    assert office.sending.status == "partial_outage"


def test_of_many_components_the_incident_s_own_stand_first_and_the_rest_is_folded(
    office: SimpleNamespace, clock: Any
) -> None:
    for number in range(9):
        create_component(actor=MACHINE, now=clock.now(), page=office.page, name=f"Store {number}")
    client = signed_in(office.wanda)
    assert "other components" not in seen(client.get("/desk/incidents/new/")).words
    client.post(
        "/desk/incidents/new/", NEW | {f"component-{office.sending.public_id}": "major_outage"}
    )
    where = f"/desk/incidents/{Incident.objects.get(title=NEW['title']).public_id}/"
    page = seen(client.get(where))
    assert "9 other components" in page.words
    assert len([s for s in page.all("select") if str(s["name"]).startswith("component-")]) == 10
    # One that was chosen in a form that came back stands open, too.
    store = Component.objects.get(name="Store 8")
    refused = client.post(
        f"{where}update/", {"status": "identified", f"component-{store.public_id}": "major_outage"}
    )
    assert "8 other components" in seen(refused).words


def test_a_warning_on_every_page_names_an_incident_in_a_few_words(
    office: SimpleNamespace, clock: Any
) -> None:
    client, long = signed_in(office.wanda), "Reports of the last year are slow " * 7
    client.post("/desk/incidents/new/", NEW | {"title": long.strip()})
    clock.advance(hours=3)
    words = seen(client.get("/desk/customers/")).words
    assert "The next word is due" in words
    assert long.strip() not in words
    assert "Reports of the last year are slow Reports of the last year" in words
