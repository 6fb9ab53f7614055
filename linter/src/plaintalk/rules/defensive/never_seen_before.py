"""DEF-22: that nobody had seen or could see it: "this had never occurred before"."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_SEEN: Final = (
    r"(?:encountered|seen|experienced|witnessed|come across|met|observed|dealt with|anticipated|foreseen|faced|imagined|predicted"
    r"|heard of|suspected)"
)
_FIND: Final = (
    r"(?:detect|diagnos|find|filter|reproduc|replicat|troubleshoot|identif|trac|debug|isolat|locat|understand|block|pinpoint"
    r"|spot|notic|recogni[sz]|resolv|predict|anticipat|foresee|see|tell|narrow|test|mitigat|determin)\w*"
)
_HARD: Final = r"(?:hard|harder|difficult|challenging|impossible|tricky|tough|nearly impossible)"
_PATTERN: Final = Pattern(
    rf"\b(?:never|not|n't|nobody|no one|none of us)(?: \w+){{0,2}}? (?:ever |previously )?{_SEEN}(?: \w+){{0,4}}? (?:before|previously|until (?:now|today|then)|to date|in (?:our|the) (?:\w+ )?(?:history|years|time)|in all)\b"
    rf"|\b(?:not one|nothing|something|one|error|failure|type|kind|sort|mode|state|case|bug|issue|behaviou?r|load|size|scale|combination)(?: \w+){{0,3}}? (?:we'd|we had|we've|we have|i'd|i had|anyone had|nobody had) (?:never |not |ever )*{_SEEN}\b"
    rf"|\b(?:was|were|had) (?:not|never) (?:been )?(?:anticipated|foreseen|foreseeable|predicted|predictable)\b|\bunanticipated\b"
    r"|\b(?:due to|because of|caused by|owing to|by|to|with|some|an|encountered|ran into|hit|were|was) unforeseen\b"
    rf"|\b(?:making|made|makes|make|which makes) (?:it|this|them|that|the \w+|things|diagnosis|detection|debugging) (?:\w+ )?{_HARD}(?: for (?:\w+ ){{1,3}}?)?(?: to (?:\w+ (?:and )?)?{_FIND})?\b"
    rf"|\b(?:was|were|is|are|proved|proven)(?: \w+)? (?:very|extremely|exceptionally|incredibly|notoriously|particularly|unusually|inherently) {_HARD} to (?:\w+ )?{_FIND}"
    r"|\bno [\"'“]?(?:quick|easy|simple|magic|instant|silver)[\"'”]? ?(?:fix|fixes|solution|answer|remedy|bullet|cure|way out)\b"
    r"|\b(?:isn't|is not|wasn't|was not|never) an? (?:easy|small|simple|trivial|straightforward) (?:task|feat|undertaking|thing|job|matter|problem|challenge)\b|\b(?:no|not an?) (?:easy|small|mean|trivial) (?:task|feat|undertaking|matter)\b"
    r"|\b(?:isn't|is not|wasn't|was not|not) (?:much|a lot|anything|a whole lot) (?:else |more |that )?(?:we |i |one |anyone )?(?:can |could )?(?:to )?do\b"
    r"|\b(?:sit|sitting|wait|waiting) (?:and wait|it out|around for (?:them|our))\b"
    r"|\bhindsight(?:,? (?:is|being|always|as they say))+\b|2(?<=\b2)0[/-]20\b"
    r"|\b(?:regrettable|unfortunate|regrettably|unfortunately) (?:\w+ ){0,5}?(?:but )?(?:under the circumstances )?(?:unavoidable|inevitable|necessary evil)\b|\bunder the circumstances\b"
    r"|\b(?:worst|every \w+'s|our) nightmare\b|\bnightmare (?:scenario|for (?:any|every|us))\b"
    r"|\b(?:avoid|prevent)\w*(?: \w+){0,4} (?:is|was) (?:simply |just |currently |really |unfortunately )*(?:not|never)(?: \w+)? possible\b"
    rf"|\b(?:none|nothing|no (?:action|measures?|recommendations?|steps?|changes?)),? (?:as |because |since |for |is |are |was |needed |required |possible )*(?:this|it|the \w+|that)(?: \w+){{0,2}}? (?:was|is|lies|lay|sits|occurred|happened)(?: \w+){{0,3}}? (?:vendors?|providers?|suppliers?|carriers?|third)\b"
    r"|\b(?:but|only|however)? ?(?:this|that) (?:one |time |case |outage |failure )?was different\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:if|whether|in case|when|should|guard against|for|against|handle|other|any|further|future|that might be|may be) (?:\w+ )?\Z"
)
_OWNED: Final = Pattern(
    r"\b(?:we should have|should have (?:caught|known|seen|tested|been)|our (?:own )?(?:mistake|fault|oversight)|no excuse|we failed|because we|we had no (?:alarm|graph|check|test))\b"
)
_CHANGED: Final = Pattern(
    r"\b(?:now|will|we (?:have )?(?:changed|added|moved|set|limited)|change|to|would|by|new|limit|check) (?:\w+ ){0,6}?\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.find(_OWNED, sentence) or document.scan[sentence.end - 1] == "?":
        return False
    # "Our hand-built servers make it hard to see faults" is said against ourselves.
    if found.group().startswith(("make", "which makes")):
        return False
    if found.group().startswith("ma") and before(document, sentence, found, _CHANGED, 60):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 24)


RULE = Rule(
    id="DEF-22",
    name="never-seen-before",
    category="defensive",
    severity="warning",
    message="New to you is no excuse to those it hit. Say what was missing, and what is there now.",
    better='"no alarm watched this disk; one does now"',
    source="SEED",
    triggers=words(
        "never not nobody none one nothing before previously until encountered seen experienced "
        "witnessed anticipated foreseen predicted unanticipated unforeseen hard harder difficult challenging "
        "impossible tricky tough quick easy simple magic instant silver small trivial mean much lot "
        "anything wait hindsight circumstances unavoidable inevitable nightmare possible different"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Such a fault had never been seen before.",
        "This was an error that we had never encountered.",
        "The load came from many places, making it hard to filter.",
        "There is no quick fix for a full disk.",
        "For now there is not much to do but sit it out.",
        "Moving a live database is no small feat.",
    ),
    good=examples(
        "No alarm watched this disk; one does now.",
        "The new limit makes it hard to fill the disk by mistake.",
        "We had never tested this case, and we should have.",
        "Your files were not seen by anybody else.",
    ),
)
