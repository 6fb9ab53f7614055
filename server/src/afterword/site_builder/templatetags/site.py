"""Small marks for the site's templates."""

import re
from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from afterword.components.models import Page
from afterword.kit import languages
from afterword.site_builder import looks, moments
from afterword.site_builder.assets import Assets, assets
from afterword.site_builder.tongues import original_language

register = template.Library()

# A shape for each state, so that colour carries nothing alone. Symbols lie in site/signs.html.
_SHAPES = {
    "operational": "tick",
    "resolved": "tick",
    "completed": "tick",
    "closure": "tick",
    "yes": "tick",
    "done": "tick",
    "degraded_performance": "triangle",
    "partial_outage": "half",
    "major_outage": "cross",
    "no": "cross",
    "dropped": "cross",
    "called_off": "cross",
    "late": "triangle",
    "under_maintenance": "diamond",
    "scheduled": "diamond",
    "in_progress": "half",
    "verifying": "eye",
    "monitoring": "eye",
    "watching": "eye",
    "investigating": "triangle",
    "identified": "triangle",
    "part": "half",
    "planned": "ring",
}
# As published texts hold them: cleaned, so without attributes.
_HEADING = re.compile(r"<(/?)h([2-6])>")
_DEEPEST_HEADING = 6
_RIGHT_TO_LEFT = SafeString(' dir="rtl"')


@register.filter
def at(moment: datetime) -> SafeString:
    """Return an instant as ``<time>`` in UTC."""
    return moments.at(moment)


@register.filter
def day(moment: datetime) -> str:
    """Return the day of an instant in words."""
    return moments.day(moment)


@register.filter
def under(html: SafeString, level: int) -> SafeString:
    """Return a published text with its headings moved below the heading it stands under.

    Whoever wrote it could not know where: a page that is read by its headings must not jump.
    """
    shallowest = min((int(found[2]) for found in _HEADING.finditer(html)), default=0)
    if not shallowest:
        return html
    down = level + 1 - shallowest
    moved = _HEADING.sub(
        lambda found: f"<{found[1]}h{min(int(found[2]) + down, _DEEPEST_HEADING)}>", html
    )
    return mark_safe(moved)  # noqa: S308  only the figure in tags of the safe text is another


@register.simple_tag
def sign(state: str) -> SafeString:
    """Return the shape that stands for a state; the words beside it say the same."""
    return format_html(
        '<svg class="sign is-{}" aria-hidden="true" width="20" height="20">'
        '<use href="#sign-{}"/></svg>',
        state,
        _SHAPES.get(state, "dot"),
    )


@register.simple_tag
def direction(code: str) -> SafeString:
    """Return `` dir="rtl"`` for a language written from right to left, else nothing."""
    return _RIGHT_TO_LEFT if languages.direction(code) == "rtl" else SafeString()


@register.simple_tag
def written() -> SafeString:
    """Return `` lang="en"`` for text in the page's own language when the reader's is another."""
    code = original_language()
    return format_html(' lang="{}"', code) if code else SafeString()


@register.simple_tag
def site_assets() -> Assets:
    """Return the addresses of style, script and mark, so that any page may extend the base."""
    return assets()


@register.simple_tag
def site_look(page: Page) -> looks.Look:
    """Return the addresses of the page's own colours and logo; empty ones for the product's."""
    return looks.look_files(page)
