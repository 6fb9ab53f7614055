"""LEK-20: the lives and the employment of those who work here."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.people import ROLE, TEAM
from plaintalk.rule import PUBLIC, Rule, before, examples, matching, one_of
from plaintalk.text import Sentence

_CREW: Final = rf"(?:{ROLE}|{TEAM}|he|she)"
_LIFE: Final = (
    r"(?:going through a|getting (?:a )?(?:divorced?|married)|divorc(?:e|ed|ing)|pregnan(?:t|cy)|miscarriage|ill|sick|infected|in hospital|hospitali[sz]ed|under (?:treatment|notice|investigation|suspicion)|in (?:therapy|rehab|mourning|court)|bereave[d]?|bereavement|depress(?:ed|ion)"
    r"|burn(?:ed|t)[- ]?out|burn-?out|breakdown|drunk|drinking|hung ?over|tested positive|surgery|operation on (?:his|her)|chemo\w*|cancer|stroke|heart attack|a newborn|newborn|expecting|paternity|maternity|on parental|recovering from|broke (?:his|her)|died|passed away|funeral|wedding|honeymoon|migraine|flu|covid\w*|anxiety|panic attack|exhaustion"
    r"|retir(?:es|ing|ed|ement)|resign(?:s|ed|ing|ation)|handed in (?:his|her|their) notice|gave notice|giv(?:en|ing) notice|quit|walked out|on strike|dismissed|sacked|suspended|demoted|passed over|laid off|made redundant|on probation|probation(?:ary)? period|underpaid|unpaid overtime|unhappy with|dispute (?:about|over)|(?:pay|wage|labour|labor) (?:dispute|talks|cuts?|freeze)|looking for (?:another|a new) job"
    r"|(?:his|her|their) (?:own )?(?:salary|wages?|contract|visa|work permit|performance review|mother|father|wife|husband|child|children|kids?|son|daughter|partner|doctor|divorce|illness|pregnancy|holiday|childcare|marriage|house move|car broke|burnout|medication|religion|disability))"
)
_LIFE_SIGN: Final = Pattern(rf"\b{_LIFE}\b")
_CREW_BEFORE: Final = Pattern(
    rf"\b(?:an?|the|our|one|two|three|four|five|several|half|most|some|both|another|only|last) (?:of (?:our|the) )?(?:[\w'-]+ ){{0,4}}?{_CREW}(?:,? (?:in|at|from|of|on) (?:[\w'-]+ ){{1,3}}?)?,? ?(?:(?:who|that|which|had|has|have|is|are|was|were|being|been|all|both|also|just|recently|still|currently|away|off|out|because|now|and|himself|herself|with|a|at|the time|seriously|badly|long-term) )*\Z"
)
_REACH: Final = 100
_PATTERN: Final = Pattern(
    rf"\b(?:due|owing|thanks) to (?:an? |the )?(?:[\w-]+ ){{0,4}}?(?:{_LIFE}|illness|sickness|absence|resignation|departure|dismissal|pregnancy|burn-?out|strike|leave) (?:\w+ )?(?:of|among|in|at|by) (?:our|the|an?|one|two|three|several|half) (?:[\w'-]+ ){{0,3}}?{_CREW}\b"
    rf"|\b(?:illness|sickness|absence|resignation|departure|dismissal|burn-?out|exhaustion|death|pregnancy|divorce|redundancy|probation|promotion|transfer|suspension) of (?:our|the|an?|one|two|three|several|half) (?:[\w'-]+ ){{0,4}}?{_CREW}\b|\b{_CREW}'s? (?:\w+ )?(?:illness|sickness|resignation|departure|dismissal|burn-?out|pregnancy|divorce|funeral|wedding|sick (?:child|leave)|probation|medical|mental health|salary|drinking)\b"
    r"|\b(?:redundanc(?:y|ies)|lay-?offs?|wage|pay|salary|bonus|works council|union|restructuring|downsizing|reorgani[sz]ation|outsourcing|job cuts?|staff cuts?|hiring|head-?count|retention|turnover) (?:\w+ )?(?:talks?|rounds?|dispute|disputes|plans?|negotiations|freeze|stop|wave|targets?|issues|problems|in the (?:\w+ ){1,2}?(?:team|office|department|depot))\b"
    r"|\b(?:have|has|had|having|were|are|been|was|is) (?:\w+ )?(?:cut|shrunk|halved|reduced|thinned|lost) (?:[\w'-]+ ){0,5}?(?:team|staff|crew|department|posts|jobs|headcount|positions|people|colleagues|engineers)\b|\b(?:team|crew|department|staff|desk|shift) (?:has |had |was |is |were |are )?(?:been )?(?:\w+ )?(?:down to|cut to|shrunk to|reduced to|halved|decimated|thin on the ground|stretched|run ragged|one person|half strength|understrength|at half)\b"
    r"|\b(?:post|position|vacanc(?:y|ies)|job|role) (?:\w+ ){0,6}?(?:vacant|unfilled|still open|never filled|not (?:yet )?been filled|frozen|empty)\b|\b(?:vacant|unfilled|open) (?:posts?|positions?|vacanc(?:y|ies))\b"
    r"|\b(?:one|two|three|1|2|3|single) (?:person|people|pair of hands|man|woman) (?:strong|on duty|on shift|for the whole|covering|to cover|short|left in)\b|\b(?:doubl(?:e|ed|ing) (?:as|up)|covering for|standing in for|filling in for|deputi[sz]ing for) (?:an?|the|his|her|our|two|three|sick|absent|ill|\w+ who)\b|\b(?:had|has|have) (?:been )?(?:awake|up|on (?:his|her|their) feet|on duty|working) (?:for |since )(?:\w+ )?(?:\d+|[a-z-]+) (?:hours|days|nights)\b(?= (?:straight|without|on end|by then|already|when)|[.,;])"
    r"|\bpersonal (?:life|matters?|circumstances|crisis|tragedy|problems) of\b|\b(?:his|her) (?:private|personal|home|own mobile) (?:number|phone|mobile|e-?mail|address|laptop|account|computer)\b|\bprivate number\b|\b(?:alcohol|drug) (?:problem|test|abuse)\b|\bdisciplinary (?:hearing|record|matter)\b"
)
_READERS: Final = Pattern(
    r"\b(?:your|you|yours|passengers|patients|customers|pupils|users|students|guests|visitors|policy|insurance|claims?|cover|trains?|buses|ferries|service|appointment|please|unions? of|applicants?|vacancies (?:page|list|site)|job (?:board|ads?|page|list))\b"
)
_SUBJECT: Final = Pattern(
    r"\b(?:customer|user|patient|passenger|pupil|student|tenant|guest|visitor|resident|subscriber|applicant|people|public|person)s? (?:who|that|which|with|in|on|is|are|was|were|\w+ed)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:for|if|when|to|of|no|without|about|with|letters?|forms?|requests?) (?:\w+ )?\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.find(_READERS, sentence) or document.find(_SUBJECT, sentence):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 20)


def _tells_a_life(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether what befell somebody is told of one who works here."""
    start = max(sentence.start, found.start() - _REACH)
    crew = _CREW_BEFORE.search(document.scan, start, found.start())
    return crew is not None and _keep(document, sentence, crew)


RULE = Rule(
    id="LEK-20",
    name="staff-matters",
    category="leak",
    severity="warning",
    message="The lives and contracts of colleagues are theirs. Say what readers noticed, and when.",
    better='"nobody watched the pump for five hours; two people now share the watch"',
    source="SEED, PD",
    kinds=PUBLIC,
    triggers=words(
        "absence alcohol anxiety bereave bereaved bereavement bonus breakdown broke burn burned burnedout burnout burnt burntout cancer chemo chemoed chemoes "
        "chemoing chemoly chemos child colleagues court cover covering covid covided covides coviding covidly covids crew days death demoted department "
        "departure depressed depression deputising deputizing desk died disciplinary dismissal dismissed dispute divorce divorced divorcing double doubled "
        "doubling downsizing drinking drug drunk due duty engineers exhaustion expecting filling flu funeral gave getting given giving going handed hands head "
        "headcount health heart her hiring his honeymoon hospital hospitalised hospitalized hours hung hungover ill illness infected job jobs labor labour laid "
        "lay layoff layoffs leave left looking made maternity medical migraine miscarriage mourning newborn nights open operation outsourcing owing panic "
        "parental passed paternity pay people period person personal position positions post posts pregnancy pregnant private probation promotion quit "
        "recovering redundancies redundancy rehab reorganisation reorganization resignation resigned resigning resigns restructuring retention retired "
        "retirement retires retiring role sacked salary shift short sick sickness single staff standing strike stroke strong surgery suspended suspension team "
        "tested thanks their therapy three transfer turnover under underpaid unfilled unhappy union unpaid vacancies vacancy vacant wage walked wedding whole "
        "woman works"
    ),
    look=one_of(matching(_PATTERN, _keep), matching(_LIFE_SIGN, _tells_a_life)),
    bad=examples(
        "A guard who was getting divorced had the only key.",
        "The pumps stood still owing to the illness of our two fitters.",
        "Our only plumber had handed in his notice.",
        "Four of our drivers walked out over a pay dispute.",
        "The post of the second keeper has been vacant since May.",
        "She left her personal phone in the boiler house.",
    ),
    good=examples(
        "Nobody watched the pump for five hours; two people now share the watch.",
        "Patients who are pregnant were sent to another ward.",
        "Forms for sick leave could not be printed.",
        "If a driver is ill, a second one takes the bus.",
    ),
)
