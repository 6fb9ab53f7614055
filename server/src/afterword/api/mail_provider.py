"""The address a mail provider's own webhook posts to: what came back, in the provider's own words.

Loaded only where a provider is set. Whoever posts here gets an empty answer, whatever they sent.
"""

import logging
import re
import time
from collections import Counter
from copy import copy
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from afterword.api.provider_views import NotProven, View, view_of
from afterword.audience.actions.coming_back import Became, take_in_all
from afterword.kit import clock
from afterword.postbox.lines import one_line
from afterword.postbox.provider_events import Event, digest_of, report_of
from afterword.postbox.providers import Told
from afterword.postbox.queries import digests_known

log = logging.getLogger(__name__)

MOST_BYTES, MOST_EVENTS = 4_000_000, 10_000
AT_ONCE = 100
"""Events of one transaction: readers who leave at that moment wait for it.
"""
LONGEST_SECONDS = 5.0
"""Providers give up after ten seconds and tell all of it again."""


@csrf_exempt
def mail_provider(request: HttpRequest) -> HttpResponse:
    """Take in what the provider tells; the same event again changes nothing.

    One about a letter that is not ours is passed over, for others may use the provider too.
    """
    told = settings.MAIL_PROVIDER
    answer = _answer(request, told) if told else HttpResponse(status=404)
    add_never_cache_headers(answer)
    return answer


def _answer(request: HttpRequest, told: Told) -> HttpResponse:
    provider = told.provider
    if provider.greets and request.method == provider.greets:
        return HttpResponse()
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    # Django reads no more of a body than it was said to be long.
    length = request.META.get("CONTENT_LENGTH") or ""
    if not re.fullmatch("[0-9]{1,18}", length):
        return _refused(told, 411, "it does not say how long it is")
    if int(length) > MOST_BYTES:
        return _refused(told, 413, f"a body of {length} bytes")
    # A view remembers what it saw of a request.
    view = copy(_view(told, settings.PUBLIC_URL))
    try:
        view.run_validators(request)
    except NotProven as unproven:
        return _refused(told, 401 if provider.has_password else 403, one_line(str(unproven), 200))
    except Exception as broken:  # noqa: BLE001  whatever a parser makes of a stranger's bytes
        return _refused(told, 400, f"{type(broken).__name__} before it proved itself")
    try:
        events = view.parse_events(request)
    except Exception as broken:  # noqa: BLE001  whatever a provider may think of
        return _refused(told, 400, f"{type(broken).__name__} while its events were read")
    if len(events) > MOST_EVENTS:
        return _refused(told, 413, f"{len(events)} events at once")
    if not _take_in(told, events):
        # What is told again is passed over quickly, so the rest has its turn then.
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    return HttpResponse()


def _take_in(told: Told, events: list[Event]) -> bool:
    """Act on what came back; return False when there was no time for all of it.

    Deliveries and looks, most of what is told, ask the database nothing.
    """
    begun, now, name = time.monotonic(), clock.now(), told.provider.name
    reports = {
        digest_of(name, event): report for event in events if (report := report_of(name, event))
    }
    fresh = reports.keys() - digests_known(reports.keys())
    became = Counter({Became.KNOWN: len(reports) - len(fresh)})
    waiting = [digest for digest in reports if digest in fresh]
    done = 0
    while done < len(waiting) and time.monotonic() - begun <= LONGEST_SECONDS:
        some = waiting[done : done + AT_ONCE]
        became += take_in_all(now=now, reports={each: reports[each] for each in some})
        done += len(some)
    if reports:
        said = ", ".join(f"{count} {each.value}" for each, count in became.items() if count)
        log.info("%s tells what came back: %s", told.provider.title, said or "nothing in time")
    return done == len(waiting)


def _refused(told: Told, status: int, why: str) -> HttpResponse:
    log.warning("a webhook in the name of %s was refused: %s", told.provider.title, why)
    answer = HttpResponse(status=status)
    if status == 401:
        # Amazon SNS sends its password only when it is asked for it.
        answer.headers["WWW-Authenticate"] = 'Basic realm="Afterword"'
    return answer


@lru_cache(maxsize=1)
def _view(told: Told, site: str) -> View:
    return view_of(told, site)
