"""BLM-13: a supplier who "failed to tell us"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
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
)
_OURS = Pattern(
    r"\b(?:with|on|upon|to|at) (?:us|me|ourselves)\b|\b(?:hold|make) (?:us|me|ourselves)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not _OURS.search(document.scan, found.start(), min(sentence.end, found.end() + 12))


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
        "responsible despite broken buggy faulty untested disappointed frustrated angry "
        "unhappy dissatisfied furious fed unacceptable mistake carelessness user users "
        "customer customers client clients"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Our provider failed to tell us about the work.",
        "The vendor did not respond for three hours.",
    ),
    good=examples("We learned of it from our own alerts.", "Requests to our provider failed."),
)
