from datetime import UTC, datetime
from email import message_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.postbox.dkim import Signer, SigningKey, public_record
from afterword.postbox.envelope import envelope_of
from afterword.postbox.finishing import Finish, Finisher
from postbox.dkim_reader import NEW_KEY, NEW_SMALL_KEY, holds, tags_of
from postbox.test_envelope import letter, message

pytestmark = pytest.mark.own_database
AT = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
# RFC 8463, appendix A.
PUBLISHED = b"""DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
""".replace(b"\n", b"\r\n")
PUBLISHED_KEY = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="


def signer(pem: str = NEW_KEY) -> Signer:
    return Signer(SigningKey("larkbridge.example", "mail", pem))


def a_mail(**changed: str) -> bytes:
    return envelope_of(message(**changed)).fill(letter())


def test_the_reader_of_signatures_holds_against_the_one_that_was_published() -> None:
    assert holds(PUBLISHED, PUBLISHED_KEY)
    assert not holds(PUBLISHED.replace(b"hungry", b"thirsty"), PUBLISHED_KEY)


@pytest.mark.parametrize("pem", [NEW_KEY, NEW_SMALL_KEY], ids=["RSA", "Ed25519"])
def test_a_signature_holds_and_covers_what_mail_programs_act_on(pem: str) -> None:
    mail = signer(pem).signed(a_mail())
    assert holds(mail, public_record(pem))
    tags = tags_of(message_from_bytes(mail)["DKIM-Signature"])
    assert (tags["d"], tags["s"]) == ("larkbridge.example", "mail")
    covered = tags["h"].split(":")
    assert {"from", "to", "subject", "list-unsubscribe", "list-unsubscribe-post"} <= set(covered)
    assert max(len(line) for line in mail.split(b"\r\n")) <= 100


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"tok_en-1", b"tok_en-2"),
        (b"again", b"never"),
        (b"One-Click", b"Two-Click"),
        (b"Subject: ", b"Subject: Re: "),
        (b"From: ", b"From: eve@mail.example\r\nFrom: "),
        (b"List-Unsubscribe: ", b"List-Unsubscribe: <https://x.example/>\r\nList-Unsubscribe: "),
    ],
)
def test_what_is_changed_on_the_way_does_not_hold(before: bytes, after: bytes) -> None:
    mail = signer().signed(a_mail())
    assert before in mail
    assert not holds(mail.replace(before, after), public_record(NEW_KEY))


@given(st.text(max_size=300), st.text(max_size=80).filter(lambda text: text.strip() != ""))
def test_every_text_and_every_subject_can_be_signed(text: str, subject: str) -> None:
    mail = signer(NEW_SMALL_KEY).signed(a_mail(text=text, subject=subject))
    assert holds(mail, public_record(NEW_SMALL_KEY))


def test_a_letter_that_is_sent_again_is_the_same_to_the_byte() -> None:
    assert signer().signed(a_mail()) == signer().signed(a_mail())


def test_without_a_key_nothing_is_added() -> None:
    assert Finisher(Finish()).mail(a_mail()) == a_mail()
    assert Finisher(Finish()).sender("status@larkbridge.example", 1, "<1@x>") == (
        "status@larkbridge.example"
    )


def test_what_is_no_key_is_refused() -> None:
    with pytest.raises(ValueError, match="no private key in PEM"):
        signer("-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----")
