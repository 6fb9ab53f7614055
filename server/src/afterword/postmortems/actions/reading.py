from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, may, require
from afterword.audit.actions import record_act
from afterword.incidents.models import Incident
from afterword.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from afterword.kit.texts import optional_text
from afterword.postmortems.models import (
    Postmortem,
    PostmortemReading,
    PostmortemRevision,
    ReadingVerdict,
    ReviewState,
)
from afterword.postmortems.states import may_follow

MAX_COMMENT = 5_000


def ask_reading(
    *, actor: Actor, now: datetime, incident: Incident, reader: Person | None = None
) -> Postmortem:
    """Ask somebody else to read the newest revision; ``reader`` None asks whoever may.

    Raises NotFound without a review, BadInput for a reader who may not read it or who wrote it,
    WrongState unless it is a draft.
    """
    require(actor, "postmortem", page=incident.page_id)
    with transaction.atomic():
        postmortem, newest = _held(incident)
        _step(postmortem, ReviewState.IN_REVIEW)
        if reader is not None:
            if not may(reader, "postmortem", page=incident.page_id):
                raise BadInput(
                    f"{reader.name} may not read reviews here; choose somebody who investigates.",
                    {"reader": "may not read it"},
                )
            if reader.pk in {newest.author_id, actor.id}:
                raise BadInput("Ask somebody other than yourself.", {"reader": "wrote it"})
        postmortem.asked_by = actor if isinstance(actor, Person) else None
        postmortem.asked_at, postmortem.reader = now, reader
        postmortem.save(update_fields=["state", "asked_by", "asked_at", "reader"])
        record_act(
            actor=actor, verb="postmortems.ask_reading",
            subject=f"incident:{incident.public_id}", now=now,
            detail={"revision": newest.number},
        )  # fmt: skip
    return postmortem


def settle_reading(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    revision: int,
    verdict: str,
    comment: str = "",
) -> PostmortemReading:
    """Find the revision read final, or ask for changes with a comment.

    Only a person who neither wrote the revision nor asked for the reading can. Raises NotAllowed,
    BadInput, and WrongState when it is not being read or is another revision by now.
    """
    require(actor, "postmortem", page=incident.page_id)
    comment = optional_text(comment, field="comment", limit=MAX_COMMENT, single_line=False)
    if verdict not in ReadingVerdict.values:
        raise BadInput("Say whether it is final.", {"verdict": "is missing"})
    if verdict == ReadingVerdict.CHANGES and not comment:
        raise BadInput("Say what is to be changed.", {"comment": "is missing"})
    if not isinstance(actor, Person):
        raise NotAllowed("A person has to read it.")
    with transaction.atomic():
        postmortem, newest = _held(incident)
        if actor.pk in {newest.author_id, postmortem.asked_by_id}:
            raise NotAllowed("Somebody other than its writer has to read it.")
        if newest.number != revision:
            raise WrongState(
                f"The review is at revision {newest.number} now; you read {revision}. "
                "Look at what changed."
            )
        final = verdict == ReadingVerdict.FINAL
        _step(postmortem, ReviewState.FINAL if final else ReviewState.DRAFT)
        postmortem.final_at = now if final else None
        postmortem.reader = actor
        postmortem.save(update_fields=["state", "final_at", "reader"])
        reading = PostmortemReading(
            revision=newest, reader=actor, verdict=verdict, comment=comment, read_at=now
        )
        reading.save(force_insert=True)
        record_act(
            actor=actor, verb="postmortems.settle_reading",
            subject=f"incident:{incident.public_id}", now=now,
            detail={"revision": newest.number, "verdict": verdict},
        )  # fmt: skip
    return reading


def _held(incident: Incident) -> tuple[Postmortem, PostmortemRevision]:
    Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
    postmortem = Postmortem.objects.filter(incident=incident).first()
    newest = postmortem.revisions.order_by("-number").first() if postmortem else None
    if postmortem is None or newest is None:
        raise NotFound("There is no internal review of this incident yet.")
    return postmortem, newest


def _step(postmortem: Postmortem, state: ReviewState) -> None:
    if not may_follow(postmortem.state, state):
        raise WrongState(
            f"The review is {postmortem.get_state_display().lower()}; that cannot follow."
        )
    postmortem.state = state
