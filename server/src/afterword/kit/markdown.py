"""Markdown from people, made safe: rendered without raw HTML, then cleaned."""

import html as entities
import re

import nh3
from markdown_it import MarkdownIt

_RENDERER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}


def render_markdown(text: str) -> str:
    """Return HTML that is safe to put on a public page.

    Raw HTML in the text comes out as text, unknown link schemes lose their link, and headings
    start at level 2 because the page title is the only level 1.
    """
    html = _RENDERER.render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener",
    )


def clean_html(foreign: str) -> str:
    """Return foreign HTML (imported updates) reduced to harmless tags and links."""
    return nh3.clean(
        foreign,
        tags=_TAGS | {"b", "i"},
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener",
    )


def plain_text(foreign: str) -> str:
    """Return the text of foreign HTML without any tag, line breaks kept, entities resolved."""
    broken = re.sub(r"(?i)<br\s*/?>|</p>|</li>", "\n", foreign)
    bare = nh3.clean(broken, tags=set(), attributes={})
    return re.sub(r"\n{3,}", "\n\n", entities.unescape(bare)).strip()
