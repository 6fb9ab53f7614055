"""Uploads of affected people, of what was measured, and of subscribers: whole or not at all."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions import affected as affected_verbs
from afterword.audience.actions import impacts as impacts_verbs
from afterword.audience.actions.affected import add_affected
from afterword.audience.actions.bringing import import_subscribers
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.intake import AT_ONCE_ROWS, bring_list, bring_tried
from afterword.audience.actions.kinds import What
from afterword.audience.actions.lists import forget_lists
from afterword.audience.actions.reading import read_next
from afterword.audience.actions.reports import Report
from afterword.audience.models import (
    AccountImpact,
    AffectedPerson,
    Customer,
    Intake,
    IntakePiece,
    IntakeState,
    IntakeStep,
    Subscriber,
)
from afterword.audience.queries.customers import affected_people
from afterword.audience.queries.intakes import every_refusal, seen
from afterword.audit.models import Entry
from afterword.components.models import Page
from afterword.kit.errors import BadInput

pytestmark = pytest.mark.django_db
ROWS = 1200
LISTS = (What.AFFECTED, What.ACCOUNTS, What.SUBSCRIBERS)
ROW = {
    What.AFFECTED: ("email,name,what", "r{}@fernway.example,Reader {},Invoices", "nobody,,"),
    What.ACCOUNTS: ("account_id,failed,hardest", "a{},{},yes", "a1,many,yes"),
    What.SUBSCRIBERS: ("email,zone", "r{}@fernway.example,Europe/Berlin", "no{},Mars/Base"),
}
KEPT: dict[What, Any] = {
    What.AFFECTED: AffectedPerson, What.ACCOUNTS: AccountImpact, What.SUBSCRIBERS: Subscriber,
}  # fmt: skip
LOGGED = {
    What.AFFECTED: "audience.add_affected", What.ACCOUNTS: "audience.import_impacts",
    What.SUBSCRIBERS: "audience.import_subscribers",
}  # fmt: skip


def sheet(what: What, rows: int = ROWS, *, wrong: int = 0) -> bytes:
    """Return a file of so many rows; as many are wrong, after the sound ones."""
    head, sound, broken = ROW[what]
    lines = [sound.format(n, n) for n in range(rows - wrong)]
    return "\n".join([head, *lines, *([broken] * wrong)]).encode()


@pytest.fixture
def accounts(page: Page, now: datetime) -> None:
    Customer.objects.bulk_create(
        Customer(page=page, account_id=f"a{n}", name="Fernway", created_at=now, updated_at=now)
        for n in range(ROWS)
    )


@pytest.fixture
def bring(page: Page, now: datetime, accounts: None) -> Callable[..., Any]:
    def bring(what: What, raw: bytes, **told: Any) -> Any:
        of = "" if what == What.SUBSCRIBERS else "inc1"
        given = {"actor": MACHINE, "now": now, "page": page, "dry_run": False, "incident_ref": of}
        return bring_list(what=what, raw=raw, **(given | told))

    return bring


@pytest.fixture
def read(now: datetime) -> Callable[..., bool]:
    def read(worker: str = "w1", **told: Any) -> bool:
        return read_next(worker=worker, now=lambda: now, **told)

    return read


def now_of(intake: Intake) -> Intake:
    return Intake.objects.get(pk=intake.pk)


@pytest.mark.parametrize("what", LISTS)
def test_a_short_list_is_answered_at_once_and_a_long_one_is_read_later(
    what: What, bring: Any, read: Any
) -> None:
    small = bring(what, sheet(what, AT_ONCE_ROWS))
    assert isinstance(small, Report)
    assert small.added == AT_ONCE_ROWS
    large = bring(what, sheet(what))
    assert isinstance(large, Intake)
    assert KEPT[what].objects.count() == AT_ONCE_ROWS
    assert read()
    done = now_of(large)
    assert (done.state, done.added, done.unchanged) == (
        IntakeState.WRITTEN, ROWS - AT_ONCE_ROWS, AT_ONCE_ROWS,
    )  # fmt: skip
    assert (done.rows_done, done.rows, done.accounts) == (ROWS, ROWS, ROWS)
    assert KEPT[what].objects.count() == ROWS
    assert Entry.objects.filter(verb=LOGGED[what]).count() == 2
    assert not IntakePiece.objects.exists(), "no piece of a file that counts is kept"


@pytest.mark.parametrize("what", LISTS)
def test_wrong_rows_keep_a_long_list_out_and_each_is_named_by_its_line(
    what: What, bring: Any, read: Any
) -> None:
    large = bring(what, sheet(what, wrong=250))
    read()
    done = now_of(large)
    assert (done.state, done.refused) == (IntakeState.REFUSED, 250)
    assert not KEPT[what].objects.exists()
    assert [line for line, _ in every_refusal(done)] == list(range(ROWS - 248, ROWS + 2))


@pytest.mark.parametrize("what", LISTS)
def test_a_trial_of_a_list_writes_nothing_and_is_brought_in_by_a_click(
    what: What, bring: Any, read: Any, page: Page, now: datetime
) -> None:
    tried = bring(what, sheet(what), dry_run=True)
    read()
    assert (now_of(tried).state, now_of(tried).added) == (IntakeState.TRIED, ROWS)
    assert not KEPT[what].objects.exists()
    bring_tried(actor=MACHINE, now=now, page=page, intake=tried)
    read()
    assert KEPT[what].objects.count() == ROWS


@pytest.mark.parametrize("what", LISTS)
def test_a_worker_that_stops_over_a_list_leaves_it_whole_to_the_next(
    what: What, bring: Any, read: Any
) -> None:
    large = bring(what, sheet(what))
    asked = iter([False, False, False, False, True])
    read(should_stop=lambda: next(asked))
    assert now_of(large).state == IntakeState.WAITING
    assert not KEPT[what].objects.exists()
    read("w2")
    assert now_of(large).state == IntakeState.WRITTEN
    assert KEPT[what].objects.count() == ROWS


@pytest.mark.parametrize(
    ("what", "verbs"), [(What.AFFECTED, affected_verbs), (What.ACCOUNTS, impacts_verbs)]
)
def test_who_lost_the_claim_of_a_list_writes_nothing_of_it(
    what: What, verbs: Any, bring: Any, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = bring(what, sheet(what))
    real = verbs._write

    def overtaken(*told: Any) -> None:
        real(*told)
        Intake.objects.filter(pk=large.pk).update(claimed_by="w2", tries=9)

    monkeypatch.setattr(verbs, "_write", overtaken)
    read()
    assert not KEPT[what].objects.exists()
    assert not Entry.objects.filter(verb=LOGGED[what]).exists()


def test_the_same_file_for_another_incident_is_another_upload(bring: Any, read: Any) -> None:
    raw = sheet(What.AFFECTED)
    first = bring(What.AFFECTED, raw)
    assert bring(What.AFFECTED, raw) == first
    second = bring(What.AFFECTED, raw, incident_ref="inc2")
    assert second != first
    assert bring(What.SUBSCRIBERS, b"email\n" + raw.partition(b"\n")[2]) not in {first, second}
    while read():
        pass
    assert AffectedPerson.objects.filter(incident_ref="inc1").count() == ROWS
    assert AffectedPerson.objects.filter(incident_ref="inc2").count() == ROWS


def test_a_short_list_waits_behind_the_customers_it_tells_of(
    bring: Any, read: Any, page: Page
) -> None:
    Customer.objects.all().delete()
    rows = "".join(f"a{n},Fernway\n" for n in range(ROWS))
    bring(What.CUSTOMERS, f"account_id,name\n{rows}".encode(), incident_ref="")
    listed = bring(What.ACCOUNTS, b"account_id,failed\na7,3\n")
    assert isinstance(listed, Intake), "read at once, it would name an account nobody knows yet"
    assert read()
    assert read()
    assert now_of(listed).state == IntakeState.WRITTEN
    assert AccountImpact.objects.get().customer.account_id == "a7"


def meanwhile(act: Callable[[], object]) -> Callable[[], bool]:
    """Return what lets something happen once while an upload is compared."""
    done: list[object] = []

    def look() -> bool:
        if Intake.objects.filter(step=IntakeStep.COMPARING).exists() and not done:
            done.append(True)
            act()
        return False

    return look


def test_people_who_came_on_the_list_while_it_was_compared_are_compared_again(
    bring: Any, read: Any, page: Page, now: datetime
) -> None:
    large = bring(What.AFFECTED, sheet(What.AFFECTED))
    text = "email,name\nr1199@fernway.example,Quick\n"
    told = {"actor": MACHINE, "now": now, "page": page, "incident_ref": "inc1"}
    read(should_stop=meanwhile(lambda: add_affected(csv_text=text, **told)))
    assert (now_of(large).added, now_of(large).changed) == (ROWS - 1, 1)
    named = {email: name for email, name, _ in affected_people(page, "inc1")}
    assert named["r1199@fernway.example"] == "Reader 1199"
    assert len(named) == ROWS


def test_people_deleted_after_their_time_while_it_was_compared_are_added_again(
    bring: Any, read: Any, page: Page, now: datetime
) -> None:
    from datetime import timedelta

    old = now - timedelta(days=100)
    text = "email,name\nr3@fernway.example,Old\n"
    add_affected(actor=MACHINE, now=old, page=page, incident_ref="inc1", csv_text=text)
    large = bring(What.AFFECTED, sheet(What.AFFECTED))
    read(should_stop=meanwhile(lambda: forget_lists(now=now, keep=timedelta(days=90))))
    assert now_of(large).added == ROWS
    assert AffectedPerson.objects.count() == ROWS


def test_readers_who_subscribe_while_it_is_compared_stay_as_they_are(
    bring: Any, read: Any, page: Page, now: datetime
) -> None:
    large = bring(What.SUBSCRIBERS, sheet(What.SUBSCRIBERS))
    told = {"actor": MACHINE, "now": now, "page": page, "source": "page"}
    read(should_stop=meanwhile(lambda: import_subscribers(emails=["r5@fernway.example"], **told)))
    assert (now_of(large).state, now_of(large).added) == (IntakeState.WRITTEN, ROWS - 1)
    assert Subscriber.objects.get(email="r5@fernway.example").source == "page"
    assert Subscriber.objects.get(email="r6@fernway.example").source == f"upload {large.public_id}"


def test_figures_of_a_customer_who_is_removed_meanwhile_are_refused_in_words(
    bring: Any, read: Any
) -> None:
    large = bring(What.ACCOUNTS, sheet(What.ACCOUNTS))
    read(should_stop=meanwhile(lambda: Customer.objects.filter(account_id="a1199").delete()))
    assert now_of(large).state == IntakeState.REFUSED
    assert "was removed while" in seen(now_of(large)).refusal
    assert not AccountImpact.objects.exists()


def test_a_list_sealed_with_another_key_is_refused_in_words(
    bring: Any, read: Any, settings: Any, page: Page, now: datetime
) -> None:
    text = "email,name\nr3@fernway.example,Old\n"
    add_affected(actor=MACHINE, now=now, page=page, incident_ref="inc1", csv_text=text)
    AffectedPerson.objects.update(sealed="not of this key")
    large = bring(What.AFFECTED, sheet(What.AFFECTED))
    read()
    assert now_of(large).state == IntakeState.REFUSED
    assert "AFTERWORD_SECRET_KEY" in seen(now_of(large)).refusal
    assert AffectedPerson.objects.count() == 1


def test_a_file_for_the_wrong_list_is_refused_before_it_is_kept(bring: Any) -> None:
    with pytest.raises(BadInput, match="account_id"):
        bring(What.ACCOUNTS, sheet(What.SUBSCRIBERS))
    assert not Intake.objects.exists()


def test_nothing_of_a_list_can_be_read_off_the_database(bring: Any, read: Any) -> None:
    bring(What.AFFECTED, sheet(What.AFFECTED, wrong=5), dry_run=True)
    for _ in range(2):
        with connection.cursor() as cursor:
            rows = []
            for table in ("audience_intake", "audience_intakepiece"):
                cursor.execute(f"SELECT * FROM {table}")
                rows += cursor.fetchall()
        assert "fernway" not in str(rows).lower()
        read()


def test_what_changed_on_a_known_customer_is_brought_and_the_rest_stays(
    bring: Any, read: Any, page: Page, now: datetime
) -> None:
    bring(What.ACCOUNTS, sheet(What.ACCOUNTS, AT_ONCE_ROWS))
    head, *lines = sheet(What.ACCOUNTS).decode().splitlines()
    lines[0] = "a0,77,no"
    large = bring(What.ACCOUNTS, "\n".join([head, *lines]).encode())
    read()
    assert (now_of(large).added, now_of(large).changed, now_of(large).unchanged) == (
        ROWS - AT_ONCE_ROWS, 1, AT_ONCE_ROWS - 1,
    )  # fmt: skip
    changed = AccountImpact.objects.get(customer__account_id="a0")
    assert (changed.failed, changed.hardest) == (77, False)
    import_customers(actor=MACHINE, now=now, page=page, csv_text="account_id,name\na0,Fernway\n")
    assert AccountImpact.objects.count() == ROWS
