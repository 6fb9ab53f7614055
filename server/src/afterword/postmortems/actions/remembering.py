"""What leaves this room when a review is saved: salted hashes of its words, never the words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from afterword.accounts.queries import all_names
from afterword.audience.queries.customers import customer_names
from afterword.postmortems.content import NAME_KINDS, Content, content_of
from afterword.postmortems.models import ActionItem, LiftedFact, Postmortem, PostmortemRevision
from afterword.postmortems.sources import told_of
from afterword.wording.actions import remember_internal_text
from afterword.wording.named import Named


def remember(*, postmortem: Postmortem, now: datetime) -> None:
    """Bring the hashes up to what the review and its action items say now.

    Besides its eight-word runs: the names its writers list, the people of this desk and the
    customers whose full names it holds, and those who own its action items.
    """
    texts = list(_texts(postmortem))
    remember_internal_text(
        incident_ref=postmortem.incident.public_id,
        text="\n\n".join(each for each in texts if each),
        now=now,
        names=[*_listed(postmortem), *_known_here(postmortem, "\n".join(texts))],
    )


def _texts(postmortem: Postmortem) -> Iterator[str]:
    newest = _newest(postmortem)
    if newest is not None:
        content = content_of(newest.body, newest.parts)
        yield from _without_the_public_s(content, postmortem).texts()
    for item in ActionItem.objects.filter(postmortem=postmortem):
        yield from (item.what, item.owner_name, item.tracker_url)
    yield from LiftedFact.objects.filter(postmortem=postmortem).values_list("source", flat=True)


def _without_the_public_s(content: Content, postmortem: Postmortem) -> Content:
    """Return the content without what was said in public, where nobody changed it since."""
    said = {entry.origin: entry.what for entry in told_of(postmortem.incident)}
    lines = (
        replace(entry, what="" if said.get(entry.origin) == entry.what else entry.what)
        for entry in content.timeline
    )
    return replace(content, timeline=tuple(lines))


def _listed(postmortem: Postmortem) -> Iterator[Named]:
    newest = _newest(postmortem)
    if newest is not None:
        content = content_of(newest.body, newest.parts)
        for part, kind in NAME_KINDS.items():
            yield from (Named(kind, name) for name in getattr(content, part))
    items = ActionItem.objects.filter(postmortem=postmortem).select_related("owner")
    yield from (Named("person", item.owned_by) for item in items if item.owned_by)


def _known_here(postmortem: Postmortem, text: str) -> Iterator[Named]:
    for name in all_names():
        if _holds(text, name):
            yield Named("person", name)
    for name in customer_names(postmortem.incident.page):
        if _holds(text, name):
            yield Named("customer", name)


def _holds(text: str, name: str) -> bool:
    return name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _newest(postmortem: Postmortem) -> PostmortemRevision | None:
    return PostmortemRevision.objects.filter(postmortem=postmortem).order_by("-number").first()
