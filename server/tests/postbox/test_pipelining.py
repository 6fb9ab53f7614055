"""Envelopes sent ahead, over several connections, to servers that answer well, badly or never.

Each test holds for threads of the sender's own and for a process that talks in its place.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from afterword.postbox import dispatch
from afterword.postbox.dispatch import MOST_LOST, Dispatcher, Sent
from afterword.postbox.journal import Journal
from afterword.postbox.models import Attempt, Letter, LetterState
from afterword.postbox.queries import counts_about
from afterword.postbox.relay import Relay, Timeouts
from postbox.letters import a_message, people, posted
from postbox.piped import USUAL, Piped, Said, running_piped

pytestmark = pytest.mark.django_db
QUICK = Timeouts(connect=1, command=1, filing=1)
HERE, APART = sys.maxsize, 1


@pytest.fixture(params=[HERE, APART], ids=["here", "apart"], autouse=True)
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "WORTH_A_PROCESS", request.param)


@contextmanager
def sending_to(server: Piped, tmp_path: Path, connections: int = 1) -> Iterator[Dispatcher]:
    with running_piped(server), Journal(tmp_path / "journal") as journal:
        relay = Relay(server.settings, our_name="status.larkbridge.example", timeouts=QUICK)
        sender = Dispatcher(relay=relay, worker="test", journal=journal, connections=connections)
        try:
            yield sender
        finally:
            sender.close()


def until_done(sender: Dispatcher, now: datetime) -> list[Sent]:
    """Send at the times the letters are due until none waits any more."""
    rounds = []
    moment = now
    while waiting := Letter.objects.filter(state=LetterState.WAITING).order_by("next_at").first():
        moment = max(moment, waiting.next_at) + timedelta(seconds=1)
        rounds.append(sender.send_due(now=moment, limit=500))
        assert len(rounds) < 60, "the letters do not come to an end"
    return rounds


@pytest.mark.parametrize("connections", [1, 4])
def test_every_letter_arrives_once_over_the_connections_asked_for(
    now: datetime, tmp_path: Path, connections: int
) -> None:
    server = Piped()
    posted(now, people(120))
    with sending_to(server, tmp_path, connections) as sender:
        assert sender.send_due(now=now, limit=100).accepted == 100
        assert sender.send_due(now=now, limit=100).accepted == 20
    assert set(server.accepted.values()) == {1}
    assert len(server.accepted) == 120
    assert server.connections == connections
    assert Attempt.objects.filter(outcome="accepted", code=250).count() == 120


def test_a_line_that_begins_with_a_dot_arrives_as_it_was_written(
    now: datetime, tmp_path: Path
) -> None:
    server = Piped()
    message = a_message(now, text=".hidden\n..twice\n", html="", unsubscribe_url="")
    posted(now, people(1), message=message)
    with sending_to(server, tmp_path) as sender:
        sender.send_due(now=now, limit=10)
    assert b"\r\n..hidden\r\n...twice" in server.bodies[people(1)[0]]


def test_every_tenth_refused_is_given_up_and_no_other_is_touched(
    now: datetime, tmp_path: Path
) -> None:
    refused = set(people(100)[::10])

    def answer(verb: str, recipient: str, count: int) -> Said:
        if recipient not in refused:
            return USUAL[verb]
        # Half at the address, with DATA let through or not, half at the mail itself.
        number = int(recipient.partition("@")[0].removeprefix("reader"))
        if number % 20 == 0:
            return b"550 5.1.1 nobody here\r\n" if verb == "RCPT" else USUAL[verb]
        if number % 30 == 0 and verb in {"RCPT", "DATA"}:
            return b"550 5.1.1 nobody here\r\n"
        return b"554 5.7.1 not this\r\n" if verb == "body" else USUAL[verb]

    server = Piped(answer=answer)
    posted(now, people(100))
    with sending_to(server, tmp_path, 3) as sender:
        sent = sender.send_due(now=now, limit=500)
    assert (sent.accepted, sent.refused, sent.lost) == (90, 10, 0)
    assert server.connections == 3
    assert set(server.accepted.values()) == {1}
    failed = set(
        Letter.objects.filter(state=LetterState.FAILED).values_list("recipient", flat=True)
    )
    assert failed == refused


def test_greylisting_costs_everybody_a_wait_and_nobody_the_letter(
    now: datetime, tmp_path: Path
) -> None:
    known: set[str] = set()

    def answer(verb: str, recipient: str, count: int) -> Said:
        if verb == "RCPT" and recipient not in known:
            known.add(recipient)
            return b"451 4.7.1 greylisted, try again\r\n"
        return b"503 no recipients\r\n" if verb == "DATA" and not recipient else USUAL[verb]

    server = Piped(answer=answer)
    posted(now, people(40))
    with sending_to(server, tmp_path, 2) as sender:
        assert sender.send_due(now=now, limit=500).deferred == 40
        until_done(sender, now)
    assert (len(server.accepted), set(server.accepted.values())) == (40, {1})
    assert counts_about("publication:1")["sent"] == 40


def test_a_server_that_hangs_up_in_the_middle_of_mails_loses_none_and_gets_none_twice(
    now: datetime, tmp_path: Path
) -> None:
    dropped: set[str] = set()

    def answer(verb: str, recipient: str, count: int) -> Said:
        if verb == "body" and recipient not in dropped and len(dropped) < 5 and count % 7 == 3:
            dropped.add(recipient)
            return None
        return USUAL[verb]

    server = Piped(answer=answer)
    posted(now, people(60))
    with sending_to(server, tmp_path, 2) as sender:
        until_done(sender, now)
    assert len(dropped) == 5
    assert (len(server.accepted), set(server.accepted.values())) == (60, {1})
    assert Attempt.objects.filter(outcome="lost").count() == 5


def test_a_server_that_stalls_costs_the_mail_in_hand_a_retry(now: datetime, tmp_path: Path) -> None:
    stalled: list[str] = []

    def answer(verb: str, recipient: str, count: int) -> Said:
        if verb == "body" and count == 5 and not stalled:
            stalled.append(recipient)
            return 2.5
        return USUAL[verb]

    server = Piped(answer=answer)
    posted(now, people(12))
    with sending_to(server, tmp_path) as sender:
        until_done(sender, now)
    assert counts_about("publication:1")["sent"] == 12
    # It took the mail after we had stopped waiting: no definite answer, so it came again.
    assert sum(server.accepted.values()) - 12 <= 1
    assert Attempt.objects.filter(outcome="lost").count() == 1


def test_a_server_that_ends_long_conversations_is_called_again(
    now: datetime, tmp_path: Path
) -> None:
    def answer(verb: str, recipient: str, count: int) -> Said:
        if verb == "MAIL" and count and count % 10 == 0 and count not in ended:
            ended.add(count)
            return b"421 4.7.0 enough for one conversation\r\n"
        return USUAL[verb]

    ended: set[int] = set()
    server = Piped(answer=answer)
    posted(now, people(35))
    with sending_to(server, tmp_path) as sender:
        sent = sender.send_due(now=now, limit=500)
    assert (sent.accepted, sent.stopped) == (35, "")
    assert (set(server.accepted.values()), server.connections) == ({1}, 4)
    assert Attempt.objects.count() == 35


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("RCPT", b"250 fine\r\n250 and again\r\n"),
        ("MAIL", b"354 go on\r\n"),
        ("RCPT", b"this is no SMTP\r\n"),
        ("MAIL", b"250-" + b"x" * 9000),
    ],
)
def test_a_server_that_answers_out_of_step_is_asked_one_thing_at_a_time(
    now: datetime, tmp_path: Path, verb: str, words: bytes
) -> None:
    confused: list[int] = []

    def answer(asked: str, recipient: str, count: int) -> Said:
        if asked == verb and count == 4 and not confused:
            confused.append(count)
            return words
        return USUAL[asked]

    server = Piped(answer=answer)
    posted(now, people(10))
    with sending_to(server, tmp_path) as sender:
        until_done(sender, now)
    assert confused
    assert (len(server.accepted), set(server.accepted.values())) == (10, {1})


def test_a_server_without_pipelining_gets_the_same_letters(now: datetime, tmp_path: Path) -> None:
    server = Piped(pipelining=False)
    posted(now, people(30))
    with sending_to(server, tmp_path, 3) as sender:
        assert sender.send_due(now=now, limit=500).accepted == 30
    assert (len(server.accepted), set(server.accepted.values())) == (30, {1})


def test_the_next_envelope_is_there_before_the_answer_to_the_mail_before(
    now: datetime, tmp_path: Path
) -> None:
    server = Piped(looks_ahead=True)
    posted(now, people(6))

    def answer(verb: str, recipient: str, count: int) -> Said:
        server.looks_ahead = count < 4
        return USUAL[verb]

    server.answer = answer
    with sending_to(server, tmp_path) as sender:
        assert sender.send_due(now=now, limit=500).accepted == 6
    assert server.ahead >= 4


def test_a_server_that_takes_letters_without_an_answer_is_given_no_more_of_them(
    now: datetime, tmp_path: Path
) -> None:
    """Nobody knows of such a letter whether it arrived: it must not become a hundred of them."""
    server = Piped(answer=lambda verb, recipient, count: None if verb == "body" else USUAL[verb])
    posted(now, people(60))
    with sending_to(server, tmp_path, 3) as sender:
        sent = sender.send_due(now=now, limit=500)
    # Each of the three connections may have one in the air and one in hand by then.
    assert MOST_LOST <= sent.lost <= MOST_LOST + 6
    assert sent.lost + sent.released == 60
    assert "look at the mail server" in sent.stopped
    untried = Letter.objects.filter(attempts=0)
    assert untried.count() == sent.released
    assert all("Sending rests" in each.last_answer for each in untried)
