"""The door programs come through: a token, its purpose, and answers in JSON whatever happens.

Cookies are not looked at, so that nothing a browser sends by itself can act here.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from afterword.accounts.actions import use_token
from afterword.accounts.permissions import NEEDS, require
from afterword.components.queries import the_page
from afterword.kit import clock
from afterword.kit.errors import BadInput, Refusal

View = Callable[..., HttpResponse]
"""Takes the request, who comes, the page, and what the address names."""


class WrongMethod(Refusal):
    status = 405


class TooLarge(Refusal):
    status = 413


def for_tokens(method: str, *, act: str) -> Callable[[View], View]:
    """Open the view to programs whose token may do the act on this page, and to nobody else."""
    NEEDS[act]  # an act that the table does not know is a fault of the view

    def wrap(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, **named: str) -> HttpResponse:
            try:
                bearer = use_token(now=clock.now(), secret=_secret_in(request))
                page = the_page()
                require(bearer, act, page=page.pk)
                if request.method != method:
                    raise WrongMethod(f"Use {method}.")
                answer = view(request, bearer, page, **named)
            except Refusal as refused:
                answer = _refusal(refused)
                if isinstance(refused, WrongMethod):
                    answer.headers["Allow"] = method
            add_never_cache_headers(answer)
            return answer

        guarded.needs = act  # type: ignore[attr-defined]
        return guarded

    return wrap


def body_of(request: HttpRequest, *, most: int) -> bytes:
    """Return the whole body. Raises TooLarge before more than ``most`` bytes are read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > most:
        raise TooLarge(f"At most {most / 1e6:.0f} MB. Send it in parts.")
    raw: bytes = request.read(most + 1)
    if len(raw) > most:
        raise TooLarge(f"At most {most / 1e6:.0f} MB. Send it in parts.")
    return raw


def is_dry_run(request: HttpRequest) -> bool:
    """Whether ``?dry_run=1`` asks to try only. Raises BadInput for another word."""
    said = request.GET.get("dry_run", "0")
    if said not in {"0", "1", "true", "false"}:
        raise BadInput("Write dry_run=1 to try without writing.", {"dry_run": "0 or 1"})
    return said in {"1", "true"}


def _secret_in(request: HttpRequest) -> str:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def _refusal(refused: Refusal) -> JsonResponse:
    problems = refused.problems if isinstance(refused, BadInput) else {}
    said = {"error": str(refused.status), "message": refused.message, "problems": problems}
    answer = JsonResponse(said, status=refused.status)
    if refused.status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
