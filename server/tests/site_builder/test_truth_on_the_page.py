"""Corrections, retractions and reopenings as a reader of the page, or of its Markdown, has them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from afterword.components.models import Page
from afterword.publishing.models import Publication
from afterword.site_builder.actions import build_all
from publishing.press import PROMISES, a_page, public_record, word
from site_builder.reading import bytes_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now)


def said(page: Page, now: datetime) -> Publication:
    word(page, "inv", now)
    word(page, "inv", now + HOUR, status="resolved", body="Sent again.")
    return word(
        page, "inv", now + 2 * HOUR, kind="summary", status="resolved", text_title="The full queue",
        body="Brockhurst and others waited **six** hours.", record=public_record(),
        commitments=PROMISES,
    )  # fmt: skip


def correct(
    page: Page, at: datetime, wrong: Publication, weight: str, body: str, **more: Any
) -> Publication:
    return word(
        page, wrong.incident_id, at, kind="correction", status="resolved", body=body,
        text_title="The full queue", corrects=wrong, correction={"weight": weight}, **more,
    )  # fmt: skip


def built(site: Path, now: datetime) -> tuple[str, str]:
    """Return the page of the incident, and its Markdown."""
    build_all(now=now)
    files = bytes_of(site)
    return files["incidents/inv/index.html"].decode(), files["incidents/inv.md"].decode()


def test_a_wrong_fact_stands_on_top_and_its_text_below_says_so(
    page: Page, now: datetime, site_dir: Path
) -> None:
    wrong = said(page, now)
    fact = correct(page, now + 3 * HOUR, wrong, "fact", "We wrote “six”; it is seven.")
    html, text = built(site_dir, now)
    top = html[: html.index("<h1")]
    assert f'id="correction-{fact.number}"' in top
    assert "We wrote “six”; it is seven." in top
    assert f'href="#correction-{fact.number}"' in html[html.index('id="summary"') :]
    assert "waited <strong>six</strong> hours" in html
    assert text.index("it is seven") < text.index("waited **six** hours")


def test_a_clarification_stands_below_the_text_and_not_on_top(
    page: Page, now: datetime, site_dir: Path
) -> None:
    wrong = said(page, now)
    correct(page, now + 3 * HOUR, wrong, "clarification", "Drafts were never at risk.")
    html, _ = built(site_dir, now)
    assert "correction-" not in html
    summary = html[html.index('id="summary"') : html.index('id="promises"')]
    assert "Drafts were never at risk." in summary
    assert "Note of" in summary
    assert "Clarification" in html


def test_a_mended_spelling_says_on_which_day_and_nothing_on_top(
    page: Page, now: datetime, site_dir: Path
) -> None:
    wrong = said(page, now)
    correct(page, now + 3 * HOUR, wrong, "typo", "Brockhurst and the others waited six hours.")
    html, _ = built(site_dir, now)
    assert "Spelling mended 18 March 2026" in html
    assert 'class="correction"' not in html


def test_a_withdrawn_text_leads_nothing_and_keeps_its_place_with_the_reason(
    page: Page, now: datetime, site_dir: Path
) -> None:
    wrong = said(page, now)
    correct(page, now + 3 * HOUR, wrong, "retraction", "It was about another incident.")
    html, text = built(site_dir, now)
    assert "Brockhurst" not in html + text
    assert 'id="summary"' not in html
    kept = html[html.index(f'id="word-{wrong.number}"') :]
    assert "It was about another incident." in kept
    assert "Withdrawn 18 March 2026" in kept


def test_more_than_two_corrections_do_not_push_the_answers_away(
    page: Page, now: datetime, site_dir: Path
) -> None:
    wrong = said(page, now)
    for each in range(4):
        correct(page, now + (3 + each) * HOUR, wrong, "fact", f"Figure {each} was wrong.")
    html, _ = built(site_dir, now)
    older = html[html.index('<details class="older">') : html.index("<h1")]
    assert "2 older corrections" in older
    assert "Figure 0" in older
    assert "Figure 3" not in older


def test_the_four_questions_are_answered_in_a_line_each(
    page: Page, now: datetime, site_dir: Path
) -> None:
    said(page, now)
    html, text = built(site_dir, now)
    four = html[html.index('id="four"') : html.index('id="summary"')]
    assert "The list of waiting invoices" not in four.split("What happened?")[0]
    for answer in (
        "Invoices sent from Larkbridge were not delivered.",
        "1,798 of 4,860 customers (37%).",
        "6 hours 12 minutes, from",
        "Measures: 1 done, 1 planned, 1 dropped.",
    ):
        assert answer in four
    assert "**What is being done?** Measures: 1 done, 1 planned, 1 dropped." in text


def test_what_came_back_says_so_and_is_not_shown_as_ended(
    page: Page, now: datetime, site_dir: Path
) -> None:
    said(page, now)
    word(
        page, "inv", now + 2 * HOUR, kind="closure", status="resolved", body="It is over.",
        record=public_record(),
    )  # fmt: skip
    word(page, "inv", now + 5 * HOUR, status="investigating", body="It is back.")
    html, _ = built(site_dir, now)
    assert "It is open again." in html
    assert "Not over yet" in html
    assert "6 hours 12 minutes" not in html
    assert 'id="closure"' not in html
    assert 'action="/incidents/inv/answered/"' not in html
    word(page, "inv", now + 6 * HOUR, status="resolved", body="Over again.")
    html, _ = built(site_dir, now)
    assert "It is open again." not in html
    assert "Came back" in html


def test_an_open_incident_says_by_when_the_next_word_comes(
    page: Page, now: datetime, site_dir: Path
) -> None:
    first = word(page, "inv", now)
    html, _ = built(site_dir, now)
    assert "We say more by" not in html
    told = {**first.facts["update"], "next_update_at": "2026-03-18T13:30:00Z"}
    word(page, "inv", now + HOUR, body="Still looking.", update=told)
    html, _ = built(site_dir, now)
    assert "18 March 2026, 13:30 UTC" in html[html.index("We say more by") :]


def test_the_page_can_be_taken_along_and_asks_whether_it_answered(
    page: Page, now: datetime, site_dir: Path
) -> None:
    said(page, now)
    html, text = built(site_dir, now)
    for kind in ("md", "json"):
        assert f'href="/incidents/inv.{kind}"' in html
    assert 'method="post" action="/incidents/inv/answered/"' in html
    assert text.startswith("# Invoices were not sent\n")
    assert "https://status.larkbridge.example/incidents/inv/" in text


def test_markup_in_any_field_stays_text_in_the_markdown(
    page: Page, now: datetime, site_dir: Path
) -> None:
    bad = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) `"
    word(page, "inv", now, title=bad, body=bad)
    word(
        page, "inv", now + HOUR, kind="summary", status="resolved", title=bad, text_title=bad,
        body=bad, record=public_record(symptoms=[bad], title=bad, cause__text=bad),
        commitments=[{**PROMISES[0], "what": bad, "why": bad}],
    )  # fmt: skip
    _, text = built(site_dir, now)
    assert "<img" not in text.replace("\\<img", "")
    assert "](javascript:" not in text.replace("\\](javascript:", "")


def test_an_update_that_was_withdrawn_gives_its_reason_in_its_place_and_not_on_top(
    page: Page, now: datetime, site_dir: Path
) -> None:
    said(page, now)
    first = Publication.objects.get(number=1)
    correct(page, now + 3 * HOUR, first, "retraction", "It named a customer.")
    html, _ = built(site_dir, now)
    assert 'class="correction"' not in html
    assert "It named a customer." in html[html.index('id="word-1"') :]
