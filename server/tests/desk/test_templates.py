"""Templates of updates: written once, filled from the record, never making a fact up."""

from types import SimpleNamespace
from typing import Any

import pytest

from afterword.incidents.models import UpdateTemplate
from afterword.publishing.models import Publication
from desk.office import has_inline_code, seen, signed_in

WORDS = {
    "name": "Sending fails", "title": "Invoices are not being sent",
    "body": "{parts} has failed since {began}. {how many} are hit.", "status": "identified",
    "severity": "2", "next_word": "30", "notify": "on",
}  # fmt: skip


@pytest.fixture
def template(office: SimpleNamespace, clock: Any) -> UpdateTemplate:
    post = WORDS | {f"component-{office.sending.public_id}": "major_outage"}
    answer = signed_in(office.wanda).post("/desk/templates/new/", post, follow=True)
    assert "“Sending fails” is offered from now on." in seen(answer).words
    return UpdateTemplate.objects.get()


def typed(answer: Any, name: str) -> str:
    """Return what a text box of the page holds."""
    html = answer.content.decode()
    box = html[html.index(f'name="{name}"') :].partition("</textarea>")[0]
    return str(seen(SimpleNamespace(content=f"<p {box}".encode())).words)


def chosen(answer: Any, name: str) -> str:
    html = answer.content.decode()
    options = html[html.index(f'name="{name}"') :].partition("</select>")[0]
    picked = [o for o in options.split("<option")[1:] if "selected" in o]
    return picked[0].partition('value="')[2].partition('"')[0] if picked else ""


def test_a_new_incident_begins_with_the_words_and_all_that_goes_with_them(
    office: SimpleNamespace, template: UpdateTemplate
) -> None:
    client = signed_in(office.wanda)
    page = seen(client.get("/desk/incidents/new/"))
    link = next(a["href"] for a in page.all("a") if "template=" in str(a.get("href")))
    answer = client.get(f"/desk/incidents/new/{link}")
    assert has_inline_code(seen(answer)) == []
    assert "[blank: the parts it hit] has failed since [blank: when it began]." in typed(
        answer, "body"
    )
    part = f"component-{office.sending.public_id}"
    found = {n: chosen(answer, n) for n in ("severity", "next_word", part)}
    assert found == {"severity": "2", "next_word": "30", part: "major_outage"}
    assert 'value="Invoices are not being sent"' in answer.content.decode()


def test_an_update_is_filled_with_the_facts_of_the_incident(
    recorded: SimpleNamespace, template: UpdateTemplate, clock: Any
) -> None:
    client = signed_in(recorded.wanda)
    incident = recorded.incident
    client.post(
        f"/desk/cases/{incident.public_id}/reopen/",
        {"status": "investigating", "body": "It is back.", "reason": "It came back."},
    )
    answer = client.get(f"/desk/incidents/{incident.public_id}/?template={template.public_id}")
    assert (
        "Invoice sending has failed since 08:12 UTC on 17 March 2026. "
        "1,798 of 4,860 customers (37%) are hit."
    ) in typed(answer, "body")
    assert chosen(answer, "status") == "identified"


def test_no_update_leaves_with_a_blank(office: SimpleNamespace, template: UpdateTemplate) -> None:
    before = Publication.objects.count()
    post = {
        "title": "Invoices are late", "severity": "3", "started_at": "", "next_word": "",
        "body": "[blank: the parts it hit] has failed. We are looking for the cause.",
    }  # fmt: skip
    answer = signed_in(office.wanda).post("/desk/incidents/new/", post)
    assert answer.status_code == 422
    assert "A fact is still missing: [blank: the parts it hit]." in seen(answer).words
    assert Publication.objects.count() == before


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"body": "{people hit} are hit."}, "names {people hit}, which is none of: title, parts"),
        ({"name": "Sending fails"}, "There is a template called “Sending fails” already"),
        ({"component-x": "major_outage"}, "This template cannot be used as it stands."),
    ],
)
def test_a_template_that_could_not_be_used_is_not_kept(
    office: SimpleNamespace, template: UpdateTemplate, wrong: dict[str, str], says: str
) -> None:
    post = WORDS | {"name": "Another"} | wrong
    answer = signed_in(office.wanda).post("/desk/templates/new/", post)
    assert answer.status_code in {409, 422}
    assert says.casefold() in seen(answer).words.casefold()
    assert UpdateTemplate.objects.count() == 1


def test_a_template_is_written_anew_and_retired(
    office: SimpleNamespace, template: UpdateTemplate
) -> None:
    client = signed_in(office.wanda)
    where = f"/desk/templates/{template.public_id}/"
    client.post(where, WORDS | {"name": "Sending is slow"})
    assert "Sending is slow" in seen(client.get("/desk/incidents/new/")).words
    client.post(f"{where}retire/")
    client.get("/desk/")  # takes the message that names it
    assert "Sending is slow" not in seen(client.get("/desk/incidents/new/")).words
    assert client.get(f"/desk/incidents/new/?template={template.public_id}").status_code == 404
    assert client.post("/desk/templates/new/", WORDS | {"name": "Sending is slow"})["Location"]


def test_only_those_who_run_incidents_write_templates(office: SimpleNamespace) -> None:
    assert signed_in(office.rolf).post("/desk/templates/new/", WORDS).status_code == 403
    assert not UpdateTemplate.objects.exists()
