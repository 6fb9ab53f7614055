"""Digests: minor matters once a day or a week, everything grave at once, nothing twice or never."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.accounts.actions import create_person
from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.subscribers import (
    choose_digest,
    choose_moments,
    unsubscribe,
)
from afterword.audience.models import Subscriber
from afterword.components.actions import choose_languages
from afterword.components.models import Page
from afterword.fanout.actions import (
    agree,
    cancel,
    digest_letters,
    digesting,
    expand_due,
    expanding,
    pause,
    resume,
)
from afterword.fanout.digests import next_digest
from afterword.fanout.models import DigestEntry, Mailing, MailingState
from afterword.fanout.queries import held_before, held_runs, run_of
from afterword.kit.errors import BadInput, WrongState
from afterword.postbox.actions import Claimed, claim, ordering, record_results
from afterword.postbox.models import Letter
from afterword.postbox.outcomes import Outcome, Result
from afterword.publishing.models import Publication, PublicationKind
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
DAILY, WEEKLY, ONCE = "daily@mail.example", "weekly@mail.example", "once@mail.example"
NOTE, CLOSURE = PublicationKind.NOTE, PublicationKind.CLOSURE


@pytest.fixture
def page(now: datetime) -> Page:
    page = a_page(now - timedelta(days=10))
    daily, weekly, _ = subscribed(page, now - timedelta(days=1), DAILY, WEEKLY, ONCE)
    choose_digest(now=now, token=daily.token, digest="daily")
    choose_digest(now=now, token=weekly.token, digest="weekly")
    Letter.objects.all().delete()
    return page


def got(recipient: str) -> list[str]:
    found = Letter.objects.filter(recipient=recipient).select_related("message")
    return [each.message.subject for each in found.order_by("pk")]


def text_to(recipient: str) -> str:
    return Letter.objects.filter(recipient=recipient).latest("pk").message.text


def minor(page: Page, now: datetime, kind: str = CLOSURE, title: str = "Exports were slow") -> None:
    """Publish a text about an incident of its own with a minor impact."""
    said = publish(
        page, now, kind=NOTE, audience="page", title=title, incident_id=title.lower()[:8]
    )
    facts = said.facts | {"incident": said.facts["incident"] | {"impact": "minor"}}
    publish_with(page, now, kind, title, facts, said.incident_id)


def publish_with(
    page: Page, now: datetime, kind: str, title: str, facts: dict, incident_id: str
) -> Publication:
    from django.db import transaction

    from afterword.kit.ids import new_public_id
    from afterword.publishing.actions.press import append, hold_page

    body = f"{title}, and no more since 11:40 UTC: **12** of 4,860."
    with transaction.atomic():
        return append(
            Publication(
                page=hold_page(page), kind=kind, incident_id=incident_id,
                source_id=new_public_id(), title=title, body=body, html=f"<p>{body}</p>",
                facts=facts, language="en", audience="subscribers", display_at=now,
                published_at=now,
            )
        )  # fmt: skip


def morning(now: datetime, days: int = 1) -> datetime:
    return now.replace(hour=8, minute=0) + timedelta(days=days)


def test_minor_closures_and_notes_come_once_a_day_in_one_letter(page: Page, now: datetime) -> None:
    minor(page, now)
    publish(page, now, kind=NOTE, title="A note for all", incident_id="note1")
    expand_due(now=now)
    assert got(DAILY) == []
    assert len(got(ONCE)) == 2, "who chose no digest hears at once"
    for _ in range(3):
        expand_due(now=morning(now))
    assert got(DAILY) == ["[Larkbridge] Your digest of 19 March 2026"]
    text = text_to(DAILY)
    for part in ("Exports were slow", "12 of 4,860", "A note for all", "/incidents/note1/"):
        assert part in text
    assert "**" not in text
    assert got(WEEKLY) == []
    # 18 March 2026 is a Wednesday.
    expand_due(now=morning(now, days=5) - timedelta(minutes=1))
    assert got(WEEKLY) == []
    expand_due(now=morning(now, days=5))
    assert got(WEEKLY) == ["[Larkbridge] Your digest of 23 March 2026"]
    expand_due(now=morning(now, days=12))
    assert (len(got(DAILY)), len(got(WEEKLY)), len(got(ONCE))) == (1, 1, 2)


def test_what_is_grave_or_goes_on_comes_at_once(page: Page, now: datetime) -> None:
    publish(page, now, status="investigating")
    publish(page, now, status="resolved")
    publish(page, now, kind=CLOSURE)
    publish(page, now, kind=PublicationKind.SUMMARY)
    expand_due(now=now)
    assert len(got(DAILY)) == len(got(WEEKLY)) == len(got(ONCE)) == 4
    assert not DigestEntry.objects.exists()


def test_whoever_was_told_that_it_began_finds_the_closure_in_the_digest(
    page: Page, now: datetime
) -> None:
    publish(page, now, status="investigating", incident_id="exp1")
    expand_due(now=now)
    daily = Subscriber.objects.get(email=DAILY)
    # They want no more of such incidents, and are told how it ended all the same.
    Subscriber.objects.filter(pk=daily.pk).update(only_followed=True)
    said = publish(page, now, kind=NOTE, audience="page", incident_id="exp1")
    facts = said.facts | {"incident": said.facts["incident"] | {"impact": "minor"}}
    publish_with(page, now, CLOSURE, "Exports work", facts, "exp1")
    expand_due(now=now)
    expand_due(now=morning(now))
    assert "Exports work" in text_to(DAILY)


def test_who_chose_fewer_messages_gets_no_more_of_them_by_digest(page: Page, now: datetime) -> None:
    daily = Subscriber.objects.get(email=DAILY)
    Subscriber.objects.filter(pk=daily.pk).update(only_followed=True)
    minor(page, now)
    expand_due(now=now)
    expand_due(now=morning(now))
    assert got(DAILY) == []


def test_who_left_gets_no_digest(page: Page, now: datetime) -> None:
    minor(page, now)
    expand_due(now=now)
    unsubscribe(now=now, token=Subscriber.objects.get(email=DAILY).token)
    expand_due(now=morning(now))
    assert got(DAILY) == []
    assert not DigestEntry.objects.filter(subscriber__email=DAILY, sent_at=None).exists()


def test_what_is_taken_back_or_cancelled_is_in_no_digest(page: Page, now: datetime) -> None:
    publish(page, now, kind=NOTE, title="Not true", incident_id="n1")
    wrong = Publication.objects.get(title="Not true")
    publish(page, now, kind=NOTE, title="Cancelled one", incident_id="n2")
    minor(page, now)
    expand_due(now=now)
    pia = create_person(
        actor=MACHINE, now=now, email="pia@larkbridge.example", name="Pia",
        password="a long enough password", roles=[Role.PUBLISHER],
    )  # fmt: skip
    stopped = Mailing.objects.select_related("publication__page").get(
        publication__title="Cancelled one"
    )
    cancel(actor=pia, now=now, mailing=stopped, reason="Twice.")
    publish(
        page, now, kind=PublicationKind.CORRECTION, corrects=wrong, weight="retraction",
        title="Taken back",
    )  # fmt: skip
    expand_due(now=now)
    expand_due(now=morning(now))
    text = text_to(DAILY)
    assert "Exports were slow" in text
    assert "Not true" not in text
    assert "Cancelled one" not in text


def test_a_correction_follows_into_the_digest(page: Page, now: datetime) -> None:
    publish(page, now, kind=NOTE, title="It was 12 customers", incident_id="n1")
    wrong = Publication.objects.get(title="It was 12 customers")
    expand_due(now=now)
    expand_due(now=morning(now))
    Letter.objects.update(state="sent", sent_at=morning(now))
    later = morning(now) + timedelta(hours=2)
    publish(
        page, later, kind=PublicationKind.CORRECTION, corrects=wrong, weight="fact",
        title="It was 21 customers", incident_id="n1",
    )  # fmt: skip
    expand_due(now=later)
    assert len(got(ONCE)) == 2
    assert len(got(DAILY)) == 1
    expand_due(now=morning(now, days=2))
    assert len(got(DAILY)) == 2
    assert "It was 21 customers" in text_to(DAILY)


def test_a_digest_is_in_the_reader_s_language_and_zone(page: Page, now: datetime) -> None:
    choose_languages(actor=MACHINE, now=now, page=page, languages=["en", "de"])
    daily = Subscriber.objects.get(email=DAILY)
    choose_moments(now=now, token=daily.token, wants="every", zone="Asia/Tokyo")
    Subscriber.objects.filter(pk=daily.pk).update(language="de")
    minor(page, now)
    expand_due(now=now)
    assert DigestEntry.objects.get(subscriber=daily).due_at == datetime(2026, 3, 18, 23, tzinfo=UTC)
    expand_due(now=now + timedelta(hours=11))
    assert got(DAILY) == ["[Larkbridge] Ihre Zusammenstellung vom 19. März 2026"]


def test_many_digests_are_written_step_by_step_and_broken_off_without_loss(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest_letters, "READERS_AT_A_TIME", 1)
    many = subscribed(page, now - timedelta(days=1), *(f"d{n}@mail.example" for n in range(5)))
    Letter.objects.all().delete()
    for each in many:
        choose_digest(now=now, token=each.token, digest="daily")
    minor(page, now)
    minor(page, now, title="Imports were slow")
    expand_due(now=now)
    steps = iter([False, True, True, True])
    expand_due(now=morning(now), should_stop=lambda: next(steps, True))
    assert Letter.objects.filter(about__startswith="digest:").count() in {1, 2}
    for _ in range(3):
        expand_due(now=morning(now))
    for each in many:
        assert len(got(each.email)) == 1
        assert "Exports were slow" in text_to(each.email)
        assert "Imports were slow" in text_to(each.email)


def test_an_unknown_digest_is_refused(page: Page, now: datetime) -> None:
    with pytest.raises(BadInput):
        choose_digest(now=now, token=Subscriber.objects.get(email=ONCE).token, digest="hourly")


def digest_of(recipient: str) -> Letter:
    return Letter.objects.filter(recipient=recipient, about__startswith="digest:").latest("pk")


def a_publisher(now: datetime) -> Person:
    return create_person(
        actor=MACHINE, now=now, email="pia@larkbridge.example", name="Pia",
        password="a long enough password", roles=[Role.PUBLISHER],
    )  # fmt: skip


def two_notes(page: Page, now: datetime) -> tuple[Publication, Publication]:
    """Publish two notes; return them with both in a written digest of this morning."""
    for title, incident in (("The wrong one", "n1"), ("The right one", "n2")):
        publish(page, now, kind=NOTE, title=title, incident_id=incident)
    expand_due(now=now)
    expand_due(now=morning(now))
    assert "The wrong one" in text_to(DAILY)
    return (
        Publication.objects.get(title="The wrong one"),
        Publication.objects.get(title="The right one"),
    )


def run_about(publication: Publication) -> Mailing:
    return Mailing.objects.select_related("publication__page").get(publication=publication)


def leave(now: datetime) -> list[Claimed]:
    """Let every letter leave that may; return the digests among them."""
    claimed = claim(now=now, limit=100, lease_seconds=600, worker="w")
    record_results(
        results=[
            Result(each.pk, each.lease_until, Outcome.ACCEPTED, now + timedelta(microseconds=n))
            for n, each in enumerate(claimed)
        ]
    )
    return [each for each in claimed if each.about.startswith("digest:")]


def told(claimed: list[Claimed]) -> list[str]:
    return [each.message.text for each in claimed if each.recipient == DAILY]


@pytest.mark.parametrize("how", ["cancel", "retract"])
def test_a_written_digest_leaves_without_what_was_stopped(
    page: Page, now: datetime, how: str
) -> None:
    wrong, _ = two_notes(page, now)
    at = morning(now)
    if how == "cancel":
        cancel(actor=a_publisher(now), now=at, mailing=run_about(wrong), reason="Twice.")
    else:
        publish(
            page, at, kind=PublicationKind.CORRECTION, corrects=wrong, weight="retraction",
            title="Taken back",
        )  # fmt: skip
        # Before anything more is done about it, no letter of it leaves.
        expanding._begin_all(at)
    assert leave(at) == []
    expand_due(now=at)
    (text,) = told(leave(at))
    assert "The right one" in text
    assert "The wrong one" not in text
    expand_due(now=at + timedelta(days=3))
    assert all("The wrong one" not in each for each in told(leave(at + timedelta(days=3))))


def test_a_paused_note_leaves_the_digest_and_comes_when_it_goes_on(
    page: Page, now: datetime
) -> None:
    wrong, _ = two_notes(page, now)
    pia, at = a_publisher(now), morning(now)
    pause(actor=pia, now=at, mailing=run_about(wrong), reason="Is it so?")
    expand_due(now=at)
    (text,) = told(leave(at))
    assert "The right one" in text
    assert "The wrong one" not in text
    expand_due(now=at + timedelta(hours=1))
    assert told(leave(at + timedelta(hours=1))) == []
    resume(actor=pia, now=at, mailing=run_about(wrong), reason="It is.")
    expand_due(now=at + timedelta(hours=2))
    (text,) = told(leave(at + timedelta(hours=2)))
    assert "The wrong one" in text
    assert "The right one" not in text


def test_pausing_and_going_on_at_once_loses_nothing_and_tells_nothing_twice(
    page: Page, now: datetime
) -> None:
    wrong, _ = two_notes(page, now)
    pia, at = a_publisher(now), morning(now)
    for _ in range(2):
        pause(actor=pia, now=at, mailing=run_about(wrong), reason="Is it so?")
        resume(actor=pia, now=at, mailing=run_about(wrong), reason="It is.")
        expand_due(now=at)
    texts = told(leave(at))
    assert sum("The wrong one" in each for each in texts) == 1
    assert sum("The right one" in each for each in texts) == 1


def test_a_digest_in_a_sender_s_hands_is_told_once_whether_it_leaves_or_not(
    page: Page, now: datetime
) -> None:
    wrong, _ = two_notes(page, now)
    at = morning(now)
    claimed = {each.recipient: each for each in claim(now=at, limit=9, lease_seconds=600)}
    in_hand = claimed[DAILY]
    cancel(actor=a_publisher(now), now=at, mailing=run_about(wrong), reason="Twice.")
    expand_due(now=at)
    assert got(DAILY) == ["[Larkbridge] Your digest of 19 March 2026"]
    # It did not leave after all, so what else was in it comes in another.
    record_results(results=[Result(in_hand.pk, in_hand.lease_until, Outcome.DEFERRED, at)])
    expand_due(now=at)
    (text,) = told(leave(at))
    assert "The wrong one" not in text
    assert "The right one" in text
    # A third note's digest that left is not told again.
    publish(page, at, kind=NOTE, title="The third one", incident_id="n3")
    expand_due(now=at)
    next_day = morning(now, days=2)
    expand_due(now=next_day)
    claimed = {each.recipient: each for each in claim(now=next_day, limit=9, lease_seconds=600)}
    third = run_about(Publication.objects.get(title="The third one"))
    cancel(actor=Person.objects.get(name="Pia"), now=next_day, mailing=third, reason="Late.")
    gone = claimed[DAILY]
    record_results(results=[Result(gone.pk, gone.lease_until, Outcome.ACCEPTED, next_day)])
    for days in (2, 3, 4):
        expand_due(now=morning(now, days=days))
        assert told(leave(morning(now, days=days))) == []


def test_what_lies_in_digests_alone_can_be_held_and_is_shown_as_waiting(
    page: Page, now: datetime
) -> None:
    Subscriber.objects.exclude(email=DAILY).delete()
    minor(page, now)
    expand_due(now=now)
    mailing = run_about(Publication.objects.get(kind=CLOSURE))
    run = run_of(page, mailing.pk)
    assert (run.in_digests, run.is_over, run.can_be_held) == (1, False, True)
    pia = a_publisher(now)
    pause(actor=pia, now=now, mailing=mailing, reason="Is it so?")
    assert [each.pk for each in held_runs(page)] == [mailing.pk]
    # A correction waits for it as for letters that are held.
    assert held_before(
        publish(page, now, kind="correction", corrects=mailing.publication, weight="fact")
    )
    expand_due(now=morning(now))
    assert got(DAILY) == []
    resume(actor=pia, now=now, mailing=mailing, reason="It is.")
    expand_due(now=morning(now))
    assert run_of(page, mailing.pk).in_digests == 1, "written, and still to leave"
    leave(morning(now))
    assert run_of(page, mailing.pk).is_over
    with pytest.raises(WrongState):
        cancel(actor=pia, now=morning(now), mailing=mailing, reason="Too late.")


def test_readers_of_digests_count_for_the_ceiling_and_the_moment_to_cancel(
    page: Page, now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SECOND_PERSON_ABOVE, settings.CANCEL_SECONDS = 2, 60
    monkeypatch.setattr(expanding, "MANY", 2)
    almost = morning(now) - timedelta(seconds=10)
    minor(page, almost)
    expand_due(now=almost)
    mailing = run_about(Publication.objects.get(kind=CLOSURE))
    assert mailing.state == MailingState.AWAITING
    assert mailing.opens_at == almost + timedelta(seconds=60)
    expand_due(now=morning(now))
    assert got(DAILY) == []
    agree(actor=a_publisher(now), now=morning(now), mailing=mailing, reason="Right.")
    expand_due(now=morning(now))
    assert got(DAILY) == [], "it can still be cancelled"
    expand_due(now=almost + timedelta(seconds=60))
    assert len(got(DAILY)) == 1


def test_readers_are_laid_in_a_part_at_a_time_and_none_is_missed_or_told_twice(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "BATCH", 3)
    monkeypatch.setattr(expanding, "RANGE", 3)
    many = subscribed(page, now - timedelta(days=1), *(f"d{n}@mail.example" for n in range(12)))
    for each in many[::2]:
        choose_digest(now=now, token=each.token, digest="daily")
    Letter.objects.all().delete()
    minor(page, now)
    steps = iter([False, True])
    expand_due(now=now, should_stop=lambda: next(steps, True))
    assert 0 < DigestEntry.objects.count() < 8
    # Choosing otherwise in the middle neither doubles nor loses it.
    for each in (many[0], many[-1]):
        choose_digest(now=now, token=each.token, digest="daily")
    for each in (many[1], many[-2]):
        choose_digest(now=now, token=each.token, digest="none")
    expand_due(now=now)
    expand_due(now=morning(now, days=5))
    everybody = [DAILY, WEEKLY, ONCE, *(each.email for each in many)]
    assert {each: len(got(each)) for each in everybody} == dict.fromkeys(everybody, 1)


def test_readers_passed_over_by_a_worker_of_before_are_laid_in_at_the_end(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It laid all of them in its last step, which this version does with each range of letters."""
    monkeypatch.setattr(expanding, "BATCH", 1)
    minor(page, now)
    expanding._begin_all(now)
    mailing = Mailing.objects.get(publication__kind=CLOSURE)
    while Mailing.objects.get(pk=mailing.pk).cursor < mailing.cutoff_id:
        expanding._expand_some(mailing.pk, now)
    # So such a worker leaves it.
    DigestEntry.objects.all().delete()
    Mailing.objects.filter(pk=mailing.pk).update(digest_cursor=0)
    once = Subscriber.objects.get(email=ONCE)
    assert len(got(ONCE)) == 1
    choose_digest(now=now, token=once.token, digest="daily")
    expand_due(now=now)
    assert Mailing.objects.get(pk=mailing.pk).expanded_at
    expand_due(now=morning(now, days=5))
    everybody = (DAILY, WEEKLY, ONCE)
    assert {each: len(got(each)) for each in everybody} == dict.fromkeys(everybody, 1)


def test_a_correction_is_laid_in_a_part_at_a_time(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digesting, "_BATCH", 1)
    publish(page, now, kind=NOTE, title="It was 12 customers", incident_id="n1")
    expand_due(now=now)
    wrong = Publication.objects.get()
    publish(page, now, kind="correction", corrects=wrong, weight="fact", title="It was 21")
    steps = iter([False, False, True])
    expand_due(now=now, should_stop=lambda: next(steps, True))
    assert DigestEntry.objects.filter(publication__corrects=wrong).count() == 1
    expand_due(now=now)
    assert DigestEntry.objects.filter(publication__corrects=wrong).count() == 2


def test_a_digest_that_cannot_be_written_holds_up_no_other(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    minor(page, now)
    expand_due(now=now)
    real = digest_letters._voice

    def broken(reader: Subscriber) -> str:
        if reader.email == DAILY:
            raise RuntimeError("no words for this one")
        return real(reader)

    monkeypatch.setattr(digest_letters, "_voice", broken)
    monday = morning(now, days=5)
    with pytest.raises(RuntimeError, match="no words"):
        expand_due(now=monday)
    assert (len(got(DAILY)), len(got(WEEKLY))) == (0, 1)
    # It is tried again later, and meanwhile nothing fails for it.
    expand_due(now=monday + timedelta(minutes=1))
    monkeypatch.setattr(digest_letters, "_voice", real)
    expand_due(now=monday + digest_letters.TRY_AGAIN)
    assert (len(got(DAILY)), len(got(WEEKLY))) == (1, 1)


def test_a_new_title_is_in_a_written_digest_before_it_leaves(page: Page, now: datetime) -> None:
    wrong, _ = two_notes(page, now)
    at = morning(now)
    publish(
        page, at, kind="correction", corrects=wrong, weight="title", title="The mended title",
        incident_id="n1",
    )  # fmt: skip
    expand_due(now=at)
    expand_due(now=at)
    (text,) = told(leave(at))
    assert "The right one" in text
    assert "The wrong one" not in text


def half_written(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> tuple[Publication, set[str]]:
    """Write a digest of two notes to some of its readers; return a note and who still gets it."""
    many = subscribed(page, now - timedelta(days=1), *(f"d{n}@mail.example" for n in range(6)))
    Letter.objects.all().delete()
    for each in many:
        choose_digest(now=now, token=each.token, digest="daily")
    for title, incident in (("The wrong one", "n1"), ("The right one", "n2")):
        publish(page, now, kind=NOTE, title=title, incident_id=incident)
    expand_due(now=now)
    monkeypatch.setattr(digest_letters, "READERS_AT_A_TIME", 5)
    digest_letters.write_digests(now=morning(now), should_stop=lambda: True)
    left = {each.email for each in many if not got(each.email)}
    assert len(left) == 2
    return Publication.objects.get(title="The wrong one"), left


def test_pausing_in_the_midst_of_a_digest_loses_nobody_who_still_gets_it(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, left = half_written(page, now, monkeypatch)
    # Of a large digest not all letters are withdrawn at once.
    monkeypatch.setattr(ordering, "AT_A_TIME", 1)
    pia, at = a_publisher(now), morning(now)
    pause(actor=pia, now=at, mailing=run_about(wrong), reason="Is it so?")
    resume(actor=pia, now=at, mailing=run_about(wrong), reason="It is.")
    digest_letters.write_digests(now=at, should_stop=lambda: False)
    expand_due(now=at)
    heard = [each.recipient for each in leave(at) if "The wrong one" in each.message.text]
    assert sorted(each for each in heard if each in left) == sorted(left)
    assert len(heard) == len(set(heard)) == 7


def test_a_new_title_in_the_midst_of_a_digest_is_read_by_all_who_still_get_it(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, left = half_written(page, now, monkeypatch)
    at = morning(now)
    publish(
        page, at, kind="correction", corrects=wrong, weight="title", title="The mended title",
        incident_id="n1",
    )  # fmt: skip
    expand_due(now=at)
    expand_due(now=at)
    texts = {each.recipient: each.message.text for each in leave(at)}
    assert left <= texts.keys()
    assert not [who for who, text in texts.items() if "The wrong one" in text]


@given(
    moment=st.datetimes(
        min_value=datetime(2026, 1, 1),  # noqa: DTZ001  Hypothesis adds the zone
        max_value=datetime(2027, 12, 31),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    zone=st.sampled_from(["", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "nowhere"]),
    how=st.sampled_from(["daily", "weekly"]),
)
def test_the_next_digest_is_ahead_and_no_further_than_its_rhythm(
    moment: datetime, zone: str, how: str
) -> None:
    at = next_digest(moment, zone, how)
    longest = timedelta(days=1 if how == "daily" else 7, hours=1)
    assert moment < at <= moment + longest
