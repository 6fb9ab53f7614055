"""Guessing passwords is slow, outlives restarts, and keeps nobody out of their own account."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from afterword.accounts.actions import (
    FREE_TRIES,
    TRIES_OF_KNOWN,
    TRIES_PER_ADDRESS,
    TRIES_PER_NETWORK,
    change_password,
)
from afterword.accounts.models import SignInTry
from desk.office import PASSWORD, seen

PATH = "/desk/sign-in/"
WANDA = "wanda@office.example"


def tried(
    address: str, password: str = "wrong", network: str = "203.0.113.7", browser: Any = None
) -> Any:
    post = {"username": address, "password": password}
    return (browser or Client()).post(PATH, post, REMOTE_ADDR=network)


def limit(address: str, network: str = "203.0.113.7") -> None:
    """Use up the free tries at an address from one network."""
    for _ in range(FREE_TRIES):
        assert "do not go together" in seen(tried(address, network=network)).words


def known_browser(network: str = "198.51.100.4") -> Client:
    """Return a browser that Wanda was signed in with, and is signed out of."""
    browser = Client()
    assert tried(WANDA, PASSWORD, network=network, browser=browser).status_code == 302
    browser.get("/desk/")
    browser.post("/desk/sign-out/")
    return browser


def test_each_further_failure_doubles_the_wait_and_the_right_password_waits_too(
    office: SimpleNamespace, clock: Any
) -> None:
    limit(WANDA)
    waits = []
    for _ in range(8):
        answer = tried(WANDA, PASSWORD)
        assert answer.status_code == 429
        assert "_auth_user_id" not in answer.wsgi_request.session
        waits.append(int(answer["Retry-After"]))
        clock.advance(seconds=waits[-1] - 1)
        assert tried(WANDA, PASSWORD).status_code == 429, "not a second before"
        clock.advance(seconds=1)
        assert "do not go together" in seen(tried(WANDA)).words
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    assert "Try again in 15 minutes." in seen(tried(WANDA)).words
    clock.advance(minutes=15)
    assert tried(WANDA, PASSWORD).status_code == 302
    assert tried(WANDA).status_code == 200, "who got in starts afresh"


def test_a_stranger_elsewhere_keeps_nobody_out(office: SimpleNamespace, clock: Any) -> None:
    limit(WANDA, "203.0.113.7")
    assert tried(WANDA, PASSWORD, "203.0.113.7").status_code == 429
    assert tried(WANDA, PASSWORD, "198.51.100.4").status_code == 302
    # What the owner does forgives the stranger nothing.
    assert tried(WANDA, PASSWORD, "203.0.113.7").status_code == 429


def test_a_browser_known_to_its_owner_waits_for_no_stranger(
    office: SimpleNamespace, clock: Any
) -> None:
    browser = known_browser()
    # From everywhere at once, as many as are let through, and from the owner's own network too.
    for number in range(TRIES_PER_ADDRESS):
        tried(WANDA, network=f"203.0.{113 + number // 250}.{number % 250}")
    assert tried(WANDA, PASSWORD, "192.0.2.9").status_code == 429, "guessing stays slow in all"
    limit("rolf@office.example", "198.51.100.4")
    assert tried(WANDA, PASSWORD, "198.51.100.4", browser).status_code == 302

    browser.post("/desk/sign-out/")
    for _ in range(TRIES_OF_KNOWN):
        assert tried(WANDA, browser=browser).status_code == 200
    assert tried(WANDA, PASSWORD, "192.0.2.9", browser).status_code == 429, "known, not boundless"
    clock.advance(minutes=15, seconds=1)
    assert tried(WANDA, PASSWORD, "192.0.2.9", browser).status_code == 302


def test_a_browser_is_known_for_one_person_and_one_password(
    office: SimpleNamespace, clock: Any
) -> None:
    browser = known_browser()
    cookie = browser.cookies["afterword_known"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/desk/"
    limit("rolf@office.example")
    assert tried("rolf@office.example", PASSWORD, browser=browser).status_code == 429
    forged = Client()
    forged.cookies["afterword_known"] = cookie.value[:-4] + "AAAA"
    limit(WANDA)
    assert tried(WANDA, PASSWORD, browser=forged).status_code == 429
    change_password(
        now=clock.now(), person=office.wanda, old=PASSWORD, new="quite another password",
        session_key="",
    )  # fmt: skip
    assert tried(WANDA, "quite another password", browser=browser).status_code == 429


@pytest.mark.parametrize(
    "written", ["WANDA@office.example", " wanda@Office.example ", "wanda@offıce.example"]
)
def test_another_spelling_of_the_address_is_the_same_address(
    office: SimpleNamespace, written: str
) -> None:
    limit(WANDA)
    assert tried(written, PASSWORD).status_code == 429


def test_an_address_without_an_account_is_limited_in_the_same_words(
    office: SimpleNamespace,
) -> None:
    limit(WANDA)
    limit("nobody@office.example")
    known, unknown = tried(WANDA), tried("nobody@office.example")
    assert known.status_code == unknown.status_code == 429
    assert seen(known).words == seen(unknown).words


def test_one_network_cannot_try_many_addresses(office: SimpleNamespace, clock: Any) -> None:
    for number in range(TRIES_PER_NETWORK):
        assert tried(f"somebody{number}@office.example").status_code == 200
    assert tried(WANDA, PASSWORD).status_code == 429
    assert tried(WANDA, PASSWORD, network="198.51.100.4").status_code == 302


def test_refused_tries_do_not_make_the_wait_longer(office: SimpleNamespace, clock: Any) -> None:
    limit(WANDA)
    for _ in range(5):
        clock.advance(seconds=5)
        assert tried(WANDA).status_code == 429
    clock.advance(seconds=5)
    assert tried(WANDA, PASSWORD).status_code == 302


def test_nothing_typed_is_kept_and_old_tries_are_forgotten(
    office: SimpleNamespace, clock: Any
) -> None:
    tried("my password in the wrong field")
    kept = str(list(SignInTry.objects.values()))
    assert "password" not in kept
    assert "203.0.113" not in kept
    before = SignInTry.objects.count()
    clock.advance(seconds=int(timedelta(hours=2, minutes=1).total_seconds()))
    tried(WANDA)
    assert SignInTry.objects.count() == before


def test_the_session_of_somebody_signed_in_is_not_touched_by_a_limit(
    office: SimpleNamespace,
) -> None:
    client = Client()
    client.force_login(office.wanda)
    limit(WANDA)
    assert client.get("/desk/").status_code == 200
