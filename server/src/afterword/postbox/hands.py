"""Letters in the hands of connections, a thread each: what is left, in the air, and found out.

Nothing here knows the database: it runs in the process that owns it, and in one that only talks.
"""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from afterword.kit.steady_clock import seconds_up
from afterword.postbox.breaker import REFUSES, Watch, in_words
from afterword.postbox.envelope import Envelope, envelope_of
from afterword.postbox.finishing import Finish, Finisher
from afterword.postbox.journal import Journal
from afterword.postbox.outcomes import Claimed, Outcome, Result
from afterword.postbox.relay import Answer, Carrier, Mail, RelayDown

log = logging.getLogger(__name__)

Make = Callable[[Claimed], Mail]

_RUN_SECONDS = 60.0
_COMMIT_EVERY, _COMMIT_SECONDS = 25, 1.0
_KEPT_ENVELOPES = 256
_LOOK_SECONDS = 0.05
_FEW_LEFT = 300
_NAP_SECONDS = 0.004
_ROUND_SECONDS = 1.0
BY_TURNS = 5
"""Of so many letters one is of the rest while there are some that leave before it."""


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

    def count(self, results: Iterable[Result]) -> None:
        for outcome, number in Counter(each.outcome for each in results).items():
            setattr(self, outcome.value, getattr(self, outcome.value) + number)


class Writer:
    """Makes the mail of a letter; what letters of one message share is made once.

    Raises ValueError for a ``finish`` whose key cannot sign.
    """

    def __init__(self, finish: Finish = Finish()) -> None:  # noqa: B008  a frozen value
        self._envelopes: dict[int, Envelope] = {}
        self._finisher = Finisher(finish)

    def __call__(self, letter: Claimed) -> Mail:
        envelope = self._envelopes.get(letter.message.pk)
        if envelope is None:
            if len(self._envelopes) >= _KEPT_ENVELOPES:
                self._envelopes.clear()
            envelope = self._envelopes[letter.message.pk] = envelope_of(letter.message)
        sender = self._finisher.sender(envelope.sender, letter.pk, letter.rfc_message_id)
        filled, is_calm = envelope.filled(letter)
        raw = self._finisher.marked(filled, letter.pk, letter.rfc_message_id)
        mail = self._finisher.mail(raw)
        return Mail(letter, sender, mail, is_calm and mail is raw)


class Run:
    """Letters being worked off: what is left, in hand and not committed, and the time it takes.

    Shared by the thread that sees to the database and those that talk to the mail server.
    """

    def __init__(
        self,
        now: datetime,
        limit: int,
        journal: Journal,
        should_stop: Callable[[], bool] = lambda: False,
        most_lost: int | None = None,
        clock: float = 0.0,
    ) -> None:
        self.start = now
        self.clock = clock or seconds_up()
        self.may_claim = limit
        self.has_claimed = False
        self.left: deque[Claimed] = deque()
        self.sent = Sent()
        self.busy = 1
        self._journal = journal
        self._should_stop = should_stop
        self._most_lost = most_lost
        self._lost_in_a_row = 0
        self._watch = Watch()
        self._server_refuses = False
        self._in_hand: dict[int, Claimed] = {}
        self._results: list[Result] = []
        self._finished = False
        self._changed = threading.Condition()
        self._committed = self._looked_round = time.monotonic()
        self._turn = 0

    @property
    def now(self) -> datetime:
        """The time the run was given, plus what has passed since, also while the machine slept:
        by then leases ran out, and others may have the letters.
        """
        return self.start + timedelta(seconds=seconds_up() - self.clock)

    @property
    def over(self) -> bool:
        """Whether nothing more may be begun: told to stop, or at it for a minute."""
        if not self._finished and (
            self._should_stop() or seconds_up() - self.clock >= _RUN_SECONDS
        ):
            self.finish()
        return self._finished

    def add(self, letters: Sequence[Claimed], more: bool) -> None:
        """Add claimed letters; ``more`` says whether others may be due now."""
        ahead = [each for each in letters if each.goes_ahead]
        with self._changed:
            self.left.extendleft(reversed(ahead))
            self.left.extend(each for each in letters if not each.goes_ahead)
            self.has_claimed = True
            self.may_claim = self.may_claim - len(letters) if more else 0
            self._changed.notify_all()

    def looks_round(self) -> bool:
        """Whether it is time to look for what concerns the letters in hand: once a second."""
        due = time.monotonic() - self._looked_round >= _ROUND_SECONDS
        if due:
            self._looked_round = time.monotonic()
        return due

    def take(self) -> Claimed | None:
        if self.over:
            return None
        with self._changed:
            if not self.left:
                return None
            self._turn += 1
            # Now and then one of the rest, which is at the end: there may be very many ahead of it.
            lets_through = self.left[0].goes_ahead and self._turn % BY_TURNS == 0
            letter = self.left.pop() if lets_through else self.left.popleft()
            self._in_hand[letter.pk] = letter
            return letter

    def take_all(self) -> list[Claimed]:
        """Take all there is, for somebody else who sees to it."""
        with self._changed:
            letters = list(self.left)
            self.left.clear()
            return letters

    def note(self, letter: Claimed, answer: Answer) -> None:
        """Keep what came of a try: on file before anything else is done over this connection.

        Where no file can be written it is kept all the same, for the letter has left and the
        database must know; then the run ends.
        """
        result = Result(
            letter_id=letter.pk,
            lease_until=letter.lease_until,
            outcome=answer.outcome,
            at=self.now,
            code=answer.code,
            answer=answer.text,
            message_id=letter.rfc_message_id,
        )
        unwritten: OSError | None = None
        with self._changed:
            try:
                self._journal.append(result)
            except OSError as wrong:
                unwritten = wrong
            self._in_hand.pop(letter.pk, None)
            self._results.append(result)
            lost = result.outcome is Outcome.LOST
            self._lost_in_a_row = self._lost_in_a_row + 1 if lost else 0
            refused = self._watch.sees_too_many(result.outcome, result.code)
        if self._most_lost is not None and self._lost_in_a_row == self._most_lost:
            self.rest(
                RelayDown(
                    f"{self._lost_in_a_row} letters in a row were handed over without an answer "
                    f"({result.answer[:200]}). Sending rests; look at the mail server."
                )
            )
            self.finish()
        if self._most_lost is not None and refused:
            self.refused_too_many(result)
        if unwritten is not None:
            self._cannot_note(unwritten)

    def settle_refusals(self) -> None:
        """Let nothing rest for refusals that turned out to be about the words of one run."""
        if self.sent.stopped.startswith(REFUSES) and not self._server_refuses:
            self.sent.stopped = ""

    def judged(self, result: Result) -> None:
        """Rest: it is plain by all that is known that the server refuses too many."""
        self._server_refuses = True
        self.refused_too_many(result)

    def refused_too_many(self, result: Result) -> None:
        """Rest, for the server refuses so many letters that it is not about their recipients."""
        if not self.sent.stopped:
            self.rest(RelayDown(in_words(result.code, result.answer)))
        self.finish()

    def can_note(self) -> bool:
        """Whether results can be put on file. If not, the run ends before anything leaves."""
        try:
            self._journal.try_out()
        except OSError as wrong:
            self._cannot_note(wrong)
            return False
        return True

    def _cannot_note(self, wrong: OSError) -> None:
        self.rest(
            RelayDown(
                f"What becomes of letters cannot be written to the journal: {wrong}. "
                "Sending rests; check that AFTERWORD_DATA_DIR has room and can be written."
            )
        )
        self.finish()

    def rest(self, down: RelayDown) -> None:
        self.sent.stopped = str(down)
        log.warning("%s", down)

    def not_begun(self) -> list[Claimed]:
        """Return the letters with which nobody has begun."""
        with self._changed:
            return list(self.left)

    def drop(self, ids: Collection[int], abouts: Collection[str]) -> list[Claimed]:
        """Leave out letters of these numbers or about these things with which nobody has begun, and
        return them.
        """
        with self._changed:
            gone = [each for each in self.left if each.pk in ids or each.about in abouts]
            if gone:
                dropped = {each.pk for each in gone}
                self.left = deque(each for each in self.left if each.pk not in dropped)
        return gone

    def has_found(self, count: int) -> bool:
        return len(self._results) >= count

    def commit_is_due(self, connections: int) -> bool:
        passed = time.monotonic() - self._committed
        return len(self._results) >= _COMMIT_EVERY * connections or passed > _COMMIT_SECONDS

    def results_to_commit(self) -> list[Result]:
        with self._changed:
            self._committed = time.monotonic()
            results, self._results = self._results, []
            if results:
                self._journal.turn()
                self.sent.count(results)
            return results

    def wait(self, connections: int) -> bool:
        """Wait for something to see to; return whether any connection is still at work."""
        until = time.monotonic() + _LOOK_SECONDS
        while not self.over and time.monotonic() < until:
            with self._changed:
                if not self.busy or (not self.left and not self._in_hand and not self.may_claim):
                    return False
            if self.commit_is_due(connections) or self.wants_more:
                break
            time.sleep(_NAP_SECONDS)
        return not self._finished

    @property
    def wants_more(self) -> bool:
        return len(self.left) < _FEW_LEFT and self.may_claim > 0

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

    def comes_back(self, untried: Sequence[Claimed], stopped: str) -> None:
        """Take over how somebody else ended: what was not tried, and why."""
        self.sent.stopped = stopped or self.sent.stopped
        self.left.extend(untried)

    def untried(self) -> list[Claimed]:
        """Return what was claimed and not tried, also by a connection that ended."""
        return [*self._in_hand.values(), *self.left]


def at_work(run: Run, relays: Sequence[Carrier], make: Make) -> list[threading.Thread]:
    """Let a thread per connection work the run off, and return them, at work already."""
    run.busy = len(relays)
    hands = [
        threading.Thread(target=_deliver, args=(run, relay, make), name="afterword-letters")
        for relay in relays
    ]
    for hand in hands:
        hand.start()
    return hands


def next_mail(run: Run, make: Make) -> Mail | None:
    """Take the next letter that can be built, and build it."""
    while (letter := run.take()) is not None:
        try:
            return make(letter)
        except ValueError as wrong:
            # Also UnicodeError. It can never be built; the others must not wait for it.
            log.error("letter %s cannot be built: %s", letter.pk, wrong)
            said = f"The letter cannot be built: {wrong}"[:500]
            run.note(letter, Answer(Outcome.REFUSED, None, said))
    return None


def _deliver(run: Run, relay: Carrier, make: Make) -> None:
    def take(wait: bool) -> Mail | None:
        mail = next_mail(run, make)
        while mail is None and wait and run.wait_for_more():
            mail = next_mail(run, make)
        return mail

    def told(mail: Mail, answer: Answer) -> None:
        run.note(mail.letter, answer)

    try:
        relay.deliver(take, told)
    except RelayDown as down:
        run.rest(down)
    except Exception:
        log.exception("a connection ended by a fault of ours")
        relay.quit()
    finally:
        run.hand_ends()
