from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import F

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.colours import (
    DARK_GROUNDS,
    ENOUGH,
    LIGHT_GROUNDS,
    nearest_passing,
    read_colour,
    weakest_contrast,
)
from afterword.components.logos import safe_logo
from afterword.components.models import (
    Component,
    ComponentStatus,
    Look,
    Page,
    StatusSpan,
    UptimeDay,
)
from afterword.components.queries import first_day, pages_to_roll, stretches_between
from afterword.components.rollup import worst
from afterword.components.spans import Stretch, overlaid
from afterword.components.uptime import DAY, USUAL_WEIGHTS, days_of, utc_day
from afterword.kit.errors import BadInput, WrongState
from afterword.kit.ids import is_public_id, new_public_id
from afterword.kit.languages import KNOWN
from afterword.kit.texts import optional_text, required_text

_is_address = URLValidator(schemes=["http", "https"])


def create_page(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    url: str,
    time_zone: str = "Etc/UTC",
    public_id: str | None = None,
    support_contact: str = "",
) -> Page:
    """Create a status page. ``time_zone`` is an IANA name, for display. Raises BadInput."""
    require(actor, "administer", page=None)
    name = required_text(name, field="name", limit=120)
    url = _checked_address(url)
    if time_zone not in available_timezones():
        raise BadInput(
            f"{time_zone!r} is no time zone; write a name such as Europe/Oslo or Etc/UTC.",
            {"time_zone": "not an IANA name"},
        )
    contact = optional_text(support_contact, field="support_contact", limit=200)
    public_id = _checked_id(public_id)
    with transaction.atomic():
        if Page.objects.filter(public_id=public_id).exists():
            raise BadInput(f"There is already a page {public_id!r}.", {"public_id": "in use"})
        page = Page(
            public_id=public_id, name=name, url=url, time_zone=time_zone,
            support_contact=contact, created_at=now,
        )  # fmt: skip
        page.save(force_insert=True)
        record_act(
            actor=actor, verb="components.create_page", subject=f"page:{page.public_id}", now=now
        )
    return page


def choose_languages(*, actor: Actor, now: datetime, page: Page, languages: Iterable[str]) -> Page:
    """Choose the languages a page is built in; the first is the one its texts are written in.

    The site is built anew by the next builder. What is published keeps the language it was
    published in. Raises BadInput for no language and for one that has no catalog.
    """
    require(actor, "administer", page=page.pk)
    chosen = list(dict.fromkeys(languages))
    if not chosen:
        raise BadInput("Name at least one language.", {"languages": "is empty"})
    if unknown := [code for code in chosen if code not in KNOWN]:
        raise BadInput(
            f"There are no words in {', '.join(unknown)} here. Choose among {', '.join(KNOWN)}.",
            {"languages": "unknown"},
        )
    with transaction.atomic():
        page = Page.objects.select_for_update(no_key=True).get(pk=page.pk)
        page.languages = chosen
        page.save(update_fields=["languages"])
        record_act(
            actor=actor, verb="components.choose_languages", subject=f"page:{page.public_id}",
            now=now, detail={"languages": chosen},
        )  # fmt: skip
    return page


def set_look(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    accent_light: str | None = None,
    accent_dark: str | None = None,
    logo: bytes | None = None,
    logo_dark: bytes | None = None,
    url: str | None = None,
) -> Page:
    """Change how a page looks and where it is. None leaves a value; empty is the product's own.

    Colours are ``#rrggbb`` and must be readable on the page's grounds. ``url`` is the address
    every absolute link begins with. Raises NotAllowed and BadInput, naming the nearest colour
    that can be read.
    """
    require(actor, "administer", page=page.pk)
    changes: dict[str, str | bytes] = {}
    for field, colour, grounds in (
        ("accent_light", accent_light, LIGHT_GROUNDS),
        ("accent_dark", accent_dark, DARK_GROUNDS),
    ):
        if colour is not None:
            changes[field] = _checked_colour(colour, grounds, field)
    for field, content in (("logo", logo), ("logo_dark", logo_dark)):
        if content is not None:
            safe = safe_logo(content, field=field) if content else None
            changes[field] = safe.content if safe else b""
            changes[f"{field}_ending"] = safe.ending if safe else ""
    address = None if url is None else _checked_address(url)
    with transaction.atomic():
        held = Page.objects.select_for_update(no_key=True).get(pk=page.pk)
        if changes:
            Look.objects.update_or_create(page=held, defaults=changes)
        if address is not None:
            held.url = address
            held.save(update_fields=["url"])
        told = {key: value for key, value in changes.items() if isinstance(value, str)}
        record_act(
            actor=actor, verb="components.set_look", subject=f"page:{held.public_id}", now=now,
            detail=told | ({} if address is None else {"url": address}),
        )  # fmt: skip
    return held


def create_component(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    name: str,
    aliases: Iterable[str] = (),
    description: str = "",
    group: Component | None = None,
    is_group: bool = False,
    position: int | None = None,
    public_id: str | None = None,
    hidden: bool = False,
    source: str = "",
    status: str = ComponentStatus.OPERATIONAL,
    showcase: bool | None = None,
    only_show_if_degraded: bool = False,
    start_date: date | None = None,
    created_at: datetime | None = None,
    updated_at: datetime | None = None,
) -> Component:
    """Create a component, or a group, in its status since ``now``. Raises BadInput.

    ``created_at`` and ``updated_at`` (UTC, default ``now``) are those of the page it comes from.
    """
    require(actor, "administer", page=page.pk)
    name = required_text(name, field="name", limit=200)
    also = [required_text(a, field="aliases", limit=200) for a in aliases]
    _refuse_bad_group(page, group, is_group)
    status = _checked_status(status)
    public_id = _checked_id(public_id)
    with transaction.atomic():
        _hold_page(page)
        siblings = Component.objects.filter(page=page, group=group)
        if Component.objects.filter(page=page, public_id=public_id).exists():
            raise BadInput(
                f"This page already has a component {public_id!r}.", {"public_id": "in use"}
            )
        component = Component(
            page=page,
            public_id=public_id,
            name=name,
            aliases=also,
            description=optional_text(
                description, field="description", limit=5000, single_line=False
            ),
            is_group=is_group,
            group=group,
            position=position if position is not None else siblings.count() + 1,
            status=ComponentStatus.OPERATIONAL if is_group else status,
            hidden=hidden,
            showcase=not is_group if showcase is None else showcase,
            only_show_if_degraded=only_show_if_degraded,
            start_date=start_date,
            source=optional_text(source, field="source", limit=60),
            created_at=created_at or now,
            updated_at=updated_at or now,
        )
        component.save(force_insert=True)
        if not is_group:
            StatusSpan(component=component, status=status, began=now).save(force_insert=True)
            _recount(component, since=now)
        _rederive_group(component, None if updated_at else now)
        record_act(
            actor=actor, verb="components.create", subject=f"component:{component.public_id}",
            now=now, detail={"page": page.public_id, "is_group": is_group},
        )  # fmt: skip
    return component


def hold(components: Iterable[Component]) -> None:
    """Keep other writers off these components and their groups until the transaction ends.

    A verb that sets several takes them here first, in one order and before its first audit entry:
    the entry holds the audit chain, and waiting for a row while holding it could lock up both.
    """
    wanted = list(components)
    keys = {c.pk for c in wanted} | {c.group_id for c in wanted if c.group_id is not None}
    list(Component.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def set_status(
    *,
    actor: Actor,
    now: datetime,
    component: Component,
    status: str,
    because_of: str = "",
    recorded_at: datetime | None = None,
) -> None:
    """Say how a component is from ``now`` on. The same status again changes nothing.

    ``recorded_at`` (default ``now``) dates the audit entry when the change took effect earlier.

    Raises WrongState for a group, whose status is that of its worst member, and BadInput for a
    moment before the present status began: history is told by ``backfill_span``.
    """
    require(actor, "run_incident", page=component.page_id)
    status = _checked_status(status)
    if component.is_group:
        raise WrongState(f"{component.name} is a group; set the status of its members.")
    with transaction.atomic():
        hold([component])
        component.refresh_from_db(from_queryset=Component.objects.select_related("group"))
        if component.status == status:
            return
        before = component.status
        span = StatusSpan.objects.filter(component=component, ended__isnull=True).first()
        if span is not None:
            if now < span.began:
                raise BadInput(
                    f"{component.name} has been {component.get_status_display().lower()} since "
                    f"{span.began:%Y-%m-%d %H:%M} UTC; give a time after that.",
                    {"now": "is before the present status began"},
                )
            span.ended = now
            span.save(update_fields=["ended"])
        StatusSpan(component=component, status=status, began=now, because_of=because_of).save(
            force_insert=True
        )
        component.status = status
        component.updated_at = now
        component.save(update_fields=["status", "updated_at"])
        _recount(component, since=now)
        _rederive_group(component, now)
        record_act(
            actor=actor, verb="components.set_status",
            subject=f"component:{component.public_id}", now=recorded_at or now,
            detail={"before": before, "after": status, "because_of": because_of},
        )  # fmt: skip


def backfill_span(
    *,
    actor: Actor,
    component: Component,
    status: str,
    began: datetime,
    ended: datetime,
    because_of: str = "",
    now: datetime | None = None,
) -> bool:
    """Lay [began, ended) over the past; where spans overlap, the worse status counts.

    Return whether anything changed. The present status is not touched. ``now`` (default: ended)
    dates the entry in the audit log. Raises BadInput for an empty or reversed span.
    """
    require(actor, "run_incident", page=component.page_id)
    status = _checked_status(status)
    if ended <= began:
        raise BadInput("The span ends before it begins.", {"ended": "is not after began"})
    with transaction.atomic():
        locked = Component.objects.select_for_update(no_key=True).get(pk=component.pk)
        present = list(StatusSpan.objects.filter(component=locked))
        stretches = [Stretch(s.began, s.ended, s.status, s.because_of) for s in present]
        wanted = overlaid(stretches, Stretch(began, ended, status, because_of))
        if wanted == stretches:
            return False
        kept = set(wanted)
        StatusSpan.objects.filter(
            pk__in=[s.pk for s, old in zip(present, stretches, strict=True) if old not in kept]
        ).delete()
        StatusSpan.objects.bulk_create(
            StatusSpan(
                component=locked, status=s.status, began=s.began, ended=s.ended,
                because_of=s.because_of,
            )
            for s in wanted
            if s not in set(stretches)
        )  # fmt: skip
        # A gap before what was the first day is a gap from now on.
        opened = min((each.began for each in stretches), default=ended)
        _recount(locked, since=began, until=max(ended, opened))
        record_act(
            actor=actor, verb="components.backfill", subject=f"component:{locked.public_id}",
            now=now or ended, detail={"status": status, "because_of": because_of},
        )  # fmt: skip
    return True


def roll_up(*, now: datetime) -> list[Page]:
    """Count the days that are over (UTC) on every page; return the pages that changed.

    Costs what happened in the days counted anew, however long the past is. A clock that ran
    ahead is forgiven: days that are not over are taken back.
    """
    through = utc_day(now) - DAY
    rolled = []
    for each in pages_to_roll(through):
        with transaction.atomic():
            page = _hold_page(each)
            before = page.rolled_through
            ahead = before is not None and before > through
            if ahead:
                UptimeDay.objects.filter(component__page=page, day__gt=through).delete()
            for component in [] if ahead else _held_parts(page):
                _count_days(component, before + DAY if before is not None else None, through)
            page.rolled_through = through
            page.save(update_fields=["rolled_through"])
        rolled.append(page)
    return rolled


def set_uptime_weights(
    *, actor: Actor, now: datetime, page: Page, weights: Mapping[str, object]
) -> None:
    """Say how much of the time in each status counts as downtime, in per cent.

    Statuses left out count as usual. Raises BadInput for anything but 0 to 100, and for a status
    that never counts: working and planned work are no downtime.
    """
    require(actor, "administer", page=page.pk)
    for status, percent in weights.items():
        if status not in USUAL_WEIGHTS:
            allowed = ", ".join(USUAL_WEIGHTS)
            raise BadInput(
                f"{status!r} has no weight; use {allowed}.", {"weights": "not a kind of downtime"}
            )
        if isinstance(percent, bool) or not isinstance(percent, int) or not 0 <= percent <= 100:
            raise BadInput(
                f"The weight of {status} must be a whole number from 0 to 100 (per cent).",
                {"weights": f"{percent!r} is no percentage"},
            )
    with transaction.atomic():
        page = _hold_page(page)
        before = page.uptime_weights
        page.uptime_weights = {str(status): percent for status, percent in weights.items()}
        page.save(update_fields=["uptime_weights"])
        record_act(
            actor=actor, verb="components.set_uptime_weights", subject=f"page:{page.public_id}",
            now=now, detail={"before": before, "after": page.uptime_weights},
        )  # fmt: skip


def _hold_page(page: Page) -> Page:
    """Keep other writers of days off: taken before any component of the page."""
    return Page.objects.select_for_update(no_key=True).get(pk=page.pk)


def _held_parts(page: Page) -> list[Component]:
    parts = Component.objects.filter(page=page, is_group=False).order_by("pk")
    return list(parts.select_for_update(no_key=True))


def _recount(component: Component, *, since: datetime, until: datetime | None = None) -> None:
    """Say that spans have changed, and count the days from ``since`` to ``until`` again, where
    they are counted already.

    Needs the component held: whoever rolls the page up waits for it, or was waited for.
    """
    Component.objects.filter(pk=component.pk).update(past_version=F("past_version") + 1)
    through = Page.objects.values_list("rolled_through", flat=True).get(pk=component.page_id)
    if through is not None and utc_day(since) <= through:
        last = min(through, utc_day(until)) if until else through
        _count_days(component, utc_day(since), last)


def _count_days(component: Component, since: date | None, through: date) -> None:
    """Derive the rows of [since, through] anew; ``since`` None is the component's first day."""
    begin = first_day(component)
    if begin is None:
        return
    first = max(begin, since) if since else begin
    UptimeDay.objects.filter(component=component, day__range=(first, through)).delete()
    if first > through:
        return
    stretches = stretches_between(component, first, through)
    UptimeDay.objects.bulk_create(
        (
            UptimeDay(component=component, day=day, **asdict(figures))
            for day, figures in days_of(stretches, first, through).items()
        ),
        batch_size=500,
    )


def _rederive_group(component: Component, now: datetime | None) -> None:
    """Give the group its worst member's status; without ``now`` its time of change stays."""
    group = component.group
    if group is None:
        return
    statuses = Component.objects.filter(group=group).values_list("status", flat=True)
    derived = worst(statuses)
    if group.status != derived:
        group.status = derived
        group.updated_at = now or group.updated_at
        group.save(update_fields=["status", "updated_at"])


def _refuse_bad_group(page: Page, group: Component | None, is_group: bool) -> None:
    if group is None:
        return
    if is_group:
        raise BadInput("A group cannot lie in a group.", {"group": "groups are one level deep"})
    if not group.is_group or group.page_id != page.pk:
        raise BadInput(f"{group.name} is not a group of this page.", {"group": "not a group"})


def _checked_address(url: str) -> str:
    url = required_text(url, field="url", limit=200)
    try:
        _is_address(url)
    except ValidationError as wrong:
        raise BadInput(
            f"{url!r} is no address readers could open; write https://status.example.org.",
            {"url": "must start with https:// or http://"},
        ) from wrong
    return url


def _checked_colour(text: str, grounds: tuple[str, ...], field: str) -> str:
    if not text.strip():
        return ""
    colour = read_colour(text)
    if colour is None:
        raise BadInput(f"{text!r} is no colour; write #0b5563.", {field: "is not like #0b5563"})
    found = weakest_contrast(colour, grounds)
    if found < ENOUGH:
        near = nearest_passing(colour, grounds)
        where = "light" if grounds == LIGHT_GROUNDS else "dark"
        problem = (
            f"{colour} has a contrast of {found:.1f} on the {where} page; readers need {ENOUGH}. "
            f"The nearest that can be read is {near}"
        )
        raise BadInput(f"{problem}.", {field: problem})
    return colour


def _checked_status(status: str) -> str:
    if status not in ComponentStatus.values:
        allowed = ", ".join(ComponentStatus.values)
        raise BadInput(f"{status!r} is no status; use {allowed}.", {"status": "not known"})
    return str(status)


def _checked_id(public_id: str | None) -> str:
    if public_id is None:
        return new_public_id()
    if not is_public_id(public_id):
        raise BadInput(
            "An id has 1 to 64 characters of a-z, 0-9 and - .", {"public_id": "not usable"}
        )
    return public_id
