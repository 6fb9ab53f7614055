"""Only what changed is built, every byte follows from what was published, a crash loses nothing."""

import json
import os
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import backfill_span, create_component, roll_up, set_status
from afterword.components.models import Component, Page
from afterword.kit.errors import NotFound
from afterword.kit.timespans import parse_iso
from afterword.publishing.actions import turn_measures_held, turn_promises_late
from afterword.publishing.actions.press import ask
from afterword.publishing.models import Publication, PublicIncident, PublicMonth, Rebuild
from afterword.publishing.queries import log_shards
from afterword.site_builder import actions, assets
from afterword.site_builder.actions import build_all, build_at_once, build_pending, sweep
from afterword.site_builder.folder import Folder
from afterword.site_builder.forms import ENDINGS, PACKINGS
from afterword.site_builder.places import EMBED_FILES
from outward import meanwhile
from publishing.press import PROMISES, a_page, public_record, word
from site_builder.reading import bytes_of

pytestmark = pytest.mark.django_db
IDS = [f"inv-{n}" for n in range(7)]
WITH_PROMISES = {"summary", "commitment_update"}


def a_random_word(chance: random.Random, page: Page, at: datetime) -> None:
    kind = chance.choice(
        ["update"] * 4 + ["closure", "summary", "note", "follow_up", "commitment_update"]
    )
    word(
        page,
        chance.choice(IDS),
        at,
        kind=kind,
        status=chance.choice(["investigating", "identified", "monitoring", "resolved"]),
        title=chance.choice(["Invoices late", "<b>Sign-in</b> slow", "🔥"]),
        body=chance.choice(["Short.", "# Long\n\n" + "words & <b>more</b> words\n\n" * 30]),
        record=a_random_record(chance) if kind in {"closure", "summary"} else None,
        commitments=promises_as_they_go(chance, at) if kind in WITH_PROMISES else None,
        audience="list" if kind == "follow_up" else "page",
        began=chance.choice([None, None, at - timedelta(days=chance.randint(0, 90))]),
        imported=chance.random() < 0.3,
        components=[
            {"id": chance.choice(["part-0", "part-1", "part-2", "late", "No part"]),
             "name": chance.choice("AB"), "status": "major_outage"},
        ],
        impact=chance.choice(["minor", "major", "critical"]),
        incident_kind=chance.choice(["incident"] * 5 + ["maintenance"]),
    )  # fmt: skip


def a_random_answer_to_a_word(chance: random.Random, page: Page, at: datetime) -> None:
    """Correct something that readers have, in any weight, or translate it."""
    there = Publication.objects.filter(page=page).exclude(audience="list").order_by("number")
    if not there:
        return
    before = chance.choice(list(there))
    weight = chance.choice(["typo", "clarification", "fact", "retraction", ""])
    word(
        page,
        before.incident_id,
        at,
        kind="correction" if weight else "translation",
        correction={"weight": weight} if weight else None,
        corrects=before,
        language="" if weight else "de",
        title=before.facts["incident"]["title"],
        body=f"Another wording, {weight or 'in German'}.",
        status=before.facts["incident"]["status"],
        began=parse_iso(before.facts["incident"]["started_at"]),
        impact=before.facts["incident"]["impact"],
        incident_kind=before.facts["incident"]["kind"],
    )


def a_random_record(chance: random.Random) -> dict[str, Any]:
    """A record of any cause, effect on data and length."""
    return public_record(
        cause__class=chance.choice(["change", "capacity", "unknown"]),
        data__loss=chance.choice(["none", "possible", "confirmed", "unknown"]),
        duration_seconds=chance.choice([None, 60, 90_000]),
        components=chance.choice([[], [{"name": "B", "impact": "major_outage"}]]),
    )


def promises_as_they_go(chance: random.Random, at: datetime) -> list[dict[str, Any]]:
    """Any number of promises, in any state, due or done some days around a moment."""
    day = (at + timedelta(days=chance.randint(-20, 20))).date().isoformat()
    return [
        {**each, "state": state, "due": day, "done_on": day if state == "done" else None}
        for each in PROMISES[: chance.randint(0, 3)]
        for state in [chance.choice(["planned", "in_progress", "done", "dropped"])]
    ]


def whole_build(settings: Any, folder: Path, now: datetime) -> dict[str, bytes]:
    """What a clean build of everything gives, in a folder of its own."""
    kept = settings.SITE_DIR
    settings.SITE_DIR = folder
    build_all(now=now)
    settings.SITE_DIR = kept
    return bytes_of(folder)


def html_of(changed: list[str]) -> list[str]:
    """The pages among changed files; answers for programs and embeds have tests of their own."""
    pages = (path for path in changed if path.endswith(".html"))
    return sorted(path for path in pages if not path.startswith("embed/"))


@pytest.mark.parametrize("seed", range(5))
def test_built_step_by_step_equals_built_at_once(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime, seed: int
) -> None:
    chance = random.Random(seed)
    page = a_page(now - timedelta(days=900))
    Page.objects.update(languages=["en", "de"][: 1 + seed % 2])
    group = create_component(
        actor=MACHINE, now=now - timedelta(days=900), page=page, name="All", is_group=True
    )
    parts = [
        create_component(
            actor=MACHINE, now=now - timedelta(days=900 - 150 * n), page=page, name=f"Part {n}",
            public_id=f"part-{n}", group=group if n else None,
        )
        for n in range(3)
    ]  # fmt: skip
    at = now - timedelta(days=400)
    for _ in range(20):
        at += timedelta(hours=chance.randint(1, 300))
        if chance.random() < 0.3:
            at -= timedelta(hours=chance.randint(1, 40))
        if chance.random() < 0.2:
            a_random_answer_to_a_word(chance, page, at)
        elif chance.random() < 0.25:
            part = Component.objects.get(pk=chance.choice(parts).pk)
            status = chance.choice(["operational", "degraded_performance", "major_outage"])
            set_status(actor=MACHINE, now=at, component=part, status=status)
        else:
            a_random_word(chance, page, at)
        if chance.random() < 0.4:
            turn_promises_late(now=at)
            turn_measures_held(now=at)
        if chance.random() < 0.2:
            roll_up(now=at)
        if chance.random() < 0.2:
            ended = at - timedelta(hours=chance.randint(1, 900))
            backfill_span(
                actor=MACHINE, component=chance.choice(parts), status="partial_outage",
                began=ended - timedelta(hours=chance.randint(1, 60)), ended=ended,
            )  # fmt: skip
        if chance.random() < 0.1:
            Component.objects.filter(pk=chance.choice([*parts, group]).pk).update(
                hidden=chance.random() < 0.5
            )
        if chance.random() < 0.6:
            build_pending(now=at)
    create_component(actor=MACHINE, now=at, page=page, name="Late", public_id="late")
    build_pending(now=at)
    # Another clock, to show that none enters a byte.
    assert bytes_of(site_dir) == whole_build(settings, tmp_path / "clean", now + timedelta(days=99))


def test_only_what_changed_is_written(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    for n, incident_id in enumerate(IDS):
        word(page, incident_id, now - timedelta(days=31 * n), status="resolved")
    build_pending(now=now)
    stamps = {p: p.stat().st_mtime_ns for p in site_dir.rglob("*") if p.is_file()}
    word(page, "inv-0", now + timedelta(hours=1), status="investigating", body="It is back.")
    changed = build_pending(now=now)
    assert html_of(changed) == [
        "history/2026/03/index.html", "history/cause/unknown/index.html",
        "history/data/unknown/index.html", "history/impact/major/index.html",
        "incidents/inv-0/index.html", "index.html", "patterns/index.html",
    ]  # fmt: skip
    assert {"history.atom", "incidents/inv-0.json", "api/v2/summary.json"} < set(changed)
    assert not any("inv-1" in path for path in changed)
    touched = {
        str(
            p.relative_to(site_dir).with_suffix("")
            if p.suffix in ENDINGS
            else p.relative_to(site_dir)
        )
        for p, stamp in stamps.items()
        if p.stat().st_mtime_ns != stamp
    }
    assert {t for t in touched if not t.startswith("manifest")} == set(changed)
    assert build_pending(now=now) == []


def test_a_word_that_changes_nothing_but_itself_is_shown(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now - timedelta(hours=2), published_at=now)
    word(page, "inv", now, published_at=now)
    build_pending(now=now)
    word(page, "inv", now - timedelta(hours=1), published_at=now, body="Between the two.")
    build_pending(now=now)
    assert "Between the two." in (site_dir / "incidents/inv/index.html").read_text()
    assert "Between the two." in (site_dir / "history.atom").read_text()


def test_a_component_alone_rebuilds_its_page_and_the_front_page(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    part = create_component(actor=MACHINE, now=now, page=page, name="API")
    word(page, "inv", now, status="resolved")
    build_pending(now=now)
    set_status(actor=MACHINE, now=now + timedelta(hours=1), component=part, status="major_outage")
    changed = build_pending(now=now)
    own = f"components/{part.public_id}/index.html"
    assert html_of(changed) == [own, "index.html"]
    beside = set(changed) - {own, "index.html", *EMBED_FILES}
    assert all(path.startswith("api/v2/") for path in beside)
    assert "Everything is down." in (site_dir / "index.html").read_text()


def test_a_renamed_page_is_built_anew(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now)
    build_pending(now=now)
    Page.objects.filter(pk=page.pk).update(name="Larkbridge & Sons")
    assert "404.html" in build_pending(now=now)
    for path in site_dir.rglob("*.html"):
        assert "Larkbridge &amp; Sons" in path.read_text()


def test_who_waited_for_another_builder_builds_the_page_as_it_is_then(
    site_dir: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    word(a_page(now), "inv", now)
    real = Folder.held

    def renamed_meanwhile(self: Folder, *, wait: bool = True) -> AbstractContextManager[None]:
        with meanwhile():
            Page.objects.update(name="Larkbridge & Sons")
        return real(self, wait=wait)

    monkeypatch.setattr(Folder, "held", renamed_meanwhile)
    build_pending(now=now)
    assert "Larkbridge &amp; Sons" in (site_dir / "index.html").read_text()
    assert build_pending(now=now) == []


def test_a_new_version_of_the_templates_builds_everything(
    site_dir: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_page(now)
    word(page, "inv", now)
    build_pending(now=now)
    (site_dir / "incidents/inv/index.html").write_text("as an older version wrote it")
    monkeypatch.setattr(actions, "made_with", lambda: "another version")
    assert build_pending(now=now) == ["incidents/inv/index.html"]
    assert build_pending(now=now) == []


def test_a_request_outlives_a_builder_that_fails(
    site_dir: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_page(now)
    word(page, "inv", now)
    build_pending(now=now)
    word(page, "inv", now + timedelta(hours=1), status="resolved", body="Over.")

    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Folder, "put", full_disk)
        with pytest.raises(OSError, match="No space"):
            build_pending(now=now)
    assert Rebuild.objects.exists()
    assert "index.html" in build_pending(now=now)
    assert not Rebuild.objects.exists()


def test_a_request_made_while_building_is_not_forgotten(
    site_dir: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_page(now)
    word(page, "inv", now)
    real = Folder.put

    def publish_meanwhile(self: Folder, *args: Any, **more: Any) -> list[str]:
        if Publication.objects.count() == 1:
            with meanwhile():
                word(page, "inv", now + timedelta(hours=1), status="resolved", body="Over now.")
        return real(self, *args, **more)

    monkeypatch.setattr(Folder, "put", publish_meanwhile)
    build_pending(now=now)
    build_pending(now=now)
    assert "Over now." in (site_dir / "incidents/inv/index.html").read_text()


def test_a_whole_build_reads_the_components_once_and_a_change_amid_it_is_built_next(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime
) -> None:
    page = a_page(now)
    parts = [
        create_component(actor=MACHINE, now=now, page=page, name=f"Part {n}", public_id=f"part-{n}")
        for n in range(4)
    ]
    word(page, "inv", now)

    def fail_meanwhile(done: int, of: int) -> None:
        if done == 1:
            with meanwhile():
                set_status(actor=MACHINE, now=now, component=parts[0], status="major_outage")

    with CaptureQueriesContext(connection) as said:
        build_all(now=now, progress=fail_meanwhile)
    of_the_page = 'WHERE "components_component"."page_id" = '
    reads = [each["sql"] for each in said if of_the_page in each["sql"]]
    assert len(reads) == 1
    changed = build_pending(now=now)
    assert {"index.html", "components/part-0/index.html"} <= set(changed)
    assert bytes_of(site_dir) == whole_build(settings, tmp_path / "clean", now)


def test_an_incident_that_leaves_a_month_alone_takes_the_page_with_it(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "stays", now - timedelta(days=90))
    word(page, "moves", now)
    build_pending(now=now)
    assert (site_dir / "history/2026/03/index.html").exists()
    word(page, "moves", now + timedelta(hours=1), began=now - timedelta(days=40))
    build_pending(now=now)
    assert not (site_dir / "history/2026/03").exists()
    assert bytes_of(site_dir) == whole_build(settings, tmp_path / "clean", now)


def spoil_file(site: Path) -> None:
    (site / "index.html").write_bytes(b"half a pa")


def drop_file(site: Path) -> None:
    (site / "incidents/inv-1/index.html").unlink()


def spoil_packed(site: Path) -> None:
    (site / "history.atom.gz").write_bytes(b"\x1f\x8b not really")
    (site / "index.html.br").unlink()
    (site / "feed.json.zst").write_bytes(b"")


def change_one_byte(site: Path) -> None:
    page = site / "incidents/inv-1/index.html"
    page.write_bytes(page.read_bytes().replace(b"not sent", b"now sent"))


def drop_shards(site: Path) -> None:
    for shard in (site / "manifest").glob("*.json"):
        shard.unlink()


def spoil_manifest(site: Path) -> None:
    (site / "manifest.json").write_text('{"version": 1, "files": {"index')


def leave_temporary(site: Path) -> None:
    (site / "incidents/inv-1/.tmp-4711-index.html").write_bytes(b"<!doc")
    (site / ".tmp-4711-index.html.gz").write_bytes(b"")


def drop_everything(site: Path) -> None:
    for path in sorted(site.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()


@pytest.mark.parametrize(
    "harm",
    [spoil_file, drop_file, spoil_packed, change_one_byte, drop_shards, spoil_manifest,
     leave_temporary, drop_everything],
)  # fmt: skip
def test_a_sweep_mends_whatever_happened_to_the_folder(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime, harm: Callable[[Path], None]
) -> None:
    page = a_page(now)
    for n, incident_id in enumerate(IDS[:4]):
        word(page, incident_id, now - timedelta(days=20 * n))
    build_pending(now=now)
    harm(site_dir)
    sweep(now=now)
    assert bytes_of(site_dir) == whole_build(settings, tmp_path / "clean", now)
    found = sweep(now=now)
    assert (found.temporary, found.repaired) == (0, [])


def test_only_a_thorough_sweep_sees_harm_that_leaves_size_and_time_alone(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv-1", now)
    build_pending(now=now)
    harmed = site_dir / "incidents/inv-1/index.html"
    before = harmed.stat()
    change_one_byte(site_dir)
    os.utime(harmed, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert sweep(now=now).repaired == []
    assert sweep(now=now, thorough=True).repaired == ["incident:inv-1"]
    assert bytes_of(site_dir) == whole_build(settings, tmp_path / "clean", now)


def test_a_quick_sweep_reads_no_file_that_nobody_touched(
    site_dir: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_page(now)
    for n, incident_id in enumerate(IDS):
        word(page, incident_id, now - timedelta(days=20 * n))
    build_pending(now=now)
    (site_dir / "history.rss.gz").unlink()
    sweep(now=now)
    read: list[str] = []
    real = Path.read_bytes

    def watched(self: Path) -> bytes:
        read.append(self.name)
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", watched)
    assert sweep(now=now).repaired == []
    assert not read


def test_what_an_older_version_told_otherwise_is_not_believed(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv-1", now)
    build_all(now=now)
    gone = site_dir / "incidents/inv-0/index.html"
    gone.parent.mkdir()
    gone.write_text("from another time")
    told = {"version": 1, "files": {"incidents/inv-0/index.html": {"sha256": "", "bytes": 17}}}
    (site_dir / "manifest/0a.json").write_text(json.dumps(told))
    build_all(now=now)
    assert bytes_of(site_dir) == whole_build(settings, tmp_path / "clean", now)


def test_a_file_nobody_here_made_is_left_alone(site_dir: Path, now: datetime) -> None:
    a_page(now)
    build_all(now=now)
    (site_dir / "humans.txt").write_text("Mara, on call\n")
    build_all(now=now)
    sweep(now=now)
    assert (site_dir / "humans.txt").exists()


def test_the_manifest_tells_the_truth_about_every_file(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    for n, incident_id in enumerate(IDS):
        word(page, incident_id, now - timedelta(days=20 * n))
    build_pending(now=now)
    entries = Folder(site_dir).entries()
    there = {
        path for path in bytes_of(site_dir)
        if Path(path).suffix not in ENDINGS and not path.startswith("manifest")
    }  # fmt: skip
    assert set(entries) == there
    for path, entry in entries.items():
        content = (site_dir / path).read_bytes()
        assert entry["sha256"] == sha256(content).hexdigest()
        assert entry["bytes"] == len(content)
        for packing in PACKINGS:
            packed = (site_dir / f"{path}{packing.ending}").read_bytes()
            told = {"sha256": sha256(packed).hexdigest(), "bytes": len(packed)}
            assert entry["forms"][packing.ending] == told
            assert packing.holds(packed, content)
        assert "charset=utf-8" in entry["type"] or entry["type"] == "image/svg+xml"
    json.loads((site_dir / "manifest.json").read_text())


def test_without_a_page_there_is_nothing_to_build_and_a_way_to_begin(
    site_dir: Path, now: datetime
) -> None:
    assert build_pending(now=now) == []
    assert sweep(now=now).repaired == []
    with pytest.raises(NotFound, match="afterword demo"):
        build_all(now=now)


def test_progress_is_told_place_by_place(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now)
    told: list[tuple[int, int]] = []
    build_all(now=now, progress=lambda done, whole: told.append((done, whole)))
    assert told[-1][0] == told[-1][1] == len(told)


def longer_history(page: Page, now: datetime, wanted: int) -> None:
    """Make the history `wanted` incidents long, one every six hours back from `now`."""
    have = PublicIncident.objects.filter(page=page).count()
    number = Publication.objects.filter(page=page).count()
    state = {"kind": "incident", "title": "Old", "status": "resolved", "impact": "minor"}
    publications, rows, months = [], [], Counter[str]()
    for n in range(have, wanted):
        at = now - timedelta(hours=6 * n)
        months[f"{at:%Y-%m}"] += 1
        known = {**state, "started_at": at.isoformat(), "resolved_at": at.isoformat()}
        publications.append(
            Publication(
                page=page, number=number + n, kind="update", incident_id=f"old-{n}", title="Old",
                source_id="u", body="Over.", html="<p>Over.</p>", facts={"incident": known},
                display_at=at, published_at=at, imported=True, previous_hash="", hash=f"{n:064}",
            )
        )  # fmt: skip
        rows.append(
            PublicIncident(
                page=page, incident_id=f"old-{n}", started_at=at, resolved_at=at, newest_at=at,
                updated_at=at, month=f"{at:%Y-%m}", imported=True, **state,
            )
        )  # fmt: skip
    Publication.objects.bulk_create(publications)
    PublicIncident.objects.bulk_create(rows)
    for month, count in months.items():
        row, _ = PublicMonth.objects.get_or_create(page=page, month=month)
        row.incidents += count
        row.save()


@pytest.mark.slow
def test_what_a_publication_costs_does_not_depend_on_the_length_of_the_history(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now - timedelta(days=4000))
    word(page, "fresh", now)
    cost = []
    for hour, length in enumerate((40, 400), start=1):
        longer_history(page, now - timedelta(days=40), length)
        build_all(now=now)
        with CaptureQueriesContext(connection) as said:
            word(page, "fresh", now + timedelta(hours=hour), body=f"Word {hour}.")
            changed = build_pending(now=now)
        read = sum(q["sql"].count("OFFSET") + q["sql"].count("COUNT(") for q in said)
        newest = {f"log/{log_shards(page):06}.jsonl": "the newest part of the log"}
        cost.append((len(said), read, sorted(newest.get(path, path) for path in changed)))
    assert cost[0] == cost[1]
    assert cost[0][1] == 0


def test_who_publishes_waits_for_the_news_alone_and_the_history_follows(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now - timedelta(days=90))
    word(page, "inv-0", now - timedelta(days=1), title="Invoices late")
    build_pending(now=now)
    month = f"history/{now:%Y}/{now:%m}/index.html"
    before = (site_dir / month).read_bytes()
    word(page, "inv-1", now, title="Sign-in slow")
    assert build_at_once(now=now) is True
    for path in ("index.html", "incidents/inv-1/index.html", "api/v2/summary.json", "feed.json"):
        assert b"Sign-in slow" in (site_dir / path).read_bytes(), path
    assert (site_dir / month).read_bytes() == before
    assert month in build_pending(now=now)
    assert b"Sign-in slow" in (site_dir / month).read_bytes()
    assert not Rebuild.objects.exists()
    step_by_step = bytes_of(site_dir)
    build_all(now=now)
    assert bytes_of(site_dir) == step_by_step


def test_news_published_while_everything_is_built_do_not_wait_for_the_end(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_page(now)
    part = create_component(actor=MACHINE, now=now, page=page, name="API")
    for n, incident_id in enumerate(IDS):
        word(page, incident_id, now - timedelta(days=31 * n), status="resolved")
    build_pending(now=now)
    monkeypatch.setattr(actions, "_BATCH", 2)
    seen: list[bool] = []

    def publish_at_the_start(done: int, whole: int) -> None:
        if done == 1:
            later = now + timedelta(hours=1)
            with meanwhile():
                set_status(actor=MACHINE, now=later, component=part, status="major_outage")
                word(page, "inv-0", later, body="It is back.")
        if done == whole // 2:
            seen.extend(
                "It is back." in (site_dir / name).read_text()
                for name in ("index.html", "incidents/inv-0/index.html", "api/v2/summary.json")
            )
            seen.append("Everything is down." in (site_dir / "index.html").read_text())

    build_all(now=now, progress=publish_at_the_start)
    assert seen == [True, True, True, True]
    # The history follows: nobody looks there for news.
    asked = {each.place for each in Rebuild.objects.all()}
    assert "month:2026-03" in asked
    assert "index" not in asked
    build_pending(now=now)
    assert bytes_of(site_dir) == whole_build(settings, tmp_path / "clean", now)


def test_a_translation_published_when_a_measure_has_just_held_shows_that_it_held(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime
) -> None:
    page = a_page(now)
    record = public_record(cause__class="change")
    said = word(
        page, "inv", now, kind="summary", status="resolved", record=record, commitments=PROMISES[:1]
    )
    build_pending(now=now)
    later = now + timedelta(days=100)
    word(
        page, "inv", later, kind="translation", corrects=said, language="de", status="resolved",
        began=now,
    )  # fmt: skip
    build_pending(now=later)
    assert bytes_of(site_dir) == whole_build(settings, tmp_path / "clean", later)


def test_who_publishes_never_waits_for_a_whole_build(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime
) -> None:
    page = a_page(now)
    for incident_id in IDS[:3]:
        word(page, incident_id, now, status="resolved")
    build_pending(now=now)
    Page.objects.filter(pk=page.pk).update(name="Larkbridge & Sons")
    word(Page.objects.get(), "inv-0", now + timedelta(hours=1), body="It is back.")
    assert build_at_once(now=now) is True
    assert "It is back." in (site_dir / "index.html").read_text()
    assert "Sons" in (site_dir / "incidents/inv-0/index.html").read_text()
    assert "Sons" not in (site_dir / "incidents/inv-1/index.html").read_text()
    build_pending(now=now)
    assert bytes_of(site_dir) == whole_build(settings, tmp_path / "clean", now)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the limit is SQLite's")
def test_more_requests_than_a_query_takes_values_are_answered(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv", now)
    build_pending(now=now)
    ask(page=page, places=[f"incident:none-{n}" for n in range(1200)], now=now)
    connection.ensure_connection()
    limit = sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER
    usual = connection.connection.setlimit(limit, 1000)
    try:
        build_pending(now=now)
    finally:
        connection.connection.setlimit(limit, usual)
    assert not Rebuild.objects.exists()


def test_everything_that_pages_are_made_by_is_told_apart_by_version() -> None:
    """A change in how words are read or days are written changes pages as a template does."""
    shaping = {str(each.relative_to(assets.ROOM.parent)) for each in assets.sources()}
    assert {
        "site_builder/templates/site/index.html", "site_builder/pages/index.py",
        "site_builder/source/site.css", "publishing/corrections.py", "components/uptime.py",
        "kit/languages.py",
    } <= shaping  # fmt: skip
    assert not any("migrations" in each for each in shaping)
