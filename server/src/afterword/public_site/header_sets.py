"""Which headers a built file is answered with, by its address: declared here and nowhere else.

The front answers with them, and configurations for other servers are written from them. The first
set whose pattern is found in the address holds, as with the ``location ~`` blocks of nginx. What
belongs to the bytes (type, length, ETag, encoding) is not here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

Header = tuple[str, str]

ANY_ORIGIN: Header = ("Access-Control-Allow-Origin", "*")
SHORT: Header = (
    "Cache-Control",
    "public, max-age=10, stale-while-revalidate=30, stale-if-error=3600",
)
LONG: Header = ("Cache-Control", "public, max-age=31536000, immutable")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A page elsewhere may show what is made to be shown there; it holds no form and no secret.
# `*` stands for http and https alone, and a page opened from disk is where people try it first.
EMBED_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors * file: data:"
)
# The style inside ``/badge.svg``, which is the same for every state: a picture loads no other file.
BADGE_STYLE = "sha256-BA+4MrSBLNC2Oc6r+nQ1OmwWekhgjJvVKlsiIrkmGOg="
BADGE_POLICY = f"default-src 'none'; style-src '{BADGE_STYLE}'; frame-ancestors * file: data:"
_VARY: Header = ("Vary", "Accept-Encoding")
_NO_SNIFFING: Header = ("X-Content-Type-Options", "nosniff")
_REFERRER: Header = ("Referrer-Policy", "same-origin")
# Lets pages that isolate themselves (Cross-Origin-Embedder-Policy) load it all the same.
_FOR_EVERYBODY: Header = ("Cross-Origin-Resource-Policy", "cross-origin")


def _policy(text: str) -> Header:
    return ("Content-Security-Policy", text)


@dataclass(frozen=True)
class HeaderSet:
    """``pattern`` is a regular expression, read alike by Python and PCRE, over the address."""

    name: str
    pattern: str
    headers: tuple[Header, ...]


HEADER_SETS = (
    HeaderSet(
        "assets",
        r"^/assets/",
        (LONG, _VARY, _FOR_EVERYBODY, _policy(POLICY), _NO_SNIFFING, _REFERRER),
    ),
    HeaderSet(
        "badges",
        r"^/([a-z][a-z]/)?badge(\.svg$|/)",
        (SHORT, _VARY, ANY_ORIGIN, _FOR_EVERYBODY, _policy(BADGE_POLICY), _NO_SNIFFING, _REFERRER),
    ),
    HeaderSet(
        "embeds",
        r"^/([a-z][a-z]/)?embed/",
        (SHORT, _VARY, ANY_ORIGIN, _FOR_EVERYBODY, _policy(EMBED_POLICY), _NO_SNIFFING, _REFERRER),
    ),
    HeaderSet(
        "for programs",
        r"\.(json|jsonl|atom|rss|ics|md)$",
        (SHORT, _VARY, ANY_ORIGIN, _policy(POLICY), _NO_SNIFFING, _REFERRER),
    ),
    HeaderSet("pages", r"^/", (SHORT, _VARY, _policy(POLICY), _NO_SNIFFING, _REFERRER)),
)
_COMPILED = tuple((re.compile(each.pattern), each) for each in HEADER_SETS)


@lru_cache(maxsize=4096)
def headers_of(address: str) -> tuple[Header, ...]:
    """Return the headers of a built file; ``address`` is its path, such as ``/history/``."""
    for pattern, found in _COMPILED:
        if pattern.search(address):
            return found.headers
    return HEADER_SETS[-1].headers
