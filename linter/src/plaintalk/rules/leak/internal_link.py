"""LEK-03: links to trackers, wikis, chats and dashboards; ticket numbers."""

import re
from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Shapes, start_of_run
from plaintalk.rule import Example, Hit, Rule, examples

_REST = r"(?:/[^\s<>)\]]{1,300})?"
_SHAPES = Shapes(
    *(
        ((host.split(".")[-2],), re.escape(host) + r"\b" + _REST)
        for host in (
            *("atlassian.net", "notion.so", "pagerduty.com", "opsgenie.com", "datadoghq.com"),
            *("datadoghq.eu", "grafana.net", "newrelic.com", "sentry.io", "splunkcloud.com"),
            *("linear.app", "app.asana.com", "trello.com", "sharepoint.com", "honeycomb.io"),
            *("docs.google.com", "drive.google.com", "app.slack.com"),
        )
    ),
    (("slack",), r"\.slack\.com/(?:archives|messages)/[^\s<>)\]]{1,200}"),
    (
        ("jira", "confluence", "grafana", "kibana", "intranet", "internal", "sentry", "tracker"),
        r"https?://(?:jira|confluence|grafana|kibana|intranet|internal|sentry|tracker)\.[^\s<>)\]]{1,300}",
    ),
    (
        ("wiki", "jenkins", "gitlab", "dashboard", "dashboards", "metrics", "logs"),
        r"https?://(?:wiki|jenkins|gitlab|dashboards?|metrics|logs)\.[^\s<>)\]]{1,300}",
    ),
    (
        ("internal", "local", "lan", "corp", "intranet"),
        r"https?://[^\s<>)\]/]{1,200}\.(?:internal|local|lan|corp|intranet)\b[^\s<>)\]]{0,300}",
    ),
    (
        ("#",),
        r"#(?:inc|incident|war|oncall|on-call|ops|sev|outage|team|eng)-{1,2}[a-z0-9][\w-]{1,60}",
    ),
)


_OPEN = later(r"https?://(?:wiki|jenkins|gitlab|dashboards?|metrics|logs)\.")


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
    for found in _SHAPES.finditer(document.vocabulary(), low, low):
        start = found.start()
        if found.group()[0] == "#":
            if low[start - 1 : start].isalnum() or low[start - 1 : start] in ("#", "&", "/"):
                continue
        elif found.group()[0] != "h":
            start = start_of_run(low, start, ".-/:")
        # Many a project has its wiki or its dashboard in the open.
        yield Hit(start, found.end(), severity="suggestion" if _OPEN.match(found.group()) else None)


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
        Example("The work is tracked at https://work.larkbridge.internal/browse/4417."),
        Example("Progress: https://tracker.larkbridge.example/4417."),
        Example(
            "See OPS-4417.",
            record={"schema": "plaintalk-record/1", "lexicon": {"ticket_prefixes": ["OPS"]}},
        ),
    ),
    good=examples(
        "See https://status.example/incidents/12 for more.", "The AES-256 setting is unchanged."
    ),
)
