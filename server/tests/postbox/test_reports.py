"""What mails about our mail mean, and mails that are made to hurt whoever reads them."""

import io
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.postbox.mailboxes import mails_in, mark_read, new_in
from afterword.postbox.reports import LARGEST, Kind, read_report
from postbox.returned import A_PERSON, AWAY, EXIM, FULL, OURS, QMAIL, complaint, dsn

pytestmark = pytest.mark.own_database


def kind_of(raw: bytes) -> str | None:
    report = read_report(raw)
    return report and report.kind.value


@pytest.mark.parametrize(
    ("status", "diagnosis", "kind"),
    [
        ("5.1.1", "smtp; 550 5.1.1 User unknown", Kind.HARD),
        ("5.1.10", "smtp; 556 5.1.10 null MX", Kind.HARD),
        ("5.2.1", "smtp; 550 5.2.1 disabled", Kind.HARD),
        ("5.0.0", "smtp; 550 No such user here", Kind.HARD),
        ("5.2.2", "smtp; 552 5.2.2 mailbox full", Kind.SOFT),
        ("5.7.1", "smtp; 554 5.7.1 blocked, user unknown to our policy", Kind.SOFT),
        ("5.0.0", "smtp; 550 We do not like you", Kind.SOFT),
        ("4.4.7", "smtp; 451 took too long", Kind.SOFT),
    ],
)
def test_only_an_address_that_is_gone_is_gone(status: str, diagnosis: str, kind: Kind) -> None:
    report = read_report(dsn(status=status, diagnosis=diagnosis))
    assert report is not None
    assert (report.kind, report.status) == (kind, status)
    assert OURS in report.sent_to


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_delay_or_a_delivery_is_no_failure(action: str) -> None:
    assert kind_of(dsn(action=action)) is None


def test_servers_that_write_in_their_own_way_are_understood() -> None:
    assert kind_of(QMAIL) == "hard"
    assert kind_of(EXIM) == "hard"
    assert kind_of(FULL) == "soft"
    said = read_report(QMAIL)
    assert said is not None
    assert said.said == "Sorry, no mailbox here by that name. (#5.1.1)"


def test_the_words_of_the_returned_letter_are_not_the_servers() -> None:
    assert kind_of(EXIM.replace(b"Unrouteable address", b"host lookup did not complete")) == "soft"


def test_people_and_their_away_notes_report_nothing() -> None:
    assert kind_of(AWAY) is None
    assert kind_of(A_PERSON) is None


def _away(words: str, *headers: str) -> bytes:
    head = ("Return-Path: <>", "From: Ada <ada@mail.example>", "Subject: Away", *headers)
    return "\n".join((*head, "", words, "")).encode()


@pytest.mark.parametrize(
    "words",
    [
        "The account you wrote to is disabled until I am back.",
        "This address does not exist any more from May on.",
        "I am back from 5.1.26 on.",
        "Call me: 0228 555 1234.",
    ],
)
def test_an_away_note_that_does_not_say_what_it_is_reports_nothing(words: str) -> None:
    assert kind_of(_away(words)) is None


@pytest.mark.parametrize(
    "header",
    ["Precedence: auto_reply", "X-Autoreply: yes", "X-Auto-Response-Suppress: All"],
)
def test_what_says_that_it_answers_by_itself_reports_nothing(header: str) -> None:
    words = "Answered '550 5.1.1 user unknown'."
    assert kind_of(_away(words)) == "hard"
    assert kind_of(_away(words, header)) is None


def test_words_without_a_code_never_say_that_an_address_is_gone() -> None:
    assert kind_of(QMAIL.replace(b" (#5.1.1)", b"")) == "soft"
    assert kind_of(EXIM) == "hard", "it names the recipient that failed"


def test_a_complaint_names_the_return_path_and_the_letter() -> None:
    report = read_report(complaint(mailed_from="bounces+1-ab@larkbridge.example"))
    assert report is not None
    assert report.kind is Kind.COMPLAINT
    assert "bounces+1-ab@larkbridge.example" in [each.strip("<>") for each in report.sent_to]
    assert kind_of(complaint(kind="not-spam")) is None


def _nested(depth: int, kind: str) -> bytes:
    head = b"Return-Path: <>\nFrom: mailer-daemon@x.example\n"
    if kind == "multipart":
        opens = b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
        )
        return head + opens + b"\n550 5.1.1 user unknown"
    return head + b"Content-Type: message/rfc822\n\n" * depth


@pytest.mark.parametrize(
    "raw",
    [
        _nested(3000, "multipart"),
        _nested(5000, "rfc822"),
        b"Return-Path: <>\n" + b"X: y\n" * 200_000,
        b"Return-Path: <>\n" + b"To: " + b"a@b.example," * 100_000,
        b"Return-Path: <>\n\n" + b"5.1." * 300_000,
        b"Return-Path: <>\n\n" + b"user " * 100_000,
        b"Return-Path: <>\n\n" + b"-" * 500_000,
        b"From: mailer-daemon@x.example\nContent-Type: text/plain; charset=no-such\n\n\xff550 5",
        b'From: mailer-daemon@x.example\nContent-Type: text/plain; charset="\xff\xfe"\n\n550 5.1.1',
        b"From: mailer-daemon@x.example\nContent-Type: text/plain; charset=idna\n\n" + b"." * 9000,
        b"From: mailer-daemon@x.example\nContent-Transfer-Encoding: base64\n\n\xff\x00=====",
        b'Content-Type: multipart/report; boundary=""\n\n--\n\n----',
        b"Content-Type: message/delivery-status\n\n\xff\x00: \x01\n\nAction: failed",
        b"\x00" * 100_000,
        b"",
    ],
    ids=range(15),
)
def test_mail_that_is_made_to_hurt_is_read_quickly_or_not_at_all(raw: bytes) -> None:
    began = time.process_time()
    read_report(raw)
    assert time.process_time() - began < 2


@given(st.binary(max_size=2000), st.integers(0, 1200), st.integers(0, 300))
def test_no_mail_whatever_breaks_the_reader(noise: bytes, at: int, cut: int) -> None:
    for raw in (dsn(), complaint(), QMAIL, EXIM):
        read_report(raw[:at] + noise + raw[at + cut :])
    read_report(noise)


def test_a_gigabyte_is_drained_and_not_kept() -> None:
    class Endless(io.RawIOBase):
        left = 1_000_000_000

        def readable(self) -> bool:
            return True

        def readinto(self, into: "bytearray | memoryview") -> int:  # type: ignore[override]
            size = min(len(into), self.left)
            self.left -= size
            return size

    source = Endless()
    tracemalloc.start()
    found = list(mails_in(io.BufferedReader(source)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(found), source.left) == (1, 0)
    assert len(found[0]) <= LARGEST + 64 * 1024
    assert most < 8_000_000


def test_an_mbox_holds_mails_each_of_which_is_read() -> None:
    mbox = b"From a Wed Mar 18\n" + QMAIL + b"\nFrom b Wed Mar 18\n" + FULL
    assert [kind_of(each) for each in mails_in(io.BytesIO(mbox))] == ["hard", "soft"]


def test_a_maildir_keeps_what_was_read(tmp_path: Path) -> None:
    for each in ("new", "cur"):
        (tmp_path / each).mkdir()
    (tmp_path / "new" / "1.mx").write_bytes(QMAIL)
    ((path, raw),) = new_in(tmp_path, limit=10)
    mark_read(path)
    assert raw == QMAIL
    assert [each.name for each in (tmp_path / "cur").iterdir()] == ["1.mx:2,S"]
    assert list(new_in(tmp_path, limit=10)) == []


def test_mails_that_another_worker_reads_at_the_same_time_hold_up_nothing(tmp_path: Path) -> None:
    for each in ("new", "cur"):
        (tmp_path / each).mkdir()
    for name in ("1", "2", "3"):
        (tmp_path / "new" / name).write_bytes(b"Subject: %s\r\n\r\n" % name.encode())
    found = []
    for path, _ in new_in(tmp_path, limit=10):
        found.append(path.name)
        if path.name == "1":
            mark_read(tmp_path / "new" / "1")
            mark_read(tmp_path / "new" / "2")
        mark_read(path)
    assert found == ["1", "3"]


def test_a_mail_that_cannot_be_marked_as_read_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(b"Subject: one\r\n\r\n")
    with pytest.raises(FileNotFoundError):
        mark_read(tmp_path / "new" / "1")
