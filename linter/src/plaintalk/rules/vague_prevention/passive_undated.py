"""VAG-08: "will be improved", by nobody, at no time."""

from plaintalk.concrete import names_an_object
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:will|shall|to|are|is|must|should|has to|have to) be(?:ing)? (?:\w+ )?(?:implemented|improved|added|reviewed|strengthened|introduced|evaluated|considered|enhanced|revisited|tightened|reassessed|looked (?:at|into)|taken into account|put in place|worked on|discussed|investigated further)\b"
    r"|\b(?:are|is) being (?:\w+ )?(?:evaluated|considered|reviewed|improved|strengthened|applied to|introduced|tightened|worked on|put in place|looked into|discussed|explored|planned)\b"
)

_OWNED = Pattern(
    r"\b(?:by|on|before|until|at|within|in) (?:\w+ ){0,3}?(?:\d|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|our|the (?:\w+ )?(?:team|end|coming)|days|hours|weeks)\b|\bfix is being\b|\bfix (?:\w+ )?being\b"
)
_FIX = Pattern(r"\b(?:fix|mitigation|patch|solution|workaround|change|rollback)(?: \w+){0,2} \Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if names_an_object(document, sentence, found) or before(document, sentence, found, _FIX):
        return False
    return not document.find(_OWNED, sentence)


RULE = Rule(
    id="VAG-08",
    name="passive-undated",
    category="vague_prevention",
    severity="warning",
    message="Passive and undated: nobody owns it.",
    better='"We add X by 8 May"',
    source="LUN",
    kinds=("closure", "summary", "follow_up", "data_notice", "note"),
    triggers=words(
        "implemented improved added reviewed updated strengthened introduced addressed "
        "evaluated considered enhanced revisited applied tightened reassessed looked place "
        "worked discussed explored planned account investigated"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples("More safeguards will be added.", "The process will be reviewed."),
    good=examples(
        "A limit will be added by 8 May.", "We add a limit by 8 May.", "A fix is being implemented."
    ),
)
