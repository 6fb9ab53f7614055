"""VAG-01: "improve our monitoring", without saying what it will notice."""

from plaintalk.cues.measures import has_mechanism
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_IMPROVE = Pattern(
    r"\b(?:improv(?:e|es|ed|ing|ements?)|enhanc(?:e|es|ed|ing|ements?)|better|additional|more|further|increas(?:e|ed|ing)|tighten(?:ing|ed)?|implement(?:ing|ed)?) "
    r"(?:\w+ )?(?:(?:to|in|of|on|around|for) )?(?:(?:our|the|this|these) )?(?:(?!and\b|we\b|following\b|that\b|which\b)[\w-]+ ){0,3}?"
    r"(?:monitoring|alerting|alerts|process(?:es)?|procedures?|safeguards|testing|tests|resilien(?:ce|cy)|reliability|tooling"
    r"|practices|controls|observability|checks|redundancy|guardrails|stability|robustness|measures|protections|detection"
    r"|communications?|infrastructure|systems?|response|incident response|response times?|time to \w+|rollouts?|safety|mechanisms?|capabilit(?:y|ies)|strateg(?:y|ies)|workflows?|approach|quality)\b"
    r"|\bimprov(?:e|es|ing) (?:on )?how (?:we|our)\b"
)
_PLAN = Pattern(
    r"\b(?:i|i'll|i've|i'm|we|we're|we'll|our|will|is|are|plan|planning|to|team|engineers|working|has|have|been|including|such as)\b"
)

_ANNOUNCED = Pattern(
    r"\b(?:steps|what|ways|how|measures|actions|things) (?:that )?we(?:'re|'ve| are| have)? (?:\w+ )?(?:to )?\Z"
)
_VERBS = ("improv", "enhanc", "increas", "tighten", "implement")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if has_mechanism(document, sentence) or before(document, sentence, found, _ANNOUNCED):
        return False
    if sentence.role == "item":
        return True
    return _PLAN.search(document.scan, sentence.start, found.start()) is not None or (
        found.start() - sentence.start < 3 and found.group().startswith(_VERBS)
    )


RULE = Rule(
    id="VAG-01",
    name="improves-something",
    category="vague_prevention",
    severity="warning",
    message="Improve it how? Say what it will now notice or stop, and how fast.",
    better='"alerts an engineer at 80% full, within 5 minutes"',
    source="SEED",
    triggers=words(
        "improve improves improved improving improvement improvements enhance enhances enhanced "
        "enhancing enhancement enhancements better additional more further increase increased "
        "increasing tighten tightening tightened implement implementing implemented"
    ),
    look=matching(_IMPROVE, _keep),
    bad=examples(
        "We are improving our monitoring.",
        "We will add more alerting and better processes.",
        "We have implemented additional safeguards.",
    ),
    good=examples(
        "We are improving our monitoring so that a full queue pages an engineer within 5 minutes.",
        "Both queues now stop accepting work at 80% full.",
        "More monitoring data is on the metrics page.",
    ),
)
