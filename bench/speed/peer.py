"""Seconds per text that proselint needs, in an environment of its own made for this run."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

_PROGRAM = """
import json, sys, time
from proselint.checks import __register__
from proselint.registry import CheckRegistry
from proselint.tools import LintFile
CheckRegistry().register_many(__register__)
texts, rounds = json.load(sys.stdin)
for text in texts[:3]:
    LintFile("a", text).lint()
seconds, found = [], 0
for _ in range(rounds):
    for text in texts:
        began = time.process_time()
        found += len(LintFile("a", text).lint())
        seconds.append(time.process_time() - began)
from importlib.metadata import version
answer = {"version": version("proselint"), "seconds": seconds, "found": found // rounds}
json.dump(answer, sys.stdout)
"""


class NoPeer(Exception):
    """proselint could not be installed or run; the message says why."""


class Peer:
    """proselint in a throw-away virtual environment; use as a context."""

    def __enter__(self) -> "Peer":
        self._folder = tempfile.TemporaryDirectory(prefix="peer-")
        home = Path(self._folder.name)
        self._python = home / "bin" / "python"
        _run([sys.executable, "-m", "venv", str(home)])
        _run([str(self._python), "-m", "pip", "install", "--quiet", "proselint==0.16.0"])
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def seconds(self, texts: list[str], rounds: int) -> tuple[str, list[float], int]:
        """Version, seconds for every text of every round, findings in one round."""
        given = json.dumps([texts, rounds])
        answer = json.loads(_run([str(self._python), "-c", _PROGRAM], given))
        return answer["version"], answer["seconds"], answer["found"]


def _run(command: list[str], given: str = "") -> str:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no message"]
        raise NoPeer(f"{command[1:4]}: {lines[-1]}")
    return done.stdout
