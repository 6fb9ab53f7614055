"""A page that cannot be built, a full disk, a clock that jumps: the rest goes on, all recovers."""

import errno
import json
import os
import resource
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer

from afterword.cli.build_site import build
from afterword.cli.doctor import site_up_to_date
from afterword.components.models import Page
from afterword.publishing.models import Rebuild
from afterword.site_builder import actions, places
from afterword.site_builder.actions import build_all, build_at_once, build_pending, confirm, sweep
from afterword.site_builder.assets import ROOM
from publishing.press import a_page, word
from site_builder.reading import bytes_of

pytestmark = pytest.mark.django_db
INCIDENT = ROOM / "templates/site/incident.html"


def whole_build(settings: Any, folder: Path, now: datetime) -> dict[str, bytes]:
    kept = settings.SITE_DIR
    settings.SITE_DIR = folder
    build_all(now=now)
    settings.SITE_DIR = kept
    return bytes_of(folder)


@pytest.fixture
def template(tmp_path: Path, settings: Any) -> Path:
    """A copy of the incident template that the builder reads instead of ours."""
    copy = tmp_path / "templates/site/incident.html"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(INCIDENT.read_bytes())
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates"]}]
    return copy


def break_for_one(template: Path) -> None:
    """A fault that meets one incident: for the others the faulty line is never reached."""
    fault = '{% if incident.title == "Sign-in fails" %}{% include "no/such.html" %}{% endif %}'
    template.write_text(
        template.read_text().replace("{% block main %}", "{% block main %}" + fault)
    )
    assert fault in template.read_text()


def mend(template: Path) -> None:
    template.write_bytes(INCIDENT.read_bytes())


def two_incidents(now: datetime) -> Any:
    page = a_page(now - timedelta(days=1))
    word(page, "well", now - timedelta(hours=3), title="Invoices late")
    word(page, "hurt", now - timedelta(hours=2), title="Sign-in fails")
    build_pending(now=now)
    return page


def test_a_template_error_in_one_page_leaves_it_as_it_was_and_all_others_are_built(
    site_dir: Path, now: datetime, template: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = two_incidents(now)
    last_good = (site_dir / "incidents/hurt/index.html").read_bytes()
    break_for_one(template)
    actions._read_templates_anew()
    word(page, "hurt", now, title="Sign-in fails", body="We found why.")
    word(page, "well", now, title="Invoices late", body="It is over.", status="resolved")
    assert build_at_once(now=now) is False
    assert (site_dir / "incidents/hurt/index.html").read_bytes() == last_good
    assert "It is over." in (site_dir / "incidents/well/index.html").read_text()
    # What is made without that template tells the news of both.
    for path in ("index.html", "history.atom", "api/v2/incidents.json"):
        assert "We found why." in (site_dir / path).read_text(), path
    left = [each.place for each in Rebuild.objects.all()]
    assert [place for place in left if places.is_news(place)] == ["incident:hurt"]
    build_pending(now=now)
    assert [each.place for each in Rebuild.objects.all()] == ["incident:hurt"]
    assert "incident:hurt could not be built and keeps its last good bytes" in caplog.text
    assert "no/such.html" in caplog.text


def test_a_broken_page_recovers_by_itself_once_its_template_is_mended(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime, template: Path
) -> None:
    page = two_incidents(now)
    break_for_one(template)
    actions._read_templates_anew()
    word(page, "hurt", now, title="Sign-in fails", body="We found why.")
    build_pending(now=now)
    mend(template)
    assert build_pending(now=now + timedelta(milliseconds=500)) == []
    assert "incidents/hurt/index.html" in build_pending(now=now + timedelta(seconds=1))
    assert not Rebuild.objects.exists()
    assert bytes_of(site_dir) == whole_build(settings, tmp_path / "clean", now)


def test_a_broken_page_is_tried_ever_more_rarely_and_a_new_word_tries_it_at_once(
    site_dir: Path, now: datetime, template: Path
) -> None:
    page = two_incidents(now)
    break_for_one(template)
    actions._read_templates_anew()
    word(page, "hurt", now, title="Sign-in fails")
    tried = []
    for second in range(300):
        before = Rebuild.objects.get(place="incident:hurt").failures if second else 0
        build_pending(now=now + timedelta(seconds=second))
        if Rebuild.objects.get(place="incident:hurt").failures > before:
            tried.append(second)
    assert tried == [0, 1, 3, 7, 15, 31, 63, 123, 183, 243]
    mend(template)
    word(page, "hurt", now + timedelta(seconds=299), title="Sign-in fails", body="At last.")
    build_pending(now=now + timedelta(seconds=299))
    assert "At last." in (site_dir / "incidents/hurt/index.html").read_text()
    assert not Rebuild.objects.exists()


def test_a_pause_set_by_a_clock_that_was_ahead_is_not_kept(
    site_dir: Path, now: datetime, template: Path
) -> None:
    page = two_incidents(now)
    break_for_one(template)
    actions._read_templates_anew()
    word(page, "hurt", now, title="Sign-in fails", body="We found why.")
    build_pending(now=now + timedelta(days=400))
    mend(template)
    assert "incidents/hurt/index.html" in build_pending(now=now)


def test_a_whole_build_keeps_what_it_cannot_build_and_says_so(
    site_dir: Path, now: datetime, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two_incidents(now)
    before = bytes_of(site_dir)
    break_for_one(template)
    actions._read_templates_anew()
    with pytest.raises(typer.Exit) as ended:
        build()
    assert ended.value.exit_code == 1
    told = capsys.readouterr()
    assert "incident:hurt was not built, it stays as it was: TemplateDoesNotExist" in told.err
    assert "Everything else is up to date." in told.err
    assert bytes_of(site_dir) == before
    # A place nobody asked for is asked for now, or nobody would try it again.
    assert Rebuild.objects.get().place == "incident:hurt"
    assert sweep(now=now).repaired == []


def test_doctor_names_the_page_that_cannot_be_built(
    site_dir: Path, now: datetime, template: Path, clock: Any
) -> None:
    page = two_incidents(now)
    confirm(now=now)
    assert site_up_to_date().state == "ok"
    break_for_one(template)
    actions._read_templates_anew()
    word(page, "hurt", now, title="Sign-in fails")
    build_pending(now=now)
    found = site_up_to_date()
    assert found.state == "wrong"
    assert "incident:hurt since 2026-03-18T12:00:00Z (TemplateDoesNotExist: no/such.html)" in (
        found.words
    )
    mend(template)
    build_pending(now=clock.advance(seconds=1))
    assert site_up_to_date().state == "ok"
    clock.advance(minutes=3)
    stale = site_up_to_date()
    assert (stale.state, "is the worker running?" in stale.words) == ("note", True)


def test_a_page_that_is_behind_is_named_beside_the_site_and_the_rest_is_confirmed(
    site_dir: Path, now: datetime, template: Path
) -> None:
    page = two_incidents(now)
    Page.objects.update(languages=["en", "de"])
    break_for_one(template)
    actions._read_templates_anew()
    word(page, "hurt", now, title="Sign-in fails")
    later = now + timedelta(minutes=5)
    build_pending(now=later)
    confirm(now=later)
    told = json.loads((site_dir / "age.json").read_text())
    assert told["confirmed_at"] == "2026-03-18T12:05:00Z"
    assert told["behind"]["/incidents/hurt/"] == "2026-03-18T12:00:00Z"
    assert told["behind"]["/de/incidents/hurt/"] == "2026-03-18T12:00:00Z"
    assert "/" not in told["behind"]


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A real file system of eight megabytes; needs root, and skips without."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)],
        capture_output=True, text=True, check=False,
    ) if os.geteuid() == 0 else None  # fmt: skip
    if mounted is None or mounted.returncode:
        pytest.skip("a small disk can be mounted by root only")
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Taken off the tree at once and reached by the handle: nothing is left of it when the test
        # is killed.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        yield Path(f"/proc/self/fd/{handle}")
    finally:
        os.close(handle)


def room_left(folder: Path) -> int:
    state = os.statvfs(folder)
    return state.f_bavail * state.f_frsize


def fill(folder: Path, leave: int) -> Path:
    ballast = folder / "ballast"
    ballast.write_bytes(b"\0" * (room_left(folder) - leave))
    return ballast


def temporary_files(site: Path) -> list[Path]:
    return list(site.rglob(".tmp-*"))


@pytest.mark.parametrize("leave", [0, 4096, 16_384, 40_960])
def test_a_full_disk_leaves_every_byte_as_it_was_and_no_half_file_and_recovers(
    settings: Any, tmp_path: Path, now: datetime, leave: int
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        settings.SITE_DIR = site = disk / "site"
        page = two_incidents(now)
        before = bytes_of(site)
        ballast = fill(disk, leave)
        word(page, "well", now, body="words and more words\n\n" * 900, status="resolved")
        word(page, "new", now, body="words and more words\n\n" * 900, title="Another")
        with pytest.raises(OSError, match="No space left") as full:
            build_pending(now=now)
        assert full.value.errno == errno.ENOSPC
        assert build_at_once(now=now) is False
        assert bytes_of(site) == before
        assert temporary_files(site) == []
        assert not (site / "incidents/new").exists()
        assert Rebuild.objects.exists()
        ballast.unlink()
        assert "incidents/new/index.html" in build_pending(now=now)
        assert not Rebuild.objects.exists()
        assert bytes_of(site) == whole_build(settings, tmp_path / "clean", now)


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """Let the kernel refuse to write files beyond a size, as a quota would (EFBIG)."""
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, kept[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_write_refused_in_the_middle_of_a_batch_changes_nothing_and_recovers(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime
) -> None:
    page = two_incidents(now)
    before = bytes_of(site_dir)
    word(page, "hurt", now, title="Sign-in fails", body="A short word.")
    word(page, "long", now, body="words and more words\n\n" * 2000)
    longest = max(len(content) for content in before.values())
    with no_file_above(longest + 4096), pytest.raises(OSError, match="File too large"):
        build_pending(now=now)
    assert bytes_of(site_dir) == before
    assert temporary_files(site_dir) == []
    build_pending(now=now)
    assert bytes_of(site_dir) == whole_build(settings, tmp_path / "clean", now)


def test_a_full_disk_is_not_confirmed_and_the_last_confirmation_stays(
    settings: Any, tmp_path: Path, now: datetime
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        settings.SITE_DIR = site = disk / "site"
        two_incidents(now)
        confirm(now=now)
        before = (site / "age.json").read_bytes()
        fill(disk, 0)
        with pytest.raises(OSError, match="No space left"):
            confirm(now=now + timedelta(minutes=1))
        assert (site / "age.json").read_bytes() == before
        assert temporary_files(site) == []


@pytest.mark.parametrize("jump", [timedelta(days=-3650), timedelta(days=3650)], ids=["back", "on"])
def test_a_clock_that_jumps_changes_no_byte_and_holds_up_no_build(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime, jump: timedelta
) -> None:
    page = two_incidents(now)
    word(page, "well", now, body="It is over.", status="resolved")
    build_pending(now=now + jump)
    assert "It is over." in (site_dir / "incidents/well/index.html").read_text()
    # Files from a clock of another time, too: neither newer nor older ones confuse a sweep.
    for path in site_dir.rglob("*.html"):
        at = (now + jump).timestamp()
        os.utime(path, (at, at))
    (site_dir / "index.html").write_text("harmed")
    assert sweep(now=now - jump).repaired == ["index"]
    word(page, "hurt", now, title="Sign-in fails", body="Found.")
    build_pending(now=now - jump)
    assert bytes_of(site_dir) == whole_build(settings, tmp_path / "clean", now)
