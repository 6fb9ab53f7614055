"""One round of the worker, part by part."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.models import Subscriber
from afterword.components.models import Page
from afterword.postbox.actions import claim, end_rest
from afterword.postbox.journal import Journal
from afterword.postbox.models import Letter, LetterState, Rest, Stream
from afterword.publishing.actions import announce_maintenance
from afterword.site_builder.actions import build_pending
from afterword.site_builder.age import confirmed_at
from afterword.site_builder.folder import Folder
from afterword.worker import loop
from afterword.worker.loop import Worker, run_once
from afterword.worker.slot import abandoned_slots, take_slot
from fanout.published import a_page, publish, subscribed
from postbox.letters import people, posted
from postbox.sink import Sink, running_sink

ADA = "ada@mail.example"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as running:
        yield running


@pytest.fixture
def page(db: None, now: datetime, site_dir: Path) -> Page:
    page = a_page(now - timedelta(days=2))
    subscribed(page, now - timedelta(days=1), ADA)
    Letter.objects.all().delete()
    return page


@pytest.fixture
def worker(sink: Sink, tmp_path: Path) -> Iterator[Worker]:
    with closing(Worker(data_dir=tmp_path, smtp=sink.settings)) as worker:
        yield worker


def test_one_round_builds_the_page_and_sends_the_letter(
    page: Page, worker: Worker, sink: Sink, site_dir: Path, now: datetime
) -> None:
    publish(page, now)
    done = worker.run_once(now)
    assert done.built > 0
    assert (done.begun, done.accepted, done.failed) == (1, 1, ())
    assert (site_dir / "incidents" / "pay1" / "index.html").is_file()
    assert sink.recipients == {ADA: 1}
    again = worker.run_once(now)
    assert (again.built, again.begun, again.accepted, again.busy) == (0, 0, 0, False)


def test_a_site_that_cannot_be_written_does_not_keep_mail_back(
    page: Page, worker: Worker, sink: Sink, settings: Any, tmp_path: Path, now: datetime
) -> None:
    (tmp_path / "in the way").write_text("a file where the folder should be")
    settings.SITE_DIR = tmp_path / "in the way"
    publish(page, now)
    done = worker.run_once(now)
    assert done.failed == ("site",)
    assert sink.recipients == {ADA: 1}
    # It is left alone for a while instead of failing twice a second.
    assert worker.run_once(now).failed == ()


def test_a_mail_server_that_is_away_is_left_alone_for_a_while(
    page: Page, tmp_path: Path, now: datetime
) -> None:
    publish(page, now)
    nowhere = {"host": "127.0.0.1", "port": 1, "username": "", "password": ""}
    with closing(Worker(data_dir=tmp_path, smtp=nowhere)) as worker:
        assert worker.run_once(now).failed == ("mail",)
        assert worker.run_once(now + timedelta(minutes=1)).failed == ()
    assert Letter.objects.get(message__stream=Stream.STATUS).state == LetterState.WAITING


def test_a_full_disk_lets_webhooks_rest_where_the_desk_sees_it(
    page: Page, worker: Worker, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted(now, ["hook:1"])
    Letter.objects.update(channel="webhook")

    def full() -> None:
        raise OSError("no space left")

    monkeypatch.setattr(worker._hooks_journal, "try_out", full)
    assert worker.call_once(now).failed == ("hooks",)
    rest = Rest.objects.get()
    assert (rest.channel, rest.until > now) == ("hooks", True)
    assert "no space left" in rest.answer
    assert Letter.objects.get().attempts == 0
    # It is asked to try again, and the disk has room.
    monkeypatch.undo()
    end_rest(channel="hooks", now=now)
    assert worker.call_once(now + timedelta(seconds=1)).failed == ()
    assert Letter.objects.get().attempts == 1
    assert not Rest.objects.exists()


def test_without_a_mail_server_letters_wait(
    page: Page, settings: Any, tmp_path: Path, now: datetime
) -> None:
    settings.DATA_DIR, settings.SMTP = tmp_path, {}
    publish(page, now)
    assert run_once(now=now).begun == 1
    letter = Letter.objects.get(message__stream=Stream.STATUS)
    assert (letter.state, letter.attempts) == (LetterState.WAITING, 0)


def test_the_sweep_finishes_what_a_dead_worker_of_another_place_left(
    page: Page, worker: Worker, sink: Sink, tmp_path: Path, now: datetime
) -> None:
    posted(now, people(3))
    dead = take_slot(tmp_path)
    assert len(claim(now=now, limit=3, lease_seconds=600, worker=dead.name)) == 3
    dead.release()
    worker.run_once(now)
    assert sink.recipients == dict.fromkeys(people(3), 1)


def test_a_living_worker_keeps_its_claims(
    page: Page, worker: Worker, sink: Sink, tmp_path: Path, now: datetime
) -> None:
    posted(now, people(3))
    living = take_slot(tmp_path)
    claim(now=now, limit=3, lease_seconds=600, worker=living.name)
    worker.run_once(now)
    assert sink.kept == []
    living.release()


def test_places_are_given_out_once(tmp_path: Path) -> None:
    first, second = take_slot(tmp_path), take_slot(tmp_path)
    assert first.name != second.name
    assert list(abandoned_slots(tmp_path)) == []
    first.release()
    assert [each.name for each in abandoned_slots(tmp_path)] == [first.name]
    assert take_slot(tmp_path).name == first.name
    second.release()


def test_addresses_that_were_never_confirmed_are_forgotten(
    page: Page, worker: Worker, now: datetime
) -> None:
    Subscriber.objects.create(page=page, email="x@mail.example", created_at=now)
    worker.run_once(now + timedelta(days=8))
    assert not Subscriber.objects.filter(email="x@mail.example").exists()


def test_a_step_of_the_sweep_that_fails_keeps_no_other_from_its_turn(
    page: Page, worker: Worker, tmp_path: Path, now: datetime
) -> None:
    Subscriber.objects.create(page=page, email="x@mail.example", created_at=now)
    dead = take_slot(tmp_path)
    dead.release()
    dead.journal.unlink(missing_ok=True)
    dead.journal.mkdir()
    assert worker.run_once(now + timedelta(days=8)).failed == ("sweep",)
    assert not Subscriber.objects.filter(email="x@mail.example").exists()


def test_a_journal_cut_short_by_a_power_cut_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    lease = "2026-03-18T12:10:00+00:00"
    path.write_text(f'[7, "{lease}", "accepted", "{lease}", 250, "kept"]\n[8, "2026-03')
    with Journal(path) as journal:
        assert [each.letter_id for each in journal.read()] == [7]
        journal.clear()
        assert journal.read() == []


def test_idle_rounds_are_half_a_second_apart_and_end_at_once(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[float] = []

    def count(self: Worker, now: datetime) -> loop.Summary:
        rounds.append(time.monotonic())
        return loop.Summary()

    monkeypatch.setattr(Worker, "run_once", count)
    thread = threading.Thread(target=worker.run_forever)
    thread.start()
    time.sleep(1.2)
    worker.stop.set()
    thread.join(timeout=1)
    assert not thread.is_alive()
    assert 2 <= len(rounds) <= 4


def test_planned_work_begins_at_its_time_and_shows_in_the_same_round(
    page: Page, worker: Worker, site_dir: Path, now: datetime
) -> None:
    begins = now + timedelta(hours=1)
    announce_maintenance(
        actor=MACHINE, now=now, page=page, title="New disks",
        body="Nothing changes for you while we work.",
        scheduled_for=begins, scheduled_until=begins + timedelta(hours=1), notify=False,
    )  # fmt: skip
    worker.run_once(now)
    assert "Going on now" not in (site_dir / "maintenance/index.html").read_text()
    worker.run_once(begins)
    assert "Going on now" in (site_dir / "maintenance/index.html").read_text()


def test_letters_do_not_wait_while_another_process_builds(
    page: Page, worker: Worker, sink: Sink, site_dir: Path, now: datetime
) -> None:
    publish(page, now)
    with Folder(site_dir).held():
        done = worker.run_once(now)
        assert (done.built, done.accepted, done.failed) == (0, 1, ())
        # Nobody knows what the other one leaves out.
        assert confirmed_at(site_dir) is None
    assert worker.run_once(now).built > 0
    assert confirmed_at(site_dir) == now


def test_what_another_machine_built_and_cannot_be_fetched_is_not_confirmed(
    page: Page,
    worker: Worker,
    settings: Any,
    tmp_path: Path,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loop, "FOLLOW_EVERY", 0.0)
    monkeypatch.setattr(loop, "CONFIRM_EVERY", 0.0)
    settings.SITE_BUCKET = f"file://{tmp_path}/shared"
    here, there = tmp_path / "here" / "site", tmp_path / "there" / "site"
    settings.SITE_DIR = there
    build_pending(now=now)
    settings.SITE_DIR = here
    worker.run_once(now)
    assert confirmed_at(here) == now
    settings.SITE_DIR = there
    publish(page, now)
    build_pending(now=now)
    whole = (tmp_path / "shared/index.html").read_bytes()
    (tmp_path / "shared/index.html").write_bytes(whole[:100])
    settings.SITE_DIR = here
    worker.run_once(now + timedelta(minutes=1))
    assert confirmed_at(here) == now
    (tmp_path / "shared/index.html").write_bytes(whole)
    worker.run_once(now + timedelta(minutes=2))
    assert confirmed_at(here) == now + timedelta(minutes=2)
    assert (here / "index.html").read_bytes() == whole


def test_a_worker_that_does_not_come_up_leaves_its_place_to_the_next(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        Worker(data_dir=tmp_path, smtp={"host": "mail.example", "connections": "many"})
    with closing(Worker(data_dir=tmp_path, smtp={})) as worker:
        assert worker._slot.name.endswith(":0")
