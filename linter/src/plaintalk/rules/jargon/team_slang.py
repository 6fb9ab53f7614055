"""JRG-05: "RCA", "war room", "blast radius"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:mtt[rd]|rcas?|blast radius|war room|on-?call|paged|run-?books?|play-?books?|post-?mortems?|sres?|triag(?:e|ed|ing)|retro)\b"
)
_NOT_BEFORE = Pattern(r"\b(?:to our|full|public|read the|publish a|the public) \Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE)


RULE = Rule(
    id="JRG-05",
    name="team-slang",
    category="jargon",
    severity="suggestion",
    message="Team slang. Say it in words.",
    better='"review", "on-duty engineer"',
    source="PL",
    kinds=("closure", "summary", "follow_up", "data_notice", "note", "update"),
    triggers=words(
        "mttr mttd rca blast war call paged runbook runbooks postmortem postmortems mortem oncall sre sres playbook playbooks triage triaged triaging retro"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples("The RCA will follow.", "The on-call team was paged."),
    good=examples("Our on-duty engineer was alerted."),
)
