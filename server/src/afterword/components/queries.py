from collections.abc import Iterable
from datetime import datetime

from afterword.components.models import Component, Page, StatusSpan
from afterword.components.rollup import Rollup, rollup_of
from afterword.kit.errors import NotFound


def the_page() -> Page:
    """Return the first page. Raises NotFound, saying how to make one, when there is none."""
    page = Page.objects.order_by("pk").first()
    if page is None:
        raise NotFound(
            "There is no status page yet. Run `afterword demo` to look around, or "
            "`afterword import statuspage FILE` to bring yours."
        )
    return page


def page_by_public_id(public_id: str) -> Page | None:
    return Page.objects.filter(public_id=public_id).first()


def components_of(page: Page) -> list[Component]:
    """Return every component of the page, groups and hidden ones too, in position order."""
    return list(Component.objects.filter(page=page).select_related("group"))


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


def rollup(components: Iterable[Component]) -> Rollup:
    """Return (indicator, description) for what readers can see: no groups, nothing hidden."""
    return rollup_of(c.status for c in components if not c.is_group and not c.hidden)


def in_status_since(component: Component) -> datetime:
    """Return when the component's present status began, UTC."""
    span = StatusSpan.objects.filter(component=component, ended__isnull=True).first()
    return span.began if span else component.created_at


def spans_of(component: Component, *, since: datetime, until: datetime) -> list[StatusSpan]:
    """Return the spans that overlap [since, until), oldest first."""
    found = StatusSpan.objects.filter(component=component, began__lt=until)
    return list(found.exclude(ended__lte=since).order_by("began", "pk"))
