"""DEF-07: "we take this seriously"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching, one_of
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:tak(?:e|es|en|ing)|took|treat(?:s|ed|ing)?) (?:[\w',-]+ ){0,12}?(?:very |extremely |incredibly |so |this |quite )?seriously\b"
    r"|\b(?:utmost|extreme|great|highest|paramount|of the greatest) (?:seriousness|importance|urgency)\b"
    r"|\b(?:security|privacy|reliability|uptime|trust|stability|availability) (?:is|are|remains|has always been) (?:paramount|sacred|in our dna|everything to us|at the (?:heart|core))\b"
)
_NOT_BEFORE = Pattern(r"\b(?:not|didn't|don't|failed to|should have) \Z")


_MORE = Pattern(
    r"\b(?:will|to|should|must|could|need to|less)\b[^.]*\b(?:more|less) seriously\Z|\bless seriously\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _MORE.search(found.group()):
        return False
    return not before(document, sentence, found, _NOT_BEFORE)


_VALUES = Pattern(
    r"\b(?:recogni[sz]es?|understands?|appreciates?|knows?|acknowledges?|values?) (?:\w+ )?the (?:\w+ )?(?:importance|value|significance|sensitivity|sanctity) of (?:protecting|safeguarding|keeping|maintaining|securing|your|our (?:customers|clients|members|patients)|privacy|data|security|personal|confidential\w*|the (?:privacy|security|confidentiality|information|data|trust))\b"
    r"|\b(?:in|part of|at the (?:core|heart|centre|center) of) (?:our|the company's) (?:dna|culture|identity|values|ethos|everything)\b|\bat the (?:core|heart|centre|center) of (?:what|everything|all) we do\b|\b(?:reliability|quality|security|privacy|safety|trust|service|customers?|excellence|uptime) (?:is|are|has always been|comes) (?:\w+ )?(?:in our dna|what we stand for|our passion|first|everything|part of who we are|second to none|non-negotiable)\b"
    r"|\b(?:does|do|did)(?: not|n't) (?:\w+ )?(?:reflect|represent|meet|match|live up to|align with|correspond to) (?:the |our |who we |what we |how we )(?:\w+ )?(?:standards?|values|usual|high|quality|are|company|commitment|brand|normally|stand for|principles|service|experience you|level)\b|\b(?:is|are|was) not (?:who we are|what we stand for|how we (?:do|work|operate|treat)|typical of|representative of|the (?:standard|level|quality|service) (?:we|you|of))\b"
    r"|\b(?:is|are) (?:committed|dedicated|bound) (?:by|to) (?:professional|the highest|strict|the strictest) (?:duties|standards|levels|obligations|rules)\b|\b(?:is|are|was) (?:an? )?(?:reputable|trusted|trustworthy|respected|well-regarded|professional|bound by (?:\w+ )?(?:duties|duty|obligations|confidential\w+|non-disclosure)) ?(?:organi[sz]ation|company|firm|partner|business|part(?:y|ies)|recipient|person|institution|provider)?\b"
    r"|\b(?:believes?|pride ourselves|prides itself) in (?:acting|being|doing|putting|treating|protecting|working|open|honest|transparen\w+|always|the (?:importance|highest))\b|\b(?:we|i) (?:always |have always )?hold (?:ourselves|our \w+|myself) to (?:\w+ )?(?:high|higher|highest|strict|rigorous)"
    r"|\bno (?:company|business|provider|one|team|bank|shop) takes\b|\b(?:conservative|cautious|overly careful) (?:approach|stance|position)\b(?= (?:that|and|to|in|by|here|of|with))"
    r"|\b(?:we|i|staff|everyone|everybody|they|team|teams|employees|company|colleagues|crew)(?: \w+){0,2} (?:acted|behaved|responded|proceeded|handled \w+|did everything) (?:\w+ )?(?:correctly|properly|appropriately|responsibly|in good faith|by the book|lawfully)\b|\bas (?:surprised|shocked|frustrated|disappointed|annoyed|upset|unhappy) as (?:you|anyone|our)\b|\b(?:goes without saying|needless to say)\b|\bwith the (?:greatest|utmost|highest|strictest) (?:care|attention|diligence|caution|confidentiality|confidence)\b|\b(?:exceed|exceeds|surpass|go beyond|goes beyond) (?:all |the |every )?(?:\w+ )?(?:legal|statutory|industry|regulatory|required|usual|official) (?:\w+ )?(?:requirements?|standards?|norms?|rules?)\b|\b(?:care|cares) (?:\w+ )?more (?:about|than)\b|\b(?:rest|sleep) (?:easy|easily|soundly)\b|\bin (?:good|safe|the best|the safest) hands\b"
    r"|\bas (?:carefully|thoroughly|well|hard|diligently|conscientiously) as (?:we|i|possible|anyone|humanly)\b|\b(?:a )?known (?:limitation|weakness|problem|issue|bug) (?:of|with|in|at) (?:the|our|their) (?:[\w-]+ ){0,2}?(?:provider|vendor|supplier|manufacturer|platform|host|software)\b|\b(?:we|it|this)(?:'re| are| is|'s) (?:just |only |still |run by )*(?:an? )?(?:volunteer|small|tiny|non-?profit|community|hobby|two-person|one-man|one-person|family|unpaid|young)(?: [\w-]+)? (?:project|team|company|business|shop|volunteers|organi[sz]ation|outfit|operation|crew)\b|\bnothing (?:like this|of the (?:kind|sort)|comparable|similar) (?:has |had )?(?:ever )?(?:happened|occurred|been seen)\b|\b(?:did not|didn't|had not|hadn't|never) (?:\w+ )?(?:expect(?:ed)?|anticipated?|foreseen?|imagined?|reckon(?:ed)?) (?:with )?(?:this|such|that (?:many|much)|so (?:many|much)|quite|these) |\b(?:told|assured|promised|informed|guaranteed) (?:us )?by (?:the|our|their) (?:[\w-]+ ){0,2}?(?:provider|vendor|supplier|host|hoster|data cent(?:er|re)|carrier|bank|partner|manufacturer|registrar)\b(?=[^.]{0,60}\b(?:won't|will not|not happen|unlikely|again|safe|never)\b)|\b(?:and|but|,) not (?:in|with|by|on|from|because of|due to) (?:us|our|ours)\b|\b(?:we|i) (?:could|can)(?: not|n't) (?:\w+ )?(?:influence|control|speed up|change anything|do much)\b"
)


_ASKED = Pattern(r"\b(?:if|whether|how|not yet|should|must|your)\b (?:[\w-]+ ){0,3}\Z")


def _keep_values(document: Document, sentence: Sentence, found: Match) -> bool:
    return document.scan[sentence.end - 1] != "?" and not before(
        document, sentence, found, _ASKED, 30
    )


RULE = Rule(
    id="DEF-07",
    name="takes-it-seriously",
    category="defensive",
    severity="warning",
    message="Everyone says it; no one believes it. Show one thing you did.",
    better="the concrete action",
    source="ZOU",
    triggers=words(
        "seriously serious utmost extreme highest greatest paramount sacred dna everything "
        "heart core importance value significance sensitivity sanctity dna culture identity values ethos do passion first non reflect represent meet match live align correspond who stand typical representative standard level committed dedicated bound reputable trusted trustworthy respected professional believe believes pride prides hold takes approach stance position acted behaved responded proceeded handled surprised shocked frustrated disappointed annoyed upset unhappy saying needless greatest utmost highest strictest exceed exceeds surpass beyond care cares easy soundly hands carefully thoroughly well hard diligently known limitation weakness volunteer small tiny nonprofit non community hobby two one family unpaid young nothing expect expected anticipate anticipated foresee foreseen imagine imagined told assured promised informed guaranteed not influence control speed"
    ),
    look=one_of(matching(_PATTERN, _keep), matching(_VALUES, _keep_values)),
    bad=examples(
        "We are just a volunteer project.",
        "Nothing like this has ever happened.",
        "We had not expected such a crowd.",
        "The crack was in the glass, not in our frame.",
        "We were as surprised as you are.",
        "It goes without saying that we keep your letters with the greatest care.",
        "The gallery recognises the importance of protecting your details.",
        "Good service is in our DNA.",
        "This does not reflect our standards.",
        "The recipient is a trusted partner.",
        "We believe in being open with guests.",
        "We take your privacy very seriously.",
        "Security is something we take seriously.",
        "This matter is of the utmost importance to us.",
    ),
    good=examples(
        "Dates are at the end of this text.",
        "The price list does not reflect the discount.",
        "The new lock meets the standard EN 1303.",
        "We read every access log of that week.",
        "A seriously slow page is a broken page.",
    ),
)
