"""Every word readers were given of a promise, kept as it leaves: to be measured, not shown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from afterword.publishing.models import Audience, PromiseWord, Publication
from afterword.publishing.projection import readable_from
from afterword.publishing.promised import OPEN_STATES


def keep_promise_words(*, publication: Publication) -> None:
    """Keep what the publication says of promises, also where it only repeats the word before: what
    it says stands when that one is retracted.

    Letters to a list promise nothing in public. Needs the held page.
    """
    if publication.audience == Audience.LIST:
        return
    views = {each["id"]: each for each in publication.commitments if each.get("id")}
    words = PromiseWord.objects.filter(
        page=publication.page, commitment_id__in=list(views), is_first=True
    )
    given = set(words.values_list("commitment_id", flat=True))
    PromiseWord.objects.bulk_create(
        _word(publication, view, is_first=key not in given and _gives_a_day(view))
        for key, view in views.items()
    )


def _word(publication: Publication, view: Mapping[str, Any], *, is_first: bool) -> PromiseWord:
    state, due, done_on = _said(view)
    return PromiseWord(
        page=publication.page,
        publication=publication,
        incident_id=publication.incident_id,
        commitment_id=view["id"],
        what=str(view.get("what") or "")[:500],
        state=state,
        due=due,
        done_on=done_on,
        is_first=is_first,
        told_at=readable_from(publication),
    )


def _gives_a_day(view: Mapping[str, Any]) -> bool:
    """Whether it promises something that is still to come: what is done already is no promise."""
    return view.get("state") in OPEN_STATES and _day(view.get("due")) is not None


def _said(view: Mapping[str, Any]) -> tuple[str, date | None, date | None]:
    return str(view.get("state"))[:16], _day(view.get("due")), _day(view.get("done_on"))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None
