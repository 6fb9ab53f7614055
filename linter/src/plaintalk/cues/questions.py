"""What people felt, why, who was affected, and for how long."""

from typing import Final

from plaintalk.cues.binding import is_of_outage, may_be_of_outage, which_ends
from plaintalk.document import Document, Evidence
from plaintalk.figures import DAY_RANGE
from plaintalk.finding import State
from plaintalk.pattern import Cues, Pattern, words
from plaintalk.text import Sentence
from plaintalk.vocabulary import FOLK, PEOPLE

SYMPTOM_WORDS: Final = (
    "could couldn unable able fail failed failing fails failure failures error errors unavailable "
    "inaccessible unreachable not delay delayed delays slow slower slowness timed timeout timeouts "
    "rejected stopped lost loss degraded degradation latency latencies down outage outages offline "
    "missing visible intermittent intermittently stuck interrupted interruption disrupted disruption "
    "crash crashed crashing blank late increased elevated incorrect incorrectly wrong duplicate "
    "duplicated removed deleted unresponsive dropped blocked paused higher queued prevented "
    "preventing exposed leaked wasn weren didn without downtime disconnected unavailability held "
    "poor broken returned unusable denied compromised restarts restarting spoofed vulnerability "
    "vulnerable disappeared trouble problems unauthorized unauthorised sluggish unstable hang hanging "
    "saw could fail fails drop drops hangs breaks dead twice double again closed close shut showed shows displayed told listed still order use service cancelled canceled issue issues glitch glitches early stolen affected impacted shown froze frozen garbled unreadable"
)
SYMPTOM: Final = Pattern(
    r"\b(?:could not|couldn't|(?:un|not )able to|being unable|fail(?:ed|ing|s|ures?)?|errors?|unavailab(?:le|ility)"
    r"|inaccessible|unreachable|(?:was|were|is|are|did|has|have|do|does)(?: not|n't) \w+"
    r"|not (?:load|work|deliver|process|send|receiv)\w*|delay(?:ed|s)?|slow(?:er|ness)?|late"
    r"|timed out|time-?outs?|rejected|stopped|lost|loss of|degrad(?:ed|ation)|latenc(?:y|ies)|offline|missing"
    r"|(?:was|were|went|is|are|being) (?:\w+ )?down|visible to|intermittent(?:ly)?|stuck|unusable|denied|disappeared"
    r"|interrupt(?:ed|ions?)|crash(?:ed|ing)?|blank|(?:incorrect|wrong)(?:ly)?|compromised|sluggish|hang(?:ing)?"
    r"|duplicated?|removed|deleted|unresponsive|dropped|blocked|paused|(?:elevated|increased|higher)|restart(?:s|ing)|spoofed"
    r"|(?:[\w-]+ )?(?:issues?|glitch(?:es)?) (?:with|in|on|when) (?:the |our |some |all )?\w+|(?:login|sign-?in|network|payment|performance|connection|connectivity|delivery|database|e-?mail|loading|audio|video|access|printing|ordering|booking|call|search) issues?"
    r"|(?:stopped|ended|arrived|left|closed) (?:\w+ )?(?:early|too soon)|stood still|out of (?:order|service|use)|cancelled|canceled|stolen|froze|frozen|garbled|unreadable|(?:was|were|are) (?:still |also )?(?:affected|impacted)|shown to (?:the )?wrong"
    r"|saw (?:the|another|other|someone|wrong|old|an? (?:error|blank|wrong))|could be (?:\w+ )?(?:opened|seen|read|viewed|accessed|guessed|downloaded)|(?:fails?|drops?|hangs?|breaks?)|dead|(?:sent|charged|billed|delivered|printed|counted|booked|paid) (?:\w+ )?(?:twice|double|again)|(?:we |was |were |had to )(?:closed?|shut)|(?:showed|shows|displayed|told|listed) (?:[\w'-]+ ){1,6}?(?:as|that|which|wrong|old)"
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
    r"\b(?:investigating(?!:)|monitoring(?!:)|will (?:update|provide|share)|no further (?:issues|errors)"
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
    "investigation discovered traffic memory disk ran filled partner vendor service "
    "broke broken overheated burst jammed snapped tripped wrong incorrect old outdated differently forgot forgotten "
    "accidentally inadvertently inadvertent mistakenly erroneously mistake unintentionally attacker attackers hacker "
    "hackers ransomware malware phishing intruder theft stolen stole burglary unauthorized unauthorised breach exploited cracked leaked loose flooded duplicate faulty blew wore seized "
    "exploit courier carrier longer exceeded limits capacity quota unresponsive unhealthy defective damaged "
    "problem issue related excessive unusual been pr reason culprit trigger explanation delivered posted emailed addressed assigned routed credited booked attached linked uploaded transferred paid imported matched filed printed by had without strike flood flooding storm lightning snow roadworks burglary blackout worn torn flat burnt cracked blown omitted overlooked neglected missed failed copied"
    " commit daemon process container fatal backfired lack flaw loop "
    "misprint mixed swapped misread mislabelled mislabeled missing full oom typed contrary put had shipped died lost bad"
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
_PART: Final = (
    r"(?:servers?|nodes?|disks?|drives?|switch(?:es)?|routers?|cards?|modules?|parts?|hosts?|databases?|machines?|cables?|sensors?"
    r"|batter(?:y|ies)|instances?|links?|lines?|pumps?|motors?|valves?|printers?|scanners?|spindles?|belts?|fuses?|controllers?|firewalls?"
    r"|load balancers?|queues?|caches?|containers?|pods?|daemons?|process(?:es)?|workers?|services?|replicas?|clusters?|backends?|pipelines?|terminals?|generators?|transformers?|power suppl(?:y|ies)|certificates?)"
)
MISHAP: Final = Pattern(
    rf"\b{_PART} (?:[\w'-]+ ){{0,12}}?(?:expired|broke(?: down)?|overheated|burst|jammed|snapped|tripped|died|crashed|hung|seized|gave out|blew|stood still|ran (?:full|hot|dry)|(?:was|were|became|went|is|are) (?:\w+ )?(?:unresponsive|overloaded|faulty|unhealthy|defective|damaged|full|misconfigured|mislabell?ed))\b"
    rf"|\b(?:faulty|defective|broken|unresponsive|unhealthy|damaged|overheated|malfunctioning|overloaded|bad|expired|failed|failing) (?:[\w-]+ ){{0,2}}?{_PART}\b"
    r"|\b(?:an?|one|the|our) (?:[\w-]+ ){1,6}?(?:snapped|burst|broke|jammed|overheated|expired|tripped|blew|seized|cracked|leaked|came loose|caught fire|flooded|wore out)\b"
    r"|\b(?:an? )(?:old|outdated|wrong|incorrect|missing|expired|duplicate|forgotten|stale|broken|faulty) (?:[\w-]+ ){1,3}?(?:was|were|had|has|let|made|sent|meant|stopped|blocked|kept)\b"
    r"|\b(?:the|a|one|main|real|likely|probable) (?:reason|cause|culprit|trigger|explanation)(?: (?:for|of|behind) (?:[\w-]+ ){1,4}?)? ?(?:was|is|were|turned out|seems|appears|lay|:)\b|\bcaused (?:this|it|the|these|those|an?|some|our|all|many|several|delays?|errors?|problems?|long)\b"
    r"|\b(?:sent|delivered|posted|e-?mailed|addressed|assigned|routed|credited|booked|attached|linked|copied|uploaded|transferred|paid|imported|matched|filed|printed) (?:[\w'-]+ ){0,7}?(?:to|in|into|with|from|on|at|under) (?:the |an? |two )?(?:wrong|incorrect|same|old|live|public|another|different)\b"
    r"|\b(?:was|were|got|been) (?:\w+ )?(?!notic|detect|found|fix|resolv|restor|report|follow|affect|impact|replac|identif|monitor|mitigat|caught|spott|discover|solv|repair|correct|review|help|contact|inform|alert|notif|confirm|prevent|clear|recover|address|approv|written|publish|handl|answer|protect)(?:\w+(?:ed|en)|cut|hit|set|struck|sent|shut|hurt|left|lost|broken|driven|built|made) (?:\w+ )?by (?!then\b|now\b|\d|hand\b|e-?mail\b|phone\b|our team|our engineers|us\b|the team|this (?:issue|incident|outage)|the (?:issue|incident|outage|problem))\w+"
    r"|\bhad (?:\w+ly |also |already |then |just |all |both |only )?(?!been\b|noticed|resolved|restored|recovered|received|reported|hoped|planned|promised|informed|expected|seen\b|experienced|asked|wanted|needed|ordered|paid|used\b|finished|completed|fixed|subscribed|signed|logged|opened|tried)(?:\w{2,}(?:ed|en|wn|ept|ought|aught)|run|lost|left|set|put|cut|sent|sold|gone|made|kept|built|lain|grown|shut|read|stood|held|begun|come) (?!to\b)\w+"
    r"|\b(?:we|i|nobody|no one|our \w+|which) (?:had |have |has )?(?:did not|didn't|had not|hadn't|failed to|forgot|omitted|overlooked|neglected|missed) (?:to )?(?!yet\b|know\b|find\b|see\b|hear\b|lose\b|affect|impact|work\b|respond)(?:\w+)\b|\bwithout (?:a |any |first )?(?:tests?|testing|check|checking|review|backup|second look|trial)\b"
    rf"|\b{_PART} (?:had|has|with) (?:an? |no )?(?:full|broken|faulty|old|wrong|dead|flat|expired|empty|defective|damaged|loose|worn|lower|smaller)\b|\b(?:worn|torn|flat|burnt|burst|loose|frozen|jammed|cracked|blown) (?:out )?(?:\w+ )?(?:bearing|belt|fuse|pipe|cable|tyre|valve|pump|seal|hose|chain|gear|part|lock|line|battery|wire|plug)\b|\b(?:bearing|belt|fuse|pipe|tyre|valve|pump|seal|hose|chain|gear|lock|wire|plug) (?:was|were|had) (?:\w+ )?(?:worn|torn|flat|burnt|burst|loose|frozen|jammed|cracked|blown|broken|tripped|gone)\b"
    r"|\b(?:strike|flood(?:ing)?|storm|lightning|snow|heat ?wave|roadworks|construction work|burglary|power cut|blackout|cable cut|water (?:damage|leak)|sick(?:ness)?|staff shortage|recall)\b"
    r"|\b(?:accidental(?:ly)?|inadvertent(?:ly)?|mistaken(?:ly)?|erroneous(?:ly)?|unintentional(?:ly)?|by mistake|in error|forgot(?:ten)?|mixed up|swapped|misread|mis-?typed|misprint\w*|mislabell?ed|misrouted|miscalculated|mistook)\b"
    r"|\b(?:set|noted|entered|used|sent|chose|loaded|picked|shipped|printed|had|with|at|in|held|applied|installed|pointed (?:to|at)|copied|attached) (?:the |an? |our |its )?(?:wrong|incorrect|old|outdated|stale|expired|previous) (?!way\b|hands\b|people\b|customers?\b|employees?\b)\w+"
    r"|\b(?:sorted|ordered|formatted|rounded|counted|handled|stored|treated|numbered|spelled|set up) (?:\w+ ){0,4}?(?:differently|wrongly|incorrectly|twice|in the wrong \w+|the wrong way)\b"
    r"|\b(?:attackers?|hackers?|ransomware|malware|phishing|intruders?|thie(?:f|ves)|burglar\w*|break-in|broken into|theft|stolen|stole|exploited|skimm(?:ing|er))\b"
    r"|\bunauthori[sz]ed (?:\w+ ){0,2}?(?:access|users?|part(?:y|ies)|persons?|individuals?|actors?|login|third)\b|\bsuffered (?:a|an) (?:\w+ )?(?:breach|attack|intrusion)\b"
    r"|\b(?:courier|carrier|supplier|provider|vendor|partner|contractor|manufacturer|operator|registrar|bank|utility|landlord|printer|railway|depot|agency|installer) (?:\w+ ){0,3}?(?:let|left|lost|failed|missed|dropped|cut|mixed|sent|delivered|changed|stopped|moved|closed|switched|replaced|updated|was down|was closed|went down|on strike|had an?)\b"
    r"|\b(?:took|ran|taking) (?:\w+ )?longer than\b|\b(?:exceed(?:ed|ing)|reached|hit) (?:(?:the|its|our|an?|their|[\w-]+) ){1,3}?(?:limits?|capacity|quota|ceiling|maximum|cap|threshold)\b"
    r"|\b(?:an?|the|this) (?:[\w-]+ ){0,2}?(?:issue|problem|bug|error|fault|flaw|mistake|gap) (?:in|with|on|at|of|inside) (?:the |our |an? |one |its |some )?(?!general\b)\w+"
    r"|\b(?:a result|the result|related to|result) of an? |\brelated to (?:the |an? |our )\w+"
    r"|\b(?:excessive|unusual(?:ly)?|unusual|sudden|unexpected|abnormal|unprecedented) (?:\w+ )?(?:number|amount|volume|increase|spike|surge|burst|flood|rise|load|traffic|rush|demand)s?\b"
    r"|\bhad (?:\w+ )?been (?!resolved\b|restored\b|fixed\b|informed\b|notified\b|identified\b|applied\b|completed\b|recovered\b|deployed\b|implemented\b|affected\b|impacted\b|contained\b|working\b)(?:\w+(?:ed|en|wn)|set|cut|sent|left|lost|built|put|read)\b|\bwere left (?:empty|open|out|blank|on)\b|\bwas left (?:empty|open|out|blank|on)\b"
    r"|\b(?:after|when|from|in) an? (?:[\w-]+ ){0,3}?(?:pr|pull request|commit|merge|import|move|switch|repair|clean-?up|script|test|rename|roll-?out|backup|patch|restart|reboot)\b"
    r"|\b(?:fatal error|backfired|out[- ]of[- ]memory|oom|feedback loop|endless loop|infinite loop|race condition|loop introduced|memory leak|lack of|single point of failure)\b|\bcontrary to (?:our|express|its|the|company)\b"
    r"|\b(?:had|were|was|having) no (?:spare|backup|second|room|space|stock|cover|check|limit)\b|\bput off\b|\b(?:we|which|that|it) (?:had )?(?:only )?(?:checked|compared|counted|tested) only\b"
    r"|\b(?:we|an?|the) (?:[\w-]+ ){0,5}?(?:shipped|released|published|made|introduced|sent out|rolled out|pushed|merged|installed|applied) (?:an? |the )(?:[\w-]+ ){0,3}?(?:change|update|version|release|build|configuration|setting|rule|patch|import)\b(?! (?:to (?:fix|resolve|restore|address|mitigate|correct|prevent)|that (?:fixes|fixed|resolves|restores|corrects|addresses)))"
)
"""What went wrong with a thing, or what somebody did, where no "because" stands beside it."""
CAUSE_UNKNOWN: Final = Pattern(
    r"\b(?:(?:do|does|did) not (?:yet )?know (?:yet )?(?:why|what caused|the cause)"
    r"|cause is (?:not yet known|unknown|still unknown)|(?:will|we'll) (?:publish|share|explain|report|say)"
    r" (?:what happened|why|the cause|how)|don't (?:yet )?know why)\b"
)
_CAUSE_WITHOUT_NAME = Pattern(
    r"\b(?:caused by|due to|because of|result of) (?:an?|some|unexpected|unforeseen) (?:(?:technical|internal|unexpected|unforeseen|infrastructure|system|service|platform) )?(?:issues?|problems?|incidents?|difficult(?:y|ies))\b(?! (?:with|in|on|at|where|that))|\broot cause of (?:this|the) (?:issue|incident|problem|outage) (?:has been|was|is) (?:\w+ )?(?:identified|found|mitigated|resolved|fixed|addressed)\b|\bidentified the (?:root )?cause\b"
    r"|\broot causes? (?:has|have) been (?:identified|found)\b|\b(?:any|inconvenience) \w* ?caused\b"
    r"|\bmay have caused\b|\b(?:find|determine|understand|identify|investigat\w+|track down) (?:\w+ ){0,3}?cause\b"
)

_LOOKED_AFTER = Pattern(
    r"\b(?:will|we'll|going to|from now on|from \d|so that|to prevent|to avoid|if|please|should|could be|looking into|identif(?:ied|y)(?: the| an)?|working on|aware of|investigating(?!:))\b"
)


def cause(document: Document, sentence: Sentence) -> State | None:
    """Why it happened, with something named, or the plain statement that it is not yet known."""
    if document.find(CAUSE_UNKNOWN, sentence):
        return "answered"
    if not document.find(CAUSE, sentence):
        if document.find(MISHAP, sentence) and not document.find(_LOOKED_AFTER, sentence):
            return "partly" if document.find(_CAUSE_WITHOUT_NAME, sentence) else "answered"
        return None
    return "partly" if document.find(_CAUSE_WITHOUT_NAME, sentence) else "answered"


WHO_WORDS: Final = (
    "one only exclusively solely contributors functions region regions data platform everything location website deployment hub "
    "confined restricted stayed geographically contained percent pct half base users user customers customer accounts account clients members subscribers people workspaces "
    "merchants shops stores everyone nobody all only your you every tenants teams shoppers "
    "organizations organisations developers visitors requests patients clinics servers sites "
    "players affected impacted jobs models services repositories builds lon nyc phx fra sfo ams sgp instances calls other "
    "hospitals schools practices pharmacies students pupils parents employees drivers passengers riders guests travellers travelers "
    "residents citizens applicants households families listeners readers viewers learners teachers branches hotels restaurants farms "
    "councils universities libraries participants holders owners franchisees colleagues journeys bookings tickets parcels boxes cases "
    "rooms homes meters machines cards letters invoices trips lessons classes appointments prescriptions policies claims contracts "
    "australia europe asia africa america canada mexico brazil india japan china singapore germany france spain italy portugal poland austria switzerland ireland scotland wales england norway sweden denmark finland netherlands belgium united london paris berlin york sydney tokyo frankfurt amsterdam dublin virginia oregon california texas ohio apac emea zealand total complete full global entire wide worldwide nationwide sessions sellers buyers vendors donors volunteers couriers dentists doctors nurses staff workers authors artists fans orders payments unaffected"
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
            r"|accessing|connecting|running|outside|based) (?!(?:the |our |an? )?(?:single|one|certain|some|several|affected|specific|few|opposite|this|that|these|those|different|various|the affected)\b)(?:the |our |an? )?\w+"
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
_COUNT_OF_FOLK = Pattern(
    rf"(?<![\w.:])\d[\d,.]* (?:of (?:our|your|the|all|those) )?(?:[\w'-]+ ){{0,2}}?(?:{FOLK}|{PEOPLE}|orders|payments|accounts|files|records|messages|e-?mails)\b"
    rf"|(?<!some\s)(?<!other\s)(?<!several\s)(?<!multiple\s)(?<!many\s)(?<!certain\s)(?<!most\s)\b{FOLK} (?:\w+ )?(?:could not|couldn't|cannot|can't|were unable|saw|lost|received|got|had no|waited)\b"
    r"|\bincluding you\b|\b\d+ (?:of|out of) your\b|\bif you (?:were|are|had) (?:one of|among|in|using|on|a)\b|\banything you (?:typed|entered|sent|wrote|saved|uploaded|bought|booked)\b"
    r"|\b(?:total|complete|full|global|entire|platform-wide|system-wide|site-wide|worldwide|nationwide) (?:\w+ ){0,2}?(?:outage|failure|downtime|unavailability|shutdown|blackout)\b|\b\d[\d,.]* (?:[\w-]+ ){0,2}?sessions\b"
    r"|\bno appointments\b|\bno (?:one|body) could (?!have\b)"
)
_TIMES: Final = r"(?:minutes?|hours?|days?|seconds?|weeks?|months?|years?|times|steps|parts|cases|mins?|hrs?|things|changes|points|reasons|ways|places|stages|phases|copies|retries|attempts|percent)"
_COUNT_OF_THINGS = Pattern(
    rf"(?<![\w.:])\d[\d,.]* (?:[\w'-]+ ){{1,4}}?(?:was|were|are|is|have been|had been) (?:\w+ )?(?:affected|impacted|hit|late|delayed|lost|missing|cancelled|stuck|closed|down|dead|without|wrong|sent|charged)\b"
    rf"|\b(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten) (?:of|out of|in) (?:the |our |all |its |every )?(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) (?!{_TIMES}\b)[a-z]+s\b"
    rf"|\b(?:in|at|on|for|to|across) (?:all |the |our )*(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twelve) (?!{_TIMES}\b|(?:[\w-]+ ){{1}}{_TIMES}\b)(?:[\w-]+ )?[a-z]+s\b"
    r"|\b(?:in|across|throughout|from|for|within) (?:the )?(?:(?:north|south|east|west|northern|southern|eastern|western|central|all of|parts of) )?(?:europe|asia|africa|australia|new zealand|america|canada|mexico|brazil|india|japan|china|singapore|germany|france|spain|italy|portugal|poland|austria|switzerland|ireland|scotland|wales|england|norway|sweden|denmark|finland|the netherlands|netherlands|belgium|united kingdom|united states|uk|usa|us|eu|apac|emea|london|paris|berlin|new york|sydney|tokyo|frankfurt|amsterdam|dublin|virginia|oregon|california|texas|ohio)\b"
)


def _is_felt(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence tells of something that readers felt."""
    return document.find(SYMPTOM, sentence) is not None


_SCOPE = Pattern(
    r"\b(?:were|are|was|is|remain|remained) (?:(?:not|never) (?:\w+ )?(?:affected|impacted|involved)|unaffected)\b|\b(?:other|remaining) [\w /-]{2,40}?(?:work|worked|works|are working|kept working)\b"
)
_NOT_SCOPE = Pattern(
    r"\b(?:(?:customers|users|everyone|you|people|it|this|that|they) (?:were|are|was|is) (?:not|never|un)|majority|most|data|personal|information|funds|no (?:customer|personal|user|financial)|many|some)\b"
)
_WHO_ANYONE: Final = _PEOPLE_WORDS | words("you everyone affected impacted")
_WHO_FELT: Final = words(
    "affect affected affecting affects impact impacted impacting impacts experience experienced experiences experiencing could couldn unable fail failed failing failure "
    "failures fails see saw seeing seen error errors unavailable unavailability slow slower slowness delay delayed delays lost receive received receiving visible outage "
    "outages down disrupt disrupted disruption disruptions degraded degradation not didn wasn weren restart restarts restarting missing inaccessible elevated latency "
    "latencies increase increased denied vulnerable vulnerability stopped stable offline unresponsive timeouts timing resolved operational normally normal running"
)
_NOT_THE_HARM = Pattern(
    r"\b(?:refund(?:ed|s)?|checks?|checked|tested|reviewed|resent|compensat\w+|will|invited|asked|informed|contacted|phoned|(?:wrote|written) to|hired|trained|new|will (?:be (?:refunded|contacted|informed|invited|credited)|refund|contact|phone|call|write|add|hire|train|check|get a|receive a))\b"
)
_ALL_IS_WELL = Pattern(
    r"\ball (?:the |of the |our )?(?:affected|impacted|remaining) (?:[\w-]+ ){0,3}?(?:are|is|were|was|have been|has been|had been) (?:now |fully |all )*(?:restored|resolved|back|fixed|operational|available|recovered|online|running)\b"
    r"|\b(?:nobody|no one) could (?:possibly )?have (?:\w+ )?(?:predict|know|foresee|expect|imagin|guess|anticipat)\w*|\bto ensure (?:an? |the )?(?:[\w-]+ ){0,3}?experience\b|\d ?% of all (?:funds|capacity|traffic|storage|stock)\b"
)
_WHO_TITLE = Pattern(r"\b(?:who|impact|scope|affected)\b")


_RECOVERS: Final = words(
    "again back restored resolved mitigated recovered normal normally verified checked working able wipe remediation"
)
_HURT: Final = Pattern(
    r"\b(?:could not|couldn't|unable|fail\w*|affected|impacted|lost|unavailable|inaccessible|unreachable|errors?|outages?|down(?:time)?|slow\w*|delay\w*|experienc\w+|degrad\w+|disrupt\w+|missing|timeouts?|(?:un|in)\w+able)\b"
)
_BETTER: Final = Pattern(
    r"\b(?:(?:is|are|was|were|been|be) (?:now |all |fully |again |once again )*(?:back|restored|resolved|mitigated|recovered|reachable|working|running|online|operational|checked|verified|stable|normal)|mitigated the|able to (?:connect|log|sign|use)|(?:working|running|operating) (?:again|normal(?:ly)?))\b"
)


def _is_only_better(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence tells of the recovery alone; who is well again is not yet who was hit."""
    return document.find(_BETTER, sentence) is not None and (document.find(_HURT, sentence) is None)


def who(document: Document, sentence: Sentence) -> State | None:
    """Who was affected, bounded so that readers can tell whether they belong."""
    tokens = document.words(sentence)
    percent = "%" in tokens and document.find(_PERCENT_OF, sentence) is not None
    if document.find(_ALL_IS_WELL, sentence) or (
        not tokens.isdisjoint(_RECOVERS) and _is_only_better(document, sentence)
    ):
        return None if tokens.isdisjoint(_WHO_ANYONE) else "partly"
    if document.find(_COUNT_OF_ALL, sentence) or document.find(_OF_YOU, sentence):
        return "answered"
    if document.find(_COUNT_OF_FOLK, sentence) and (
        document.find(_NOT_THE_HARM, sentence) is None or _is_felt(document, sentence)
    ):
        return "answered"
    if document.find(_COUNT_OF_THINGS, sentence) and _is_felt(document, sentence):
        return "answered"
    if document.find(_SCOPE, sentence) and not document.find(_NOT_SCOPE, sentence):
        return "answered"
    if tokens.isdisjoint(_WHO_FELT) and not document.stands_under(sentence, _WHO_TITLE):
        return "answered" if percent else None
    if percent or document.first(_WHO_BOUNDED, sentence):
        return "answered"
    return "partly" if not tokens.isdisjoint(_WHO_ANYONE) else None


DURATION_WORDS: Final = (
    "# hour hours minutes minute day days half since until began started lasted while morning "
    "afternoon evening night moments briefly noon midnight january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
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
# What has been stable for an hour, and the time given to do something, are not the outage.
_WELL_FOR = Pattern(
    r"\b(?:valid|kept|stored|retained) for (?:about |up to )?\Z|\bexpir\w+ (?:after|in|within) (?:about )?\Z|\b(?:stable|healthy|steady|operated|operational|working|succe\w+|clean|recovered|up|online) (?:\w+ )?for (?:over |more than |about |at least |the (?:last|past) )?\Z|\b(?:we|you|they|users|customers) (?:\w+ )?(?:had|have|get) (?:only |about )?\Z|\bextend\w* [^.;]{0,40}\bby \Z"
)
_LENGTH_AFTER = Pattern(
    r" ?(?:outage|downtime|interruption|disruption|window|incident|period|delay)\b"
)
_VAGUE_LENGTH = Pattern(
    r"\b(?:a few|several|some|couple of|many|multiple|last|past) (?:\w+ )?(?:hours?|minutes|days?|moments)\b"
    r"|\b(?:this|yesterday|that|last) (?:morning|afternoon|evening|night|weekend)\b|\b(?:today|overnight|all day)\b"
    r"|\b(?:since|until|from|at|began|started|around|about|approximately) (?:\w+ ){0,3}?\d{1,2}(?::\d\d| ?[ap]m)"
    r"|\d{1,2}:\d\d(?: ?[ap]m)?(?: (?:utc|gmt|[ecmp][sd]?t|cet|cest|bst))\b|\d\d:\d\d:\d\d|\(date\)|\(\d{1,2}:\d\d(?: ?[a-z]{2,4})?\)|\d{4}-\d\d-\d\dt? ?\d\d:\d\d"
)
_NAMED_DAY: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_PART_OF_DAY: Final = (
    r"(?:early |late |mid-?)?(?:morning|noon|midday|afternoon|evening|night|midnight|lunchtime)"
)
_NAMED_DAYS = Pattern(
    rf"\b(?:from|between) (?:(?:early|late|about|around|on) )?{_NAMED_DAY}(?: (?:at |from )?{_PART_OF_DAY})?(?:,? [\w ]{{0,20}}?)? (?:to|until|till|and|through) (?:(?:early|late|about|around|on|the following) )?(?:{_NAMED_DAY}|{_PART_OF_DAY})\b"
    rf"|\b{_NAMED_DAY} (?:at )?{_PART_OF_DAY} (?:to|until|till|through) {_NAMED_DAY}\b"
)
_MONTHS: Final = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
_MOMENT: Final = rf"(?:(?:\d{{4}}-\d\d-\d\d|{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTHS}(?:,? \d{{4}})?),?(?: at)? \d{{1,2}}:\d\d(?: ?[ap]\.?m\.?)?|\d{{1,2}}:\d\d(?: ?[ap]\.?m\.?)?(?: ?[a-z]{{2,4}})?,? (?:on )?(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTHS}|{_MONTHS} \d{{1,2}}))"
_BOTH_MOMENTS = Pattern(
    rf"\b(?:from|between) (?:approximately |about |around |roughly |on )*{_MOMENT}(?: ?\(?[a-z]{{2,4}}\)?)? ?(?:to|until|till|and|through|–|-) ?(?:approximately |about |around |roughly |on )*(?:{_MOMENT}|\d{{1,2}}:\d\d)"
)
"""From one day and hour to another, where "approximately" or a date stands between."""
_AND_MORE = Pattern(
    r"\b(?:for|lasted|took|down) (?:\w+ )?\d+(?:\+| plus|-odd| or so) (?:minutes|mins?|hours|hrs|days)\b"
)
_HAPPENED_ON = Pattern(
    rf"\b(?:on|since|in|of|around|about) (?:or (?:about|around) )?(?:(?:{_NAMED_DAY}|the),? )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:(?:and|to|or|–|-) \d{{1,2}}(?:st|nd|rd|th)? )?(?:of )?{_MONTHS}\b|{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!:)|{_MONTHS},? (?:19|20)\d\d\b)"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? ?[–-] ?\d{{1,2}}(?:st|nd|rd|th)? {_MONTHS}\b|\b{_MONTHS} \d{{1,2}} ?[–-] ?\d{{1,2}}\b"
)
"""A day on which something happened: one end of it at least, where nothing closer is said."""
_HAPPENED = Pattern(
    r"\b(?:discover(?:ed|s)|detected|noticed|learn(?:ed|t)|became|experienced|suffered|fell|occurr(?:ed|ence)|happened|began|started|broke|broken|was|were|had|sent|posted|identified|present|launched|found|attack(?:ed)?|breach(?:ed)?|stolen|gained)\b"
)
_STARTED = Pattern(
    r"\b(?:crash\w*|stopped|broke|lost|unavailable|unreachable|went|start(?:ed|s)?|began|first|from|notified|identified|alerted|noticed|down|deployed|launched|saw|begin)\b"
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
    if not document.clocks(sentence):
        return False
    if sentence.role == "text":
        before = document.text.preceding(sentence)
        if before is not None and before.block == sentence.block:
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
        stated_ends |= which_ends(document, one)
        if stated_ends == {True, False}:
            return Evidence("answered", one)
        scan, start, end = document.scan, one.start, one.end
        stated = document.clocks(one)
        if not stated or _GENERATED.match(scan, start, end):
            continue
        if len(stated) == 1 and _STAMPED.match(scan, start, end):
            continue
        if started is not None and document.find(_OVER, one):
            return Evidence("answered", one)
        if started is None and (one.role == "item" or document.find(_STARTED, one)):
            started = one
            if len(stated) > 1 and _OVER.search(scan, stated[0].end(), end):
                return Evidence("answered", one)
    return None


# "Update (05-03-2020 10:41): restored" says when it was written.
_STAMPED = Pattern(
    r"[\W_]*(?:update|resolved|investigating|identified|monitoring|in progress|completed|scheduled|mitigat\w+|fixed)[\W_]*\(\d{1,4}-\d\d-\d{1,4},? \d\d:\d\d(?::\d\d)?(?: ?[a-z]{1,4})?\)"
)
_GENERATED = Pattern(r"\W*\d{4}-\d\d-\d\d[ t]\d\d:\d\d(?::\d\d)?(?: ?utc| ?z)?\W*\Z")


def duration(document: Document, sentence: Sentence) -> State | None:
    """How long it lasted: from one time to another, or a length bound to the incident."""
    scan, start, end = document.scan, sentence.start, sentence.end
    if document.spans(sentence) or _names_both_days(document, sentence):
        return "answered"
    for length in document.lengths(sentence):
        if length.seconds < _SHORTEST:
            continue
        near = max(start, length.start - 30), length.start
        further = max(start, length.start - 50), length.start
        if _OTHER_LENGTH.search(scan, *near) or _WELL_FOR.search(scan, *further):
            continue
        if _LENGTH_AFTER.match(scan, length.end, end):
            return "answered"
        if _BOUND_LENGTH.search(scan, max(start, length.start - 40), length.start):
            return "answered"
        if is_of_outage(document, sentence, length) or may_be_of_outage(document, sentence, length):
            return "answered"
    if which_ends(document, sentence) == {True, False}:
        return "answered"
    if not document.find(_VAGUE_LENGTH, sentence):
        return "partly" if _is_dated(document, sentence) else None
    return None if _is_a_lone_stamp(document, sentence) else "partly"


_OPEN_OFFICE = Pattern(r"\b(?:open|staffed|here|reach us|available by|answers?|opening hours)\b")


def _names_both_days(document: Document, sentence: Sentence) -> bool:
    """Whether it went on from one day to another: "from 3 to 5 May", "Monday noon to Friday"."""
    if (
        document.find(_AND_MORE, sentence)
        or document.find(DAY_RANGE, sentence)
        or document.find(_BOTH_MOMENTS, sentence)
    ):
        return True
    named = document.find(_NAMED_DAYS, sentence) is not None
    return named and document.find(_OPEN_OFFICE, sentence) is None


_FORTHCOMING = Pattern(
    r"\b(?:will|we'll|by|until|planned|next|due|from now on|going to|published|report|since then|since 20|in the coming|maintenance|we received (?:\w+ )?(?:\w+ )?reports?|releas(?:e|ed)|relaunched)\b"
)


def _is_dated(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence tells on which day something happened."""
    if not document.find(_HAPPENED_ON, sentence) or document.find(_FORTHCOMING, sentence):
        return False
    return sentence.role == "heading" or document.find(_HAPPENED, sentence) is not None


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
