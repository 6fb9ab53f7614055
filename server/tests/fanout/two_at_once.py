"""Two connections get into each other's way; run by test_two_at_once in a process."""

import itertools
import json
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import Error, connection, transaction  # noqa: E402

from afterword.accounts.actions import create_person  # noqa: E402
from afterword.accounts.models import Role  # noqa: E402
from afterword.accounts.permissions import MACHINE  # noqa: E402
from afterword.audience.actions import coming_back  # noqa: E402
from afterword.audience.actions.subscribers import choose_digest  # noqa: E402
from afterword.fanout.actions import (  # noqa: E402
    cancel,
    digest_letters,
    expand_due,
    expanding,
    steering,
)
from afterword.fanout.models import DigestEntry, Mailing  # noqa: E402
from afterword.postbox.actions import claim, record_results  # noqa: E402
from afterword.postbox.models import Attempt, CameBack, Letter  # noqa: E402
from afterword.postbox.outcomes import Claimed, Outcome, Result  # noqa: E402
from fanout.published import a_page, publish, subscribed  # noqa: E402
from fanout.test_delivered import two_together  # noqa: E402
from postbox.letters import posted  # noqa: E402

now = datetime.now(UTC).replace(hour=12)
tomorrow = now + timedelta(days=1)


def in_a_thread(work: Callable[[], object]) -> threading.Thread:
    def alone() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=alone)
    thread.start()
    return thread


def one_digest() -> dict[str, object]:
    """A second worker looks for digests while the first one is writing a reader's."""
    (ada,) = subscribed(page, now - timedelta(days=1), "ada@mail.example")
    choose_digest(now=now, token=ada.token, digest="daily")
    publish(page, now, kind="note", incident_id="n1", title="The first")
    expand_due(now=now)
    at_it, go_on = threading.Event(), threading.Event()
    real = digest_letters._write

    def slow(*arguments: object) -> int:
        at_it.set()
        go_on.wait(30)
        return real(*arguments)

    digest_letters._write = slow
    first = in_a_thread(lambda: digest_letters.write_digests(now=tomorrow, should_stop=bool))
    assert at_it.wait(30), "nobody came to where they are held up"
    # What is laid in again comes when somebody has the reader in hand already.
    more = publish(page, now, kind="note", incident_id="n2", title="More", audience="page")
    DigestEntry.objects.create(subscriber=ada, publication=more, due_at=now)
    digest_letters._write = real
    second = in_a_thread(lambda: digest_letters.write_digests(now=tomorrow, should_stop=bool))
    second.join(3)  # it passes on, or waits for its turn
    meanwhile = Letter.objects.filter(about__startswith="digest:").count()
    go_on.set()
    first.join(30)
    second.join(30)
    digests = Letter.objects.filter(about__startswith="digest:")
    return {
        "meanwhile": meanwhile,
        "first": digests.filter(message__text__contains="The first").count(),
        "twice": DigestEntry.objects.exclude(sent_at=None).count() - digests.count(),
    }


def cancelled_while_recorded() -> dict[str, object]:
    """A run is cancelled between two statements of whoever writes down what came of its letters."""
    subscribed(page, now - timedelta(days=1), *(f"r{n}@mail.example" for n in range(6)))
    Letter.objects.all().delete()
    publish(page, now)
    expand_due(now=now)
    claimed = sorted(claim(now=now, limit=6, lease_seconds=600), key=lambda each: each.pk)
    mailing = Mailing.objects.select_related("publication__page").get()
    pia = create_person(
        actor=MACHINE, now=now, email="pia@larkbridge.example", name="Pia",
        password="a long enough password", roles=[Role.PUBLISHER],
    )  # fmt: skip
    faults: list[str] = []

    def stop() -> None:
        try:
            cancel(actor=pia, now=now, mailing=mailing, reason="Wrong region.")
        except Error as fault:
            faults.append(str(fault))

    def recorded(which: list[Claimed]) -> None:
        record_results(
            results=[Result(each.pk, each.lease_until, Outcome.DEFERRED, now) for each in which]
        )

    try:
        with transaction.atomic():
            recorded(claimed[-1:])
            cancelling = in_a_thread(stop)
            cancelling.join(3)
            recorded(claimed[:-1])
    except Error as fault:
        faults.append(str(fault))
    cancelling.join(30)
    expand_due(now=now)
    return {
        "faults": faults,
        "states": sorted(Letter.objects.values_list("state", flat=True)),
        "again": len(claim(now=now + timedelta(hours=2), limit=9, lease_seconds=600)),
    }


def held_up(
    room: ModuleType, name: str, *, nth: int = 1
) -> tuple[threading.Event, threading.Event]:
    """Let the nth who calls a function stand there until the second event is set."""
    at_it, go_on, calls = threading.Event(), threading.Event(), itertools.count(1)
    real = getattr(room, name)

    def slow(*arguments: object, **more: object) -> object:
        if next(calls) == nth:
            at_it.set()
            go_on.wait(30)
        return real(*arguments, **more)

    setattr(room, name, slow)
    return at_it, go_on


def noting(faults: list[str], work: Callable[[], object]) -> Callable[[], None]:
    def noted() -> None:
        try:
            work()
        except Error as fault:
            faults.append(str(fault))

    return noted


def cancelled_beside(first_is: str) -> dict[str, object]:
    """A run is cancelled while one whose letters may tell it too is finished, or cancelled."""
    then = datetime(2026, 3, 18, 12, tzinfo=UTC)
    now = then + timedelta(days=1)
    _, (first, second) = two_together(page, then)
    other = Mailing.objects.get(publication=first)
    mailing = Mailing.objects.get(publication=second)
    faults: list[str] = []
    if first_is == "finished":
        Mailing.objects.filter(pk=other.pk).update(expanded_at=None)
        at_it, go_on = held_up(expanding, "count_about")
        work = noting(faults, lambda: expanding._expand_some(other.pk, now))
    else:
        at_it, go_on = held_up(steering, "take_apart")
        work = noting(faults, lambda: cancel(actor=MACHINE, now=now, mailing=other, reason="No."))
    one = in_a_thread(work)
    assert at_it.wait(30), "nobody came to where they are held up"
    two = in_a_thread(
        noting(faults, lambda: cancel(actor=MACHINE, now=now, mailing=mailing, reason="No."))
    )
    two.join(2)
    go_on.set()
    for each in (one, two):
        each.join(30)
    return {"faults": faults, "state": Mailing.objects.get(pk=mailing.pk).state}


def refused_while_written(two: str) -> dict[str, object]:
    """Servers refuse two addresses, or one of two pages, while letters to them are written."""
    before = now - timedelta(days=1)
    subscribed(page, before, "bob@mail.example", "ada@mail.example")
    about = page
    if two == "pages":
        about = a_page(before)
        subscribed(about, before, "ada@mail.example")
    expand_due(now=now)
    letters = {each.recipient: each for each in Letter.objects.order_by("pk")}
    for name in ("ada", "bob") if two == "addresses" else ("ada",):
        CameBack.objects.create(
            letter=letters[f"{name}@mail.example"], recipient=f"{name}@mail.example", kind="hard",
            said="5.1.1 no such user", proven=True, at=now, digest=name, handled=False,
        )  # fmt: skip
    others = posted(now, [f"other{n}@mail.example" for n in range(6)], about="others")
    for each in others:
        Attempt.objects.create(letter=each, at=now, outcome="accepted", code=250)
    for name in ("ada", "bob") if two == "addresses" else ("ada",):
        Attempt.objects.create(
            letter=letters[f"{name}@mail.example"], at=now, outcome="refused", code=550
        )
    publish(about, now, kind="note", incident_id="n3", title="More is known")
    expanding._begin_all(now)
    mailing = Mailing.objects.get(publication__page=about, publication__incident_id="n3")
    faults: list[str] = []
    # Between two readers of whom the first is stopped: whoever holds the log then waits for nobody.
    second = "hold_on_every_page" if two == "addresses" else "quarantine_all"
    at_it, go_on = held_up(coming_back, second, nth=2)
    stopping = in_a_thread(noting(faults, lambda: coming_back.stop_refused(now=now)))
    assert at_it.wait(30), "nobody came to where they are held up"
    writing = in_a_thread(noting(faults, lambda: expanding._expand_some(mailing.pk, now)))
    writing.join(2)
    go_on.set()
    for each in (stopping, writing):
        each.join(30)
    return {"faults": faults, "left": CameBack.objects.filter(handled=False).count()}


call_command("migrate", verbosity=0)
page = a_page(now - timedelta(days=2))
what_happens = {
    "digest": one_digest,
    "cancel": cancelled_while_recorded,
    "beside one that is finished": lambda: cancelled_beside("finished"),
    "two addresses": lambda: refused_while_written("addresses"),
    "two pages": lambda: refused_while_written("pages"),
    "beside one that is cancelled": lambda: cancelled_beside("cancelled"),
}
print(json.dumps(what_happens[sys.argv[1]]()))
