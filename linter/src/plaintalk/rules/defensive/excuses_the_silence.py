"""DEF-16: reasons why nobody was told, instead of being told."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_SAY = r"(?:statused|announced?|communicated?|post(?:ed)?|publici[sz]ed|acknowledged|publish(?:ed)?|notif(?:y|ied)|inform(?:ed)?|report(?:ed)?|share[d]?|send|sent|tell|told|disclosed?)"
_REASON = Pattern(
    r"\b(?:because|since|as (?:it|we|the|this)|due to|given|so (?:short|brief|quick)|expect\w*|thought|assum\w+|hoped|believed|brevity|in order not to|to avoid|seemed)\b"
)
_PATTERN = Pattern(
    rf"\b(?:was|were|did|has|have|had|is|chose|decided|opted|elected)(?:n't| not) (?:publicly |be |been |to |immediately |yet )*(?:\w+ )?{_SAY}\b(?: at the time| earlier)?"
    rf"|\b(?:chose|decided|opted|elected) (?:not to|against) (?:publicly |\w+ )?(?:{_SAY}|announcing|posting|publishing|informing)\b|\brefrained from\b"
    r"|\bno (?:additional |further |more |other )?(?:details?|information|explanation|reason|eta|cause|notice) (?:\w+ ){0,2}?(?:provided|given|shared|received|offered|disclosed) (?:to us )?(?:by|from) (?:our |the |their )?\w+"
    r"|\b(?:wasn't|was not|is not|isn't|aren't|are not) (?:\w+ )?(?:entirely |completely |immediately |very )?(?:clear|obvious|evident|documented) (?:to \w+ )?(?:that|from|in|whether)\b"
    r"|\b(?:its|their|his|the \w+'s|the (?:vendor|provider|supplier|upstream|third[- ]party)(?:'s)?) (?:[\w'-]+ ){0,2}?(?:documentation|docs|manual|guide|page|interface|dashboard|instructions?) (?:\w+ ){0,2}?(?:does|do|did|is|was|were|are|makes?|made|never|only|fails?|failed)(?:n't| not)? (?:\w+ ){0,2}?(?:clear|unclear|misleading|mention|state|say|warn|explain|incomplete|wrong|ambiguous|outdated|confusing)\b"
    r"|\b(?:status ?page|incident|page|banner) (?:was|were) (?:not|never) (?:\w+ )?(?:updated|posted|created|opened|declared|published)\b"
    r"|\b(?:we|i) (?:were|was|had) (?:\w+ )?(?:not|never) (?:been )?(?:informed|notified|told|warned|made aware|consulted|given (?:any )?notice) (?:[\w'-]+ ){0,4}?(?:providers?|vendors?|suppliers?|partners?|hosts?|carriers?|cent(?:er|re)s?|isp|in advance|beforehand|them)\b|\bwe (?:did|had) (?:\w+ )?(?:announce|warn|inform|notify|announced|warned|informed|notified|communicated|communicate|tell|told)\w* (?:[\w'-]+ ){0,5}?(?:in advance|beforehand|ahead of time|last week|earlier|already|several times|repeatedly|well before)\b"
    r"|\bin (?:our|my) defen[cs]e\b|\b(?:to be|in all|in) fair(?:ness)?\b|\bin the interests? of fairness\b|\bit (?:must|should|has to) be said\b|\bthe documentation (?:was|is) (?:unclear|misleading|ambiguous|incomplete|confusing|wrong)\b"
)
_NOT_IN = Pattern(
    r"\b(?:sorry|apologi[sz]e|should have|too late|our mistake|we failed|that was wrong)\b"
)
# Who did not tell colleagues admits a gap inside, and excuses nothing.
_INSIDE = Pattern(
    r"\b(?:communicate|coordinate|announce|share|sync) (?:[\w'-]+ ){0,5}?(?:with|to) (?:the |our |other )(?:[\w-]+ )?(?:\w*ops|teams?|colleagues|operators|admins?|engineers|developers|department)\b"
)
# An alarm that told nobody is a gap inside, too.
_OURSELVES = Pattern(
    r"\b(?:we|i|us|me|staff|teams?|engineers?|admins?|operators?|colleagues?|on-?call|nobody|no one) \Z"
)
_TOLD_NOBODY = Pattern(r"(?:was|were|did|has|have|had|is|chose|decided|opted|elected|refrained)\b")
_UNCLEAR = Pattern(r"\b(?:clear|obvious|evident|documented)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.find(_NOT_IN, sentence) or document.find(_INSIDE, sentence):
        return False
    if found.group().startswith(("was", "were")) and before(document, sentence, found, _OURSELVES):
        return False
    silent = _TOLD_NOBODY.match(found.group()) and not _UNCLEAR.search(found.group())
    return not silent or document.find(_REASON, sentence) is not None


RULE = Rule(
    id="DEF-16",
    name="excuses-the-silence",
    category="defensive",
    severity="warning",
    message="Readers hear that they did not matter. Say what they were told and when, and what should have been.",
    better='"Our first update came after 38 minutes; that was too late"',
    source="INCI",
    triggers=words(
        "publicly announce announced communicate statused posted details detail acknowledged "
        "clear announces post publish published notify notified inform informed report "
        "reported update updated share shared send sent tell told disclosed disclose "
        "refrained chose decided opted elected information explanation reason eta cause "
        "notice obvious evident documented documentation docs manual guide page interface "
        "dashboard instruction instructions defence defense fair unclear communicated "
        "publicized publicised aware warned consulted warn advance beforehand ahead fairness "
        "said created opened declared"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Because it was short it was not publicly announced at the time.",
        "There are no additional details provided by the upstream provider.",
    ),
    good=examples(
        "Our first update came after 38 minutes; that was too late.",
        "It was not communicated in time, and we are sorry.",
    ),
)
