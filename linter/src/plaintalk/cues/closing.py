"""What a closing message owes: over, stable, thanks, regret, own part, what next, where to go."""

from typing import Final

from plaintalk.document import Document
from plaintalk.finding import State
from plaintalk.pattern import Pattern
from plaintalk.text import Sentence

RESOLVED_WORDS: Final = (
    "resolved restored fixed recovered recovering normal normally clear available again operational "
    "completed complete closed working deployed over resolution repaired corrected resumed applied "
    "back online healthy behind put set made consider declare call can could recovered except rest apart cannot returned ended end resolve up stable worked works well solved done still remain remains running behind right usual woods yet"
)
_ALL: Final = r"(?:everything|every part|all of it|all (?:\w+ )?(?:parts?|systems?|services?|components?|functions?|features?)|service)"
_IT: Final = r"(?:(?:the|this) (?:\w+ )?(?:incident|issue|outage|disruption|failure|slowdown|problem|interruption)|it)"
IS_OVER: Final = (
    rf"{_ALL} (?:is|are) (?:now |all |again |fully )*(?:healthy|up|well|fine|running|in order)(?: again)?"
    rf"|{_IT} (?:has |is |was )?(?:now |finally )*(?:ended|over(?! (?:an?|half|the|\d))(?! after)|behind us)"
    rf"|(?:consider|declare|call) {_IT} (?:\w+ )?(?:closed|over|resolved|fixed|done|ended)"
    r"|(?:put|set|made) (?:it|this|that|things|everything) (?:all )?right"
)
"""That the whole is over, without naming a part of the product."""
_PART_IS_BACK: Final = r"(?:can|could) (?:now )?(?:use|reach|open|see|send|work) (?:\w+ ){1,4}again|well again|(?:has|have) recovered"
RESOLVED: Final = Pattern(
    rf"\b(?:{IS_OVER}|{_PART_IS_BACK}|resolved|restored|fixed|recover(?:ed|ing)|repaired|resumed|corrected|back to normal|back (?:up|online)|all[- ]clear"
    r"|(?:available|working|online|operational|up) again|(?:fix|patch|mitigation|rollback) (?:\w+ )?(?:deployed|implemented|applied|rolled out)"
    r"|(?:all|fully|are|is|now|systems?|services?) (?:\w+ )?operational|(?:operating|working|worked|functioning|running|loading|processing) normally"
    r"|(?:was|were|is|are|came) back (?:at|since|on)\b|(?:been|is|are) stable since"
    r"|(?:incident|issue|outage) (?:is |has )?(?:closed|over|end(?:ed)?)|incident end\b|(?:is|are) (?:now |all |finally )*(?:over|closed|fixed|solved)|(?:everything|all|it) (?:is |are )?(?:well|works|worked) again|works? again|works? (?:as (?:it should|usual|expected)|normally)|(?:maintenance|recovery|restoration|repairs?|work|restarts?|reboots?|updates?|upgrades?|migrations?|failover) (?:[\w-]+ ){0,4}?(?:is|are|has been|have been|was|were|been) (?:\w+ )?completed?|\A\W*completed|completed(?= ?[-–:*\]]|\W*\Z)|returned (?:to normal|automatically|to service)|normal operations?"
    r"|(?:was|were|is|are|been|we're|everything's|it's) (?:\w+ ){0,2}?back\b|up and running|running (?:again|smoothly|as (?:usual|normal))|(?:all|every) (?:\w+ )??(?:services?|systems?|components?|parts?) (?:is|are|was|were) (?:\w+ )?(?:running|up|working|back|fine|healthy)"
    r"|behind us|back to (?:their|its|your|our|the) (?:usual|normal)|back to (?:full|business|usual)|back at full|right again|(?:as of|from) [^.;]{1,40}, (?:all|every\w*|the) [^.;]{1,40} (?:running|working|back)"
    r"|can be (?:done|used) again|closed the (?:\w+ )?vulnerability|(?:did|does) (?:resolve|fix) (?:it|the)|deployed a fix|applied a fix)\b"
)
NOT_YET: Final = Pattern(
    r"\b(?:not|n't) (?:yet )?(?:recovered|call (?:this|it) over)\b|\bcannot call (?:this|it) (?:over|resolved|fixed)\b|\b(?:everything|all|most of it|the rest) (?:except|but|apart from)\b|\bnot (?:yet )?(?:fully )?(?:resolved|fixed|over|done|restored|back to normal)(?: yet)?\b"
    r"|\b(?:not out of the woods|not (?:quite |all )?(?:there|right|working|back|recovered|normal)(?: yet)?|still (?:not|n't|limp\w*|broken|fail\w*|struggl\w*|hav(?:e|ing) (?:\w+ )?(?:trouble|problems?|issues?|errors?|difficult\w+)|has (?:\w+ )?(?:trouble|problems?|issues?|errors?)|working on|fixing|waiting(?! (?:for|to|on))|un(?!known|clear|certain|der|determined|til|resolved question)\w+|in trouble|off|out|missing|trouble|problems|behind|catching up)|n't (?:\w+ )?(?:there|right|working|back|recovered|normal|fixed|over|resolved) yet)\b"
    r"|\b(?:(?:is|are) still|remains?) (?:\w+ ){0,2}?(?:affected|slow|late|delayed|down|degraded|unavailable)\b|\bonce (?:\w+ ){1,4}?(?:is|are) resolved; (?:it|they) (?:is|are) still\b"
)
_UNSURE = Pattern(
    r"(?:\b(?:should(?: now)? be|should have|we (?:now )?believe|seem(?:s|ed)?|appear(?:s|ed)?|being|(?<!irmed\sto\s)be|until|when|if|expect\w*|not|attempt\w*|try\w*|mostly|largely|nearly|almost|partly|bringing|focus\w*|prevent\w*|unable|fail(?:ed|s|ing)?|start(?:ed|ing)? (?:to )?(?:com|recover)\w*|considered)|\w+n't"
    r"|\b(?:cautiously|hopefully|to get|working (?:on|to)|hope to|partially|before|needs? to|aim\w*|will|once|monitor\w* telemetry to confirm)) (?:[\w']+ ){0,6}?"
    r"(?:resolved|fixed|restored|recovered|repaired|normal|operational|available|working|corrected|completed|online|up|back)\b"
)


_BUT_NOT = Pattern(
    r"\b(?:but|however|although|though)\b[^.;]{0,60}\b(?:still|fail\w*|not|down|remain\w*|some|few)\b|\bfix (?:did not|didn't|does not|doesn't|was not|wasn't|has not|hasn't)\b"
)
# Space on a disk, a file or an account that came back is not the service.
_OTHER_THING = Pattern(
    r"\b(?:space|disk|gb|mb|tb|memory|funds|money|backups?|snapshots?|script|accounts?|certificates?|credentials|keys?|emails?|copy|copies|archive) (?:[\w-]+ ){0,3}?(?:recovered|restored|renewed|completed)\b|\b(?:recovered|restored) (?:the|a|all|our|some) (?:\w+ )?(?:keys?|space|funds|money|backups?|certificates?|credentials|files?|copy|copies)\b|\b(?:restored?|recovered?) (?:from|the|a|an) (?:\w+ )?(?:snapshots?|backups?|copy|copies|archive)\b|\bto restore\b[^.;]{0,60}\bagain\b"
)
_PLAINLY_OVER = Pattern(
    r"\b(?:resolved|back (?:up|online|to normal)|fully|service|services|everything|outage|incident|issue)\b"
)


def resolved(document: Document, sentence: Sentence) -> State | None:
    """Whether it is over, said without a hedge; "not resolved yet" answers the question too."""
    scan, start, end = document.scan, sentence.start, sentence.end
    if document.find(NOT_YET, sentence):
        return "answered"
    if not document.find(RESOLVED, sentence):
        return None
    if sentence.role in ("label", "heading"):
        return "answered" if scan[start:end].strip(" :#").startswith("resolved") else "partly"
    if document.find(_BUT_NOT, sentence):
        return "partly"
    if document.find(_OTHER_THING, sentence) and not document.find(_PLAINLY_OVER, sentence):
        return "partly"
    return "partly" if document.find(_UNSURE, sentence) else "answered"


HELD_WORDS: Final = (
    "since watched monitored observed further new more additional verified confirmed checked tested "
    "stable stability monitoring watching period error normal steady healthy held without"
)
STABILITY_WORDS: Final = (
    "stable stability normal normally operational watched monitored monitoring verified confirmed "
    "healthy steady since nominal"
)
STABILITY: Final = Pattern(
    r"\b(?:stable|(?:operating|working|functioning|running|performing|processing) (?:as )?(?:normally|expected|as expected)"
    r"|(?:back|returned) to (?:normal|nominal)|all (?:\w+ )?(?:systems|services) (?:are )?(?:\w+ )?(?:operational|normal)"
    r"|(?:are|is|now|fully|remain\w*) (?:\w+ ){0,2}?(?:operational|healthy|stable)"
    r"|(?:watched|monitored) (?:it |this |the \w+ )?(?:until|for|since|over)"
    r"|(?:verified|confirmed) (?:that )?(?:\w+ ){0,5}?(?:resolved|stable|normal|recovered|working|operational|restored)"
    r"|(?:no|without) (?:further|new|more|additional) (?:errors|issues|problems|failures|reports)"
    r"|has (?:held|been (?:stable|healthy|steady)) (?:since|for)|normal (?:operations?|levels|service))\b"
)
_STABILITY_HEDGE = Pattern(
    r"\b(?:should|expect\w*|we believe|appears?|seems?|will (?:be|return)|once|to get|hopefully)\b"
)
HELD: Final = Pattern(
    r"\b(?:(?:stable|steady|healthy|normally|normal|held|recovered|working|errors?|failures?) (?:\w+ ){0,3}?(?:since|for|over|throughout)"
    r"|(?:watched|monitored|observed) (?:\w+ ){0,4}?(?:until|for|since|over|throughout)"
    r"|(?:no|without) (?:further|new|more|additional) (?:\w+ )?(?:errors|issues|problems|failures|reports)"
    r"|(?:verified|confirmed|checked|tested) (?:that )?(?:\w+ ){0,6}?(?:stable|normal(?:ly)?|recovered|working|operational|restored|resolved)"
    r"|(?:is|are|been|remained?|remains) stable|stability|after (?:monitoring|watching|a period of)|error rates? (?:\w+ ){0,3}?(?:normal|zero|baseline))\b"
)


def held(document: Document, sentence: Sentence) -> State | None:
    """Evidence that the fix has held: a time since, a time watched, a check."""
    if not document.find(HELD, sentence):
        return None
    return "partly" if document.find(_STABILITY_HEDGE, sentence) else "answered"


def stability(document: Document, sentence: Sentence) -> State | None:
    """The state after the fix: stable since, watched until, operating normally."""
    if not document.find(STABILITY, sentence):
        return None
    return "partly" if document.find(_STABILITY_HEDGE, sentence) else "answered"


THANKS_WORDS: Final = "thank thanks appreciate grateful patience"
THANKS: Final = Pattern(
    r"\b(?:thank you|thanks (?:for|to (?:everyone|all|those))|thanks|we (?:\w+ )?appreciate|grateful)\b"
)


def thanks(document: Document, sentence: Sentence) -> State | None:
    """Thanks to the readers."""
    found = document.find(THANKS, sentence)
    return "answered" if found else None


REGRET_WORDS: Final = "sorry apologize apologise apologies apology apologizes regret apologizing"
REGRET: Final = Pattern(
    r"\b(?:sorry|apologi[sz]e[sd]?|apologi[sz]ing|apolog(?:y|ies)|we (?:\w+ )?regret)\b"
)


def regret(document: Document, sentence: Sentence) -> State | None:
    """That we are sorry."""
    found = document.find(REGRET, sentence)
    return "answered" if found else None


OWNERSHIP_WORDS: Final = (
    "ours mistake mistakes error fault failure oversight responsibility job choice made failed missed let should "
    "fell broke caused got overlooked chose own take taking released deleted changed lost test catch notice late "
    "process tool copy allowed hid covered update change release bug deployed introduced shipped responsible"
)
OWNERSHIP: Final = Pattern(
    r"\b(?:(?:was|is|were|because of|of) (?:entirely |all )?(?:our|ours)\b(?: own)? ?(?:mistake|error|fault|failure|choice|oversight|responsibility|job)?"
    r"|our (?:own )?(?:mistake|error|fault|failure|oversight|responsibility)"
    r"|we (?:\w+ )?(?:made (?:a|this|the|that|an) (?:mistake|error|choice)|failed|missed|let (?:you|our)|should (?:have|not have)"
    r"|did not (?:test|catch|notice|check|have|see)|fell short|broke|caused|got (?:this|it) wrong|overlooked"
    r"|chose|own (?:this|it|that)|take (?:full )?(?:responsibility|ownership)|released|deleted|changed how|lost)"
    r"|(?:an?|the) (?:\w+ ){0,3}?(?:error|mistake|update|change|release|bug|fault) (?:in our|of ours|we (?:\w+ )?(?:made|released|deployed|introduced|shipped))"
    r"|our (?:\w+ ){0,2}?(?:process|tool|copy|system|test|update|release|change) (?:\w+ )?(?:let|hid|allowed|missed|did not|covered|failed)"
    r"|which was too late)\b"
)


def ownership(document: Document, sentence: Sentence) -> State | None:
    """Our own part in it, said with "we" or "our"."""
    found = document.find(OWNERSHIP, sentence)
    return "answered" if found else None


NEXT_STEP_WORDS: Final = (
    "will next by update follow publish report share further need ll postmortem continue"
)
NEXT_STEP: Final = Pattern(
    r"\b(?:(?:will|we'll) (?:\w+ ){0,2}?(?:publish|report|share|write|post|update|follow|send|provide|say|release|conduct|keep|be in touch|confirm)"
    r"|next update|(?:no|last|final) (?:further |more )?updates?|full (?:report|summary|post-?mortem)"
    r"|you do not need to|no (?:further )?action (?:is )?(?:needed|required))\b"
)
_DATED = Pattern(
    r"\b(?:by|on|before|within|in the next|at) (?:\w+ ){0,3}?(?:\d|monday|tuesday|wednesday|thursday|friday|tomorrow|today)"
    r"|\b\d{1,2}:\d\d\b|\bno (?:further|more)\b|\bdo not need to\b|\bfinal update\b"
)

PROMISED: Final = Pattern(
    r"\bby (?:the end of )?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d{1,4}(?:st|nd|rd|th)?)?(?:,? \d{4})?(?::|,)? (?:we|our|the|a|each|every|both|all)\b"
    r"|\b(?:we|will|we'll) [^.!?]{0,120}\bby (?:the end of )?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
)


def next_step(document: Document, sentence: Sentence) -> State | None:
    """What happens next, and when; or that nothing more will follow."""
    if document.find(PROMISED, sentence):
        return "answered"
    if not document.find(NEXT_STEP, sentence):
        return None
    return "answered" if document.find(_DATED, sentence) else "partly"


HELP_WORDS: Final = "contact support reply email phone call write help reach ticket"
HELP: Final = Pattern(
    r"\b(?:contact|reply|reach (?:out|us)|e-?mail us|write to|phone|call us|open a ticket|(?:our |customer )?support(?: team| from|@)|get in touch)\b"
)


def help_route(document: Document, sentence: Sentence) -> State | None:
    """Where someone still stuck can go."""
    found = document.find(HELP, sentence)
    return "answered" if found else None
