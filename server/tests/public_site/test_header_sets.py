"""Every built file is answered with the headers of one declared set, and the sets tell apart."""

from pathlib import Path

import pytest

from afterword.public_site.front import Front
from afterword.public_site.header_sets import HEADER_SETS, headers_of
from public_site.test_front import Answer, behind, put

ADDRESSES = {
    "/assets/site.0123456789ab.css": "assets",
    "/embed/script.js": "embeds",
    "/embed/frame/index.html": "embeds",
    "/badge.svg": "badges",
    "/badge/dark.svg": "badges",
    "/badges/": "pages",
    "/api/v2/summary.json": "for programs",
    "/history.atom": "for programs",
    "/calendar.ics": "for programs",
    "/": "pages",
    "/index.html": "pages",
    "/incidents/inv-1/": "pages",
    "/incidents/embed/": "pages",
    "/history/2026/03/index.html": "pages",
}


@pytest.mark.parametrize(("address", "name"), ADDRESSES.items())
def test_an_address_belongs_to_one_set(address: str, name: str) -> None:
    (expected,) = (each.headers for each in HEADER_SETS if each.name == name)
    assert headers_of(address) == expected


def test_the_front_answers_with_what_is_declared(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("index.html", "embed/frame/index.html", "badge.svg", "assets/a.1f.css"):
        put(site, name, b"content")
    front = Front(site, behind)
    for address in ("/", "/embed/frame/", "/badge.svg", "/assets/a.1f.css"):
        answered = Answer(front, address).headers
        for name, value in headers_of(address):
            assert answered[name.lower()] == value, (address, name)


def test_only_what_is_made_for_it_may_be_framed() -> None:
    for each in HEADER_SETS:
        policy = dict(each.headers)["Content-Security-Policy"]
        ancestors = policy.partition("frame-ancestors ")[2].split(";")[0]
        assert (ancestors == "'none'") == (each.name not in {"embeds", "badges"}), each.name


def test_no_set_lets_anything_inline_or_foreign_run() -> None:
    for each in HEADER_SETS:
        policy = dict(each.headers)["Content-Security-Policy"]
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        if each.name != "badges":  # a picture: no address, no form
            assert "base-uri 'none'; " in policy
            assert "form-action" in policy
        assert "http" not in policy
