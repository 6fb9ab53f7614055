"""What somebody waits for, and what is demanded, leaves before a run of many."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from afterword.postbox import dispatch
from afterword.postbox.actions import Result, claim, record_results, release
from afterword.postbox.dispatch import Dispatcher
from afterword.postbox.journal import Journal
from afterword.postbox.models import Letter, Stream
from afterword.postbox.relay import Relay, Timeouts
from postbox.letters import a_message, people, posted
from postbox.piped import USUAL, Piped, Said, running_piped

pytestmark = pytest.mark.django_db
SIGNED_UP, OWED = "ada@mail.example", "bob@mail.example"


def to_one(now: datetime, recipient: str, stream: Stream) -> Letter:
    words = a_message(now, key=f"one:{stream}", stream=stream)
    return posted(now, [recipient], about=f"one:{stream}", message=words)[0]


def claimed(now: datetime, limit: int, **how: Any) -> list[str]:
    return [
        each.recipient for each in claim(now=now, limit=limit, lease_seconds=60, **how)
    ]  # fmt: skip


def test_a_confirmation_leaves_before_a_notice_and_both_before_an_older_run(now: datetime) -> None:
    run = people(10)
    posted(now, run)
    later = now + timedelta(seconds=5)
    to_one(later, OWED, Stream.NOTICE)
    to_one(later, SIGNED_UP, Stream.ACCOUNT)
    assert claimed(later, 5) == [SIGNED_UP, OWED, *run[:3]]


def test_what_is_retried_later_holds_up_nobody(now: datetime) -> None:
    posted(now, people(2))
    to_one(now, SIGNED_UP, Stream.ACCOUNT)
    held = claim(now=now, limit=1, lease_seconds=60)
    release(letters=held, at=now + timedelta(minutes=5))
    assert claimed(now, 5) == people(2)


def test_a_fifth_of_each_claim_goes_by_age_alone(now: datetime) -> None:
    run, owed = people(4), [f"owed{n}@mail.example" for n in range(20)]
    posted(now, run)
    words = a_message(now, key="notice", stream=Stream.NOTICE)
    posted(now + timedelta(seconds=1), owed, about="notice", message=words)
    later = now + timedelta(seconds=2)
    assert claimed(later, 10) == [*owed[:8], *run[:2]]
    assert claimed(later, 10) == [*owed[8:16], *run[2:]]


def test_only_what_leaves_before_the_rest_can_be_asked_for(now: datetime) -> None:
    posted(now, people(3))
    assert claimed(now, 5, ahead_only=True) == []
    to_one(now, SIGNED_UP, Stream.ACCOUNT)
    assert claimed(now, 5, ahead_only=True) == [SIGNED_UP]


def test_a_claim_that_expects_letters_finds_the_same_and_nothing_where_there_are_none(
    now: datetime,
) -> None:
    run = people(10)
    posted(now, run)
    to_one(now, SIGNED_UP, Stream.ACCOUNT)
    assert claimed(now, 5, expected=True) == [SIGNED_UP, *run[:4]]
    assert claimed(now, 10, expected=True) == run[4:]
    assert claimed(now, 10, expected=True) == []


@pytest.mark.parametrize("cap", ["LETTERS_A_MINUTE", "LETTERS_AN_HOUR"])
def test_a_run_that_uses_up_a_cap_leaves_room_for_who_signs_up(
    now: datetime, settings: Any, cap: str
) -> None:
    setattr(settings, cap, 40)
    posted(now, people(60))
    assert len(claimed(now, 60)) == 38
    assert claimed(now, 60) == []
    to_one(now, SIGNED_UP, Stream.ACCOUNT)
    assert claimed(now, 60) == [SIGNED_UP]
    for n in range(3):
        to_one(now, f"eve{n}@mail.example", Stream.ACCOUNT)
    assert len(claimed(now, 60)) == 1


@contextmanager
def slow_server(tmp_path: Path, connections: int) -> Iterator[tuple[Piped, Dispatcher]]:
    def answer(verb: str, recipient: str, count: int) -> Said:
        return 0.02 * connections if verb == "body" else USUAL[verb]

    server = Piped(answer=answer)
    with running_piped(server), Journal(tmp_path / "journal") as journal:
        relay = Relay(server.settings, our_name="larkbridge.example", timeouts=Timeouts())
        sender = Dispatcher(relay=relay, worker="t", journal=journal, connections=connections)
        try:
            yield server, sender
        finally:
            sender.close()


def at_the_first_results(do: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []

    def first(*, results: list[Result]) -> list[Result]:
        if results and not done:
            done.append(do())
        return record_results(results=results)

    monkeypatch.setattr(dispatch, "record_results", first)


@pytest.mark.parametrize(("connections", "apart"), [(1, False), (4, False), (4, True)])
def test_who_signs_up_while_many_are_in_hand_does_not_wait_for_them(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, connections: int, apart: bool
) -> None:
    monkeypatch.setattr(dispatch, "WORTH_A_PROCESS", 1 if apart else 10_000)
    posted(now, people(200))
    at_the_first_results(lambda: to_one(now, SIGNED_UP, Stream.ACCOUNT), monkeypatch)
    with slow_server(tmp_path, connections) as (server, sender):
        assert sender.send_due(now=now, limit=1000).accepted == 201
    order = list(server.accepted)
    assert order.index(Letter.objects.get(recipient=SIGNED_UP).rfc_message_id) < 170


def test_letters_in_hand_leave_too_while_there_are_many_before_them(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted(now, people(10))
    words = a_message(now, key="notice", stream=Stream.NOTICE)
    owed = [f"owed{n}@mail.example" for n in range(80)]
    posted(now, owed, about="notice", message=words)
    with slow_server(tmp_path, 1) as (server, sender):
        assert sender.send_due(now=now, limit=1000).accepted == 90
    order = list(server.accepted)
    ids = Letter.objects.filter(about="publication:1").values_list("rfc_message_id", flat=True)
    assert sorted(order.index(each) for each in ids)[4] < 30
