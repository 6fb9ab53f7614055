"""What is published quietly is on the page and in nobody's mail, whatever happens to it later."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.subscribers import confirm, subscribe
from afterword.audience.links import confirmation_of
from afterword.components.models import Page
from afterword.incidents.models import Incident
from afterword.postbox.models import Letter
from afterword.publishing import actions as door
from afterword.publishing.models import Publication
from afterword.worker.loop import Worker
from fanout.published import a_page
from postbox.sink import Sink, running_sink

READER = "reader@mail.example"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as running:
        yield running


@pytest.fixture
def page(db: None, now: datetime, site_dir: Path) -> Page:
    made = a_page(now - timedelta(days=2))
    one = subscribe(now=now - timedelta(days=1), page=made, email=READER)
    confirm(now=now - timedelta(days=1), token=confirmation_of(one.token, now))
    Letter.objects.all().delete()
    return made


@pytest.fixture
def work(sink: Sink, tmp_path: Path) -> Iterator[Callable[[datetime], None]]:
    """Let a worker with a mail server do all it finds to do at a time."""
    with closing(Worker(data_dir=tmp_path, smtp=sink.settings)) as worker:

        def until_idle(at: datetime) -> None:
            assert worker.run_once(at).failed == ()
            worker.run_once(at)

        yield until_idle


def acts(page: Page, now: datetime, *, notify: bool) -> Iterator[datetime]:
    """Do everything that can be said of incidents and planned work; yield after each word."""
    said: dict[str, Any] = {"actor": MACHINE, "notify": notify}
    opened = door.announce_incident(**said, now=now, page=page, title="Exports fail", body="Seen.")
    incident = Incident.objects.get(public_id=opened.incident_id)
    yield now
    for minutes, status in ((5, "identified"), (10, "monitoring"), (15, "resolved")):
        at = now + timedelta(minutes=minutes)
        door.announce_update(**said, now=at, incident=incident, status=status, body="A word.")
        yield at
    at = now + timedelta(minutes=20)
    door.reopen_incident(
        **said, now=at, incident=incident, reason="It came back.", body="It is back.",
        status="investigating",
    )  # fmt: skip
    yield at
    at = now + timedelta(minutes=30)
    planned = door.announce_maintenance(
        **said, now=at, page=page, title="Exports move", body="They will be away.",
        scheduled_for=at + timedelta(hours=1), scheduled_until=at + timedelta(hours=2),
    )  # fmt: skip
    yield at
    moved = Incident.objects.get(public_id=planned.incident_id)
    door.announce_move(
        **said, now=at, incident=moved, body="Later.", scheduled_for=at + timedelta(hours=2),
        scheduled_until=at + timedelta(hours=3),
    )  # fmt: skip
    yield at
    yield at + timedelta(hours=2)  # it begins by itself
    yield at + timedelta(hours=3)  # and ends
    moved.refresh_from_db()
    assert moved.is_over


def test_nothing_that_was_said_quietly_is_mailed(
    page: Page, work: Callable[[datetime], None], sink: Sink, now: datetime
) -> None:
    for at in acts(page, now, notify=False):
        work(at)
    left = Publication.objects.count()
    assert left == 9
    assert sink.recipients == {}
    assert not Letter.objects.exists()


def test_the_same_words_said_aloud_are_mailed_each_once(
    page: Page, work: Callable[[datetime], None], sink: Sink, now: datetime
) -> None:
    for at in acts(page, now, notify=True):
        work(at)
    assert Publication.objects.count() == 9
    assert sink.recipients == {READER: 9}
