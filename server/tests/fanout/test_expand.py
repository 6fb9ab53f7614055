import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import freeze_list
from afterword.audience.actions.subscribers import choose_components, unsubscribe
from afterword.audience.models import Segment, Subscriber
from afterword.audit.models import Entry
from afterword.components.models import Page
from afterword.fanout.actions import expand_due, expanding
from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of, letter_counts
from afterword.postbox.models import Letter, Message, Stream
from afterword.publishing.models import Audience, PublicationKind
from fanout.published import a_page, publish, subscribed
from journeys.house import own_database

pytestmark = pytest.mark.django_db
TESTS = Path(__file__).resolve().parent.parent
ADA, BOB, EVE = "ada@mail.example", "bob@mail.example", "eve@mail.example"


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - timedelta(days=10))


def status_mail() -> list[str]:
    found = Letter.objects.exclude(message__stream=Stream.ACCOUNT)
    return sorted(found.values_list("recipient", flat=True))


def test_every_confirmed_subscriber_gets_one_letter(page: Page, now: datetime) -> None:
    subscribed(page, now - timedelta(days=1), ADA, BOB)
    publication = publish(page, now)
    for _ in range(3):
        expand_due(now=now)
    assert status_mail() == [ADA, BOB]
    assert letter_counts(publication)["waiting"] == 2
    mailing = Mailing.objects.get()
    assert (mailing.letters, mailing.expanded_at) == (2, now)
    assert Entry.objects.filter(verb="fanout.expand").count() == 1


def test_who_confirms_after_the_publication_is_not_written_to(page: Page, now: datetime) -> None:
    subscribed(page, now - timedelta(days=1), ADA)
    publish(page, now)
    subscribed(page, now + timedelta(seconds=1), BOB)
    expand_due(now=now + timedelta(minutes=1))
    assert status_mail() == [ADA]


def test_who_leaves_before_expansion_is_not_written_to(page: Page, now: datetime) -> None:
    ada, _ = subscribed(page, now - timedelta(days=1), ADA, BOB)
    publish(page, now)
    unsubscribe(now=now, token=ada.token)
    expand_due(now=now)
    assert status_mail() == [BOB]


def test_a_mailing_goes_on_where_it_was_broken_off(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "BATCH", 3)
    monkeypatch.setattr(expanding, "RANGE", 3)
    addresses = [f"r{n:02}@mail.example" for n in range(10)]
    subscribed(page, now - timedelta(days=1), *addresses)
    publish(page, now)
    steps = iter([False, False, True])
    assert expand_due(now=now, should_stop=lambda: next(steps)).finished == 0
    assert len(status_mail()) == 6
    assert Mailing.objects.get().expanded_at is None
    assert expand_due(now=now).finished == 1
    assert status_mail() == addresses


def test_imported_history_and_quiet_updates_write_to_nobody(page: Page, now: datetime) -> None:
    subscribed(page, now - timedelta(days=1), ADA)
    publish(page, now, imported=True)
    publish(page, now, audience=Audience.PAGE)
    expand_due(now=now)
    assert status_mail() == []
    assert Mailing.objects.count() == 0


def test_old_publications_of_a_restored_backup_write_to_nobody(page: Page, now: datetime) -> None:
    subscribed(page, now - timedelta(days=9), ADA)
    publish(page, now - timedelta(days=4))
    expand_due(now=now)
    assert status_mail() == []
    assert "3 days" in Mailing.objects.get().skipped


@pytest.mark.parametrize(("days", "written"), [(4, [ADA]), (31, [])])
def test_a_notice_that_must_arrive_is_written_late_too(
    page: Page, now: datetime, days: int, written: list[str]
) -> None:
    people = freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="pay1", segment=Segment.DATA,
        members=[(ADA, "Ada")],
    )  # fmt: skip
    publish(
        page, now, kind=PublicationKind.DATA_NOTICE, audience=Audience.LIST,
        recipient_list=people.public_id,
    )  # fmt: skip
    expand_due(now=now + timedelta(days=days))
    assert status_mail() == written
    assert ("30 days" in Mailing.objects.get().skipped) is not bool(written)


def test_a_frozen_list_gets_notices_that_greet_and_offer_no_unsubscribing(
    page: Page, now: datetime
) -> None:
    subscribed(page, now - timedelta(days=1), EVE)
    recipients = freeze_list(
        actor=MACHINE,
        now=now,
        page=page,
        incident_ref="pay1",
        segment=Segment.DATA,
        members=[(ADA, "Ada Example"), (BOB, "")],
    )
    publish(
        page,
        now,
        kind=PublicationKind.DATA_NOTICE,
        audience=Audience.LIST,
        recipient_list=recipients.public_id,
    )
    expand_due(now=now)
    assert status_mail() == [ADA, BOB]
    greetings = Letter.objects.filter(message__stream=Stream.NOTICE).order_by("recipient")
    assert [each.fill["greeting"] for each in greetings] == ["Hello Ada Example,", "Hello,"]
    message = Message.objects.get(stream=Stream.NOTICE)
    assert (message.unsubscribe_url, message.list_id) == ("", "")
    assert "nsubscribe" not in message.text + message.html


def test_who_chose_parts_hears_of_those_and_of_nothing_else(page: Page, now: datetime) -> None:
    ada, bob, _ = subscribed(page, now - timedelta(days=1), ADA, BOB, EVE)
    for reader, part in ((ada, "payments"), (bob, "exports")):
        choose_components(now=now, token=reader.token, component_ids=[part], whole_page=False)
    publish(page, now, component="payments")
    # A statement names no parts itself: those of its incident count.
    publish(page, now, kind=PublicationKind.CLOSURE)
    expand_due(now=now)
    assert status_mail() == [ADA, ADA, EVE, EVE]


def test_no_letter_comes_twice_when_two_workers_expand(page: Page, now: datetime) -> None:
    subscribed(page, now - timedelta(days=1), ADA)
    publication = publish(page, now)
    expanding._begin(publication, now)
    expanding._begin(publication, now + timedelta(seconds=1))
    mailing = Mailing.objects.get()
    assert not expanding._expand_some(mailing.pk, now)
    Mailing.objects.update(cursor=0)
    expand_due(now=now)
    assert status_mail() == [ADA]


def test_the_name_of_a_mailing_is_bound_to_its_content(page: Page, now: datetime) -> None:
    publication = publish(page, now)
    assert publication.hash[:12] in about_of(publication)
    assert len(about_of(publication)) <= 80


def test_the_database_writes_the_letters_that_we_would_write(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL makes letters in one statement; SQLite, in which they are made one by one, too."""
    for name, language, zone in (
        ("ada", "en", ""),
        ("bob", "de", "Europe/Berlin"),
        ("eve", "xx", ""),
    ):
        (subscriber,) = subscribed(page, now - timedelta(days=1), f"{name}@mail.example")
        Subscriber.objects.filter(pk=subscriber.pk).update(language=language, zone=zone)
    publish(page, now, kind=PublicationKind.SUMMARY)
    # In Berlin it is night then, and this can wait.
    night = now + timedelta(hours=11)
    expand_due(now=night)
    about = Letter.objects.get(recipient="ada@mail.example", about__startswith="publication:").about

    def written() -> list[tuple[object, ...]]:
        letters = Letter.objects.filter(about=about).order_by("recipient")
        return list(
            letters.values_list(
                "recipient", "fill", "rfc_message_id", "message__key", "state", "next_at",
                "created_at", "channel", "attempts", "stop_asked", "claimed_by", "last_answer",
            )
        )  # fmt: skip

    by_the_database = written()
    assert len(by_the_database) == 3
    assert len({each[5] for each in by_the_database}) == 2
    Letter.objects.filter(about=about).delete()
    Mailing.objects.all().delete()
    monkeypatch.setattr(expanding, "can_post_found", lambda: False)
    expand_due(now=night)
    assert written() == by_the_database


def test_who_leaves_while_letters_are_written_gets_none(tmp_path: Path) -> None:
    """Two transactions at once, on the database of the suite: each waits for the other."""
    with own_database() as url:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AFTERWORD_")}
        done = subprocess.run(
            [sys.executable, TESTS / "fanout" / "meanwhile.py"],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
            env=kept
            | {
                "AFTERWORD_DATA_DIR": str(tmp_path),
                "AFTERWORD_DATABASE_URL": url,
                "AFTERWORD_CANCEL_SECONDS": "0",
                "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
                "PYTHONPATH": str(TESTS),
            },
        )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["waited"]
    assert seen["stood"]
    assert seen["first"] == {"ada": ["withdrawn"], "bob": ["waiting"], "eve": ["waiting"]}
    assert seen["second"] == {
        "ada": ["withdrawn"], "bob": ["withdrawn"], "eve": ["waiting", "waiting"],
    }  # fmt: skip


def test_letters_that_are_there_already_do_not_keep_the_others_from_being_written(
    page: Page, now: datetime
) -> None:
    """As after a restore that knows some letters and not how far the mailing was."""
    subscribed(page, now - timedelta(days=1), *(f"r{n}@mail.example" for n in range(5)))
    publication = publish(page, now)
    expand_due(now=now)
    about = about_of(publication)
    Letter.objects.filter(
        about=about, recipient__in=["r1@mail.example", "r3@mail.example"]
    ).delete()
    Mailing.objects.update(cursor=0, expanded_at=None)
    expand_due(now=now)
    got = Letter.objects.filter(about=about).values_list("recipient", flat=True)
    assert sorted(got) == [f"r{n}@mail.example" for n in range(5)]
