"""Every documented address over HTTP: type, origin, unchanged answers, errors, odd spellings."""

import json
import urllib.error
import urllib.request
from typing import Any

import invented

LISTS = (
    "summary", "status", "components", "incidents", "incidents/unresolved", "incidents/resolved",
    "scheduled-maintenances", "scheduled-maintenances/upcoming", "scheduled-maintenances/active",
)  # fmt: skip


def check(address: str) -> str:
    """Raise AssertionError for the first address that answers otherwise; return how many did."""
    checked = 0
    for name in LISTS:
        status, headers, body = ask(f"{address}/api/v2/{name}.json")
        assert status == 200, (name, status)
        assert headers["Content-Type"] == "application/json; charset=utf-8", (name, headers)
        assert headers["Access-Control-Allow-Origin"] == "*", (name, headers)
        assert json.loads(body)["page"]["id"] == invented.PAGE["id"], name
        again, _, nothing = ask(f"{address}/api/v2/{name}.json", {"If-None-Match": headers["ETag"]})
        assert (again, nothing) == (304, b""), (name, again)
        checked += 1
    for odd in ("/api/v2//incidents.json", "/api/v2/Incidents.json", "/api/v2/summary.json?t=1"):
        assert ask(address + odd)[0] == 200, odd
        checked += 1
    status, headers, body = ask(f"{address}/api/v2/nothing.json")
    assert status == 404 and "error" in json.loads(body), (status, body)
    months = [_json(f"{address}/history.json?page={n}")["months"] for n in (1, 2)]
    assert months[0] and months[1] == [], months
    assert _json(f"{address}/incidents/fernwayinc01.json")["id"] == "fernwayinc01"
    for name in ("history.rss", "history.atom", "feed.json", "calendar.ics"):
        assert ask(f"{address}/{name}")[0] == 200, name
    return f"{checked + 8} requests"


def ask(address: str, headers: dict[str, str] | None = None) -> tuple[int, Any, bytes]:
    request = urllib.request.Request(address, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, refusal.read()


def _json(address: str) -> Any:
    return json.loads(ask(address)[2])
