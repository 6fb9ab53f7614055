"""MIN-09: "fortunately", "most customers did not notice"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching, one_of
from plaintalk.text import Sentence
from plaintalk.vocabulary import PEOPLE, WORK

_MOST = (
    r"(?:most|the (?:vast |large |great |overwhelming )?majority|almost all|nearly all|the bulk)"
)
_WELL = (
    r"(?:did not notice|didn't notice|(?:will|would|should) not (?:even )?have|won't have|wouldn't have"
    r"|(?:should|would|will|might) (?:hardly|barely|never) have|(?:were|was|are|remained|stayed) "
    r"(?:not |un|never )(?:\w+ )?(?:affected|impacted|noticed)|unaffected|weren't (?:\w+ )?affected"
    r"|wasn't (?:\w+ )?affected|were fine|was fine|(?:completed|succeeded|worked|continued|functioned|kept working) (?:\w+ )?(?:normally|successfully|fine|as usual|as expected|without \w+)|had no (?:trouble|problems?|issues)|were spared)"
)
_PATTERN = Pattern(
    r"\b(?:fortunately|luckily|thankfully|mercifully|happily)\b"
    r"|\b(?:the|some|one) (?:good|positive|bright|upside|silver) (?:news|lining|side|note) (?:is|was|here)\b"
    r"|\bon the (?:bright|positive|plus) side\b|\bthe upside\b|\ba silver lining\b"
    r"|\b(?:could|might) (?:easily )?have been (?:much |far |a lot |even |so much )?worse\b"
    r"|\b(?:were|was|got|is|are) (?:very |quite |somewhat )?(?:lucky|fortunate)\b|\bby (?:good|sheer) luck\b"
    rf"|\b{_MOST} (?:of )?(?:our |the |you |your )?(?:[\w'-]+ ){{0,2}}?(?:{PEOPLE}|{WORK}|you)? ?{_WELL}"
    r"|\bnot all (?:of )?(?:our |the )?(?:[\w-]+ )?(?:customers|users|accounts|requests|clients|members|stores|shops) (?:were|was|are|have been) (?:affected|impacted|hit)"
    r"|\b(?:during|outside(?: of)?|in|at) (?:our |the |normal |regular |usual |a |an )*(?:off-?peak|off hours|quiet(?:er|est)?|non-peak|low[- ]traffic|low[- ]usage|peak|business|working|office|least busy|slow|night|less busy) (?:hours?|times?|periods?|phase)\b"
    r"|\b(?:hardly|barely|scarcely) (?:anyone|anybody|any (?:users|customers|impact|effect|traffic|of you)|noticeable|noticed|visible)\b"
    r"|\b(?:almost|practically|virtually|nearly|next to) (?:nobody|no one|none|no \w+) (?:\w+ )?(?:was|were|has|have|noticed|saw|felt)\b"
    r"|\b(?:most|many|almost all|nearly all)(?: of (?:you|them|us|our \w+))? (?:were|are) (?:\w+ )?(?:asleep|offline|sleeping|away|not (?:working|online|using|at work))\b"
    r"|\bin (?:very |extremely |only )?(?:rare|isolated|few|exceptional|a few|some rare|some isolated) (?:cases|circumstances|instances|occasions)\b|\bover (?:almost )?before it (?:began|started)\b|\b(?:it |this )?(?:only|just) took (?:us )?(?:a few|a couple|minutes|seconds|moments)\b"
    r"|\b(?:weren't|were not|wasn't|was not|isn't|is not|aren't|are not) (?:\w+ )?(?:in (?:active|heavy|much|wide) use|(?:widely|heavily|much|often) used|being used)\b"
    r"|\b(?:hadn't|has not|had not|hasn't) (?:\w+ )?been (?:\w+ )?(?:heavily|widely|much) used\b"
    r"|\b(?:rarely|seldom|hardly|barely|little|not widely|not heavily|lightly) (?:ever )?used\b"
    r"|\b(?:few|hardly any|not many) (?:people|users|customers|of you) (?:were|are|was|would be) (?:\w+ )?(?:online|awake|active|around|using|working)\b"
    r"|\b(?:traffic|usage|load|demand|activity) (?:is|was|were) (?:\w+ )?(?:low|light|lower|quiet)\b"
    r"|\b(?:most|many) of (?:our |the )?(?:customers|users|you|readers|players) (?:were|are) (?:\w+ )?(?:asleep|sleeping|offline|away)\b"
)
_QUIET = Pattern(
    r"\b(?:the |a )?(?:vast |great |large |overwhelming )?majority (?:of (?:it|them|this|these|the|our|those) ?(?:[\w-]+ ){0,2})?(?:appears?|seems?|was|were|is|are|being) (?:to (?:be|have been) )?(?:\w+ )?(?:public|old|outdated|test|dummy|harmless|non-?sensitive|inactive|unused|stale|expired)\b"
    r"|\b(?:very |relatively |so |comparatively |quite |rather )?(?:little|low|minimal|light) (?:usage|traffic|adoption|activity|readership|use)\b(?! cases?)"
    r"|\b(?:off-?peak|quiet(?:er|est)?|slow(?:er|est)?|low[- ]traffic|low[- ]season|least busy|less busy|sleepy) (?:\w+ )?(?:day|days|morning|afternoon|evening|night|weekend|week|month|season|time of (?:the )?(?:day|year|week|month)|moment|spell|hours?|period)s?\b"
    r"|\b(?:outside|before|after) (?:our |the |most people's |normal |regular |office |opening |business |shop )*(?:opening|office|business|working|trading|shop|peak|core) hours\b"
    r"|\b(?:most|many) (?:people|users|customers|of you|shops|offices|schools) (?:were|are|had) (?:\w+ )?(?:closed|asleep|at home|in bed|gone home|on holiday|already (?:gone|left|closed))\b"
    r"|\b(?:no|little|hardly any|not) (?:real |significant |material |meaningful |major |lasting |serious |substantial |noticeable |appreciable |practical )(?:impact|effect|harm|damage|disruption|consequences?|inconvenience|interruption|losses)\b"
    r"|\b(?:a one-off|one-off (?:event|case|incident|error|mistake|problem)|isolated (?:case|event|occurrence|error|mistake)s?|not (?:widespread|a widespread \w+|as bad as))\b"
    r"|\b(?:you|most|many|they|customers|users|people) (?:of you )?(?:(?:will |would |may |might |should )?(?:probably|likely|hopefully|most likely)|may|might) (?:not |never |hardly |barely |won't |didn't |did not )(?:even )?(?:have )?(?:notice[d]?|felt|feel|see|seen|be aware|been aware|realise[d]?|realize[d]?)\b"
    r"|\b(?:tiny|small|thin|mere|minute|narrow|negligible) (?:slice|sliver|corner|pocket|fraction|section)s? of\b|\b(?:nothing|little|not much|no) more than an? (?:\w+ )?(?:short|small|brief|minor|slight|little|tiny|pause|blip|nuisance|inconvenience|delay|glitch)\b|\b(?:mere|just) (?:moments|seconds)\b|\b(?:lasted|took|only|over in|gone in) (?:for )?(?:only |just )?a few (?:moments|seconds)\b|\bin the (?:grand|great|larger|bigger) (?:scheme|picture)\b|\b(?:it was |remained |stayed )business as usual\b|\bbusiness as usual for\b|\bthe odd (?:error|delay|message|hiccup|problem|glitch|failed|missing|late)\b|\bnothing (?:sensitive|confidential|critical|valuable|important)\b|\bbefore (?:most|many|any|anyone|anybody|almost any)(?: of you| people| customers| users| of our \w+)? (?:\w+ )?(?:had|noticed|woke|got up|started|arrived|were)\b|\b(?:short|quick|little|brief) (?:breather|break|nap|pause|coffee break|rest|intermission)\b(?= (?:this|in|on|of|from|yesterday|last|for|at|today))|\bonly (?:very )?(?:old|older|outdated|minor|small|unimportant|secondary) \w+"
    r"|\bnot an? (?:\w+ )?(?:big|huge|major|serious|large|full|total|real|complete) (?:outage|incident|failure|breach|attack|leak|crash|interruption)\b|\b(?:attackers?|intruders?|hackers?|thie(?:f|ves)|they|he|she|strangers?) (?:could )?only (?:got|get|saw|see|accessed|access|obtained|took|read|reached)\b"
)
_QUIET_TALK = Pattern(
    r"\b(?:will|we'll|plan(?:s|ned|ning)?|scheduled?|from now on|in future|maintenance|to (?:avoid|keep|minimi[sz]e)|should|could|would have|move[d]? (?:\w+ )?to|contact|call|reach|answer\w*|reply|replies|open)\b"
)


_AFTER = Pattern(r"\bafter (?:only |just )?\Z")
_MOMENTS_LATER = Pattern(r" (?:after|later)\b")


def _is_a_blessing(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether the quiet hour or the small harm excuses what happened, and no count stands by."""
    if follows(document, sentence, found, _MOMENTS_LATER, 10) or before(
        document, sentence, found, _AFTER, 12
    ):
        return False
    return document.find(_QUIET_TALK, sentence) is None and not document.quantity_near(sentence)


_HEADING = Pattern(r"\W*where we (?:got|were) lucky\W*\Z")
_LATER = Pattern(r"\b(?:fortunately|luckily|thankfully|mercifully|happily)\b")
# "Luckily, version 5 can limit this" speaks of a remedy, not of the harm.
_OFFERS = Pattern(
    r",? (?:the |a |our )?(?:[\w.-]+ ){1,4}?(?:has|have|offers?|provides?|supports?|comes? with|includes?|lets?|allows?|makes?|can|gives?) "
)
_OUTSIDE = Pattern(r"(?:outside|off|quiet|non|low|least|slow|night|less)")
_HOURS = Pattern(r"(?:during|outside|in|at)\b")
_PLAN = Pattern(
    r"\b(?:will|plan|planned|scheduled?|schedul\w+|prefer|maintenance|reach us|available|open|support)\b"
)


# "Luckily" often tells of the repair and not of the harm, low traffic why no alarm rang.
_LOW = Pattern(r"(?:traffic|usage|load|demand|activity) (?:is|was|were)|(?:rarely|seldom) ")
_NO_EXCUSE = Pattern(
    r"\b(?:alerts?|alarms?|maintenance|at first|initially|nobody noticed|no one noticed|thresholds?|rose|grew|tested|planned)\b"
)
_LUCK = Pattern(
    r"(?:fortunately|luckily|thankfully|mercifully|happily)\b|.*\b(?:lucky|fortunate|luck)\Z"
)
_SPARED = words(
    "only few fewer little small limited minor minimal most unaffected affected impact impacted harm damage damaged "
    "lost loss intact noticed unnoticed nobody nothing none no never barely hardly short brief majority users customers "
    "night weekend sunday saturday holiday people traffic used backup backups early quickly"
)


def _is_spared(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence tells how little harm was done."""
    return not document.words(sentence).isdisjoint(_SPARED)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _HEADING.match(document.scan, sentence.start, sentence.end):
        return False
    word = found.group()
    if document.scan[max(sentence.start, found.start() - 2) : found.start()] == "un":
        return False
    earlier = document.text.preceding(sentence)
    if word.startswith(("most", "the ", "almost", "nearly")) and (
        document.has_quantity(earlier) or (document.has_quantity(sentence) and "all" not in word)
    ):
        return False
    if _LUCK.match(word) and not _is_spared(document, sentence):
        return False
    if _NO_EXCUSE.search(document.scan, sentence.start, sentence.end) and _LOW.match(word):
        return False
    if word.startswith(("a few", "mere", "just", "only")) and before(
        document, sentence, found, _AFTER, 12
    ):
        return False
    if _LATER.match(word) and _OFFERS.match(document.scan, found.end(), sentence.end):
        return False
    if _HOURS.match(word):
        return bool(_OUTSIDE.search(word)) and not document.find(_PLAN, sentence)
    if "used" in word or "use" in word.split():
        return not document.quantity_near(sentence)
    return True


RULE = Rule(
    id="MIN-09",
    name="counts-blessings",
    category="minimising",
    severity="warning",
    message='True perhaps, but those hit read it as "you don\'t count". State first who was hit.',
    better='"37% were affected; the rest kept working"',
    source="BEN",
    triggers=words(
        "fortunately luckily thankfully mercifully happily good positive bright upside silver "
        "worse lucky fortunate luck most majority all bulk hours hour time times period "
        "periods phase hardly barely scarcely use used rarely few many traffic usage load "
        "demand activity almost practically virtually nearly rare isolated exceptional began "
        "started took off offpeak quiet quieter quietest slow slower slowest sleepy outside before after no not little probably likely hopefully may might widespread one tiny small thin mere minute narrow negligible nothing more moments seconds grand scheme picture business odd sensitive before breather nap pause break rest usage adoption readership only attacker attackers intruder intruders hacker hackers thief thieves they he she stranger strangers"
    ),
    look=one_of(matching(_PATTERN, _keep), matching(_QUIET, _is_a_blessing)),
    bad=examples(
        "The vast majority of the letters were old.",
        "The west door sees very little use.",
        "It was not a big outage.",
        "The thieves only got old lists.",
        "The fault touched a thin slice of our readers.",
        "It was over before most of you had noticed.",
        "It was a slow afternoon at the counter.",
        "There was no lasting harm.",
        "You probably did not notice.",
        "This was a one-off event.",
        "Fortunately, the error was noticed early.",
        "Most customers were not affected.",
        "Not all customers were affected.",
        "The outage took place outside peak hours.",
        "It happened at night, when few people were online.",
        "The bright side is that reports kept working.",
    ),
    good=examples(
        "From now on we move stock in a quiet week.",
        "Outside opening hours nobody answers the phone.",
        "Unfortunately, we noticed late.",
        "Luckily, the new version offers a setting that limits this.",
        "37% of customers were affected. Most customers were not affected.",
        "The outage came during peak hours, which made it worse for shops.",
        "Maintenance is scheduled outside business hours.",
    ),
)
