"""Lighthouse, on its own defaults for a phone, over one page of each kind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from pages.npm import CannotBeHad, installed

PACKAGE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def install(room: Path) -> Path:
    """Return the program. Raises CannotBeHad."""
    if shutil.which("node") is None:
        raise CannotBeHad("node is not installed (Debian: apt-get install nodejs npm)")
    return installed(PACKAGE, room) / "lighthouse" / "cli" / "index.js"


def scores(program: Path, url: str, chromium: str) -> tuple[dict[str, int], list[str]]:
    """Return the four scores (0 to 100), and the audits that cost points."""
    command = [
        "node", str(program), url, "--quiet", "--output=json", "--output-path=stdout",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]  # fmt: skip
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=240,
        env={**os.environ, "CHROME_PATH": chromium},
    )  # fmt: skip
    if done.returncode:
        raise CannotBeHad(done.stderr.strip()[-400:])
    report = json.loads(done.stdout)
    given = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    costly = [
        f"{name}: {report['audits'][ref['id']]['title']}"
        for name in CATEGORIES
        for ref in report["categories"][name]["auditRefs"]
        if ref["weight"] and (report["audits"][ref["id"]]["score"] or 0) < 0.9
        and report["audits"][ref["id"]]["scoreDisplayMode"] not in {"notApplicable", "manual"}
    ]  # fmt: skip
    return given, costly
