"""BLM-14: who did it, and what they broke: "a technician unplugged the wrong server"."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import ALL_KINDS, Hit, Rule, examples
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
_PERSON: Final = (
    r"(?:(?:an?|one|another|the|our|some|previous|former|last) (?:[\w'-]+ ){0,3}?(?:engineer|developer|technician|contractor|employee|operator|administrator|admin|sysadmin|colleague|intern|programmer|dba|freelancer|consultant|worker|maintainer|trainee|apprentice|electrician|volunteer|moderator|agency|author|staff member|team member|member of staff|remote hands)"
    r"|(?:one|some|a member|members|another) of (?:our|the|their|its) (?:[\w-]+ ){0,3}?(?:engineers|developers|technicians|contractors|employees|operators|admins|administrators|staff|team|crew|volunteers|maintainers|people|colleagues|interns)|some(?:one|body)|some idiot|a person|a human|whoever \w+|(?:\w+'s )?remote hands|the (?!whole|entire|on-call|engineering|same|incident|response|support)[\w-]+ (?:team|department)|the team responsible)"
)
_CUSTOMER: Final = r"(?:(?:an?|one|single|another|certain|some|few|several) (?:[\w'-]+ ){0,3}?(?:users?|customers?|clients?|tenants?|accounts?|partners?|subscribers?|players?|merchants?|integrations?|crawlers?|bots?|scrapers?|spammers?|people|individuals?|members?)|spammers|scrapers|abusers|trolls|crawlers|bots)"
_THIRD: Final = r"(?:(?:our|the|their|its|an?) (?:[\w'-]+ ){0,3}?(?:providers?|vendors?|suppliers?|partners?|host|hoster|upstream|isp|registrar|carrier|contractor|manufacturer|agency|support|support team|helpdesk|technicians|data ?cent(?:er|re)|operator|landlord|bank|processor)|their (?:support|engineers|technicians|staff|team|helpdesk|management))"
_LINK: Final = r"(?:,)?(?: [\w'-]+){0,7}? "
_PATTERNS: Final = (
    (
        words(
            "engineer developer technician contractor employee operator administrator admin sysadmin colleague intern programmer dba freelancer consultant worker maintainer trainee apprentice electrician volunteer moderator agency author member team department whoever hands engineers developers technicians contractors employees operators admins administrators staff team crew volunteers maintainers people colleagues interns someone somebody idiot person human"
        ),
        Pattern(rf"\b{_PERSON}{_LINK}{_HARM}\b"),
    ),
    (
        words(
            "user users customer customers client clients tenant tenants account accounts partner partners subscriber subscribers player players merchant merchants integration integrations crawler crawlers bot bots scraper scrapers spammer spammers people individual individuals member members abusers trolls"
        ),
        Pattern(rf"\b{_CUSTOMER}{_LINK}{_OVERLOAD}\b"),
    ),
    (
        words(
            "provider providers vendor vendors supplier suppliers partner partners host hoster upstream isp registrar carrier contractor manufacturer agency support helpdesk technicians center centre datacenter operator landlord bank processor their"
        ),
        Pattern(rf"\b{_THIRD}{_LINK}{_BETRAYED}\b"),
    ),
)
_HARMLESS: Final = Pattern(
    r"\b(?:noticed|reported|detected|found|discovered|restored|fixed|reverted|replaced|identified|responded|helped|told|contacted|alerted|paged|will|can|could|would|may|might|must|should|who reported|rather than|now|if|whether|protect\w*|prevent\w*|so that|stop|against|when(?:ever)?|whose)\b|\b(?:was|were|is|are|been|being) (?:\w+ )?\w+\Z"
)
_BEFORE: Final = Pattern(
    r"\b(?:we|i|prevent\w*|against|if|when(?:ever)?|before|alerts?|pages?|so that|for|even if|no|not|that|can|help\w*|from) (?:\w+ )?\Z"
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    held = document.words(sentence)
    for nouns, pattern in _PATTERNS:
        if held.isdisjoint(nouns):
            continue
        for found in document.each(pattern, sentence):
            if _HARMLESS.search(document.scan, found.start(), found.end()):
                continue
            lead = max(sentence.start, found.start() - 24)
            if not _BEFORE.search(document.scan, lead, found.start()):
                return Hit(*found.span())
    return None


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
    bad=examples(
        "A technician unplugged the wrong server.",
        "One user uploaded a file so large that it brought the whole service down.",
        "Our registrar let the domain expire.",
    ),
    good=examples(
        "We unplugged the wrong server.",
        "One of our engineers found the broken disk and replaced it.",
        "A customer reported that the page was broken.",
        "The provider's network was down from 10:00 to 10:40 UTC.",
    ),
)
