"""A database restored from a backup sends nothing a second time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from afterword.postbox.dispatch import Dispatcher
from afterword.postbox.journal import Journal
from afterword.postbox.models import Attempt, Letter, LetterState, Stream
from afterword.postbox.relay import Relay
from afterword.postbox.sent_log import SentLog
from postbox.letters import a_message, people, posted
from postbox.piped import Piped, running_piped

pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> Iterator[Piped]:
    with running_piped() as running:
        yield running


def send(server: Piped, folder: Path, now: datetime, connections: int = 2) -> int:
    """Start a sender over the folder, send all that is due, and return how many letters left."""
    with Journal(folder / "journal") as journal:
        relay = Relay(server.settings, our_name="status.larkbridge.example")
        sender = Dispatcher(
            relay=relay, worker="test", journal=journal, connections=connections,
            log_of_sent=SentLog(folder / "sent"),
        )  # fmt: skip
        try:
            return sender.send_due(now=now, limit=1000).accepted
        finally:
            sender.close()


def set_back() -> None:
    """Make the outbox what it was before anything was sent."""
    Attempt.objects.all().delete()
    Letter.objects.update(
        state=LetterState.WAITING, sent_at=None, attempts=0, lease_until=None, last_answer=""
    )


def test_letters_that_left_after_the_backup_do_not_leave_again(
    server: Piped, tmp_path: Path, now: datetime
) -> None:
    posted(now, people(30))
    assert send(server, tmp_path, now) == 30
    set_back()
    posted(now, ["new@mail.example"], about="publication:2")
    assert send(server, tmp_path, now + timedelta(hours=20)) == 1
    assert set(server.accepted.values()) == {1}
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}
    assert Letter.objects.filter(last_answer__contains="set back").count() == 30


def test_notices_that_had_to_wait_for_weeks_leave_and_after_a_restore_do_not_leave_again(
    server: Piped, tmp_path: Path, now: datetime
) -> None:
    notice = a_message(now, stream=Stream.NOTICE, unsubscribe_url="")
    posted(now, people(3), message=notice)
    posted(now, ["news@mail.example"], about="publication:2", message=a_message(now, key="news"))
    assert send(server, tmp_path, now + timedelta(days=4)) == 3
    assert Letter.objects.get(recipient="news@mail.example").state == LetterState.WITHDRAWN
    set_back()
    assert send(server, tmp_path, now + timedelta(days=29)) == 0
    assert set(server.accepted.values()) == {1}


def test_notices_that_are_older_than_the_log_of_what_left_do_not_leave(
    server: Piped, tmp_path: Path, now: datetime
) -> None:
    posted(now, people(3), message=a_message(now, stream=Stream.NOTICE, unsubscribe_url=""))
    assert send(server, tmp_path, now + timedelta(days=31)) == 0
    assert "30 days" in Letter.objects.values_list("last_answer", flat=True)[0]


def test_letters_that_are_written_anew_after_the_backup_do_not_leave_again(
    server: Piped, tmp_path: Path, now: datetime
) -> None:
    """The backup was made between publishing and writing the letters."""
    posted(now, people(25))
    assert send(server, tmp_path, now) == 25
    Letter.objects.all().delete()
    send(server, tmp_path, now)
    posted(now + timedelta(hours=1), [*people(25), "new@mail.example"])
    assert send(server, tmp_path, now + timedelta(hours=1)) == 1
    assert (len(server.accepted), set(server.accepted.values())) == (26, {1})


def test_a_backup_laid_over_the_folder_leaves_the_newer_files_in_place(
    server: Piped, tmp_path: Path, now: datetime
) -> None:
    posted(now, people(5), about="publication:1")
    send(server, tmp_path, now)
    kept = {path: path.read_bytes() for path in SentLog(tmp_path / "sent").files()}
    posted(now, people(7), about="publication:2")
    send(server, tmp_path, now + timedelta(hours=1))
    for path, content in kept.items():
        path.write_bytes(content)
    set_back()
    assert send(server, tmp_path, now + timedelta(hours=2)) == 0
    assert set(server.accepted.values()) == {1}


def test_results_in_the_journal_are_not_given_to_a_letter_with_the_same_number(
    server: Piped, tmp_path: Path, now: datetime
) -> None:
    """After a restore numbers are handed out again; the letter that has one now is another."""
    (old,) = posted(now, ["old@mail.example"])
    send(server, tmp_path, now)
    lease = now + timedelta(minutes=10)
    (tmp_path / "journal").write_text(
        f'[{old.pk}, "{lease.isoformat()}", "accepted", "{now.isoformat()}", 250, "kept", '
        f'"{old.rfc_message_id}"]\n'
    )
    Letter.objects.all().delete()
    (new,) = posted(now, ["new@mail.example"], about="publication:2")
    Letter.objects.filter(pk=new.pk).update(id=old.pk)
    assert send(server, tmp_path, now) == 1
    assert Letter.objects.get().recipient == "new@mail.example"


def test_the_log_forgets_what_is_too_old_to_be_sent_anyway(tmp_path: Path, now: datetime) -> None:
    log = SentLog(tmp_path / "sent")
    log.note(["<one@larkbridge.example>"], now)
    log.close()
    log.note(["<two@larkbridge.example>"], now + timedelta(days=31))
    log.close()
    log.forget(now + timedelta(days=31, hours=1))
    (left,) = log.files()
    assert left.read_text() == "<two@larkbridge.example>\n"
