"""BLM-22: fault hinted at: a guess at the supplier, a dig at its promises, a colleague's habits."""

from typing import Final

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import ALL_KINDS, EVERYWHERE, Hit, Rule, before, examples, matching
from plaintalk.text import Sentence
from plaintalk.vocabulary import SUPPLIER

_PERSON: Final = r"(?:maintainers?|employees?|engineers?|developers?|administrators?|admins?|contractors?|colleagues?|contributors?|members?|persons?|individuals?|staff|moderators?|operators?|technicians?|actors?|interns?|volunteers?|authors?|customers?|users?|he|she|they)"
_CROWD: Final = r"(?:users?|migrants|visitors?|people|customers?|fans|players?|newcomers|crowds?|readers|students|guests|followers|bots?|scrapers?|crawlers?|refugees|shoppers|viewers|folks)"
_POOR: Final = r"(?:sub-?standard|shoddy|sloppy|poor|low|inferior|mediocre|questionable|dubious|amateurish|lousy|abysmal|half-baked)"
_PATTERN: Final = Pattern(
    # A fault of readers, guessed.
    r"\bassum(?:ed|ing) (?:an? )?(?:user|operator|customer|human|their) (?:error|mistake|fault)\b"
    # Digs at what somebody promised, answered or left undone.
    rf"|\b(?:despite|contrary to|in spite of|notwithstanding|against) (?:\w+ ){{0,3}}?(?:assurances?|reassurances?|promises?|guarantees?|claims?|protestations|commitments?) (?:by|from|of|that|made by|given by) (?:the |our |their |its )?(?:[\w-]+ ){{0,2}}?(?:{SUPPLIER}|they|support|staff)\b"
    r"|\b(?:requests?|questions?|e-?mails?|tickets?|calls|messages|reports|complaints|letters|fixes|patches|proposals|suggestions|warnings|pleas|reminders)(?: [\w'-]+){0,9}?,? (?:but )?(?:thus far |so far |still |yet |to date )*(?:have|has|had|were|was|are|is|remain|remained|went|go)(?: not|n't| never)? (?:still |yet |\w+ly )?(?:been )?(?:ignored|unanswered|unheard|answered|replied to|responded to|addressed|implemented|acted on|acted upon|acknowledged|heard|taken up|followed up|merged|applied)\b"
    r"|\b(?:so|and|but) (?:i|we) guess (?:the fact )?(?:that )?\w+"
    r"|\b(?:again|once more|yet again) (?:listed|described|reported|shown|explained|announced|dismissed|put down) as (?:an? )?(?:\w+ )?(?:issue|problem|outage|incident|maintenance|resolved|fixed|minor)\b|\bwith the (?:very )?same (?:wording|words|excuse|explanation|answer|reply|text)\b"
    # Judged, in a word.
    r"|\b(?P<owner>[\w-]+'s|their|its|these|those) (?:\w+ )?(?:servers?|network|support|service|api|systems?|dns|hosting|infrastructure|hardware|status page|platform|data ?cent(?:er|re)) (?:is|are|was|were|has been|have been) (?:simply |just |really |very |quite |clearly |notoriously |known to be |still |again |all )*(?:not (?:very |really |at all )?(?:reliable|stable|up to|fit for|trustworthy|good)|unreliable|unstable|terrible|awful|useless|flaky|rubbish|garbage|a joke|sub-?par|a mess|overloaded|oversold)\b"
    r"|\b(?:has|have|had) (?:the|an?) (?:very |rather )?(?:unfortunate|annoying|nasty|bad|weird|stupid|irritating|unpleasant|strange|idiotic|terrible) (?:property|habit|tendency|behaviou?r|quirk|way) (?:to|of)\b"
    r"|\b(?:cheeky|naughty|clueless|ignorant|impatient|pesky|annoying|overzealous|over-eager|trigger-happy|so-called|nosy|malevolent|dishonest|gullible) (?:\w+ )?(?:users?|customers?|persons?|people|employees?|engineers?|developers?|visitors?|guests?|members?|admins?|readers?|players?|students?)\b"
    rf"|\b(?P<whose>[\w-]+(?:'s|s')|his|her|their) (?:[\w-]+ ){{0,4}}?{_POOR}(?:[ -]\w+)? (?:quality|work|workmanship|code|contributions?|practices?|job|standards?|judge?ment|conduct|hygiene|communication|management)\b"
    # Left by those who came before.
    r"|\b(?:due to|because of|caused by|result of|resulting from|left by|left behind by|inherited from|owing to|fault of|thanks to) (?:the |our |some |an? |their )?(?:[\w-]+ ){0,2}?(?:former|previous|predecessor\w*|prior|earlier|past|old) (?:[\w-]+ ){0,3}?(?:maintainers?|teams?|owners?|management|administrators?|admins?|developers?|contractors?|agency|leadership|offboarding|hosts?|providers?|operators?|staff|employees?|practices)\b"
    # Overrun by a crowd.
    rf"|\b(?:ddos(?:'?e?d)|hugged to death|hammered|overrun|bombarded|swamped|besieged|stormed|invaded|attacked|abused) by (?:(?:\w+ ){{0,3}}?{_CROWD})\b"
    # A person's habits as the cause.
    rf"|\b{_PERSON}(?:'s)?(?: (?:who|whose|in question|concerned)(?: [\w'-]+){{1,5}}?)? (?:had|has|did|does|was|were)(?:n't| not| also| apparently)* (?:reused?|re-used?|shared?|hav(?:e|ing) (?:two|2fa|mfa|multi|a second)|enabled?|us(?:e|ing) (?:two|2fa|mfa|a strong|the same|an old)|rotated?|locked|disabled|written down|kept) (?:[\w'-]+ ){{0,4}}?(?:passwords?|passphrase|two-factor|two factor|2fa|mfa|multi-factor|credentials?|token|tokens|key|keys|laptop|authentication|factor)\b"
    r"|\boffending (?:prs?|pull requests?|merge requests?|patch|contribution|commit(?: by| from))\b"
)
_OWN: Final = Pattern(r"(?:our|my|we|i|your|this|that|it|the|which|and|let|what|there|here|an?)\b")
_ANSWERED: Final = Pattern(
    r"\b(?:answered|replied to|responded to|addressed|implemented|acted (?:up)?on|acknowledged|heard|taken up|followed up|merged|applied)\Z"
)
_NOT: Final = Pattern(r"\b(?:not|never)\b|n't\b")
_BY_US: Final = Pattern(
    r"\b(?:our (?:own )?(?:mistake|fault)|we (?:did not|didn't|failed|had not|should)|by us|your (?:requests?|questions?|tickets?|e-?mails?|messages)|you|please|no excuse|rather than|if|attackers?)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:if|whether|when(?:ever)?|no|not|n't|that no|who|prevents?|against|for|stops?|from) (?:\w+ )?\Z"
)
_MACHINES: Final = Pattern(r"(?:requests?|calls|messages|questions?|reports) ")
_HTTP: Final = Pattern(
    r"\b(?:api|http|dns|web|page|client|server|network|queries|timeouts?|timed out|cache|users?|customers?|queue|load)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.scan[sentence.end - 1] == "?" or document.find(_BY_US, sentence):
        return False
    if before(document, sentence, found, _NOT_BEFORE, 24):
        return False
    said = found.group()
    whose = found["owner"] or found["whose"]
    if whose and _OWN.match(whose):
        return False
    if _ANSWERED.search(said) and not _NOT.search(said):
        return False
    # "Requests were not answered" is said of servers as well.
    return not (_MACHINES.match(said) and document.find(_HTTP, sentence))


_GUESS: Final = Pattern(
    r"\b(?:we|i) (?:\w+ )?(?:believe|suspect|think|assume|guess|presume) (?:that )?(?:[\w'-]+ ){1,9}?(?:caused by|due to|because of|down to|fault of|on the side of|(?:issue|problem|fault|error|bug) (?:with|at|of|on|in))"
    r"|\bit (?:seems|appears|looks) (?:like |to be |as if it is |as though it is )?(?:to be )?(?:an?|the)\b"
)
_WHOSE: Final = later(
    r"[^.;:,()\n]{0,50}?\b(?P<name>[A-Z][A-Za-z0-9]{2,}[\w-]*|(?:our|the|their) (?:[\w-]+ ){0,2}?(?:provider|vendor|supplier|host|hoster|upstream|isp|carrier|registrar|bank))\b(?P<trouble>(?:'s)? (?:\w+ )?(?:issue|problem|outage|bug|fault|failure)s?\b)?"
)
_ABBREVIATED: Final = later(r"[A-Z0-9]{2,5}\Z")
_SCOFF: Final = Pattern(
    r"[\w' -]{3,40}, (?:obviously|of course|naturally|who else|as usual|as always|predictably)[.!]? *"
)
_SCOFFING: Final = Pattern(
    r", (?:obviously|of course|naturally|who else|as usual|as always|predictably)\b"
)


def _guesses(document: Document, sentence: Sentence) -> Hit | None:
    """A guess at whose fault it was, where who is meant is written like a name."""
    for found in document.each(_GUESS, sentence):
        who = _WHOSE.match(document.text.raw, found.end(), sentence.end)
        if who is None or _ABBREVIATED.match(who["name"]):
            continue
        if found.group().startswith("it ") and not who["trouble"]:
            continue
        return Hit(found.start(), who.end())
    return None


_CARED: Final = r"(?:catch|notice|reali[sz]e|test|check|read|review|verify|tell|inform|warn|communicate|mention|document|coordinate|consult|ask|bother|know|understand|prioriti[sz]e|consider|follow|announce|notify (?:us|anyone|the|validators|users))"
_CARING: Final = r"(?:aware|told|informed|paying attention|prioriti[sz]ing|monitoring|testing|communicating|responding|following|maintaining|keeping|checking|documenting)"
_NEGLECT: Final = Pattern(
    rf"\b(?:did(?:n't| not)|does(?:n't| not)|do(?:n't| not)|had(?:n't| not)|has(?:n't| not)|never|failed to|neglected to|forgot to) (?:\w+ly |even |actually |really )?{_CARED}(?:ed|d)?\b"
    rf"|\b(?:was(?:n't| not)|were(?:n't| not)|is(?:n't| not)|are(?:n't| not)) (?:\w+ly |even |actually |really )?{_CARING}\b"
)
_SUBJECT: Final = later(
    r"(?:(?<=[.!?:;,\n-] )|(?<=\A)|(?<=\band )|(?<=\bbut )|(?<=\bthat )|(?<=\bbecause ))(?P<name>[A-Z][A-Za-z0-9]*(?:[ -][A-Z][a-z]+)?)(?: also| then| apparently| itself| team)? \Z"
)
_NO_SUBJECT: Final = words(
    "we i it this that these those they he she you there who which what nobody everybody everyone anyone somebody someone no one none one users user customers customer people readers "
    "the our my your their his her its some many most all any each every either neither both several others another engineers support staff team teams monitoring alerts alert systems system servers server "
    "tests test code service services scripts script jobs job tool tools data backups backup logs log if when while although though because since however instead unfortunately also later then and but so or as at in on for from with without "
    "sentry grafana prometheus pagerduty kubernetes docker redis postgres postgresql mysql mariadb kafka nginx apache linux windows jenkins terraform github gitlab datadog cloudwatch nagios zabbix icinga puppet ansible helm consul etcd rabbitmq elasticsearch mongodb chrome firefox safari android ios java python node ruby php"
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    hit = matching(_PATTERN, _keep)(document, sentence)
    if hit is not None:
        return hit
    if document.scan[sentence.end - 1] == "?" or document.find(_BY_US, sentence):
        return None
    scoff = _SCOFF.match(document.scan, sentence.start, sentence.end)
    if scoff and scoff.end() >= sentence.end - 1:
        return Hit(*scoff.span())
    guess = _guesses(document, sentence)
    if guess is not None:
        return guess
    raw = document.text.raw
    for found in document.each(_NEGLECT, sentence):
        lead = raw[max(0, sentence.start - 3) : found.start()]
        who = _SUBJECT.search(lead)
        if who and who["name"].split()[0].lower() not in _NO_SUBJECT:
            return Hit(found.start() - (len(lead) - who.start("name")), found.end())
    return None


RULE = Rule(
    id="BLM-22",
    name="hints-at-fault",
    category="blame",
    severity="warning",
    message="It hints at whose fault it was. Say what is known, what you relied on, and what you change.",
    better='"we use one line to the hall; the carrier repairs it today, and a second is ordered"',
    source="DEK, ANT",
    kinds=ALL_KINDS,
    roles=EVERYWHERE,
    triggers=words(
        "it seems appears looks believe suspect think assume guess presume assumed assuming despite contrary spite notwithstanding against ignored unanswered unheard answered replied responded addressed implemented acted acknowledged heard taken followed merged applied "
        "again once listed wording words excuse explanation answer reply text reliable unreliable stable unstable terrible awful useless flaky rubbish garbage joke sub subpar mess overloaded oversold trustworthy fit good up property habit tendency behaviour behavior quirk way "
        "cheeky naughty clueless ignorant impatient pesky annoying overzealous eager trigger so nosy malevolent dishonest gullible standard substandard shoddy sloppy poor low inferior mediocre questionable dubious amateurish lousy abysmal baked "
        "obviously course naturally else usual always predictably former previous predecessor predecessors prior earlier past old ddosed ddosd ddos hugged hammered overrun bombarded swamped besieged stormed invaded attacked abused "
        "password passwords passphrase factor mfa fa credential credentials token tokens key keys laptop authentication offending did didn does doesn do don had hadn has hasn never failed neglected forgot was wasn were weren is isn are aren"
    ),
    look=_look,
    patterns=(_PATTERN, _NEGLECT, _GUESS, _SCOFFING),
    bad=examples(
        "We believe the leak was caused by a problem with Fernway.",
        "We assumed user error at first.",
        "Despite assurances by the carrier the line went dead again.",
        "Repairs have been suggested, but our letters have not been answered.",
        "The notice was again listed as resolved, with the same wording.",
        "Fernway's servers are not reliable.",
        "This pump has the unfortunate habit of stopping when it rains.",
        "A cheeky visitor had tried the door.",
        "The painter's work was of poor quality, and their sloppy work shows.",
        "The open door was due to former owners and their uneven locks, a result of previous management.",
        "We were swamped by visitors from the next village.",
        "The member whose key was copied had reused the password of his bank.",
        "Halden did not tell anyone that the weir was open.",
        "It seems to be a Fernway problem.",
        "The gulls, obviously.",
        "We undid the offending pull request.",
    ),
    good=examples(
        "We use one line to the hall; the carrier repairs it today, and a second is ordered.",
        "We believe the leak was caused by a full tank.",
        "Our servers are not reliable enough, so we replace them.",
        "Your letters were answered within a day.",
        "Requests to our API were not answered until 14:20 UTC.",
        "Redis did not notice the change.",
        "We did not tell anyone that the weir was open.",
    ),
)
