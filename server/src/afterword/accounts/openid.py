"""OpenID Connect, the part of it that signs people in: authorisation code with PKCE, and a nonce.

The address of the provider is the operator's setting, so it is asked without suspicion; what it
answers is checked all the same (OpenID Connect Core 1.0, section 3.1.3.7).
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import httpx2
import jwt

# Signed by a key that only the provider has; a shared secret or no signature proves nothing here.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
_SECONDS = 10.0
_LONGEST = 1_000_000
_CLOCKS_APART = 60


class SignOnFailed(Exception):
    """The provider did not answer as it should. ``args[0]`` is for the log, not for people."""


@dataclass(frozen=True)
class Provider:
    """What the operator says of the provider, and the address people are sent back to."""

    issuer: str
    client_id: str
    client_secret: str
    back: str


@dataclass(frozen=True)
class Asked:
    """What one sign-on was begun with; kept in the session until the browser comes back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """Whom the provider vouches for. ``email`` is empty unless the provider has checked it."""

    issuer: str
    subject: str
    email: str


def asked() -> Asked:
    """Return fresh secrets for one sign-on."""
    return Asked(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))


def address_to_ask(provider: Provider, begun: Asked) -> str:
    """Return where to send the browser. Raises SignOnFailed."""
    there = _told(_discovered(provider), "authorization_endpoint")
    challenge = hashlib.sha256(begun.verifier.encode("ascii")).digest()
    query = urlencode(
        {
            "response_type": "code",
            "scope": "openid email profile",
            "client_id": provider.client_id,
            "redirect_uri": provider.back,
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode("ascii"),
            "code_challenge_method": "S256",
        }
    )
    return f"{there}{'&' if '?' in there else '?'}{query}"


def identity_of(provider: Provider, begun: Asked, code: str) -> Identity:
    """Change the code that the browser brought back for an identity. Raises SignOnFailed."""
    found = _discovered(provider)
    answer = _tokens(provider, found, begun, code)
    claims = _checked(provider, _told(answer, "id_token"), _told(found, "jwks_uri"))
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), begun.nonce.encode()):
        raise SignOnFailed("the token was made for another sign-on (nonce)")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise SignOnFailed("the token was made for another client (azp)")
    checked = claims.get("email_verified") in (True, "true")
    email = str(claims.get("email", "")) if checked else ""
    return Identity(provider.issuer, str(claims["sub"])[:255], email)


def _discovered(provider: Provider) -> Mapping[str, Any]:
    found = _fetched("GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise SignOnFailed(f"the provider calls itself {found.get('issuer')!r}")
    return found


def _tokens(
    provider: Provider, found: Mapping[str, Any], begun: Asked, code: str
) -> Mapping[str, Any]:
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": provider.back,
        "code_verifier": begun.verifier,
    }
    ways = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    headers = {}
    if "client_secret_basic" in ways:  # RFC 6749, section 2.3.1: each part is encoded first
        both = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(both.encode()).decode('ascii')}"
    else:
        fields |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    return _fetched("POST", _told(found, "token_endpoint"), fields, headers)


def _checked(provider: Provider, token: str, keys_at: str) -> Mapping[str, Any]:
    try:
        wanted = jwt.get_unverified_header(token).get("kid")
        keys = jwt.PyJWKSet.from_dict(dict(_fetched("GET", keys_at))).keys
        fit = [key for key in keys if wanted is None or key.key_id == wanted]
        if not fit:
            raise SignOnFailed("the token is signed with a key that the provider does not show")
        claims: Mapping[str, Any] = jwt.decode(
            token, fit[0], algorithms=_ALGORITHMS, audience=provider.client_id,
            issuer=provider.issuer, leeway=_CLOCKS_APART,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )  # fmt: skip
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as wrong:
        raise SignOnFailed(f"the token does not hold: {wrong}") from wrong
    return claims


def _fetched(
    method: str,
    address: str,
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Mapping[str, Any]:
    try:
        with httpx2.Client(timeout=_SECONDS, follow_redirects=False) as client:
            answer = client.request(
                method, address, data=dict(fields) if fields else None,
                headers={"Accept": "application/json", **(headers or {})},
            )  # fmt: skip
        if answer.status_code != httpx2.codes.OK or len(answer.content) > _LONGEST:
            raise SignOnFailed(f"{address} answered {answer.status_code}")
        found = json.loads(answer.content)
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as wrong:
        raise SignOnFailed(f"{address}: {type(wrong).__name__} {wrong}") from wrong
    if not isinstance(found, dict):
        raise SignOnFailed(f"{address} answered something else")
    return found


def _told(answer: Mapping[str, Any], name: str) -> str:
    found = answer.get(name)
    if not isinstance(found, str) or not found:
        raise SignOnFailed(f"the provider tells no {name}")
    return found
