"""Signing in with a code besides the password, as a browser meets it."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from afterword.accounts import totp
from afterword.accounts.actions import TRIES_AT_CODES, send_in_again
from afterword.accounts.permissions import MACHINE
from afterword.audit.models import Entry
from desk.office import PASSWORD, has_inline_code, seen, signed_in

CODE_PATH = "/desk/sign-in/code/"


def code(secret: str, clock: Any) -> str:
    return totp.code_at(secret, int(clock.now().timestamp()) // totp.PERIOD)


def with_password(office: SimpleNamespace, to: str = "", **more: Any) -> tuple[Client, Any]:
    client = Client(**more)
    form = {"username": office.wanda.email, "password": PASSWORD, "next": to}
    return client, client.post("/desk/sign-in/", form)


@pytest.fixture
def secret(office: SimpleNamespace, clock: Any) -> str:
    """Wanda's app, set up on her account's page."""
    client, _ = with_password(office)
    page = client.get("/desk/me/app/")
    assert has_inline_code(seen(page)) == []
    assert b"<svg" in page.content
    assert "recovery" not in seen(page).words  # there are none yet
    found = re.search(r"\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b", page.content.decode())
    assert found
    secret = found.group().replace(" ", "")
    assert client.post("/desk/me/app/", {"code": "000000"}).status_code == 422
    shown = client.post("/desk/me/app/", {"code": code(secret, clock)})
    assert len(re.findall(r"<li>\w{5}-\w{5}</li>", shown.content.decode())) == 10
    clock.advance(minutes=1)
    return secret


def test_the_password_alone_is_half_way_and_the_code_leads_on(
    office: SimpleNamespace, secret: str, clock: Any
) -> None:
    client, answer = with_password(office, office.case)
    assert answer["Location"] == CODE_PATH
    assert client.get("/desk/").status_code == 302
    assert has_inline_code(seen(client.get(CODE_PATH))) == []
    wrong = client.post(CODE_PATH, {"code": "123456"})
    assert wrong.status_code == 422
    assert "not the code of this moment" in seen(wrong).words
    right = client.post(CODE_PATH, {"code": code(secret, clock)})
    assert right["Location"] == office.case
    assert client.get("/desk/").status_code == 200
    newest = Entry.objects.order_by("-sequence")[0]
    assert (newest.verb, newest.detail) == ("accounts.sign_in", {"with": "password and code"})
    again, _ = with_password(office)
    assert again.post(CODE_PATH, {"code": code(secret, clock)}).status_code == 422


def test_there_is_no_second_step_without_the_first(
    office: SimpleNamespace, secret: str, clock: Any
) -> None:
    assert Client().post(CODE_PATH, {"code": code(secret, clock)})["Location"] == "/desk/sign-in/"
    client, _ = with_password(office)
    clock.advance(minutes=10, seconds=1)
    assert client.post(CODE_PATH, {"code": code(secret, clock)})["Location"] == "/desk/sign-in/"
    client, _ = with_password(office)
    office.wanda.set_password("another four good words")
    office.wanda.save()
    assert client.post(CODE_PATH, {"code": code(secret, clock)})["Location"] == "/desk/sign-in/"


def test_guessing_codes_ends_and_the_password_gives_no_new_tries(
    office: SimpleNamespace, secret: str, clock: Any
) -> None:
    for number in range(TRIES_AT_CODES):
        client, _ = with_password(office, REMOTE_ADDR=f"203.0.113.{number}")
        assert client.post(CODE_PATH, {"code": "123456"}).status_code == 422
    client, _ = with_password(office)
    refused = client.post(CODE_PATH, {"code": code(secret, clock)})
    assert (refused.status_code, refused["Retry-After"]) == (429, "900")
    assert "Too many tries with codes" in seen(refused).words
    clock.advance(minutes=15)
    client, _ = with_password(office)
    assert client.post(CODE_PATH, {"code": code(secret, clock)}).status_code == 302


def test_a_link_to_a_new_password_is_a_first_step_too(
    office: SimpleNamespace, secret: str, clock: Any
) -> None:
    link = send_in_again(actor=MACHINE, now=clock.now(), person=office.wanda)
    client = Client()
    new = {"password": "another four good words"}
    assert client.post(f"/desk/welcome/{link.token}/", new)["Location"] == CODE_PATH
    assert client.get("/desk/").status_code == 302
    assert client.post(CODE_PATH, {"code": code(secret, clock)}).status_code == 302
    assert client.get("/desk/").status_code == 200


def test_a_laptop_left_open_adds_no_way_in(office: SimpleNamespace, clock: Any) -> None:
    client, _ = with_password(office)
    clock.advance(minutes=15, seconds=1)
    prove = "/desk/me/prove/?next=%2Fdesk%2Fme%2F"
    for path in ("app/", "app/remove/", "codes/", "passkeys/", "passkeys/1/remove/"):
        assert client.post(f"/desk/me/{path}")["Location"] == prove
    assert client.post("/desk/me/passkeys/begin/").status_code == 409
    assert "Set one up" not in seen(client.get("/desk/me/")).words
    wrong = client.post("/desk/me/prove/", {"password": "no", "next": "/desk/me/"})
    assert wrong.status_code == 422
    right = client.post("/desk/me/prove/", {"password": PASSWORD, "next": "https://evil.example/"})
    assert right["Location"] == "/desk/"
    assert "Set one up" in seen(client.get("/desk/me/")).words


def test_a_lost_phone_is_an_administrators_work(office: SimpleNamespace, secret: str) -> None:
    adas = signed_in(office.ada)
    assert "Take off the second step" in seen(adas.get(f"/desk/people/{office.wanda.pk}/")).words
    adas.post(f"/desk/people/{office.wanda.pk}/take-off/")
    _, answer = with_password(office)
    assert answer["Location"] == "/desk/"


def test_taking_the_app_off_is_seen_and_new_recovery_codes_are_shown_once(
    office: SimpleNamespace, secret: str, clock: Any
) -> None:
    client, _ = with_password(office)
    client.post(CODE_PATH, {"code": code(secret, clock)})
    assert "10 codes are left" in seen(client.get("/desk/me/")).words
    shown = client.post("/desk/me/codes/")
    assert len(re.findall(r"<li>\w{5}-\w{5}</li>", shown.content.decode())) == 10
    client.post("/desk/me/app/remove/")
    clock.advance(seconds=timedelta(minutes=1).total_seconds())
    assert with_password(office)[1]["Location"] == "/desk/"


def test_a_browser_s_nonsense_about_a_passkey_lets_nobody_in(office: SimpleNamespace) -> None:
    client = Client()
    for credential in ("", "{", "[]", "{}", '{"id": 7}', '{"id": "x", "response": "y"}'):
        client.post("/desk/sign-in/passkey/begin/")
        answer = client.post("/desk/sign-in/passkey/", {"credential": credential})
        assert answer.status_code == 422
        assert "not known here" in seen(answer).words
    assert client.get("/desk/").status_code == 302
