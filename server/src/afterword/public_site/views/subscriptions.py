"""The few forms of the public site. No cookie, no sign-in: what acts is a token in the path."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_noop
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from afterword.audience.actions import subscribers as actions
from afterword.audience.actions import suppressions
from afterword.audience.links import no_such_link, read_way_out
from afterword.audience.models import Digest, Subscriber, SubscriberState, Wants
from afterword.audience.queries.subscribers import (
    chosen_component_ids,
    follows,
    subscriber_by_token,
    subscriber_to_confirm,
)
from afterword.components.models import Component
from afterword.components.queries import open_components, the_page
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotAllowed, NotFound
from afterword.kit.languages import zones_by_region
from afterword.kit.networks import network_of
from afterword.public_site.views.private import in_language, page_of, private, see
from afterword.publishing.models import PublicIncident
from afterword.publishing.queries import incident, titles

ALL, SOME, FOLLOWED = SCOPES = ("all", "some", "followed")
"""What mails are about, as the forms say it."""
_WANTS = {
    Wants.EVERY: gettext_noop("every update"),
    Wants.ENDS: gettext_noop("when it begins, when it is over, and what we say afterwards"),
    Wants.AFTER: gettext_noop("only when it is over, and what we say afterwards"),
}
_DIGESTS = {
    Digest.NONE: gettext_noop("at once"),
    Digest.DAILY: gettext_noop("together once a day, at 8 in the morning"),
    Digest.WEEKLY: gettext_noop("together once a week, on Monday at 8 in the morning"),
}


# Mail programs post here by themselves (RFC 8058) and built pages hold forms without a session,
# so there is no cookie to tie a form to; the token is the whole authority.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def subscribe(request: HttpRequest) -> HttpResponse:
    """Show the form; take an address and answer the same whether or not it is known."""
    followed = followed_in(request)
    zone = request.POST.get("zone", "").strip()[:60]
    context: dict[str, Any] = {"followed": followed, "zones": zones_by_region(), "zone": zone}
    if request.method != "POST":
        return page_of(request, "subscribe", context)
    email = request.POST.get("email", "")[:320]
    try:
        actions.subscribe(
            now=clock.now(),
            page=the_page(),
            email=email,
            network=network_of(request.META),
            language=get_language() or "en",
            zone=zone,
            incident=followed.incident_id if followed else "",
        )
    except (BadInput, NotAllowed) as refused:
        status = 429 if isinstance(refused, NotAllowed) else refused.status
        context |= {"email": email, "problem": refused.message}
        return page_of(request, "subscribe", context, status=status)
    return see(in_language(reverse("public_site:subscribe-sent")))


def followed_in(request: HttpRequest) -> PublicIncident | None:
    """Return the incident somebody wants to follow, if they named one. Raises NotFound."""
    named = request.POST.get("incident", "") or request.GET.get("incident", "")
    return incident(the_page(), named[:64]) if named else None


@require_http_methods(["GET", "HEAD"])
@private
def sent(request: HttpRequest) -> HttpResponse:
    return page_of(request, "sent", {})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def confirm(request: HttpRequest, confirmation: str) -> HttpResponse:
    """GET only shows the one button, for scanners open every link of a mail; POST confirms."""
    now = clock.now()
    if request.method == "POST":
        subscriber = actions.confirm(now=now, token=confirmation)
        return page_of(request, "confirmed", {"subscriber": subscriber})
    subscriber, is_open = subscriber_to_confirm(confirmation, now)
    return page_of(request, "confirm" if is_open else "confirmed", {"subscriber": subscriber})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET only shows a button, for scanners open every link; POST acts at once."""
    if request.method == "POST":
        subscriber = actions.unsubscribe(now=clock.now(), token=token)
        return page_of(request, "unsubscribed", {"subscriber": subscriber})
    return page_of(request, "unsubscribe", {"subscriber": _subscriber(token)})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def leave_letters(request: HttpRequest, token: str) -> HttpResponse:
    """The same for somebody on a list whose letter nothing demands, subscribed or not."""
    if request.method == "POST":
        email = suppressions.leave_letters(now=clock.now(), token=token)
        return page_of(request, "letters_left", {"email": email})
    way_out = read_way_out(token)
    if way_out is None:
        raise no_such_link()
    return page_of(request, "leave_letters", {"email": way_out.email})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Choose what mails are about, which of them, and how they come."""
    subscriber = _subscriber(token)
    context: dict[str, Any] = {"saved": "saved" in request.GET}
    status = 200
    if request.method == "POST":
        try:
            with transaction.atomic():  # one thing refused leaves all as it was
                _choose(request.POST, token)
            return see(f"{request.path}?saved")
        except BadInput as refused:
            subscriber = _subscriber(token)
            context, status = {"problem": refused.message}, refused.status
    context |= {
        "subscriber": subscriber,
        "active": subscriber.state == SubscriberState.ACTIVE,
        "components": _choosable(subscriber),
        "chosen": chosen_component_ids(subscriber),
        "followed": list(titles(subscriber.page, follows(subscriber)).items()),
        "moments": moments(),
        "digests": [(each.value, gettext(_DIGESTS[each])) for each in Digest],
        "zones": zones_by_region(),
        "zone": subscriber.zone,
    }
    return page_of(request, "manage", context, status=status)


def _choose(form: QueryDict, token: str) -> None:
    """Save what a form chooses; what it does not speak of stays. Raises BadInput for one that
    chooses nothing, or does not say what mails are to be about.
    """
    now, scope = clock.now(), form.get("scope", "")
    if dropped := form.get("unfollow", ""):
        actions.stop_following(now=now, token=token, incident=dropped)
        return
    chosen = {"language", "wants", "digest"} & {name for name in form if form[name]}
    if scope not in SCOPES and (scope or "component" in form or not chosen):
        raise BadInput(
            gettext("Nothing was changed: say what the mails are to be about, and save again."),
            {"scope": "not said"},
        )
    if spoken := form.get("language", ""):
        actions.choose_language(now=now, token=token, language=spoken)
    if wants := form.get("wants", ""):
        zone = form.get("zone", "").strip()[:60]
        actions.choose_moments(now=now, token=token, wants=wants, zone=zone)
    if digest := form.get("digest", ""):
        actions.choose_digest(now=now, token=token, digest=digest)
    if scope in {ALL, SOME}:
        actions.choose_components(
            now=now, token=token, component_ids=form.getlist("component")[:1000],
            whole_page=scope == ALL,
        )  # fmt: skip


def moments() -> list[tuple[str, str]]:
    """Return which messages of an incident one may choose, with words for each."""
    return [(each.value, gettext(_WANTS[each])) for each in Wants]


def _subscriber(token: str) -> Subscriber:
    found = subscriber_by_token(token)
    if found is None:
        raise NotFound(
            gettext("This link is not valid any more. Subscribe again to get a new one.")
        )
    return found


def _choosable(subscriber: Subscriber) -> list[Component]:
    return [each for each in open_components(subscriber.page) if not each.is_group]
