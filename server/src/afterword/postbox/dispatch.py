"""Sends what is due: claim, hand over, note, record. No transaction is open while it talks.

One thread owns the database: it claims ahead of what the connections need and writes down what they
found, in batches. Each connection has a thread that does nothing but talk to the mail server. When
there is much to send they live in a process of their own, for Python does one thing at a time.
"""

import logging
import time
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from afterword.kit.garbage import seldom_collecting
from afterword.kit.steady_clock import seconds_up
from afterword.postbox.actions import (
    Claimed,
    Result,
    Unwanted,
    at_once,
    catch_up,
    claim,
    key_tries,
    mark_as_left,
    overtaken_among,
    record_results,
    release,
    release_claims_of,
)
from afterword.postbox.apart import Apart, CannotBegin, errand_for
from afterword.postbox.finishing import Finish
from afterword.postbox.hands import Make, Run, Sent, Writer, at_work, next_mail
from afterword.postbox.journal import Journal
from afterword.postbox.outcomes import Claims, InOrder, InTurn, Outcome
from afterword.postbox.queries import asked_to_stop, held_back, message_ids_of
from afterword.postbox.relay import Answer, Carrier, Mail, Relay, RelayDown
from afterword.postbox.sent_log import SentLog

__all__ = ("MOST_LOST", "WORTH_A_PROCESS", "Dispatcher", "Sent", "recover")

log = logging.getLogger(__name__)

LEASE_SECONDS = 600
RELAY_PAUSE = timedelta(seconds=30)
_IDLE_SECONDS = 30.0
MOST_LOST = 10
"""Letters in a row that a server takes without an answer before sending rests: each may arrive
twice, and every further one would."""
WORTH_A_PROCESS = 500
"""Letters claimed at once from which on a process of its own talks: it takes 0.1 s to begin."""
_AHEAD_AT_ONCE = 100
_LOOK_SECONDS = 0.05
_BREATH_SECONDS = 0.01
_FIRST_PAUSE, _LONGEST_PAUSE = 60.0, 3600.0
"""Seconds until a process of its own is tried again that did not begin."""


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
    running was left behind by a crash or a lost database, and is given back first. ``lock`` is the
    handle of the lock that says so; a process that talks for this one holds it as well.
    """

    def __init__(
        self,
        *,
        relay: Carrier,
        worker: str,
        journal: Journal,
        connections: int = 1,
        channels: Collection[str] = ("email",),
        make: Make | None = None,
        log_of_sent: SentLog | None = None,
        most_lost: int | None = MOST_LOST,
        finish: Finish = Finish(),  # noqa: B008  a frozen value
        lock: int | None = None,
        unwanted: Unwanted | None = None,
        in_order: InOrder | None = None,
    ) -> None:
        self._relays = [relay, *(relay.twin() for _ in range(connections - 1))]
        self._channels = channels
        self._make = make or Writer(finish)
        self._finish = finish
        self._worker = worker
        self._journal = journal
        self._log = log_of_sent
        self._most_lost = most_lost
        self._lock = lock
        self._unwanted = unwanted
        self._in_order = in_order
        self._tries_to_part = 0
        self._part_at = 0.0
        self._apart: Apart | None = None
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
        run = Run(now, limit, self._journal, should_stop, self._most_lost)
        self._claim_for(run)
        while not run.left and run.may_claim and not run.over:
            self._claim_for(run)
        if not run.left:
            self._close_what_is_idle()
            return run.sent
        self._clean = False
        if run.can_note():
            self._send(run)
            run.settle_refusals()
        self._give_back(run)
        self._clean = True
        return run.sent

    def close(self) -> None:
        self._end_apart()
        for relay in self._relays:
            relay.quit()
        if self._log is not None:
            self._log.close()

    def _begin(self, now: datetime) -> None:
        """Finish what was left, then ask the log what else has left."""
        self._end_apart()
        key_tries()
        recover(worker=self._worker, journal=self._journal, now=now, log_of_sent=self._log)
        if self._log is not None:
            self._log.forget(now)
            self._left_before = catch_up(log=self._log, now=now)
            if self._left_before:
                log.warning("the database was set back: letters that left since are not sent again")

    def _send(self, run: Run) -> None:
        hands = self._relays[: len(run.left)]
        if apart := self._apart_for(run):
            self._send_apart(run, apart)
        elif len(hands) == 1:
            self._send_alone(run, hands[0])
        else:
            self._send_together(run, hands)

    def _send_alone(self, run: Run, relay: Carrier) -> None:
        """Work the run off in this thread, which also owns the database."""

        def take(_: bool) -> Mail | None:
            if not run.left:
                self._claim_for(run)
            return next_mail(run, self._make)

        def told(mail: Mail, answer: Answer) -> None:
            run.note(mail.letter, answer)
            if run.commit_is_due(1):
                self._commit(run)
            self._look_round(run, run.not_begun)

        try:
            relay.deliver(take, told)
        except RelayDown as down:
            run.rest(down)
        self._commit(run)

    def _send_together(self, run: Run, relays: Sequence[Carrier]) -> None:
        """Work the run off in a thread per connection; this one sees to the database."""
        hands = at_work(run, relays, self._make)
        try:
            while run.wait(len(hands)):
                if run.commit_is_due(len(hands)):
                    self._commit(run)
                    # SQLite lets one write at a time, and whoever waits for it asks now and then.
                    time.sleep(_BREATH_SECONDS)
                if run.wants_more:
                    self._claim_for(run)
                self._look_round(run, run.not_begun)
        finally:
            run.finish()
            for hand in hands:
                hand.join()
        self._commit(run)

    def _apart_for(self, run: Run) -> Apart | None:
        """Return the process that talks for this one, if there is enough to send."""
        first = self._relays[0]
        # Some of those that were claimed may have been withdrawn, and others wait.
        enough = WORTH_A_PROCESS // 2 if run.may_claim else WORTH_A_PROCESS
        if len(run.left) < enough or not isinstance(first, Relay):
            return None
        if self._apart is None:
            if seconds_up() < self._part_at:
                return None
            errand = errand_for(
                first,
                self._journal,
                connections=len(self._relays),
                most_lost=self._most_lost,
                finish=self._finish,
                at_once=at_once() // 2,
            )
            try:
                self._apart = Apart(errand, self._lock)
                # It takes a moment to come up.
                self._claim_for(run)
                self._apart.come_up()
            except CannotBegin as wrong:
                log.warning("letters leave more slowly: no process to send them begins: %s", wrong)
                self._end_apart()
                # It may have been short of memory or of handles, which passes.
                self._tries_to_part += 1
                pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** (self._tries_to_part - 1))
                self._part_at = seconds_up() + pause
            else:
                self._tries_to_part = 0
        return self._apart

    def _send_apart(self, run: Run, apart: Apart) -> None:
        """Let the other process work the run off; this one sees to the database."""
        try:
            apart.begin(run.start, run.clock)
            with seldom_collecting():
                while not apart.ended:
                    self._go_on(run, apart)
        except BaseException:
            self._end_apart()
            raise
        run.comes_back(apart.untried(), apart.stopped)

    def _go_on(self, run: Run, apart: Apart) -> None:
        if run.over:
            apart.finish()
        else:
            self._look_round(run, apart.untried, apart)
            # It begins with what there is while this one claims more.
            apart.hand_over(run.take_all(), more=run.may_claim > 0)
            if apart.in_hand < 2 * at_once():
                self._claim_for(run)
                apart.hand_over(run.take_all(), more=run.may_claim > 0)
        if results := apart.listen(_LOOK_SECONDS):
            run.sent.count(results)
            self._write_down(run, results)
            apart.noted()
            apart.drop(asked_to_stop(self._worker), held_back())
        self._release(run, apart.dropped())

    def _end_apart(self) -> None:
        if self._apart is not None:
            self._apart.close()
            self._apart = None

    def _close_what_is_idle(self) -> None:
        for relay in self._relays:
            relay.close_if_idle(_IDLE_SECONDS)
        if self._apart is not None and self._apart.idle_seconds > _IDLE_SECONDS:
            self._end_apart()

    def _claim_for(self, run: Run) -> None:
        wanted = min(at_once(), run.may_claim)
        if wanted > 0 and not run.over:
            claimed = self._claimed(run, wanted)
            run.add(claimed, claimed.more)

    def _look_round(
        self, run: Run, in_hand: Callable[[], list[Claimed]], apart: Apart | None = None
    ) -> None:
        """Now and then see what leaves before the letters in hand, and which of those newer words
        have overtaken: they may be enough for minutes.
        """
        if not run.looks_round() or run.over or not (letters := in_hand()):
            return
        most = min(_AHEAD_AT_ONCE, run.may_claim or _AHEAD_AT_ONCE)
        run.add(self._claimed(run, most, ahead_only=True), more=run.may_claim > 0)
        if overtaken := self._overtaken(run, letters):
            # Given back, and withdrawn by the next claim of them.
            if apart is None:
                self._release(run, run.drop(overtaken, ()))
            else:
                apart.drop(overtaken, ())

    def _overtaken(self, run: Run, letters: Sequence[Claimed]) -> frozenset[int]:
        if self._in_order is None:
            return frozenset()
        line = self._in_order({each.about for each in letters})
        if not line.newer:
            return frozenset()
        asked = [InTurn(each.pk, each.about, each.recipient, each.channel) for each in letters]
        return overtaken_among(letters=asked, line=line, now=run.now, held=held_back())

    def _claimed(self, run: Run, limit: int, *, ahead_only: bool = False) -> Claims:
        claimed = claim(
            now=run.now,
            limit=limit,
            lease_seconds=LEASE_SECONDS,
            worker=self._worker,
            channels=self._channels,
            unwanted=self._unwanted,
            in_order=self._in_order,
            ahead_only=ahead_only,
            expected=run.has_claimed and not ahead_only,
        )
        if self._left_before:
            left = {each.pk for each in claimed if each.rfc_message_id in self._left_before}
            mark_as_left(list(left), run.now)
            claimed[:] = [each for each in claimed if each.pk not in left]
        return claimed

    def _commit(self, run: Run) -> None:
        results = run.results_to_commit()
        if results:
            self._write_down(run, results)
            self._journal.clear_turned()
            self._release(run, run.drop(asked_to_stop(self._worker), held_back()))

    def _write_down(self, run: Run, results: Sequence[Result]) -> None:
        if self._log is not None:
            self._log.note([each.message_id for each in results if _left(each)], run.now)
        if refused := record_results(results=results):
            run.judged(refused[-1])

    def _release(self, run: Run, letters: Sequence[Claimed]) -> None:
        """Let go of letters that are paused, or asked to stop, which withdraws them."""
        if letters:
            release(letters=letters, at=run.start)
            run.sent.released += len(letters)

    def _give_back(self, run: Run) -> None:
        left = run.untried()
        if left:
            pause = RELAY_PAUSE if run.sent.stopped else timedelta(0)
            release(letters=left, at=run.start + pause, answer=run.sent.stopped)
            run.sent.released += len(left)


def _left(result: Result) -> bool:
    return result.outcome is Outcome.ACCEPTED and bool(result.message_id)
