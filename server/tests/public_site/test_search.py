"""The search of the history answers in words, keeps no cookie and needs no script."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import choose_languages
from afterword.components.models import Page
from afterword.public_site.front import Front
from afterword.site_builder.actions import build_all
from publishing.messy import EVIL
from publishing.press import a_page, word
from site_builder.reading import Read, read

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ADDRESS = "/history/search/"


@pytest.fixture
def page(now: datetime) -> Page:
    page = a_page(now)
    for n in range(30):
        word(page, f"inv-{n}", now - n * DAY, title=f"Invoices late ({n})", impact="minor")
    for n, evil in enumerate(EVIL):
        word(page, f"evil-{n}", now - 40 * DAY, title=evil[:250], impact="major",
             components=[{"id": f"c{n}", "name": evil, "status": "major_outage"}])  # fmt: skip
    return page


def ask(client: Client, **query: str) -> Read:
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    assert not answer.cookies
    found = read(answer.content)
    assert found.faults == []
    return found


def titles(found: Read) -> list[str]:
    return [a["href"] for a in found.named("a") if a.get("class") == "title"]


def test_words_and_choices_find_incidents_newest_first(page: Page, client: Client) -> None:
    found = ask(client, q="invoices late", impact="minor")
    assert titles(found)[:2] == ["/incidents/inv-0/", "/incidents/inv-1/"]
    assert len(titles(found)) == 25


def test_older_ones_are_a_link_away_and_keep_the_question(page: Page, client: Client) -> None:
    first = ask(client, q="invoices", impact="minor")
    [older] = [a["href"] for a in first.named("a") if a.get("rel") == "next"]
    second = read(client.get(older).content)
    assert titles(second) == [f"/incidents/inv-{n}/" for n in range(25, 30)]
    assert [a["value"] for a in second.named("input")] == ["invoices"]
    assert "Back to the newest" in second.text


def test_nothing_asked_nothing_found_and_nothing_to_look_for_are_said_apart(
    page: Page, client: Client
) -> None:
    assert "Give a word, or choose" in ask(client).text
    assert "Nothing published here has all of that." in ask(client, q="unheard").text
    assert "no word in that which could be searched" in ask(client, q="🔥 ?!").text


@pytest.mark.parametrize(
    "evil", [*EVIL, "x" * 5000, "\x00\x07", "\ud800".encode("utf-8", "replace")]
)
def test_what_is_typed_comes_back_as_text(page: Page, client: Client, evil: Any) -> None:
    found = ask(client, q=evil, component=evil, impact=evil, data=evil, cause=evil, after=evil)
    assert {s["src"][:8] for s in found.named("script")} == {"/assets/"}
    assert not [a for _, a in found.elements if any(name.startswith("on") for name in a)]


def test_a_part_is_chosen_by_its_name(page: Page, client: Client) -> None:
    found = ask(client, component="c1")
    assert titles(found) == ["/incidents/evil-1/"]
    chosen = [a for a in found.named("option") if "selected" in a]
    assert [a["value"] for a in chosen] == ["c1"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_search_can_only_be_read(page: Page, client: Client, method: str) -> None:
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_a_question_is_answered_in_the_language_it_was_asked_in(
    page: Page, now: datetime, client: Client
) -> None:
    choose_languages(actor=MACHINE, now=now, page=page, languages=["en", "de"])
    found = ask(client, q="invoices", lang="de")
    assert found.named("html")[0]["lang"] == "de"
    assert titles(found)[0] == "/de/incidents/inv-0/"
    [older] = [a["href"] for a in found.named("a") if a.get("rel") == "next"]
    assert "lang=de" in older
    assert {"type": "hidden", "name": "lang", "value": "de"} in found.named("input")
    assert ask(client, q="invoices", lang="xx").named("html")[0]["lang"] == "en"


def test_an_empty_history_can_be_asked(now: datetime, client: Client) -> None:
    a_page(now)
    assert "Nothing published here" in ask(client, q="invoices").text


def test_a_page_of_answers_costs_the_same_few_queries(
    page: Page, client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20):
        ask(client, q="invoices", impact="minor")


def test_without_the_database_the_search_says_so_and_the_history_answers(
    page: Page, site_dir: Path, now: datetime, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_all(now=now)

    def gone(*_: object, **__: object) -> None:
        raise OperationalError("no database")

    monkeypatch.setattr("afterword.public_site.views.history.the_page", gone)
    client.raise_request_exception = False
    answer = client.get(ADDRESS, {"q": "invoices"})
    assert answer.status_code == 503
    assert "not available right now" in answer.content.decode()

    started: list[str] = []
    front = Front(site_dir, lambda *_: pytest.fail("the history is built and needs nobody behind"))
    for path in ("/history/", "/history/2026/", "/history/impact/minor/", "/patterns/"):
        environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET"}
        assert b"".join(front(environ, lambda status, _: started.append(status)))
    assert started == ["200 OK"] * 4
