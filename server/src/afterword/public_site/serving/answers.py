"""What the front says to a request, as bytes, or that the application is to be asked."""

import time
from collections.abc import Iterable
from email.utils import formatdate
from typing import Any

from afterword.public_site.confirmed import confirmed_line
from afterword.public_site.front import Form, Front, Headers, head_of
from afterword.public_site.negotiation import is_held
from afterword.public_site.serving.request import Asked

_READING = frozenset({"GET", "HEAD"})
_PASS_ON: list[bytes] = [b"for the application"]


class Answers:
    """The front over a site folder, with the clock that every answer is dated by."""

    def __init__(self, site_dir: str) -> None:
        self._front = Front(site_dir, _pass_on)
        self._site_dir = site_dir
        self._second = 0
        self._date = b""

    def built(self, asked: Asked) -> bytes | None:
        """Return the answer for a built file, or None when there is none by that name."""
        if asked.method not in _READING:
            return None
        form = self._front.form(asked.path, asked.accepted)
        return None if form is None else self._of_form(form, asked)

    def otherwise(self, asked: Asked) -> bytes | None:
        """Return what the front says without a built file, or None: the application is asked."""
        said: list[tuple[str, Headers]] = []
        body = self._front(_environ(asked), lambda *told: said.append((told[0], told[1])))
        if body is _PASS_ON:
            return None
        status, headers = said[0]
        return self._whole(status, headers, b"".join(body), stays=asked.stays)

    def away(self, asked: Asked) -> bytes:
        """Return what is said while the application cannot be reached."""
        said: list[tuple[str, Headers]] = []
        body = self._front.unavailable(
            _environ(asked), lambda *told: said.append((told[0], told[1]))
        )
        status, headers = said[0]
        return self._whole(status, headers, b"".join(body), stays=False)

    def refusal(self, status: str) -> bytes:
        """Return the answer to what is no request."""
        body = f"{status}\n".encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
        ]
        return self._whole(status, headers, body, stays=False)

    def _of_form(self, form: Form, asked: Asked) -> bytes:
        now = int(time.time())
        if now != self._second:
            self._second, self._date = now, confirmed_line(self._site_dir) + _dated(now)
        end = self._date if asked.stays else b"Connection: close\r\n" + self._date
        if asked.held is not None and is_held(asked.held, form.etag):
            return form.unchanged_head + end
        if asked.method == "HEAD":
            return form.head + end
        return form.head + end + form.body

    def _whole(self, status: str, headers: Headers, body: bytes, *, stays: bool) -> bytes:
        end = b"" if stays else b"Connection: close\r\n"
        return head_of(status, headers) + end + _dated(int(time.time())) + body


def _dated(second: int) -> bytes:
    return f"Date: {formatdate(second, usegmt=True)}\r\n\r\n".encode()


def _environ(asked: Asked) -> dict[str, Any]:
    """Return as much of a WSGI environment as the front reads."""
    environ = {
        "REQUEST_METHOD": asked.method,
        "PATH_INFO": asked.path,
        "QUERY_STRING": asked.query,
        "HTTP_ACCEPT_ENCODING": asked.accepted,
    }
    return environ if asked.held is None else {**environ, "HTTP_IF_NONE_MATCH": asked.held}


def _pass_on(_environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
    return _PASS_ON
