"""DEF-25: asks to be judged kindly: by difficulty, custom, values, size or bad luck."""

from typing import Final

from plaintalk.document import Document
from plaintalk.frames import first_of, frame
from plaintalk.pattern import words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_OWNED: Final = (
    r"we should have|should have (?:caught|known|seen|tested|been|noticed|checked)|our (?:own )?(?:mistake|fault|oversight)|no excuse|we failed"
    r"|unacceptable|not acceptable|fell short|let you down|we were wrong|you can|you may|please|now (?:easier|faster)|next time"
)
_FIND: Final = r"identif\w+|diagnos\w+|find|finding|found|locat\w+|isolat\w+|troubleshoot\w*|resol\w+|investigat\w+|reproduc\w+|restor\w+|recover\w*|repair\w*|debug\w*|fix\w*|pinpoint\w*|understand\w*|rebuild\w*|replicat\w+"
_LONG: Final = r"took|takes?|taking|longer|a while|some time|a long time|prolong\w*|delay\w*|slow(?:ed|er|ly)?|extended|lengthy|drag\w*|hours|more (?:difficult|complicated|complex)|hinder\w*|hamper\w*|complicat\w+|not (?:immediately|straightforward|easy|trivial)"
_HARD: Final = r"complex|complexity|complexities|complicated|difficult|difficulty|difficulties|intricate|intricacies|obscure|subtle|elusive|challenging|tricky|sheer|massive scale|volume of|given our (?:volume|size|scale)|unusual|exotic|esoteric|deep(?:ly)? buried|intermittent nature|rare|covid|coronavirus|pandemic|weather|holidays?|non-standard|measures in force"
_VALUE: Final = r"transparency|transparent|security|privacy|safety|trust|loyalty|quality|customers|clients|users|reliability|integrity|honesty|excellence|satisfaction|satisfying|community|service"
_FIRST: Final = r"comes? first|core values?|values of|pillars?|corner ?stones?|hallmarks?|bedrock|in our dna|ethos|sacred|non-negotiable|for granted|(?:hard|harder|strive|striving) to earn|brand experience|means (?:everything|the world)|what we stand for|stands? for|guiding principle|motto|raison|backbone|at the (?:very )?(?:heart|core|cent(?:er|re)|forefront) of (?:everything|what|our)|highest standards?"
_SPARE: Final = r"redundan\w+|replicated|independent|separated?|back-?ups?|failover|mirrored|duplicated?|geographically|isolated|hot standby|multiple data ?cent(?:er|re)s|two|three|own|clustered|load-balanced|monitored|firewalls?|secured|ups"
_LATER: Final = r"will|would|plan\w*|going to|now|add\w*|future|should|failed|fail|did not|didn't|however|but|not|n't|was|were|had|improv\w*|implement\w*|next|because|restor\w*|from (?:a|the|our) backup"

_FRAMES: Final = (
    frame(
        r"normally|usually|otherwise|typically|first (?:outage|incident|failure)|always been|generally|in all (?:these|the) years",
        r"reliable|stable|dependable|rock[- ]solid|excellent|great (?:customer )?(?:support|service)|flawless|good track|ever (?:experienced|had|seen|suffered)|in (?:over |more than )?(?:\d+|many|several|ten|two|three|five) years|spotless",
        unless=_OWNED + r"|will|now|back to|restored|more reliable",
        reach=80,
    ),
    frame(
        _HARD,
        _FIND,
        _LONG,
        unless=_OWNED
        + r"|continu\w+ to|currently|are seeing|backlog|because (?:we|nothing|nobody|no)|will be|expect\w*",
    ),
    frame(_FIRST, _VALUE, unless=_OWNED + r"|top priority|first (?:priority|step)|thank"),
    frame(
        r"redundan\w+|replicated|independent|separated|mirrored|duplicated|geographically|hot standby|multiple data ?cent(?:er|re)s|load-balanced|own (?:network|line|power|ups|generator)|(?:has|have|with) (?:a |its |their )?(?:\w+ )?separated?",
        r"(?:we|our|each|all|every|which|it|server|servers|system|database|site|\w+ backup)(?: [\w-]+){0,3} (?:have|has|is|are|runs?|sits?|use|uses|employs?)",
        _SPARE,
        unless=_LATER + "|" + _OWNED,
        reach=120,
    ),
    frame(
        r"makes? mistakes|(?:make|makes) errors|errs?|delicate|fragile|imperfect|infallible|only human|are human|go(?:es)? wrong|isn't perfect|aren't perfect|not perfect|is perfect|never perfect|sometimes (?:fail|break|crash)|fail (?:sometimes|eventually)|(?:are|is) complex",
        r"everyone|everybody|we all|all of us|anyone|nobody|no one|people|humans?|systems|software|computers|technology|machines|servers|life|things",
        unless=_OWNED + r"|if|when|whether|so that|monitor\w*|alert\w*",
        reach=40,
    ),
    frame(
        r"without (?:any |a |an |one )?(?:incidents?|issues?|problems?|failures?|trouble|interruption|hitch|outages?|errors?|impact|effect)|been (?:observed|seen|a problem|an issue|reported|experienced)|operating procedure|like clockwork|perfectly|flawlessly|successfully (?:many|before|previously)|issue-free|incident-free",
        r"(?:many|several|numerous|countless|hundreds of|dozens of|thousands of|multiple|lots of|a number of|\w+ty) times|for (?:many |several |\w+ )?years|never|always|routinely|regularly|previously|standard|routine",
        unless=_OWNED
        + r"|has been running without|since (?:then|the fix)|have been stable|will|whether|if",
        reach=70,
    ),
    frame(
        r"(?:may|might|could|can) (?:feel|think|believe|assume|suspect|wonder|argue|say|get the impression|conclude|perceive|have (?:heard|read|seen))",
        r"not the case|not true|untrue|incorrect|wrong|far from|nothing (?:of the sort|could)|assure|rest assured|mistaken|simply not",
        reach=140,
        over=True,
    ),
    frame(
        r"least (?:that )?we (?:can|could) do|worst[- ]case scenario|planned (?:long |well |already )?(?:prior to|before) (?:this|the)|(?:this|it|which|that) (?:may|might|could) (?:be|have been|seem|feel)(?: \w+){0,2} (?:inconvenien\w+|frustrat\w+|annoy\w+|upsetting|worrying|disappoint\w+)",
        r"\w+",
        unless=_OWNED,
    ),
    frame(
        r"work(?:ed|ing)? as (?:quickly|fast|hard|swiftly|rapidly|diligently)|on it 24/7|24/7 until|24x7 until|(?:all )?hands on deck|maximum (?:possible )?effort|no effort|every effort|tooth and nail|burn\w* the midnight|gave (?:it )?(?:everything|their all)|lost sleep|sleepless",
        r"engineers?|teams?|staff|technicians|crew|everyone|colleagues|specialists|experts",
        unless=_OWNED,
        reach=60,
    ),
    frame(
        r"most (?:common|popular|widely used|used|trusted|advanced|respected|reliable|sophisticated|secure)|industry standard|market leader|state of the art|best known|award[- ]winning|trusted by|used by (?:most|many|thousands|millions)|millions of (?:users|customers|people)",
        r"companies|hosting|industry|world|market|hosts|providers?|platforms?|systems?|software|product|tool|vendors?|services?|one",
        unless=_OWNED + r"|cause|reason|question|request|affected|lost|could not|error",
        reach=50,
    ),
    frame(
        r"free(?: of charge)?|trial|no charge|beta|complimentary|gratis|unpaid|volunteer\w*",
        r"not guarantee\w*|do not guarantee|don't guarantee|can't be compensated|cannot be compensated|not (?:covered|entitled|eligible|included)|no (?:sla|guarantee|warranty|compensation|claim)|without (?:any )?(?:sla|guarantee|warranty)|best[- ]effort|as[- ]is",
        reach=120,
    ),
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    if document.scan[sentence.end - 1] == "?":
        return None
    return first_of(_FRAMES, document, sentence)


RULE = Rule(
    id="DEF-25",
    name="asks-for-leniency",
    category="defensive",
    severity="warning",
    message="It asks the reader to judge kindly. Say what was missing and what is there now.",
    better='"finding it took 5 hours, because nothing recorded which disk was slow; that is recorded now"',
    source="BEN",
    triggers=words(
        "normally usually otherwise typically first been generally years complex complexity complexities complicated difficult difficulty difficulties intricate intricacies "
        "obscure subtle elusive challenging tricky sheer massive volume given unusual exotic esoteric deep deeply "
        "intermittent rare covid coronavirus pandemic weather holiday holidays non measures comes come "
        "core values pillar pillars cornerstone cornerstones corner hallmark hallmarks bedrock dna ethos sacred granted "
        "earn brand means stand stands guiding motto raison backbone heart center centre forefront highest redundant "
        "redundancy redundancies replicated independent separated separate mirrored duplicated geographically standby "
        "multiple balanced own mistakes mistake errors err errs delicate fragile imperfect infallible human wrong perfect "
        "fail break crash complex without observed seen problem issue reported experienced operating clockwork perfectly "
        "flawlessly successfully incident feel think believe assume suspect wonder argue say impression conclude "
        "perceive heard read least worst planned inconvenience inconvenient inconvenienced frustrating frustration "
        "annoying annoyance upsetting worrying disappointing disappointment quickly fast hard swiftly rapidly diligently "
        "hands effort tooth midnight gave sleep sleepless most industry market state best award "
        "trusted used millions free trial charge beta complimentary gratis unpaid volunteer volunteers"
    ),
    look=_look,
    patterns=tuple(one.first for one in _FRAMES),
    bad=examples(
        "Due to its complexity, the fault took a while to find.",
        "Finding it was prolonged by the holidays and the sheer size of the store.",
        "Your safety comes first at Larkbridge.",
        "We have two independent lines and two geographically separated halls.",
        "Everybody makes mistakes.",
        "Normally they are an extremely reliable host.",
        "This job has been run many times without incident.",
        "You might think that we did this on purpose, but that is not the case.",
        "A refund is the least we can do.",
        "Our engineers worked as quickly as possible.",
        "The booking system is the most popular one among hotels.",
        "The page is free of charge and we do not guarantee it.",
    ),
    good=examples(
        "Finding it took 5 hours, because nothing recorded which disk was slow; we should have recorded it.",
        "We will run two independent lines from 8 May.",
        "Please save your work first.",
        "Nobody can sign in at the moment.",
        "The most common error was a timeout.",
        "The free plan was not affected.",
    ),
)
