"""Every address belongs to a door, and behind the desk's door nobody gets by without signing in."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# Anyone may read and subscribe here; the page itself is built from publications only.
OPEN = "public_site"
CLOSED = "desk"
SIGN_IN = "/desk/sign-in/"
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
    strays = [address for address, room in addresses() if room not in {OPEN, CLOSED}]
    assert not strays, f"give these a namespace and a rule in this test: {strays}"
    misplaced = [a for a, room in addresses() if (room == CLOSED) != a.startswith("/desk/")]
    assert not misplaced, f"the desk answers under /desk/ and nowhere else: {misplaced}"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_desk_sends_strangers_to_the_sign_in(method: str, client: Client) -> None:
    let_in = []
    for address, room in addresses():
        if room != CLOSED or address == SIGN_IN:
            continue
        answer = getattr(client, method)(address)
        sent_away = answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)
        if not sent_away and answer.status_code not in {401, 403, 405}:
            let_in.append(f"{method} {address} answered {answer.status_code}")
    assert not let_in, "\n".join(let_in)


@pytest.mark.django_db
def test_the_desk_refuses_a_form_from_another_site() -> None:
    strict = Client(enforce_csrf_checks=True)
    taken = [
        address
        for address, room in addresses()
        if room == CLOSED and strict.post(address).status_code < 300
    ]
    assert not taken, "\n".join(taken)
