"""TON-09: a title that would fit every incident."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.rule import Hit, Rule, examples

_EMPTY = Pattern(
    r"(?:(?:an?|the|some|all|major|minor|partial|total|temporary|unexpected|possible|ongoing|current|recent|brief|general|technical|system|systems|service|services|server|servers|platform|website|site|network|infrastructure|scheduled|unplanned|emergency) )*"
    r"(?:disruptions?|outages?|issues?|incidents?|problems?|downtime|interruptions?|degradations?|maintenance|updates?|errors?|notice|notification|alert|misconfiguration|difficulties|trouble)"
    r"(?: (?:report|notice|update|notification|alert|with (?:some|several|our|the)(?: \w+)? (?:services|systems|service)))?[.! ]*\Z"
)


def _survey(document: Document) -> Iterator[Hit]:
    sentences = document.text.sentences
    if len(sentences) < 2 or sentences[1].block == sentences[0].block:
        return
    title = sentences[0]
    if _EMPTY.match(document.scan, title.start, title.end):
        yield Hit(title.start, title.end)


RULE = Rule(
    id="TON-09",
    name="title-without-news",
    category="tone",
    severity="suggestion",
    message="This title fits every incident. Name what did not work, and for whom.",
    better='"Invoices were sent late in the EU"',
    source="STP",
    survey=_survey,
    bad=examples(
        "Service disruption\n\nInvoices were sent late.",
        "Minor incident with some services\n\nInvoices were sent late.",
    ),
    good=examples(
        "Invoices were sent late in the EU\n\nThe list of waiting invoices was full.",
        "Invoices were sent late.",
    ),
)
