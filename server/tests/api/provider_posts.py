"""What thirteen mail providers post when something became of a letter, with their own proofs.

The shapes are those of the providers' manuals; people and addresses are invented.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from afterword.postbox.models import Letter
from afterword.postbox.providers import PROVIDERS, USER
from afterword.postbox.return_path import mark_of, return_key
from conftest import NOON

HARD, SOFT, SPAM, LEFT, DELAY, THERE = "hard", "soft", "spam", "left", "delay", "there"
PASSWORD = "a-password.of_the~operator"
SITE = "http://127.0.0.1:8000"
AT = int(NOON.timestamp())
SAYS = {
    HARD: "550 5.1.1 <gone@mail.example>: Recipient address rejected: User unknown",
    SOFT: "452 4.2.2 The mailbox is full",
    DELAY: "451 4.7.1 Greylisted, try again later",
    THERE: "250 2.0.0 OK",
}


@cache
def signing_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def postal_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _public(key: Any) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    der = key.public_key().public_bytes(serialization.Encoding.DER, form)
    return base64.b64encode(der).decode()


def secret_of(name: str) -> str:
    if name == "sendgrid":
        return _public(signing_key())
    if name == "postal":
        return _public(postal_key())
    if name == "resend":
        return "whsec_" + base64.b64encode(b"a secret of Resend, long").decode()
    return PASSWORD


@dataclass
class Post:
    """A request of a provider. ``headers`` are those that prove it and those it is known by."""

    body: bytes
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def post_of(name: str, what: str, letter: Letter | None, **told: Any) -> Post:
    """Return what the provider posts; ``told`` replaces the recipient (``to``) or the mark."""
    to = told.get("to", letter.recipient if letter else "nobody@mail.example")
    mark = told.get("mark", "")
    if letter is not None and "mark" not in told:
        mark = mark_of(return_key(), letter.pk, letter.rfc_message_id)
    message_id = told.get("message_id", letter.rfc_message_id if letter else "<none@mail.example>")
    return proven(name, _EVENTS[name](what, to, mark, message_id, told.get("at", AT)))


def proven(name: str, told: Any, at: int = AT) -> Post:
    """Return it as the provider sends it, proven by what it knows."""
    raw = told if isinstance(told, bytes) else json.dumps(told).encode()
    return _PROOFS.get(name, _basic)(raw, at)


def _object_in(raw: bytes) -> dict[str, Any]:
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _basic(raw: bytes, at: int) -> Post:
    said = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    return Post(raw, headers={"Authorization": f"Basic {said}"})


def _sns(raw: bytes, at: int) -> Post:
    post = _basic(raw, at)
    post.content_type = "text/plain; charset=UTF-8"
    told = _object_in(raw)
    post.headers["X-Amz-Sns-Message-Type"] = told.get("Type", "Notification")
    post.headers["X-Amz-Sns-Message-Id"] = told.get("MessageId", "1")
    return post


def _hmac(header: str) -> Callable[[bytes, int], Post]:
    def post(raw: bytes, at: int) -> Post:
        digest = hmac.new(PASSWORD.encode(), raw, hashlib.sha256).hexdigest()
        return Post(raw, headers={header: digest})

    return post


def _mailgun(raw: bytes, at: int) -> Post:
    token = hashlib.sha256(raw).hexdigest()[:50]
    signed = hmac.new(PASSWORD.encode(), f"{at}{token}".encode(), hashlib.sha256).hexdigest()
    signature = {"timestamp": str(at), "token": token, "signature": signed}
    return Post(json.dumps({**_object_in(raw), "signature": signature}).encode())


def _mandrill(raw: bytes, at: int) -> Post:
    told = raw.decode("utf-8", "replace")
    said = f"{SITE}/api/v1/mail-provider/mandrill" + "mandrill_events" + told
    signed = hmac.new(PASSWORD.encode(), said.encode(), hashlib.sha1).digest()
    return Post(
        urlencode({"mandrill_events": told}).encode(),
        "application/x-www-form-urlencoded",
        {"X-Mandrill-Signature": base64.b64encode(signed).decode()},
    )


def _postal(raw: bytes, at: int) -> Post:
    signed = postal_key().sign(raw, padding.PKCS1v15(), hashes.SHA1())
    return Post(raw, headers={"X-Postal-Signature": base64.b64encode(signed).decode()})


def _sendgrid(raw: bytes, at: int) -> Post:
    signed = signing_key().sign(str(at).encode() + raw, ec.ECDSA(hashes.SHA256()))
    return Post(
        raw,
        headers={
            "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signed).decode(),
            "X-Twilio-Email-Event-Webhook-Timestamp": str(at),
        },
    )


def _resend(raw: bytes, at: int) -> Post:
    name = "msg_" + hashlib.sha256(raw).hexdigest()[:24]
    said = f"{name}.{at}.".encode() + raw
    digest = hmac.new(b"a secret of Resend, long", said, hashlib.sha256).digest()
    signature = "v1,bm90IHRoaXMgb25l v1," + base64.b64encode(digest).decode()
    return Post(
        raw,
        headers={"svix-id": name, "svix-timestamp": str(at), "svix-signature": signature},
    )


def _unisender(raw: bytes, at: int) -> Post:
    told = _object_in(raw)
    unsigned = json.dumps({"auth": PASSWORD, **told}).encode()
    auth = hashlib.md5(unsigned).hexdigest()
    return Post(json.dumps({"auth": auth, **told}).encode())


_PROOFS: dict[str, Callable[[bytes, int], Post]] = {
    "amazon_ses": _sns,
    "mailersend": _hmac("Signature"),
    "mailgun": _mailgun,
    "mailtrap": _hmac("Mailtrap-Signature"),
    "mandrill": _mandrill,
    "postal": _postal,
    "resend": _resend,
    "sendgrid": _sendgrid,
    "unisender_go": _unisender,
}


def sns(told: Any, number: str = "19ba9823-d7f2-53c1-860e-cb10e0d13dfc") -> dict[str, Any]:
    return {
        "Type": "Notification", "MessageId": number,
        "TopicArn": "arn:aws:sns:eu-west-1:123456789012:came-back",
        "Subject": "Amazon SES Email Event Notification",
        "Message": json.dumps(told) + "\n", "Timestamp": "2026-03-18T11:58:59.675Z",
        "SignatureVersion": "1", "Signature": "EXAMPLE==",
        "SigningCertURL": "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
    }  # fmt: skip


def ses(what: str, to: str, mark: str, message_id: str, at: int) -> dict[str, Any]:
    mail = {
        "timestamp": "2026-03-18T11:58:38.237Z", "source": "status@larkbridge.example",
        "messageId": "0102018e-33322211-cccc-cccc-cccc-ddddaaaa0680-000000",
        "destination": [to], "headersTruncated": False,
        "headers": [
            {"name": "To", "value": f"<{to}>"}, {"name": "Message-ID", "value": message_id},
            {"name": "Subject", "value": "[Larkbridge] Payments failed"},
        ],
        "commonHeaders": {"to": [to], "subject": "[Larkbridge] Payments failed"},
    }  # fmt: skip
    if what == HARD:
        bounced = {
            "emailAddress": to, "status": "5.1.1", "action": "failed",
            "diagnosticCode": f"smtp; {SAYS[HARD]}",
        }  # fmt: skip
        told = {"bounceType": "Permanent", "bounceSubType": "General"}
        return {
            "eventType": "Bounce",
            "mail": mail,
            "bounce": {**told, "bouncedRecipients": [bounced]},
        }
    if what == SOFT:
        bounced = {"emailAddress": to, "diagnosticCode": f"smtp; {SAYS[SOFT]}"}
        told = {"bounceType": "Transient", "bounceSubType": "MailboxFull"}
        return {
            "eventType": "Bounce",
            "mail": mail,
            "bounce": {**told, "bouncedRecipients": [bounced]},
        }
    if what == SPAM:
        told = {"complainedRecipients": [{"emailAddress": to}], "complaintFeedbackType": "abuse"}
        return {"eventType": "Complaint", "mail": mail, "complaint": told}
    if what == DELAY:
        delayed = {"delayType": "General", "delayedRecipients": [{"emailAddress": to}]}
        return {"eventType": "DeliveryDelay", "mail": mail, "deliveryDelay": delayed}
    told = {"recipients": [to], "smtpResponse": SAYS[THERE]}
    return {"eventType": "Delivery", "mail": mail, "delivery": told}


def _ses(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    return sns(ses(what, to, mark, message_id, at), f"{what}-{at}-{to}")


def _brevo(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    named = {HARD: "hard_bounce", SOFT: "soft_bounce", SPAM: "spam", LEFT: "unsubscribe",
             DELAY: "deferred", THERE: "delivered"}[what]  # fmt: skip
    return {
        "event": named, "email": to, "id": 26224, "date": "2026-03-18 12:00:00", "ts": at,
        "message-id": "<202603181158.70201@smtp-relay.brevo.example>", "ts_event": at,
        "subject": "[Larkbridge] Payments failed", "sending_ip": "192.0.2.7",
        "X-Mailin-custom": json.dumps({"afterword": mark}), "ts_epoch": at * 1000,
        "tag": "", "reason": SAYS.get(what, ""),
    }  # fmt: skip


def _mailersend(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    named = {HARD: "hard_bounced", SOFT: "soft_bounced", SPAM: "spam_complaint",
             LEFT: "unsubscribed", DELAY: "deferred", THERE: "delivered"}[what]  # fmt: skip
    morph = {"object": "recipient_bounce", "reason": SAYS.get(what, "")}
    return {
        "type": f"activity.{named}", "domain_id": "yv69oxl5kl785kw2",
        "created_at": "2026-03-18T12:00:00Z",
        "data": {
            "object": "activity", "id": f"act-{named}-{at}", "type": named,
            "created_at": "2026-03-18T11:59:00.000000Z",
            "email": {
                "object": "email", "id": "62fb66bef54a112e920b5493", "from": "status@x.example",
                "subject": "Payments failed", "status": "rejected", "tags": None,
                "message": {"object": "message", "id": "62fb66be9a1d2d0aff07b2e2"},
                "recipient": {"object": "recipient", "id": "62c69be104270ee9c60d9d12", "email": to},
            },
            "morph": morph if what in SAYS else None, "template_id": None,
        },
    }  # fmt: skip


def _mailgun_event(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    named = {HARD: "failed", SOFT: "failed", SPAM: "complained", LEFT: "unsubscribed",
             DELAY: "failed", THERE: "delivered"}[what]  # fmt: skip
    return {
        "event-data": {
            "event": named, "severity": "temporary" if what == DELAY else "permanent",
            "reason": "bounce", "id": f"hTWCTD81RtiDN-{what}-{at}", "timestamp": at + 0.153,
            "recipient": to, "recipient-domain": "mail.example", "user-variables": {}, "tags": [],
            "envelope": {"sender": "status@larkbridge.example", "targets": to},
            "message": {"headers": {"to": to, "message-id": message_id.strip("<>")}, "size": 809},
            "delivery-status": {
                "code": 550, "attempt-no": 1, "description": "", "message": SAYS.get(what, ""),
            },
        }
    }  # fmt: skip


def _mailjet(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    named = {HARD: "bounce", SOFT: "bounce", SPAM: "spam", LEFT: "unsub", DELAY: "bounce",
             THERE: "sent"}[what]  # fmt: skip
    wrong = {HARD: "user unknown", SOFT: "quota exceeded", DELAY: "greylisted"}
    told = {
        "event": named, "time": at, "MessageID": 19421777396190490, "email": to,
        "Message_GUID": "1ab23cd4-e567-8901-2345-6789f0gh1i2j", "mj_campaign_id": 7173,
        "mj_contact_id": 320, "customcampaign": "", "CustomID": mark, "Payload": "",
    }  # fmt: skip
    if what in wrong:
        told |= {"blocked": False, "hard_bounce": what == HARD, "error_related_to": "recipient",
                 "error": wrong[what], "comment": ""}  # fmt: skip
    return [told]


def _mailtrap(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    named = {HARD: "bounce", SOFT: "bounce", SPAM: "spam", LEFT: "unsubscribe",
             DELAY: "soft bounce", THERE: "delivery"}[what]  # fmt: skip
    told = {
        "event": named, "timestamp": at, "sending_stream": "transactional", "email": to,
        "message_id": "1df37d17-0286-4d8b-8edf-bc4ec5be86e6",
        "event_id": f"bede7236-2284-43d6-a953-{what}{at}",
        "custom_variables": {"afterword": mark}, "response": SAYS.get(what, ""),
    }  # fmt: skip
    return {"events": [told]}


def _mandrill_event(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    named = {HARD: "hard_bounce", SOFT: "soft_bounce", SPAM: "spam", LEFT: "unsub",
             DELAY: "deferral", THERE: "send"}[what]  # fmt: skip
    described = {HARD: "bad_mailbox", SOFT: "mailbox_full"}.get(what, "")
    return [{
        "event": named, "_id": "exampleaaaaaaaaaaaaaaaaaaaaaaaaa", "ts": at,
        "msg": {
            "ts": at, "_id": "exampleaaaaaaaaaaaaaaaaaaaaaaaaa", "email": to, "state": "bounced",
            "sender": "status@larkbridge.example", "metadata": {"afterword": mark}, "tags": [],
            "bounce_description": described, "diag": SAYS.get(what),
        },
    }]  # fmt: skip


def _postal_event(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    status = {HARD: "HardFail", SOFT: "HardFail", DELAY: "SoftFail", THERE: "Sent"}[what]
    return {
        "event": "MessageDeliveryFailed", "timestamp": at + 0.9, "uuid": f"0fcc831f-{what}-{at}",
        "payload": {
            "message": {
                "id": 1571, "token": "MzWWQPubXXWz", "direction": "outgoing", "to": to,
                "message_id": message_id.strip("<>"), "from": "status@larkbridge.example",
                "subject": "Payments failed", "spam_status": "NotChecked", "tag": None,
            },
            "status": status, "details": "Could not deliver", "output": SAYS[what],
            "sent_with_ssl": None, "timestamp": at + 0.9, "time": None,
        },
    }  # fmt: skip


def _postmark(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    told = {
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483", "MessageStream": "outbound",
        "ServerID": 23, "Metadata": {"afterword": mark}, "Tag": "", "Email": to,
    }  # fmt: skip
    if what == THERE:
        return {"RecordType": "Delivery", "Recipient": to, "DeliveredAt": "2026-03-18T12:00:00Z",
                "Details": SAYS[THERE], **told}  # fmt: skip
    if what == LEFT:
        return {"RecordType": "SubscriptionChange", "Recipient": to, "Origin": "Recipient",
                "ChangedAt": "2026-03-18T12:00:00Z", "SuppressSending": True,
                "SuppressionReason": "ManualSuppression", **told}  # fmt: skip
    named = {HARD: "HardBounce", SOFT: "SoftBounce", SPAM: "SpamComplaint", DELAY: "Transient"}
    return {
        "RecordType": "SpamComplaint" if what == SPAM else "Bounce", "Type": named[what],
        "ID": 692560173 + at, "TypeCode": 1, "Name": "Bounce", "BouncedAt": "2026-03-18T12:00:00Z",
        "Description": "The server was unable to deliver your message", "Inactive": True,
        "Details": SAYS.get(what, ""), "Subject": "Payments failed", **told,
    }  # fmt: skip


def _resend_event(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    named = {HARD: "bounced", SOFT: "bounced", SPAM: "complained", DELAY: "delivery_delayed",
             THERE: "delivered"}[what]  # fmt: skip
    data = {
        "created_at": "2026-03-18T11:58:25.729Z", "from": "Status <status@larkbridge.example>",
        "email_id": "56761188-7520-42d8-8898-ff6fc54ce618", "to": [to], "subject": "Payments fail",
        "headers": [{"name": "X-Metadata", "value": json.dumps({"afterword": mark})}],
    }  # fmt: skip
    if what == HARD:
        data["bounce"] = {"type": "Permanent", "subType": "General", "message":
                          "The recipient's email provider sent a hard bounce message."}  # fmt: skip
    if what == SOFT:
        data["bounce"] = {"type": "Transient", "subType": "MailboxFull", "message":
                          "A bounce message because the recipient's inbox was full."}  # fmt: skip
    return {"type": f"email.{named}", "created_at": f"2026-03-18T12:00:{at % 60:02}Z", "data": data}


def _sendgrid_event(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    named = {HARD: "bounce", SOFT: "bounce", SPAM: "spamreport", LEFT: "unsubscribe",
             DELAY: "deferred", THERE: "delivered"}[what]  # fmt: skip
    told = {
        "email": to, "timestamp": at, "event": named, "smtp-id": message_id, "afterword": mark,
        "sg_event_id": f"ZGVm-{what}-{at}", "sg_message_id": "14c5d75ce93.dfd.64b469.filter0001",
    }  # fmt: skip
    if what in {HARD, SOFT}:
        told |= {"type": "bounce" if what == HARD else "blocked", "reason": SAYS[what],
                 "status": SAYS[what].split()[1], "ip": "192.0.2.9", "tls": 1}  # fmt: skip
    return [told]


def _sparkpost(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    named = {HARD: "bounce", SOFT: "bounce", SPAM: "spam_complaint", LEFT: "list_unsubscribe",
             DELAY: "delay", THERE: "delivery"}[what]  # fmt: skip
    told = {
        "type": named, "event_id": f"84345317653491230-{what}-{at}", "raw_rcpt_to": to,
        "rcpt_to": to, "message_id": "0004e3724f57753a3561", "timestamp": str(at),
        "transmission_id": "84345317650824116", "rcpt_meta": {"afterword": mark},
        "msg_from": "msprvs1=17=bounces@sparkpostmail.example",
    }  # fmt: skip
    if what in {HARD, SOFT, DELAY}:
        told |= {"bounce_class": {HARD: "10", SOFT: "22", DELAY: "21"}[what],
                 "error_code": SAYS[what][:3], "raw_reason": SAYS[what]}  # fmt: skip
    kind = {SPAM: "message_event", LEFT: "unsubscribe_event"}.get(what, "message_event")
    return [{"msys": {kind: told}}, {"msys": {}}]


def _unisender_event(what: str, to: str, mark: str, message_id: str, at: int) -> Any:
    named = {HARD: "hard_bounced", SOFT: "hard_bounced", SPAM: "spam", LEFT: "unsubscribed",
             DELAY: "soft_bounced", THERE: "delivered"}[what]  # fmt: skip
    status = {HARD: "err_user_unknown", SOFT: "err_mailbox_full", DELAY: "err_will_retry"}
    told = {
        "job_id": "1ZymBc-00041N-9X", "email": to, "status": named, "metadata": {},
        "event_time": f"2026-03-18 12:00:{at % 60:02}",
        "delivery_info": {
            "delivery_status": status.get(what, "ok"), "destination_response": SAYS.get(what, ""),
        },
    }  # fmt: skip
    event = {"event_name": "transactional_email_status", "event_data": told}
    return {"events_by_user": [{"user_id": 1, "events": [event]}]}


_EVENTS: dict[str, Callable[[str, str, str, str, int], Any]] = {
    "amazon_ses": _ses,
    "brevo": _brevo,
    "mailersend": _mailersend,
    "mailgun": _mailgun_event,
    "mailjet": _mailjet,
    "mailtrap": _mailtrap,
    "mandrill": _mandrill_event,
    "postal": _postal_event,
    "postmark": _postmark,
    "resend": _resend_event,
    "sendgrid": _sendgrid_event,
    "sparkpost": _sparkpost,
    "unisender_go": _unisender_event,
}
assert set(_EVENTS) == set(PROVIDERS)
