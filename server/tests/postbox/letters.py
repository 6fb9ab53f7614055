"""Letters for tests, posted through the room's own verb."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from afterword.postbox.actions import Addressed, post, write_message
from afterword.postbox.marks import mark
from afterword.postbox.message_ids import message_key
from afterword.postbox.models import Attempt, Letter, Message, Stream
from afterword.postbox.words import Words

LINK = f"https://status.larkbridge.example/unsubscribe/{mark('token')}/"


def a_message(
    now: datetime,
    *,
    key: str = "publication:1:en",
    subject: str = "[Larkbridge] Resolved: payments failed",
    text: str = f"Payments work again.\nLeave: {LINK}\n",
    html: str = f"<p>Payments work again.</p><p><a href='{LINK}'>Leave</a></p>",
    stream: Stream = Stream.STATUS,
    unsubscribe_url: str = LINK,
) -> Message:
    return write_message(
        now=now,
        key=key,
        stream=stream,
        words=Words(subject, text, html),
        list_id="<larkbridge.status.larkbridge.example>" if unsubscribe_url else "",
        unsubscribe_url=unsubscribe_url,
    )


def posted(
    now: datetime,
    recipients: Sequence[str],
    *,
    about: str = "publication:1",
    message: Message | None = None,
) -> list[Letter]:
    """Post one letter per recipient and return them in that order."""
    post(
        now=now,
        message=message or a_message(now),
        about=about,
        letters=[Addressed(each, {"token": f"tok-{n}"}) for n, each in enumerate(recipients)],
    )
    found = {each.recipient: each for each in Letter.objects.filter(about=about)}
    return [found[each] for each in recipients]


def handed_over(now: datetime, recipients: Sequence[str]) -> list[Letter]:
    """Post one letter per recipient that a server had, as mail that comes back is about.

    A try without an answer counts for no server.
    """
    letters = posted(now, recipients)
    for each in letters:
        key = message_key(each.rfc_message_id)
        Attempt.objects.create(
            letter=each, at=now - timedelta(minutes=1), outcome="lost", message_key=key
        )
    return letters


def people(count: int) -> list[str]:
    return [f"reader{n}@mail.example" for n in range(count)]
