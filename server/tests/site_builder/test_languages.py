"""A page in several languages: one place per language, links that stay in it, nothing half-said."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings as django_settings
from django.utils.translation import trans_real

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import choose_languages, create_component
from afterword.components.models import Page
from afterword.kit.errors import BadInput
from afterword.kit.languages import KNOWN
from afterword.publishing.models import Publication
from afterword.site_builder.actions import build_all, build_pending, confirm, sweep
from publishing.press import PROMISES, a_page, public_record, word
from site_builder.reading import bytes_of, pages_of

pytestmark = pytest.mark.django_db
EVERY = ("en", *(code for code in KNOWN if code != "en"))


def a_told_page(now: datetime, languages: tuple[str, ...] = EVERY) -> Page:
    """A page with an incident that is over and has all its texts, and one that is going on."""
    page = a_page(now - timedelta(days=90))
    page.languages = list(languages)
    page.save(update_fields=["languages"])
    create_component(actor=MACHINE, now=now - timedelta(days=90), page=page, name="Invoices")
    began = now - timedelta(days=30)
    parts = [{"id": "c", "name": "Invoices", "status": "major_outage"}]
    word(page, "over", began, status="investigating", title="Late", components=parts)
    word(page, "over", began + timedelta(hours=6), status="resolved", title="Late")
    word(page, "over", began + timedelta(hours=7), kind="closure", record=public_record())
    word(
        page, "over", began + timedelta(days=2), kind="summary",
        record=public_record(), commitments=PROMISES,
    )  # fmt: skip
    word(page, "now", now - timedelta(hours=2), status="identified", title="Slow", components=parts)
    return page


def translated(publication: Publication, language: str, at: datetime, body: str) -> Publication:
    return word(
        publication.page, publication.incident_id, at, kind="translation", language=language,
        title="Übersetzt", body=body, corrects=publication,
    )  # fmt: skip


def test_only_the_chosen_languages_are_built(site_dir: Path, now: datetime) -> None:
    a_told_page(now, ("en", "de"))
    build_all(now=now)
    built = {path for path in pages_of(site_dir) if not path.startswith(("4", "5"))}
    english = {path for path in built if not path.startswith("de/")}
    assert english and {f"de/{path}" for path in english} <= built
    assert not any(path.startswith(("fr/", "es/", "pt/", "ja/")) for path in built)


def test_answers_for_programs_scripts_and_log_are_built_once(site_dir: Path, now: datetime) -> None:
    a_told_page(now)
    build_all(now=now)
    plain = {Path(path) for path in bytes_of(site_dir) if not path.endswith((".br", ".zst", ".gz"))}
    german = {path.relative_to("de") for path in plain if path.parts[0] == "de"}
    once = {path for path in plain if path.parts[0] not in EVERY} - german
    assert {path.suffix for path in german} == {
        ".html",
        ".md",
        ".atom",
        ".rss",
        ".json",
        ".ics",
        ".svg",
    }
    assert {str(path) for path in german if path.suffix == ".json"} == {"feed.json"}
    assert {path.suffix for path in once} == {".json", ".jsonl", ".js", ".css", ".svg", ".txt"}
    assert {path.parts[0] for path in once if path.suffix == ".svg"} == {"assets"}


def test_a_feed_in_another_language_speaks_it_and_leads_to_its_pages(
    site_dir: Path, now: datetime
) -> None:
    page = a_told_page(now, ("en", "de"))
    update = Publication.objects.get(incident_id="now")
    translated(update, "de", now, "Wir **wissen**, woran es liegt.")
    begins = now + timedelta(days=3)
    word(
        page, "work", now, status="scheduled", incident_kind="maintenance", impact="maintenance",
        scheduled=(begins, begins + timedelta(hours=1)), title="New disks",
    )  # fmt: skip
    build_all(now=now)
    base = page.url.rstrip("/")
    english, german = (feedparser.parse((site_dir / path).read_bytes()) for path in (
        "history.atom", "de/history.atom",
    ))  # fmt: skip
    assert german.bozo == 0
    assert (english.feed.language, german.feed.language) == ("en-US", "de")
    assert german.feed.title == "Larkbridge Status – Vorfälle"
    assert german.feed.id != english.feed.id
    assert [e.id for e in german.entries] == [e.id for e in english.entries]
    [told] = [e for e in german.entries if e.link == f"{base}/de/incidents/now/"]
    assert "<strong>Ursache erkannt</strong> - Wir <strong>wissen</strong>" in told.content[0].value
    assert "DIES IST GEPLANT 21. März 2026" in german.entries[0].content[0].value
    for name in ("history.rss", "feed.json", "calendar.ics"):
        assert f"{base}/de/incidents/work/" in (site_dir / "de" / name).read_text()
    front = pages_of(site_dir)["de/index.html"]
    assert "/de/history.atom" in {a.get("href") for a in front.named("a")}


def test_a_page_that_is_behind_is_named_in_every_language(
    site_dir: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_told_page(now, ("en", "de"))
    build_all(now=now)

    def broken(*_: object) -> None:
        raise ValueError("not today")

    monkeypatch.setattr("afterword.site_builder.pages.history.build_month", broken)
    word(Publication.objects.first().page, "now", now, status="resolved")  # type: ignore[union-attr]
    build_pending(now=now)
    confirm(now=now)
    behind = json.loads((site_dir / "age.json").read_text())["behind"]
    assert set(behind) == {"/history/2026/03/", "/de/history/2026/03/"}


@pytest.mark.parametrize("code", [each for each in EVERY if each != "en"])
def test_every_link_leads_to_a_page_in_the_same_language(
    site_dir: Path, now: datetime, code: str
) -> None:
    a_told_page(now, ("en", code))
    build_all(now=now)
    files = set(bytes_of(site_dir))
    for path, page in pages_of(site_dir).items():
        if not path.startswith(f"{code}/"):
            continue
        assert page.named("html")[0]["lang"] == code
        for link in (*page.named("a"), *page.named("form")):
            target = link.get("href") or link.get("action") or ""
            if target.startswith(("#", "mailto:")) or "hreflang" in link:
                continue
            if target.startswith("/subscribe/"):
                assert f"lang={code}" in target, path
            elif target.split("#")[0].endswith("/"):
                inside = target.split("#")[0].removeprefix("https://status.example")
                assert inside.startswith(f"/{code}/"), (path, target)
                assert f"{inside[1:]}index.html" in files, (path, target)


def test_each_page_names_its_other_languages(site_dir: Path, now: datetime) -> None:
    page = a_told_page(now, ("en", "de", "ja"))
    build_all(now=now)
    base = page.url.rstrip("/")
    for path, lead in (("incidents/over/index.html", ""), ("de/incidents/over/index.html", "/de")):
        read = pages_of(site_dir)[path]
        links = {
            each["hreflang"]: each["href"] for each in read.named("link") if "hreflang" in each
        }
        assert links == {
            "en": f"{base}/incidents/over/",
            "de": f"{base}/de/incidents/over/",
            "ja": f"{base}/ja/incidents/over/",
            "x-default": f"{base}/incidents/over/",
        }
        canonical = [each["href"] for each in read.named("link") if each.get("rel") == "canonical"]
        assert canonical == [f"{base}{lead}/incidents/over/"]
        switch = [each for each in read.named("a") if "hreflang" in each and "lang" in each]
        assert [each["href"] for each in switch[:3]] == [
            "/incidents/over/", "/de/incidents/over/", "/ja/incidents/over/",
        ]  # fmt: skip


def test_a_page_in_one_language_offers_no_other(site_dir: Path, now: datetime) -> None:
    a_told_page(now, ("en",))
    build_all(now=now)
    assert b"hreflang" not in (site_dir / "index.html").read_bytes()


def test_text_without_a_translation_says_so_and_is_marked(site_dir: Path, now: datetime) -> None:
    a_told_page(now, ("en", "de"))
    build_all(now=now)
    german = (site_dir / "de/incidents/over/index.html").read_text()
    assert "Dieser Text ist auf Englisch." in german
    assert re.search(r'<div class="text" dir="auto" lang="en">', german)
    assert "Was nicht übersetzt ist, steht hier so, wie es veröffentlicht wurde" in german
    english = (site_dir / "incidents/over/index.html").read_text()
    assert 'lang="en"' not in english.partition("<main")[2]


def test_a_translation_stands_in_its_language_and_nowhere_else(
    site_dir: Path, now: datetime
) -> None:
    page = a_told_page(now, ("en", "de", "fr"))
    summary = Publication.objects.get(page=page, kind="summary")
    translated(summary, "de", now, "Die Rechnungen kamen **sechs Stunden** zu spät.")
    build_all(now=now)
    german = (site_dir / "de/incidents/over/index.html").read_text()
    assert "<strong>sechs Stunden</strong>" in german
    assert "Das Original ist auf Englisch." in german
    for path in ("", "fr/"):
        assert "sechs Stunden" not in (site_dir / f"{path}incidents/over/index.html").read_text()
    assert "sechs Stunden" not in (site_dir / "history.atom").read_text()


def test_a_translation_says_nothing_new(now: datetime) -> None:
    page = a_told_page(now, ("en", "de"))
    from afterword.publishing.projection import derive

    before = derive(Publication.objects.filter(page=page, incident_id="over"))
    summary = Publication.objects.get(page=page, kind="summary")
    translated(summary, "de", now + timedelta(days=1), "Etwas.")
    assert derive(Publication.objects.filter(page=page, incident_id="over")) == before


def test_what_is_retracted_is_gone_in_every_language(site_dir: Path, now: datetime) -> None:
    page = a_told_page(now, ("en", "de"))
    summary = Publication.objects.get(page=page, kind="summary")
    translated(summary, "de", now, "Ein Satz, der nicht stimmt.")
    word(
        page, "over", now + timedelta(hours=1), kind="correction", corrects=summary,
        body="It was wrong.", correction={"weight": "retraction"},
    )  # fmt: skip
    build_all(now=now)
    assert all(b"der nicht stimmt" not in content for content in bytes_of(site_dir).values())


def test_step_by_step_equals_at_once_in_every_language(
    site_dir: Path, settings: Any, tmp_path: Path, now: datetime
) -> None:
    page = a_told_page(now, ("de", "en", "ja"))
    build_all(now=now)
    word(page, "now", now, status="resolved", title="Slow")
    translated(Publication.objects.get(page=page, kind="closure"), "ja", now, "終わりました。")
    build_pending(now=now)
    stepwise = bytes_of(site_dir)
    settings.SITE_DIR = tmp_path / "whole"
    build_all(now=now)
    assert bytes_of(tmp_path / "whole") == stepwise


def test_a_language_switched_off_takes_its_pages_with_it(site_dir: Path, now: datetime) -> None:
    page = a_told_page(now, ("en", "de", "fr"))
    build_all(now=now)
    choose_languages(actor=MACHINE, now=now, page=page, languages=["en", "fr"])
    build_pending(now=now)
    assert not (site_dir / "de").exists()
    assert (site_dir / "fr/index.html").exists()


def test_the_first_language_stands_at_the_root(site_dir: Path, now: datetime) -> None:
    page = a_told_page(now, ("en",))
    choose_languages(actor=MACHINE, now=now, page=page, languages=["de", "en", "de"])
    build_all(now=now)
    assert 'lang="de"' in (site_dir / "index.html").read_text()[:200]
    assert 'lang="en"' in (site_dir / "en/index.html").read_text()[:200]


def test_a_sweep_mends_a_page_of_another_language(site_dir: Path, now: datetime) -> None:
    a_told_page(now, ("en", "de"))
    build_all(now=now)
    whole = bytes_of(site_dir)
    (site_dir / "de/incidents/over/index.html").write_bytes(b"scribble")
    assert sweep(now=now).repaired == ["incident:over"]
    assert bytes_of(site_dir) == whole


def test_a_language_without_words_is_refused(now: datetime) -> None:
    page = a_page(now)
    with pytest.raises(BadInput, match="no words in xx"):
        choose_languages(actor=MACHINE, now=now, page=page, languages=["en", "xx"])
    with pytest.raises(BadInput, match="at least one"):
        choose_languages(actor=MACHINE, now=now, page=page, languages=[])


@pytest.fixture
def arabic_script(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A catalog that says everything in Arabic letters, made from German: marks and no meaning."""
    source = Path(django_settings.LOCALE_PATHS[0]) / "de/LC_MESSAGES/django.po"
    with source.open("rb") as file:
        german = read_po(file)
    pseudo = Catalog(locale="ar", fuzzy=False)
    for message in german:
        if not message.id:
            continue
        one = message.id if isinstance(message.id, str) else message.id[0]
        if isinstance(message.id, str):
            pseudo.add(message.id, _arabic(one), context=message.context)
        else:
            forms = [_arabic(message.id[1])] * pseudo.num_plurals
            pseudo.add(message.id, forms, context=message.context)
    folder = tmp_path / "locale/ar/LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as out:
        write_mo(out, pseudo)
    settings.LOCALE_PATHS = [tmp_path / "locale", *settings.LOCALE_PATHS]
    trans_real._translations.pop("ar", None)
    yield
    trans_real._translations.pop("ar", None)


def _arabic(text: str) -> str:
    """Return the text in Arabic letters, marks and placeholders as they are."""
    kept = re.compile(r"(<[^>]+>|%\(\w+\)[sd]|%%|\{\w*\}|ZONE|AGO)")
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    return "".join(
        part
        if kept.fullmatch(part)
        else "".join(letters[ord(c) % 28] if c.isalpha() else c for c in part)
        for part in kept.split(text)
    )


def test_a_language_written_from_right_to_left_turns_the_page_around(
    site_dir: Path, now: datetime, arabic_script: None
) -> None:
    a_told_page(now, ("en", "ar"))
    build_all(now=now)
    pages = pages_of(site_dir)
    for path, page in pages.items():
        html = page.named("html")[0]
        assert html.get("dir") == ("rtl" if path.startswith("ar/") else None), path
    # Nothing of ours is left in Latin letters but names, zones and what was published in English.
    text = re.sub(r"<script.*?</script>", "", (site_dir / "ar/404.html").read_text())
    main = unescape(re.sub(r"<[^>]+>", " ", text.partition("<main")[2].partition("</main")[0]))
    assert not re.search("[A-Za-z]{3,}", main.partition(">")[2]), main


def test_the_style_sheet_knows_no_left_and_right() -> None:
    source = Path("server/src/afterword/site_builder/source")
    sides = re.compile(
        r"(?:margin|padding|border)-(?:left|right)\b|(?:text-align|float):\s*(?:left|right)|"
        r"(?<![-\w])(?:left|right):"
    )
    # Four values of which the second and the fourth differ are a left and a right too.
    four = re.compile(r"(?:padding|margin): ([^\s;]+) ([^\s;]+) ([^\s;]+) ([^\s;]+);")
    for sheet in (Path(__file__).resolve().parents[3] / source).glob("*.css"):
        found = [line for line in sheet.read_text().splitlines() if sides.search(line)]
        found += [each[0] for each in four.finditer(sheet.read_text()) if each[2] != each[4]]
        assert found == [], sheet.name
