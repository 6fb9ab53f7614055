"""MIN-08: "any inconvenience"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:any|the|this|these|possible|potential|all|some)? ?(?:\w+ )?inconveniences?(?: (?:this|that|it|we|which) (?:\w+ )?(?:may|might|has|have|could) (?:\w+ )?caused?)?\b"
)
_NOT_IN = Pattern(
    r"\b(?:real|serious|major|big|huge|great|know|understand) (?:\w+ ){0,3}?inconvenience"
)


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="MIN-08",
    name="stock-inconvenience",
    category="minimising",
    severity="suggestion",
    message="The stock line people mock. Name what it cost them.",
    better='"We are sorry that your suppliers were paid late."',
    source="SVN",
    triggers=words("inconvenience inconveniences inconvenienced"),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We apologise for any inconvenience.", "Sorry for the inconvenience this may have caused."
    ),
    good=examples(
        "We are sorry that your suppliers were paid late.", "We know it's a real inconvenience."
    ),
)
