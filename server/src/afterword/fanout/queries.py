from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Count, Exists, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from afterword.audience.queries.customers import is_demanded_of
from afterword.audit.queries import entries_about
from afterword.components.models import Page
from afterword.fanout.amended import AMENDED, Voice, amends, voice_in, what_is_amended
from afterword.fanout.models import DigestEntry, Mailing, MailingState
from afterword.kit.errors import NotFound
from afterword.postbox.queries import (
    Counted,
    any_ready,
    any_unsent,
    count_reached,
    count_unsent,
    count_worded,
    counts_about,
    counts_about_each,
    given_up_briefly,
    messages_with,
    progress_about,
    rests_briefly,
    runs_resting_briefly,
)
from afterword.postbox.states import NOTICES_STALE_AFTER, STALE_AFTER
from afterword.publishing.models import Audience, Publication
from afterword.publishing.queries import unsent_publications

# Ids are handed out before they are committed, so a lower one may appear after a higher one.
_LATE_COMMITS = 1000
MANY_GIVEN_UP = 3
_HELD = (MailingState.PAUSED, MailingState.AWAITING)


def about_of(publication: Publication) -> str:
    """Return the name under which letters of a publication stand in the outbox.

    It holds a part of the content's hash: another database with the same numbers makes other
    Message-IDs.
    """
    return f"publication:{publication.pk}:{publication.hash[:12]}"


def without_mailing() -> list[Publication]:
    """Return publications that go further than the page and have no mailing yet, oldest first."""
    last: int = Mailing.objects.aggregate(last=Max("publication_id"))["last"] or 0
    mailed = Mailing.objects.filter(publication=OuterRef("pk"))
    found = unsent_publications(after=max(0, last - _LATE_COMMITS)).filter(~Exists(mailed))
    return list(found.select_related("page", "corrects"))


def letter_counts(publication: Publication) -> dict[str, int]:
    """Return the publication's letters counted by state; every state is a key."""
    return counts_about(about_of(publication))


def letter_counts_of(publications: Sequence[Publication]) -> dict[int, dict[str, int]]:
    """Return the same for several, by the publication's key. Those of which no letter may leave any
    more are not counted again.
    """
    numbers = [each.pk for each in publications]
    kept = Mailing.objects.filter(publication_id__in=numbers, counted__isnull=False)
    counted: dict[int, dict[str, int]] = {
        number: counts or {} for number, counts in kept.values_list("publication_id", "counted")
    }
    others = {each.pk: about_of(each) for each in publications if each.pk not in counted}
    fresh = counts_about_each(others.values()) if others else {}
    return counted | {number: fresh[about] for number, about in others.items()}


def count_who_got(publication: Publication) -> int:
    """Return how many a correction of the publication would reach: whose letter left, or will."""
    return count_reached(about_of(publication))


@dataclass(frozen=True)
class Run:
    """A run of letters and how far it is; ``in_digests`` readers get it in a digest that has not
    left.
    """

    mailing: Mailing
    counted: Counted
    in_digests: int = 0

    @property
    def is_written(self) -> bool:
        """Whether every letter of the run is in the outbox."""
        return self.mailing.expanded_at is not None

    @property
    def is_over(self) -> bool:
        return self.is_written and not self.counted.unsent and not self.in_digests

    @property
    def can_be_held(self) -> bool:
        return not self.is_over and self.mailing.state != MailingState.CANCELLED


def newest_runs(page: Page, *, limit: int, before: int | None = None) -> list[Run]:
    """Return the newest runs of the page, newest first; ``before`` is the id to go on below."""
    found = _of_page(page)
    if before is not None:
        found = found.filter(pk__lt=before)
    return _runs(found.order_by("-pk")[:limit])


def run_of(page: Page, mailing_id: int) -> Run:
    """Return a run of the page. Raises NotFound."""
    found = _of_page(page).filter(pk=mailing_id).first()
    if found is None:
        raise NotFound("There is no such run of letters here.")
    return _runs([found])[0]


def held_runs(page: Page) -> Sequence[Mailing]:
    """Return the runs that are paused or wait for a second person and of which a letter may yet
    leave, the oldest first.
    """
    return _still_held(list(_of_page(page).filter(state__in=_HELD).order_by("pk")))


@dataclass(frozen=True)
class GaveUp:
    """A run that gave up letters: how many of how many."""

    mailing: Mailing
    count: int
    total: int


@dataclass(frozen=True)
class Rested:
    """A channel through which nothing leaves: since when, and the last answer."""

    channel: str
    since: datetime
    answer: str


@dataclass(frozen=True)
class Trouble:
    """What keeps letters from arriving at this moment."""

    held: Sequence[Mailing]
    gave_up: Sequence[GaveUp]
    rests: Sequence[Rested]
    refused: Sequence[tuple[Mailing, str]] = ()


def trouble(page: Page, now: datetime) -> Trouble:
    """Return which runs are held, which gave up more than single letters and can still be sent
    again, the oldest first, which channels rest, and which runs (with why). One question where
    there is nothing of it.
    """
    held = Mailing.objects.filter(publication__page=page, state__in=_HELD).order_by()
    rows = list(
        held.annotate(said=Value("", CharField()))
        .values_list(Cast("pk", CharField()), "said", "publication__number", "started_at")
        .annotate(kind=Value("held", CharField()))
        .union(
            rests_briefly().annotate(kind=Value("rest", CharField())),
            runs_resting_briefly().annotate(kind=Value("refused", CharField())),
            given_up_briefly(now - STALE_AFTER).annotate(kind=Value("gave up", CharField())),
            all=True,
        )
    )
    known = {int(key) for key, _, _, _, kind in rows if kind == "held"}
    lost = {
        int(key.split(":")[1]): n
        for key, _, n, _, kind in rows
        if kind == "gave up" and key.startswith("publication:")
    }
    resting = {
        int(key.split(":")[1]): said
        for key, said, _, _, kind in rows
        if kind == "refused" and key.startswith("publication:")
    }
    found: list[Mailing] = []
    if known or lost or resting:
        wanted = Q(pk__in=known) | Q(publication_id__in={*lost, *resting})
        found = list(_of_page(page).filter(wanted).order_by("pk"))
    gave_up = [
        GaveUp(each, lost[each.publication_id], each.letters)
        for each in found
        if each.publication_id in lost and each.state != MailingState.CANCELLED
    ]
    return Trouble(
        held=_still_held([each for each in found if each.pk in known]),
        gave_up=[each for each in gave_up if _is_many(each)],
        rests=[Rested(key, at, said) for key, said, _, at, kind in rows if kind == "rest"],
        refused=[
            (each, resting[each.publication_id]) for each in found if each.publication_id in resting
        ],
    )


def _is_many(gave_up: GaveUp) -> bool:
    """Whether it is more than the few addresses that are gone in every run: one in fifty of them
    and three at least, or all there were. Our policy. A notice that must arrive counts singly.
    """
    many = gave_up.count >= MANY_GIVEN_UP and gave_up.count * 50 >= gave_up.total
    all_there_were = 0 < gave_up.total <= gave_up.count
    return many or all_there_were or is_demanded(gave_up.mailing.publication)


def _still_held(held: list[Mailing]) -> list[Mailing]:
    waiting = waiting_in_digests([each.publication_id for each in held]) if held else Counter()
    return [
        each
        for each in held
        if each.expanded_at is None
        or waiting[each.publication_id]
        or any_unsent(about_of(each.publication))
    ]


def held_before(publication: Publication) -> Mailing | None:
    """Return the run of what the publication corrects while it is held and letters of it lie ready:
    let go later, they would arrive after what corrects them.
    """
    if publication.corrects_id is None:
        return None
    found = Mailing.objects.filter(publication=publication.corrects_id, state__in=_HELD)
    held = found.select_related("publication").first()
    if held is None:
        return None
    lies = any_ready(about_of(held.publication))
    return held if lies or waiting_in_digests([held.publication_id]) else None


def worded_with(correction: Publication) -> dict[str, list[int]]:
    """Return in which words about other things a correction stands above what it corrects; empty
    for what is no correction.
    """
    found: dict[str, list[int]] = {}
    for earlier in what_is_amended(correction) if amends(correction) else ():
        about = about_of(earlier)
        found[about] = [
            pk
            for pk, key in messages_with(about, has=AMENDED)
            if correction.number in Voice.of(voice_in(key, about)).numbers
        ]
    return found


def count_on_top(correction: Publication) -> int:
    """Return how many letters have a correction above what it corrects, sent or still to be."""
    return count_worded(worded_with(correction))


def digests_unsent(publications: Collection[int]) -> dict[str, set[int]]:
    """Return what written digests that have not left are about, each with which of the publications
    is in it.
    """
    held: dict[str, set[int]] = {}
    written = DigestEntry.objects.filter(publication__in=publications).exclude(about="")
    for about, pk in written.order_by().values_list("about", "publication").distinct():
        held.setdefault(about, set()).add(pk)
    unsent = count_unsent(held) if held else {}
    return {about: held[about] for about in sorted(unsent)}


def waiting_in_digests(publications: Collection[int]) -> Counter[int]:
    """Return how many readers get each of the publications in a digest that has not left."""
    rows = (
        DigestEntry.objects.filter(Q(sent_at=None) | ~Q(about=""), publication__in=publications)
        .order_by()
        .values_list("publication", "about")
        .annotate(n=Count("pk"))
    )
    counted: Counter[int] = Counter()
    written: dict[str, set[int]] = {}
    for pk, about, laid in rows:
        if about:
            written.setdefault(about, set()).add(pk)
        else:
            counted[pk] += laid
    unsent = count_unsent(written) if written else {}
    for about, letters in unsent.items():
        counted.update(dict.fromkeys(written[about], letters))
    return counted


def is_demanded(publication: Publication) -> bool:
    """Whether the law or a contract demands some of the publication's letters."""
    if publication.audience != Audience.LIST:
        return False
    return is_demanded_of(publication.recipient_list)


def stale_after(publication: Publication) -> timedelta:
    """Return how long after its publishing letters may still leave; those that nothing demands no
    longer than others.
    """
    return NOTICES_STALE_AFTER if is_demanded(publication) else STALE_AFTER


def publishers_of(publication: Publication) -> set[int]:
    """Return the ids of the people who had a hand in its leaving, as the log has them."""
    found = entries_about(f"incident:{publication.incident_id}")
    return {
        each.actor_id
        for each in found
        if each.actor_id is not None
        and each.verb.startswith("publishing.")
        and each.detail.get("publication") == publication.number
    }


def _of_page(page: Page) -> "QuerySet[Mailing]":
    return Mailing.objects.filter(publication__page=page).select_related("publication__page")


def _runs(mailings: Iterable[Mailing]) -> list[Run]:
    found = list(mailings)
    waiting = waiting_in_digests([each.publication_id for each in found]) if found else Counter()
    return [Run(each, _counted(each), waiting[each.publication_id]) for each in found]


def _counted(mailing: Mailing) -> Counted:
    if mailing.counted is not None:
        return Counted(mailing.counted)
    return progress_about(about_of(mailing.publication))
