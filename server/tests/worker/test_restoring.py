"""A database restored from a backup, by each way the docs name: nobody is written to twice."""

import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from postbox.sink import Sink
from worker.houses import READERS, House, named

pytestmark = pytest.mark.slow
LATER = 60
COPIED = "copied with its WAL"


def shell(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


class Backup:
    """A copy of the house's database, and the way back. The rest of the folder stays as it is."""

    def __init__(self, house: House, folder: Path, way: str) -> None:
        self.url = house.environment["AFTERWORD_DATABASE_URL"]
        if bool(self.url) != (way == "pg_dump"):
            pytest.skip("a way of the other database")
        self.way, self.folder = way, folder
        self.database = Path(house.environment["AFTERWORD_DATA_DIR"]) / "afterword.sqlite3"

    def make(self) -> None:
        self.folder.mkdir()
        if self.way == "pg_dump":
            shell("pg_dump", "--format=custom", f"--file={self.folder / 'dump'}", self.url)
        elif self.way == ".backup":
            kept = self.folder / self.database.name
            shell("sqlite3", str(self.database), f".backup '{kept}'")
        else:
            for each in self._files():
                shutil.copy2(each, self.folder)

    def restore(self) -> None:
        if self.way == "pg_dump":
            name = urlsplit(self.url).path.removeprefix("/")
            admin = named(self.url, "postgres")
            shell("psql", admin, "-c", f"DROP DATABASE {name} WITH (FORCE)")
            shell("psql", admin, "-c", f"CREATE DATABASE {name} TEMPLATE template0")
            shell(
                "pg_restore", "--no-owner", "--no-privileges", f"--dbname={self.url}",
                str(self.folder / "dump"),
            )  # fmt: skip
            return
        for each in self._files():
            each.unlink()
        for kept in self.folder.iterdir():
            shutil.copy2(kept, self.database.parent)

    def _files(self) -> list[Path]:
        found = sorted(self.database.parent.glob(f"{self.database.name}*"))
        return [each for each in found if not each.name.endswith("-shm")]


@pytest.fixture(params=["pg_dump", ".backup", COPIED])
def backup(request: pytest.FixtureRequest, house: House, tmp_path: Path) -> Backup:
    return Backup(house, tmp_path / "backup", request.param)


def ids(sink: Sink) -> list[str]:
    return [str(kept.mail["Message-ID"]) for kept in sink.kept]


def test_a_backup_made_in_mid_run_sends_nothing_again(
    house: House, sink: Sink, backup: Backup
) -> None:
    """The rest leaves after it. Who copies files stops the worker first, here by a power cut."""
    house.act("publish", "1")
    worker = house.start("worker")
    sink.wait_for(LATER)
    if backup.way == COPIED:
        house.kill(worker)
    backup.make()
    if backup.way == COPIED:
        worker = house.start("worker")
    house.all_sent(READERS)
    house.act("publish", "1")
    house.all_sent(2 * READERS)
    house.kill(worker)
    before = ids(sink)
    backup.restore()
    assert house.tally()["states"] != {"sent": READERS}
    house.start("worker")
    house.all_sent(READERS)
    assert ids(sink) == before
    # The letter in the worker's hands when it was killed may have come twice, before the restore.
    assert len(set(before)) == 2 * READERS
    assert len(before) <= 2 * READERS + 1


def test_a_backup_made_before_the_letters_were_written_sends_nothing_again(
    house: House, sink: Sink, backup: Backup
) -> None:
    house.act("publish", "1")
    backup.make()
    worker = house.start("worker")
    house.all_sent(READERS)
    house.kill(worker)
    backup.restore()
    assert house.tally()["states"] == {}
    worker = house.start("worker")
    house.all_sent(READERS)
    assert len(sink.kept) == READERS
    # What is published after the restore leaves as ever.
    house.act("publish", "1")
    house.all_sent(2 * READERS)
    assert len(set(ids(sink))) == len(sink.kept) == 2 * READERS
