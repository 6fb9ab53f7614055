"""A text that leaves at a time: once, as it was approved, and only if it still may."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.models import RoleGrant
from afterword.accounts.permissions import MACHINE
from afterword.audit.models import Entry
from afterword.incidents.actions import hold_case
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from afterword.publishing import actions as door
from afterword.publishing.models import Departure, DepartureState, Publication
from afterword.statements.actions import approve, ask_review, save_revision, start
from afterword.statements.models import Statement
from statements.world import HONEST, TITLE, build, change_record, for_the_page_only

LATER = timedelta(hours=2)


@pytest.fixture
def company(db: None, now: datetime) -> SimpleNamespace:
    return for_the_page_only(build(now), now)


@pytest.fixture
def text(company: SimpleNamespace, now: datetime) -> Statement:
    """An approved closure."""
    statement = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    save_revision(
        actor=company.noor, now=now, statement=statement, title=TITLE, body=HONEST, based_on=1
    )
    ask_review(actor=company.noor, now=now, statement=statement)
    approve(actor=company.bo, now=now, statement=statement)
    return statement


@pytest.fixture
def waiting(company: SimpleNamespace, text: Statement, now: datetime) -> Departure:
    return door.schedule_statement(actor=company.pia, now=now, statement=text, leave_at=now + LATER)


def test_it_leaves_when_its_time_has_come_and_once(waiting: Departure, now: datetime) -> None:
    before = Publication.objects.count()
    assert door.let_out(now=now + LATER - timedelta(seconds=1)) == []
    assert Publication.objects.count() == before
    left = door.let_out(now=now + LATER)
    assert [(p.title, p.published_at) for p in left] == [(TITLE, now + LATER)]
    assert door.let_out(now=now + LATER) == []
    waiting.refresh_from_db()
    assert waiting.state == DepartureState.LEFT
    entry = Entry.objects.filter(verb="publishing.publish_statement").latest("pk")
    assert entry.actor_label.startswith("Pia")


def another_text(company: SimpleNamespace, text: Statement, at: datetime) -> None:
    save_revision(
        actor=company.noor, now=at, statement=text, title=TITLE, body=f"{HONEST} More.", based_on=2
    )


def approved_again(company: SimpleNamespace, text: Statement, at: datetime) -> None:
    another_text(company, text, at)
    ask_review(actor=company.noor, now=at, statement=text)
    approve(actor=company.bo, now=at, statement=text)


def other_facts(company: SimpleNamespace, text: Statement, at: datetime) -> None:
    change_record(company, at, symptoms=["something new"])


def no_role(company: SimpleNamespace, text: Statement, at: datetime) -> None:
    RoleGrant.objects.filter(person=company.pia).delete()


def held(company: SimpleNamespace, text: Statement, at: datetime) -> None:
    hold_case(
        actor=company.bo, now=at, incident=company.incident, reason="Counsel first.",
        look_again_on=date(2026, 3, 30),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        (another_text, "the text changed after it was scheduled (revision 2 → 3)"),
        (approved_again, "the text changed after it was scheduled (revision 2 → 3)"),
        (other_facts, "the record changed after approval"),
        (no_role, "This needs the role"),
        (held, "Bo holds this case: Counsel first."),
    ],
)
def test_what_may_not_leave_any_more_stays_and_says_why(
    company: SimpleNamespace, text: Statement, waiting: Departure, now: datetime,
    meanwhile: Any, why: str,
) -> None:  # fmt: skip
    before = Publication.objects.count()
    meanwhile(company, text, now + timedelta(minutes=5))
    assert door.let_out(now=now + LATER) == []
    waiting.refresh_from_db()
    assert waiting.state == DepartureState.REFUSED
    assert why in waiting.why
    assert Publication.objects.count() == before
    assert door.let_out(now=now + 2 * LATER) == []


def test_a_crash_while_it_leaves_loses_nothing_and_repeats_nothing(
    waiting: Departure, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from afterword.publishing.actions import departing

    before = Publication.objects.count()
    real = departing._end

    def dies(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    # After the publication was written and before the transaction ends.
    monkeypatch.setattr(departing, "_end", dies)
    with pytest.raises(KeyboardInterrupt):
        door.let_out(now=now + LATER)
    assert Publication.objects.count() == before
    monkeypatch.setattr(departing, "_end", real)
    assert len(door.let_out(now=now + LATER)) == 1
    assert Publication.objects.count() == before + 1


def test_until_then_anybody_who_writes_may_stop_it_and_afterwards_nobody(
    company: SimpleNamespace, waiting: Departure, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        door.cancel_departure(actor=company.guest, now=now, departure=waiting)
    door.cancel_departure(actor=company.noor, now=now, departure=waiting)
    assert door.let_out(now=now + LATER) == []
    with pytest.raises(WrongState, match="does not wait any more"):
        door.cancel_departure(actor=company.pia, now=now, departure=waiting)


def test_what_was_published_by_hand_meanwhile_is_not_refused_but_done(
    company: SimpleNamespace, text: Statement, waiting: Departure, now: datetime
) -> None:
    door.publish_statement(actor=company.pia, now=now, statement=text)
    assert door.let_out(now=now + LATER) == []
    waiting.refresh_from_db()
    assert (waiting.state, waiting.why) == (
        DepartureState.CANCELLED,
        "It was published by hand before.",
    )


@pytest.mark.parametrize("days", [0, -1, 31])
def test_a_time_lies_ahead_and_within_the_month(
    company: SimpleNamespace, text: Statement, now: datetime, days: int
) -> None:
    with pytest.raises(BadInput, match="within the coming 30 days"):
        door.schedule_statement(
            actor=company.pia, now=now, statement=text, leave_at=now + timedelta(days=days)
        )


def test_only_an_approved_text_waits_for_a_time_and_for_one_only(
    company: SimpleNamespace, text: Statement, waiting: Departure, now: datetime
) -> None:
    def schedule(actor: Any) -> None:
        door.schedule_statement(actor=actor, now=now, statement=text, leave_at=now + LATER)

    with pytest.raises(WrongState, match="waits for a time already"):
        schedule(company.pia)
    for nobody in (company.noor, MACHINE):
        with pytest.raises(NotAllowed):
            schedule(nobody)
    door.cancel_departure(actor=company.pia, now=now, departure=waiting)
    another_text(company, text, now)
    with pytest.raises(WrongState, match="It cannot be scheduled: the text changed"):
        schedule(company.pia)
