"""DEF-30: what it was not, why nobody is to be reproached, and what had all been done before."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import EVERYWHERE, Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_WRONG: Final = r"(?:failures?|faults?|bugs?|breach(?:es)?|outages?|weakness(?:es)?|vulnerabilit(?:y|ies)|shortcomings?|leaks?|hacks?|flaws?|mistakes?|negligence|defects?)"
_PATTERN: Final = Pattern(
    # It is called something else.
    rf"\b(?:issues?|problems?|errors?|incidents?|events?|attacks?|matters?|coincidences?|faults?|outages?)(?: [\w'-]+){{0,3}}, (?:and )?not (?:an? |our |any |the )?(?:[\w-]+ ){{0,2}}?{_WRONG}\b"
    rf"|\b(?:do not|don't|did not|never|cannot|can't|would not|wouldn't) (?:\w+ )?(?:consider|regard|view|see|treat|classify|deem|count|call) (?:this|it|them|these|that|those|the \w+)(?: to be| as)?(?: an?)? (?:\w+ ){{0,2}}?(?:{_WRONG}|incidents?|attacks?|violations?|loss)\b"
    r"|\b(?:not|isn't) (?:meant |intended |here |trying |our intention |our intent )?to (?:diminish|downplay|minimi[sz]e the|excuse|justify|belittle|play down|make light|make excuses|make an excuse|triviali[sz]e|defend ourselves|shift (?:the )?blame|deflect)\b"
    rf"|\b(?:breach|theft|intrusion|loss|flood|fire|outage|leak|hack|attack|failure|incident|issue|problem|bug|vulnerability) (?:is|was) not an? (?!(?:security|new|known|big|critical|major|small|common|data|isolated|one-off|network|dns|client|single|complete|full|total|resolved)\b)[\w.-]+ (?:issue|problem|bug|fault|failure|breach|vulnerability|one|matter)\b"
    # Readers are to see it our way.
    r"|\b(?:we|i) (?:sincerely |do |really )?(?:hope|trust|believe|ask|think) (?:that )?(?:you|users|customers|everyone|everybody|people|readers|the community) (?:can|will|could|may|would|might|do)? ?(?:all |also |now )?(?:to )?(?:see|understand|appreciate|agree|realise|realize|recogni[sz]e|forgive|sympathi[sz]e) (?:why|that|how|our|the (?:reason|need|difficult|position|choice))\b"
    r"|\b(?:combat|counter|correct|dispel|quash|refute|rebut|put an end to|clear up|set straight|stop) (?:[\w'-]+ ){0,6}?(?:hearsay|rumou?rs?|gossip|speculation|misinformation|accusations?|misconceptions?|falsehoods?|allegations?)\b"
    r"|\bneed(?:ing)? to have our apology\b|\bseen as apologi[sz]ing\b|\b(?:will not|won't|refuse to|are not going to|see no reason to) (?:\w+ )?apologi[sz]e\b"
    # It had all been thought of.
    r"|\bso (?:i|we) (?:felt|were|was|thought|believed|assumed) (?:\w+ )?(?:confident|safe|comfortable|sure|certain|secure|it was safe|all was well|nothing could)\b"
    r"|\b(?:although|though|while|even though|whilst|notwithstanding that) (?:[\w-]+ )?(?:we|our \w+|the (?:team|company|platform|service)) (?:already |do |always |also )*(?:have|has|had|employ|maintain|use|avail|keep|operate|invest(?:ed)? in|take|deploy) (?:[\w-]+,? ){0,6}?(?:safeguards?|protections?|redundan\w+|measures|precautions|security|defen[cs]es|best practices|mitigations?|procedures|dedicated \w+|services)\b"
    r"|\b(?:most|many|some|all|several|much) of (?:the |these |those |our )?(?:[\w-]+ ){1,8}?(?:were|was|are|is) (?:things |something |changes |items |measures |already )*(?:the team |we |we're |our team |which )*(?:was |were |are |had |have )*already (?:planning|planned|working|aware|going|on (?:the|our)|in (?:the works|progress)|scheduled|intending|underway|been planned)\b"
    r"|\b(?:team|we) (?:was|were|had been|have been|are|is) already (?:planning|intending|going|preparing|about) to\b"
    r"|\b(?:was|were) (?:reported|found|discovered|observed|seen|noticed|released|launched|running|run|only|in use) (?:only )?(?:during|in|as part of|within) (?:the |our |an? )?(?:[\w-]+ ){0,3}?(?:open beta|closed beta|public beta|beta|alpha|testnet|test phase|early access|preview|pilot phase|trial period)\b|\b(?:only|just|still|merely) (?:an? |in )?(?:open |closed |public |early )?(?:beta|alpha|testnet|preview|prototype|pilot|hobby project|side project|experiment)\b"
    # Chance, numbers, and what always went well.
    r"|\b(?:chain|combination|series|sequence|set|confluence|string|number|run|streak) of (?:\w+ ){0,2}?(?:improbabl[ey]|unlikely|rare|unfortunate|unlucky|unusual|freak|unprecedented|extraordinary|exceptional|strange|bizarre|unforeseen|unforeseeable|unhappy)\b"
    r"|\b(?:missed|overlooked|lost|buried|forgotten|not (?:seen|noticed|read)|went unnoticed|slipped through) (?:\w+ )?(?:due to|because of|among|amid|owing to|in) (?:the |an? |our )?(?:multiple|many|several|large number|sheer|numerous|flood|large amount|number|volume|mass|countless|number of)\b"
    r"|\b(?:has|have|had|it's) (?:previously |so far |until now |in the past )?always (?:\w+ )?(?:resolved|fixed|healed|recovered|worked|sorted|gone away|corrected|cleared|closed|opened|been fine|run|gone well|been enough|sufficed|held)\b"
    r"|\b(?:unclear|doubtful|questionable|not clear|unsure|hard to say) (?:whether |if |that |what |how much )?(?:there(?:'s| is) )?(?:much |anything |a lot |more )*(?:that )?(?:we|i|anyone|one) (?:can|could|are able to) (?:\w+ )?(?:do|change|prevent|influence|have done)\b"
    r"|\b(?:indicating|showing|proving|meaning|which (?:shows|proves|means)) (?:that )?(?:[\w'-]+ ){1,8}?even (?:if|though|when) we (?:have|had|did|do|are|were)(?:n't| not)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:nobody|no one|if|whether|should|why|when|so that|must|whoever|will|would) (?:\w+ )?\Z"
)
_TURNS: Final = Pattern(
    r"[^.;]{0,60}\b(?:did not|didn't|failed|fails|was not|wasn't|were not|weren't|none of|not enough|missed|could not|proved|had been switched)\b"
)
_FAILED_US: Final = Pattern(r"(?:al)?though|whil|even though|notwithstanding|.*always")
_OWNED: Final = Pattern(
    r"\b(?:no excuse|our (?:own )?(?:mistake|fault|omission)|we should have|should have|that was wrong|we were wrong|but (?:this|it) (?:was|is) ours|wrongly|too (?:long|late))\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.scan[sentence.end - 1] == "?" or document.find(_OWNED, sentence):
        return False
    # That there were safeguards "but none of them noticed" is owned up to.
    if _FAILED_US.match(found.group()) and follows(document, sentence, found, _TURNS, 90):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 20)


RULE = Rule(
    id="DEF-30",
    name="argues-its-innocence",
    category="defensive",
    severity="warning",
    message="It pleads your case. Say what happened to readers, and which part of it was yours.",
    better='"the gate stood open for two hours; the lock had not been checked since May"',
    source="SCCT, BEN",
    roles=EVERYWHERE,
    triggers=words(
        "not consider regard view see treat classify deem count call diminish downplay minimise minimize excuse justify belittle play light excuses trivialise trivialize defend blame deflect issue problem bug "
        "fault failure breach vulnerability matter one hope trust believe ask think combat counter correct dispel quash refute rebut end straight stop clear needing need apologise apologize seen apologizing apologising "
        "felt confident safe comfortable sure certain secure although though while whilst notwithstanding already beta alpha testnet test early preview pilot trial prototype hobby experiment side chain combination series "
        "sequence set confluence string number run streak missed overlooked lost buried forgotten unnoticed slipped read noticed always unclear doubtful questionable unsure hard indicating showing proving meaning shows proves means even"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "These were supply problems, not kitchen failures.",
        "We do not consider this a leak of secrets.",
        "This is not to downplay the loss of the boats.",
        "The theft was not a museum problem.",
        "We hope you can see why we closed the bridge.",
        "We write this to stop the gossip about the tower.",
        "We had tested every rope, so we felt safe.",
        "Although we have modern defences, the water came in.",
        "Most of the gaps were things we were already planning to close.",
        "The fall was reported during the trial period of the slide.",
        "It broke after a series of highly unlikely events.",
        "The letter was overlooked because of the many letters of that week.",
        "The gate has always closed by itself.",
        "It is unclear whether there is anything we can do about gulls.",
    ),
    good=examples(
        "The gate stood open for two hours; the lock had not been checked since May.",
        "Although we had modern pumps, none of them started.",
        "The problem was not a new one: we should have closed it in May.",
        "You can see why a payment failed on your page of orders.",
        "We are already rebuilding the queue.",
    ),
)
