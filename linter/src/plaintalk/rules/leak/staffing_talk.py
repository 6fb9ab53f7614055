"""LEK-12: rotas, who slept, who was alone on duty."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching, one_of
from plaintalk.text import Sentence

_ROLE = r"(?:engineers?|developers?|people|persons?|sres?|employees?|admins?|administrators?|operators?|technicians?|colleagues?|maintainers?|team members?|staff|cto|ceo|founder|lead|manager|ops|sysadmins?|team|dba|expert|specialist|guy|author|one of us|he|she|i|who|everyone|half of us|most of us|all of us|many of us)"
_AWAY = (
    r"(?:sleeping|asleep|in bed|on (?:\w+ )?(?:holidays?|vacation|leave|pto|a plane|a flight|a train|the road|the way|call that|break|lunch)|at (?:\w+ )?(?:dinner|lunch|an? (?:\w+ )?(?:offsite|conference|wedding|party|retreat|event)|home|a conference|the airport)|on an? offsite"
    r"|away(?: from)?|travel+ing|off (?:sick|work|duty|that|for the)|out (?:sick|of (?:the )?office|of town|that day|for lunch)|unavailable|unreachable|camping|hiking|driving|commuting|in a meeting|in transit|in the air|offline|sick|ill|not at (?:a|the|my|his|her|their) (?:computer|desk|keyboard))"
)
_PATTERN = Pattern(
    rf"\b{_ROLE} (?:[\w'-]+ ){{0,6}}?(?:was|were|is|are|'m|am|fell|had been|happened to be|being) (?:\w+ )?{_AWAY}\b"
    r"|\b(?:woke|woken) (?:us |me |him |her |them )?(?:up )?\b|\bfell asleep\b|\b(?:went|going|gone|go) to (?:bed|sleep)\b|\bgot (?:some |any |no )?sleep\b|\b(?:all|whole|entire) night (?:long|up|awake)\b|\bstay(?:ed|ing) up (?:all|late|the)\b|\bpull(?:ed|ing) an all-nighter\b"
    r"|\bwork(?:ed|ing|s)? (?:\w+ ){0,3}?(?:through(?:out)?|over|into|all|late into|well into|past|during) (?:the |all |most of the |a )?(?:\w+ )?(?:nights?|weekends?|evenings?|early hours|small hours|midnight|holidays?|christmas|new year|easter|thanksgiving|bank holiday|lunch)\b|\b(?:all-?nighters?|sleepless|sleep[- ]deprived|burn(?:ed|t)[- ]out|exhaust(?:ed|ing) (?:team|engineers?|staff)|(?:tired|weary|exhausted) (?:team|engineers?|staff|colleagues|admins?)|overtime|double shifts?)\b"
    r"|\b(?:frustration|panic|stress|nerves|tempers?|morale|exhaustion|fatigue|despair|tiredness) (?:\w+ )?(?:kicks?|kicked|kick|sets?|set|begins?|began|starts?|started|rises?|rose|builds?|built|grows?|grew|mounts?|mounted|took|takes) (?:in|over|up|to)?|\bpanic[- ]mode\b|\bin (?:a |full )?(?:panic|frenzy)\b|\b(?:everyone|everybody|team|engineers|we|people|staff) (?:was|were|are|is|got) (?:\w+ )?(?:panicking|panicked|stressed|nervous|exhausted|frustrated|confused|scared|overwhelmed|tired|annoyed|freaking)\b"
    r"|\b(?:going to |about to |to |he |she |they |had |just )(?:sign(?:ed)?|log(?:ged)?|clock(?:ed)?|head(?:ed)?|knock(?:ed)?) (?:off|home|out) (?:as|for|because|since|early|at|when|after)\b|\b(?:getting|was|it's|is|too|quite|very|so) late (?:in the (?:day|evening|night)|at night|and (?:people|most|the team|everyone|we))\b|\bit was getting late\b"
    r"|\b(?:people|engineers|colleagues|team members|admins?|maintainers|developers|folks|everyone|someone|anybody|staff) (?:\w+ )?(?:is|are|was|were) (?:\w+ )?(?:still |not |no longer |already )*(?:around|online|in the office|at (?:work|home|their desks?|keyboards?)|awake|here)\b"
    r"|\b(?:arriv(?:ed|ing)|came|coming|got|getting|return(?:ed|ing)|went|going|back) (?:back )?(?:at|in|into|to|from) (?:the office|work\b|their desks?|lunch|his desk|her desk)|\b(?:start|end|beginning) of (?:the|our|their|his|her) (?:\w+ )?(?:shift|work ?day|working day|business day|office hours)\b|\bon[- ]?call (?:\w+ )?(?:was|were|is|are) (?:\w+ )?(?:online|available|reachable|yet|around|off)\b"
    r"|\b(?:again|always|of course|yet another|another|typical|naturally|classic)[ ,]+(?:a )?(?:on )?(?:friday|saturday|sunday|monday) (?:afternoon|evening|night|morning)\b|\b(?:it's|it is|it was) (?:again |always |of course )(?:a |on )?(?:friday|weekend|monday|holiday)\b"
    r"|\b(?:sprint|planning|stand-?up|retro|retrospective|scrum|grooming|all-hands|internal|leadership|management|kick-?off|sync|debrief|post-?mortem|team|staff|board|weekly|daily) (?:\w+ )?(?:meeting|session|huddle|get-together|discussion)s?\b|\bwar ?room\b"
    r"|\b(?:leadership|management|executives?|stakeholders|scrum master|product (?:owner|manager)|project manager|program(?:me)? manager|director|vp|c-suite|board|upper management|department heads?) (?:\w+ )?(?:was|were|has been|have been|had been|got|is|are) (?:\w+ )?(?:notified|informed|alerted|told|briefed|contacted|involved|aware|looped in|updated|paged)\b"
    r"|\b(?:notif(?:y|ied|ies)|inform(?:ed|s)?|alert(?:ed|s)?|told|brief(?:ed|s)?|contacted|escalat(?:ed|es?) (?:it |this )?to|paged|pinged|messaged|looped in|reached out to|emailed|called) (?:the |our |its |their |[\w-]+ )?(?:[\w-]+ )?(?:leadership|management|executives?|stakeholders|scrum master|product (?:owner|manager)|project manager|program(?:me)? manager|director|vp|cto|ceo|ciso|sysadmins?|team lead|boss|manager)\b"
    r"|\b(?:did not|didn't|failed to|forgot to|never|had not|hadn't) (?:properly |clearly |even )?(?:communicate[d]?|coordinate[d]?|sync(?:ed)?|loop(?:ed)? in|tell|told|inform(?:ed)?|notif(?:y|ied)|announce[d]?|involve[d]?|consult(?:ed)?) (?:[\w'-]+ ){0,4}?(?:with |to )?(?:the |our |other |all )(?:[\w-]+ ){0,2}?(?:\w*ops|teams?|colleagues|operators|admins?|engineers|developers|department|infra|sysadmins?)\b"
    r"|\b(?:we|i|team|engineers?) (?:will )?need(?:s|ed)? (?:to have )?(?:engagement|buy-?in|sign-?off|approval|help|input|support) from\b|\b(?:first|only|second|night|morning|on-duty|senior|lead|junior) (?:system |network |database )?(?:administrator|sysadmin|admin) (?:arriv\w+|who|on|in|at|to)\b"
    r"|\b(?:we|we've|i|have|has|had|recently|just|since|newly) (?:\w+ )?(?:hired|recruited|laid off|let go|onboarded)\b(?! \d| (?:an? |the )?(?:\w+ )?(?:outside|external|independent|firm|company|auditors?|forensic|security firm|consultanc\w+|agency|specialists?|law))"
    r"|\bunder-?staffed\b|\bshort-?(?:staffed|handed)\b|\bshort (?:on|of) (?:staff|people|engineers|hands)\b|\bstaffing(?: \w+)?\b|\bhead-?count\b|\black of (?:staff|personnel|engineers|manpower)\b|\b(?:reduced|skeleton|minimal|thin) (?:staff|crew|team|staffing)\b"
    r"|\b(?:on[- ]?call)(?: \w+)? (?:rotation|rota|shifts?|staff|schedule|handover|person|roster|duty was)\b|\bnon-on[- ]?call\b|\bshift (?:change|handover|swap)\b|\bhand-?over (?:between|of) (?:the )?(?:\w+ )?(?:shifts?|teams|engineers)\b|\b(?:night|day|late|early|weekend) shift (?:\w+ )?(?:was|were|consists?|consisted|has|had|did|does|missed|alone|slept|overlooked|knew|is)\b|\bbetween shifts\b"
    r"|\b(?:nobody|no one|no-one|none of us|noone) (?:\w+ )?(?:was|were|is) (?:\w+ )?(?:awake|around|available|online|on duty|on[- ]?call|at (?:a|the|their) (?:computer|desk|keyboard)|watching|in the office|at work|looking|monitoring|there|listening)\b"
    r"|\bon[- ]?call (?:\w+ )?(?:missed|slept|did not (?:see|hear|respond|notice|react|answer)|didn't (?:see|hear|respond|notice|react|answer)|was (?:not|un(?:available|reachable|aware|able|well|familiar)|away|absent|abroad|asleep|at|on (?:\w+ )?(?:leave|holiday|vacation|an?|the|pto|break|another)))\b"
    r"|\b(?:missed|slept through|ignored|muted|silenced) (?:the|my|an?|his|her|their|our|all|those) (?:\w+ )?(?:page|pages|alerts?|alarms?|phone|call|notifications?)\b"
    r"|\b(?:phone|pager|laptop|notebook)(?:'s|s)? (?:\w+ )?(?:was|were|had|is|ran) (?:\w+ )?(?:on silent|off|muted|silenced|dead|empty|broken|in|out of battery|switched|turned|at home|not)\b|\b(?:had|without) (?:no |a |my |his |her )?(?:laptop|reception)(?: with| on| at| access| where)?\b|\b(?:he|she|i|we|engineers?|admins?|developers?|colleague|lead|person|founder)(?: \w+){0,3} (?:had|without|was without|were without) (?:no |a |my |his |her )?(?:laptop|phone|internet|signal|reception)\b"
    r"|\b(?:during|over|because of|due to) (?:the |a |an |our |his |her |their |my )?(?:\w+ )?(?:vacation|annual leave|sick leave|parental leave|maternity leave|team offsite|offsite|all-hands|christmas party|company (?:event|retreat|party)|hackathon)\b|\bon (?:a |the |my |his |her |their )?(?:public |bank )?holidays? (?:and|so|when|at the time)\b|\bholiday weekend and (?:during|on)\b|\b(?:middle of the night on|night) (?:on |of )?a holiday\b"
    r"|\b(?:one|a single|only one|two|single|no|few|just one|only two|a lone) (?:\w+ )?(?:engineers?|developers?|people|person|sre|employee|admin|administrator|maintainer|sysadmin|operator|technician)s? (?:was |were |are |is |on the team |in the team |in the company |at \w+ )?(?:working|available|on duty|awake|online|on hand|at work|around|has access|had access|knows?|knew|with (?:access|the (?:knowledge|password|key))|who (?:knows?|knew|has|had|could|can|understands?)|on[- ]?call|in charge|left)\b"
    r"|\b(?:single|lone|one) (?:person|engineer|maintainer|admin)\b(?= ?[.,;)])|\bconsists? of (?:a single|one|two|just) (?:person|people|engineers?|developers?)\b"
    r"|\bmy (?:phone|laptop|wife|husband|partner|kids?|family|day job|vacation|holiday|flight|bed|son|daughter|boss|sleep|weekend|honeymoon|birthday)\b"
    r"|\b(?:who|that|he|she|engineer|developer|employee|colleague|admin|person|author|administrator|member)(?: who [\w' ]{1,40}?)?(?: \w+)? (?:has|had|have|who) (?:since |recently |already |just )?(?:left|quit|resigned|departed|moved on|retired)\b|\b(?:left|leaving|departure from|departed|quit|leaves) (?:the|our) (?:company|team|organi[sz]ation|project)\b|\b(?:departing|departed|former|ex-?) ?(?:employee|engineer|colleague|team member|staff member|developer|staff)s?\b|\b(?:employee|engineer|colleague|team member|developer)s? (?:who|that) (?:had )?(?:left|leaves|quit)\b|\b(?:off|on)-?board(?:ing|ed) (?:\w+ )?(?:an? |our |some |the )?(?:[\w-]+ ){0,3}?(?:employee|engineer|colleague|team member|staff|hire|member|developer)s?\b"
    r"|\b(?:new|recent) (?:hires?|starters?|joiners?)\b|\bnew to the (?:team|company|job|role)\b|\bstill (?:being trained|in training|learning|onboarding)\b"
    r"|\bi (?:did not|didn't|could not|couldn't) (?:see|notice|hear|get|check|respond|react|reach|look)\b(?: (?:the|my|any|it|to))?|\bi (?:forgot|was away|was out|was busy|had to (?:leave|go|travel|sleep|work))\b"
    r"|\b(?:did not|didn't|does not) feel (?:\w+ )?(?:confident|comfortable|sure)\b|\bwithout (?:speaking|talking|checking) (?:to|with) (?:the|his|her|their|our) (?:\w+ )?(?:lead|manager|boss|cto|senior)\b|\b(?:wait(?:ed|ing)?|waited) for (?:our|the|his|her|their) (?:\w+ )?(?:cto|ceo|lead|manager|boss|founder|senior \w+|tech lead|administrator)\b|\b(?:our|the) (?:team lead|tech lead|cto|ceo|manager|boss|founder) (?:\w+ )?(?:approved|signed off|decided|ordered|asked|insisted|told|wanted|was|had)\b"
    r"|\b(?:disagreed|argued|argument|quarrel\w*) (?:on|about|over|between|with)\b|\bin (?:her|his|their) (?:late |early )?(?:morning|afternoon|evening|night)\b"
    r"|\b(?:most|some|half|all|the rest) of (?:our|the) (?:\w+ )?(?:team|engineers|people|ops|staff|developers|company)(?: people| team)? (?:was|were|is|are) (?:\w+ )?(?:at |away|asleep|out|off|travel)\w*"
    r"|\b(?:team|teams|engineers|admins|staff|developers|maintainers|crew|department) (?:was|were|is|are) (?:all |mostly |currently |still |busy )*(?:at|attending|travelling to|flying to|heading to|in) (?:an? |the |our )?(?!work\b|fault|risk|least|time|once|capacity|hand\b|touch|contact|process|progress|charge|place|position|same|full|moment|site|data|london|control|discussion|agreement|close|communication|constant|direct|middle|final|early|late|good|regular|call|bridge|active|talks|discussions?|dialogue|house|addition|real|an?\b|the\b|our\b)(?:[\w-]+)"
    r"|\bon (?:\w+ )?(?:leave|vacation|sabbatical|pto|honeymoon|maternity|paternity)\b(?! (?:weekend|day|season|rush|traffic|shopping|sales|when many|, when|and could))(?= (?:until|till|this|that|at|and|when|so|for|in|during)|[.,;)])|\bat the (?:gym|pub|movies|cinema|dentist|doctor|beach|hospital|airport)\b"
    r"|\b(?:one|two|three|a few) of (?:them|us|our (?:engineers|admins|developers|people)) (?:is|are|was|were) (?:\w+ )?(?:sick|ill|away|on|out|asleep|off|travel\w*|unavailable)\b|\b(?:we )?only have (?:one|two|three|a single|a couple of|a few) (?:\w+ )?(?:sysadmins?|engineers?|admins?|developers?|people|maintainers?|operators?)\b|\bthe (?:one|only) (?:person|engineer|admin|developer|guy|colleague) (?:who|with|that)\b"
    r"|\b(?:until|before|when|once|as soon as) i (?:came|got|was|am|could|had|get|come|returned|woke|arrived)\b|\bi(?:'m| am| was) (?:the only|alone|just one|a single|a one-)\w*|\b(?:was|were|is|are) in (?:another|a different) (?:city|country|building|time ?zone|office|state|continent)\b|\b(?:night|day) (?:watch|staff|crew)\b|\b(?:we|team|company) (?:have |has )?(?:lost|let go of|parted with) (?:our |one|two|three|several|a|the|most of) ?(?:\w+ )?(?:senior |lead |key |of our )?(?:engineers?|developers?|people|staff|admins?|colleagues?|experts?)\b|\b(?:hr|human resources|hiring manager|recruit(?:ing|er)|leavers?)\b|\b(?:taken|took) over (?:this|the) (?:system|code|project|service) (?:yet|from)\b|\bkeys? to the (?:rack|cage|building|server room|office)\b"
    r"|\b(?:guru|wizard|magician|hero|ninja)\b"
    r"|\b(?:layoffs?|laid off|hiring freeze|burn(?:ed|t)? out|overtime|overworked|exhausted (?:engineer|team|staff)|tired (?:engineer|team|staff))\b"
)
_NOT_IN = Pattern(
    r"\b(?:your (?:on[- ]?call|team lead|phone|staff)|customers'|work(?:s|ing|ed)? (?:\w+ )?over the weekend (?:and|so) (?:\w+ ){0,3}?(?:queue|job|system)|(?:set ?up|allows? (?:us )?to|enables? us to|will (?:add|create|have|get|introduce)) (?:\w+ ){0,3}?(?:on[- ]?call|rota|schedule)|we page the on-|pages? (?:our|the) on[- ]?call|(?:we|we've|we have|now) (?:added|hired|extended) [\w ]{0,20}(?:person|people|rota|shift))\b"
)


# "A fault that has left one line dead", "let people know when we are offline", "staffing the hall".
_NO_STAFF = Pattern(
    r"(?:that|which) (?:\w+ )?(?:has|had|have) (?:\w+ )?left\b|phone (?:lines?|calls?|system|service|support|number)|people know\b|staffing the\b"
)


# "1 hr 20 min" is a length of time.
_COUNTED = Pattern(r"(?:\d|\b(?:an?|one|two|three|four|five|half an?|per)) ?-?\Z")


# A laptop that has gone to sleep is no colleague.
_GONE_TO_SLEEP = Pattern(r"(?:went|going|gone|go) to sleep\b")
_SLEEPER = Pattern(
    r"\b(?:i|we|us|he|she|they|who|everyone|everybody|nobody|team|staff|engineers?|admins?|administrators?|developers?|maintainers?|colleagues?|people|person|founder|operators?|technicians?)(?:'d|'ve)? (?:\w+ ){0,4}?\Z"
)
# In a letter about data a former employee is somebody who was written to, who was hit or who did it.
_LEFT_US = Pattern(
    r"[^.]{0,40}\b(?:who|that) (?:had |has |have )?(?:\w+ )?(?:left|quit|resigned|departed|moved on|retired)\b"
)
_TOOK_DATA = Pattern(
    r"\b(?:still )?(?:had (?:kept )?access|kept|copied|copies|downloaded|opened|viewed|accessed|forwarded|shared|took|sold|records? of|affected|concerned|received|notified|letters?|between \w+ \d+ and|since \d|before \d)\b"
)
_FORMER = Pattern(r"(?:former|ex-?) ")
_MOVED_ON = Pattern(
    r"\b(?:wrote|built|set up|knew|maintained|account of|password of|left|credentials|access|key|created)\b"
)


# A program panics at its start, a monitor fails to notify the team, readers are "the only person".
_OF_A_PROGRAM = Pattern(r"panic (?:at|on|in|during|upon)\b")
_ABLE = Pattern(r" (?:un)?able\b")
_BY_A_MACHINE = Pattern(
    r"\b(?:servers?|systems?|monitors?|monitoring|alert\w*|jobs?|tools?|scripts?|bots?|services?|checks?|dashboards?) (?:then |also |had |has )?\Z"
)
_MACHINE_SAYS = Pattern(
    r"(?:failed|fails|forgot|did not|didn't|never|notif\w+|alerts?|alerted|paged) "
)
_OF_A_READER = Pattern(r"\byou(?:r|rs|'re)?\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    said = found.group()
    # "Before I was able to look" tells of no absence.
    if said.endswith("i was") and _ABLE.match(document.scan, found.end(), sentence.end):
        return False
    if _OF_A_PROGRAM.match(said):
        return False
    if said.startswith("the only") and document.find(_OF_A_READER, sentence):
        return False
    if _MACHINE_SAYS.match(said) and before(document, sentence, found, _BY_A_MACHINE, 30):
        return False
    if _NO_STAFF.match(document.scan, found.start(), sentence.end):
        return False
    if found.group() == "hr" and before(document, sentence, found, _COUNTED, 12):
        return False
    if _FORMER.match(found.group()) and not document.find(_MOVED_ON, sentence):
        return False
    if _GONE_TO_SLEEP.match(found.group()) and not before(document, sentence, found, _SLEEPER):
        return False
    if _LEFT_US.match(found.group()) and _TOOK_DATA.search(
        document.scan, found.end(), sentence.end
    ):
        return False
    return not document.find(_NOT_IN, sentence)


_PRIVATE = Pattern(
    r"\b(?:work[- ]life balance|sleep(?:ing)? (?:habits?|schedule|pattern|deprivation)|(?:enjoy(?:ing|ed)?|spend(?:ing)?|having|on) (?:their|his|her|my|our|a well[- ]deserved) (?:weekend|evening|holiday|vacation|day off|dinner|lunch|break|free time)|prior to (?:going to sleep|bed)|before (?:going to )?(?:bed|sleep)|(?:on|while on) a (?:plane|flight|train)|day off|dead tired|sleepless|hung ?over|bedtime|insomnia|out for a (?:run|walk|drink|smoke))\b"
    r"|\b(?:who|he|she|they|person|colleague|engineer|admin|developer|clerk|nobody|no one) (?:was|were|is|wasn't|weren't) (?:not |also |no longer )*(?:working|on shift|rostered|in|at work|at (?:his|her|their) desk|contactable|reachable|picking up|answering) (?:at the time|that (?:day|night|evening|morning)|then|yet|on (?:saturday|sunday|monday|friday))\b|\b(?:no answer|didn't answer|did not answer|voicemail|not picking up|pinged|dm(?:'d|ed)|texted|rang|phoned)\b(?=[^.]{0,40}\b(?:he|she|him|her|they|phone|plane|no answer|asleep|holiday|twice|slack)\b)"
    r"|\bwork(?:ed|ing|s)? (?:throughout|all|late into|through|into|well into|deep into) (?:the |that |most of the )?(?:night|evening|weekend|early hours)\b|\b(?:discarded (?:any|all|our|their) (?:\w+ )?assumptions|argued|disagreed|panicked|despaired|lost (?:our|their) (?:temper|nerve|patience)|ran in circles|grasping at straws|scratching our heads|at (?:our|their) wits' end)\b"
    r"|\b(?:hurriedly|hastily|frantically|desperately|blindly|in (?:a |our |all the )?(?:rush|hurry|panic|haste|desperation)) (?:\w+ )?(?:pushed|shipped|deployed|released|applied|merged|restarted|patched|rolled|tried|wrote|hacked|changed|cobbled|put)\b|\b(?:pushed|shipped|deployed|released|merged|rolled out|applied|tried) (?:an? |the |some )?(?:untested|half-baked|half-finished|rushed|hasty|dirty|quick and dirty|unreviewed) (?:\w+ )?(?:fix|patch|change|code|update|workaround|hack)\b|\b(?:misguided|desperate|panicked|frantic|futile|clumsy) (?:attempts?|efforts?|tries)\b|\bwing(?:ed|ing) it\b|\bby the seat of\b"
    r"|\b(?:runbooks?|playbooks?|wiki|rota|handbook|checklists?) (?:[\w']+ ){0,4}?(?:out of date|outdated|missing|wrong|incomplete|useless|nowhere|empty|years old)\b|\b(?:find|found|finding|wait(?:ed|ing)? for|ask(?:ed|ing)?|get(?:ting)?|got) (?:some(?:one|body)|a (?:second )?(?:colleague|reviewer|person|engineer)|anyone|anybody) (?:else )?to (?:review|approve|sign off|look at|merge|check|authori[sz]e|help)\b"
    r"|\b(?:has|have|had|opened|put up|raised|merged|submitted|is working on|reviewed|review|approve|approved|waiting on|got) (?:an?|the|his|her|their|my|our) (?:[\w-]+ )?(?:pr|pull request|merge request|mr|patch set|diff|cl|jira|branch) (?:in place|open|ready|up|for (?:this|it|review)|in review|pending|to (?:fix|resolve|address))\b|\b(?:one of our|one of the|a|another|two of our) (?:[\w-]+ )?(?:developers?|engineers?|tech leads?|admins?|devs?|colleagues|coders?|technicians?|team members|leads) (?:[\w']+ )?(?:relayed|mentioned|confirmed|noted|reckons?|thinks?|suspects?|remembered|admitted|suggested|told|said|posted|wrote|asked|messaged|pinged|claims?)\b"
    r"|\b(?:in|on|from) (?:their|his|her|my|our|a|the) (?:own )?(?:local (?:dev(?:elopment)? )?|dev(?:elopment)? )(?:environment|machine|laptop|box|setup)\b|\b(?:internal|incident|ticket|case|change|reference|tracking) (?:id|no\.?|number|ref(?:erence)?|ticket)[:# ]+\d{3,}\b|\bwork-?around(?:s)? (?:is|are|on) the wiki\b"
    r"|\b(?:agreed|discussed|arranged|cleared|confirmed|coordinated|checked|signed off) with (?:the |our |notifying |one |that |a |affected |reporting |key )*(?:client|customer|account|tenant|management|manager|boss|legal|marketing|sales|board|owner)\b"
    r"|\b(?:had|has|have) (?:already |just |long )?(?:left (?:for the (?:day|weekend|night)|work|early|the office)|gone home)\b|\bonly (?:one|two|three|a few|a couple)(?: of us| people| persons| colleagues| of our \w+)? (?:\w+ )?(?:knows?|understands?|can|has|have) (?:how|the|access|a key|keys|it)\b|\b(?:ticket|case|task|issue) (?:no\.? |number |#)?\d{4,}\b(?= (?:in|for|on|has|was))|\bthe #[a-z][\w-]+ channel\b|\b(?:two|three|four|five|several|a few) (?:people|colleagues|nurses|drivers|engineers|staff) (?:short|down|off sick|missing)\b|\b(?:at|to) my (?:sister|brother|mother|father|friend|parents|daughter|son|cousin|grand\w+|in-laws|best friend)(?:'s|s'|s)? (?:wedding|birthday|funeral|party|house|place|graduation)\b|\b(?:boss|management|ceo|director|manager) (?:was|were|is) (?:\w+ )?(?:furious|angry|livid|upset|not amused|beside (?:himself|herself))\b|\b(?:lawyers|solicitors|attorneys|barristers)\b|\bour (?:biggest|largest|most important|oldest|key) (?:customer|client|account|tenant)s?\b(?=,| (?:complained|noticed|reported|called|rang|wrote))"
    r"|\b(?:to|in|into) (?:my|our|the|his|her) (?:spam|junk) folder\b|\b(?:via|over|through) (?:ipmi|ilo|idrac|kvm|ssh|vpn)\b|\b(?:in|with|see|by|via) (?:pr|mr|pull request|merge request) #?\d+\b|\bwait(?:ing|s) for (?:a |an |the )?(?:review|approval|sign-off|answer|reply|feedback) (?:by|from|of) (?!you|customers|users|the (?:authority|bank|court))\w+|\bescalated to (?:l\d|level|tier)\b|\bops (?:call|meeting|bridge)\b|\b(?:do not|don't|nobody|no one) (?:\w+ )?(?:really |actually |quite |fully )*(?:know|knows|understand|understands) (?:how|what|why) (?:this|the|our|that) (?:\w+ ){0,3}?(?:works|does|is for|was written|script|code)\b|\blegacy (?:script|code|cron|job)s?\b"
)


_READERS = Pattern(
    r"\b(?:you|your|yourself|users? (?:can|may|should)|customers? (?:can|may|should)|please|attackers?|unauthori[sz]ed|thie(?:f|ves)|phishing)\b"
)


def _keep_private(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether it is told how we work and rest, and not what readers may do."""
    return document.find(_READERS, sentence) is None and not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="LEK-12",
    name="staffing-talk",
    category="leak",
    severity="warning",
    message="Staffing belongs in the internal review. Say what readers noticed and when.",
    better='"We noticed at 08:50 UTC, 38 minutes in"',
    source="SEED",
    triggers=words(
        "i my nobody none woken left leaving departure sleep sleeping asleep woke bed staff "
        "staffing staffed understaffed rota rotation shift shifts call oncall holiday "
        "holidays vacation weekend leave lead alone confident speaking hired hires "
        "offboarding onboarding hire hubbers lunch teammate teammates sick capacity headcount "
        "bandwidth sre sres administrator administrators maintainer maintainers cto ceo "
        "founder manager ops sysadmin sysadmins guy night nighter handed hands short "
        "personnel manpower crew skeleton duty roster handover hand phone pager laptop "
        "notebook internet signal reception page pages alert alerts alarms vacations offsite "
        "hackathon wife husband kids kid family boss honeymoon quit resigned departed "
        "departing retired former hiring starters starter joiner joiners trained disagreed "
        "argued argument quarrel layoffs layoff laid burned burnt burn overtime overworked "
        "exhausted tired noone feel guru wizard magician hero ninja sabbatical gym pub movies "
        "cinema dentist doctor beach hospital airport maternity paternity pto hr recruiting "
        "recruiter leaver leavers city country building zone timezone office state continent "
        "watch lost keys key plane flight train road dinner conference wedding party retreat "
        "event away travelling traveling town unavailable unreachable camping hiking driving "
        "commuting meeting transit offline ill computer desk keyboard home awake around "
        "available online watching listening working morning afternoon evening silent muted "
        "silenced slept missed lone comfortable senior at only out off monitoring looking "
        "person reach oncall frustration panic stress nerves temper tempers morale exhaustion fatigue despair frenzy panicking panicked stressed nervous frustrated confused scared overwhelmed annoyed sign signed log logged clock clocked headed late people engineers colleagues folks developers arriving arrived came coming back returned returning getting start end beginning again always typical friday saturday sunday monday sprint planning standup retro retrospective scrum grooming internal leadership management kickoff sync debrief staff board meeting session huddle discussion war warroom stakeholders executives executive director vp product project program programme notified informed alerted told briefed contacted pinged messaged emailed called communicate communicated coordinate coordinated involve involved need needs engagement approval member life balance habits schedule enjoying enjoyed spend spending evening dinner break free prior bedtime insomnia rostered contactable picking answering answer pinged texted rang phoned voicemail throughout discarded panicked despaired circles straws heads wits hurriedly hastily frantically desperately blindly rush hurry haste desperation pushed shipped deployed released merged untested unreviewed misguided desperate frantic futile clumsy wing winged winging seat false runbook runbooks playbook playbooks wiki handbook checklist checklists find found finding wait waited waiting ask asked review reviewed approve approved opened raised submitted branch pr mr cl diff patch request relayed mentioned confirmed noted reckons thinks suspects remembered admitted suggested told said posted wrote messaged claims local dev development environment id ref reference agreed discussed arranged cleared coordinated checked signed with left gone only ticket case task channel short down boss management ceo furious angry livid lawyers solicitors attorneys barristers biggest largest oldest knows understands wedding birthday funeral spam junk ipmi ilo idrac kvm ssh vpn pr mr waiting waits escalated ops know knows understand understands legacy"
    ),
    look=one_of(matching(_PATTERN, _keep), matching(_PRIVATE, _keep_private)),
    bad=examples(
        "The fix waits for a review by Sven.",
        "We do not really know how this script works.",
        "The cook had already left for the day.",
        "Only two of us have a key.",
        "Our biggest customer, Halden Foods, complained.",
        "Our baker was woken because she was enjoying her weekend.",
        "We hastily pushed a fix nobody had seen.",
        "One of our devs reckons it is the cable.",
        "The runbook on the wiki was out of date.",
        "The stop was agreed with the client.",
        "We got away with winging it.",
        "Unfortunately I was sleeping.",
        "The staffing gap delayed our progress.",
        "We had one engineer working that night.",
        "The on-call rotation changed on Monday.",
    ),
    good=examples(
        "Phone lines were dead in 3 of 14 offices.",
        "Tills that had gone to sleep did not get the new prices.",
        "The on-call engineer was alerted at 08:20 UTC.",
        "A nurse who resigned in May had kept access to 40 files.",
        "An employee who resigned in May copied the list of guests.",
        "One of our engineers found the full disk at 08:20 UTC.",
        "You can find someone to review your text in the shop.",
        "A former employee received the letter of another.",
        "We noticed at 08:50 UTC, 38 minutes in.",
        "Shops lost sales on a holiday weekend.",
    ),
)
