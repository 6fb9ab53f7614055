"""MIN-11: "0.2% of requests", without a count."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence
from plaintalk.vocabulary import IMPACT

_PATTERN = Pattern(
    rf"(?<![\w.,])(?:(?:less|fewer) than |under |below |<)?(?:0\.\d+|1|(?<=<)\d) ?(?:%|percent)(?: (?:of )?(?:[\w-]+ ){{0,3}}?{IMPACT}\b)"
)

_COUNT = Pattern(rf"(?<![\w.,:/%-])\d[\d,]* (?:\w+ ){{0,2}}?{IMPACT}\b")
_SMALL = Pattern(r"(?:less|fewer|under|below|<|0\.)")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if not _SMALL.match(found.group()):
        return False
    following = document.text.following(sentence)
    end = following.end if following else sentence.end
    return _COUNT.search(document.scan, found.end(), end) is None


RULE = Rule(
    id="MIN-11",
    name="tiny-share-alone",
    category="minimising",
    severity="suggestion",
    message="A tiny share can be a total outage for someone. Add the count and what they saw.",
    better='"0.2% (412 shops) could not sell at all"',
    source="GMO",
    triggers=words("less under fewer below % percent"),
    look=matching(_PATTERN, _keep),
    bad=examples("Less than 1% of users saw errors.", "The peak was 0.2% of requests."),
    good=examples("0.2% of shops (412 shops) could not sell at all.", "37% of users saw errors."),
)
