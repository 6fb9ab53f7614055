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

SMALL_NUMBER: Final = (
    r"\b(?:only )?(?:an? |the )?(?:very |relatively |extremely |fairly |quite )?"
    r"(?:small|tiny|limited|minor|minimal|low|modest) "
    r"(?:number|subset|share|fraction|percentage|portion|proportion|group|minority|set|amount"
    rf"|sample)(?: of (?P<between>(?:[\w'/-]+ ){{0,3}}?)(?P<noun>{IMPACT}))\b(?!-)"
    r"|\b(?:only )?(?:just )?a (?:small )?handful of "
    rf"(?P<between2>(?:[\w'/-]+ ){{0,3}}?)(?P<noun2>{IMPACT})\b(?!-)"
    rf"|\b(?:only )?(?:just )?(?:very few|a few|a couple(?: of)?|few)(?: of)? (?P<between3>(?:(?!minutes\b|hours\b|seconds\b|days\b|weeks\b|times\b|of\b|to\b|and\b)[\w'/-]+ ){{0,2}}?)(?P<noun3>{IMPACT})\b(?!-)"
)
SMALL_NUMBER_WORDS: Final = "small tiny limited minor minimal low modest handful few couple"

SOME_OF: Final = (
    r"\b(?:some|certain|several|a subset|subsets?|a portion|a number|a proportion|a percentage"
    r"|a fraction|a selection)(?: of)? (?P<between>(?:[\w'/-]+ ){0,3}?)"
    rf"(?P<noun>{IMPACT})\b"
)
SOME_OF_WORDS: Final = (
    "some certain several subset subsets portion number proportion percentage fraction selection"
)

SHORT: Final = r"(?:brief|short|short-lived|momentary|temporary|transient|quick|fleeting)"
SHORT_TIME: Final = (
    rf"\b(?P<article>an? |the |this |our )?(?:very |relatively |fairly )?(?P<short>{SHORT}) "
    rf"(?P<middle>{GAP2})(?P<noun>{BAD})\b"
    r"|\b(?P<adverb>briefly|momentarily|temporarily|transiently) (?P<middle2>(?:\w+ )?)"
    r"(?P<state>unavailable|offline|down|slow|slower|inaccessible|unreachable|interrupted|degraded"
    r"|disrupted|delayed|unresponsive|impacted|affected|failing|unable|experienced|failed)\b"
    r"|\b(?P<state2>unavailable|offline|down|slow|inaccessible|unreachable|interrupted|degraded"
    r"|disrupted|delayed|unresponsive) (?P<adverb2>briefly|momentarily|temporarily)\b"
    r"|\bfor (?:only )?(?:a|some) (?:very |relatively )?(?:short|brief) "
    r"(?:time|while|period(?: of time)?|moment|window|duration|spell)\b"
    r"|\bfor a (?:moment|little while)\b|\bfor (?:only|just) (?:a few|a couple of|some) (?:moments|seconds|minutes)\b"
)
SHORT_TIME_WORDS: Final = (
    "brief briefly short momentary momentarily temporary temporarily transient transiently quick "
    "fleeting moment moments while few couple"
)

NEVER_AGAIN: Final = (
    r"\b(?:this|it|that|such an? \w+) (?:will never|won't|will not|cannot|can't|can never"
    r"|is not going to|must never|shall never|shall not) (?:ever )?"
    r"(?:happen|recur|reoccur|occur|repeat)(?: itself)?(?: again)?\b"
    r"|\bnever (?:happens?|recurs?|reoccurs?|occurs?|repeats?)(?: itself)?(?: again)?\b"
    r"|\bnever again\b|\bnever be (?:repeated|allowed to happen)\b"
    r"|\bfrom ever (?:happening|recurring|reoccurring|occurring)\b"
    r"|\bcannot happen again\b|\b(?:will|would|can|should) no longer (?:be able to )?(?:happen|occur|recur|reoccur)\b"
)
NEVER_AGAIN_WORDS: Final = (
    "never won will would cannot can longer happening recurring reoccurring occurring"
)

ENSURE_NOT_AGAIN: Final = (
    r"\b(?:ensur(?:e|es|ed|ing)|mak(?:e|es|ing) sure|guarantee(?:s|ing)?|make certain) "
    r"(?:that )?(?:[\w'/-]+,? ){0,10}?"
    r"(?:does not|doesn't|do not|don't|cannot|can not|can't|will not|won't|would not|wouldn't"
    r"|never|is not|isn't|are not|no longer) (?:be |to )?"
    r"(?:happen|recur|reoccur|re-occur|occur|repeat|repeated|arise|come back|take place)"
    r"(?:s|ed)?(?: again)?\b"
    r"|\bso (?:that )?(?:this|it|that|such \w+) (?:does not|doesn't|do not|won't|will not|cannot|can't|never) "
    r"(?:happens?|occurs?|recurs?|reoccurs?|repeats?)(?: again)?\b"
)
ENSURE_NOT_AGAIN_WORDS: Final = (
    "so ensure ensures ensured ensuring sure guarantee guarantees certain"
)
