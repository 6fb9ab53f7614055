"""What a run gave up is sent again when somebody asks: the same letters, to whoever may still have
them, and nobody gets two. What followed for addresses from a server that was wrong is taken back.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.coming_back import stop_refused, take_in
from afterword.audience.actions.lists import Listed, freeze_list
from afterword.audience.actions.subscribers import unsubscribe
from afterword.audience.actions.suppressions import suppress
from afterword.audience.models import Segment, Subscriber, Suppression
from afterword.audience.queries.stopped import stopped_by
from afterword.audit.models import Entry
from afterword.components.models import Page
from afterword.fanout.actions import (
    cancel,
    expand_due,
    keep_counts,
    lift_quarantines,
    send_again,
)
from afterword.fanout.again import to_send_again
from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of, run_of
from afterword.kit.errors import BadInput, WrongState
from afterword.postbox.actions import Claimed, claim, record_results
from afterword.postbox.message_ids import message_key
from afterword.postbox.models import Attempt, CameBack, Letter
from afterword.postbox.outcomes import Outcome, Result
from afterword.postbox.reports import Kind, Report
from afterword.publishing.models import Audience, Publication
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
GONE = "5.1.1 no such user"
PEOPLE = [f"p{n}@mail.example" for n in range(6)]


@pytest.fixture
def page(now: datetime) -> Page:
    page = a_page(now - timedelta(days=10))
    subscribed(page, now - 2 * HOUR, *PEOPLE)
    Letter.objects.all().delete()
    return page


def told(page: Page, now: datetime, **how: object) -> Mailing:
    said = publish(page, now, **how)
    expand_due(now=now)
    return Mailing.objects.get(publication=said)


def ended(claimed: Iterable[Claimed], now: datetime, refuse: Iterable[str]) -> None:
    """Write down that the server refused some, one by one among others that it took."""
    refused = set(refuse)
    ordered = sorted(claimed, key=lambda each: each.recipient in refused)
    record_results(
        results=[
            Result(
                each.pk, each.lease_until, Outcome.REFUSED, now + timedelta(seconds=n), 550, GONE
            )
            if each.recipient in refused
            else Result(
                each.pk, each.lease_until, Outcome.ACCEPTED, now + timedelta(seconds=n), 250
            )
            for n, each in enumerate(ordered)
        ]
    )


def taken(now: datetime) -> list[Claimed]:
    return claim(now=now, limit=100, lease_seconds=60, worker="w")


def given_up(page: Page, now: datetime, *who: str) -> Mailing:
    mailing = told(page, now)
    ended(taken(now), now, who)
    assert set(to_of(mailing, "failed")) == set(who)
    return mailing


def to_of(mailing: Mailing, state: str) -> list[str]:
    found = Letter.objects.filter(about=about_of(mailing.publication), state=state)
    return sorted(found.values_list("recipient", flat=True))


def again(mailing: Mailing, now: datetime, expected: int | None = None) -> int:
    return send_again(
        actor=MACHINE, now=now, mailing=mailing, reason="The relay is mended.", expected=expected
    )


def test_what_was_given_up_leaves_once_more_as_the_letter_it_was(page: Page, now: datetime) -> None:
    mailing = given_up(page, now, PEOPLE[0])
    keep_counts()
    before = Letter.objects.get(recipient=PEOPLE[0])
    assert again(mailing, now + HOUR, expected=1) == 1
    (claimed,) = taken(now + HOUR)
    assert (claimed.pk, claimed.rfc_message_id) == (before.pk, before.rfc_message_id)
    ended([claimed], now + HOUR, ())
    after = Letter.objects.get(pk=before.pk)
    assert (after.state, after.attempts) == ("sent", 2)
    assert Letter.objects.count() == len(PEOPLE)
    assert Attempt.objects.filter(letter=after).count() == 2
    assert run_of(page, mailing.pk).counted.states["sent"] == len(PEOPLE)
    entry = Entry.objects.get(verb="fanout.send_again")
    assert (entry.detail["reason"], entry.detail["letters"]) == ("The relay is mended.", 1)


def test_the_same_wish_again_sends_nothing_twice(page: Page, now: datetime) -> None:
    mailing = given_up(page, now, PEOPLE[0])
    again(mailing, now + HOUR)
    for state in ("waiting", "sent"):
        assert Letter.objects.get(recipient=PEOPLE[0]).state == state
        with pytest.raises(WrongState, match="Nothing that this run gave up"):
            again(mailing, now + HOUR)
        ended(taken(now + HOUR), now + HOUR, ())


def test_whoever_left_or_is_suppressed_or_in_quarantine_by_now_gets_nothing(
    page: Page, now: datetime
) -> None:
    mailing = given_up(page, now, *PEOPLE[:2])
    more = Letter.objects.filter(recipient__in=PEOPLE[2:5])
    more.update(state="failed", sent_at=None)
    Attempt.objects.filter(letter__in=more).delete()
    unsubscribe(now=now, token=Subscriber.objects.get(email=PEOPLE[0]).token)
    suppress(actor=MACHINE, now=now, page=page, email=PEOPLE[2], reason="asked")
    Subscriber.objects.filter(email=PEOPLE[3]).update(state="quarantined")
    found = to_send_again(mailing, now + HOUR)
    assert (found.count, found.unwanted, found.taken) == (2, 3, 0)
    assert again(mailing, now + HOUR) == 2
    assert to_of(mailing, "waiting") == [PEOPLE[1], PEOPLE[4]]


def test_what_a_server_took_once_is_never_sent_again(page: Page, now: datetime) -> None:
    """As after a restore: the record of what left says so, the state of the letter does not."""
    mailing = given_up(page, now, PEOPLE[0])
    letter = Letter.objects.get(recipient=PEOPLE[0])
    Attempt.objects.create(letter=letter, at=now + HOUR, outcome="accepted")
    assert to_send_again(mailing, now + HOUR).taken == 1
    with pytest.raises(WrongState):
        again(mailing, now + HOUR)


def test_old_news_is_not_sent_again_and_what_must_be_sent_is(page: Page, now: datetime) -> None:
    people = freeze_list(
        actor=MACHINE, now=now, page=page, segment=Segment.SLA, incident_ref="pay1",
        members=[Listed("owed@mail.example"), Listed("may@mail.example", must=False)],
    )  # fmt: skip
    mailing = told(
        page, now, kind="follow_up", audience=Audience.LIST, recipient_list=people.public_id
    )
    Letter.objects.update(state="failed")
    late = now + timedelta(days=4)
    found = to_send_again(mailing, late)
    assert (found.count, found.too_old) == (1, 1)
    again(mailing, late)
    assert [each.recipient for each in taken(late)] == ["owed@mail.example"]


def test_a_cancelled_a_retracted_and_a_corrected_run_stay_given_up(
    page: Page, now: datetime
) -> None:
    mailing = given_up(page, now, PEOPLE[0])
    Letter.objects.filter(recipient=PEOPLE[1]).update(state="waiting", sent_at=None)
    said: Publication = mailing.publication
    wrong = publish(page, now, kind="correction", corrects=said, weight="fact")
    assert "corrected since" in to_send_again(mailing, now).never
    Publication.objects.filter(pk=wrong.pk)
    cancel(actor=MACHINE, now=now, mailing=mailing, reason="Wrong text.")
    mailing.refresh_from_db()
    with pytest.raises(WrongState, match="cancelled"):
        again(mailing, now)
    other = told(page, now, incident_id="other")
    publish(page, now, kind="correction", corrects=other.publication, weight="retraction",
            incident_id="other")  # fmt: skip
    assert "taken back" in to_send_again(other, now).never


def test_more_than_was_told_is_not_sent(page: Page, now: datetime) -> None:
    mailing = given_up(page, now, *PEOPLE[:2])
    with pytest.raises(WrongState, match="you were told 1"):
        again(mailing, now, expected=1)
    with pytest.raises(BadInput):
        send_again(actor=MACHINE, now=now, mailing=mailing, reason=" ")
    assert to_of(mailing, "failed") == PEOPLE[:2]


@pytest.fixture
def wrongly_refused(page: Page, now: datetime) -> Mailing:
    """A run of which a server said two of many were gone, and both were stopped for it."""
    mailing = given_up(page, now, *PEOPLE[:2])
    stop_refused(now=now + timedelta(minutes=1))
    assert sorted(Suppression.objects.values_list("email", flat=True)) == PEOPLE[:2]
    return mailing


def lifted(mailing: Mailing, now: datetime) -> int:
    return lift_quarantines(
        actor=MACHINE, now=now, mailing=mailing, reason="The relay had lost its table."
    )


def test_a_server_that_was_wrong_costs_nobody_their_mail_once_somebody_says_so(
    page: Page, now: datetime, wrongly_refused: Mailing
) -> None:
    assert to_send_again(wrongly_refused, now + HOUR).count == 0
    assert lifted(wrongly_refused, now + HOUR) == 2
    assert not Suppression.objects.exists()
    assert set(Subscriber.objects.values_list("state", "quarantined_because")) == {("active", "")}
    assert again(wrongly_refused, now + HOUR) == 2
    run_entry = Entry.objects.get(verb="fanout.lift_quarantines")
    assert run_entry.detail["reason"] == "The relay had lost its table."
    each = Entry.objects.filter(verb="audience.lift_stop")
    assert {entry.detail["because"] for entry in each} == {"The relay had lost its table."}
    assert each.count() == 2
    with pytest.raises(WrongState, match="Nobody is in quarantine"):
        lifted(wrongly_refused, now + HOUR)


def test_one_that_is_refused_again_is_stopped_again(
    page: Page, now: datetime, wrongly_refused: Mailing
) -> None:
    lifted(wrongly_refused, now + HOUR)
    again(wrongly_refused, now + HOUR)
    told(page, now + HOUR, incident_id="other")
    ended(
        [each for each in taken(now + HOUR) if each.recipient != PEOPLE[1] or each.about ==
         about_of(wrongly_refused.publication)],
        now + HOUR, [PEOPLE[0]],
    )  # fmt: skip
    stop_refused(now=now + HOUR + timedelta(minutes=1))
    assert Suppression.objects.get().email == PEOPLE[0]


def test_whoever_complained_asked_or_was_gone_before_stays_stopped(
    page: Page, now: datetime, wrongly_refused: Mailing
) -> None:
    suppress(actor=MACHINE, now=now + HOUR, page=page, email=PEOPLE[0], reason="asked")
    other = told(page, now + HOUR, incident_id="other")
    letter = Letter.objects.filter(about=about_of(other.publication)).first()
    assert letter is not None
    Letter.objects.filter(pk=letter.pk).update(recipient=PEOPLE[1])
    # What came back has been handed over before.
    key = message_key(letter.rfc_message_id)
    Attempt.objects.create(letter=letter, at=now + HOUR, outcome="accepted", message_key=key)
    report = Report(Kind.HARD, "5.1.1", "gone too", (), (letter.rfc_message_id,))
    take_in(now=now + HOUR, report=report, digest="d" * 64, trusted=True)
    assert stopped_by(page, about_of(wrongly_refused.publication)) == []
    with pytest.raises(WrongState):
        lifted(wrongly_refused, now + HOUR)
    assert Suppression.objects.count() == 2


def test_a_bounce_from_before_the_run_is_not_lifted_with_it(page: Page, now: datetime) -> None:
    Suppression.objects.create(page=page, email=PEOPLE[0], reason="bounced", since=now - HOUR)
    mailing = told(page, now)
    letter = Letter.objects.get(recipient=PEOPLE[1])
    CameBack.objects.create(
        letter=letter, recipient=PEOPLE[0], kind="hard", said=GONE, proven=True, at=now,
        digest="e" * 64,
    )  # fmt: skip
    assert stopped_by(page, about_of(mailing.publication)) == []
