"""Whatever is sent, the record is saved whole and in one form, or refused with paths."""

import copy
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.audit.queries import entries_about
from afterword.incidents.actions import add_update, reopen, save_record
from afterword.incidents.decision import History, propose
from afterword.incidents.models import Incident, RecordVersion
from afterword.incidents.normal import normal_form
from afterword.incidents.queries import current_record, record_versions
from afterword.incidents.record import gaps, public_facts, starting_record
from afterword.kit.errors import BadInput, Conflict, NotAllowed
from afterword.kit.hashing import sha256_of_json
from afterword.wording.queries import validate_record
from conftest import NOON
from incidents.building import a_component, a_page, a_person, a_resolved_incident, an_incident
from wording.records import COMPLETE, changed


@pytest.fixture
def incident(db: None) -> Incident:
    return an_incident(a_page(NOON), NOON)


def save(incident: Incident, data: Any, expected: int | None = None) -> RecordVersion:
    return save_record(
        actor=MACHINE, now=NOON, incident=incident, data=data, expected_version=expected
    )


def refused(data: Any) -> dict[str, str]:
    _, problems = normal_form(data, now=NOON)
    return problems


def test_versions_count_up_and_the_same_facts_write_nothing(incident: Incident) -> None:
    first = save(incident, COMPLETE, 0)
    again = save(incident, copy.deepcopy(COMPLETE), 1)
    assert first == again
    second = save(incident, changed(symptoms=["labels came out blank"]), 1)
    assert [v.version for v in record_versions(incident)] == [1, 2]
    assert current_record(incident) == second
    assert second.hash == sha256_of_json(RecordVersion.objects.get(pk=second.pk).data)


FEWER = {"customers": {"affected": 12, "total": 4860, "percent": 0.2, "basis": "measured"}}
NO_PART = {
    "sla": [], "previous": [], "components": [{"name": "Label printing", "impact": "none"}],
}  # fmt: skip
OF_MORE = {"customers": {"affected": 1798, "total": 599_400, "percent": 0.3, "basis": "measured"}}


@pytest.mark.parametrize(
    ("known", "less", "said"),
    [
        ({}, FEWER, "1,798 customers became 12"),
        ({}, {"incident": {"severity": 4}}, "severity 1 became 4"),
        ({"data": {"loss": "possible"}}, {}, "loss: possible became none"),
        (NO_PART, NO_PART | OF_MORE, "the table asked for summary, now for short"),
    ],
)
def test_once_readers_were_told_a_record_that_gets_smaller_needs_a_reason(
    incident: Incident, known: dict[str, Any], less: dict[str, Any], said: str
) -> None:
    save(incident, changed(**known))
    told: dict[str, Any] = {
        "actor": MACHINE, "now": NOON, "incident": incident, "data": changed(**less),
        "expected_version": 1, "were_told": True,
    }  # fmt: skip
    with pytest.raises(BadInput, match=said) as refusal:
        save_record(**told, reason="  ")
    assert set(refusal.value.problems) == {"reason"}
    assert [v.version for v in record_versions(incident)] == [1]
    saved = save_record(**told, reason="They counted twice.")
    assert (saved.version, saved.reason) == (2, "They counted twice.")


def test_what_does_not_get_smaller_needs_no_reason_and_may_have_one(incident: Incident) -> None:
    save(incident, COMPLETE)
    more = copy.deepcopy(COMPLETE)
    more["customers"] = {"affected": 4000, "total": 4860, "percent": 82.3, "basis": "measured"}
    told: dict[str, Any] = {"actor": MACHINE, "now": NOON, "incident": incident}
    grown = save_record(**told, data=more, expected_version=1, were_told=True)
    assert (grown.version, grown.reason) == (2, "")
    kept = save_record(**told, data=changed(**FEWER), expected_version=2)
    assert kept.version == 3, "nobody was told yet"
    why = save_record(**told, data=more, expected_version=3, reason="Found\r\nin the log.")
    assert why.reason == "Found\nin the log."


def test_a_first_record_that_is_lighter_than_the_incident_needs_a_reason(
    incident: Incident,
) -> None:
    incident.severity = 1
    incident.save()
    light = copy.deepcopy(COMPLETE)
    light["incident"] |= {"severity": 4}
    with pytest.raises(BadInput, match="severity 1 became 4"):
        save_record(actor=MACHINE, now=NOON, incident=incident, data=light, expected_version=0,
                    were_told=True)  # fmt: skip


def test_the_same_facts_in_other_words_are_the_same_version(incident: Incident) -> None:
    save(incident, COMPLETE)
    spelled = changed(times={"impact_began": "2026-03-04T09:12:00+01:00"})
    spelled["customers"].pop("percent")
    assert save(incident, spelled).version == 1


def test_a_stale_writer_is_told_and_nothing_is_saved(incident: Incident) -> None:
    save(incident, COMPLETE, 0)
    for stale in (0, 2):
        with pytest.raises(Conflict, match="version 1 now"):
            save(incident, changed(symptoms=["labels came out blank"]), stale)
    assert len(record_versions(incident)) == 1


def test_the_severity_of_the_record_is_that_of_the_incident(incident: Incident) -> None:
    save(incident, changed(incident={"severity": 3}))
    assert Incident.objects.get(pk=incident.pk).severity == 3


def test_the_audit_log_names_the_sections_and_not_the_facts(incident: Incident) -> None:
    save(incident, COMPLETE)
    save(incident, changed(symptoms=["a canary sang"]))
    last = entries_about(f"incident:{incident.public_id}")[-1]
    assert last.detail == {"version": 2, "changed": ["symptoms"]}


def test_it_takes_someone_who_may_edit_facts(incident: Incident) -> None:
    reviewer = a_person("Ada", Role.REVIEWER, now=NOON)
    with pytest.raises(NotAllowed):
        save_record(
            actor=reviewer, now=NOON, incident=incident, data=COMPLETE, expected_version=None
        )


def test_a_percentage_is_computed_never_typed() -> None:
    record, problems = normal_form(changed(customers={"percent": None}), now=NOON)
    assert not problems
    assert record["customers"]["percent"] == 37.0


@pytest.mark.parametrize("typed", [36.9, 30, 63, 0.37, 37.1])
def test_a_percentage_that_contradicts_its_figures_is_refused(typed: float) -> None:
    problems = refused(changed(customers={"percent": typed}))
    assert list(problems) == ["customers.percent"]
    assert "1,798 of 4,860 is 37.0%" in problems["customers.percent"]


@pytest.mark.parametrize(
    ("affected", "total", "share"), [(1, 48_600, 0.0021), (4859, 4860, 99.9), (4860, 4860, 100.0)]
)
def test_a_share_never_rounds_to_nobody_or_everybody(
    affected: int, total: int, share: float
) -> None:
    customers = {"affected": affected, "total": total, "percent": None}
    record, problems = normal_form(changed(customers=customers), now=NOON)
    assert not problems
    assert record["customers"]["percent"] == share
    assert not refused(record)


@pytest.mark.parametrize(
    ("sections", "path", "why"),
    [
        ({"times": {"impact_ended": "2026-03-04T08:00:00Z"}}, "times.impact_ended", "before"),
        ({"times": {"mitigated": "2026-03-04T15:00:00Z"}}, "times.impact_ended", "mitigated"),
        ({"times": {"first_update": "2026-03-04T08:19:00Z"}}, "times.first_update", "detected"),
        ({"times": {"watch_until": "2026-03-04T14:00:00Z"}}, "times.watch_until", "before"),
        (
            {
                "times": {
                    "impact_began": "2027-01-01T00:00:00Z",
                    "impact_ended": None,
                    "mitigated": None,
                    "watch_until": None,
                }
            },
            "times.impact_began",
            "future",
        ),
        ({"times": {"detected": "2026-03-04 08:20"}}, "times.detected", "zone"),
        ({"times": {"detected": "half past eight"}}, "times.detected", "date"),
        ({"times": "yesterday"}, "times", "object"),
        ({"times": {"basis": "measured"}}, "times.basis", "object"),
        ({"times": {"basis": {"detected": "guessed"}}}, "times.basis.detected", "measured"),
        ({"times": {"basis": {"detected": "unknown"}}}, "times.basis.detected", "unknown"),
        ({"customers": {"affected": 5000}}, "customers.affected", "more than"),
        ({"customers": {"affected": -1}}, "customers.affected", "0 or more"),
        ({"customers": {"affected": 1.5}}, "customers.affected", "whole"),
        ({"customers": {"affected": True}}, "customers.affected", "whole"),
        ({"customers": {"affected": 10**30}}, "customers.affected", "large"),
        ({"customers": {"basis": "unknown"}}, "customers.basis", "says unknown"),
        (
            {"customers": {"affected": None, "percent": None}},
            "customers.basis",
            "no figure is given",
        ),
        ({"data": {"people_basis": "measured"}}, "data.people_basis", "no figure"),
        ({"data": {"loss": "maybe"}}, "data.loss", "must be one of"),
        ({"data": {"loss": ["none"]}}, "data.loss", "must be one of"),
        ({"incident": {"severity": 5}}, "incident.severity", "1"),
        ({"components": [{"name": "A"}, {"name": "a"}]}, "components[1].name", "twice"),
        ({"components": [{"impact": "none"}]}, "components[0].name", "missing"),
        ({"components": {"name": "A"}}, "components", "list"),
        ({"symptoms": ["nul \x00 here"]}, "symptoms[0]", "control character"),
        ({"symptoms": ["half \ud83d"]}, "symptoms[0]", "surrogate"),
        ({"symptoms": ["x" * 10_001]}, "symptoms[0]", "limit"),
        ({"previous": [{"title": "no date"}]}, "previous[0].date", "missing"),
        ({"wrong_results": "perhaps"}, "wrong_results", "true, false"),
        ({"schema": "plaintalk-record/9"}, "schema", "must be"),
        ({"lexicon": {"note": float("nan")}}, "lexicon.note", "large"),
    ],
)
def test_what_cannot_be_true_is_refused_with_its_path(
    sections: dict[str, Any], path: str, why: str
) -> None:
    problems = refused(changed(**sections))
    assert list(problems) == [path]
    assert why in problems[path]


def test_a_refusal_writes_nothing_and_says_where(incident: Incident) -> None:
    with pytest.raises(BadInput, match=r"times\.impact_ended is before") as error:
        save(incident, changed(times={"impact_ended": "2026-03-04T08:00:00Z"}))
    assert "times.impact_ended" in error.value.problems
    assert current_record(incident) is None


@pytest.mark.parametrize("data", [None, [], "record", 7, {1: "x"}, {"x": object()}])
def test_what_is_no_record_at_all_is_refused(data: Any) -> None:
    assert refused(data)


def test_a_record_as_deep_as_a_well_or_as_large_as_a_book_is_refused() -> None:
    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"lexicon": deep}
    assert "too deeply" in refused(changed(more=deep))[""]
    assert "too large" in refused(changed(more=[0] * 50_000))[""]


def test_what_is_not_said_is_unknown_and_never_none() -> None:
    record, problems = normal_form({"schema": "plaintalk-record/1"}, now=NOON)
    assert not problems
    assert set(record["times"]["basis"].values()) == {"unknown"}
    assert record["customers"]["basis"] == "unknown"
    assert record["regions"]["basis"] == "unknown"
    assert [record["data"][k] for k in ("confidentiality", "loss", "integrity")] == ["unknown"] * 3
    assert record["security"]["malicious"] == "unknown"
    assert record["cause"]["confidence"] == "unknown"
    assert record["sla"] is None


def test_a_fact_without_a_basis_is_an_estimate() -> None:
    sections = {"customers": {"affected": 3, "total": 9, "percent": None, "basis": None}}
    record, problems = normal_form(changed(**sections), now=NOON)
    assert not problems
    assert record["customers"]["basis"] == "estimated"
    assert record["times"]["basis"]["impact_began"] == "estimated"


def test_every_gap_is_a_question_with_a_path(incident: Incident) -> None:
    record, _ = normal_form(COMPLETE, now=NOON)
    assert gaps(record) == {}
    empty, _ = normal_form({"schema": "plaintalk-record/1"}, now=NOON)
    assert {"times.impact_began", "customers", "data.loss", "symptoms", "sla"} <= set(gaps(empty))
    assert all(question.endswith(("?", ".")) for question in gaps(empty).values())


@pytest.mark.django_db
def test_the_first_record_of_a_case_holds_what_the_incident_tells_and_no_more() -> None:
    page = a_page(NOON, support_contact="support@larkpost.example")
    incident = a_resolved_incident(page, NOON, component=a_component(page, NOON))
    record = current_record(incident)
    assert record.version == 1
    assert record.data["times"]["impact_began"] == "2026-03-18T06:00:00Z"
    assert record.data["times"]["impact_ended"] == "2026-03-18T12:00:00Z"
    assert record.data["times"]["basis"]["impact_began"] == "estimated"
    assert record.data["components"] == [
        {
            "name": "Label printing",
            "aliases": [],
            "impact": "major_outage",
            "began": "2026-03-18T06:00:00Z",
            "ended": "2026-03-18T12:00:00Z",
            "state_now": "operational",
        }
    ]
    assert "customers" in gaps(record.data)
    assert starting_record(incident)["data"]["loss"] == "unknown"


@pytest.mark.django_db
def test_parts_of_one_name_in_two_groups_are_told_apart() -> None:
    page = a_page(NOON)
    groups = [a_component(page, NOON, name, is_group=True) for name in ("EU", "US")]
    parts = [a_component(page, NOON, "API", group=group) for group in groups]
    parts.append(a_component(page, NOON, "api"))
    incident = a_resolved_incident(page, NOON, components=dict.fromkeys(parts, "major_outage"))
    names = [c["name"] for c in current_record(incident).data["components"]]
    assert len({n.casefold() for n in names}) == 3
    assert {"EU: API", "US: API"} & set(names)


def test_only_named_facts_become_public() -> None:
    secrets = ("Noor Haddad", "lab-prod-03", "OPS", "Fernway", "Innerhost", "queue-full", "secret")
    record, _ = normal_form(changed(internal={"note": "secret"}, sla=[{"account": "Fernway"}]),
                            now=NOON)  # fmt: skip
    facts = public_facts(record)
    assert not [s for s in secrets if s in repr(facts)]
    assert facts["duration_seconds"] == 22_320
    assert facts["duration"] == "6 hours 12 minutes"
    assert facts["customers"] == {
        "affected": 1798,
        "total": 4860,
        "percent": 37.0,
        "basis": "measured",
    }


def test_a_vendor_is_named_only_when_it_may_be() -> None:
    record, _ = normal_form(changed(cause={"vendor_may_be_named": True}), now=NOON)
    assert public_facts(record)["cause"]["vendor"] == "Innerhost"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["unknown", "none", "2026-03-04T08:12:00Z", "measured", "confirmed"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)
PATHS = [
    (section, key)
    for section, value in COMPLETE.items()
    for key in ([None, *value] if isinstance(value, dict) else [None])
]


@st.composite
def spoilt_records(draw: st.DrawFn) -> Any:
    """Anything at all, or a sound record with some of its values replaced by anything."""
    if draw(st.integers(0, 9)) == 0:
        return draw(JSON)
    record = copy.deepcopy(COMPLETE)
    for section, key in draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=3)):
        if key is None:
            record[section] = draw(JSON)
        elif isinstance(record[section], dict):
            record[section][key] = draw(JSON)
    return record


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoilt_records())
def test_any_json_is_saved_or_refused_with_paths(incident: Incident, data: Any) -> None:
    try:
        version = save(incident, data)
    except BadInput as wrong:
        assert wrong.problems
        assert all(isinstance(k, str) and v for k, v in wrong.problems.items())
        return
    stored = RecordVersion.objects.get(pk=version.pk).data
    assert validate_record(stored) == {}
    again, problems = normal_form(stored, now=NOON + timedelta(days=1))
    assert not problems
    assert sha256_of_json(again) == version.hash
    public_facts(stored)
    gaps(stored)
    propose(stored, History())


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoilt_records())
def test_no_saved_record_keeps_an_incident_from_its_end_or_its_reopening(
    incident: Incident, data: Any
) -> None:
    with transaction.atomic():
        try:
            save(incident, data)
        except BadInput:
            return
        for hour in (1, 2):
            now = NOON + timedelta(hours=hour)
            add_update(actor=MACHINE, now=now, incident=incident, status="resolved", body="Over.")
            assert current_record(incident).data["incident"]["status"] == "resolved"
            reopen(actor=MACHINE, now=now, incident=incident, reason="It fails again.")
            assert current_record(incident).data["times"]["impact_ended"] is None
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("path", "sections"),
    [
        ("times.impact_began", {"times": {"impact_began": "0001-01-01T00:00:00Z"}}),
        ("times.watch_until", {"times": {"watch_until": "9999-12-31T23:59:59Z"}}),
        ("previous[0].date", {"previous": [{"date": "0205-03-04", "title": "Labels were late"}]}),
        ("measures[0].due", {"measures": [{"text": "a limit", "due": "2260-01-01"}]}),
    ],
)
def test_a_year_that_cannot_be_is_named_wherever_it_stands(path: str, sections: Any) -> None:
    assert "in the year" in refused(changed(**sections))[path]
