"""What a run gave up, and which of it may be sent again: whoever asks sees it before and after."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from afterword.audience.queries.subscribers import active_among
from afterword.audience.queries.suppressions import must_not_get
from afterword.fanout.models import Mailing, MailingState
from afterword.fanout.queries import about_of
from afterword.fanout.together import is_taken_back
from afterword.postbox.models import Stream
from afterword.postbox.outcomes import Bound
from afterword.postbox.queries import GivenUp, given_up_about
from afterword.postbox.states import NOTICES_STALE_AFTER, STALE_AFTER
from afterword.publishing.corrections import TITLE, TYPO, weight_of
from afterword.publishing.models import Publication, PublicationKind

MOST_AGAIN = 10_000
"""Letters sent again at one word; the others at the next."""
_AT_A_TIME = 500


@dataclass(frozen=True)
class Again:
    """The numbers of the letters that may be sent again; how many may not, by why; and whether
    there are more than were looked at. ``never``: in words, why none of the run may.
    """

    letters: tuple[int, ...] = ()
    unwanted: int = 0
    too_old: int = 0
    taken: int = 0
    more: bool = False
    never: str = ""

    @property
    def count(self) -> int:
        return len(self.letters)

    @property
    def label(self) -> str:
        return (
            f"Send again the {self.count:,} that were given up"
            if self.count > 1
            else ("Send again the one that was given up")
        )

    @property
    def left_out(self) -> list[tuple[int, str]]:
        """Return how many stay given up, and why."""
        found = [
            (self.unwanted, "get no more mail: they left, or are suppressed or in quarantine"),
            (self.too_old, "are too old to be sent"),
            (self.taken, "were taken by a server all the same"),
        ]
        return [(n, why) for n, why in found if n]


def to_send_again(mailing: Mailing, now: datetime) -> Again:
    """Return what may be sent again of what a run gave up, as things stand now: the first ten
    thousand letters by mail are looked at.
    """
    publication = mailing.publication
    if mailing.state == MailingState.CANCELLED:
        return Again(never="This run was cancelled; no more of it leaves.")
    if is_taken_back(publication):
        return Again(never="It was taken back since, so nobody more is to read it.")
    if _is_corrected(publication):
        return Again(
            never="It was corrected since, and whoever did not get it did not get what corrects it "
            "either: write to them anew."
        )
    found = given_up_about(about_of(publication), limit=MOST_AGAIN + 1)
    looked_at = found[:MOST_AGAIN]
    fit = [each for each in looked_at if not each.was_taken]
    fresh = [each for each in fit if now - each.created_at <= _longest(each)]
    # Their mail was stopped after it was given up.
    asked = [each for each in fresh if not each.stop_asked]
    wanted: list[int] = []
    for begin in range(0, len(asked), _AT_A_TIME):
        wanted += _still_wanted(publication, asked[begin : begin + _AT_A_TIME])
    return Again(
        letters=tuple(wanted), unwanted=len(fresh) - len(wanted), too_old=len(fit) - len(fresh),
        taken=len(looked_at) - len(fit), more=len(found) > MOST_AGAIN,
    )  # fmt: skip


def _longest(letter: GivenUp) -> timedelta:
    return NOTICES_STALE_AFTER if letter.stream == Stream.NOTICE else STALE_AFTER


def _still_wanted(publication: Publication, letters: list[GivenUp]) -> list[int]:
    """Return which of these may go to their addresses now: to subscribers as long as they are, to
    others as a claim would ask.
    """
    bound = [Bound(each.pk, each.stream, each.recipient) for each in letters]
    unwanted = must_not_get(bound)
    status = [each.recipient for each in bound if each.stream == Stream.STATUS]
    active = active_among(page=publication.page, emails=status) if status else {}
    return [
        each.pk
        for each in bound
        if each.pk not in unwanted and (each.stream != Stream.STATUS or each.recipient in active)
    ]


def _is_corrected(publication: Publication) -> bool:
    found = Publication.objects.filter(corrects=publication, kind=PublicationKind.CORRECTION)
    return any(weight_of(each) not in {TYPO, TITLE} for each in found)
