"""Whether a clause about prevention names a thing, or could end any other report."""

from typing import Final

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.text import Sentence

GENERIC: Final = words(
    "a an the this that these those our your their its we us you they it i my such similar "
    "same any all some other others another every each more most better further additional "
    "new extra several various many much and or as well also both in on of to for with from "
    "by at into across around about against within under over during after before between "
    "through up out down off than is are was were be been being will would can could may "
    "might should have has had do does not no so very even still just only too again future "
    "ever issue issues problem problems incident incidents outage outages failure failures "
    "event events situation situations scenario scenarios disruption disruptions interruption "
    "interruptions occurrence occurrences recurrence recurrences reoccurrence reoccurrences "
    "case cases thing things type types kind kinds class classes sort sorts category "
    "categories nature mode modes cause causes errors error bugs bug faults fault impact "
    "impacts effect effects risk risks likelihood chance system systems service services "
    "platform platforms infrastructure product products environment environments solution "
    "solutions application applications app software technology operations operation "
    "operational internal overall general broader broad wide company organisation "
    "organization team teams staff engineers engineering side end part parts area areas "
    "aspect aspects process processes procedure procedures practice practices policy policies "
    "measure measures step steps action actions safeguard safeguards control controls "
    "mechanism mechanisms protocol protocols monitoring alerting alerts observability "
    "detection response communication testing tests test checks tooling tools reliability "
    "resilience resiliency stability robustness quality availability performance redundancy "
    "uptime security safety maintainability scalability change changes improvement "
    "improvements enhancement enhancements deployment deployments release releases rollout "
    "rollouts management customer customers user users client clients community provider "
    "providers vendor vendors partner partners supplier suppliers experience trust improve "
    "improves improving improved enhance enhancing increase increasing strengthen "
    "strengthening ensure ensuring ensures make makes making sure prevent prevents preventing "
    "avoid avoids avoiding reduce reducing reduces minimize minimise minimizing minimising "
    "mitigate mitigating limit limiting detect detects detecting identify identifying catch "
    "catching respond responding react reacting handle handling address addressing understand "
    "recover recovery happen happens happening occur occurs occurring recur recurring arise "
    "arises go going forward quick quickly quicker fast faster soon sooner early earlier "
    "promptly timely proactive proactively effectively efficiently closely carefully properly "
    "adequate appropriate necessary possible potential critical important relevant affected "
    "key core robust resilient stable reliable secure safe high highest level levels long "
    "longer term time times next place put way ways how what when where which who whether "
    "able ability best work working works together continue continues continuing ongoing "
    "serve provide deliver maintain keep help helps stay possibly already immediately "
    "currently now today including include like etc underlying root related associated "
    "resulting future-proof downtime impactful unexpected unforeseen undetected unnoticed "
    "take takes taken taking took implement implements implemented implementing "
    "implementation expand expanding expanded upgrade upgrading review reviews reviewed "
    "reviewing evaluate evaluating evaluated investigate investigating investigation explore "
    "exploring analyze analyse analyzing analysing analysis assess assessing assessment "
    "examine examining look looking plan plans planned planning develop developing build "
    "building apply applied applying adopt adopted adopting introduce introduced introducing "
    "invest invests investing invested investment investments harden hardening hardened "
    "tighten tightening tightened tighter stricter stronger greater comprehensive thorough "
    "extensive full deep closer close hard heavily significant significantly substantially "
    "actively consider considering considered study learn learning learned lessons lesson "
    "options option opportunities opportunity possibilities alternatives approaches approach "
    "strategy strategies architecture configuration setup capacity permanent lasting "
    "sustainable commitment committed dedicated strive doing done everything whatever "
    "everyone result accordingly found find identified placing set setting add adding added "
    "enough good people care right different differently one two couple number first second "
    "immediate corrective preventive preventative precautionary precautions precaution "
    "protections protection validation validations guardrails capabilities capability "
    "workflow workflows upgrades automation documentation training backup backups efforts "
    "effort priority priorities roadmap refine refining fine-tune optimize optimise "
    "optimizing optimising optimisations optimizations streamline seamless smooth experiences "
    "interim meantime expectations standards standard previously invisible unknown hidden "
    "unseen known certain accelerated accelerate accelerating engineering newly closing gap gaps "
    "blind spot spots weakness weaknesses finding findings shortcoming shortcomings issue-free "
    "protect "
    "protecting protected protects safeguarding information details personal privacy "
    "confidence smoother smoothly goes nicer happier "
    "filed ticket tickets task tasks created opened story stories jira backlog item items"
)
"""Words that name nothing a reader could picture or check."""

_WATCHING: Final = Pattern(
    r"\b(?:monitoring|alert(?:ing|s)?|observability|detection|visibility|telemetry"
    r"|logging|testing)\b"
)
_CONDITION: Final = Pattern(
    r"\b(?:\w+ (?:failures|errors|timeouts|drops|spikes)|expir\w+|usage|full|lag"
    r"|rates?|latency|anomal\w+"
    r"|drops?|number|size|age|certificates?|capacity|disk|length|depth|consumption|saturation"
    r"|utili[sz]ation|missing|empty|stale|invalid|deadlocks?|duplicates?|exhaust\w+|temperature"
    r"|space|quota|limits?|counts?)\b"
)
_MECHANISM: Final = Pattern(
    r"\b(?:so that|so (?:we|it|a|an|the|no|that|they|one|only|each|any|these)\b"
    r"|which (?:will (?!require|take|need|involve|be\b|help|ensure|allow|make|continue|further"
    r"|improve|increase|reduce|enable|provide|give)|now|stops?|blocks?|alerts?|means|checks?)"
    r"|whenever|when|instead of|rather than|at \d|if|unless|once|until|from \d|to \d"
    r"|within (?:\d|one|two|five|ten|a)"
    r"|before (?:it|a|an|the|each|every|any|they reach|going|being|deploy\w*|releas\w*)"
    r"|by (?!improv|enhanc|review|invest|implement|increas|strengthen|tak|work|learn|mak|add|ensur"
    r"|continu)\w+ing"
    r"|that (?:blocks?|stops?|alerts?|checks?|refuses?|detects?|catch(?:es)?|verif(?:y|ies)|will"
    r"|would|rejects?|compares?|limits?|runs?|fails?|watch(?:es)?|tests?))\b(?P<rest>[^.;]{0,90})"
)
_BY_MEANS: Final = later(
    r"[^.;,]{0,60}?(?: \((?:by |e\.g\.,? |such as |via )?\w+ing\b"
    r"| (?:via|using|through) (?!improv|better|more|further|additional|enhanc|our|the )[a-z])"
)
"""A measure that says by which means: in brackets, or with "using"."""
_CLAUSE_END: Final = later(r"[,;:.!?\n]| and (?=\w+ing\b|we\b|will\b|are\b|have\b|to\b)| while ")
_WORD: Final = later(r"[a-z][a-z'-]+")
_NUMBERS: Final = later(r"\d")
_FEWEST: Final = 1


def clause_after(document: Document, sentence: Sentence, found: Match) -> str:
    """The rest of the clause behind a match."""
    scan = document.scan
    end = _CLAUSE_END.search(scan, found.end(), sentence.end)
    if end and end.group() == "," and end.start() <= found.end() + 1:
        end = _CLAUSE_END.search(scan, end.end(), sentence.end)
    return scan[found.end() : end.start() if end else sentence.end]


def content(words_: str) -> list[str]:
    """The words that name something."""
    return [word for word in _WORD.findall(words_) if word not in GENERIC]


def has_mechanism(document: Document, sentence: Sentence, start: int) -> bool:
    """Whether the sentence says, from an offset on, how a change works: when, if, so that."""
    if _BY_MEANS.match(document.scan, start, sentence.end):
        return True
    for found in _MECHANISM.finditer(document.scan, start, sentence.end):
        if len(content(found["rest"])) > _FEWEST:
            return True
    return False


def names_an_object(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether a measure says what it is about, in words that would not fit any other report.

    What watches needs the condition it watches for; a mere component does not tell what changed.
    """
    if has_mechanism(document, sentence, found.start()):
        return True
    rest = clause_after(document, sentence, found)
    if _NUMBERS.search(rest):
        return True
    said = f"{found.group()} {rest}"
    if _WATCHING.search(found.group()):
        if _CONDITION.search(found.group()) and content(found.group()):
            return True
        return bool(_CONDITION.search(rest)) and bool(content(rest))
    return len(content(said)) > _FEWEST


def serves_a_named_change(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether a match is only the purpose of a change named before it in the same clause."""
    scan = document.scan
    start = max(scan.rfind(sign, sentence.start, found.start()) for sign in ",;:") + 1
    lead = scan[max(start, sentence.start) : found.start()]
    if not _PURPOSE.search(lead) or _INTENT.search(lead):
        return False
    return len(content(lead)) >= _NAMED


def is_the_response(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence tells how the incident is being ended."""
    if document.find(_LATER, sentence):
        return False
    return bool(document.find(_RESPONDING, sentence)) or _is_live(document, sentence)


def _is_live(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence stands in an update that was written while it went on."""
    first = sentence
    while (earlier := document.text.preceding(first)) is not None and earlier.block == first.block:
        first = earlier
    return _LIVE.match(document.scan, first.start, first.end) is not None


def speaks_of_prevention(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence itself speaks of a repeat or of lessons, or stands with few others."""
    if len(document.text.sentences) <= _SHORT_TEXT:
        return True
    return not document.words(sentence).isdisjoint(_AGAINST)


def is_about_prevention(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence stands where a text tells what is to be done against a repeat.

    A sentence with few others is taken to. In a longer text it, its heading or the sentence before
    it in its paragraph must speak of a repeat or of lessons.
    """
    if speaks_of_prevention(document, sentence):
        return True
    earlier = document.text.preceding(sentence)
    if (
        earlier is not None
        and earlier.block == sentence.block
        and not document.words(earlier).isdisjoint(_AGAINST)
    ):
        return True
    return document.stands_under(sentence, _UNDER)


_SHORT_TEXT: Final = 2
_AGAINST: Final = words(
    "prevent prevents preventing prevention preventive preventative avoid avoids avoiding "
    "again repeat repeats recur recurs recurring recurrence reoccur reoccurs reoccurring "
    "reoccurrence similar lesson lessons learn learned learnt learning learnings future "
    "improve improves improving improved improvement improvements resilience resilient "
    "resiliency reliability reliable robust robustness safeguard safeguards precaution "
    "precautions countermeasures mitigations likelihood harden hardening strengthen "
    "strengthening remediation recommendations takeaways retrospective postmortem"
)
_UNDER: Final = Pattern(
    r"\b(?:action (?:items?|points?)|next steps|prevent\w*|lessons|learn\w*|improvements?"
    r"|follow-?ups?|remediation|going forward|future|measures|corrective|opportunities"
    r"|recommendations|what (?:we(?: are|'re|'ll| will)? (?:doing|changing|change|do)"
    r"|comes? next|could))\b"
)
_NAMED: Final = 3
_PURPOSE: Final = later(
    r"\b(?:to|so (?:that )?(?:we|it|they) (?:can|could|will)) (?:\w+ (?:and )?)?$"
)
_INTENT: Final = later(
    r"\b(?:and|or|work(?:ing|ed)?|plan(?:s|ned|ning)?|going|continu\w+|need(?:s"
    r"|ed)?|want|aim(?:s|ing)?"
    r"|intend(?:s|ing)?|also|begun|started|looking) to (?:\w+ (?:and )?)?$"
)
_RESPONDING: Final = Pattern(
    r"\b(?:looking into (?:it|the|this)|more information|root cause|scaled up"
    r"|maintenance|(?:details|updates?|news) will follow|get everything|recover(?:ed|ing|s)?"
    r"|(?:is|are) stable"
    r"|currently (?:upgrading|migrating|replacing|updating)|accelerat\w+|speed(?:ing)? up"
    r"|continu\w+ to (?:monitor|investigat\w+|see|work)|residual"
    r"|recovery"
    r"|restor\w+|backlogs?|re-?rout\w+|scaling (?:up|out|capacity)|further updates?|more updates?"
    r"|additional (?:updates?|information|details)|rolling out|rolled out|as soon as|next update"
    r"|(?:mitigat|remed|rectif|fix|resolv|address|solv)\w+ (?:this|the|these"
    r"|that) (?:\w+ )?(?:issue"
    r"|impact|incident|problem|fault|outage|matter)s?|understand the (?:full "
    r"|whole )?(?:impact|scope|extent|cause)|rectify|remedy|matter of urgency"
    r"|its cause|sorted|currently (?:seeing|experiencing)|eta)\b"
)
_LIVE: Final = later(
    r"\W*(?:update|investigating|identified|monitoring|mitigating"
    r"|in[ _]progress)\W{0,3}(?: \([^)]*\))? ?[-–—:]"
)
_LATER: Final = Pattern(
    r"\b(?:future|prevent\w*|similar|again|re-?occurr\w+|recurr\w+|going forward|next time|avoid\w*"
    r"|likelihood|resilien\w+|reliab\w+|in the coming)\b"
)
