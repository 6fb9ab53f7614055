"""Whatever the desk permits on promises makes no figure about them better than what was told.

A promise is honest when it is done and told by the earliest day it was given. So each example is
lived twice: by a team that may do anything on the desk, and in the open, by the rule of thumb of a
reader who writes down every text. What the figures say beyond that reader's notes is a fault.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from afterword.accounts.permissions import MACHINE
from afterword.commitments.actions import change, promise
from afterword.commitments.models import Commitment
from afterword.incidents.actions import add_update, reopen, save_record
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record
from afterword.kit.errors import Refusal
from afterword.publishing import queries
from afterword.publishing.actions import (
    correct,
    publish_promises,
    publish_statement,
    switch_panel,
    turn_promises_late,
)
from afterword.publishing.models import PanelQuarter, Publication
from afterword.publishing.promised import DECIDED
from afterword.statements.actions import approve, ask_review, save_revision, start
from afterword.trust.actions import keep_quarters
from afterword.trust.evidence import evidence
from afterword.trust.periods import Period
from afterword.trust.report import report
from statements.world import HONEST, TITLE, build, for_the_page_only

BEGAN = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
WHOLE = Period(date(2026, 3, 1), date(2027, 6, 30))
DAY = timedelta(days=1)
OPEN = {"planned", "in_progress"}
WHICH = st.integers(0, 4)
# Days before an act, and days from it to telling readers; None where nobody tells them.
WHEN = st.tuples(st.sampled_from([0, 0, 2, 9, 30]), st.sampled_from([None, 0, 0, 5, 25]))
When = tuple[int, int | None]


class Notes:
    """What a reader with a pencil knows: of each text its day and what it says of each promise."""

    def __init__(self) -> None:
        self.texts: list[tuple[date, Publication]] = []
        self.gone: set[int] = set()

    def read(self, day: date, text: Publication) -> None:
        self.texts.append((day, text))
        if text.facts.get("correction", {}).get("weight") == "retraction":
            self.gone.add(text.corrects_id or 0)

    def said(self) -> dict[str, list[tuple[date, dict[str, Any], bool]]]:
        found: dict[str, list[tuple[date, dict[str, Any], bool]]] = {}
        for day, text in self.texts:
            for view in text.commitments:
                found.setdefault(view["id"], []).append((day, view, text.pk not in self.gone))
        return found

    def first_day(self, key: str) -> date | None:
        """The earliest day that any text gave."""
        days = [v["due"] for _, v, _ in self.said()[key] if v["state"] in OPEN]
        return date.fromisoformat(min(days)) if days else None

    def kept(self, key: str) -> bool:
        """Whether nothing but "done" stands since a day no later than the earliest one promised."""
        first = self.first_day(key)
        standing = [(day, v) for day, v, stands in self.said()[key] if stands]
        undone = [i for i, (_, v) in enumerate(standing) if v["state"] != "done"]
        after = standing[max(undone, default=-1) + 1 :]
        return first is not None and bool(after) and after[0][0] <= first

    def put_off(self, key: str) -> list[int]:
        days = [date.fromisoformat(v["due"]) for _, v, _ in self.said()[key] if v["state"] in OPEN]
        return [(b - a).days for a, b in pairwise(days) if b > a]


class Desk(RuleBasedStateMachine):
    """A team at the desk, and a reader outside."""

    @initialize()
    def begin(self) -> None:
        self.now = BEGAN
        self.company = for_the_page_only(build(BEGAN), BEGAN)
        self.notes = Notes()
        self.made: list[Commitment] = []
        self.acts = {"put off": 0, "dropped": 0, "set back": 0, "again": 0, "retracted": 0}
        self.texts: list[Publication] = []
        for due in (0, 20, 45):
            self.make(state="planned", due=due, done=0)
        self.close()

    @property
    def incident(self) -> Incident:
        incident: Incident = self.company.incident
        incident.refresh_from_db()
        return incident

    def today(self) -> date:
        return self.now.date()

    @rule(days=st.integers(1, 45))
    def time_passes(self, days: int) -> None:
        self.wait(days)

    def wait(self, days: int) -> None:
        self.now += days * DAY
        turn_promises_late(now=self.now)

    @precondition(lambda self: len(self.made) < 5)
    @rule(
        state=st.sampled_from(["planned", "in_progress", "done"]), due=st.integers(0, 40),
        done=st.integers(0, 60),
    )  # fmt: skip
    def make(self, state: str, due: int, done: int) -> None:
        with at_will():
            self.made.append(
                promise(
                    actor=self.company.noor, now=self.now, incident=self.incident,
                    what=f"Queue number {len(self.made) + 2} stops accepting work at 80% full",
                    why="A full queue held back every invoice.", mechanism="prevent",
                    effect="An engineer is called before invoices are late.", state=state,
                    due=self.today() + due * DAY,
                    done_on=self.today() - done * DAY if state == "done" and done else None,
                )
            )  # fmt: skip

    @rule(which=WHICH, days=st.integers(-5, 90), note=st.sampled_from(["", "Later."]), when=WHEN)
    def put_off(self, which: int, days: int, note: str, when: When) -> None:
        self.wait(when[0])
        one = self.made[which % len(self.made)]
        before = one.due
        with at_will():
            self.change(one, due=self.today() + days * DAY, note=note)
            self.acts["put off"] += int(one.due > before) if one.due and before else 0
        self.tell_after(when[1])

    @rule(
        which=WHICH, back=st.integers(-1, 20) | st.just(0),
        note=st.sampled_from(["", "It was done long ago."]), when=WHEN,
    )  # fmt: skip
    def say_done(self, which: int, back: int, note: str, when: When) -> None:
        self.wait(when[0])
        one = self.made[which % len(self.made)]
        was = one.state
        with at_will():
            self.change(one, state="done", done_on=self.today() - back * DAY, note=note)
            self.acts["set back"] += int(back > 0 and was != "done")
        self.tell_after(when[1])

    @rule(which=WHICH, state=st.sampled_from(["in_progress", "planned"]), when=WHEN)
    def take_up_again(self, which: int, state: str, when: When) -> None:
        self.wait(when[0])
        one = self.made[which % len(self.made)]
        was = one.state
        with at_will():
            self.change(one, state=state)
            self.acts["again"] += int(was == "done")
        self.tell_after(when[1])

    @rule(which=WHICH, when=WHEN)
    def drop(self, which: int, when: When) -> None:
        self.wait(when[0])
        one = self.made[which % len(self.made)]
        was = one.state
        with at_will():
            self.change(one, state="dropped", dropped_because="It costs too much.")
            self.acts["dropped"] += int(was != "dropped")
        self.tell_after(when[1])

    def change(self, one: Commitment, **given: Any) -> None:
        try:
            change(actor=self.company.noor, now=self.now, commitment=one, **given)
        finally:
            one.refresh_from_db()

    def tell_after(self, days: int | None) -> None:
        if days is not None:
            self.wait(days)
            self.tell()

    @rule()
    def tell(self) -> None:
        with at_will():
            self.leave(
                publish_promises(
                    actor=self.company.pia, now=self.now, incident=self.incident
                )
            )  # fmt: skip

    @precondition(lambda self: len([t for t in self.texts if t.kind == "closure"]) < 3)
    @rule()
    def close(self) -> None:
        with at_will():
            written = start(
                actor=self.company.noor, now=self.now, incident=self.incident, kind="closure"
            )
            save_revision(
                actor=self.company.noor, now=self.now, statement=written, title=TITLE,
                body=HONEST, based_on=1,
            )  # fmt: skip
            self.publish(written)

    @precondition(lambda self: self.texts)
    @rule(which=st.integers(0, 9))
    def retract(self, which: int) -> None:
        text = self.texts[which % len(self.texts)]
        with at_will():
            written = correct(
                actor=self.company.noor, now=self.now, incident=self.incident,
                number=text.number, weight="retraction",
                right="This text named the wrong day, so it is gone.",
            )  # fmt: skip
            self.publish(written)
            self.acts["retracted"] += 1

    @rule(severity=st.integers(1, 4))
    def reclassify(self, severity: int) -> None:
        record = current_record(self.incident)
        assert record is not None
        facts = {**record.data["incident"], "severity": severity}
        with at_will():
            save_record(
                actor=self.company.noor, now=self.now, incident=self.incident,
                expected_version=None, data={**record.data, "incident": facts},
            )  # fmt: skip

    @rule()
    def come_back(self) -> None:
        with at_will():
            reopen(actor=MACHINE, now=self.now, incident=self.incident, reason="Clocks anew.")
            add_update(
                actor=MACHINE, now=self.now, incident=self.incident, status="resolved",
                body="Over.",
            )  # fmt: skip

    def publish(self, written: Any) -> None:
        ask_review(actor=self.company.noor, now=self.now, statement=written)
        approve(actor=self.company.bo, now=self.now, statement=written)
        self.leave(publish_statement(actor=self.company.pia, now=self.now, statement=written))

    def leave(self, text: Publication) -> None:
        self.notes.read(self.today(), text)
        if text.commitments:
            self.texts.append(text)

    # What holds after every act

    @invariant()
    def the_report_says_no_more_than_the_reader_knows(self) -> None:
        made = report(self.company.page, WHOLE, now=self.now)
        said = self.notes.said()
        owed = [key for key in said if self.notes.first_day(key) is not None]
        kept = [key for key in owed if self.notes.kept(key)]
        over = [key for key in owed if (self.notes.first_day(key) or BEGAN.date()) < self.today()]
        share = made.measure("promises_kept")
        assert len(share.items) == len(owed), "no promise leaves the report"
        parts = sum(item.part for item in share.items)
        assert parts == len(kept), "nothing counts as kept that was not told in time"
        assert sum(item.whole for item in share.items) >= len({*over, *kept})
        put_off = made.measure("promises_moved")
        assert sum(item.value or 0 for item in put_off.items) == sum(
            sum(self.notes.put_off(key)) for key in owed
        )
        gone = [
            key for key in owed
            if not any(stands for _, _, stands in said[key])
            or [v for _, v, stands in said[key] if stands][-1]["state"] == "dropped"
        ]  # fmt: skip
        assert len(made.measure("dropped").items) == len(gone)
        still = [
            key for key in over
            if key not in gone and [v for _, v, ok in said[key] if ok][-1]["state"] in OPEN
        ]  # fmt: skip
        ages = sorted(
            (self.today() - (self.notes.first_day(k) or BEGAN.date())).days for k in still
        )
        assert sorted(item.value or 0 for item in made.measure("promise_age").items) == ages
        assert len(made.measure("retractions").items) == self.acts["retracted"]

    @invariant()
    def the_public_page_counts_the_same(self) -> None:
        tally = queries.tally(self.company.page, "promise")
        owed = [key for key in self.notes.said() if self.notes.first_day(key) is not None]
        kept = [key for key in owed if self.notes.kept(key)]
        assert tally.get("kept", 0) == len(kept)
        assert sum(tally.values()) == len(self.notes.said()), "no promise leaves the page"
        over = {key for key in owed if (self.notes.first_day(key) or BEGAN.date()) < self.today()}
        assert sum(tally.get(each, 0) for each in DECIDED) >= len(over | set(kept))
        put_off = queries.tally(self.company.page, "put_off")
        moves = [days for key in owed for days in self.notes.put_off(key)]
        assert (put_off.get("times", 0), put_off.get("days", 0)) == (len(moves), sum(moves))

    @invariant()
    def the_auditor_sees_every_act(self) -> None:
        found = [e for e in evidence(self.company.page, WHOLE, now=self.now) if e.kind == "promise"]
        text = [part for each in found for part in each.what.split("; ")]
        for act, begins in (
            ("put off", "Put off from"), ("dropped", "Dropped"),
            ("set back", "Said to have been done on"), ("again", "Said to be done on"),
        ):  # fmt: skip
            assert len([each for each in text if each.startswith(begins)]) == self.acts[act], act
        assert all(each.people for each in found)
        assert all(each.reason for each in found if "taken up again" not in each.what)


@contextmanager
def at_will() -> Iterator[None]:
    """Anything may be tried; what is refused has done nothing."""
    try:
        with transaction.atomic():
            yield
    except Refusal:
        pass


@pytest.mark.django_db
def test_nothing_permitted_on_promises_makes_a_figure_better_than_what_was_told() -> None:
    class InOneTransaction(Desk):
        def __init__(self) -> None:
            super().__init__()
            self.life = transaction.atomic()
            self.life.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.life.__exit__(None, None, None)

    run_state_machine_as_test(
        InOneTransaction,
        settings=settings(
            max_examples=8, stateful_step_count=15, deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )  # fmt: skip


def test_a_quarter_that_was_kept_stays_while_a_day_that_is_set_back_is_told_beside_it(
    company: SimpleNamespace, now: datetime
) -> None:
    made = promise(
        actor=company.noor, now=now, incident=company.incident, what="Queues stop at 80% full",
        why="A full queue held back every invoice.", mechanism="prevent",
        effect="An engineer is called before invoices are late.", due=date(2026, 3, 25),
    )  # fmt: skip
    closure = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    save_revision(
        actor=company.noor, now=now, statement=closure, title=TITLE, body=HONEST, based_on=1
    )
    ask_review(actor=company.noor, now=now, statement=closure)
    approve(actor=company.bo, now=now, statement=closure)
    publish_statement(actor=company.pia, now=now, statement=closure)
    later = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
    switch_panel(actor=MACHINE, now=later, page=company.page, on=True)
    keep_quarters(now=later)
    (quarter,) = PanelQuarter.objects.filter(page=company.page)
    kept_then = quarter.figures
    change(
        actor=company.noor, now=later, commitment=made, state="done", done_on=date(2026, 3, 25),
        note="Nobody had ticked it off.",
    )  # fmt: skip
    publish_promises(actor=company.pia, now=later, incident=company.incident)
    keep_quarters(now=later + 100 * DAY)
    quarter.refresh_from_db()
    assert quarter.figures == kept_then
    (then,) = [each for each in kept_then if each["code"] == "promises_kept"]
    assert [(i["fate"], i["part"], i["whole"]) for i in then["items"]] == [
        ("late, without a word", 0, 1)
    ]
    (is_now,) = report(company.page, WHOLE, now=later).measure("promises_kept").items
    assert (is_now.part, is_now.whole) == (0, 1)
    assert is_now.said == "done in time, told after (done 2026-03-25, told 2026-04-20)"
    (told,) = [e for e in evidence(company.page, WHOLE, now=later) if e.kind == "promise"]
    assert (told.what, told.reason, told.people) == (
        "Said to have been done on 2026-03-25", "Nobody had ticked it off.", ("Noor",),
    )  # fmt: skip
