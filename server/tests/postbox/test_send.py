"""Sending through a real SMTP connection, to servers that do not always do what they should."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from afterword.postbox import dispatch, hands
from afterword.postbox.actions import withdraw
from afterword.postbox.dispatch import Dispatcher
from afterword.postbox.dkim import SigningKey, public_record
from afterword.postbox.finishing import Finish
from afterword.postbox.journal import Journal
from afterword.postbox.models import Attempt, Letter, LetterState, Stream
from afterword.postbox.providers import PROVIDERS, Provider
from afterword.postbox.queries import counts_about
from afterword.postbox.relay import Relay, Timeouts
from afterword.postbox.return_path import ReturnPaths, is_of, mark_of, return_key, tag_of
from afterword.postbox.states import MOST_ATTEMPTS
from postbox.dkim_reader import NEW_KEY, holds
from postbox.letters import a_message, people, posted
from postbox.sink import Sink

pytestmark = pytest.mark.django_db
QUICK = Timeouts(connect=0.5, command=0.5, filing=0.5)
ADA, BOB, EVE = "ada@mail.example", "bob@mail.example", "eve@mail.example"


@pytest.fixture
def dispatcher(sink: Sink, tmp_path: Path) -> Iterator[Dispatcher]:
    with Journal(tmp_path / "journal") as journal:
        relay = Relay(sink.settings, our_name="status.larkbridge.example", timeouts=QUICK)
        sender = Dispatcher(relay=relay, worker="test", journal=journal)
        yield sender
        sender.close()


def state_of(recipient: str) -> str:
    return Letter.objects.get(recipient=recipient).state


def test_letters_arrive_once_over_one_connection(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now, people(60))
    assert dispatcher.send_due(now=now, limit=50).accepted == 50
    assert dispatcher.send_due(now=now, limit=50).accepted == 10
    assert dispatcher.send_due(now=now, limit=50).tried == 0
    assert sink.recipients == dict.fromkeys(people(60), 1)
    assert sink.connections == 1
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}


def test_posting_the_same_mailing_again_makes_no_second_letter(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    first = posted(now, [ADA])
    dispatcher.send_due(now=now, limit=50)
    again = posted(now + timedelta(hours=1), [ADA])
    dispatcher.send_due(now=now + timedelta(hours=2), limit=50)
    assert [each.pk for each in first] == [each.pk for each in again]
    assert sink.recipients == {ADA: 1}


def test_the_message_id_follows_from_what_and_to_whom(now: datetime) -> None:
    (first,) = posted(now, [ADA])
    first_id = first.rfc_message_id
    Letter.objects.all().delete()
    (again,) = posted(now, [ADA])
    (other,) = posted(now, [BOB])
    assert again.rfc_message_id == first_id != other.rfc_message_id


def test_a_busy_server_is_asked_again_later_and_every_answer_is_kept(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now, [ADA, BOB])
    sink.at_rcpt[ADA] = ["451 4.2.1 mailbox busy"]
    sent = dispatcher.send_due(now=now, limit=50)
    assert (sent.accepted, sent.deferred) == (1, 1)
    letter = Letter.objects.get(recipient=ADA)
    assert (letter.state, letter.attempts) == (LetterState.WAITING, 1)
    assert timedelta(seconds=55) < letter.next_at - now < timedelta(seconds=80)
    assert dispatcher.send_due(now=now + timedelta(seconds=30), limit=50).tried == 0
    assert dispatcher.send_due(now=now + timedelta(minutes=2), limit=50).accepted == 1
    tries = Attempt.objects.filter(letter=letter)
    assert [(each.outcome, each.code) for each in tries] == [("deferred", 451), ("accepted", 250)]
    assert tries[0].answer == "4.2.1 mailbox busy"
    assert sink.recipients == {ADA: 1, BOB: 1}


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_a_refused_recipient_is_given_up_and_the_others_are_served(
    dispatcher: Dispatcher, sink: Sink, now: datetime, stage: str
) -> None:
    posted(now, [ADA, BOB, EVE])
    getattr(sink, stage)[BOB] = ["550 5.1.1 no such mailbox"]
    sent = dispatcher.send_due(now=now, limit=50)
    assert (sent.accepted, sent.refused) == (2, 1)
    letter = Letter.objects.get(recipient=BOB)
    assert (letter.state, letter.last_answer) == (LetterState.FAILED, "5.1.1 no such mailbox")
    assert dispatcher.send_due(now=now + timedelta(days=1), limit=50).tried == 0
    assert sink.connections == 1


def test_a_letter_that_is_never_taken_is_given_up_in_the_end(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now, [ADA])
    sink.at_rcpt[ADA] = ["451 later"] * (MOST_ATTEMPTS + 5)
    moment = now
    while Letter.objects.get().state == LetterState.WAITING:
        moment = Letter.objects.get().next_at
        dispatcher.send_due(now=moment, limit=50)
    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == (LetterState.FAILED, MOST_ATTEMPTS)
    assert timedelta(hours=10) < moment - now < timedelta(days=2)


def test_a_connection_dropped_in_the_middle_costs_one_letter_a_retry(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now, [ADA, BOB, EVE])
    sink.drop_at_data = {BOB}
    sent = dispatcher.send_due(now=now, limit=50)
    assert (sent.accepted, sent.lost) == (2, 1)
    assert dispatcher.send_due(now=now + timedelta(minutes=5), limit=50).accepted == 1
    assert sink.recipients == {ADA: 1, BOB: 1, EVE: 1}


def test_a_server_that_closes_idle_connections_is_simply_called_again(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now, [ADA], about="one")
    dispatcher.send_due(now=now, limit=50)
    sink.hang_up()
    dispatcher._relays[0]._used_at -= 10
    posted(now, [BOB], about="two")
    assert dispatcher.send_due(now=now, limit=50).accepted == 1
    assert Attempt.objects.filter(outcome="lost").count() == 0
    assert sink.connections == 2


def test_a_server_that_hangs_holds_up_nobody_for_long(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    import time

    posted(now, [ADA])
    sink.before_answer = lambda count: time.sleep(1.5) if count == 1 else None
    sent = dispatcher.send_due(now=now, limit=50)
    assert sent.lost == 1
    assert state_of(ADA) == LetterState.WAITING


def test_with_the_server_away_letters_wait_unharmed(now: datetime, tmp_path: Path) -> None:
    posted(now, people(5))
    nowhere = {"host": "127.0.0.1", "port": 1, "username": "", "password": ""}
    with Journal(tmp_path / "journal") as journal:
        away = Dispatcher(
            relay=Relay(nowhere, our_name="x.example"), worker="test", journal=journal
        )
        sent = away.send_due(now=now, limit=50)
    assert (sent.tried, sent.released) == (0, 5)
    assert "127.0.0.1:1" in sent.stopped
    for letter in Letter.objects.all():
        assert (letter.state, letter.attempts) == (LetterState.WAITING, 0)
        assert "AFTERWORD_SMTP_URL" in letter.last_answer
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize("answer", ["550 5.7.1 sender not allowed", "451 4.7.0 try later"])
def test_a_server_that_refuses_our_sender_costs_no_recipient_their_letter(
    dispatcher: Dispatcher, sink: Sink, now: datetime, answer: str
) -> None:
    posted(now, people(3))
    sink.at_mail = [answer]
    sent = dispatcher.send_due(now=now, limit=50)
    assert "AFTERWORD_MAIL_FROM" in sent.stopped
    assert (sent.tried, sent.released) == (0, 3)
    assert set(Letter.objects.values_list("attempts", flat=True)) == {0}
    assert dispatcher.send_due(now=now + timedelta(minutes=5), limit=50).accepted == 3


def test_a_letter_that_cannot_be_built_does_not_hold_up_the_others(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now, [ADA, BOB])
    Letter.objects.filter(recipient=ADA).update(fill={"token": "not a token"})
    sent = dispatcher.send_due(now=now, limit=50)
    assert (sent.accepted, sent.refused) == (1, 1)
    assert state_of(ADA) == LetterState.FAILED


def test_who_leaves_gets_nothing_that_was_still_waiting(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now, [ADA, BOB])
    notice = a_message(now, key="notice", stream=Stream.NOTICE, unsubscribe_url="")
    posted(now, [ADA], about="notice", message=notice)
    assert withdraw(recipient=ADA, streams=(Stream.STATUS,), reason="left") == 1
    dispatcher.send_due(now=now, limit=50)
    # The notice is owed whether or not they subscribe.
    assert sink.recipients == {ADA: 1, BOB: 1}
    assert Letter.objects.get(recipient=ADA, about="notice").state == LetterState.SENT


def test_who_leaves_while_a_batch_is_being_sent_is_taken_out_of_it(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now, people(50))
    last = people(50)[-1]

    def leave() -> bool:
        if len(sink.kept) == 10:
            withdraw(recipient=last, streams=(Stream.STATUS,), reason="left")
        return False

    sent = dispatcher.send_due(now=now, limit=50, should_stop=leave)
    assert (sent.accepted, sent.released) == (49, 1)
    assert last not in sink.recipients
    assert state_of(last) == LetterState.WITHDRAWN


def test_a_database_that_fails_in_the_middle_costs_no_result(
    dispatcher: Dispatcher, sink: Sink, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispatcher.send_due(now=now, limit=50)
    posted(now, people(40))

    def fail(**_: object) -> None:
        raise OperationalError("the database went away")

    with monkeypatch.context() as broken:
        broken.setattr(dispatch, "record_results", fail)
        with pytest.raises(OperationalError):
            dispatcher.send_due(now=now, limit=50)
    assert len(sink.kept) == 25
    assert Letter.objects.filter(state=LetterState.CLAIMED).count() == 40
    # Long before the lease of ten minutes runs out.
    assert dispatcher.send_due(now=now + timedelta(seconds=5), limit=50).accepted == 15
    assert sink.recipients == dict.fromkeys(people(40), 1)


def test_old_letters_of_a_restored_backup_are_not_sent(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now - timedelta(days=4), [ADA], about="old")
    posted(now, [BOB], about="new")
    dispatcher.send_due(now=now, limit=50)
    assert sink.recipients == {BOB: 1}
    old = Letter.objects.get(recipient=ADA)
    assert old.state == LetterState.WITHDRAWN
    assert "3 days" in old.last_answer


def test_a_stop_gives_back_what_was_not_tried(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    posted(now, people(10))
    sent = dispatcher.send_due(now=now, limit=50, should_stop=lambda: len(sink.kept) >= 4)
    assert (sent.accepted, sent.released) == (4, 6)
    assert Letter.objects.filter(state=LetterState.CLAIMED).count() == 0
    assert dispatcher.send_due(now=now, limit=50).accepted == 6


def test_a_machine_that_slept_gives_back_what_it_had_not_begun(
    dispatcher: Dispatcher, sink: Sink, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Meanwhile the leases ran out: whoever else is awake may have begun with the letters."""
    posted(now, people(50))
    monkeypatch.setattr(hands, "seconds_up", lambda: 3600.0 if len(sink.kept) >= 10 else 1.0)
    sent = dispatcher.send_due(now=now, limit=50)
    assert 10 <= sent.accepted < 50
    assert sent.accepted + sent.released == 50


def test_every_letter_keeps_the_time_and_the_answer_of_its_own_try(
    dispatcher: Dispatcher, sink: Sink, now: datetime
) -> None:
    everybody = people(30)
    letters = posted(now, everybody)
    for number, recipient in enumerate(everybody):
        sink.at_data[recipient] = [f"250 2.0.0 queued as {number:04X}"]
    assert dispatcher.send_due(now=now, limit=50).accepted == 30
    for number, letter in enumerate(letters):
        letter.refresh_from_db()
        (own,) = Attempt.objects.filter(letter=letter)
        assert letter.last_answer == own.answer == f"2.0.0 queued as {number:04X}"
        assert letter.sent_at == own.at
    assert len({each.sent_at for each in letters}) > 25


def test_letters_are_counted_by_state_with_one_row_per_state(now: datetime) -> None:
    posted(now, people(3))
    Letter.objects.filter(recipient=people(1)[0]).update(state=LetterState.WITHDRAWN)
    with CaptureQueriesContext(connection) as queries:
        found = counts_about("publication:1")
    none = dict.fromkeys(LetterState.values, 0)
    assert found == none | {"waiting": 2, "withdrawn": 1}
    assert "GROUP BY" in queries.captured_queries[0]["sql"]


def test_each_letter_has_a_signed_return_path_of_its_own(
    sink: Sink, tmp_path: Path, now: datetime
) -> None:
    ours = "bounces@larkbridge.example"
    letters = posted(now, [ADA, BOB])
    ends = Finish(return_to=ours, return_key=return_key())
    with Journal(tmp_path / "journal") as journal:
        relay = Relay(sink.settings, our_name="status.larkbridge.example", timeouts=QUICK)
        sender = Dispatcher(relay=relay, worker="test", journal=journal, finish=ends)
        sender.send_due(now=now, limit=50)
        sender.close()
    paths = ReturnPaths(ours, return_key())
    tags = {each.recipient: paths.tag_in(each.sender) for each in sink.kept}
    for letter in letters:
        tag = tags[letter.recipient]
        assert tag is not None
        assert tag.letter_id == letter.pk
        assert is_of(tag, letter.rfc_message_id)
    assert all(len(each.sender.partition("@")[0]) <= 64 for each in sink.kept)


@pytest.mark.parametrize("provider", PROVIDERS.values(), ids=list(PROVIDERS))
def test_each_letter_carries_what_its_provider_repeats_of_it_and_no_other(
    sink: Sink, tmp_path: Path, now: datetime, provider: Provider
) -> None:
    letters = posted(now, [ADA, BOB])
    key = SigningKey("larkbridge.example", "mail", NEW_KEY)
    ends = Finish(return_key=return_key(), dkim=key, header=provider.header)
    with Journal(tmp_path / "journal") as journal:
        relay = Relay(sink.settings, our_name="status.larkbridge.example", timeouts=QUICK)
        sender = Dispatcher(relay=relay, worker="test", journal=journal, finish=ends)
        sender.send_due(now=now, limit=50)
        sender.close()
    theirs = {each.header.partition(":")[0] for each in PROVIDERS.values()} - {""}
    for letter in letters:
        (kept,) = [each for each in sink.kept if each.recipient == letter.recipient]
        assert holds(kept.raw, public_record(NEW_KEY))
        found = {name: kept.mail.get_all(name) for name in theirs if name in kept.mail}
        name, _, value = provider.header.partition(": ")
        if not name:
            assert not found
            continue
        mark = mark_of(return_key(), letter.pk, letter.rfc_message_id)
        assert found == {name: [value % mark]}
        assert value == "%s" or "afterword" in str(json.loads(value % mark))
        tag = tag_of(mark)
        assert tag is not None
        assert (tag.letter_id, is_of(tag, letter.rfc_message_id)) == (letter.pk, True)


def test_signed_letters_arrive_with_a_signature_that_holds(
    sink: Sink, tmp_path: Path, now: datetime
) -> None:
    posted(now, [ADA, BOB])
    ends = Finish(dkim=SigningKey("larkbridge.example", "mail", NEW_KEY))
    with Journal(tmp_path / "journal") as journal:
        relay = Relay(sink.settings, our_name="status.larkbridge.example", timeouts=QUICK)
        sender = Dispatcher(relay=relay, worker="test", journal=journal, finish=ends)
        sender.send_due(now=now, limit=50)
        sender.close()
    assert len(sink.kept) == 2
    for each in sink.kept:
        assert holds(each.raw, public_record(NEW_KEY))
