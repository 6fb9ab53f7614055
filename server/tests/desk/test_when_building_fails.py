"""The page cannot be built at this moment: what was published stays so, and the person is told."""

import fcntl
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.publishing.models import Publication, Rebuild
from afterword.site_builder.actions import build_pending
from desk.office import seen, signed_in

NEW = {
    "title": "Reports are slow",
    "body": "Reports take minutes to load. We look for the cause and write again by 13:00 UTC.",
    "severity": "3",
    "notify": "on",
}
TOO_LONG = 10.0
Broken = Callable[[Path], AbstractContextManager[None]]


@contextmanager
def a_folder_for_a_manifest(site: Path) -> Iterator[None]:
    manifest = site / "manifest.json"
    manifest.unlink(missing_ok=True)
    manifest.mkdir(parents=True)
    yield
    manifest.rmdir()


@contextmanager
def a_file_for_a_folder(site: Path) -> Iterator[None]:
    site.rename(site.with_name("away"))
    site.write_text("no folder")
    yield
    site.unlink()
    site.with_name("away").rename(site)


@contextmanager
def a_full_disk(site: Path) -> Iterator[None]:
    """Let no file grow beyond some bytes: the kernel refuses the write as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def a_builder_that_never_ends(site: Path) -> Iterator[None]:
    with (site.parent / f"{site.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Whoever waits for it is let go in the end, and the test then fails instead of hanging.
        mercy = threading.Timer(TOO_LONG, fcntl.flock, (lock, fcntl.LOCK_UN))
        mercy.start()
        yield
        mercy.cancel()
        mercy.join()


BROKEN = [a_folder_for_a_manifest, a_file_for_a_folder, a_full_disk, a_builder_that_never_ends]


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_published_stays_published_and_the_worker_builds_it_later(
    office: SimpleNamespace, site_dir: Path, clock: Any, broken: Broken
) -> None:
    build_pending(now=clock.now())
    client = signed_in(office.wanda)
    before = Publication.objects.count()
    begun = time.monotonic()
    with broken(site_dir):
        answer = client.post("/desk/incidents/new/", NEW)
    assert time.monotonic() - begun < TOO_LONG
    assert answer.status_code == 302
    assert Publication.objects.count() == before + 1
    words = seen(client.get(answer["Location"])).words
    assert "Opened and published. The page is being built" in words
    assert Rebuild.objects.exists()
    build_pending(now=clock.now())
    assert "Reports are slow" in (site_dir / "index.html").read_text()


def test_an_update_and_its_case_are_answered_too(
    office: SimpleNamespace, site_dir: Path, clock: Any
) -> None:
    client = signed_in(office.wanda)
    path = client.post("/desk/incidents/new/", NEW)["Location"]
    with a_folder_for_a_manifest(site_dir):
        post = {"status": "resolved", "body": "Reports load in seconds again since 12:00 UTC."}
        answer = client.post(f"{path}update/", post)
        assert answer.status_code == 302
        assert "The page is being built" in seen(client.get(answer["Location"])).words
