"""On a random real history, nothing that hides makes a figure better without being seen.

Every public verb of the rooms that make the figures stands below: it hides, and then an act does it
to a history that people really made, or it cannot hide, and then it says why.
"""

import importlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.answers import count_answer, keep_remark, settle_remark
from afterword.audience.models import ReaderRemark
from afterword.audit.models import Entry
from afterword.commitments.actions import change, promise
from afterword.followups.actions import decide
from afterword.incidents.actions import (
    confirm_decision,
    decide_summary,
    hold_case,
    judge_recurrence,
    note_outside,
    release_case,
)
from afterword.incidents.models import Incident
from afterword.incidents.queries import (
    alike,
    current_record,
    incident_by_public_id,
    pending_decision,
)
from afterword.kit.errors import Refusal
from afterword.publishing.actions import (
    announce_backfill,
    announce_calling_off,
    announce_incident,
    announce_maintenance,
    announce_move,
    announce_update,
    publish_promises,
    reopen_incident,
    switch_panel,
)
from afterword.statements.actions import save_revision, start
from afterword.trust.evidence import evidence_of
from afterword.trust.measure import Measure
from afterword.trust.periods import Period
from afterword.trust.report import Report, report_of
from afterword.trust.rows import gather
from statements.world import HONEST, TITLE, build, change_record, for_the_page_only
from trust.test_nothing_gets_better_by_hiding import leave, lower_severity, retract, shrink
from trust.test_time_travel import TELLING

World = SimpleNamespace
Act = Callable[[World, datetime, Random], None]
NOON = datetime.fromisoformat("2026-03-18T12:00:00+00:00")
WHOLE = Period(date(2026, 1, 1), date(2026, 6, 30))
SIGN = TELLING | {"promise_age": -1, "promises_moved": -1, "planned_as_told": +1}


# A random history, made by the verbs that people use


def made(chance: Random, *, whole: bool = False) -> World:
    """A company with incidents at random stages; what the acts need hangs on the last one, and with
    ``whole`` all of it is there.
    """
    world = for_the_page_only(build(NOON), NOON)
    world.closure = world.promise = None
    for number in range(chance.randint(1 if whole else 0, 2)):
        another(world, NOON - timedelta(days=30 - 9 * number), chance)
    as_told = work(world, NOON - timedelta(days=9), NOON - timedelta(days=7))
    go_through(as_told, NOON - timedelta(days=7), NOON - timedelta(days=7, hours=-1))
    # Its beginning comes, and nobody says a word.
    world.work = work(world, NOON - timedelta(days=2), NOON + timedelta(hours=1))
    if whole or chance.random() < 0.8:
        world.promise = promise(
            actor=world.noor, now=NOON, incident=world.incident, what="Queues stop at 80% full",
            why="A full queue held back every invoice.", mechanism="prevent",
            effect="An engineer is called before invoices are late.", due=date(2026, 4, 18),
        )  # fmt: skip
    if whole or chance.random() < 0.8:
        draft = start(actor=world.noor, now=NOON, incident=world.incident, kind="closure")
        world.closure = leave(world, NOON, draft, TITLE, HONEST)
    if chance.random() < 0.5:
        note_outside(
            actor=world.noor, now=NOON, incident=world.incident,
            first_at=NOON - timedelta(days=2), repeat_questions=chance.randint(1, 60),
        )  # fmt: skip
    for question in chance.choices(("", "data", "again"), k=chance.randint(0, 12)):
        count_answer(page=world.page, incident_ref=world.incident.public_id, question=question)
    keep_remark(
        now=NOON, page=world.page, incident_ref=world.incident.public_id, text="Which data?",
    )  # fmt: skip
    return world


def another(world: World, began: datetime, chance: Random) -> Incident:
    """An incident that went its way without texts, or goes on."""
    word = announce_incident(
        actor=MACHINE, now=began, page=world.page, title="Invoices wait", body="We look into it.",
        components={world.sending: "partial_outage"}, severity=chance.randint(1, 4),
        next_update_at=began + timedelta(minutes=30),
    )  # fmt: skip
    incident = incident_by_public_id(world.page, word.incident_id)
    if chance.random() < 0.8:
        announce_update(
            actor=MACHINE, now=began + timedelta(minutes=chance.randint(5, 200)),
            incident=incident, status="resolved", body="Over.",
        )  # fmt: skip
    incident.refresh_from_db()
    return incident


def work(world: World, told: datetime, begins: datetime) -> Incident:
    """Planned work of two hours, of which readers are told the beginning."""
    word = announce_maintenance(
        actor=MACHINE, now=told, page=world.page, title="Disks are changed", body="New ones.",
        scheduled_for=begins, scheduled_until=begins + timedelta(hours=2),
        components=[world.sending], begins_itself=False,
    )  # fmt: skip
    return incident_by_public_id(world.page, word.incident_id)


def go_through(planned: Incident, *at: datetime) -> None:
    for when, status in zip(at, ("in_progress", "completed"), strict=True):
        announce_update(
            actor=MACHINE, now=when, incident=planned, status=status, body=f"It is {status}."
        )


# What hides


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


def begin_another_instead(world: World, now: datetime, chance: Random) -> None:
    """One long incident told as two: each has clocks of its own."""
    another(world, now - timedelta(hours=4), chance)


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


# Verb → what does it here.
HIDES: dict[str, tuple[Act, ...]] = {
    "publishing.correct": (retract_the_closure,),
    "incidents.save_record": (
        lower_the_severity, name_fewer_customers, move_the_times_of_the_record,
        give_the_cause_another_name,
    ),
    "incidents.decide_summary": (
        decide_for_none, decide_for_none_and_agree, leave_it_undecided,
    ),
    "incidents.confirm_decision": (decide_for_none_and_agree,),
    "incidents.hold_case": (hold_it_back,),
    "incidents.release_case": (hold_and_release,),
    "publishing.reopen_incident": (call_it_open_again,),
    "publishing.announce_backfill": (backfill_instead,),
    "publishing.announce_incident": (begin_another_instead,),
    "incidents.judge_recurrence": (deny_that_it_is_the_same,),
    "incidents.note_outside": (say_nobody_spoke_first,),
    "commitments.change": (
        drop_the_promise, put_the_promise_off, put_the_promise_off_without_a_word,
        say_it_was_done_before,
    ),
    "publishing.publish_promises": (drop_the_promise, put_the_promise_off),
    "followups.decide": (write_to_nobody,),
    "audience.answers.settle_remark": (put_a_remark_away_unread,),
    "statements.save_revision": (overwrite_the_draft,),
    "publishing.switch_panel": (take_the_panel_away,),
    "publishing.announce_maintenance": (
        run_an_outage_as_planned_work, plan_when_it_is_broken_already,
    ),
    "publishing.announce_update": (run_an_outage_as_planned_work,),
    "publishing.announce_calling_off": (call_the_work_off, call_work_off_in_time),
    "publishing.announce_move": (move_the_work_away, move_the_work_and_call_it_off),
}  # fmt: skip
_OWN_WORD = "It only adds a word of the team; what was said before stays."
_BY_DOOR = "What it writes is public only through the door, whose verbs are here."
_ITSELF = "Afterword does it by itself, by a rule and not by choice."
_READS = "It reads, or shows what would leave."
_TOLD_MORE = "It tells readers more; what it tells late is late."
_READERS = "Readers do it, and nobody here."
_NO_FIGURE = "Figures do not read it."
_MAIL_ALONE = "Only mail counts as letters."
_PARTS_ALONE = "Figures are of incidents: docs/trust.md says that a part's status alone is in none."
CANNOT_HIDE: dict[str, str] = {
    "incidents.add_update": _TOLD_MORE, "incidents.open_incident": _BY_DOOR,
    "incidents.backfill_incident": _BY_DOOR, "incidents.reopen": _BY_DOOR,
    "incidents.call_off_maintenance": _BY_DOOR, "incidents.move_maintenance": _BY_DOOR,
    "incidents.plan_maintenance": _BY_DOOR,
    "incidents.close_case": "It is refused while anything is owed; figures do not read it.",
    "incidents.open_case": "Figures do not read it.",
    "incidents.import_incident": "It is refused for whatever is run here or told here since.",
    "incidents.retire_template": "Templates are in no figure.",
    "incidents.save_template": "Templates are in no figure.",
    "incidents.retitle": "Figures go by the id of an incident, whatever it is called.",
    "publishing.move_maintenance_on": _ITSELF,
    "publishing.cancel_departure": "The text is late from when it was due, as if never written.",
    "publishing.schedule_statement": "The text is late from when it was due, whatever is planned.",
    "publishing.catalogue_what_is_missing": _ITSELF, "publishing.let_out": _ITSELF,
    "publishing.keep_panel_quarter": _ITSELF, "publishing.turn_measures_held": _ITSELF,
    "publishing.turn_promises_late": _ITSELF,
    "publishing.delivered": _READS, "publishing.preview_of": _READS,
    "publishing.publish_imported": "What is imported counts in no measure of when it was told.",
    "publishing.publish_statement": _TOLD_MORE, "publishing.publish_translation": _TOLD_MORE,
    "publishing.publish_unread": "The auditor's list has every text that left unread.",
    "publishing.publish_without_rest": _TOLD_MORE, "publishing.tell_delivered": _TOLD_MORE,
    "statements.approve": _BY_DOOR, "statements.approve_translation": _BY_DOOR,
    "statements.ask_changes": _BY_DOOR, "statements.ask_review": _BY_DOOR,
    "statements.ask_translation_changes": _BY_DOOR, "statements.start": _BY_DOOR,
    "statements.start_correction": _BY_DOOR, "statements.mark_published": _BY_DOOR,
    "statements.begin_bypass": "The auditor's list has every text that left unread.",
    "statements.read_afterwards": "The bypass stays listed, with what was found.",
    "statements.override": "The auditor's list has every override, and a figure counts it.",
    "statements.confirm_override": "The override is listed before and after it is agreed to.",
    "statements.comment": _OWN_WORD, "statements.settle": _OWN_WORD,
    "statements.save_translation": "Figures read the original.",
    "commitments.promise": _BY_DOOR,
    "audience.answers.count_answer": _READERS, "audience.answers.keep_remark": _READERS,
    "audience.answers.read_remark": _READS, "audience.answers.without_traces": _READS,
    "audience.answers.refuse_question": _READS,
    "audience.answers.forget_remarks": "What readers counted stays; remarks are in no figure.",
    "audience.subscribers.subscribe": _READERS, "audience.subscribers.confirm": _READERS,
    "audience.subscribers.unsubscribe": _READERS, "audience.subscribers.choose_moments": _READERS,
    "audience.subscribers.choose_components": _READERS,
    "audience.subscribers.choose_digest": _READERS,
    "audience.subscribers.choose_language": _READERS,
    "audience.subscribers.count_request": _READERS,
    "audience.subscribers.quarantine": "It follows mail that came back; complaints are counted.",
    "audience.subscribers.forget": _ITSELF,
    "audience.subscribers.visible_parts": _READS, "audience.subscribers.may_mail": _READS,
    "audience.hooks.ask_for_hook": _READERS, "audience.hooks.confirm_hook": _READERS,
    "audience.hooks.choose_for_hook": _READERS, "audience.hooks.end_hook": _READERS,
    "audience.hooks.remove_hook": _MAIL_ALONE, "audience.hooks.stop_failing_hooks": _MAIL_ALONE,
    "audience.customers.import_customers": _NO_FIGURE,
    "audience.customers.take_customers": _NO_FIGURE,
    "audience.bringing.import_subscribers": _NO_FIGURE,
    "audience.bringing.import_subscriber_file": _NO_FIGURE,
    "audience.impacts.import_impacts": _NO_FIGURE,
    "audience.lists.add_affected": "Whoever is added and not reached lowers the share.",
    "audience.lists.freeze_list": "It is made as a text leaves, of everybody whom that concerns.",
    "audience.lists.replace_lists": "Everybody counts once, whichever list names them.",
    "audience.lists.forget_lists": "How many a list named is kept, and counts on.",
    "importing.import_statuspage": "It is refused for whatever is run here or told here since.",
    "importing.create_imported_page": _NO_FIGURE, "importing.windows_of": _READS,
    "components.create_page": _NO_FIGURE, "components.choose_languages": _NO_FIGURE,
    "components.set_look": _NO_FIGURE, "components.create_component": _NO_FIGURE,
    "components.hold": _NO_FIGURE, "components.set_uptime_weights": _NO_FIGURE,
    "components.set_status": _PARTS_ALONE, "components.backfill_span": _PARTS_ALONE,
    "components.roll_up": _PARTS_ALONE,
    "fanout.agree": _TOLD_MORE, "fanout.resume": _TOLD_MORE, "fanout.try_again_now": _TOLD_MORE,
    "fanout.cancel": "The auditor's list has every run of letters that was cancelled.",
    "fanout.pause": "What has not left reached nobody, and counts so.",
    "fanout.expand_due": _ITSELF, "fanout.forget_affected": _ITSELF, "fanout.keep_counts": _ITSELF,
    "fanout.open_in_time": _ITSELF,
    "fanout.send_test": "It goes to the team.",
    "trust.take_along": "It writes down who took a report along.", "trust.keep_quarters": _ITSELF,
}  # fmt: skip
ROOMS = (
    "incidents", "publishing", "statements", "commitments", "followups", "trust", "components",
    "fanout", "importing",
)  # fmt: skip
OF_READERS = ("answers", "subscribers", "hooks", "customers", "bringing", "impacts", "lists")


def verbs() -> Iterator[str]:
    """Yield the public verbs of the rooms that make the figures."""
    for room in ROOMS:
        module = importlib.import_module(f"afterword.{room}.actions")
        for name in getattr(module, "__all__", None) or own_functions(module):
            if callable(getattr(module, name)) and name[0].islower():
                yield f"{room}.{name}"
    for part in OF_READERS:
        module = importlib.import_module(f"afterword.audience.actions.{part}")
        yield from (f"audience.{part}.{name}" for name in own_functions(module))


def own_functions(module: Any) -> list[str]:
    return [
        name for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
        and callable(value) and not isinstance(value, type)
    ]  # fmt: skip


def test_of_every_verb_it_is_said_whether_it_can_hide() -> None:
    assert set(HIDES) & set(CANNOT_HIDE) == set()
    assert sorted([*HIDES, *CANNOT_HIDE]) == sorted(verbs())
    assert all(CANNOT_HIDE.values())


def test_a_figure_that_gets_better_is_seen_to() -> None:
    """The judge below would notice."""
    made_up = [Measure("c", "C", "", "", "share", (), "")]
    assert not better(made_up[0], made_up[0], +1)


# What is seen of it


class Seen:
    """Everything the report and the auditor's list say at an instant."""

    def __init__(self, world: World, now: datetime) -> None:
        rows = gather(world.page, WHOLE, now=now)
        self.report: Report = report_of(rows)
        self.traces = {(m.code, i) for m in self.report.traces for i in m.items}
        self.evidence = set(evidence_of(world.page, rows))


def better(before: Measure, after: Measure, sign: int) -> bool:
    """Whether a figure reads better than before, few as its lines may be."""
    was, now = (figure(each) for each in (before, after))
    return was is not None and now is not None and (now - was) * sign > 0


def figure(measure: Measure) -> float | None:
    if measure.kind == "share":
        whole = sum(each.whole for each in measure.known)
        return sum(each.part for each in measure.known) / whole if whole else None
    values = [each.value for each in measure.known if each.value is not None]
    return sum(values) / len(values) if values else None


# What changes nothing that is measured; of everything else something must be seen.
NOTHING_TO_SHOW: dict[Act, str] = {
    leave_it_undecided: "Nothing is done; what is owed is late all the same.",
    move_the_times_of_the_record: "Clocks run from when people said that it was over.",
    give_the_cause_another_name: "It takes no question of recurrence away.",
    overwrite_the_draft: "What the first state said is kept.",
    move_the_work_away: "Its beginning had come, and it still counts by it.",
    put_a_remark_away_unread: "Remarks are in no figure; the answers they came with stay counted.",
}
ACTS = sorted({act for acts in HIDES.values() for act in acts}, key=lambda act: act.__name__)


@pytest.mark.django_db
@settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)  # fmt: skip
@given(
    chance=st.randoms(use_true_random=False),
    acts=st.lists(st.sampled_from(ACTS), min_size=1, max_size=4),
    hours=st.integers(1, 400),
)
def test_on_a_random_history(chance: Random, acts: list[Act], hours: int) -> None:
    with transaction.atomic():
        world = made(chance)
        for place, act in enumerate(acts):
            check(world, act, NOON + timedelta(hours=hours + place), chance)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_every_act(act: Act) -> None:
    """None of them is refused here, and each leaves a line in the log: it did happen."""
    world = made(Random(act.__name__), whole=True)
    lines = Entry.objects.count()
    later = NOON + timedelta(days=120)
    before = Seen(world, later)
    act(world, NOON + timedelta(hours=2), Random(3))
    assert (Entry.objects.count() > lines) == (act is not leave_it_undecided)
    after = Seen(world, later)
    judge(act, before, after)
    shows = bool(listed_since(before, after)) or any(
        better(after.report.measure(code), before.report.measure(code), sign)
        for code, sign in SIGN.items()
    )
    assert shows or act in NOTHING_TO_SHOW, "It hides and nothing at all shows it."


def listed_since(before: Seen, after: Seen) -> set[str]:
    """Return the incidents of which a trace or the auditor's list says more than before."""
    named = {item.about for _, item in after.traces - before.traces}
    return named | {each.incident for each in after.evidence - before.evidence}


def check(world: World, act: Act, now: datetime, chance: Random) -> None:
    later = NOON + timedelta(days=120)
    before = Seen(world, later)
    try:
        with transaction.atomic():
            act(world, now, chance)
    except Refusal:
        return
    judge(act, before, Seen(world, later))


def judge(act: Act, before: Seen, after: Seen) -> None:
    """Hold what looks better against what is listed about the same incidents."""
    named = listed_since(before, after)
    for code, sign in SIGN.items():
        was, now_is = before.report.measure(code), after.report.measure(code)
        if not better(was, now_is, sign):
            continue
        worse = [
            pair for pair in now_is.pair
            if pair in SIGN
            and better(before.report.measure(pair), after.report.measure(pair), -SIGN[pair])
        ]  # fmt: skip
        moved = set(was.items) ^ set(now_is.items)
        seen = named & {item.about for item in moved}
        assert seen or worse, f"{act.__name__} makes {code} look better, and nothing shows it"
