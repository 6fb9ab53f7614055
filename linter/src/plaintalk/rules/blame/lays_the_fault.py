"""BLM-18: the fault, or a failing, is laid at the door of a person, a team or a supplier."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.people import READER, ROLE, SUPPLIED, TEAM
from plaintalk.rule import ALL_KINDS, EVERYWHERE, Rule, before, examples, matching
from plaintalk.text import Sentence

_WHO: Final = rf"(?:{ROLE}|{TEAM}|{SUPPLIED}|{READER})"
_DET: Final = r"(?:an?|the|one|our|their|its|his|her|your|my|some|single|this|that|those|these|certain|another|two|three|whichever|both)"
_NP: Final = rf"(?:{_DET} (?:own )?(?:[\w'&,-]+ ){{0,5}}?{_WHO}|one of (?:our|the|their)(?: own)?(?: [\w-]+){{0,3}}|someone|somebody|whoever|him|her|them|management|marketing|finance|infrastructure|purchasing|procurement|accounting|payroll|hr|headquarters|head office|sales|it|operations)"
_FAILING: Final = (
    r"(?:blunders?|negligence|neglect|carelessness|thoughtlessness|recklessness|sloppiness|incompetence|ineptitude|laziness|haste|hastiness|oversights?|slip(?:-up)?s?|lapses?|omissions?|clumsiness|inattention|inattentiveness|indifference|ignorance"
    r"|arrogance|greed|stubbornness|stupidity|foolishness|disregard|complacency|inexperience|unwillingness|inability|refusal|impatience|forgetfulness|sluggishness|inaction|meddling|tinkering|mishandling|mismanagement|misjudg[e]?ment|misconduct|wrongdoing|indiscipline|unprofessionalism|bungling|muddle|overconfidence|eagerness|zeal"
    r"|(?:lack|absence|want) of (?:discipline|care|attention|diligence|thought|professionalism|competence|foresight|effort|responsibility|judg[e]?ment|interest|rigou?r|vigilance|common sense|concentration|commitment|basic \w+|due \w+))"
)
_SLIP: Final = r"(?:mistakes?|errors?|failings?|fault|typos?|wrongdoing|misunderstanding|carelessness|decision|choice|failure)"
_BAD: Final = r"(?:sloppy|shoddy|careless|hasty|rushed|thoughtless|reckless|poor|lazy|botched|clumsy|amateurish|half-hearted|unprofessional|unprepared|negligent|slapdash|ham-fisted|ill-judged|ill-considered|rash)"
_SIDE: Final = r"(?:on the part of|by|of|among|amongst|within|from|at)"
_PATTERN: Final = Pattern(
    # A failing, and whose it was.
    rf"\b{_FAILING} (?:\w+ ){{0,2}}?{_SIDE} {_NP}\b"
    rf"|\b{_SLIP} (?:\w+ ){{0,3}}?(?:on the part of|by|of) (?:an?|one|some|one of (?:our|the|their)|somebody|someone|the (?:\w+ )?(?:responsible|same)|another) (?:[\w'-]+ ){{0,4}}?(?:{ROLE}|{TEAM})\b"
    rf"|\b(?:mistakes?|errors?|failings?|failure) on the part of {_NP}\b|\bfailure (?:by|of) {_NP} to\b"
    rf"|\b(?:{ROLE}|{TEAM}|{SUPPLIED}|{READER})(?:'s|s'|') (?:own |\w+ly |sheer |complete |utter |obvious |\w+ ){{0,2}}?(?:{_FAILING}|mistakes?|errors?|fault|(?:failure|decision|choice|habit|insistence|attempt) (?:to|of|on|not))\b"
    rf"|\b{_BAD} (?:piece of )?(?:\w+ )?(?:work|handling|job|planning|communication|preparation|maintenance|workmanship|decision|choice|attitude|supervision|leadership|management) (?:by|of|from|on the part of|at|in) {_NP}\b"
    # The blame, and with whom it lies.
    r"|\b(?:blame|fault|guilt|responsibility|culpability) (?:for (?:[\w'-]+ ){1,6}?)?(?:lies|lay|sits|sat|rests|rested|belongs|falls|fell|is to be (?:sought|found|looked for)|must be (?:sought|found)|has to be (?:sought|found)|is|was|resides|goes|can be (?:laid|placed|put|traced|pinned)|must be (?:laid|placed|put)) (?:\w+ly |solely |squarely |entirely |wholly |with out any doubt )*(?:with|at the (?:door|feet) of|upon|to|on the (?:side|shoulders) of|in the hands of|down to|at|on|among|that of)\b"
    rf"(?= (?:{_DET}|someone|somebody|them|him|her|management|marketing|finance|operations|infrastructure|purchasing|procurement|[a-z][\w-]+'s|people|those|whoever|headquarters|sales|accounting|payroll|it\b|hr\b)\b)"
    rf"|\b(?:is|are|was|were|be|am) (?:\w+ly |clearly |entirely |solely |alone |partly |the ones? |very much |wholly |simply )*(?:at fault|to blame|to be blamed|guilty|answerable|culpable|the guilty (?:one|party)|the (?:sole |only |main |real |true )?culprit|the (?:person|people|ones?|party|team|man|woman) (?:responsible|to blame|behind (?:this|it))|in the wrong)\b"
    rf"|\bresponsible for (?:this|it|the|these|that|all|our|your) (?:[\w'-]+ ){{0,8}}?(?:was|were|is|are) {_NP}\b|\b(?:person|people|party|one|team|man|woman|individual|employee|colleague|staff)s? (?:who (?:is|was|were|are) )?(?:responsible|at fault|to blame|in charge) (?:is|was|were|are|has|have|had)\b"
    rf"|\b(?:the )?guilty (?:one|party|person|parties)s?\b|\bthe (?:fault|blame) (?:have|has|had) (?:the|our|a)\b|\bblame (?:for (?:[\w'-]+ ){{1,6}}?)?must go\b|\b(?:point(?:s|ed|ing)?|wag(?:s|ged)?) (?:the |a |our )?fingers?\b"
    rf"|\b(?:is|was|being) the (?:work|doing|fault|handiwork|achievement|merit|responsibility|mistake|error|failure|result of the \w+) of {_NP}\b|\bthe (?:work|doing|handiwork) of {_NP}\b"
    rf"|\b(?:thanks|owing|due|courtesy|because|down|credit) (?:to|of|goes to) (?:[\w'-]+ ){{0,3}}?(?:{_FAILING}|oversight|blunder|bungling|{_BAD} \w+) (?:\w+ )?(?:by|of|from|on the part of|at|in) \w+"
    rf"|\b(?:have|has|had|can thank|may thank|to thank) {_NP} to thank\b|\b(?:that )?we (?:have|owe|had) (?:this |it |all (?:this|that) )?to (?:thank|{_NP})\b(?= for| that|\.|,)|\bto thank for\b|\b(?:we |you )?can thank {_NP}\b|\bwe owe (?:this|it|all this) to {_NP}\b"
    rf"|\b(?:mess|chaos|disaster|muddle|trouble|shambles|situation|predicament|state of affairs) (?:\w+ ){{0,3}}?(?:was |is |were |has been |had been )?(?:\w+ )?(?:left|caused|made|created|inherited|handed|bequeathed|brought)(?: to| on| upon| behind)?(?: us)?(?: behind)? (?:by|from) {_NP}\b"
    rf"|\b(?:goes|go|went|can be traced|traces?|traced|comes?|came|boils?|boiled|is|was|were|leads?) (?:all )?(?:back|down) to (?:the |a |an )?(?:{_NP}(?:'s|')?|(?:act|action|decision|choice|whim|idea|habit)s? (?:of|by) {_NP})(?: \w+){{0,3}} (?:decision|choice|habit|insistence|work|doing|mistake|error|failure|wish|idea|haste|who|that|leaving|forgetting|ignoring|skipping|\w+ing)\b"
    r"|\b(?:this|that|it|the (?:whole )?(?:thing|outage|mess|delay)) (?:one )?(?:is|was|'s) (?:entirely |all |squarely |solely |very much |clearly |firmly )*(?:on|down to) (?!the (?:gentle|other|same|way|move|list|agenda|screen|page|map|table|left|right|top|road|phone|whole)|us|me|our|time|track|hold|schedule|fire|monday|tuesday|wednesday|thursday|friday|saturday|sunday|all|every|and|its|display|sale|average|top|purpose|by|\d)(?=(?:the |our )?[a-z][\w &-]{1,30}(?:, full stop|, not|, and not|\.|, plain| alone| and on|,? period))"
    # Who it was.
    rf"|\bit (?:is|was|'s) (?:\w+ly )?(?!we\b|us\b|not\b)(?:me|him|her|them|{_NP}|[a-z]+ing) (?:who|that|which) (?!\b(?:first|noticed|found|told|reported|spotted|discovered|alerted|saw|fixed|restored|called|can|could|will|need|may|might|should|must)\b)\w+"
    r"|\bi (?:\w+ly |alone |myself |and i alone )*am (?:\w+ly |alone |the (?:only )?one )*(?:to blame|at fault|guilty|responsible for (?:this|the) (?:mess|outage|disaster|failure))\b|\b(?:i )?(?:cannot|can't|can not|will never|won't|could never) (?:\w+ )?forgive (?:myself|ourselves)\b|\bmy own (?:stupidity|carelessness|negligence|fault alone)\b|\bi (?:am|feel|was) (?:so |deeply |really |an? )?(?:ashamed of myself|such an idiot)\b"
    r"|\b(?:is|was) (?:it|this|that) (?:really )?(?:our|my) (?:fault|mistake|doing|problem) (?:that|if|when)\b|\b(?:who|whose) (?:is|was|'s) (?:to blame|at fault|fault|the culprit|guilty)\b"
    # Said in a figure of speech.
    rf"|\b{_NP}(?:,? (?:[\w'-]+,? ){{0,4}}?) ?(?:dropped the ball|(?:was|were|been) asleep at the wheel|(?:has|have|had) (?:a lot|much|plenty|something) to answer for|(?:has|have|had) only (?:itself|themselves|himself|herself|yourself|yourselves) to blame|should be ashamed|ought to be ashamed|owes? (?:you|us|everyone|everybody) an (?:apology|explanation)|(?:is|was) the (?:only |sole |main |real )?reason (?:why|for|that|your|this|the)|got us into this|brought (?:this|it) (?:on|upon)|cost (?:us|you) (?:the|a|an|our|your|all|\w+ (?:hours|days))|had one job|made a (?:pig's ear|dog's dinner|hash|mess|meal))\b"
    r"|\b(?:rookie|schoolboy|beginner's|elementary|basic|amateur) (?:mistakes?|errors?|blunders?|slip)\b|\bamateur hour\b|\b(?:inexcusable|unforgivable|disgraceful|shameful|deplorable|scandalous|outrageous|irresponsible|unprofessional) (?:\w+ )?(?:of|by|behaviou?r|conduct|lapse|mistake|error|failure|oversight|attitude|handling|that|act|decision|from)\b|\bshame on\b|\bpebkac\b|\bbetween (?:the )?(?:chair|keyboard|seat) and\b"
    r"|\b(?:only|have|has) (?:themselves|yourselves|yourself|himself|herself|itself) to blame\b|\b(?:their|your|his|her) own (?:fault|doing|carelessness|negligence|mistake|choice|making)\b|\b(?:brought|bring) (?:this|it) (?:on|upon) (?:themselves|yourself|yourselves|himself|herself)\b|\bself-inflicted\b"
    rf"|\b(?:nothing|little) to do with us\b|\bthrough no fault of (?:ours|our own|mine)\b|\b(?:not|isn't|wasn't) (?:our|my) (?:fault|mistake|doing|error|problem)\b|, not (?:us|ours|our (?:own )?\w+)\b(?=[.;!)]|, )|\b(?:direct|address|send|take) (?:all |any |your |further )*(?:complaints?|questions|anger|claims?|it up|this up) (?:to|with) (?:the |your |our |their )(?:\w+ ){{0,2}}?(?:{SUPPLIED}|{TEAM}|{ROLE})\b(?=[^.]{{0,40}}(?:\.|caused|not us))"
    r"|\b(?:played (?:us|everyone) (?:false|for fools)|stabbed us|left us (?:holding|in the lurch|high and dry|to pick up|with)|hung us out|(?:we|you) (?:are|were|pay|paid|suffer\w*|now) (?:all )?(?:paying |suffer\w* |\w+ )?(?:the price|the bill|the consequences) (?:for|of) (?:the|their|another|someone|other|his|her)|cleaning up after|clean up after|picking up the pieces (?:of|after|left)|on (?:his|her|their) conscience|down to (?:him|her|them)\b)"
    rf"|\bperpetrators?\b|\b(?:caught|found|identified|tracked down|named) the (?:guilty|offender|person responsible|one responsible)\b|\b(?:own|owns|owned|owning) up\b|\bfess(?:es|ed)? up\b|\bnames? and shames?\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:no|not|n't|never|nobody|rather than|instead of|without|regardless of|isn't|neither|nor|who|whoever|if|whether|through no|against|protect\w*|prevent\w*|risk of|due to our|our own|look(?:ed|ing)? for) (?:\w+ ){0,2}?\Z"
)
_OURS: Final = Pattern(
    r"\b(?:our (?:own )?(?:fault|mistake|error|omission|oversight|responsibility|doing|failure|side|part|end|system|process|plan|tool)|(?:fault|blame|responsibility|mistake|error|lies|lay|rests|was|is|sits) (?:lies |is |was )?(?:entirely |solely |alone |squarely )?(?:with us|ours|on us|on our|with our|my own|mine|in our|in the (?!hands))|we (?:do not|don't|will not|won't|are not|aren't|cannot) (?:\w+ )?(?:blam\w+|looking for|seek|name|point|hold)|we blame no|no one's fault|nobody's fault|not (?:\w+ ){0,4}?(?:fault|to blame)|no fault|not the (?:fault|mistake|error)|nobody (?:is|was) to blame|please do not blame|do not blame|don't blame|not an? (?:\w+ )?(?:person|individual)|could happen to|would have done the same|anyone could)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if found.group().startswith(("is it ", "was it ", "through no fault of")):
        return True
    if document.find(_OURS, sentence):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 26)


RULE = Rule(
    id="BLM-18",
    name="lays-the-fault",
    category="blame",
    severity="warning",
    message="It says whose fault it was. Say what let it happen, and what you change.",
    better='"the list had no second reader; it has one now"',
    source="DEK, ETSY",
    kinds=ALL_KINDS,
    roles=EVERYWHERE,
    triggers=words(
        "absence act action actions acts address amateur amateurish among amongst answer answerable apology arrogance ashamed asleep at attempt back basic "
        "because beginner behind between blame blamed blunder blunders boil boiled boils botched bring brought bungling by came can careless carelessness "
        "caught chaos charge choice choices clean cleaning clumsiness clumsy come comes complacency cost courtesy credit culpability culpable culprit decision "
        "decisions deplorable direct disaster disgraceful disregard doing down dropped due eagerness elementary error errors everybody explanation failing "
        "failings failure fault fess fessed finger fingers foolishness forgetfulness forgive found from got greed guilt guilty habit habits had half ham "
        "handiwork haste hastiness hasty have her his hung i idea ideas identified ignorance ill impatience inability inaction inattention inattentiveness "
        "incompetence indifference indiscipline ineptitude inexcusable inexperience insistence irresponsible it job lack lapse lapses laziness lazy leads left "
        "little made meddling mess misconduct mishandling misjudgement misjudgment mismanagement mistake mistakes misunderstanding muddle my name named names "
        "neglect negligence negligent not nothing of omission omissions on only ourselves outrageous overconfidence oversight oversights owe owing own owned "
        "owning owns part parties pebkac people perpetrator perpetrators person persons picking played pointed pointing poor predicament problem rash really "
        "reason reckless recklessness refusal responsibility responsible rookie rushed scandalous schoolboy self send shambles shame shameful shoddy situation "
        "slapdash slip slips sloppiness sloppy sluggishness something stabbed state stubbornness stupidity take thank thanks that this thoughtless "
        "thoughtlessness through tinkering trace traced traces tracked trouble typo typos unforgivable unprepared unprofessional unprofessionalism "
        "unwillingness want we whim whims within work wrong wrongdoing you zeal"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "The thoughtlessness of a night guard cost us the weekend.",
        "The blame for the cold rooms lies with the heating firm.",
        "The caterer is at fault here.",
        "Responsible for the double bookings was the clerk at desk two.",
        "It was the day shift that let the tank run dry.",
        "This muddle was left to us by the former tenants.",
        "It all goes back to one foreman's decision to save time.",
        "I alone am to blame for the flood.",
        "Through no fault of ours, the ferry line lost its timetable.",
        "Is it our fault that the printer sent blank pages?",
        "A failure by the duty officer to lock the gate let the goats in.",
    ),
    good=examples(
        "The list had no second reader; it has one now.",
        "The fault lies with us.",
        "The letter went astray through no fault of yours.",
        "The fault was in the cable under the yard.",
        "It was a customer who told us first.",
        "The clerk's mistake could happen to anyone, as both buttons looked alike.",
    ),
)
