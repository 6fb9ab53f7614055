"""A form sent twice, by a double click or a reload, does once what it says and leads there."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from afterword.commitments.models import Commitment
from afterword.desk.actions import KEPT, do_once
from afterword.desk.models import SentForm
from afterword.incidents.models import Hold, Incident
from afterword.kit.errors import BadInput
from afterword.postmortems.actions import begin
from afterword.postmortems.models import ActionItem
from afterword.publishing.models import Publication
from afterword.statements.models import Comment
from desk.office import seen, signed_in, values_of, written
from desk.test_publish import approved, path  # noqa: F401
from statements.world import for_the_page_only

NEW = {
    "title": "Reports are slow",
    "body": "Reports take minutes to load. We look for the cause and write again by 13:00 UTC.",
    "severity": "3",
    "notify": "on",
}
PROMISE = {
    "what": "A full queue raises an alarm",
    "why": "Nobody noticed for hours",
    "effect": "A full queue is noticed within minutes",
    "mechanism": "detect",
    "state": "planned",
    "due": "2026-05-01",
}


def key_of(client: Client, address: str) -> str:
    return values_of(client.get(address))["form_key"]


def test_opening_an_incident_twice_leads_to_the_one_that_was_opened(
    office: SimpleNamespace,
) -> None:
    client = signed_in(office.wanda)
    post = NEW | {"form_key": key_of(client, "/desk/incidents/new/")}
    first = client.post("/desk/incidents/new/", post)
    second = client.post("/desk/incidents/new/", post)
    incident = Incident.objects.get(title="Reports are slow")
    assert first["Location"] == second["Location"] == f"/desk/incidents/{incident.public_id}/"
    assert Publication.objects.filter(incident_id=incident.public_id).count() == 1
    assert "sent before, and done once" in seen(client.get(second["Location"])).words


def test_a_resolving_update_sent_twice_leads_to_the_case_both_times(
    office: SimpleNamespace,
) -> None:
    client = signed_in(office.wanda)
    where = client.post("/desk/incidents/new/", NEW)["Location"]
    incident = Incident.objects.get(title="Reports are slow")
    post = {"status": "resolved", "body": "Reports load in seconds again since 12:00 UTC."}
    post |= {"form_key": key_of(client, where)}
    answers = [client.post(f"{where}update/", post) for _ in range(2)]
    case = f"/desk/cases/{incident.public_id}/"
    assert [a["Location"] for a in answers] == [case, case]
    assert Publication.objects.filter(incident_id=incident.public_id).count() == 2


def test_publishing_a_text_twice_leads_to_its_case_both_times(
    recorded: SimpleNamespace,
    approved: Any,  # noqa: F811
    clock: Any,
) -> None:
    for_the_page_only(recorded, clock.now())
    client = signed_in(recorded.pia)
    before = Publication.objects.count()
    post = {n: values_of(client.get(path(approved)))[n] for n in ("form_key", "revision")}
    answers = [client.post(path(approved), post) for _ in range(2)]
    assert [a["Location"] for a in answers] == [recorded.case] * 2
    assert Publication.objects.count() == before + 1


def test_a_promise_sent_twice_is_made_once(office: SimpleNamespace) -> None:
    client = signed_in(office.wanda)
    where = f"{office.case}commitments/"
    post = PROMISE | {"form_key": key_of(client, where)}
    assert [client.post(where, post).status_code for _ in range(2)] == [302, 302]
    assert Commitment.objects.filter(incident=office.incident).count() == 1


def test_a_form_that_was_refused_can_be_mended_and_sent(office: SimpleNamespace) -> None:
    client = signed_in(office.wanda)
    key = key_of(client, "/desk/incidents/new/")
    bad = NEW | {"body": "We guarantee that this will never happen again.", "form_key": key}
    assert client.post("/desk/incidents/new/", bad).status_code == 422
    assert client.post("/desk/incidents/new/", NEW | {"form_key": key}).status_code == 302
    assert Incident.objects.filter(title="Reports are slow").count() == 1


def test_each_form_has_a_key_of_its_own(office: SimpleNamespace) -> None:
    client = signed_in(office.wanda)
    keys = {key_of(client, "/desk/incidents/new/") for _ in range(5)}
    assert len(keys) == 5


def test_a_key_belongs_to_the_person_who_sent_it(office: SimpleNamespace) -> None:
    for one in (office.wanda, office.ada):
        signed_in(one).post("/desk/incidents/new/", NEW | {"form_key": "the same"})
    assert Incident.objects.filter(title="Reports are slow").count() == 2


@pytest.mark.parametrize("key", ["x" * 65, "schlüssel", "a\x00b"])
def test_a_key_that_no_form_had_is_refused(office: SimpleNamespace, now: Any, key: str) -> None:
    with pytest.raises(BadInput):
        do_once(person=office.wanda, key=key, now=now, act=lambda: "/")


def test_keys_are_forgotten_after_a_week(office: SimpleNamespace, now: Any) -> None:
    do_once(person=office.wanda, key="old", now=now - KEPT, act=lambda: "/a")
    do_once(person=office.wanda, key="older", now=now - 2 * KEPT, act=lambda: "/b")
    do_once(person=office.wanda, key="new", now=now, act=lambda: "/c")
    assert set(SentForm.objects.values_list("key", flat=True)) == {"old", "new"}


@pytest.mark.parametrize("who", ["rolf", "ines"])
def test_a_remark_and_an_action_item_are_noted_once(
    recorded: SimpleNamespace, clock: Any, who: str
) -> None:
    statement = written(recorded, clock.now())
    begin(actor=recorded.ines, now=clock.now(), incident=recorded.incident, outline="short")
    client = signed_in(getattr(recorded, who))
    if who == "rolf":
        page = f"/desk/statements/{statement.public_id}/review/"
        where, said = page.replace("review", "comment"), {"body": "Say who.", "about": ""}
    else:
        page = f"{recorded.case}postmortem/"
        where, said = f"{page}items/", {"what": "Limit the list", "mechanism": "prevent"}
    post = said | {"form_key": key_of(client, page)}
    first, second = client.post(where, post), client.post(where, post)
    assert first["Location"] == second["Location"] == page
    assert "sent before, and done once" in seen(client.get(page)).words
    assert Comment.objects.count() + ActionItem.objects.count() == 1


def test_holding_a_case_twice_leads_back_to_it_held(recorded: SimpleNamespace, clock: Any) -> None:
    client = signed_in(recorded.rolf)
    day = clock.now().date().isoformat()
    post = {"reason": "Counsel reads it first.", "look_again_on": day}
    post["form_key"] = key_of(client, recorded.case)
    for _ in range(2):
        assert client.post(f"{recorded.case}hold/", post)["Location"] == recorded.case
    release = {"reason": "They have read it.", "form_key": key_of(client, recorded.case)}
    for _ in range(2):
        assert client.post(f"{recorded.case}release/", release)["Location"] == recorded.case
    assert Hold.objects.get().released_at is not None
