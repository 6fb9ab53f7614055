"""nginx with the configuration of `deploy/` says what the front says, over the same built site."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from http.client import HTTPConnection
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from afterword.site_builder.actions import build_all
from afterword.site_builder.forms import pack
from public_site.test_front import put
from public_site.test_serving import Serving, application
from publishing.press import a_page, word

ROOT = Path(__file__).resolve().parent.parent.parent.parent
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
SAID_BY_EACH_SERVER_IN_ITS_WAY = {
    "date", "server", "connection", "etag", "afterword-confirmed",
}  # fmt: skip
CODINGS = ("identity", "gzip", *(("br",) if BROTLI.exists() else ()))

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(NGINX is None, reason="no nginx; Debian: apt-get install nginx-light"),
]


class Said(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Said:
    asking = HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(asking):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asking.request(method, path, headers=named)
        answer = asking.getresponse()
        body = answer.read()
        told = {name.lower(): value for name, value in answer.getheaders()}
        assert len(told) == len(answer.getheaders()), "a header was sent twice"
        return Said(answer.status, told, body)


def alike(said: Said) -> Said:
    """Return what must be the same whoever answers."""
    kept = {k: v for k, v in said.headers.items() if k not in SAID_BY_EACH_SERVER_IN_ITS_WAY}
    return Said(said.status, kept, said.body)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextlib.contextmanager
def nginx_over(site: Path, app_port: int, folder: Path) -> Iterator[int]:
    """Run nginx with the lines changed that an operator changes; gives its port."""
    port = free_port()
    deployed = ROOT / "deploy" / "nginx"
    shutil.copytree(deployed / "afterword", folder / "afterword")
    server = (deployed / "afterword.conf").read_text()
    for there, here in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("root /srv/afterword/site;", f"root {site};"),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{app_port};"),
    ):
        assert there in server
        server = server.replace(there, here)
    (folder / "afterword.conf").write_text(server)
    preface = "user root;\n" if os.geteuid() == 0 else ""
    if BROTLI.exists():
        preface += f"load_module {BROTLI};\n"
    else:
        (folder / "afterword" / "brotli.conf").write_text("")
    kept = "".join(
        f"{each}_temp_path {folder}/{each};\n"
        for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{preface}daemon off;\nmaster_process off;\npid {folder}/pid;\nevents {{}}\n"
        f"error_log {folder}/log crit;\nhttp {{ access_log off;\n{kept}include afterword.conf; }}\n"
    )
    assert NGINX is not None
    with subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf")]) as running:
        try:
            until = time.monotonic() + 10
            while running.poll() is None and time.monotonic() < until:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.02)
            yield port
        finally:
            running.terminate()


class Both(NamedTuple):
    """Ports of the front and of nginx before it, and the folder that both serve."""

    front: Serving
    nginx: int
    site: Path


@pytest.fixture
def both(now: datetime, settings: Any) -> Iterator[Both]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings.SITE_DIR = folder / "site"
        page = a_page(now)
        word(page, "inv-1", now, status="resolved", title="Invoices late", body="Long. " * 300)
        word(page, "inv-2", now, status="investigating", title="Sign-in <slow>", body="Short.")
        build_all(now=now)
        front = Serving(folder / "site", folder / "app")
        try:
            with nginx_over(folder / "site", front.port, folder) as port:
                yield Both(front, port, folder / "site")
        finally:
            front.process.terminate()
            front.process.wait()


def addresses(site: Path) -> list[str]:
    """Return the address of every built file, as readers ask for it."""
    found = []
    for path in sorted(site.rglob("*")):
        name = str(path.relative_to(site))
        if path.suffix not in {".gz", ".br", ".zst"} and path.is_file() and "manifest" not in name:
            found.append("/" + re.sub(r"(^|/)index\.html$", r"\1", name))
    return [each for each in found if each not in {"/404.html", "/500.html", "/503.html"}]


def test_every_built_file_is_answered_alike_in_every_form(both: Both) -> None:
    compared = set()
    for address in addresses(both.site):
        for coding in CODINGS:
            ours = alike(ask(both.front.port, address, Accept_Encoding=coding))
            theirs = alike(ask(both.nginx, address, Accept_Encoding=coding))
            if ours.headers.get("content-encoding") is None and coding != "identity":
                # nginx does not weigh the forms; ours sends none that saves nothing.
                ending = {"gzip": ".gz", "br": ".br"}[coding]
                assert len(pack(ours.body)[ending]) >= len(ours.body)
                continue
            assert theirs == ours, address
            compared.add((Path(address).suffix, coding))
    assert {(".json", "gzip"), ("", "gzip"), (".atom", "gzip"), (".css", "gzip")} <= compared


def test_other_ways_of_asking_are_answered_alike(both: Both) -> None:
    asked = (
        "/", "/history/", "/index.html", "/history.json", "/history.json?page=2", "/healthz",
        "/api/v2/summary.json", "/api/v2//summary.json", "/api/v2/Summary.json", "/api/v2/no.json",
        "/api/v2/incidents/none.json", "/feed.json?x=1",
    )  # fmt: skip
    with application(both.front.socket_path):
        for address, method in product(asked, ("GET", "HEAD", "OPTIONS", "POST")):
            ours = ask(both.front.port, address, method)
            theirs = ask(both.nginx, address, method)
            if b'"x-afterword-peer"' in ours.body:
                assert theirs.status == ours.status
                assert b'"x-forwarded-for": "127.0.0.1"' in theirs.body
            else:
                assert alike(theirs) == alike(ours), f"{method} {address}"


def test_nothing_but_pages_leaves_the_folder(both: Both) -> None:
    (both.site / ".tmp-1-index.html").write_text("half a page")
    put(both.site, "de/404.html", b"there is nothing here, in German")
    inside = [
        "/de/404.html",
        "/manifest.json",
        "/503.html",
        "/index.html.gz",
        "/.tmp-1-index.html",
        "/manifest/",
    ]
    shard = next(each for each in (both.site / "manifest").iterdir() if each.suffix == ".json")
    with application(both.front.socket_path):
        for address in [*inside, f"/manifest/{shard.name}"]:
            for port in (both.front.port, both.nginx):
                said = ask(port, address)
                assert b'"x-afterword-peer"' in said.body, f"{address} did not reach the app"


def test_an_address_without_its_last_slash_leads_to_the_page(both: Both) -> None:
    for address in ("/history", "/incidents/inv-1?a=b"):
        ours, theirs = ask(both.front.port, address), ask(both.nginx, address)
        assert (theirs.status, theirs.headers["location"]) == (301, ours.headers["location"])


def test_etags_are_strong_differ_by_form_and_are_honoured(both: Both) -> None:
    tags = set()
    for coding in CODINGS:
        first = ask(both.nginx, "/", Accept_Encoding=coding)
        tag = first.headers["etag"]
        assert tag.startswith('"')
        again = alike(ask(both.nginx, "/", Accept_Encoding=coding, If_None_Match=tag))
        ours = ask(both.front.port, "/", Accept_Encoding=coding)
        held = ours.headers["etag"]
        expected = alike(ask(both.front.port, "/", Accept_Encoding=coding, If_None_Match=held))
        assert again == expected
        assert (again.status, again.body) == (304, b"")
        tags.add(tag)
    assert len(tags) == len(CODINGS)


def test_with_the_app_gone_pages_stand_and_the_rest_says_so_alike(both: Both) -> None:
    away = [alike(ask(both.front.port, path)) for path in ("/subscribe/", "/api/v2/no/such/")]
    both.front.process.terminate()
    both.front.process.wait()
    assert alike(ask(both.nginx, "/subscribe/")) == away[0]
    assert ask(both.nginx, "/api/v2/summary.json").status == 200
    told = alike(ask(both.nginx, "/api/v2/no.json"))
    assert told.status == 503
    assert told.headers["content-type"] == "application/json; charset=utf-8"
    assert told.headers["access-control-allow-origin"] == "*"
    assert told == alike(ask(both.nginx, "/api/v2/summary.json", "POST"))


def test_the_generated_files_are_what_the_front_says_now() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "docs_nginx.py"), "--check"], check=False
    )
    assert done.returncode == 0
