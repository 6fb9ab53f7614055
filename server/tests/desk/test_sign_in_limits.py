"""Guessing passwords is slow: tries are counted by address and by network, and outlive restarts."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from afterword.accounts.actions import TRIES_PER_ADDRESS, TRIES_PER_NETWORK
from afterword.accounts.models import SignInTry
from desk.office import PASSWORD, seen

PATH = "/desk/sign-in/"


def tried(address: str, password: str = "wrong", network: str = "203.0.113.7") -> Any:
    post = {"username": address, "password": password}
    return Client(REMOTE_ADDR=network).post(PATH, post)


def limit(address: str) -> None:
    """Use up the tries of an address, each from a network of its own."""
    for number in range(TRIES_PER_ADDRESS):
        answer = tried(address, network=f"203.0.113.{number}")
        assert "do not go together" in seen(answer).words


def test_the_right_password_is_refused_while_the_address_is_limited(
    office: SimpleNamespace, clock: Any
) -> None:
    limit("wanda@office.example")
    answer = tried("wanda@office.example", PASSWORD)
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert "Try again in 15 minutes." in seen(answer).words
    assert "_auth_user_id" not in answer.wsgi_request.session
    clock.advance(minutes=14, seconds=30)
    assert "Try again in 1 minute." in seen(tried("wanda@office.example", PASSWORD)).words
    clock.advance(seconds=30)
    assert tried("wanda@office.example", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "written", ["WANDA@office.example", " wanda@Office.example ", "wanda@offıce.example"]
)
def test_another_spelling_of_the_address_is_the_same_address(
    office: SimpleNamespace, written: str
) -> None:
    limit("wanda@office.example")
    assert tried(written, PASSWORD).status_code == 429


def test_an_address_without_an_account_is_limited_in_the_same_words(
    office: SimpleNamespace,
) -> None:
    limit("wanda@office.example")
    limit("nobody@office.example")
    known, unknown = tried("wanda@office.example"), tried("nobody@office.example")
    assert known.status_code == unknown.status_code == 429
    assert seen(known).words == seen(unknown).words


def test_one_network_cannot_try_many_addresses(office: SimpleNamespace, clock: Any) -> None:
    for number in range(TRIES_PER_NETWORK):
        assert tried(f"somebody{number}@office.example").status_code == 200
    assert tried("wanda@office.example", PASSWORD).status_code == 429
    elsewhere = tried("wanda@office.example", PASSWORD, network="198.51.100.4")
    assert elsewhere.status_code == 302


def test_whoever_gets_in_starts_afresh_but_their_network_does_not(
    office: SimpleNamespace,
) -> None:
    for _ in range(TRIES_PER_ADDRESS - 1):
        tried("wanda@office.example")
    assert tried("wanda@office.example", PASSWORD).status_code == 302
    assert SignInTry.objects.count() == TRIES_PER_ADDRESS - 1
    limit("wanda@office.example")


def test_refused_tries_do_not_make_the_wait_longer(office: SimpleNamespace, clock: Any) -> None:
    limit("wanda@office.example")
    for _ in range(5):
        clock.advance(minutes=2)
        assert tried("wanda@office.example").status_code == 429
    clock.advance(minutes=5)
    assert tried("wanda@office.example", PASSWORD).status_code == 302


def test_nothing_typed_is_kept_and_old_tries_are_forgotten(
    office: SimpleNamespace, clock: Any
) -> None:
    tried("my password in the wrong field")
    kept = str(list(SignInTry.objects.values()))
    assert "password" not in kept
    assert "203.0.113" not in kept
    clock.advance(minutes=16)
    tried("wanda@office.example")
    assert SignInTry.objects.count() == 2


def test_the_session_of_somebody_signed_in_is_not_touched_by_a_limit(
    office: SimpleNamespace,
) -> None:
    client = Client()
    client.force_login(office.wanda)
    limit("wanda@office.example")
    assert client.get("/desk/").status_code == 200
