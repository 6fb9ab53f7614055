"""Whoever was told that it began is told that it ended, whatever was chosen or held meanwhile."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from afterword.accounts.actions import create_person
from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.subscribers import (
    choose_components,
    choose_digest,
    choose_moments,
    confirm,
    unsubscribe,
)
from afterword.audience.links import confirmation_of
from afterword.audience.models import Subscriber
from afterword.components.models import Page
from afterword.fanout.actions import cancel, expand_due, pause, resume
from afterword.fanout.models import DigestEntry, Mailing, MailingState
from afterword.fanout.queries import about_of
from afterword.kit.errors import WrongState
from afterword.postbox.actions import claim, record_results
from afterword.postbox.models import Letter
from afterword.postbox.outcomes import Outcome, Result
from afterword.publishing.models import Publication, PublicationKind
from fanout.published import a_page, publish, subscribed
from fanout.test_digests import publish_with

pytestmark = pytest.mark.django_db
READERS = 4


@dataclass
class World:
    page: Page
    pia: Person
    now: datetime
    readers: list[Subscriber]

    def of(self, n: int) -> str:
        return self.readers[n % READERS].token

    def wants(self, n: int) -> None:
        kind, zone = ("every", "ends", "after")[n % 3], ("", "Asia/Tokyo")[n % 2]
        choose_moments(now=self.now, token=self.of(n), wants=kind, zone=zone)

    def digest(self, n: int) -> None:
        choose_digest(now=self.now, token=self.of(n), digest=("none", "daily", "weekly")[n % 3])

    def scope(self, n: int) -> None:
        choose_components(
            now=self.now, token=self.of(n), component_ids=["exports"], whole_page=bool(n % 2)
        )

    def follow(self, n: int) -> None:
        """Follow one incident: this one, or another and nothing else."""
        token = self.of(n)
        incident = ("pay1", "other")[n % 2]
        confirm(now=self.now, token=confirmation_of(token, self.now, incident))
        Subscriber.objects.filter(token=token).update(only_followed=True)

    def leave(self, n: int) -> None:
        unsubscribe(now=self.now, token=self.of(n))

    def come_back(self, n: int) -> None:
        self.now += timedelta(minutes=1)
        confirm(now=self.now, token=confirmation_of(self.of(n), self.now))

    def say_more(self, n: int) -> None:
        publish(self.page, self.now, status="identified", component="exports" if n % 2 else "")

    def expand(self, _: int) -> None:
        expand_due(now=self.now)

    def send(self, n: int) -> None:
        for each in claim(now=self.now, limit=1 + n, lease_seconds=60):
            record_results(
                results=[Result(each.pk, each.lease_until, Outcome.ACCEPTED, self.now, 250)]
            )

    def pause(self, n: int) -> None:
        self.steer(pause, n)

    def resume(self, n: int) -> None:
        self.steer(resume, n)

    def cancel(self, n: int) -> None:
        # The first words, never the last: who cancels those wants nobody to get them.
        self.steer(cancel, n)

    def steer(self, verb: Callable[..., Mailing], n: int) -> None:
        runs = list(Mailing.objects.select_related("publication__page").order_by("pk"))
        if runs:
            with contextlib.suppress(WrongState):
                verb(actor=self.pia, now=self.now, mailing=runs[n % len(runs)], reason="So.")


BEFORE: list[Callable[[World, int], None]] = [
    World.wants, World.digest, World.scope, World.follow, World.leave, World.come_back,
    World.say_more, World.expand, World.send, World.pause, World.resume, World.cancel,
]  # fmt: skip
AFTER = [World.wants, World.digest, World.scope, World.expand, World.send, World.pause]


class _Undo(Exception):
    pass


def acts(kinds: list[Callable[[World, int], None]]) -> some.SearchStrategy:
    return some.lists(some.tuples(some.sampled_from(kinds), some.integers(0, 11)), max_size=14)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    before=acts(BEFORE), after=acts(AFTER), how=some.sampled_from(["resolved", "minor", "major"])
)
def test_whoever_was_told_that_it_began_is_told_once_that_it_ended(
    db: None, now: datetime, before: list, after: list, how: str
) -> None:
    try:
        with transaction.atomic():
            walk(now, before, after, how)
            raise _Undo
    except _Undo:
        pass


def walk(now: datetime, before: list, after: list, how: str) -> None:
    page = a_page(now - timedelta(days=10))
    readers = subscribed(
        page, now - timedelta(hours=1), *(f"r{n}@mail.example" for n in range(READERS))
    )
    Letter.objects.all().delete()
    pia = create_person(
        actor=MACHINE, now=now, email="pia@larkbridge.example", name="Pia",
        password="a long enough password", roles=[Role.PUBLISHER],
    )  # fmt: skip
    world = World(page, pia, now, readers)
    publish(page, now, status="investigating")
    for act, n in before:
        world.now += timedelta(minutes=1)
        act(world, n)
    # What was begun is written before the end is said; who of them can be told is known then.
    expand_due(now=world.now)
    told = set(
        Letter.objects.filter(about__startswith="publication:")
        .exclude(state="withdrawn")
        .values_list("recipient", flat=True)
    )
    world.now += timedelta(minutes=1)
    ending = the_end(world, how)
    expand_due(now=world.now)
    for act, n in after:
        world.now += timedelta(minutes=1)
        act(world, n)
    for held in Mailing.objects.filter(state=MailingState.PAUSED).select_related(
        "publication__page"
    ):
        with contextlib.suppress(WrongState):
            resume(actor=pia, now=world.now, mailing=held, reason="Go on.")
    for days in range(9):
        expand_due(now=world.now + timedelta(days=days))
    for each in Subscriber.objects.filter(state="active", email__in=told):
        got = Letter.objects.filter(recipient=each.email).exclude(state="withdrawn")
        own = got.filter(about=about_of(ending)).count()
        laid = DigestEntry.objects.filter(subscriber=each, publication=ending)
        in_digests = got.filter(about__in=laid.exclude(about="").values("about")).count()
        assert own + in_digests == 1, (each.email, own, in_digests)


def the_end(world: World, how: str) -> Publication:
    if how == "resolved":
        return publish(world.page, world.now, status="resolved")
    said = Publication.objects.order_by("pk").first()
    assert said is not None
    facts = {"incident": said.facts["incident"] | {"impact": how}}
    return publish_with(world.page, world.now, PublicationKind.CLOSURE, "It is over", facts, "pay1")
