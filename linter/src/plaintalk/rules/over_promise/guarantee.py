"""OVR-04: "we guarantee"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching, one_of
from plaintalk.text import Sentence

_GUARANTEE = Pattern(
    r"\b(?:we|i)(?:'ll| will| can| do| now| hereby)? (?:\w+ )?(?:guarantee|promise)\b"
    r"|\b(?:will|shall) (?:always|forever) (?:be|remain|stay|work) (?:\w+ )?(?:safe|secure|available|online|protected|reachable|up)\b"
    r"|\b(?:bullet-?proof|fool-?proof|fail-?proof|zero risk|risk-free|100 ?% (?:uptime|secure|reliab\w+|availab\w+)|unbreakable|impossible to (?:repeat|recur))\b"
)
_NEGATED = Pattern(r"\b(?:cannot|can't|can not|never|not|no|nobody|don't|without) (?:\w+ ){0,2}?\Z")
_INSIDE_NEGATED = Pattern(r"\b(?:cannot|can't|not|never|don't|no longer)\b")
_EFFORT = Pattern(
    r"(?: you)?,? (?:to (?:\w+ )?(?:do|be|try|work|keep (?:you|working|improving|everyone)|improve|learn|update|share|communicate|publish|report|follow|continue|let you know)|(?:we|i)(?:'ll| will) (?:do|be|try|work|keep|improve|learn))\b"
)
_TECHNICAL = Pattern(
    r"(?:s|d)?(?: \w+){0,2} (?:delivery|ordering|order|once|consistency|quorum|uptime|sla)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _INSIDE_NEGATED.search(found.group()) or before(document, sentence, found, _NEGATED, 25):
        return False
    if follows(document, sentence, found, _EFFORT, 40):
        return False
    return not follows(document, sentence, found, _TECHNICAL, 40)


_WORD = Pattern(
    r"\b(?:you have|that is|that's|we give you|have|giving you) (?:my|our) (?:word|promise|guarantee|assurance)\b|\b(?:you|guests|customers|everyone|members) can (?:always |once again |again |fully |still )*(?:count|rely|depend|bank) on (?:us|our|me)\b|\b(?:pinky|solemn(?:ly)?) promise\b"
    r"|\b(?:this|it|that) (?:was|is|will be) (?:definitely |certainly |surely )?(?:the )?(?:first and )?(?:last) (?:time|outage|incident|breakdown|failure|delay|such)\b|\b(?:won't|will not|will never|shall not|never) (?:let|allow) (?:this|it|that|anything like (?:this|it)|such \w+|you down)\b(?: (?:to )?(?:happen|occur|down|again))?|\bwill not let you down\b"
    r"|\b(?:rul(?:e[sd]?|ing) out|put(?:s|ting)? an end to|stamp(?:s|ed)? out|banish(?:es|ed)?|exclud(?:e[sd]?|ing)) (?:any|a|that|all|such|this|these|the possibility|every) (?:[\w-]+ ){0,3}?(?:repeat|recurrence|again|future|further|outages?|failures?|incidents?|problems?|errors?|breakdowns?|mistakes?|delays?|kind)\b"
    r"|\b(?:is|are|will be|now|again|you are|remain|be) (?:now |from now on |once more )*(?:fully|completely|totally|absolutely|100 ?%|entirely|perfectly) (?:safe from|secure against|secured against|protected (?:from|against)|reliable|immune|watertight|waterproof|fail-?safe|foolproof|stable for good)\b"
    r"|\b(?:we|i|it|they|you|our \w+|the \w+)(?:'ll| will| shall| can)? never (?:again |ever )?(?:go down|be down|fail|lose|be late|miss|break|crash|run out|be (?:without|wrong|offline|unavailable|interrupted)|let (?:you|this|it))\b|\b(?:nothing|no (?:[\w-]+ ){1,2}?)(?: like (?:this|it))?(?:can|could|will) (?:ever )?(?:go wrong|be lost|get lost|fail|break) (?:again|any ?more|from now on|in future)\b"
    r"|\b(?:ensur(?:e|es|ing)|guarantee(?:s|ing)?|mak(?:e|es|ing) (?:sure|certain)) (?:that )?(?:[\w'-]+ ){1,6}?(?:(?:is|are|will|can|does|do|would|could)(?: not|n't)|cannot|(?:is|are|will|can) never|never) (?:be |get |\w+ly |been )*(?:made available|exposed|lost|disclosed|shared|shown|sent (?:to|out) (?:\w+ )?(?:wrong|others?|anyone)|charged|accessed|interrupted|affected|disrupted|go down|fail|break|leak(?:ed)?|compromised|delayed|forgotten|missed|overlooked)\b"
    r"|\b(?:eliminat|remov|rul)(?:e[sd]?|ing) (?:out )?(?:all|any|every|the) (?:\w+ )?(?:risk|chance|possibility|danger|likelihood) (?:of|that)\b|\b(?:zero|no) (?:more )?(?:downtime|outages|failures|errors|interruptions|delays|mistakes) (?:from now on|again|in future|any ?more|ever|going forward)\b|\b(?:impossible|no longer possible) (?:for (?:this|it|such|that) )?(?:[\w-]+ ){0,3}?to (?:happen|occur|recur|come back|repeat|fail)\b"
    r"|\b(?:is|are) (?:now |from now on |thereby |therefore |simply )*(?:impossible|no longer possible|out of the question|ruled out|excluded)\b(?=\W*\Z)|\bnothing can (?:ever )?(?:go wrong|fail|break|happen)\b|\b(?:one hundred|a hundred|100) ?(?:per ?cent|%) (?:safe|secure|reliable|fixed|certain|protected|available)\b|\b(?:permanently|definitively|finally and completely|for good) (?:removed|closed|banished|cured|ended|excluded|put right|corrected|eliminated)\b|\b(?:removed|closed|banished|cured|ended|put right|sorted|dealt with) (?:for good|forever|for ever|once and for all|permanently)\b"
    r"|\byou (?:won't|will not|no longer|will no longer|don't|do not) (?:have|need) to worry (?:about \w+ )?(?:again|any ?more|in (?:the )?future)\b"
    r"|\bfor all time\b(?! \w)|\bcan no longer (?:happen|occur|fail|crash|run out|get (?:stuck|lost)|break|go (?:down|wrong)|be (?:lost|exposed|affected|interrupted|overloaded))\b|\bguarantees? (?:zero|no|full|complete|100|total|uninterrupted)\b"
    r"|\b(?:this|it|that|which|also|change|fix|design|set-?up|system|process|method|update|version) [_*]{0,2}guarantees[_*]{0,2} (?:that|you|your|nobody)\b"
)


_OTHER_VOW = Pattern(
    r"\b(?:never (?:ask|share|sell|request|store|send)|how to|whether|if|should|would like|want to|hope|cannot|can't|no one can|aim|goal|not (?:promise|guarantee|claim)|please|you can make sure|you must|try)\b"
)


# A disk that was "permanently removed" promises nothing; a fault that was does.
_TAKEN_OUT = Pattern(r"(?:permanently|definitively) (?:removed|closed)\b")
_OF_A_FAULT = Pattern(
    r"\b(?:faults?|bugs?|causes?|problems?|issues?|risks?|errors?|weakness(?:es)?|vulnerabilit\w+|flaws?|gaps?|holes?|leaks?|dangers?)\b"
)


def _keep_word(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether it is vowed for the time to come, and neither hoped nor asked of readers."""
    if document.scan[sentence.end - 1] == "?":
        return False
    if _TAKEN_OUT.match(found.group()) and not document.find(_OF_A_FAULT, sentence):
        return False
    return document.find(_OTHER_VOW, sentence) is None


RULE = Rule(
    id="OVR-04",
    name="guarantee",
    category="over_promise",
    severity="warning",
    message="One counter-example ends it. Swap it for a commitment you control.",
    better='"We test this every week"',
    source="SEED",
    triggers=words(
        "worry guarantee promise bulletproof bullet foolproof fool failproof fail zero risk "
        "unbreakable impossible % always forever word assurance count rely depend bank pinky solemn last let allow rule rules ruled ruling put puts end stamp banish exclude fully completely totally absolutely entirely perfectly never nothing ensure ensures ensuring make makes making sure certain eliminate eliminates eliminated remove removes removed this it that which also change fix design set setup system process method update version no downtime outages possible impossible hundred percent permanently definitively forever ever good time longer guarantees guarantee"
    ),
    look=one_of(matching(_GUARANTEE, _keep), matching(_WORD, _keep_word)),
    bad=examples(
        "The new process guarantees that every letter is read.",
        "After the repair the boiler can no longer fail.",
        "Such a mix-up is now impossible.",
        "The fault has been permanently removed.",
        "You have our word.",
        "This was the last time.",
        "You can once again count on us.",
        "Our ovens will never fail again.",
        "The new list rules out any further mistakes.",
        "A lock makes sure that letters are not shown to others or lost.",
        "We guarantee that your orders will arrive on time.",
        "We promise that your orders are safe with us.",
        "The new set-up is bulletproof.",
    ),
    good=examples(
        "We will never ask for your password.",
        "We cannot rule out any further delays today.",
        "Last time the repair took two days.",
        "We cannot guarantee that no order is ever late.",
        "The queue guarantees ordering of messages.",
        "We promise to keep you informed.",
        "We test this every week and publish the result.",
    ),
)
