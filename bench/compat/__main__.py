"""Run Statuspage's own clients, unchanged, against an Afterword page.

    .venv/bin/python bench/compat [NAME…]

Starts ``afterword serve`` on this machine with an invented page, installs each client by name into
a throw-away folder, points it at the server and compares what it says with what the page says.
Needs npm, a Chromium for the widget, and package registries; a client that cannot be had is
named as such. Ends with a failure when fewer than four clients run, or when one says anything else.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import answers
from clients import discord_status, discord_status_py, prometheus_exporter, statuspage_io, widget
from house import served_page
from installing import CannotBeHad

CLIENTS: dict[str, Callable[[str, Path], str]] = {
    "npm statuspage.io": statuspage_io.run,
    "npm @statuspage/status-widget": widget.run,
    "PyPI statuspage-prometheus-exporter": prometheus_exporter.run,
    "PyPI DiscordStatus": discord_status.run,
    "PyPI DiscordStatusPy": discord_status_py.run,
}
ENOUGH = 4


def main(names: list[str]) -> int:
    chosen = {name: run for name, run in CLIENTS.items() if not names or name.split()[1] in names}
    ran, wrong = 0, 0
    with tempfile.TemporaryDirectory(prefix="afterword-compat-") as folder:
        room = Path(folder)
        with served_page(room / "house") as address:
            said = answers.check(address)
            print(f"ok       every address answers as documented: {said}", flush=True)
            for name, run in chosen.items():
                try:
                    said = run(address, room)
                except CannotBeHad as missing:
                    print(f"missing  {name}: {missing}", flush=True)
                except AssertionError as difference:
                    wrong += 1
                    print(f"WRONG    {name}: {difference}", flush=True)
                else:
                    ran += 1
                    print(f"ok       {name}: {said}", flush=True)
    print(f"{ran} of {len(chosen)} clients ran unchanged")
    return 1 if wrong or ran < min(ENOUGH, len(chosen)) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
