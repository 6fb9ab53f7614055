from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import CharField, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import TruncDate

from afterword.kit.errors import NotFound
from afterword.postbox.addresses import FORGOTTEN
from afterword.postbox.breaker import HELD_BACK, RESTS
from afterword.postbox.message_ids import known_as
from afterword.postbox.models import (
    Attempt,
    CameBack,
    Letter,
    LetterState,
    Message,
    Order,
    Rest,
    Stream,
    Wish,
)
from afterword.postbox.outcomes import Outcome
from afterword.postbox.partly import GIVEN_UP, GIVEN_UP_BY_MACHINES
from afterword.postbox.reports import Report
from afterword.postbox.return_path import ReturnPaths, Tag, is_of, return_key, tag_of

# Whoever has the letter, or will have it: not the withdrawn ones, not those given up.
_REACHED = (
    LetterState.WAITING, LetterState.PAUSED, LetterState.CLAIMED, LetterState.SENT,
)  # fmt: skip

_AT_ONCE = 500
# Of a 64-bit key, in both databases.
_HIGHEST_ID = 2**63 - 1

_NOTHING = Value("", output_field=CharField())

_UNSENT = (LetterState.WAITING, LetterState.PAUSED, LetterState.CLAIMED)
_ABOUT_INCIDENTS = (Stream.STATUS, Stream.NOTICE, Stream.COURTESY)


def count_about(about: str) -> int:
    """Return how many letters there are about a thing, in whatever state."""
    return Letter.objects.filter(about=about).count()


def count_unsent(abouts: Collection[str]) -> dict[str, int]:
    """Return how many letters about each of these things may yet leave; none is missing."""
    found = Letter.objects.filter(about__in=list(abouts), state__in=_UNSENT).order_by()
    return dict(found.values_list("about").annotate(n=Count("pk")))


def states_about(
    abouts: Collection[str], recipients: Collection[str]
) -> dict[tuple[str, str], str]:
    """Return the states of the mails about these things to these addresses, by both."""
    found = Letter.objects.filter(
        about__in=list(abouts), recipient__in=list(recipients), channel="email"
    )
    rows = found.order_by().values_list("about", "recipient", "state")
    return {(about, to): state for about, to, state in rows}


def count_reached(about: str, *, up_to: int | None = None) -> int:
    """Return how many letters about a thing left, or are still to leave, whose address is kept;
    counts no further than ``up_to``.
    """
    return _reached(about).order_by()[:up_to].count()


def any_unsent(about: str) -> bool:
    """Whether a letter about a thing may still leave. It counts none, and looks first where what
    is held lies.
    """
    return _any(about, LetterState.PAUSED) or _any(about, *_UNSENT)


def any_ready(about: str) -> bool:
    """Whether a letter about a thing lies ready: waiting, or put aside."""
    return _any(about, LetterState.PAUSED) or _any(about, LetterState.WAITING, LetterState.PAUSED)


def _any(about: str, *states: LetterState) -> bool:
    # In one look: a letter that goes from state to state between two would be in neither.
    return Letter.objects.filter(about=about, state__in=states).exists()


def reached_after(
    about: str, *, after_id: int, limit: int, worded: Mapping[str, Collection[int]] | None = None
) -> list[Letter]:
    """Return those letters with an id above ``after_id``, by id, at most ``limit``. With
    ``worded``, also those about other things that have these messages.
    """
    found = _reached(about)
    for other, messages in (worded or {}).items():
        found = found | _reached(other).filter(message__in=list(messages))
    return list(found.filter(pk__gt=after_id).order_by("pk")[:limit])


def count_worded(worded: Mapping[str, Collection[int]]) -> int:
    """Return how many letters about these things have these messages, sent or still to be sent."""
    return sum(
        _reached(about).filter(message__in=list(messages)).order_by().count()
        for about, messages in worded.items()
        if messages
    )


def messages_with(about: str, *, has: str) -> list[tuple[int, str]]:
    """Return (id, key) of the words that were kept about a thing and in whose keys this stands."""
    found = Message.objects.filter(key__startswith=f"{about}:", key__contains=has).order_by()
    return list(found.values_list("pk", "key"))


def _reached(about: str) -> QuerySet[Letter]:
    found = Letter.objects.filter(about=about, state__in=_REACHED)
    return found.exclude(recipient__startswith=FORGOTTEN)


def counts_about(about: str) -> dict[str, int]:
    """Return the letters about a thing counted by state; every state is a key."""
    return counts_about_each([about])[about]


def counts_about_each(abouts: Collection[str]) -> dict[str, dict[str, int]]:
    """Return the same for several things, with one question."""
    counted = {about: {state.value: 0 for state in LetterState} for about in abouts}
    found = Letter.objects.filter(about__in=list(abouts)).order_by().values_list("about", "state")
    for about, state, n in found.annotate(n=Count("pk")):
        counted[about][state] = n
    return counted


@dataclass(frozen=True)
class Counted:
    """Letters about one thing by state. ``retried`` have been tried in vain and are still to
    leave.
    """

    states: Mapping[str, int]
    retried: int = 0

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def unsent(self) -> int:
        """How many may still leave."""
        return sum(self.states[each] for each in _UNSENT)


def progress_about(about: str) -> Counted:
    """Return how far the letters about a thing are. One question, whatever their number."""
    rows = (
        Letter.objects.filter(about=about)
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"), tried=Count("pk", filter=Q(attempts__gt=0)))
    )
    found = {state: (n, tried) for state, n, tried in rows}
    counted = {state.value: found.get(state.value, (0, 0))[0] for state in LetterState}
    return Counted(counted, sum(found.get(each.value, (0, 0))[1] for each in _UNSENT))


def answers_about(about: str, state: LetterState, *, limit: int) -> list[tuple[str, int]]:
    """Return the newest answers of the letters in a state and how often each was given, the most
    frequent first.
    """
    found = Letter.objects.filter(about=about, state=state).order_by().values_list("last_answer")
    return list(found.annotate(n=Count("pk")).order_by("-n", "last_answer")[:limit])


def held_back_about(about: str, *, limit: int) -> list[tuple[str, int]]:
    """Return the answers of the letters whose refusal is held back, as ``answers_about`` does."""
    found = Letter.objects.filter(
        about=about, state=LetterState.WAITING, last_answer__startswith=HELD_BACK
    ).order_by().values_list("last_answer")  # fmt: skip
    counted = found.annotate(n=Count("pk")).order_by("-n", "last_answer")[:limit]
    return [(answer.removeprefix(HELD_BACK), n) for answer, n in counted]


class GivenUp(NamedTuple):
    """A letter by mail that was given up. ``was_taken``: a server accepted it once all the same, as
    a journal or a record of what left may say later.
    """

    pk: int
    stream: str
    recipient: str
    created_at: datetime
    stop_asked: bool
    was_taken: bool


def given_up_about(about: str, *, limit: int) -> list[GivenUp]:
    """Return the letters by mail about a thing that were given up, by id, at most ``limit``."""
    taken = Attempt.objects.filter(letter=OuterRef("pk"), outcome=Outcome.ACCEPTED.value)
    found = Letter.objects.filter(about=about, state=LetterState.FAILED, channel="email")
    found = found.exclude(recipient__startswith=FORGOTTEN).order_by("pk")
    rows = found.values_list(
        "pk", "message__stream", "recipient", "created_at", "stop_asked", Exists(taken)
    )
    return [GivenUp(*row) for row in rows[:limit]]


class Gone(NamedTuple):
    """What was said of a recipient who takes no mail, and when."""

    recipient: str
    said: str
    at: datetime


def gone_about(about: str) -> list[Gone]:
    """Return what was said to be gone of those who have a letter about a thing, by recipient."""
    found = CameBack.objects.filter(letter__about=about, kind=CameBack.Kind.HARD)
    found = found.exclude(recipient__startswith=FORGOTTEN).order_by("recipient", "at")
    return [Gone(*row) for row in found.values_list("recipient", "said", "at")]


def gone_elsewhere(recipients: Collection[str], about: str) -> set[str]:
    """Return of which of these a letter about something else proved that they are gone, or that
    they complained.
    """
    kinds = (CameBack.Kind.HARD, CameBack.Kind.COMPLAINT)
    found = CameBack.objects.filter(recipient__in=list(recipients), kind__in=kinds, proven=True)
    return set(found.exclude(letter__about=about).values_list("recipient", flat=True))


def letters_about(about: str, *, states: Collection[LetterState], limit: int) -> list[Letter]:
    """Return the newest letters about a thing in these states, with their messages."""
    found = Letter.objects.filter(about=about, state__in=list(states))
    return list(found.select_related("message").order_by("-pk")[:limit])


def messages_unsent(about: str) -> list[Message]:
    """Return the words of the letters about a thing that have not left."""
    unsent = Letter.objects.filter(about=about, state__in=_UNSENT)
    return list(Message.objects.filter(pk__in=unsent.values("message")).order_by("pk"))


def newest(limit: int) -> list[Letter]:
    """Return the newest letters with their messages, for the outbox page of the desk."""
    return list(Letter.objects.select_related("message").order_by("-pk")[:limit])


def count_to(recipient: str, stream: Stream, *, since: datetime) -> int:
    """Return how many letters of a stream were posted to the address since then."""
    return Letter.objects.filter(
        recipient=recipient, created_at__gt=since, message__stream=stream
    ).count()


def last_mail_to(recipient: str | OuterRef, *, by: datetime | OuterRef) -> QuerySet[Letter, int]:
    """Return the key of the last mail about an incident that had left for the address by then, as
    a question with one answer or none.

    One that is being handed over right now is taken where none had left before: what became of it
    is not written down yet.
    """
    found = Letter.objects.filter(
        Q(sent_at__lte=by) | Q(state=LetterState.CLAIMED), recipient=recipient, channel="email",
        message__stream__in=_ABOUT_INCIDENTS,
    )  # fmt: skip
    newest_first = found.order_by(F("sent_at").desc(nulls_last=True), "-pk")
    return newest_first.values_list("pk", flat=True)[:1]


def recipients_of(
    abouts: Collection[str], channels: Collection[str] = ("email",)
) -> QuerySet[Letter, str]:
    """Return the addresses that a letter about any of these things left for, or will leave for."""
    found = Letter.objects.filter(
        about__in=list(abouts), state__in=_REACHED, channel__in=list(channels)
    )
    return found.order_by().values_list("recipient", flat=True)


def had_of_stopped(abouts: Collection[str]) -> QuerySet[Letter, str]:
    """Return the addresses that a letter about any of these things left for, or is leaving for at
    this moment. They were stopped, so the other letters are being withdrawn, in steps.
    """
    found = Letter.objects.filter(
        about__in=list(abouts), state__in=(LetterState.SENT, LetterState.CLAIMED), channel="email"
    )
    return found.order_by().values_list("recipient", flat=True)


def voices_of(abouts: Collection[str], recipients: Collection[str]) -> list[tuple[str, str, str]]:
    """Return what each of these was written about, as (about, recipient, the key of the words)."""
    found = Letter.objects.filter(
        about__in=list(abouts), recipient__in=list(recipients), channel="email"
    )
    return list(found.order_by().values_list("about", "recipient", "message__key"))


def machines_told(
    about: str, prefix: str, *, worded: Mapping[str, Collection[int]] | None = None
) -> set[str]:
    """Return the recipients that begin like this and have a letter about a thing, or one about
    another of ``worded`` that has these messages.
    """
    found = Letter.objects.filter(about=about, state__in=_REACHED)
    for other, messages in (worded or {}).items():
        found = found | Letter.objects.filter(
            about=other, message__in=list(messages), state__in=_REACHED
        )
    named = found.filter(recipient__startswith=prefix)
    return set(named.order_by().values_list("recipient", flat=True))


def failing_machines(prefix: str, *, since: datetime, at_least: int) -> dict[str, str]:
    """Return the webhooks and rooms whose names begin like this, of whose letters since then so
    many were given up and none was sent, with what the newest of those was answered.

    However many letters there are, it looks at those that were given up, and at those to the same.
    """
    given_up = (
        Letter.objects.filter(
            GIVEN_UP_BY_MACHINES, recipient__startswith=prefix, created_at__gt=since
        )
        .order_by()
        .values("recipient")
        .annotate(failed=Count("pk"), newest=Max("pk"))
    )
    newest = {row["recipient"]: row["newest"] for row in given_up if row["failed"] >= at_least}
    reached = Letter.objects.filter(
        recipient__in=list(newest), created_at__gt=since, state=LetterState.SENT
    )
    for name in reached.order_by().values_list("recipient", flat=True).distinct():
        del newest[name]
    answers = dict(
        Letter.objects.filter(pk__in=newest.values()).values_list("recipient", "last_answer")
    )
    return {name: answers[name] for name in sorted(newest)}


def counts_to(
    recipients: Collection[str], streams: Collection[Stream], *, since: datetime, newer: datetime
) -> dict[str, tuple[int, int]]:
    """Return how many letters of these streams left or will leave to each address since then, and
    since the later ``newer``.

    Addresses without one are missing.
    """
    found = Letter.objects.filter(
        recipient__in=list(recipients), created_at__gt=since, message__stream__in=list(streams),
        state__in=_REACHED,
    )  # fmt: skip
    counted = (
        found.order_by()
        .values_list("recipient")
        .annotate(n=Count("pk"), of_them=Count("pk", filter=Q(created_at__gt=newer)))
    )
    return {recipient: (n, of_them) for recipient, n, of_them in counted}


def letters_to(
    recipients: Collection[str], streams: Collection[Stream]
) -> list[tuple[str, str, str, bool]]:
    """Return (recipient, about, stream, whether it may yet leave) of the letters of these streams
    to these addresses that were not withdrawn.
    """
    found = Letter.objects.filter(recipient__in=list(recipients), message__stream__in=list(streams))
    rows = found.exclude(state=LetterState.WITHDRAWN).order_by("pk")
    return [
        (recipient, about, stream, state in _UNSENT)
        for recipient, about, stream, state in rows.values_list(
            "recipient", "about", "message__stream", "state"
        )
    ]


def letter_by_id(letter_id: int) -> Letter:
    """Return the letter with its message. Raises NotFound."""
    found = Letter.objects.filter(pk=letter_id).select_related("message").first()
    if found is None:
        raise NotFound("There is no such letter in the outbox.")
    return found


def tries_of(letter: Letter) -> list[Attempt]:
    """Return every try to hand the letter over, oldest first."""
    return list(Attempt.objects.filter(letter=letter))


def counts_by_state() -> dict[str, int]:
    """Return all letters counted by state; every state is a key."""
    found = Letter.objects.order_by().values_list("state").annotate(n=Count("pk"))
    return {state.value: 0 for state in LetterState} | dict(found)


def asked_to_stop(worker: str) -> set[int]:
    """Return the ids of letters in this sender's hands that were asked to stop since."""
    asked = Letter.objects.filter(
        state=LetterState.CLAIMED, stop_asked=True, claimed_by=worker[:120]
    )
    return set(asked.values_list("pk", flat=True))


def held_back() -> frozenset[str]:
    """Return the things about which no letter leaves at this moment."""
    found = Order.objects.filter(wish__in=(Wish.PAUSE, Wish.STOP))
    return frozenset(found.values_list("about", flat=True))


def wish_about(about: str) -> str:
    """Return what was ordered of the letters about a thing and is not carried out yet, or ""."""
    return Order.objects.filter(about=about).values_list("wish", flat=True).first() or ""


def rests() -> list[Rest]:
    """Return the channels that rest after trouble."""
    return list(Rest.objects.order_by("channel"))


def rests_briefly() -> "QuerySet[Rest, Any]":
    """Return the channels that rest and which nobody asked to try again, for a question about more:
    rows of (channel, what was answered, how often it was tried, since when).
    """
    found = Rest.objects.filter(ended_at=None).order_by()
    return found.values_list("channel", "answer", "times", "since")


def runs_resting_briefly() -> "QuerySet[Order, Any]":
    """Return the things whose letters rest because a mail server refuses them, for the same
    question: rows of (what they are about, why, nothing, since when).
    """
    found = Order.objects.filter(wish=Wish.PAUSE, says__startswith=RESTS).order_by()
    return found.annotate(n=Value(0)).values_list("about", "says", "n", "since")


def given_up_briefly(since: datetime) -> "QuerySet[Letter, Any]":
    """Return what was given up of the letters by mail written since then, for the same question:
    rows of (what they are about, nothing, how many, when the first was written).
    """
    found = Letter.objects.filter(GIVEN_UP, created_at__gt=since).order_by()
    counted = found.values("about").annotate(said=_NOTHING, n=Count("pk"), at=Min("created_at"))
    return counted.values_list("about", "said", "n", "at")


def was_asked_to_try(channel: str) -> bool:
    """Whether somebody asked to try the channel again since it began to rest."""
    return Rest.objects.filter(channel=channel, ended_at__isnull=False).exists()


def message_ids_of(letter_ids: Collection[int]) -> dict[int, str]:
    """Return the Message-IDs of the letters that are there, by their numbers."""
    found = Letter.objects.filter(pk__in=letter_ids)
    return dict(found.values_list("pk", "rfc_message_id"))


@dataclass(frozen=True)
class Found:
    """The letter a report is about. ``proven`` says that not everybody could have written it."""

    letter: Letter
    proven: bool


def letter_that_came_back(report: Report) -> Found | None:
    """Return which letter a report is about; None for one of ours that nobody can name.

    A Message-ID alone may have been seen by others. The return path, the letter's mark and the
    unsubscribe address are told to the reader alone, and whoever has the last could unsubscribe
    with it anyway.
    """
    paths = ReturnPaths(settings.BOUNCE_ADDRESS, return_key())
    tags = [*map(paths.tag_in, report.sent_to), *map(tag_of, report.marks)]
    for tag in [each for each in tags if each is not None][:20]:
        letter = Letter.objects.filter(pk=tag.letter_id, channel="email").first()
        if letter is not None and is_of(tag, letter.rfc_message_id):
            return Found(letter, proven=True)
    named = known_as(report.message_ids[:5]).filter(channel="email")
    letter = named.order_by("pk").first()
    if letter is None:
        return None
    return Found(letter, proven=letter.fill.get("token", "") in {*report.tokens} - {""})


def letters_that_came_back(reports: Sequence[Report]) -> list[Found | None]:
    """Return what ``letter_that_came_back`` says of each of these: the letters whose marks name
    them are looked up together.
    """
    marked = [[tag for mark in each.marks if (tag := tag_of(mark)) is not None] for each in reports]
    named = {tag.letter_id for tags in marked for tag in tags[:20]}
    # Whoever made a number up that no letter can have must not cost the others their reports.
    wanted = {number for number in named if number <= _HIGHEST_ID}
    known = Letter.objects.filter(pk__in=wanted, channel="email").in_bulk() if wanted else {}
    found: list[Found | None] = []
    for report, tags in zip(reports, marked, strict=True):
        letter = None if report.sent_to else _named_by(tags, known)
        found.append(Found(letter, proven=True) if letter else letter_that_came_back(report))
    return found


def _named_by(tags: Sequence[Tag], known: Mapping[int, Letter]) -> Letter | None:
    for tag in tags[:20]:
        letter = known.get(tag.letter_id)
        if letter is not None and is_of(tag, letter.rfc_message_id):
            return letter
    return None


def last_that_left_for(address: str, *, since: datetime) -> Letter | None:
    """Return the newest mail that left for the address since then."""
    left = Letter.objects.filter(
        recipient__in={address, address.lower()}, created_at__gt=since, channel="email",
        state=LetterState.SENT,
    )  # fmt: skip
    return left.order_by("-created_at", "-pk").first()


def digests_known(digests: Collection[str]) -> set[str]:
    """Return which of these name a report that was taken in before."""
    asked, found = list(digests), set[str]()
    for start in range(0, len(asked), _AT_ONCE):
        some = CameBack.objects.filter(digest__in=asked[start : start + _AT_ONCE])
        found.update(some.values_list("digest", flat=True))
    return found


def days_it_came_back(recipient: str, *, since: datetime) -> int:
    """Return on how many days (UTC) mail to the address came back since then; 0 when not one report
    is proven, for anybody could have written them.
    """
    found = CameBack.objects.filter(recipient=recipient, at__gt=since)
    if not found.filter(proven=True).exists():
        return 0
    return found.values(day=TruncDate("at", tzinfo=UTC)).order_by().distinct().count()


def days_each_came_back(recipients: Collection[str], *, since: datetime) -> Counter[str]:
    """Return ``days_it_came_back`` of each of these addresses."""
    found = CameBack.objects.filter(recipient__in=list(recipients), at__gt=since).order_by()
    proven = set(found.filter(proven=True).values_list("recipient", flat=True))
    days = found.values_list("recipient", TruncDate("at", tzinfo=UTC)).distinct()
    return Counter(recipient for recipient, _ in days if recipient in proven)


def came_back_not_handled(*, limit: int) -> list[int]:
    """Return the numbers of what servers refused to our face and nothing followed from yet, the
    oldest first.
    """
    found = CameBack.objects.filter(handled=False).order_by("pk")
    return list(found.values_list("pk", flat=True)[:limit])


def held_came_back(pk: int) -> CameBack | None:
    """Return one of them with its letter, None when somebody else takes it up or did. Must be
    called in a transaction: until it ends nobody else takes it up.
    """
    found = CameBack.objects.filter(pk=pk, handled=False).select_related("letter")
    return found.select_for_update(of=("self",), skip_locked=True).first()


def newest_that_came_back(limit: int) -> list[CameBack]:
    """Return what came back last, with its letters and their words."""
    found = CameBack.objects.select_related("letter__message")
    return list(found.order_by("-at", "-pk")[:limit])


def came_back_of(letter: Letter) -> list[CameBack]:
    """Return every mail about a letter that came back, oldest first."""
    return list(CameBack.objects.filter(letter=letter).order_by("at", "pk"))


def newest_to(recipients: Collection[str]) -> dict[str, Letter]:
    """Return the newest letter to each of these recipients; who has none is missing."""
    found = Letter.objects.filter(recipient__in=list(recipients)).order_by()
    newest = found.values("recipient").annotate(newest=Max("pk")).values("newest")
    return {each.recipient: each for each in Letter.objects.filter(pk__in=newest)}
