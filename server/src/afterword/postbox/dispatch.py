"""Sends what is due: claim, hand over, note, record. No transaction is open while it talks."""

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from afterword.postbox.actions import Result, claim, record_results, release, release_claims_of
from afterword.postbox.envelope import Envelope, envelope_of
from afterword.postbox.journal import Journal
from afterword.postbox.models import Letter
from afterword.postbox.queries import stopped_among
from afterword.postbox.relay import Answer, Relay, RelayDown
from afterword.postbox.states import Outcome

log = logging.getLogger(__name__)

LEASE_SECONDS = 600
_BATCH_SECONDS = 60.0
_COMMIT_EVERY, _COMMIT_SECONDS = 25, 1.0
_RELAY_PAUSE = timedelta(seconds=30)
_IDLE_SECONDS = 30.0
_KEPT_ENVELOPES = 32


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


def recover(*, worker: str, journal: Journal, now: datetime) -> int:
    """Finish what a dead sender of this name left: its results first, then its claims.

    Returns how many letters were given back. Only for a sender that is known to be dead.
    """
    record_results(results=journal.read())
    journal.clear()
    return release_claims_of(worker=worker, now=now)


class Dispatcher:
    """A sender with its connection, its name in claims, and its journal.

    The name must be this sender's alone: whatever is claimed under it while ``send_due`` is not
    running was left behind by a crash or a lost database, and is given back first.
    """

    def __init__(self, *, relay: Relay, worker: str, journal: Journal) -> None:
        self._relay = relay
        self._worker = worker
        self._journal = journal
        self._envelopes: dict[int, Envelope] = {}
        self._clean = False

    def send_due(
        self, *, now: datetime, limit: int, should_stop: Callable[[], bool] = lambda: False
    ) -> Sent:
        """Claim up to ``limit`` letters and try each once. Returns the counts.

        Whatever is not tried (a stop, a slow or unreachable relay) is given back. Raises what the
        database raises; nothing is lost by that, the next call finishes what was begun.
        """
        if not self._clean:
            recover(worker=self._worker, journal=self._journal, now=now)
            self._clean = True
        claimed = claim(now=now, limit=limit, lease_seconds=LEASE_SECONDS, worker=self._worker)
        if not claimed:
            self._relay.close_if_idle(_IDLE_SECONDS)
            return Sent()
        self._clean = False
        sent = self._send(_Run(now, claimed), should_stop)
        self._clean = True
        return sent

    def close(self) -> None:
        self._relay.quit()

    def _send(self, run: "_Run", should_stop: Callable[[], bool]) -> Sent:
        try:
            while run.left and not should_stop() and run.seconds < _BATCH_SECONDS:
                letter = run.left[-1]
                result = _result_of(letter, self._try(letter), run.now)
                self._journal.append(result)
                run.note(result)
                if run.commit_is_due():
                    self._commit(run)
                    run.drop(stopped_among(run.left))
        except RelayDown as down:
            run.sent.stopped = str(down)
            log.warning("%s", down)
        self._commit(run)
        if run.left:
            pause = _RELAY_PAUSE if run.sent.stopped else timedelta(0)
            release(letters=run.left, at=run.start + pause, answer=run.sent.stopped)
            run.sent.released += len(run.left)
        return run.sent

    def _try(self, letter: Letter) -> Answer:
        self._relay.open()
        try:
            envelope = self._envelope(letter)
            mail = envelope.fill(letter)
        except ValueError as wrong:
            # Also UnicodeError. The letter can never be built; the others must not wait for it.
            log.error("letter %s cannot be built: %s", letter.pk, wrong)
            return Answer(Outcome.REFUSED, None, f"The letter cannot be built: {wrong}"[:500])
        return self._relay.hand_over(envelope.sender, letter.recipient, mail)

    def _envelope(self, letter: Letter) -> Envelope:
        found = self._envelopes.get(letter.message_id)
        if found is None:
            if len(self._envelopes) >= _KEPT_ENVELOPES:
                self._envelopes.clear()
            found = self._envelopes[letter.message_id] = envelope_of(letter.message)
        return found

    def _commit(self, run: "_Run") -> None:
        if run.results:
            record_results(results=run.results)
            self._journal.clear()
            run.results = []


class _Run:
    """One claim being worked off: what is left, what is not committed, the time it takes."""

    def __init__(self, now: datetime, claimed: list[Letter]) -> None:
        self.start = now
        self.left = list(reversed(claimed))
        self.results: list[Result] = []
        self.sent = Sent()
        self._clock = self._committed = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._clock

    @property
    def now(self) -> datetime:
        """The time the run was given, plus what has passed since."""
        return self.start + timedelta(seconds=self.seconds)

    def note(self, result: Result) -> None:
        self.left.pop()
        self.results.append(result)
        self.sent.count(result.outcome)

    def drop(self, letters: Collection[Letter]) -> None:
        """Leave out letters that somebody asked to stop: releasing withdraws them."""
        if letters:
            release(letters=list(letters), at=self.start)
            self.sent.released += len(letters)
            self.left = [each for each in self.left if each not in letters]

    def commit_is_due(self) -> bool:
        passed = time.monotonic() - self._committed
        if len(self.results) >= _COMMIT_EVERY or passed > _COMMIT_SECONDS:
            self._committed = time.monotonic()
            return True
        return False


def _result_of(letter: Letter, answer: Answer, at: datetime) -> Result:
    if letter.lease_until is None:
        raise ValueError(f"letter {letter.pk} was never claimed")
    return Result(
        letter_id=letter.pk,
        lease_until=letter.lease_until,
        outcome=answer.outcome,
        at=at,
        code=answer.code,
        answer=answer.text,
    )
