"""A cookie by which a browser is known again as one that somebody was signed in with.

It opens nothing. It says whose text a form held that was sent after the session ended, and lets
its owner try a password while strangers use up the tries at their address. Bound to the password:
a new one makes it worthless.
"""

from collections.abc import Iterator

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from afterword.accounts.models import Person
from afterword.accounts.queries import person_by_email

COOKIE = "afterword_known"
KEPT_SECONDS = 180 * 86_400
MOST = 4
"""People whom one browser is known for, the last one first."""
_SIGNER_SALT = "afterword.known-browser"


def last_known(request: HttpRequest) -> int | None:
    """Return the key of the person who was signed in here last; None for a browser not known."""
    return next((key for key, _ in _entries(request)), None)


def is_known_as(request: HttpRequest, person: Person) -> bool:
    """Whether the person was signed in here since they chose their password."""
    mark = _mark(person)
    return any(k == person.pk and constant_time_compare(m, mark) for k, m in _entries(request))


def is_known_at(request: HttpRequest, address: str) -> bool:
    """Whether whoever has this e-mail address was signed in here since they chose their password.

    A browser that is known for nobody is asked nothing more, whatever the address.
    """
    keys = [key for key, _ in _entries(request)]
    if not keys:
        return False
    person = person_by_email(address.strip())
    return person is not None and is_known_as(request, person)


def remember(request: HttpRequest, response: HttpResponseBase, person: Person) -> None:
    """Put the person first in the browser's cookie, where they are not first already."""
    known, entry = list(_entries(request)), (person.pk, _mark(person))
    if known[:1] == [entry]:
        return
    others = [each for each in known if each[0] != person.pk][: MOST - 1]
    value = ",".join(f"{key}:{mark}" for key, mark in [entry, *others])
    response.set_cookie(
        COOKIE,
        Signer(salt=_SIGNER_SALT).sign(value),
        max_age=KEPT_SECONDS,
        path="/desk/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _entries(request: HttpRequest) -> Iterator[tuple[int, str]]:
    try:
        value = Signer(salt=_SIGNER_SALT).unsign(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return
    for each in value.split(","):
        key, _, mark = each.partition(":")
        if key.isdigit():
            yield int(key), mark


def _mark(person: Person) -> str:
    secret = f"{person.pk}:{person.get_session_auth_hash()}"
    return salted_hmac(_SIGNER_SALT, secret, algorithm="sha256").hexdigest()[:32]
