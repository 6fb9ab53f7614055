"""BLM-14: who did it, and what they broke: "a technician unplugged the wrong server"."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.people import is_not_the_one
from plaintalk.rule import ALL_KINDS, Hit, Rule, examples, matching
from plaintalk.text import Sentence

_HARM: Final = (
    r"(?:deleted|dropped|wiped|overwrote|overwritten|erased|truncated|corrupted|broke|broken|crashed|destroyed|damaged|killed"
    r"|unplugged|disconnected|pulled (?:the|a|an|out) (?:\w+ )?(?:plug|cable|cord|disk|drive|server|switch|power)|severed|tripped|knocked|misconfigured|hard-?coded|mistyped|forgot|forgotten|neglected|botched|bungled"
    r"|messed|screwed|disabled|misplaced|mishandled|misread|ignored|skipped|bypassed|committed the|exposed|leaked|published (?:the|a) (?:secret|key|password)"
    r"|pushed (?:\w+ ){0,2}?(?:broken|bad|untested|wrong|faulty|buggy)|switched (?:it |them )?off|turned (?:it |them )?off|shut (?:it |them )?down|left (?:[\w'-]+ ){1,4}?(?:on|off|open|behind|enabled|disabled|running|unlocked)"
    r"|(?:the|an?) (?:wrong|incorrect) \w+|by (?:mistake|accident)|accidentally|mistakenly|inadvertently|did not (?:test|check|verify|follow|think|read|reali[sz]e|bother|care|know)|didn't (?:test|check|verify|follow|think|read|reali[sz]e|bother|care|know)|thought it (?:was|would be) (?:a good idea|fine|safe|enough)"
    r"|never (?:documented|tested|told|checked|bothered)"
    r"|a mistake|an error|a typo|(?:brought|took|taken) (?:[\w'-]+ ){1,4}?down|ruined|sabotaged|vandali[sz]ed)"
)
_OVERLOAD: Final = (
    r"(?:exhausted|overloaded|flooded|hammered|crashed|saturated|overwhelmed|swamped|abused|spammed|bombarded|hogged|clogged|exploited|ruined|over the edge|to (?:its|their) knees|decided to|insisted"
    r"|(?:brought|took|taken|bringing|taking) (?:[\w'-]+ ){1,4}?down|broke|killed|pushed (?:[\w'-]+ ){1,3}?over|(?:huge|massive|enormous|excessive|insane|crazy|ridiculous|absurd) (?:number|amount|volume|load|quantit\w+)s?|too many|way too much)"
)
_BETRAYED: Final = (
    r"(?:botched|bungled|messed|screwed|mishandled|unplugged|disconnected the wrong|cut the wrong|neglected|negligen\w+|useless|incompetent|unprofessional|let (?:[\w'-]+ ){1,3}?expire"
    r"|never (?:told|warned|informed|bothered|replied|responded|reacted|documented)|(?:the|a) wrong (?:command|server|cable|plug|disk|button|switch|host|machine|drive|line|router|port|customer|circuit)|sloppy|terrible|unacceptable|without testing|untested|dragged|stalled|lied|refused|unreliable|(?:keep|kept|hold) (?:its|their) (?:promises?|word)|let us down|unreliable|keep (?:its|their) (?:promises?|word)|disappoint\w+|let us down)"
)
_PERSON: Final = r"(?:engineers?|developers?|technicians?|contractors?|employees?|operators?|administrators?|admins?|sysadmins?|colleagues?|interns?|programmers?|dbas?|freelancers?|consultants?|workers?|maintainers?|trainees?|apprentices?|electricians?|volunteers?|moderators?|agency|author|(?:staff|team|crew) members?|staff|crew|people|person|human|remote hands|team|department|idiot)"
_NAMELESS: Final = r"(?:some(?:one|body)|whoever \w+|remote hands)"
_CUSTOMER: Final = r"(?:users?|customers?|clients?|tenants?|accounts?|partners?|subscribers?|players?|merchants?|integrations?|crawlers?|bots?|scrapers?|spammers?|people|individuals?|members?|abusers|trolls)"
_THIRD: Final = r"(?:providers?|vendors?|suppliers?|partners?|host|hoster|upstream|isp|registrar|carrier|contractor|manufacturer|agency|support|helpdesk|technicians|engineers|staff|team|management|data ?cent(?:er|re)|operator|landlord|bank|processor)"
_LINK: Final = r"(?:,)?(?: [\w'-]+){0,7}? "
_PERSON_BROKE: Final = Pattern(rf"\b(?:{_PERSON}|{_NAMELESS}){_LINK}{_HARM}\b")
_CUSTOMER_BROKE: Final = Pattern(rf"\b{_CUSTOMER}{_LINK}{_OVERLOAD}\b")
_THIRD_BROKE: Final = Pattern(rf"\b{_THIRD}{_LINK}{_BETRAYED}\b")
_ONE_OF: Final = Pattern(
    r"\b(?:(?:an?|one|another|some|previous|former|last|summer|unnamed)(?: [\w'-]+){0,3}? |(?:the|our)(?: (?:on-duty|night|junior|senior|new|old|previous|former|responsible|lead|summer|single|[\w-]+'s))? "
    r"|(?:one|some|a member|members|another) of (?:our|the|their|its)(?: [\w-]+){0,3}? )\Z"
)
_A_GROUP: Final = Pattern(
    r"\bthe (?!whole|entire|on-call|engineering|same|incident|response|support)[\w-]+ \Z"
)
_GROUPS: Final = ("team", "department", "staff", "people", "crew")
_CERTAIN: Final = Pattern(
    r"\b(?:an?|one|single|another|certain|some|few|several)(?: [\w'-]+){0,3}? \Z|\A *\Z"
)
_OTHERS: Final = Pattern(r"\b(?:our|the|their|its|an?)(?: [\w'-]+){0,3}? \Z")
_THEIR: Final = Pattern(r"\b(?:their|[\w-]+'s)(?: [\w'-]+){0,1}? \Z")
_OWN_PEOPLE: Final = (
    "support",
    "technicians",
    "engineers",
    "staff",
    "team",
    "management",
    "helpdesk",
)
_REACH: Final = 48
_HARMLESS: Final = Pattern(
    r"\b(?:noticed|reported|detected|found|discovered|restored|fixed|reverted|replaced|identified|responded|helped|told|contacted|alerted|paged|will|can|could|would|may|might|must|should|who reported|rather than|now|if|whether|protect\w*|prevent\w*|so that|stop|against|when(?:ever)?|whose)\b|\b(?:was|were|is|are|been|being) (?:\w+ )?\w+\Z"
)
_SAID_THAT: Final = Pattern(
    r"\b(?:confirmed|assured|stated|told|verified|attested|certified|agreed|promised) (?:us |to us )?(?:that )?"
)
_BEFORE: Final = Pattern(
    r"\b(?:we|i|prevent\w*|against|if|when(?:ever)?|before|alerts?|pages?|so that|for|even if|no|not|that|can|help\w*|from) (?:\w+ )?\Z"
)


def _lead(document: Document, sentence: Sentence, found: Match) -> str:
    """What stands before a match, within reach."""
    return document.scan[max(sentence.start, found.start() - _REACH) : found.start()]


def _is_a_person(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether one person, or one team among others, is pointed at."""
    said = found.group()
    lead = _lead(document, sentence, found)
    if said.startswith(("someone", "somebody", "whoever", "remote")):
        return _stands(document, sentence, found)
    if said.startswith("team responsible"):
        return _stands(document, sentence, found)
    if said.startswith(_GROUPS) and not said.startswith(
        ("team member", "staff member", "crew member")
    ):
        one = _A_GROUP.search(lead) or _PART.search(lead)
    else:
        one = _ONE_OF.search(lead)
    return one is not None and _stands(document, sentence, found)


_PART: Final = Pattern(
    r"\b(?:one|some|a member|members|another) of (?:our|the|their|its)(?: [\w-]+){0,3}? \Z"
)


def _is_a_customer(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether one customer, or some of them, are pointed at."""
    plain = found.group().startswith(
        ("spammers", "scrapers", "abusers", "trolls", "crawlers", "bots")
    )
    chosen = plain or _CERTAIN.search(_lead(document, sentence, found)) is not None
    return chosen and _stands(document, sentence, found)


def _is_a_supplier(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether a supplier, or the people of one, are pointed at."""
    lead = _lead(document, sentence, found)
    theirs = _THEIR if found.group().startswith(_OWN_PEOPLE) else _OTHERS
    return theirs.search(lead) is not None and _stands(document, sentence, found)


def _stands(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether the words say what was done, and not what is feared or who helped."""
    if _HARMLESS.search(document.scan, found.start(), found.end()):
        return False
    if is_not_the_one(document, sentence, found):
        return False
    if _SAID_THAT.search(document.scan, found.start(), found.end()):
        return False
    return _BEFORE.search(_lead(document, sentence, found)) is None


_LOOKS: Final = (
    matching(_PERSON_BROKE, _is_a_person),
    matching(_CUSTOMER_BROKE, _is_a_customer),
    matching(_THIRD_BROKE, _is_a_supplier),
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    hits = [hit for look in _LOOKS if (hit := look(document, sentence))]
    return min(hits) if hits else None


RULE = Rule(
    id="BLM-14",
    name="somebody-broke-it",
    category="blame",
    severity="warning",
    message="It names a culprit. Say what made it possible, and what now stands in the way.",
    better='"one command could delete the live copy; it now asks twice"',
    source="DEK, ETSY",
    kinds=ALL_KINDS,
    triggers=words(
        "deleted dropped wiped overwrote overwritten erased truncated corrupted broke broken "
        "crashed destroyed damaged killed unplugged disconnected pulled severed tripped "
        "knocked misconfigured hardcoded hard mistyped forgot forgotten neglected botched "
        "bungled messed screwed disabled misplaced mishandled misread ignored skipped "
        "bypassed committed exposed leaked published pushed switched turned shut left wrong "
        "never mistake error typo brought took taken ruined sabotaged vandalised vandalized "
        "exhausted overloaded flooded hammered saturated overwhelmed swamped abused spammed "
        "bombarded hogged clogged exploited bringing taking huge massive enormous excessive "
        "insane crazy ridiculous absurd many much useless incompetent unprofessional let "
        "negligence negligent sloppy terrible unacceptable untested testing dragged stalled "
        "lied refused incorrect accident accidentally mistakenly inadvertently did didn "
        "thought edge knees limit limits decided insisted unreliable promises promise word "
        "disappointing disappointed team department responsible whoever remote hands keep "
        "kept hold"
    ),
    look=_look,
    patterns=(_PERSON_BROKE, _CUSTOMER_BROKE, _THIRD_BROKE),
    bad=examples(
        "A technician unplugged the wrong server.",
        "One user uploaded a file so large that it brought the whole service down.",
        "Our registrar let the domain expire.",
    ),
    good=examples(
        "We unplugged the wrong server.",
        "The contractor data inadvertently stood open for 20 minutes.",
        "One of our engineers found the broken disk and replaced it.",
        "A customer reported that the page was broken.",
        "The provider's network was down from 10:00 to 10:40 UTC.",
    ),
)
