"""What another page published comes in once, follows its source, and touches nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.audit.queries import entries_about
from afterword.components.models import Page
from afterword.incidents.actions import (
    ImportedUpdate,
    add_update,
    import_incident,
    open_incident,
    save_record,
)
from afterword.incidents.models import Incident, Update
from afterword.incidents.queries import case_of, current_record, updates_of
from afterword.kit.errors import BadInput, NotAllowed
from afterword.kit.texts import legible
from conftest import NOON
from incidents.building import a_component, a_page, a_person

HOUR = timedelta(hours=1)


def update(number: int, status: str, **given: Any) -> ImportedUpdate:
    fields = {
        "public_id": f"u{number}",
        "status": status,
        "body": f"Word {number}.",
        "display_at": NOON + number * HOUR,
    }
    return ImportedUpdate(**(fields | given))


def bring(page: Page, **given: Any) -> tuple[Incident, bool]:
    fields: dict[str, Any] = {
        "public_id": "abc123",
        "title": "Parcels were not labelled",
        "status": "resolved",
        "impact": "major",
        "started_at": NOON,
        "resolved_at": NOON + HOUR,
        "updates": [update(0, "investigating"), update(1, "resolved")],
        "source": "statuspage",
    }
    return import_incident(actor=MACHINE, now=NOON + 9 * HOUR, page=page, **(fields | given))


@pytest.fixture
def page(db: None) -> Page:
    return a_page(NOON)


def test_the_same_incident_twice_changes_nothing(page: Page) -> None:
    first, changed = bring(page)
    assert changed
    entries = len(entries_about("incident:abc123"))
    again, changed = bring(page)
    assert (again, changed) == (first, False)
    assert len(entries_about("incident:abc123")) == entries
    assert [u.status for u in updates_of(first)] == ["investigating", "resolved"]


def test_the_source_is_followed_and_what_it_dropped_stays(page: Page) -> None:
    bring(page)
    mended = [update(1, "resolved", body="Word one, mended."), update(2, "resolved")]
    incident, changed = bring(page, updates=mended, title="Labels failed")
    assert changed
    assert incident.title == "Labels failed"
    assert [u.body for u in updates_of(incident)] == ["Word 0.", "Word one, mended.", "Word 2."]


def test_importing_opens_no_case_unless_asked(page: Page) -> None:
    incident, _ = bring(page)
    assert case_of(incident) is None
    assert current_record(incident) is None
    bring(page, open_case=True)
    assert case_of(incident) is not None
    assert current_record(incident).data["times"]["impact_ended"] == "2026-03-18T13:00:00Z"


def test_an_open_incident_opens_no_case_even_when_asked(page: Page) -> None:
    incident, _ = bring(page, status="monitoring", resolved_at=None, open_case=True)
    assert case_of(incident) is None


def test_the_status_of_components_is_left_alone(page: Page) -> None:
    labels = a_component(page, NOON)
    incident, _ = bring(page, components=[labels])
    labels.refresh_from_db()
    assert labels.status == "operational"
    assert list(incident.components.all()) == [labels]


def test_the_worst_a_component_was_becomes_its_impact_in_the_record(page: Page) -> None:
    labels = a_component(page, NOON)
    touched = [{"code": labels.public_id, "name": "Label printing", "old_status": "operational",
                "new_status": "partial_outage"}]  # fmt: skip
    incident, _ = bring(
        page, components=[labels], open_case=True,
        updates=[update(0, "investigating", affected=touched), update(1, "resolved")],
    )  # fmt: skip
    assert current_record(incident).data["components"][0]["impact"] == "partial_outage"


def test_a_published_post_mortem_is_kept_as_resolved(page: Page) -> None:
    incident, _ = bring(page, status="postmortem", updates=[update(0, "postmortem")])
    assert incident.status == "resolved"
    (word,) = updates_of(incident)
    assert (word.status, word.extra) == ("resolved", {"status": "postmortem"})


def test_a_maintenance_comes_in_as_one(page: Page) -> None:
    incident, _ = bring(
        page, kind="maintenance", status="completed", impact="maintenance",
        scheduled_for=NOON, scheduled_until=NOON + HOUR, updates=[update(0, "scheduled")],
        open_case=True,
    )  # fmt: skip
    assert case_of(incident) is None


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"public_id": "Not An Id"}, "public_id"),
        ({"title": ""}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"kind": "party"}, "kind"),
        ({"source": " "}, "source"),
        ({"status": "burning"}, "status"),
        ({"status": "scheduled", "resolved_at": None}, "status"),
        ({"status": "monitoring"}, "resolved_at"),
        ({"impact": "huge"}, "impact"),
        ({"severity": 9}, "severity"),
        ({"resolved_at": NOON - HOUR}, "resolved_at"),
        ({"started_at": NOON.replace(tzinfo=None)}, "started_at"),
        ({"scheduled_for": NOON, "scheduled_until": NOON - HOUR}, "scheduled_until"),
        ({"extra": {"note": "nul \x00"}}, "extra"),
        ({"updates": [update(0, "burning")]}, "updates[0].status"),
        ({"updates": [update(0, "resolved"), update(0, "resolved")]}, "updates[1].public_id"),
        ({"updates": [update(0, "resolved", public_id="x" * 65)]}, "updates[0].public_id"),
        ({"updates": [update(0, "resolved", body="half \ud83d")]}, "updates[0].body"),
        ({"updates": [update(0, "resolved", body_format="rtf")]}, "updates[0].body_format"),
        (
            {"updates": [update(0, "resolved", display_at=NOON.replace(tzinfo=None))]},
            "updates[0].display_at",
        ),
        ({"updates": [update(0, "resolved", affected=[{"name": "\x00"}])]}, "updates[0].affected"),
    ],
)
def test_what_cannot_be_kept_is_named_and_nothing_is_written(
    page: Page, given: dict[str, Any], path: str
) -> None:
    with pytest.raises(BadInput) as refused:
        bring(page, **given)
    assert path in refused.value.problems
    assert not Incident.objects.exists()
    assert not Update.objects.exists()


def as_it_is(incident: Incident) -> tuple[Any, ...]:
    """Everything that is kept of an incident and its words."""
    rows = (
        Incident.objects.filter(pk=incident.pk).values(),
        incident.updates.order_by("pk").values(),
    )
    return tuple(list(each) for each in rows)


def test_what_is_run_here_is_told_by_nobody_else(page: Page) -> None:
    ours = open_incident(actor=MACHINE, now=NOON, page=page, title="Labels", body="We look.")
    before = as_it_is(ours)
    with pytest.raises(BadInput, match="run here") as refused:
        bring(page, public_id=ours.public_id)
    assert "public_id" in refused.value.problems
    assert as_it_is(ours) == before


def test_what_came_from_one_page_does_not_come_from_another(page: Page) -> None:
    incident, _ = bring(page)
    before = as_it_is(incident)
    with pytest.raises(BadInput, match="came from statuspage and comes from elsewhere now"):
        bring(page, source="elsewhere", updates=[update(2, "resolved")])
    assert as_it_is(incident) == before


def test_what_is_told_here_since_it_came_stays_as_it_was_told(page: Page) -> None:
    incident, _ = bring(
        page, status="investigating", resolved_at=None, updates=[update(0, "investigating")]
    )
    add_update(
        actor=MACHINE, now=NOON + 9 * HOUR, incident=incident, status="monitoring", body="Better."
    )
    before = as_it_is(incident)
    with pytest.raises(BadInput, match="told here since"):
        bring(page)
    assert as_it_is(incident) == before


def test_how_grave_it_was_and_what_its_record_says_stay(page: Page) -> None:
    incident, _ = bring(page, open_case=True, extra={"shortlink": "a", "backfilled": True})
    record = current_record(incident)
    facts = record.data | {"incident": record.data["incident"] | {"severity": 4}}
    save_record(
        actor=MACHINE, now=NOON + 10 * HOUR, incident=incident, data=facts, expected_version=1
    )
    bring(
        page, impact="critical", updates=[update(2, "resolved")],
        extra={"shortlink": "b", "backfilled": False, "worst_severity": 4},
    )  # fmt: skip
    incident.refresh_from_db()
    assert (incident.severity, incident.impact) == (4, "critical")
    assert incident.extra == {"shortlink": "b", "backfilled": True, "worst_severity": 2}


def test_what_has_a_case_here_is_not_opened_again_by_another_page(page: Page) -> None:
    bring(page, open_case=True)
    with pytest.raises(BadInput, match="Reopen it here") as refusal:
        bring(page, status="investigating", resolved_at=None)
    assert refusal.value.problems == {"status": "would be open again"}
    kept = Incident.objects.get()
    assert (kept.status, kept.resolved_at) == ("resolved", NOON + HOUR)
    _, changed = bring(page, updates=[update(0, "investigating"), update(1, "resolved"),
                                      update(2, "postmortem")])  # fmt: skip
    assert changed, "how it goes on is still told"


def test_it_takes_an_administrator(page: Page) -> None:
    with pytest.raises(NotAllowed):
        import_incident(
            actor=a_person("Ada", Role.RESPONDER, now=NOON), now=NOON, page=page, public_id="a",
            title="x", status="resolved", impact="none", started_at=NOON, updates=[],
        )  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(max_size=300),
    body=st.text(max_size=300),
    status=st.text(max_size=8) | st.sampled_from(["resolved", "monitoring", "postmortem"]),
    extra=st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.floats() | st.integers()),
)
def test_anything_is_kept_or_refused(
    page: Page, title: str, body: str, status: str, extra: dict[str, Any]
) -> None:
    try:
        incident, _ = bring(
            page, title=title, status=status, resolved_at=None, extra=extra,
            updates=[update(0, "resolved", body=body)],
        )  # fmt: skip
    except BadInput as wrong:
        assert wrong.problems
    else:
        assert Incident.objects.get(pk=incident.pk).title == legible(title).strip()
