from datetime import date, timedelta
from typing import Any

import pytest

from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.audit.queries import entries_about
from afterword.commitments.actions import promise
from afterword.commitments.models import Commitment
from afterword.commitments.queries import (
    by_public_id,
    is_overdue,
    of_incident,
    open_promises,
    public_view,
)
from afterword.incidents.models import Incident
from afterword.kit.errors import BadInput, NotAllowed, NotFound
from conftest import NOON
from incidents.building import a_page, a_person, a_resolved_incident

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
WORDS = {
    "what": "Queues stop accepting work at 80% full",
    "why": "A full queue held labels back",
    "effect": "A full queue is noticed before labels are late",
    "mechanism": "prevent",
}


@pytest.fixture
def incident() -> Incident:
    return a_resolved_incident(a_page(NOON), NOON)


def make(incident: Incident, **given: Any) -> Commitment:
    fields = {**WORDS, "due": TODAY + timedelta(days=14)} | given
    return promise(actor=MACHINE, now=NOON, incident=incident, **fields)


def test_a_promise_is_kept_with_its_three_parts_and_its_day(incident: Incident) -> None:
    made = make(incident)
    assert of_incident(incident) == [made]
    assert by_public_id(made.public_id) == made
    (entry,) = entries_about(f"commitment:{made.public_id}")
    assert entry.verb == "commitments.promise"
    assert "queue" not in repr(entry.detail).lower()


def test_readers_never_see_the_owner_or_the_tracker(incident: Incident) -> None:
    made = make(
        incident, owner_name="Noor Canary", tracker_url="https://tracker.canary.example/OPS-1"
    )
    view = public_view(made)
    assert "canary" not in repr(view).lower()
    assert set(view) == {
        "id", "what", "why", "effect", "mechanism", "state", "due", "done_on", "dropped_because",
    }  # fmt: skip
    assert view["due"] == "2026-04-01"


def test_what_is_done_already_says_since_when(incident: Incident) -> None:
    assert make(incident, state="done", due=None).done_on == TODAY
    incident.started_at -= timedelta(days=3)
    earlier = TODAY - timedelta(days=3)
    assert make(incident, state="done", due=None, done_on=earlier).done_on == earlier
    with pytest.raises(BadInput, match=r"before the incident began\. Give 2026-03-15 or later"):
        make(incident, state="done", due=None, done_on=earlier - timedelta(days=1))


def test_open_promises_come_in_the_order_they_are_due(incident: Incident) -> None:
    late = make(incident, due=date(2026, 5, 1))
    soon = make(incident, due=date(2026, 4, 1))
    make(incident, state="done")
    assert open_promises(incident.page) == [soon, late]


def test_a_promise_is_overdue_the_day_after(incident: Incident) -> None:
    made = make(incident, due=TODAY)
    assert not is_overdue(made, TODAY)
    assert is_overdue(made, TODAY + timedelta(days=1))
    assert not is_overdue(make(incident, state="done", due=TODAY), TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"what": ""}, "what"),
        ({"why": "x" * 501}, "why"),
        ({"effect": None}, "effect"),
        ({"mechanism": "hope"}, "mechanism"),
        ({"due": None}, "due"),
        ({"due": TODAY - timedelta(days=1)}, "due"),
        ({"due": date(2001, 3, 4)}, "due"),
        ({"due": date(9999, 3, 4)}, "due"),
        ({"state": "done", "done_on": date(1, 3, 4)}, "done_on"),
        ({"state": "dropped"}, "state"),
        ({"state": "soon"}, "state"),
        ({"done_on": TODAY}, "done_on"),
        ({"state": "done", "done_on": TODAY + timedelta(days=1)}, "done_on"),
        ({"tracker_url": "javascript:alert(1)"}, "tracker_url"),
        ({"tracker_url": "https://[broken"}, "tracker_url"),
        ({"owner_name": "two\nlines"}, "owner_name"),
    ],
)
def test_bad_input_is_named_and_nothing_is_promised(
    incident: Incident, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        make(incident, **given)
    assert list(refused.value.problems) == [field]
    assert of_incident(incident) == []


def test_it_takes_a_writer(incident: Incident) -> None:
    with pytest.raises(NotAllowed, match="Writer"):
        promise(
            actor=a_person("Ada", Role.PUBLISHER, now=NOON), now=NOON, incident=incident,
            due=TODAY, **WORDS,
        )  # fmt: skip


def test_a_promise_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match="nothing-here"):
        by_public_id("nothing-here")
