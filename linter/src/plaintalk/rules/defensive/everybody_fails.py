"""DEF-23: that failure is everybody's lot: "all networks have outages"."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching, one_of
from plaintalk.text import Sentence
from plaintalk.vocabulary import GIANT

_THING: Final = (
    r"(?:networks?|systems?|services?|providers?|companies|company|software|sites?|websites?|platforms?|hosts?|servers?|disks?"
    r"|(?:hard )?drives?|hardware|machines?|computers?|databases?|apps?|businesses|technolog(?:y|ies)|products?|code|cables?|isps?|power grids?)"
)
_TROUBLE: Final = r"(?:outages?|downtime|incidents?|failures?|problems?|issues?|disruptions?|interruptions?|bugs|hiccups|bad days?|breaches)"
_HAS: Final = r"(?:have|has|had|having|experience[sd]?|suffer(?:s|ed)?|see|saw|face[sd]?|go(?:es)? through|encounter(?:s|ed)?)"
_PATTERN: Final = Pattern(
    rf"\b(?:all|every|any|most|each|many|no) (?:[\w-]+ ){{0,2}}?{_THING} (?:\w+ )?(?:will |can |do |does |must |may )*(?:\w+ )?(?:{_HAS} (?:\w+ ){{0,3}}?{_TROUBLE}|fails?|crash(?:es)?|break(?:s)?(?: down)?|go(?:es)? (?:down|wrong)|wears? out|dies?)\b"
    rf"|\b{GIANT}(?:'s \w+)? (?:{_HAS}|went|was) (?:\w+ ){{0,4}}?(?:{_TROUBLE}|down|offline)(?: \w+){{0,2}}? (?:last|this|earlier|just|only|recently|a few)\b"
    rf"|\b{GIANT}(?:,? (?:and |or )?{GIANT})+(?: \w+){{0,3}}? (?:{_HAS}|went|go|fail\w*|been|were|are) (?:\w+ ){{0,4}}?(?:{_TROUBLE}|down|offline|hit|affected)\b"
    rf"|\b(?:if |when )?even (?:the )?(?:likes of )?{GIANT}\b"
    rf"|\b(?:largest|biggest|best|leading|top|major|most advanced) (?:[\w-]+ ){{0,5}}?(?:in the world|on the planet|on earth|in the industry|worldwide)(?: [\w,]+){{0,7}}? {_HAS} (?:\w+ )?{_TROUBLE}\b"
    r"|\b(?:outages?|failures?|downtime|incidents?|they|these|it|this|that|such \w+|everything|mistakes|bugs|problems|accidents|errors)(?: [\w-]+){0,3}? (?:can|could)(?:not|'t|n't| not| never) (?:\w+ )?(?:always |be |completely |entirely |fully |totally |wholly |ever |all )*(?:avoided|prevented|eliminated|ruled out|foreseen|excluded)\b"
    rf"|\b(?:is|it's|are|that's) (?:\w+ )?(?:normal|common|usual|natural|typical|expected|inevitable|quite common|not (?:uncommon|unusual|unheard of)) (?:for|that|when|with) (?:[\w-]+ ){{0,3}}?{_THING} (?:to |will |can |do |sometimes )*(?:fail|crash|break|go|die|have|experience|behave|become|wear)\w*"
    r"|\b(?:nobody|no one|no-one|nothing|none of us) (?:is|are) (?:\w+ )?(?:safe|immune|perfect|infallible|spared|bulletproof|100 ?%)\b"
    rf"|\b(?:outages|failures|incidents|interruptions|problems|they|these|bugs)(?:, [^.;,]{{0,40}},)? (?:will |do |can |may )*(?:still |only |always |very )*(?:rarely |seldom |sometimes |occasionally |inevitably )(?:do |still |will )*(?:occur|happen|arise|strike)\b"
    r"|\b(?:they|these|it|outages|failures|things) (?:do|will|can|does)(?: still| always| sometimes| unfortunately| just)* (?:occur|happen)\b(?! (?:again|if|when|at|on|in|before|after|during|only|to|for|because|once))"
    r"|\b(?:most|more|very|quite|extremely) (?:common|frequent|typical|usual) (?:cause|reason|source|kind|type|symptom)s? (?:of|for) (?:\w+ )?(?:downtime|outages?|failures?|slowness|problems)\b"
    rf"|\b(?:is|are|was|were) (?:a |an |the |considered |pretty |quite |very |fairly )*(?:industry[- ])?(?:standard|common|normal|usual|typical|customary|commonplace|par for the course)(?: (?:practice|procedure|setup|thing|way|feature|behaviou?r))? (?:for|in|among|across|at|on|with) (?:\w+ ){{0,4}}?(?:{_THING}|industry|sector|field|business|world|environments?|systems?|storage|hosting)\b"
    r"|\b(?:as|in line|consistent|in accordance|according|per|following) (?:with |to |per )?(?:all |our |the |industry |general )*(?:best|standard|industry|established|accepted|good) practices?\b"
    r"|\b(?:have|has|had|was|were|been|and|we|they|team|teams|staff|technicians|engineers|crew|people|colleagues|everyone) (?:\w+ )?(?:followed|adhered to|complied with|followed all|obeyed|observed) (?:all |every |the |our |their |established |standard |proper |correct |agreed |documented |these |those )*(?:procedures?|guidelines|protocols?|processes|best practices|rules|polic(?:y|ies)|instructions|standards|steps)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:whether|if|when|before|until|so that|alerts?|not|n't|should|ensure|make sure|from|where|in case)(?: [\w-]+){0,3} \Z"
)
_NOT_IN: Final = Pattern(
    r"\b(?:should have|we failed to|no excuse|did not follow|didn't follow|if you|we (?:now (?:expect|assume|plan for)|assume|plan for) that|affected (?:all|every|most)|please)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.find(_NOT_IN, sentence) or document.scan[sentence.end - 1] == "?":
        return False
    if found.group().startswith(("if even", "when even")):
        return True
    return not before(document, sentence, found, _NOT_BEFORE, 40)


_EVERYWHERE = Pattern(
    r"\b(?:attacks?|breaches|scams|ransomware|fraud|phishing|incidents|threats?|outages|spam|criminals|hackers?) (?:[\w']+ ){0,4}?(?:have|has|are|is|were) (?:[\w']+ ){0,2}?(?:increas\w+|risen|rising|grown|growing|on the (?:rise|increase)|(?:more|increasingly|ever more|all too|very|becoming) (?:\w+ )?(?:common|frequent|sophisticated|widespread|prevalent|advanced|complex|aggressive)|everywhere|soared|exploded|targeting|targeted|hit|affecting|plagued?|a (?:fact|reality|problem for))\b"
    r"|\b(?:like|as (?:with|is the case (?:with|for))|along with|similar to|as have) (?:so )?(?:many|most|other|countless|numerous|thousands of|hundreds of|several|all) (?:other )?(?:[\w-]+ ){0,2}?(?:companies|organi[sz]ations|businesses|shops|schools|hospitals|banks|firms|institutions|providers|sites|services|others|retailers|universities|councils|customers of)\b"
    r"|\b(?:many|most|other|countless|numerous|thousands of|hundreds of|several) (?:other )?(?:[\w-]+ ){0,2}?(?:companies|organi[sz]ations|businesses|shops|schools|hospitals|banks|firms|institutions|providers|retailers|universities) (?:[\w-]+ ){0,2}?(?:(?:were|are|have been|had been) (?:\w+ )?(?:also|too|similarly|hit|affected|targeted|attacked|in the same|facing|struggling|down|offline|victims?)|fell|fall|suffered|face|faced|also)\b"
    r"|\b(?:highly |very |extremely |increasingly |unusually )?(?:sophisticated|advanced|determined|well-funded|state-sponsored|professional|highly skilled|unprecedented) (?:and \w+ )?(?:cyber[- ]?)?(?:attack|attacks|attackers?|criminals?|intrusion|operation|group|gang|hackers?|threat actors?|actors?|phishing|campaign|malware|scheme)\b"
    r"|\b(?:across|throughout|in) (?:the|our) (?:whole |entire )?(?:industry|sector|trade|profession|market|country|world)\b(?=[^.]{0,60}\b(?:same|similar|also|too|face|struggl\w*|problem|attacks?|shortage|trend)\b)|\b(?:industry|sector|nation|country|world|europe|region)-?wide (?:\w+ )?(?:problem|issue|trend|shortage|outage|phenomenon|challenge|attack)\b|\b(?:nobody|no one|no (?:company|business|organi[sz]ation|shop|school|bank)) is (?:\w+ )?(?:safe|immune|spared)\b"
    r"|\b(?:in|during|because of|given|despite) (?:these|this|the current|today's|such) (?:\w+ )?(?:difficult|challenging|unprecedented|uncertain|turbulent|busy|extraordinary|exceptional|hectic|stormy) (?:times?|circumstances|season|situation|climate|period|conditions|environment)\b|\b(?:global|worldwide|ongoing) (?:pandemic|chip shortage|shortages?|crisis|supply)\b"
    r"|\bany(?:one|body| other [\w-]+|(?: [\w-]+)? in our (?:place|position|trade|shoes)| (?:\w+ )?(?:operator|company|business|shop|provider|team|bank|school|hospital|network))(?: else)? would have (?:been|had|done|failed|struggled|reacted|found)\b|\b(?:nobody|no one|no-one|few)(?: \w+){0,3} (?:had|has|have|could have) (?:ever )?(?:seen|expected|experienced|foreseen|encountered|imagined)\b|\beven the (?:best|most|strongest|biggest|safest)(?:-| )\w+"
)


_OWN_UP = Pattern(
    r"\b(?:no excuse|is not an excuse|not an excuse|our (?:own )?(?:mistake|fault|responsibility)|we should have|we (?:now|have) (?:added|moved|set|limited|replaced|require))\b"
)


def _keep_everywhere(document: Document, sentence: Sentence, _: Match) -> bool:
    return document.find(_OWN_UP, sentence) is None and document.scan[sentence.end - 1] != "?"


RULE = Rule(
    id="DEF-23",
    name="everybody-fails",
    category="defensive",
    severity="warning",
    message="Others fail too, but readers lost time with you. Say what failed here, and what changes.",
    better='"one disk held all mail; mail now lies on two"',
    source="SEED",
    triggers=words(
        "all every any most each many no google amazon aws facebook meta microsoft apple netflix "
        "twitter azure cloudflare github gmail youtube slack whatsapp largest biggest leading top "
        "major avoided prevented eliminated normal common usual natural typical expected inevitable "
        "uncommon unusual nobody nothing none rarely seldom sometimes occasionally inevitably occur "
        "happen standard customary commonplace practice practices followed adhered complied "
        "obeyed observed attack attacks breaches scams ransomware fraud phishing incidents threat threats outages criminals hackers hacker like along similar have countless numerous thousands hundreds several other sophisticated advanced determined funded sponsored professional skilled unprecedented across throughout industry sector nation country europe region difficult challenging uncertain turbulent busy extraordinary hectic stormy pandemic shortage shortages crisis global worldwide anyone anybody even nobody no few"
    ),
    look=one_of(matching(_PATTERN, _keep), matching(_EVERYWHERE, _keep_everywhere)),
    bad=examples(
        "Any other bakery would have been hit the same way.",
        "Attacks on bakeries have become increasingly common.",
        "Like many other shops we were caught out.",
        "We were the victim of a sophisticated attack.",
        "Nobody is immune.",
        "In these challenging times things go wrong.",
        "All networks experience outages.",
        "Google and Facebook have had long outages this year.",
        "Such failures can never be completely avoided.",
        "It is normal for hard drives to fail.",
        "If even Google can go down, nobody is safe.",
        "Our technicians followed all established procedures.",
        "This is standard practice in the hosting industry.",
    ),
    good=examples(
        "Many other shops were closed; that is no excuse.",
        "Attacks on the sign-in page stopped at 10:04 UTC.",
        "One disk held all mail; mail now lies on two.",
        "All systems are operating normally.",
        "The error was most common in the mobile app.",
        "Our staff did not follow the procedure, because it was not written down.",
        "We now assume that every disk fails, and keep each file on three.",
    ),
)
