"""What crosses from the review to the public side: one fact or one promise, by an explicit act.

Whoever lifts may read the review and may write what it becomes; neither alone is enough.
"""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.commitments.actions import promise
from afterword.commitments.models import Commitment
from afterword.incidents.actions import save_record
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record
from afterword.incidents.record import starting_record
from afterword.kit.errors import BadInput, NotFound, WrongState
from afterword.kit.texts import required_text
from afterword.postmortems.actions.remembering import remember
from afterword.postmortems.liftable import LIFTABLE, put_at, value_at
from afterword.postmortems.models import ActionItem, LiftedFact, Postmortem
from afterword.wording.queries import check

CONFIDENCE = ("measured", "estimated")


def lift_fact(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    path: str,
    value: Any,
    confidence: str,
    source: str,
    expected_version: int | None,
    reason: str = "",
    were_told: bool = False,
) -> LiftedFact:
    """Put one fact that the review knows into the record, as the record's next version.

    ``path`` is one of ``liftable.LIFTABLE``; ``value`` as the record holds it; ``confidence`` is
    measured or estimated; ``source`` says where it is known from and stays inside, as does the
    row. Approvals given for the version before are void, as after every change. Words of the
    review are refused: a fact is lifted, not a paragraph. ``reason`` is why the record changes,
    asked for as by ``save_record``; auditors read it. Raises BadInput (path of the record or name
    of the field → problem), NotFound without a review, Conflict as ``save_record`` does.
    """
    require(actor, "postmortem", page=incident.page_id)
    require(actor, "edit_record", page=incident.page_id)
    if path not in LIFTABLE:
        raise BadInput("Choose the fact to lift.", {"path": "is not known"})
    if confidence not in CONFIDENCE:
        raise BadInput("Say how well it is known.", {"confidence": "is missing"})
    source = required_text(source, field="source", limit=300)
    with transaction.atomic():
        postmortem = _review_of(incident)
        _refuse_words_of_the_review(incident, path, _texts(value))
        _refuse_words_of_the_review(incident, "reason", _texts(reason))
        before = current_record(incident)
        data = deepcopy(before.data if before else starting_record(incident))
        said = value_at(data, path)
        put_at(data, path, value)
        if basis := LIFTABLE[path]:
            put_at(data, basis, _as_basis(basis, confidence))
        record = save_record(
            actor=actor, now=now, incident=incident, data=data, expected_version=expected_version,
            reason=reason, were_told=were_told,
        )  # fmt: skip
        if before is not None and record.version == before.version:
            raise BadInput("The record says this already.", {"value": "is in the record already"})
        lifted = LiftedFact(
            postmortem=postmortem,
            path=path,
            value=value,
            source=source,
            confidence=confidence,
            record_version=record.version,
            lifted_by=actor if isinstance(actor, Person) else None,
            lifted_at=now,
        )
        lifted.save(force_insert=True)
        remember(postmortem=postmortem, now=now)
        record_act(
            actor=actor, verb="postmortems.lift_fact",
            subject=f"incident:{incident.public_id}", now=now,
            detail={"fact": path, "record_version": record.version, "confidence": confidence,
                    "was_known": said not in (None, "", "unknown", [])},
        )  # fmt: skip
    return lifted


def lift_item(
    *,
    actor: Actor,
    now: datetime,
    item: ActionItem,
    what: str,
    why: str,
    effect: str,
    due: date | None,
) -> Commitment:
    """Make a promise of an action item, in words written for readers. They do not see it yet.

    How it lowers the risk goes along; owner, tracker and the item's own words never do. Raises
    BadInput when the words are the item's, repeat the review or hold a name from it, and
    WrongState when the item was lifted before.
    """
    incident = item.postmortem.incident
    require(actor, "postmortem", page=incident.page_id)
    require(actor, "promise", page=incident.page_id)
    with transaction.atomic():
        Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
        item.refresh_from_db()
        if item.became_id is not None:
            raise WrongState("This action item is a promise already.")
        for name, text in (("what", what), ("why", why), ("effect", effect)):
            if _plain(text) == _plain(item.what):
                raise BadInput(
                    "These are the action item's own words. Say it as readers would.",
                    {name: "repeats the action item"},
                )
            _refuse_words_of_the_review(incident, name, [text])
        made = promise(
            actor=actor, now=now, incident=incident, what=what, why=why, effect=effect,
            mechanism=item.mechanism, due=due,
        )  # fmt: skip
        item.became = made
        item.save(update_fields=["became"])
        record_act(
            actor=actor, verb="postmortems.lift_item",
            subject=f"action_item:{item.public_id}", now=now,
            detail={"incident": incident.public_id, "commitment": made.public_id},
        )  # fmt: skip
    return made


def _review_of(incident: Incident) -> Postmortem:
    found = Postmortem.objects.filter(incident=incident).first()
    if found is None:
        raise NotFound("There is no internal review of this incident to lift a fact from.")
    return found


def _refuse_words_of_the_review(incident: Incident, field: str, texts: list[str]) -> None:
    for text in texts:
        found = check(text, "note", None, incident_ref=incident.public_id).findings
        leak = next((f for f in found if f.category == "leak"), None)
        if leak is not None:
            said = f"“{leak.quote}”, which must not leave: {leak.message}"
            raise BadInput(f"It holds {said}", {field: f"holds {said}"})


def _texts(value: Any) -> list[str]:
    return list(_text_parts(value))


def _text_parts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _text_parts(each)


def _as_basis(path: str, confidence: str) -> str:
    """Return how well a fact is known in the words of its place: a cause is confirmed or not."""
    if path == "cause.confidence":
        return "confirmed" if confidence == "measured" else "suspected"
    return confidence


def _plain(text: object) -> str:
    return " ".join(str(text).casefold().split()).rstrip(".")
