"""Tokens for programs on the desk: shown once, listed without their secret, ended."""

from types import SimpleNamespace

import pytest

from afterword.accounts.models import ApiToken
from desk.office import seen, signed_in

pytestmark = pytest.mark.django_db


def test_a_token_is_shown_once_and_never_again(office: SimpleNamespace) -> None:
    client = signed_in(office.ada)
    made = client.post("/desk/tokens/", {"name": "CRM", "scope": "customers"})
    secret = next(word for word in seen(made).words.split() if word.startswith("aw_"))
    assert "no-store" in made.headers["Cache-Control"]
    listed = client.get("/desk/tokens/")
    assert secret.encode() not in listed.content
    assert "CRM" in seen(listed).words
    client.post(f"/desk/tokens/{ApiToken.objects.get().pk}/end/")
    assert "ended" in seen(client.get("/desk/tokens/")).words
    assert ApiToken.objects.get().ended_at is not None


def test_a_token_without_a_name_or_a_purpose_is_not_made(office: SimpleNamespace) -> None:
    client = signed_in(office.ada)
    assert client.post("/desk/tokens/", {"name": " ", "scope": "customers"}).status_code == 422
    assert client.post("/desk/tokens/", {"name": "x", "scope": "all"}).status_code == 422
    assert not ApiToken.objects.exists()
