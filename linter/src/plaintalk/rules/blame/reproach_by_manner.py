"""BLM-17: a supplier, a visitor or a reader reproached by the way it is told."""

from typing import Final

from plaintalk.document import Document
from plaintalk.frames import first_of, frame
from plaintalk.pattern import Match, Pattern, words
from plaintalk.people import BELONGING
from plaintalk.rule import ALL_KINDS, Hit, Rule, before, examples, matching
from plaintalk.text import Sentence
from plaintalk.vocabulary import SUPPLIER

_THEY: Final = rf"(?:{SUPPLIER}|they|support(?: team)?|technicians|helpdesk|noc|management|authorities|council)"
_HELD_BACK: Final = (
    r"(?:vague|evasive|unhelpful|unresponsive|silent|subpar|sub-par|unreliable|uncooperative|opaque|tight-lipped|dismissive|unprofessional"
    r"|reluctant|not forthcoming|less than (?:helpful|forthcoming|clear|transparent|honest|stellar|ideal)|slow to (?:\w+)|no help|of no help|useless"
    r"|unable to (?:say|tell|explain|give|provide|help|answer)|unwilling to \w+)"
)
_TALK: Final = (
    r"(?:back[- ]and[- ]forth|discussions?|e-?mail exchanges?|e-?mails?|phone calls?|calls|negotiations?|arguing|chasing|pleading"
    r"|convincing|prodding|escalations?|tickets?|conversations?|pressure|nagging|pushing|waiting|reminders?|messages)"
)
_ONE: Final = r"(?:a|an|one|another|any|some|certain|other|single|the|your|few)"
_FOLK: Final = r"(?:users?|customers?|clients?|tenants?|accounts?|owners?|websites?|sites?|domains?|members?|players?|visitors?|people|guests?|students?|subscribers?|bots?|scripts?)"
_PATTERN: Final = Pattern(
    rf"\b{_THEY}(?:'s)?(?: \w+)? (?:was|were|is|are|has been|have been|had been|remained|remains?|seemed|proved)(?: \w+){{0,3}}? {_HELD_BACK}\b"
    rf"|\b(?:news|information|details|communication|updates?|word|responses?|answers?|help|support|feedback|cooperation|reliability|quality|service) (?:from|by|of) (?:the |our |my |their |this |that )?(?:[\w-]+ ){{0,2}}?{_THEY}(?:'s)? (?:side )?(?:was|were|is|are|(?:has|have|had) (?:\w+ )?been) (?:\w+ ){{0,2}}?(?:slim|sparse|scarce|scant|vague|poor|slow|lacking|minimal|contradictory|misleading|unhelpful|non-existent|incomplete|confusing|subpar|inadequate|terrible|disappointing|patchy|sketchy|limited|late)\b"
    r"|\b(?:than|as) (?:\w+ )?(?:originally|initially|first|previously|at first|they|we (?:were|had been)) (?:\w+ )?(?:let on|told|claimed|admitted|promised|led to believe|made out)\b"
    rf"|\b(?:after|following|despite|it took|took|with|through) (?:some|several|a lot of|lots of|much|many|numerous|countless|repeated|endless|lengthy|long|\w+ (?:days?|hours?|weeks?) of|(?:days?|hours?|weeks?) of|multiple|a few|considerable|plenty of) (?:\w+ )?{_TALK}(?: (?:with|to|from|by|on) (?:the |our |my |their )?(?:[\w-]+ ){{0,2}}?(?:{_THEY}|them)|,? (?:i|we) (?:\w+ )?(?:get|got|manage|managed|convinced?|persuaded?|finally|were able))\b"
    rf"|\b(?:due to|caused by|because of|result of|owing to) (?:one of |some of )?(?:our|the|their|my) (?:\w+ ){{0,3}}?{SUPPLIER}(?:'s)? (?:not |still |only )*(?:being|having|failing|needing|refusing|taking|forgetting|deciding|making|neglecting|delaying|lacking|changing|insisting|ignoring)\b"
    rf"|\b{_THEY}(?:'s)? (?:[\w-]+ )?(?:does|do|did|would|will)(?: not|n't) (?:\w+ )?(?:tell|inform|notify|warn|react|bother|communicate|accept|honou?r|follow|test|maintain|automatically|even|care|explain|acknowledge|admit|update us|give us|let us)\b"
    rf"|\b(?:people|guys|folks|staff|techs?|technicians|someone|somebody|{SUPPLIER})(?: (?:in|at|from|over at) (?:the |our |their )?(?:[\w-]+ ){{0,2}}?\w+)? (?:then |suddenly |simply |just |had |has |have )*(?:decides?|decided|chose|chooses|saw fit|took it upon|thought it) (?:to\b(?! (?:credit|refund|pay|offer|help))|it\b|themselves\b|that\b)"
    r"|\b(?:(?:could|may|might) (?:be|have been)|must have been) (?:that )?(?:someone|somebody|a (?:passer-?by|visitor|cleaner|contractor|stranger|janitor))\b|\bsome(?:one|body) (?:who (?:did|does)(?: not|n't)|unfamiliar|not (?:aware|knowing|supposed)|at (?:the|our|their) \w+ (?:hit|pressed|cut|pulled))\b"
    r"|\b(?:someone|somebody|one (?:person|user|employee|student|member)|an? (?:employee|user|student|member|person)|staff(?: member)?)(?: (?:in|at|from|of|on) (?:the |our |their )?[\w-]+)? (?:(?!who\b|that\b)\w+ )?(?:fell for|clicked|filled (?:out|in)|opened (?:an? )?(?:attachment|link|e-?mail)|gave (?:away|out|up)|replied to|responded to|entered (?:their|his|her)|was (?:tricked|duped|phished|fooled)|handed over|reused)\b"
    rf"|\b{_ONE} (?:[\w-]+ ){{0,3}}?{_FOLK}(?: (?!whose\b|was\b|were\b|is\b|are\b|has\b|had\b)[\w-]+){{1,8}}? (?:drain|hog|overload|exhaust|saturat|overwhelm|monopoli[sz]|max(?:es|ed)? out|us(?:es|ed|ing) up|eat(?:s|ing)? up|chok|cripple|bog)\w*\b"
    r"|\byou (?:guys|folks|people|all|lot) (?:\w+ )?(?:make|made|create|created|upload\w*|overload\w*|broke|break|killed?|hammer\w*|crash\w*|keep|love|are)\b"
    r"|\b(?:going to|about to|likely to|odds are|bound to|sooner or later)(?: [\w-]+){0,6}? (?:problematic|make (?:somebody|someone) angry|misbehave|abuse|attract attacks|cause trouble)\b"
    r"|\b(?:i|we) (?:sure |really |do |only )*(?:wish|would have (?:liked|appreciated|preferred))(?: \w+){0,3} (?:known|been told|told us|warned|heads[- ]up|informed|heard|know)\b|\bwould have been (?:nice|good|helpful|courteous) (?:if (?:they|our|the)|to (?:know|hear|be told|have been|get))\b"
    rf"|\b(?:still|even|only)(?: \w+){{0,6}}?,? (?:\w+ )?(?:days|weeks|months|hours) later\b|\b{_THEY} (?:\w+ )?(?:is|are) still (?:\w+ ){{1,8}}?(?:days|weeks|months|hours) (?:later|on|after)\b"
    r"|\b(?:responsible|guilty|offending) part(?:y|ies)\b|\b(?:heads will roll|in the (?:butt|backside|rear)|stern (?:word|talk|talking)|have a (?:serious |stern )?(?:word|talk) with|slap on the wrist|in the doghouse)\b"
    rf"|\b(?:open|raised|filed|opened) (?:\w+ )?(?:tickets?|cases?|complaints?|disputes?|claims?) (?:with|against) (?:the |our |their )?(?:[\w-]+ ){{0,2}}?{SUPPLIER} to (?:understand|find out|know|ask|demand|establish|get)(?: \w+){{0,4}} (?:went wrong|failed|happened|this|explanation|why)\b"
    rf"|\b{SUPPLIER} (?:not |does not |don't |doesn't )?(?:doesn't|don't|do not|does not|won't|will not|refuses?|refused) (?:to )?(?:accept|take|allow|support|offer|provide)(?: [\w-]+){{0,5}},? (?:even though|although|though|while|unlike|like (?:most|every|all)) \w+"
    r"|\b(?:they|he|she|it) (?:don't|doesn't|do not|does not|won't|refused? to) (?:accept|take|allow|support|offer)(?: [\w-]+){0,5},? (?:even though|although|though|unlike|like (?:most|every|all)) \w+"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:if|when(?:ever)?|should|in case|so that|prevents?|against|whether|even if|who|from|no|not|that no|stops?|before) (?:\w+ )?\Z"
)
_OURS: Final = Pattern(
    r"\b(?:our (?:own )?(?:fault|mistake|responsibility)|we should have (?:told|asked|warned|chosen)|we did not|and we had|now (?:limits?|stops?|refuses?)|can no longer|is now|are now)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.find(_OURS, sentence) or document.scan[sentence.end - 1] == "?":
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 20)


_FRAMES: Final = (
    frame(
        r"straight answers?|(?:have|has|had) no idea|(?:not|haven't|hasn't|never) (?:yet )?heard(?: back)?|(?:no|any) word|zero notice|no (?:advance |prior |further )?(?:notice|warning|explanation|reply|response|answer)s?|in the lurch|right person|(?:will|shall) remain (?:unnamed|nameless)|(?:winning|making) (?:any|no) friends|problem (?:is|was) (?:with )?(?:my|our|the) host|on hold for|haven't been given|have not been given|abruptly",
        SUPPLIER
        + r"|they|them|their|support|hosting (?:site|company|service)|server company|noc|technicians|i",
        unless=r"our (?:own )?(?:mistake|fault)|we should have|we gave|you (?:have|may|had|were)|your|customers (?:have|had|were)|users (?:have|had|were)|attackers?",
        reach=100,
    ),
    frame(
        r"miscommunication|incompeten\w+|negligen\w+|outgrown|buggy|sloppy|stubborn\w*|unwilling\w*|inflexib\w*|stonewall\w*|mishandl\w+|botch\w+|let us down|arrogan\w+|incapable|unprofessional\w*|unreasonab\w+|plethora of|frustrating\w*|refused to|refuses to|dragged|bureaucra\w+|carelessness|ineptitude|apathy|excuses",
        SUPPLIER
        + r"|support|third[- ]part(?:y|ies)|3rd[- ]party|helpdesk|their|technicians|software|plugin|library|authorities|billing system",
        unless=r"we (?:let|ignored|refused|failed)|our (?:own )?(?:mistake|fault|negligence|incompetence)|for you|your frustration|frustrating for|if you|please|request was refused|connections?",
        reach=80,
    ),
    frame(
        rf"(?:engineer|technician|contractor|employee|electrician|colleague|intern|developer|administrator|worker|digger|excavator|subcontractor|crew)(?! {BELONGING}\b| (?:was|were|is|are) (?:accidentally|mistakenly|inadvertently|unintentionally)\b)",
        r"wrong (?:\w+ )?(?:fib(?:re|er)|cable|server|port|switch|line|query|command|table|database|button|plug|disk|drive|rack|account|file|branch|version|environment|window|script|router|circuit|breaker)|by mistake|mistakenly|accidentally|inadvertently|unintentionally|forgot\w*|without (?:checking|testing|asking|telling|authori[sz]ation|permission)",
        unless=r"noticed|detected|discovered|spotted|reported|if|when an|so that|can no longer|prevents?|could|would|might|may|former",
        reach=90,
    ),
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    hit = matching(_PATTERN, _keep)(document, sentence)
    if hit is not None or document.scan[sentence.end - 1] == "?":
        return hit
    return first_of(_FRAMES, document, sentence)


RULE = Rule(
    id="BLM-17",
    name="reproach-by-manner",
    category="blame",
    severity="warning",
    message="The tone accuses somebody. Say what you depended on, and what you change.",
    better='"we had one line to the hall; a second one by another carrier is ordered for 8 May"',
    source="DEK, ETSY",
    kinds=ALL_KINDS,
    triggers=words(
        "straight answers answer idea heard word zero notice warning explanation reply response lurch person remain unnamed nameless friends host hold given abruptly miscommunication incompetence incompetent negligence negligent outgrown buggy sloppy stubborn stubbornness unwillingness inflexible inflexibility stonewalled stonewalling mishandled mishandling botched arrogant arrogance incapable unprofessionally unreasonable unreasonably plethora frustrating frustratingly ignored refused refuses dragged bureaucracy bureaucratic carelessness ineptitude apathy excuses engineer technician contractor employee electrician colleague intern developer administrator worker digger excavator subcontractor crew vague evasive unhelpful unresponsive silent subpar sub unreliable uncooperative opaque tight "
        "dismissive unprofessional reluctant forthcoming less slow help useless unable unwilling slim "
        "sparse scarce scant poor lacking minimal contradictory misleading existent incomplete confusing "
        "inadequate terrible disappointing patchy sketchy limited late told claimed admitted promised let "
        "led made back discussion discussions exchange exchanges email emails mail mails call calls negotiation negotiations "
        "arguing chasing pleading convincing prodding escalation escalations ticket tickets conversation "
        "conversations pressure nagging pushing waiting reminders reminder messages being having failing "
        "needing refusing taking forgetting deciding making neglecting delaying changing insisting "
        "ignoring does do did would will don doesn didn wouldn won decides decided chose chooses saw took thought someone somebody passer "
        "visitor cleaner contractor stranger janitor fell clicked filled opened gave replied "
        "responded entered tricked duped phished fooled handed reused drain drains drained hog hogs "
        "overload overloads overloading overloaded exhaust exhausts exhausted saturate saturates "
        "saturated overwhelm overwhelms overwhelmed monopolise monopolize max uses using eat eats chokes choked cripple cripples crippled bog bogs bogged you "
        "problematic angry misbehave abuse attract trouble wish liked appreciated preferred nice "
        "helpful courteous later responsible guilty offending heads butt backside rear stern word talk "
        "slap doghouse complaint complaints case cases claim claims dispute disputes though although unlike like while"
    ),
    look=_look,
    patterns=(_PATTERN, *(one.first for one in _FRAMES)),
    bad=examples(
        "The carrier was rather vague about the cause.",
        "News from the data centre was sparse.",
        "It was worse than they first let on.",
        "After two days of phone calls with the registrar, the domain came back.",
        "The delay was caused by one of our suppliers needing to change its own system.",
        "The people in the hall decided to restart our machines.",
        "It could have been a cleaner.",
        "One student clicked a link and gave the attackers a way in.",
        "If it was slow, another customer runs a script that drains the machine.",
        "Endless miscommunication with the support of our host dragged it out.",
        "A contractor who worked in the hall that night pulled out the wrong cable.",
        "I cannot get a straight answer from them.",
        "There was zero notice from our host, so we were left in the lurch.",
        "You guys upload a lot of photos.",
        "We sure wish we had known on Sunday.",
    ),
    good=examples(
        "We had one line to the hall; a second one is ordered for 8 May.",
        "Contractor files that inadvertently went out held names only.",
        "Our carrier was down from 10:00 to 10:40 UTC.",
        "The carrier confirmed the repair at 14:24 UTC.",
        "We decided to restart the machines.",
        "Customers could not upload photos.",
        "A user who clicked the link twice got two invoices.",
    ),
)
