"""LEK-13: file paths, commands, hosts and tools of the inside."""

import re
from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import FILLER

_INSIDE = re.compile(
    r"(?<![\w.])/(?:etc|var|usr|opt|home|root|tmp|mnt|srv|proc)/[\w./-]{2,120}|(?<![\w/])~/\.?[\w./-]{2,80}"
    r"|\b(?:ssh(?:'d|ed|ing)? (?:in|into|to|onto)|can't ssh|\.bashrc|authorized_keys|sudo \w+|crontab -|rm -rf)\b"
    r"|\bshell (?:config(?:uration)?|history|session|access)\b|\b(?:free|hobby|starter) (?:tier|plan) of\b|\b\w+'s free (?:tier|plan)\b"
    r"|\b(?:all|our|the|my) (?:graphs?|dashboards?|grafana|metrics) (?:look|looks|looked|show|showed|are|were)\b"
    r"|\b(?:broken|bad|buggy|crappy|hacky|messy) code\b|\btypos? in (?:the )?code\b"
    r"|\bfixes unrelated\b|\blocalhost\b|\b127\.0\.0\.1\b"
)
_HINTS = (
    "/",
    "ssh",
    "kube",
    "systemctl",
    "sudo",
    "crontab",
    "rm -rf",
    "shell ",
    "tier",
    "plan of",
    "free plan",
    "graph",
    "dashboard",
    "grafana",
    "metrics",
    "code",
    "pagerduty",
    "jira",
    "v0.",
    "v1.",
    "v2.",
    "v3.",
    "unrelated",
    "localhost",
    "127.",
)


def _survey(document: Document) -> Iterator[Hit]:
    low = document.text.low
    if not any(hint in low for hint in _HINTS):
        return
    for found in _INSIDE.finditer(low):
        if document.scan[found.start()] != FILLER:
            yield Hit(*found.span())


RULE = Rule(
    id="LEK-13",
    name="internal-workings",
    category="leak",
    severity="warning",
    message="Readers cannot use this, and attackers can. Say the effect.",
    better='"a setting on our servers"',
    source="PD",
    survey=_survey,
    bad=examples(
        "The entry in /etc/hosts was missing.",
        "We could not ssh into the server.",
        "All graphs look much healthier now.",
    ),
    good=examples(
        "A setting on our servers was missing.", "See https://status.example/tmp/numbers for more."
    ),
)
