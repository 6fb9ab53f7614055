"""Limits on tries to sign in: guessing is slow, and no stranger can keep somebody out by it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from afterword.accounts.models import Person, SignInTry

SIGN_IN_WINDOW = timedelta(minutes=15)
FREE_TRIES = 5
"""Failed tries at an address from one network before there is a wait at all."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
"""Each further failure doubles the wait, up to this."""
REMEMBERED = timedelta(hours=2)
"""How long a failure lengthens the waits of its network at its address."""
TRIES_PER_NETWORK = 50
"""Failed tries within the window. Offices share a network, so it may fail more often."""
TRIES_PER_ADDRESS = 100
"""Failed tries at an address within the window, from all networks that are strange to it."""
TRIES_AT_CODES = 10
"""The same for codes and passwords asked for in between: six figures are soon guessed."""
TRIES_OF_KNOWN = 10
"""Failed tries within the window, with browsers its owner was signed in with."""

# How long to wait, of the times of earlier failures (newest first) and the time now.
_Rule = Callable[[list[datetime], datetime], timedelta]


@dataclass(frozen=True)
class Try:
    """A try to sign in. ``wait`` is how long to wait instead of trying; zero: go ahead."""

    wait: timedelta
    rows: tuple[int, ...] = ()
    own_key: str = ""


def begin_sign_in(*, now: datetime, address: str, network: str, known: bool = False) -> Try:
    """Count a try for its address and network, before any password is looked at.

    Kept in the database, so that neither a restart nor a second process forgets. A try refused
    for being one too many is not counted: waiting helps. Addresses that have no account are
    limited alike, so that a limit tells nothing about who has one. ``known``: the browser is one
    that the address's owner was signed in with; what strangers do is not counted against it.
    """
    # Upper case is how the database compares addresses; lower case would tell ı from I.
    return _begin(now, "address", address.strip().upper(), network, known)


def begin_proof(*, now: datetime, person: Person, network: str, known: bool = False) -> Try:
    """Count a try to prove, by code or password, that one is the person; see ``begin_sign_in``.

    On its own count: whoever has the password must not get new tries at codes by it.
    """
    return _begin(now, "proof", str(person.pk), network, known)


def begin_nameless(*, now: datetime, network: str) -> Try:
    """Count a try that names nobody before it is checked, for its network alone."""
    return _counted(now, _of_network(network), "")


def _begin(now: datetime, kind: str, who: str, network: str, known: bool) -> Try:
    if known:
        own = _key(f"known.{kind}", who)
        this = _counted(now, {own: _at_most(TRIES_OF_KNOWN)}, own)
        # Whoever used those up, maybe with a stolen cookie, is a stranger like any other.
        if not this.wait:
            return this
    pair = _key(f"{kind} of network", f"{who}\n{network}")
    everywhere = _at_most(TRIES_PER_ADDRESS if kind == "address" else TRIES_AT_CODES)
    rules = {pair: _growing, _key(kind, who): everywhere, **_of_network(network)}
    return _counted(now, rules, pair)


def finish_sign_in(*, done: Try) -> None:
    """Forget the tries of whoever got in, from here; those of others, and from elsewhere, stay."""
    SignInTry.objects.filter(pk__in=done.rows).delete()
    if done.own_key:
        SignInTry.objects.filter(key=done.own_key).delete()


def _counted(now: datetime, rules: Mapping[str, _Rule], own: str) -> Try:
    # Counted after it is written: of tries at the same instant none can miss the others.
    mine = [SignInTry.objects.create(key=key, at=now).pk for key in rules]
    wait = max(rule(_failures(key, now, mine), now) for key, rule in rules.items())
    if wait:
        SignInTry.objects.filter(pk__in=mine).delete()
        return Try(wait)
    SignInTry.objects.filter(at__lte=now - REMEMBERED).delete()
    return Try(timedelta(0), tuple(mine), own)


def _failures(key: str, now: datetime, mine: list[int]) -> list[datetime]:
    """Return when tries under the key failed, the newest first, as far back as any rule looks."""
    tries = SignInTry.objects.filter(key=key, at__gt=now - REMEMBERED).exclude(pk__in=mine)
    newest = tries.order_by("-at", "-pk").values_list("at", flat=True)
    return list(newest[: max(TRIES_PER_ADDRESS, TRIES_PER_NETWORK)])


def _growing(failures: list[datetime], now: datetime) -> timedelta:
    over = len(failures) - FREE_TRIES
    if over < 0:
        return timedelta(0)
    # Cut off before it is doubled: half a minute doubled a hundred times is no span of time.
    delay = min(FIRST_WAIT * (1 << min(over, 10)), LONGEST_WAIT)
    return max(failures[0] + delay - now, timedelta(0))


def _at_most(limit: int) -> _Rule:
    """Return the rule that fewer than ``limit`` tries of the window may have failed."""

    def wait(failures: list[datetime], now: datetime) -> timedelta:
        if len(failures) < limit:
            return timedelta(0)
        return max(failures[limit - 1] + SIGN_IN_WINDOW - now, timedelta(0))

    return wait


def _of_network(network: str) -> dict[str, _Rule]:
    return {_key("network", network): _at_most(TRIES_PER_NETWORK)}


def _key(kind: str, value: str) -> str:
    return salted_hmac(f"afterword.sign-in.{kind}", value, algorithm="sha256").hexdigest()
