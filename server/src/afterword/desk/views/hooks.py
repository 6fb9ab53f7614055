"""Webhooks and chat rooms of the page: what state each is in, a test, an end.

Their addresses are keys to other people's rooms, so only their hosts are shown.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.audience.actions.hooks import end_hook
from afterword.audience.models import Hook, SubscriberState
from afterword.audience.queries.hooks import RECIPIENT, hook_of_page, hooks_of, opened
from afterword.components.queries import the_page
from afterword.desk.recognising import shown_address
from afterword.desk.shell import for_the_team, may_do, show, the_person
from afterword.desk.views.mailings import rests
from afterword.fanout.actions import send_test
from afterword.kit import clock
from afterword.postbox.models import Letter, LetterState
from afterword.postbox.queries import newest_to

_TROUBLE = frozenset({LetterState.WAITING, LetterState.CLAIMED})


@dataclass(frozen=True)
class Line:
    """A hook as the desk shows it. ``failing``: its newest message was tried and has not left."""

    hook: Hook
    host: str
    owner: str
    newest: Letter | None
    failing: bool
    active: bool


@for_the_team("GET")
def listing(request: HttpRequest) -> HttpResponse:
    page = the_page()
    sees_all = may_do(the_person(request), page.pk)["manage_audience"]
    found = hooks_of(page)
    newest = newest_to([f"{RECIPIENT}{each.pk}" for each in found])
    lines = [_line(each, newest.get(f"{RECIPIENT}{each.pk}"), sees_all) for each in found]
    return show(
        request,
        "desk/hooks.html",
        {"lines": lines, "rests": rests(request), "can_send": True},
        page=page,
    )


@for_the_team("POST", posting="manage_audience")
def test(request: HttpRequest, hook_id: int) -> HttpResponse:
    """Put a test message into the outbox."""
    hook = hook_of_page(the_page(), hook_id)
    send_test(actor=the_person(request), now=clock.now(), hook=hook)
    messages.success(request, "A test is on its way. What was answered shows here in a moment.")
    return redirect("desk:hooks")


@for_the_team("POST", posting="manage_audience")
def end(request: HttpRequest, hook_id: int) -> HttpResponse:
    """End it: nothing more is sent there."""
    hook = hook_of_page(the_page(), hook_id)
    end_hook(actor=the_person(request), now=clock.now(), hook=hook)
    messages.success(request, "It has ended. Nothing more is sent there.")
    return redirect("desk:hooks")


def _line(hook: Hook, newest: Letter | None, sees_all: bool) -> Line:
    target = opened(hook)
    host = urlsplit(target.url).hostname or "" if target else "sealed with another key"
    active = hook.state == SubscriberState.ACTIVE
    tried = newest is not None and newest.attempts > 0
    lost = newest is not None and (
        newest.state == LetterState.FAILED or (tried and newest.state in _TROUBLE)
    )
    owner = shown_address(hook.email, sees_all)
    return Line(hook, host, owner, newest, failing=active and lost, active=active)
