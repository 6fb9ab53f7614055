"""BLM-13: a supplier who "failed to tell us"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import EVERYWHERE, Rule, before, examples, matching, one_of
from plaintalk.text import Sentence

_THEM = r"(?:provider|providers|vendor|vendors|supplier|suppliers|partner|partners|host|hoster|upstream|isp|registrar|carrier|operator|contractor|manufacturer|data ?cent(?:er|re)|staff|aws|amazon|google(?: cloud)?|azure|microsoft|cloudflare|ovh|hetzner|digitalocean|fastly|linode|apple|github|company|bank|processor|they)"
_LET_DOWN = (
    r"(?:failed to (?:inform|notify|tell|warn|respond|react|deliver|act|provide|renew|communicate|fix|do|properly|honou?r|escalate|restore|recogni[sz]e|detect)|refused to|neglected to|forgot to|ignored|never (?:told|informed|notified|responded|replied|answered|bothered|warned)"
    r"|(?:did not|didn't|does not|doesn't|would not|wouldn't|has not|have not|hasn't) (?:\w+ )?(?:inform|notify|tell|warn|respond|reply|bother|care|answer|react|help|communicate|deliver|responded|replied|answered|reacted|informed|notified)"
    r"|(?:arbitrarily|suddenly|simply|just|unilaterally|silently|once again|yet again) (?:\w+ )?(?:cut|turned|shut|suspended|blocked|deleted|disabled|removed|changed|dropped|broke|terminated|pulled)"
    r"|decided to (?:cut|turn|shut|suspend|block|delete|disable|remove|change|drop|pull|kill|terminate)|screwed|messed|botched|dropped the ball|let us down|left us (?:with|in|hanging|without|stranded)|broke (?:it|our|us|this|everything)|mishandled|bungled|blundered"
    r"|(?:has|have) been (?:\w+ )?(?:less than helpful|not helpful|unresponsive|unhelpful|useless|terrible|slow to|silent|uncooperative|unwilling|unreliable|incompetent)|(?:was|were|is) (?:\w+ )?(?:less than helpful|unresponsive|unhelpful|useless|terrible|incompetent|uncooperative|clueless|no help))"
)
_PATTERN = Pattern(
    rf"\b{_THEM}(?:'s)?(?: \w+){{0,4}}? {_LET_DOWN}\b"
    rf"|\b(?:provider|vendor|supplier|partner|host|upstream|isp|registrar|carrier|data ?cent(?:er|re)|aws|google|azure|microsoft|cloudflare|ovh|hetzner|manufacturer|they|processor|bank)(?:'s)?(?: [\w'-]+){{0,8}}? (?:without (?:any |prior |giving |proper |advance |further |sending |so much as )*(?:warning|notice|notification|telling|informing|announcement|announcing|notifying|warning us|asking|explanation|coordination)|unannounced|with no (?:warning|notice|explanation)|for no (?:\w+ )?reason)\b"
    r"|\bthanks (?:again )?to (?:the (?:incompetence|negligence|failure|mistake|stupidity|greed) of|(?:our )?(?:provider|vendor|supplier|host|aws|google|azure|cloudflare|ovh|hetzner|\w+'s) (?:\w+ ){0,3}?(?:for|outage|failure|incompetence|mistake))\b"
    r"|\b(?:incompetence|laziness|stupidity|greed|negligence|ignorance|arrogance) of\b|\b(?:blame|fault|responsibility)(?: for (?:[\w'-]+ ){1,4}?)? ?(?:lies|is|goes|rests|falls|sits|must be) (?:\w+ )?(?:with|on|upon|to|at)\b"
    r"|\b(?:entirely|solely|clearly|squarely|purely|100 ?%) (?:the fault of|\w+'s fault|on (?:them|aws|our provider)|their fault|caused by (?:them|our))\b|\b(?:users?|customers?|clients?|provider|vendor|supplier|partner|host)(?:'s|'|s') (?:own )?(?:fault|mistake|negligence|carelessness)\b|\btheir (?:own )?(?:fault|incompetence|negligence|failure to|sloppiness|mismanagement|inability)\b"
    r"|\b(?:hold|holds|holding|held|make|makes) (?:our |the |them |\w+ )(?:\w+ )?(?:provider |vendor |supplier |host |carrier )?(?:fully |solely )?(?:responsible|liable|accountable)\b"
    r"|\b(?:once again|yet again|as usual|again|surprise,?) (?:[\w'-]+ ){0,3}?(?:provider|vendor|supplier|host|upstream|isp|carrier|aws|azure|google|cloudflare|microsoft) (?:\w+ )?(?:broke|failed|went|had|messed|dropped)\b"
    r"|\bdespite (?:our |several |repeated |many |multiple |numerous )+(?:requests?|attempts?|calls|reminders|tickets|e-?mails|complaints|inquiries|warnings)\b"
    r"|\b(?:provider|vendor|supplier|host|upstream|isp|carrier) (?:has )?(?:broke|broken|failed|messed)(?: \w+){0,3} (?:again|once more|yet again)\b"
    r"|\b(?:shipped|pushed|released|rolled out|deployed) (?:an? )?(?:broken|buggy|faulty|bad|untested) (?:\w+ ){0,3}?(?:without|to us|again|on us)\b"
    r"|\b(?:we are|we're|i am|i'm) (?:\w+ )?(?:very |extremely |deeply )?(?:disappointed|frustrated|angry|unhappy|dissatisfied|furious|fed up) (?:with|by|at|in) (?:our|the|their|\w+'s|this|them|how)\b|\bunacceptable (?:behaviou?r|response|service|from|of|by|on their)\b"
    rf"|\b(?:due to|because of|thanks to|result of|caused by|owing to|given|with|by|despite) (?:the |their |its |an? |very |rather |somewhat )*(?:poor|bad|broken|buggy|flawed|inadequate|insufficient|terrible|unreliable|slow|weak|missing|lack of|incomplete|misleading|incorrect|undocumented|inconsistent|questionable|subpar|non-existent|outdated|unannounced|surprising|strange|odd|aggressive|overzealous|overly \w+) (?:[\w'-]+ ){{1,4}}?(?:from|by|of|at|provided by|on the part of|with) (?:our|the|their|its) (?:[\w-]+ ){{0,3}}?{_THEM}\b"
    r"|\b(?:despite|in spite of|contrary to|in violation of|in breach of|notwithstanding) (?:the|their|its|a|our|having|what (?:they|it)) (?:\w+ )?(?:stated|promised?|agreed|agreement|documented|documentation|advertised|guaranteed?|contractual|contract|announced|claimed|claims?|assured|assurances?|published|supposed|own (?:policy|terms|documentation|rules|promises?)|terms)\b"
    r"|\b(?:by|of|in|from|with) (?:[\w.-]+'s|(?:our|the) (?:[\w-]+ ){0,2}?(?:provider|vendor|supplier|partner|host)(?:'s)?) (?:[\w-]+ ){0,4}?(?:where|when|even though|although) (?:it|they|this|that) (?:should(?:n't| not)|was(?:n't| not) supposed|had no (?:business|reason)|must(?:n't| not))\b"
    rf"|\b(?:took|taking|takes) (?:them|{_THEM}|(?:our|the) (?:[\w-]+ ){{0,3}}?{_THEM}) (?:[\w-]+ ){{0,3}}?(?:minutes|hours|days|weeks|months|an? (?:hour|day|week|while|long time)|long|forever) to\b"
    rf"|\b{_THEM} (?:has |have |had )?(?:still )?(?:yet to|(?:finally|eventually|belatedly|grudgingly|only then|initially|at first|repeatedly) (?:\w+ )?(?:responded|admitted|acknowledged|confirmed|reacted|replied|reali[sz]ed|denied|insisted|claimed|refused|ignored|dismissed|conceded|noticed))\b"
    r"|\b(?:due to|because of|caused by|result of|owing to|following) (?:[\w'-]+ ){0,3}?(?:provider|vendor|supplier|partner|host|hoster|registrar|carrier|upstream|isp|bank|\w+'s)(?:'s)? (?:actions?|decisions?|behaviou?rs?|polic(?:y|ies)|interference|negligence|mistakes?|fault|incompetence|inaction|refusal|unwillingness|inability|carelessness|whims?|stubbornness|silence|slowness)\b"
    r"|\b(?:you can|we can|one can|we have|everyone can|you may) (?:all )?(?:thank|blame) (?!you\b|us\b|our (?:users|customers|community))[\w'-]+|\bcourtesy of (?:our |the )?\w+"
    r"|\b(?:slow|inflexible|unresponsive|uncooperative|unwilling|dismissive|unhelpful|opaque|bureaucratic|lethargic|tardy|obstructive|evasive|careless|negligent|hostile|arrogant|kafkaesque) (?:[\w-]+ ){0,2}?(?:provider|vendor|supplier|host|registrar|support|incident response|communication|handling|noc|customer service|staff|bureaucracy|attitude)\b"
    r"|\b(?:noc|they|provider|vendor|supplier|partner|host|registrar|carrier|isp|support|staff|bank|data ?cent(?:er|re)|operator|upstream|landlord|authorities) (?:team |desk |staff )?(?:is|are|was|were|has been|have been|remains?|seems?) (?:\w+ ){0,2}?(?:slow|reluctant|unwilling|unable|unresponsive|inflexible|uncooperative|dismissive|unaware|vague|silent|evasive|confused|useless|closed|sleeping|on (?:holiday|vacation))\b"
    r"|\b(?:misinterpretation|misjudge?ment|misreading|misclassification|misunderstanding|mishandling|overreaction|misdiagnosis|ignorance|mismanagement) (?:of|by|from|on the part)\b"
    r"|\b(?:our|my|the) (?:[\w-]+ ){0,2}?(?:servers?|accounts?|domains?|ips?|ip address(?:es)?|apps?|traffic|sites?|website|project|network|infrastructure|machines?|tenant|subscription) (?:\w+ )?(?:was|were|has been|had been|is|got|being) (?:\w+ )?(?:wrongfully|wrongly|unfairly|unjustly|arbitrarily|erroneously|incorrectly|nevertheless|nonetheless|inexplicably|unjustifiably|unilaterally|abruptly|falsely|mistakenly|again) (?:blocked|suspended|flagged|terminated|disabled|banned|classified|listed|blacklisted|removed|locked|shut|closed|deleted|cancel\w+|reported|accused|labell?ed|marked)\b"
    r"|\b(?:presumably|apparently|probably|seemingly|supposedly|perhaps|allegedly|evidently|no doubt|possibly) (?:as |by |due to |because of |out of |through |just )?(?:an? |some |their |its )?(?:\w+ )?(?:mistake|accident|oversight|negligence|incompetence|carelessness|false positive|ignorance|laziness|greed)\b"
    r"|\b(?:holiday|weekend|vacation|night|sunday|lunch break|business hours|office hours|christmas) (?:break )?(?:in|at|for) (?:their|the provider's|the vendor's|the supplier's)\b|\b(?:they|noc|provider|vendor|supplier|support|registrar|carrier|isp|host|bank|partner) (?:[\w'-]+ ){0,6}?(?:until after|because of|during|due to|over|only (?:works?|open|available|answers?|reacts?) (?:during|on|in)) (?:the |their |a |its )?(?:\w+ )?(?:holidays?|weekend|vacation|business hours|office hours|working hours|long weekend|public holiday)\b"
    r"|\b(?:they|provider|vendor|supplier|registrar|bank|host|carrier|isp|partner|[\w.-]+ support) (?:only |then |had |have |has )?(?:reported|informed|notified|told|contacted|alerted|warned|e-?mailed|replied|responded|answered)(?: [\w'-]+){0,6}? (?:only|just|not until|days? (?:later|after)|hours (?:later|after)|weeks? (?:later|after)|too late|after the fact)\b"
    r"|\b(?:there (?:is|was|were|seems to be|appears to be)|gave (?:us )?|with|without|had) (?:not |no |any |even |a |an )+(?:grace period|prior notice|forewarning|advance notice|reason given|human to talk to|way to (?:reach|appeal|contact)|recourse|appeal)\b"
    r"|\b(?:they|provider|vendor|supplier|upstream|registrar|host|\w+'s \w+) (?:\w+ )?(?:chang(?:ed|ing)|rais(?:ed|ing)|cancel+(?:ed|ing)|discontinu(?:ed|ing)|revok(?:ed|ing)|break(?:ing)?|remov(?:ed|ing)|pull(?:ed|ing)) (?:their|its|the) (?:\w+ )?(?:terms|licen[sc]e|pricing|prices|policy|policies|api|rules|conditions)\b"
)
_OURS = Pattern(
    r"\b(?:with|on|upon|to|at) (?:us|me|ourselves)\b|\b(?:hold|make) (?:us|me|ourselves)\b"
)
_EVENT = Pattern(
    r" (?:incident|outage|failure|event|result|performance|experience|disruption|downtime)\b"
)
_DENIED = Pattern(r"\b(?:not|n't|nobody|never|no) (?:\w+ )?\Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    # Who is disappointed "by this incident" is so with himself.
    if _EVENT.match(document.scan, found.end(), sentence.end):
        return False
    if "fault" in found.group() and before(document, sentence, found, _DENIED, 20):
        return False
    return not _OURS.search(document.scan, found.start(), min(sentence.end, found.end() + 12))


_LET_US_DOWN = Pattern(
    rf"\b(?:{_THEM}|courier|printer|caterer|builder|plumber|electrician|subcontractor|agency|distributor|wholesaler|developer|installer|haulier|postal service|utility|landlord|support)(?: (?:company|service|firm|team|partner))? (?:\w+ )?(?:has |have |had )?(?:badly |again |once more |really |clearly |simply |totally )*(?:let (?:\w+ ){{1,4}}?down|failed (?:us|you|badly|miserably|completely|again)|disappointed|deceived|misled|cheated|abandoned|ghosted|fobbed|strung|stalled|dithered|dragged (?:its|their) feet|lied|overpromised|overcharged|sat on|blundered|got it wrong|made a (?:hash|mess)|cut corners|could not be bothered|couldn't be bothered|started falling over|fell over|falling over|keeled over)\b"
    r"|\b(?:poor|sloppy|shoddy|slow|lousy|bad|terrible|dreadful|abysmal|inadequate|careless|amateurish|unreliable|unacceptable|substandard|disappointing|questionable|appalling|lax|weak) (?:[\w-]+ )?(?:work(?:manship)?|telemetry|communication|service|support|handling|delivery|quality|performance|documentation|security|planning|response|product|code|maintenance|installation|packaging) (?:from|by|of|at|on the part of) (?:our|the|their|its|an?) (?:[\w-]+ ){0,3}?(?:provider|vendor|supplier|partner|host|courier|contractor|carrier|manufacturer|agency|company|firm|installer|operator|bank|printer)\b"
    r"|\b(?:criminals?|thie(?:f|ves)|culprits?|perpetrators?|wrongdoers?|vandals|crooks|fraudsters|scammers|gangsters|bastards|idiots|morons|script kiddies|cowards|trolls|lowlifes?|villains|bad guys|miscreants)\b(?=[^.]{0,60}\b(?:responsible|malicious|cowardly|despicable|shameful|vile|behind|who (?:did|attacked|stole|broke)|act|botnets?|think|chose|decided)\b)"
    r"|\b(?:malicious|cowardly|despicable|shameful|vile|callous|reprehensible|senseless|disgraceful|criminal|malicious/criminal|evil|wicked) (?:and \w+ )?(?:act|acts|attack|attacks|assault|individuals?|people|persons?|behaviou?r|deed|conduct|minds)\b"
    r"|\bhad (?:our|the|their) (?:[\w-]+ ){0,2}?(?:supplier|provider|vendor|carrier|courier|contractor|partner|host|bank|printer|agency|landlord|manufacturer|installer|customers?|users?|staff|team)s? (?:\w+ )?(?:done|acted|told|warned|informed|listened|followed|checked|reacted|delivered|kept|read|been)\b|\bwith nothing better to do\b|\b(?:customers|users|guests|clients|people|members) who (?:do not|don\'t|did not|didn\'t|never|fail to|refuse to|cannot be bothered to|ignore)\b[^.]{0,60}\b(?:should(?:n\'t| not)?|must|cannot|can\'t|have only|will have to|are themselves)\b"
    r"|\bhaving (?:yet |another )*another (?:bad|terrible|rough)\b|\byet another (?:bad|outage|failure|incident|breakdown|mess|disaster) (?:\w+ )?(?:at|from|by|of|day|with)\b|\b(?:provider|vendor|supplier|host|hoster|carrier|registrar|data ?cent(?:er|re)|landlord|bank|courier|isp|manufacturer)(?:'s \w+)? (?:\w+ )?(?:needed|took|required|wanted) (?:[\w-]+ ){1,3}?(?:hours|days|weeks|months|minutes) (?:just |only )?to\b|\bwithout (?:any |good |giving (?:a |any )?|an? )?(?:reason|cause|justification|explanation)\b|\b(?:one|an?|some|single|certain) (?:[\w-]+ )?(?:customers?|users?|clients?|tenants?|members?)(?:'s|s'|')? (?:[\w-]+ ){0,4}?(?:brought (?:\w+ ){1,4}?(?:down|to its knees)|caused (?:this|it|the)|took (?:\w+ ){1,3}?down|crashed|overloaded|hogged|flooded|exhausted)\b"
)


_NEUTRAL = Pattern(
    r"\b(?:we let|our fault|our mistake|against|protect\w*|block\w*|detect\w*|prevent\w*|in case of|such as|whether|no sign|no evidence|not (?:an?|the) (?:\w+ )?attack)\b"
)


def _keep_let_down(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether a third party is scolded, and not fended off or taken in defence."""
    return document.find(_NEUTRAL, sentence) is None


RULE = Rule(
    id="BLM-13",
    name="reproaches-the-supplier",
    category="blame",
    severity="warning",
    message="It passes the blame on. Say what depended on them and what you change.",
    better='"We learned of it from our own alerts; we now watch their line ourselves"',
    source="ANT",
    triggers=words(
        "provider providers vendor vendors supplier suppliers partner host upstream isp "
        "registrar aws google azure cloudflare ovh hetzner digitalocean fastly they thanks "
        "center centre company partners hoster carrier operator network contractor "
        "manufacturer staff amazon linode apple github bank processor incompetence laziness "
        "stupidity greed negligence ignorance arrogance blame fault responsibility their "
        "entirely solely clearly squarely purely hold holds holding held liable accountable "
        "responsible despite thank courtesy slow inflexible unresponsive uncooperative unwilling dismissive unhelpful opaque bureaucratic noc reluctant unaware vague silent evasive misinterpretation misjudgment misjudgement misreading misclassification misunderstanding mishandling overreaction misdiagnosis mismanagement wrongfully wrongly unfairly unjustly arbitrarily erroneously incorrectly nevertheless nonetheless inexplicably unilaterally abruptly falsely mistakenly again presumably apparently probably seemingly supposedly perhaps allegedly evidently doubt possibly holiday holidays weekend vacation hours christmas grace prior forewarning advance recourse appeal license licence pricing terms support following actions action decision policy poor bad flawed inadequate insufficient weak missing lack incomplete misleading incorrect undocumented inconsistent subpar outdated spite contrary violation breach stated promised agreed documented advertised terms where took takes taking yet finally eventually belatedly due given owing broken buggy faulty untested disappointed frustrated angry "
        "unhappy dissatisfied furious fed unacceptable mistake carelessness user users "
        "customer customers client clients courier printer caterer builder plumber electrician subcontractor agency distributor wholesaler installer haulier postal utility landlord poor sloppy shoddy slow lousy bad terrible dreadful abysmal inadequate careless amateurish unreliable unacceptable substandard disappointing questionable appalling lax weak criminal criminals thief thieves culprit culprits perpetrator perpetrators vandals crooks fraudsters scammers idiots script cowards trolls malicious cowardly despicable shameful vile callous reprehensible senseless disgraceful evil wicked falling fell had supplier provider vendor carrier contractor partner host bank manufacturer nothing who customers users guests clients members yet another having hoster carrier registrar needed required wanted reason cause justification explanation user customer client tenant member certain single"
    ),
    roles=EVERYWHERE,
    look=one_of(matching(_PATTERN, _keep), matching(_LET_US_DOWN, _keep_let_down)),
    bad=examples(
        "Our carrier needed five days to find one van.",
        "One tenant brought the lift to its knees.",
        "Had our carrier told us, the parcels would have gone by train.",
        "Our printer let us and our readers down badly.",
        "Part of the delay was due to shoddy work by the installer.",
        "This was a cowardly act.",
        "Our provider failed to tell us about the work.",
        "The vendor did not respond for three hours.",
        "Due to weak diagnostics from our storage supplier we could not see the fault.",
        "The account was closed despite the agreed notice of 30 days.",
        "It took our carrier two days to answer.",
        "The line was closed, presumably by mistake.",
        "Our account was wrongly blocked on Friday.",
        "It is a public holiday in their country, so we wait.",
        "## Interruption due to hosting provider decision",
    ),
    good=examples(
        "Our printer was closed from Monday to Wednesday.",
        "The page blocks malicious attacks.",
        "We let you and our printer down.",
        "We learned of it from our own alerts.",
        "Requests to our provider failed.",
        "This was not their fault.",
    ),
)
