"""A published text in the form Statuspage's clients show: plain, with a little HTML in it."""

import re

from afterword.publishing.models import Publication
from afterword.site_builder.pages.api.frozen import update_facts

_BETWEEN = re.compile(r"</p>\s*<p>")


def body_of(word: Publication) -> str:
    """Return what was written, as it was written where the source was such a page.

    Our own texts come as the HTML that was frozen, their outer paragraphs turned into line ends.
    """
    known = update_facts(word).get("text")
    if isinstance(known, str):
        return known
    html = word.html.strip()
    flat = _BETWEEN.sub("\n\n", html)
    if flat.startswith("<p>"):
        flat = flat.removeprefix("<p>")
        flat = flat.removesuffix("</p>") if "<p>" not in flat else flat.replace("</p>", "\n\n", 1)
    return flat
