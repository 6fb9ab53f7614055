"""VAG-06: "we will continue to improve"."""

from plaintalk.concrete import clause_after, content, has_mechanism
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:continu(?:e|es|ing)|striv(?:e|es|ing)|keep|always) (?:to )?(?:\w+ )?(?:monitor|improv(?:e|ing)|invest(?:ing)?|work|enhance|strengthen|analy[sz]e|refine|evolve|iterate|deliver|provide|build|learn(?:ing)?|harden|optimi[sz]e|look for ways|mature)\b"
    r"|\b(?:continuous|continual|ongoing|constant) (?:improvements?|investments?|efforts?)\b|\b(?:continuously|continually|constantly|always) (?:improv\w+|working|striv\w+|invest\w+|looking)\b"
)

_TELLING = 3
_UNTIL = Pattern(r"\b(?:until|through|for (?:another|the next) \d|by \d)\b")
_WEIGHTY = Pattern(
    r"\b(?:continuous|continual|ongoing|constant|harden|optimi|look for|improv|invest|enhanc|strengthen|analy|refin|evolv|iterat|learn)\w*"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if len(content(clause_after(document, sentence, found))) > _TELLING:
        return False
    if has_mechanism(document, sentence, found.start()):
        return False
    return not document.find(_UNTIL, sentence)


def _tell(_document: Document, _: Sentence, found: Match) -> Hit:
    return Hit(*found.span(), severity="warning" if _WEIGHTY.search(found.group()) else None)


RULE = Rule(
    id="VAG-06",
    name="continues-as-before",
    category="vague_prevention",
    severity="suggestion",
    message="That was already your job. Say what is new.",
    better=None,
    source="SEED",
    kinds=("summary", "follow_up", "data_notice", "note"),
    triggers=words(
        "continue continues continuing committed commitment dedicated strive striving keep "
        "always continuous continual ongoing constant continuously continually constantly"
    ),
    look=matching(_PATTERN, _keep, _tell),
    bad=examples(
        "We will continue to monitor the situation.", "We continue to improve our platform."
    ),
    good=examples(
        "We continue to monitor it until 18:30 UTC.", "Each queue now has its own limit."
    ),
)
