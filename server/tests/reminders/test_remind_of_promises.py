"""Owners hear of a promise before its day is over, and once more when it is late. Never twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings

from afterword.accounts.actions import create_person
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.commitments.actions import change, promise
from afterword.commitments.models import Commitment
from afterword.components.actions import create_page
from afterword.incidents.actions import open_incident
from afterword.postbox.models import Letter, Stream
from afterword.reminders.actions import promises_due, remind_of_promises

MADE = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
DUE = date(2026, 3, 31)
EVERYBODY = ["omar@lark.example", "wanda@lark.example"]


@pytest.fixture
def made(db: None) -> Commitment:
    page = create_page(actor=MACHINE, now=MADE, name="Larkbridge", url="https://lark.example")
    people = (("Wanda", Role.WRITER), ("Omar", Role.INVESTIGATOR), ("Rick", Role.RESPONDER))
    for name, role in people:
        create_person(
            actor=MACHINE, now=MADE, email=f"{name.lower()}@lark.example", name=name,
            password="a long enough password", roles=[role],
        )  # fmt: skip
    incident = open_incident(
        actor=MACHINE, now=MADE, page=page, title="Reports are slow", body="They take minutes.",
        status="identified",
    )  # fmt: skip
    return promise(
        actor=MACHINE, now=MADE, incident=incident, what="We test every release at full size.",
        why="The test copy was small.", effect="A slow one is found before it is released.",
        mechanism="detect", due=DUE, owner_name="Omar",
    )  # fmt: skip


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def letters() -> list[tuple[str, str]]:
    found = Letter.objects.filter(message__stream=Stream.TEAM).order_by("pk")
    return [(to, subject.split("] ")[1].split(":")[0])
            for to, subject in found.values_list("recipient", "message__subject")]  # fmt: skip


def test_its_owner_and_the_writers_are_mailed_a_week_ahead_and_when_it_turned_late(
    made: Commitment,
) -> None:
    remind_of_promises(now=at(date(2026, 3, 23), 23))
    assert letters() == []
    for day in days(date(2026, 3, 24), DUE):
        for hour in (0, 12, 23):
            remind_of_promises(now=at(day, hour))
    assert letters() == [(to, "Due on 31 March 2026") for to in EVERYBODY]
    for day in days(date(2026, 4, 1), date(2026, 6, 1)):
        remind_of_promises(now=at(day))
    assert letters()[2:] == [(to, "Late") for to in EVERYBODY]
    text: Any = Letter.objects.filter(message__stream=Stream.TEAM)[0].message.text
    assert "is due in 7 days, on 31 March 2026 (UTC)" in text
    where = f"/desk/cases/{made.incident.public_id}/commitments/{made.public_id}/"
    assert f"Say how it stands: http://127.0.0.1:8000{where}" in text


def test_how_many_days_ahead_is_a_setting(made: Commitment) -> None:
    with override_settings(PROMISE_REMINDER_DAYS=2):
        remind_of_promises(now=at(date(2026, 3, 28)))
        assert letters() == []
        remind_of_promises(now=at(date(2026, 3, 29)))
    assert len(letters()) == 2


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_nobody_is_mailed_about_what_is_kept_or_dropped(made: Commitment, state: str) -> None:
    change(
        actor=MACHINE, now=at(date(2026, 3, 20)), commitment=made, state=state,
        dropped_because="Another measure does the same." if state == "dropped" else "",
    )  # fmt: skip
    for day in days(date(2026, 3, 20), date(2026, 4, 10)):
        remind_of_promises(now=at(day))
    assert letters() == []


def test_a_new_day_is_mailed_about_anew_but_not_on_the_day_it_was_given(made: Commitment) -> None:
    remind_of_promises(now=at(date(2026, 3, 25)))
    change(
        actor=MACHINE, now=at(date(2026, 3, 30)), commitment=made, due=date(2026, 4, 3),
        note="The machines arrive on 1 April.",
    )  # fmt: skip
    remind_of_promises(now=at(date(2026, 3, 30), 23))
    assert len(letters()) == 2
    for day in days(date(2026, 3, 31), date(2026, 4, 20)):
        remind_of_promises(now=at(day))
    assert [said for _, said in letters()] == [
        *["Due on 31 March 2026"] * 2, *["Due on 3 April 2026"] * 2, *["Late"] * 2,
    ]  # fmt: skip


@pytest.mark.parametrize("when", [date(2026, 4, 8), date(2028, 1, 1)])
def test_what_turned_late_long_ago_wakes_nobody(made: Commitment, when: date) -> None:
    remind_of_promises(now=at(when))
    assert letters() == []


def test_a_worker_that_was_off_over_the_day_says_it_late_and_not_soon(made: Commitment) -> None:
    remind_of_promises(now=at(date(2026, 4, 6)))
    assert letters() == [(to, "Late") for to in EVERYBODY]


def test_a_clock_that_runs_back_and_forth_mails_nobody_twice(made: Commitment) -> None:
    for day in (DUE, date(2026, 4, 1), date(2026, 3, 25), date(2026, 4, 2), DUE):
        remind_of_promises(now=at(day))
    assert sorted(letters()) == sorted(
        [(to, "Due on 31 March 2026") for to in EVERYBODY] + [(to, "Late") for to in EVERYBODY]
    )


def test_what_a_crash_left_half_done_is_finished_once(
    made: Commitment, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., None] = promises_due.post

    def dies_midway(**asked: Any) -> None:
        real(**{**asked, "letters": asked["letters"][:1]})
        raise KeyboardInterrupt

    monkeypatch.setattr(promises_due, "post", dies_midway)
    with pytest.raises(KeyboardInterrupt):
        remind_of_promises(now=at(DUE))
    monkeypatch.setattr(promises_due, "post", real)
    for hour in (10, 11):
        remind_of_promises(now=at(DUE, hour))
    assert sorted(letters()) == [(to, "Due on 31 March 2026") for to in EVERYBODY]
