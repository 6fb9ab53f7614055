"""LEK-13: file paths, commands, hosts and tools of the inside."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_INSIDE = Pattern(
    r"(?<![\w.])/(?:etc|var|usr|opt|home|root|tmp|mnt|srv|proc)/[\w./-]{2,120}|(?<![\w/])~/\.?[\w./-]{2,80}"
    r"|\b(?:ssh(?:'d|ed|ing)? (?:in|into|to|onto)|can't ssh|\.bashrc|authorized_keys|sudo \w+|crontab -|rm -rf)\b"
    r"|\bshell (?:config(?:uration)?|history|session|access)\b"
    r"|\b(?:all|our|the|my) (?:graphs?|dashboards?|grafana|metrics) (?:look|looks|looked|show|showed|are|were)\b"
    r"|\b(?:broken|bad|buggy|crappy|hacky|messy) code\b|\btypos? in (?:the )?code\b"
    r"|\bfixes unrelated\b|\blocalhost\b|\b127\.0\.0\.1\b"
)

RULE = Rule(
    id="LEK-13",
    name="internal-workings",
    category="leak",
    severity="warning",
    message="Readers cannot use this, and attackers can. Say the effect.",
    better='"a setting on our servers"',
    source="PD",
    look=matching(_INSIDE),
    triggers=words(
        "etc var usr opt home tmp mnt srv proc ssh systemctl bashrc authorized sudo crontab rm shell graph graphs dashboard dashboards metrics broken bad buggy crappy hacky messy typo typos unrelated localhost"
    ),
    bad=examples(
        "The entry in /etc/hosts was missing.",
        "We could not ssh into the server.",
        "All graphs look much healthier now.",
    ),
    good=examples(
        "A setting on our servers was missing.", "See https://status.example/tmp/numbers for more."
    ),
)
