"""MIN-17: the harm is weighed, and found to be light."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import EVERYWHERE, Rule, before, examples, matching
from plaintalk.text import Sentence

_HARM: Final = r"(?:damage|loss(?:es)?|effects?|impact|harm|consequences?|trouble|disruption|outage|fault|failure|delays?|incident|interruption|inconvenience|problem|issue|matter|disturbance|breakdown|leak|error|blackout|situation|hit|blow|data)"
_LIGHT: Final = r"(?:insignificant|negligible|trivial|bearable|tolerable|manageable|acceptable|harmless|minor|minimal|slight|modest|small|tiny|marginal|mild|gentle|light|cosmetic|trifling|petty|benign|contained|moderate|inconsequential|immaterial|superficial|of (?:low|little|no|minor|limited|marginal) (?:value|importance|consequence|significance|relevance|interest|note)|nothing (?:serious|dramatic|much|grave|major|bad)|not (?:that |so |too |very |really |particularly |especially |all that )(?:bad|serious|dramatic|grave|severe|important|critical|terrible|tragic|dire|big))"
_HIT: Final = r"(?:affected|hit|touched|concerned|lost|delayed|failed|closed|unavailable|down|impacted|interrupted|missing|wrong|damaged|cut off|without|late|disrupted|broken|declined|rejected|stuck|exposed|out of (?:order|service|action)|stopped|offline|slow|flooded|gone|turned away|cancelled)"
_COUNT: Final = r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|half|a quarter|a third|one (?:quarter|third|half))"
_PATTERN: Final = Pattern(
    # Only, merely, a mere.
    rf"\b(?:only|just|merely|barely|no more than|not more than|not even|little more than|hardly more than) (?:about |around |some |roughly |the |every )*{_COUNT}(?: ?%| per ?cent)? (?:of )?(?:[\w'-]+ ){{0,6}}?(?:was|were|is|are|got|had been|have been|has been|went|experienced|suffered) (?:[\w-]+ ){{0,2}}?{_HIT}\b"
    rf"|\b(?:affected|hit|touched|concerned|lost|lasted|cost|involved) (?:only|just|merely|barely|no more than|little more than) (?:about |around |some |roughly |the )*(?:{_COUNT}\b|few\b|part\b)"
    rf"|\ba (?:mere|bare|paltry|meagre|scant) (?:{_COUNT}|handful|fraction|few)\b"
    r"|\b(?:merely|simply|purely|just) (?:the |an? |our |one |some )(?:[\w-]+ )?(?:display|screen|look|colour|label|side ?effect|matter of|question of|detail|formality|nuisance|spelling|appearance|symptom|trifle|precaution)\b"
    r"|, (?:no more|nothing more|that is all|that's all|that was all|no worse)\b(?= ?[.!;])|\bno more than (?:an? |one )?(?:quarter|third|half|tenth|handful|nuisance|annoyance|ripple|footnote|fraction)\b"
    # Hardly noticed, not much happened.
    rf"|\b(?:hardly|scarcely|barely|not really|not much|not overly|little|a little|a bit|a touch|somewhat|only slightly|hardly anyone|hardly anybody|few people|most people|most of you|most users|most customers|nobody really|no one really) (?:\w+ )?(?:noticed?|noticeable|touched|affected|felt|matter(?:s|ed)?|shows?|showed|happened|suffered|disturbed|bothered|troubled|perceptible|visible|worth|minded|changed|hurt|missed|were (?:awake|online|shopping|using))\b|\bnot much (?:\w+ )?(?:happened|was lost|harm|damage|changed|to (?:report|see|tell))\b|\bhow little\b|\b(?:would|will|must|may|might) (?:have )?(?:had )?(?:to )?(?:look(?:ed)?|look) (?:very |really |quite )?(?:closely|hard|twice|carefully) to (?:notice|see|spot|find)\b|\b(?:few|no|hardly any|barely any|relatively few|very few|not many|next to no|only a few) (?:\w+ )?(?:complain(?:ts?|ed)|calls came|people complained|customers complained|tickets came)\b(?=[^.]{{0,60}}(?:shows?|proves?|speaks?|little|came in|suggests?))"
    rf"|\b(?:off|wrong|late|slow|slower|annoying|unpleasant|inconvenient|uneven|out) (?:by )?(?:only |just )?(?:a (?:bit|little|touch|tad|hair|whisker|trifle|shade)|perhaps a little)\b|\? (?:a little|a bit|slightly|hardly|not really|less bad|not much|barely|not very)\b|\bless bad than\b|\b(?:not|n't|never) (?:as|so|nearly as|half as|quite as) (?:bad|dramatic|serious|grave|severe|terrible) as\b"
    # No drama, nobody died.
    r"|\b(?:no|hardly an?|scarcely an?|not an?|not exactly an?|far from an?|anything but an?|hardly the) (?:great |big |real |major |true |national |huge )*(?:drama|disaster|tragedy|catastrophe|crisis|big deal|emergency|calamity|cause for (?:alarm|panic|concern)|reason to panic|apocalypse|biggie|end of the world|cataclysm)\b|\bnot the end of the world\b|\bnobody (?:has )?(?:died|was killed|got killed|perished|lost (?:his|her|their) life)\b(?= ?[.!,])|\bno (?:lives|life) (?:were|was) (?:lost|in danger|at risk)\b(?=[.!])|\b(?:could|might) (?:easily |well )?have been (?:much |far |a lot |so much )?worse\b|\bat no (?:point|time|moment) (?:\w+ )?(?:did|was|were|has|had|become|became) (?:it |this |the situation |things |the \w+ )?(?:\w+ )?(?:critical|serious|dangerous|threatening|dramatic|alarming|grave|severe|a problem)\b|\b(?:storm in a (?:teacup|glass)|tempest in a teapot|mountain out of a molehill|molehills?|much ado about|drop in the (?:ocean|bucket)|small potatoes|peanuts|chicken feed|a flea ?bite|pinprick|child's play|teething (?:troubles|problems)|growing pains|bump in the road|ripple|footnote|side ?show|drop in the sea|rounding (?:error|difference|mistake)|flash in the pan|water under the bridge|fuss about (?:nothing|little)|a lot of noise|blown (?:up )?out of (?:all )?proportion|inflated by|dramati[sz]ed by|first-world problem|luxury problem|no harm done|all's well|worse things happen|life goes on|part of life)\b"
    # As harm goes, it was on the gentle side.
    rf"|\b(?:the |this |that |our |its |their |any |such |all )(?:[\w'-]+ ){{0,4}}?{_HARM} (?:of (?:[\w'-]+ ){{1,3}}?|(?:on|to|in|at) (?:[\w'-]+ ){{1,3}}?|concerned |involved |in question |lost |caused )?(?:was|were|is|are|remained|remains|stayed|proved|seems?|turned out(?: to be)?|amounts? to|can be called|has been|have been),? (?:[\w-]+,? ){{0,4}}?(?:(?:on the )?{_LIGHT}(?: side)?|within (?:limits|bounds|reason)|kept (?:within|to)|easily (?:borne|absorbed|overcome|dealt)|quickly forgotten|no great)\b|\bon the (?:gentle|mild|small|short|light|low|harmless|quiet) (?:side|end)\b|\bas (?:outages|incidents|failures|leaks|delays|such things|these things|breakdowns|power cuts) go\b|\b(?:confined|limited|restricted) itself to\b|\bso-called (?:[\w-]+ )?(?:outage|blackout|crisis|leak|disaster|failure|incident|breach|chaos|breakdown|scandal|catastrophe|hack|data loss|problem)s?\b|\b(?:outage|blackout|crisis|leak|disaster|chaos|breach|failure|scandal),? if (?:one|you|that|we|it) (?:can|could|may|must|want\w*|wish\w*|call\w*|deserves?|is)\b|\bif (?:you|one) (?:can|could|may) (?:even |really )?call it (?:that|an?)\b"
    r"|\b(?:vanished|passed|disappeared|gone|over|resolved|fixed|back) (?:almost )?(?:as (?:quickly|fast|soon|suddenly) as(?! (?:possible|we|our|the team|they|i)\b)|before (?:anyone|anybody|most|many|you)|in (?:no time|a flash|a jiffy|the blink|a heartbeat|next to no time))\b|\b(?:aside|apart|other than|except|save) (?:from|for)? ?(?:that|this),? (?:\w+ ){1,4}?(?:success|fine|perfect\w*|smooth\w*|well|normal\w*|great|good|triumph|flawless\w*|excellent)\b|\b(?:although|though|while|even if) [^.;]{1,60}, (?:the (?:quality|rest|remaining \w+|others?|vast majority|majority|service|bulk)|most|all other|everything else|those) (?:[\w-]+ ){0,7}?(?:excellent|fine|perfect\w*|smooth\w*|flawless\w*|unaffected|good|great|outstanding|as usual|impeccable)\b|\bfor (?:most|the majority|the vast majority|almost all)(?: of (?:you|them|our \w+))?,? (?:[\w-]+ ){1,5}?(?:did the (?:job|trick)|worked|sufficed|was (?:fine|enough)|made no difference|nothing changed|carried on|was a non-event)\b|\bwhat (?:is|are|was|were|'s) (?:an?|one|two|a few|a couple of) (?:[\w-]+ ){1,4}?(?:an? (?:day|year|week|lifetime)|among|between|against|compared|in (?:a|the))\b|\b(?:if one|if you|when you|taken over|seen over|measured over|averaged over|spread over|over) (?:count\w*|consider\w*|look\w*|the|a|all)? ?(?:the )?(?:whole |entire |full )?(?:year|decade|quarter|month|lifetime)s?,? [^.]{1,60}?\b(?:hardly|scarcely|barely|nothing|little|small|negligible|not|tiny|drop)\b|\bin (?:truth|reality|fact|practical terms|practice|the end|the grand scheme|the great scheme|the scheme) [^.]{0,40}?\b(?:nothing|little|hardly|rounding|small|trifle|storm|harmless|molehill|minor|no)\b|\blooked (?:more|worse|far more|much more) (?:dramatic|serious|terrible|alarming|frightening) than\b|\blooked (?:dramatic|worse|bad|terrible)\b[^.]{0,40}\b(?:was|is) (?:in (?:truth|fact|reality)|actually|really|only|just|merely)\b|\bthan it (?:felt|sounded|may have felt|might have felt)\b|\bsounds? (?:far |much )?(?:worse|more \w+) than\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:not|n't|never|no|longer|worse|neither|although|felt) (?:\w+ )?\Z"
)
_GRAVE: Final = Pattern(
    r"\b(?:but (?:those|for (?:them|those|the)|that is|each|they)|which is \d|we should have|it was nearly|were hit hardest|no other|it felt longer|worse than it|and it is the only|enough for|nobody was hurt|(?:is|was) no (?:comfort|excuse)|does not make it|cannot be|please|wages among|for whom|we (?:called|wrote|said))\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.find(_GRAVE, sentence):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 14)


RULE = Rule(
    id="MIN-17",
    name="weighs-it-lightly",
    category="minimising",
    severity="warning",
    message="Whoever was hit weighs it differently. Say what happened, to how many, for how long.",
    better='"61 of 240 shops could not take cards for 40 minutes"',
    source="SEED, QNT",
    roles=EVERYWHERE,
    triggers=words(
        "about alarm alarming all although anybody anyone apart apocalypse aside averaged back bad bare barely biggie bit bite blackout blow breach breakdown "
        "bridge bucket bump calamity calls carried cataclysm catastrophe cause changed chaos chicken child complained complaint complaints concern consequence "
        "consequences cost crisis critical cuts damage danger dangerous data deal delay delays difference disappeared disaster disruption disturbance done "
        "drama dramatic dramatised dramatized drop easily effect effects emergency end enough error even event except fact failure fault few fine fixed flash "
        "fleabite footnote glass go goes gone grave growing hair half happen hardly harm hit if impact incident inconvenience inflated interruption issue "
        "itself job just lasted leak less life little lives look looked loss losses lost low matter meagre measured mere merely might molehill molehills more "
        "most much nearly never no nobody noise nothing ocean only other outage over overly paltry part passed peanuts people perhaps pinprick potatoes "
        "practical practice problem problems proportion purely quite reality really reason resolved ripple rounding save scandal scant scarcely scheme seen "
        "serious severe shade show side sideshow simply situation slightly so somewhat spread sufficed tad taken teacup teething tempest terrible than though "
        "threatening tickets touch tragedy trick trifle trouble truth vanished very well what when while whisker worked world worse"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Only 300 houses were without water.",
        "A mere 2 % of the letters got lost.",
        "Most people hardly noticed.",
        "It was not the end of the world.",
        "At no point was it serious.",
        "The damage to the roof was bearable.",
        "The so-called blackout hit two streets.",
        "As power cuts go, this was a short one.",
        "It was over before anyone noticed.",
        "What is one missed bus in a year?",
    ),
    good=examples(
        "61 of 240 shops could not take cards for 40 minutes.",
        "Only three pumps run tonight; please save water.",
        "The trouble was worse than it looked.",
        "Few people live there, but for them it was the only shop.",
    ),
)
