"""Runs of letters: how far each is, who was left out and why, and pausing or cancelling it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from afterword.audience.queries.stopped import MOST_LIFTED, stopped_by
from afterword.components.queries import the_page
from afterword.desk.channels import EMAIL, THROUGH
from afterword.desk.once import once, sent_before
from afterword.desk.recognising import shown_address, shown_answer
from afterword.desk.shell import for_the_team, may_do, normal_newlines, show, the_person
from afterword.desk.templatetags.desk_words import plural
from afterword.fanout import actions as fanout
from afterword.fanout.again import Again, to_send_again
from afterword.fanout.amended import amends
from afterword.fanout.choosing import left_out, texts_in_place_of
from afterword.fanout.models import Mailing, MailingState
from afterword.fanout.queries import (
    Run,
    about_of,
    count_on_top,
    held_before,
    is_demanded,
    newest_runs,
    publishers_of,
    run_of,
    stale_after,
)
from afterword.followups.people import WHY_LEFT_OUT
from afterword.followups.queries import left_off_the_list
from afterword.kit import clock
from afterword.kit.errors import BadInput
from afterword.postbox import queries as postbox
from afterword.postbox.models import LetterState
from afterword.publishing.models import Audience

LISTED = 50
ANSWERS_LISTED = 20
# Servers name the address in what they answer, so that the same answer is another each time.
ANSWERS_READ = 500
LETTERS_LISTED = 20
# Seconds between two looks; counting many letters takes the database a while.
QUICK, SLOW, MANY = 2, 10, 50_000
WHY = {
    "left": "unsubscribed",
    "quarantined": "quarantined, because mail came back or was reported as spam",
    "later": "confirmed after it was published",
    "elsewhere": "chose other components, or other incidents",
    "moment": "chose fewer messages than this",
}
_AN_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
_DID = {
    "resume": "Resumed. Letters leave again.",
    "cancel": "Cancelled. What has not left is withdrawn.",
    "agree": "Agreed. Letters leave now.",
}
_DONE = {
    "again": "{} sent again as soon as may be.",
    "lift": "{} mail again. To send them this text too, send it again.",
}
_OF = {"again": "letter is,letters are", "lift": "address gets,addresses get"}


@dataclass(frozen=True)
class Shown:
    """What the page of a run says of it at this moment."""

    run: Run
    state: str
    label: str
    says: str
    window: datetime | None
    every: int

    @property
    def share(self) -> int:
        """How much of it is done, in percent, rounded down."""
        total = self.run.counted.total
        return 100 * (total - self.run.counted.unsent) // total if total else 0


@for_the_team("GET")
def listing(request: HttpRequest) -> HttpResponse:
    page, now = the_page(), clock.now()
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else None
    runs = newest_runs(page, limit=LISTED + 1, before=before)
    context = {
        "runs": [(each, shown(each, now)) for each in runs[:LISTED]],
        "older": runs[LISTED - 1].mailing.pk if len(runs) > LISTED else None,
        "rests": rests(request),
        "can_send": bool(settings.SMTP),
        "caps": _caps(),
    }
    return show(request, "desk/mailings.html", context, now=now, page=page)


@for_the_team("GET")
def one(request: HttpRequest, mailing_id: int) -> HttpResponse:
    page, now = the_page(), clock.now()
    run = run_of(page, mailing_id)
    mailing, publication = run.mailing, run.mailing.publication
    person = the_person(request)
    context = _progress_of(request, run, now) | {
        "publication": publication,
        "demanded": is_demanded(publication),
        "left_out": _left_out(mailing),
        "published_it": person.pk in publishers_of(publication),
        "many": settings.SECOND_PERSON_ABOVE,
        "stale_days": stale_after(publication).days,
        "letters": _letters(request, mailing),
        "on_top": count_on_top(publication),
        "amends": amends(publication),
        "instead_of": texts_in_place_of(publication, now),
        "rests": rests(request),
        "caps": _caps(),
        "can_send": bool(settings.SMTP),
        **_given_up(run, now),
    }
    return show(request, "desk/mailing.html", context, now=now, page=page)


@for_the_team("GET")
def progress(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """The part of a run's page that changes while letters leave."""
    run = run_of(the_page(), mailing_id)
    return render(request, "desk/parts/mailing.html", _progress_of(request, run, clock.now()))


@for_the_team("POST", posting="stop_letters")
def hold_on(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """Pause a run."""
    run = run_of(the_page(), mailing_id)
    if led := sent_before(request):
        return led
    reason = normal_newlines(request.POST.get("reason", ""))

    def act() -> str:
        fanout.pause(
            actor=the_person(request), now=clock.now(), mailing=run.mailing, reason=reason,
            counted=run.counted,
        )  # fmt: skip
        return reverse("desk:mailing", args=[mailing_id])

    return once(request, act, lambda: "Paused. Nothing more of this run leaves.")


@for_the_team("POST", posting="send_letters")
def steer(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """Resume, cancel or agree to a run."""
    run = run_of(the_page(), mailing_id)
    if led := sent_before(request):
        return led
    wanted = request.POST.get("do", "")
    if wanted == "instead":
        return _instead(request, run)
    cancel = partial(fanout.cancel, instead="instead" in request.POST)
    verbs: dict[str, Callable[..., Mailing]] = {
        "resume": fanout.resume,
        "cancel": cancel,
        "agree": fanout.agree,
    }
    if wanted not in verbs:
        raise BadInput("A mailing can be resumed, cancelled or agreed to.")
    reason = normal_newlines(request.POST.get("reason", ""))

    def act() -> str:
        verbs[wanted](
            actor=the_person(request), now=clock.now(), mailing=run.mailing, reason=reason,
            counted=run.counted,
        )  # fmt: skip
        return reverse("desk:mailing", args=[mailing_id])

    return once(request, act, lambda: _DID[wanted])


def _instead(request: HttpRequest, run: Run) -> HttpResponse:
    """Send the texts for everybody to whom they passed over for a run that was cancelled."""

    def act() -> str:
        fanout.tell_instead(actor=the_person(request), now=clock.now(), mailing=run.mailing)
        return reverse("desk:mailing", args=[run.mailing.pk])

    return once(request, act, lambda: "Those of them who subscribed get the text for everybody.")


@for_the_team("POST", posting="send_letters", of_every_page=True)
def try_again(request: HttpRequest) -> HttpResponse:
    """End the rest that sending takes after trouble."""
    channel = request.POST.get("channel", EMAIL)
    if channel not in THROUGH:
        raise BadInput("Sending rests by mail, or to webhooks and chat rooms.")
    done = fanout.try_again_now(actor=the_person(request), now=clock.now(), channel=channel)
    if done:
        messages.success(request, f"Sending {THROUGH[channel]} is tried again at once.")
    else:
        messages.info(request, "Sending does not rest at this moment.")
    return redirect("desk:mailings")


@for_the_team("POST", posting="send_letters")
def mend(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """Send again what a run gave up, or take back what followed for addresses."""
    run = run_of(the_page(), mailing_id)
    if led := sent_before(request):
        return led
    wanted = request.POST.get("do", "")
    if wanted not in {"again", "lift"}:
        raise BadInput("What was given up can be sent again, and quarantines can be lifted.")
    reason = normal_newlines(request.POST.get("reason", ""))
    typed = request.POST.get("expected", "")
    expected = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None
    done = 0

    def act() -> str:
        nonlocal done
        who, now = the_person(request), clock.now()
        if wanted == "again":
            done = fanout.send_again(
                actor=who, now=now, mailing=run.mailing, reason=reason, expected=expected
            )
        else:
            done = fanout.lift_quarantines(actor=who, now=now, mailing=run.mailing, reason=reason)
        return reverse("desk:mailing", args=[mailing_id])

    return once(request, act, lambda: _DONE[wanted].format(plural(done, _OF[wanted])))


def _given_up(run: Run, now: datetime) -> dict[str, Any]:
    """Return what can be done about what a run gave up; asks nothing where it gave up nothing."""
    if not run.counted.states[LetterState.FAILED.value]:
        return {"again": Again(), "stopped": 0}
    stopped = stopped_by(run.mailing.publication.page, about_of(run.mailing.publication))
    return {
        "again": to_send_again(run.mailing, now),
        "stopped": min(len(stopped), MOST_LIFTED),
        "stopped_more": len(stopped) > MOST_LIFTED,
    }


def shown(run: Run, now: datetime) -> Shown:
    """Return a run's state in words, and how often to look again (0: never)."""
    mailing, counted = run.mailing, run.counted
    window = mailing.opens_at if mailing.opens_at and mailing.opens_at > now else None
    by = f" {mailing.steered_by}: {mailing.because}" if mailing.steered_by else ""
    every = 0 if run.is_over else SLOW if counted.total > MANY else QUICK
    if mailing.state == MailingState.CANCELLED:
        return Shown(run, "failed", "Cancelled", f"Cancelled.{by}", None, every)
    if mailing.state == MailingState.AWAITING:
        says = "It has more letters than one person may let out. Nothing has left."
        return Shown(run, "due", "Waits for a second person", says, None, QUICK)
    if mailing.state == MailingState.PAUSED:
        return Shown(run, "due", "Paused", f"Paused.{by}", None, every)
    if mailing.skipped:
        return Shown(run, "", "Nobody written to", mailing.skipped, None, 0)
    if not run.is_written and held_before(mailing.publication) is not None:
        says = (
            "The mailing of what it corrects is held and could still leave. Resume or cancel that "
            "one first: this one follows by itself."
        )
        return Shown(run, "due", "Waits for another mailing", says, window, every)
    if not run.is_written:
        return Shown(run, "waiting", "Being written", "Letters are being written.", window, every)
    if run.is_over:
        return Shown(run, "done", "Over", "Every letter has left or ended.", None, 0)
    return _under_way(run, window, every)


def _under_way(run: Run, window: datetime | None, every: int) -> Shown:
    if run.in_digests and not run.counted.unsent and window is None:
        says = "It waits in the digests of readers who chose one, and leaves with them."
        return Shown(run, "waiting", "In digests", says, None, 0)
    if window is not None:
        return Shown(run, "waiting", "Can be cancelled", "Nothing has left yet.", window, QUICK)
    if not settings.SMTP:
        return Shown(run, "waiting", "Waiting", "Mail waits for a mail server.", None, every)
    return Shown(run, "waiting", "Leaving", "Letters are leaving.", None, every)


def _progress_of(request: HttpRequest, run: Run, now: datetime) -> dict[str, Any]:
    sees_all = _sees_all(request, run)
    about = about_of(run.mailing.publication)
    found = postbox.answers_about(about, LetterState.FAILED, limit=ANSWERS_READ)
    answers = _alike(found)[:ANSWERS_LISTED]
    waiting = run.counted.states[LetterState.WAITING.value]
    kept = _alike(postbox.held_back_about(about, limit=ANSWERS_READ)) if waiting else []
    gone = run.counted.states[LetterState.WITHDRAWN.value]
    reasons = (
        postbox.answers_about(about, LetterState.WITHDRAWN, limit=ANSWERS_LISTED) if gone else []
    )
    states = [(each, run.counted.states[each.value]) for each in LetterState]
    return {
        "run": run,
        "mailing": run.mailing,
        "shown": shown(run, now),
        "counts": states,
        "held_back": [(shown_answer(answer, sees_all), n) for answer, n in kept[:ANSWERS_LISTED]],
        "withdrawn": reasons,
        "given_up": [(shown_answer(answer, sees_all), n) for answer, n in answers],
        "now": now,
    }


def _alike(answers: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return answers that differ in addresses alone as one, without them; the most frequent first.
    One that nobody else was given stays as it is.
    """
    alike: dict[str, list[tuple[str, int]]] = {}
    for answer, count in answers:
        alike.setdefault(_AN_ADDRESS.sub("…@…", answer), []).append((answer, count))
    found = [
        (said if len(same) > 1 else same[0][0], sum(count for _, count in same))
        for said, same in alike.items()
    ]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _letters(request: HttpRequest, mailing: Mailing) -> list[tuple[Any, str, str]]:
    """Return some of what was given up, else of what waits, to look at one by one."""
    sees_all = may_do(the_person(request), mailing.publication.page_id)["manage_audience"]
    about = about_of(mailing.publication)
    found = postbox.letters_about(about, states=(LetterState.FAILED,), limit=LETTERS_LISTED)
    found = found or postbox.letters_about(about, states=tuple(LetterState), limit=LETTERS_LISTED)
    return [
        (each, shown_address(each.recipient, sees_all), shown_answer(each.last_answer, sees_all))
        for each in found
    ]


def _sees_all(request: HttpRequest, run: Run) -> bool:
    return may_do(the_person(request), run.mailing.publication.page_id)["manage_audience"]


def _left_out(mailing: Mailing) -> list[tuple[int, str]]:
    """Return who gets none of it: how many, and why."""
    publication = mailing.publication
    if publication.audience == Audience.LIST:
        tally = left_off_the_list(publication.recipient_list)
        return [(n, WHY_LEFT_OUT[why]) for why, n in sorted(tally.items()) if n]
    return [(n, WHY[why]) for why, n in left_out(mailing).items() if n]


def rests(request: HttpRequest) -> list[tuple[Any, str, str]]:
    """Return the channels that rest: each, how it sends in words, and what was last answered."""
    sees_all = may_do(the_person(request), None)["manage_audience"]
    return [
        (each, THROUGH.get(each.channel, each.channel), shown_answer(each.answer, sees_all))
        for each in postbox.rests()
    ]


def _caps() -> dict[str, Any]:
    return {
        "minute": settings.LETTERS_A_MINUTE,
        "hour": settings.LETTERS_AN_HOUR,
        "window": timedelta(seconds=settings.CANCEL_SECONDS),
        "ceiling": settings.SECOND_PERSON_ABOVE,
    }
