"""LEK-21: plans, rules, talks and gaps that were never meant for readers."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import PUBLIC, Hit, Rule, examples, matching, one_of
from plaintalk.text import Sentence

_PATTERN: Final = Pattern(
    # Said to insiders.
    r"\b(?:for|to|dear|hi|hello|@|fyi|attention|attn) (?:all )?(?:colleagues|coworkers|the team|team|internal (?:use|readers|eyes)|insiders|staff only|devs|engineers|on-?call)\b(?= ?[:,;-]| only)|\b(?:internal (?:use )?only|for internal (?:use|eyes|circulation|distribution)|not for (?:publication|release|the public|external|onward|distribution|sharing|quotation)|do not (?:forward|publish|share|distribute|quote|circulate)|don't (?:forward|publish|quote|tell|mention)|keep (?:this|it) (?:between|to yourself|quiet|internal|in the team|confidential)|strictly confidential|confidential:|under embargo|in confidence|off the record|entre nous|hush-?hush)\b"
    # Plans and talks that are not out.
    r"|\b(?:still|yet|as yet|so far|otherwise|hitherto) (?:\w+ )?(?:secret|confidential|unannounced|unpublished|under wraps|undisclosed|not public|not announced)\b|\b(?:unannounced|unreleased|not yet (?:announced|public|released|published|launched)|yet to be announced|secret|top-secret|confidential|hush-hush) (?!(?:ballot|key|keys|santa|question|phrase|value|code|data|information|information|letters?|documents?|records?|files?|papers?|reports?|note|notes|service)\b)(?:[\w-]+ ){0,2}?(?:product|feature|plan|launch|deal|talks|merger|takeover|acquisition|project|relaunch|tariff|price|negotiations?|migration|rebrand|sale|bid|move|closure|partnership)s?\b"
    r"|\b(?:code-?name[ds]?|nicknamed|code name|dubbed|(?:which|that) we call (?:internally|among ourselves)|known (?:internally|in-house|among us|to us|inside the house) as|internally (?:known|called|named|referred)|called (?:internally|in-house))\b|\b(?:merger|takeover|acquisition|sale of the (?:company|business|division)|due diligence|board (?:paper|minutes|meeting|decided|decision|has)|investors?|shareholders?|funding round|share price|ipo)\b(?= (?:talks|plans?|with|next|in|of|is|was|has|have|decided|had|are|want\w*|made|told|on|before|would|from)|[,.;])"
    r"|\b(?:our|the|an?|per the|internal) internal (?:sla|target|limit|rule|deadline|rating|price|forecast|budget|estimate|memo|note|policy|survey|guideline|name|code|list|tool|dashboard)s?\b|\binternally (?:rated|classed|classified|known|graded|listed)\b|\b(?:rated|classed|classified|logged|graded|declared|filed|treated|handled|triaged) (?:it |this )?(?:internally )?(?:as |an? )*(?:p[0-5]|sev-?\d|severity \d|priority \d|s[1-4])\b|\bp[0-4] (?:within|incident|ticket|bug|alert|page)\b"
    # Money and law.
    r"|\b(?:cost|costs|costing|cost us|lost us|saved? us|saves? us|paid|pays|owe[sd]?|budget(?:ed)?|bill(?:ed)?|worth|penalt(?:y|ies)|fines?|margin|turnover|profit|contract|savings?|loss(?:es)?|refunds?|ransom|revenue|invoice[ds]?|discount) (?:of |us |them |it |him |about |around |some |over |is |was |from |to |worth |up to |roughly |nearly |for |in |at )*(?:[$\u20ac\u00a3] ?\d[\d.,]*|\d[\d.,]* ?(?:k|m|million|thousand|euros?|dollars?|pounds?|francs?|kronor|kroner|usd|eur|gbp|chf)\b)(?=[^.]{0,60}\b(?:supplier|vendor|provider|us\b|we\b|our\b|contract|insur\w+|budget|board|year|month|licen[cs]e|consultan\w+|ransom|company|management))"
    r"|\b(?:lawyers?|attorneys?|solicitors?|counsel|legal department|legal team|insurers?|pr (?:agency|team|people)|auditors?) (?:has |have |had )?(?:\w+ )?(?:advis\w+|told|warn\w*|think\w*|believe\w*|want\w*|ask\w*|recommend\w*|insist\w*|say|says|said|fear\w*|sign\w* off|approved|cleared|suggest\w*)\b|\b(?:on|upon|against) (?:the )?(?:advice|instruction|recommendation) of (?:our |the )?(?:\w+ )?(?:lawyers?|counsel|insurers?|attorneys?|solicitors?)\b"
    r"|\b(?:to|not to|so as not to|before|in order to) (?:\w+ )?(?:upset|worry|scare|alarm|lose|annoy|spook|frighten|tip off) (?:the |our )?(?:investors?|shareholders?|regulators?|auditors?|board|market|press|share ?price|bank)\b|\b(?:have|has|had) not (?:yet )?(?:told|informed|notified|reported) (?:it |this )?(?:to )?(?:the |our )?(?:regulator|authorit\w+|police|insurer|auditor|ministry|data protection)\b"
    # The state of builds, alarms and tools that readers cannot see.
    r"|\b(?:build|pipeline|job|test suite|ci|nightly|smoke tests?|linter) (?:[\w-]+ ){0,3}?(?:is|are|was|were|went|goes|turned|stays?|came back) (?:\w+ )?(?:red|green|yellow|flaky|amber)\b|\b(?:oom|memory)[- ]kill\w*|\boomkill\w*|\b(?:crash ?loop\w*|segfault\w*|core dumps?|stack ?traces?|kernel panic|null ?pointer\w*|exit code \d+|heap dumps?)\b|\bp(?:50|75|90|95|99|999)\b|\b(?:ora-\d{3,}|sqlstate|errno)\b"
    r"|\b(?:according to|per|as seen (?:in|on)|shown (?:in|on)|look(?:ing)? at|see) (?:the |our |an? )?(?:grafana|kibana|datadog|splunk|prometheus|zabbix|nagios|new relic|sentry|jenkins|teamcity|argo ?cd|spinnaker|rundeck|confluence|jira|pagerduty|opsgenie|servicenow|terraform|puppet|ansible|graylog|dynatrace|icinga|checkmk|sharepoint|notion|miro)\b|\b(?:jenkins|teamcity|argo ?cd|spinnaker|rundeck|confluence|jira|pagerduty|opsgenie|servicenow|terraform|puppet|ansible|graylog|dynatrace|icinga|checkmk|sonarqube|artifactory|bamboo|octopus deploy|bitbucket|gerrit|phabricator) (?:\w+ )?(?:job|state|run|woke|page[ds]?|called|board|space|ticket|epic|plan|playbook|build|pipeline|alert\w*|says?|said|project|workspace|module|rang|phoned|escalat\w+)\b(?! (?:road|street|lane|avenue|house))"
    r"|\b(?:tuned|muted|acked|snoozed|silenced|suppressed|acknowledged) (?:the |that |an? |this )?(?:\w+ )?(?:alert|alarm|page|pager|monitor|rule)s?\b(?=[^.]{0,60}\b(?:months?|weeks?|since|noisy|years?|because)\b)|\b(?:bridge|conference|war room|call|dial-in|meeting|zoom|conf) (?:\w+ )?(?:is |are |was )?(?:open |at |on |id:? ?|number |code ?)+#?\d{3,}\b|\b(?:pin|passcode|extension|ext\.?|door code|alarm code|access code|room code|safe code|combination) (?:is |was |number |no\.? |of |to |for |\w+ ){0,3}?:? ?#?\d{3,8}\b"
    r"|\b(?:post-?mortem|incident|runbook|ticket|action item|document|rca|review|report|service|system) (?:owners?|reviewers?|scribes?|commanders?|assignees?|authors?|leads?)\b ?:|\b(?:reviewers?|scribes?|commanders?|assignees?|approvers?) ?:|\b(?:lessons learned|blameless|retro(?:spective)?|rca|root cause analysis|5 whys|five whys) (?:\w+ )?(?:doc(?:ument)?|meeting|session|workshop|ticket|template)\b"
)
_MORE: Final = Pattern(
    # What is paid, lost and feared.
    r"\b(?:cost|costs|costing|lost|saves?|saved) us (?:about |around |some |nearly |over |more than |roughly |an estimated |close to |at least |well over )*(?:[$\u20ac\u00a3] ?\d|\d[\d.,]* ?(?:k\b|m\b|million|thousand|euros?|dollars?|pounds?)|(?:half )?a (?:million|fortune)|millions|thousands|hundreds of thousands)|\bwe lost (?:about |around |some |nearly |over |more than |roughly |an estimated )*(?:[$\u20ac\u00a3] ?\d|\d[\d.,]* ?(?:million|thousand|euros?|dollars?|pounds?)|\d+ ?% of our (?:revenue|turnover|sales|income|profit))"
    r"|\b(?:contractual |late |delay )?penalt(?:y|ies) (?:of|worth|clause|payments?|to (?:the|our)|towards)\b|\b(?:our|the) (?:\w+ )?(?:contract|agreement|licen[cs]e|deal|lease) with (?:the )?[\w&' -]{2,30} (?:runs? out|expires?|expired|ends?|ended|is up|was cancelled|is worth|costs?|does not cover|forbids|obliges|gives us|lets us)\b|\b(?:renegotiat\w+|terminat\w+|cancell?\w*|re-?tender\w*|put out to tender|looking for (?:another|a new|a cheaper)) (?:the |our |a )?(?:contract|agreement|supplier|vendor|provider|partner|deal)\b(?= (?:with|in|by|this|next|because|as|since|before)|[.,;])"
    r"|\b(?:cash ?flow|liquidity|bankrupt\w*|insolven\w+|overdraft|bank loan|credit line|budget (?:cut|freeze|round|talks|was cut|ran)|cost[- ]saving|savings? (?:drive|programme|program|plan|round)|penny-pinching|to save (?:money|costs?)|cheaper (?:supplier|part|vendor|provider|model|kit)|cheapest (?:bid|offer|supplier|option)|refused (?:us )?(?:the )?(?:budget|money|funds)|no (?:money|budget|funds) (?:for|to|was|left|had))\b"
    # Where keys hang and what is not looked at.
    r"|\b(?:keys?|spare key|badge|token) (?:\w+ )?(?:hangs?|is kept|are kept|lies|lie|is hidden|is taped|was taped|sits|is left) (?:under|behind|in|on|at|next|beside|inside)\b|\b(?:taped|stuck|pinned|written|scribbled|noted) (?:\w+ )?(?:to|on|under|behind) (?:the |a |his |her |their |its )?(?:monitor|screen|whiteboard|post-?it|sticky note|door|back|wall|keyboard|lid|inside|note)\b|\b(?:behind|through|via|at) (?:the )?(?:door|gate|hatch|entrance|room|rack|cabinet|cellar|locker) (?:no\.? |number )?[a-z]?\d{1,4}\b(?=[^.]{0,40}\b(?:lock|key|code|open|server|cabinet|safe|unlocked)\b)"
    r"|\b(?:payments?|transfers?|transactions?|orders?|logins?|attempts?|files?|mails?|parcels?|uploads?|claims?) (?:of |under |below |up to |smaller than |less than |larger than |above |over )[^.;]{1,24}? (?:are|is|go|goes|pass|passes|remain|get) (?:\w+ )?(?:not |never |un)(?:\w+ )?(?:checked|screened|logged|reviewed|scanned|verified|noticed|seen|controlled|monitored|unchecked|unscreened)\b|\b(?:filter|scanner|guard|alarm|camera|check|control|screening|detector) (?:\w+ )?(?:does not|doesn't|cannot|can't|never|only|will not|won't) (?:\w+ )?(?:see|look|cover|check|catch|notice|scan|record|react|detect|trigger|log)\b(?=[^.]{0,60}(?:at night|on weekends|below|under|above|from|any|most|half|files|the back|larger|older)\b)"
    r"|\b(?:firewall|acl|security group|iptables) (?:\w+ )?rules? (?:\w+ )?(?:any-any|allows? (?:any|all)|\d+|is wide|lets)|\bany-any\b|\b(?:sql|code|command|script) injection (?:\w+ )?(?:in|through|via|on|still|works|is)\b|\b(?:unsalted|md5|sha-?1|base64|rot13|plain-?text) (?:hash\w*|password\w*|credential\w*|token\w*|backup\w*|file\w*)\b|\bhash(?:ed|es)? (?:only )?(?:with|by|as) (?:unsalted )?(?:md5|sha-?1)\b|\b(?:no one|nobody) (?:\w+ )?(?:ever )?(?:watches|looks at|reads|reviews|checks) (?:the |those |these |our )?(?:security |audit |access |firewall |alarm )?(?:logs?|cameras?|alerts|alarms|footage)\b"
    # Left in by whoever wrote or polished the text.
    r"|\b(?:as an ai|as a language model|here(?:'s| is) (?:a|the|your) (?:\w+ )?(?:revised|shorter|polished|rewritten|updated|improved|draft|friendlier|softened) (?:version|text|draft|statement|wording|notice)|let me know if you(?:'d| would) like (?:me )?(?:to|any|it)|(?:comment|note|remark|question|edit|suggestion)s? (?:from|by|for|to) (?:legal|pr|marketing|comms|the (?:lawyers?|editor|author|ceo|boss)|\w+)(?= ?:)|please (?:check|confirm|fill in|verify|rephrase|shorten|double-check|delete) (?:this|the (?:paragraph|sentence|number|figure|date|wording|section)|before (?:publishing|sending))|(?:remove|delete|take out|cut|drop|rephrase|check) (?:this )?before (?:publishing|publication|sending|release|going out|it goes)|version \d+ (?:after|for|from|with) (?:legal|review|comments)|track(?:ed)? changes|(?:not|still to be|needs to be|has to be|to be) (?:yet )?(?:approved|signed off|cleared) by (?:legal|pr|marketing|comms|the board|management|the ceo|\w+ from))\b"
)
_READERS: Final = Pattern(
    r"\b(?:your (?:card|bank|statement|build|pipeline|team|extension)|you (?:can|may|will|should|do not need)|please (?!do not|don't|keep|check this|check the|confirm|fill|verify|rephrase|shorten|double|delete)|for your|customers? (?:can|may)|on the number|printed on|page you|dial)\b"
)
_EXPOSED: Final = Pattern(
    r"\b(?:remains?|is|are|stays?|still) (?:still |therefore |thus |\w+ )?(?:(?:exploitable|guessable|unprotected|exposed|vulnerable|readable|writable|wide open|unlocked|unguarded|unencrypted|unpatched) (?:until|till|for (?:now|the moment|another)|to (?:any|every|the)|by any\w*|from|because|and will)|(?:open|reachable|readable|writable|visible|accessible) (?:to (?:any(?:one|body)|every(?:one|body)|the (?:whole world|outside|public|internet))|from (?:the )?(?:outside|internet|anywhere)|by any\w*)(?= (?:until|till|for now|with|who|and)|[.,;]))\b|\b(?:guessing|abuse|attacks?|break-?ins?|brute force|spoofing|theft|misuse|entry|cheating|fraud) (?:\w+ ){0,4}?(?:remains?|is still|are still|stays?) (?:possible|easy|feasible|likely|open)\b"
    r"|\b(?:can|could|may) (?:still|even now|to this day|today) (?:\w+ )?(?:be )?(?:guess\w*|bypass\w*|read|open\w*|reset|skip\w*|abuse[d]?|exploit\w*|trick\w*|circumvent\w*|spoof\w*|replay\w*|enter\w*|access\w*|download\w*|change[d]?|used?|log in|sign in|see|get)\b(?=[^.]{0,80}\b(?:without|password|factor|anyone|anybody|any|by|through|with|attack\w*|outside|link|token|until)\b)"
    r"|\b(?:could|can|may|might) be (?:skipped|bypassed|circumvented|fooled|tricked|defeated|dodged|evaded|switched off|turned off|read|opened|reset|guessed|downloaded) (?:simply |easily |just |by anyone )*(?:by|with|through|using|via|if you) (?:an? |the )?(?:\w+ing|sending|empty|blank|single|any|old|guess\w*|link|url|default|default password|paper ?clip|screwdriver|magnet)\b"
    r"|\b(?:has|have|had|with|carried|carries|held|holds?) (?:full |global |unrestricted |unlimited |domain |local |super ?user |super-?user |root |too many |far too many |all |write )+(?:admin(?:istrator)?|root|access|rights|permissions|privileges|superuser)(?: rights| access| permissions| privileges)?\b(?=[^.]{0,60}\b(?:no|without|and|all|every|any|for)\b)|\b(?:no|without|lacks?) (?:a |any )?(?:second factor|two-factor|2fa|mfa|password|encryption|firewall|rate limit(?:ing)?|lock-?out|virus scan\w*|antivirus|signature check|access control|audit (?:log|trail)|input validation|off-?site (?:copy|backup)|backup generator|spare (?:part|unit|pump|line)|fire ?wall|intrusion detection)\b(?=[^.]{0,60}(?:\.|,|;|until|yet|so far|at present|to this day|and))"
    r"|\b(?:wildcard|star|asterisk) in (?:its|the|their|our|an?) (?:\w+ )?(?:polic(?:y|ies)|role|rule|permissions?)\b|\biam (?:role|polic\w+|user|permission)\b|\b(?:waf|siem|ids|ips|edr|dlp|soc|active directory|domain controller|honeypot|hsm|kms) (?:[\w-]+ ){0,4}?(?:missed|did not|does not|never|only|forwards?|put|set|left|stayed|ignores?|ignored|had been|has been|lets?)\b"
    r"|\b(?:log|monitor|audit|detect|report|learning|alert|count|observe|permissive)-only mode\b|\b(?:still|yet) (?:runs?|running|use[sd]?|using|sits?|on) (?:on |an? |the )*(?:legacy |old |ancient |unpatched |unsupported |outdated )*(?:windows|oracle|java|php|python|debian|ubuntu|centos|red hat|sql server|exchange|openssl|struts|log4j|apache|tls|ssl|ie|flash|cobol)\b ?[\w.]*|\b(?:legacy|ancient|antiquated|creaking|decrepit|prehistoric|out-of-support|end-of-life|unsupported) (?:[\w.-]+ ){0,3}?(?:instance|server|mainframe|box|database|machine|version|release|controller|switch|boiler|plc|firmware|kit|system)s?\b"
    r"|\b(?:staging|test|dev|development|demo|uat|training|sandbox) (?:\w+ )?(?:copy|system|server|environment|site|database|machine|instance)(?: \S+){0,4}? (?:holds?|held|contain(?:s|ed)|has|had|carr(?:y|ies|ied)|uses?|used|keeps?|kept|runs? (?:on|with)|is fed|with) (?:\w+ ){0,2}?(?:true|real|live|genuine|actual|production|customer|personal|patient|unmasked) (?:\w+ )?(?:data|records|names|details|customer|patient)\b"
    r"|\b(?:password|passphrase|pass ?word|pin|passcode|login|secret|token|credential|api key|key|combination|door code)s? (?:\w+ ){0,6}?(?:had|has|have|was|were|is|are) (?:never|not|still) (?:yet )?(?:been )?(?:changed|rotated|replaced|reset|revoked|renewed|altered|withdrawn|the default|the same|unchanged|in use)\b|\b(?:bucket|share|folder|repositor(?:y|ies)|queue|index|database|camera|port|console|panel|registry) (?:called |named )?(?:\S+ )?(?:was|is|were|are|stood|stands|had been|has been|remained) (?:\w+ )?(?:world-?readable|readable (?:by|to|for) (?:any|every|the|all)\w*|public(?:ly)? (?:readable|writable|listable|visible)|open to (?:any|every|the|all)\w*|listable|unprotected|without (?:a )?password)\b"
    r"|\b(?:same|one|shared|single) (?:\w+ )?(?:password|key|login|badge|token|credential|pin|account) (?:\w+ ){0,3}?(?:for|opens?|on|across|in) (?:all|every|both|each|any|the whole)\b|\b(?:nobody|no one|we have not|we haven't|has not|never) (?:\w+ )?(?:been )?(?:pen(?:etration)?-?tested|audited|inspected for|checked (?:the|our) locks)\b"
)
_CLOSED: Final = Pattern(
    r"\b(?:now (?:has|have|needs?|requires?|refuses?|blocks?|closed|locked|protected|asks?)|no longer|since (?:then|\d)|closed it|we (?:have )?(?:closed|fixed|removed|switched (?:it )?off|locked|withdrew|withdrawn|patched|revoked)|has been (?:closed|fixed|removed|patched|replaced|revoked)|was (?:closed|fixed|patched)|have (?:since )?(?:replaced|rebuilt|closed)|replaced it|cut down|you|your|please|are not|is not (?:vulnerable|exposed|affected))\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return document.find(_READERS, sentence) is None


# How programs die is talk of the trade, which readers can look up.
_TRADE: Final = Pattern(
    r"(?:oom|memory)[- ]kill|oomkill|crash ?loop|segfault|core dump|stack ?trace|kernel panic|null ?pointer|exit code|heap dump|p\d{2,3}\Z"
)


def _tell(_document: Document, _: Sentence, found: Match) -> Hit:
    trade = _TRADE.match(found.group()) is not None
    return Hit(*found.span(), severity="suggestion" if trade else None)


def _keep_exposed(document: Document, sentence: Sentence, found: Match) -> bool:
    return document.find(_CLOSED, sentence) is None and " not " not in found.group()


RULE = Rule(
    id="LEK-21",
    name="inside-only",
    category="leak",
    severity="warning",
    message="This was meant for colleagues, or helps an attacker. Say the effect, and what changed.",
    better='"sign-in now needs a second step"',
    source="SEC, SEED",
    kinds=PUBLIC,
    triggers=words(
        "abuse access accessible according account acked acknowledged acquisition action active admin administrator advice against agreement alarm amber among "
        "ancient announced annoy ansible antiquated any apache api approver approvers argo argocd artifactory as assignee assignees asterisk attack attacks "
        "attempt attempts attention attn attorney attorneys audited auditor auditors author authors badge bamboo bank bankrupt bankrupted bankruptes "
        "bankrupting bankruptly bankrupts base behind between bill billed bitbucket board break breakin breakins bridge brute bucket budget budgeted bypassed "
        "cabinet call called camera cash cashflow cashflowed cashflowes cashflowing cashflowly cashflows cellar centos cheaper cheapest cheating check checked "
        "checkmk checks chf circulate circulation circumvented claim claims classed classified cobol code codename codenamed codenames colleagues combination "
        "combinations commander commanders comment comments conf conference confidence confidential confluence console contract contractual control core cost "
        "costing costs counsel coworkers crash crashloop crashlooped crashloopes crashlooping crashlooply crashloops creaking credential credentials credit cut "
        "dashboard dashboards database day deadline deadlines deal dear debian declared decrepit defeated delay delete demo detector dev development devs dial "
        "discount distribute distribution dlp doc document dodged dollar dollars domain door downloaded drop dubbed due dynatrace edit edits edr embargo "
        "engineers entrance entre entry errno errnoed errnoes errnoing errnoly errnos estimate estimates eur euro euros evaded even ever exchange exit "
        "exploitable exposed ext extension external file filed files filter fine fines flaky flash folder fooled forecast forecasts forward franc francs fraud "
        "frighten funding gate gbp gerrit graded graylog green guard guessable guessed guessing guideline guidelines handled has hash hashed hashes hat hatch "
        "heap hello here honeypot house hsm hush hushhush iam icinga ids ie index informed injection inside insiders insolven insolvened insolvenes insolvening "
        "insolvenly insolvens inspected instruction insurer insurers internal internally investor investors invoice invoiced invoices ipo ips java jenkins jira "
        "k keep kernel key keys kms known kroner kronor lack lacks late launched lawyer lawyers lead leads lease legacy legal let licence license life "
        "liquidity liquidityed liquidityes liquiditying liquidityly liquiditys locker log logged login logins look looking looks lose loss losses lost m mail "
        "mails margin market md meeting memory mention merger might million misuse mode mortem muted named names needs nicknamed no not note noted notes "
        "notified null nullpointer nullpointered nullpointeres nullpointeried nullpointeries nullpointering nullpointerly nullpointers number octopus off "
        "oncall only onward oom oomkill oomkilled oomkilles oomkilling oomkillly oomkills open opened openssl opsgenie ora oracle order orders ourselves "
        "overdraft overdrafted overdraftes overdrafting overdraftly overdrafts owe owed owes owner owners p pagerduty paid panel panic parcel parcels partner "
        "pass passcode passcodes passphrase passphrases password passwords payment payments pays penalties penalty penetration penetrationtested penny "
        "pentested per permissions phabricator php pin pinned pins plain plaintext please port postmortem pound pounds pr prehistoric press price privileges "
        "profit provider public publication publish published puppet python question questions queue quiet quotation quote rack ransom rated reachable read "
        "readable reads recommendation record red refund refunds refused registry release released remark remarks remove rephrase report reported repositories "
        "repository reset revenue review reviewer reviewers reviews rights room root rot rule rules runbook rundeck sale sandbox save saved saves saving "
        "savings scanner scare screening scribbled scribe scribes secret secrets see seen segfault segfaulted segfaultes segfaulting segfaultly segfaults "
        "server servicenow session sha share shareholder shareholders sharing shown siem silenced skipped snoozed soc solicitor solicitors sonarqube spare "
        "spinnaker spoofing spook sqlstate sqlstates ssl stack stacktrace stacktraces staff staging star still struts stuck suggestion suggestions superuser "
        "supplier support suppressed switched system take takeover taped team teamcity tell template terraform test tested theft those thousand through ticket "
        "tls to today token tokens told track tracked training transaction transactions transfer transfers treated triaged tricked tuned turned turnover uat "
        "ubuntu unannounced under undisclosed unencrypted unguarded unlocked unpatched unprotected unpublished unreleased unsalted unsupported upload uploads "
        "upset us usd vendor version visible vulnerable waf war watch watches wildcard windows without workshop worry worth writable written yellow yourself "
        "zoom"
    ),
    look=one_of(
        matching(_PATTERN, _keep, _tell), matching(_MORE, _keep), matching(_EXPOSED, _keep_exposed)
    ),
    bad=examples(
        "For colleagues: the key lies under the mat.",
        "The broken lift cost us 40,000 euros.",
        "Our lease with the harbour runs out in May.",
        "The spare key hangs behind the stove.",
        "Parcels under two kilos are not scanned.",
        "Please check this before sending.",
        "Our new tariff is still secret, so say nothing.",
        "The old boiler, nicknamed Gertrude, gave out.",
        "We treated this as a P2.",
        "Our lawyers advised us to wait.",
        "The nightly build is red.",
        "The bridge is open on 88120.",
        "The alarm panel remains exposed to the street until June.",
        "The gate could be bypassed with a magnet.",
        "The cellar camera was readable by anybody.",
        "The safe code is 4471.",
    ),
    good=examples(
        "Sign-in now needs a second step.",
        "The bridge is open to cars again.",
        "The gate could be bypassed with a magnet; we have replaced it.",
        "Your PIN is printed on the letter.",
        "The secret ballot was postponed.",
        "A penalty kick decided the match.",
        "You save 40 euros a year.",
        "Parcels under two kilos are now scanned too.",
    ),
)
