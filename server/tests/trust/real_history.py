"""A company with a random history that people really made, every row by the verbs they use."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from types import SimpleNamespace

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.affected import add_affected
from afterword.audience.actions.answers import count_answer, keep_remark
from afterword.audience.actions.coming_back import take_in
from afterword.audience.actions.subscribers import unsubscribe
from afterword.audience.actions.suppressions import suppress
from afterword.commitments.actions import promise
from afterword.fanout.actions import expand_due
from afterword.followups.actions import decide
from afterword.incidents.actions import ImportedUpdate, import_incident, note_outside
from afterword.incidents.models import Incident
from afterword.incidents.queries import incident_by_public_id
from afterword.postbox.actions import claim, record_results
from afterword.postbox.models import Letter, LetterState
from afterword.postbox.outcomes import Outcome, Result
from afterword.postbox.reports import Kind as Returned
from afterword.postbox.reports import Report as ReturnedMail
from afterword.publishing.actions import (
    announce_incident,
    announce_maintenance,
    announce_update,
    correct,
    publish_statement,
)
from afterword.statements.actions import approve, ask_review, start
from afterword.statements.models import Statement
from fanout.published import subscribed
from statements.world import HONEST, TITLE, build, change_record
from trust.test_nothing_gets_better_by_hiding import leave

World = SimpleNamespace
NOON = datetime.fromisoformat("2026-03-18T12:00:00+00:00")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
READERS = 5
ELSEWHERE = "elsewhere"
WRONG = "1,798 of our 4,860 customers"


def made(chance: Random, *, whole: bool = False) -> World:
    """Return a company with incidents at random stages; what the acts need hangs on the last one,
    and with ``whole`` all of it is there.
    """

    def there_is(likely: float) -> bool:
        return whole or chance.random() < likely

    world = build(NOON)
    world.closure = world.promise = world.letter = None
    addresses = [f"reader{n}@mail.example" for n in range(READERS)]
    world.readers = subscribed(world.page, NOON - 50 * DAY, *addresses)
    for number in range(chance.randint(1 if whole else 0, 2)):
        began = NOON - (30 - 9 * number) * DAY
        another(world, began, chance)
        deliver(began + 5 * HOUR)
    world.imported = brought_in(world, NOON - 12 * DAY)
    as_told = work(world, NOON - 9 * DAY, NOON - 7 * DAY)
    go_through(as_told, NOON - 7 * DAY, NOON - 7 * DAY + HOUR)
    # Its beginning comes, and nobody says a word.
    world.work = work(world, NOON - 2 * DAY, NOON + HOUR)
    deliver(NOON - HOUR)
    decide(
        actor=world.pia, now=NOON, incident=world.incident, segment="everyone",
        level=chance.choice(("page", "subscribers")), reason="Few felt it, or many did.",
    )  # fmt: skip
    if there_is(0.8):
        make_a_promise(world)
    if there_is(0.8):
        close_it(world, chance, there_is)
    if there_is(0.5):
        some_leave(world)
    some_say_what_they_think(world, chance)
    return world


def make_a_promise(world: World) -> None:
    world.promise = promise(
        actor=world.noor, now=NOON, incident=world.incident, what="Queues stop at 80% full",
        why="A full queue held back every invoice.", mechanism="prevent",
        effect="An engineer is called before invoices are late.", due=date(2026, 4, 18),
    )  # fmt: skip


def close_it(world: World, chance: Random, there_is: Callable[[float], bool]) -> None:
    """A closure, and what may follow it: a letter to those affected, corrections."""
    draft = start(actor=world.noor, now=NOON, incident=world.incident, kind="closure")
    world.closure = leave(world, NOON, draft, TITLE, HONEST)
    if there_is(0.6):
        write_to_the_affected(world, chance)
    if there_is(0.5):
        say_it_better(world)
    if there_is(0.5):
        find_more_customers(world)


def some_say_what_they_think(world: World, chance: Random) -> None:
    if chance.random() < 0.5:
        note_outside(
            actor=world.noor, now=NOON, incident=world.incident,
            first_at=NOON - 2 * DAY, repeat_questions=chance.randint(1, 60),
        )  # fmt: skip
    for question in chance.choices(("", "data", "again"), k=chance.randint(0, 12)):
        count_answer(page=world.page, incident_ref=world.incident.public_id, question=question)
    keep_remark(
        now=NOON, page=world.page, incident_ref=world.incident.public_id, text="Which data?",
    )  # fmt: skip


def another(world: World, began: datetime, chance: Random) -> Incident:
    """An incident that went its way without texts, or goes on."""
    word = announce_incident(
        actor=MACHINE, now=began, page=world.page, title="Invoices wait", body="We look into it.",
        components={world.sending: "partial_outage"}, severity=chance.randint(1, 4),
        next_update_at=began + 30 * MINUTE,
    )  # fmt: skip
    incident = incident_by_public_id(world.page, word.incident_id)
    if chance.random() < 0.8:
        announce_update(
            actor=MACHINE, now=began + chance.randint(5, 200) * MINUTE, incident=incident,
            status="resolved", body="Over.",
        )  # fmt: skip
    incident.refresh_from_db()
    return incident


def brought_in(world: World, began: datetime, **other: object) -> Incident:
    """Import an incident that another page told and said to be over; ``other`` is what the other
    page says differently of it.
    """
    told = {
        "title": "Invoices came late", "status": "resolved", "impact": "major", "started_at": began,
        "resolved_at": began + HOUR, "components": [world.sending],
        "updates": [elsewhere(0, "investigating", began), elsewhere(1, "resolved", began + HOUR)],
    }  # fmt: skip
    incident, _ = import_incident(
        actor=MACHINE,
        now=began + DAY,
        page=world.page,
        public_id="imported",
        source=ELSEWHERE,
        **(told | other),  # type: ignore[arg-type]
    )
    return incident


def elsewhere(number: int, status: str, at: datetime) -> ImportedUpdate:
    return ImportedUpdate(public_id=f"u{number}", status=status, body="A word.", display_at=at)


def work(world: World, told: datetime, begins: datetime) -> Incident:
    """Planned work of two hours, of which readers are told the beginning."""
    word = announce_maintenance(
        actor=MACHINE, now=told, page=world.page, title="Disks are changed", body="New ones.",
        scheduled_for=begins, scheduled_until=begins + 2 * HOUR,
        components=[world.sending], begins_itself=False,
    )  # fmt: skip
    return incident_by_public_id(world.page, word.incident_id)


def go_through(planned: Incident, *at: datetime) -> None:
    for when, status in zip(at, ("in_progress", "completed"), strict=True):
        announce_update(
            actor=MACHINE, now=when, incident=planned, status=status, body=f"It is {status}."
        )


def write_to_the_affected(world: World, chance: Random) -> None:
    """A letter to each on the list of those affected: some have it, some wait for it."""
    people = "".join(f"affected{n}@mail.example\n" for n in range(chance.randint(4, 7)))
    add_affected(
        actor=world.pia, now=NOON, page=world.page, incident_ref=world.incident.public_id,
        csv_text=f"email\n{people}",
    )  # fmt: skip
    decide(
        actor=world.pia, now=NOON, incident=world.incident, segment="data_affected",
        level="targeted", reason="Their invoices carry names.",
    )  # fmt: skip
    deliver(NOON + 10 * MINUTE)
    draft = start(
        actor=world.noor, now=NOON, incident=world.incident, kind="follow_up",
        segment="data_affected",
    )  # fmt: skip
    world.letter = leave(
        world, NOON + 20 * MINUTE, draft, "Your invoices of 17 March",
        f"{HONEST}\n\nWe have added a limit: the queue now stops at 80% full, so that a full "
        "queue is noticed before invoices are late.",
    )  # fmt: skip
    deliver(NOON + 30 * MINUTE, at_most=chance.randint(2, 3))


def say_it_better(world: World) -> None:
    """A clarification of the closure, which changes no fact."""
    let_out(world, NOON + 40 * MINUTE, "clarification", "Invoices of 17 March alone were late.")


def find_more_customers(world: World) -> None:
    """More customers were affected than was told, and a correction says so."""
    now = NOON + 45 * MINUTE
    change_record(world, now, customers={"affected": 2000, "total": 4860, "percent": 41.2})
    let_out(world, now, "fact", "2,000 of 4,860 (41.2%)", WRONG)


def let_out(world: World, now: datetime, weight: str, right: str, wrote: str = "") -> None:
    """Correct the closure, with a second person, and publish the correction."""
    said: Statement = correct(
        actor=world.noor, now=now, incident=world.incident, number=world.closure.number,
        weight=weight, right=right, wrote=wrote,
    )  # fmt: skip
    ask_review(actor=world.noor, now=now, statement=said)
    approve(actor=world.bo, now=now, statement=said)
    publish_statement(actor=world.pia, now=now, statement=said)


def some_leave(world: World) -> None:
    """Of those who had letters one leaves, one asks us to write no more, and one complains."""
    leaves, asks, complains, *_ = world.readers
    unsubscribe(now=NOON + 50 * MINUTE, token=leaves.token)
    suppress(
        actor=MACHINE, now=NOON + 50 * MINUTE, page=world.page, email=asks.email, reason="asked"
    )
    mail_comes_back(NOON + 50 * MINUTE, complains.email, Returned.COMPLAINT)


def mail_comes_back(now: datetime, email: str, kind: Returned) -> None:
    """A server says of the newest letter an address had that it is gone, or that it is spam."""
    had = Letter.objects.filter(recipient=email, state=LetterState.SENT).order_by("-pk").first()
    if had is not None:
        report = ReturnedMail(
            kind=kind, status="5.1.1", said="no such user", sent_to=(),
            message_ids=(had.rfc_message_id,),
        )  # fmt: skip
        take_in(now=now, report=report, digest=f"{kind}:{had.pk}", trusted=True)


def deliver(now: datetime, *, at_most: int = 1000) -> None:
    """Write the letters that are due and send some of them; servers accept all they are given."""
    expand_due(now=now)
    claimed = claim(now=now + 5 * MINUTE, limit=at_most, lease_seconds=60, worker="test")
    record_results(
        results=[
            Result(
                each.pk,
                each.lease_until,
                Outcome.ACCEPTED,
                now + 5 * MINUTE,
                250,
                message_id=each.rfc_message_id,
            )
            for each in claimed
        ]
    )
