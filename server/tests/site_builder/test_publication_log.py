"""Anybody can download what was published and see that nothing was changed, lost or moved."""

import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from afterword.cli.main import app
from afterword.components.models import Page
from afterword.publishing.log_lines import Verdict, compare, verify
from afterword.publishing.models import Publication
from afterword.publishing.queries import LOG_SHARD
from afterword.site_builder.actions import build_all, build_pending
from publishing.press import a_page, public_record, word

pytestmark = pytest.mark.django_db


def a_history(now: datetime, length: int = 12) -> Page:
    page = a_page(now)
    for number in range(length):
        at = now + timedelta(minutes=number)
        word(page, f"inv-{number % 3}", at, body=f"Word {number}. Straße 🔥 & <b>more</b>")
    return page


def log_of(site_dir: Path) -> bytes:
    return b"".join(part.read_bytes() for part in sorted((site_dir / "log").glob("*.jsonl")))


def reading(raw: bytes) -> Verdict:
    return verify(raw.decode("utf-8", "replace").removesuffix("\n").split("\n"))


def retract(page: Page, at: datetime, wrong: Publication, reason: str) -> Publication:
    return word(
        page, wrong.incident_id, at, kind="correction", body=reason, corrects=wrong,
        correction={"weight": "retraction"},
    )  # fmt: skip


def test_the_log_of_a_page_is_whole_and_its_head_says_how_long(
    site_dir: Path, now: datetime
) -> None:
    a_history(now)
    build_all(now=now)
    verdict = reading(log_of(site_dir))
    head = json.loads((site_dir / "log.json").read_bytes())
    assert verdict.whole, verdict.broken
    assert (head["lines"], head["hash"]) == (12, verdict.head)


def test_a_changed_byte_anywhere_is_found(site_dir: Path, now: datetime) -> None:
    a_history(now, 6)
    build_all(now=now)
    raw, chance = log_of(site_dir), random.Random(4)
    for _ in range(400):
        place = chance.randrange(len(raw))
        other = chance.choice([b for b in range(256) if b != raw[place]])
        changed = raw[:place] + bytes([other]) + raw[place + 1 :]
        if changed.removesuffix(b"\n") == raw.removesuffix(b"\n"):
            continue
        assert not reading(changed).whole, (place, raw[place], other)


def test_a_lost_a_moved_and_a_repeated_line_are_found(site_dir: Path, now: datetime) -> None:
    a_history(now, 6)
    build_all(now=now)
    lines = log_of(site_dir).decode().splitlines()
    for place in range(len(lines)):
        assert not verify(lines[:place] + lines[place + 1 :]).whole
        assert not verify([*lines[: place + 1], *lines[place:]]).whole
    for place in range(len(lines) - 1):
        moved = [*lines]
        moved[place], moved[place + 1] = moved[place + 1], moved[place]
        assert not verify(moved).whole


def test_a_log_cut_off_anywhere_is_found(site_dir: Path, now: datetime) -> None:
    a_history(now, 4)
    build_all(now=now)
    raw = log_of(site_dir)
    for length in range(0, len(raw) - 1, 7):
        assert not reading(raw[:length]).whole, length


def test_a_log_written_anew_with_other_words_differs_from_an_earlier_copy(
    site_dir: Path, now: datetime
) -> None:
    a_history(now, 5)
    build_all(now=now)
    honest = reading(log_of(site_dir))
    longer = Verdict(hashes={**honest.hashes, 6: "f" * 64})
    forged = Verdict(hashes={**honest.hashes, 3: "0" * 64})
    shorter = Verdict(hashes={n: h for n, h in honest.hashes.items() if n < 4})
    assert compare(honest, longer) == []
    assert "Line 3" in compare(honest, forged)[0]
    assert "Line 4" in compare(honest, shorter)[0]


def test_a_letter_is_in_the_log_without_a_word_of_it(site_dir: Path, now: datetime) -> None:
    page = a_history(now, 2)
    word(
        page, "inv-0", now + timedelta(hours=1), kind="follow_up", audience="list",
        recipient_list="lst-secret", body="Dear Quillfeather, your 1,204 documents",
        record=public_record(),
    )  # fmt: skip
    word(page, "inv-0", now + timedelta(hours=2), body="Public again.")
    build_all(now=now)
    raw = log_of(site_dir)
    verdict = reading(raw)
    assert verdict.whole
    assert verdict.withheld == {3: "letter"}
    assert b"Quillfeather" not in raw
    assert b"lst-secret" not in raw


def test_retracted_words_leave_the_log_and_their_hash_stays(site_dir: Path, now: datetime) -> None:
    page = a_history(now, 3)
    wrong = word(page, "inv-1", now + timedelta(hours=1), body="Brockhurst lost its documents.")
    build_pending(now=now)
    earlier = reading(log_of(site_dir))
    fact = word(
        page, "inv-1", now + timedelta(hours=2), kind="correction", corrects=wrong,
        body="We wrote “Brockhurst lost its documents”. It is: nobody did.",
        correction={"weight": "fact"},
    )  # fmt: skip
    retract(page, now + timedelta(hours=3), wrong, "It named a customer without asking them.")
    build_pending(now=now)
    raw = log_of(site_dir)
    verdict = reading(raw)
    assert verdict.whole, verdict.broken
    assert verdict.withheld == {wrong.number: "retraction 6", fact.number: "retraction 6"}
    assert b"Brockhurst" not in raw
    assert compare(earlier, verdict) == []


def test_a_retraction_that_was_retracted_still_explains_what_it_withheld(
    site_dir: Path, now: datetime
) -> None:
    page = a_history(now, 3)
    wrong = word(page, "inv-1", now + timedelta(hours=1), body="Brockhurst lost its documents.")
    first = retract(page, now + timedelta(hours=2), wrong, "Quillfeather asked us to.")
    build_pending(now=now)
    earlier = reading(log_of(site_dir))
    second = retract(page, now + timedelta(hours=3), first, "It named somebody.")
    build_pending(now=now)
    raw = log_of(site_dir)
    verdict = reading(raw)
    assert verdict.whole, verdict.broken
    assert verdict.withheld == {
        wrong.number: f"retraction {first.number}",
        first.number: f"retraction {second.number}",
    }
    assert b"Quillfeather" not in raw
    assert compare(earlier, verdict) == []


def test_two_withheld_lines_do_not_explain_each_other(site_dir: Path, now: datetime) -> None:
    a_history(now, 4)
    build_all(now=now)
    lines = log_of(site_dir).decode().splitlines()
    for number, by in ((2, 3), (3, 2)):
        value = json.loads(lines[number - 1])
        hidden: dict[str, Any] = {
            "hash": value["hash"], "number": number, "previous": value["previous"],
            "withheld": {"because": "retraction", "by": by},
        }  # fmt: skip
        lines[number - 1] = json.dumps(hidden, sort_keys=True, separators=(",", ":"))
    assert len(verify(lines).broken) == 2


def test_words_withheld_without_a_retraction_are_found(site_dir: Path, now: datetime) -> None:
    a_history(now, 4)
    build_all(now=now)
    lines = log_of(site_dir).decode().splitlines()
    value = json.loads(lines[1])
    hidden: dict[str, Any] = {
        "hash": value["hash"], "number": 2, "previous": value["previous"],
        "withheld": {"because": "retraction", "by": 4},
    }  # fmt: skip
    lines[1] = json.dumps(hidden, sort_keys=True, separators=(",", ":"))
    assert "takes back nothing" in verify(lines).broken[0]


def test_a_publication_writes_the_newest_part_of_the_log_alone(
    site_dir: Path, now: datetime
) -> None:
    page = a_history(now, 2 * LOG_SHARD + 5)
    build_all(now=now)
    word(page, "inv-1", now + timedelta(days=1))
    changed = [path for path in build_pending(now=now) if path.startswith("log")]
    assert sorted(changed) == ["log.json", "log/000003.jsonl"]
    assert reading(log_of(site_dir)).lines == 2 * LOG_SHARD + 6


def test_a_part_that_is_full_is_closed_and_the_next_one_ends_the_log(
    site_dir: Path, now: datetime
) -> None:
    page = a_history(now, LOG_SHARD)
    build_all(now=now)
    word(page, "inv-1", now + timedelta(days=1))
    build_pending(now=now)
    assert reading(log_of(site_dir)).whole
    assert sorted(path.name for path in (site_dir / "log").glob("*.jsonl")) == [
        "000001.jsonl", "000002.jsonl",
    ]  # fmt: skip


def test_the_command_says_whole_broken_and_rewritten(
    site_dir: Path, now: datetime, tmp_path: Path
) -> None:
    page = a_history(now, 5)
    build_all(now=now)
    kept = tmp_path / "kept.jsonl"
    said = CliRunner().invoke(app, ["verify-log", str(site_dir), "--save", str(kept)])
    assert (said.exit_code, "Whole: 5 publications" in said.output) == (0, True)

    word(page, "inv-1", now + timedelta(days=1))
    build_pending(now=now)
    said = CliRunner().invoke(app, ["verify-log", str(site_dir), "--earlier", str(kept)])
    assert (said.exit_code, "Nothing was rewritten" in said.output) == (0, True)

    raw = kept.read_bytes()
    kept.write_bytes(raw.replace(b"Word 3", b"Word 8"))
    said = CliRunner().invoke(app, ["verify-log", str(kept)])
    assert said.exit_code == 1
    assert "BROKEN" in said.output
    assert "Line 4: its words do not give its hash" in said.output


def test_an_empty_page_has_an_empty_log(site_dir: Path, now: datetime) -> None:
    a_page(now)
    build_all(now=now)
    verdict = reading(log_of(site_dir))
    assert (verdict.whole, verdict.lines) == (True, 0)
