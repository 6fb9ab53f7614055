"""Mails that mail servers send back, as different servers write them."""

from afterword.postbox.models import Letter

OURS = "bounces@larkbridge.example"


def dsn(
    *,
    to: str = OURS,
    status: str = "5.1.1",
    action: str = "failed",
    diagnosis: str = "smtp; 550 5.1.1 <ada@mail.example>: User unknown",
    letter: Letter | None = None,
    token: str = "",
) -> bytes:
    """Return a report as Postfix writes it (RFC 3464), with the headers of the letter."""
    copied = f"Message-ID: {letter.rfc_message_id}\n" if letter else "Subject: something\n"
    if token:
        copied += f"List-Unsubscribe: <https://status.larkbridge.example/unsubscribe/{token}/>\n"
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.mail.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="A.1/mx"

--A.1/mx
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--A.1/mx
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.mail.example
Arrival-Date: Wed, 18 Mar 2026 12:00:00 +0000

Final-Recipient: rfc822; ada@mail.example
Action: {action}
Status: {status}
Diagnostic-Code: {diagnosis}

--A.1/mx
Content-Type: text/rfc822-headers

{copied}Subject: [Larkbridge] Payments failed

--A.1/mx--
""".encode()


def complaint(*, mailed_from: str = "", letter: Letter | None = None, kind: str = "abuse") -> bytes:
    """Return a complaint as mail providers send it (RFC 5965)."""
    copied = f"Message-ID: {letter.rfc_message_id}\n" if letter else ""
    return f"""From: <fbl@provider.example>
To: <postmaster@larkbridge.example>
Subject: FW: Resolved
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--part
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <{mailed_from}>
Original-Rcpt-To: <redacted>

--part
Content-Type: message/rfc822

From: <status@larkbridge.example>
{copied}Subject: Resolved

Words.
--part--
""".encode()


QMAIL = b"""Return-Path: <>
From: MAILER-DAEMON@old.example
To: bounces@larkbridge.example
Subject: failure notice

Hi. This is the qmail-send program at old.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<ada@mail.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <status@larkbridge.example>
Subject: hello
"""
EXIM = b"""Return-Path: <>
X-Failed-Recipients: ada@mail.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@exim.example>
To: bounces@larkbridge.example
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

  ada@mail.example
    all relevant MX records point to non-existent hosts or host lookup failed:
    Unrouteable address

------ This is a copy of the message's headers. ------

Subject: [Larkbridge] user unknown
"""
FULL = b"""Return-Path: <>
From: postmaster@corp.example
To: bounces@larkbridge.example
Subject: Undeliverable: Resolved
Content-Type: text/html; charset=windows-1252

<p>Your message to ada@mail.example could not be delivered.</p>
<p>Remote server returned '552 5.2.2 mailbox full'</p>
"""
AWAY = b"""Return-Path: <>
From: Ada <ada@mail.example>
To: bounces@larkbridge.example
Subject: Out of office
Auto-Submitted: auto-replied

I am away. Tickets of class 550 5.1.1 are handled by nobody; user unknown.
"""
A_PERSON = b"""Return-Path: <ada@mail.example>
From: Ada <ada@mail.example>
To: bounces@larkbridge.example
Subject: Re: Resolved

You wrote that user unknown 550 5.1.1 is over. Thanks!
"""
