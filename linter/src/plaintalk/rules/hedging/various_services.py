"""HDG-10: "various services"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, follows, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:various|several|multiple|a (?:wide )?(?:number|range|variety) of|many|some of) (?:other |our |of our |different |the |internal |critical |core )*(?:services|factors|components|systems|features|products|functions|applications|areas|parts)\b"
)
_NOT_AFTER = Pattern(r"[^.]{0,40}(?::|\(|including|such as|like|—|,)")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not follows(document, sentence, found, _NOT_AFTER)


RULE = Rule(
    id="HDG-10",
    name="various-services",
    category="hedging",
    severity="suggestion",
    message="Name them; readers are looking for theirs.",
    better=None,
    source="SEED",
    in_kinds={"summary": "warning", "follow_up": "warning"},
    triggers=words("various several multiple some number many"),
    look=matching(_PATTERN, _keep),
    bad=examples("The outage affected various services.", "Several components failed."),
    good=examples(
        "The outage affected several services: exports, reports and search.",
        "Exports, reports and search failed.",
    ),
)
