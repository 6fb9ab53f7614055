"""DEF-11: the cause is a supplier, and nothing is said about our part."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:due to|caused by|because of|as a result of|result of|resulting from|fault of|on the side of|from|by) (?:[\w'-]+ ){0,8}?(?:third[- ]party|cloud|hosting|upstream|infrastructure|network|service|external|payment|data ?cent(?:er|re)) (?:\w+ )?(?:providers?|vendors?|suppliers?|partners?|company)\b"
)

_OWNED = Pattern(
    r"\b(?:we (?:chose|run|ran|had|rely|relied|depend|decided|are (?:adding|moving|changing))|our (?:own )?(?:choice|responsibility|design|decision|set-?up)|that choice is ours|is ours)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not any(
        document.find(_OWNED, one)
        for one in document.text.sentences[max(0, sentence.index - 2) : sentence.index + 4]
        if one.block == sentence.block or one.role == "item"
    )


RULE = Rule(
    id="DEF-11",
    name="points-at-the-supplier",
    category="defensive",
    severity="suggestion",
    message="They bought from you. Say what depended on the supplier, and what you change.",
    better='"Our supplier lost power; we had one site"',
    source="SVN, ANT",
    in_kinds={"follow_up": "warning", "data_notice": "warning"},
    triggers=words("provider providers vendor supplier suppliers vendors upstream third hosting"),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Due to an outage at a third-party cloud provider, checkout failed.",
        "This was caused by our upstream provider.",
    ),
    good=examples(
        "Checkout failed because of our hosting provider. We chose to run it in one place, and that choice is ours.",
        "Our supplier lost power; we had one site.",
    ),
)
