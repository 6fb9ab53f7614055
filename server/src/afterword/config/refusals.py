"""The one place where a refusal becomes an answer: HTML for people, JSON for programs."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from afterword.kit.errors import BadInput, Refusal, TextRejected

_TITLES = {
    "NotFound": "Not found",
    "NotAllowed": "Not allowed",
    "WrongState": "Not now",
    "BadInput": "Something in the form is not right",
    "TextRejected": "The text needs another look",
    "Conflict": "Somebody else was here meanwhile",
}


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
        }
        return render(request, "refusal.html", context, status=error.status)
