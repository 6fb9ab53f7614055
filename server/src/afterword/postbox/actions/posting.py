import hmac
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from afterword.postbox.addresses import forgotten, key_from
from afterword.postbox.envelope import sender_address
from afterword.postbox.lines import one_line
from afterword.postbox.models import Letter, LetterState, Message, Stream, lane_of
from afterword.postbox.words import Words

_BATCH = 500
_SALT = "afterword.letter"


@dataclass(frozen=True)
class Addressed:
    """One recipient and the values of the marks in the message's words.

    ``not_before`` keeps the letter in the outbox until then.
    """

    recipient: str
    fill: Mapping[str, str] = field(default_factory=dict)
    not_before: datetime | None = None


@dataclass(frozen=True)
class Voiced:
    """The words for those of one language and zone, and from when on they may leave."""

    message: Message
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
    message, _ = Message.objects.only("id", "key", "sender", "stream").get_or_create(
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
    not_before: datetime | None = None,
    spare_forgotten: bool = False,
) -> None:
    """Put letters into the outbox. One per (about, recipient, channel), however often it is asked.
    None of them leaves earlier than ``not_before``.

    Addresses must be normalised (``addresses.normalised_address``). The Message-ID follows from
    (about, recipient, channel), so that a repeated letter is known as such to its reader. With
    ``spare_forgotten``, whoever had a letter about it and was forgotten since gets none again.
    """
    domain = _domain_of(message)
    earliest = max(now, not_before or now)
    lane = lane_of(message.stream)
    Letter.objects.bulk_create(
        (
            Letter(
                message=message,
                about=about,
                recipient=each.recipient,
                channel=channel,
                fill=dict(each.fill),
                lane=lane,
                rfc_message_id=_message_id(about, each.recipient, channel, domain),
                next_at=max(earliest, each.not_before or now),
                created_at=now,
            )
            for each in (_not_forgotten(about, letters) if spare_forgotten else letters)
        ),
        batch_size=_BATCH,
        ignore_conflicts=True,
    )


def _not_forgotten(about: str, letters: Iterable[Addressed]) -> Iterator[Addressed]:
    """Leave out whose letter about it is there already, under what stands for their address."""
    rest = iter(letters)
    while batch := list(islice(rest, _BATCH)):
        some: dict[str, Addressed] = {}
        for each in batch:
            some.setdefault(forgotten(each.recipient), each)
        gone = Letter.objects.filter(about=about, recipient__in=list(some)).order_by()
        for mark in gone.values_list("recipient", flat=True):
            some.pop(mark, None)
        yield from some.values()


def can_post_found() -> bool:
    """Whether this database turns people into letters by itself (PostgreSQL does)."""
    return connection.vendor == "postgresql"


def post_found(
    *,
    now: datetime,
    about: str,
    people: "QuerySet[Any]",
    voices: Mapping[tuple[str, str], Voiced],
    not_before: datetime | None = None,
) -> None:
    """Put a letter for everybody a query finds into the outbox, in one statement.

    The people have ``email`` and ``token``; ``language`` and ``zone`` choose the message. The
    letters are those that ``post`` would make, to the last byte of their Message-IDs. Call
    ``begin_posting`` first, in the same transaction. Whose address was forgotten is not looked for:
    of what goes to all that a query finds no address is (``fanout.forget_affected``).
    """
    if not voices:
        return
    picked, parameters = people.values("email", "token", "language", "zone").query.sql_with_params()
    domain = _domain_of(next(iter(voices.values())).message)
    inner, outer = _message_id_keys()
    earliest = max(now, not_before or now)
    rows = ", ".join(["(%s, %s, %s, %s)"] * len(voices))
    statement = (  # names and placeholders of ours, no words from outside
        f"WITH people AS MATERIALIZED ({picked}), "  # noqa: S608
        f"voices (language, zone, message, next_at) AS (VALUES {rows}) "
        "INSERT INTO postbox_letter (message_id, about, recipient, channel, fill, "
        "rfc_message_id, state, attempts, next_at, claimed_by, stop_asked, created_at, "
        "last_answer) SELECT voices.message::bigint, %s, people.email, 'email', "
        "jsonb_build_object('token', people.token), "
        "'<' || left(encode(sha256(%s::bytea || sha256(%s::bytea || convert_to("
        "%s || people.email || %s, 'UTF8'))), 'hex'), 40) || '@' || %s || '>', "
        "%s, 0, voices.next_at::timestamptz, '', false, %s, '' FROM people "
        "JOIN voices USING (language, zone) "
        # In the order of an index: its pages are read and written once, not at random.
        "ORDER BY people.email"
    )
    filled = (
        *parameters,
        *(
            each
            for (language, zone), voiced in voices.items()
            for each in (
                language,
                zone,
                voiced.message.pk,
                max(earliest, voiced.not_before or now),
            )
        ),
        about,
        outer,
        inner,
        f"{about}\n",
        "\nemail",
        domain[:120],
        LetterState.WAITING.value,
        now,
    )
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement, filled)
        except IntegrityError:
            # Some are there already, as after a restore. To look for each costs a quarter more.
            cursor.execute(f"{statement} ON CONFLICT DO NOTHING", filled)


def reword(*, about: str, before: Message, after: Message) -> int:
    """Give the letters about a thing that have not left other words; return how many.

    One in a sender's hands at this instant may leave as it was.
    """
    unsent = Letter.objects.filter(about=about, message=before)
    states = (LetterState.WAITING, LetterState.PAUSED, LetterState.CLAIMED)
    return unsent.filter(state__in=states).update(message=after)


def reword_for(
    *,
    about: str,
    recipients: Collection[str],
    channel: str,
    words: Callable[[Message], Message],
) -> set[str]:
    """Give the letters about a thing to these recipients other words where they have not left;
    return whose was never tried, so that nobody can have the words it had.

    ``words`` gives the new ones for those it has. One in a sender's hands at this instant may
    leave as it was; tried again, it has the new ones.
    """
    with transaction.atomic():
        unsent = Letter.objects.filter(
            about=about, recipient__in=list(recipients), channel=channel,
            state__in=(LetterState.WAITING, LetterState.PAUSED, LetterState.CLAIMED),
        )  # fmt: skip
        # In the order of their ids, as everybody who holds several.
        held = list(
            unsent.order_by("pk").select_for_update(of=("self",))
            .values_list("pk", "recipient", "state", "attempts", "message")
        )  # fmt: skip
        of: dict[int, list[int]] = {}
        for pk, _, _, _, message in held:
            of.setdefault(message, []).append(pk)
        for before in Message.objects.filter(pk__in=of).order_by("pk"):
            after = words(before)
            Letter.objects.filter(pk__in=of[before.pk]).update(message=after)
    return {to for _, to, state, tries, _ in held if state != LetterState.CLAIMED and not tries}


def _message_id(about: str, recipient: str, channel: str, domain: str) -> str:
    said = f"{about}\n{recipient}\n{channel}".encode()
    digest = hmac.digest(key_from(_SALT, settings.SECRET_KEY), said, "sha256")
    return f"<{digest.hex()[:40]}@{domain[:120]}>"


def _message_id_keys() -> tuple[bytes, bytes]:
    """Return the inner and the outer key of the HMAC above (RFC 2104), for who has only a hash."""
    key = key_from(_SALT, settings.SECRET_KEY).ljust(64, b"\0")
    return bytes(each ^ 0x36 for each in key), bytes(each ^ 0x5C for each in key)


def _domain_of(message: Message) -> str:
    return sender_address(message.sender).rpartition("@")[2] or "localhost"
