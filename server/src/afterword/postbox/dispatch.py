"""Sends what is due: claim, hand over, note, record. No transaction is open while it talks.

One thread owns the database: it claims ahead of what the connections need and writes down what they
found, in batches. Each connection has a thread that does nothing but talk to the mail server.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from afterword.postbox.actions import (
    Claimed,
    Result,
    catch_up,
    claim,
    mark_as_left,
    record_results,
    release,
    release_claims_of,
)
from afterword.postbox.envelope import Envelope, envelope_of
from afterword.postbox.finishing import Finish, Finisher
from afterword.postbox.journal import Journal
from afterword.postbox.queries import asked_to_stop, held_back, message_ids_of
from afterword.postbox.relay import Answer, Carrier, Mail, RelayDown
from afterword.postbox.sent_log import SentLog
from afterword.postbox.states import Outcome

log = logging.getLogger(__name__)

LEASE_SECONDS = 600
_BATCH_SECONDS = 60.0
_CLAIM_AT_ONCE = 500
_COMMIT_EVERY, _COMMIT_SECONDS = 25, 1.0
RELAY_PAUSE = timedelta(seconds=30)
_IDLE_SECONDS = 30.0
MOST_LOST = 10
"""Letters in a row that a server takes without an answer before sending rests: each may arrive
twice, and every further one would."""
_KEPT_ENVELOPES = 256
_LOOK_SECONDS = 0.05
_FEW_LEFT = 300
_BREATH_SECONDS = 0.01
_NAP_SECONDS = 0.004


@dataclass
class Sent:
    """Counts of one run. ``stopped`` says why letters were given back, if any were."""

    accepted: int = 0
    deferred: int = 0
    refused: int = 0
    lost: int = 0
    released: int = 0
    stopped: str = ""

    @property
    def tried(self) -> int:
        return self.accepted + self.deferred + self.refused + self.lost

    def count(self, outcome: Outcome) -> None:
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)


def recover(
    *, worker: str, journal: Journal, now: datetime, log_of_sent: SentLog | None = None
) -> int:
    """Finish what a dead sender of this name left: its results first, then its claims.

    Returns how many letters were given back. Only for a sender that is known to be dead.
    """
    noted = journal.read()
    known = message_ids_of([each.letter_id for each in noted])
    # A database that was restored meanwhile may have given the number to another letter.
    ours = [each for each in noted if each.message_id in {"", known.get(each.letter_id)}]
    if log_of_sent is not None:
        log_of_sent.note([each.message_id for each in noted if _left(each)], now)
    record_results(results=ours)
    journal.clear()
    return release_claims_of(worker=worker, now=now)


class Dispatcher:
    """A sender with its connections, its name in claims, and its journal.

    The name must be this sender's alone: whatever is claimed under it while ``send_due`` is not
    running was left behind by a crash or a lost database, and is given back first.
    """

    def __init__(
        self,
        *,
        relay: Carrier,
        worker: str,
        journal: Journal,
        connections: int = 1,
        channels: Collection[str] = ("email",),
        make: Callable[[Claimed], Mail] | None = None,
        log_of_sent: SentLog | None = None,
        most_lost: int | None = MOST_LOST,
        finish: Finish = Finish(),  # noqa: B008  a frozen value
    ) -> None:
        self._relay = relay
        self._relays = [relay, *(relay.twin() for _ in range(connections - 1))]
        self._channels = channels
        self._make = make or self._mail_of
        self._finisher = Finisher(finish)
        self._worker = worker
        self._journal = journal
        self._envelopes: dict[int, Envelope] = {}
        self._log = log_of_sent
        self._most_lost = most_lost
        self._left_before: frozenset[str] = frozenset()
        self._clean = False

    def send_due(
        self, *, now: datetime, limit: int, should_stop: Callable[[], bool] = lambda: False
    ) -> Sent:
        """Claim up to ``limit`` letters and try each once. Returns the counts.

        Whatever is not tried (a stop, a slow or unreachable relay) is given back. Raises what the
        database raises; nothing is lost by that, the next call finishes what was begun.
        """
        if not self._clean:
            self._begin(now)
            self._clean = True
        run = _Run(now, limit, self._journal, should_stop, self._most_lost)
        self._claim_for(run)
        while not run.left and run.may_claim and not run.over:
            self._claim_for(run)
        if not run.left:
            for relay in self._relays:
                relay.close_if_idle(_IDLE_SECONDS)
            return run.sent
        self._clean = False
        hands = self._relays[: len(run.left)]
        if len(hands) == 1:
            self._send_alone(run, hands[0])
        else:
            self._send_together(run, hands)
        self._give_back(run)
        self._clean = True
        return run.sent

    def close(self) -> None:
        for relay in self._relays:
            relay.quit()
        if self._log is not None:
            self._log.close()

    def _begin(self, now: datetime) -> None:
        """Finish what was left, then ask the log what else has left."""
        recover(worker=self._worker, journal=self._journal, now=now, log_of_sent=self._log)
        if self._log is not None:
            self._log.forget(now)
            self._left_before = catch_up(log=self._log, now=now)
            if self._left_before:
                log.warning("the database was set back: letters that left since are not sent again")

    def _send_alone(self, run: "_Run", relay: Carrier) -> None:
        """Work the run off in this thread, which also owns the database."""

        def take(_: bool) -> Mail | None:
            if not run.left:
                self._claim_for(run)
            return self._next(run)

        def told(mail: Mail, answer: Answer) -> None:
            run.note(_result_of(mail.letter, answer, run.now), mail.letter)
            if run.commit_is_due(1):
                self._commit(run)

        try:
            relay.deliver(take, told)
        except RelayDown as down:
            run.rest(down)
        self._commit(run)

    def _send_together(self, run: "_Run", relays: Sequence[Carrier]) -> None:
        """Work the run off in a thread per connection; this one sees to the database."""
        hands = [
            threading.Thread(target=self._deliver, args=(run, relay), name="afterword-letters")
            for relay in relays
        ]
        run.busy = len(hands)
        for hand in hands:
            hand.start()
        try:
            while run.wait(len(hands)):
                if run.commit_is_due(len(hands)):
                    self._commit(run)
                    # SQLite lets one write at a time, and whoever waits for it asks now and then.
                    time.sleep(_BREATH_SECONDS)
                if len(run.left) < _FEW_LEFT:
                    self._claim_for(run)
        finally:
            run.finish()
            for hand in hands:
                hand.join()
        self._commit(run)

    def _deliver(self, run: "_Run", relay: Carrier) -> None:
        def take(wait: bool) -> Mail | None:
            mail = self._next(run)
            while mail is None and wait and run.wait_for_more():
                mail = self._next(run)
            return mail

        def told(mail: Mail, answer: Answer) -> None:
            run.note(_result_of(mail.letter, answer, run.now), mail.letter)

        try:
            relay.deliver(take, told)
        except RelayDown as down:
            run.rest(down)
        except Exception:
            log.exception("a connection ended by a fault of ours")
            relay.quit()
        finally:
            run.hand_ends()

    def _next(self, run: "_Run") -> Mail | None:
        while (letter := run.take()) is not None:
            try:
                return self._make(letter)
            except ValueError as wrong:
                # Also UnicodeError. It can never be built; the others must not wait for it.
                log.error("letter %s cannot be built: %s", letter.pk, wrong)
                said = f"The letter cannot be built: {wrong}"[:500]
                run.note(_result_of(letter, Answer(Outcome.REFUSED, None, said), run.now), letter)
        return None

    def _mail_of(self, letter: Claimed) -> Mail:
        envelope = self._envelope(letter)
        sender = self._finisher.sender(envelope.sender, letter.pk, letter.rfc_message_id)
        return Mail(letter, sender, self._finisher.mail(envelope.fill(letter)))

    def _envelope(self, letter: Claimed) -> Envelope:
        found = self._envelopes.get(letter.message.pk)
        if found is None:
            if len(self._envelopes) >= _KEPT_ENVELOPES:
                self._envelopes.clear()
            found = self._envelopes[letter.message.pk] = envelope_of(letter.message)
        return found

    def _claim_for(self, run: "_Run") -> None:
        wanted = min(_CLAIM_AT_ONCE, run.may_claim)
        if wanted > 0 and not run.over:
            claimed = claim(
                now=run.now,
                limit=wanted,
                lease_seconds=LEASE_SECONDS,
                worker=self._worker,
                channels=self._channels,
            )
            more = len(claimed) == wanted
            if self._left_before:
                left = [each.pk for each in claimed if each.rfc_message_id in self._left_before]
                mark_as_left(left, run.now)
                claimed = [each for each in claimed if each.pk not in set(left)]
            run.add(claimed, more)

    def _commit(self, run: "_Run") -> None:
        results = run.results_to_commit()
        if results:
            if self._log is not None:
                self._log.note([each.message_id for each in results if _left(each)], run.now)
            record_results(results=results)
            self._journal.clear_turned()
            run.drop(asked_to_stop(self._worker), held_back())

    def _give_back(self, run: "_Run") -> None:
        left = run.untried()
        if left:
            pause = RELAY_PAUSE if run.sent.stopped else timedelta(0)
            release(letters=left, at=run.start + pause, answer=run.sent.stopped)
            run.sent.released += len(left)


class _Run:
    """Letters being worked off: what is left, in hand and not committed, and the time it takes.

    Shared by the thread that owns the database and those that talk to the mail server.
    """

    def __init__(
        self,
        now: datetime,
        limit: int,
        journal: Journal,
        should_stop: Callable[[], bool],
        most_lost: int | None,
    ) -> None:
        self.start = now
        self.may_claim = limit
        self.left: deque[Claimed] = deque()
        self.sent = Sent()
        self.busy = 1
        self._journal = journal
        self._should_stop = should_stop
        self._most_lost = most_lost
        self._lost_in_a_row = 0
        self._in_hand: dict[int, Claimed] = {}
        self._results: list[Result] = []
        self._finished = False
        self._changed = threading.Condition()
        self._clock = self._committed = time.monotonic()

    @property
    def now(self) -> datetime:
        """The time the run was given, plus what has passed since."""
        return self.start + timedelta(seconds=time.monotonic() - self._clock)

    @property
    def over(self) -> bool:
        """Whether nothing more may be begun: told to stop, or at it for a minute."""
        if not self._finished and (
            self._should_stop() or time.monotonic() - self._clock >= _BATCH_SECONDS
        ):
            self.finish()
        return self._finished

    def add(self, letters: list[Claimed], more: bool) -> None:
        """Add claimed letters; ``more`` says whether others may be due now."""
        with self._changed:
            self.left.extend(letters)
            self.may_claim = self.may_claim - len(letters) if more else 0
            self._changed.notify_all()

    def take(self) -> Claimed | None:
        if self.over:
            return None
        with self._changed:
            if not self.left:
                return None
            letter = self.left.popleft()
            self._in_hand[letter.pk] = letter
            return letter

    def note(self, result: Result, letter: Claimed) -> None:
        with self._changed:
            self._journal.append(result)
            self._in_hand.pop(letter.pk, None)
            self._results.append(result)
            self.sent.count(result.outcome)
            lost = result.outcome is Outcome.LOST
            self._lost_in_a_row = self._lost_in_a_row + 1 if lost else 0
        if self._most_lost is not None and self._lost_in_a_row == self._most_lost:
            self.rest(
                RelayDown(
                    f"{self._lost_in_a_row} letters in a row were handed over without an answer "
                    f"({result.answer[:200]}). Sending rests; look at the mail server."
                )
            )
            self.finish()

    def rest(self, down: RelayDown) -> None:
        self.sent.stopped = str(down)
        log.warning("%s", down)

    def drop(self, ids: Collection[int], abouts: Collection[str]) -> None:
        """Leave out letters that somebody asked to stop, which releasing withdraws, and those about
        what is paused.
        """
        with self._changed:
            gone = [each for each in self.left if each.pk in ids or each.about in abouts]
            if gone:
                dropped = {each.pk for each in gone}
                self.left = deque(each for each in self.left if each.pk not in dropped)
        if gone:
            release(letters=gone, at=self.start)
            self.sent.released += len(gone)

    def commit_is_due(self, connections: int) -> bool:
        passed = time.monotonic() - self._committed
        return len(self._results) >= _COMMIT_EVERY * connections or passed > _COMMIT_SECONDS

    def results_to_commit(self) -> list[Result]:
        with self._changed:
            self._committed = time.monotonic()
            results, self._results = self._results, []
            if results:
                self._journal.turn()
            return results

    def wait(self, connections: int) -> bool:
        """Wait for something to see to; return whether any connection is still at work."""
        until = time.monotonic() + _LOOK_SECONDS
        while not self.over and time.monotonic() < until:
            with self._changed:
                if not self.busy or (not self.left and not self._in_hand and not self.may_claim):
                    return False
            if self.commit_is_due(connections) or (len(self.left) < _FEW_LEFT and self.may_claim):
                break
            time.sleep(_NAP_SECONDS)
        return not self._finished

    def wait_for_more(self) -> bool:
        """Wait until there may be more to take; return False when there will be none."""
        with self._changed:
            if self._finished or (not self.left and not self.may_claim):
                return False
            if not self.left:
                self._changed.wait(_LOOK_SECONDS)
            return True

    def finish(self) -> None:
        with self._changed:
            self._finished = True
            self._changed.notify_all()

    def hand_ends(self) -> None:
        with self._changed:
            self.busy -= 1

    def untried(self) -> list[Claimed]:
        """Return what was claimed and not tried, also by a connection that ended."""
        return [*self._in_hand.values(), *self.left]


def _result_of(letter: Claimed, answer: Answer, at: datetime) -> Result:
    return Result(
        letter_id=letter.pk,
        lease_until=letter.lease_until,
        outcome=answer.outcome,
        at=at,
        code=answer.code,
        answer=answer.text,
        message_id=letter.rfc_message_id,
    )


def _left(result: Result) -> bool:
    return result.outcome is Outcome.ACCEPTED and bool(result.message_id)
