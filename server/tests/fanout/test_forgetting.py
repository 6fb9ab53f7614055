"""Who was written to because their data was affected is not known for ever."""

from datetime import datetime, timedelta

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import freeze_list
from afterword.audience.models import Segment
from afterword.components.models import Page
from afterword.fanout.actions import expand_due, forget_affected
from afterword.fanout.queries import about_of, count_who_got, letter_counts
from afterword.postbox.actions import Result, claim, record_results
from afterword.postbox.models import Attempt, Letter, LetterState
from afterword.postbox.outcomes import Outcome
from afterword.publishing.models import Audience, Publication, PublicationKind
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
ADA, BOB = "ada@mail.example", "bob@mail.example"
KEEP = timedelta(days=90)
LATER = KEEP + timedelta(seconds=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - timedelta(days=10))


def a_letter_to(page: Page, now: datetime, segment: Segment, *people: str) -> Publication:
    frozen = freeze_list(
        actor=MACHINE, now=now, page=page, segment=segment, incident_ref="pay1",
        members=[(each, "Ada Quill") for each in people],
    )  # fmt: skip
    published = publish(page, now, audience=Audience.LIST, recipient_list=frozen.public_id)
    expand_due(now=now)
    return published


def send(now: datetime, limit: int = 100) -> None:
    letters = claim(now=now, worker="w", limit=limit, lease_seconds=60)
    record_results(
        results=[
            Result(
                letter_id=one.pk, lease_until=one.lease_until, outcome=Outcome.ACCEPTED, at=now,
                code=250, answer=f"{one.recipient} is glad", message_id=one.rfc_message_id,
            )
            for one in letters
        ]
    )  # fmt: skip


def test_after_the_set_time_nothing_in_the_database_names_them(page: Page, now: datetime) -> None:
    notice = a_letter_to(page, now, Segment.DATA, ADA, BOB)
    send(now)
    assert forget_affected(now=now + KEEP, keep=KEEP) == 0
    assert forget_affected(now=now + LATER, keep=KEEP) == 2
    kept = list(Letter.objects.filter(about=about_of(notice)))
    assert len({one.recipient for one in kept}) == 2
    inside = f"{[vars(one) for one in kept]} {list(Attempt.objects.values_list('answer'))}"
    assert not any(word in inside for word in (ADA, BOB, "Ada", "Quill"))
    assert letter_counts(notice)["sent"] == 2
    assert forget_affected(now=now + LATER, keep=KEEP) == 0


def test_letters_to_others_keep_their_address(page: Page, now: datetime) -> None:
    subscribed(page, now - timedelta(hours=1), BOB)
    to_all = publish(page, now)
    to_account = a_letter_to(page, now, Segment.SLA, ADA)
    send(now)
    assert forget_affected(now=now + LATER, keep=KEEP) == 0
    for one, to in ((to_all, BOB), (to_account, ADA)):
        assert Letter.objects.get(about=about_of(one)).recipient == to


def test_a_letter_that_may_yet_leave_keeps_its_address(page: Page, now: datetime) -> None:
    notice = a_letter_to(page, now, Segment.DATA, ADA, BOB)
    send(now, limit=1)
    assert forget_affected(now=now + LATER, keep=KEEP) == 0
    kept = Letter.objects.filter(about=about_of(notice)).order_by("recipient")
    assert [each.recipient for each in kept] == [ADA, BOB]
    Letter.objects.filter(state=LetterState.WAITING).update(state=LetterState.WITHDRAWN)
    assert forget_affected(now=now + LATER, keep=KEEP) == 2


def test_a_later_correction_writes_to_none_of_them(page: Page, now: datetime) -> None:
    notice = a_letter_to(page, now, Segment.DATA, ADA)
    send(now)
    assert count_who_got(notice) == 1
    forget_affected(now=now + LATER, keep=KEEP)
    assert count_who_got(notice) == 0
    correction = publish(
        page, now + LATER, kind=PublicationKind.CORRECTION, corrects=notice, weight="fact",
        audience=Audience.LIST, recipient_list=notice.recipient_list,
    )  # fmt: skip
    expand_due(now=now + LATER)
    assert sum(letter_counts(correction).values()) == 0
