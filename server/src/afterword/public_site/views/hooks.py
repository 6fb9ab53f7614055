"""Webhooks and chat rooms: the form that asks, and the one page that confirms and ends."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from afterword.audience.actions import hooks as actions
from afterword.audience.links import no_such_link
from afterword.audience.models import Channel, SubscriberState
from afterword.audience.queries.hooks import (
    FOLLOWED_FOR,
    followed_by,
    hook_by_token,
    opened,
    parts_of_hook,
)
from afterword.components.queries import open_components, the_page
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotAllowed
from afterword.kit.networks import network_of
from afterword.public_site.views.private import in_language, page_of, private, see
from afterword.public_site.views.subscriptions import ALL, FOLLOWED, SCOPES, followed_in, moments
from afterword.publishing.queries import titles


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form; take an address and its owner, and answer the same in every case."""
    asked = {
        "channel": request.POST.get("channel", Channel.WEBHOOK)[:20],
        "url": request.POST.get("url", "")[:2000],
        "email": request.POST.get("email", "")[:320],
    }
    followed = followed_in(request)
    form = {**asked, "channels": Channel.choices, "followed": followed}
    if request.method != "POST":
        return page_of(request, "hooks", form)
    try:
        actions.ask_for_hook(
            now=clock.now(), page=the_page(), network=network_of(request.META),
            language=get_language() or "en",
            incident=followed.incident_id if followed else "", **asked,
        )  # fmt: skip
    except (BadInput, NotAllowed) as refused:
        status = 429 if isinstance(refused, NotAllowed) else refused.status
        return page_of(request, "hooks", {**form, "problem": refused.message}, status=status)
    return see(in_language(reverse("public_site:subscribe-sent")))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def hook(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows and changes nothing; POST confirms, chooses or ends."""
    problem, status = "", 200
    if request.method == "POST":
        try:
            return see(_acted(request, token))
        except BadInput as refused:
            problem, status = refused.message, refused.status
    found = hook_by_token(token)
    if found is None:
        raise no_such_link()
    target = opened(found)
    asked = followed_in(request)
    follows = followed_by(found)
    named = titles(found.page, follows)
    signs = found.channel == Channel.WEBHOOK and found.state == SubscriberState.ACTIVE
    context = {
        "hook": found,
        "host": urlsplit(target.url).hostname if target else "",
        "secret": target.secret if target and signs else "",
        "components": [each for each in open_components(found.page) if not each.is_group],
        "chosen": parts_of_hook(found),
        "asked": asked if asked and asked.incident_id not in follows else None,
        "followed": [(each, named[each]) for each in follows if each in named],
        "ends_after": FOLLOWED_FOR.days,
        "moments": moments(),
        "saved": "saved" in request.GET,
        "problem": problem,
    }
    return page_of(request, "hook", context, status=status)


def _acted(request: HttpRequest, token: str) -> str:
    """Do what the form asks; return where to go."""
    what, now = request.POST.get("do"), clock.now()
    if what == "choose":
        scope = request.POST.get("scope", "")
        if scope not in SCOPES:
            raise BadInput(
                gettext("Nothing was changed: say what the messages are to be about."),
                {"scope": "not said"},
            )
        actions.choose_for_hook(
            now=now, token=token, component_ids=request.POST.getlist("component")[:1000],
            whole_page=scope == ALL, only_followed=scope == FOLLOWED,
            wants=request.POST.get("wants", "")[:20],
        )  # fmt: skip
        return f"{request.path}?saved"
    if what == "remove":
        actions.remove_hook(now=now, token=token)
        return request.path
    followed = followed_in(request) if what == "follow" else None
    actions.confirm_hook(now=now, token=token, incident=followed.incident_id if followed else "")
    return request.path
