from datetime import date, datetime
from typing import Any

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.commitments.models import Mechanism
from afterword.incidents.models import Incident
from afterword.kit.errors import BadInput, NotFound, WrongState
from afterword.kit.texts import optional_text, optional_web_address, required_text
from afterword.kit.timespans import year_problem
from afterword.postmortems.actions.remembering import remember
from afterword.postmortems.models import ActionItem, ActionItemChange, ItemState, Postmortem
from afterword.postmortems.states import item_may_follow

_FACTS = ("what", "mechanism", "state", "owner_id", "owner_name", "due", "tracker_url")


def add_item(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    what: str,
    mechanism: str,
    owner: Person | None = None,
    owner_name: str = "",
    due: date | None = None,
    tracker_url: str = "",
) -> ActionItem:
    """Note work that follows from the review. All of it stays inside.

    ``owner`` is a person with an account here, ``owner_name`` anybody else; not both. Raises
    NotFound without a review, and BadInput.
    """
    require(actor, "postmortem", page=incident.page_id)
    facts = _checked(what, mechanism, owner, owner_name, due, tracker_url)
    with transaction.atomic():
        Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
        postmortem = Postmortem.objects.filter(incident=incident).first()
        if postmortem is None:
            raise NotFound("Begin the review first; its action items belong to it.")
        item = ActionItem(postmortem=postmortem, created_at=now, **facts)
        item.save(force_insert=True)
        remember(postmortem=postmortem, now=now)
        record_act(
            actor=actor, verb="postmortems.add_item",
            subject=f"action_item:{item.public_id}", now=now,
            detail={"incident": incident.public_id},
        )  # fmt: skip
    return item


def change_item(
    *,
    actor: Actor,
    now: datetime,
    item: ActionItem,
    what: str,
    mechanism: str,
    state: str,
    owner: Person | None = None,
    owner_name: str = "",
    due: date | None = None,
    tracker_url: str = "",
    note: str = "",
) -> ActionItem:
    """Set an action item's facts; what they were is kept with the note. Nothing new writes nothing.

    Another day needs a note saying why, and so does dropping it. Raises BadInput, and WrongState
    for a state that cannot follow.
    """
    incident = item.postmortem.incident
    require(actor, "postmortem", page=incident.page_id)
    facts = _checked(what, mechanism, owner, owner_name, due, tracker_url)
    note = optional_text(note, field="note", limit=500)
    with transaction.atomic():
        Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
        item.refresh_from_db()
        before = _told(item)
        _move(item, state, note)
        if item.due is not None and due != item.due and not note:
            raise BadInput(
                "Say why the day changes.", {"note": "is missing; say why the day changes"}
            )
        for name, value in facts.items():
            setattr(item, name, value)
        after = _told(item)
        if after == before:
            return item
        item.save(update_fields=[name.removesuffix("_id") for name in _FACTS])
        ActionItemChange(
            item=item,
            before=before,
            after=after,
            note=note,
            changed_by=actor if isinstance(actor, Person) else None,
            changed_at=now,
        ).save(force_insert=True)
        remember(postmortem=item.postmortem, now=now)
        record_act(
            actor=actor, verb="postmortems.change_item",
            subject=f"action_item:{item.public_id}", now=now,
            detail={"changed": sorted(k for k in after if after[k] != before[k])},
        )  # fmt: skip
    return item


def _move(item: ActionItem, state: str, note: str) -> None:
    if state == item.state:
        return
    if state not in ItemState.values:
        raise BadInput(f"{state!r} is no state of an action item.", {"state": "is not known"})
    if not item_may_follow(item.state, state):
        raise WrongState(
            f"What is {item.get_state_display().lower()} cannot become "
            f"{ItemState(state).label.lower()}."
        )
    if state == ItemState.DROPPED and not note:
        raise BadInput("Say why it is dropped.", {"note": "is missing; say why it is dropped"})
    item.state = state


def _checked(
    what: str,
    mechanism: str,
    owner: Person | None,
    owner_name: str,
    due: date | None,
    tracker_url: str,
) -> dict[str, Any]:
    name = optional_text(owner_name, field="owner_name", limit=120)
    if owner is not None and name:
        raise BadInput(
            "One person owns it: choose somebody here, or write a name.",
            {"owner_name": "is not needed besides"},
        )
    if mechanism not in Mechanism.values:
        raise BadInput(
            "Say how it lowers the risk: prevent, detect, limit or recover.",
            {"mechanism": "is not known"},
        )
    if due is not None and (problem := year_problem(due)):
        raise BadInput(f"The day {problem}.", {"due": problem})
    return {
        "what": required_text(what, field="what", limit=500),
        "mechanism": mechanism,
        "owner": owner,
        "owner_name": name,
        "due": due,
        "tracker_url": optional_web_address(
            tracker_url, field="tracker_url", what="The tracker link"
        ),
    }


def _told(item: ActionItem) -> dict[str, Any]:
    found = {name: getattr(item, name) for name in _FACTS}
    return {**found, "due": item.due.isoformat() if item.due else None}
