"""Limits on tries to sign in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from afterword.accounts.models import Person, SignInTry

SIGN_IN_WINDOW = timedelta(minutes=15)
TRIES_PER_ADDRESS = 10
TRIES_PER_NETWORK = 50
"""Failed tries within the window. Offices share a network, so it may fail more often."""


@dataclass(frozen=True)
class Try:
    """A try to sign in. ``wait`` is how long to wait instead of trying; zero: go ahead."""

    wait: timedelta
    rows: tuple[int, ...] = ()
    address_key: str = ""


def begin_sign_in(*, now: datetime, address: str, network: str) -> Try:
    """Count a try for its address and network, before any password is looked at.

    Kept in the database, so that neither a restart nor a second process forgets. A try refused
    for being one too many is not counted: waiting helps. Addresses that have no account are
    limited alike, so that a limit tells nothing about who has one.
    """
    # Upper case is how the database compares addresses; lower case would tell ı from I.
    return _begin(now, _key("address", address.strip().upper()), network)


def begin_proof(*, now: datetime, person: Person, network: str) -> Try:
    """Count a try to prove, by code or password, that one is the person; see ``begin_sign_in``.

    On its own count: whoever has the password must not get new tries at codes by it.
    """
    return _begin(now, _key("proof", str(person.pk)), network)


def begin_nameless(*, now: datetime, network: str) -> Try:
    """Count a try that names nobody before it is checked, for its network alone."""
    return _begin(now, "", network)


def _begin(now: datetime, who: str, network: str) -> Try:
    limits = {who: TRIES_PER_ADDRESS} if who else {}
    limits[_key("network", network)] = TRIES_PER_NETWORK
    # Counted after it is written: of tries at the same instant none can miss the others.
    mine = [SignInTry.objects.create(key=key, at=now).pk for key in limits]
    wait = max(_wait(key, limit, now) for key, limit in limits.items())
    if wait:
        SignInTry.objects.filter(pk__in=mine).delete()
        return Try(wait)
    SignInTry.objects.filter(at__lte=now - SIGN_IN_WINDOW).delete()
    return Try(wait, tuple(mine), who)


def finish_sign_in(*, done: Try) -> None:
    """Forget the tries for an address whose owner got in. The network's other tries stay."""
    SignInTry.objects.filter(pk__in=done.rows).delete()
    SignInTry.objects.filter(key=done.address_key).delete()


def _wait(key: str, limit: int, now: datetime) -> timedelta:
    """Return how long until fewer than ``limit`` tries of the window are left, this one apart."""
    tries = SignInTry.objects.filter(key=key, at__gt=now - SIGN_IN_WINDOW).order_by("-at", "-pk")
    newest = list(tries.values_list("at", flat=True)[: limit + 1])
    return newest[-1] + SIGN_IN_WINDOW - now if len(newest) > limit else timedelta(0)


def _key(kind: str, value: str) -> str:
    return salted_hmac(f"afterword.sign-in.{kind}", value, algorithm="sha256").hexdigest()
