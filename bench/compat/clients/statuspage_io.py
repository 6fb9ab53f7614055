"""npm ``statuspage.io``: an API client with types; every address it has."""

import json
from pathlib import Path

import invented
from installing import node_modules_with, output_of

_SCRIPT = """
const { Statuspage } = require(process.argv[2] + '/statuspage.io');
const page = new Statuspage('x');
page.setApiUrl(process.argv[3]);
(async () => {
  const said = {
    summary: await page.api.getSummary(),
    status: await page.api.getStatus(),
    components: await page.api.getComponents(),
    incidents: await page.api.incidents.getAll(),
    unresolved: await page.api.incidents.getUnresolved(),
    planned: await page.api.scheduledMaintenances.getAll(),
    active: await page.api.scheduledMaintenances.getActive(),
    upcoming: await page.api.scheduledMaintenances.getUpcoming(),
  };
  console.log(JSON.stringify(said));
})().catch(failure => { console.error(failure.message); process.exit(1); });
"""


def _answers(address: str, room: Path) -> dict[str, dict[str, object]]:
    modules = node_modules_with(room, "statuspage.io@3.2.10")
    script = room / "statuspage_io.js"
    script.write_text(_SCRIPT)
    found: dict[str, dict[str, object]] = json.loads(
        output_of(["node", str(script), str(modules), address], room)
    )
    return found


def run(address: str, room: Path) -> str:
    said = _answers(address, room)
    expected = {"indicator": invented.INDICATOR, "description": invented.DESCRIPTION}
    assert said["status"]["status"] == expected, said["status"]
    counts = {
        name: len(said[answer][key])  # type: ignore[arg-type]
        for name, answer, key in (
            ("components", "components", "components"), ("incidents", "incidents", "incidents"),
            ("unresolved", "unresolved", "incidents"),
            ("planned", "planned", "scheduled_maintenances"),
            ("upcoming", "upcoming", "scheduled_maintenances"),
        )
    }  # fmt: skip
    # This version asks for what is upcoming whichever of the three lists is wanted.
    assert counts == {
        "components": 5, "incidents": 3, "unresolved": 2, "planned": 1, "upcoming": 1,
    }, counts  # fmt: skip
    return f"8 answers, {expected['indicator']}, {counts}"
