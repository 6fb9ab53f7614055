"""Reminding owners of the promises they made in public: before the day, and when it is over."""

from datetime import date, datetime, timedelta

from django.conf import settings

from afterword.accounts.models import Person
from afterword.accounts.queries import people_called, people_who_may
from afterword.commitments.models import Commitment
from afterword.commitments.queries import day_given_on, due_between, is_overdue
from afterword.components.models import Page
from afterword.components.queries import every_page
from afterword.kit.languages import day_in_words
from afterword.postbox.actions import Addressed, post, write_message
from afterword.postbox.models import Stream
from afterword.postbox.words import Words, without_marks

# What turned late longer ago is no news: the worker was off, or it is imported.
LATE_IS_NEWS_FOR = timedelta(days=7)


def remind_of_promises(*, now: datetime) -> int:
    """Write to its owner, and to all who may act, about each promise that is due soon or late.

    "Soon" is the setting PROMISE_REMINDER_DAYS (days, UTC), but never the day on which the promise
    got its day: whoever just gave it knows. Each day given is mailed about once before it and once
    when it is over. May be called as often as one likes and by several workers: the letters are
    unique. Returns how many promises were found.
    """
    today = now.date()
    ahead = timedelta(days=settings.PROMISE_REMINDER_DAYS)
    found = 0
    for page in every_page():
        for promise in due_between(page, today - LATE_IS_NEWS_FOR, today + ahead):
            late = is_overdue(promise, today)
            if not late and day_given_on(promise) >= today:
                continue
            found += 1
            _write(page, promise, now, late=late)
    return found


def _write(page: Page, promise: Commitment, now: datetime, *, late: bool) -> None:
    about = f"promise:{promise.pk}:{promise.due}:{'late' if late else 'soon'}"
    message = write_message(
        now=now, key=about, stream=Stream.TEAM, words=_words(page, promise, now.date(), late=late)
    )
    people = _who_to_ask(page, promise)
    post(now=now, message=message, about=about, letters=[Addressed(p.email) for p in people])


def _who_to_ask(page: Page, promise: Commitment) -> list[Person]:
    """Return the owner, where that names somebody here, and everybody who may move it on."""
    owners = people_called(promise.owner_name, page=page.pk) if promise.owner_name else []
    able = people_who_may("promise", page=page.pk)
    return list({each.pk: each for each in (*owners, *able)}.values())


def _words(page: Page, promise: Commitment, today: date, *, late: bool) -> Words:
    due = promise.due or today
    what, title = without_marks(promise.what), without_marks(promise.incident.title)
    when = day_in_words(due)
    if late:
        subject = f"Late: “{_short(what)}” was due on {when}"
        why = (
            f"This promise was due on {when} and is not done. Where readers know of it, they see "
            "it as late."
        )
        ask = "Done? Say so. Not yet? Give a new day and the reason; readers are told both."
    else:
        subject = f"Due on {when}: “{_short(what)}”"
        why = f"This promise is due {_in_days((due - today).days)}, on {when} (UTC)."
        ask = "A new day told before the old one is over counts as told in time; after it, as late."
    where = (
        f"{settings.PUBLIC_URL}/desk/cases/{promise.incident.public_id}/commitments/"
        f"{promise.public_id}/"
    )
    owner = f"Owner: {without_marks(promise.owner_name)}\n" if promise.owner_name else ""
    text = (
        f"{why}\n\n{what}\nPromised after: {title}\n{owner}\n{ask}\n\nSay how it stands: {where}\n"
    )
    return Words(subject=f"[{without_marks(page.name)} desk] {subject}", text=text, html="")


def _in_days(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"
