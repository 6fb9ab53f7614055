"""VAG-07: "investing in reliability"."""

from plaintalk.cues.measures import has_mechanism
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\binvest(?:s|ed|ing|ments?)? (?:\w+ )?(?:in|into) (?:[\w-]+ ){0,4}?(?:reliability|infrastructure|improvements?|resilien\w+|platform|security|stability|monitoring|tooling|systems?|process(?:es)?|capacity|performance|team)\b"
    r"|\b(?:strengthen|harden|bolster|fortify)(?:s|ed|ing)? (?:(?:our|the|this|these|its) )?(?:[\w-]+ ){0,3}?(?:systems?|platform|infrastructure|process(?:es)?|security|defen[cs]es|monitoring|resilience|controls|safeguards|services?|posture|procedures|deployment\w*|reliability)\b"
    r"|\b(?:made|make|making|keep) (?:\w+ ){1,4}?more (?:resilient|robust|reliable|stable)\b"
)


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not has_mechanism(document, sentence)


RULE = Rule(
    id="VAG-07",
    name="invests-in-strength",
    category="vague_prevention",
    severity="warning",
    message="Money and muscle words. Name one change.",
    better=None,
    source="SEED",
    triggers=words(
        "invest invests invested investing investment investments strengthen strengthens strengthened strengthening harden hardens hardened hardening bolster bolstering resilient robust"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We are investing in reliability.",
        "We are strengthening our systems.",
        "We have made ourselves more resilient.",
    ),
    good=examples(
        "Each queue now has its own limit, so that one cannot fill the other.",
        "Invest in a helmet.",
    ),
)
