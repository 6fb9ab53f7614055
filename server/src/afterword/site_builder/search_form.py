"""The form that asks the history, on built pages and on the page that answers it."""

from typing import Any, Final
from urllib.parse import urlencode

from afterword.components.models import Page
from afterword.kit.languages import language
from afterword.publishing import finding
from afterword.publishing.catalogue import CAUSES, DATA_EFFECTS, IMPACTS
from afterword.publishing.finding import Wanted
from afterword.publishing.searching import LONGEST_QUESTION
from afterword.site_builder.words import CAUSE, DATA_EFFECT, IMPACT

PARTS: Final = 200


def search_form(page: Page, wanted: Wanted | None = None) -> dict[str, Any]:
    """Return what the form's template needs; ``wanted`` is what was asked before."""
    asked = wanted or Wanted()
    keys = [key for key, _ in finding.parts(page, PARTS)]
    names = finding.part_names(page, keys)
    named = [(key, names.get(key, key)) for key in keys]
    if asked.part and asked.part not in {key for key, _ in named}:
        named.append((asked.part, finding.part_name(page, asked.part) or asked.part))
    return {
        "wanted": asked,
        "search_language": spoken(page),
        "longest": LONGEST_QUESTION,
        "form_parts": sorted(named, key=lambda each: each[1].casefold()),
        "form_impacts": [(key, IMPACT[key]) for key in IMPACTS],
        "form_data": [(key, DATA_EFFECT[key]) for key in DATA_EFFECTS],
        "form_causes": [(key, CAUSE[key]) for key in CAUSES],
    }


def search_address(page: Page, **query: str) -> str:
    """Return where the history is asked this, in the active language."""
    said = {**query, "lang": spoken(page)}
    return f"/history/search/?{urlencode({name: value for name, value in said.items() if value})}"


def spoken(page: Page) -> str:
    """Return the active language where it is not the page's first, else ""."""
    return "" if language() == page.first_language else language()
