"""The history is found by words and by what incidents have in common, on both databases alike."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from afterword.components.models import Page
from afterword.publishing.finding import WALKED, Wanted, find
from afterword.publishing.models import CatalogueEntry
from afterword.publishing.searching import LONGEST, asked, searchable
from publishing.press import PROMISES, a_page, public_record, word

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def page(now: datetime) -> Page:
    page = a_page(now)
    shop = [{"id": "shop", "name": "Ticket shop", "status": "major_outage"}]
    word(page, "invoices", now, title="Invoices were not sent", impact="major",
         body="Sending is **slow** since the release 2026.3 of `inv-queue`.")  # fmt: skip
    word(page, "café", now - DAY, title="Überlange Wartezeiten im Café", impact="minor",
         body="<b>Straße</b> gesperrt", body_format="html", components=shop)  # fmt: skip
    word(page, "japan", now - 2 * DAY, title="一部のお客様で障害が発生しています", impact="major",
         body="現在調査中です。", components=shop)  # fmt: skip
    word(page, "hebrew", now - 3 * DAY, title="הזמנות לא נשלחו \u202eevil\u202c",
         body="🔥 " + "x" * 300, impact="critical")  # fmt: skip
    word(page, "promised", now - 4 * DAY, title="Slow sign-in", kind="summary", status="resolved",
         record=public_record(data__loss="confirmed", cause__class="change"),
         commitments=PROMISES)  # fmt: skip
    return page


def ids(page: Page, words: str = "", **more: Any) -> list[str]:
    return [each.incident_id for each in find(page, Wanted(words=words, **more)).incidents]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("invoices", ["invoices", "promised"]),
        ("INVOIC", ["invoices", "promised"]),
        ("sent invoices not", ["invoices", "promised"]),
        ("slow", ["invoices", "promised"]),
        ("release 2026", ["invoices"]),
        ("inv-queue", ["invoices"]),
        ("queue-inv", []),
        ("2026.3", ["invoices"]),
        ("2026.4", []),
        ("死", []),
        ("客", ["japan"]),
        ("中", ["japan"]),
        ("cafe uberlange", ["café"]),
        ("strasse", ["café"]),
        ("b", []),
        ("障害", ["japan"]),
        ("害障", []),
        ("הזמנות", ["hebrew"]),
        ("supplier", ["promised"]),
        ("Ticket", ["café", "japan"]),
        ("unheard-of", []),
    ],
)
def test_words_are_found_as_people_write_them(page: Page, words: str, found: list[str]) -> None:
    assert ids(page, words) == found
    # Behind a hundred newer ones the index is asked, which must say the same.
    at = CatalogueEntry.objects.latest("started_at").started_at + DAY
    CatalogueEntry.objects.bulk_create(
        CatalogueEntry(
            page=page, incident_id=f"newer-{n}", kind="incident", title="-", impact="minor",
            data_effect="unknown", cause="unknown", started_at=at, told_at=at, words="nothing",
        )
        for n in range(WALKED)
    )  # fmt: skip
    assert ids(page, words) == found


@pytest.mark.parametrize(
    "nasty",
    ['"', "'", "a' OR 1=1 --", 'sent" OR "x', "NOT", "sent NEAR invoices", "sent*", "^sent",
     "-sent", "(sent", "sent)", "words:sent", "sent & | ! <->", ":*", "%", "_", "\\", "sent\\",
     "{a b}: c",
     "é" * 300, "a " * 100, "🔥", "\u202e", ";DROP TABLE publishing_publication;"],
)  # fmt: skip
def test_nothing_typed_is_taken_for_a_command(page: Page, nasty: str) -> None:
    find(page, Wanted(words=nasty))
    assert CatalogueEntry.objects.count() == 5


def test_what_incidents_have_in_common_narrows_a_search(page: Page) -> None:
    assert ids(page, impact="major") == ["invoices", "japan", "promised"]
    assert ids(page, part="shop") == ["café", "japan"]
    assert ids(page, data="affected") == ["promised"]
    assert ids(page, cause="change") == ["promised"]
    assert ids(page, "ticket", impact="minor") == ["café"]
    assert ids(page, part="no such part") == []


def test_a_retracted_word_is_not_found_any_more(page: Page, now: datetime) -> None:
    wrong = word(page, "invoices", now, kind="note", body="Brockhurst was hit first.")
    assert ids(page, "brockhurst") == ["invoices"]
    word(page, "invoices", now + DAY, kind="correction", corrects=wrong,
         correction={"weight": "retraction"}, body="It named a customer.")  # fmt: skip
    assert ids(page, "brockhurst") == []
    assert not CatalogueEntry.objects.filter(words__contains="brockhurst").exists()
    assert ids(page, "named a customer") == ["invoices"]


def test_a_letter_to_a_list_is_not_found(page: Page, now: datetime) -> None:
    word(page, "invoices", now, kind="follow_up", audience="list", body="Dear Brockhurst")
    assert ids(page, "brockhurst") == []


def test_pages_follow_one_another_without_gap_or_repeat(now: datetime) -> None:
    page = a_page(now)
    for n in range(7):  # three begin at the same instant
        word(page, f"inv-{n}", now - (n // 3) * DAY)
    seen: list[str] = []
    after = ""
    for _ in range(4):
        found = find(page, Wanted(words="invoices", after=after), limit=2)
        seen += [each.incident_id for each in found.incidents]
        after = found.after
    assert len(seen) == len(set(seen)) == 7
    assert after == ""


@pytest.mark.parametrize(
    "odd",
    [
        "x",
        "~",
        "2026-03-18~5",
        "0001-01-01T00:00:00Z~1",
        f"2026-03-18T12:00:00Z~{'9' * 40}",
        "2026-03-18T12:00:00Z~²",
    ],
)
def test_a_cursor_that_is_none_begins_at_the_front(page: Page, odd: str) -> None:
    assert ids(page, after=odd) == ids(page)


def test_a_text_beyond_measure_is_searched_as_far_as_it_goes(page: Page, now: datetime) -> None:
    long = " ".join(f"w{n}" for n in range(60_000))
    word(page, "long", now + DAY, title="T" * 255, body=long)
    assert ids(page, "w17") == ["long"]
    assert len(CatalogueEntry.objects.get(incident_id="long").words) <= LONGEST


def test_the_rare_is_found_behind_all_that_is_common(now: datetime) -> None:
    page = a_page(now)
    word(page, "rare", now - 200 * DAY, body="The quince broke.", title="Invoices")
    word(page, "rarer", now - 300 * DAY, body="The quince-0930 broke.", title="Invoices")
    rows = [
        CatalogueEntry(
            page=page, incident_id=f"n{n}", kind="incident", title="Invoices", impact="minor",
            data_effect="unknown", cause="unknown", started_at=now - n * DAY / 100, told_at=now,
            words="invoices broke",
        )
        for n in range(WALKED + 5)
    ]  # fmt: skip
    CatalogueEntry.objects.bulk_create(rows)
    assert ids(page, "quince") == ["rare", "rarer"]
    assert ids(page, "quince-09") == ["rarer"]
    assert ids(page, "quince", impact="major") == ["rare", "rarer"]
    assert ids(page, "quince", after=f"{(now - 250 * DAY).isoformat()[:19]}Z~1") == ["rarer"]


def test_questions_and_texts_are_folded_alike() -> None:
    assert searchable(["Ça—d'été №5 ﬁn"]) == "cadete dete ete no5 fin"
    assert searchable(["障害A", "b_c"]) == "障害 害 a bc c"
    assert asked("Ça—d'été №5") == [["cadete"], ["no5"]]
    assert asked("障害中 a-b-c-d-e") == [["障害", "害中"], ["abcd", "bcde"]]
    assert asked("  🔥 !!! ") == []
    assert len(asked("a " * 50)) == 8
