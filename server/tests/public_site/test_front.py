"""The front answers what is built, exactly and safely, and passes everything else on."""

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from afterword.public_site.front import Front
from afterword.site_builder.forms import PACKINGS, Packing, pack

PAGE = b"<!doctype html><title>All is told</title>" + b"<p>words</p>" * 200


class Answer:
    """What the front said to one request."""

    def __init__(self, front: Front, path: str, method: str = "GET", **headers: str) -> None:
        environ: dict[str, Any] = {"PATH_INFO": path, "REQUEST_METHOD": method}
        environ["QUERY_STRING"] = headers.pop("query_string", "")
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        self.body = b"".join(front(environ, self._start))

    def _start(self, status: str, headers: list[tuple[str, str]], *_: object) -> None:
        self.status = int(status.split(maxsplit=1)[0])
        self.headers = {name.lower(): value for name, value in headers}
        assert len(self.headers) == len(headers), "a header was sent twice"


def behind(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("418 Passed on", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode()]


def put(site: Path, path: str, content: bytes) -> None:
    target = site / path
    target.parent.mkdir(parents=True, exist_ok=True)
    for ending, packed in pack(content).items():
        target.with_name(f"{target.name}{ending}").write_bytes(packed)
    fresh = target.with_name(f".tmp-{target.name}")
    fresh.write_bytes(content)
    fresh.replace(target)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    put(site, "index.html", PAGE)
    put(site, "history/index.html", PAGE + b"history")
    put(site, "history/2026/03/index.html", PAGE + b"march")
    put(site, "history.atom", b"<feed/>")
    put(site, "assets/site.0123456789ab.css", b"p{}")
    put(site, "503.html", b"<p>not available right now</p>")
    put(site, "404.html", b"<p>nothing here</p>")
    put(site, "de/404.html", b"<p>nothing here, in German</p>")
    put(site, "manifest/0a1.json", b'{"files": {}}')
    (site / "manifest.json").write_text('{"files": {}}')
    (tmp_path / "secret-key").write_text("a secret beside the site")
    return site


@pytest.fixture
def front(site: Path) -> Front:
    return Front(site, behind)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/history/", "text/html; charset=utf-8"),
        ("/history/2026/03/", "text/html; charset=utf-8"),
        ("/history.atom", "application/atom+xml; charset=utf-8"),
        ("/assets/site.0123456789ab.css", "text/css; charset=utf-8"),
    ],
)
def test_a_built_path_is_answered_with_its_type_and_nothing_runs(
    front: Front, path: str, kind: str
) -> None:
    answer = Answer(front, path)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert int(answer.headers["content-length"]) == len(answer.body)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret-key", "/assets/../../secret-key", "/..%2fsecret-key", "/./index.html",
        "//etc/passwd", "/history//", "/.tmp-index.html", "/assets/.hidden", "/history/\x00",
        "/history/..", "\\..\\secret-key", "/~root/", "/index.html/..", "/%2e%2e/secret-key",
        "/history/2026/03/../../../../secret-key", "/ä/", "/\xc3\xa4", "/a b",
        "/manifest.json", "/index.html.gz", "/index.html.br", "/index.html.zst",
        "/manifest/0a1.json", "/404.html", "/503.html", "/de/404.html", "/nothing", "/subscribe/",
        "/history/2026/", "/" + "a/" * 3000, "/" + "a" * 5000, "",
    ],
)  # fmt: skip
def test_what_is_not_built_falls_through_and_nothing_outside_is_read(
    front: Front, path: str
) -> None:
    answer = Answer(front, path or "/nothing")
    assert answer.status == 418
    assert b"secret" not in answer.body.replace(path.encode("latin-1", "replace"), b"")


def test_the_slash_a_reader_forgot_is_added(front: Front) -> None:
    environ: dict[str, Any] = {"PATH_INFO": "/history", "QUERY_STRING": "a=b"}
    setup_testing_defaults(environ)
    said: list[Any] = []
    front(environ, lambda *told: said.append(told))
    assert said[0][0].startswith("301")
    assert dict(said[0][1])["Location"] == "/history/?a=b"


def test_the_same_bytes_are_not_sent_twice(front: Front) -> None:
    first = Answer(front, "/")
    etag = first.headers["etag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', etag)
    for asked in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = Answer(front, "/", if_none_match=asked)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == etag
        assert "cache-control" in again.headers
        # RFC 9110 15.4.5: nothing about a body that is not there.
        assert not {"content-length", "content-type", "content-encoding"} & again.headers.keys()
    assert Answer(front, "/", if_none_match='"other"').status == 200


@pytest.mark.parametrize("packing", PACKINGS, ids=lambda each: each.coding)
def test_each_form_has_an_etag_of_its_own_and_holds_the_same_page(
    front: Front, packing: Packing
) -> None:
    plain, packed = Answer(front, "/"), Answer(front, "/", accept_encoding=packing.coding)
    assert packed.headers["content-encoding"] == packing.coding
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packing.unpack(packed.body) == plain.body == PAGE
    assert int(packed.headers["content-length"]) == len(packed.body) < len(plain.body)
    again = Answer(front, "/", accept_encoding=packing.coding, if_none_match=packed.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", packed.headers["etag"])
    assert again.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in again.headers
    # What one form holds says nothing about another: a strong ETag is about bytes.
    others = [None, *(each.coding for each in PACKINGS if each != packing)]
    for other in others:
        asked = {"accept_encoding": other} if other else {}
        crossed = Answer(front, "/", if_none_match=packed.headers["etag"], **asked)
        assert crossed.status == 200
        assert crossed.headers["etag"] != packed.headers["etag"]


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("zstd, gzip", "zstd"),
        ("gzip, deflate", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0.5, zstd;q=0.5, gzip;q=0.5", "br"),
        ("br;q=0, *", "zstd"),
        ("*", "br"),
        ("*;q=0.1", "br"),
        ("gzip;q=0.9, *;q=0.5", "gzip"),
        ("br ; q = 0.001", "br"),
        ("gzip;q=1.000", "gzip"),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("identity;q=0, br", "br"),
        ("", None),
        ("identity", None),
        ("deflate, compress", None),
        ("gzip;q=0", None),
        ("gzip; q=0.000", None),
        ("*;q=0", None),
        ("br;q=0, zstd;q=0, gzip;q=0, *", None),
        ("identity;q=0.8, gzip;q=0.3", None),
        ("xgzip", None),
        ("gzip;q=none", None),
        ("gzip;q=2", None),
        (",;,=;q", None),
    ],
)
def test_the_reader_s_weights_decide_and_the_smaller_form_at_equal_ones(
    front: Front, accepted: str, sent: str | None
) -> None:
    answer = Answer(front, "/", accept_encoding=accepted)
    assert answer.status == 200
    assert answer.headers.get("content-encoding") == sent


@pytest.mark.parametrize("accepted", ["", "br", "zstd", "gzip", "identity"])
def test_head_says_of_each_form_what_get_would(front: Front, accepted: str) -> None:
    got = Answer(front, "/", accept_encoding=accepted)
    headed = Answer(front, "/", "HEAD", accept_encoding=accepted)
    assert (headed.status, headed.body, headed.headers) == (200, b"", got.headers)
    etag = got.headers["etag"]
    held = Answer(front, "/", "HEAD", accept_encoding=accepted, if_none_match=etag)
    assert (held.status, held.body) == (304, b"")


def test_a_file_that_packing_would_make_larger_is_sent_as_it_is(front: Front, site: Path) -> None:
    put(site, "tiny.json", b"{}")
    answer = Answer(front, "/tiny.json", accept_encoding="br, zstd, gzip")
    assert "content-encoding" not in answer.headers
    assert answer.body == b"{}"


def test_the_next_best_form_is_sent_when_the_best_is_not_there(front: Front, site: Path) -> None:
    (site / "index.html.br").unlink()
    answer = Answer(front, "/", accept_encoding="gzip, br, zstd")
    assert answer.headers["content-encoding"] == "zstd"


def test_pages_are_cached_shortly_and_assets_for_good(front: Front) -> None:
    assert "max-age=10" in Answer(front, "/").headers["cache-control"]
    assert "immutable" in Answer(front, "/assets/site.0123456789ab.css").headers["cache-control"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_built_page_can_only_be_read(front: Front, method: str) -> None:
    answer = Answer(front, "/", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_rebuilt_page_is_served_at_once(front: Front, site: Path) -> None:
    before = Answer(front, "/")
    put(site, "index.html", PAGE.replace(b"words", b"other"))
    after = Answer(front, "/")
    assert b"other" in after.body
    assert after.headers["etag"] != before.headers["etag"]
    assert gzip.decompress(Answer(front, "/", accept_encoding="gzip").body) == after.body


def test_a_page_taken_away_is_gone(front: Front, site: Path) -> None:
    assert Answer(front, "/history/").status == 200
    (site / "history/index.html").unlink()
    assert Answer(front, "/history/").status == 418


@pytest.mark.parametrize("packing", PACKINGS, ids=lambda each: each.coding)
@pytest.mark.parametrize("harm", ["empty", "broken", "cut short", "older", "with more behind it"])
def test_a_packed_form_of_another_moment_is_never_sent(
    front: Front, site: Path, packing: Packing, harm: str
) -> None:
    packed = packing.pack(PAGE, False)
    spoilt = {
        "empty": b"",
        "broken": packed[:8] + b"\xff broken",
        "cut short": packed[:-1],
        "older": packing.pack(b"older words" * 9, False),
        "with more behind it": packed + b"more",
    }
    (site / f"index.html{packing.ending}").write_bytes(spoilt[harm])
    answer = Answer(front, "/", accept_encoding=packing.coding)
    assert "content-encoding" not in answer.headers
    assert answer.body == PAGE


def test_memory_is_bounded_and_everything_is_still_answered(site: Path) -> None:
    for n in range(50):
        put(site, f"incidents/i{n}/index.html", os.urandom(2000).hex().encode())
    front = Front(site, behind, memory=40_000)
    for _ in range(2):
        for n in range(50):
            assert Answer(front, f"/incidents/i{n}/").status == 200
    assert front._bytes <= 40_000
    held = [
        form.body for each in front._held.values() for form in (each.plain, *each.packed.values())
    ]
    assert front._bytes == sum(map(len, held))
    assert len(held) == 4 * len(front._held) > 4


def test_when_what_is_behind_fails_the_reader_gets_words_and_the_page_stays(site: Path) -> None:
    def broken(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        raise RuntimeError("the database moved out")

    front = Front(site, broken)
    answer = Answer(front, "/subscribe/")
    assert (answer.status, answer.headers["retry-after"]) == (503, "60")
    assert b"not available right now" in answer.body
    assert b"database moved out" not in answer.body
    assert answer.headers["cache-control"] == "no-store"
    assert Answer(front, "/").status == 200
    assert Answer(Front(site / "nowhere", broken), "/x").status == 503


def test_health_is_about_the_page_readers_get(front: Front, tmp_path: Path) -> None:
    assert (Answer(front, "/healthz").status, Answer(front, "/healthz").body) == (200, b"ok\n")
    empty = Answer(Front(tmp_path / "empty", behind), "/healthz")
    assert empty.status == 503
    assert b"afterword build-site" in empty.body


def test_the_front_needs_neither_django_nor_a_database() -> None:
    program = (
        "import sys, afterword.public_site.front;"
        "sys.exit(any(m.split('.')[0] in {'django', 'sqlite3', 'psycopg'} for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_site_that_was_never_confirmed_says_so_without_an_error(front: Front, site: Path) -> None:
    never = Answer(front, "/age.json")
    assert (never.status, json.loads(never.body)["confirmed_at"]) == (200, None)
    assert never.headers["cache-control"] == "no-store"
    (site / "age.json").write_text('{"confirmed_at": "2026-03-18T12:00:00Z", "behind": {}}')
    told = Answer(front, "/age.json")
    assert json.loads(told.body)["confirmed_at"] == "2026-03-18T12:00:00Z"
    assert "max-age=10" in told.headers["cache-control"]
