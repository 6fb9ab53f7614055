"""The front: answers built pages from the site folder, without Django and without a database.

Plain WSGI. What is not in the folder falls through to the application behind it; when that one
fails, the reader gets a plain answer and the built pages go on answering.
"""

import hashlib
import logging
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from afterword.public_site import for_programs
from afterword.public_site.header_sets import ANY_ORIGIN, headers_of
from afterword.public_site.negotiation import accepted_codings, is_held
from afterword.site_builder.forms import PACKINGS
from afterword.site_builder.media_types import TYPES

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

# Every segment begins with a letter or digit: no "..", no hidden or temporary file, no "//".
_SAFE = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*(?:[A-Za-z0-9][A-Za-z0-9._-]*)?")
_OF_THE_BODY = frozenset({"Content-Type", "Content-Encoding", "Content-Length"})
_OF_A_GOOD_ANSWER = frozenset({"Cache-Control", "Vary"})
_NOT_PAGES = frozenset({"404.html", "500.html", "503.html", "manifest.json"})
# Written by the worker beside the pages: see docs/site.md.
AGE = "/age.json"
_log = logging.getLogger("afterword.front")


@dataclass(frozen=True)
class Form:
    """One representation of a file: its bytes, strong ETag and the headers of its answer.

    The heads hold the same as bytes, for HTTP/1.1, without date and end.
    """

    body: bytes
    etag: str
    headers: tuple[tuple[str, str], ...]
    unchanged: tuple[tuple[str, str], ...]
    head: bytes
    unchanged_head: bytes


@dataclass(frozen=True)
class Built:
    """One file in memory, with its answers prepared.

    ``key`` tells when the file was replaced, ``packed`` holds its other forms by coding, ``size``
    is the bytes of all of them.
    """

    key: tuple[int, int, int]
    plain: Form
    packed: Mapping[str, Form]
    size: int

    def form_for(self, accepted: str) -> Form:
        """Return the form that an Accept-Encoding asks for."""
        for coding in accepted_codings(accepted):
            if coding in self.packed:
                return self.packed[coding]
        return self.plain


class Front:
    """WSGI application over a site folder and the application behind it."""

    def __init__(
        self, site_dir: str | os.PathLike[str], behind: Application, memory: int = 64 * 1024 * 1024
    ) -> None:
        self._root = str(Path(site_dir).resolve())
        self._behind = behind
        self._memory = memory
        self._held: OrderedDict[str, Built] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO") or "/"
        if path == "/healthz":
            return self._health(environ, start_response)
        if path == AGE and self._find(AGE[1:]) is None:
            return _never_confirmed(environ, start_response)
        name = _file_name(path)
        if name is not None:
            found = self._find(name)
            if found is not None:
                return _answer(environ, start_response, found)
            if not name.endswith("/index.html") and self._find(f"{name}/index.html") is not None:
                return _redirect(environ, start_response, f"{path}/")
        if for_programs.is_api(path) or for_programs.is_history(path):
            return self._for_programs(environ, start_response, path)
        return self._pass_on(environ, start_response)

    def form(self, path: str, accepted: str) -> Form | None:
        """Return what a reader gets who asks for a built file, or None when there is none."""
        name = _file_name(path)
        found = self._find(name) if name is not None else None
        return None if found is None else found.form_for(accepted)

    def _for_programs(
        self, environ: Environ, start_response: StartResponse, path: str
    ) -> Iterable[bytes]:
        """Answer an address of the API that is not a file's name as it stands."""
        name: str | None
        if for_programs.is_history(path):
            name = for_programs.history_file(self._root, environ.get("QUERY_STRING", ""))
            status, body = "200 OK", for_programs.past_the_end()
        else:
            name = _file_name(for_programs.tidy(path))
            status, body = "404 Not Found", for_programs.nothing_here()
        found = self._find(name) if name is not None else None
        if found is not None:
            return _answer(environ, start_response, found)
        method = environ.get("REQUEST_METHOD")
        if method == "OPTIONS":
            return for_programs.preflight(start_response)
        if method not in {"GET", "HEAD"}:
            meant = {**environ, "PATH_INFO": for_programs.single_slashes(path)}
            return self._pass_on(meant, start_response)
        start_response(status, for_programs.json_headers(body))
        return [] if method == "HEAD" else [body]

    def _find(self, name: str) -> Built | None:
        # Strings, not Path: this line runs for every request, and Path costs as much as the stat.
        path = f"{self._root}/{name}"
        try:
            state = os.stat(path)  # noqa: PTH116
        except OSError:
            return None
        key = (state.st_mtime_ns, state.st_size, state.st_ino)
        held = self._held.get(name)
        if held is not None and held.key == key:
            return held
        return self._load(name, Path(path), key)

    def _load(self, name: str, path: Path, key: tuple[int, int, int]) -> Built | None:
        kind = TYPES.get(path.suffix)
        if kind is None:
            return None
        try:
            plain = path.read_bytes()
        except OSError:
            return None
        packed = _packed_beside(path, plain)
        headers = (("Content-Type", kind), *headers_of(f"/{name}"))
        built = _prepared(key, plain, packed, headers)
        with self._lock:
            old = self._held.pop(name, None)
            self._held[name] = built
            self._bytes += built.size - (old.size if old else 0)
            while self._bytes > self._memory and len(self._held) > 1:
                _, dropped = self._held.popitem(last=False)
                self._bytes -= dropped.size
        return built

    def _pass_on(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return self._behind(environ, start_response)
        except Exception:  # noqa: BLE001  whatever broke behind, the reader gets words
            _log.exception("the application failed on %s", environ.get("PATH_INFO"))
            return self.unavailable(environ, start_response)

    def unavailable(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Say that the application cannot be reached: 503, in words that were built beforehand."""
        told = headers_when_away()
        if for_programs.is_api(environ.get("PATH_INFO", "")):
            kind, body = for_programs.JSON, for_programs.not_now()
            told.append(ANY_ORIGIN)
        elif page := self._find("503.html"):
            kind, body = TYPES[".html"], page.plain.body
        else:
            kind, body = TYPES[".txt"], b"This part of the site is not available right now.\n"
        headers = [("Content-Type", kind), ("Content-Length", str(len(body))), *told]
        start_response("503 Service Unavailable", headers)
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]

    def _health(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Say whether readers get a page: 200 once the front page is built, else 503."""
        well = self._find("index.html") is not None
        body = b"ok\n" if well else b"The site is not built yet: run `afterword build-site`.\n"
        headers = [
            ("Content-Type", TYPES[".txt"]),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
        ]
        start_response("200 OK" if well else "503 Service Unavailable", headers)
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]


def headers_when_away() -> Headers:
    """Return what an answer says for an application that is away, beside its type and length."""
    told = [each for each in headers_of("/503.html") if each[0] not in _OF_A_GOOD_ANSWER]
    return [("Cache-Control", "no-store"), ("Retry-After", "60"), *told]


def _file_name(path: str) -> str | None:
    """Return the name in the folder an address may stand for, or None for anything odd."""
    name = path[1:]
    if not path.startswith("/") or _SAFE.fullmatch(name) is None:
        return None
    # In a page's other languages these lie below a code of two letters.
    bare = name[3:] if name[2:3] == "/" else name
    if bare in _NOT_PAGES or name.startswith("manifest/"):
        return None
    return f"{name}index.html" if not name or name.endswith("/") else name


def _answer(environ: Environ, start_response: StartResponse, built: Built) -> Iterable[bytes]:
    method = environ.get("REQUEST_METHOD")
    if method == "OPTIONS" and ANY_ORIGIN in built.plain.headers:
        return for_programs.preflight(start_response)
    if method not in {"GET", "HEAD"}:
        return _refuse_method(start_response)
    form = built.form_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is not None and is_held(asked, form.etag):
        start_response("304 Not Modified", list(form.unchanged))
        return []
    start_response("200 OK", list(form.headers))
    return [] if method == "HEAD" else [form.body]


def _prepared(
    key: tuple[int, int, int],
    plain: bytes,
    packed: Mapping[str, bytes],
    headers: tuple[tuple[str, str], ...],
) -> Built:
    digest = hashlib.sha256(plain).hexdigest()[:32]
    forms = {
        coding: _form(body, f'"{digest}-{coding}"', (*headers, ("Content-Encoding", coding)))
        for coding, body in packed.items()
    }
    size = len(plain) + sum(map(len, packed.values()))
    return Built(key, _form(plain, f'"{digest}"', headers), forms, size)


def _form(body: bytes, etag: str, headers: tuple[tuple[str, str], ...]) -> Form:
    whole = (*headers, ("ETag", etag), ("Content-Length", str(len(body))))
    unchanged = tuple(each for each in whole if each[0] not in _OF_THE_BODY)
    return Form(
        body,
        etag,
        whole,
        unchanged,
        head_of("200 OK", whole),
        head_of("304 Not Modified", unchanged),
    )


def head_of(status: str, headers: Iterable[tuple[str, str]]) -> bytes:
    """Return status and headers as HTTP/1.1 writes them, without the empty line at the end."""
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
    return "".join(f"{line}\r\n" for line in lines).encode("latin-1")


def _never_confirmed(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer for a site that no worker has confirmed yet: pages ask, and nothing is wrong."""
    body = b'{"confirmed_at": null, "behind": {}}\n'
    start_response("200 OK", for_programs.json_headers(body))
    return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]


def _redirect(environ: Environ, start_response: StartResponse, path: str) -> Iterable[bytes]:
    query = environ.get("QUERY_STRING")
    target = f"{path}?{query}" if query else path
    start_response("301 Moved Permanently", [("Location", target), ("Content-Length", "0")])
    return []


def _refuse_method(start_response: StartResponse) -> Iterable[bytes]:
    body = b"This page can only be read.\n"
    headers = [
        ("Allow", "GET, HEAD"),
        ("Content-Type", TYPES[".txt"]),
        ("Content-Length", str(len(body))),
    ]
    start_response("405 Method Not Allowed", headers)
    return [body]


def _packed_beside(path: Path, plain: bytes) -> Mapping[str, bytes]:
    """Return the packed forms beside a file by coding.

    Left out are those that are missing, of another moment, or no smaller than the file.
    """
    found = {}
    for packing in PACKINGS:
        try:
            packed = path.with_name(f"{path.name}{packing.ending}").read_bytes()
        except OSError:
            continue
        if len(packed) < len(plain) and packing.holds(packed, plain):
            found[packing.coding] = packed
    return found
