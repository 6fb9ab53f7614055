"""What Django answers when it has no answer: the pages built for it, from disk, in plain words."""

import re
import sys
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.http import HttpRequest, HttpResponse, JsonResponse

from afterword.public_site.header_sets import ANY_ORIGIN

_LANGUAGE = re.compile(r"/[a-z]{2}/")
_FALLBACK = {
    404: "There is nothing at this address. The status page is at /.",
    500: "Something on our side broke. The status page at / does not depend on it.",
    503: "This part of the site is not available right now. The status page at / does not "
    "depend on it.",
}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that nothing handles."""
    return _built(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a failure nobody foresaw: 503 when the database is the cause, else 500.

    Django calls this while the failure is being handled, so its cause can still be seen.
    """
    answer = _built(request, 503 if _database_is_gone(sys.exc_info()[1]) else 500)
    if answer.status_code == 503:
        answer.headers["Retry-After"] = "60"
    return answer


def _database_is_gone(failure: BaseException | None) -> bool:
    while failure is not None:
        if isinstance(failure, DatabaseFailure):
            return True
        failure = failure.__cause__ or failure.__context__
    return False


def _in_first_language(built: Path, status: int) -> bytes:
    try:
        return (built / f"{status}.html").read_bytes()
    except OSError:
        return b""


def _built(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        said = {"error": str(status), "message": _FALLBACK[status]}
        return JsonResponse(said, status=status, headers=dict([ANY_ORIGIN]))
    built = Path(settings.SITE_DIR)
    # Below the code of a language lies the same page in it.
    spoken = request.path.split("/")[1] if _LANGUAGE.match(request.path) else ""
    try:
        page = (built / spoken / f"{status}.html").read_bytes()
    except OSError:
        page = _in_first_language(built, status)
    if not page:
        return HttpResponse(f"{_FALLBACK[status]}\n", status=status, content_type="text/plain")
    answer = HttpResponse(page, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
