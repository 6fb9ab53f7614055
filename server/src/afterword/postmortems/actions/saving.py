from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.incidents.models import Incident
from afterword.kit.errors import BadInput, Conflict, WrongState
from afterword.postmortems.actions.remembering import remember
from afterword.postmortems.content import Content, Merged, checked, content_of, merged
from afterword.postmortems.models import Postmortem, PostmortemRevision, ReviewState
from afterword.postmortems.outlines import OUTLINES
from afterword.postmortems.sources import filled

_IN_WORDS = {
    "body": "what happened", "went_well": "what went well", "luck": "where you were lucky",
    "hard": "what was hard", "timeline": "the same line of the timeline",
    "factors": "the same factor",
}  # fmt: skip


def save(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    content: Content,
    based_on: int | None = None,
) -> PostmortemRevision:
    """Save the internal review as its next revision, a draft; the same again writes nothing.

    ``based_on`` is the revision the writer started from (0 for none, None not to ask). When it is
    not the newest, both people's work is put together, part by part and line by line. Where both
    changed the same, the writer's is kept in the new revision, the other's in its own, and
    Conflict is raised after. Only salted hashes leave this room. Raises BadInput and NotAllowed.
    """
    require(actor, "postmortem", page=incident.page_id)
    tidy, problems = checked(content)
    if tidy.is_empty and not problems:
        problems = {"body": "is empty; write something"}
    if problems:
        raise BadInput(_sentence(problems), problems)

    def joined(last: PostmortemRevision | None) -> Merged:
        if last is None or based_on is None or based_on == last.number:
            return Merged(tidy)
        base = last.postmortem.revisions.filter(number=based_on).first()
        began_with = content_of(base.body, base.parts) if base else Content()
        return merged(began_with, tidy, content_of(last.body, last.parts))

    revision, before, clashes = put(actor=actor, now=now, incident=incident, joined=joined)
    if clashes:
        names = " and ".join(_IN_WORDS[each] for each in clashes)
        raise Conflict(
            f"Somebody saved revision {before} while you wrote, and changed {names} too. Your text "
            f"is kept as revision {revision.number}; compare the two."
        )
    return revision


def begin(*, actor: Actor, now: datetime, incident: Incident, outline: str) -> PostmortemRevision:
    """Begin a review with an outline's questions and the timeline as it is known already.

    Raises BadInput for an outline there is none of, WrongState when there is a review.
    """
    require(actor, "postmortem", page=incident.page_id)
    if outline not in OUTLINES:
        raise BadInput("Choose what to begin with.", {"outline": "is not known"})

    def first(last: PostmortemRevision | None) -> Merged:
        if last is not None:
            raise WrongState("The review has been begun already; it is open below.")
        return Merged(filled(OUTLINES[outline].content, incident))

    return put(actor=actor, now=now, incident=incident, joined=first)[0]


def put(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    joined: Callable[[PostmortemRevision | None], Merged],
) -> tuple[PostmortemRevision, int, tuple[str, ...]]:
    """Save what follows from the newest revision, as the next one.

    Returns the revision in force, the number of the one before, and what clashed.
    """
    with transaction.atomic():
        Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
        postmortem = Postmortem.objects.filter(incident=incident).first()
        newest = postmortem.revisions.order_by("-number").first() if postmortem else None
        found = joined(newest)
        if newest is not None and content_of(newest.body, newest.parts) == found.content:
            return newest, newest.number, ()
        if postmortem is None:
            postmortem = Postmortem(incident=incident, created_at=now)
            postmortem.save(force_insert=True)
        before = newest.number if newest else 0
        revision = PostmortemRevision(
            postmortem=postmortem,
            number=before + 1,
            body=found.content.body,
            parts=found.content.as_parts(),
            author=actor if isinstance(actor, Person) else None,
            saved_at=now,
        )
        revision.save(force_insert=True)
        _draft_again(postmortem)
        remember(postmortem=postmortem, now=now)
        record_act(
            actor=actor, verb="postmortems.save", subject=f"incident:{incident.public_id}",
            now=now, detail={"revision": revision.number},
        )  # fmt: skip
    return revision, before, found.clashes


def _draft_again(postmortem: Postmortem) -> None:
    if postmortem.state == ReviewState.DRAFT:
        return
    postmortem.state = ReviewState.DRAFT
    postmortem.asked_by = postmortem.asked_at = postmortem.reader = postmortem.final_at = None
    postmortem.save(update_fields=["state", "asked_by", "asked_at", "reader", "final_at"])


def _sentence(problems: dict[str, str]) -> str:
    more = f" And {len(problems) - 1} more." if len(problems) > 1 else ""
    return f"The review cannot be saved yet: see what is marked.{more}"
