"""Forms that publish or send: a one-time key in each, so that sending one twice does it once."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.desk.actions import do_once
from afterword.desk.queries import went_to
from afterword.desk.shell import the_person
from afterword.kit import clock

FIELD = "form_key"


def sent_before(request: HttpRequest) -> HttpResponse | None:
    """Return the way to what came of the form when it was sent before, else None.

    Ask before anything else is checked: what the form did may have made it invalid by now.
    """
    if request.method != "POST":
        return None
    key = request.POST.get(FIELD, "")
    if not key.isprintable():
        return None  # no form of ours had it: PostgreSQL could not look it up, ``once`` refuses it
    led = went_to(the_person(request), key)
    return None if led is None else _back_to(request, led)


def once(request: HttpRequest, act: Callable[[], str], then: Callable[[], str]) -> HttpResponse:
    """Do the act, which returns an address, and go there; a repeated post goes there too.

    ``then`` runs after the commit of what was done just now, and says what to tell the person.
    """
    key = request.POST.get(FIELD, "")
    done = do_once(person=the_person(request), key=key, now=clock.now(), act=act)
    if done.again:
        return _back_to(request, done.went_to)
    messages.success(request, then())
    return redirect(done.went_to)


def _back_to(request: HttpRequest, address: str) -> HttpResponse:
    messages.info(request, "This form was sent before, and done once. This is what came of it.")
    return redirect(address)
