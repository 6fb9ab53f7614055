"""BLM-13: a supplier who "failed to tell us"."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_PATTERN = Pattern(
    r"\b(?:provider|vendor|supplier|partner|host|upstream|isp|registrar|data ?cent(?:er|re)|aws|google(?: cloud)?|azure|microsoft|cloudflare|ovh|hetzner|digitalocean|fastly|company)(?:'s)?(?: \w+){0,3}? (?:failed to|refused to|neglected to|forgot to|ignored|never (?:told|informed|notified|responded|replied|answered)|did not (?:inform|notify|tell|warn|respond|reply|bother|care|answer)|didn't (?:inform|notify|tell|warn|respond|reply|bother|answer)|decided to (?:cut|turn|shut|suspend|block|delete|disable)|screwed|messed|broke (?:it|our|us|this)|has been (?:\w+ )?(?:unresponsive|unhelpful|useless|terrible)|let us down|botched)\b"
    r"|\bthanks (?:again )?to (?:our )?(?:provider|vendor|supplier|host|aws|google|azure|cloudflare|ovh|hetzner|\w+'s) (?:\w+ ){0,3}?(?:for|outage|failure|incompetence|mistake)\b"
    r"|\b(?:incompetence|laziness|stupidity|greed) of\b|\bblame (?:lies|is|goes|rests)\b|\b(?:entirely|solely|clearly|squarely) (?:the fault of|\w+'s fault|on (?:them|aws|our provider))\b"
)

RULE = Rule(
    id="BLM-13",
    name="reproaches-the-supplier",
    category="blame",
    severity="warning",
    message="It passes the blame on. Say what depended on them and what you change.",
    better='"We learned of it from our own alerts; we now watch their line ourselves"',
    source="ANT",
    triggers=words(
        "provider providers vendor vendors supplier suppliers partner host upstream isp registrar aws google azure cloudflare ovh hetzner digitalocean fastly they thanks center centre company"
    ),
    look=matching(_PATTERN),
    bad=examples(
        "Our provider failed to tell us about the work.",
        "The vendor did not respond for three hours.",
    ),
    good=examples("We learned of it from our own alerts.", "Requests to our provider failed."),
)
