"""VAG-12: "working on a long-term solution"."""

from plaintalk.concrete import clause_after, content, has_mechanism
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, follows, matching
from plaintalk.text import Sentence

_LASTING = r"(?:long(?:er)?[- ]term|permanent|lasting|more (?:robust|permanent|resilient|stable|sustainable|durable|lasting|reliable|comprehensive)|definitive|sustainable|durable|proper|better|final)"
_SOLUTION = r"(?:solutions?|fix(?:es)?|plans?|measures?|improvements?|remed(?:y|ies)|mitigations?|resolution|architecture|strategy|approach|prevention|set-?up)"
_PATTERN = Pattern(
    r"\b(?:work(?:ing|ed|s)?|looking|plan(?:ning|s)?|developing|building|searching|discussing|designing|implementing|investigating|exploring|evaluating|preparing|pursuing|seeking|considering|finding|find|identify(?:ing)?|determin(?:e|ing)|looking into)"
    rf"(?: (?:on|for|towards?|to find|to (?:implement|develop|build|deploy)|out|at|into|with (?:\w+ ){{1,3}}on))? (?:[\w-]+ ){{0,4}}?{_LASTING} (?:[\w-]+ ){{0,2}}?{_SOLUTION}\b"
    rf"|\b{_LASTING} (?:[\w-]+ )?{_SOLUTION} (?:is|are|will be|has been|have been|was) (?:\w+ )?(?:being|under|planned|considered|in the works|developed|needed|worked on|evaluated|in progress|sought|required|prepared)"
    r"|\b(?:seek(?:ing)?|ask(?:ed|ing)?|request(?:ed|ing)?|demand(?:ed|ing)?|receiv(?:ed|ing)) (?:[\w'-]+ ){0,5}?assurances?\b"
    r"|\b(?:working|work|talks?|speaking|discuss\w*|liais\w+|engag\w+|collaborat\w+|cooperat\w+|follow(?:ing)? up|coordinat\w+) (?:closely |directly )?with (?:our|the|their|\w+'s) (?:[\w-]+ ){0,3}?(?:providers?|vendors?|partners?|suppliers?|cent(?:er|re)|teams?|carriers?|host|isp|operators?) (?:[\w-]+ ){0,3}?(?:to|on|so|how) (?:[\w'-]+ ){0,3}?(?:prevent|avoid|improv\w+|ensure|make sure|reduce|better|handled|again|future|minimi[sz]e)\b"
    r"|\b(?:working|works?|cooperat\w+|collaborat\w+|liais\w+) (?:\w+ )?with (?:[\w'-]+,? ){1,7}?to (?:help |further |better )*(?:prevent|avoid|reduce|minimi[sz]e|mitigate|limit|strengthen)\b"
)
_TELLING = 2
_NOT_IN = Pattern(
    r"\b(?:by|on|before) (?:\w+ ){0,2}?(?:\d|january|february|march|april|may|june|july|august|september|october|november|december)\b"
)


# Help "to mitigate the issue" is the repair.
_IT = Pattern(
    r" (?:the|this|these) (?:\w+ )?(?:issue|impact|incident|problem|fault|outage|attack)s?\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if len(content(clause_after(document, sentence, found))) > _TELLING:
        return False
    if follows(document, sentence, found, _IT, 24):
        return False
    if has_mechanism(document, sentence, found.end()):
        return False
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="VAG-12",
    name="long-term-solution",
    category="vague_prevention",
    severity="warning",
    message="Which solution, and by when? Say what it will change, or when you will know.",
    better='"By 31 July checkout runs in two places"',
    source="LUN",
    triggers=words(
        "longer long term permanent lasting robust resilient stable sustainable durable "
        "definitive proper better final comprehensive assurances assurance provider providers "
        "vendor vendors partner partners supplier suppliers center centre team teams carrier "
        "carriers host isp operator operators with"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We are working with the police and our neighbours to reduce such break-ins.",
        "We are working on a long-term solution.",
        "We are working on longer term repair plans.",
        "We will seek assurances from our hosting company.",
    ),
    good=examples(
        "By 31 July checkout runs in two places.",
        "We are working on a permanent fix and ship it by 8 May.",
    ),
)
