"""Several machines, one site: what one builds the others show, and none needs the storage to stand.

A machine is a site folder here; they share the database and a real S3 server, or a mounted folder.
"""

import json
import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.db import connection
from moto.server import ThreadedMotoServer

from afterword.components.models import Page
from afterword.publishing.models import Rebuild
from afterword.site_builder import actions
from afterword.site_builder.actions import (
    NotShared,
    build_all,
    build_at_once,
    build_pending,
    follow,
    settle,
    sweep,
)
from afterword.site_builder.bucket import bucket
from afterword.site_builder.machines import building
from afterword.site_builder.mirror import Mirror, NotSettled
from outward import meanwhile
from publishing.press import a_page, word
from site_builder.reading import bytes_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Shared:
    """The storage that all machines reach, and the machines' folders."""

    def __init__(self, settings: Any, folder: Path) -> None:
        self._settings = settings
        self._folder = folder

    @property
    def folder(self) -> Path:
        """The mounted folder that they share."""
        return self._folder / "shared"

    def be(self, machine: str) -> Path:
        """Go on as that machine; return its folder."""
        site = self._folder / machine / "site"
        self._settings.SITE_DIR = site
        return site


class S3:
    """A real S3 server on this machine, which can be away for a while."""

    def __init__(self) -> None:
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        self.port = self._server.get_host_and_port()[1]
        boto3.client("s3", endpoint_url=self.url, region_name="us-east-1").create_bucket(
            Bucket="status"
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        return f"s3://status/larkbridge?endpoint={self.url}&region=us-east-1"

    @contextmanager
    def away(self) -> Iterator[None]:
        self._server.stop()
        yield
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=self.port, verbose=False)
        self._server.start()

    def stop(self) -> None:
        self._server.stop()


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[S3]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = S3()
    settings.SITE_BUCKET = running.address
    yield running
    running.stop()


@pytest.fixture(params=["s3", "mounted folder"])
def shared(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Shared:
    """Machines on either storage."""
    if request.param == "s3":
        request.getfixturevalue("s3")
    else:
        settings.SITE_BUCKET = f"file://{tmp_path}/shared"
    return Shared(settings, tmp_path)


@pytest.fixture
def mounted(settings: Any, tmp_path: Path) -> Shared:
    """Machines on a mounted folder, where many pushes cost little."""
    settings.SITE_BUCKET = f"file://{tmp_path}/shared"
    return Shared(settings, tmp_path)


def clean_build(settings: Any, folder: Path, now: datetime) -> dict[str, bytes]:
    """What one machine alone builds from the same database."""
    kept = settings.SITE_DIR, settings.SITE_BUCKET
    settings.SITE_DIR, settings.SITE_BUCKET = folder, ""
    build_all(now=now)
    settings.SITE_DIR, settings.SITE_BUCKET = kept
    return bytes_of(folder)


def stamps(folder: Path) -> dict[Path, int]:
    return {each: each.stat().st_mtime_ns for each in folder.rglob("*") if each.is_file()}


def history(now: datetime) -> Page:
    page = a_page(now - timedelta(days=100))
    for n in range(3):
        word(page, f"inv-{n}", now - timedelta(days=30 * n), status="resolved")
    return page


def test_what_one_machine_builds_the_others_show_byte_for_byte(
    shared: Shared, now: datetime
) -> None:
    page = history(now)
    first = shared.be("first")
    build_pending(now=now)
    second = shared.be("second")
    assert len(follow()) > 20
    assert bytes_of(second) == bytes_of(first)
    assert build_pending(now=now) == []
    word(page, "inv-0", now, body="It is back.")
    changed = build_pending(now=now)
    shared.be("first")
    assert set(changed) <= set(follow())
    assert "It is back." in (first / "incidents/inv-0/index.html").read_text()
    assert bytes_of(second) == bytes_of(first)
    assert follow() == []


def test_machines_that_take_turns_end_with_what_one_alone_would_have_built(
    mounted: Shared, settings: Any, tmp_path: Path, now: datetime
) -> None:
    chance = random.Random(4)
    page = history(now)
    for hour in range(12):
        at = now + timedelta(hours=hour)
        mounted.be(chance.choice(["first", "second", "third"]))
        began = at - timedelta(days=chance.randint(0, 200))
        word(page, f"inv-{chance.randint(0, 4)}", at, body=f"Word {hour}.", began=began)
        build_pending(now=at)
    wanted = clean_build(settings, tmp_path / "clean", now)
    for machine in ("first", "second", "third", "new"):
        site = mounted.be(machine)
        follow()
        assert bytes_of(site) == wanted, machine
        assert sweep(now=now, thorough=True).repaired == []


def test_a_page_that_is_gone_is_gone_everywhere(mounted: Shared, now: datetime) -> None:
    page = a_page(now - timedelta(days=100))
    word(page, "moves", now)
    mounted.be("first")
    build_pending(now=now)
    second = mounted.be("second")
    follow()
    assert (second / "history/2026/03/index.html").exists()
    mounted.be("first")
    word(page, "moves", now, began=now - timedelta(days=40))
    build_pending(now=now)
    mounted.be("second")
    follow()
    assert not (second / "history/2026/03").exists()


def test_a_machine_far_behind_or_harmed_is_made_whole(
    mounted: Shared, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr("afterword.site_builder.mirror._LONGEST_JOURNAL", 2)
    page = history(now)
    first = mounted.be("first")
    build_pending(now=now)
    second = mounted.be("second")
    follow()
    (second / "incidents/inv-1/index.html").unlink()
    mounted.be("first")
    for hour in range(4):
        word(page, "inv-0", now + timedelta(hours=hour), body=f"Word {hour}.")
        build_pending(now=now)
    mounted.be("second")
    follow()
    assert bytes_of(second) == bytes_of(first)


def test_what_does_not_fit_the_manifest_is_not_taken(
    shared: Shared, settings: Any, now: datetime
) -> None:
    page = history(now)
    shared.be("first")
    build_pending(now=now)
    second = shared.be("second")
    follow()
    before = bytes_of(second)
    shared.be("first")
    word(page, "inv-0", now, body="It is back.")
    build_pending(now=now)
    storage = bucket()
    assert storage is not None
    with storage.open("index.html.br") as file:
        kept = file.read()
    storage.delete("index.html.br")
    shared.be("second")
    with pytest.raises(NotSettled):
        follow()
    assert bytes_of(second) == before
    storage.save("index.html.br", ContentFile(kept))
    assert "index.html" in follow()


def test_without_the_storage_every_machine_builds_what_is_asked_for_and_shares_it_later(
    s3: S3, settings: Any, tmp_path: Path, now: datetime
) -> None:
    shared = Shared(settings, tmp_path)
    page = history(now)
    first = shared.be("first")
    build_pending(now=now)
    second = shared.be("second")
    follow()
    with s3.away():
        word(page, "inv-0", now, body="It is back.")
        for machine in (first, second):
            settings.SITE_DIR = machine
            assert build_at_once(now=now) is False
            assert "It is back." in (machine / "incidents/inv-0/index.html").read_text()
        assert Rebuild.objects.exists()
    build_pending(now=now)
    assert not Rebuild.objects.exists()
    third = shared.be("third")
    follow()
    wanted = clean_build(settings, tmp_path / "clean", now)
    assert bytes_of(second) == bytes_of(third) == wanted
    shared.be("first")
    follow()
    assert bytes_of(first) == wanted


def test_two_versions_at_once_do_not_build_over_each_other_for_ever(
    mounted: Shared, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = history(now)
    mounted.be("old")
    build_pending(now=now)
    mounted.be("new")
    follow()
    with monkeypatch.context() as newer:
        newer.setattr(actions, "made_with", lambda: "a newer version")
        assert build_pending(now=now) == []
        sweep(now=now)
        assert Path(mounted.be("new") / "manifest.json").read_text().count("a newer version") == 1
    mounted.be("old")
    follow()
    assert build_pending(now=now) == []
    word(page, "inv-0", now, body="It is back.")
    changed = build_pending(now=now)
    assert "incidents/inv-0/index.html" in changed
    assert not [path for path in changed if "inv-1" in path]


def test_pages_that_an_old_machine_built_during_an_upgrade_are_built_anew_by_the_next_start(
    mounted: Shared, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = history(now)
    mounted.be("old")
    build_pending(now=now)
    with monkeypatch.context() as newer:
        newer.setattr(actions, "made_with", lambda: "a newer version")
        mounted.be("new")
        sweep(now=now)
    old = mounted.be("old")
    follow()
    style = next(old.glob("assets/site.*.css"))
    style.unlink()  # as the newer version would have: its own is called otherwise
    word(page, "inv-0", now, body="It is back.")
    build_pending(now=now)
    assert style.exists(), "a page of this version needs the style of this version"
    monkeypatch.setattr(actions, "made_with", lambda: "a newer version")
    upgraded: list[str] = []
    monkeypatch.setattr(
        actions,
        "_made",
        lambda page, place, made=actions._made: upgraded.append(place) or made(page, place),
    )
    sweep(now=now)
    assert "incident:inv-0" in upgraded
    upgraded.clear()
    sweep(now=now)
    assert upgraded == []


def test_who_has_not_taken_what_others_pushed_does_not_push_over_it(
    mounted: Shared, settings: Any, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = history(now)
    first = mounted.be("first")
    build_pending(now=now)
    second = mounted.be("second")
    follow()
    mounted.be("first")
    word(page, "inv-1", now, body="From the first.")
    build_pending(now=now)
    mounted.be("second")
    word(page, "inv-2", now, body="From the second.")
    with monkeypatch.context() as unlucky:

        def cut_off(_: Mirror) -> list[str]:
            raise OSError("the network was away for a moment")

        unlucky.setattr(Mirror, "pull", cut_off)
        with pytest.raises(NotShared):
            build_pending(now=now)
    assert "From the second." in (second / "incidents/inv-2/index.html").read_text()
    build_pending(now=now)
    mounted.be("first")
    follow()
    wanted = clean_build(settings, tmp_path / "clean", now)
    assert bytes_of(second) == wanted
    assert bytes_of(first) == wanted


def test_a_push_that_broke_off_with_its_machine_is_made_good_by_another(
    mounted: Shared, settings: Any, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = history(now)
    mounted.be("first")
    build_pending(now=now)
    second = mounted.be("second")
    follow()
    mounted.be("first")
    word(page, "inv-1", now, body="Word one.")
    build_pending(now=now)
    storage = bucket()
    assert storage is not None
    with monkeypatch.context() as dying:
        # All files are there, and none of what tells of them.
        real = Mirror._bring

        def no_manifest(self: Mirror, name: str) -> None:
            if name.startswith("manifest"):
                raise KeyboardInterrupt
            real(self, name)

        dying.setattr(Mirror, "_bring", no_manifest)
        word(page, "inv-1", now + timedelta(hours=1), body="Word two.")
        with pytest.raises(KeyboardInterrupt):
            build_pending(now=now)
    Rebuild.objects.all().delete()
    mounted.be("second")
    with pytest.raises(NotSettled):
        follow()
    settle(now=now)
    wanted = clean_build(settings, tmp_path / "clean", now)
    assert bytes_of(second) == wanted
    for machine in ("first", "new"):
        site = mounted.be(machine)
        follow()
        assert bytes_of(site) == wanted, machine


def test_news_do_not_wait_until_everything_is_brought_to_the_storage(
    mounted: Shared, settings: Any, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = history(now)
    mounted.be("first")
    build_pending(now=now)
    mounted.be("second")
    follow()
    mounted.be("first")
    monkeypatch.setattr("afterword.site_builder.mirror._BETWEEN", 40)
    real_share = actions._share_whole

    def publish_first(*told: Any) -> None:
        with meanwhile():
            word(page, "inv-0", now, body="It is back.")
        real_share(*told)

    monkeypatch.setattr(actions, "_share_whole", publish_first)
    build_all(now=now)
    journal = [json.loads(each.read_text()) for each in sorted(mounted.folder.glob("mirror/0*"))]
    assert "index.html" in journal[-2]["written"]
    assert len(journal[-2]["written"]) < len(journal[-1]["written"])
    build_pending(now=now)
    wanted = clean_build(settings, tmp_path / "clean", now)
    for machine in ("first", "second", "new"):
        site = mounted.be(machine)
        follow()
        assert bytes_of(site) == wanted, machine


def test_a_storage_that_fits_is_left_as_it_is(mounted: Shared, now: datetime) -> None:
    history(now)
    mounted.be("first")
    build_pending(now=now)
    before = stamps(mounted.folder)
    settle(now=now)
    assert stamps(mounted.folder) == before


@pytest.mark.parametrize("left", [b"", b'{"numb', b"[]", b"{}"])
def test_a_head_that_was_half_written_stops_nobody_for_good(
    mounted: Shared, settings: Any, tmp_path: Path, now: datetime, left: bytes
) -> None:
    page = history(now)
    mounted.be("first")
    build_pending(now=now)
    second = mounted.be("second")
    follow()
    (mounted.folder / "mirror/head.json").write_bytes(left)
    with pytest.raises(NotSettled):
        follow()
    mounted.be("first")
    word(page, "inv-0", now, body="It is back.")
    build_pending(now=now)
    mounted.be("second")
    follow()
    assert bytes_of(second) == clean_build(settings, tmp_path / "clean", now)


@pytest.mark.parametrize("strange", ["../outside.html", "/outside.html", "a/../../outside.html"])
def test_a_storage_that_others_wrote_to_cannot_write_beside_the_site(
    mounted: Shared, tmp_path: Path, now: datetime, strange: str
) -> None:
    page = history(now)
    mounted.be("first")
    build_pending(now=now)
    mounted.be("second")
    follow()
    mounted.be("first")
    word(page, "inv-0", now, body="It is back.")
    build_pending(now=now)
    number = json.loads((mounted.folder / "mirror/head.json").read_text())["number"]
    journal = mounted.folder / f"mirror/{number:09}.json"
    told = json.loads(journal.read_text())
    journal.write_text(json.dumps({**told, "gone": [strange]}))
    (tmp_path / "second" / "outside.html").write_text("not yours")
    mounted.be("second")
    with pytest.raises(ValueError, match="no file of a site"):
        follow()
    assert (tmp_path / "second" / "outside.html").exists()


def test_the_journal_does_not_grow_for_ever(
    mounted: Shared, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr("afterword.site_builder.mirror._LONGEST_JOURNAL", 2)
    page = history(now)
    mounted.be("first")
    for hour in range(8):
        word(page, "inv-0", now + timedelta(hours=hour), body=f"Word {hour}.")
        build_pending(now=now)
    assert len(list((mounted.folder / "mirror").glob("0*.json"))) == 4


def test_a_browser_that_reads_the_storage_itself_is_told_what_it_gets(
    s3: S3, settings: Any, tmp_path: Path, now: datetime
) -> None:
    history(now)
    Shared(settings, tmp_path).be("first")
    build_pending(now=now)
    client = boto3.client("s3", endpoint_url=s3.url, region_name="us-east-1")
    for name, kind in {
        "index.html": "text/html; charset=utf-8",
        "history.atom": "application/atom+xml; charset=utf-8",
        "api/v2/summary.json": "application/json; charset=utf-8",
    }.items():
        assert client.head_object(Bucket="status", Key=f"larkbridge/{name}")["ContentType"] == kind


def test_a_file_of_the_storage_is_fetched_with_one_request(s3: S3) -> None:
    storage: Any = bucket()
    storage.save("mirror/head.json", ContentFile(b'{"number": 1}'))
    asked: list[str] = []
    events = storage.connection.meta.client.meta.events
    events.register("before-call.s3", lambda model, **_: asked.append(model.name))
    with storage.open("mirror/head.json") as file:
        assert file.read() == b'{"number": 1}'
    assert asked == ["GetObject"]
    with pytest.raises(FileNotFoundError, match=r"mirror/none\.json"):
        storage.open("mirror/none.json")


@pytest.mark.parametrize("address", ["https://bucket", "s3://", "bucket"])
def test_an_address_that_names_no_storage_is_refused_in_words(settings: Any, address: str) -> None:
    settings.SITE_BUCKET = address
    with pytest.raises(ImproperlyConfigured, match="must look like s3://"):
        bucket()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows one machine only")
def test_only_one_machine_builds_at_a_time(site_dir: Path, now: datetime) -> None:
    history(now)
    with building(wait=True):
        with pytest.raises(BlockingIOError):
            build_pending(now=now, wait=False)
        assert build_at_once(now=now) is False
    assert build_at_once(now=now) is True


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows one machine only")
def test_the_database_soon_notices_a_builder_whose_machine_lost_its_power(now: datetime) -> None:
    with building(wait=True) as own:
        assert own is not None
        with own.cursor() as cursor:
            cursor.execute("SHOW tcp_keepalives_idle")
            assert cursor.fetchone() == ("10",)
