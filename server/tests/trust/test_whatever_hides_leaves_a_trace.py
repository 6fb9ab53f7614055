"""On a random real history, nothing that hides makes a figure better without being seen.

Every public verb of the rooms that make the figures stands below: it hides, and then an act does it
to a history that people really made, or it cannot hide, and then it says why.
"""

import importlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from afterword.audit.models import Entry
from afterword.kit.errors import Refusal
from afterword.postbox.models import Letter, Order
from afterword.trust.evidence import evidence_of
from afterword.trust.measure import Measure
from afterword.trust.periods import Period
from afterword.trust.report import Report, report_of
from afterword.trust.rows import gather
from trust.acts_that_hide import (
    Act,
    backfill_instead,
    backfill_what_was_long_ago,
    begin_another_instead,
    begin_before_the_earlier_one,
    call_it_mail_that_came_back,
    call_it_open_again,
    call_the_work_off,
    call_work_off_in_time,
    cancel_the_letters,
    clarify_instead_of_correcting,
    correct_it_to_fewer,
    decide_for_none,
    decide_for_none_and_agree,
    deny_that_it_is_the_same,
    drop_the_promise,
    forget_who_was_on_the_lists,
    forget_whom_a_letter_was_to,
    give_the_cause_another_name,
    have_a_letter_called_spam,
    hold_and_release,
    hold_back_that_it_is_over,
    hold_it_back,
    hold_what_is_in_the_outbox,
    import_that_it_began_long_ago,
    import_that_it_is_back,
    import_that_it_was_harmless,
    import_that_it_was_shorter,
    know_of_more_and_say_nothing,
    leave_it_undecided,
    leave_the_part_out_of_the_announcement,
    let_mail_go_to_who_wanted_none,
    lower_the_severity,
    move_the_times_of_the_record,
    move_the_work_and_call_it_off,
    move_the_work_away,
    name_fewer_customers,
    open_one_that_began_long_ago,
    overwrite_the_draft,
    pause_the_letters,
    plan_when_it_is_broken_already,
    put_a_remark_away_unread,
    put_somebody_away_before_their_letter,
    put_the_promise_off,
    put_the_promise_off_without_a_word,
    remove_the_customers_before_their_letter,
    retract_the_closure,
    run_an_outage_as_planned_work,
    say_it_was_done_before,
    say_nobody_spoke_first,
    say_somebody_spoke_after_us,
    say_that_mail_to_who_left_came_back,
    stop_what_is_in_the_outbox,
    take_a_letter_back,
    take_the_letter_back,
    take_the_panel_away,
    tell_of_lost_data_later,
    tell_one_outage_as_two,
    tell_two_outages_as_one,
    write_to_nobody,
    write_to_none_of_the_affected,
)
from trust.real_history import NOON, World, made
from trust.test_time_travel import TELLING

WHOLE = Period(date(2026, 1, 1), date(2026, 6, 30))
LATER = NOON + timedelta(days=120)
SIGN = TELLING | {"promise_age": -1, "promises_moved": -1, "planned_as_told": +1}


# Verb → what does it here.
HIDES: dict[str, tuple[Act, ...]] = {
    "publishing.correct": (
        retract_the_closure, take_the_letter_back, clarify_instead_of_correcting,
        correct_it_to_fewer, tell_of_lost_data_later,
    ),
    "incidents.save_record": (
        lower_the_severity, name_fewer_customers, move_the_times_of_the_record,
        give_the_cause_another_name, know_of_more_and_say_nothing,
        leave_the_part_out_of_the_announcement,
    ),
    "incidents.decide_summary": (
        decide_for_none, decide_for_none_and_agree, leave_it_undecided,
    ),
    "incidents.confirm_decision": (decide_for_none_and_agree,),
    "incidents.hold_case": (hold_it_back,),
    "incidents.release_case": (hold_and_release,),
    "publishing.reopen_incident": (call_it_open_again,),
    "publishing.announce_backfill": (backfill_instead, backfill_what_was_long_ago),
    "publishing.announce_incident": (
        begin_another_instead, tell_one_outage_as_two, tell_two_outages_as_one,
        open_one_that_began_long_ago, begin_before_the_earlier_one,
    ),
    "incidents.judge_recurrence": (deny_that_it_is_the_same,),
    "incidents.note_outside": (say_nobody_spoke_first, say_somebody_spoke_after_us),
    "commitments.change": (
        drop_the_promise, put_the_promise_off, put_the_promise_off_without_a_word,
        say_it_was_done_before,
    ),
    "publishing.publish_promises": (drop_the_promise, put_the_promise_off),
    "followups.decide": (write_to_nobody, write_to_none_of_the_affected),
    "audience.answers.settle_remark": (put_a_remark_away_unread,),
    "statements.save_revision": (overwrite_the_draft,),
    "publishing.switch_panel": (take_the_panel_away,),
    "publishing.announce_maintenance": (
        run_an_outage_as_planned_work, plan_when_it_is_broken_already,
    ),
    "publishing.announce_update": (run_an_outage_as_planned_work, hold_back_that_it_is_over),
    "publishing.announce_calling_off": (call_the_work_off, call_work_off_in_time),
    "publishing.announce_move": (move_the_work_away, move_the_work_and_call_it_off),
    "fanout.remove_customer": (remove_the_customers_before_their_letter,),
    "audience.suppressions.suppress": (
        put_somebody_away_before_their_letter, say_that_mail_to_who_left_came_back,
    ),
    "audience.suppressions.lift_suppression": (let_mail_go_to_who_wanted_none,),
    "audience.coming_back.take_in": (call_it_mail_that_came_back, have_a_letter_called_spam),
    "audience.lists.forget_lists": (forget_who_was_on_the_lists,),
    "fanout.cancel": (cancel_the_letters,), "fanout.pause": (pause_the_letters,),
    "postbox.withdraw": (take_a_letter_back,), "postbox.stop_about": (stop_what_is_in_the_outbox,),
    "postbox.pause_about": (hold_what_is_in_the_outbox,),
    "postbox.forget_recipients": (forget_whom_a_letter_was_to,),
    "incidents.import_incident": (
        import_that_it_is_back, import_that_it_was_harmless, import_that_it_began_long_ago,
        import_that_it_was_shorter,
    ),
}  # fmt: skip
_OWN_WORD = "It only adds a word of the team; what was said before stays."
_BY_DOOR = "What it writes is public only through the door, whose verbs are here."
_ITSELF = "Afterword does it by itself, by a rule and not by choice."
_READS = "It reads, or shows what would leave."
_TOLD_MORE = "It tells readers more; what it tells late is late."
_READERS = "Readers do it, and nobody here."
_NO_FIGURE = "Figures do not read it."
_COUNTS = "It writes down that somebody left."
_MAIL_ALONE = "Only mail counts as letters."
_BY_FANOUT = "It writes and sends what a publication is about; what does not leave reached nobody."
_SENDING = "It is how letters are handed over; what counts is which of them left."
_SERVERS = "A mail server says it, or the log of what left, and nobody here."
_OF_SPENT = "It counts how often a network may answer, whatever it answers."
_PARTS_ALONE = "Figures are of incidents: docs/trust.md says that a part's status alone is in none."
CANNOT_HIDE: dict[str, str] = {
    "incidents.add_update": _TOLD_MORE, "incidents.open_incident": _BY_DOOR,
    "incidents.backfill_incident": _BY_DOOR, "incidents.reopen": _BY_DOOR,
    "incidents.call_off_maintenance": _BY_DOOR, "incidents.move_maintenance": _BY_DOOR,
    "incidents.plan_maintenance": _BY_DOOR,
    "incidents.close_case": "It is refused while anything is owed; figures do not read it.",
    "incidents.open_case": "Figures do not read it.",
    "incidents.retire_template": "Templates are in no figure.",
    "incidents.save_template": "Templates are in no figure.",
    "incidents.keep_missed_parts": "It adds what records named when they were saved.",
    "incidents.retitle": "Figures go by the id of an incident, whatever it is called.",
    "publishing.move_maintenance_on": _ITSELF,
    "publishing.cancel_departure": "The text is late from when it was due, as if never written.",
    "publishing.schedule_statement": "The text is late from when it was due, whatever is planned.",
    "publishing.catalogue_what_is_missing": _ITSELF, "publishing.let_out": _ITSELF,
    "publishing.keep_panel_quarter": _ITSELF, "publishing.turn_measures_held": _ITSELF,
    "publishing.turn_promises_late": _ITSELF,
    "publishing.delivered": _READS, "publishing.preview_of": _READS,
    "publishing.would_leave": _READS, "fanout.letters_of": _READS,
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
    "audience.suppressions.leave_letters": _READERS,
    "audience.subscribers.stop_following": _READERS,
    "audience.subscribers.choose_components": _READERS,
    "audience.subscribers.choose_digest": _READERS,
    "audience.subscribers.choose_language": _READERS,
    "audience.subscribers.count_request": _READERS,
    "audience.subscribers.quarantine": "It follows mail that came back; complaints are counted.",
    "audience.subscribers.quarantine_all": "It follows the same, and complaints are counted.",
    "audience.coming_back.take_in_all": "It does for many what take_in does for one.",
    "audience.opting_out.note_complaints": _COUNTS, "postbox.note_all_came_back": _SERVERS,
    "postbox.withdraw_all": "It does for many what withdraw does for one.",
    "audience.subscribers.forget": _ITSELF,
    "audience.subscribers.visible_parts": _READS, "audience.subscribers.may_mail": _READS,
    "audience.hooks.ask_for_hook": _READERS, "audience.hooks.confirm_hook": _READERS,
    "audience.hooks.choose_for_hook": _READERS, "audience.hooks.end_hook": _READERS,
    "audience.hooks.end_followed": _MAIL_ALONE,
    "audience.hooks.remove_hook": _MAIL_ALONE, "audience.hooks.stop_failing_hooks": _MAIL_ALONE,
    "audience.opting_out.note_opt_out": _COUNTS, "audience.opting_out.note_complaint": _COUNTS,
    "audience.opting_out.note_left_elsewhere": _COUNTS,
    "audience.coming_back.take_in_mail": "It reads a mail, and take_in acts on it.",
    "audience.coming_back.read_maildir": "It reads mails, and take_in acts on them.",
    "audience.coming_back.stop_refused": _SERVERS,
    "audience.answering.take_turn": _OF_SPENT, "audience.answering.give_back": _OF_SPENT,
    "audience.answering.forget_turns": _OF_SPENT,
    "audience.reports.report": _READS,
    "audience.customers.import_customers": _NO_FIGURE,
    "audience.customers.take_customers": _NO_FIGURE,
    "audience.bringing.import_subscribers": _NO_FIGURE,
    "audience.bringing.read_subscribers": _READS, "audience.bringing.write_brought": _NO_FIGURE,
    "audience.bringing.take_subscribers": _NO_FIGURE,
    "audience.bringing_back.bring_who_left": "Who left stays gone, and is counted again.",
    "audience.bringing.import_subscriber_file": "Who left elsewhere takes nobody off a figure.",
    "audience.impacts.import_impacts": _NO_FIGURE,
    "audience.affected.add_affected": "Whoever is added and not reached lowers the share.",
    "audience.affected.take_affected": "Whoever is added and not reached lowers the share.",
    "audience.impacts.take_impacts": _NO_FIGURE,
    "audience.lists.freeze_list": "It is made as a text leaves, of everybody whom that concerns.",
    "audience.lists.replace_lists": "Everybody counts once, whichever list names them.",
    "importing.import_statuspage": "It keeps incidents through the verb of incidents above.",
    "importing.create_imported_page": _NO_FIGURE, "importing.windows_of": _READS,
    "components.create_page": _NO_FIGURE, "components.choose_languages": _NO_FIGURE,
    "components.set_look": _NO_FIGURE, "components.create_component": _NO_FIGURE,
    "components.hold": _NO_FIGURE, "components.set_uptime_weights": _NO_FIGURE,
    "components.set_status": _PARTS_ALONE, "components.backfill_span": _PARTS_ALONE,
    "components.roll_up": _PARTS_ALONE,
    "fanout.tell_instead": _TOLD_MORE, "fanout.end_following": _ITSELF,
    "fanout.send_again": _TOLD_MORE, "fanout.lift_quarantines": _TOLD_MORE,
    "postbox.send_again": _TOLD_MORE, "audience.lifting.lift_stops": _TOLD_MORE,
    "postbox.settle_came_back": "Nobody is stopped for it; complaints are not settled.",
    "fanout.agree": _TOLD_MORE, "fanout.resume": _TOLD_MORE, "fanout.try_again_now": _TOLD_MORE,
    "fanout.expand_due": _ITSELF, "fanout.forget_affected": _ITSELF, "fanout.keep_counts": _ITSELF,
    "fanout.open_in_time": _ITSELF,
    "fanout.send_test": "It goes to the team.", "fanout.what_goes": _READS,
    "postbox.begin_posting": _BY_FANOUT, "postbox.can_post_found": _READS,
    "postbox.carry_out": "It goes on with an order that was given, and gives none.",
    "postbox.catch_up": _SERVERS, "postbox.mark_as_left": _SERVERS,
    "postbox.record_results": _SERVERS, "postbox.note_came_back": _SERVERS,
    "postbox.mark_handled": _SERVERS,
    "postbox.key_tries": "It writes beside a try by what name its letter is known.",
    "postbox.overtaken_among": _READS,
    "postbox.at_once": _READS, "postbox.claim": _SENDING, "postbox.release": _SENDING,
    "postbox.release_claims_of": _SENDING, "postbox.sweep": _SENDING, "postbox.rest": _SENDING,
    "postbox.end_rest": _SENDING, "postbox.work_again": _SENDING,
    "postbox.date_back": "It dates back what a wrong clock dated ahead, none of which has left.",
    "postbox.go_on_about": _TOLD_MORE,
    "postbox.reword_for": _BY_FANOUT,
    "postbox.post": _BY_FANOUT, "postbox.post_found": _BY_FANOUT,
    "postbox.write_message": _BY_FANOUT,
    "postbox.reword": "It rewords what has not left; figures read publications, not letters.",
    "trust.take_along": "It writes down who took a report along.",
    "trust.look_at": "It writes down who opened one.", "trust.keep_quarters": _ITSELF,
}  # fmt: skip
ROOMS = (
    "incidents", "publishing", "statements", "commitments", "followups", "trust", "components",
    "fanout", "importing", "postbox",
)  # fmt: skip
OF_READERS = (
    "affected", "answering", "answers", "bringing", "bringing_back", "coming_back", "customers",
    "hooks", "impacts", "lifting", "lists", "opting_out", "reports", "subscribers", "suppressions",
)  # fmt: skip


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
    remove_the_customers_before_their_letter: "Lists keep their sizes and what is owed leaves.",
    overwrite_the_draft: "What the first state said is kept.",
    move_the_work_away: "Its beginning had come, and it still counts by it.",
    write_to_none_of_the_affected: "Whoever was on a list counts, though another takes its place.",
    **dict.fromkeys(
        (
            pause_the_letters,
            stop_what_is_in_the_outbox,
            hold_what_is_in_the_outbox,
            take_a_letter_back,
            put_somebody_away_before_their_letter,
        ),
        "Whose letter has not left counts as not reached before and after.",
    ),
    forget_whom_a_letter_was_to: "How many it reached is kept.",
    forget_who_was_on_the_lists: "How many were on them is kept.",
    call_it_mail_that_came_back: "Whoever had letters before had them.",
    let_mail_go_to_who_wanted_none: "That they had left was written down, and counts on.",
    say_that_mail_to_who_left_came_back: "Who left has left.",
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
    acts=st.lists(st.sampled_from(ACTS), min_size=1, max_size=8),
    hours=st.integers(1, 400),
)
def test_on_a_random_history(chance: Random, acts: list[Act], hours: int) -> None:
    with transaction.atomic():
        world = made(chance)
        seen, done = Seen(world, LATER), 0
        for place, act in enumerate(acts):
            found = check(world, act, NOON + timedelta(hours=hours + place), chance, seen)
            if found is not None:
                seen, done = found, done + 1
        transaction.set_rollback(True)
    # Where everything was refused, nothing was tried.
    assume(done)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_every_act(act: Act) -> None:
    """None of them is refused here, and each leaves rows behind: it did happen."""
    world = made(Random(act.__name__), whole=True)
    rows, before = footprint(), Seen(world, LATER)
    act(world, NOON + timedelta(hours=2), Random(3))
    assert (footprint() != rows) == (act is not leave_it_undecided)
    after = Seen(world, LATER)
    judge(act, before, after)
    shows = bool(listed_since(before, after)) or any(
        better(after.report.measure(code), before.report.measure(code), sign)
        for code, sign in SIGN.items()
    )
    assert shows or act in NOTHING_TO_SHOW, "It hides and nothing at all shows it."


def footprint() -> tuple[object, ...]:
    """Return what changes with every act: the log, and of the outbox, which keeps none, how far
    each letter is, whom it names, and what was ordered about it.
    """
    letters = Letter.objects.values_list("pk", "state", "recipient", "stop_asked")
    orders = Order.objects.values_list("about", "wish")
    return Entry.objects.count(), frozenset(letters), frozenset(orders)


def listed_since(before: Seen, after: Seen) -> set[str]:
    """Return the incidents of which a trace or the auditor's list says more than before."""
    named = {item.about for _, item in after.traces - before.traces}
    return named | {each.incident for each in after.evidence - before.evidence}


def check(world: World, act: Act, now: datetime, chance: Random, before: "Seen") -> "Seen | None":
    """Do it, judge it and return what is seen since; None where it was refused or left nothing."""
    rows = footprint()
    try:
        with transaction.atomic():
            act(world, now, chance)
    except Refusal:
        return None
    after = Seen(world, LATER)
    judge(act, before, after)
    return after if footprint() != rows else None


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
