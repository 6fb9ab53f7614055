"""Whoever asked for no mail gets what the law or a contract demands and nothing else, whenever they
asked: before a list was frozen or after, while letters wait, are tried again, or are corrected.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.coming_back import take_in
from afterword.audience.actions.lists import Listed, freeze_list
from afterword.audience.actions.subscribers import unsubscribe
from afterword.audience.actions.suppressions import lift_suppression, suppress
from afterword.audience.models import Contact, Customer, Segment, Subscriber
from afterword.audience.queries.suppressions import must_not_get, suppressed_addresses
from afterword.components.models import Page
from afterword.fanout.actions import expand_due
from afterword.fanout.queries import about_of, is_demanded, stale_after
from afterword.postbox.actions import Claimed, claim, record_results
from afterword.postbox.message_ids import message_key
from afterword.postbox.models import Attempt, Letter, Stream
from afterword.postbox.outcomes import Outcome, Result
from afterword.postbox.reports import Kind, Report
from afterword.publishing.models import Audience, Publication
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
OWED, MAY = "owed@mail.example", "may@mail.example"
HOUR = timedelta(hours=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - timedelta(days=10))


def a_letter_to(page: Page, now: datetime, **must: bool) -> Publication:
    people = freeze_list(
        actor=MACHINE, now=now, page=page, segment=Segment.SLA, incident_ref="pay1",
        members=[Listed(f"{name}@mail.example", must=owed) for name, owed in must.items()],
    )  # fmt: skip
    return publish(
        page, now, kind="follow_up", audience=Audience.LIST, recipient_list=people.public_id
    )


def corrected(page: Page, now: datetime, wrong: Publication) -> Publication:
    return publish(
        page, now, kind="correction", audience=Audience.LIST, corrects=wrong, weight="fact",
        recipient_list=wrong.recipient_list,
    )  # fmt: skip


def no_more(page: Page, now: datetime, *emails: str) -> None:
    for each in emails:
        suppress(actor=MACHINE, now=now, page=page, email=each, reason="asked")


def taken(now: datetime) -> list[Claimed]:
    return claim(now=now, limit=100, lease_seconds=600, worker="w", unwanted=must_not_get)


def written_about(publication: Publication) -> set[str]:
    found = Letter.objects.filter(about=about_of(publication))
    return set(found.values_list("recipient", flat=True))


def test_suppressed_since_the_list_was_frozen(page: Page, now: datetime) -> None:
    said = a_letter_to(page, now, owed=True, may=False)
    no_more(page, now, OWED, MAY)
    expand_due(now=now)
    assert written_about(said) == {OWED}


def test_whoever_unsubscribed_asked_for_no_letter_that_nothing_demands(
    page: Page, now: datetime
) -> None:
    for reader in subscribed(page, now - 2 * HOUR, OWED, MAY):
        unsubscribe(now=now - HOUR, token=reader.token)
    assert suppressed_addresses(page) == {OWED: "asked", MAY: "asked"}
    said = a_letter_to(page, now, owed=True, may=False)
    expand_due(now=now)
    assert written_about(said) == {OWED}
    subscribed(page, now + HOUR, MAY)
    assert suppressed_addresses(page) == {OWED: "asked"}


def test_suppressed_while_the_letter_waits(page: Page, now: datetime) -> None:
    a_letter_to(page, now, owed=True, may=False)
    expand_due(now=now)
    no_more(page, now, OWED, MAY)
    assert [each.recipient for each in taken(now)] == [OWED]
    assert Letter.objects.get(recipient=MAY).state == "withdrawn"


def test_suppressed_at_the_instant_the_letter_was_written(page: Page, now: datetime) -> None:
    """As when two transactions cross: the letter is there, and nobody has taken it back."""
    a_letter_to(page, now, owed=True, may=False)
    expand_due(now=now)
    no_more(page, now, OWED, MAY)
    Letter.objects.filter(recipient=MAY).update(state="waiting")
    assert [each.recipient for each in taken(now)] == [OWED]
    refused = Letter.objects.get(recipient=MAY)
    assert (refused.state, refused.lease_until) == ("withdrawn", None)
    assert "no more mail" in refused.last_answer


def test_a_claim_in_which_all_are_unwanted_goes_on_to_the_next(page: Page, now: datetime) -> None:
    a_letter_to(page, now, may=False)
    expand_due(now=now)
    no_more(page, now, MAY)
    Letter.objects.filter(recipient=MAY).update(state="waiting", next_at=now - HOUR)
    said = a_letter_to(page, now, owed=True)
    expand_due(now=now)
    got = claim(now=now, limit=1, lease_seconds=600, worker="w", unwanted=must_not_get)
    assert [(each.recipient, each.about) for each in got] == [(OWED, about_of(said))]


def test_a_correction_spares_who_asked_for_no_mail_since(page: Page, now: datetime) -> None:
    wrong = a_letter_to(page, now, owed=True, may=False)
    expand_due(now=now)
    assert len(taken(now)) == 2
    Letter.objects.update(state="sent", sent_at=now, lease_until=None)
    no_more(page, now + HOUR, OWED, MAY)
    first = corrected(page, now + HOUR, wrong)
    expand_due(now=now + HOUR)
    assert written_about(first) == {OWED}
    Letter.objects.update(state="sent", sent_at=now + HOUR)
    again = corrected(page, now + 2 * HOUR, first)
    expand_due(now=now + 2 * HOUR)
    assert written_about(again) == {OWED}


def test_a_correction_of_a_letter_that_nothing_demanded_is_none_either(
    page: Page, now: datetime
) -> None:
    wrong = a_letter_to(page, now, may=False)
    expand_due(now=now)
    Letter.objects.update(state="sent", sent_at=now)
    said = corrected(page, now + HOUR, wrong)
    expand_due(now=now + HOUR)
    assert written_about(said) == {MAY}
    no_more(page, now + HOUR, MAY)
    assert taken(now + HOUR) == []


def test_mail_that_came_back_takes_back_what_nothing_demands(page: Page, now: datetime) -> None:
    customer = Customer.objects.create(
        page=page, account_id="a1", name="Fernway", created_at=now, updated_at=now
    )
    Contact.objects.create(customer=customer, email=MAY)
    a_letter_to(page, now, may=False)
    expand_due(now=now)
    letter = Letter.objects.get(recipient=MAY)
    # What came back has been handed over before. A try without an answer counts for no server.
    key = message_key(letter.rfc_message_id)
    Attempt.objects.create(
        letter=letter, at=now - timedelta(minutes=1), outcome="lost", message_key=key
    )
    report = Report(
        kind=Kind.HARD, status="5.1.1", said="no such user", sent_to=(),
        message_ids=(letter.rfc_message_id,),
    )  # fmt: skip
    take_in(now=now, report=report, digest="d" * 64, trusted=True)
    assert taken(now) == []
    assert Letter.objects.get(pk=letter.pk).state == "withdrawn"


def test_who_confirms_again_gets_status_mail_and_no_letter_to_a_list(
    page: Page, now: datetime
) -> None:
    no_more(page, now - 2 * HOUR, MAY)
    subscribed(page, now - HOUR, MAY)
    Letter.objects.all().delete()
    a_letter_to(page, now, may=False)
    publish(page, now, incident_id="other")
    expand_due(now=now)
    streams = {each.message.stream for each in taken(now)}
    assert streams == {Stream.STATUS}
    # Asked once more, they get none of either.
    Letter.objects.all().delete()
    no_more(page, now + HOUR, MAY)
    publish(page, now + HOUR, incident_id="third")
    expand_due(now=now + HOUR)
    assert taken(now + HOUR) == []


def test_only_what_must_be_sent_waits_for_a_month(page: Page, now: datetime) -> None:
    optional = a_letter_to(page, now, may=False)
    assert not is_demanded(optional)
    assert stale_after(optional) == timedelta(days=3)
    both = a_letter_to(page, now, owed=True, may=False)
    assert is_demanded(both)
    late = now + timedelta(days=5)
    expand_due(now=late)
    assert written_about(optional) == set()
    assert written_about(both) == {OWED}


@dataclass
class World:
    """Some people on lists, some subscribed, and what a sender holds."""

    page: Page
    now: datetime
    people: list[str]
    must: list[bool]
    said: list[Publication] = field(default_factory=list)
    held: list[Claimed] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    digests: count = field(default_factory=count)

    def freeze(self, _: int) -> None:
        names = dict(zip((each.partition("@")[0] for each in self.people), self.must, strict=True))
        self.said.append(a_letter_to(self.page, self.now, **names))

    def tell(self, n: int) -> None:
        publish(self.page, self.now, incident_id=f"i{n}{next(self.digests)}")

    def suppress(self, n: int) -> None:
        no_more(self.page, self.now, self.people[n % len(self.people)])

    def lift(self, n: int) -> None:
        lift_suppression(
            actor=MACHINE, now=self.now, page=self.page, email=self.people[n % len(self.people)]
        )

    def come_back(self, n: int) -> None:
        letters = Letter.objects.filter(recipient=self.people[n % len(self.people)])
        if (letter := letters.order_by("-pk").first()) is not None:
            report = Report(Kind.HARD, "5.1.1", "gone", (), (letter.rfc_message_id,))
            digest = f"{next(self.digests):064d}"
            take_in(now=self.now, report=report, digest=digest, trusted=True)

    def expand(self, _: int) -> None:
        expand_due(now=self.now)

    def correct(self, n: int) -> None:
        if self.said:
            self.said.append(corrected(self.page, self.now, self.said[n % len(self.said)]))

    def claim(self, _: int) -> None:
        unwanted = set(suppressed_addresses(self.page))
        for each in taken(self.now):
            stream = each.message.stream
            assert stream in {"notice", "account"} or each.recipient not in unwanted
            self.held.append(each)

    def accept(self, n: int) -> None:
        self.end(Outcome.ACCEPTED, n)

    def try_again(self, n: int) -> None:
        self.end(Outcome.DEFERRED, n)

    def end(self, outcome: Outcome, n: int) -> None:
        if self.held:
            each = self.held.pop(n % len(self.held))
            record_results(results=[Result(each.pk, each.lease_until, outcome, self.now, 250)])


ACTS: list[Callable[[World, int], None]] = [
    World.freeze, World.tell, World.suppress, World.lift, World.come_back, World.expand,
    World.correct, World.claim, World.accept, World.try_again,
]  # fmt: skip


class _Undo(Exception):
    pass


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    must=some.lists(some.booleans(), min_size=3, max_size=3),
    acts=some.lists(some.tuples(some.sampled_from(ACTS), some.integers(0, 5)), max_size=30),
)
def test_in_whatever_order_things_happen(
    page: Page, now: datetime, must: list[bool], acts: list[tuple[Callable, int]]
) -> None:
    people = [f"p{n}@mail.example" for n in range(3)]
    try:
        with transaction.atomic():
            subscribed(page, now - HOUR, people[0])
            customer = Customer.objects.create(
                page=page, account_id="a1", name="F", created_at=now, updated_at=now
            )
            for each in people:
                Contact.objects.create(customer=customer, email=each)
            world = World(page, now, people, must)
            # Whatever happened before, everything is brought to an end.
            for act, n in [*acts, (World.expand, 0), (World.claim, 0)]:
                world.now += timedelta(minutes=3)
                act(world, n)
            owed = {each for each, demanded in zip(people, must, strict=True) if demanded}
            for each in world.said:
                if each.corrects is None:
                    # Nobody who must get it is left out, whatever they or their server asked for.
                    reached = Letter.objects.filter(about=about_of(each)).exclude(state="withdrawn")
                    assert owed <= set(reached.values_list("recipient", flat=True))
            assert Subscriber.objects.count() == 1
            raise _Undo
    except _Undo:
        pass
