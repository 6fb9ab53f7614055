"""A database that was set back to a backup: whoever left since then is gone again, step by step as
the page on deploying says it, with the real files.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.own_database
READERS = "email,state\n" + "".join(f"{name}@mail.example,active\n" for name in "abcde")
ACT = """
from datetime import timedelta
from afterword.audience.actions import subscribers as acts
from afterword.audience.links import confirmation_of
from afterword.audience.models import Subscriber
from afterword.components.queries import the_page
from afterword.kit import clock
now = clock.now()
{}
"""


class Shell:
    """Runs `afterword`, and verbs of readers, with a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "data" / "afterword.sqlite3"
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AFTERWORD_")}
        self.env = kept | {
            "AFTERWORD_DATA_DIR": str(folder / "data"),
            "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
        }

    def __call__(self, *words: str, stdin: str = "") -> str:
        return self._run("-m", "afterword.cli.main", *words, stdin=stdin)

    def act(self, statement: str) -> str:
        return self._run(
            "-c", "import django; django.setup()\n" + ACT.format(statement).strip()
        ).strip()

    def _run(self, *words: str, stdin: str = "") -> str:
        done = subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, input=stdin, env=self.env,
            timeout=120, cwd=self.folder, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def states(self) -> dict[str, str]:
        with closing(sqlite3.connect(self.database)) as database:
            return dict(
                database.execute("SELECT substr(email, 1, 1), state FROM audience_subscriber")
            )

    def suppressed(self) -> dict[str, str]:
        with closing(sqlite3.connect(self.database)) as database:
            return dict(
                database.execute("SELECT substr(email, 1, 1), reason FROM audience_suppression")
            )

    def back_up(self, to: Path) -> None:
        with closing(sqlite3.connect(self.database)) as live, closing(sqlite3.connect(to)) as copy:
            live.backup(copy)

    def restore(self, backup: Path) -> None:
        for each in self.database.parent.glob("afterword.sqlite3*"):
            each.unlink()
        self.database.write_bytes(backup.read_bytes())


LEAVE = "acts.unsubscribe(now=now, token=Subscriber.objects.get(email='{}@mail.example').token)"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    found = Shell(tmp_path)
    found("migrate")
    sample = '{"page": {"id": "p1", "name": "Fernway", "url": "https://s.fernway.example"}, ' + (
        '"incidents": []}'
    )
    found("import", "statuspage", "-", stdin=sample)
    (tmp_path / "readers.csv").write_text(READERS)
    found("people", "import", "subscribers", "readers.csv")
    return found


def test_whoever_left_since_the_backup_is_gone_again_after_the_restore(
    shell: Shell, tmp_path: Path
) -> None:
    shell.act(LEAVE.format("e"))
    backup = tmp_path / "backup.sqlite3"
    shell.back_up(backup)
    made = shell.act("print(now.isoformat())")
    shell.act(LEAVE.format("a"))
    shell("people", "suppress", "b@mail.example")
    shell("people", "suppress", "stranger@mail.example", "--because", "complained")
    shell.act("acts.quarantine(now=now, page=the_page(), email='c@mail.example', because='5.1.1')")
    gone = shell("people", "export", "left", "--since", made)
    assert "e@mail" not in gone, "they left before, which the backup knows"
    assert "d@mail" not in gone, "they did not leave"

    shell.restore(backup)
    assert shell.states() == {"a": "active", "b": "active", "c": "active", "d": "active"} | {
        "e": "unsubscribed"
    }
    assert shell.suppressed() == {}
    (tmp_path / "gone.csv").write_text(gone)
    assert "3 would be changed" in shell("people", "import", "left", "gone.csv", "--dry-run")
    assert shell.suppressed() == {}
    for _ in range(2):
        said = shell("people", "import", "left", "gone.csv")
    assert said.startswith("0 added, 0 changed")
    assert shell.states() == {
        "a": "unsubscribed", "b": "active", "c": "quarantined", "d": "active", "e": "unsubscribed",
    }  # fmt: skip
    assert shell.suppressed() == {"b": "asked", "s": "complained"}


def test_whoever_came_back_after_the_restore_is_not_taken_away(
    shell: Shell, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.sqlite3"
    shell.back_up(backup)
    shell.act(LEAVE.format("a"))
    gone = shell("people", "export", "left")
    shell.restore(backup)
    later = (
        "now += timedelta(hours=1)\n"
        "Subscriber.objects.filter(email='a@mail.example').update(confirmed_at=now)"
    )
    shell.act(later)
    (tmp_path / "gone.csv").write_text(gone)
    assert "0 changed" in shell("people", "import", "left", "gone.csv")
    assert shell.states()["a"] == "active"
