"""The clock is set in mid-run: no letter leaves twice, and none waits for the old time."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from afterword.fanout.actions import expand_due, expanding
from afterword.fanout.models import Mailing
from afterword.postbox.actions import claim, date_back, release
from afterword.postbox.models import Attempt, Letter, LetterState, Pace
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


def test_a_machine_behind_another_leaves_its_waits_as_they_are(now: datetime) -> None:
    """Letters deferred and written by a machine whose clock is four minutes ahead."""
    ahead = now + timedelta(minutes=4)
    tried, fresh = posted(ahead, people(2))
    for letter, attempts in ((tried, 1), (fresh, 0)):
        Letter.objects.filter(pk=letter.pk).update(
            attempts=attempts, next_at=ahead + timedelta(seconds=75)
        )
    Attempt.objects.create(letter=tried, at=ahead, outcome="deferred")
    assert date_back(now=now) == 0


def test_a_machine_further_behind_uses_up_no_tries_of_letters_deferred_by_another(
    now: datetime,
) -> None:
    ahead = now + timedelta(minutes=30)
    (letter,) = posted(ahead, people(1))
    Attempt.objects.create(letter=letter, at=ahead, outcome="deferred")
    Letter.objects.update(
        attempts=5, created_at=now - timedelta(hours=1), next_at=ahead + timedelta(minutes=20)
    )
    assert date_back(now=now) == 1
    letter.refresh_from_db()
    assert timedelta(minutes=16) <= letter.next_at - now <= timedelta(minutes=20)
    assert [date_back(now=now + timedelta(minutes=n)) for n in range(1, 16)] == [0] * 15
    assert Letter.objects.get().next_at == letter.next_at


def test_what_was_given_back_untried_while_the_clock_was_ahead_is_due_again(now: datetime) -> None:
    posted(now, people(2))
    ahead = now + timedelta(days=1)
    release(letters=claim(now=ahead, limit=10, lease_seconds=60, worker="w"), at=ahead)
    assert date_back(now=now) == 2
    assert set(Letter.objects.values_list("next_at", "attempts")) == {(now, 0)}
    assert date_back(now=now) == 0


def test_nothing_is_held_while_no_letter_is_from_the_future(
    now: datetime, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    """Not even the savepoint that a transaction is within a test: a look, and that is all."""
    posted(now, people(2))
    with django_assert_num_queries(1):
        assert date_back(now=now) == 0


def test_an_hour_s_letters_counted_in_the_future_hold_up_none_of_this_one(
    now: datetime, settings: Any
) -> None:
    settings.LETTERS_AN_HOUR = 10
    for ahead in (timedelta(days=1), timedelta(minutes=40)):
        posted(now, people(10), about=f"publication:{ahead}")
        assert len(claim(now=now + ahead, limit=10, lease_seconds=60)) == 10
    posted(now, people(20), about="publication:3")
    assert len(claim(now=now, limit=20, lease_seconds=60)) == 10
    assert not claim(now=now, limit=20, lease_seconds=60)
    assert not Pace.objects.filter(minute__gt=now + timedelta(hours=2)).exists()


def test_a_run_begun_while_the_clock_was_ahead_opens_a_minute_from_now(
    sink: Sink, tmp_path: Path, site_dir: Path, now: datetime, settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    settings.CANCEL_SECONDS = 60
    monkeypatch.setattr(expanding, "MANY", 2)
    page = a_page(now - timedelta(days=2))
    subscribed(page, now - timedelta(days=1), *people(3))
    Letter.objects.all().delete()
    publish(page, now)
    ahead = now + timedelta(days=1)
    expand_due(now=ahead, should_stop=lambda: True)
    assert Mailing.objects.get().opens_at == ahead + timedelta(seconds=60)
    round_of(tmp_path, sink, now)
    assert Mailing.objects.get().opens_at == now + timedelta(seconds=60)
    assert not sink.kept, "it can still be cancelled"
    round_of(tmp_path, sink, now + timedelta(seconds=60))
    assert sink.recipients == dict.fromkeys(people(3), 1)


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
