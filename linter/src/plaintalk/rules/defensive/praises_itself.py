"""DEF-10: "world-class", "proud of", in the middle of an apology."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:industry|market|class)-leading\b|\bworld-class\b|\b(?:bank|military|enterprise)-grade\b|\bbest-in-class\b|\bstate[- ]of[- ]the[- ]art\b"
    r"|\b(?:excellent|outstanding|enviable|strong|proven|stellar|great|impeccable|good|solid) (?:\w+ )?track record\b|\b(?:unmatched|unparalleled|unrivalled|unwavering|second to none)\b"
    r"|\b(?:we|i|team|us)(?:'re|'m)? (?:\w+ )?(?:are|am|is|take|takes|took|feel|remain)? ?(?:\w+ )?(?:proud|pride|passionate)\b|\btak(?:e|es|ing) (?:great |immense |much )?pride\b|\bproud (?:of|to|that)\b|\bpride (?:ourselves|myself|itself)\b"
    r"|\b(?:no one|nobody|few) (?:is|are|cares?) (?:more|as) (?:\w+ )?(?:passionate|committed|dedicated|about|than|deeply)\b|\bnobody cares more\b|\bour robust \w+|\b(?:is|are) a testament to\b"
    r"|\bdemonstrat(?:es?|ing|ed) (?:the|our|how) (?:\w+ ){0,3}?(?:pay-?off|strength|resilience|value|quality|robustness|commitment|well|benefits?|maturity|power|importance of our)\b|\b(?:shows?|proves?|proof|speaks|validat\w+|confirms?) (?:\w+ ){0,2}?(?:how (?:well|robust|resilient)|the (?:strength|quality|robustness|resilience|value)|for (?:itself|the quality)|our (?:design|architecture|investments?|approach))\b"
    r"|\b(?:try|trying|tried|do|did|doing|does|gave|give|always) (?:our|my|its|their) (?:very |level )?(?:best|utmost|hardest)\b|\bwhile we dislike\b|\bmake (?:\w+ )?(?:better and|stronger and)\b"
    r"|\b(?:team|teams|engineers|staff|everyone|we|they|crew) (?:\w+ )?(?:did|done|do|doing) (?:an? )?(?:\w+ )?(?:amazing|great|excellent|fantastic|outstanding|incredible|tremendous|stellar|superb|heroic|brilliant|exceptional|good) (?:job|work)\b"
    r"|\b(?:amazing|great|excellent|fantastic|outstanding|incredible|tremendous|heroic|hard|exceptional|remarkable|dedicated) (?:work|effort|efforts|teamwork|dedication|job) (?:of|by|from) (?:our|the|everyone)\b"
    r"|\bthanks to (?:the |our )(?:\w+ )?(?:robust|resilient|redundant|excellent|solid|strong|good|careful|diligent|quick|swift|fast|prompt|rapid|great|hard|tireless|heroic|experienced|dedicated|well-\w+)\b"
    r"|\b(?:has|have|had) (?:always )?been (?:one of )?the (?:most|best)\b|\b(?:most|extremely|very|highly|exceptionally) (?:reliable|stable|secure|trusted) (?:services?|platforms?|providers?|systems?|hosts?)\b"
    r"|\b(?:very |only the |the )?first (?:[\w-]+ ){0,2}?(?:outage|incident|interruption|downtime)(?: of (?:this|its|that) (?:kind|type|nature|size|scale))? (?:in|for|since|we have had in) (?:over |more than |almost |nearly |about |the )?(?:\d|one|two|three|four|five|six|seven|eight|ten|many|several|a|our|years?|months?|last|past|long)"
    r"|\b(?:would|want|wish|like|must|have) (?:to |like to |also )*(?:stress|emphasi[sz]e|underline|reiterate|highlight|underscore) that\b(?! no )"
    r"|\b(?:always|constantly|continuously) (?:striv|do our|try to|work hard|put|give|aim)\w*|\bdid so (?:admirably|well|perfectly|flawlessly)\b|\b(?:admirably|flawlessly|with flying colou?rs)\b"
    r"|\b(?:it )?should (?:also )?be (?:noted|pointed out|stressed|remembered|said) that (?:our|we|the (?:service|platform|system)|\w+ (?:itself|was never|is not))\b|\bour (?:own )?(?:service|services|systems?|platform|software|code|infrastructure) (?:itself|themselves)? ?(?:was|were|is|are|has|have|worked|ran) (?:\w+ )?(?:always |never |perfectly |fully |entirely |still )?(?:operating normally throughout|not at fault|not to blame|never at fault|fine the whole time|innocent)\b"
    r"|\b(?:kudos|hats off|props|shout-?outs?) (?:to|for)\b|\bexemplary\b|\bsprang into action\b|\b(?:in|with) the (?:highest|greatest) (?:regard|esteem|respect|care)\b|\b(?:big |huge |special |many )?(?:thanks?|thank you|kudos|gratitude|praise) (?:goes |go |also )?to (?:our|the|all our|all the) (?:\w+ )?(?:engineers|team|teams|staff|technicians|admins|operations|ops|crew|colleagues|developers)\b|\b(?:thoroughly|extensively|rigorously|exhaustively) (?:tested|reviewed|checked|prepared|planned)\b|\btested (?:this|it|the \w+) (?:thoroughly|extensively|rigorously|exhaustively)\b|\bhold ourselves to\b|\b(?:deeply|truly|strongly|firmly|fully) committed\b|\bdesigned to (?:handle|survive|withstand|cope with) (?:this|such|these|exactly)\b(?![^.]*\b(?:but|however|failed|not|n't|yet)\b)|\b(?:emerge|come out|came out|become|makes? us) (?:of this )?(?:\w+ )?(?:stronger|better)\b|\bsilver bullet\b|\b(?:high|highest|strict|rigorous) (?:quality |security )?standards\b|\bcutting[- ]edge\b"
    r"|\b(?:top[- ]notch|top-tier|first-class|first-rate|talented|experienced|dedicated|hard-?working|skilled|expert|brilliant|world-renowned|capable|gifted|seasoned|committed|incredible|amazing|fantastic|wonderful|awesome|great|excellent|outstanding|passionate|tireless) (?:[\w-]+ ){0,2}?(?:teams?|engineers?|staff|stack|technicians|colleagues|specialists|experts|operators|developers|crew|infrastructure|tooling|operations)\b"
    r"|\b(?:we|i|team|teams|engineers|staff|everyone)(?:'re| are| were| was| is| have been|'ve been) (?:\w+ ){0,2}?(?:thoughtful|careful|diligent|meticulous|methodical|vigilant|tireless|cautious|deliberate|transparent|proactive|thorough)\b(?! (?:not|enough|about you|when you|\w*review|investigation|analysis|audit|assessment|search|check|evaluation|test\w*|inspection))"
    r"|\b(?:happy|pleased|delighted|glad|thrilled|excited|overjoyed|relieved) to (?:\w+ )?(?:announce|report|inform|share|let you know|say|confirm that|tell)\b"
    r"|\b(?:amazing|great|incredible|wonderful|fantastic|awesome|special) (?:place|company|team|culture) to (?:work|be)\b|\bhow (?:\w+ )?(?:we|our|the|everyone|everybody) (?:\w+ ){0,3}?(?:came|pulled|rallied|worked|stood|pulling|coming) together\b"
    r"|\b(?:dedicated|tireless|heroic|relentless|hard|diligent|combined|concerted|herculean|great|extraordinary|outstanding|amazing|incredible) (?:efforts?|work|dedication) (?:of|by|from|put in by) (?:[\w'-]+ ){0,3}?(?:teams?|engineers?|staff|colleagues|technicians|developers|operators|experts|people|everyone)\b"
    r"|\b(?:focus|goal|priority|commitment|mission|philosophy|practice|policy|aim|intention) has always been\b|\bhas always been (?:at the (?:heart|core|center|centre)|central|our (?:focus|goal|mission|aim|philosophy|policy|intention))\b"
    r"|\b(?:alert\w*|monitoring|monitors?|systems?|failover|backups?|redundancy|process(?:es)?|procedures?|protocols?|safeguards?|architecture|design|automation|safety net|recovery|defen[cs]es|protections?|plans?) (?:\w+ )?(?:worked|performed|functioned|responded|reacted|held up|did (?:its|their) job|kicked in|paid off|proved (?:its|their) (?:worth|value)) ?(?:very |extremely |exceptionally |quite |really |all |exactly |perfectly )?(?:properly|well|correctly|perfectly|flawlessly|beautifully|brilliantly|as (?:hoped|planned|it should|they should)|,? and|\Z|[.,;])"
    r"|\b(?:we|i|team|engineers|staff) (?:have |had |'ve |also )?(?:actively|proactively|diligently|responsibly|transparently|meticulously|painstakingly|skil+fully|expertly|courageously|heroically|selflessly|decisively|methodically) (?!working|monitoring|investigating|looking)\w+ed\b"
    r"|\b(?:performance|quality|reliability|service|support|speed|stability|uptime|security|experience|standards?) (?:that )?(?:we|we're|our \w+|the \w+) (?:are |is )?(?:\w+ )?(?:known|famous|renowned|loved|respected|praised) for\b"
    r"|\b(?:uptime|availability) (?:record )?(?:of|over|above|is still|remains) (?:well )?(?:over |above )?\d\d(?:\.\d+)? ?%"
)
_NOT_BEFORE = Pattern(
    r"\b(?:not|n't|never|neither|hardly|your|to have|of course not|need|needs|hire|hiring|hired|becom\w+|more|if|should be|must be|nothing to be|longer) (?:\w+ )?\Z"
    r"|\b(?:patience|understanding|thank you for|thanks for|grateful for|appreciat\w+) (?:[\w'-]+ ){0,6}\Z"
)
_NOT_PROUD = Pattern(r"\b(?:not|never|hardly|n't) (?:\w+ )?(?:proud|pride|passionate)\b")
_BUT = Pattern(r"[^.;]{0,30}\b(?:but|however|although|until|except|yet)\b")
_MECHANISM = Pattern(r"\b(?:worked|performed|functioned|responded|reacted|held|did|kicked|paid)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _NOT_PROUD.search(found.group()) or before(document, sentence, found, _NOT_BEFORE, 60):
        return False
    # What worked as it should "but" is no praise: it leads to what did not.
    return not (_MECHANISM.search(found.group()) and follows(document, sentence, found, _BUT, 60))


RULE = Rule(
    id="DEF-10",
    name="praises-itself",
    category="defensive",
    severity="warning",
    message="Praise next to an apology reads as denial. Cut it.",
    better=None,
    source="BEN",
    triggers=words(
        "dislike industry world bank military class proud pride passionate excellent "
        "outstanding enviable unmatched grade demonstrates demonstrate robust excellence best "
        "unparalleled track testament state second unwavering few cares shows show proves "
        "proof speaks validates validated confirms utmost hardest stronger better amazing "
        "great fantastic incredible tremendous stellar superb heroic brilliant exceptional "
        "good work effort efforts teamwork dedication job thanks reliable stable secure "
        "trusted most standards cutting uptime availability demonstrated demonstrating "
        "unrivalled solid strong proven impeccable remarkable make first stress emphasize "
        "emphasise underline reiterate highlight underscore always constantly continuously "
        "strive striving admirably flawlessly flying noted pointed stressed remembered "
        "ourselves deeply fully truly strongly firmly designed fault blame innocent "
        "throughout itself themselves kudos hats props shout shoutout exemplary sprang "
        "highest greatest regard esteem respect thank engineers thoroughly extensively "
        "rigorously exhaustively gratitude praise top tier rate talented experienced dedicated "
        "hardworking skilled expert brilliant renowned capable gifted seasoned committed awesome "
        "wonderful tireless thoughtful careful diligent meticulous methodical vigilant cautious "
        "deliberate transparent proactive thorough happy pleased delighted glad thrilled excited "
        "overjoyed relieved place culture together heroic relentless combined concerted herculean "
        "extraordinary focus goal priority commitment mission philosophy practice policy aim actively proactively responsibly transparently painstakingly decisively methodically known famous renowned "
        "intention central worked performed functioned responded reacted held did kicked paid"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We remain committed to world-class reliability.",
        "We are proud of our record.",
        "Our team takes pride in building resilient systems.",
        "Our talented operations staff brought it back.",
        "We are delighted to report that exports work again.",
        "The alarm system worked perfectly.",
        "We were careful and methodical throughout.",
    ),
    good=examples(
        "April uptime was 99.34%.",
        "The best way to reach us is by phone.",
        "We are not proud of how slowly we answered.",
        "The alarm worked properly, but nobody saw it.",
    ),
)
