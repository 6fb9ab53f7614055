from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac

from afterword.postbox.addresses import one_line
from afterword.postbox.envelope import sender_address
from afterword.postbox.models import Letter, LetterState, Message, Stream
from afterword.postbox.words import Words

_BATCH = 500


@dataclass(frozen=True)
class Addressed:
    """One recipient and the values of the marks in the message's words.

    ``not_before`` keeps the letter in the outbox until then.
    """

    recipient: str
    fill: Mapping[str, str] = field(default_factory=dict)
    not_before: datetime | None = None


def write_message(
    *,
    now: datetime,
    key: str,
    stream: Stream,
    words: Words,
    list_id: str = "",
    unsubscribe_url: str = "",
) -> Message:
    """Keep the words under the key, once: a message that exists is returned unchanged.

    Its words are not read again: whoever answers readers may write letters and read none.
    """
    message, _ = Message.objects.only("id", "key", "sender").get_or_create(
        key=key,
        defaults={
            "stream": stream,
            "sender": settings.MAIL_FROM,
            "subject": words.subject,
            "text": words.text,
            "html": words.html,
            "list_id": one_line(list_id, 180),
            "unsubscribe_url": unsubscribe_url,
            "created_at": now,
        },
    )
    return message


def post(
    *,
    now: datetime,
    message: Message,
    about: str,
    letters: Iterable[Addressed],
    channel: str = "email",
) -> None:
    """Put letters into the outbox. One per (about, recipient, channel), however often it is asked.

    Addresses must be normalised (``addresses.normalised_address``). The Message-ID follows from
    (about, recipient, channel), so that a repeated letter is known as such to its reader.
    """
    domain = sender_address(message.sender).rpartition("@")[2] or "localhost"
    Letter.objects.bulk_create(
        (
            Letter(
                message=message,
                about=about,
                recipient=each.recipient,
                channel=channel,
                fill=dict(each.fill),
                rfc_message_id=_message_id(about, each.recipient, channel, domain),
                next_at=max(now, each.not_before or now),
                created_at=now,
            )
            for each in letters
        ),
        batch_size=_BATCH,
        ignore_conflicts=True,
    )


def reword(*, about: str, before: Message, after: Message) -> int:
    """Give the letters about a thing that have not left other words; return how many.

    One in a sender's hands at this instant may leave as it was.
    """
    unsent = Letter.objects.filter(about=about, message=before)
    return unsent.filter(state__in=(LetterState.WAITING, LetterState.CLAIMED)).update(message=after)


def _message_id(about: str, recipient: str, channel: str, domain: str) -> str:
    digest = salted_hmac(
        "afterword.letter", f"{about}\n{recipient}\n{channel}", algorithm="sha256"
    ).hexdigest()
    return f"<{digest[:40]}@{domain[:120]}>"
