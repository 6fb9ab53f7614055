"""Every kind of mail, rendered and read back the way a mail program would."""

import email
import email.policy
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from afterword import fanout
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import Listed, freeze_list
from afterword.audience.models import Segment
from afterword.components.models import Page
from afterword.fanout.actions import expand_due
from afterword.postbox.envelope import envelope_of
from afterword.postbox.models import Letter, Stream
from afterword.publishing.models import Audience, PublicationKind
from fanout.published import a_page, publish, subscribed
from publishing.press import word

pytestmark = pytest.mark.django_db
ADA = "ada@mail.example"
PROMISE = {
    "id": "c1",
    "what": "A second payment provider",
    "why": "x",
    "effect": "y",
    "mechanism": "z",
    "state": "in_progress",
    "due": "2026-04-30",
}


@pytest.fixture
def page(now: datetime) -> Page:
    page = a_page(now - timedelta(days=10))
    subscribed(page, now - timedelta(days=1), ADA)
    return page


def the_mail(now: datetime) -> EmailMessage:
    expand_due(now=now)
    letter = Letter.objects.exclude(message__stream=Stream.ACCOUNT).get()
    raw = envelope_of(letter.message).fill(letter)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def bodies(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return str(plain.get_content()), str(html.get_content())


def test_work_that_was_called_off_is_not_mailed_as_done(page: Page, now: datetime) -> None:
    begins = now + timedelta(days=3)
    for at, status, audience in ((now, "scheduled", "page"), (now, "completed", "subscribers")):
        word(
            page, "work", at, status=status, title="New disks", body="No need.", began=begins,
            incident_kind="maintenance", impact="maintenance", audience=audience,
            scheduled=(begins, begins + timedelta(hours=1)),
        )  # fmt: skip
    mail = the_mail(now + timedelta(minutes=1))
    assert "Planned work is called off" in str(mail["Subject"]) + bodies(mail)[0]
    assert "is done" not in str(mail["Subject"]) + "".join(bodies(mail))


# A translation goes to the page alone; letters take its words up with those of the original.
SENT = [kind for kind in PublicationKind if kind != PublicationKind.TRANSLATION]


def test_there_is_a_folder_of_words_for_every_kind() -> None:
    folder = Path(str(fanout.__file__)).parent / "templates" / "fanout"
    for kind in SENT:
        files = {each.name for each in (folder / kind).iterdir()}
        assert files == {"subject.txt", "text.txt", "html.html"}


@pytest.mark.parametrize("kind", SENT)
def test_every_kind_says_what_it_is_links_the_page_and_how_to_leave(
    page: Page, now: datetime, kind: str
) -> None:
    publish(page, now, component="payments", audience="page")
    publish(page, now, kind=kind)
    mail = the_mail(now)
    token = Letter.objects.exclude(message__stream=Stream.ACCOUNT).get().fill["token"]
    assert "Card payments failed" in mail["Subject"]
    assert mail["Subject"].startswith("[Larkbridge] ")
    for body in bodies(mail):
        assert "Card payments work again since 11:40 UTC." in body
        assert "/incidents/pay1/" in body
        assert f"/unsubscribe/{token}/" in body
        assert f"/subscribe/manage/{token}/" in body
        assert "18 March 2026, 12:00 UTC" in body
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("status", "words"),
    [("resolved", "Resolved: "), ("investigating", "Investigating: "), ("odd", "Update: ")],
)
def test_the_subject_begins_with_the_status(
    page: Page, now: datetime, status: str, words: str
) -> None:
    publish(page, now, status=status)
    assert the_mail(now)["Subject"] == f"[Larkbridge] {words}Card payments failed"


def test_promises_stand_in_the_summary_with_their_dates(page: Page, now: datetime) -> None:
    publish(page, now, kind=PublicationKind.SUMMARY, commitments=[PROMISE])
    for body in bodies(the_mail(now)):
        assert "A second payment provider (in progress, due 30 April 2026)" in body


HOSTILE = (
    "<script>alert(1)</script>\r\nBcc: all@mail.example\r\n\r\n\ue000token\ue001 %%token%% {{ 1 }}"
)


def test_hostile_titles_and_texts_stay_words(page: Page, now: datetime) -> None:
    publish(page, now, title=HOSTILE, body=HOSTILE)
    mail = the_mail(now)
    token = Letter.objects.exclude(message__stream=Stream.ACCOUNT).get().fill["token"]
    plain, html = bodies(mail)
    assert mail["Bcc"] is None
    assert "<script" not in html
    assert "{{ 1 }}" in plain
    # Only the mail's own links carry the token; a mark typed by hand is no mark.
    assert token not in str(mail["Subject"])
    assert plain.count(token) == 2
    assert html.count(token) == 2


def test_a_page_name_with_specials_breaks_nothing(page: Page, now: datetime) -> None:
    Page.objects.update(name='Lärk & "Søn" <status>\u2028x')
    publish(Page.objects.get(), now)
    mail = the_mail(now)
    plain, html = bodies(mail)
    assert mail["Subject"].startswith('[Lärk & "Søn" <status> x] Resolved')
    assert 'Lärk & "Søn" <status>' in plain
    assert "<status>" not in html


def test_a_letter_carries_the_recipients_own_figures_and_nobody_elses(
    page: Page, now: datetime
) -> None:
    figures = {"account": "Fernway & <Sons>", "failed": 1812, "loss": "two orders"}
    people = freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="pay1", segment=Segment.SLA,
        members=[
            Listed("mira@fernway.example", "Mira", account="a1", figures=figures),
            Listed("sam@oakline.example", "Sam", account="a2", figures={"failed": 7}),
            Listed("kim@shop.example"),
        ],
    )  # fmt: skip
    publish(
        page, now, kind=PublicationKind.FOLLOW_UP, audience=Audience.LIST,
        recipient_list=people.public_id,
    )  # fmt: skip
    expand_due(now=now)
    said = {}
    for letter in Letter.objects.filter(message__stream=Stream.NOTICE):
        raw = envelope_of(letter.message).fill(letter)
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        said[letter.recipient.partition("@")[0]] = bodies(mail)
    assert "- Of your actions, 1,812 failed.\n- You told us of this loss: two orders" in (
        said["mira"][0].replace("\r\n", "\n")
    )
    assert "<li>Of your actions, 1,812 failed.</li>" in said["mira"][1]
    assert "Of your actions, 7 failed." in said["sam"][0]
    assert "1,812" not in said["sam"][0] + said["sam"][1]
    assert "Your own figures" not in said["kim"][0] + said["kim"][1]


def test_the_plain_part_shows_no_markup_and_every_figure(page: Page, now: datetime) -> None:
    body = (
        "## What happened\n\n**1,798** customers, see [the page](https://status.example/).\n\n"
        "* from 08:12\n* to 14:24 UTC\n"
    )
    publish(page, now, kind=PublicationKind.SUMMARY, body=body)
    plain, html = bodies(the_mail(now))
    plain = plain.replace("\r\n", "\n")
    assert "What happened\n-------------\n\n1,798 customers" in plain
    assert "the page (https://status.example/).\n\n- from 08:12\n- to 14:24 UTC\n" in plain
    assert not set("*#[") & set(plain)
    assert "<strong>1,798</strong>" in html
