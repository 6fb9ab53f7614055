"""Pages hold up on the worst day: nothing unescaped, no dead link, small, readable by machines."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from afterword.site_builder.actions import build_all
from afterword.site_builder.forms import ENDINGS
from publishing.messy import EVIL, MARCH_4, build
from site_builder.reading import Read, bytes_of, pages_of

# Together on one worker, for one site.
pytestmark = pytest.mark.xdist_group("pages of the messy site")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, told_apart: Callable[[Path], Any]) -> Path:
    folder = tmp_path_factory.mktemp("messy") / "site"
    with told_apart(folder):
        build()
        build_all(now=MARCH_4)
    return folder


def test_no_text_from_outside_becomes_markup(site: Path) -> None:
    for path, page in pages_of(site).items():
        scripts = [each.get("src", "inline") for each in page.named("script")]
        assert scripts and all(each.startswith("/assets/") for each in scripts), (path, scripts)
        assert len(scripts) == len(set(scripts)) <= 2, (path, scripts)
        for tag, attributes in page.elements:
            assert tag not in {"iframe", "object", "embed", "style", "img", "base"}, (path, tag)
            assert not [name for name in attributes if name.startswith("on")], (path, tag)
            assert "style" not in attributes, (path, tag)
            target = attributes.get("href", "") + attributes.get("action", "")
            assert not re.match(r"\s*(javascript|data|vbscript):", target, re.I), (path, target)


def test_what_was_written_is_still_there_to_read(site: Path) -> None:
    text = pages_of(site)["incidents/evil-0/index.html"].text
    for evil in EVIL:
        assert evil in text


def test_every_page_is_well_formed_and_named(site: Path) -> None:
    for path, page in pages_of(site).items():
        assert page.faults == [], path
        assert len(page.ids) == len(set(page.ids)), path
        assert len(page.named("h1")) == 1, path
        assert page.named("html")[0]["lang"] == "en"
        assert len(page.named("title")) == 1
        assert [a["name"] for a in page.named("meta") if a.get("name") == "viewport"]


def test_no_byte_is_a_control_character(site: Path) -> None:
    for path, content in bytes_of(site).items():
        if Path(path).suffix not in ENDINGS:
            found = re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", content)
            assert found is None, (path, found)


def _leads_somewhere(site: Path, pages: dict[str, Read], target: str, own: str) -> bool:
    address, _, fragment = target.partition("#")
    name = address.lstrip("/")
    path = own if not address else f"{name}index.html" if not name or name.endswith("/") else name
    if not (site / path).is_file():
        return False
    return not fragment or fragment in pages[path].ids


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    pages = pages_of(site)
    for path, page in pages.items():
        targets = [
            a["href"] for tag in ("a", "link", "use") for a in page.named(tag) if "href" in a
        ]
        targets += [a["src"] for a in page.named("script")]
        # The form for mail is answered by the application, and may name an incident.
        inside = [
            t for t in targets
            if t.startswith(("/", "#")) and t.partition("?")[0] != "/subscribe/"
        ]  # fmt: skip
        assert len(inside) > 5, path
        dead = [t for t in inside if not _leads_somewhere(site, pages, t, path)]
        assert not dead, (path, dead)


def test_every_page_is_under_50_kilobytes_with_all_it_loads(site: Path) -> None:
    sizes = {path: len(content) for path, content in bytes_of(site).items() if path.endswith(".gz")}
    shared = sum(size for path, size in sizes.items() if path.startswith("assets/"))
    for path, size in sizes.items():
        assert size + shared < 50_000, (path, size)


def test_the_correction_stands_above_everything_and_names_what_it_corrects(site: Path) -> None:
    html = (site / "incidents/inv-2026-03-04/index.html").read_text()
    page = pages_of(site)["incidents/inv-2026-03-04/index.html"]
    assert html.index('class="correction"') < html.index("<h1")
    assert "it was 15:35 UTC" in page.text
    assert page.text.count("Corrected 9 March 2026") >= 2
    # The text that was wrong is kept as it was.
    assert "sent log. Sending has been stable since 14:24 UTC" in " ".join(page.text.split())


def test_a_text_the_page_leads_with_is_not_repeated_in_the_timeline(site: Path) -> None:
    page = pages_of(site)["incidents/inv-2026-03-04/index.html"]
    assert page.text.count("An update we released that morning") == 1
    assert page.text.count("a late invoice can mean a late") == 1


def test_the_timeline_runs_newest_first_and_says_so(site: Path) -> None:
    text = pages_of(site)["incidents/inv-2026-03-04/index.html"].text
    timeline = text[text.index("Everything we said, newest first") :]
    order = ["Correction", "Summary:", "Closure:", "Resolved", "Update", "Identified", "Investig"]
    places = [timeline.index(label) for label in order]
    assert places == sorted(places)


def test_the_front_page_never_says_all_is_well_while_an_incident_is_open(site: Path) -> None:
    page = pages_of(site)["index.html"]
    assert "Everything is working" not in page.text
    assert "Some parts are down." in page.text


def test_promises_show_state_and_date_in_words(site: Path) -> None:
    text = pages_of(site)["incidents/inv-2026-03-04/index.html"].text
    for words in ("Done", "on 8 March 2026", "Planned", "by 18 April 2026", "Why we dropped it."):
        assert words in text


def test_every_state_has_a_shape_and_a_word_beside_its_colour(site: Path) -> None:
    for path, page in pages_of(site).items():
        names = [name for name, _ in page.elements]
        for index, (tag, attributes) in enumerate(page.elements):
            if tag == "svg" and "sign" in attributes.get("class", "").split():
                assert attributes["aria-hidden"] == "true"
                assert names[index + 1] == "use", path
