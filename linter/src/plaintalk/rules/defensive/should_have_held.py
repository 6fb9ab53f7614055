"""DEF-24: how well it is built, right after it failed: "normally this would not matter"."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching, one_of
from plaintalk.text import Sentence
from plaintalk.vocabulary import GREAT, RUNS, SUPPLIER

_HOLDS: Final = (
    r"(?:prevent|handle|protect|catch|absorb|block|stop|cope|recover|fail over|avoid|survive|withstand|take over|mitigate|deal"
    r"|tolerate|guard|detect|have (?:been |prevented|caught|handled|stopped|protected|absorbed|recovered|worked))\w*"
)
_STRONG: Final = r"(?:robust|resilient|redundant|reliable|fault[- ]tolerant|highly available|secure|scalable|stable|self-healing|safe|efficient|fast|modern)"
_PRAISED: Final = (
    r"(?:experience|service|performance|reliability|scalability|security|quality|uptime|support|level|stability|availability"
    r"|efforts?|jobs?|work|response|teamwork|dedication|record|track record|reputation|standards?|history|engineering|technology)"
)
_PATTERN: Final = Pattern(
    rf"\b(?:normally|usually|typically|ordinarily|under normal \w+|in most cases|in normal \w+),? (?:[\w-]+ ){{1,6}}?(?:would(?: not|n't)?|should|can|is able to|are able to) (?:\w+ )?{_HOLDS}\b"
    r"|\b(?:theoretically|in theory|on paper|in principle),? (?:[\w-]+ ){0,6}?(?:should|shouldn't|would|wouldn't|could not|cannot|must not)\b|\b(?:should|shouldn't|would|wouldn't)(?: not)? (?:theoretically|in theory)\b"
    rf"|\b{RUNS} (?:is|are|was|were|has been|have been) (?:specifically |carefully |explicitly |purposely |intentionally |all )*(?:designed|built|engineered|architected|made|set up|constructed) (?:from the ground up )?(?:to be |for |with )(?:\w+ ){{0,2}}?(?:{_STRONG}|redundancy|resilien\w+|reliability|high availability|failures?|such|this|these)\b"
    r"|\b(?:has|have|had) (?:\w+ ){0,3}?(?:weathered|withstood|survived|coped with|handled) (?:\w+ ){0,3}?(?:such|similar|several|many|much|far|bigger|larger|worse|countless|numerous|previous|these|failures|outages)\b"
    r"|\b(?:has|have|had) (?:\w+ )?(?:been running|been working|run|served us|worked|operated|performed|been rock[- ]solid|been stable|been reliable) (?:\w+ )?(?:flawlessly|perfectly|reliably|well|without (?:any |a )?(?:issues?|problems?|incident|hitch|interruption|failure|fault|trouble)|smoothly|fine|for (?:many |several |over |the last |\d+ |more than )*years)\b"
    r"|\b(?:redundancy|redundancies|failover|backups?|safeguards?|protections?|procedures|contingenc(?:y|ies)(?: plans?)?) (?:\w+ )?(?:was|were|is|are|had been) (?:\w+ )?in place\b"
    r"|\b(?:we|i)(?:'re| are| were|'ve| have| had)? (?:\w+ )?(?:actually |well |always |fully )?(?:prepared|ready|equipped) for (?:\w+ ){0,3}?(?:scenario|such|these|case|kind|eventuality|situation|sort|exactly|failures?|this)\b"
    rf"|\b(?:strive|work|aim|try|always) (?:\w+ )?to (?:maintain|have|keep|ensure|provide|offer|deliver|be) (?:\w+ ){{0,3}}?(?:redundan\w+|{_STRONG}|best|highest|excellent|perfect)\b"
    rf"|\bone of the (?:\w+ )?(?:most (?:\w+ (?:and )?){{1,3}}|best|largest|biggest|finest|leading|top|fastest|safest|strongest|oldest)(?: [\w-]+)? ?(?:{SUPPLIER}|{RUNS}|compan(?:y|ies)|teams?|names|brands|players)\b"
    rf"|\b(?:good|excellent|solid|strong|great|proven|long|impressive|{GREAT}) (?:track record|reputation|history|record|pedigree) (?:for|of|in|when|with)\b|\btrack record (?:for|of|in) (?:\w+ ){{0,2}}?(?:\w*reliab\w+|stability|uptime|availability|security|quality|excellence|safety)\b|\b(?:given|with|despite|considering|proud of) (?:our|the|its|their) (?:\w+ )?(?:track record|reputation|uptime record)\b"
    rf"|\b{GREAT},? (?:(?:and |, )?[\w-]+,? ){{0,3}}?{_PRAISED}\b(?! (?:is|are) (?:no|not))"
    r"|\b(?:best|highest|finest) (?:possible |available |quality )(?:\w+ ){0,2}?(?:service|performance|experience|support|product|platform|care|quality|hosting|protection)\b"
    r"|\b(?:leading|renowned|respected|reputable|top|premier|world-leading|well-known|highly (?:competent|skilled|qualified|trained|regarded|respected|experienced|reputable)) (?:[\w-]+,? ){0,3}?(?:firms?|experts?|specialists?|technicians|consultants?|consultanc(?:y|ies)|engineers|professionals|providers?|vendors?|compan(?:y|ies)|agenc(?:y|ies)|facilit(?:y|ies))\b|\b(?:providers?|staff|technicians|engineers|people|team|partners?) (?:is|are|were) (?:\w+ )?(?:highly|extremely|very) (?:competent|skilled|qualified|trained|experienced|capable|professional|reliable)\b"
    r"|\b(?:made|make|making) (?:some |very )?(?:significant|considerable|substantial|huge|major|heavy|large|massive|big) investments? in\b|\b(?:have|has|had|'ve) (?:already )?invested (?:heavily|significantly|substantially|a lot|much|millions|considerable)\b"
    r"|\b(?:be|been|get|getting|got|grow|growing|grown|become|becoming|became|so|more|increasingly) (?:\w+ )?(?:more )?popular(?:ity)?\b(?=[^.]{0,60}\b(?:attacks?|load|traffic|problems?|issues?|demand|slow\w*|strain|growing|servers?|pains)\b)"
    r"|\bvictims? of (?:our|its|their) own success\b|\b(?:overwhelming|incredible|tremendous|amazing|wonderful|huge|enormous|phenomenal|fantastic|exciting|great|overwhelmingly positive|massive) (?:success|popularity|response|demand|growth|interest|support|reception|news|feedback|enthusiasm|influx|turnout)\b"
    r"|\b(?:they|provider|host|data ?cent(?:er|re)|vendor) (?:\w+ )?(?:carry out|perform|conduct|run|do|test|undertake)s? (?:\w+ ){0,3}?(?:tests?|checks|maintenance|inspections|generators?|drills)(?: \w+){0,4} (?:regularly|on a regular basis|every (?:week|weekend|month|day)|weekly|monthly|daily|routinely)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:not|n't|never|less than|hardly|nor|no|more|should be|must be|to be|without|if|need|needs|want|wanted|hire|becom\w+|your|appreciat\w+|grateful|for (?:the|your)) (?:\w+ )?\Z|less-than-\Z"
)
_NOT_IN: Final = Pattern(
    r"\b(?:your (?:patience|support|understanding|feedback|help)|thank(?:s| you) (?:for|to (?:you|all|everyone|everybody|our (?:users|customers|community)))|we are not proud|short of|failed to (?:meet|live up)|community|fell short)\b"
)


# Whom a company called in after a break-in is a fact of the matter.
_ENGAGED: Final = Pattern(
    r"\b(?:engaged|retained|hired|assistance of|help of|called in|consulted|appointed|commissioned) (?:an? |the |two |several )?\Z"
)
_FAILED: Final = Pattern(r"[^.;]{0,40}\b(?:failed|did not work|didn't work)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.find(_NOT_IN, sentence) or document.scan[sentence.end - 1] == "?":
        return False
    if "designed" in found.group() and follows(document, sentence, found, _FAILED, 80):
        return False
    if before(document, sentence, found, _ENGAGED, 40):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 24)


_AS_MEANT = Pattern(
    r"\b(?:did|does|worked|behaved|acted|performed|functioned|responded|reacted|kicked in|ran|operated|held|stepped in|took over) (?:\w+ ){0,2}?(?:exactly |just |precisely )?(?:(?:as|what|like) (?:it|they|he|she|we|was|were)? ?(?:was |were |had been |is |are )?(?:\w+ )?(?:designed|intended|meant|supposed|told|built|trained|asked))\b"
    r"|\b(?:for|in|over|with|after) (?:over |more than |nearly |almost |well over |the (?:last|past) |our )?(?:\d+|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|many|several) (?:\w+ )?(?:years?|decades?)(?: (?:now|of (?:service|operation|experience|business|trading|history)))?,? (?:we(?:'ve| have)? (?:never|always|been|delivered|served|had no|not had|prided|kept our|enjoyed|provided)|and (?:never|have never|pride)|(?:without|with no|with hardly) )"
    r"|\b(?:we|i|our \w+)(?:'ve| have| has)? (?:always )?been (?:doing this|in business|here|around|serving \w+|running this|open|trading|delivering|baking|teaching|at it)(?: \w+){0,4} (?:for|since) \b|\b(?:has|have) (?:delivered|provided|offered|enjoyed|maintained|kept|achieved|served|had) (?:[\w-]+ ){0,4}?(?:uptime|availability|service|reliability|record|performance|quality|customers|support) (?:for|since|over|throughout|without)\b"
    r"|\b(?:never|not once|hardly ever|rarely) (?:\w+ )?(?:miss(?:ed|ing)?|lost|losing|failed|failing|dropped|let (?:anyone|anybody|a customer) down|had (?:a|an|any|such|so much as)|experienced|happened|been late)(?: \w+){0,4}(?: (?:before|until now|in (?:\d+|an?|all|our|the|many|over|more|two|three|ten)|since|so far|yet))\b|\b(?:on|of) never (?:missing|losing|failing|dropping|being)\b"
    r"|\b(?:well |still |comfortably |far )?(?:within|below|inside|under|above) (?:our |the |all )?(?:contractual |agreed |contracted |guaranteed |promised |published ){1,2}(?:service )?(?:levels?|limits?|terms|times?|targets?|slas?|uptime|availability|thresholds?)\b|\b(?:well )?within (?:our |the )?(?:service level agreement|slas?|service levels)\b|\bbest kind of problem\b|\b(?:a )?(?:nice|good|luxury|great|happy) problem to have\b"
)


_BUT_NOT = Pattern(
    r"\b(?:but|however|yet|although|until|not|n't|wrong|since then|now|no longer|should)\b"
)


def _keep_as_meant(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether it is said for its own sake, and leads to nothing that went wrong."""
    if document.find(_NOT_IN, sentence):
        return False
    if found.group().endswith("to have") and document.find(_NO_EXCUSE, sentence):
        return False
    return _BUT_NOT.search(document.scan, found.end(), sentence.end) is None and not before(
        document, sentence, found, _DID_NOT, 16
    )


_NO_EXCUSE = Pattern(
    r"\b(?:would|could|might|may|(?:not|n't|hardly|scarcely)(?: \w+){0,2} (?:nice|good|luxury|great|happy) problem|we (?:failed|did not|didn't|planned|should)|no excuse|for us,|our fault)\b"
)
_DID_NOT = Pattern(r"\b(?:not|n't|never|neither|nor) (?:\w+ )?\Z")


RULE = Rule(
    id="DEF-24",
    name="should-have-held",
    category="defensive",
    severity="warning",
    message="It failed, so its merits argue with the reader. Say why it did not hold this time.",
    better='"the second copy had been full since 3 March, and nothing watched it"',
    source="SEED",
    triggers=words(
        "normally usually typically ordinarily normal theoretically theory paper principle designed built "
        "engineered architected weathered withstood survived coped handled flawlessly perfectly reliably "
        "well without smoothly years place prepared ready equipped maintain redundant redundancy "
        "one track reputation record history pedigree unrivaled unrivalled unparalleled unmatched "
        "unbeatable unsurpassed world exceptional outstanding stellar superb superior class industry "
        "market first top rock bulletproof excellent fantastic amazing incredible tremendous "
        "phenomenal remarkable impeccable enviable legendary heroic valiant herculean mighty "
        "magnificent brilliant enterprise state cutting best highest finest leading renowned "
        "respected reputable premier highly extremely very investments investment invested popular "
        "popularity success overwhelming overwhelmingly wonderful huge enormous exciting great massive "
        "regularly regular every weekly monthly daily routinely bullet solid did does worked behaved acted performed functioned responded reacted kicked ran operated held stepped years year decade decades been delivered provided offered enjoyed maintained kept achieved served never once rarely missing within below inside under contractual agreed sla slas problem doing"
    ),
    look=one_of(matching(_PATTERN, _keep), matching(_AS_MEANT, _keep_as_meant)),
    bad=examples(
        "The alarm did exactly what it was told to do.",
        "For eleven years we have never been late before.",
        "We have been baking for three generations.",
        "This is well within our contractual limits.",
        "It was a luxury problem to have.",
        "Normally the second disk would take over at once.",
        "In theory a full queue should not stop the shop.",
        "Our platform is designed to be highly available.",
        "It has run without any problems for years.",
        "The data centre is one of the most modern facilities in the country.",
        "Given our track record, this came late.",
        "Bringing it back within a day was a fantastic effort.",
        "We were well prepared for such a case.",
    ),
    good=examples(
        "We retained a leading security firm on 3 May; its report is below.",
        "The alarm worked as designed, but nobody was listening.",
        "Too many guests would be a nice problem to have.",
        "A full hall is a nice problem to have, and we did not plan for it.",
        "For two years we kept only one copy.",
        "The second copy had been full since 3 March, and nothing watched it.",
        "Normally, exports run at night.",
        "Thank you for your great support.",
        "Everything has been running without errors since 14:24 UTC.",
        "One of the two servers was full.",
    ),
)
