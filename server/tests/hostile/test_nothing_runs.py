"""Hostile texts in every field of every outward surface stay texts: nothing runs, nothing is asked.

A real browser opens every built page, the mails and the forms, and reports whatever was executed,
refused by the Content-Security-Policy, or asked of another host. Feeds and calendar are read by
parsers of their own.
"""

import email
import email.policy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from afterword.components.models import Page
from afterword.fanout.composing import words_of
from afterword.postbox.words import Words
from afterword.publishing.models import Publication
from afterword.site_builder.actions import build_all, confirm
from browsing import Chromium, served_site
from desk.office import build as an_office
from desk.office import has_inline_code, seen, signed_in
from hostile.house import AT, build, packed
from hostile.vectors import ALL, one_line
from publishing.press import a_page

# Together on one worker: telling and building all of it takes a while.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("hostile")]
# Runs before anything of the page: whatever is called or refused is written down.
WATCH = """
window.faults = [];
for (const name of ["alert", "confirm", "prompt", "print", "msgbox"])
  window[name] = () => window.faults.push(name + " ran");
document.addEventListener("securitypolicyviolation", (event) =>
  window.faults.push("refused: " + event.violatedDirective + " " + event.blockedURI));
"""
# What a reader may do without knowing: move over, focus and open everything there is.
PROVOKE = """() => {
  for (const element of document.querySelectorAll("body *")) {
    for (const name of ["mouseover", "focus", "blur", "toggle", "click"])
      if (name !== "click" || element.tagName === "SUMMARY")
        element.dispatchEvent(new Event(name, {bubbles: true}));
  }
  const odd = [...document.querySelectorAll("[href], [src], [action], [formaction]")].flatMap(
    (element) => ["href", "src", "action", "formaction"]
      .map((name) => element.getAttribute(name))
      .filter((value) => value && /^[\\s\\x00-\\x1f]*(javascript|data|vbscript):/i.test(value)));
  return [...window.faults, ...odd.map((value) => "address: " + value)];
}"""
HARMLESS = {
    "a", "b", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li",
    "ol", "p", "pre", "small", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul", "var",
}  # fmt: skip
ATTRIBUTES = {"href", "title", "rel", "start", "data-var"}
VEVENT = {
    "BEGIN", "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY",
    "DESCRIPTION", "URL", "TRANSP", "STATUS", "END",
}  # fmt: skip
VCALENDAR = {
    "BEGIN", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "REFRESH-INTERVAL", "END",
}  # fmt: skip


@pytest.fixture
def office(now: datetime, site_dir: Path) -> SimpleNamespace:
    return an_office(now)


@dataclass(frozen=True)
class Told:
    """What came of the hostile page: its built folder, and the words of its mails."""

    site: Path
    mails: list[Words]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, told_apart: Callable[[Path], Any]) -> Told:
    site = tmp_path_factory.mktemp("hostile") / "site"
    with told_apart(site):
        page = build()
        build_all(now=AT)
        confirm(now=AT)
        publications = Publication.objects.filter(page=page).order_by("number")
        mails = [words_of(each) for each in publications]
    return Told(site, mails)


@pytest.fixture(scope="module")
def address(told: Told) -> Iterator[str]:
    with served_site(told.site) as found:
        yield found


def watched(browser: Browser, home: str) -> tuple[Tab, list[str]]:
    """A tab that writes down every dialog, error, refusal, cookie and request to elsewhere."""
    tab = browser.new_context().new_page()
    tab.add_init_script(WATCH)
    faults: list[str] = []
    tab.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
    tab.on("pageerror", lambda error: faults.append(f"error {error}"))

    def heard(said: Any) -> None:
        # Browsers look for this one by themselves when a picture or an answer is opened alone.
        if said.type == "error" and not said.location.get("url", "").endswith("/favicon.ico"):
            faults.append(f"said {said.text} {said.location.get('url', '')}")

    tab.on("console", heard)

    def seen(request: Any) -> None:
        there = urlsplit(request.url)
        if there.scheme in {"http", "https"} and there.netloc != urlsplit(home).netloc:
            faults.append(f"asked {request.url}")

    tab.on("request", seen)
    return tab, faults


def test_there_are_enough_texts_and_no_two_alike() -> None:
    assert len(ALL) >= 80
    assert len(set(ALL)) == len(ALL)


def test_everything_built_is_calm_in_a_browser(address: str, told: Told, browser: Browser) -> None:
    open_every_page(address, told.site, browser)
    open_every_answer(address, browser)


def open_every_page(address: str, site_dir: Path, browser: Browser) -> None:
    tab, faults = watched(browser, address)
    paths = sorted(
        str(path.relative_to(site_dir)) for path in site_dir.rglob("*") if path.is_file()
    )
    opened = [path for path in paths if path.endswith((".html", ".svg")) and path[0].isalpha()]
    assert len(opened) > len(ALL)
    for path in opened:
        if path in {"404.html", "500.html", "503.html"} or path.startswith("assets/"):
            continue
        where = f"/{path.removesuffix('index.html')}"
        answer = tab.goto(address + where)
        assert answer is not None
        assert answer.ok, where
        assert "set-cookie" not in answer.headers, where
        assert tab.evaluate(PROVOKE) == [], where
        assert faults == [], where
    assert tab.context.cookies() == []


def open_every_answer(address: str, browser: Browser) -> None:
    """A reader who opens what is meant for programs, as if it were a page."""
    tab, faults = watched(browser, address)
    found = ["api/v2/summary.json", "history.atom", "history.rss", "feed.json", "log.json"]
    for path in (*found, "incidents/evil-0.json", "embed/script.js", "embed/se-v2.js"):
        answer = tab.goto(f"{address}/{path}")
        assert answer is not None
        assert answer.headers["x-content-type-options"] == "nosniff"
        # The browser looks for an icon that is not there; nothing else may be said.
        assert [each for each in faults if "404 (Not Found)" not in each] == [], path


def test_everything_built_is_sound_to_the_programs_that_read_it(told: Told) -> None:
    no_inline_code_and_no_other_host(told.site)
    for name in ("history.atom", "history.rss"):
        feeds_carry_harmless_html(told.site, name)
    json_carries_harmless_html(told.site)
    the_calendar_has_only_its_own_properties(told.site)


def no_inline_code_and_no_other_host(site_dir: Path) -> None:
    for path in site_dir.rglob("*.html"):
        found = Tags(path.read_text())
        for tag, attributes in found.all:
            assert not [name for name in attributes if name.startswith("on")], (path, tag)
            assert "style" not in attributes, (path, tag)
            assert tag != "style", path
            if tag == "script":
                assert (attributes.get("src") or "").startswith("/assets/"), path
                assert attributes.get("type") != "text/javascript"
            for name in ("src", "srcset", "poster", "background", "data", "ping"):
                assert not re.match(r"\s*(?:https?:)?//", attributes.get(name) or ""), (path, tag)
            if tag == "link" and attributes.get("rel") in {"stylesheet", "icon", "preload"}:
                assert (attributes.get("href") or "").startswith("/"), path


def feeds_carry_harmless_html(site_dir: Path, name: str) -> None:
    content = (site_dir / name).read_bytes()
    ElementTree.fromstring(content)
    feed = feedparser.parse(content, sanitize_html=False)
    assert not feed.bozo
    assert len(feed.entries) == 25
    for entry in feed.entries:
        written = entry.content[0].value if "content" in entry else entry.summary
        assert_harmless(written)
        assert urlsplit(entry.link).scheme == "https"


def json_carries_harmless_html(site_dir: Path) -> None:
    for path in site_dir.rglob("*.json"):
        if path.name.startswith("manifest") or "manifest" in path.parts or "log" in path.parts:
            continue
        content = path.read_bytes()
        answer = json.loads(content)
        if path.name != "log.json":
            assert b"<" not in content, path
        for body in bodies_of(answer):
            assert_harmless(body)


def the_calendar_has_only_its_own_properties(site_dir: Path) -> None:
    raw = (site_dir / "calendar.ics").read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    lines = raw.decode().replace("\r\n ", "").split("\r\n")[:-1]
    inside = False
    for line in lines:
        name = re.split(r"[:;]", line, maxsplit=1)[0]
        inside = line == "BEGIN:VEVENT" or (inside and line != "END:VEVENT")
        assert name in (VEVENT if inside or line == "END:VEVENT" else VCALENDAR), line
        assert name != "STATUS" or line in {"STATUS:CONFIRMED", "STATUS:CANCELLED"}
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(packed(limit=200))


def test_mails_are_calm_in_a_browser_and_bring_no_header(told: Told, browser: Browser) -> None:
    mails = []
    for words in told.mails:
        assert "\n" not in words.subject
        assert "\r" not in words.subject
        mail = EmailMessage(policy=email.policy.SMTP)
        mail["Subject"] = words.subject
        mail.set_content(words.text)
        mail.add_alternative(words.html, subtype="html")
        read = email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)
        assert set(read.keys()) == {"Subject", "MIME-Version", "Content-Type"}
        mails.append(words.html)
    for html in mails:
        for tag, attributes in Tags(html).all:
            assert tag not in {"script", "iframe", "object", "embed", "img", "form", "svg", "math"}
            assert not [name for name in attributes if name.startswith("on")], html
    tab, faults = watched(browser, "http://mail.test")
    tab.route("**/*", lambda route: route.abort())
    tab.goto("about:blank")
    for html in mails[:: max(1, len(mails) // 150)]:
        tab.set_content(html)
        assert tab.evaluate(PROVOKE) == []
        assert faults == []


def test_forms_say_back_what_was_typed_as_text(now: datetime, chromium: Chromium) -> None:
    """The public form, refusals in JSON, and addresses that are keys, with texts for keys."""
    client = Client()
    Page.objects.filter(pk=a_page(now).pk).update(name=" ".join(ALL)[:120])
    answers = []
    for text in ALL:
        answers.append(client.post("/subscribe/", {"email": text}))
        answers.append(client.post("/subscriptions/new-email", {"email": one_line(text)}))
        refused = client.post("/api/v2/subscribers.json", {"subscriber[email]": text})
        assert refused.headers["Content-Type"] == "application/json; charset=utf-8"
        assert refused.status_code in {422, 429}
        key = quote(text, safe="")
        answers.append(client.get(f"/unsubscribe/{key}/"))
        answers.append(client.get(f"/subscribe/manage/{key}/"))
        answers.append(client.get(f"/subscribe/confirm/{key}/"))
    documents = []
    for answer in answers:
        assert answer.cookies == {}
        assert "set-cookie" not in {name.lower() for name in answer.headers}
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        documents.append((answer.content, answer.headers["Content-Security-Policy"]))
    assert_calm(chromium, sorted(set(documents)))


def test_the_desk_says_back_what_was_typed_as_text(
    office: SimpleNamespace, chromium: Chromium
) -> None:
    client = signed_in(office.ada)
    documents = []
    for text in ALL:
        for path, fields in (
            ("/desk/incidents/new/", ("title", "body", "started_at", "severity")),
            ("/desk/maintenance/new/", ("title", "body", "scheduled_for", "scheduled_until")),
            ("/desk/sign-in/", ("username", "password", "next")),
        ):
            answer = client.post(path, dict.fromkeys(fields, text))
            if answer.status_code == 302:
                continue
            assert has_inline_code(seen(answer)) == [], text
            documents.append((answer.content, answer.headers["Content-Security-Policy"]))
    assert documents
    assert_calm(chromium, documents[::3])


def assert_calm(chromium: Chromium, documents: list[tuple[bytes, str]]) -> None:
    """Open each document with its policy in a browser; nothing may happen."""
    with chromium.open() as browser:
        tab, faults = watched(browser, "http://status.test")
        now: dict[str, Any] = {}

        def answer(route: Any) -> None:
            if route.request.resource_type == "document":
                route.fulfill(
                    body=now["body"],
                    headers={"Content-Type": "text/html", "Content-Security-Policy": now["policy"]},
                )
            else:
                route.fulfill(body="", content_type="text/css")

        tab.route("http://status.test/**", answer)
        for body, policy in documents:
            now |= {"body": body, "policy": policy}
            tab.goto("http://status.test/form")
            assert tab.evaluate(PROVOKE) == [], body[:300]
            assert faults == [], body[:300]


class Tags(HTMLParser):
    """Every tag of a text with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    for tag, attributes in Tags(html).all:
        assert tag in HARMLESS, html
        assert set(attributes) <= ATTRIBUTES, html
        if target := attributes.get("href"):
            assert urlsplit(target).scheme in {"http", "https", "mailto", ""}, html


def bodies_of(answer: object) -> Iterator[str]:
    """Yield what clients put into pages: bodies of updates and of feed items."""
    if isinstance(answer, dict):
        for key, value in answer.items():
            if key in {"body", "content_html", "postmortem_body"} and isinstance(value, str):
                yield value
            yield from bodies_of(value)
    elif isinstance(answer, list):
        for each in answer:
            yield from bodies_of(each)
