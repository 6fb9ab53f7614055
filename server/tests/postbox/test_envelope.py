import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.postbox.envelope import envelope_of, quoted_printable
from afterword.postbox.marks import mark
from afterword.postbox.models import Letter, Message, Stream
from afterword.postbox.pipelining import stuffed

AT = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
LINK = f"https://status.larkbridge.example/unsubscribe/{mark('token')}/"


def message(**changed: str) -> Message:
    fields = {
        "key": "publication:1:en",
        "stream": Stream.STATUS,
        "sender": "Larkbridge Status <status@larkbridge.example>",
        "subject": "[Larkbridge] Resolved: payments failed",
        "text": f"Payments work again.\n\n{LINK}\n",
        "html": f'<p>Payments work again.</p><a href="{LINK}">Leave</a>\n',
        "list_id": "<lark.status.larkbridge.example>",
        "unsubscribe_url": LINK,
    }
    return Message(**(fields | changed))


def letter(token: str = "tok_en-1", **fill: str) -> Letter:
    return Letter(
        recipient="ada@mail.example",
        rfc_message_id="<1@larkbridge.example>",
        created_at=AT,
        fill={"token": token, **fill},
    )


def parsed(raw: bytes) -> EmailMessage:
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_letter_carries_the_headers_mail_programs_look_for() -> None:
    mail = parsed(envelope_of(message()).fill(letter()))
    assert mail["From"] == "Larkbridge Status <status@larkbridge.example>"
    assert mail["To"] == "ada@mail.example"
    assert mail["Message-ID"] == "<1@larkbridge.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Precedence"] == "list"
    assert mail["List-Id"] == "<lark.status.larkbridge.example>"
    link = "<https://status.larkbridge.example/unsubscribe/tok_en-1/>"
    assert mail["List-Unsubscribe"] == link
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Date"].datetime == AT


def test_a_letter_says_its_language_as_its_own_page_does_and_never_as_its_words_do() -> None:
    said = message(html='<!DOCTYPE html>\n<html lang="pt-BR" dir="ltr">\n<p lang="de">Hallo</p>')
    assert parsed(envelope_of(said).fill(letter()))["Content-Language"] == "pt-BR"
    for unsaid in ("", '<p lang="de">Hallo</p>', '<p></p><!DOCTYPE html>\n<html lang="de">'):
        mail = parsed(envelope_of(message(html=unsaid)).fill(letter()))
        assert mail["Content-Language"] is None


@pytest.mark.parametrize(
    "name",
    [
        "Larkbridge",
        "Lärkbridge Störungen",
        'The "Lark"',
        "Back\\slash",
        "=?utf-8?q?a=0Ab?=",
        "A, B",
    ],
)
def test_the_sender_may_have_any_name(name: str) -> None:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    sender = message(sender=f'"{quoted}" <status@larkbridge.example>')
    mail = parsed(envelope_of(sender).fill(letter()))
    assert len(mail["From"].addresses) == 1
    assert mail["From"].addresses[0].display_name == name
    assert mail["From"].addresses[0].addr_spec == "status@larkbridge.example"


def test_a_notice_that_must_arrive_offers_no_unsubscribing() -> None:
    notice = message(stream=Stream.NOTICE, list_id="", unsubscribe_url="", text="Hello", html="")
    mail = parsed(envelope_of(notice).fill(letter()))
    for header in ("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Precedence"):
        assert mail[header] is None


def test_each_reader_gets_their_own_link_in_both_bodies() -> None:
    envelope = envelope_of(message())
    for token in ("one", "two"):
        mail = parsed(envelope.fill(letter(token)))
        link = f"https://status.larkbridge.example/unsubscribe/{token}/"
        assert link in body(mail, "plain")
        assert link in body(mail, "html")


def test_the_same_letter_is_the_same_bytes_every_time() -> None:
    assert envelope_of(message()).fill(letter()) == envelope_of(message()).fill(letter())


@pytest.mark.parametrize(
    "subject",
    [
        "Resolved\r\nBcc: everyone@mail.example\r\n\r\nhello",
        "Resolved\nBcc: everyone@mail.example",
        "Resolved\rBcc: everyone@mail.example",
        "Resolved\u2028Bcc: everyone@mail.example",
        "Resolved\x85Bcc: everyone@mail.example",
        "Resolved\x00\x0bBcc: everyone@mail.example",
        "=?utf-8?q?Resolved=0ABcc=3A_everyone=40mail=2Eexample?=",
    ],
)
def test_a_title_cannot_add_a_header(subject: str) -> None:
    raw = envelope_of(message(subject=subject)).fill(letter())
    assert parsed(raw)["Bcc"] is None
    head = raw.partition(b"\r\n\r\n")[0]
    assert not any(line.lower().startswith(b"bcc") for line in head.splitlines())


@pytest.mark.parametrize(
    "subject", ["x" * 3000, "é" * 3000, "word " * 400, "日本語" * 300, "[Lærk] Ärger: 支払い 🎉"]
)
def test_no_line_is_longer_than_mail_allows(subject: str) -> None:
    long = message(subject=subject, text="y" * 5000 + "\n" + "ü" * 5000, html="<p>" + "z" * 9000)
    raw = envelope_of(long).fill(letter())
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert str(parsed(raw)["Subject"])[:90] == subject[:90]


@pytest.mark.parametrize(
    "value", ["a\r\nBcc: x@mail.example", "a b", "<script>", "é", "", "a/../b"]
)
def test_a_token_that_is_none_is_refused_before_it_reaches_a_header(value: str) -> None:
    with pytest.raises(ValueError, match="token"):
        envelope_of(message()).fill(letter(value))


def test_a_name_cannot_bring_markup_into_the_mail() -> None:
    greeting = message(
        text=f"{mark('greeting')}\n", html=f"<p>{mark('greeting')}</p>", unsubscribe_url=""
    )
    name = 'Hello <img src=x onerror="x">\r\n.\r\nMAIL FROM:<y@mail.example>,'
    mail = parsed(envelope_of(greeting).fill(letter(greeting=name)))
    assert "<img" not in body(mail, "html")
    assert "\n.\n" not in body(mail, "plain")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=400))
def test_every_text_survives_the_way_through_the_mail(text: str) -> None:
    raw = envelope_of(message(text=text + "\n", html="", unsubscribe_url="")).fill(letter())
    found = body(parsed(raw), "plain")
    plain = "".join(c for c in text if not "\ue000" <= c <= "\ue001")
    assert found.rstrip("\n") == plain.rstrip("\n")


def test_quoted_printable_lines_end_in_crlf_and_stay_short() -> None:
    encoded = quoted_printable("From here\n.\ntrailing space \n" + "ж" * 200)
    assert all(len(line) <= 76 for line in encoded.split(b"\r\n"))
    assert b"\n" not in encoded.replace(b"\r\n", b"")


DOTTY = st.text(alphabet=".\r\n= ab<>/", max_size=200)


@given(DOTTY, DOTTY, DOTTY, DOTTY)
def test_what_is_sent_without_a_look_at_its_dots_has_none_at_the_begin_of_a_line(
    before: str, after: str, name: str, subject: str
) -> None:
    words = message(
        subject=subject,
        text=f"{before}{mark('name')}{after}",
        html=f"<p>{before}{mark('name')}{after}</p>",
    )
    raw, is_calm = envelope_of(words).filled(letter(name=name))
    assert raw == envelope_of(words).fill(letter(name=name))
    if is_calm:
        assert stuffed(raw) == raw


def test_dots_at_the_begin_of_a_line_are_found_wherever_they_come_from() -> None:
    calm = message(text=f"Dear {mark('name')}, all is well. Really.\n")
    assert envelope_of(calm).filled(letter(name="Ada"))[1]
    assert not envelope_of(calm).filled(letter(name=".net fans"))[1]
    for text in (".hidden\n", "first\n.second\n", f"Dear {mark('name')}. Hello\n"):
        assert not envelope_of(message(text=text)).filled(letter(name="Ada"))[1]


@given(st.text(alphabet=".\n= ab{}", max_size=300))
def test_a_style_sheet_costs_no_letter_a_search_for_dots_and_reads_as_written(sheet: str) -> None:
    page = f"<style>\n.quiet {{ }}\n{sheet}{mark('name')}. End</style>\n"
    raw, is_calm = envelope_of(message(html=page)).filled(letter(name="Ada"))
    assert is_calm
    assert stuffed(raw) == raw
    assert all(len(line) <= 76 for line in raw.partition(b"text/html")[2].split(b"\r\n"))
    read = body(parsed(raw), "html")
    assert read.rstrip("\n") == page.replace(mark("name"), "Ada").rstrip("\n")
