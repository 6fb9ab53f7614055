"""BLM-12: "someone", "an engineer", with a judging adverb."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.people import is_not_the_one
from plaintalk.rule import ALL_KINDS, Rule, examples, matching
from plaintalk.text import Sentence

_WHO = (
    r"(?:someone|somebody|he|she|they|(?:an?|the|one|our|another|\w+'s) (?:[\w-]+ ){0,2}?(?:engineer|developer|employee|operator|technician|contractor|admin|administrator|colleague|team|member|maintainer|customer|user|contributor)"
    r"|(?:an? )?members? of (?:our|the|their) (?:\w+ )?(?:staff|team|crew))"
)
_PATTERN = Pattern(
    rf"\b{_WHO}(?: \w+){{0,2}}? (?:unintentionally|accidentally|mistakenly|inadvertently|wrongly|erroneously|unknowingly|incorrectly|unwittingly|carelessly|negligently)\b"
    r"|\b(?:which|who) (?:then )?(?:unknowingly|carelessly|unwittingly|negligently)\b"
    r"|\b(?:someone|somebody)(?: (?:on|in|from|at) (?:[\w'-]+ ){1,3}?)? ?(?:\w+ )?(?:forgot|left|broke|pushed|deleted|merged|unplugged|pulled|tripped|turned off|switched off|changed|ran|decided|thought|removed|overwrote|screwed|messed|didn't|did not|had (?:forgotten|left|deleted|changed|removed|pushed))\b"
    r"|\b(?:was|were|is|been) (?:\w+ )?(?:introduced|caused|made|broken|pushed|deployed|triggered|done) by (?:another|a different|the \w+|some other|an external|an outside|one of our other) (?:\w+ )?(?:team|department|group|division)\b"
    r"|\b(?:the )?(?:fault|mistake|error|failure) of (?:the |our |another |a )?(?:[\w-]+ ){0,2}?(?:team|department|group|colleagues?|management|support|marketing|sales)\b"
)
_SYSTEMS = Pattern(r"\b(?:job|script|process|service|bot|tool|server|worker|system)s?\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if is_not_the_one(document, sentence, found):
        return False
    return not _SYSTEMS.search(document.scan, found.start(), found.end())


RULE = Rule(
    id="BLM-12",
    name="unnamed-culprit",
    category="blame",
    severity="warning",
    message="The adverb carries the blame. Say what the system allowed.",
    better='"the tool deleted the live copy without asking"',
    source="DEK",
    kinds=ALL_KINDS,
    triggers=words(
        "unintentionally accidentally mistakenly inadvertently wrongly carelessly erroneously "
        "unknowingly incorrectly unwittingly negligently someone somebody team department "
        "group division colleague colleagues management support marketing sales"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "An engineer unintentionally deleted the live copy.",
        "She accidentally removed the records.",
    ),
    good=examples(
        "The tool deleted the live copy without asking.",
        "The customer records that accidentally went out held names only.",
        "The developer was mistakenly charged twice.",
        "A background job was mistakenly removing keys.",
        "We accidentally deleted the live copy.",
    ),
)
