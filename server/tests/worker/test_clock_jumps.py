"""The clock is set in mid-run: no letter leaves twice, and none waits for the old time."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from afterword.fanout.actions import expand_due
from afterword.postbox.actions import date_back
from afterword.postbox.models import Letter, LetterState
from afterword.worker import loop
from afterword.worker.loop import Worker
from fanout.published import a_page, publish, subscribed
from postbox.letters import people, posted
from postbox.sink import Sink, running_sink

pytestmark = pytest.mark.django_db
READERS = 30


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as running:
        yield running


@pytest.fixture
def half_sent(
    now: datetime, sink: Sink, tmp_path: Path, site_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The folder of a worker that has sent ten of thirty letters."""
    monkeypatch.setattr(loop, "LETTERS_AT_A_TIME", 10)
    page = a_page(now - timedelta(days=2))
    subscribed(page, now - timedelta(days=1), *people(READERS))
    Letter.objects.all().delete()
    publish(page, now)
    round_of(tmp_path, sink, now)
    assert len(sink.kept) == 10
    return tmp_path


def round_of(folder: Path, sink: Sink, now: datetime) -> None:
    with closing(Worker(data_dir=folder, smtp=sink.settings)) as worker:
        assert worker.run_once(now).failed == ()


@pytest.mark.parametrize(
    "jumps",
    [
        (timedelta(days=1), timedelta(days=1)),
        (-timedelta(hours=1), -timedelta(hours=1)),
        (timedelta(days=1), timedelta(0)),
        (-timedelta(hours=1), timedelta(days=1)),
    ],
    ids=["a day ahead", "an hour back", "a day ahead and put right", "back and ahead"],
)
def test_the_rest_of_a_run_leaves_once_and_at_once(
    half_sent: Path, sink: Sink, now: datetime, jumps: tuple[timedelta, ...]
) -> None:
    for jump in jumps:
        round_of(half_sent, sink, now + jump)
    assert len(sink.kept) == READERS
    assert set(sink.recipients.values()) == {1}
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}


def test_what_was_claimed_before_the_clock_was_put_back_does_not_leave_twice(
    half_sent: Path, sink: Sink, now: datetime
) -> None:
    """Written when the clock was a day ahead, refused for now, tried again when it is right."""
    ahead = now + timedelta(days=1)
    sink.at_rcpt["reader20@mail.example"] = ["450 4.2.0 later"]
    round_of(half_sent, sink, ahead)
    round_of(half_sent, sink, ahead)
    assert len(sink.kept) == READERS - 1
    for minutes in range(0, 60, 10):
        round_of(half_sent, sink, now + timedelta(minutes=minutes))
    assert sink.recipients == dict.fromkeys(people(READERS), 1)


def test_letters_from_the_future_keep_what_they_had_to_wait_for(now: datetime) -> None:
    ahead = now + timedelta(hours=1)
    posted(ahead, people(5))
    waits = timedelta(minutes=10)
    Letter.objects.filter(recipient="reader3@mail.example").update(next_at=ahead + waits)
    posted(now, ["usual@mail.example"], about="publication:2")
    assert date_back(now=now) == 5
    assert date_back(now=now) == 0
    due = dict(Letter.objects.values_list("recipient", "next_at"))
    assert due == dict.fromkeys([*people(5), "usual@mail.example"], now) | {
        "reader3@mail.example": now + waits
    }


def test_a_publication_from_the_future_reaches_its_readers(
    sink: Sink, tmp_path: Path, site_dir: Path, now: datetime
) -> None:
    """Its letters are first written when the clock is right again."""
    page = a_page(now - timedelta(days=2))
    subscribed(page, now - timedelta(days=1), *people(3))
    Letter.objects.all().delete()
    publish(page, now + timedelta(days=1))
    expand_due(now=now)
    round_of(tmp_path, sink, now)
    assert sink.recipients == dict.fromkeys(people(3), 1)
