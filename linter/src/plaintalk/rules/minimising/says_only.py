"""MIN-06: "only 15 minutes", where the number alone would do."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence
from plaintalk.vocabulary import IMPACT, NUMBER_WORD

_PATTERN = Pattern(
    rf"\b(?:only|just|merely) (?:(?:about|around|roughly|approximately) )?(?:(?:\d[\d,.]*%?|{NUMBER_WORD}|a few|a couple of|a handful of) (?:[\w-]+ ){{0,2}}?(?:{IMPACT}|hours?|minutes?|mins?|seconds?|percent|%)\b|\d[\d.]*% |affect(?:ed|s)\b|impact(?:ed|s)\b)"
)
_NOT_BEFORE = Pattern(r"\b(?:not|if|read|with|by|for|once|after|limited to|wait|took)[ -]\Z")
_NOT_IN = Pattern(
    r"\b(?:only|just) [\d.,]+ ?%[^.]{0,40}\b(?:sent|delivered|succeeded|succeeding|working|completed|recovered|arrived)\b|\bonly (?:affect|impact)\w* (?:the |our )?(?:eu|us|uk|api|[\w.]+ (?:website|app|region|plan|page|site))"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE) and not document.find(
        _NOT_IN, sentence
    )


RULE = Rule(
    id="MIN-06",
    name="says-only",
    category="minimising",
    severity="suggestion",
    message='Drop "only"; the number is enough, and "only" tells people how to feel.',
    better='"15 minutes of edits were lost"',
    source="BEN",
    triggers=words("only just merely"),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Only 15 minutes of edits were lost.",
        "The outage affected just a few customers.",
        "It only affected sign-in.",
    ),
    good=examples(
        "15 minutes of edits were lost.",
        "Only EU accounts were affected.",
        "At the worst point only 80% of messages were sent.",
        "Contact us only if you still see the error.",
    ),
)
