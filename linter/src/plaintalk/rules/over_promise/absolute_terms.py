"""OVR-10: a future in absolutes: "every", "always", "nothing", "impossible", "promise"."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import EVERYWHERE, Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_VERB: Final = r"(?:will|shall|can|is going to|are going to|'ll)"
_NONE: Final = (
    r"(?:no(?! stone)(?: \w+){0,3}|nobody|no one|none of (?:you|our \w+|them|this|these)|nothing)"
)
_PATTERN: Final = Pattern(
    # Promised outright.
    r"\b(?:we|i|you have our|they have our|have our|have my|gives? you our|the company|the board|management) (?:\w+ )?(?:promise|promises|pledge|pledges|vow|vows|swear|undertakes?|guarantees?|warrants?|vouch|vouches|assures? (?:you|everyone|everybody|all|our \w+))(?: you| everyone| all| for| our \w+)?(?: that| there| no| every| to| it| this|,|:)|, (?:promise|promised|guaranteed|we promise|i promise|trust us|trust me|no exceptions?|without exception)\b ?[.!]|\btrust us\b(?=[,:;])|\btake (?:our|my) word for it\b|\b(?:our|my|a) (?:solemn |word of honou?r|solemn )?(?:promise|pledge|vow|guarantee|word)(?: is| that|:| to you| on it)\b|\b(?:stake|staking|bet|put|stand(?:s)? by|vouch) (?:our|my|the) (?:\w+ )?(?:reputation|name|word|house|future|honou?r|hand)\b|\b(?:is|are|it is|that is|hereby|remain|was|now) (?:\w+ )?(?:guaranteed(?! to be (?:unique|sorted|ordered|atomic|consistent|valid|present|at least))|assured|certain(?=\W*\Z|[.,;!]| that| to| from)|ruled out|excluded|a certainty|beyond doubt)\b(?! (?:minimum|by law|by the state|income|delivery))|\b(?:you|everyone|everybody|customers|passengers|patients|parents|players|all) (?:can|may|could) (?:now |again |once again |once more |always |fully |blindly |absolutely |completely )*(?:rely|depend|count|bank|trust|rest|sleep|be (?:certain|sure|confident)) (?:on|in|easy|easily|assured|soundly|that)\b"
    # Nothing, nobody, never.
    rf"|\b{_NONE} (?:of \w+ )?{_VERB} (?:\w+ )?(?:ever|again|lose|lost|fail|miss|be (?:lost|missed|late|interrupted|affected|left|charged|sent|marked|left behind|without|stranded|turned away)|get (?:through|lost|past)|go (?:wrong|missing|astray|unnoticed)|happen|trouble|stand in|stop|take|break|bring|slip|reach|disturb|harm|shake|suffer|wait|have to (?:wait|worry))\b|\b(?:will|shall|'ll|can|could|must|is going to|are going to) (?:never|not ever)(?: ever)?(?: again)? (?:lose|fail|miss|happen|break|stop|run (?:out|dry)|go (?:down|wrong|missing|off)|come back|return|trouble|let|be (?:lost|late|interrupted|down|offline|missed|marked|without|left|seen|read|charged twice|sent twice|beaten|broken|hacked|breached|a problem|an issue)|again|ever)\b|\b(?:won't|will not|shall not) (?!(?:be )?(?:charg|bill|ask|contact|writ|e-?mail|open|us)\w*\b)(?:[\w'-]+ ){{0,6}}?(?:again|a second time|ever|any more|anymore|twice|in (?:the )?future|be back|come back|return|recur|happen|fail)\b|\b(?:cannot|can't|can never) (?:[\w'-]+ )?(?:again|a second time|ever|any more|anymore|twice|in (?:the )?future|be back|come back|return|recur|happen|fail)\b|\bnever (?:again|ever|will|shall)\b|\bever again\b|\bnothing ever will\b|\bno more (?!than|information|details|news|updates?|seats|tickets|data|room|places|questions|likely|or less|and no)(?:[\w-]+ ){{1,3}}?(?:will|from now|again|ever)\b|[:,] no more [a-z-]+ [a-z-]+\b(?=[.!])|\b(?:is|are|was) the last (?:time|one|outage|such)(?: that)? (?:we|you|this|it|of)\b"
    rf"|\b(?:whatever|wherever|no matter (?:how|what|who|where|when)|come what may|rain or shine|whatever happens|regardless of (?:what|how|the)) (?:[\w'-]+ ){{0,8}}?(?:{_VERB})\b(?= (?:\w+ )?(?:work|stay|arrive|be|hold|run|get|keep|always|withstand|cope|remain|safe))|, whatever (?:its|the|their|your|comes|happens)\b|, (?:always|forever|for ever|for good|anywhere|everywhere|at all times|every time|without fail|no matter what|ever|come what may|and (?:it )?(?:will )?(?:always|forever|for ever))\b ?(?=[.!;]|$)"
    # For ever and in all cases.
    r"|\b(?:for ?ever|for evermore|for all (?:time|eternity)|for good|once and for all(?! (?:\w+ )?[a-z]+s\b)|definitively|irrevocably|in perpetuity|until the end of time|for (?:the )?(?:decades|generations|years) (?:ahead|to come))\b|\b(?:stays?|remains?) (?:fixed|solved|sealed|shut|gone|a (?:one-time|one-off|single) (?:event|case|thing|occurrence)|in the past|history|a thing of the past)\b(?=[.!,;]| and| for| from)|\bso (?:it|that it|they|this|that this) (?:stays|stay|remains|will stay|will remain) (?:fixed|that way|so|solved|closed|gone)\b|\band will (?:remain|stay) (?:so|that way|fixed|closed|sealed|solved)\b|\ba permanent (?:end|cure|stop|solution|answer|remedy|halt) (?:to|for|of)\b|\b(?:works?|working|holds?|will hold|runs?|stays?|available|safe|secure|stable|remains?|reachable|protected|guaranteed|open|reliable|online|withstands?|survives?|functions?|operates?|copes?) (?:\w+ )?(?:in|under|at) (?:all|any|every|whatever|each) (?:circumstances?|conditions?|weathers?|loads?|times?|situations?|cases?|events?|hours|eventualit(?:y|ies))\b(?! of)|\bwithout (?:fail|exception|any exception|interruption|a hitch|a single \w+|any (?:interruption|risk|failure|loss|delay|gaps?))\b(?=[.!,;]|$| from| again| in)|\bevery (?:single )?[\w-]+, every [\w-]+"
    # Impossible, immune, perfect.
    r"|\b(?:is|are|was|be|been|it|made|makes|becomes?|made it|now|rendered|technically|simply|physically) (?:\w+ )?(?:impossible|inconceivable|unthinkable|out of the question|ruled out|excluded|not possible any ?more|no longer possible) (?:for|that|to|in|by)\b|\b(?:immune|invulnerable|impervious|bulletproof|bullet-proof|watertight|airtight|unbreakable|unsinkable|unhackable|indestructible|infallible|foolproof|fool-proof|fail-?safe|fail-?proof|crash-?proof|tamper-?proof|impenetrable|uncrackable|perfectly safe|totally safe|completely safe|absolutely safe|perfectly secure|totally secure|completely secure|absolutely secure|100 ?(?:%|per ?cent) (?:safe|secure|sure|certain|reliable|available|\w+ability|uptime)|(?:hundred|one hundred|a hundred) ?per ?cent (?:safe|secure|sure|certain|reliable|availability|uptime))\b(?! of)|\b(?:complete|total|absolute|perfect|full|utter|unconditional|flawless|faultless) (?:safety|security|certainty|reliability|protection|availability|confidence|assurance|service|peace of mind|continuity|immunity)\b(?= (?:of|is|are|for|at|that|from|against|and|in)|[.,;!])"
    r"|\b(?:zero|no|not the slightest|not the least|absolutely no|no conceivable|no longer any|not any|without any) (?:possible |conceivable |remaining |further |residual )*(?:possibility|chance|risk|danger|doubt|way|room for (?:error|doubt)|single point of failure|likelihood|prospect)(?: whatsoever| at all)? (?:that|of|for|left|any ?more|about|here)\b|\b(?:chance|risk|danger|likelihood|probability|possibility|number of (?:errors|failures)) (?:of|that) (?:[\w'-]+ ){1,8}?(?:is|has been|was|are|to be|now) (?:\w+ )?(?:zero|nil|down to (?:zero|nil|nothing)|eliminated|removed|brought (?:down )?to (?:zero|nil|nothing)|reduced to (?:zero|nil|nothing)|non-existent|ruled out|gone|excluded)\b|\b(?:brought|reduced|cut|driven) (?:down )?to (?:zero|nil|nothing)\b|\b(?:free|rid) (?:of|from) (?:all |any |such )?(?:errors|bugs|faults|defects|failures|outages|interruptions|gaps|risk|weaknesses)\b|\b(?:error|bug|fault|defect|outage|interruption|risk|trouble|failure|downtime)-free\b"
    r"|\b(?:make|makes|made|making|it is|is|are|we are|with (?:full|absolute|complete|total|100 per cent)) (?:it )?(?:certain|certainty|sure|absolutely (?:sure|certain)|(?:completely|totally|fully|100 per cent|one hundred per cent) (?:sure|certain|confident)) (?:is )?(?:that )?(?:no |nothing|nobody|it (?:won't|will never|never)|this (?:won't|will never|never) )|\b(?:solves?|fixes|cures?|settles?|ends?|resolves?|covers?|catch(?:es)?|stops?|blocks?|finds?|prevents?|detects?|eliminates?|intercepts?|removes?) (?:it all|everything|anything|any (?:[\w-]+ ){1,3}?(?:before|of this|in time|at once)|every (?:[\w-]+ ){1,3}?(?:before|of this|that|in time|at once|without)|all (?:such|future|possible|conceivable) [\w-]+|(?:this|the) (?:[\w-]+ )?(?:completely|entirely|totally|definitively|altogether|for good|once and for all))\b|\b(?:found|fixed|removed|closed|eliminated|corrected|caught|eradicated|cleared) (?:each and |and \w+ )?every (?:last |single |remaining |possible |conceivable )(?:[\w-]+)|\b(?:completely|totally|entirely|utterly|definitively|absolutely|fully) and (?:definitively|permanently|completely|finally|utterly|irrevocably|totally)\b|\bevery conceivable\b|\bflawless(?:ly)?\b|\bno (?:storm|power cut|failure|flood|virus|attack\w*|hacker|outage|digger|load|rush|crowd|mistake)s?,? (?:no \w+,? )*(?:no \w+ |however \w+ )?(?:will|can|shall|could)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:not|n't|cannot|never|no longer|nobody can|no one can|nor|neither|without|hardly|if|whether|hope|unable to|no|said|wrote|claimed|thought|told you|had|were|was|as if|almost|nearly|rather than|than|until|unless|when|once|before|where|because|since|while|though) (?:\w+ )?(?:that )?(?:it |we |this |the \w+ )?\Z"
)
_OPEN: Final = Pattern(
    r"\b(?:you can make sure|cannot promise|can't promise|hope\w*|cannot guarantee|can't guarantee|no guarantee|nobody can|no one can|can say with|never say never|does not mean|doesn't mean|not (?:a )?guarantee|we were wrong|it came back|no certainty|not certain|but not|not yet|we (?:said|wrote|claimed|promised|told)|you (?:will not|won't) (?:be able|receive|see|get|find|need|have to|be (?:charged|billed|asked))|(?:will not|won't|cannot|can't) be (?:recovered|restored|brought back|used|reached|opened|saved|undone|refunded|delivered|completed|able)|until|unless|please|never (?:below|above|been|had|worked|arrived|received|reached|got|left|asked|sent|contained|held|stored|saw|in danger)|at the moment|for now|today|cannot (?:yet|say|tell|see|open|find|log|sign|climb|take)|can't (?:yet|say|tell|take)|could not|so far)\b"
)


# "It was impossible for them to sign in" tells what happened.
_IN_THE_PAST: Final = Pattern(
    r"(?:was|were|it was|been|made it|rendered|made) (?:\w+ )?(?:impossible|inconceivable|unthinkable|out of the question)\b"
)
# "Never ever run two of them at once" is a lesson, told to oneself.
_ADVICE: Final = Pattern(r"\W*never (?:ever )?(?!again|will|shall|can)\w+(?<!ed) ")


_RELY: Final = Pattern(r"\b(?:rely|depend|count|bank) on\Z")
_ON_US: Final = Pattern(r" (?:us|our|me|it|this|that|the (?:new|service|system|ferry|bus)|an?)\b")
_LOST: Final = Pattern(r"\b(?:lost|missed|late|fail|dropped)\Z")
_LATER_ON: Final = Pattern(
    r"\b(?:retr(?:y|ie)\w*|queue\w*|replay\w*|paus\w+|spool\w*|re-?process\w*|re-?sent|resend|resum\w+|backlog|buffer\w*)\b"
)
_SHUT: Final = Pattern(
    r"\b(?:shut down|retired|decommissioned|switched off|turned off|removed|moved|left|dropped|deleted) (?:\w+ )?\Z"
)
_ONCE_IT: Final = Pattern(r" (?:when|after|once|by \d|at \d|as soon as)\b")
_SURE_NO: Final = Pattern(r"(?:make|makes|made|making) (?:it )?(?:sure|certain)\b")
_FOR_EVER: Final = Pattern(
    r"\b(?:again|ever|future|from now|can|will|won't|happen\w*|recur\w*|repeat\w*|any ?more)\b"
)


def _is_of_this_time(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether the words are about this incident, what was switched off, or where to look."""
    said = found.group()
    if _RELY.search(said):
        return not follows(document, sentence, found, _ON_US, 16)
    if _LOST.search(said) and document.find(_LATER_ON, sentence):
        return True
    if said == "for good" and before(document, sentence, found, _SHUT, 30):
        return True
    if _SURE_NO.match(said):
        return _FOR_EVER.search(document.scan, found.end(), sentence.end) is None
    return said.endswith("eliminated") and follows(document, sentence, found, _ONCE_IT, 16)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _is_of_this_time(document, sentence, found):
        return False
    if document.find(_OPEN, sentence) or _IN_THE_PAST.match(found.group()):
        return False
    if _ADVICE.match(document.scan, sentence.start, sentence.end):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 24)


RULE = Rule(
    id="OVR-10",
    name="absolute-terms",
    category="over_promise",
    severity="warning",
    message="Nobody can keep this. Say what changed, and what it does not cover.",
    better='"a second pump now starts within a minute if the first one stops"',
    source="SRE, BEN",
    roles=EVERYWHERE,
    triggers=words(
        "a absolute absolutely again ahead airtight always any anywhere assured availability available bank bet beyond block blocks board brought bug bullet "
        "bulletproof can cannot catch catches caught cent certain certainty chance cleared closed come company complete completely conceivable confident cope "
        "copes corrected count cover covers crash crashproof cure cures cut danger decades definitively depend detect detects driven easily easy eliminate "
        "eliminated eliminates end ends entirely eradicated eternity ever evermore every everywhere exception exceptions excluded fail failproof failsafe "
        "faultless find finds fixed fixes flawless flawlessly fool foolproof forever found free full fully function functions generations give gives going good "
        "guarantee guaranteed guarantees have hold holds hundred i immune impenetrable impervious impossible inconceivable indestructible infallible intercept "
        "intercepts invulnerable irrevocably last least likelihood ll longer management matter more my never no nothing number once one online open operate "
        "operates outage perfect perfectly permanent perpetuity pledge pledges possibility possible prevent prevents probability promise promised promises "
        "protected put question reachable reduced regardless reliable rely remain remains remove removed removes resolve resolves rest rid risk ruled run runs "
        "safe sealed secure settle settles shall shine sleep slightest so solemn solve solved solves soundly stable stake staking stand stands stay stays stop "
        "stops sure survive survives take tamper tamperproof time times total totally trust unbreakable unconditional uncrackable undertake undertakes "
        "unhackable unsinkable unthinkable until uptime utter utterly vouch vow vows warrant warrants watertight we whatever wherever whoever will without "
        "withstand withstands won word work working works years zero"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "No guest will ever stand in the rain again.",
        "The lift now works under all conditions.",
        "It has become impossible for a letter to get lost.",
        "The risk of a cold bath has been reduced to nil.",
        "The new lock is unbreakable.",
        "You will get your milk on the hour, always.",
        "We stake our name on it.",
        "The gutter is mended for good.",
        "The sieve catches any stone before it reaches the mill.",
        "The gate will not stand open at night again.",
        "No more soaked letters will reach your door.",
    ),
    good=examples(
        "The fault is affecting certain lifts in the south wing.",
        "Letters are queued at the gate, so no letter will be lost.",
        "The old pump has been switched off for good.",
        "A second pump now starts within a minute if the first one stops.",
        "We cannot promise that it stays dry for ever.",
        "The water was never above the second step.",
        "You will not be charged again for this trip.",
        "The old tiles will not be replaced until spring.",
        "You cannot use the old key any more; a new one lies at the desk.",
        "We will not charge your card a second time for this trip.",
        "No more seats were sold for the evening.",
    ),
)
