"""One step of the measurement in a process of its own; prints what it found as one line of JSON.

python -m search_speed.step grow 1000     invents incidents until there are so many
python -m search_speed.step ask 7         asks every question so many times
"""

import itertools
import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from afterword.accounts.permissions import MACHINE  # noqa: E402
from afterword.components.actions import create_page  # noqa: E402
from afterword.components.models import Page  # noqa: E402
from afterword.publishing.catalogue import CAUSES, DATA_EFFECTS, IMPACTS  # noqa: E402
from afterword.publishing.models import (  # noqa: E402
    CatalogueEntry,
    CatalogueHit,
    PublicIncident,
    PublicTally,
)
from afterword.publishing.searching import searchable  # noqa: E402

NEWEST = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
PARTS = 40
WORDS_EACH = 150
VOCABULARY = 20_000
_AT_ONCE = 1000
QUESTIONS = {
    "a word in three incidents": {"q": "needle"},
    "a word in every incident": {"q": "investigating"},
    "two words in every incident": {"q": "investigating resolved"},
    "two words that never meet": {"q": "morning evening"},
    "a common and a rare word": {"q": "investigating needle"},
    "a word nobody wrote": {"q": "unheard"},
    "two letters many words begin with": {"q": "wo"},
    "eight words": {"q": "w1 w2 w3 w4 w5 w6 w7 w8"},
    "three signs without spaces": {"q": "障害中"},
    "a common word in one part": {"q": "investigating", "component": "part-7"},
    "a rare word and a cause": {"q": "needle", "cause": "change"},
    "words that never meet, in a part": {"q": "morning evening", "component": "part-7"},
    "one part": {"component": "part-7"},
    "one impact": {"impact": "major"},
    "impact, data and cause": {"impact": "critical", "data": "affected", "cause": "security"},
    "a common word, from the middle on": {"q": "investigating", "after": ""},
}


def grow(until: int) -> dict[str, Any]:
    """Invent incidents, one an hour back from the newest. Seeding is not what is measured."""
    page = Page.objects.first() or create_page(
        actor=MACHINE, now=NEWEST, name="Larkbridge", url="http://127.0.0.1"
    )
    have = PublicIncident.objects.filter(page=page).count()
    numbers = iter(range(have, until))
    while chunk := list(itertools.islice(numbers, _AT_ONCE)):
        _add(page, chunk)
    tallies = [
        PublicTally(page=page, about="part", value=f"part-{n}", number=until // PARTS)
        for n in range(PARTS)
    ]
    PublicTally.objects.all().delete()
    PublicTally.objects.bulk_create(tallies)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"incidents": PublicIncident.objects.count(), "vendor": connection.vendor}


def ask(rounds: int) -> dict[str, Any]:
    """Ask every question once unmeasured and then so many times, each in turn."""
    client = Client(headers={"host": "127.0.0.1"})
    found: dict[str, Any] = {name: {"ms": [], "found": 0} for name in QUESTIONS}
    for turn in range(rounds + 1):
        for name, question in QUESTIONS.items():
            query = {**question, "after": _middle()} if "after" in question else question
            began = time.perf_counter()
            answer = client.get("/history/search/", query)
            taken = (time.perf_counter() - began) * 1000
            if answer.status_code != 200:
                raise RuntimeError(f"{name}: {answer.status_code}")
            found[name]["found"] = answer.content.count(b'class="title"')
            if turn:
                found[name]["ms"].append(taken)
    return found


def _add(page: Page, numbers: list[int]) -> None:
    incidents, entries, hits = [], [], []
    for number in numbers:
        at = NEWEST - timedelta(hours=number)
        title, part = f"Trouble number {number}", f"part-{number % PARTS}"
        told = {"kind": "incident", "title": title, "impact": IMPACTS[number % 4], "started_at": at}
        incidents.append(
            PublicIncident(
                page=page, incident_id=f"inv-{number}", status="resolved", month=f"{at:%Y-%m}",
                resolved_at=at + timedelta(minutes=40), newest_at=at, updated_at=at, **told,
            )
        )  # fmt: skip
        entry = CatalogueEntry(
            page=page, incident_id=f"inv-{number}", seconds=2400, told_at=at,
            data_effect=DATA_EFFECTS[number % 3], cause=CAUSES[number % 7],
            hit=[[part, f"Part {number % PARTS}"]], words=" ".join(_words(number, title)), **told,
        )  # fmt: skip
        entries.append(entry)
        hits.append(
            CatalogueHit(
                page=page, entry=entry, part=part, name=f"Part {number % PARTS}", started_at=at,
                kind="incident",
            )
        )  # fmt: skip
    PublicIncident.objects.bulk_create(incidents)
    CatalogueEntry.objects.bulk_create(entries)
    CatalogueHit.objects.bulk_create(hits)


def _words(number: int, title: str) -> Iterator[str]:
    """Yield the words of an incident: the n-th of the vocabulary about 1/n times as often."""
    chance = random.Random(number)
    yield searchable([title, "investigating monitoring resolved", "障害が発生しています"])
    yield "morning" if number % 2 else "evening"
    if number in {11, 500, 900}:
        yield "needle"
    for _ in range(WORDS_EACH):
        yield f"w{int(VOCABULARY ** chance.random())}o"


def _middle() -> str:
    middle = CatalogueEntry.objects.order_by("started_at")[CatalogueEntry.objects.count() // 2]
    return f"{middle.started_at:%Y-%m-%dT%H:%M:%SZ}~{middle.pk}"


if __name__ == "__main__":
    verb, number = sys.argv[1], int(sys.argv[2])
    print(json.dumps({"grow": grow, "ask": ask}[verb](number)))
