"""One round of work, and rounds until told to stop. A failing part never holds up the others."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import close_old_connections, connection

from afterword.audience.actions.coming_back import read_maildir, stop_refused
from afterword.audience.actions.hooks import stop_failing_hooks
from afterword.audience.actions.reading import forget_intakes, read_next, release_intakes
from afterword.audience.actions.subscribers import forget
from afterword.audience.queries.suppressions import must_not_get
from afterword.components.actions import roll_up
from afterword.fanout.actions import (
    end_following,
    expand_due,
    forget_affected,
    keep_counts,
    open_in_time,
)
from afterword.fanout.in_turn import told_in_turn
from afterword.incidents.actions import keep_missed_parts
from afterword.kit import clock
from afterword.postbox import actions as postbox
from afterword.postbox.dispatch import RELAY_PAUSE, Dispatcher, recover
from afterword.postbox.finishing import Finish
from afterword.postbox.hooks import CHANNELS, Hooks, hook_of
from afterword.postbox.journal import Journal
from afterword.postbox.queries import was_asked_to_try
from afterword.postbox.relay import Relay
from afterword.postbox.return_path import return_key
from afterword.postbox.sent_log import SentLog
from afterword.publishing.actions import (
    let_out,
    move_maintenance_on,
    turn_measures_held,
    turn_promises_late,
)
from afterword.reminders.actions import remind, remind_of_promises
from afterword.site_builder.actions import build_pending, confirm, follow, settle
from afterword.site_builder.mirror import NotSettled
from afterword.trust.actions import keep_quarters
from afterword.worker.slot import abandoned_slots, take_slot
from afterword.worker.steadiness import DOUBT_SECONDS, Steadiness

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.5
LETTERS_AT_A_TIME = 20_000
EMAIL, HOOKS, UPLOADS = "email", "hooks", "uploads"
HOOKS_AT_ONCE, HOOKS_A_ROUND = 4, 100
SWEEP_EVERY = 60.0
# What a worker killed a moment ago left to talk holds its place for a second yet.
SWEEP_AGAIN_AFTER = 5.0
# An older version that still runs during an upgrade saves records beside this one: how far back
# the first sweep of a worker looks for what those named, and how far each later one does.
PARTS_MISSED_AT_FIRST, PARTS_MISSED_SINCE = timedelta(days=7), timedelta(minutes=15)
CONFIRM_EVERY = 15.0
FOLLOW_EVERY = 2.0
REMIND_EVERY = 20.0
SETTLE_AFTER = 60.0
_LONGEST_PAUSE = 60.0


@dataclass(frozen=True)
class Summary:
    """What one round did. ``busy`` means that more is waiting already."""

    built: int = 0
    begun: int = 0
    accepted: int = 0
    not_accepted: int = 0
    busy: bool = False
    failed: tuple[str, ...] = ()


@dataclass
class _Part:
    """One kind of work, with a pause after failures: 1 second doubling to a minute."""

    name: str
    failures: int = 0
    resume_at: float = 0.0

    def fail(self) -> None:
        self.failures += 1
        self.resume_at = time.monotonic() + min(_LONGEST_PAUSE, 2.0 ** (self.failures - 1))

    @property
    def next_pause(self) -> timedelta:
        """How long it rests if it fails now."""
        return timedelta(seconds=min(_LONGEST_PAUSE, 2.0**self.failures))

    def succeed(self) -> None:
        self.failures, self.resume_at = 0, 0.0


class _RelayRests(Exception):
    """The mail server is unreachable or unwilling, which has been logged; try later."""


def _finish() -> Finish:
    """Return what is done to each mail that leaves."""
    told = settings.MAIL_PROVIDER
    header = told.provider.header if told else ""
    return Finish(settings.BOUNCE_ADDRESS, return_key(), settings.DKIM, header)


@dataclass
class Worker:
    """Everything one worker holds: its place, its mail connection, its pauses."""

    data_dir: Path = field(default_factory=lambda: Path(settings.DATA_DIR))
    smtp: dict[str, Any] = field(default_factory=lambda: dict(settings.SMTP))
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._slot = take_slot(self.data_dir)
        try:
            self._take_up()
        except BaseException:
            # Whoever tries again would find the place taken, and in the end all of them.
            self._slot.release()
            raise

    def _take_up(self) -> None:
        self._journal = Journal(self._slot.journal)
        self._dispatcher: Dispatcher | None = None
        if self.smtp:
            relay = Relay(self.smtp, our_name=urlsplit(settings.PUBLIC_URL).hostname or "localhost")
            self._dispatcher = Dispatcher(
                relay=relay,
                worker=self._slot.name,
                journal=self._journal,
                connections=self.smtp.get("connections", 1),
                log_of_sent=SentLog(self.data_dir / "sent"),
                finish=_finish(),
                lock=self._slot.handle,
                unwanted=must_not_get,
                in_order=told_in_turn,
            )
        self._hooks_journal = Journal(self._slot.beside(HOOKS).journal)
        self._hooks = Dispatcher(
            relay=Hooks(
                now=clock.now, allowed=settings.HOOKS_MAY_REACH, named=settings.HOOKS_MAY_CALL
            ),
            worker=self._slot.beside(HOOKS).name,
            journal=self._hooks_journal,
            connections=HOOKS_AT_ONCE,
            channels=CHANNELS,
            make=hook_of,
            log_of_sent=SentLog(self.data_dir / "sent"),
            in_order=told_in_turn,
            # One machine that does not answer says nothing about the others.
            most_lost=None,
        )
        self._parts = {
            name: _Part(name)
            for name in (
                "hooks",
                UPLOADS,
                "planned",
                "uptime",
                "site",
                "reminders",
                "mailings",
                "mail",
                "sweep",
            )
        }
        self._has_threads = False
        self._has_released = False
        # Of which channels a rest may be noted that has ended, by this worker or by one before it.
        self._rests_noted = {EMAIL, HOOKS}
        self._ending = threading.Event()
        self._swept_at = float("-inf")
        self._confirmed_at = float("-inf")
        self._reminded_at = float("-inf")
        self._follows, self._follow_at = True, float("-inf")
        self._settle_at = float("inf")

    def run_once(self, now: datetime) -> Summary:
        """Count days, build, expand, send, sweep. Never raises for what a part does."""
        found: dict[str, Any] = {}
        work: list[tuple[str, Callable[[], None]]] = [
            ("sweep", lambda: self._sweep(now)),
            ("planned", lambda: self._move_on(now)),
            ("uptime", lambda: self._roll_up(now)),
            ("site", lambda: found.update(self._build(now))),
            ("reminders", lambda: self._remind(now)),
        ]
        if not self._has_threads:
            work += [
                ("mailings", lambda: found.update(self._expand(now))),
                ("mail", lambda: found.update(self._send(now))),
                ("hooks", lambda: self._call_hooks(now)),
                (UPLOADS, self._read_uploads),
            ]
        return self._round(work, found)

    def expand_once(self, now: datetime) -> Summary:
        """Turn what was published into letters only. Never raises for what that does."""
        found: dict[str, Any] = {}
        return self._round([("mailings", lambda: found.update(self._expand(now)))], found)

    def send_once(self, now: datetime) -> Summary:
        """Send by mail only. Never raises for what that does."""
        found: dict[str, Any] = {}
        return self._round([("mail", lambda: found.update(self._send(now)))], found)

    def call_once(self, now: datetime) -> Summary:
        """Send to webhooks and chat only. Never raises for what they do."""
        return self._round([("hooks", lambda: self._call_hooks(now))], {})

    def read_once(self, now: datetime) -> Summary:
        """Read uploads of customers only. Never raises for what is in them."""
        return self._round([(UPLOADS, self._read_uploads)], {})

    def _round(self, work: list[tuple[str, Callable[[], None]]], found: dict[str, Any]) -> Summary:
        failed = tuple(name for name, do in work if not self._attempt(self._parts[name], do))
        return Summary(**found, failed=failed)

    def run_forever(self) -> None:
        """Work until ``stop`` is set, resting half a second whenever there is nothing to do.

        Letters have a thread of their own: building a whole site takes minutes, and they must not
        wait for it. Writing them has another, for what is published must not wait for a slow mail
        server. So have webhooks and chat, whose machines may take their time, and uploads, for
        which somebody waits.
        """
        if self._dispatcher is None:
            log.info("AFTERWORD_SMTP_URL is empty: letters wait in the outbox, nothing is sent")
        self._has_threads = True
        apart = [
            threading.Thread(target=self._apart, args=(work,), name=f"afterword-{name}")
            for name, work in (
                ("mailings", self.expand_once),
                ("mail", self.send_once),
                (HOOKS, self.call_once),
                (UPLOADS, self.read_once),
            )
        ]
        for thread in apart:
            thread.start()
        try:
            self._repeat(self.run_once)
        finally:
            self._ending.set()
            for thread in apart:
                thread.join()

    def _apart(self, work: Callable[[datetime], Summary]) -> None:
        while not self._told_to_stop():
            try:
                self._repeat(work)
            except Exception:  # the database may be away when its connection is looked at
                log.exception("a part of the worker fell over and starts again")
                self.stop.wait(IDLE_SECONDS)
        connection.close()

    def _repeat(self, work: Callable[[datetime], Summary]) -> None:
        steady = Steadiness(clock.now())
        while not self._told_to_stop():
            close_old_connections()
            now = clock.now()
            if steady.jumped(now):
                log.error(
                    "the clock went ahead by %s at once: nothing is sent or published for %d "
                    "minutes, so that it can be put right", steady.ahead, DOUBT_SECONDS // 60,
                )  # fmt: skip
                self._rest(DOUBT_SECONDS)
                steady = Steadiness(clock.now())
            elif not work(now).busy:
                self.stop.wait(IDLE_SECONDS)

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._told_to_stop() and time.monotonic() < until:
            self.stop.wait(IDLE_SECONDS)

    def _told_to_stop(self) -> bool:
        return self.stop.is_set() or self._ending.is_set()

    def close(self) -> None:
        """Say goodbye to the mail server and give up the place."""
        if self._dispatcher is not None:
            self._dispatcher.close()
        self._hooks.close()
        self._journal.close()
        self._hooks_journal.close()
        self._slot.release()
        if not connection.in_atomic_block:
            connection.close()

    def _attempt(self, part: _Part, work: Callable[[], None]) -> bool:
        if self.stop.is_set():
            return True
        try:
            if time.monotonic() < part.resume_at and not self._is_asked_to_try(part):
                return True
            work()
        except _RelayRests:
            part.fail()
            return False
        except Exception:  # a worker that dies of one bad row sends nothing to anybody
            part.fail()
            log.exception("the worker's part %r failed; the others go on", part.name)
            if not connection.in_atomic_block:
                connection.close()
            return False
        part.succeed()
        return True

    def _build(self, now: datetime) -> dict[str, int]:
        """Build what is due, and let readers know now and then that nothing newer is waiting."""
        followed = self._follow(now)
        try:
            changed = build_pending(now=now, wait=False)
        except BlockingIOError:
            # A whole build by another process takes minutes, and letters must not wait for it.
            return {}
        due = changed or time.monotonic() - self._confirmed_at >= CONFIRM_EVERY
        if followed and due:
            confirm(now=now)
            self._confirmed_at = time.monotonic()
        return {"built": len(changed)}

    def _move_on(self, now: datetime) -> None:
        """Begin and end planned work and let out texts whose time has come; before the site is
        built, so that it shows at once.
        """
        move_maintenance_on(now=now)
        let_out(now=now)

    def _remind(self, now: datetime) -> None:
        """Mail the team about words and promises, before readers wait in vain for them."""
        if time.monotonic() - self._reminded_at < REMIND_EVERY:
            return
        remind(now=now)
        remind_of_promises(now=now)
        self._reminded_at = time.monotonic()

    def _roll_up(self, now: datetime) -> None:
        """The pages show a day from when it is over: building finds what counting changed."""
        for page in roll_up(now=now):
            log.info("uptime of %s is counted through %s", page.name, page.rolled_through)

    def _follow(self, now: datetime) -> bool:
        """Look now and then what other machines have built; return whether that is known.

        Without the storage they share, this one goes on building what is asked for.
        """
        if time.monotonic() < self._follow_at:
            return self._follows
        try:
            follow()
        except BlockingIOError:
            return self._follows
        except NotSettled as reason:
            log.info("another machine is pushing (%s); its pages are fetched in a moment", reason)
            self._follows, self._follow_at = False, time.monotonic() + FOLLOW_EVERY
            self._settle_at = min(self._settle_at, time.monotonic() + SETTLE_AFTER)
            self._settle(now)
        except Exception:  # a storage, its network or its client: any of them may be broken
            log.exception("the shared storage cannot be read; other machines' pages are missing")
            self._follows, self._follow_at = False, time.monotonic() + CONFIRM_EVERY
        else:
            self._follows, self._follow_at = True, time.monotonic() + FOLLOW_EVERY
            self._settle_at = float("inf")
        return self._follows

    def _settle(self, now: datetime) -> None:
        """See to a storage that has not come to fit for a while: its pusher may be dead."""
        if time.monotonic() < self._settle_at:
            return
        self._settle_at = time.monotonic() + SETTLE_AFTER
        try:
            settle(now=now)
        except BlockingIOError:
            log.info("a machine builds or pushes; the storage is looked at again in a minute")
        except Exception:  # as above
            log.exception("the shared storage cannot be made whole")

    def _expand(self, now: datetime) -> dict[str, int]:
        return {"begun": expand_due(now=now, should_stop=self._told_to_stop).begun}

    def _send(self, now: datetime) -> dict[str, Any]:
        if self._dispatcher is None:
            return {}
        sent = self._dispatcher.send_due(
            now=now, limit=LETTERS_AT_A_TIME, should_stop=self._told_to_stop
        )
        if sent.stopped:
            self._note_rest(EMAIL, "mail", sent.stopped, now)
        if sent.accepted:
            self._note_work(EMAIL)
        return {
            "accepted": sent.accepted,
            "not_accepted": sent.tried - sent.accepted,
            "busy": sent.tried == LETTERS_AT_A_TIME,
        }

    def _note_rest(self, channel: str, part: str, because: str, now: datetime) -> None:
        """Let the desk see that nothing leaves through a channel, and why. Raises _RelayRests."""
        until = now + max(self._parts[part].next_pause, RELAY_PAUSE)
        postbox.rest(channel=channel, now=now, until=until, because=because)
        self._rests_noted.add(channel)
        raise _RelayRests(because)

    def _note_work(self, channel: str) -> None:
        if channel in self._rests_noted:
            postbox.work_again(channel=channel)
            self._rests_noted.discard(channel)

    def _is_asked_to_try(self, part: _Part) -> bool:
        channel = {"mail": EMAIL, "hooks": HOOKS}.get(part.name)
        return channel is not None and part.failures > 0 and was_asked_to_try(channel)

    def _call_hooks(self, now: datetime) -> None:
        sent = self._hooks.send_due(now=now, limit=HOOKS_A_ROUND, should_stop=self._told_to_stop)
        if sent.stopped:
            self._note_rest(HOOKS, "hooks", sent.stopped, now)
        if sent.tried:
            self._note_work(HOOKS)

    def _read_uploads(self) -> None:
        if not self._has_released:
            # Whoever has this place knows that who had it before is gone.
            release_intakes(worker=self._slot.name)
            self._has_released = True
        while (
            read_next(worker=self._slot.name, now=clock.now, should_stop=self._told_to_stop)
            and not self._told_to_stop()
        ):
            pass

    def _read_bounces(self, now: datetime) -> None:
        if settings.BOUNCES_MAILDIR is None:
            return
        try:
            read_maildir(now=now, folder=settings.BOUNCES_MAILDIR)
        except OSError as wrong:
            log.error("AFTERWORD_BOUNCES_MAILDIR cannot be read: %s", wrong)

    def _sweep(self, now: datetime) -> None:
        """At the start, soon after, and once a minute: finish what dead workers left, forget what
        is due, say which promises are late and which measures held. A step that fails holds up no
        other; the first error is raised at the end.

        What a dead worker of this very place left is finished by the dispatcher.
        """
        if time.monotonic() - self._swept_at < SWEEP_EVERY:
            return
        keep = timedelta(days=settings.KEEP_AFFECTED_DAYS)
        keep_uploads = timedelta(days=settings.KEEP_UPLOADS_DAYS)
        faults = []
        first = self._swept_at == float("-inf")
        missed_since = now - (PARTS_MISSED_AT_FIRST if first else PARTS_MISSED_SINCE)
        for step in (
            self._finish_what_the_dead_left,
            lambda now: postbox.sweep(now=now),
            lambda now: postbox.date_back(now=now),
            lambda now: open_in_time(now=now),
            lambda now: forget(now=now),
            lambda now: forget_affected(now=now, keep=keep),
            lambda now: forget_intakes(now=now, keep=keep_uploads),
            lambda now: stop_failing_hooks(now=now),
            lambda now: end_following(now=now),
            lambda now: stop_refused(now=now),
            self._read_bounces,
            lambda now: turn_promises_late(now=now),
            lambda now: turn_measures_held(now=now),
            lambda now: keep_quarters(now=now),
            lambda _: keep_counts(),
            lambda _: keep_missed_parts(since=missed_since),
        ):
            try:
                step(now)
            except Exception as fault:  # one bad row must not keep promises from turning late
                log.exception("a step of the sweep failed")
                faults.append(fault)
        self._swept_at = time.monotonic() - (SWEEP_EVERY - SWEEP_AGAIN_AFTER if first else 0.0)
        if faults:
            raise faults[0]

    def _finish_what_the_dead_left(self, now: datetime) -> None:
        with closing(SentLog(self.data_dir / "sent")) as log_of_sent:
            for slot in abandoned_slots(self.data_dir):
                release_intakes(worker=slot.name)
                for left in (slot, slot.beside(HOOKS)):
                    with closing(Journal(left.journal)) as journal:
                        recover(worker=left.name, journal=journal, now=now, log_of_sent=log_of_sent)


def run_once(*, now: datetime) -> Summary:
    """Do one round of work, for tests and for whoever runs the worker from a timer."""
    with closing(Worker()) as worker:
        return worker.run_once(now)


def run_forever(stop: threading.Event) -> None:
    """Work until ``stop`` is set. What is in hand then is finished or given back."""
    with closing(Worker(stop=stop)) as worker:
        worker.run_forever()
