"""DEF-04: "contrary to reports"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\bcontrary to (?:what|popular|some|the impression)\b|\bcontrary to (?:\w+ ){0,3}?(?:reports?|rumou?rs?|claims?|belief|speculation|posts?|statements?)\b|\b(?:inaccurate|false|misleading|exaggerated|unfounded|erroneous|incorrect) (?:media )?(?:reports?|claims?|rumou?rs?|allegations?|reporting|speculation|information)\b"
    r"|\b(?:some|people|others|critics|commentators|media|press|users|customers|twitter|posts|many) (?:on [\w ]{2,24} )?(?:have |has |had )?(?:claimed|suggested|alleged|speculated|exaggerated|overstated|blamed|insinuated|jumped to)\b|\b(?:as|has been|was|been) (?:\w+ )?(?:claimed|alleged|exaggerated|rumou?red|overstated|misreported|misrepresented|blown out)\b|\b(?:claims?|rumou?rs?|reports?|allegations?|statements?|posts?|accusations?|speculation|suggestions?) (?:[\w'-]+ ){0,6}?(?:is|are|was|were) (?:\w+ )?(?:false|untrue|wrong|incorrect|baseless|unfounded|misleading|inaccurate|not true|exaggerated|nonsense)\b|\bto the contrary\b|\b(?:unfair|unjustified|unfounded|baseless|undeserved|over the top|overblown|out of (?:all )?proportion) (?:criticism|accusations?|comments?|claims?|attacks?)?|\bout of (?:all )?proportion\b|\bwe (?:reject|dispute|strongly disagree|refute)\b|\b(?:some|many|a lot) of (?:you|the (?:criticism|comments|reactions)) (?:\w+ )?(?:unfair|wrong|exaggerated|overreact\w*)|\bdespite (?:\w+ ){0,3}?(?:rumou?rs?|speculation|claims)\b"
    r"|\b(?:contradicted|refuted|disproved|disproven|debunked|not supported|belied) by\b|\b(?:falsely|wrongly|unfairly|baselessly|unjustly|prematurely|wrongfully) (?:claim|accus|assert|attribut|suggest|stat|blam|assum|conclud|report|label+)\w*"
    r"|\b(?:people|users|customers|some|others|many|media|press|everyone|community|commenters|folks|you) (?:\w+ )?(?:started|began|were quick|rushed|jumped|hurried|kept) (?:to |on )?(?:attribut\w*|blam\w*|assum\w*|speculat\w*|accus\w*|claim\w*|conclud\w*|complain\w*|point\w*|spread\w*|panic\w*)\b"
    r"|\b(?:had|has|have) (?:absolutely |really |actually )?nothing (?:at all |whatsoever )?to do with (?:the|our|us|any|this|that|\w+)\b|\b(?:just|merely|purely|simply|pure|mere|entirely) (?:an? )?(?:unfortunate )?(?:coincidence|coincidental|unrelated|bad timing)\b"
    r"|\b(?:was|is|were|are) (?:in no way|not in any way|by no means|never) (?:\w+ )?(?:caused|related|due|connected|linked|responsible|our|the result|a result|malicious|at fault)\b"
    r"|\b(?:perfectly|fully|entirely|completely|totally|wholly) (?:ordinary|legitimate|normal|expected|legal|lawful|compliant|acceptable|harmless|innocent|non-malicious|justified|above board|within (?:the|our|their) (?:rules|terms|rights|limits))\b"
    r"|\b(?:we|i) (?:have |had |'ve )?(?:always |fully |completely |promptly |duly )?(?:compl(?:y|ied) with|adher(?:e|ed) to|act(?:ed)? in good faith|follow(?:ed)? (?:all|every|the (?:rules|book|procedures|guidelines|instructions))|did nothing wrong|done nothing wrong|did everything (?:right|correctly|by the book|we (?:could|were asked|should))|respected (?:all|every|the)|met (?:all|every) (?:our |of our |legal |contractual )*(?:obligations?|requirements?|deadlines?))\b"
    r"|\b(?:in|with) (?:full|complete|strict) (?:compliance|accordance|transparency|good faith)\b|\b(?:good faith|by the book|due diligence)\b"
    r"|\bfor (?:the )?(?:greater|common|your own|everyone's|the long-term) (?:good|benefit|safety|sake)\b|\b(?:is|was|it's|are|were) (?:\w+ )?(?:for the (?:best|better)|worth (?:it|the (?:wait|trouble|pain|effort|downtime))|a necessary evil|a small price)\b|\b(?:necessary evil|small price to pay|short-term pain|in (?:your|everyone's|our users'?|our customers'?) (?:own )?best interests?)\b"
    r"|\b(?:highlights?|underscores?|underlines?|illustrates?|emphasi[sz]es|reminds us|demonstrates?|teaches us|reminder|shows|proves) (?:once again |again |just )?(?:of )?(?:the |how )(?:\w+ )?(?:importance|need for|value|fragility|complexity|dangers?|challenges?|difficult\w*|necessity|important|fragile|complex|dangerous|risks? of (?:depend|rely|using|trust)\w*) ?\b"
    r"|\b(?:understood|accepted|inherent|well-known|acknowledged|unavoidable|deliberate|conscious|documented|intentional) (?:pathology|limitations?|trade-?offs?|quirks?|risks?|weakness(?:es)?|constraints?|property|consequences?|side[- ]effects?|compromises?|shortcomings?)\b"
    r"|\b(?:which|this|that|it) (?:was|had been|is) (?:very |quite |somewhat |rather )?(?:distracting|misleading|confusing|unfair|unhelpful)\b|\b(?:distract(?:ed|ing)|misled|mislead(?:ing)?) us\b"
)
_NOT_IN = Pattern(r"\b(?:log|logs|evidence|access record|we compared)\b")


# A refund "as a gesture of good faith" argues with nobody.
_GESTURE = Pattern(r"\b(?:show|gesture|sign|token|act) of \Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if before(document, sentence, found, _GESTURE, 16):
        return False
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="DEF-04",
    name="argues-with-reports",
    category="defensive",
    severity="warning",
    message="You are arguing with people who were hurt. State the fact plainly.",
    better='"The fault began at 08:12 UTC, not at 10:00"',
    source="BEN",
    triggers=words(
        "contrary reports report rumours rumors claimed claims speculation alleged "
        "allegations misleading despite misinformation suggested exaggerated overstated "
        "blamed insinuated rumoured rumored misreported misrepresented blown unfair "
        "unjustified unfounded baseless undeserved overblown reject dispute disagree refute "
        "overreact jumped claim rumour rumor allegation statement statements post posts "
        "accusation accusations contradicted refuted disproved disproven debunked supported belied falsely wrongly unfairly baselessly unjustly prematurely wrongfully started began quick rushed hurried kept nothing coincidence coincidental unrelated timing way means never perfectly fully entirely completely totally wholly comply complied adhered adhere faith follow followed wrong everything right respected met compliance accordance transparency book diligence good benefit safety sake best worth evil price pain interest interests highlights highlight underscores underscore underlines underline illustrates illustrate emphasizes emphasises reminds reminder demonstrates demonstrate teaches shows proves understood accepted inherent acknowledged unavoidable deliberate conscious documented intentional distracting misled mislead misleading confusing unhelpful distracted suggestion suggestions proportion"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Contrary to reports, the service was up.",
        "Some have claimed that data was lost.",
        "Inaccurate reports have appeared.",
        "Our new release had nothing to do with it.",
        "The load was perfectly legitimate, and we followed all the rules.",
        "Users were quick to blame the new release.",
        "It was worth the wait.",
    ),
    good=examples(
        "The fault began at 08:12 UTC, not at 10:00.",
        "Some customers reported errors at 08:15 UTC.",
    ),
)
