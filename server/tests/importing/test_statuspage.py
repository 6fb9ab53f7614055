"""What the Statuspage parser takes, mends and leaves out. Shapes are invented unless recorded."""

import copy
import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterword.importing.parsed import Parsed
from afterword.importing.reading import MAX_BYTES
from afterword.importing.statuspage import parse
from afterword.kit.errors import BadInput
from afterword.kit.ids import is_public_id
from importing.damage import mutate

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
COMPONENT = {"id": "cmp000000001", "name": "Ticket sales", "status": "operational", "position": 1}
FIRST = {
    "id": "upd000000001",
    "status": "investigating",
    "body": "Card payments are failing.",
    "created_at": "2026-03-04T08:31:00.000Z",
    "display_at": "2026-03-04T08:31:00.000Z",
    "affected_components": [
        {
            "code": "cmp000000001",
            "name": "Ticket sales",
            "old_status": "operational",
            "new_status": "major_outage",
        }
    ],
}
LAST = {
    "id": "upd000000002",
    "status": "resolved",
    "body": "Payments work again.",
    "created_at": "2026-03-04T14:24:00.000Z",
    "display_at": "2026-03-04T14:24:00.000Z",
    "affected_components": None,
}
INCIDENT = {
    "id": "inc000000001",
    "name": "Card payments failed",
    "status": "resolved",
    "impact": "critical",
    "created_at": "2026-03-04T08:31:00.000Z",
    "started_at": "2026-03-04T08:30:59.990Z",
    "updated_at": "2026-03-04T14:24:00.100Z",
    "monitoring_at": None,
    "resolved_at": "2026-03-04T14:24:00.000Z",
    "incident_updates": [LAST, FIRST],
    "components": [COMPONENT],
}
PAGE = {"id": "pag000000001", "name": "Fernway", "url": "https://status.fernway.example"}
DOCUMENT = {"page": PAGE, "incidents": [INCIDENT]}


def read(document: Any) -> Parsed:
    return parse(json.dumps(document).encode(), now=NOW)


def changed(target: str = "incident", **fields: Any) -> Parsed:
    """Parse the sample with some fields of the incident or of its first update replaced."""
    document = copy.deepcopy(DOCUMENT)
    incident = document["incidents"][0]
    (incident if target == "incident" else incident["incident_updates"][1]).update(fields)
    return read(document)


def test_an_incident_comes_out_with_its_updates_oldest_first() -> None:
    parsed = read(DOCUMENT)
    (incident,) = parsed.incidents
    assert (incident.public_id, incident.title) == ("inc000000001", "Card payments failed")
    assert (incident.kind, incident.status, incident.impact) == ("incident", "resolved", "critical")
    assert [u.status for u in incident.updates] == ["investigating", "resolved"]
    assert incident.updates[0].body == "<p>Card payments are failing.</p>"
    assert incident.updates[0].affected is not None
    assert incident.updates[0].affected[0].new_status == "major_outage"
    assert incident.updates[1].affected is None
    assert incident.resolved_at == datetime(2026, 3, 4, 14, 24, tzinfo=UTC)
    assert incident.components == ("cmp000000001",)
    assert parsed.page is not None
    assert parsed.page.url == "https://status.fernway.example"
    assert (parsed.skipped, parsed.mended) == ((), ())


# -- recordings ---------------------------------------------------------------------------------


def recordings(shared_fixtures: Path) -> list[Path]:
    found = sorted((shared_fixtures / "statuspage-v2").rglob("*.json"))
    return [path for path in found if "subscriber" not in path.name]


def test_every_recording_is_read_whole(shared_fixtures: Path) -> None:
    for path in recordings(shared_fixtures):
        parsed = parse(path.read_bytes(), now=NOW)
        document = json.loads(path.read_bytes())
        single = "incident_updates" in document
        incidents = 1 if single else len(document.get("incidents", []))
        plans = len(document.get("scheduled_maintenances", []))
        assert parsed.skipped == (), path
        assert len(parsed.incidents) == incidents, path
        assert len(parsed.maintenances) == plans, path
        listed = {c["id"].lower() for c in document.get("components", [])}
        assert listed <= {c.public_id for c in parsed.components}, path


def test_fifty_incidents_of_a_real_page_keep_every_word(shared_fixtures: Path) -> None:
    path = shared_fixtures / "statuspage-v2/github/incidents_2026-07-31.json"
    parsed = parse(path.read_bytes(), now=NOW)
    assert len(parsed.incidents) == 50
    assert sum(len(i.updates) for i in parsed.incidents) == sum(
        len(i["incident_updates"]) for i in json.loads(path.read_bytes())["incidents"]
    )
    assert all(i.resolved_at is None or i.resolved_at >= i.started_at for i in parsed.incidents)
    places = {note.where for note in parsed.mended}
    assert places == {f"/incidents/{n}/started_at" for n in (9, 32, 39)}


def test_the_dialect_without_zone_groups_and_start_is_read(shared_fixtures: Path) -> None:
    path = shared_fixtures / "statuspage-v2/hashicorp/summary_2026-04-21_incidentio-compat.json"
    parsed = parse(path.read_bytes(), now=NOW)
    assert parsed.page is not None
    assert parsed.page.time_zone == ""
    assert all(is_public_id(i.public_id) for i in parsed.incidents)
    assert all(i.started_at <= i.updates[0].display_at for i in parsed.incidents)
    assert all(i.extra["source_id"].lower() == i.public_id for i in parsed.incidents)
    assert any(u.body == "" for i in parsed.incidents for u in i.updates)


def test_offsets_of_another_zone_become_utc(shared_fixtures: Path) -> None:
    path = shared_fixtures / "statuspage-v2/pagerduty/incident_lphfkdlhdbbd_2016.json"
    (incident,) = parse(path.read_bytes(), now=NOW).incidents
    assert incident.resolved_at == datetime(2016, 2, 19, 0, 36, 47, 81000, tzinfo=UTC)
    assert incident.extra["impact_override"] == "critical"


# -- files that are no recording ----------------------------------------------------------------


def refused(raw: bytes) -> BadInput:
    with pytest.raises(BadInput) as caught:
        parse(raw, now=NOW)
    return caught.value


def test_a_truncated_file_names_line_and_column() -> None:
    raw = json.dumps(DOCUMENT, indent=1).encode()
    error = refused(raw[: len(raw) // 2])
    assert "line" in error.message
    assert "column" in error.message
    (place,) = error.problems
    assert f"at {place}." in error.message
    assert "at at" not in error.message


def test_a_web_page_is_answered_with_the_address_to_use() -> None:
    assert "/api/v2/incidents.json" in refused(b"<!doctype html><title>Status</title>").message


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"[1, 2", "line 1, column 6"),
        (b'{"incidents": NaN}', "NaN"),
        (b'{"incidents": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"page": "\xff"}', "byte 10"),
        (b"[" * 200_000, "deeply"),
        (b'"incidents"', "holds text"),
        (b"{}", "no incidents"),
        (b'{"subscriber": {"id": "abc"}}', "no incidents"),
    ],
)
def test_what_is_no_recording_is_refused_with_the_reason(raw: bytes, word: str) -> None:
    assert word in refused(raw).message


def test_fifty_megabytes_are_refused_before_they_are_parsed() -> None:
    assert "50 MB" in refused(b" " * (MAX_BYTES + 1)).message


# -- items that are odd -------------------------------------------------------------------------


def places(notes: tuple[Any, ...]) -> list[str]:
    return [note.where for note in notes]


@pytest.mark.parametrize(
    "document",
    [
        {"incidents": {"0": INCIDENT}},
        {"incidents": "none"},
        {"incidents": [None, 7, "text", [INCIDENT]]},
        {"incidents": [{**INCIDENT, "id": None}]},
        {"incidents": [{**INCIDENT, "id": "../../etc/passwd"}]},
        {"incidents": [{**INCIDENT, "name": None}]},
        {"incidents": [{**INCIDENT, "name": " \u2028 "}]},
        {"incidents": [{**INCIDENT, "incident_updates": None}]},
        {"incidents": [{**INCIDENT, "incident_updates": [{"id": "u", "status": "resolved"}]}]},
    ],
)
def test_an_incident_that_cannot_be_kept_is_left_out_and_reported(document: Any) -> None:
    parsed = read(document)
    assert parsed.incidents == ()
    assert parsed.skipped
    assert all(note.where.startswith("/incidents") and note.why for note in parsed.skipped)


def test_one_bad_incident_does_not_cost_the_others() -> None:
    parsed = read({"incidents": [{**INCIDENT, "id": []}, INCIDENT]})
    assert [i.public_id for i in parsed.incidents] == ["inc000000001"]
    assert places(parsed.skipped) == ["/incidents/0"]


def test_of_two_incidents_with_one_id_the_first_counts() -> None:
    parsed = read(
        {"incidents": [INCIDENT], "scheduled_maintenances": [{**INCIDENT, "name": "Second"}]}
    )
    assert [i.title for i in parsed.incidents] == ["Card payments failed"]
    assert parsed.maintenances == ()
    assert places(parsed.skipped) == ["/scheduled_maintenances/0"]


def test_of_two_updates_with_one_id_the_older_counts() -> None:
    parsed = changed(incident_updates=[{**LAST, "id": FIRST["id"]}, FIRST])
    assert [u.status for u in parsed.incidents[0].updates] == ["investigating"]
    assert "/incidents/0/incident_updates/0" in places(parsed.skipped)


def test_of_two_components_with_one_id_the_first_counts() -> None:
    parsed = read({"components": [COMPONENT, {**COMPONENT, "name": "Other"}]})
    assert [c.name for c in parsed.components] == ["Ticket sales"]
    assert places(parsed.skipped) == ["/components/1"]


def test_a_start_after_the_end_is_taken_from_the_first_update() -> None:
    parsed = changed(started_at="2026-03-05T00:00:00Z")
    assert parsed.incidents[0].started_at == datetime(2026, 3, 4, 8, 31, tzinfo=UTC)
    assert places(parsed.mended) == ["/incidents/0/started_at"]


def test_an_end_before_everything_leaves_the_incident_out() -> None:
    parsed = changed(resolved_at="2026-03-01T00:00:00Z")
    assert parsed.incidents == ()
    assert places(parsed.skipped) == ["/incidents/0"]


@pytest.mark.parametrize(
    "when",
    ["2031-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
     "yesterday", "2026-03-04T08:31:00", "", 1772613060, {}, True, "2026-02-30T00:00:00Z"],
)  # fmt: skip
def test_an_impossible_time_is_left_out_and_the_creation_time_used(when: Any) -> None:
    parsed = changed("update", display_at=when)
    assert parsed.incidents[0].updates[0].display_at == datetime(2026, 3, 4, 8, 31, tzinfo=UTC)
    expected = [] if when == "" else ["/incidents/0/incident_updates/1/display_at"]
    assert places(parsed.mended) == expected


def test_a_planned_maintenance_may_lie_ahead() -> None:
    plan = {
        **INCIDENT,
        "status": "scheduled",
        "impact": "maintenance",
        "resolved_at": None,
        "scheduled_for": "2026-12-24T01:00:00Z",
        "scheduled_until": "2026-12-24T03:00:00Z",
        "incident_updates": [{**FIRST, "status": "scheduled"}],
    }
    parsed = read({"scheduled_maintenances": [plan]})
    assert parsed.maintenances[0].scheduled_until == datetime(2026, 12, 24, 3, tzinfo=UTC)
    back = read({"scheduled_maintenances": [{**plan, "scheduled_until": "2026-12-23T03:00:00Z"}]})
    assert back.maintenances[0].scheduled_until is None
    assert places(back.mended) == ["/scheduled_maintenances/0/scheduled_until"]


@pytest.mark.parametrize("value", ["fixed", None, 3, {}, [], "RESOLVED"])
def test_an_unknown_status_of_an_update_keeps_the_one_before(value: Any) -> None:
    parsed = changed("update", status=value)
    assert parsed.incidents[0].updates[0].status == "investigating"
    assert places(parsed.mended) == ["/incidents/0/incident_updates/1/status"]


@pytest.mark.parametrize("value", ["huge", None, 3, {}, []])
def test_an_unknown_impact_becomes_none_and_is_reported(value: Any) -> None:
    parsed = changed(impact=value)
    assert parsed.incidents[0].impact == "none"
    assert places(parsed.mended) == ["/incidents/0/impact"]


@pytest.mark.parametrize("value", ["fixed", None, 3, {}, [], "monitoring"])
def test_the_newest_update_decides_the_status_of_the_incident(value: Any) -> None:
    parsed = changed(status=value)
    assert parsed.incidents[0].status == "resolved"
    assert places(parsed.mended) == ["/incidents/0/status"]


def test_an_unknown_component_status_is_reported_and_full_outage_understood() -> None:
    parsed = read(
        {
            "components": [
                {**COMPONENT, "status": "on fire"},
                {**COMPONENT, "id": "b", "status": "full_outage"},
            ]
        }
    )
    assert {c.public_id: c.status for c in parsed.components} == {
        "cmp000000001": "operational",
        "b": "major_outage",
    }
    assert places(parsed.mended) == ["/components/0/status"]


def test_scripts_and_handlers_never_survive_and_are_reported() -> None:
    nasty = (
        'Down.<script>alert(1)</script><img src=x onerror="alert(2)">\n\n'
        '<a href="javascript:alert(3)" onclick="x()">here</a> and <b>bold</b><br />'
        '<a href="https://fernway.example/x">there</a>'
    )
    parsed = changed("update", body=nasty)
    body = parsed.incidents[0].updates[0].body
    for trace in ("script", "alert", "onerror", "onclick", "<img"):
        assert trace not in body
    assert '<a href="https://fernway.example/x"' in body
    assert "<b>bold</b>" in body
    (note,) = parsed.mended
    assert note.where == "/incidents/0/incident_updates/1/body"
    assert "<script>" in note.why
    assert "javascript:" in note.why


def test_titles_and_names_are_plain_text_on_one_line() -> None:
    parsed = changed(name="<script>alert(1)</script>\n  Pay\x00ments \ud800 failed\u202e")
    title = parsed.incidents[0].title
    assert "\n" not in title
    assert "\x00" not in title
    title.encode()
    assert places(parsed.mended) == ["/incidents/0/name"]


def test_line_breaks_of_plain_bodies_stay_visible() -> None:
    parsed = changed("update", body="One & two\r\nthree\r\n\r\nfour < five")
    assert parsed.incidents[0].updates[0].body == (
        "<p>One &amp; two<br>three</p><p>four &lt; five</p>"
    )


def test_texts_beyond_the_limits_are_cut_and_reported() -> None:
    parsed = changed(name="n" * 100_000)
    assert len(parsed.incidents[0].title) == 255
    assert places(parsed.mended) == ["/incidents/0/name"]
    parsed = changed("update", body="b" * 300_000)
    assert len(parsed.incidents[0].updates[0].body) < 101_000
    assert places(parsed.mended) == ["/incidents/0/incident_updates/1/body"]


def test_a_published_review_becomes_a_last_update_under_a_resolved_incident() -> None:
    review = {
        **LAST,
        "id": "upd000000003",
        "status": "postmortem",
        "body": "<p>What happened</p>",
        "created_at": "2026-03-09T10:00:00Z",
        "display_at": "2026-03-09T10:00:00Z",
    }
    (incident,) = changed(status="postmortem", incident_updates=[review, LAST, FIRST]).incidents
    assert incident.status == "resolved"
    assert incident.updates[-1].status == "resolved"
    assert incident.updates[-1].extra["statuspage_status"] == "postmortem"
    assert incident.resolved_at == datetime(2026, 3, 4, 14, 24, tzinfo=UTC)


def test_a_published_review_body_is_kept_and_a_draft_is_not() -> None:
    (incident,) = changed(
        postmortem_body="What we learned", postmortem_published_at="2026-03-09T10:00:00Z"
    ).incidents
    assert incident.updates[-1].body == "<p>What we learned</p>"
    (incident,) = changed(postmortem_body="secret draft", postmortem_published_at=None).incidents
    assert "secret" not in str(incident)


def test_a_component_that_only_an_old_update_names_is_kept_hidden() -> None:
    gone = {
        "code": "cmp000000009",
        "name": "Fax gateway",
        "old_status": "operational",
        "new_status": "partial_outage",
    }
    parsed = changed("update", affected_components=[gone])
    hidden = [c for c in parsed.components if c.hidden]
    assert [(c.public_id, c.name) for c in hidden] == [("cmp000000009", "Fax gateway")]
    assert "cmp000000009" in parsed.incidents[0].components


def test_the_phrase_old_pages_write_for_no_components_is_no_component() -> None:
    parsed = changed("update", affected_components=[{"name": "No components were affected."}])
    assert parsed.incidents[0].updates[0].affected == ()
    assert parsed.skipped == ()


def test_long_foreign_numbers_are_kept_as_text() -> None:
    parsed = changed("update", tweet_id=1536525287354511361, deliver_notifications=True)
    assert parsed.incidents[0].updates[0].extra == {
        "deliver_notifications": True,
        "tweet_id": "1536525287354511361",
    }


def test_a_group_that_is_none_is_left_out() -> None:
    group = {**COMPONENT, "id": "grp", "name": "Europe", "group": True, "group_id": "cmp000000001"}
    member = {**COMPONENT, "id": "mem", "name": "Paris", "group_id": "grp"}
    parsed = read({"components": [member, {**COMPONENT, "group_id": "mem"}, group]})
    found = {c.public_id: c.group for c in parsed.components}
    assert found == {"mem": "grp", "cmp000000001": "", "grp": ""}
    assert parsed.components[0].public_id == "grp"
    assert sorted(places(parsed.mended)) == ["/components/1/group_id", "/components/2/group_id"]


# -- never a crash ------------------------------------------------------------------------------

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


def holds(parsed: Parsed) -> None:
    """What every result promises, whatever went in."""
    for incident in parsed.incidents + parsed.maintenances:
        assert is_public_id(incident.public_id)
        assert 0 < len(incident.title) <= 255
        assert incident.updates
        assert incident.status == incident.updates[-1].status
        assert incident.resolved_at is None or incident.resolved_at >= incident.started_at
        ids = [u.public_id for u in incident.updates]
        assert len(ids) == len(set(ids))
        for update in incident.updates:
            assert "<script" not in update.body
    known = [c.public_id for c in parsed.components]
    assert len(known) == len(set(known))
    for incident in parsed.incidents + parsed.maintenances:
        assert set(incident.components) <= set(known)
    str(parsed).encode()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        holds(parse(raw, now=NOW))
    except BadInput as refusal:
        assert refusal.message


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({"incidents": JSON, "components": JSON, "page": JSON}))
def test_any_json_is_read(document: dict[str, Any]) -> None:
    holds(parse(json.dumps(document).encode(), now=NOW))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_any_damage_to_a_good_document_is_survived(seed: int) -> None:
    chance = random.Random(seed)
    many = [{**INCIDENT, "id": f"inc{n}"} for n in range(4)]
    document = {"page": PAGE, "incidents": many, "components": [COMPONENT]}
    damaged = {key: mutate(value, chance) for key, value in document.items()}
    holds(parse(json.dumps(damaged).encode(), now=NOW))


def test_damaged_recordings_are_survived(shared_fixtures: Path) -> None:
    chance = random.Random(20261123)
    for path in recordings(shared_fixtures):
        if path.stat().st_size > 120_000 and "incidents" not in path.name:
            continue
        document = json.loads(path.read_bytes())
        for _ in range(5):
            try:
                holds(parse(json.dumps(mutate(document, chance)).encode(), now=NOW))
            except BadInput as refusal:
                assert "JSON" in refusal.message or "status page" in refusal.message
        raw = path.read_bytes()
        for _ in range(5):
            cut = chance.randrange(1, len(raw) - 2)
            with pytest.raises(BadInput):
                parse(raw[:cut], now=NOW)
