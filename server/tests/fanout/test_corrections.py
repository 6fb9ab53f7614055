"""A correction follows the letters of what it corrects, and goes to nobody else."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import freeze_list
from afterword.audience.actions.subscribers import unsubscribe
from afterword.audience.models import Segment
from afterword.components.models import Page
from afterword.fanout.actions import TAKEN_BACK, expand_due, expanding
from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of, count_who_got, letter_counts
from afterword.postbox.actions import claim, ordering
from afterword.postbox.models import Letter, Message
from afterword.publishing.models import Audience, Publication, PublicationKind
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
ADA, BOB, EVE = "ada@mail.example", "bob@mail.example", "eve@mail.example"
HOUR = timedelta(hours=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - timedelta(days=10))


def correct(
    page: Page, now: datetime, wrong: Publication, weight: str = "fact", **more: Any
) -> Publication:
    return publish(
        page, now, kind=PublicationKind.CORRECTION, corrects=wrong, weight=weight,
        audience=wrong.audience, recipient_list=wrong.recipient_list,
        body="We wrote “11:40 UTC”; it is 11:55 UTC.", **more,
    )  # fmt: skip


def written_to(publication: Publication) -> list[str]:
    found = Letter.objects.filter(about=about_of(publication))
    return sorted(found.values_list("recipient", flat=True))


def all_left(publication: Publication, now: datetime) -> None:
    """The letters of a publication have left: what corrects it leaves for all who have one."""
    Letter.objects.filter(about=about_of(publication)).update(state="sent", sent_at=now)


def test_who_got_the_wrong_one_gets_the_correction_and_who_came_later_does_not(
    page: Page, now: datetime
) -> None:
    _, bob = subscribed(page, now - HOUR, ADA, BOB)
    wrong = publish(page, now)
    expand_due(now=now)
    all_left(wrong, now)
    subscribed(page, now + HOUR, EVE)
    unsubscribe(now=now + HOUR, token=bob.token)
    correction = correct(page, now + 2 * HOUR, wrong)
    expand_due(now=now + 2 * HOUR)
    assert written_to(wrong) == [ADA, BOB]
    assert written_to(correction) == [ADA]


def test_a_letter_is_corrected_to_the_people_on_its_list(page: Page, now: datetime) -> None:
    people = freeze_list(
        actor=MACHINE, now=now, page=page, segment=Segment.DATA, incident_ref="pay1",
        members=[(ADA, "Ada"), (BOB, "")],
    )  # fmt: skip
    wrong = publish(page, now, audience=Audience.LIST, recipient_list=people.public_id)
    expand_due(now=now)
    all_left(wrong, now)
    correction = correct(page, now + HOUR, wrong)
    expand_due(now=now + HOUR)
    assert written_to(correction) == [ADA, BOB]
    greeted = Letter.objects.get(about=about_of(correction), recipient=ADA)
    assert greeted.fill == {"greeting": "Hello Ada,"}


def test_a_correction_published_before_the_wrong_letters_were_written_is_in_all_of_them(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "BATCH", 2)
    addresses = [f"r{n}@mail.example" for n in range(5)]
    subscribed(page, now - HOUR, *addresses)
    wrong = publish(page, now)
    correction = correct(page, now, wrong)
    expand_due(now=now)
    assert (written_to(wrong), written_to(correction)) == (addresses, [])
    words = Message.objects.filter(letters__about=about_of(wrong)).values_list("text", flat=True)
    assert all("it is 11:55 UTC" in each for each in words)


def test_many_who_left_in_a_row_do_not_end_the_mailing(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "BATCH", 2)
    everybody = subscribed(page, now - HOUR, *(f"r{n}@mail.example" for n in range(6)))
    wrong = publish(page, now)
    expand_due(now=now)
    all_left(wrong, now)
    for gone in everybody[:4]:
        unsubscribe(now=now, token=gone.token)
    correction = correct(page, now + HOUR, wrong)
    expand_due(now=now + HOUR)
    assert written_to(correction) == ["r4@mail.example", "r5@mail.example"]


def test_a_retraction_stops_the_letters_that_are_still_to_leave(page: Page, now: datetime) -> None:
    subscribed(page, now - HOUR, ADA, BOB, EVE)
    wrong = publish(page, now)
    expand_due(now=now)
    # The mails that asked three people to confirm are due first.
    *_, first = claim(now=now, limit=4, lease_seconds=60)
    assert first.about == about_of(wrong)
    assert count_who_got(wrong) == 3
    retraction = correct(page, now, wrong, "retraction")
    expand_due(now=now)
    counts = letter_counts(wrong)
    assert (counts["withdrawn"], counts["claimed"]) == (2, 1)
    assert Letter.objects.get(pk=first.pk).stop_asked
    assert written_to(retraction) == [first.recipient]


def test_a_retraction_of_a_large_run_stops_it_at_once_and_withdraws_it_in_steps(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordering, "AT_A_TIME", 2)
    subscribed(page, now - HOUR, *(f"r{n}@mail.example" for n in range(20)))
    Letter.objects.all().delete()
    wrong = publish(page, now)
    expand_due(now=now)
    (first,) = claim(now=now, limit=1, lease_seconds=60)
    retraction = correct(page, now, wrong, "retraction")
    expanding._begin(retraction, now)
    assert letter_counts(wrong)["withdrawn"] == 6
    assert claim(now=now, limit=50, lease_seconds=60) == []
    for _ in range(2):
        expand_due(now=now)
    assert letter_counts(wrong)["withdrawn"] == 19
    assert written_to(retraction) == [first.recipient]


def test_a_publication_that_cannot_be_begun_holds_up_none_but_what_follows_it(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(page, now - HOUR, ADA)
    wrong = publish(page, now)
    correction = correct(page, now, wrong)
    other = publish(page, now, incident_id="exp1")
    begin = expanding._begin

    def broken(publication: Publication, at: datetime) -> None:
        if publication == wrong:
            raise OperationalError("too many parameters")
        begin(publication, at)

    with monkeypatch.context() as patched:
        patched.setattr(expanding, "_begin", broken)
        with pytest.raises(OperationalError):
            expand_due(now=now)
    assert [written_to(each) for each in (wrong, correction, other)] == [[], [], [ADA]]
    expand_due(now=now)
    assert [written_to(each) for each in (wrong, correction, other)] == [[ADA], [], [ADA]]
    assert Letter.objects.get(about=about_of(wrong)).message.key.endswith(f"!{correction.number}")


def test_what_is_withdrawn_before_its_letters_were_written_is_sent_to_nobody(
    page: Page, now: datetime
) -> None:
    subscribed(page, now - HOUR, ADA)
    wrong = publish(page, now)
    correction = correct(page, now, wrong)
    retraction = correct(page, now, wrong, "retraction")
    expand_due(now=now)
    assert [written_to(each) for each in (wrong, correction, retraction)] == [[], [], []]
    skipped = dict(Mailing.objects.values_list("publication__number", "skipped"))
    assert skipped == {wrong.number: TAKEN_BACK, correction.number: TAKEN_BACK, 3: ""}
