"""PyPI ``DiscordStatus``: a thin reader of all eight lists."""

import json
from pathlib import Path

from installing import output_of, python_with

_SCRIPT = """
import json, sys
from discordstatus import DiscordStatus
page = DiscordStatus()
page.base_target = sys.argv[1] + "/api/v2"
names = ("summary", "status", "components", "unresolved_incidents", "all_incidents",
         "upcoming_maintenances", "active_maintenances", "all_maintenances")
print(json.dumps({name: list(getattr(page, name)) for name in names}))
"""
_EXPECTED = {
    "summary": ["page", "components", "incidents", "scheduled_maintenances", "status"],
    "status": ["page", "status"],
    "components": ["page", "components"],
    "unresolved_incidents": ["page", "incidents"],
    "all_incidents": ["page", "incidents"],
    "upcoming_maintenances": ["page", "scheduled_maintenances"],
    "active_maintenances": ["page", "scheduled_maintenances"],
    "all_maintenances": ["page", "scheduled_maintenances"],
}


def run(address: str, room: Path) -> str:
    python = python_with(room, "DiscordStatus==0.0.2", "requests")
    said = json.loads(output_of([str(python), "-c", _SCRIPT, address], room))
    assert said == _EXPECTED, said
    return f"{len(said)} answers with the keys of the documents, in order"
