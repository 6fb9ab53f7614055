"""The head of an HTTP/1 request, read strictly: what is not plainly right is refused."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

LONGEST_HEAD = 32 * 1024
_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_FIRST_LINE = re.compile(rb"(" + _TOKEN + rb") ([\x21-\x7e]+) HTTP/(\d\.\d)\r\n")
_HEADER = re.compile(rb"(" + _TOKEN + rb"):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*\r\n")
_ABSOLUTE = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_ONCE = (b"host", b"content-length", b"transfer-encoding")

Header = tuple[bytes, bytes]


class BadRequest(Exception):
    """What was sent is no request we understand. ``status`` is the line to answer with."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. ``path`` is decoded as in WSGI; names of ``headers`` are in small letters.

    ``body_length`` is None when the body comes in chunks. ``stays`` says whether the connection
    may be used again.
    """

    method: str
    target: str
    path: str
    query: str
    version: str
    headers: tuple[Header, ...]
    body_length: int | None
    stays: bool
    accepted: str
    held: str | None


def read(head: bytes) -> Asked:
    """Read a head that ends in an empty line. Raises BadRequest."""
    first = _FIRST_LINE.match(head)
    if first is None:
        raise BadRequest("400 Bad Request")
    method, target, version = (each.decode("latin-1") for each in first.groups())
    if version not in {"1.0", "1.1"}:
        raise BadRequest("505 HTTP Version Not Supported")
    headers = _headers(head, first.end())
    by_name = dict(headers)
    if version == "1.1" and b"host" not in by_name:
        raise BadRequest("400 Bad Request")
    path, query = _address(method, target)
    accepted = [value for name, value in headers if name == b"accept-encoding"]
    held = [value for name, value in headers if name == b"if-none-match"]
    return Asked(
        method=method,
        target=target,
        path=path,
        query=query,
        version=version,
        headers=headers,
        body_length=_body_length(by_name),
        stays=version == "1.1" and b"close" not in by_name.get(b"connection", b"").lower(),
        accepted=b", ".join(accepted).decode("latin-1"),
        held=b", ".join(held).decode("latin-1") if held else None,
    )


def _headers(head: bytes, position: int) -> tuple[Header, ...]:
    found = []
    end = len(head) - 2
    while position < end:
        header = _HEADER.match(head, position)
        if header is None:
            raise BadRequest("400 Bad Request")
        found.append((header[1].lower(), header[2]))
        position = header.end()
    names = [name for name, _ in found]
    if any(names.count(name) > 1 for name in _ONCE):
        raise BadRequest("400 Bad Request")
    return tuple(found)


def _body_length(headers: dict[bytes, bytes]) -> int | None:
    length, coding = headers.get(b"content-length"), headers.get(b"transfer-encoding")
    if coding is not None:
        if length is not None:
            raise BadRequest("400 Bad Request")
        if coding.lower() != b"chunked":
            raise BadRequest("501 Not Implemented")
        return None
    if length is None:
        return 0
    if not length.isdigit() or len(length) > 15:
        raise BadRequest("400 Bad Request")
    return int(length)


def _address(method: str, target: str) -> tuple[str, str]:
    """Return path and query of a target, which a proxy may write with scheme and host."""
    if target == "*" and method == "OPTIONS":
        return "*", ""
    if not target.startswith("/"):
        absolute = _ABSOLUTE.match(target)
        if absolute is None:
            raise BadRequest("400 Bad Request")
        rest = target[absolute.end() :]
        target = rest if rest.startswith("/") else f"/{rest}"
    path, _, query = target.partition("#")[0].partition("?")
    return (unquote_to_bytes(path).decode("latin-1") if "%" in path else path), query
