"""Mail that came back: who gets no more of it, and who cannot be taken off by whom."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.coming_back import (
    SOFT_DAYS,
    Became,
    read_maildir,
    stop_refused,
    take_in_mail,
)
from afterword.audience.actions.subscribers import confirm, subscribe
from afterword.audience.actions.suppressions import suppress
from afterword.audience.links import confirmation_of
from afterword.audience.models import Subscriber, SubscriberState, Suppression
from afterword.audience.queries.subscribers import active_among, active_subscribers
from afterword.audience.queries.suppressions import suppressed_addresses
from afterword.audit.models import Entry
from afterword.components.actions import create_page
from afterword.components.models import Page
from afterword.postbox.actions import claim, forget_recipients, record_results, release
from afterword.postbox.message_ids import message_key
from afterword.postbox.models import Attempt, CameBack, Letter, LetterState
from afterword.postbox.outcomes import Outcome, Result
from afterword.postbox.return_path import ReturnPaths, return_key
from postbox.letters import posted
from postbox.returned import AWAY, OURS, complaint, dsn

pytestmark = pytest.mark.django_db
ADA = "ada@mail.example"


@pytest.fixture(autouse=True)
def bounce_address(settings: Any) -> None:
    settings.BOUNCE_ADDRESS = OURS


@pytest.fixture
def page(now: datetime) -> Page:
    return create_page(
        actor=MACHINE, now=now, name="Larkbridge", url="https://status.larkbridge.example"
    )


@pytest.fixture
def ada(page: Page, now: datetime) -> Subscriber:
    subscribe(now=now, page=page, email=ADA)
    letter = Letter.objects.get(recipient=ADA)
    return confirm(now=now, token=letter.fill["confirmation"])


@pytest.fixture
def letter(ada: Subscriber, now: datetime) -> Letter:
    found = posted(now, [ADA])[0]
    # What came back has been handed over before. A try without an answer counts for no server.
    key = message_key(found.rfc_message_id)
    before = now - timedelta(minutes=1)
    Attempt.objects.create(letter=found, at=before, outcome="lost", message_key=key)
    return found


def path_of(letter: Letter) -> str:
    return ReturnPaths(OURS, return_key()).of(letter.pk, letter.rfc_message_id)


def state() -> str:
    return Subscriber.objects.get(email=ADA).state


def test_an_address_that_is_gone_gets_no_more_and_its_row_says_why(
    letter: Letter, page: Page, now: datetime
) -> None:
    waiting = posted(now, [ADA], about="publication:2")[0]
    assert take_in_mail(now=now, raw=dsn(to=path_of(letter))) is Became.STOPPED
    ada = Subscriber.objects.get(email=ADA)
    assert ada.state == SubscriberState.QUARANTINED
    assert ada.quarantined_because.startswith("5.1.1 550 5.1.1")
    waiting.refresh_from_db()
    assert waiting.state == LetterState.WITHDRAWN
    assert suppressed_addresses(page) == {ADA: "bounced"}
    assert {"audience.quarantine", "audience.suppress"} <= set(
        Entry.objects.values_list("verb", flat=True)
    )


def test_the_same_mail_again_changes_nothing(letter: Letter, now: datetime) -> None:
    raw = dsn(to=path_of(letter), status="4.2.2")
    assert take_in_mail(now=now, raw=raw) is Became.COUNTED
    assert take_in_mail(now=now + timedelta(days=1), raw=raw) is Became.KNOWN
    assert CameBack.objects.count() == 1


def test_nobody_is_taken_off_by_a_forged_report(letter: Letter, now: datetime) -> None:
    tag = path_of(letter)
    signature = tag.partition("-")[2].partition("@")[0]
    other = ("0" if signature[0] != "0" else "1") + signature[1:]
    forged = [
        dsn(to=OURS),
        dsn(to=tag.replace(signature, other)),
        dsn(to=f"bounces+{letter.pk}@larkbridge.example"),
        dsn(to=f"bounces+{letter.pk}-{'0' * 20}@larkbridge.example"),
        dsn(to=tag.replace("larkbridge", "elsewhere")),
        complaint(mailed_from=f"bounces+1-{'f' * 20}@larkbridge.example"),
        dsn(token=letter.fill["token"]),
    ]
    for raw in forged:
        assert take_in_mail(now=now, raw=raw) is Became.NOT_OURS
    assert state() == SubscriberState.ACTIVE


def test_a_return_path_is_of_one_letter_alone(letter: Letter, now: datetime) -> None:
    other = posted(now, ["eve@mail.example"], about="publication:9")[0]
    eves = path_of(other).split("-")[1]
    mixed = path_of(letter).split("-")[0] + "-" + eves
    assert take_in_mail(now=now, raw=dsn(to=mixed)) is Became.NOT_OURS


def test_a_message_id_alone_is_only_a_day_on_which_mail_came_back(
    letter: Letter, now: datetime
) -> None:
    assert take_in_mail(now=now, raw=dsn(letter=letter)) is Became.COUNTED
    assert take_in_mail(now=now, raw=complaint(letter=letter)) is Became.COUNTED
    assert state() == SubscriberState.ACTIVE
    assert set(CameBack.objects.values_list("proven", flat=True)) == {False}


def test_the_letters_own_unsubscribe_address_proves_a_report(letter: Letter, now: datetime) -> None:
    raw = dsn(letter=letter, token="another")
    assert take_in_mail(now=now, raw=raw) is Became.COUNTED
    raw = dsn(letter=letter, token=letter.fill["token"])
    assert take_in_mail(now=now, raw=raw) is Became.STOPPED


def test_mail_that_may_arrive_later_stops_only_after_days(letter: Letter, now: datetime) -> None:
    for day in range(SOFT_DAYS - 1):
        for hour in (0, 1):
            at = now + timedelta(days=2 * day, hours=hour)
            raw = dsn(to=path_of(letter), status="4.2.2", diagnosis=f"smtp; full {at}")
            assert take_in_mail(now=at, raw=raw) is Became.COUNTED
    assert state() == SubscriberState.ACTIVE
    last = dsn(to=path_of(letter), status="4.2.2", diagnosis="smtp; full again")
    assert take_in_mail(now=now + timedelta(days=7), raw=last) is Became.STOPPED
    assert state() == SubscriberState.QUARANTINED


def test_days_that_anybody_could_have_made_up_stop_nothing_alone(
    letter: Letter, now: datetime
) -> None:
    for day in range(SOFT_DAYS + 2):
        at = now + timedelta(days=day)
        raw = dsn(letter=letter, status="4.2.2", diagnosis=f"smtp; full {at}")
        assert take_in_mail(now=at, raw=raw) is Became.COUNTED
    assert state() == SubscriberState.ACTIVE
    proven = dsn(to=path_of(letter), status="4.2.2")
    assert take_in_mail(now=now + timedelta(days=SOFT_DAYS + 2), raw=proven) is Became.STOPPED


def test_days_long_ago_do_not_count(letter: Letter, now: datetime) -> None:
    for day in range(10):
        at = now + timedelta(days=12 * day)
        raw = dsn(to=path_of(letter), status="4.2.2", diagnosis=f"smtp; full {at}")
        assert take_in_mail(now=at, raw=raw) is Became.COUNTED


def test_whoever_reports_us_as_spam_gets_nothing_that_need_not_be_sent(
    letter: Letter, page: Page, now: datetime
) -> None:
    raw = complaint(mailed_from=path_of(letter))
    assert take_in_mail(now=now, raw=raw) is Became.STOPPED
    assert state() == SubscriberState.QUARANTINED
    assert suppressed_addresses(page) == {ADA: "complained"}


def test_a_reader_who_confirms_again_proves_that_the_address_works(
    letter: Letter, page: Page, now: datetime
) -> None:
    take_in_mail(now=now, raw=dsn(to=path_of(letter)))
    later = now + timedelta(days=1)
    subscribe(now=later, page=page, email=ADA)
    mail = Letter.objects.filter(recipient=ADA).latest("pk")
    confirm(now=later, token=mail.fill["confirmation"])
    assert state() == SubscriberState.ACTIVE
    assert suppressed_addresses(page) == {}


def test_a_complaint_stays_although_the_reader_comes_back(
    letter: Letter, page: Page, now: datetime
) -> None:
    take_in_mail(now=now, raw=complaint(mailed_from=path_of(letter)))
    later = now + timedelta(days=1)
    subscribe(now=later, page=page, email=ADA)
    mail = Letter.objects.filter(recipient=ADA).latest("pk")
    confirm(now=later, token=mail.fill["confirmation"])
    assert suppressed_addresses(page) == {ADA: "complained"}


def test_who_is_held_back_by_hand_gets_no_status_mail_until_they_subscribe_again(
    letter: Letter, page: Page, now: datetime
) -> None:
    def hear() -> list[str]:
        found = active_subscribers(page=page, after_id=0, up_to_id=10**9, limit=9)
        return [each.email for each in found]

    assert hear() == [ADA]
    suppress(actor=MACHINE, now=now, page=page, email=ADA, reason="asked")
    assert hear() == []
    assert active_among(page=page, emails=[ADA], hold=True) == {}
    Subscriber.objects.filter(email=ADA).update(confirmed_at=now + timedelta(days=1))
    assert hear() == [ADA]


def test_somebody_on_a_list_that_is_deleted_is_not_named_because_mail_came_back(
    page: Page, now: datetime
) -> None:
    letter = posted(now, [ADA])[0]
    raw = dsn(to=path_of(letter))
    assert take_in_mail(now=now, raw=raw) is Became.STOPPED
    assert CameBack.objects.get().recipient == ADA
    assert not Suppression.objects.exists()
    Letter.objects.update(state=LetterState.SENT, sent_at=now)
    forget_recipients(about=letter.about)
    kept = CameBack.objects.get()
    assert ADA not in kept.recipient + kept.said
    assert take_in_mail(now=now, raw=dsn(to=path_of(letter), status="4.2.2")) is Became.NOT_OURS


def test_away_notes_change_nothing(letter: Letter, now: datetime) -> None:
    assert take_in_mail(now=now, raw=AWAY, sent_to=(path_of(letter),)) is Became.NO_REPORT


def test_the_worker_reads_its_maildir_and_leaves_the_mails_there(
    letter: Letter, now: datetime, tmp_path: Path
) -> None:
    for each in ("new", "cur"):
        (tmp_path / each).mkdir()
    (tmp_path / "new" / "1").write_bytes(dsn(to=path_of(letter)))
    (tmp_path / "new" / "2").write_bytes(AWAY)
    assert read_maildir(now=now, folder=tmp_path) == {Became.STOPPED: 1, Became.NO_REPORT: 1}
    assert len(list((tmp_path / "cur").iterdir())) == 2
    assert state() == SubscriberState.QUARANTINED
    assert Suppression.objects.count() == 1


def refused(letter: Letter, now: datetime, answer: str, code: int = 550) -> None:
    (claimed,) = [
        each for each in claim(now=now, limit=9, lease_seconds=60) if each.pk == letter.pk
    ]
    record_results(
        results=[Result(letter.pk, claimed.lease_until, Outcome.REFUSED, now, code, answer)]
    )


def answered(now: datetime, outcome: Outcome, recipients: list[str], about: str = "x") -> None:
    """Let a server answer letters to these in turn, those it refuses as to somebody unknown."""
    wanted = {each.pk for each in posted(now, recipients, about=about)}
    code, said = (250, "kept") if outcome is Outcome.ACCEPTED else (550, "5.1.1 user unknown")
    held = claim(now=now, limit=99, lease_seconds=60)
    record_results(
        results=[
            Result(each.pk, each.lease_until, outcome, now, code, said)
            for each in held
            if each.pk in wanted
        ]
    )
    release(letters=[each for each in held if each.pk not in wanted], at=now)


def test_whoever_alone_was_written_to_is_not_taken_off_until_others_got_their_letters(
    letter: Letter, now: datetime
) -> None:
    refused(letter, now, "5.1.1 user unknown")
    assert stop_refused(now=now + timedelta(minutes=5)) == 0
    assert state() == SubscriberState.ACTIVE
    at = now + timedelta(minutes=10)
    answered(at, Outcome.ACCEPTED, ["bob@mail.example"])
    assert stop_refused(now=at) == 0
    refused(letter, at, "5.1.1 user unknown")
    assert stop_refused(now=at) == 1
    assert state() == SubscriberState.QUARANTINED


def test_what_never_becomes_plain_is_forgotten_after_a_day(letter: Letter, now: datetime) -> None:
    answered(now, Outcome.ACCEPTED, ["kim@mail.example"], about="kept")
    answered(now, Outcome.REFUSED, ["g1@mail.example", "g2@mail.example"], about="gone")
    refused(letter, now, "5.1.1 user unknown")
    assert stop_refused(now=now + timedelta(days=1, minutes=1)) == 0
    answered(now + timedelta(days=2), Outcome.ACCEPTED, ["bob@mail.example"])
    assert stop_refused(now=now + timedelta(days=2)) == 0
    handled = CameBack.objects.get(recipient=ADA).handled
    assert (state(), handled) == (SubscriberState.ACTIVE, True)


@pytest.mark.parametrize(("others_gone", "stopped"), [(2, 3), (3, 0)])
def test_nobody_is_taken_off_when_more_than_a_third_are_said_to_be_gone(
    letter: Letter, now: datetime, others_gone: int, stopped: int
) -> None:
    answered(now, Outcome.ACCEPTED, [f"reader{n}@mail.example" for n in range(6)], about="kept")
    gone = [f"gone{n}@mail.example" for n in range(others_gone)]
    answered(now, Outcome.REFUSED, gone, about="gone")
    refused(letter, now, "5.1.1 user unknown")
    assert stop_refused(now=now) == stopped
    assert (state() == SubscriberState.QUARANTINED) is bool(stopped)


def test_an_address_that_a_server_says_is_gone_to_our_face_gets_no_more(
    page: Page, letter: Letter, now: datetime
) -> None:
    answered(now, Outcome.ACCEPTED, ["bob@mail.example"])
    refused(letter, now, "5.1.1 <ada@mail.example>: user unknown")
    assert CameBack.objects.get().proven
    assert (stop_refused(now=now), stop_refused(now=now)) == (1, 0)
    reader = Subscriber.objects.get(email=ADA)
    assert (reader.state, "5.1.1" in reader.quarantined_because) == ("quarantined", True)
    assert suppressed_addresses(page) == {ADA: "bounced"}
    assert Entry.objects.filter(verb="audience.quarantine").exists()
    # Who comes back is not taken off again for what is over.
    later = now + timedelta(hours=1)
    confirm(now=later, token=confirmation_of(reader.token, later))
    stop_refused(now=later)
    assert Subscriber.objects.get(email=ADA).state == "active"


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (554, "5.7.1 Message refused as spam"),
        (552, "5.3.4 Message too big"),
        (550, "No thanks"),
        (None, "5.1.1 said by nobody"),
    ],
)
def test_a_refusal_that_is_not_about_the_address_takes_nobody_off(
    page: Page, letter: Letter, now: datetime, code: int, answer: str
) -> None:
    answered(now, Outcome.ACCEPTED, ["bob@mail.example"])
    refused(letter, now, answer, code)
    assert Letter.objects.get(pk=letter.pk).state == "failed"
    assert stop_refused(now=now) == 0
    assert Subscriber.objects.get(email=ADA).state == "active"
