"""A correction changes what readers get everywhere, and not one row of what was published."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.publishing.chain import first_break
from afterword.publishing.models import Publication
from afterword.site_builder.actions import build_all, build_pending
from publishing.press import PROMISES, a_page, public_record, word
from site_builder.reading import bytes_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def correction(
    page: Page, at: datetime, wrong: Publication, weight: str, body: str, **more: Any
) -> Publication:
    return word(
        page, wrong.incident_id, at, kind="correction", body=body, corrects=wrong,
        status="resolved", correction={"weight": weight}, **more,
    )  # fmt: skip


def an_incident(page: Page, now: datetime) -> Publication:
    word(page, "inv", now)
    word(page, "inv", now + HOUR, status="resolved", body="Sent again.")
    return word(
        page, "inv", now + 2 * HOUR, kind="summary", status="resolved",
        text_title="Why Brockhurst waited", body="Brockhurst and others waited six ours.",
        record=public_record(symptoms=["Brockhurst got nothing"]), commitments=PROMISES,
    )  # fmt: skip


def test_a_retracted_text_is_in_no_built_byte_and_its_address_stays(
    site_dir: Path, settings: Any, now: datetime, tmp_path: Path
) -> None:
    page = a_page(now)
    wrong = an_incident(page, now)
    correction(page, now + 3 * HOUR, wrong, "fact", "We wrote “Brockhurst”. It is: Larkfield.")
    correction(page, now + 4 * HOUR, wrong, "typo", "Brockhurst waited six hours.")
    build_all(now=now)
    assert any(b"Brockhurst" in raw for raw in bytes_of(site_dir).values())

    correction(
        page, now + 5 * HOUR, wrong, "retraction", "It named a customer without asking.",
        record=public_record(),
    )  # fmt: skip
    build_pending(now=now)
    stepwise = bytes_of(site_dir)
    for path, raw in stepwise.items():
        assert b"Brockhurst" not in raw, path
    incident = stepwise["incidents/inv/index.html"]
    assert f'id="word-{wrong.number}"'.encode() in incident
    assert b"It named a customer without asking." in incident
    for path in ("history.atom", "history.rss", "feed.json", "incidents/inv.json"):
        assert b"It named a customer without asking." in stepwise[path], path

    settings.SITE_DIR = tmp_path / "whole"
    build_all(now=now)
    assert bytes_of(settings.SITE_DIR) == stepwise
    assert first_break(Publication.objects.filter(page=page).order_by("number")) is None
    assert "Brockhurst" in Publication.objects.get(pk=wrong.pk).body


def test_the_words_of_a_retraction_can_be_taken_back_too(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    wrong = an_incident(page, now)
    retraction = correction(
        page, now + 3 * HOUR, wrong, "retraction", "Quillfeather of Brockhurst asked us to."
    )
    build_all(now=now)
    correction(
        page, now + 4 * HOUR, retraction, "retraction", "Both named somebody without asking."
    )
    build_pending(now=now)
    for path, raw in bytes_of(site_dir).items():
        assert b"Quillfeather" not in raw, path
        assert b"Brockhurst" not in raw, path
    first, second = queries.publications_of(page, "inv")[2:4]
    assert first.body == second.body == "Both named somebody without asking."


def test_a_retraction_whose_spelling_was_mended_reads_mended_in_place_of_the_words(
    now: datetime,
) -> None:
    page = a_page(now)
    wrong = an_incident(page, now)
    retraction = correction(page, now + 3 * HOUR, wrong, "retraction", "It was abuot others.")
    correction(page, now + 4 * HOUR, retraction, "typo", "It was about others.")
    shown = queries.publications_of(page, "inv")
    assert [each.body for each in shown[2:]] == ["It was about others."] * 2


def test_a_retracted_summary_no_longer_counts_as_one(now: datetime) -> None:
    page = a_page(now)
    wrong = an_incident(page, now)
    assert queries.incident(page, "inv").summarised_at is not None
    correction(page, now + 3 * HOUR, wrong, "retraction", "It was about another incident.")
    shown = queries.incident(page, "inv")
    assert (shown.summarised_at, shown.facts, shown.status) == (None, {}, "resolved")


def test_a_mended_spelling_stands_in_place_of_the_old_one_and_is_no_news(now: datetime) -> None:
    page = a_page(now)
    wrong = an_incident(page, now)
    before = queries.incident(page, "inv").newest_at
    mend = correction(page, now + 3 * HOUR, wrong, "typo", "Brockhurst waited six hours.")
    shown = queries.publications_of(page, "inv")
    assert [each.number for each in shown] == [1, 2, 3]
    assert shown[-1].body == "Brockhurst waited six hours."
    assert shown[-1].mended_by == mend
    assert queries.incident(page, "inv").newest_at == before
    assert queries.incident(page, "inv").updated_at == now + 3 * HOUR


def test_a_correction_that_says_no_weight_is_one_of_facts_and_keeps_the_old_text(
    now: datetime,
) -> None:
    page = a_page(now)
    wrong = an_incident(page, now)
    word(page, "inv", now + 3 * HOUR, kind="correction", status="resolved", corrects=wrong)
    shown = queries.publications_of(page, "inv")
    assert [each.kind for each in shown[-2:]] == ["summary", "correction"]
    assert shown[-2].body == wrong.body
