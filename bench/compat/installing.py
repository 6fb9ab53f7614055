"""Clients by name, into folders that go away. They are no dependencies of the project."""

import os
import subprocess
import sys
from pathlib import Path


class CannotBeHad(Exception):
    """The client, or a program it needs, is not to be had here."""


def python_with(room: Path, *packages: str) -> Path:
    """Return a Python that has the packages, in a virtual environment of its own."""
    folder = room / f"python-{packages[0].partition('=')[0]}"
    python = folder / "bin" / "python"
    if not python.exists():
        _run([sys.executable, "-m", "venv", str(folder)])
        _run([str(python), "-m", "pip", "install", "--quiet", *packages])
    return python


def node_modules_with(room: Path, *packages: str) -> Path:
    """Return a ``node_modules`` folder that has the packages."""
    folder = room / "node"
    folder.mkdir(exist_ok=True)
    _run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts",
          "--prefix", str(folder), *packages])  # fmt: skip
    return folder / "node_modules"


def output_of(command: list[str], room: Path, **settings: str) -> str:
    """Return what a program printed; what it did wrong is an AssertionError."""
    done = subprocess.run(
        command, cwd=room, env={**os.environ, **settings}, capture_output=True, text=True,
        timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-1500:]
    return done.stdout


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise CannotBeHad(str(failure)) from failure
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise CannotBeHad(f"{' '.join(command[-3:])}: {''.join(last)[:300]}")
