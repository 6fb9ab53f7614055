"""The one way into the desk: whoever signs in, by whatever means, comes through here.

Password and one-time link are a first step; who has an app or a passkey is asked for a second. A
passkey, and the sign-on of somebody's own house, are enough by themselves.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from afterword.accounts.actions import note_sign_in
from afterword.accounts.models import Person
from afterword.accounts.passkeys import Place
from afterword.accounts.queries import person_by_id, second_steps_of
from afterword.accounts.sessions import note_presence
from afterword.desk.devices import device_of
from afterword.desk.held_texts import give_back, is_of, opened
from afterword.kit import clock
from afterword.kit.errors import NotFound
from afterword.kit.networks import address_of

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_HALF_WAY = "half way in"
_PROVED = "proved at"
_WAY = "came in with"
SINGLE_SIGN_ON = "single sign-on"
HALF_WAY_FOR = timedelta(minutes=10)
PROOF_HOLDS_FOR = timedelta(minutes=15)


OF_SOMEBODY_ELSE = (
    "What was sent from this browser belongs to whoever was signed in with it before. It is not "
    "shown to you, and nothing was done with it."
)


@dataclass(frozen=True)
class HalfWay:
    """A first step that was done: by whom and with what, where they wanted to go, and what they
    had sent while they were signed out ("" for nothing).
    """

    person: Person
    way: str
    to: str
    held: str


def first_step(
    request: HttpRequest, person: Person, way: str, to: str = "", held: str = ""
) -> HttpResponse:
    """Let the person in, or ask for the second step first, then lead to where they wanted to go."""
    if not second_steps_of(person).asked_for:
        let_in(request, person, way)
        return redirect(way_on(request, person, to, held))
    request.session.flush()
    request.session[_HALF_WAY] = {
        "person": person.pk,
        "since": clock.now().isoformat(),
        "hash": person.get_session_auth_hash(),
        "way": way,
        "to": safe(request, to),
        "held": held,
    }
    return redirect("desk:sign-in-code")


def half_way(request: HttpRequest) -> HalfWay | None:
    """Return the first step that was done here; None when it is no longer good."""
    kept = request.session.get(_HALF_WAY)
    if not kept or clock.now() - datetime.fromisoformat(kept["since"]) > HALF_WAY_FOR:
        return None
    try:
        person = person_by_id(kept["person"])
    except NotFound:
        return None
    # A password that was changed meanwhile, or somebody switched off, is no first step.
    if not person.is_active or person.get_session_auth_hash() != kept["hash"]:
        return None
    return HalfWay(person, kept["way"], kept["to"], kept.get("held", ""))


def way_on(request: HttpRequest, person: Person, to: str, held: str) -> str:
    """Return where somebody who is in goes: to what they had sent signed out, or where they wanted.

    What a browser held for one person is not given to another.
    """
    form = opened(held)
    if form is None:
        return safe(request, to)
    if not is_of(form, person):
        messages.warning(request, OF_SOMEBODY_ELSE)
        return safe(request, to)
    return give_back(request, person, form)


def let_in(request: HttpRequest, person: Person, way: str) -> None:
    """Sign the person in, in a fresh session, and log it. ``way``: what they proved it with."""
    if not request.user.is_authenticated:
        request.session.flush()  # nothing of what led here stays
    login(request, person, backend=_BACKEND)
    acts_from_here(request, person)
    seen_here(request)
    proved(request)
    request.session[_WAY] = way
    note_sign_in(now=clock.now(), person=person, way=way)


def vouched_for(request: HttpRequest) -> bool:
    """Whether the person came in by single sign-on: a second step is then the provider's work."""
    return bool(request.session.get(_WAY) == SINGLE_SIGN_ON)


def acts_from_here(request: HttpRequest, person: Person) -> None:
    """Let what the person does through this request be logged with its address and device."""
    person.came_from = address_of(request.META)
    person.device = device_of(request)


def seen_here(request: HttpRequest) -> None:
    """Note in the session that it is in use."""
    note_presence(
        request.session,
        now=clock.now(),
        address=address_of(request.META),
        device=request.headers.get("User-Agent", ""),
    )


def proved(request: HttpRequest) -> None:
    """Note that whoever holds this session has just shown that they are the person."""
    request.session[_PROVED] = clock.now().isoformat()


def freshly_proved(request: HttpRequest) -> bool:
    """Whether that was in the last quarter of an hour: a borrowed laptop must not add a way in."""
    at: str = request.session.get(_PROVED, "")
    return bool(at) and clock.now() - datetime.fromisoformat(at) <= PROOF_HOLDS_FOR


def prove_first(request: HttpRequest) -> HttpResponse:
    """Lead to where one proves it, and then to one's account."""
    return redirect(f"{reverse('desk:prove')}?{urlencode({'next': reverse('desk:myself')})}")


def safe(request: HttpRequest, to: str) -> str:
    """Return the address if it is one of this site, else the desk's first page."""
    hosts = {request.get_host()}
    if to and url_has_allowed_host_and_scheme(to, hosts, require_https=request.is_secure()):
        return to
    return reverse("desk:now")


def place_of(request: HttpRequest) -> Place:
    """Return where the desk is open, as the browser sees it. The host is one we answer to."""
    host = request.get_host()
    name, colon, port = host.rpartition(":")
    return Place(name if colon and port.isdigit() else host, f"{request.scheme}://{host}")
