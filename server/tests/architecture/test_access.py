"""Every address belongs to a door, and behind the desk's door nobody gets by without signing in."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.csrf import csrf_exempt

# Anyone may read and subscribe here; the page itself is built from publications only.
OPEN = "public_site"
CLOSED = "desk"
# Programs with a token; what each may is held against a table in server/tests/api.
BY_TOKEN = "api"
SIGN_IN = "/desk/sign-in/"
# Other first steps, where there is nobody yet.
WAYS_IN = {SIGN_IN, "/desk/sign-in/passkey/", "/desk/sign-in/passkey/begin/"}
# Only where there is a single sign-on.
SIGN_ON = {"/desk/sign-in/sso/", "/desk/sign-in/sso/back/"}
# Opens with a one-time link; one that does not hold must find nothing.
BY_LINK = "/desk/welcome/x/"
SAMPLES = {
    "int": "1",
    "str": "x",
    "slug": "x",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "path": "x",
}


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, before: str = "/", room: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield (address with sample values, namespace) for every route."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = str(entry.pattern)
        for name, converter in entry.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            shown = f"<{name}>" if kind == "string" else f"<{kind}:{name}>"
            sample = SAMPLES.get("str" if kind == "string" else kind, "x")
            route = route.replace(shown, sample).replace(f"<str:{name}>", sample)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, before + route, entry.namespace or room)
        else:
            yield before + route, room


def test_every_address_belongs_to_a_door() -> None:
    strays = [address for address, room in addresses() if room not in {OPEN, CLOSED, BY_TOKEN}]
    assert not strays, f"give these a namespace and a rule in this test: {strays}"
    misplaced = [a for a, room in addresses() if (room == CLOSED) != a.startswith("/desk/")]
    strange = [a for a, room in addresses() if (room == BY_TOKEN) != a.startswith("/api/v1/")]
    assert not strange, f"tokens open what lies under /api/v1/ and nothing else: {strange}"
    assert not misplaced, f"the desk answers under /desk/ and nowhere else: {misplaced}"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_desk_sends_strangers_to_the_sign_in(method: str, client: Client) -> None:
    let_in = []
    for address, room in addresses():
        if room != CLOSED or address in WAYS_IN:
            continue
        answer = getattr(client, method)(address)
        if address == BY_LINK or address in SIGN_ON:
            assert answer.status_code in {404, 405}
            continue
        sent_away = answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)
        if not sent_away and answer.status_code not in {401, 403, 405}:
            let_in.append(f"{method} {address} answered {answer.status_code}")
    assert not let_in, "\n".join(let_in)


@pytest.fixture
def strict(db: None) -> Client:
    """An administrator's browser: nothing but the missing token may refuse what it sends."""
    from afterword.accounts.actions import create_person
    from afterword.accounts.models import Role
    from afterword.accounts.permissions import MACHINE

    ada = create_person(
        actor=MACHINE, now=datetime(2026, 3, 18, 12, 0, tzinfo=UTC), email="ada@desk.example",
        name="Ada", password="a long enough password", roles=[Role.ADMIN],
    )  # fmt: skip
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(ada)
    return client


def takes_forms_from_anywhere(client: Client) -> list[str]:
    """Return the desk's addresses that do not refuse a post without its token."""
    return [
        address
        for address, room in addresses()
        if room == CLOSED and client.post(address).status_code != 403
    ]


def test_the_desk_refuses_every_form_from_another_site(strict: Client) -> None:
    assert sum(room == CLOSED for _, room in addresses()) > 30
    assert takes_forms_from_anywhere(strict) == []


def test_a_view_that_waives_the_token_is_found(
    strict: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = next(e for e in get_resolver().url_patterns if getattr(e, "namespace", "") == CLOSED)
    missed = []
    for entry in desk.url_patterns:
        if entry.name in {"sign-in", "sign-out"}:  # Django's own ask for the token by themselves
            continue
        with monkeypatch.context() as planted:
            planted.setattr(entry, "callback", csrf_exempt(entry.callback))
            if len(takes_forms_from_anywhere(strict)) != 1:
                missed.append(entry.name)
    assert missed == []
