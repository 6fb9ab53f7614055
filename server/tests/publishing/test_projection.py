"""What readers may know is folded from publications alone."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from afterword.publishing import queries
from afterword.publishing.actions.press import show
from afterword.publishing.models import (
    CatalogueEntry,
    CatalogueHit,
    PublicIncident,
    PublicMonth,
    PublicPromise,
    PublicTally,
    Rebuild,
)
from publishing.press import a_page, public_record, word

pytestmark = pytest.mark.django_db
IDS = ["a", "b", "c", "d", "e"]


def rows(model: Any) -> list[dict[str, Any]]:
    found = model.objects.order_by("pk").values()
    return sorted(({k: v for k, v in row.items() if k != "id"} for row in found), key=str)


def everything_derived() -> dict[str, list[dict[str, Any]]]:
    """All that was folded from publications; tallies that stand at nought say nothing."""
    hits = CatalogueHit.objects.values_list("entry__incident_id", "part", "started_at")
    return {
        "incidents": rows(PublicIncident),
        "months": [row for row in rows(PublicMonth) if row["incidents"]],
        "promises": rows(PublicPromise),
        "catalogue": rows(CatalogueEntry),
        "hits": sorted(hits),
        "tallies": [row for row in rows(PublicTally) if row["number"]],
    }


@pytest.mark.parametrize("seed", range(6))
def test_everything_derived_can_be_derived_again(now: datetime, seed: int) -> None:
    chance = random.Random(seed)
    page = a_page(now)
    for step in range(30):
        at = now + timedelta(days=chance.randint(-200, 200), minutes=step)
        kind = chance.choice(["update", "update", "closure", "summary", "note", "follow_up"])
        word(
            page, chance.choice(IDS), at, kind=kind,
            status=chance.choice(["investigating", "monitoring", "resolved"]),
            record=public_record() if kind in {"closure", "summary"} else None,
            audience="list" if kind == "follow_up" else "page",
            began=chance.choice([None, at - timedelta(days=40)]),
            imported=chance.random() < 0.3,
            components=[{"id": chance.choice("cde"), "name": "API", "status": "major_outage"}],
        )  # fmt: skip
    derived = everything_derived()
    for model in (PublicIncident, PublicMonth, PublicPromise, CatalogueEntry, PublicTally):
        model.objects.all().delete()
    for incident_id in chance.sample(IDS, len(IDS)):
        show(page=page, incident_id=incident_id, now=now)
    assert derived == everything_derived()


def test_months_count_what_began_in_them(now: datetime) -> None:
    page = a_page(now)
    for index in range(3):
        word(page, f"march-{index}", now)
    word(page, "january", now - timedelta(days=60))
    assert [(m.month, m.incidents) for m in queries.months(page)] == [
        ("2026-03", 3),
        ("2026-01", 1),
    ]


def test_an_incident_found_to_have_begun_earlier_moves_and_both_months_are_built(
    now: datetime,
) -> None:
    page = a_page(now)
    word(page, "stays", now)
    word(page, "moves", now)
    word(page, "far", now - timedelta(days=100))
    Rebuild.objects.all().delete()
    word(page, "moves", now + timedelta(hours=1), began=now - timedelta(days=40))
    assert [(m.month, m.incidents) for m in queries.months(page)] == [
        ("2026-03", 1), ("2026-02", 1), ("2025-12", 1),
    ]  # fmt: skip
    asked = {each.place for each in queries.pending_rebuilds(page)}
    # The new month stands between two others, whose links to their neighbours change.
    assert {"month:2026-02", "month:2026-03", "month:2025-12", "history"} <= asked


def test_a_letter_to_a_list_leaves_no_trace_on_the_page(now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now)
    before = rows(PublicIncident)
    Rebuild.objects.all().delete()
    word(
        page, "inv", now + timedelta(hours=3), kind="follow_up", audience="list",
        recipient_list="xyz", record=public_record(), title="To those whose data was seen",
    )  # fmt: skip
    word(page, "only-a-letter", now, kind="data_notice", audience="list", recipient_list="xyz")
    assert rows(PublicIncident) == before
    # The log of publications keeps their hashes; no page has anything new.
    assert {each.place for each in Rebuild.objects.all()} == {"log", "log:1"}
    assert [p.kind for p in queries.publications_of(page, "inv")] == ["update"]
    assert queries.publications_of_many(page, ["only-a-letter"]) == {"only-a-letter": []}


def test_reopening_takes_the_closure_back_from_the_row(now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now, status="resolved")
    word(page, "inv", now + timedelta(hours=1), kind="closure", status="resolved")
    assert queries.incident(page, "inv").closed_at == now + timedelta(hours=1)
    word(page, "inv", now + timedelta(hours=2), status="investigating", body="It is back.")
    shown = queries.incident(page, "inv")
    assert (shown.is_open, shown.closed_at) == (True, None)


def test_an_imported_word_is_as_old_as_its_page_said(now: datetime) -> None:
    page = a_page(now)
    long_ago = now - timedelta(days=500)
    word(page, "old", long_ago, imported=True, published_at=now)
    shown = queries.incident(page, "old")
    assert (shown.newest_at, shown.updated_at, shown.imported) == (long_ago, long_ago, True)


def test_a_backdated_word_is_updated_when_it_could_be_read(now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now - timedelta(hours=5), published_at=now)
    shown = queries.incident(page, "inv")
    assert (shown.newest_at, shown.updated_at) == (now - timedelta(hours=5), now)


def test_a_month_is_read_by_keyset_without_missing_or_repeating(now: datetime) -> None:
    page = a_page(now)
    template = {
        "page": page, "kind": "incident", "title": "x", "status": "resolved", "impact": "minor",
        "newest_at": now, "updated_at": now, "month": "2026-03",
    }  # fmt: skip
    PublicIncident.objects.bulk_create(
        PublicIncident(incident_id=f"i{n}", started_at=now - timedelta(minutes=n // 3), **template)
        for n in range(450)
    )
    found = [each.incident_id for each in queries.incidents_of_month(page, "2026-03")]
    assert len(found) == 450
    assert len(set(found)) == 450
    assert sorted(queries.incident_ids(page)) == sorted(found)
    began = [each.started_at for each in queries.incidents_of_month(page, "2026-03")]
    assert began == sorted(began, reverse=True)
