"""Uploads of customers: kept sealed, read in batches, in order, once, and deleted in time."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from afterword.accounts.actions import create_person, end_token, make_token, set_roles
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE, Bearer
from afterword.audience.actions import customers as customers_verbs
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.intake import AT_ONCE_ROWS, bring_customers, bring_tried
from afterword.audience.actions.reading import (
    LEASE,
    MOST_TRIES,
    forget_intakes,
    read_next,
    release_intakes,
)
from afterword.audience.actions.reports import Report
from afterword.audience.models import (
    Contact,
    Customer,
    Intake,
    IntakePiece,
    IntakeState,
    IntakeStep,
)
from afterword.audience.queries.intakes import every_refusal, intake_of, seen
from afterword.audit.models import Entry
from afterword.components.models import Page
from afterword.kit.errors import BadInput, Conflict, NotAllowed, NotFound, WrongState

pytestmark = pytest.mark.django_db
CSV, JSON = Intake.Kind.CSV, Intake.Kind.JSON
KEEP = timedelta(days=7)


def sheet(rows: int, *, wrong: int = 0, name: str = "Oakline") -> bytes:
    """Return a file of so many customers with a contact each; the last ones have a wrong SLA."""
    lines = ["account_id,name,sla_target,contact_email"]
    lines += [
        f"a{number},{name} {number},{'very high' if number >= rows - wrong else '99.9'},"
        f"it{number}@oakline.example"
        for number in range(rows)
    ]
    return "\n".join(lines).encode() + b"\n"


@pytest.fixture
def bring(page: Page, now: datetime) -> Callable[..., Any]:
    def bring(raw: bytes, **told: Any) -> Any:
        given = {"actor": MACHINE, "now": now, "page": page, "kind": CSV, "dry_run": False}
        return bring_customers(raw=raw, **(given | told))

    return bring


@pytest.fixture
def read(now: datetime) -> Callable[..., bool]:
    def read(worker: str = "w1", at: datetime | None = None, **told: Any) -> bool:
        return read_next(worker=worker, now=lambda: at or now, **told)

    return read


def now_of(intake: Intake) -> Intake:
    return Intake.objects.get(pk=intake.pk)


def test_a_small_file_is_answered_at_once_and_a_large_one_is_read_later(bring, read) -> None:
    small = bring(sheet(AT_ONCE_ROWS))
    assert isinstance(small, Report)
    assert (small.written, small.added) == (True, AT_ONCE_ROWS)
    large = bring(sheet(AT_ONCE_ROWS + 1))
    assert isinstance(large, Intake)
    assert Customer.objects.count() == AT_ONCE_ROWS
    assert read()
    assert not read()
    done = now_of(large)
    assert (done.state, done.added, done.unchanged) == (IntakeState.WRITTEN, 1, AT_ONCE_ROWS)
    assert (done.rows_done, done.rows) == (AT_ONCE_ROWS + 1, AT_ONCE_ROWS + 1)
    assert Contact.objects.count() == AT_ONCE_ROWS + 1
    assert Entry.objects.filter(verb="audience.import_customers").count() == 2


def test_one_wrong_row_keeps_a_large_file_out_and_every_such_row_is_named(bring, read) -> None:
    large = bring(sheet(2600, wrong=2300))
    read()
    done = now_of(large)
    assert (done.state, done.refused, done.added) == (IntakeState.REFUSED, 2300, 300)
    assert not Customer.objects.exists()
    refused = list(every_refusal(done))
    assert [line for line, _ in refused] == list(range(302, 2602))
    assert "no percentage" in refused[0][1]
    assert seen(done).rows_refused == tuple(refused[:200])


def test_a_trial_writes_nothing_and_can_be_brought_in_without_sending_it_again(
    bring, read, page: Page, now: datetime
) -> None:
    tried = bring(sheet(600), dry_run=True)
    read()
    assert (now_of(tried).state, now_of(tried).added) == (IntakeState.TRIED, 600)
    assert not Customer.objects.exists()
    for _ in range(2):  # a second click does nothing
        bring_tried(actor=MACHINE, now=now, page=page, intake=tried)
    assert read()
    assert now_of(tried).state == IntakeState.WRITTEN
    assert Customer.objects.count() == 600
    bring_tried(actor=MACHINE, now=now, page=page, intake=tried)
    assert not read()
    assert Entry.objects.filter(verb="audience.import_customers").count() == 1


def test_what_was_refused_or_deleted_cannot_be_brought_in(
    bring, read, page: Page, now: datetime
) -> None:
    wrong = bring(sheet(600, wrong=1), dry_run=True)
    read()
    with pytest.raises(WrongState):
        bring_tried(actor=MACHINE, now=now, page=page, intake=wrong)
    sound = bring(sheet(600), dry_run=True)
    read()
    forget_intakes(now=now + KEEP + timedelta(minutes=1), keep=KEEP)
    with pytest.raises(WrongState):
        bring_tried(actor=MACHINE, now=now, page=page, intake=sound)


def test_json_is_read_later_by_the_same_rules(bring, read) -> None:
    many = [{"account_id": f"a{n}", "name": "Oakline", "contacts": []} for n in range(600)]
    large = bring(json.dumps({"customers": many}).encode(), kind=JSON)
    assert isinstance(large, Intake)
    read()
    assert now_of(large).added == Customer.objects.count() == 600
    broken = bring(b"[" + b"1, " * 100_000, kind=JSON)
    read()
    assert now_of(broken).state == IntakeState.REFUSED
    assert "no JSON" in seen(now_of(broken)).refusal


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\x00" * 200_000,
        b"nothing,here\n" * 600,
        b"account_id,name,name\n" + b"a,b,c\n" * 600,
    ],
    ids=["bytes", "columns", "doubled"],
)
def test_what_is_wrong_with_a_large_file_as_a_whole_is_said_at_once(bring, raw: bytes) -> None:
    with pytest.raises(BadInput):
        bring(raw)
    assert not Intake.objects.exists()


def test_what_is_only_seen_while_it_is_read_refuses_it_in_words(bring, read) -> None:
    large = bring(sheet(600) + b'a9,"never closed')
    read()
    done = now_of(large)
    assert done.state == IntakeState.REFUSED
    assert "cannot be read" in seen(done).refusal
    assert not Customer.objects.exists()


# Who may


def test_only_who_may_manage_the_audience_brings_and_only_while_they_may(
    bring, read, page: Page, now: datetime
) -> None:
    given = {"actor": MACHINE, "now": now, "password": "correct-horse-battery-staple"}
    pia = create_person(email="pia@office.example", name="Pia", roles=[Role.PUBLISHER], **given)
    gus = create_person(email="gus@office.example", name="Gus", roles=[Role.WRITER], **given)
    create_person(email="ada@office.example", name="Ada", roles=[Role.ADMIN], **given)
    with pytest.raises(NotAllowed):
        bring(sheet(600), actor=gus)
    pia.came_from, pia.device = "192.0.2.7", "Firefox on Linux"
    first, second = bring(sheet(600), actor=pia), bring(sheet(601), actor=pia)
    read()
    entry = Entry.objects.get(verb="audience.import_customers")
    assert (entry.actor_id, entry.came_from, entry.device) == (
        pia.pk, "192.0.2.7", "Firefox on Linux",
    )  # fmt: skip
    assert now_of(first).state == IntakeState.WRITTEN
    set_roles(actor=MACHINE, now=now, person=pia, roles=[Role.WRITER])
    read()
    assert now_of(second).state == IntakeState.REFUSED
    assert "needs the role" in seen(now_of(second)).refusal
    assert Customer.objects.count() == 600


def test_an_upload_of_a_token_that_was_ended_is_not_brought_in(
    bring, read, page: Page, now: datetime
) -> None:
    ada = create_person(
        actor=MACHINE, now=now, email="ada@office.example", name="Ada", roles=[Role.ADMIN],
        password="correct-horse-battery-staple",
    )  # fmt: skip
    token = make_token(actor=ada, now=now, page=page.pk, name="CRM", scope="customers").token
    sent = [bring(sheet(600 + more), actor=Bearer(token)) for more in (0, 1)]
    read()
    assert Entry.objects.get(verb="audience.import_customers").actor_label == "Ada (token CRM)"
    end_token(actor=ada, now=now, page=page.pk, token_id=token.pk)
    read()
    assert [now_of(each).state for each in sent] == [IntakeState.WRITTEN, IntakeState.REFUSED]
    assert "was ended" in seen(now_of(sent[1])).refusal


def test_an_upload_of_another_page_is_not_there(bring, page: Page, now: datetime) -> None:
    from afterword.components.actions import create_page

    other = create_page(actor=MACHINE, now=now, name="Other", url="https://other.example")
    large = bring(sheet(600))
    assert intake_of(page, large.public_id) == large
    with pytest.raises(NotFound):
        intake_of(other, large.public_id)


# Several at once


def test_uploads_are_read_in_their_order_and_a_small_one_does_not_overtake(bring, read) -> None:
    first = bring(sheet(600, name="Old"))
    second = bring(b"account_id,name\na1,New\n")
    assert isinstance(second, Intake)
    assert seen(second).before_it == 1
    trial = bring(b"account_id,name\na1,New\n", dry_run=True)
    assert isinstance(trial, Report), "a trial changes nothing, whatever is open"
    read()
    assert (now_of(first).state, now_of(second).state) == ("written", "waiting")
    read()
    assert Customer.objects.get(account_id="a1").name == "New"


def test_the_same_file_again_while_it_is_open_is_the_same_upload(bring, read) -> None:
    first = bring(sheet(600))
    assert bring(sheet(600)) == first
    assert bring(sheet(600), dry_run=True) != first
    assert bring(sheet(601)) != first
    read()
    assert bring(sheet(600)) != first, "it ended: this is a new one, which changes nothing"


def test_twenty_may_wait_and_no_more(bring) -> None:
    for more in range(20):
        bring(sheet(600 + more))
    with pytest.raises(Conflict, match="waiting"):
        bring(sheet(700))


def test_nobody_reads_what_somebody_is_reading(bring, read, now: datetime) -> None:
    held = bring(sheet(600))
    bring(sheet(601))
    Intake.objects.filter(pk=held.pk).update(
        state=IntakeState.READING, claimed_by="w1", lease_until=now + LEASE, tries=1
    )
    assert not read("w2"), "nor what was sent after it"
    assert read("w2", at=now + LEASE + timedelta(seconds=1)), "the lease of a machine that is gone"
    assert now_of(held).state == IntakeState.WRITTEN


def test_what_a_dead_worker_held_is_given_back_by_name(bring, read, now: datetime) -> None:
    held = bring(sheet(600))
    Intake.objects.filter(pk=held.pk).update(
        state=IntakeState.READING, claimed_by="w1", lease_until=now + LEASE, tries=1
    )
    assert release_intakes(worker="another") == 0
    assert not read("w2")
    assert release_intakes(worker="w1") == 1
    assert read("w2")
    assert now_of(held).state == IntakeState.WRITTEN


def test_who_lost_the_claim_writes_nothing_at_all(
    bring, read, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = bring(sheet(600))
    real = customers_verbs._write

    def overtaken(found: Any) -> None:
        real(found)
        Intake.objects.filter(pk=large.pk).update(claimed_by="w2", tries=9)

    monkeypatch.setattr(customers_verbs, "_write", overtaken)
    read("w1")
    assert not Customer.objects.exists()
    assert not Entry.objects.filter(verb="audience.import_customers").exists()


def test_customers_that_came_while_it_was_compared_are_compared_again(
    bring, read, page: Page, now: datetime
) -> None:
    large = bring(sheet(600))
    steps: list[str] = []

    def meanwhile() -> bool:
        steps.append(now_of(large).step)
        if steps.count(IntakeStep.COMPARING) == 1 and not Customer.objects.exists():
            text = "account_id,name,contact_email\na599,Quick,it599@oakline.example\n"
            import_customers(actor=MACHINE, now=now, page=page, csv_text=text)
        return False

    read(should_stop=meanwhile)
    done = now_of(large)
    assert (done.state, done.added, done.changed) == (IntakeState.WRITTEN, 599, 1)
    assert Customer.objects.get(account_id="a599").name == "Oakline 599"
    assert Contact.objects.count() == 600


# Progress, and breaking off


def test_each_step_can_be_seen_and_until_the_last_none_is_written(bring, read) -> None:
    large = bring(sheet(1200))
    told: list[tuple[str, int, int | None, int]] = []

    def look() -> bool:
        at = now_of(large)
        told.append((at.step, at.rows_done, at.rows, seen(at).share))
        assert not Customer.objects.exists()
        return False

    read(should_stop=look)
    assert told[0][:3] == ("checking", 0, None)
    assert ("checking", 1200, 1200, 50) in told
    assert {step for step, *_ in told} == {"checking", "comparing"}
    assert [share for *_, share in told] == sorted(share for *_, share in told)


def test_a_worker_that_stops_gives_it_back_and_the_next_begins_again(bring, read) -> None:
    large = bring(sheet(1200))
    asked = iter([False, False, True])
    read(should_stop=lambda: next(asked))
    assert now_of(large).state == IntakeState.WAITING
    assert not Customer.objects.exists()
    read("w2")
    assert (now_of(large).state, now_of(large).tries) == (IntakeState.WRITTEN, 2)
    assert Customer.objects.count() == 1200


def test_what_breaks_off_is_given_back_and_refused_in_the_end(
    bring, read, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = bring(sheet(600))

    def broken(found: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(customers_verbs, "_write", broken)
    for _ in range(MOST_TRIES):
        with pytest.raises(MemoryError):
            read()
        assert now_of(large).state == IntakeState.WAITING
    assert not read()
    assert now_of(large).state == IntakeState.REFUSED
    assert "broke off" in seen(now_of(large)).refusal
    assert not Customer.objects.exists()


# What is kept


def everything_kept() -> str:
    with connection.cursor() as cursor:
        rows = []
        for table in ("audience_intake", "audience_intakepiece"):
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    return str(rows)


def test_nothing_of_a_file_can_be_read_off_the_database(bring, read) -> None:
    bring(sheet(600, wrong=5) + b'a9,"Nobody", 99,not an address of oakline\n', dry_run=True)
    assert "oakline" not in everything_kept().lower()
    read()
    assert IntakePiece.objects.filter(kind="refusals").exists()
    assert "oakline" not in everything_kept().lower()
    assert "account_id" not in everything_kept()


def test_a_file_is_deleted_as_soon_as_it_is_not_needed(bring, read) -> None:
    files = IntakePiece.objects.filter(kind="file")
    bring(sheet(600))
    assert files.exists()
    read()
    assert not files.exists()
    bring(sheet(600, wrong=1))
    read()
    assert not files.exists()
    bring(sheet(600), dry_run=True)
    read()
    assert files.exists(), "a sound trial can still be brought in"


def test_what_is_left_is_deleted_after_its_time_and_that_is_logged(
    bring, read, now: datetime
) -> None:
    wrong = bring(sheet(600, wrong=3))
    read()
    tried = bring(sheet(600), dry_run=True)
    read()
    waiting = bring(sheet(601))
    assert forget_intakes(now=now + KEEP, keep=KEEP) == 0
    late = now + KEEP + timedelta(seconds=1)
    assert forget_intakes(now=late, keep=KEEP) == 3
    assert forget_intakes(now=late, keep=KEEP) == 0
    assert not IntakePiece.objects.exists()
    assert (now_of(wrong).refused, seen(now_of(wrong)).rows_refused) == (3, ())
    assert now_of(tried).state == IntakeState.TRIED
    assert now_of(waiting).state == IntakeState.REFUSED
    assert "within 7 days" in seen(now_of(waiting)).refusal
    assert not read(at=late)
    assert Entry.objects.filter(verb="audience.forget_intakes").count() == 1


def test_with_another_secret_key_it_says_so(bring, read, settings: Any) -> None:
    large = bring(sheet(600))
    settings.SECRET_KEY = "another key, long enough to be accepted: 0123456789abcdef"
    read()
    assert now_of(large).state == IntakeState.REFUSED
    assert "another secret key" in seen(now_of(large)).refusal
