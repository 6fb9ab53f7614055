"""LEK-03: links to trackers, wikis, chats and dashboards; ticket numbers."""

import re
from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Example, Hit, Rule, examples

_LINK = re.compile(
    r"\b(?:[\w-]{1,63}\.){0,4}(?:atlassian\.net|notion\.so|pagerduty\.com|opsgenie\.com|datadoghq\.(?:com|eu)|grafana\.net|newrelic\.com|sentry\.io|splunkcloud\.com|linear\.app|app\.asana\.com|trello\.com|monday\.com|sharepoint\.com|kibana\.\w+|honeycomb\.io)(?:/[^\s<>)\]]{1,300})?"
    r"|\b(?:docs|drive|sheets|slides)\.google\.com/[^\s<>)\]]{1,300}|\b[\w-]{1,63}\.slack\.com/(?:archives|messages)/[^\s<>)\]]{1,200}|\bapp\.slack\.com/[^\s<>)\]]{1,200}"
    r"|\bhttps?://(?:jira|confluence|wiki|grafana|kibana|jenkins|gitlab|intranet|internal|dashboards?|metrics|sentry|logs)\.[^\s<>)\]]{1,300}"
    r"|(?<![\w#&/])#(?:inc|incident|war|oncall|on-call|ops|sev|outage|team|eng)-[a-z0-9][\w-]{1,60}"
)
_HINTS = (
    ".net",
    ".so",
    ".com",
    ".eu",
    ".io",
    ".app",
    "http",
    "#inc",
    "#war",
    "#oncall",
    "#on-call",
    "#ops",
    "#sev",
    "#outage",
    "#team",
    "#eng",
)


def _prefixes(document: Document) -> tuple[str, ...]:
    of_record = document.record.lexicon.ticket_prefixes if document.record else ()
    return (*document.profile.ticket_prefixes, *of_record)


def _survey(document: Document) -> Iterator[Hit]:
    low = document.text.low
    for prefix in _prefixes(document):
        if prefix and prefix.lower() in low:
            for found in re.finditer(
                rf"(?<![\w-]){re.escape(prefix)}-?\d{{1,7}}\b", document.text.raw
            ):
                yield Hit(*found.span())
    if any(hint in low for hint in _HINTS):
        for found in _LINK.finditer(low):
            yield Hit(*found.span())


RULE = Rule(
    id="LEK-03",
    name="internal-link",
    category="leak",
    severity="error",
    message="Internal link: readers can't open it.",
    better=None,
    source="SEED",
    survey=_survey,
    bad=(
        Example("See https://acme.atlassian.net/browse/OPS-4417 for more."),
        Example("Details are in #inc-2026-03-04."),
        Example(
            "See OPS-4417.",
            record={"schema": "plaintalk-record/1", "lexicon": {"ticket_prefixes": ["OPS"]}},
        ),
    ),
    good=examples(
        "See https://status.example/incidents/12 for more.", "The AES-256 setting is unchanged."
    ),
)
