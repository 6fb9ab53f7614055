"""LEK-27: candour about what is weak: "still done by hand", "our measly line", "not very reliable"."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import EVERYWHERE, PUBLIC, Rule, before, examples, matching
from plaintalk.text import Sentence

_GUARD: Final = r"(?:back-?ups?|fail-?overs?|monitoring|alerting|alerts|tests?|restores?|replication|access controls?|security|redundancy|firewall|authentication|encryption|(?:our|the) (?:set-?up|infrastructure|network|servers?|response|process(?:es)?|tooling|documentation|code(?:base)?|pipeline|deployment))"
_WEAK: Final = r"(?:not (?:very |really |that |particularly |yet |fully |always |at all |especially )*(?:reliable|robust|tested|secure|good|sufficient|adequate|trustworthy|resilient|prompt|mature|redundant|great|safe|up to (?:date|standard|scratch))|unreliable|untested|weak|poor|lacking|rudimentary|patchy|fragile|brittle|insecure|lax|a mess|neglected|behind schedule)"
_PATTERN: Final = Pattern(
    r"\b(?:is|are|remains?|still|currently|being) (?:still |currently |all |mostly |entirely |only |largely )*(?:being )?(?:managed|done|handled|deployed|rotated|renewed|updated|run|maintained|configured|provisioned|backed up|set up|installed|patched|tested|monitored|restarted|created|issued) (?:manually|by hand|ad hoc|from (?:an?|someone's|my|somebody's) (?:\w+ )?laptop|on a best[- ]effort basis)\b"
    r"|\b(?:sprawling|spiralling|getting|growing|slipping) (?:\w+ )?out of control\b|\bout of sprawling\b|\bheld together (?:by|with)\b|\bhang(?:s|ing) by a thread\b|\bon borrowed time\b|\bhouse of cards\b|\bticking (?:time[- ])?bomb\b|\b(?:technical|tech) debt\b|\baccident waiting to happen\b"
    r"|\b(?:lack|absence) of (?:\*\*)?(?:any |proper |real |enforced |strict )?(?:least[- ]privilege|access controls?|separation of (?:duties|environments)|isolation|segmentation|network isolation|encryption|authentication|authori[sz]ation|audit (?:logs?|trail)|permissions)\b"
    r"|\b(?:credentials?|passwords?|keys?|secrets?|tokens?|production (?:db|database|data|access)|prod (?:db|database|access)|database) (?:\w+ )?(?:(?:is|are|was|were) )?(?:too |far too |very |all |\w+ )?(?:easily|freely|readily|widely) (?:accessible|available|readable|reachable|shared|visible)\b"
    r"|\b(?:production|prod|live|real) (?:[\w-]+ ){0,3}?(?:credentials|connection|passwords?|keys|secrets|database) (?:[\w-]+ ){0,2}?(?:was|were|is|are) (?:\w+ )?(?:available|stored|kept|sitting|saved|present) (?:in|on) (?:the |our |every |each |all |an? )?(?:[\w-]+ )?(?:local|plain|repo\w*|env\w*|text|laptops?|machines?|chat|wiki|code)\b"
    rf"|\b{_GUARD} (?:[\w-]+ ){{0,2}}?(?:is|are|remains?) (?:probably |likely |simply |really |still |currently |often |generally |clearly |also |very |rather |quite |somewhat )*{_WEAK}\b"
    rf"|\bour (?:[\w-]+ )?(?:response|response rate|reaction|recovery|restore)s? (?:times? )?(?:would|might|could) (?:probably |likely )?(?:not|n't) (?:\w+ )?(?:have been|be) (?:\w+ )?(?:prompt|fast|quick|good|adequate|in time|sufficient)\b|\bour (?:response rate|response|reaction|recovery)\b[^.;]{{0,30}}\bnot (?:have been|be) (?:\w+ )?(?:prompt|fast|quick|good|adequate|in time)\b"
    r"|\b(?:our|these|the|those|we have|we use|we only have|on|on our|mostly) (?:[\w-]+ ){0,2}?(?:measly|puny|cheap(?:est)?|low-end|under-?powered|under-?sized|under-?provisioned|ageing|aging|ancient|decrepit|creaky|rickety|flimsy|second-hand|bargain|budget|shoestring|consumer-grade|old and \w+) (?:\d[\w ./]* ?)?(?:[\w-]+ ){0,2}?(?:vps(?:e?s)?|servers?|hardware|machines?|boxes|network|links?|connections?|uplink|disks?|hosts?|instances?|routers?|switch(?:es)?|line|lines|equipment|budget)\b"
    r"|\b(?:server|process|service|system|application|job|worker|database|script|everything)s? (?:still |only |all )?(?:runs?|is|are|works?) (?:still |only )?single[- ]threaded\b"
    r"|\b(?:had|were|if) this (?:had )?(?:been |were )?(?:an? )?(?:real|actual|malicious|genuine|serious) (?:attack|compromise|breach|incident|attacker|emergency|intrusion|fire)\b"
    r"|\b(?:card readers?|door locks?|locks?|cameras?|alarms?|alarm system|cctv|badge readers?|door readers?|fences?|gates?|fire alarms?|burglar alarm|security (?:system|cameras?)) (?:is|are|remains?) (?:currently |still |also |all |now )*(?:not (?:working|functional|operational|functioning)|down|offline|out of (?:order|service)|disabled|unlocked|out)\b"
    r"|\baware of (?:the |several |other |some |many |more |a few |\w+ )?(?:[\w-]+ ){0,4}?(?:unpatched|unfixed|undisclosed|unresolved|outstanding) (?:\w+ )?(?:bugs?|vulnerabilit\w+|holes?|flaws?|issues?|weakness\w*|problems?)\b"
    r"|\b(?:dirty|ugly|nasty|quick|horrible|gross) hacks?\b|\b(?:compromis\w+|sacrific\w+|sacrifice) (?:on )?(?:the )?(?:code )?quality\b|\b(?:cut|cuts|cutting|took|take|takes|taking) (?:some |a few )?(?:corners|shortcuts)\b"
    r"|\b(?:still|currently|at present|for now|yet)(?: \w+){0,3} (?:unclear|unknown|undecided|undocumented|undefined) (?:who|how|where|what)\b|\b(?:and|this|which|that|it) (?:is|remains) still (?:unclear|undocumented|unresolved|unowned|undecided)\b"
    r"|\b(?:we|i) (?:\w+ )?(?:don't|do not|cannot|can't) (?:\w+ )?(?:trust|rely on|restore from|have (?:any )?confidence in) (?:our|the|these|those|any of our) (?:[\w-]+ )?(?:back-?ups?|alerts?|monitoring|tests?|fail-?over|data|logs|deploy\w*)\b"
    r"|\bto be performed while (?:directly )?connected\b|\bvia (?:the|its|our) management (?:port|interface|console|network)\b"
)
_CLOSED: Final = Pattern(
    r"\b(?:no longer|since then|has been (?:closed|fixed|replaced|changed|rotated|automated)|have (?:since )?(?:been )?(?:closed|fixed|replaced|changed|rotated|automated|added|moved)|we (?:now|closed|replaced|moved|rotated|automated)|now (?:automated|automatic|closed|fixed|asks|needs|requires|encrypted)|until then|at the time|you|your|please|we will (?:replace|move|automate|close) \w+)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:if|whether|not|n't|never|no|so that|ensure|make sure) (?:\w+ )?\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.scan[sentence.end - 1] == "?" or document.find(_CLOSED, sentence):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 20)


RULE = Rule(
    id="LEK-27",
    name="candid-weakness",
    category="leak",
    severity="warning",
    message="It tells everybody what is weak today. Keep it in the review; publish what you change, and by when.",
    better='"certificates are renewed by a program since 3 May"',
    source="SEC, PD",
    kinds=PUBLIC,
    roles=EVERYWHERE,
    triggers=words(
        "manually hand hoc laptop basis control sprawling held thread borrowed cards bomb debt accident lack absence accessible available readable reachable shared visible stored kept sitting saved present "
        "reliable robust tested secure good sufficient adequate trustworthy resilient prompt mature redundant great safe date standard scratch unreliable untested weak poor lacking rudimentary patchy fragile brittle insecure lax mess neglected behind "
        "fast quick time measly puny cheap cheapest low powered underpowered undersized sized provisioned underprovisioned ageing aging ancient decrepit creaky rickety flimsy second bargain budget shoestring consumer old "
        "threaded real actual malicious genuine serious working functional operational functioning down offline order service disabled unlocked out unpatched unfixed undisclosed unresolved outstanding "
        "dirty ugly nasty horrible gross hack hacks compromise compromises compromised compromising sacrifice sacrificed sacrificing quality corners shortcuts unclear unknown undecided undocumented undefined unowned trust rely restore confidence connected management"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "The keys of the gate are still managed by hand.",
        "Our list of pumps is slipping out of control.",
        "It began with a lack of separation of duties.",
        "The keys are far too easily accessible.",
        "Our backups are probably not very reliable.",
        "Had this been a real fire, our response would not have been prompt.",
        "The wave filled our puny line within a minute.",
        "The cameras are not working at the moment.",
        "We were aware of several unfixed holes.",
        "To open on time one takes shortcuts.",
        "Who owns the key is still unclear; it was never written down, and this is still undocumented.",
    ),
    good=examples(
        "Certificates are renewed by a program since 3 May.",
        "Certificates were renewed by hand; a program does it since 3 May, and no key is handled by hand any longer: this is no longer done manually.",
        "Keep your key out of sight, for it is easily accessible on your desk.",
        "The cameras were down from 08:00 to 09:00 UTC.",
        "The cause is still being looked for.",
    ),
)
