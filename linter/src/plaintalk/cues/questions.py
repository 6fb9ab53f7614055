"""What people felt, why, who was affected, and for how long."""

from typing import Final

from plaintalk.cues.binding import is_of_outage, may_be_of_outage, outage_moments
from plaintalk.document import Document, Evidence
from plaintalk.figures import DAY_RANGE
from plaintalk.finding import State
from plaintalk.pattern import Cues, Pattern, words
from plaintalk.text import Sentence
from plaintalk.vocabulary import PEOPLE

SYMPTOM_WORDS: Final = (
    "could couldn unable able fail failed failing fails failure failures error errors unavailable "
    "inaccessible unreachable not delay delayed delays slow slower slowness timed timeout timeouts "
    "rejected stopped lost loss degraded degradation latency latencies down outage outages offline "
    "missing visible intermittent intermittently stuck interrupted interruption disrupted disruption "
    "crash crashed crashing blank late increased elevated incorrect incorrectly wrong duplicate "
    "duplicated removed deleted unresponsive dropped blocked paused higher queued prevented "
    "preventing exposed leaked wasn weren didn without downtime disconnected unavailability held "
    "poor broken returned unusable denied compromised restarts restarting spoofed vulnerability "
    "vulnerable disappeared trouble problems unauthorized unauthorised sluggish unstable hang hanging"
)
SYMPTOM: Final = Pattern(
    r"\b(?:could not|couldn't|(?:un|not )able to|being unable|fail(?:ed|ing|s|ures?)?|errors?|unavailab(?:le|ility)"
    r"|inaccessible|unreachable|(?:was|were|is|are|did|has|have|do|does)(?: not|n't) \w+"
    r"|not (?:load|work|deliver|process|send|receiv)\w*|delay(?:ed|s)?|slow(?:er|ness)?|late"
    r"|timed out|time-?outs?|rejected|stopped|lost|loss of|degrad(?:ed|ation)|latenc(?:y|ies)|offline|missing"
    r"|(?:was|were|went|is|are|being) (?:\w+ )?down|visible to|intermittent(?:ly)?|stuck|unusable|denied|disappeared"
    r"|interrupt(?:ed|ions?)|crash(?:ed|ing)?|blank|(?:incorrect|wrong)(?:ly)?|compromised|sluggish|hang(?:ing)?"
    r"|duplicated?|removed|deleted|unresponsive|dropped|blocked|paused|(?:elevated|increased|higher)|restart(?:s|ing)|spoofed"
    r"|prevent(?:ed|ing)|exposed|leaked|downtime|disconnected|held back|without|poor|broken|vulnerab\w+|unauthori[sz]ed|unstable"
    r"|(?:outages?|disruptions?|disrupted|trouble|problems) (?:of|on|in|with|for|to|that) (?:the |our |some |all )?\w+"
    r"|[\w.-]+ (?:\w+ )?(?:outage|disruption|unavailability|downtime))\b"
)
_EMPTY_SYMPTOM = Pattern(
    r"(?:\W|\b(?:on|at|in|the|an?|minor|major|brief|short|small|service|services|technical|some|this|our|platform|infrastructure|unexpected|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|experienced|had|we|there|was|were|has been|affected|issues?|incidents?|problems?|difficulties|outages?|disruptions?|disrupted|interruptions?|time"
    r"|subset|of|users|customers|number|for|with|degraded|performance|a)\b)+\Z"
)
_PROGRESS = Pattern(
    r"\b(?:investigating|monitoring|will (?:update|provide|share)|no further (?:issues|errors)"
    r"|looking into|we apologi[sz]e|sorry|not (?:yet )?know|please|thank|so that|to prevent|will prevent|no longer)\b"
)


def symptom(document: Document, sentence: Sentence) -> State | None:
    """Something a reader could feel: uploads failed, pages were slow, records were visible."""
    scan, start, end = document.scan, sentence.start, sentence.end
    if not document.find(SYMPTOM, sentence):
        return None
    if document.find(_PROGRESS, sentence) or _EMPTY_SYMPTOM.match(scan, start, end):
        return "partly"
    return "answered"


CAUSE_WORDS: Final = (
    "because due caused cause causes causing result resulted resulting led triggered after when during "
    "misconfigured misconfiguration introduced bug bugs deployment deploy deployed release change changes "
    "upstream provider maintenance migration power certificate expired supplier know stemmed failures "
    "traced identified root failure failed fault attack ddos spike surge by attributed overload cascaded "
    "overloaded update upgrade published publish chose allowed regression fire cooling full hardware "
    "network networking infrastructure exhausted exhaustion deadlock crash crashed leak misconfigure load "
    "rollout configuration incompatibility vulnerability stopping faulty bad query queries typo removed limit "
    "investigation discovered traffic memory disk ran filled partner vendor service"
)
CAUSE: Final = Pattern(
    r"\b(?:because|due to|caused by|the (?:root )?cause (?:was|is|of)|root causes?:?|was caused"
    r"|(?:as a|the) result of|result(?:ed|ing) (?:from|in)|led to|leading to|causing|which caused"
    r"|(?:that|this|it|change|bug|issue) caused|triggered|stem(?:med|ming) from|traced (?:back )?to"
    r"|attribut(?:ed|able) to|introduced (?:a|an|by|in)|misconfigur(?:ed|ations?)"
    r"|(?:after|when|while|during|following|by) (?:we |our |the |a |an )?(?:\w+ ){0,4}?"
    r"(?:deploy(?:ed|ment)?|releas(?:e|ed)|chang(?:e|ed)|migrat(?:ed|ion)|maintenance|upgrad(?:e|ed)"
    r"|updat(?:e|ed)|rollout|failover|restart(?:ed)?|expired|restored)"
    r"|an? (?:\w+ ){0,4}?(?:update|change|release|deployment|bug|error|failure|fault|attack|job|query"
    r"|spike|surge|outage|power loss|certificate|regression)(?: \w+){0,6}? "
    r"(?:used|let|made|meant|allowed|filled|expired|removed|removing|blocked|damaged|broke|prevented|took|in our|sent"
    r"|overloaded|exhausted|overwhelmed|affect(?:ed|ing)|impact(?:ed|ing)|caused|resulted|led|deleted)"
    r"|certificate (?:had )?expired|lost power|power (?:outage|failure|loss|issue)|(?:upstream|third-party"
    r"|hosting|cloud|storage) (?:\w+ )?(?:provider|supplier|vendor|partner)|we changed how|overload(?:ed)?"
    r"|(?:bug|regression|error|issue|problem|fault|failures?|vulnerability|limit|incompatibility|lock) (?:in|with|within|at|on|of) (?:our|the|an?|its|one|\w+) \w+"
    r"|(?:ran|running|run) out of|filled up|(?:disk|queue|memory|storage) (?:\w+ )?(?:full|exhaust\w+|pressure|leak)|exhaust(?:ed|ion|ing)|deadlock\w*"
    r"|(?:hardware|networking|network|infrastructure|database|dns|cooling|disk|server|switch|router|node) (?:\w+ )?(?:failed|failures?|crash\w*|issues?|fault|problems?|outage|error)"
    r"|(?:high|heavy|increased|excessive|abnormal|large) (?:\w+ )?(?:load|traffic|volume|number of|amount of|set of)|cascad\w+|lost (?:\w+ )?connection|a (?:data )?fire|typo)\b"
)
CAUSE_UNKNOWN: Final = Pattern(
    r"\b(?:(?:do|does|did) not (?:yet )?know (?:yet )?(?:why|what caused|the cause)"
    r"|cause is (?:not yet known|unknown|still unknown)|(?:will|we'll) (?:publish|share|explain|report|say)"
    r" (?:what happened|why|the cause|how)|don't (?:yet )?know why)\b"
)
_CAUSE_WITHOUT_NAME = Pattern(
    r"\bcaused by an? (?:issue|problem|incident)\b|\bidentified the (?:root )?cause\b"
    r"|\broot causes? (?:has|have) been (?:identified|found)\b|\b(?:any|inconvenience) \w* ?caused\b"
    r"|\bmay have caused\b|\b(?:find|determine|understand|identify|investigat\w+|track down) (?:\w+ ){0,3}?cause\b"
)


def cause(document: Document, sentence: Sentence) -> State | None:
    """Why it happened, with something named, or the plain statement that it is not yet known."""
    if document.find(CAUSE_UNKNOWN, sentence):
        return "answered"
    if not document.find(CAUSE, sentence):
        return None
    return "partly" if document.find(_CAUSE_WITHOUT_NAME, sentence) else "answered"


WHO_WORDS: Final = (
    "one only exclusively solely contributors functions region regions data platform everything location website deployment hub "
    "confined restricted stayed geographically contained percent pct half base users user customers customer accounts account clients members subscribers people workspaces "
    "merchants shops stores everyone nobody all only your you every tenants teams shoppers "
    "organizations organisations developers visitors requests patients clinics servers sites "
    "players affected impacted jobs models services repositories builds lon nyc phx fra sfo ams sgp instances calls"
)
_PEOPLE_WORDS: Final = words(
    "user users customer customers account accounts client clients member members subscriber subscribers people persons individuals organization organizations "
    "organisation organisations tenants workspaces merchants shops stores teams companies businesses developers visitors players patients clinics subscriptions sites "
    "websites projects partners servers regions instances installations devices repositories domains requests shoppers"
)
_THINGS: Final = words(
    "service services model models region regions contributors functions system systems platform site website data workloads requests pageviews queries jobs repositories "
    "hub hubs location builds users apis api everything calls emails payments"
)
_WHO_BOUNDED: Final = Cues(
    (
        _PEOPLE_WORDS,
        Pattern(
            rf"(?<![\w.])\d[\d,.]*(?: ?%|k| percent| per cent)?(?: of)? (?:[\w'/-]+ ){{0,3}}?{PEOPLE}\b"
            rf"|\b(?:all|every|no|none of(?: our| the)?|each|any|only|another|other) (?:[\w'/-]+ ){{0,3}}?(?:{PEOPLE}|shoppers|requests)\b"
            rf"|\b(?:{PEOPLE}|requests) (?:in|on|using|with|who|that|whose|attempting|trying|located|hosted|from|of|under"
            r"|accessing|connecting|running|outside|based) (?:the |our |an? )?\w+"
            rf"|\b(?:for|by|of|from|to|impacting|affecting) (?:all |our )?(?!(?:some|many|our|the|most|certain|several|affected|any|these|those|other|all|few|of|and|for|small|subset|number|some of)\b)[\w-]{{2,20}} {PEOPLE}\b"
            rf"|\b(?:{PEOPLE}|requests)(?: \w+){{0,8}}? (?:when|while|if) (?:\w+ )?(?:trying|calling|making|attempting|using|performing|accessing|configuring|requesting|loading|signing|logging|they|you)\b"
        ),
    ),
    (words("percent"), Pattern(r"(?<![\w.])\d[\d.]* ?percent of\b")),
    (
        words(
            "everyone your yours you no nobody only exclusively solely limited where wherever didn"
        ),
        Pattern(
            r"\bno other \w+|\beveryone\b|\byour (?:account|workspace|stores?|shops?|records?|team|data|payouts)\b"
            r"|\b(?:no one|nobody) (?:\w+ )?(?:was|were|could|had|is|can)\b|\b(?:only|exclusively|solely) (?:affect(?:ed|s)|impact(?:ed|s)|concern(?:ed|s)|hit) (?!a few|some|a small|certain)\w+"
            r"|\bincluding yours\b|\byou could not\b|\blimited to \w+|\bwhere(?:ver)? (?:you|they|users)\b|\bdidn't (?:collect|receive|deliver|send) any\b"
        ),
    ),
    (
        words("us eu uk asia europe america american european"),
        Pattern(
            r"\b(?:us|eu|uk|asia|europe|american?|european)\b[\w -]{0,20}\b(?:users|customers|region)\b"
        ),
    ),
    (
        words(
            "region location datacenter datacentre center centre zone cluster deployment hub workloads data facility instance instances nodes node"
        ),
        Pattern(
            r"\b(?:in|to|across|for|on|of) (?:the |our |all )?[\w-]+(?: \([\w ]+\))? (?:region|location|data ?cent(?:er|re)|zone|cluster|deployment|hub)\b"
            r"|\b[a-z]{2,4}\d(?:-?[a-z])?\b (?:region|workloads|data|location|facility|are|is|instances?|nodes?)"
        ),
    ),
    (
        words("us eu ap ca sa af me"),
        Pattern(r"\b(?:us|eu|ap|ca|sa|af|me)-(?:north|south|east|west|central)\w*"),
    ),
    (
        words(
            "lon nyc phx fra sfo ams sgp iad lhr syd tor blr dfw ord mia lax sjc ewr cdg nrt hkg gru"
        ),
        Pattern(
            r"\b(?:in|to|across|for|on|of|from|restarts|at) (?:the )?[a-z]{3}\d\b|\b[a-z]{3}\d\b"
        ),
    ),
    (
        _THINGS,
        Pattern(
            r"\b(?:all|every|entire|whole|only|no other|none of(?: our| the)?) (?:of )?(?:our |the )?(?:[\w-]+ ){0,2}?(?:services?|models?|regions?|contributors|functions|systems?|platform|site|website|data|workloads|requests|pageviews|queries|jobs|repositories|hubs?|location|builds|users|apis?|everything)\b"
            r"|\b(?:website|site|platform|app|application) [\w.]+ (?:was|were|is)\b|\baffected (?:rolling|\w+ing) \w+\b"
            r"|\b\d[\d.,]* ?(?:%|percent|k|million|thousand)? ?(?:of )?(?:[\w-]+ ){0,3}?(?:requests|jobs|calls|models|functions|repositories|emails|payments)\b"
        ),
    ),
)
_PERCENT_OF = Pattern(r"\d ?% of\b")
# A count of people out of all of them says who was hit, whatever verb stands beside it.
_COUNT_OF_ALL = Pattern(
    rf"\d (?:of|out of) (?:the |our |a |total |of )*\d[\d,.]* (?:[\w'/-]+ ){{0,2}}?{PEOPLE}\b"
    rf"|\b(?:affected|impacted|hit|reached|concerned|let down|for) (?:[\w,.-]+ ){{0,4}}?\d[\d,.]*[km]?(?: (?:million|thousand))? {PEOPLE}\b"
    rf"|(?:\d ?%|\bper ?cent|\bhalf|\bthirds?|\bquarters?|\bfifths?|\btenths?|\bmajority) of (?:\w+ ){{0,3}}?{PEOPLE}\b"
    rf"|\b(?:\w+|\d+) (?:in|out of) (?:every )?(?:two|three|four|five|ten|\d+) (?:of )?(?:our |the )?{PEOPLE}\b"
    rf"|\b{PEOPLE} (?:affected|impacted|hit): (?:\w+ ){{0,3}}?~?\d|\b(?:affected|impacted) (?:{PEOPLE}|were): (?:\w+ ){{0,3}}?~?\d"
)
_PLACE: Final = r"(?:[a-z]{2,}(?:-[a-z]+)*(?:-\d)?)"
_OF_YOU = Pattern(
    rf"(?:\d ?%|\d|\bper ?cent|\bpct|\bhalf|\bthirds?|\bquarters?|\bfifths?|\btenths?|\bmost|\bmany|\ball|\bnone) of (?:you|our (?:customer |user )?base)\b|\bevery (?:single )?one of you\b"
    rf"|\b(?:confined|limited|restricted|stayed|only|geographically|contained) (?:to|in|within|customers in|users in)(?: the)? {_PLACE}"
    rf"|\d (?:or so |\+ ?|-odd )?(?:of (?:our|the) )?(?:\w+ ){{0,2}}?{PEOPLE} (?:\w+ ){{0,2}}?(?:felt|noticed|had to|could|couldn't|lost|saw|got|were|was|sat|stood|ran|suffered|waited|received|experienced|lived|on the (?:receiving|wrong) end)\b"
)
_WHO_ANYONE: Final = _PEOPLE_WORDS | words("you everyone affected impacted")
_WHO_FELT: Final = words(
    "affect affected affecting affects impact impacted impacting impacts experience experienced experiences experiencing could couldn unable fail failed failing failure "
    "failures fails see saw seeing seen error errors unavailable unavailability slow slower slowness delay delayed delays lost receive received receiving visible outage "
    "outages down disrupt disrupted disruption disruptions degraded degradation not didn wasn weren restart restarts restarting missing inaccessible elevated latency "
    "latencies increase increased denied vulnerable vulnerability stopped stable offline unresponsive timeouts timing resolved operational normally normal running"
)
_WHO_TITLE = Pattern(r"\b(?:who|impact|scope|affected)\b")


def who(document: Document, sentence: Sentence) -> State | None:
    """Who was affected, bounded so that readers can tell whether they belong."""
    tokens = document.words(sentence)
    percent = "%" in tokens and document.find(_PERCENT_OF, sentence) is not None
    if document.find(_COUNT_OF_ALL, sentence) or document.find(_OF_YOU, sentence):
        return "answered"
    if tokens.isdisjoint(_WHO_FELT) and not document.stands_under(sentence, _WHO_TITLE):
        return "answered" if percent else None
    if percent or document.first(_WHO_BOUNDED, sentence):
        return "answered"
    return "partly" if not tokens.isdisjoint(_WHO_ANYONE) else None


DURATION_WORDS: Final = (
    "# hour hours minutes minute day days half since until began started lasted while morning "
    "afternoon evening night moments briefly"
)
_SHORTEST: Final = 20
_BOUND_LENGTH = Pattern(
    r"\b(?:lasted|lasting|for|over|duration|took|total of|period of|outage of|downtime|down"
    r"|unavailable|within|during|after|interruption of|[(:]) ?(?:\w+ ){0,4}?~?\Z"
)
_OTHER_LENGTH = Pattern(
    r"\b(?:every|next|per|last|past|previous|within(?: the)?|alert\w*|notif\w*|keep|retain\w*"
    r"|monitor\w*|watch\w*|update in|at least|ago|earlier|old)(?: \w+){0,3} ?\Z"
)
_LENGTH_AFTER = Pattern(
    r" ?(?:outage|downtime|interruption|disruption|window|incident|period|delay)\b"
)
_VAGUE_LENGTH = Pattern(
    r"\b(?:a few|several|some|couple of|many|multiple|last|past) (?:\w+ )?(?:hours?|minutes|days?|moments)\b"
    r"|\b(?:this|yesterday|that|last) (?:morning|afternoon|evening|night|weekend)\b|\b(?:today|overnight|all day)\b"
    r"|\b(?:since|until|from|at|began|started|around|about|approximately) (?:\w+ ){0,3}?\d{1,2}(?::\d\d| ?[ap]m)"
    r"|\d{1,2}:\d\d(?: ?[ap]m)?(?: (?:utc|gmt|[ecmp][sd]?t|cet|cest|bst))\b|\d\d:\d\d:\d\d|\(date\)|\d{4}-\d\d-\d\dt? ?\d\d:\d\d"
)
_STARTED = Pattern(
    r"\b(?:start(?:ed|s)?|began|first|from|notified|identified|alerted|noticed|down|deployed|launched|saw|begin)\b"
)
_OVER = Pattern(
    r"\b(?:end(?:ed)?|resolved|restored|recovered|fixed|back (?:up|online|to)|mitigated|closed|until|rolled back|completed|all clear|operational)\b"
)


_ENTRIES: Final = 3
"""Times that head a line, from which on they are a timeline."""
_ENTRY = Pattern(
    r"[\W_]*(?:(?:\d{4}-\d\d-\d\d|\d{1,2}[ .-]\w{3,9}|\w{3,9} \d{1,2}(?:st|nd|rd|th)?)(?:,? \d{4})?,?(?: at)? )?\d{1,2}:\d\d"
)


def _is_an_entry(document: Document, sentence: Sentence) -> bool:
    """Whether a line of a timeline begins here: a heading, an item or a label led by a time."""
    if sentence.role == "text" or not document.clocks(sentence):
        return False
    if _GENERATED.match(document.scan, sentence.start, sentence.end):
        return False
    return _ENTRY.match(document.scan, sentence.start, sentence.end) is not None


def duration_of_timeline(document: Document, sentences: list[Sentence]) -> Evidence | None:
    """A start in one sentence and an end in another, as in a timeline."""
    marked = [one for one in document.text.sentences if _is_an_entry(document, one)]
    if len({clock.group() for one in marked for clock in document.clocks(one)}) >= _ENTRIES:
        return Evidence("answered", marked[0])
    started: Sentence | None = None
    stated_ends: set[bool] = set()
    for one in sentences:
        stated_ends.update(moment.is_end for moment in outage_moments(document, one))
        if stated_ends == {True, False}:
            return Evidence("answered", one)
        scan, start, end = document.scan, one.start, one.end
        stated = document.clocks(one)
        if not stated or _GENERATED.match(scan, start, end):
            continue
        if started is not None and document.find(_OVER, one):
            return Evidence("answered", one)
        if started is None and (one.role == "item" or document.find(_STARTED, one)):
            started = one
            if len(stated) > 1 and _OVER.search(scan, stated[0].end(), end):
                return Evidence("answered", one)
    return None


_GENERATED = Pattern(r"\W*\d{4}-\d\d-\d\d[ t]\d\d:\d\d(?::\d\d)?(?: ?utc| ?z)?\W*\Z")


def duration(document: Document, sentence: Sentence) -> State | None:
    """How long it lasted: from one time to another, or a length bound to the incident."""
    scan, start, end = document.scan, sentence.start, sentence.end
    if document.spans(sentence) or document.find(DAY_RANGE, sentence):
        return "answered"
    for length in document.lengths(sentence):
        if length.seconds < _SHORTEST:
            continue
        if _OTHER_LENGTH.search(scan, max(start, length.start - 30), length.start):
            continue
        if _LENGTH_AFTER.match(scan, length.end, end):
            return "answered"
        if _BOUND_LENGTH.search(scan, max(start, length.start - 40), length.start):
            return "answered"
        if is_of_outage(document, sentence, length) or may_be_of_outage(document, sentence, length):
            return "answered"
    ends = {moment.is_end for moment in outage_moments(document, sentence)}
    if ends == {True, False}:
        return "answered"
    if not document.find(_VAGUE_LENGTH, sentence):
        return None
    return None if _is_a_lone_stamp(document, sentence) else "partly"


_STAMP = Pattern(r"\(\d{4}-\d\d-\d\d[ t]\d\d:\d\d(?::\d\d)?(?: ?utc| ?z)?\)")


def _is_a_lone_stamp(document: Document, sentence: Sentence) -> bool:
    """Whether the only time is that of the one update, which says when it was written."""
    scan = document.scan
    if "stamps" not in document.memory:
        document.memory["stamps"] = sum(1 for _ in _STAMP.finditer(scan, 0, len(scan)))
    found = document.find(_STAMP, sentence)
    if found is None or document.memory["stamps"] > 1:
        return False
    rest = scan[sentence.start : found.start()] + scan[found.end() : sentence.end]
    return _VAGUE_LENGTH.search(rest) is None
