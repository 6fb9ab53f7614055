"""Which words about an incident make which others superfluous for who gets both."""

from collections.abc import Collection
from typing import Final

from django.db.models import QuerySet

from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of
from afterword.postbox.outcomes import Succession
from afterword.publishing.models import Audience, Publication, PublicationKind

# A summary tells what happened, so nobody needs to hear first that it is being looked into. It does
# not say all that an ending says, and nothing that comes later says what it does.
_OVERTAKE: Final[dict[str, tuple[str, ...]]] = {
    PublicationKind.UPDATE: (PublicationKind.UPDATE, PublicationKind.CLOSURE),
    PublicationKind.CLOSURE: (PublicationKind.UPDATE, PublicationKind.CLOSURE),
    PublicationKind.SUMMARY: (PublicationKind.UPDATE,),
}
_READ = ("pk", "counted", "publication__page_id", "publication__incident_id",
         "publication__number", "publication__kind", "publication__hash")  # fmt: skip


def told_in_turn(abouts: Collection[str]) -> Succession:
    """Return which of these words newer ones overtake, and which older ones they overtake of which
    letters may yet leave. Letters to lists, corrections and notes overtake nothing and are not
    overtaken: each says something of its own.
    """
    numbers = {int(each.split(":")[1]) for each in abouts if each.startswith("publication:")}
    asked = [each.publication for each in _runs().filter(publication__in=numbers)]
    if not asked:
        return Succession()
    told: dict[tuple[int, str], list[Mailing]] = {}
    for run in _runs().filter(
        publication__page__in={each.page_id for each in asked},
        publication__incident_id__in={each.incident_id for each in asked},
    ):
        key = (run.publication.page_id, run.publication.incident_id)
        told.setdefault(key, []).append(run)
    newer: dict[str, set[str]] = {}
    older: dict[str, set[str]] = {}
    for runs in told.values():
        for first in runs:
            for then in runs:
                if _overtakes(then.publication, first.publication):
                    before, after = about_of(first.publication), about_of(then.publication)
                    if before in abouts:
                        newer.setdefault(before, set()).add(after)
                    # Of what is counted for good no letter may leave any more.
                    if after in abouts and first.counted is None:
                        older.setdefault(after, set()).add(before)
    return Succession(newer, older)


def _overtakes(then: Publication, first: Publication) -> bool:
    return then.number > first.number and first.kind in _OVERTAKE[then.kind]


def _runs() -> "QuerySet[Mailing]":
    found = Mailing.objects.filter(
        publication__audience=Audience.SUBSCRIBERS, publication__corrects=None,
        publication__kind__in=list(_OVERTAKE),
    )  # fmt: skip
    return found.select_related("publication").only(*_READ).order_by()
