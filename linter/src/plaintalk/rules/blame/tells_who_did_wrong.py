"""BLM-20: somebody, and what they did wrong or left undone, in whatever words."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.people import BELONGING, READER, ROLE, SUPPLIED, TEAM
from plaintalk.rule import ALL_KINDS, EVERYWHERE, Hit, Rule, examples
from plaintalk.text import Sentence

_CARE: Final = (
    r"(?:look(?:ed)?|check(?:ed)?|read|follow(?:ed)?|listen(?:ed)?|notice[d]?|test(?:ed)?|verif(?:y|ied)|underst(?:and|ood)|ask(?:ed)?|tell|told|inform(?:ed)?|warn(?:ed)?|report(?:ed)?|answer(?:ed)?|repl(?:y|ied)|react(?:ed)?|respond(?:ed)?"
    r"|act(?:ed)?|bother(?:ed)?|care[d]?|think|thought|reali[sz]e[d]?|wait(?:ed)?|pay attention|paid|do (?:his|her|their|its|the)|did (?:his|her|their)|done (?:his|her|their|its|the)|keep|kept|watch(?:ed)?|escalate[d]?|hand(?:ed)? over|pass(?:ed)? (?:it|this|on)|document(?:ed)?"
    r"|record(?:ed)?|writ(?:e|ten)|close[d]?|lock(?:ed)?|switch(?:ed)?|turn(?:ed)?|update[d]?|renew(?:ed)?|order(?:ed)?|plan(?:ned)?|prepare[d]?|double-?check(?:ed)?|tak(?:e|en) the|show(?:ed)? up|turn(?:ed)? up|bring|brought|finish(?:ed)?|deliver(?:ed)?|complete[d]?|lift(?:ed)? a finger|learn(?:ed|t)?|mention(?:ed)?"
    r"|consult(?:ed)?|coordinate[d]?|communicate[d]?|agree[d]?|carr(?:y|ied) out|maintain(?:ed)?|clean(?:ed)?|replace[d]?|fit(?:ted)?|fasten(?:ed)?|secure[d]?|set|enter(?:ed)?|file[d]?|back(?:ed)? up|know (?:how|what|that|the)|get (?:round|around)|appl(?:y|ied)|honou?r(?:ed)?|trouble[d]? to|manage[d]? to|see fit|raise[d]?|declare[d]?)"
)
_SPOILT: Final = (
    r"(?:ignor(?:ed|es|ing)|skipp(?:ed|ing)|bypass(?:ed|ing)|overlook(?:ed|ing)|misread|misheard|misunderstood|mishandl(?:ed|ing)|mistook|mistyped|misfiled|mislaid|misplaced|misjudged|miscounted|miscalculated|misconfigured|mislabell?ed|miskeyed|mixed (?:up|\w+ up)|muddled|botch(?:ed|ing)|bungled|fumbled|fluffed|messed|wrecked|ruined|sabotaged"
    r"|broke|broken|spoil(?:ed|t)|disregard(?:ed|ing)|flouted|dawdled|dithered|slept|overslept|dozed|nodded|guessed|gambled|experiment(?:ed|ing)|improvis(?:ed|ing)|tinker(?:ed|ing)|meddled|fiddled|play(?:ed|ing) (?:around|about|with)|cut(?:ting)? corners|panicked|jumped the gun|hard-?(?:wired|coded)|cut (?:through|the|a|our)|dug|drilled (?:through|into)|spill(?:ed|t)|tripped|knocked"
    r"|dropped (?:the|a|our|an|it)|wip(?:ed|ing)|delet(?:ed|ing)|erased|overwr(?:ote|itten)|unplugg(?:ed|ing)|disconnected|disabled|silenced|muted|waved (?:it|the|this|them)|rubber-?stamped|nodded (?:it|the)|let (?:[\w'-]+ ){1,5}?(?:lapse|expire|slip|slide|go|run (?:out|dry)|in|happen)|left (?:[\w'-]+ ){1,6}?(?:open|on|off|shut|running|behind|unlocked|unattended|out|unread|unfinished|hanging|lying|unanswered|half \w+|in the lurch|in place)"
    r"|gone home|went home|walked off|wandered off|lost (?:interest|track|the)|dragged (?:its|their|his|her) feet|blundered|slipped up|got (?:it|this|the \w+) wrong|fell (?:asleep|for)|threw (?:away|out)|clicked|pressed (?:the|a) wrong|copied the|pasted|forwarded|crashed|damaged|destroyed|flooded|overloaded|poured|crossed|swapped|lied|hid|concealed|covered (?:it|this) up|denied|passed the buck|shrugged|gave up|took (?:a )?shortcuts?|rushed|hurried|barged|insisted|crippled|knocked \w+ over"
    r"|brought (?:[\w'-]+ ){1,4}?down|took (?:[\w'-]+ ){1,4}?(?:down|offline)|pulled (?:the|out|a)|ripped|severed|shoved|smashed|jammed|leaked|gave away|handed out|exposed|helped (?:himself|herself|themselves)|meddled with|made (?:an? |the |some )(?:\w+ )?(?:mistakes?|errors?|blunders?|mess|slip|hash)|made (?:a )?(?:mess|hash) of|screwed|did (?:shoddy|sloppy|poor|terrible|bad)|deployed untested|went ahead|fail(?:ed|s|ing) (?:us|you|in|at|badly|miserably|again|completely|to)"
    r"|forg(?:ot|otten|etting)|neglect(?:ed|ing|s)|omitted|refus(?:ed|es|ing)|declined to|decided (?:to|on|not|that)|chose (?:to|not)|thought (?:it|he|she|they|nothing|no)|believed (?:it|he|she)|assumed|preferred (?:to|not)|saw fit|took it upon|could not be (?:bothered|trusted|reached|persuaded|relied)|couldn't be (?:bothered|trusted)|wasn't paying|was not paying|paid no|lost (?:his|her|their)|had no (?:idea|clue|business|right)|knew nothing|knew about it)"
)
_SIGN: Final = Pattern(
    r"\b(?:the|a|an|his|her) (?:[\w-]+ )?(?:wrong|incorrect|outdated|out-of-date|faulty|untested|unfinished|broken|garbled|false|bogus|unapproved|unauthori[sz]ed|unchecked|obsolete|defective|dud) [\w-]+\b"
    r"|\bwithout (?:\w+ly |so much as |ever |even |bothering |first |any |a |proper |prior |our )*(?:checking|asking|reading|testing|looking|telling|thinking|waiting|saying|authori[sz]ation|permission|approval|warning|notice|consulting|noticing|bothering|knowing|understanding|say|a second (?:look|thought)|backing|verifying|informing|reviewing|taking|making sure|consent|agreement|review|regard|a word|proper \w+|due \w+|approval|clearance|measuring|counting|closing|locking|switching|turning|stopping|reporting|notifying|warning|announcing|following|paying|consulting|seeking|getting)\b"
    rf"|\b{_SPOILT}\b"
    rf"|\b(?:did not|didn't|does not|doesn't|do not|don't|had not|hadn't|has not|hasn't|have not|haven't|never|would not|wouldn't|will not|won't|neither|failed to|fails to) (?:\w+ ){{0,2}}?{_CARE}\b"
    r"|\b(?:carelessly|thoughtlessly|recklessly|sloppily|negligently|hastily|stupidly|clumsily|blindly|foolishly|needlessly|accidentally|mistakenly|inadvertently|unthinkingly|absent-?mindedly|lazily|rashly|wrongly|incorrectly|unintentionally|wilfully|willfully|deliberately|arbitrarily|unilaterally|prematurely|half-?heartedly|improperly)\b"
    r"|\bby (?:mistake|accident)\b|\bin error\b|\bin (?:his|her|their|a|its) (?:great |undue )?(?:haste|hurry|rush|zeal|eagerness)\b|\btoo (?:early|late|soon|quickly|fast|hastily|slow(?:ly)?|lazy|busy|proud|tired|confident|careless)\b|\b(?:as usual|as always|as ever|yet again|once again|once more|of all people|on (?:his|her|their) own|behind our backs?|off (?:his|her|their) own bat|instead of \w+ing)\b"
)
_DET: Final = (
    r"(?:an?|the|our|my|your|his|her|their|its|one|another|some|two|three|several|certain|this|that|these|those|many"
    r"|one of (?:our|the|their|its)(?: own)?|(?:a )?members? of (?:our|the|their|its)|[\w-]+'s)"
)
_BARE: Final = r"(?:someone|somebody|whoever|management|marketing|finance|procurement|purchasing|accounting|payroll|logistics|legal|hr|headquarters|head office|facilities|sales|operations|customers who|users who|people who|drivers who|parents who|staff)"
_ACTOR: Final = Pattern(
    rf"\b(?:{_DET} (?:(?!(?:and|or|that|which|because|when|while|so|but|for|with|by|to|from|was|were|is|are|had|has|have)\b)[\w'&-]+,? ){{0,4}}?(?P<who>{ROLE}|{TEAM}|{SUPPLIED}|{READER})|(?P<bare>{_BARE}))\b(?!-)"
)
_ATTRIBUTE: Final = Pattern(
    rf"(?:'s|s'|')? (?:{BELONGING}|(?:\w+ )?(?:servers?|systems?|software|scripts?|jobs?|services?|networks?|lines?|cables?|databases?|process(?:es)?|machines?|updates?|changes?|releases?|queues?|bugs?|outages?|routers?|plans?|procedures?|polic(?:y|ies)|feeds?|forms?|keys?|checks?|programs?|products?|prices?|drills?|scanners?|boats?|vans?|trucks?|alarms?|notices?|power|api|interfaces?|websites?|sites?|platforms?|equipment|hardware|storage|pipeline|room|building|buttons?|screens?|doors?|entrances?|number|rate|time|experience|support|care|plan|base|counts?|work|errors?|view|menu|days?|fleet|traffic|fees?|orders?|deposits?|trips?|journeys?))\b"
)
_POSSESSED: Final = Pattern(r"(?:'s|s'|')(?= |\Z)")
_BETWEEN: Final = Pattern(
    r"[;:]|\b(?:we|i|it|you|which|nobody|no one|none|saw|sees|see|received|receives|got|gets|get|was|were|is|are|been|being|be|could|cannot|can't|can|couldn't|may|might|will|would|should|found|noticed|reported|told us|showed|experienced|faced|asked|if|whether|when|until|after|before|but|because|since|as (?!usual|always|ever\b|so often|often|happens)|so that|where|while|than|however|our (?!of\b)\w+ (?:did|had|was|has|could))\b|, and (?:the|our|a|an|we|it)\b|, so\b"
)
_PASSIVE_OK: Final = Pattern(r"(?:was not paying|wasn't paying|paying|too )")
_PASSIVE: Final = Pattern(
    rf"\b(?:the wrong [\w-]+|(?:was|were|been|being|is|are|got|gets)) (?:[\w-]+ ){{0,3}}?(?:{_SPOILT}|left [\w-]+|chosen|switched off|turned off|shut off|cut|caused|triggered|introduced|entered|typed|loaded|sent|copied|uploaded|changed|altered|moved|removed|pressed|pulled|made|taken|committed|published|installed|started|stopped|hit|opened|lost|mis\w+|over\w+ed|let down|run over|parked|blocked) (?:[\w-]+ ){{0,4}}?by (?:{_DET}|someone|somebody) (?:(?!(?:and|or|that|which|in|of|at|on|for|with|by|to|from|was|were|is|are|had)\b)[\w'&-]+,? ){{0,4}}?(?P<who>{ROLE}|{TEAM}|{SUPPLIED}|{READER})\b(?!-|'s|s')"
)
_HELPED: Final = Pattern(
    r"\b(?:fix(?:ed)?|repair\w*|restor\w*|revert\w*|found|noticed|discovered|reported|detected|spotted|approved|reviewed|checked|replac\w*|confirmed|verified|caught|informed|told|alerted|warned|contacted|answered|being (?:looked|worked|handled)|handled|examined|inspected|monitored|seen|is now|are now)\b"
)
_NOT_HERE: Final = Pattern(
    r"\b(?:attackers?|hackers?|intruders?|thie(?:f|ves)|unknown (?:person|party)|stolen|phish\w*|because (?:our|we)|our (?:own )?(?:fault|mistake|omission|oversight|plan|instructions?|form|tool|page|letter|text|process|procedure) (?:\w+ )?(?:did|had|was|were|showed|said|told|let|allowed|listed|named|asked|lies|gave|could|looked)|we (?:had (?:not|never|agreed|written|given|told|asked|planned|known)|did not (?:give|tell|show|warn|ask|plan|name)|failed|gave|let|never (?:told|gave|showed))|nothing (?:stopped|warned|told|asked|checked)|the (?:tool|screen|form|plan|page|view|system|manual|list|label) (?:\w+ )?(?:let|allowed|accepted|did not|showed|had|said|gave|looked|asked)|looked (?:alike|the same)|look(?:s)? (?:alike|like)|not visible|(?:can|could|may|will|would) (?:no longer|now|not)|now (?:asks?|refuses?|checks?|stops?|warns?|requires?|shows?|needs?|blocks?|rejects?)|no longer|nobody did|no one did|did nothing wrong|anyone could|could happen to|please|to (?:stop|prevent|avoid|reduce|protect)|if (?:an?|the|you|someone|somebody|one|they|your|any)|in case|even if|so that|whenever|whether|rather than)\b"
)
_EFFECT: Final = Pattern(
    r"\b(?:not|n't|never|hardly|wrong|incorrect|outdated|broken|faulty|too (?:late|early|slow\w*)|twice|once (?:again|more))\b"
)
_SUFFERS: Final = Pattern(
    r"\b(?:charged|billed|locked|unable|affected|saw|see|got|received|lost|missed|waited|arriv\w+|could|able|told|given|sent to|shown|logged out|signed out|cut off|turned away|invoiced|paid|refunded|know|get|reach|notice)\b"
)


_READERS: Final = Pattern(rf"{READER}\Z")
_ROLES: Final = Pattern(rf"{ROLE}\Z")
_OWN_TEAM: Final = Pattern(
    r"(?:our|the)(?: (?:engineering|on-call|support|response|incident|whole|entire|duty|own|technical|it|operations|product|security|service|development|platform))? (?:teams?|staff|engineers|people|group|department|developers|management|offices?|branch(?:es)?|crews?|clinics?|schools?|hospitals?|groups|hands|shifts?|hosts?|desks?|units?|operators?)\Z"
)
_PLACES: Final = Pattern(
    r"(?:clinics?|schools?|hospitals?|branch(?:es)?|offices?|hotels?|universit(?:y|ies)|depots?|airports?|units?|groups?|desks?|warehouses?|hosts?|compan(?:y|ies)|firms?|banks?)\Z"
)
_REACH: Final = 90


def _look(document: Document, sentence: Sentence) -> Hit | None:
    if document.scan[sentence.end - 1] == "?" or document.find(_NOT_HERE, sentence):
        return None
    for found in document.each(_PASSIVE, sentence):
        if _HELPED.search(document.scan, found.start(), found.end()):
            continue
        # That a supplier caused, changed or ended something is told as a plain fact.
        if _SUPPLIED_ONLY.match(found["who"]) and not _MANNER.search(
            document.scan, sentence.start, sentence.end
        ):
            continue
        return Hit(*found.span())
    if document.find(_ACTOR, sentence) is None:
        return None
    for sign in document.each(_SIGN, sentence):
        actor = _actor_of(document, sentence, sign)
        if actor is not None:
            return Hit(actor.start(), sign.end())
    return None


def _actor_of(document: Document, sentence: Sentence, sign: Match) -> Match | None:
    """Who did what a sign tells: the last person before it who stands as its subject."""
    scan = document.scan
    start = max(sentence.start, sign.start() - _REACH)
    actors = list(_ACTOR.finditer(scan, start, sign.start()))
    actor = actors[-1] if actors else None
    if actor is None or (start > sentence.start and actor.start() == start):
        return None
    between = scan[actor.end() : sign.start()]
    if _POSSESSED.match(between) or _ATTRIBUTE.match(scan, actor.end(), sentence.end):
        return None
    if _BETWEEN.search(between) and not _PASSIVE_OK.match(sign.group()):
        return None
    return actor if _is_reproached(document, sentence, actor, sign) else None


def _is_reproached(document: Document, sentence: Sentence, actor: Match, sign: Match) -> bool:
    """Whether what is told of somebody is a fault, and not what befell them."""
    scan = document.scan
    who = actor["who"]
    if not who:
        # "Operations like deleting": a bare word names people only where a clause begins.
        lead = scan[max(sentence.start, actor.start() - 12) : actor.start()]
        if not actor["bare"].endswith(" who") and _CLAUSE_BEGINS.search(lead) is None:
            return False
        return (
            not actor["bare"].endswith(" who") or _DELIBERATE_ALONE.search(sign.group()) is not None
        )
    lead = scan[max(sentence.start, actor.start() - 24) : actor.start()]
    if _UNDER.search(lead) or _OWN_TEAM.search(actor.group()) or _PLACES.search(who):
        return False
    clause = scan[actor.end() : min(sentence.end, sign.end() + 30)]
    if _READERS.match(who) and not _ROLES.match(who):
        # Readers who "did not get" something suffered; those who "ignored" it are reproached.
        if _EFFECT.search(sign.group()) and not _DELIBERATE.search(clause):
            return False
        return not _SUFFERS.search(clause)
    if _SUPPLIED_ONLY.match(who) and _MISHAP.search(sign.group()):
        return False
    return not _WELL_DONE.search(clause)


_SUPPLIED_ONLY: Final = Pattern(rf"{SUPPLIED}\Z")
# That a carrier did something by accident is told as a fact as often as in reproach.
_MISHAP: Final = Pattern(
    r"(?:accidentally|mistakenly|inadvertently|unintentionally|wrongly|incorrectly|by (?:mistake|accident)|in error)"
)
_MANNER: Final = Pattern(
    rf"\b(?:{_SPOILT})\b(?<!deleted)(?<!deleting)(?<!wiped)(?<!erased)(?<!disabled)(?<!disconnected)(?<!damaged)(?<!crashed)|\b(?:wrong\w*|mistak\w+|without|careless\w*|blunder\w*|sloppy|again|forg\w+|fail\w*|poor\w*|bad(?:ly)?)\b"
)
_CLAUSE_BEGINS: Final = Pattern(
    r"(?:\A|[,;:.(\u2013\u2014-]|\b(?:that|because|and|but|when|as|since|so|then|after|before|while|where|our)) ?\Z"
)
_UNDER: Final = Pattern(
    r"\b(?:for|to|with|from|of|about|told|asked|gave|show|at|let|between|among|by|all|every|each|no|any) (?:\w+ )?\Z"
)
_DELIBERATE: Final = Pattern(
    r"\b(?:who|ignor\w+|refus\w+|reminders?|e-?mails?|instructions?|warn\w*|told|entered|typed|chose|clicked|gave|shared|bother\w*|read|follow\w*|listen\w*|care)\b"
)
_DELIBERATE_ALONE: Final = Pattern(
    r"\b(?:ignor\w+|refus\w+|bother\w*|read|follow\w*|listen\w*|care|click\w*|fell|gave|shar\w+|disregard\w*|lied|forg\w+|skipp\w+|without)\b"
)
_WELL_DONE: Final = Pattern(
    r"\b(?:replaced|restored|fixed|repaired|reverted|removed the (?:faulty|wrong|bad|broken)|corrected|withdrew|rolled back|stopped the (?:faulty|wrong|broken)|turned off the (?:faulty|broken|affected)|disconnected the (?:faulty|damaged|affected)|identified|noticed|spotted|found)\b"
)


RULE = Rule(
    id="BLM-20",
    name="tells-who-did-wrong",
    category="blame",
    severity="warning",
    message="It shows somebody doing wrong. Say what made that easy, and what now stands in the way.",
    better='"both keys hung on one hook; they now hang in two rooms"',
    source="DEK, ETSY",
    kinds=ALL_KINDS,
    roles=EVERYWHERE,
    triggers=words(
        "engineer engineers developer developers dev devs programmer programmers coder coders admin admins administrator administrators sysadmin sysadmins dba dbas sre sres operator operators technician technicians tech techs tester testers designer designers architect architects analyst analysts researcher researchers scientist scientists consultant consultants contractor contractors subcontractor subcontractors freelancer freelancers intern interns trainee trainees apprentice apprentices temp temps newcomer newcomers starter starters joiner joiners hire hires recruit recruits junior juniors senior seniors employee employees worker workers staffer staffers labourer labourers colleague colleagues coworker coworkers teammate teammates hand hands person persons people individual individuals man men woman women guy guys folk folks human humans manager managers director directors supervisor supervisors chief chiefs boss bosses head heads leader leaders lead leads foreman foremen officer officers official officials executive executives president presidents founder founders owner owners predecessor predecessors successor successors agent agents representative representatives rep reps assistant assistants aide aides secretary secretaries receptionist receptionists clerk clerks cashier cashiers teller tellers dispatcher dispatchers planner planners scheduler schedulers controller controllers coordinator coordinators inspector inspectors auditor auditors reviewer reviewers approver approvers accountant accountants bookkeeper bookkeepers payroller payrollers buyer buyers purchaser purchasers trader traders broker brokers underwriter underwriters actuary actuaries lawyer lawyers paralegal paralegals editor editors writer writers author authors copywriter copywriters translator translators photographer photographers illustrator illustrators marketer marketers salesman salesmen salesperson salespersons salespeople recruiter recruiters nurse nurses doctor doctors surgeon surgeons pharmacist pharmacists physician physicians midwife midwives dentist dentists carer carers teacher teachers lecturer lecturers professor professors librarian librarians headteacher headteachers caretaker caretakers janitor janitors cleaner cleaners guard guards porter porters steward stewards conductor conductors pilot pilots driver drivers courier couriers rider riders postman postmen mechanic mechanics fitter fitters welder welders plumber plumbers electrician electricians builder builders roofer roofers installer installers gardener gardeners farmer farmers baker bakers cook cooks chef chefs waiter waiters waitress waitresses butcher butchers packer packers picker pickers loader loaders storekeeper storekeepers warehouseman warehousemen lineman linesman linesmen handler handlers cutter cutters printer printers machinist machinists moderator moderators maintainer maintainers contributor contributors committer committers volunteer volunteers host hosts usher ushers lodger lodgers digger diggers excavator excavators member members remote staff personnel crew crews squad squads gang gangs novice novices amateur amateurs bystander bystanders passer passers by "
        "team teams department departments division divisions unit units group groups office offices desk desks shift shifts branch branches management marketing finance sales procurement purchasing accounting payroll logistics legal infrastructure operations ops networking engineering hr it devops headquarters board boards committee committees facilities "
        "supplier suppliers provider providers vendor vendors carrier carriers wholesaler wholesalers retailer retailers manufacturer manufacturers maker makers distributor distributors bank banks insurer insurers agency agencies firm firms company companies outfit outfits utility utilities council councils airport airports landlord landlords hoster hosters registrar registrars processor processors reseller resellers integrator integrators caterer caterers partner partners factory factories depot depots hauler haulers haulier hauliers shipper shippers telco telcos isp isps authority authorities ministry ministries railway railways studio studios laboratory laboratories clinic clinics hospital hospitals school schools university universities consultancy consultancies hotel hotels airline airlines publisher publishers warehouse warehouses "
        "user users customer customers client clients tenant tenants subscriber subscribers player players merchant merchants shopper shoppers guest guests visitor visitors passenger passengers patient patients pupil pupils student students parent parents resident residents applicant applicants traveller travellers traveler travelers reader readers viewer viewers recipient recipients seller sellers holder holders neighbour neighbours neighbor neighbors household households cardholder cardholders someone somebody whoever"
    ),
    look=_look,
    patterns=(_SIGN, _PASSIVE),
    bad=examples(
        "The night porter pressed the wrong bell.",
        "Our usual haulier, as so often, did not look at the list.",
        "Finance sent the letters out without asking.",
        "The tap was left open by one of the roofers.",
        "A trainee on the late shift had skipped the second count.",
        "Some guests ignored our signs and used the old stairs.",
        "The wrong key was taken by a cleaner.",
    ),
    good=examples(
        "Both keys hung on one hook; they now hang in two rooms.",
        "Some guests did not get their keys.",
        "The porter noticed that the wrong bell rang.",
        "The clerk pressed the wrong bell because our plan had the two swapped.",
        "Drivers were sent to the wrong gate.",
        "The carrier's line was cut.",
        "A plumber replaced the faulty tap.",
    ),
)
