"""Older words about an incident do not arrive after newer ones, whatever happens to a run."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from afterword.postbox import dispatch
from afterword.postbox.actions import (
    OVERTAKEN,
    Claimed,
    Result,
    claim,
    pause_about,
    record_results,
    release,
    release_claims_of,
    sweep,
)
from afterword.postbox.dispatch import Dispatcher
from afterword.postbox.journal import Journal
from afterword.postbox.models import Letter, LetterState
from afterword.postbox.outcomes import Outcome, Succession
from afterword.postbox.relay import Relay, Timeouts
from postbox.letters import a_message, people, posted
from postbox.piped import USUAL, Piped, Said, running_piped

pytestmark = pytest.mark.django_db
ADA, BOB = "ada@mail.example", "bob@mail.example"
LOOKING, OVER = "publication:1", "publication:2"


def in_order(abouts: Collection[str]) -> Succession:
    return Succession(
        {LOOKING: {OVER}} if LOOKING in abouts else {}, {OVER: {LOOKING}} if OVER in abouts else {}
    )


def taken(now: datetime, **how: Any) -> list[Claimed]:
    return claim(now=now, limit=10, lease_seconds=60, worker="test", in_order=in_order, **how)


def told(letters: Collection[Claimed]) -> set[tuple[str, str]]:
    return {(each.about, each.recipient) for each in letters}


def ended(letters: Collection[Claimed], now: datetime, outcome: Outcome) -> None:
    record_results(
        results=[Result(each.pk, each.lease_until, outcome, now, 450, "later") for each in letters]
    )


def over(now: datetime, *recipients: str, **how: Any) -> None:
    words = a_message(now, key="publication:2:en")
    posted(now, recipients, about=OVER, message=words, **how)


def state_of(about: str, recipient: str) -> tuple[str, str]:
    found = Letter.objects.get(about=about, recipient=recipient)
    return found.state, found.last_answer


WITHDRAWN = (LetterState.WITHDRAWN, OVERTAKEN)


def test_who_waits_for_both_gets_the_newer_words_alone(now: datetime) -> None:
    posted(now, [ADA, BOB])
    over(now, ADA)
    assert told(taken(now)) == {(OVER, ADA), (LOOKING, BOB)}
    assert state_of(LOOKING, ADA) == WITHDRAWN


def test_newer_words_that_are_not_due_yet_hold_nothing_back(now: datetime) -> None:
    """They may be cancelled until then."""
    posted(now, [ADA])
    over(now, ADA)
    Letter.objects.filter(about=OVER).update(next_at=now + timedelta(minutes=1))
    assert told(taken(now)) == {(LOOKING, ADA)}


def test_newer_words_that_somebody_paused_hold_nothing_back(now: datetime) -> None:
    posted(now, [ADA])
    over(now, ADA)
    pause_about(about=OVER, now=now)
    assert told(taken(now)) == {(LOOKING, ADA)}


def test_older_words_that_are_to_be_tried_again_end_when_newer_ones_leave(now: datetime) -> None:
    posted(now, [ADA])
    ended(taken(now), now, Outcome.DEFERRED)
    over(now, ADA)
    assert told(taken(now)) == {(OVER, ADA)}
    assert state_of(LOOKING, ADA) == WITHDRAWN


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.DEFERRED])
def test_older_words_end_also_once_newer_ones_were_tried(now: datetime, outcome: Outcome) -> None:
    over(now, ADA)
    ended(taken(now), now, outcome)
    posted(now, [ADA])
    assert taken(now) == []
    assert state_of(LOOKING, ADA) == WITHDRAWN


def test_newer_words_that_were_given_up_hold_nothing_back(now: datetime) -> None:
    over(now, ADA)
    ended(taken(now), now, Outcome.ACCEPTED)
    Letter.objects.update(state=LetterState.FAILED, sent_at=None)
    posted(now, [ADA])
    assert told(taken(now)) == {(LOOKING, ADA)}


def test_newer_words_wait_for_older_ones_in_the_air(now: datetime) -> None:
    posted(now, [ADA])
    in_the_air = taken(now)
    over(now, ADA, BOB)
    assert told(taken(now)) == {(OVER, BOB)}
    ended(in_the_air, now, Outcome.ACCEPTED)
    assert state_of(LOOKING, ADA)[0] == LetterState.SENT
    assert told(taken(now + timedelta(seconds=4))) == {(OVER, ADA)}


def test_older_words_in_the_air_that_do_not_arrive_are_not_tried_again(now: datetime) -> None:
    posted(now, [ADA])
    in_the_air = taken(now)
    over(now, ADA)
    assert taken(now) == []
    ended(in_the_air, now, Outcome.DEFERRED)
    assert state_of(LOOKING, ADA) == WITHDRAWN
    assert told(taken(now + timedelta(seconds=4))) == {(OVER, ADA)}


def test_older_words_given_back_unsent_end(now: datetime) -> None:
    posted(now, [ADA])
    in_hand = taken(now)
    over(now, ADA)
    assert taken(now) == []
    release(letters=in_hand, at=now)
    assert state_of(LOOKING, ADA) == WITHDRAWN


@pytest.mark.parametrize("known_dead", [True, False])
def test_older_words_in_a_dead_senders_hands_end(now: datetime, known_dead: bool) -> None:
    posted(now, [ADA])
    taken(now)
    over(now, ADA)
    if known_dead:
        # `kill -9`, and the worker of the same place begins anew.
        release_claims_of(worker="test", now=now)
        later = now
    else:
        assert taken(now) == []
        later = now + timedelta(minutes=2)
        sweep(now=later)
    assert told(taken(later)) == {(OVER, ADA)}
    assert state_of(LOOKING, ADA) == WITHDRAWN


def test_of_one_recipient_each_channel_is_told_by_itself(now: datetime) -> None:
    posted(now, [ADA])
    over(now, ADA)
    Letter.objects.filter(about=OVER).update(channel="slack")
    assert told(taken(now, channels=("email", "slack"))) == {(OVER, ADA), (LOOKING, ADA)}


@contextmanager
def slow(tmp_path: Path, connections: int) -> Iterator[tuple[Piped, Dispatcher]]:
    def answer(verb: str, recipient: str, count: int) -> Said:
        return 0.02 * connections if verb == "body" else USUAL[verb]

    server = Piped(answer=answer)
    with running_piped(server), Journal(tmp_path / "journal") as journal:
        relay = Relay(server.settings, our_name="larkbridge.example", timeouts=Timeouts())
        sender = Dispatcher(
            relay=relay, worker="t", journal=journal, connections=connections, in_order=in_order
        )
        try:
            yield server, sender
        finally:
            sender.close()


@pytest.mark.parametrize(("connections", "apart"), [(1, False), (4, False), (4, True)])
def test_a_run_in_hand_gives_way_as_soon_as_newer_words_are_due(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, connections: int, apart: bool
) -> None:
    monkeypatch.setattr(dispatch, "WORTH_A_PROCESS", 1 if apart else 10_000)
    readers = people(200)
    posted(now, readers)
    done: list[bool] = []

    def first(*, results: list[Result]) -> list[Result]:
        if results and not done:
            done.append(True)
            over(now, *readers)
        return record_results(results=results)

    monkeypatch.setattr(dispatch, "record_results", first)
    with slow(tmp_path, connections) as (server, sender):
        for seconds in range(0, 60, 5):
            sender.send_due(now=now + timedelta(seconds=seconds), limit=1000)
    order = {each: n for n, each in enumerate(server.accepted)}
    assert max(server.accepted.values()) == 1
    assert Letter.objects.filter(about=OVER, state=LetterState.SENT).count() == 200
    old = Letter.objects.filter(about=LOOKING)
    sent = dict(old.filter(state=LetterState.SENT).values_list("recipient", "rfc_message_id"))
    new = dict(Letter.objects.filter(about=OVER).values_list("recipient", "rfc_message_id"))
    assert 0 < len(sent) < 170
    assert all(order[sent[each]] < order[new[each]] for each in sent)
    others = set(old.exclude(recipient__in=sent).values_list("state", "last_answer"))
    assert others == {WITHDRAWN}
