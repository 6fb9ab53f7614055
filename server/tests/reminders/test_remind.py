"""The team is mailed before readers wait in vain: once, and to those who can do something."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from afterword.accounts.actions import create_person
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_page
from afterword.incidents.actions import add_update, open_incident
from afterword.incidents.models import Incident
from afterword.postbox.models import Letter, Stream
from afterword.reminders.actions import remind


@pytest.fixture
def incident(db: None, now: datetime) -> Incident:
    page = create_page(actor=MACHINE, now=now, name="Larkbridge", url="https://lark.example")
    for name, role in (("Wanda", Role.RESPONDER), ("Ines", Role.INVESTIGATOR)):
        create_person(
            actor=MACHINE, now=now, email=f"{name.lower()}@lark.example", name=name,
            password="a long enough password", roles=[role],
        )  # fmt: skip
    return open_incident(
        actor=MACHINE, now=now, page=page, title="Reports are slow", body="They take minutes.",
        status="identified", next_update_at=now + timedelta(hours=1),
    )  # fmt: skip


def letters() -> list[tuple[str, str]]:
    found = Letter.objects.filter(message__stream=Stream.TEAM).order_by("pk")
    return list(found.values_list("recipient", "message__subject"))


SOON = "[Larkbridge desk] Soon: the word promised by 13:00 UTC on “Reports are slow”"
MISSED = SOON.replace("Soon", "Missed")


def test_a_promise_is_mailed_about_before_its_time_and_once_more_when_it_is_missed(
    incident: Incident, now: datetime
) -> None:
    remind(now=now + timedelta(minutes=49))
    assert letters() == []
    for minutes in (50, 51, 60):
        remind(now=now + timedelta(minutes=minutes))
    assert letters() == [("wanda@lark.example", SOON)]
    for minutes in (61, 200):
        remind(now=now + timedelta(minutes=minutes))
    assert letters() == [("wanda@lark.example", SOON), ("wanda@lark.example", MISSED)]


def test_a_word_that_came_in_time_is_not_mailed_about(incident: Incident, now: datetime) -> None:
    said = now + timedelta(minutes=30)
    add_update(
        actor=MACHINE, now=said, incident=incident, status="identified", body="Still slow.",
        next_update_at=said + timedelta(hours=1),
    )  # fmt: skip
    remind(now=now + timedelta(minutes=70))
    assert letters() == []


@pytest.mark.parametrize("days", [1.5, 400])
def test_what_was_forgotten_long_ago_wakes_nobody(
    incident: Incident, now: datetime, days: float
) -> None:
    remind(now=now + timedelta(days=days))
    assert letters() == []


def test_monitoring_is_asked_about_after_an_hour_once_for_each_word(
    incident: Incident, now: datetime
) -> None:
    for hour in (0, 1):
        said = now + timedelta(hours=2 * hour)
        add_update(
            actor=MACHINE, now=said, incident=incident, status="monitoring", body="We watch it."
        )
        for minutes in (59, 61, 62):
            remind(now=said + timedelta(minutes=minutes))
    asked = "[Larkbridge desk] The next word is due: “Reports are slow”"
    assert letters() == [("wanda@lark.example", asked)] * 2
    text: Any = Letter.objects.filter(message__stream=Stream.TEAM)[0].message.text
    assert f"/desk/incidents/{incident.public_id}/" in text
    assert "It has been watched for an hour without a word." in text


def test_what_is_over_is_not_asked_about(incident: Incident, now: datetime) -> None:
    add_update(actor=MACHINE, now=now, incident=incident, status="resolved", body="It is over.")
    remind(now=now + timedelta(hours=3))
    assert letters() == []
