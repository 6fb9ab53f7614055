"""Clients and pages made for Statuspage subscribe people here, and nobody learns who is known."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.hooks import confirm_hook
from afterword.audience.actions.subscribers import confirm, subscribe
from afterword.audience.models import Hook, Subscriber, SubscriberState
from afterword.components.actions import create_component, create_page
from afterword.components.models import Page
from afterword.kit import clock
from afterword.postbox.models import Letter
from afterword.publishing.actions import announce_incident

pytestmark = pytest.mark.django_db
ADA = "ada@mail.example"
WHERE = "/api/v2/subscribers.json"
KEYS = [
    "created_at", "skip_confirmation_notification", "quarantined_at", "id", "mode", "purge_at",
    "email",
]  # fmt: skip


@pytest.fixture
def page(now: datetime) -> Page:
    page = create_page(
        actor=MACHINE, now=now, name="Larkbridge", url="https://status.larkbridge.example"
    )
    for name in ("Payments", "Exports"):
        create_component(actor=MACHINE, now=now, page=page, name=name, public_id=name.lower())
    return page


@pytest.fixture
def client(page: Page) -> Client:
    """A program without cookies, whose forms are checked as strictly as on a real server."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def active(page: Page) -> Subscriber:
    at = clock.now() - timedelta(days=1)
    subscribe(now=at, page=page, email=ADA)
    return confirm(now=at, token=Letter.objects.get().fill["confirmation"])


def posted(client: Client, **asked: Any) -> Any:
    return client.post(WHERE, {f"subscriber[{name}]": value for name, value in asked.items()})


FORMS = {
    "a form": {"data": {"subscriber[email]": ADA}},
    "an urlencoded form": {
        "data": "subscriber%5Bemail%5D=ada%40mail.example",
        "content_type": "application/x-www-form-urlencoded; charset=UTF-8",
    },
    "json": {"data": {"subscriber": {"email": ADA}}, "content_type": "application/json"},
    "flat json": {"data": {"email": ADA}, "content_type": "application/json"},
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_every_form_a_client_sends_asks_for_mail_and_no_more(
    client: Client, form: dict[str, Any]
) -> None:
    answer = client.post(WHERE, **form)
    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert list(answer.json()) == ["subscriber"]
    told = answer.json()["subscriber"]
    assert list(told) == KEYS
    assert (told["email"], told["mode"], told["quarantined_at"]) == (ADA, "email", None)
    assert Subscriber.objects.get().state == SubscriberState.UNCONFIRMED
    assert Letter.objects.count() == 1
    assert answer.cookies == {}


def test_a_known_address_and_a_new_one_get_answers_of_one_shape(
    client: Client, active: Subscriber, clock: Any
) -> None:
    answers = [posted(client, email=email) for email in (ADA, "bob@mail.example")]
    known, unknown = (each.json()["subscriber"] for each in answers)
    assert [each.status_code for each in answers] == [201, 201]
    assert {**known, "email": "", "id": ""} == {**unknown, "email": "", "id": ""}
    assert active.token not in answers[0].content.decode()


def test_the_form_of_a_statuspage_page_leads_to_the_mailbox(client: Client) -> None:
    answer = client.post("/subscriptions/new-email", {"utf8": "✓", "email": ADA}, follow=True)
    assert answer.status_code == 200
    assert b"mailbox" in answer.content
    assert Subscriber.objects.get().state == SubscriberState.UNCONFIRMED


def test_components_are_chosen_with_the_address(client: Client) -> None:
    posted(client, **{"email": ADA, "component_ids][": ["payments", "nonsense"]})
    chosen = Subscriber.objects.get().components.values_list("public_id", flat=True)
    assert list(chosen) == ["payments"]
    assert posted(client, **{"email": ADA, "component_ids][": ["nonsense"]}).status_code == 422


def test_whoever_types_an_address_cannot_change_what_its_reader_chose(
    client: Client, active: Subscriber
) -> None:
    posted(client, **{"email": ADA, "component_ids][": ["payments"]})
    assert active.components.count() == 0


@pytest.mark.parametrize(
    "asked",
    [
        {"email": "no address"},
        {"email": ""},
        {},
        {"endpoint": "https://hook.example/"},
        {"endpoint": "http://hook.example/", "email": ADA},
        {"endpoint": "https://hook.example/", "email": ADA, "component_ids][": ["nonsense"]},
        {"endpoint": "https://hook.example/", "email": ADA, "incident": "inv"},
        {"phone_number": "+4915112345678", "phone_country": "de"},
        {"email": ADA, "incident": "inv"},
        {"email": f"{'a' * 400}@mail.example"},
    ],
    ids=lambda asked: " ".join(asked) or "nothing",
)
def test_what_cannot_be_subscribed_is_refused_in_json(
    client: Client, asked: dict[str, str]
) -> None:
    answer = posted(client, **asked)
    assert answer.status_code == 422
    assert {"error", "message"} <= set(answer.json())
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not Subscriber.objects.exists()
    assert not Hook.objects.exists()


def test_a_webhook_is_asked_for_and_confirmed_by_its_owner_alone(client: Client) -> None:
    url = "https://hooks.fernway.example/in?key=one"
    answer = posted(client, endpoint=url, email=ADA, **{"component_ids][": ["payments"]})
    assert answer.status_code == 201
    told = answer.json()["subscriber"]
    assert (told["mode"], told["endpoint"], told["email"]) == ("webhook", url, ADA)
    hook = Hook.objects.get()
    assert (hook.state, hook.channel) == ("unconfirmed", "webhook")
    assert list(hook.components.values_list("public_id", flat=True)) == ["payments"]
    assert not Subscriber.objects.exists()
    # What was handed out neither confirms nor ends it.
    left = client.delete(f"{WHERE}?subscriber[id]={told['id']}")
    assert left.status_code == 404
    confirm_hook(now=clock.now(), token=Letter.objects.get().fill["token"])
    posted(client, endpoint=url, email=ADA, **{"component_ids][": ["exports"]})
    assert list(hook.components.values_list("public_id", flat=True)) == ["payments"]
    posted(client, endpoint=url, email="eve@mail.example")
    assert Hook.objects.get().email == ADA


def test_a_webhook_that_asks_for_one_incident_is_told_what_it_can_have(
    client: Client, page: Page
) -> None:
    said = announce_incident(
        actor=MACHINE, now=clock.now(), page=page, title="Cards fail", body="We look into it.",
        components={}, severity=3,
    )  # fmt: skip
    url = "https://hooks.fernway.example/in"
    answer = posted(client, endpoint=url, email=ADA, incident=said.incident_id)
    assert answer.status_code == 422
    assert "cannot follow one incident" in answer.json()["message"]
    assert not Hook.objects.exists()


def test_one_incident_alone_is_followed(client: Client, page: Page) -> None:
    said = announce_incident(
        actor=MACHINE, now=clock.now(), page=page, title="Cards fail", body="We look into it.",
        components={}, severity=3,
    )  # fmt: skip
    assert posted(client, email=ADA, incident=said.incident_id).status_code == 201
    token = Letter.objects.get(recipient=ADA).fill["confirmation"]
    known = confirm(now=clock.now(), token=token)
    assert known.only_followed
    assert list(known.followed.values_list("incident_ref", flat=True)) == [said.incident_id]


@pytest.mark.parametrize(
    "body", ["{", "[]", '"x"', "null", '{"subscriber": 3}', '{"email": ["a"]}', "[" * 9000]
)
def test_broken_json_is_refused_in_json(client: Client, body: str) -> None:
    answer = client.post(WHERE, body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["error"] == "422"


def test_a_large_body_is_not_read(client: Client) -> None:
    answer = client.post(WHERE, json.dumps({"email": "a" * 20_000}), "application/json")
    assert answer.status_code == 413


def test_a_network_that_asks_too_often_is_told_so_in_json(client: Client) -> None:
    answers = [posted(client, email=f"r{n}@mail.example") for n in range(21)]
    assert [each.status_code for each in answers] == [201] * 20 + [429]
    assert "network" in answers[-1].json()["message"]


@pytest.mark.parametrize(
    "leave",
    [
        lambda client, ident: client.delete(
            WHERE, f"subscriber%5Bid%5D={ident}", "application/x-www-form-urlencoded"
        ),
        lambda client, ident: client.delete(f"/api/v2/subscribers/{ident}.json"),
        lambda client, ident: client.delete(f"{WHERE}?subscriber%5Bid%5D={ident}"),
        lambda client, ident: client.delete(
            WHERE, json.dumps({"subscriber": {"id": ident}}), "application/json"
        ),
    ],
    ids=["form", "path", "query", "json"],
)
def test_the_token_of_the_mails_leaves(client: Client, active: Subscriber, leave: Any) -> None:
    assert leave(client, active.token).status_code == 200
    active.refresh_from_db()
    assert active.state == SubscriberState.UNSUBSCRIBED


def test_the_id_handed_out_for_an_address_takes_nobody_off(
    client: Client, active: Subscriber
) -> None:
    idents = [
        posted(client, email=email).json()["subscriber"]["id"]
        for email in (ADA, "new@mail.example")
    ]
    answers = [client.delete(f"/api/v2/subscribers/{ident}.json") for ident in idents]
    assert [each.status_code for each in answers] == [422, 422]
    assert answers[0].content == answers[1].content
    active.refresh_from_db()
    assert active.state == SubscriberState.ACTIVE
    assert client.delete("/api/v2/subscribers/9vmhx6g7w1tz.json").status_code == 404


def test_the_mail_can_be_asked_for_again_within_the_limits(
    client: Client, page: Page, clock: Any
) -> None:
    ident = posted(client, email=ADA).json()["subscriber"]["id"]
    where = f"/api/v2/subscriptions/{ident}/resend_confirmation"
    assert client.post(where).status_code == 201
    assert Letter.objects.count() == 1, "two mails within a quarter of an hour"
    clock.advance(minutes=16)
    answer = client.post(where)
    assert list(answer.json()["subscriber"]) == KEYS
    assert Letter.objects.count() == 2
    assert client.post("/api/v2/subscriptions/nonsense/resend_confirmation").status_code == 404


@pytest.mark.parametrize("method", ["put", "patch"])
def test_another_method_is_refused_in_json(client: Client, method: str) -> None:
    answer = getattr(client, method)(WHERE)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert answer.json()["error"] == "405"


@pytest.mark.parametrize("odd", ["%00", "a%00b", "%ED%A0%80", "x" * 300, "..%2f", "%F0%9F%94%A5"])
def test_what_no_database_looks_for_is_answered_as_unknown(client: Client, odd: str) -> None:
    client.raise_request_exception = False
    for address in (
        f"/unsubscribe/{odd}/", f"/subscribe/manage/{odd}/", f"/subscribe/confirm/{odd}/",
        f"/incidents/{odd}/answered/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"answered": "yes"}).status_code in {403, 404, 405}, address
    assert client.delete(f"/api/v2/subscribers/{odd}.json").status_code == 404
    assert client.post(f"/api/v2/subscriptions/{odd}/resend_confirmation").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {"email": ADA, "component_ids": ["\x00"]},
        {"email": ADA, "component_ids": ["\ud800", 7, None, {}]},
        {"email": "\ud800@mail.example"},
        {"email": "a\x00@mail.example"},
        {"email": ["a@mail.example"]},
        {"email": {"a": 1}},
    ],
)
def test_json_that_no_database_takes_is_refused_in_words(
    client: Client, asked: dict[str, Any]
) -> None:
    client.raise_request_exception = False
    answer = client.post(WHERE, {"subscriber": asked}, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["message"]
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("ident", ["\x00", "\ud800", "é", 7, None, ["a"], "a:b:c"])
def test_an_id_that_is_none_of_ours_leaves_nobody(client: Client, ident: Any) -> None:
    client.raise_request_exception = False
    answer = client.delete(
        WHERE, json.dumps({"subscriber": {"id": ident}}), content_type="application/json"
    )
    assert answer.status_code == 404
