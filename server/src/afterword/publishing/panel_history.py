"""Who switched the trust panel, and why: for the desk alone."""

from afterword.components.models import Page
from afterword.publishing.models import PanelSwitch


def panel_history(page: Page) -> list[PanelSwitch]:
    """Return every switch of the page's panel with its person, the newest first."""
    return list(PanelSwitch.objects.filter(page=page).select_related("by").order_by("-id"))
