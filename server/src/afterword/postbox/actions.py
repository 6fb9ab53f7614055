from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, CharField, DateTimeField, F, QuerySet, Value, When
from django.utils.crypto import salted_hmac

from afterword.postbox.addresses import one_line
from afterword.postbox.envelope import sender_address
from afterword.postbox.models import Attempt, Letter, LetterState, Message, Stream
from afterword.postbox.states import (
    STALE_AFTER,
    Event,
    Outcome,
    event_after,
    sources,
    wait_before_retry,
)
from afterword.postbox.words import Words

TOO_OLD = "Not sent: it waited for more than 3 days, and old news only confuses."
_BATCH = 500


@dataclass(frozen=True)
class Addressed:
    """One recipient and the values of the marks in the message's words."""

    recipient: str
    fill: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """How one try ended. ``lease_until`` is that of the claim under which it was made."""

    letter_id: int
    lease_until: datetime
    outcome: Outcome
    at: datetime
    code: int | None = None
    answer: str = ""


def write_message(
    *,
    now: datetime,
    key: str,
    stream: Stream,
    words: Words,
    list_id: str = "",
    unsubscribe_url: str = "",
) -> Message:
    """Keep the words under the key, once: a message that exists is returned unchanged."""
    message, _ = Message.objects.get_or_create(
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
                next_at=now,
                created_at=now,
            )
            for each in letters
        ),
        batch_size=_BATCH,
        ignore_conflicts=True,
    )


def claim(*, now: datetime, limit: int, lease_seconds: int, worker: str = "") -> list[Letter]:
    """Take up to ``limit`` due letters for ``lease_seconds`` and return them, oldest due first.

    Letters whose lease ran out are taken over. Those older than three days are withdrawn
    instead. Two workers never get the same letter: PostgreSQL skips locked rows, SQLite lets one
    writer in at a time. The claim is committed when this returns.
    """
    until = now + timedelta(seconds=lease_seconds)
    if not _due(now).exists():
        return []
    with transaction.atomic():
        found = list(
            _due(now)
            .select_for_update(skip_locked=True)
            .order_by("next_at", "id")
            .values_list("pk", "created_at")[:limit]
        )
        fresh = [pk for pk, created in found if now - created <= STALE_AFTER]
        stale = [pk for pk, created in found if now - created > STALE_AFTER]
        if stale:
            _withdraw(Letter.objects.filter(pk__in=stale), TOO_OLD)
        Letter.objects.filter(pk__in=fresh, state__in=sources(Event.CLAIM)).update(
            state=LetterState.CLAIMED, lease_until=until, next_at=until, claimed_by=worker[:120]
        )
    claimed = Letter.objects.filter(pk__in=fresh).select_related("message")
    order = {pk: place for place, pk in enumerate(fresh)}
    return sorted(claimed, key=lambda letter: order[letter.pk])


def record_results(*, results: Sequence[Result]) -> None:
    """Write down how tries ended: the attempts, and what they mean for their letters.

    May be called again with the same results (a journal read after a crash): attempts are then
    not counted twice. A result other than "accepted" of a claim that was lost is ignored.
    """
    if not results:
        return
    with transaction.atomic():
        known = Letter.objects.select_for_update().in_bulk([r.letter_id for r in results])
        seen = set(
            Attempt.objects.filter(letter_id__in=known, at__in=[r.at for r in results]).values_list(
                "letter_id", "at"
            )
        )
        new = [r for r in results if r.letter_id in known and (r.letter_id, r.at) not in seen]
        Attempt.objects.bulk_create(
            Attempt(letter_id=r.letter_id, at=r.at, outcome=r.outcome, code=r.code, answer=r.answer)
            for r in new
        )
        accepted = [r for r in new if r.outcome is Outcome.ACCEPTED]
        if accepted:
            _mark_sent(accepted)
        for result in new:
            if result.outcome is not Outcome.ACCEPTED:
                _mark_not_sent(known[result.letter_id], result)


def release(*, letters: Sequence[Letter], at: datetime, answer: str = "") -> None:
    """Give claimed letters back untried, due again at ``at``; no attempt is counted."""
    with transaction.atomic():
        for lease in {letter.lease_until for letter in letters}:
            ids = [letter.pk for letter in letters if letter.lease_until == lease]
            _release(Letter.objects.filter(pk__in=ids, lease_until=lease), at, answer)


def release_claims_of(*, worker: str, now: datetime) -> int:
    """Give back what a worker of this name still holds, and return how many that were.

    Call it only when no living worker has the name (a lock says so); otherwise leases run out
    by themselves.
    """
    with transaction.atomic():
        held = Letter.objects.filter(claimed_by=worker[:120], state=LetterState.CLAIMED)
        return _release(held, now, "")


def withdraw(*, recipient: str, streams: Sequence[Stream], reason: str) -> int:
    """Take back every unsent letter of these streams to the recipient; return how many.

    A letter in a sender's hands at this instant may still leave, but is never tried again.
    """
    with transaction.atomic():
        unsent = Letter.objects.filter(recipient=recipient, message__stream__in=streams)
        unsent.filter(state=LetterState.CLAIMED).update(stop_asked=True)
        waiting = list(
            unsent.filter(state=LetterState.WAITING)
            .select_for_update()
            .values_list("pk", flat=True)
        )
        return _withdraw(Letter.objects.filter(pk__in=waiting), reason)


def withdraw_about(*, about: str, reason: str) -> int:
    """Take back every unsent letter about a thing; return how many.

    As with ``withdraw``, one in a sender's hands may still leave, but is never tried again.
    """
    with transaction.atomic():
        unsent = Letter.objects.filter(about=about)
        unsent.filter(state=LetterState.CLAIMED).update(stop_asked=True)
        waiting = unsent.filter(state=LetterState.WAITING).select_for_update()
        ids = list(waiting.values_list("pk", flat=True))
        return _withdraw(Letter.objects.filter(pk__in=ids), reason)


def reword(*, about: str, before: Message, after: Message) -> int:
    """Give the letters about a thing that have not left other words; return how many.

    One in a sender's hands at this instant may leave as it was.
    """
    unsent = Letter.objects.filter(about=about, message=before)
    return unsent.filter(state__in=(LetterState.WAITING, LetterState.CLAIMED)).update(message=after)


def sweep(*, now: datetime) -> int:
    """Withdraw letters that were asked to stop and whose sender is gone; return how many."""
    with transaction.atomic():
        left = Letter.objects.filter(
            state=LetterState.CLAIMED, stop_asked=True, next_at__lte=now
        ).values_list("pk", flat=True)
        return _withdraw(Letter.objects.filter(pk__in=list(left)), "Withdrawn on request.")


def _due(now: datetime) -> "QuerySet[Letter]":
    return Letter.objects.filter(
        state__in=sources(Event.CLAIM), next_at__lte=now, stop_asked=False, channel="email"
    )


def _mark_sent(accepted: Sequence[Result]) -> None:
    """Mark letters as sent in one statement, each with the time and the answer of its own try."""
    Letter.objects.filter(
        pk__in=[r.letter_id for r in accepted], state__in=sources(Event.ACCEPTED)
    ).update(
        state=LetterState.SENT,
        sent_at=Case(
            *(When(pk=r.letter_id, then=Value(r.at)) for r in accepted),
            output_field=DateTimeField(),
        ),
        attempts=F("attempts") + 1,
        lease_until=None,
        stop_asked=False,
        last_answer=Case(
            *(When(pk=r.letter_id, then=Value(r.answer[:500])) for r in accepted),
            output_field=CharField(),
        ),
    )


def _mark_not_sent(letter: Letter, result: Result) -> None:
    """Apply a failed try under the fence of its claim, so that a later claim is left alone."""
    attempts = letter.attempts + 1
    event = event_after(result.outcome, attempts)
    if letter.stop_asked and event is Event.RETRY:
        event = Event.WITHDRAW
    state = {
        Event.RETRY: LetterState.WAITING,
        Event.GIVE_UP: LetterState.FAILED,
        Event.WITHDRAW: LetterState.WITHDRAWN,
    }[event]
    Letter.objects.filter(
        pk=letter.pk, state=LetterState.CLAIMED, lease_until=result.lease_until
    ).update(
        state=state,
        attempts=attempts,
        next_at=result.at + wait_before_retry(attempts),
        lease_until=None,
        last_answer=result.answer[:500],
    )


def _release(held: "QuerySet[Letter]", at: datetime, answer: str) -> int:
    mine = held.filter(state=LetterState.CLAIMED)
    said = {"last_answer": answer[:500]} if answer else {}
    stopped = mine.filter(stop_asked=True).update(
        state=LetterState.WITHDRAWN, lease_until=None, last_answer="Withdrawn on request."
    )
    freed = mine.filter(stop_asked=False).update(
        state=LetterState.WAITING, lease_until=None, next_at=at, **said
    )
    return stopped + freed


def _withdraw(letters: "QuerySet[Letter]", reason: str) -> int:
    return letters.filter(state__in=sources(Event.WITHDRAW)).update(
        state=LetterState.WITHDRAWN, lease_until=None, last_answer=reason[:500]
    )


def _message_id(about: str, recipient: str, channel: str, domain: str) -> str:
    digest = salted_hmac(
        "afterword.letter", f"{about}\n{recipient}\n{channel}", algorithm="sha256"
    ).hexdigest()
    return f"<{digest[:40]}@{domain[:120]}>"
