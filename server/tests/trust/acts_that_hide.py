"""What people could do to make a figure look better; each act is done to a history of
``real_history``.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.answers import settle_remark
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.lists import forget_lists
from afterword.audience.actions.suppressions import lift_suppression, suppress
from afterword.audience.models import Customer, ReaderRemark
from afterword.commitments.actions import change
from afterword.fanout.actions import cancel, pause, remove_customer
from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of
from afterword.followups.actions import decide
from afterword.incidents.actions import (
    confirm_decision,
    decide_summary,
    hold_case,
    judge_recurrence,
    note_outside,
    release_case,
    save_record,
)
from afterword.incidents.models import Incident
from afterword.incidents.queries import (
    alike,
    current_record,
    incident_by_public_id,
    pending_decision,
)
from afterword.incidents.record import starting_record
from afterword.kit.timespans import iso_utc
from afterword.postbox.actions import forget_recipients, pause_about, stop_about, withdraw
from afterword.postbox.models import Letter, LetterState, Stream
from afterword.postbox.reports import Kind as Returned
from afterword.publishing.actions import (
    announce_backfill,
    announce_calling_off,
    announce_incident,
    announce_move,
    announce_update,
    publish_promises,
    reopen_incident,
    switch_panel,
)
from afterword.statements.actions import save_revision, start
from statements.world import TITLE, change_record
from trust.real_history import (
    DAY,
    HOUR,
    MINUTE,
    World,
    another,
    brought_in,
    elsewhere,
    go_through,
    let_out,
    mail_comes_back,
    work,
)
from trust.test_nothing_gets_better_by_hiding import leave, lower_severity, retract, shrink

Act = Callable[[World, datetime, Random], None]


def retract_the_closure(world: World, now: datetime, _: Random) -> None:
    if world.closure is not None:
        retract(world, now)


def lower_the_severity(world: World, now: datetime, _: Random) -> None:
    lower_severity(world, now)


def name_fewer_customers(world: World, now: datetime, _: Random) -> None:
    shrink(world, now)


def move_the_times_of_the_record(world: World, now: datetime, _: Random) -> None:
    """Clocks run from when people said it was over, whatever the record says later."""
    record = current_record(world.incident)
    assert record is not None
    times = record.data["times"] | {"impact_ended": "2026-03-17T10:00:00Z"}
    change_record(world, now, times=times)


def give_the_cause_another_name(world: World, now: datetime, _: Random) -> None:
    record = current_record(world.incident)
    assert record is not None
    change_record(world, now, cause=record.data["cause"] | {"fingerprint": "something-new"})


def leave_the_part_out_of_the_announcement(world: World, now: datetime, _: Random) -> None:
    """The same part fails again. Readers are told of none, and no cause is named; only the record
    says which part it was.
    """
    word = announce_incident(
        actor=MACHINE, now=now, page=world.page, title="Invoices are stuck",
        body="We look into it.", severity=2,
    )  # fmt: skip
    incident = incident_by_public_id(world.page, word.incident_id)
    announce_update(
        actor=MACHINE, now=now + 30 * MINUTE, incident=incident, status="resolved", body="Over.",
    )  # fmt: skip
    incident.refresh_from_db()
    record = starting_record(incident)
    part = {
        "name": f" {world.sending.name.upper()}", "aliases": [], "impact": "major_outage",
        "began": record["times"]["impact_began"], "ended": record["times"]["impact_ended"],
        "state_now": "operational",
    }  # fmt: skip
    save_record(
        actor=world.noor, now=now + 40 * MINUTE, incident=incident, expected_version=None,
        data=record | {"components": [part]},
    )  # fmt: skip


def decide_for_none(world: World, now: datetime, _: Random) -> None:
    decide_summary(
        actor=world.noor, now=now, incident=world.incident, outcome="none", review_on=now.date(),
        reason="Nobody would read it.", second_person=world.pia,
    )  # fmt: skip


def decide_for_none_and_agree(world: World, now: datetime, chance: Random) -> None:
    decide_for_none(world, now, chance)
    waiting = pending_decision(world.incident)
    assert waiting is not None
    confirm_decision(actor=world.pia, now=now + timedelta(minutes=5), decision=waiting)


def leave_it_undecided(world: World, now: datetime, _: Random) -> None:
    """Nothing is done at all; time passes by itself."""


def hold_it_back(world: World, now: datetime, _: Random) -> None:
    hold_case(
        actor=world.bo, now=now, incident=world.incident, reason="Until nobody asks.",
        look_again_on=date(2026, 7, 1),
    )  # fmt: skip


def hold_and_release(world: World, now: datetime, chance: Random) -> None:
    hold_it_back(world, now, chance)
    release_case(actor=world.bo, now=now, incident=world.incident, reason="Done.")


def call_it_open_again(world: World, now: datetime, _: Random) -> None:
    reopen_incident(
        actor=MACHINE, now=now, incident=world.incident, reason="So that clocks begin anew.",
        body="It is back.",
    )  # fmt: skip
    announce_update(
        actor=MACHINE, now=now, incident=world.incident, status="resolved", body="Over."
    )


def backfill_instead(world: World, now: datetime, _: Random) -> None:
    announce_backfill(
        actor=MACHINE, now=now, page=world.page, title="Invoices waited", body="It was over soon.",
        components={world.sending: "partial_outage"}, severity=3,
        started_at=now - timedelta(days=3), resolved_at=now - timedelta(days=2),
    )  # fmt: skip


def backfill_what_was_long_ago(world: World, now: datetime, _: Random) -> None:
    """Whoever writes it down says when it began, and nobody reads that quarter any more."""
    announce_backfill(
        actor=world.ada, now=now, page=world.page, title="Nothing worked", body="It was down.",
        components={}, severity=1, started_at=now - timedelta(days=1000),
        resolved_at=now - timedelta(days=998),
    )  # fmt: skip


def open_one_that_began_long_ago(world: World, now: datetime, _: Random) -> None:
    """Whoever writes it down says when it began; it is never over, so that it is in no period."""
    announce_incident(
        actor=MACHINE, now=now, page=world.page, title="Exports stop", body="We look into it.",
        severity=1, started_at=now - timedelta(days=400),
    )  # fmt: skip


def begin_before_the_earlier_one(world: World, now: datetime, _: Random) -> None:
    """The part was hit before; said to have begun earlier still, it is nothing again."""
    before = world.incident.started_at - timedelta(days=30)
    word = announce_incident(
        actor=MACHINE, now=now, page=world.page, title="Invoices wait", body="We look into it.",
        severity=2, components={world.sending: "major_outage"}, started_at=before,
    )  # fmt: skip
    announce_update(
        actor=MACHINE, now=now + 6 * HOUR, status="resolved", body="Over.",
        incident=incident_by_public_id(world.page, word.incident_id),
        components={world.sending: "operational"},
    )  # fmt: skip


def begin_another_instead(world: World, now: datetime, chance: Random) -> None:
    """One long incident told as two: each has clocks of its own."""
    another(world, now - timedelta(hours=4), chance)


def tell_one_outage_as_two(world: World, now: datetime, _: Random) -> None:
    """Two at once, each small, over at other times and with no part or cause in common."""
    for minutes in (0, 20):
        word = announce_incident(
            actor=MACHINE, now=now + minutes * MINUTE, page=world.page, title="A few were slow",
            body="We look into it.", severity=4,
        )  # fmt: skip
        incident = incident_by_public_id(world.page, word.incident_id)
        announce_update(
            actor=MACHINE, now=now + (40 + minutes) * MINUTE, incident=incident, status="resolved",
            body="Over.",
        )  # fmt: skip


def tell_two_outages_as_one(world: World, now: datetime, chance: Random) -> None:
    """The second is a word about the first, which stays open in between."""
    word = announce_incident(
        actor=MACHINE, now=now, page=world.page, title="Exports stop", body="We look into it.",
        severity=2,
    )  # fmt: skip
    incident = incident_by_public_id(world.page, word.incident_id)
    announce_update(
        actor=MACHINE, now=now + 30 * MINUTE, incident=incident, status="monitoring", body="Fixed.",
    )  # fmt: skip
    record = starting_record(incident)
    times = record["times"] | {"impact_ended": iso_utc(now + 20 * MINUTE)}
    times["basis"] = times["basis"] | {"impact_ended": "measured"}
    save_record(
        actor=world.noor, now=now + 40 * MINUTE, incident=incident, expected_version=None,
        data=record | {"times": times},
    )  # fmt: skip
    for hours, status, body in ((20, "identified", "It fails again."), (22, "resolved", "Over.")):
        announce_update(
            actor=MACHINE, now=now + hours * HOUR, incident=incident, status=status, body=body
        )


def hold_back_that_it_is_over(world: World, now: datetime, _: Random) -> None:
    """The clock of a closure starts with "resolved", and nobody has to say that early."""
    hour = timedelta(hours=1)
    word = announce_incident(
        actor=MACHINE, now=now, page=world.page, title="Exports stopped", body="We look into it.",
        severity=2,
    )  # fmt: skip
    incident = incident_by_public_id(world.page, word.incident_id)
    announce_update(
        actor=MACHINE, now=now + 5 * hour, incident=incident, status="resolved", body="Over."
    )
    incident.refresh_from_db()
    record = starting_record(incident)
    times = record["times"] | {"impact_ended": iso_utc(now + hour)}
    times["basis"] = times["basis"] | {"impact_ended": "measured"}
    save_record(
        actor=world.noor, now=now + 5 * hour, incident=incident, expected_version=None,
        data=record | {"times": times},
    )  # fmt: skip
    publish_at_once(world, incident, now + 5 * hour + timedelta(minutes=5))


def publish_at_once(world: World, incident: Incident, now: datetime) -> None:
    other = SimpleNamespace(**{**vars(world), "incident": incident})
    decide(
        actor=world.pia, now=now, incident=incident, segment="everyone", level="page",
        reason="Few felt it.",
    )  # fmt: skip
    draft = start(actor=world.noor, now=now, incident=incident, kind="closure")
    leave(other, now, draft, "Exports work again", "The incident is resolved. We are sorry.")


def deny_that_it_is_the_same(world: World, now: datetime, _: Random) -> None:
    for found in alike(world.incident):
        judge_recurrence(
            actor=world.noor, now=now, incident=world.incident, earlier=found.earlier,
            is_same=False, reason="Another list, another limit.",
        )  # fmt: skip


def say_nobody_spoke_first(world: World, now: datetime, _: Random) -> None:
    note_outside(
        actor=world.noor, now=now, incident=world.incident, nobody_before=True, repeat_questions=0
    )


def say_somebody_spoke_after_us(world: World, now: datetime, _: Random) -> None:
    note_outside(actor=world.noor, now=now, incident=world.incident, first_at=now)


def tell_the_promise(world: World, now: datetime, **moved: Any) -> None:
    if world.promise is not None:
        change(actor=world.noor, now=now, commitment=world.promise, **moved)
        publish_promises(actor=world.pia, now=now, incident=world.incident)


def drop_the_promise(world: World, now: datetime, _: Random) -> None:
    tell_the_promise(world, now, state="dropped", dropped_because="It costs too much.")


def put_the_promise_off(world: World, now: datetime, _: Random) -> None:
    tell_the_promise(world, now, due=date(2026, 12, 31), note="Later is easier.")


def put_the_promise_off_without_a_word(world: World, now: datetime, _: Random) -> None:
    if world.promise is not None:
        change(
            actor=world.noor, now=now, commitment=world.promise, due=date(2026, 12, 31),
            note="Later is easier.",
        )  # fmt: skip


def say_it_was_done_before(world: World, now: datetime, _: Random) -> None:
    late = now + timedelta(days=60)
    tell_the_promise(
        world, late, state="done", done_on=date(2026, 4, 1), note="Nobody had written it down.",
    )  # fmt: skip


def write_to_nobody(world: World, now: datetime, _: Random) -> None:
    decide(
        actor=world.pia, now=now, incident=world.incident, segment="everyone", level="none",
        reason="Nobody would read it.",
    )  # fmt: skip


def put_a_remark_away_unread(world: World, now: datetime, _: Random) -> None:
    for remark in ReaderRemark.objects.filter(page=world.page):
        settle_remark(actor=world.noor, now=now, remark=remark, drop=True)


def overwrite_the_draft(world: World, now: datetime, _: Random) -> None:
    """What the first state of a text said is kept when the second replaces it."""
    draft = start(actor=world.noor, now=now, incident=world.incident, kind="summary")
    save_revision(
        actor=world.noor, now=now, statement=draft, title=TITLE, body="Ten customers.", based_on=1
    )
    save_revision(actor=world.noor, now=now, statement=draft, title=TITLE, body="", based_on=2)


def take_the_panel_away(world: World, now: datetime, _: Random) -> None:
    switch_panel(actor=world.ada, now=now, page=world.page, on=True)
    switch_panel(
        actor=world.ada, now=now, page=world.page, on=False, reason="The figures look bad."
    )


def run_an_outage_as_planned_work(world: World, now: datetime, _: Random) -> None:
    """A part is down, told as work that is scheduled and never begins, until it is over."""
    minute = timedelta(minutes=1)
    planned = work(world, now, now + minute)
    announce_update(
        actor=MACHINE, now=now + 2 * minute, incident=planned, status="scheduled", body="Soon.",
        components={world.sending: "major_outage"},
    )  # fmt: skip
    announce_update(
        actor=MACHINE, now=now + 300 * minute, incident=planned, status="completed", body="Done.",
        components={world.sending: "operational"},
    )  # fmt: skip


def plan_when_it_is_broken_already(world: World, now: datetime, _: Random) -> None:
    minute = timedelta(minutes=1)
    go_through(work(world, now, now + minute), now + 2 * minute, now + 60 * minute)


def call_the_work_off(world: World, now: datetime, _: Random) -> None:
    announce_calling_off(actor=MACHINE, now=now, incident=world.work, body="Not today.")


def call_work_off_in_time(world: World, now: datetime, _: Random) -> None:
    """Work that counts nowhere yet: there is a line of it, and no figure."""
    planned = work(world, now, now + timedelta(minutes=10))
    announce_calling_off(
        actor=MACHINE, now=now + timedelta(minutes=5), incident=planned, body="Not today."
    )


def move_the_work_away(world: World, now: datetime, _: Random) -> None:
    begins = now + timedelta(days=150)
    announce_move(
        actor=MACHINE, now=now, incident=world.work, body="Another day.", scheduled_for=begins,
        scheduled_until=begins + timedelta(hours=2),
    )  # fmt: skip


def move_the_work_and_call_it_off(world: World, now: datetime, chance: Random) -> None:
    move_the_work_away(world, now, chance)
    call_the_work_off(world, now + timedelta(minutes=5), chance)


# With letters, and with those who should have had one


def write_to_none_of_the_affected(world: World, now: datetime, _: Random) -> None:
    decide(
        actor=world.pia, now=now, incident=world.incident, segment="data_affected", level="none",
        reason="They have found out by themselves.",
    )  # fmt: skip


def cancel_the_letters(world: World, now: datetime, _: Random) -> None:
    if world.letter is not None:
        cancel(actor=world.pia, now=now, mailing=run_of(world), reason="Nobody need know.")


def pause_the_letters(world: World, now: datetime, _: Random) -> None:
    if world.letter is not None:
        pause(actor=world.pia, now=now, mailing=run_of(world), reason="Nobody need know yet.")


def run_of(world: World) -> Mailing:
    return Mailing.objects.select_related("publication__page").get(publication=world.letter)


def stop_what_is_in_the_outbox(world: World, now: datetime, _: Random) -> None:
    if world.letter is not None:
        stop_about(about=about_of(world.letter), now=now, says="Nobody need know.")


def hold_what_is_in_the_outbox(world: World, now: datetime, _: Random) -> None:
    if world.letter is not None:
        pause_about(about=about_of(world.letter), now=now)


def take_a_letter_back(world: World, now: datetime, _: Random) -> None:
    waiting = Letter.objects.filter(state=LetterState.WAITING).order_by("pk").first()
    if waiting is not None:
        withdraw(recipient=waiting.recipient, streams=list(Stream), reason="Nobody need know.")


def forget_whom_a_letter_was_to(world: World, now: datetime, _: Random) -> None:
    if world.letter is not None:
        forget_recipients(about=about_of(world.letter))


def forget_who_was_on_the_lists(world: World, now: datetime, _: Random) -> None:
    forget_lists(now=now + 91 * DAY, keep=timedelta(days=90))


def put_somebody_away_before_their_letter(world: World, now: datetime, _: Random) -> None:
    for waiting in Letter.objects.filter(state=LetterState.WAITING).order_by("pk")[:2]:
        suppress(actor=MACHINE, now=now, page=world.page, email=waiting.recipient, reason="asked")


def remove_the_customers_before_their_letter(world: World, now: datetime, _: Random) -> None:
    """Those on the list become customers first, and are then not known any more."""
    told = {"actor": MACHINE, "now": now, "page": world.page}
    rows = [
        f"h{n},Company {n},{letter.recipient}"
        for n, letter in enumerate(Letter.objects.exclude(recipient__contains=":").order_by("pk"))
    ]
    import_customers(csv_text="\n".join(("account_id,name,contact_email", *rows)), **told)
    for account in list(Customer.objects.values_list("account_id", flat=True)):
        remove_customer(account_id=account, despite_owed=True, **told)


def call_it_mail_that_came_back(world: World, now: datetime, _: Random) -> None:
    mail_comes_back(now, world.readers[-1].email, Returned.HARD)


def have_a_letter_called_spam(world: World, now: datetime, _: Random) -> None:
    mail_comes_back(now, world.readers[-2].email, Returned.COMPLAINT)


def let_mail_go_to_who_wanted_none(world: World, now: datetime, _: Random) -> None:
    lift_suppression(actor=MACHINE, now=now, page=world.page, email=world.readers[1].email)


def say_that_mail_to_who_left_came_back(world: World, now: datetime, _: Random) -> None:
    suppress(
        actor=MACHINE, now=now, page=world.page, email=world.readers[0].email, reason="bounced"
    )


# With corrections


def clarify_instead_of_correcting(world: World, now: datetime, _: Random) -> None:
    """More customers are known, and readers are told something else about it."""
    if world.closure is not None:
        change_record(world, now, customers={"affected": 2400, "total": 4860, "percent": 49.4})
        let_out(world, now, "clarification", "Those who send invoices by hand were hit as well.")


def tell_of_lost_data_later(world: World, now: datetime, _: Random) -> None:
    """What was told first is that no data was touched; as many customers were hit as ever."""
    if world.closure is not None:
        change_record(world, now, data={"confidentiality": "confirmed", "loss": "confirmed"})
        let_out(
            world, now, "fact",
            "Names of 900 people were shown to others, and data of theirs was lost",
            "No data was lost, changed or shown to others",
        )  # fmt: skip


def correct_it_to_fewer(world: World, now: datetime, _: Random) -> None:
    if world.closure is not None:
        change_record(world, now, customers={"affected": 900, "total": 4860, "percent": 18.5})
        let_out(world, now, "fact", "900 of 4,860 (18.5%)", "1,798 of our 4,860 customers")


def know_of_more_and_say_nothing(world: World, now: datetime, _: Random) -> None:
    """More customers and another part are known after the text, and readers keep what they had."""
    if world.closure is not None:
        record = current_record(world.incident)
        assert record is not None
        part = {**record.data["components"][0], "name": "Exports", "impact": "degraded"}
        change_record(
            world, now, customers={"affected": 4000, "total": 4860, "percent": 82.3},
            components=[*record.data["components"], part],
        )  # fmt: skip


def take_the_letter_back(world: World, now: datetime, _: Random) -> None:
    if world.letter is not None:
        kept, world.closure = world.closure, world.letter
        retract(world, now)
        world.closure = kept


# With what another page tells


def import_that_it_is_back(world: World, now: datetime, _: Random) -> None:
    began = world.imported.started_at
    brought_in(world, began, status="investigating", resolved_at=None, updates=[
        elsewhere(0, "investigating", began), elsewhere(1, "resolved", began + HOUR),
        elsewhere(2, "investigating", began + 2 * DAY),
    ])  # fmt: skip


def import_that_it_was_harmless(world: World, now: datetime, _: Random) -> None:
    brought_in(world, world.imported.started_at, impact="none")


def import_that_it_began_long_ago(world: World, now: datetime, _: Random) -> None:
    """Earlier incidents of the last 180 days are asked about; this one was."""
    brought_in(world, world.imported.started_at, started_at=now - 400 * DAY)


def import_that_it_was_shorter(world: World, now: datetime, _: Random) -> None:
    began = world.imported.started_at
    brought_in(world, began, resolved_at=began + 10 * MINUTE)
