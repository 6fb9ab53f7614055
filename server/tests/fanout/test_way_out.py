"""Whoever gets a letter that nothing demands can end such letters with one click (RFC 8058), and
whoever leaves by any way gets none of those that were written already.
"""

import email
import email.policy
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from django.test import Client

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import Listed, freeze_list
from afterword.audience.actions.subscribers import unsubscribe
from afterword.audience.links import WayOut, read_way_out
from afterword.audience.models import OptOut, Segment, Subscriber, Suppression
from afterword.audience.queries.suppressions import must_not_get, suppressed_addresses
from afterword.audit.models import Entry
from afterword.components.models import Page
from afterword.fanout.actions import expand_due
from afterword.fanout.actions.wording import message_of, retitle_letters
from afterword.fanout.queries import about_of
from afterword.postbox.actions import Addressed, claim, post
from afterword.postbox.envelope import envelope_of
from afterword.postbox.models import Letter, Stream
from afterword.postbox.reports import read_report
from afterword.publishing.models import Audience, Publication
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
OWED, MAY = "owed@mail.example", "may@mail.example"
HOUR = timedelta(hours=1)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - timedelta(days=10))


def told(page: Page, now: datetime, *extra: Listed) -> Publication:
    """Publish a letter to a list, one of whose members must get it, and write the letters."""
    people = freeze_list(
        actor=MACHINE, now=now, page=page, segment=Segment.SLA, incident_ref="pay1",
        members=[Listed(OWED), Listed(MAY, must=False), *extra],
    )  # fmt: skip
    said = publish(
        page, now, kind="follow_up", audience=Audience.LIST, recipient_list=people.public_id
    )
    expand_due(now=now)
    return said


def mail_to(address: str) -> EmailMessage:
    letter = Letter.objects.exclude(message__stream=Stream.ACCOUNT).get(recipient=address)
    raw = envelope_of(letter.message).fill(letter)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def way_out_of(mail: EmailMessage) -> str:
    """Return the path of the address mail programs post to."""
    return "/unsubscribe/" + str(mail["List-Unsubscribe"]).strip("<>").partition("/unsubscribe/")[2]


def test_a_letter_that_nothing_demands_says_how_to_get_no_more_of_them(
    page: Page, now: datetime
) -> None:
    told(page, now)
    mail = mail_to(MAY)
    address = str(mail["List-Unsubscribe"]).strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert address in body.get_content()


def test_a_letter_that_must_be_sent_offers_no_way_out(page: Page, now: datetime) -> None:
    told(page, now)
    mail = mail_to(OWED)
    assert mail["List-Unsubscribe"] is None
    assert b"/unsubscribe/" not in mail.as_bytes()


def test_one_click_ends_what_nothing_demands_and_takes_back_what_waits(
    page: Page, now: datetime, client: Client
) -> None:
    told(page, now)
    way_out = way_out_of(mail_to(MAY))
    for _ in range(2):
        assert client.post(way_out, ONE_CLICK).status_code == 200
    assert suppressed_addresses(page) == {MAY: "asked"}
    letter = Letter.objects.get(recipient=MAY)
    assert letter.state == "withdrawn"
    assert "no more mail" in letter.last_answer
    assert Letter.objects.get(recipient=OWED).state == "waiting"
    assert OptOut.objects.get().how == "asked"
    assert Entry.objects.filter(verb="audience.suppress").count() == 1
    told(page, now + HOUR)
    assert Letter.objects.filter(recipient=MAY).count() == 1


def test_a_scanner_that_opens_the_link_changes_nothing(
    page: Page, now: datetime, client: Client
) -> None:
    told(page, now)
    way_out = way_out_of(mail_to(MAY))
    for ask in (client.get, client.head, client.options):
        answer = ask(way_out)
    shown = client.get(way_out)
    assert MAY in shown.content.decode()
    assert shown["Referrer-Policy"] == "no-referrer"
    assert answer.status_code in {200, 405}
    assert not Suppression.objects.exists()
    assert Letter.objects.get(recipient=MAY).state == "waiting"


def test_the_link_names_nobody_and_an_invented_one_ends_nothing(
    page: Page, now: datetime, client: Client
) -> None:
    told(page, now)
    way_out = way_out_of(mail_to(MAY))
    assert "may" not in way_out.lower().replace("%", "")
    token = way_out.rstrip("/").rpartition("/")[2]
    for wrong in (token[:-4], "x" * 120, f"{token}AAAA", "é"):
        assert client.post(f"/unsubscribe/letters/{wrong}/", ONE_CLICK).status_code == 404
    assert not Suppression.objects.exists()


def test_the_longest_address_has_a_whole_link(page: Page, now: datetime) -> None:
    longest = f"{'l' * 60}@{'.'.join(['d' * 60] * 3)}.example"
    told(page, now, Listed(longest, must=False))
    mail = mail_to(longest)
    token = way_out_of(mail).rstrip("/").rpartition("/")[2]
    assert read_way_out(token) == WayOut(page.pk, "en", longest)
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert f"/{token}/" in body.get_content()


def test_a_correction_of_such_a_letter_has_a_way_out_too(page: Page, now: datetime) -> None:
    wrong = told(page, now)
    publish(
        page, now + HOUR, kind="correction", audience=Audience.LIST, corrects=wrong, weight="fact",
        recipient_list=wrong.recipient_list,
    )  # fmt: skip
    Letter.objects.update(state="sent", sent_at=now)
    expand_due(now=now + HOUR)
    both = Letter.objects.filter(recipient__in=[OWED, MAY], state="waiting")
    found = {each.recipient: envelope_of(each.message).fill(each) for each in both}
    assert b"List-Unsubscribe-Post" in found[MAY]
    assert b"List-Unsubscribe" not in found[OWED]


def test_letters_written_by_an_earlier_version_keep_their_words_when_a_title_is_replaced(
    page: Page, now: datetime
) -> None:
    said = told(page, now)
    Letter.objects.all().delete()
    old = message_of(publication=said, voice="~en", now=now)
    post(
        now=now, message=old, about=about_of(said),
        letters=[Addressed(MAY, {"greeting": "Hello,"})],
    )  # fmt: skip
    publish(page, now, kind="correction", corrects=said, weight="title", title="Exports failed")
    retitle_letters(publication=said, now=now)
    mail = mail_to(MAY)
    assert "Hello," in mail.as_string()
    assert mail["List-Unsubscribe"] is None
    assert Letter.objects.get().message.stream == Stream.COURTESY


def test_whoever_unsubscribes_gets_no_letter_that_waits_and_that_nothing_demands(
    page: Page, now: datetime
) -> None:
    (reader, _) = subscribed(page, now - HOUR, MAY, OWED)
    told(page, now)
    unsubscribe(now=now, token=reader.token)
    unsubscribe(now=now, token=Subscriber.objects.get(email=OWED).token)
    found = Letter.objects.get(recipient=MAY, message__stream=Stream.COURTESY)
    assert found.state == "withdrawn"
    assert found.last_answer == "The reader unsubscribed before it was sent."
    assert Letter.objects.get(message__stream=Stream.NOTICE).state == "waiting"


def test_whoever_unsubscribed_at_the_instant_the_letter_was_written_does_not_get_it(
    page: Page, now: datetime
) -> None:
    """As when two transactions cross: the letter is there, and nobody has taken it back."""
    (reader,) = subscribed(page, now - HOUR, MAY)
    told(page, now)
    unsubscribe(now=now, token=reader.token)
    Letter.objects.filter(recipient=MAY).update(state="waiting")
    got = claim(now=now, limit=100, lease_seconds=600, worker="w", unwanted=must_not_get)
    assert [each.recipient for each in got if each.message.stream != Stream.ACCOUNT] == [OWED]


def test_a_complaint_about_such_a_letter_proves_itself_by_its_link(
    page: Page, now: datetime
) -> None:
    told(page, now)
    letter = Letter.objects.get(recipient=MAY)
    raw = (
        b"From: abuse@provider.example\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n"
        + envelope_of(letter.message).fill(letter)
        + b"\r\n--b--\r\n"
    )
    report = read_report(raw)
    assert report is not None
    assert report.tokens == (letter.fill["token"],)
