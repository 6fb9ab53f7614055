"""Filters that put facts into words the same way on every page of the desk."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from afterword.components.models import Component, ComponentStatus
from afterword.desk.opened import opened_in
from afterword.kit.ids import new_token
from afterword.kit.markdown import render_markdown
from afterword.kit.timespans import format_span, iso_utc

register = template.Library()

UNKNOWN = "unknown — not the same as none"
# So many components stay before the eye; more are folded, where some are what it is about.
FEW_PARTS = 6
_KNOWN_SUBJECTS = {"incident": "desk:incident", "statement": "desk:statement"}
_Part = tuple[Component, str, bool]


@register.filter
def countdown(due: datetime, now: datetime) -> str:
    """``in 25 minutes`` or ``2 hours overdue``: two units at most, minutes at the finest."""
    seconds = int((due - now).total_seconds())
    span = coarse_span(abs(seconds))
    return f"in {span}" if seconds >= 0 else f"{span} overdue"


def coarse_span(seconds: int) -> str:
    """Return a span in at most two units, for reading at a glance."""
    if seconds < 60:
        return "less than a minute"
    if seconds >= 86_400:
        seconds -= seconds % (3_600 if seconds < 3 * 86_400 else 86_400)
    return format_span(seconds - seconds % 60)


@register.simple_tag(takes_context=True)
def here(context: Mapping[str, Any], name: str, *args: object, **asked: str) -> str:
    """``{% url %}`` for what opens within the page of its case when that is the page shown."""
    address = reverse(name, args=args) + (f"?{urlencode(asked)}" if asked else "")
    opened = opened_in(context["request"])
    return opened.within(address) if opened else address


@register.simple_tag
def clock_face(due: datetime, now: datetime) -> SafeString:
    """A countdown that a script keeps fresh; correct at load without it."""
    late = " late" if due < now else ""
    return format_html(
        '<time class="clock{}" datetime="{}" data-countdown title="{}">{}</time>',
        late, iso_utc(due), moment(due), countdown(due, now),
    )  # fmt: skip


@register.simple_tag
def one_time_key() -> str:
    """A fresh key for one form; see ``desk.once``."""
    return new_token()


@register.simple_tag
def component_statuses() -> list[tuple[str, str]]:
    """What a component can be, best first, for the choices of a form."""
    return [(str(value), str(label)) for value, label in ComponentStatus.choices]


@register.filter
def at_hand(parts: Sequence[_Part]) -> Sequence[_Part]:
    """The components it is about, or all where the others are few or none is named yet."""
    named = [part for part in parts if part[1] or part[2]]
    return named if named and len(parts) - len(named) > FEW_PARTS else parts


@register.filter
def further(parts: Sequence[_Part]) -> Sequence[_Part]:
    """The components that ``at_hand`` leaves out."""
    shown = {part[0].pk for part in at_hand(parts)}
    return [part for part in parts if part[0].pk not in shown]


@register.filter
def act_words(verb: str) -> str:
    """``statements.save_revision`` as ``Save revision``."""
    return verb.rpartition(".")[2].replace("_", " ").capitalize()


@register.simple_tag
def subject_link(subject: str) -> SafeString | str:
    """What an act was done to, as a way there where there is one page for it."""
    kind, _, name = subject.partition(":")
    if kind not in _KNOWN_SUBJECTS or not name:
        return subject
    return format_html('<a href="{}">{}</a>', reverse(_KNOWN_SUBJECTS[kind], args=[name]), subject)


@register.filter
def moment(at: datetime | None) -> str:
    """``4 Mar 2026, 08:12 UTC``."""
    if at is None:
        return UNKNOWN
    at = at.astimezone(UTC)
    return f"{at.day} {at:%b %Y, %H:%M} UTC"


@register.filter
def day(on: date | str | None) -> str:
    """``4 March 2026``, of a date or of ISO text as public facts hold it."""
    on = date.fromisoformat(on) if isinstance(on, str) else on
    return "no date" if on is None else f"{on.day} {on:%B %Y}"


@register.filter
def span(seconds: int | None) -> str:
    return UNKNOWN if seconds is None else format_span(seconds)


@register.filter
def words(code: str | None) -> str:
    """``degraded_performance`` as ``degraded performance``; unknown says that it is not none."""
    if code in {None, "", "unknown"}:
        return UNKNOWN
    return str(code).replace("_", " ")


@register.filter
def rendered(text: str) -> SafeString:
    """Markdown as safe HTML, see ``render_markdown``."""
    return mark_safe(render_markdown(text))  # noqa: S308


@register.filter
def in_sentence(label: str) -> str:
    """``Customers with an SLA`` as it stands inside a sentence: only its first letter changes."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


@register.filter(name="grouped")
def grouped_digits(count: int) -> str:
    """Return a number with its thousands apart: 12,345."""
    return f"{count:,}"


@register.filter
def plural(count: int, forms: str) -> str:
    """``{{ 3|plural:"letter,letters" }}`` is ``3 letters``, with thousands separated."""
    one, many = forms.split(",")
    return f"{count:,} {one if count == 1 else many}"
