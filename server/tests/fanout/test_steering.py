"""Pausing, resuming, cancelling and agreeing to a run of letters."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from afterword.accounts.actions import create_person
from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import MACHINE
from afterword.audit.models import Entry
from afterword.components.models import Page
from afterword.fanout.actions import agree, cancel, expand_due, expanding, pause, resume
from afterword.fanout.models import Mailing, MailingState
from afterword.fanout.queries import about_of, letter_counts, publishers_of
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from afterword.postbox.actions import claim, ordering, release
from afterword.postbox.models import Letter, Message
from afterword.publishing.actions import announce_incident
from afterword.publishing.models import Publication
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
WHY = "It names the wrong region."


@pytest.fixture
def page(now: datetime) -> Page:
    page = a_page(now - timedelta(days=10))
    subscribed(page, now - timedelta(days=1), *(f"r{n}@mail.example" for n in range(5)))
    # Confirmations are no part of this.
    Letter.objects.all().delete()
    return page


def somebody(now: datetime, name: str, *roles: Role) -> Person:
    return create_person(
        actor=MACHINE, now=now, email=f"{name}@larkbridge.example", name=name,
        password="a long enough password", roles=roles,
    )  # fmt: skip


@pytest.fixture
def paula(now: datetime) -> Person:
    return somebody(now, "Paula", Role.PUBLISHER, Role.RESPONDER)


def under_way(page: Page, now: datetime) -> Mailing:
    publish(page, now)
    expand_due(now=now)
    return Mailing.objects.select_related("publication__page").get()


def leaving(now: datetime, limit: int = 50) -> int:
    return len(claim(now=now, limit=limit, lease_seconds=9000, worker="test"))


def test_a_paused_run_waits_and_a_resumed_one_leaves_once(
    page: Page, paula: Person, now: datetime
) -> None:
    mailing = under_way(page, now)
    paused = pause(actor=paula, now=now, mailing=mailing, reason=WHY)
    assert (paused.state, paused.steered_by, paused.because) == ("paused", "Paula", WHY)
    assert leaving(now) == 0
    resume(actor=paula, now=now, mailing=mailing, reason="Checked again.")
    assert leaving(now) == 5
    assert leaving(now) == 0
    said = [
        (each.verb, each.actor_label, each.detail["reason"])
        for each in Entry.objects.filter(verb__in=("fanout.pause", "fanout.resume"))
    ]
    assert said == [
        ("fanout.pause", paula.label, WHY),
        ("fanout.resume", paula.label, "Checked again."),
    ]


def test_a_run_is_paused_before_all_its_letters_are_written(
    page: Page, paula: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "BATCH", 2)
    monkeypatch.setattr(expanding, "RANGE", 2)
    publish(page, now)
    steps = iter([False, True])
    expand_due(now=now, should_stop=lambda: next(steps))
    mailing = Mailing.objects.select_related("publication__page").get()
    pause(actor=paula, now=now, mailing=mailing, reason=WHY)
    expand_due(now=now)
    assert leaving(now) == 0
    assert letter_counts(mailing.publication)["paused"] == 5


def test_a_cancelled_run_writes_and_sends_nothing_more(
    page: Page, paula: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "BATCH", 2)
    monkeypatch.setattr(expanding, "RANGE", 2)
    monkeypatch.setattr(ordering, "AT_A_TIME", 1)
    publish(page, now)
    steps = iter([False, False, True])
    expand_due(now=now, should_stop=lambda: next(steps))
    mailing = Mailing.objects.select_related("publication__page").get()
    cancel(actor=paula, now=now, mailing=mailing, reason=WHY)
    assert leaving(now) == 0, "before every letter is withdrawn"
    expand_due(now=now)
    assert letter_counts(mailing.publication)["withdrawn"] == Letter.objects.count() < 5
    with pytest.raises(WrongState, match="cancelled by Paula"):
        resume(actor=paula, now=now, mailing=mailing, reason="again")


def test_a_correction_of_a_cancelled_run_goes_to_those_who_got_it(
    page: Page, paula: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordering, "AT_A_TIME", 1)
    monkeypatch.setattr(ordering, "_STEPS_AT_ONCE", 1)
    mailing = under_way(page, now)
    got = Letter.objects.order_by("pk").first()
    assert got is not None
    Letter.objects.filter(pk=got.pk).update(state="sent", sent_at=now)
    cancel(actor=paula, now=now, mailing=mailing, reason=WHY)
    correction = publish(
        page, now, kind="correction", corrects=mailing.publication, title="Corrected"
    )
    for _ in range(2):
        expand_due(now=now)
    told = Letter.objects.filter(about=about_of(correction))
    assert list(told.values_list("recipient", flat=True)) == [got.recipient]


def test_a_correction_never_overtakes_a_paused_run(
    page: Page, paula: Person, now: datetime
) -> None:
    mailing = under_way(page, now)
    assert leaving(now, limit=2) == 2
    pause(actor=paula, now=now, mailing=mailing, reason=WHY)
    correction = publish(
        page, now, kind="correction", corrects=mailing.publication, title="Corrected"
    )
    expand_due(now=now)
    assert not Letter.objects.filter(about=about_of(correction)).exists()
    Letter.objects.filter(state="claimed").update(state="sent", sent_at=now, lease_until=None)
    cancel(actor=paula, now=now, mailing=mailing, reason=WHY)
    expand_due(now=now)
    assert Letter.objects.filter(about=about_of(correction)).count() == 2


def amended_with(correction: Publication) -> int:
    """Return how many letters have the correction above what it corrects."""
    return Letter.objects.filter(message__key__endswith=f"!{correction.number}").count()


def test_a_correction_of_a_paused_run_is_in_its_letters_once_it_goes_on(
    page: Page, paula: Person, now: datetime
) -> None:
    mailing = under_way(page, now)
    pause(actor=paula, now=now, mailing=mailing, reason=WHY)
    correction = publish(
        page, now, kind="correction", corrects=mailing.publication, title="Corrected"
    )
    expand_due(now=now)
    assert leaving(now) == 0
    resume(actor=paula, now=now, mailing=mailing, reason="Only a figure is wrong.")
    expand_due(now=now)
    left = claim(now=now, limit=50, lease_seconds=600, worker="test")
    assert [each.about for each in left] == [about_of(mailing.publication)] * 5
    keys = Message.objects.filter(letters__state="claimed").values_list("key", flat=True)
    assert {each.rpartition("!")[2] for each in keys} == {str(correction.number)}


def test_a_correction_waits_until_every_letter_of_a_resumed_run_is_due_again(
    page: Page, paula: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordering, "AT_A_TIME", 1)
    mailing = under_way(page, now)
    pause(actor=paula, now=now, mailing=mailing, reason=WHY)
    assert leaving(now) == 0
    correction = publish(
        page, now, kind="correction", corrects=mailing.publication, title="Corrected"
    )
    resume(actor=paula, now=now, mailing=mailing, reason="Only a figure is wrong.")
    expand_due(now=now)
    assert not Mailing.objects.filter(publication=correction, expanded_at__isnull=False).exists()
    expand_due(now=now)
    assert Mailing.objects.filter(publication=correction, expanded_at__isnull=False).exists()
    assert amended_with(correction) == 5


def test_a_correction_waits_for_no_paused_run_of_which_everything_left(
    page: Page, paula: Person, now: datetime
) -> None:
    mailing = under_way(page, now)
    pause(actor=paula, now=now, mailing=mailing, reason=WHY)
    Letter.objects.all().update(state="sent", sent_at=now)
    correction = publish(
        page, now, kind="correction", corrects=mailing.publication, title="Corrected"
    )
    expand_due(now=now)
    assert Letter.objects.filter(about=about_of(correction)).count() == 5


def test_a_correction_waits_for_the_second_person_of_the_run_it_corrects(
    page: Page, paula: Person, now: datetime, settings: Any
) -> None:
    settings.SECOND_PERSON_ABOVE = 4
    mailing, wrong = large(page, now, somebody(now, "Ada", Role.ADMIN))
    correction = publish(page, now, kind="correction", corrects=wrong, title="Corrected")
    expand_due(now=now)
    assert amended_with(correction) == 0
    agree(actor=paula, now=now, mailing=mailing, reason="The five are right.")
    expand_due(now=now)
    assert amended_with(correction) == 5


def test_a_retraction_waits_for_no_pause(page: Page, paula: Person, now: datetime) -> None:
    mailing = under_way(page, now)
    first = Letter.objects.order_by("pk")[0].pk
    Letter.objects.filter(pk=first).update(state="sent", sent_at=now)
    pause(actor=paula, now=now, mailing=mailing, reason=WHY)
    retraction = publish(
        page, now, kind="correction", corrects=mailing.publication, weight="retraction"
    )
    expand_due(now=now)
    assert Letter.objects.filter(about=about_of(retraction)).count() == 1
    assert letter_counts(mailing.publication)["withdrawn"] == 4


def test_what_is_over_can_neither_be_paused_nor_cancelled(
    page: Page, paula: Person, now: datetime
) -> None:
    mailing = under_way(page, now)
    Letter.objects.all().update(state="sent", sent_at=now)
    for verb in (pause, cancel):
        with pytest.raises(WrongState, match="left to leave"):
            verb(actor=paula, now=now, mailing=mailing, reason=WHY)


def test_steering_takes_the_role_and_a_reason(page: Page, paula: Person, now: datetime) -> None:
    rita = somebody(now, "Rita", Role.RESPONDER)
    mailing = under_way(page, now)
    with pytest.raises(BadInput):
        pause(actor=rita, now=now, mailing=mailing, reason=" ")
    pause(actor=rita, now=now, mailing=mailing, reason=WHY)
    for verb in (resume, cancel, agree):
        with pytest.raises(NotAllowed):
            verb(actor=rita, now=now, mailing=mailing, reason=WHY)
    with pytest.raises(WrongState, match="paused already by Rita"):
        pause(actor=paula, now=now, mailing=mailing, reason=WHY)


def test_many_letters_can_be_cancelled_before_the_first_leaves(
    page: Page, paula: Person, now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CANCEL_SECONDS = 60
    monkeypatch.setattr(expanding, "MANY", 4)
    mailing = under_way(page, now)
    assert mailing.opens_at == now + timedelta(seconds=60)
    assert leaving(now + timedelta(seconds=59)) == 0
    assert leaving(now + timedelta(seconds=60), limit=2) == 2
    cancel(actor=paula, now=now + timedelta(seconds=61), mailing=mailing, reason=WHY)
    assert leaving(now + timedelta(seconds=62)) == 0
    # What the worker holds already may leave, and is never tried again.
    assert letter_counts(mailing.publication) | {"withdrawn": 3, "claimed": 2} == letter_counts(
        mailing.publication
    )


def test_few_letters_leave_at_once(page: Page, now: datetime) -> None:
    assert under_way(page, now).opens_at is None
    assert leaving(now) == 5


def large(page: Page, now: datetime, by: Person) -> tuple[Mailing, Publication]:
    publication = announce_incident(
        actor=by, now=now, page=page, title="Exports fail", body="Exports fail since 09:00 UTC.",
        components={},
    )  # fmt: skip
    expand_due(now=now)
    found = Mailing.objects.select_related("publication__page").get(publication=publication)
    return found, publication


def test_more_letters_than_the_ceiling_wait_for_a_second_person(
    page: Page, paula: Person, now: datetime, settings: Any
) -> None:
    settings.SECOND_PERSON_ABOVE = 4
    ada = somebody(now, "Ada", Role.ADMIN)
    mailing, publication = large(page, now, ada)
    assert mailing.state == MailingState.AWAITING
    assert publishers_of(publication) == {ada.pk}
    assert leaving(now) == 0
    with pytest.raises(NotAllowed, match="published this yourself"):
        agree(actor=ada, now=now, mailing=mailing, reason="sure")
    with pytest.raises(NotAllowed, match="person"):
        agree(actor=MACHINE, now=now, mailing=mailing, reason="sure")
    with pytest.raises(WrongState, match="second person"):
        resume(actor=paula, now=now, mailing=mailing, reason="sure")
    agree(actor=paula, now=now, mailing=mailing, reason="The five are right.")
    assert leaving(now) == 5


def test_up_to_the_ceiling_nobody_else_is_asked(
    page: Page, paula: Person, now: datetime, settings: Any
) -> None:
    settings.SECOND_PERSON_ABOVE = 5
    mailing, _ = large(page, now, paula)
    assert mailing.state == MailingState.RUNNING
    assert leaving(now) == 5


@pytest.mark.parametrize(("minute", "hour"), [(2, 0), (0, 2), (2, 3)])
def test_no_more_letters_leave_than_the_caps_allow(
    page: Page, now: datetime, settings: Any, minute: int, hour: int
) -> None:
    settings.LETTERS_A_MINUTE, settings.LETTERS_AN_HOUR = minute, hour
    under_way(page, now)
    at = now.replace(second=0)
    got = [leaving(at + timedelta(minutes=n), limit=1) for n in (0, 0, 0, 1, 1, 1, 59, 60, 61)]
    assert got[:3] == [1, 1, 0]
    assert sum(got[3:7]) == {(2, 0): 3, (0, 2): 0, (2, 3): 1}[minute, hour]
    assert sum(got[7:]) == {(2, 0): 0, (0, 2): 2, (2, 3): 2}[minute, hour]


def test_letters_given_back_untried_do_not_count(page: Page, now: datetime, settings: Any) -> None:
    settings.LETTERS_AN_HOUR = 3
    under_way(page, now)
    held = claim(now=now, limit=3, lease_seconds=600, worker="test")
    assert leaving(now) == 0
    release(letters=held[:2], at=now)
    assert leaving(now) == 2


def test_letters_given_back_later_leave_no_room_in_another_minute(
    page: Page, now: datetime, settings: Any
) -> None:
    settings.LETTERS_A_MINUTE = 2
    under_way(page, now)
    held = claim(now=now, limit=2, lease_seconds=600, worker="test")
    later = now + timedelta(minutes=1)
    assert len(claim(now=later, limit=2, lease_seconds=600, worker="other")) == 2
    release(letters=held, at=later)
    assert claim(now=later, limit=2, lease_seconds=600, worker="other") == []
