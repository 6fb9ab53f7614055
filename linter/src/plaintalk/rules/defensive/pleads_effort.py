"""DEF-21: how hard everybody tried: "we are doing everything in our power"."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_DOING: Final = r"(?:do|does|doing|did|done|tried|trying|give|gave|giving|put|exert(?:ed|ing)?)"
_PATTERN: Final = Pattern(
    rf"\b{_DOING} (?:absolutely |literally )?(?:everything|all|whatever|as much as|anything)(?: that)?(?: (?:we|i|they|is|was|our|the|team|in|within|humanly|reasonably|technically|currently|possibly))* "
    r"(?:can|could|possible|power|capacity|means|abilit(?:y|ies)|able|imaginable|necessary|it takes)\b"
    rf"|\b(?:{_DOING}|at|to) (?:our|my|their|its|the) (?:very |level |absolute |utter |damn )*(?:best|utmost|hardest)\b"
    r"|\b(?:work|works|working|worked|try|trying|tried|fought|fighting|push|pushing)(?: \w+){0,2}? (?:as hard as|very hard|extremely hard|incredibly hard|really hard|so hard|super hard|hard day|non-?stop|with all (?:our|their))\b"
    r"|\b(?:we|i|team|everyone|all of us)(?:'ve)? (?:\w+ ){0,2}?(?:pride ourselves|strive|strives|endeavou?r|endeavou?rs)\b"
    r"|\b(?:nothing|nobody|no one) (?:is|was|could be|feels?|hurts?|pains?|frustrates?|upsets?|bothers?)(?: \w+){0,3}? (?:worse|more)(?: \w+){0,3}? (?:to |for |than )?(?:us|me|ourselves|we)\b"
    r"|\bnobody (?:wants|hates|regrets) (?:\w+ ){0,4}?more than (?:we|us|i|me)\b"
    r"|\b(?:put|puts|putting|place|come|comes|coming) (?:our |the |all our )?(?:customers|users|clients|players|members|readers|you)(?: always)? first\b"
    r"|\b(?:every|each|our|these|this|your)(?: \w+){1,6}? (?:as if|like|as though) (?:it|they|he|you) (?:was|were|are|is) (?:my|our) own\b|\btak(?:e|es|ing) (?:every|each|this|it|these|such|any)(?: \w+){0,4}? personally\b"
    r"|\b(?:remains?|stays?|remained|stayed|always) (?:ever |extremely |very )?(?:vigilant|diligent)\b"
    r"|\b(?:considering|given|despite|after|for|notwithstanding|in spite of) (?:all )?(?:the |our |of our )*(?:\w+ ){0,3}?(?:efforts?|work|care|time|money|energy|investments?|precautions?|resources|attention|testing|preparations?|attempts) (?:that )?(?:we|we'd|we've|i|i've|our \w+|everyone)(?: have| had| has)? (?:\w+ )?(?:put|devot|invest|made|mad|spent|taken|took|gone|undertak|poured|don)\w*"
    r"|\b(?:despite|in spite of|notwithstanding) (?:all )?(?:of )?(?:our|my|the team's|their|everyone's) (?:\w+ ){0,2}?(?:efforts?|attempts?|precautions?|measures|care|hard work|endeavou?rs)\b"
)
# Effort "to prevent" is a promise without an act; rules on prevention speak of it.
_TO_PREVENT: Final = Pattern(
    r"(?: \w+){0,2} to (?:\w+ )?(?:prevent|avoid|ensure|make sure|stop|keep|minimi[sz]e|reduce|improve)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:not|n't|never|did we|should have|could have|must|need to|have to|if you|you|will|would|to) (?:\w+ )?\Z"
)
_BEST: Final = Pattern(r"\b(?:to|at) (?:our|my|their|its|the)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if follows(document, sentence, found, _TO_PREVENT) or _BEST.match(found.group()):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 24)


RULE = Rule(
    id="DEF-21",
    name="pleads-effort",
    category="defensive",
    severity="warning",
    message="Effort is expected; readers ask what it achieved. Say what was done, and when.",
    better='"exports work again since 14:24 UTC"',
    source="SEED",
    triggers=words(
        "everything all whatever much anything best utmost hardest hard nonstop non strive strives endeavour "
        "endeavor endeavours endeavors pride worse more first own personally vigilant diligent efforts effort work care "
        "time money energy investment investments precautions resources attention testing "
        "preparations attempts attempt measures"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We are doing everything in our power to bring it back.",
        "Our staff did its very best last night.",
        "Nobody hates this more than we do.",
        "This hurts after all the work we have put into the new store.",
        "Despite our efforts, two files could not be read.",
    ),
    good=examples(
        "Exports work again since 14:24 UTC.",
        "It is best to save your work first.",
        "All the work you had in the queue was kept.",
        "We did not do everything we could have done.",
    ),
)
