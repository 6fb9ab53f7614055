"""The one place where a refusal becomes an answer: HTML for people, JSON for programs."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat

from afterword.kit.errors import BadInput, Refusal, TextRejected

_TITLES = {
    "NotFound": "Not found",
    "NotAllowed": "Not allowed",
    "WrongState": "Not now",
    "BadInput": "Something in the form is not right",
    "TextRejected": "The text needs another look",
    "Conflict": "Somebody else was here meanwhile",
}
_OURS = frozenset({"csrfmiddlewaretoken", "held", "given_back", "typed_by"})
# A choice or a number is no loss; a longer value was typed by somebody.
_SHORT = 30


class RefusalMiddleware:
    """Answers every refusal with its status, its message and what to do next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        name = type(error).__name__
        problems = error.problems if isinstance(error, BadInput) else {}
        findings = error.findings if isinstance(error, TextRejected) else []
        if request.path.startswith("/api/"):
            body = {"error": name, "message": error.message, "problems": problems}
            return JsonResponse(body | {"findings": findings}, status=error.status)
        context = {
            "title": _TITLES.get(name, "Refused"),
            "message": error.message,
            "problems": problems,
            "findings": findings,
            "back": request.headers.get("Referer", "/"),
            **_typed(request, problems),
        }
        return render(request, "refusal.html", context, status=error.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what was too much to be read, or was no request at all."""
    said = "What arrived here cannot be read. Nothing was changed; go back and try again."
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        most = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        said = (
            f"That is more than a form takes, which is {most}. Nothing was changed. Go back with "
            "your browser, shorten it, and send it again."
        )
    context = {"title": "Too much at once", "message": said}
    return render(request, "refusal.html", context, status=400)


def _typed(request: HttpRequest, problems: Mapping[str, str]) -> Mapping[str, object]:
    """Return what somebody typed into the form that was refused, to be mended and sent again.

    Only for views that hold text. ``typed`` are the words, ``kept`` the rest of the form.
    """
    found = request.resolver_match
    holds = found is not None and getattr(found.func, "holds_text", False)
    if request.method != "POST" or not holds or request.FILES:
        return {}
    fields = [(n, v) for n, vs in request.POST.lists() if n not in _OURS for v in vs]
    typed = [(n, v) for n, v in fields if n in problems or _has_words(v)]
    return {
        "typed": [(name, name.replace("_", " ").capitalize(), value) for name, value in typed],
        "kept": [each for each in fields if each not in typed],
        "to": request.get_full_path(),
    }


def _has_words(value: str) -> bool:
    return bool(value.strip()) and (len(value) > _SHORT or len(value.split()) > 1)
