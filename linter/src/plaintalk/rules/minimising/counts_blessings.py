"""MIN-09: "fortunately", "most customers did not notice"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence
from plaintalk.vocabulary import PEOPLE

_PATTERN = Pattern(
    r"\b(?:fortunately|luckily|thankfully|mercifully)\b"
    r"|\bthe good news is\b|\b(?:could|might) have been (?:much |far |a lot )?worse\b|\b(?:were|was|got) (?:very |quite )?(?:lucky|fortunate)\b"
    rf"|\b(?:most|the (?:vast )?majority|almost all|nearly all) (?:of )?(?:our |the )?(?:[\w-]+ )?{PEOPLE} (?:did not notice|didn't notice|were (?:not|un)(?: |-)?(?:affected|impacted)|were not (?:affected|impacted)|(?:will|would|should) not have|won't have|weren't|remained)"
    r"|\bnot all (?:of )?(?:our |the )?(?:[\w-]+ )?(?:customers|users|accounts) (?:were|was|are) (?:affected|impacted)"
    r"|\b(?:during|outside(?: of)?|in) (?:our |the )?(?:off-peak|quiet|non-peak|low-traffic|peak|business|working|office) (?:hours?|times?|periods?)\b"
    r"|\b(?:hardly|barely) (?:anyone|any|noticeable)\b"
    r"|\b(?:weren't|were not|wasn't|was not) (?:\w+ )?in (?:active|heavy|much) use\b|\bhadn't (?:\w+ )?been (?:\w+ )?(?:heavily|widely) used\b"
)

_NOT_IN = Pattern(r"\b(?:unfortunately|not fortunate)\b")
_PEAK = Pattern(r"\b(?:busiest|your|peak)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.has_quantity(document.text.preceding(sentence)) and "most" in found.group():
        return False
    word = found.group()
    return not (
        word.startswith(
            ("during peak", "in peak", "during business", "during working", "during office")
        )
    )


RULE = Rule(
    id="MIN-09",
    name="counts-blessings",
    category="minimising",
    severity="warning",
    message='True perhaps, but those hit read it as "you don\'t count". State first who was hit.',
    better='"37% were affected; the rest kept working"',
    source="BEN",
    triggers=words(
        "fortunately luckily thankfully good worse most all peak fortunate lucky hours majority hardly barely weekend"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Fortunately, the error was noticed early.",
        "Most customers were not affected.",
        "Not all customers were affected.",
        "The outage took place outside peak hours.",
    ),
    good=examples(
        "Unfortunately, we noticed late.",
        "37% of customers were affected. Most customers were not affected.",
        "The outage came during peak hours, which made it worse for shops.",
    ),
)
