"""Whatever happens to a letter, in whatever order, it keeps to the table of states."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from afterword.postbox import actions
from afterword.postbox.models import Attempt, Letter, LetterState, Stream
from afterword.postbox.outcomes import Outcome
from afterword.postbox.states import MOST_ATTEMPTS, TRANSITIONS, Event, event_after
from postbox.letters import posted

FINAL = {LetterState.SENT, LetterState.FAILED, LetterState.WITHDRAWN}
OUTCOMES = st.sampled_from(list(Outcome))


class OneLetter(RuleBasedStateMachine):
    """Two workers, a reader who may leave, and time that passes."""

    count = 0

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime.fromisoformat("2026-03-18T12:00:00+00:00")
        self.left = False
        self.held = False
        self.stopped = False
        self.accepted = 0
        self.tried_after_final = False
        self.claims: list[Letter] = []

    @initialize()
    def post(self) -> None:
        type(self).count += 1
        # What servers answered in another life: so many refusals would be held back.
        Attempt.objects.all().delete()
        self.recipient = f"reader{self.count}@mail.example"
        (self.letter,) = posted(self.now, [self.recipient], about=f"machine:{self.count}")
        (self.other,) = posted(self.now, ["other@mail.example"], about=f"other:{self.count}")
        Letter.objects.filter(pk=self.other.pk).update(state="sent", sent_at=self.now)
        self.states = [LetterState.WAITING]

    def fresh(self) -> Letter:
        return Letter.objects.get(pk=self.letter.pk)

    @rule(worker=st.sampled_from(["one", "two"]))
    def claim(self, worker: str) -> None:
        before = self.fresh()
        mine = [
            each
            for each in actions.claim(now=self.now, limit=500, lease_seconds=600, worker=worker)
            if each.pk == self.letter.pk
        ]
        if mine:
            assert before.state in {LetterState.WAITING, LetterState.CLAIMED}
            assert before.next_at <= self.now
            assert not self.left
            assert not self.held
            assert not self.stopped
            self.claims += mine

    @rule(outcome=OUTCOMES, late=st.booleans())
    def report(self, outcome: Outcome, late: bool) -> None:
        if not self.claims:
            return
        claimed = self.claims.pop(0 if late else -1)
        assert claimed.lease_until is not None
        before = self.fresh()
        # Two workers never answer at the same microsecond.
        self.now += timedelta(microseconds=1)
        # The server takes others: what it refuses is about this one.
        Attempt.objects.create(letter=self.other, at=self.now, outcome="accepted", code=250)
        result = actions.Result(claimed.pk, claimed.lease_until, outcome, self.now, 250, "answer")
        actions.record_results(results=[result])
        actions.record_results(results=[result])
        after = self.fresh()
        if outcome is Outcome.ACCEPTED:
            self.accepted += 1
            if before.state not in FINAL:
                assert after.state == LetterState.SENT
        elif before.lease_until != claimed.lease_until:
            assert after.state == before.state, "a lost claim must not decide"
        elif event_after(outcome, before.attempts + 1) is Event.GIVE_UP:
            assert after.state == LetterState.FAILED
        else:
            stopped = LetterState.WITHDRAWN if before.stop_asked else LetterState.WAITING
            assert after.state == stopped

    @rule()
    def give_back(self) -> None:
        if self.claims:
            actions.release(letters=[self.claims.pop()], at=self.now)

    @rule()
    def unsubscribe(self) -> None:
        actions.withdraw(recipient=self.recipient, streams=(Stream.STATUS,), reason="left")
        self.left = True

    @rule()
    def pause(self) -> None:
        actions.pause_about(about=self.letter.about, now=self.now)
        self.held = True

    @rule()
    def go_on(self) -> None:
        actions.go_on_about(about=self.letter.about, now=self.now)
        self.held = False

    @rule()
    def stop(self) -> None:
        actions.stop_about(about=self.letter.about, now=self.now, says="stopped")
        self.stopped = True

    @rule()
    def carry_out(self) -> None:
        actions.carry_out(now=self.now)

    @rule(minutes=st.integers(1, 700))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        actions.sweep(now=self.now)

    @rule(worker=st.sampled_from(["one", "two"]))
    def worker_dies_and_comes_back(self, worker: str) -> None:
        self.claims = [each for each in self.claims if each.claimed_by != worker]
        actions.release_claims_of(worker=worker, now=self.now)

    @invariant()
    def keeps_to_the_table(self) -> None:
        if not hasattr(self, "letter"):
            return
        letter = self.fresh()
        was = self.states[-1]
        if letter.state != was:
            assert was not in FINAL, f"{was} is final, and became {letter.state}"
            assert self.reachable(was, letter.state)
            self.states.append(LetterState(letter.state))
        assert (letter.state == LetterState.CLAIMED) == (letter.lease_until is not None)
        assert letter.attempts <= MOST_ATTEMPTS
        if self.accepted and was not in FINAL:
            assert letter.state == LetterState.SENT
        if self.left:
            assert letter.state != LetterState.WAITING
        assert Attempt.objects.filter(letter=letter).count() >= letter.attempts

    @staticmethod
    def reachable(before: str, after: str) -> bool:
        """Whether two steps of the table lead there: one rule may claim over and release."""
        nexts = {to for (state, _), to in TRANSITIONS.items() if state == before}
        return after in nexts


@pytest.mark.django_db
def test_a_letter_keeps_to_its_states_whatever_happens() -> None:
    run_state_machine_as_test(
        OneLetter,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
