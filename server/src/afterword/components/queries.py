from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery

from afterword.components.models import Component, Look, Page, StatusSpan, UptimeDay
from afterword.components.rollup import Rollup, rollup_of, worst
from afterword.components.spans import Stretch
from afterword.components.uptime import DAY, USUAL_WEIGHTS, Figures, midnight, utc_day
from afterword.kit.asking import asked_once
from afterword.kit.errors import NotFound

_read_once: ContextVar[dict[int, list[Component]] | None] = ContextVar("read_once", default=None)


@contextmanager
def components_read_once() -> Iterator[None]:
    """Let ``components_of`` read each page's components once for all that is done within.

    For a build: hundreds of pages ask for them, and all of one build should show the same state.
    What changes meanwhile is not seen within.
    """
    token = _read_once.set({})
    try:
        yield
    finally:
        _read_once.reset(token)


@asked_once
def the_page() -> Page:
    """Return the first page. Raises NotFound, saying how to make one, when there is none."""
    page = Page.objects.order_by("pk").first()
    if page is None:
        raise NotFound(
            "There is no status page yet. Run `afterword demo` to look around, or "
            "`afterword import statuspage FILE` to bring yours."
        )
    return page


def every_page() -> list[Page]:
    """Return every page, the first one first."""
    return list(Page.objects.order_by("pk"))


def look_of(page: Page) -> Look | None:
    """Return the page's own look, None for the product's. Asked once per page object."""
    return getattr(page, "look", None)


def page_by_public_id(public_id: str) -> Page | None:
    return Page.objects.filter(public_id=public_id).first()


def components_of(page: Page) -> list[Component]:
    """Return every component of the page, groups and hidden ones too, in position order."""
    kept = _read_once.get()
    if kept is None:
        return _components_of(page)
    if page.pk not in kept:
        kept[page.pk] = _components_of(page)
    return list(kept[page.pk])


@asked_once
def _components_of(page: Page) -> list[Component]:
    return list(Component.objects.filter(page=page).select_related("group"))


def open_components(page: Page) -> list[Component]:
    """Return the components readers may know of, groups without members too, in position order.

    What lies in a hidden group is hidden with it.
    """
    return [
        each
        for each in components_of(page)
        if not each.hidden and not (each.group is not None and each.group.hidden)
    ]


def shown_components(page: Page) -> list[Component]:
    """Return the components that have a page: those readers may know of, no empty group."""
    open_to_all = open_components(page)
    filled = {each.group_id for each in open_to_all}
    return [each for each in open_to_all if not each.is_group or each.pk in filled]


def component_by_public_id(page: Page, public_id: str) -> Component:
    """Return the component. Raises NotFound."""
    found = Component.objects.filter(page=page, public_id=public_id).select_related("group").first()
    if found is None:
        raise NotFound(f"This page has no component {public_id!r}.")
    return found


def components_by_public_id(page: Page, public_ids: Iterable[str]) -> dict[str, Component]:
    """Return those of the named components that exist, by public id."""
    found = Component.objects.filter(page=page, public_id__in=set(public_ids))
    return {component.public_id: component for component in found}


@asked_once
def ids_by_name(page: Page) -> dict[str, str]:
    """Return the public id of each component by its id, its name and its aliases, casefolded.

    Where two share a name, the first on the page has it.
    """
    found: dict[str, str] = {}
    for each in components_of(page):
        for name in (each.public_id, each.name, *each.aliases):
            found.setdefault(str(name).casefold(), each.public_id)
    return found


def rollup(components: Iterable[Component]) -> Rollup:
    """Return (indicator, description) for what readers can see: no groups, nothing hidden."""
    return rollup_of(c.status for c in components if not c.is_group and not c.hidden)


def in_status_since(component: Component) -> datetime:
    """Return when the component's present status began, UTC."""
    # At most one, and in no order: in the model's, all spans of the component would be read.
    still_open = StatusSpan.objects.filter(component=component, ended__isnull=True)
    span = next(iter(still_open.order_by()), None)
    return span.began if span else component.created_at


def spans_of(component: Component, *, since: datetime, until: datetime) -> list[StatusSpan]:
    """Return the spans that overlap [since, until), oldest first."""
    found = StatusSpan.objects.filter(component=component, began__lt=until)
    return list(found.exclude(ended__lte=since).order_by("began", "pk"))


def known_since(component: Component) -> datetime | None:
    """Return the first instant anything is known of, UTC, or None."""
    begins = StatusSpan.objects.filter(component=component).order_by("began")
    return begins.values_list("began", flat=True).first()


def first_day(component: Component) -> date | None:
    """Return the first UTC day anything is known of, or None."""
    began = known_since(component)
    return utc_day(began) if began else None


def first_days(components: Sequence[Component]) -> dict[int, date]:
    """Return ``first_day`` of each that has one, by key."""
    spans = StatusSpan.objects.filter(component=OuterRef("pk")).order_by("began")
    rows = Component.objects.filter(pk__in=[each.pk for each in components]).order_by()
    begins = rows.annotate(began=Subquery(spans.values("began")[:1])).values_list("pk", "began")
    return {key: utc_day(began) for key, began in begins if began}


def stretches_between(component: Component, first: date, last: date) -> list[Stretch]:
    """Return the stretches that touch the days [first, last], oldest first."""
    begin, end = midnight(first), midnight(last + DAY)
    spans = StatusSpan.objects.filter(component=component, began__lt=end)
    spans = spans.filter(Q(ended__gt=begin) | Q(ended__isnull=True)).order_by("began", "pk")
    return [Stretch(s.began, s.ended, s.status, s.because_of) for s in spans]


def pages_to_roll(through: date) -> list[Page]:
    """Return the pages whose counted days do not end with ``through``."""
    found = Page.objects.filter(~Q(rolled_through=through) | Q(rolled_through__isnull=True))
    return list(found.order_by("pk"))


def uptime_days(
    components: Sequence[Component], first: date, last: date
) -> dict[int, dict[date, Figures]]:
    """Return the days of [first, last] that were not plain, by component key and day."""
    found: dict[int, dict[date, Figures]] = {each.pk: {} for each in components}
    rows = UptimeDay.objects.filter(component__in=list(found), day__range=(first, last))
    for row in rows.order_by("component_id", "day"):
        figures = Figures(row.known, row.maintenance, row.degraded, row.partial, row.major)
        found[row.component_id][row.day] = figures
    return found


def since_midnight_after(components: Sequence[Component], day: date) -> dict[int, str]:
    """Return the worst status each has had since the end of a day, by key, from its spans."""
    begin = midnight(day + DAY)
    spans = StatusSpan.objects.filter(component__in=[c.pk for c in components])
    spans = spans.filter(Q(ended__gt=begin) | Q(ended__isnull=True))
    worst_so_far: dict[int, str] = {}
    for key, status in spans.values_list("component_id", "status"):
        worst_so_far[key] = worst((status, worst_so_far.get(key, status)))
    return worst_so_far


def weights_of(page: Page) -> dict[str, int]:
    """Return the weight of each status that may count as downtime, in per cent."""
    return {
        status: page.uptime_weights.get(status, usual) for status, usual in USUAL_WEIGHTS.items()
    }
