"""Auditors' tools by name from npm, into a folder that goes away."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


class CannotBeHad(Exception):
    """The tool, or the program that runs it, is not to be had here."""


def installed(package: str, room: Path) -> Path:
    """Return the ``node_modules`` folder that has the package. Raises CannotBeHad."""
    if shutil.which("npm") is None:
        raise CannotBeHad("npm is not installed (Debian: apt-get install npm)")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(room)]
    done = subprocess.run([*command, package], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBeHad(f"{package} could not be installed: {done.stderr.strip()[-200:]}")
    return room / "node_modules"
