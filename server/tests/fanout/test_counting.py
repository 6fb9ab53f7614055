"""Runs that are over are counted once; nobody counts a million letters while others wait."""

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afterword.accounts.permissions import MACHINE
from afterword.components.models import Page
from afterword.fanout.actions import cancel, expand_due, keep_counts, pause
from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of, held_runs, letter_counts_of, newest_runs, run_of
from afterword.postbox.models import Letter, LetterState
from afterword.postbox.queries import any_unsent
from afterword.publishing.models import Publication
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(now: datetime) -> Page:
    page = a_page(now - timedelta(days=10))
    subscribed(page, now - timedelta(days=1), *(f"r{n}@mail.example" for n in range(4)))
    return page


def sent(page: Page, now: datetime) -> Publication:
    publication = publish(page, now)
    expand_due(now=now)
    of_it = Letter.objects.filter(about=about_of(publication))
    of_it.update(state="sent", sent_at=now)
    of_it.filter(recipient="r1@mail.example").update(state="failed", sent_at=None)
    return publication


def counting(queries: CaptureQueriesContext) -> list[str]:
    asked = [each["sql"] for each in queries.captured_queries]
    return [sql for sql in asked if "postbox_letter" in sql and "COUNT" in sql]


def test_a_run_that_is_over_is_counted_once(page: Page, now: datetime) -> None:
    publication = sent(page, now)
    (before,) = newest_runs(page, limit=5)
    assert keep_counts() == 1
    assert keep_counts() == 0
    with CaptureQueriesContext(connection) as queries:
        (after,) = newest_runs(page, limit=5)
        assert run_of(page, after.mailing.pk).is_over
        counted = letter_counts_of([publication])
    assert counting(queries) == []
    assert after.counted.states == before.counted.states == counted[publication.pk]
    assert after.counted.states["sent"] == 3
    assert after.counted.states["failed"] == 1


def test_a_run_of_which_a_letter_may_leave_is_counted_when_somebody_looks(
    page: Page, now: datetime
) -> None:
    publication = sent(page, now)
    one = Letter.objects.filter(about=about_of(publication), state="sent")[:1]
    Letter.objects.filter(pk__in=list(one.values_list("pk", flat=True))).update(
        state="waiting", sent_at=None
    )
    assert keep_counts() == 0
    (run,) = newest_runs(page, limit=5)
    assert (run.counted.states["waiting"], run.is_over) == (1, False)


@pytest.mark.parametrize("first", [LetterState.WAITING, LetterState.CLAIMED])
def test_a_letter_that_is_handed_back_while_somebody_looks_is_not_missed(
    page: Page, now: datetime, first: str
) -> None:
    publication = sent(page, now)
    about = about_of(publication)
    last = Letter.objects.filter(about=about, state="sent").latest("pk")
    states = itertools.cycle([first, *({LetterState.WAITING, LetterState.CLAIMED} - {first})])
    at_it = False

    def meanwhile(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Before each look at the letters a sender takes the last one, or hands it back."""
        nonlocal at_it
        if not at_it and "postbox_letter" in sql:
            at_it = True
            state = next(states)
            lease = now if state == LetterState.CLAIMED else None
            Letter.objects.filter(pk=last.pk).update(state=state, lease_until=lease, sent_at=None)
            at_it = False
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        assert any_unsent(about)
        assert keep_counts() == 0
        pause(actor=MACHINE, now=now, mailing=Mailing.objects.get(), reason="A wrong figure.")
    assert Mailing.objects.get().counted is None


def test_the_first_page_does_not_count_what_is_paused(page: Page, now: datetime) -> None:
    publish(page, now)
    expand_due(now=now)
    mailing = Mailing.objects.get()
    pause(actor=MACHINE, now=now, mailing=mailing, reason="A wrong figure.")
    with CaptureQueriesContext(connection) as queries:
        assert [each.pk for each in held_runs(page)] == [mailing.pk]
    assert counting(queries) == []
    Letter.objects.filter(about=about_of(mailing.publication)).update(state="sent", sent_at=now)
    assert held_runs(page) == []


def test_pausing_and_cancelling_count_nothing_while_others_wait(page: Page, now: datetime) -> None:
    publish(page, now)
    expand_due(now=now)
    run = run_of(page, Mailing.objects.get().pk)
    verbs: tuple[Any, ...] = (pause, cancel)
    for verb in verbs:
        with CaptureQueriesContext(connection) as queries:
            verb(
                actor=MACHINE, now=now, mailing=run.mailing, reason="A wrong figure.",
                counted=run.counted,
            )  # fmt: skip
        assert counting(queries) == []
