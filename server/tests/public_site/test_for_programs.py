"""Clients of a Statuspage find the answers however they write the address, from any origin."""

import json
from pathlib import Path

import pytest

from afterword.public_site.front import Front
from public_site.test_front import Answer, behind, put

SUMMARY = b'{"page":{}}' + b" " * 400


@pytest.fixture
def front(tmp_path: Path) -> Front:
    site = tmp_path / "site"
    for name in ("summary", "incidents", "incidents/unresolved"):
        put(site, f"api/v2/{name}.json", SUMMARY)
    put(site, "incidents/inv.json", b"{}")
    put(site, "history.atom", b"<feed/>")
    put(site, "history.rss", b"<rss/>")
    put(site, "calendar.ics", b"BEGIN:VCALENDAR")
    for quarter in ("2025-q4", "2026-q1", "2026-q3"):
        put(site, f"history/{quarter}.json", json.dumps({"months": [quarter]}).encode())
    put(site, "manifest.json", b'{"files": {}}')
    put(site, "manifest/0f.json", b'{"files": {}}')
    return Front(site, behind)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v2/incidents.json", "/api/v2//incidents.json", "//api/v2/incidents.json",
        "/api/v2/Incidents.json", "/API/v2/incidents.JSON", "/api/v2/incidents/Unresolved.json",
    ],
)  # fmt: skip
def test_an_address_is_understood_however_it_is_written(front: Front, path: str) -> None:
    answer = Answer(front, path)
    assert (answer.status, answer.body) == (200, SUMMARY)
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


def test_a_query_changes_nothing(front: Front) -> None:
    assert Answer(front, "/api/v2/summary.json", query_string="t=1").status == 200


@pytest.mark.parametrize(
    "path",
    ["/api/v2/summary.json", "/incidents/inv.json", "/history.rss", "/history.atom",
     "/calendar.ics", "/history.json", "/api/v2/none.json"],
)  # fmt: skip
def test_pages_elsewhere_may_read_every_answer_for_programs(front: Front, path: str) -> None:
    assert Answer(front, path).headers["access-control-allow-origin"] == "*"
    asked = Answer(front, path, method="OPTIONS", origin="https://else.example")
    assert (asked.status, asked.body) == (204, b"")
    assert "GET" in asked.headers["access-control-allow-methods"]


def test_an_unchanged_answer_is_not_sent_again(front: Front) -> None:
    first = Answer(front, "/api/v2//Incidents.json")
    again = Answer(front, "/api/v2/incidents.json", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/api/v2/nothing.json", "/incidents/nothing.json"])
def test_what_is_not_there_is_answered_in_json_without_the_application(
    front: Front, path: str
) -> None:
    answer = Answer(front, path)
    assert answer.status == 404
    assert answer.headers["access-control-allow-origin"] == "*"
    assert json.loads(answer.body)["error"] == "404"
    assert Answer(front, path, method="HEAD").body == b""


def test_forms_of_the_api_reach_the_application(front: Front) -> None:
    assert Answer(front, "/api/v2/subscribers.json", method="POST").status == 418


@pytest.mark.parametrize(
    ("query", "months"),
    [("", ["2026-q3"]), ("page=1", ["2026-q3"]), ("page=2", ["2026-q1"]), ("page=3", ["2025-q4"]),
     ("page=4", []), ("page=0", ["2026-q3"]), ("page=-1", ["2026-q3"]), ("page=x", ["2026-q3"]),
     ("page=99999999999", ["2026-q3"]), ("a=b&page=2", ["2026-q1"])],
)  # fmt: skip
def test_the_history_has_pages_and_an_end(front: Front, query: str, months: list[str]) -> None:
    answer = Answer(front, "/history.json", query_string=query)
    assert (answer.status, json.loads(answer.body)) == (200, {"months": months})


@pytest.mark.parametrize("path", ["/manifest.json", "/manifest/0f.json"])
def test_the_builders_own_notes_are_not_for_readers(front: Front, path: str) -> None:
    assert Answer(front, path).status == 418


@pytest.mark.parametrize("path", ["/api/v2/../index.html", "/api/v2/.tmp-1-summary.json"])
def test_odd_names_lead_nowhere(front: Front, path: str) -> None:
    assert Answer(front, path).status == 404
