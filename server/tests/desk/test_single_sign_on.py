"""Single sign-on against a real provider on this machine, and against ones that lie."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from afterword.accounts.actions import create_person, switch_off
from afterword.accounts.models import Role, SignOn
from afterword.accounts.permissions import MACHINE
from afterword.audit.models import Entry
from afterword.config import settings as declared
from desk.office import seen
from desk.oidc_provider import CLIENT, SECRET, Provider, running

BEGIN = "/desk/sign-in/sso/"


@pytest.fixture
def provider(office: SimpleNamespace, settings: Any) -> Iterator[Provider]:
    """A provider that knows Wanda."""
    with running() as found:
        settings.OIDC = {
            "issuer": found.issuer, "client_id": CLIENT, "client_secret": SECRET,
        }  # fmt: skip
        found.claims = {"sub": "w-1", "email": "Wanda@Office.example", "email_verified": True}
        yield found


def there_and_back(provider: Provider, client: Client, to: str = "") -> Any:
    begun = client.get(BEGIN, {"next": to})
    assert begun.status_code == 302, begun.content
    return client.get(provider.allow(begun["Location"]))


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_whoever_was_invited_is_in_and_where_they_wanted_to_be(
    office: SimpleNamespace, provider: Provider, method: str
) -> None:
    provider.methods = [method]
    client = Client()
    assert there_and_back(provider, client, office.case)["Location"] == office.case
    assert is_in(client)
    newest = Entry.objects.order_by("-sequence")[0]
    assert (newest.verb, newest.detail) == ("accounts.sign_in", {"with": "single sign-on"})
    elsewhere = there_and_back(provider, Client(), "https://evil.example/")
    assert elsewhere["Location"] == "/desk/"


def test_the_account_stays_with_the_subject_whatever_becomes_of_the_address(
    office: SimpleNamespace, provider: Provider
) -> None:
    there_and_back(provider, Client())
    provider.claims["email"] = "wanda.new@office.example"
    renamed = Client()
    there_and_back(provider, renamed)
    assert is_in(renamed)
    assert SignOn.objects.count() == 1
    provider.claims = {"sub": "w-2", "email": office.wanda.email, "email_verified": True}
    heir = Client()
    assert "belongs to another sign-on" in seen(there_and_back(provider, heir)).words
    assert not is_in(heir)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@office.example"},
        {"email_verified": False},
        {"email_verified": None},
        {"email": None},
    ],
)
def test_nobody_gets_an_account_by_signing_on(provider: Provider, claims: dict[str, Any]) -> None:
    provider.claims |= claims
    client = Client()
    answer = there_and_back(provider, client)
    assert answer.status_code == 422
    assert "Ask an administrator to invite you" in seen(answer).words
    assert not is_in(client)


def test_who_is_switched_off_here_stays_out(
    office: SimpleNamespace, provider: Provider, clock: Any
) -> None:
    there_and_back(provider, Client())
    switch_off(actor=office.ada, now=clock.now(), person=office.wanda)
    client = Client()
    assert there_and_back(provider, client).status_code == 422
    assert not is_in(client)


@pytest.mark.parametrize(
    "spoil",
    [
        {"nonce": "another sign-on's"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"iss": "https://login.evil.example"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"sub": None},
    ],
)
def test_a_token_that_was_made_for_something_else_lets_nobody_in(
    provider: Provider, spoil: dict[str, Any]
) -> None:
    provider.spoil = spoil
    client = Client()
    answer = there_and_back(provider, client)
    assert answer.status_code == 422
    assert "did not work" in seen(answer).words
    assert not is_in(client)


@pytest.mark.parametrize("how", ["signed_by_another", "unsigned"])
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    provider: Provider, how: str
) -> None:
    setattr(provider, how, True)
    client = Client()
    assert there_and_back(provider, client).status_code == 422
    assert not is_in(client)


def test_only_the_browser_that_began_it_can_end_it_and_only_once(
    provider: Provider, clock: Any
) -> None:
    client, other = Client(), Client()
    back = provider.allow(client.get(BEGIN)["Location"])
    other.get(BEGIN)
    for browser in (Client(), other):
        assert "not begun in this browser" in seen(browser.get(back)).words
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 422
    late = Client()
    back = provider.allow(late.get(BEGIN)["Location"])
    clock.advance(minutes=10, seconds=1)
    assert late.get(back).status_code == 422
    assert not is_in(late)


def test_a_provider_that_is_not_who_it_should_be_or_not_there_is_told_in_words(
    provider: Provider, settings: Any
) -> None:
    provider.calls_itself = "https://login.evil.example"
    assert "did not work" in seen(Client().get(BEGIN)).words
    settings.OIDC = {**settings.OIDC, "issuer": f"{provider.issuer}/nothing"}
    assert "did not work" in seen(Client().get(BEGIN)).words
    refused = Client()
    settings.OIDC = {**settings.OIDC, "issuer": provider.issuer}
    provider.calls_itself = provider.issuer
    state = provider.allow(refused.get(BEGIN)["Location"]).partition("state=")[2]
    back = refused.get(f"{BEGIN}back/?error=access_denied&state={state}")
    assert "did not work" in seen(back).words


def test_without_a_provider_there_is_no_button_and_no_address(
    office: SimpleNamespace, settings: Any
) -> None:
    assert "Single sign-on" not in seen(Client().get("/desk/sign-in/")).words
    assert Client().get(BEGIN).status_code == 404
    settings.OIDC = {"issuer": "https://login.example", "client_id": "c", "client_secret": "s"}
    assert "Single sign-on" in seen(Client().get("/desk/sign-in/")).words


def test_somebody_with_only_a_sign_on_is_told_how_to_prove_themselves(
    provider: Provider, clock: Any
) -> None:
    noa = create_person(
        actor=MACHINE, now=clock.now(), email="noa@office.example", name="Noa",
        password="a long enough password", roles=[Role.WRITER],
    )  # fmt: skip
    noa.set_unusable_password()
    noa.save()
    provider.claims = {"sub": "n-1", "email": noa.email, "email_verified": True}
    client = Client()
    there_and_back(provider, client)
    assert "Set one up" in seen(client.get("/desk/me/")).words
    clock.advance(minutes=16)
    assert "Sign out and in again" in seen(client.get("/desk/me/prove/")).words


@pytest.mark.parametrize(
    ("issuer", "secret"),
    [
        ("https://login.example", ""),
        ("http://login.example", "s"),
        ("login.example", "s"),
        ("https://", "s"),
    ],
)
def test_half_a_setting_or_one_without_encryption_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, issuer: str, secret: str
) -> None:
    monkeypatch.setenv("AFTERWORD_OIDC_ISSUER", issuer)
    monkeypatch.setenv("AFTERWORD_OIDC_CLIENT_ID", "c")
    monkeypatch.setenv("AFTERWORD_OIDC_CLIENT_SECRET", secret)
    with pytest.raises(ImproperlyConfigured):
        declared._single_sign_on()


def test_a_provider_with_https_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("ISSUER", "https://login.example"), ("CLIENT_ID", "c")):
        monkeypatch.setenv(f"AFTERWORD_OIDC_{name}", value)
    monkeypatch.setenv("AFTERWORD_OIDC_CLIENT_SECRET", "s")
    assert declared._single_sign_on()["issuer"] == "https://login.example"
