"""The Nu HTML checker over every page that was found, and every letter."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

from pages.npm import CannotBeHad, installed

PACKAGE = "vnu-jar@26.9.27"


def faults(pages: dict[str, bytes], room: Path) -> list[str]:
    """Return "path: message" for every error, and every warning, of the checker."""
    if shutil.which("java") is None:
        raise CannotBeHad("java is not installed (Debian: apt-get install default-jre-headless)")
    jar = installed(PACKAGE, room) / "vnu-jar" / "build" / "dist" / "vnu.jar"
    folder = room / "html"
    folder.mkdir(parents=True)
    names = {}
    for number, (path, body) in enumerate(pages.items()):
        name = f"{number:05}.html"
        (folder / name).write_bytes(body)
        names[name] = path
    done = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", "--stdout", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = json.loads(done.stdout)["messages"]
    return [
        f"{names[re.sub(r'.*/', '', each['url'])]}: {each.get('subType', each['type'])}: "
        f"{each['message']} ({each.get('extract', '').strip()[:80]!r})"
        for each in said
    ]
