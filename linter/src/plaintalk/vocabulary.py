"""Words that several rules share, as pieces of patterns over lower-cased text."""

from typing import Final

PEOPLE: Final = (
    r"(?:users?|customers?|accounts?|clients?|members?|subscribers?|people|persons|individuals"
    r"|organi[sz]ations?|tenants|workspaces|merchants|shops|stores|teams|companies|businesses"
    r"|developers|visitors|players|patients|clinics|subscriptions|sites|websites|projects"
    r"|partners|servers|regions|instances|installations|devices|repositories|domains)"
)
WORK: Final = (
    r"(?:requests?|orders?|payments?|messages?|e-?mails?|jobs?|builds?|calls?|transactions?"
    r"|sessions?|deliveries|uploads?|downloads?|invoices?|payouts?|queries|connections?"
    r"|operations?|workflows?|pages?|files?|records?|events?|notifications?|webhooks?|logins?"
    r"|sign-?ins?|views|visits|searches|transfers|deposits|withdrawals|runs|conversations)"
)
IMPACT: Final = rf"(?:{PEOPLE}|{WORK})"
BAD: Final = (
    r"(?:issues?|problems?|disruptions?|outages?|delays?|errors?|downtime|interruptions?"
    r"|degradations?|incidents?|failures?|slowdowns?|faults?|bugs?|loss(?: of service)?"
    r"|unavailability|instability|service interruptions?|impact|hits?|timeouts?|latency|packet loss|data loss|lag|hang)"
)
IMPACT_VERB: Final = (
    r"(?:affect(?:ed|ing|s)?|experienc(?:e|ed|es|ing)|impact(?:ed|ing|s)?|could not|couldn't"
    r"|cannot|can't|unable|fail(?:ed|ing|s)?|encounter(?:ed|ing)?|saw|see(?:ing)?|receiv(?:ed|ing)"
    r"|lost|los(?:e|ing)|unavailable|inaccessible|unreachable|delayed|slow|missing|notic(?:e|ed|ing)"
    r"|offline|down|had|have (?:seen|had)|were not|was not|did not|didn't|hit|facing|faced|report(?:ed|ing)?)"
)
GAP2: Final = r"(?:[\w'/-]+,? ){0,2}?"
GAP3: Final = r"(?:[\w'/-]+,? ){0,3}?"
NUMBER_WORD: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)

TOUCHED: Final = (
    rf"(?:{PEOPLE}|{WORK}|traffic|data|mail|hosts?|nodes?|clusters?|volumes?|buckets?|databases?"
    r"|tables?|rows|entries|posts|comments|images|keys|tokens|models|links|documents|reports?"
    r"|exports?|imports?|attempts|packets|machines|applications|apps|deployments|features|services"
    r"|runners|objects|items|tickets|bookings|deploys|edits|reads|writes|responses|results"
    r"|cases|errors|failures|timeouts|issues|(?:the )?time|situations|circumstances|occasions|scenarios|locations|countries|builds|certificates|readers|testers|shoppers|guests|callers|drivers|students|pupils|tenancies|organisers|viewers)"
)
"""What an incident can hit: people, their work and their things."""
FAULT: Final = (
    rf"(?:{BAD}|spikes?|drops?|blips?|slowness|unreachability|mishaps?|trouble|inconveniences?"
    r"|disconnects?|disconnections?|glitch(?:es)?|hiccups?|lags?|inaccuracies|inconsistenc(?:y|ies)"
    r"|misconfigurations?|setbacks?|complications?|malfunctions?|regressions?|stability issues)"
)
"""`BAD` and its rarer relatives."""
_VERY: Final = r"(?:very |relatively |extremely |fairly |quite |rather |really |comparatively |super |pretty )?"
SMALL: Final = (
    r"(?:small|smallish|tiny|limited|minor|minimal|low|modest|negligible|insignificant|minuscule)"
)

SMALL_NUMBER: Final = (
    rf"\b(?:only )?(?:just )?(?:an? |the |some )?{_VERY}{SMALL} "
    r"(?:(?:but|and|yet|,) \w+ )?(?:number|numbers|subset|share|fraction|percentage|portion|proportion|group|minority|set"
    r"|amount|amounts|sample|part|slice|volume|rate|handful|selection|quantity|cohort)"
    rf"(?: of (?P<between>(?:[\w'/-]+ ){{0,3}}?)(?P<noun>{TOUCHED}))\b(?!-)"
    r"|\b(?:only )?(?:just )?a (?:small |mere )?handful of "
    rf"(?P<between2>(?:[\w'/-]+ ){{0,3}}?)(?P<noun2>{TOUCHED})\b(?!-)"
    r"|\b(?:only )?(?:just )?(?:very few|a few|a couple(?: of)?|few|hardly any|barely any|almost no|practically no|next to no)(?: of)? "
    r"(?P<between3>(?:(?!minutes\b|hours\b|seconds\b|days\b|weeks\b|times\b|of\b|to\b|and\b|more\b"
    rf"|reports?\b)[\w'/-]+ ){{0,2}}?)(?P<noun3>(?:{PEOPLE}|{WORK}))\b(?!-)"
)
FOLK: Final = (
    r"(?:hospitals|schools|practices|pharmacies|students|pupils|parents|employees|drivers|passengers|riders|guests|travell?ers|residents|citizens"
    r"|applicants|households|families|listeners|readers|viewers|learners|teachers|branches|hotels|restaurants|farms|councils|universities|libraries"
    r"|participants|holders|owners|franchisees|colleagues|journeys|bookings|tickets|parcels|boxes|cases|rooms|homes|meters|machines|cards|letters|invoices"
    r"|trips|lessons|classes|appointments|prescriptions|policies|claims|contracts|refunds|sellers|buyers|vendors|donors|volunteers|couriers|dentists|doctors|nurses|officers|staff|workers|authors|artists|fans|players|gamers|parties|policyholders|cardholders|account holders)"
)
"""Whom or what an incident can hit where the product is not software."""
HANDFUL: Final = (
    r"\b(?:only |just |merely |no more than |not more than |at most )?(?:an? (?:mere |small |very small |tiny )?handful|(?:very |only |just )few|a (?:very )?few|a couple|one or two|two or three|a small minority|a tiny minority|a select few|hardly any|barely any|next to no|almost no|virtually no|practically no) "
    rf"(?:of )?(?:(?:our|the|your|these|those|early|late|local|larger|smaller|older|individual|other|unlucky|isolated) ){{0,2}}?(?:{FOLK}|you|us|them|people|(?:[\w-]+ )?(?:customers|users|accounts|orders|payments|requests|e-?mails|messages|clients|members|shops|stores|sites))\b"
    r"|\b(?:only )?(?:an? |the )?(?:very |relatively |extremely |fairly |quite |rather )?(?:small|tiny|limited|minor|minimal|low|modest|insignificant) (?:number|subset|portion|share|fraction|percentage|group|set|minority|proportion|amount|selection) of (?:our |the )?(?:[\w-]+ ){0,2}?[a-z]{2,}s\b"
)
"""A count that is not given, whatever was hit."""
HANDFUL_WORDS: Final = (
    "handful few couple minority one two hardly barely next almost virtually practically"
)
SMALL_NUMBER_WORDS: Final = (
    "small smallish tiny limited minor minimal low modest negligible insignificant minuscule "
    "handful few couple hardly barely almost practically next"
)

SOME_OF: Final = (
    r"\b(?:some|certain|several|a subset|subsets?|a portion|a number|a proportion|a percentage"
    r"|a fraction|a selection)(?: of)? (?P<between>(?:[\w'/-]+ ){0,3}?)"
    rf"(?P<noun>{IMPACT})\b"
)
SOME_OF_WORDS: Final = (
    "some certain several subset subsets portion number proportion percentage fraction selection"
)

SHORT: Final = r"(?:brief|breif|short|short-lived|short-term|short-lasting|momentary|temporary|transient|quick|fleeting|passing|shortish)"
_DOWN: Final = (
    r"(?:unavailable|offline|down|slow|slower|inaccessible|unreachable|interrupted|degraded"
    r"|disrupted|delayed|unresponsive|impacted|affected|failing|unable|experienced|failed|lost"
    r"|denied|rejected|out of service|cut off|disconnected|locked out|unusable|broken|not available"
    r"|not reachable|not accessible|not working|dropped|inoperable|overloaded|read-only|closed|stuck|left with(?:out)?|return(?:ed|ing) errors|showed errors|stopped working)"
)
SHORT_TIME: Final = (
    rf"\b(?P<article>an? |the |this |our |some )?{_VERY}(?P<short>{SHORT}) "
    rf"(?P<middle>(?:(?!(?:of|for|to|in|on|and|with|by|from|after|before|about|summary|overview|update|note|message|look|guide|description|account|list|report|explanation|introduction|break|pause)\b)[\w'/-]+,? ){{0,4}}?)(?P<noun>(?:{FAULT}|loss(?: of \w+)?))\b"
    r"|\b(?P<adverb>briefly|breifly|momentarily|temporarily|transiently|shortly) (?P<middle2>(?:\w+ )?)"
    rf"(?P<state>{_DOWN})\b"
    r"|\b(?P<state2>unavailable|offline|down|slow|inaccessible|unreachable|interrupted|degraded"
    r"|disrupted|delayed|unresponsive|unusable|lost|failed|dropped|stopped|out)"
    r" (?P<adverb2>briefly|momentarily|temporarily)\b"
    r"|\bfor (?:only )?(?:a|some) (?:very |relatively )?(?:short|brief|little) "
    r"(?:time|while|period(?:s)?(?: of time)?|moment|window|duration|spell|instant)\b"
    rf"|\b(?:a bit|a little(?: bit)?|a touch|a spot|some brief|a moment) of (?:\w+ )?{FAULT}\b"
    r"|\bfor a (?:little )?bit\b"
    rf"|\b{_DOWN} (?:[\w'-]+ ){{0,2}}?for (?:only |just |about |maybe )?(?:a )?(?:few|couple(?: of)?) (?:short )?(?:seconds|minutes|moments|mins)\b"
    rf"|\b(?:a )?(?:few|couple(?: of)?) (?:short )?(?:seconds|minutes|moments|mins) of (?:\w+ ){{0,2}}?{FAULT}\b"
    rf"|\b(?:for|during|over|on) an? (?:very |relatively |rather |fairly )?(?:short|small|brief|limited|little) (?:time ?frame|amount of time|time ?span|span|stretch|interval|time period|period of time)\b"
    r"|\bfor (?:only |just )?(?:a moment|a few moments|an instant)\b"
    r"|\bfor (?:only|just) (?:a few|a couple of|some) (?:moments|seconds|minutes)\b"
    r"|\b(?:a|some) (?:very |relatively )?(?:short|brief) (?:period|window|spell|time|moment)s? of "
    rf"(?:\w+ ){{0,2}}?(?:{FAULT}|degraded|elevated|reduced|poor|slow|increased|connectivity|un\w+)\b"
)
SHORT_TIME_WORDS: Final = (
    "brief breif briefly breifly short shortish shortly momentary momentarily temporary temporarily transient "
    "transiently quick fleeting passing moment moments instant while few couple little bit touch spot"
)

_EVENT: Final = (
    r"(?:this|it|that|(?:such|similar|this|these|those) (?:an? )?(?:[\w'-]+ ){0,3}?[\w'-]+"
    r"|(?:any|some|no)thing like (?:this|it|that))"
)
_NEVER: Final = (
    r"(?:will never|won't|will not|cannot|can't|can not|can never|could not|couldn't|is not going to"
    r"|isn't going to|are not going to|aren't going to|must never|must not|shall never|shall not"
    r"|should never|never)"
)
_COMES_BACK: Final = r"(?:happen|recur|reoccur|re-occur|occur|repeat|be repeated|arise|come back|return|take place|strike)"
NEVER_AGAIN: Final = (
    rf"\b{_EVENT} {_NEVER} (?:ever |possibly |simply )?{_COMES_BACK}(?: itself)?(?: again| a second time)?\b"
    r"|\bnever (?:happens?|recurs?|reoccurs?|occurs?|repeats?)(?: itself)?(?: again)?\b"
    r"|\bnever again\b|\bnever be (?:repeated|allowed to happen)\b"
    r"|\bfrom ever (?:happening|recurring|reoccurring|occurring|coming back|returning)\b"
    r"|\b(?:will|would|can|should) no longer (?:be able to )?(?:happen|occur|recur|reoccur)\b"
    r"|\b(?:won't|will not|cannot|can't) (?:happen|occur|recur|reoccur) (?:again|a second time|any ?more)\b"
    r"|\b(?:won't|will not|will never|will no longer) be (?:an?|any|a further|an? \w+) (?:issue|problem|concern|factor|risk)s? (?:again|going forward|any ?more|in (?:the )?future|from now on)\b"
    r"|\bno (?:more|further) (?:outages|downtime|interruptions|surprises)\b|\b(?:no|zero) (?:chance|possibility|risk|danger) (?:of|that) (?:this|it|such|a repeat|a recurrence|any|further)\b"
    r"|\bthere (?:will|won't|can) (?:not )?be (?:no|any) (?:more|further) (?:[\w'-]+ ){0,2}?"
    rf"(?:{FAULT})\b"
    r"|\b(?:you|customers|users|nobody|no one|we) (?:will|won't|should|shall) (?:not |never )?(?:ever )?"
    r"(?:experience|see|face|encounter|run into|suffer|have|go through|lose|meet) (?:[\w'-]+ ){0,5}?again\b"
)
NEVER_AGAIN_WORDS: Final = (
    "never won will would cannot can could shall should must not isn aren longer happening recurring "
    "reoccurring occurring coming returning again issue problem concern "
    "more further zero chance possibility risk danger"
)

_LEAD: Final = (
    r"(?:ensur(?:e|es|ed|ing)|(?:mak(?:e|es|ing)|made|be|being|are|am|is|feel|were) (?:\w+ )?"
    r"(?:sure|certain|confident|positive)|guarantee(?:s|d|ing)?|assur(?:e|es|ed|ing)(?: you| everyone"
    r"| our \w+)?|promise|see(?:ing)? to it|assurance)"
)
_NOT_DO: Final = (
    r"(?:does not|doesn't|do not|don't|cannot|can not|can't|will not|won't|would not|wouldn't|never"
    r"|is not|isn't|are not|aren't|no longer|not|nobody|no one|nothing|no (?:[\w'-]+ ){0,2}?[\w'-]+)"
)
ENSURE_NOT_AGAIN: Final = (
    rf"\b{_LEAD} (?:that )?(?:[\w'/-]+,? ){{0,10}}?{_NOT_DO} (?:[\w'-]+ ){{0,2}}?"
    r"(?:(?:happen|recur|reoccur|re-occur|occur|repeat|arise|come back|take place|return|resurface)(?:s|ed)?(?: again)?"
    r"|(?:face|suffer|encounter|run into|be (?:affected|hit|impacted) by|go through) (?:[\w'-]+ ){0,2}?(?:the same|this|such|similar|these|those|any such|another|further|that)(?: [\w'-]+){0,2}"
    r"|(?:[\w'-]+,? ){0,6}?(?:again|any ?more|in (?:the )?future))\b"
    rf"|\b{_LEAD} (?:that )?(?:[\w'-]+ ){{1,5}}?(?:is|are|will be|remains?|stays?|will remain) (?:\w+ )?(?:robust|resilient|protected|immune|safe|prepared|stable|secure|safeguarded|shielded|bullet-?proof) (?:against|from|to|for) (?:[\w'-]+ ){{0,4}}?(?:such|future|similar|these|this|any|again)\b"
    rf"|\b{_LEAD} (?:that )?(?:there (?:is|are|will be|can be|shall be) )?(?:no|zero) (?:\w+ )?(?:recurrences?|reoccurrences?|repeats?|repetitions?)\b"
    r"|\bso (?:that )?(?:this|it|that|such|these|similar|nobody|no one|nothing|we|you) (?:[\w'-]+ ){0,5}?"
    rf"(?:{_NOT_DO}|can ever|ever) (?:[\w'-]+ ){{0,6}}?"
    r"(?:again|happens?|occurs?|recurs?|reoccurs?|repeats?|in (?:the )?future)\b"
)
ENSURE_NOT_AGAIN_WORDS: Final = (
    "so ensure ensures ensured ensuring sure guarantee guarantees guaranteed guaranteeing certain "
    "confident positive assure assures assured assuring assurance promise see seeing"
)

SUPPLIER: Final = (
    r"(?:providers?|vendors?|suppliers?|partners?|hosts?|hosters?|upstream|isps?|registrars?|carriers?|operators?"
    r"|contractors?|manufacturers?|resellers?|telcos?|data ?cent(?:er|re)s?|colo|facility|telephone company|power company"
    r"|landlord|aws|amazon|google|azure|microsoft|cloudflare|ovh|hetzner|digitalocean|fastly|linode|rackspace|godaddy"
    r"|stripe|paypal|twilio|apple|meta|oracle|ibm|akamai|equinix|comcast|verizon|at&t)"
)
"""Who delivers something to us, by role or by name."""
GIANT: Final = r"(?:google|amazon|aws|facebook|meta|microsoft|apple|netflix|twitter|azure|cloudflare|github|gmail|youtube|slack|whatsapp)"
"""Whom everybody knows, and nobody expects to fail."""
RUNS: Final = (
    r"(?:systems?|platforms?|infrastructure|architecture|networks?|set-?up|servers?|clusters?|databases?|services?"
    r"|software|hardware|environment|stack|data ?cent(?:er|re)s?|facilit(?:y|ies)|applications?|apps?|products?|sites?)"
)
"""What a company runs, named without saying anything about it."""
GREAT: Final = (
    r"(?:unrivall?ed|unparall?ell?ed|unmatched|unbeatable|unsurpassed|world[- ]class|exceptional|outstanding|stellar|superb"
    r"|superior|best[- ]in[- ]class|industry[- ]leading|market[- ]leading|first[- ]class|top[- ]notch|rock[- ]solid"
    r"|bullet-?proof|excellent|fantastic|amazing|incredible|tremendous|phenomenal|remarkable|impeccable|enviable|legendary"
    r"|heroic|valiant|herculean|mighty|magnificent|brilliant|enterprise[- ]grade|state[- ]of[- ]the[- ]art|cutting[- ]edge)"
)
"""Praise that no measurement stands behind."""
