"""Who hears which word of an incident, by what they chose, and that the end reaches all who heard
that it began."""

from datetime import datetime, timedelta

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import Listed, freeze_list
from afterword.audience.actions.subscribers import (
    choose_components,
    choose_digest,
    choose_moments,
    confirm,
    quarantine,
    subscribe,
    unsubscribe,
)
from afterword.audience.links import confirmation_of
from afterword.audience.models import Segment, Subscriber
from afterword.components.models import Page
from afterword.fanout.actions import cancel, expand_due
from afterword.fanout.models import DigestEntry, Mailing
from afterword.fanout.queries import about_of
from afterword.fanout.quiet_hours import after_the_night
from afterword.kit.timespans import parse_iso
from afterword.postbox.actions import ordering
from afterword.postbox.models import Letter, Message
from afterword.publishing.models import Audience, Publication, PublicationKind
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
EVERY, ENDS, AFTER = "every@mail.example", "ends@mail.example", "after@mail.example"


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - timedelta(days=10))


@pytest.fixture
def readers(page: Page, now: datetime) -> dict[str, Subscriber]:
    found = subscribed(page, now - timedelta(days=1), EVERY, ENDS, AFTER)
    for each in found:
        wants = each.email.partition("@")[0]
        choose_moments(now=now, token=each.token, wants=wants, zone="")
    return {each.email: each for each in found}


def told(publication: Publication, now: datetime) -> set[str]:
    expand_due(now=now)
    found = Letter.objects.filter(about=about_of(publication))
    return set(found.values_list("recipient", flat=True))


def test_each_gets_the_moments_they_chose(page: Page, readers: object, now: datetime) -> None:
    heard = [
        told(publish(page, now, status=status), now)
        for status in ("investigating", "identified", "resolved")
    ]
    assert heard == [{EVERY, ENDS}, {EVERY}, {EVERY, ENDS, AFTER}]
    for kind in (PublicationKind.CLOSURE, PublicationKind.SUMMARY):
        assert told(publish(page, now, kind=kind), now) == {EVERY, ENDS, AFTER}


def test_whoever_heard_that_it_began_hears_that_it_is_over_whatever_they_chose_since(
    page: Page, readers: dict[str, Subscriber], now: datetime
) -> None:
    told(publish(page, now, status="investigating"), now)
    for email in (EVERY, ENDS):
        choose_components(
            now=now, token=readers[email].token, component_ids=["exports"], whole_page=False
        )
    assert told(publish(page, now, status="identified"), now) == set()
    ending = publish(page, now, status="resolved", component="")
    assert told(ending, now) == {EVERY, ENDS, AFTER}
    assert told(publish(page, now, kind=PublicationKind.SUMMARY), now) == {AFTER}


def test_whoever_wants_beginnings_hears_the_first_word_about_their_part_as_one(
    page: Page, readers: dict[str, Subscriber], now: datetime
) -> None:
    choose_components(
        now=now, token=readers[ENDS].token, component_ids=["exports"], whole_page=False
    )
    assert told(publish(page, now, status="investigating", component="payments"), now) == {EVERY}
    assert told(publish(page, now, status="identified", component="exports"), now) == {EVERY, ENDS}
    assert told(publish(page, now, status="monitoring", component="exports"), now) == {EVERY}


def test_what_the_page_alone_got_is_nobodys_beginning(
    page: Page, readers: object, now: datetime
) -> None:
    publish(page, now, status="investigating", audience=Audience.PAGE)
    assert told(publish(page, now, status="identified"), now) == {EVERY, ENDS}


def test_whoever_left_hears_nothing_more_not_even_the_end(
    page: Page, readers: dict[str, Subscriber], now: datetime
) -> None:
    told(publish(page, now, status="investigating"), now)
    unsubscribe(now=now, token=readers[EVERY].token)
    quarantine(now=now, page=page, email=ENDS, because="Mail came back: no such mailbox.")
    assert told(publish(page, now, status="resolved"), now) == {AFTER}
    ends = Subscriber.objects.get(email=ENDS)
    assert (ends.state, ends.quarantined_because) == (
        "quarantined", "Mail came back: no such mailbox.",
    )  # fmt: skip
    assert quarantine(now=now, page=page, email=ENDS, because="again") is None


def test_one_incident_alone_is_followed_to_its_end(page: Page, now: datetime) -> None:
    publish(page, now, status="investigating", incident_id="pay1")
    later = now + timedelta(minutes=1)
    one = subscribe(now=later, page=page, email=EVERY, incident="pay1")
    confirm(now=later, token=confirmation_of(one.token, later, "pay1"))
    at = later + timedelta(minutes=1)
    assert told(publish(page, at, status="resolved", incident_id="pay1"), at) == {EVERY}
    assert told(publish(page, at, status="investigating", incident_id="pay2"), at) == set()


def test_following_one_more_incident_takes_nothing_away(page: Page, now: datetime) -> None:
    (one,) = subscribed(page, now - timedelta(days=1), EVERY)
    choose_components(now=now, token=one.token, component_ids=["exports"], whole_page=False)
    confirm(now=now, token=confirmation_of(one.token, now, "pay1"))
    assert told(publish(page, now, incident_id="pay1", component="payments"), now) == {EVERY}
    assert told(publish(page, now, incident_id="pay2", component="payments"), now) == set()
    assert told(publish(page, now, incident_id="pay3", component="exports"), now) == {EVERY}


def test_whoever_gets_a_letter_of_their_own_does_not_get_the_summary_too(
    page: Page, readers: object, now: datetime
) -> None:
    frozen = {"actor": MACHINE, "now": now, "page": page, "incident_ref": "pay1"}
    freeze_list(segment=Segment.SLA, members=[(ENDS, "Mira")], **frozen)
    assert told(publish(page, now, kind=PublicationKind.CLOSURE), now) == {EVERY, ENDS, AFTER}
    assert told(publish(page, now, kind=PublicationKind.SUMMARY), now) == {EVERY, AFTER}
    freeze_list(segment=Segment.SLA, members=[("other@mail.example", "")], **frozen)
    assert told(publish(page, now, kind=PublicationKind.NOTE), now) == {EVERY, ENDS, AFTER}


def a_letter_to(page: Page, now: datetime, *members: str) -> Publication:
    """Freeze a list and let a letter to it leave."""
    people = freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="pay1", segment=Segment.SLA,
        members=[(each, "") for each in members],
    )  # fmt: skip
    return publish(
        page, now, kind=PublicationKind.FOLLOW_UP, audience=Audience.LIST,
        recipient_list=people.public_id,
    )  # fmt: skip


def test_whoever_had_their_letter_does_not_get_the_summary_once_the_list_is_decided_anew(
    page: Page, readers: object, now: datetime
) -> None:
    assert told(a_letter_to(page, now, ENDS), now) == {ENDS}
    assert told(a_letter_to(page, now, AFTER), now) == {AFTER}
    assert told(publish(page, now, kind=PublicationKind.SUMMARY), now) == {EVERY}


def test_whoever_waits_in_vain_for_a_letter_that_was_cancelled_gets_the_summary(
    page: Page, readers: object, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One letter is withdrawn with the cancelling, and the other not before the summary is written.
    monkeypatch.setattr(ordering, "AT_A_TIME", 1)
    monkeypatch.setattr(ordering, "_STEPS_AT_ONCE", 1)
    letter = a_letter_to(page, now, EVERY, ENDS, AFTER)
    assert told(letter, now) == {EVERY, ENDS, AFTER}
    about = Letter.objects.filter(about=about_of(letter))
    about.filter(recipient=AFTER).update(state="sent", sent_at=now)
    cancel(actor=MACHINE, now=now, mailing=Mailing.objects.get(publication=letter), reason="wrong")
    assert about.filter(state="waiting").count() == 1
    assert told(publish(page, now, kind=PublicationKind.SUMMARY), now) == {EVERY, ENDS}
    assert set(about.filter(state="withdrawn").values_list("recipient", flat=True)) == {EVERY, ENDS}


def test_whoever_waited_in_vain_for_a_letter_that_was_retracted_gets_the_summary(
    page: Page, readers: object, now: datetime
) -> None:
    letter = a_letter_to(page, now, ENDS, AFTER)
    told(letter, now)
    about = Letter.objects.filter(about=about_of(letter))
    about.filter(recipient=AFTER).update(state="sent", sent_at=now)
    publish(
        page, now, kind=PublicationKind.CORRECTION, audience=Audience.LIST, weight="retraction",
        corrects=letter, recipient_list=letter.recipient_list,
    )  # fmt: skip
    assert told(publish(page, now, kind=PublicationKind.SUMMARY), now) == {EVERY, ENDS}
    assert set(about.filter(state="withdrawn").values_list("recipient", flat=True)) == {ENDS}


def test_a_letter_that_was_written_anew_after_the_first_was_cancelled_is_theirs(
    page: Page, readers: object, now: datetime
) -> None:
    first = a_letter_to(page, now, ENDS)
    told(first, now)
    cancel(actor=MACHINE, now=now, mailing=Mailing.objects.get(publication=first), reason="wrong")
    again = publish(
        page, now, kind=PublicationKind.FOLLOW_UP, audience=Audience.LIST,
        recipient_list=first.recipient_list,
    )  # fmt: skip
    assert told(again, now) == {ENDS}
    assert told(publish(page, now, kind=PublicationKind.SUMMARY), now) == {EVERY, AFTER}


def test_times_stand_in_the_zone_a_reader_chose_with_its_name(
    page: Page, readers: dict[str, Subscriber], now: datetime
) -> None:
    choose_moments(now=now, token=readers[EVERY].token, wants="every", zone="Europe/Berlin")
    choose_moments(now=now, token=readers[ENDS].token, wants="ends", zone="Asia/Kathmandu")
    publication = publish(page, now, status="resolved")
    assert told(publication, now) == {EVERY, ENDS, AFTER}
    said = {
        message.key.removeprefix(f"{about_of(publication)}:"): message.text
        for message in Message.objects.filter(key__startswith="publication:")
    }
    assert "18 March 2026, 12:00 UTC" in said["en"]
    assert "18 March 2026, 13:00 CET" in said["en@Europe/Berlin"]
    assert "18 March 2026, 17:45 UTC+05:45" in said["en@Asia/Kathmandu"]


def due(email: str) -> datetime:
    return Letter.objects.filter(recipient=email).latest("pk").next_at


def test_what_can_wait_waits_for_the_end_of_the_readers_night(
    page: Page, readers: dict[str, Subscriber], now: datetime
) -> None:
    # Noon in UTC is 21:00 in Tokyo; their morning is 23:00 UTC. In Berlin it is 13:00.
    choose_moments(now=now, token=readers[EVERY].token, wants="every", zone="Asia/Tokyo")
    choose_moments(now=now, token=readers[ENDS].token, wants="ends", zone="Europe/Berlin")
    told(publish(page, now, status="investigating"), now)
    assert due(EVERY) == now
    told(publish(page, now, kind=PublicationKind.SUMMARY), now)
    assert (due(EVERY), due(ENDS), due(AFTER)) == (now + timedelta(hours=11), now, now)


def test_whoever_chose_no_zone_sleeps_and_reads_in_that_of_the_page(
    page: Page, readers: dict[str, Subscriber], now: datetime
) -> None:
    page.time_zone = "Asia/Tokyo"
    page.save()
    choose_moments(now=now, token=readers[ENDS].token, wants="ends", zone="Europe/Berlin")
    choose_digest(now=now, token=readers[AFTER].token, digest="daily")
    told(publish(page, now, status="investigating"), now)
    assert due(EVERY) == now, "what goes on waits for nobody"
    assert any("18 March 2026, 21:00 JST" in each.text for each in Message.objects.all())
    publication = publish(page, now, kind=PublicationKind.NOTE)
    told(publication, now)
    assert (due(EVERY), due(ENDS)) == (now + timedelta(hours=11), now)
    laid = DigestEntry.objects.get(subscriber=readers[AFTER], publication=publication)
    assert laid.due_at == now + timedelta(hours=11), "eight in the morning in Tokyo"


def test_a_letter_waits_for_the_morning_unless_it_must_be_sent(page: Page, now: datetime) -> None:
    people = freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="pay1", segment=Segment.HIGH,
        members=[
            Listed("owed@x.example", zone="Asia/Tokyo", must=True),
            Listed("sleeps@x.example", zone="Asia/Tokyo", must=False),
        ],
    )  # fmt: skip
    publish(
        page, now, kind=PublicationKind.FOLLOW_UP, audience="list",
        recipient_list=people.public_id,
    )  # fmt: skip
    expand_due(now=now)
    assert due("owed@x.example") == now
    assert due("sleeps@x.example") == now + timedelta(hours=11)


@pytest.mark.parametrize(
    ("at", "zone", "until"),
    [
        ("2026-03-18T19:59:59Z", "Europe/Berlin", None),
        ("2026-03-18T20:00:00Z", "Europe/Berlin", "2026-03-19T07:00:00Z"),
        ("2026-03-19T06:59:59Z", "Europe/Berlin", "2026-03-19T07:00:00Z"),
        # The night in which the clocks go forward is an hour shorter.
        ("2026-03-28T20:00:00Z", "Europe/Berlin", "2026-03-29T06:00:00Z"),
        ("2026-03-18T23:00:00Z", "", None),
        ("2026-03-18T23:00:00Z", "Mars/Base", None),
    ],
)
def test_a_night_ends_at_eight_by_the_clock_on_the_wall(
    at: str, zone: str, until: str | None
) -> None:
    found = after_the_night(parse_iso(at), zone)
    assert found == (parse_iso(until) if until else None)
