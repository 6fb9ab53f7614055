"""A small OpenID Connect provider on this machine: real HTTP, real keys, and faults on demand."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

CLIENT, SECRET = "afterword", "between us: 50% & more"


class Provider(ThreadingHTTPServer):
    """Signs in whoever ``claims`` describe. ``spoil`` changes claims of a token, or how it is made.

    Codes work once, for the client, the address and the verifier they were made for.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.key, self.other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        self.claims: dict[str, Any] = {}
        self.spoil: dict[str, Any] = {}
        self.signed_by_another = False
        self.unsigned = False
        self.calls_itself = self.issuer
        self.methods = ["client_secret_basic"]
        self.codes: dict[str, dict[str, str]] = {}

    def allow(self, address: str) -> str:
        """Do what a browser does at the sign-in page; return where it is sent back to."""
        asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], **self.claims, **self.spoil,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.unsigned:
            return jwt.encode(claims, None, algorithm="none", headers={"kid": "k1"})
        key = self.other if self.signed_by_another else self.key
        return jwt.encode(claims, key, algorithm="ES256", headers={"kid": "k1"})


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        issuer = self.server.issuer
        if self.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": self.server.calls_itself,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "jwks_uri": f"{issuer}/keys",
                    "token_endpoint_auth_methods_supported": self.server.methods,
                }
            )
        elif self.path == "/keys":
            shown = jwt.algorithms.ECAlgorithm.to_jwk(self.server.key.public_key(), as_dict=True)
            self.answer({"keys": [{**shown, "kid": "k1", "use": "sig", "alg": "ES256"}]})
        elif self.path.startswith("/authorize?"):
            self.sign_in_page(self.server.allow(self.path))
        else:
            self.answer({}, 404)

    def sign_in_page(self, back: str) -> None:
        """Show what a browser gets: who is signed in there goes on with a click."""
        body = f"""<!doctype html><html lang="en"><title>Sign in</title>
          <h1>The company's sign-in</h1><a href="{escape(back)}">Let me in</a>""".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        posted = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.server.codes.pop(posted.get("code", ""), None)
        made = hashlib.sha256(posted.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
        good = (
            asked is not None
            and self.client(posted) == (CLIENT, SECRET)
            and posted.get("redirect_uri") == asked["redirect_uri"]
            and challenge == asked["code_challenge"]
        )
        if asked is not None and good:
            self.answer({"id_token": self.server.token(asked), "token_type": "Bearer"})
        else:
            self.answer({"error": "invalid_grant"}, 400)

    def client(self, posted: dict[str, str]) -> tuple[str, str]:
        if "client_secret_post" in self.server.methods:
            return posted.get("client_id", ""), posted.get("client_secret", "")
        basic = self.headers.get("Authorization", "").removeprefix("Basic ")
        name, _, secret = base64.b64decode(basic).decode().partition(":")
        return unquote(name), unquote(secret)

    def answer(self, told: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running() -> Iterator[Provider]:
    """Yield a provider that answers; it ends with the block."""
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
        thread.join()
