"""Promises as pages show them: the state in words, the days, what was said about them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.publishing.models import PublicPromise
from afterword.publishing.promised import (
    DROPPED,
    KEPT,
    KEPT_LATE,
    KEPT_MOVED,
    KEPT_TOLD,
    LATE,
    MOVED,
    NO_DAY,
)
from afterword.site_builder.moments import day
from afterword.site_builder.places import incident_address
from afterword.site_builder.words import MECHANISM, PROMISE

_NOT_IN_AN_ID: Final = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True)
class PromiseRow:
    """One promise. ``sign`` names shape and colour, ``words`` say the same. ``anchor`` is what it
    is linked to by, on the page of its incident.
    """

    promise: PublicPromise
    sign: str
    words: str
    days: list[str]
    mechanism: str
    address: str
    incident_title: str
    anchor: str = ""


def promise_row(promise: PublicPromise, title: str = "") -> PromiseRow:
    """Return the row of a promise; ``title`` is that of its incident, where the row names it."""
    return PromiseRow(
        promise=promise,
        sign=_sign(promise),
        words=_words(promise),
        days=_days(promise),
        mechanism=MECHANISM.get(promise.mechanism, ""),
        address=incident_address(promise.incident_id),
        incident_title=title,
    )


def rows_of_incident(promises: Sequence[PublicPromise]) -> list[PromiseRow]:
    """Return the rows that an incident's own page has, each with an anchor of its own."""
    taken: set[str] = set()
    rows = []
    for each in promises:
        anchor = anchor_of(each.commitment_id)
        rows.append(replace(promise_row(each), anchor="" if anchor in taken else anchor))
        taken.add(anchor)
    return rows


def anchor_of(commitment_id: str) -> str:
    """Return what a promise is linked to by, on the page of its incident.

    Ids come from publications, also imported ones: what an address cannot carry becomes a dash.
    """
    return f"promise-{_NOT_IN_AN_ID.sub('-', commitment_id)}"


def promise_rows(page: Page, promises: Sequence[PublicPromise]) -> list[PromiseRow]:
    """Return rows that name their incidents."""
    titles = queries.titles(page, {each.incident_id for each in promises})
    return [promise_row(each, titles.get(each.incident_id, "")) for each in promises]


def newest_change(promises: Sequence[PublicPromise]) -> datetime | None:
    """Return when the newest of them was told, or turned: at midnight UTC after its day."""
    return max((_changed_at(each) for each in promises), default=None)


def _changed_at(promise: PublicPromise) -> datetime:
    over = {LATE: promise.due, MOVED: promise.first_due}.get(promise.outcome)
    if over is None:
        return promise.told_at
    midnight = datetime.combine(over + timedelta(days=1), time(), tzinfo=UTC)
    return max(promise.told_at, midnight)


def _sign(promise: PublicPromise) -> str:
    return "late" if promise.outcome == LATE else promise.state


def _words(promise: PublicPromise) -> str:
    match promise.outcome:
        case outcome if outcome == LATE:
            return _("Late")
        case outcome if outcome in {KEPT, NO_DAY}:
            return _("Done")
        case outcome if outcome == KEPT_TOLD:
            return _("Done by its day, told after it")
        case outcome if outcome == KEPT_MOVED:
            return _("Done, late as told in time")
        case outcome if outcome == KEPT_LATE:
            return _("Done, but late")
        case outcome if outcome == DROPPED:
            return _("Dropped")
    return PROMISE.get(promise.state, _("Planned"))


def _days(promise: PublicPromise) -> list[str]:
    """Return the days that matter: when it was done and when that was told, or when it is due, the
    earliest that was said, and how often that was put off.
    """
    said = []
    done, told = promise.done_on, promise.settled_on
    if promise.outcome == LATE and promise.due:
        said.append(_("was due on %(day)s") % {"day": day(promise.due)})
    elif promise.state == "done" and done and told and done != told:
        said.append(_("done on %(day)s") % {"day": day(done)})
        said.append(_("told on %(day)s") % {"day": day(told)})
    elif promise.state in {"done", "dropped"} and told:
        said.append(_("on %(day)s") % {"day": day(told)})
    elif promise.due:
        said.append(_("by %(day)s") % {"day": day(promise.due)})
    if promise.outcome == NO_DAY:
        said.append(_("with no day promised before"))
    first, later = promise.first_due, told or promise.due
    if first and later and later > first:
        said.append(_("earliest day given: %(day)s") % {"day": day(first)})
    if promise.moves:
        said.append(_put_off(promise))
    return said


def _put_off(promise: PublicPromise) -> str:
    days = {"n": promise.moves, "days": promise.days_moved}
    if promise.moves == 1:
        said = ngettext("put off by %(days)s day", "put off by %(days)s days", promise.days_moved)
        told = _("told in time") if promise.moved_in_time else _("told when the day was over")
    else:
        said = ngettext(
            "put off %(n)s time, by %(days)s days in all",
            "put off %(n)s times, by %(days)s days in all",
            promise.moves,
        )
        told = (
            _("each told in time")
            if promise.moved_in_time
            else _("not each told before the day was over")
        )
    return f"{said % days} ({told})"
