"""Addresses that programs ask for: forgiving about how they are written, open to other origins.

Statuspage's clients write ``/api/v2//incidents.json`` and ``/api/v2/Incidents.json``; both worked.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

from afterword.public_site.header_sets import ANY_ORIGIN

Headers = list[tuple[str, str]]

JSON = "application/json; charset=utf-8"
_QUARTER = re.compile(r"\d{4}-q[1-4]\.json")
_INCIDENT = re.compile(r"/incidents/[^/]+\.json")
_NO_MORE_MONTHS = b'{"months":[]}'
_NOTHING = {
    "error": "404",
    "message": "There is nothing at this address. See /api/v2/summary.json.",
}
_NOT_NOW = {
    "error": "503",
    "message": "This is not available right now. Try again in a minute.",
}


def is_api(path: str) -> bool:
    """Whether the address, however written, is one that answers programs in JSON."""
    meant = tidy(path)
    return meant.startswith("/api/v2/") or _INCIDENT.fullmatch(meant) is not None


def tidy(path: str) -> str:
    """Return an address as it was meant: single slashes, and small letters under ``/api/``."""
    single = single_slashes(path)
    return single.lower() if single[:5].lower() == "/api/" else single


def single_slashes(path: str) -> str:
    return re.sub(r"/{2,}", "/", path)


def is_history(path: str) -> bool:
    return tidy(path) == "/history.json"


def history_file(root: str, query: str) -> str | None:
    """Return the file of ``/history.json?page=N``, or None past the last page.

    A quarter is a file, so that a new incident rewrites one of them; the pages count the quarters
    that have incidents, newest first. What is no number is page 1.
    """
    try:
        names = [each.name for each in Path(root, "history").iterdir()]
    except OSError:
        return None
    quarters = sorted(filter(_QUARTER.fullmatch, names), reverse=True)
    asked = parse_qs(query).get("page", ["1"])[0]
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    position = max(number, 1) - 1
    return f"history/{quarters[position]}" if position < len(quarters) else None


def preflight(start_response: Callable[..., object]) -> list[bytes]:
    """Answer a browser that asks whether a page elsewhere may call."""
    headers = [
        ANY_ORIGIN,
        ("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE, OPTIONS"),
        ("Access-Control-Allow-Headers", "Content-Type, If-None-Match"),
        ("Access-Control-Max-Age", "86400"),
        ("Content-Length", "0"),
    ]
    start_response("204 No Content", headers)
    return []


def past_the_end() -> bytes:
    return _NO_MORE_MONTHS


def nothing_here() -> bytes:
    return json.dumps(_NOTHING).encode()


def not_now() -> bytes:
    return json.dumps(_NOT_NOW).encode()


def json_headers(body: bytes) -> Headers:
    return [
        ("Content-Type", JSON),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ANY_ORIGIN,
    ]
