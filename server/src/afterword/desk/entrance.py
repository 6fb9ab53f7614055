"""The one way into the desk: whoever signs in, by whatever means, comes through ``let_in``."""

from django.contrib.auth import login
from django.http import HttpRequest

from afterword.accounts.actions import note_sign_in
from afterword.accounts.models import Person
from afterword.accounts.sessions import note_presence
from afterword.kit import clock
from afterword.kit.networks import address_of

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def let_in(request: HttpRequest, person: Person, way: str) -> None:
    """Sign the person in, in a fresh session, and log it. ``way``: what they proved it with."""
    login(request, person, backend=_BACKEND)
    person.came_from = address_of(request.META)
    seen_here(request)
    note_sign_in(now=clock.now(), person=person, way=way)


def seen_here(request: HttpRequest) -> None:
    """Note in the session that it is in use."""
    note_presence(
        request.session,
        now=clock.now(),
        address=address_of(request.META),
        device=request.headers.get("User-Agent", ""),
    )
