"""VAG-13: "we are committed to preventing such incidents"."""

from plaintalk.concrete import (
    clause_after,
    content,
    has_mechanism,
    is_the_response,
    serves_a_named_change,
)
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_AIM = (
    r"(?:prevent\w*|avoid\w*|ensur\w*|reduc\w*|mak(?:e|ing) sure|minimi[sz]\w*|improv\w*|mitigat\w*|limit\w*|increas\w*|strengthen\w*|harden\w*|enhanc\w*"
    r"|mak(?:e|ing) (?:[\w'-]+ ){1,5}?more (?:[\w-]+ )?(?:resilient|robust|reliable|stable|tolerant|fault-tolerant|redundant|secure|scalable|available))"
)
_AGAIN = r"(?:future|again|similar|recurr\w+|reoccurr\w+|repeat\w*|from happening|such|this|these|like this|going forward|next time|better|resilien\w+|reliab\w+|stability|robust\w*|tolerant|redundan\w+|scalab\w+|uptime|quality)"
_PATTERN = Pattern(
    r"\b(?:committed|dedicated|commitment|determined|resolved) to (?!paying|credit|refund|publish|report|shar)(?:[\w-]+ ){0,2}?(?:prevent\w*|improv\w*|avoid\w*|ensur\w*|continu\w+|invest\w*|mak\w+|learn\w*|do\w* better|better|reduc\w*|reliab\w*|provid\w+|deliver\w*|maintain\w*|keep\w*|offer\w*|earn\w*|restor\w+ (?:your )?(?:trust|confidence)|protect\w*|safeguard\w*|secur\w*|uphold\w*|support\w*|serv\w+|address\w*|strengthen\w*|rais\w+|excellence|high\w*|being|doing|the (?:\w+ )?(?:highest|reliability|stability|security|quality))\b"
    r"|\b(?:do|doing|done) (?:everything|all|whatever|our (?:very |level )?best|our utmost|what) (?:[\w']+ ){0,6}?to (?:\w+ ){0,1}?(?:prevent|avoid|ensure|stop|make sure|keep|minimi[sz]e|improve|reduce|mitigate|limit|protect|safeguard|secure)\b"
    r"|\b(?:work(?:ing)?|focus(?:ing)?) on (?:the |our )?(?:stability|reliability|resilience|robustness|availability|performance|security|quality)(?: and \w+)? of (?:our|the|all) (?:\w+ )?\w+"
    r"|\b(?:took|tak(?:e|ing|en)) care (?:of|to) (?:securing|protecting|hardening|improving|everything (?:necessary|needed|required))\b"
    r"|\btak(?:e|ing) (?:a )?more (?:proactive|careful|active|cautious|deliberate) (?:stance|approach|role|steps)\b"
    r"|\b(?:do|doing|did|communicat\w*|perform|be|respond|react|prepare|prepared|handle(?:d)?) (?:[\w']+ ){0,3}?better (?:in (?:the )?future|next time|going forward|from now on)\b"
    r"|\b(?:we|i)?(?: ?\b)(?:will|must|need to|can|have to|should|are going to|strive to|want to|aim to|promise to|pledge to|vow to|resolve to|ought to) (?:\w+ )?(?:do|be|get) (?:much |even |a lot )?better\b|\bto do(?:ing)? better\b"
    rf"|\b(?:work(?:ing|s)?|aim(?:ing|s)?|striv(?:e|ing)|try(?:ing)?|hop(?:e|ing)|endeavou?r\w*|intend\w*|look(?:ing)?|acting|(?:ongoing |continued |further )?(?:efforts?|work|investigation) (?:is |are )?(?:under ?way|planned|ongoing|continu\w+)?) (?:[\w-]+,? ){{0,5}}?(?:to|on|at|towards?) (?:\w+ )?{_AIM} (?:[\w'-]+ ){{0,8}}?{_AGAIN}\b"
    rf"|\b(?:work(?:ing)?|aim(?:ing)?) (?:[\w-]+ ){{0,3}}?(?:to|on) (?:\w+ )?mak(?:e|ing) (?:[\w'-]+ ){{1,5}}?more (?:[\w-]+ )?(?:resilient|robust|reliable|stable|tolerant|redundant|secure|scalable)\b"
    r"|\b(?:regain|restor\w+|rebuild\w*|win back|earn back) (?:your|the|our customers'|their|customer) (?:trust|confidence)\b"
    r"|\b(?:monitor\w*|watch\w*) (?:[\w']+ ){0,4}?(?:more closely|even closer|closer|more carefully|more proactively|better) ?(?:going forward|in (?:the )?future|from now on)?\b"
    r"|\b(?:keep(?:ing)?|kept) (?:a |an )?(?:much |far |even )?(?:close(?:r)?|better|careful|sharper|watchful) (?:eye|watch)\b|\b(?:goal|aim|intention|objective|ambition) is to (?:\w+ )?(?:make|keep|prevent|avoid|reduce|improve|ensure|minimi[sz]e)\b"
    r"|\b(?:be|being|are) better (?:prepared|equipped|positioned)\b"
    r"|\bhop(?:e|ing|efully) to (?:prevent|avoid|minimi[sz]e) (?:\w+ ){0,3}?(?:this|such|similar|these|future)\b"
    r"|\b(?:put|putting|invest|investing|spend|spending|spent|dedicate|dedicating|dedicated|devote|devoting|allocate|allocating|focus|focusing|direct|directing) (?:more|additional|extra|further|significant|some|a lot of|considerable|substantial|much|greater|our|a great deal of) (?:\w+ )?(?:effort|time|energy|resources|attention|work|focus|thought|money|care|engineering)s? (?:in|into|on|to|towards?|improving)\b"
    r"|\b(?:be|being|become|becoming|get|getting) (?:more|better|less) (?:\w+ly )?(?:spread(?: out)?|planned|organi[sz]ed|structured|aligned|coordinated|streamlined|tested|monitored|communicated|defined|documented|managed|controlled|rigorous|systematic|consistent|standardi[sz]ed|integrated|frequent|agile|deliberate|responsive|transparent|resilient|robust)\b"
)
_ANNOUNCED = Pattern(
    r"\b(?:steps|what|measures|actions|things|changes|how) (?:that )?(?:we|i)(?:'re|'ve| are| have|'ll| will| do)? (?:\w+ ){0,2}?\Z"
)
_REPAIR = Pattern(
    r"\b(?:restor\w*|resolv\w*|recover\w*|fix(?:ing)?|bring\w*|mitigat\w* (?:this|the) (?:issue|impact)|as (?:soon|quickly)|back up|back online|eta|minimi[sz]e (?:the )?(?:impact|disruption|downtime)|full recovery)\b"
)
_PLENTY = 3
_FEW = 2


_ADDS = Pattern(
    r"\bto (?:add|replace|move|migrate|split|limit the|remove|roll|set|introduce|automate|isolate) (?!more\b|additional\b|further\b|better\b)"
)

# "A colleague who is dedicated to" tells who somebody is.
_SOMEBODY_WHO = Pattern(r"\bwho(?:'s|'ve|'re)? (?:\w+ ){0,3}?\Z")


# "An eye on this while we make sure that it is over" is the end of the repair.
_UNTIL_OVER = Pattern(r"[^.;]{0,20}\b(?:while|until|as) (?:we|it|things|the)\b")
_COMMITTED = Pattern(r"(?:committed|dedicated|commitment|determined)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if has_mechanism(document, sentence, found.start()) or before(
        document, sentence, found, _ANNOUNCED, 50
    ):
        return False
    if before(document, sentence, found, _SOMEBODY_WHO, 24):
        return False
    if follows(document, sentence, found, _UNTIL_OVER, 60):
        return False
    if document.scan[sentence.end - 1] in ":?" or _REPAIR.search(
        document.scan, found.start(), min(sentence.end, found.end() + 30)
    ):
        return False
    sentences = document.text.sentences
    following = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
    if following is not None and following.role == "item" and sentence.role != "item":
        return False
    if _COMMITTED.match(found.group()):
        return True
    if is_the_response(document, sentence) or serves_a_named_change(document, sentence, found):
        return False
    if len(content(found.group())) > _FEW or _ADDS.search(found.group()):
        return False
    return len(content(found.group() + clause_after(document, sentence, found))) <= _PLENTY


RULE = Rule(
    id="VAG-13",
    name="commitment-without-act",
    category="vague_prevention",
    severity="warning",
    message="A commitment without an act. Name the act and its date.",
    better='"By 8 May every release is tested against a full queue"',
    source="SCH",
    triggers=words(
        "committed commitment dedicated determined resolved everything best utmost whatever "
        "all proactive careful cautious better prevent prevents preventing avoid avoids "
        "avoiding ensure ensuring reduce reducing sure minimize minimise minimizing "
        "minimising improve improving mitigate mitigating limit limiting increase increasing "
        "strengthen strengthening harden hardening enhance enhancing resilient robust "
        "reliable stable tolerant redundant secure scalable trust confidence closely closer "
        "carefully proactively eye watch goal aim intention objective ambition prepared "
        "equipped positioned effort efforts time energy resources attention work working focusing stability reliability resilience robustness availability performance security quality focus thought money care engineering spread planned organised organized structured aligned coordinated streamlined tested monitored communicated defined documented managed controlled rigorous systematic consistent standardised standardized integrated frequent agile deliberate responsive transparent pledge vow"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We will do everything we can to mitigate the effects of such storms.",
        "We continue to work on the reliability of our ferries.",
        "We took care of securing our own keys.",
        "The gallery is committed to protecting your details.",
        "We pledge to do better.",
        "We remain committed to preventing such incidents.",
        "We will do everything to avoid a repeat.",
        "We will do better.",
    ),
    good=examples(
        "We are committed to transparency, so here are all the figures.",
        "By 8 May every release is tested against a full queue.",
        "We are committed to paying the credit by 1 May.",
    ),
)
