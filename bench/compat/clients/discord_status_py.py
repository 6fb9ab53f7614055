"""PyPI ``DiscordStatusPy``: asynchronous, and asks for ``Incidents.json`` with a capital."""

import json
from pathlib import Path

from installing import output_of, python_with

# Its addresses are constants; only the host in front of them is replaced.
_SCRIPT = """
import asyncio, json, sys
from DiscordStatusPy import client
for name, value in list(vars(client).items()):
    if name.endswith("_URL"):
        setattr(client, name, value.replace("https://discordstatus.com", sys.argv[1]))
async def main():
    page = client.APIClient(suppress_exc=False, check_content_type=True)
    said = {}
    for name in sorted(dir(page)):
        if name.startswith("get_"):
            said[name] = list(await getattr(page, name)())
    await page.session.close()
    print(json.dumps(said))
asyncio.run(main())
"""


def run(address: str, room: Path) -> str:
    python = python_with(room, "DiscordStatusPy==0.0.1", "aiohttp")
    said = json.loads(output_of([str(python), "-c", _SCRIPT, address], room))
    assert len(said) >= 8, said
    assert all(keys[0] == "page" for keys in said.values()), said
    return f"{len(said)} answers, the capital letter forgiven"
