"""The application's side of the front: who the reader is, as the front saw them."""

from collections.abc import Iterable
from typing import Any

from afterword.public_site.front import Application, Environ

_KEY = "HTTP_X_AFTERWORD_PEER"


class BehindTheFront:
    """WSGI: puts the reader's address where a server that they reach directly would put it.

    Only for an application that nobody but the front can reach, or anyone could claim any address.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        environ["REMOTE_ADDR"] = environ.pop(_KEY, "")
        return self._application(environ, start_response)
