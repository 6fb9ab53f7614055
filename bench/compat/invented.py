"""An invented page in Statuspage's words: a bad morning at Fernway, a ticket seller."""

from typing import Any

PAGE = {
    "id": "fernwaypage1", "name": "Fernway", "url": "https://status.fernway.example",
    "time_zone": "Europe/Oslo", "updated_at": "2026-03-04T11:00:00.000+01:00",
}  # fmt: skip
COMPONENTS = [
    ("fernwaycmp01", "Ticket sales", "major_outage", 1, None, False),
    ("fernwaycmp02", "Apps", "partial_outage", 2, None, True),
    ("fernwaycmp03", "Phone app", "partial_outage", 1, "fernwaycmp02", False),
    ("fernwaycmp04", "Gate scanner", "operational", 2, "fernwaycmp02", False),
    ("fernwaycmp05", "Mail", "operational", 3, None, False),
]
INDICATOR, DESCRIPTION = "major", "Partial System Outage"


def summary() -> dict[str, Any]:
    """Return what ``/api/v2/summary.json`` of that page would say, to be imported."""
    return {
        "page": PAGE,
        "components": [_component(*each) for each in COMPONENTS],
        "incidents": [
            _incident("fernwayinc02", "The phone app shows no tickets", "identified", "minor",
                      "09:40", [("investigating", "09:40", 2, "operational"),
                                ("identified", "10:05", 2, "partial_outage")]),
            _incident("fernwayinc01", "Tickets cannot be bought", "investigating", "critical",
                      "09:12", [("investigating", "09:12", 0, "operational")]),
        ],
        "scheduled_maintenances": [
            _maintenance("fernwaymnt01", "Mail moves house", "scheduled", "2030-04-01"),
            _maintenance("fernwaymnt02", "New cables for the gates", "in_progress", "2026-03-03"),
        ],
        "status": {"indicator": INDICATOR, "description": DESCRIPTION},
    }  # fmt: skip


def past() -> dict[str, Any]:
    """Return an ``incidents.json`` with two that are over."""
    return {
        "page": PAGE,
        "incidents": [
            _incident("fernwayinc00", "Mails came late", "resolved", "minor", "07:00",
                      [("investigating", "07:00", 4, "operational"),
                       ("resolved", "08:00", 4, "degraded_performance")]),
        ],
    }  # fmt: skip


def _at(clock: str, day: str = "2026-03-04") -> str:
    return f"{day}T{clock}:00.000+01:00"


def _component(
    ident: str, name: str, status: str, position: int, group: str | None, is_group: bool
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": ident, "name": name, "status": status, "created_at": _at("08:00", "2025-01-01"),
        "updated_at": _at("09:12"), "position": position, "description": None,
        "showcase": not is_group, "start_date": None, "group_id": group, "page_id": PAGE["id"],
        "group": is_group, "only_show_if_degraded": False,
    }  # fmt: skip
    if is_group:
        found["components"] = [each[0] for each in COMPONENTS if each[4] == ident]
    return found


def _incident(
    ident: str, name: str, status: str, impact: str, began: str,
    said: list[tuple[str, str, int, str]],
) -> dict[str, Any]:  # fmt: skip
    part = COMPONENTS[said[0][2]]
    over = status == "resolved"
    return {
        "id": ident, "name": name, "status": status, "created_at": _at(began),
        "updated_at": _at(said[-1][1]), "monitoring_at": None,
        "resolved_at": _at(said[-1][1]) if over else None, "impact": impact,
        "shortlink": f"https://status.fernway.example/incidents/{ident}",
        "started_at": _at(began), "page_id": PAGE["id"],
        "incident_updates": [
            {
                "id": f"{ident[-5:]}upd{number:04}", "status": state,
                "body": f"{name}. Who is on it looks further <b>now</b>.", "incident_id": ident,
                "created_at": _at(clock), "updated_at": _at(clock), "display_at": _at(clock),
                "affected_components": [
                    {"code": part[0], "name": part[1], "old_status": before,
                     "new_status": "operational" if over and number else part[2]},
                ],
                "deliver_notifications": True, "custom_tweet": None, "tweet_id": None,
            }
            for number, (state, clock, _, before) in reversed(list(enumerate(said)))
        ],
        "components": [_component(*part)], "reminder_intervals": None,
    }  # fmt: skip


def _maintenance(ident: str, name: str, status: str, day: str) -> dict[str, Any]:
    found = _incident(ident, name, status, "maintenance", "08:30",
                      [(status, "08:30", 4, "operational")])  # fmt: skip
    del found["reminder_intervals"]
    begins, ends = _at("22:00", day), _at("23:30", day)
    return found | {"scheduled_for": begins, "scheduled_until": ends}
