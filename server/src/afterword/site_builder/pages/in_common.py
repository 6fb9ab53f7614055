"""Incidents that have something in common: the newest of them; the rest is asked for."""

from typing import Final

from django.utils.translation import gettext as _

from afterword.components.models import Page
from afterword.publishing import finding, queries
from afterword.site_builder.listed import having_address
from afterword.site_builder.pages.index import incident_row
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.search_form import search_address
from afterword.site_builder.words import CAUSE, DATA_EFFECT, IMPACT

# As many as fit a page that loads at once on a phone.
SHOWN: Final = 50
_WORDS = {"impact": IMPACT, "data": DATA_EFFECT, "cause": CAUSE}


def build(page: Page, about: str, key: str) -> bytes | None:
    """Return the bytes of ``/history/impact/major/``, or None when no incident is so."""
    field = "part" if about == "component" else about
    found = finding.find(page, finding.Wanted(**{field: key}), limit=SHOWN)
    if not found.incidents:
        return None
    context = {
        "name": name_of(page, about, key),
        "about": about,
        "number": queries.tally_of(page, "having", f"{about}/{key}"),
        "rows": [incident_row(each) for each in found.incidents],
        "older": search_address(page, **{about: key, "after": found.after}) if found.after else "",
    }
    newest = max(each.updated_at for each in found.incidents)
    return rendered("having.html", page, having_address(about, key), context, newest)


def name_of(page: Page, about: str, key: str) -> str:
    """Return what such incidents have in common, in words."""
    if about == "component":
        return finding.part_name(page, key) or _("A part")
    return _WORDS[about].get(key, key)
