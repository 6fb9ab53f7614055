"""DEF-28: what the company did well: "our timely response limited the harm", "fixed in no time"."""

from typing import Final

from plaintalk.document import Document
from plaintalk.frames import first_of, frame
from plaintalk.pattern import Match, Pattern, words
from plaintalk.people import any_of
from plaintalk.rule import Hit, Rule, before, examples, matching
from plaintalk.slots import Slot
from plaintalk.text import Sentence

_PRAISE: Final = (
    "quick prompt timely swift rapid speedy immediate proactive preventive preventative rigorous robust strict stringent decisive seamless "
    "smooth thorough diligent excellent great superb mature comprehensive vigilant dedicated coordinated co-ordinated well-rehearsed well-drilled "
    "effective efficient exemplary careful meticulous tireless strong"
)
_RESPONSE: Final = (
    "monitoring responses? reactions? efforts? actions? handling communications? coordination co-ordination collaboration teamwork cooperation "
    "investments? polic(?:y|ies) protocols? procedures? planning preparations? testing safeguards? security assessments? detection diagnosis triage "
    "remediation recovery investigations? leadership controls? measures intervention thinking vigilance audits? partnerships? work"
)
_BENEFIT: Final = (
    r"enabled|allowed us|allowed the|helped (?:us|to|limit|contain|keep|prevent|minimi[sz]e)|prevented|ensured|limited the|minimi[sz]ed|contained|neutrali[sz]ed|mitigated|averted|avoided|spared"
    r"|kept the|meant that|led to|resulted in|(?:was|were) (?:key|crucial|vital|instrumental|essential|decisive)|paid off|made (?:it possible|all the difference|the difference)|(?:was|were) (?:directly |largely )?responsible for|saved|proved"
)
_OTHERS: Final = r"not|never|n't|failed|fails|would have|could have|should|will|needs?|if|until|only|more|better|lack\w*|insufficient|inadequate|please|your|customers? could|but|missed|too|to be"
_FRAMES: Final = (
    frame(any_of(_PRAISE), any_of(_RESPONSE), _BENEFIT, unless=_OTHERS, reach=110),
    frame(
        any_of("introduced established implemented maintained upheld enforced built adopted"),
        any_of(
            "rigorous robust strict stringent comprehensive strong world-class excellent state-of-the-art"
        ),
        any_of(
            "security polic(?:y|ies) protocols? procedures? controls? safeguards? processes standards defen[cs]es"
        ),
        unless=_OTHERS + r"|now|has since|since then|after|on \d|by \d",
        reach=60,
    ),
)
_SPEED: Final = r"(?:immediately|promptly|quickly|swiftly|rapidly|instantly|speedily|at once|right away|straight away)"
_DONE: Final = r"(?:published|pushed|shipped|released|deployed|rolled out|issued|opened|convened|assembled|diagnosed|found|located|figured out|isolated|traced|spotted|caught|triaged|resolved|recovered|restored|fixed|patched|repaired|reacted|responded|acted|mobili[sz]ed|stopped|contained)"
_WHO: Final = r"(?:we|i|they|he|she|it|team|teams|engineers?|developers|maintainers|staff|colleagues|host|provider|everyone)"
_PATTERN: Final = Pattern(
    # Speed, and of what.
    rf"\b{_SPEED} (?:upon|after|on) (?:notic|discover|learn|detect|being (?:told|alerted|notified|informed|made)|hear|receiv|see|becoming)\w*"
    rf"|\b{_DONE} (?:[\w'-]+ ){{0,10}}?(?:in no time|within (?:moments|seconds)|in (?:a matter of|mere|record|just a few|only a few|a few) (?:seconds|minutes|hours|time|moments))\b"
    rf"|\b(?:was|were|been|we|i|team|and) (?:able to|managed to) (?:{_SPEED} )?(?:[a-z]+ (?:and [a-z]+ )?)(?:[\w'-]+ ){{0,5}}?in (?:less than|under|only|just|merely|no more than) (?:an? |\d+ |\w+ )"
    rf"|\b{_WHO} (?:[\w'-]+ ){{1,6}}and (?:then )?{_SPEED} (?:started|began|set to|went to|got to|jumped|took|put|moved)\b"
    rf"|\b{_WHO} (?:very |then |also )?(?:quickly|swiftly|rapidly|speedily) (?:{_DONE}|identified|determined) (?:and|the (?:server|service|site|system|database|cluster))\b"
    rf"|\b(?:was|were) (?:promptly|swiftly|speedily) {_DONE}\b"
    r"|\b(?:they|he|she|host|provider|vendor|partner|team|staff|engineers|technicians)(?:'re| are| is| have been| has been) (?:\w+ )?working (?:very |extremely |really )?(?:quickly|swiftly|fast|hard|tirelessly|feverishly|frantically|around the clock)\b"
    # How well it went.
    r"|\b(?:did|done|doing) (?:an? |really |such )*(?:great|good|excellent|fantastic|amazing|superb|stellar|wonderful|outstanding) (?:job|work)\b"
    r"|\b(?:process|roll-?back|recovery|response|restore|restoration|migration|switch-?over|fail-?over|hand-?over|repair|coordination|communication|everything)(?: itself)? (?:went|ran|worked|proceeded|was handled|was carried out|functioned|performed)(?: itself)? (?:\w+ ){0,2}?(?:smooth(?:ly)?|great|perfectly|flawlessly|seamlessly|like clockwork|without a hitch|in an orderly|admirably|remarkably well|really well|very well)\b"
    r"|\b(?:effective|efficient|successful|swift|smooth|orderly|exemplary|textbook) (?:incident |issue |crisis |fault )(?:resolution|response|handling|management|recovery)\b"
    r"|\b(?:all|that) (?:the )?(?:proper|right|correct|necessary|appropriate|required) (?:steps|measures|procedures|channels|protocols) (?:was|were|had been|have been) (?:\w+ )?(?:taken|followed|used|observed)\b"
    r"|\b(?:monitoring|probes|alarms|alerts|tests|safeguards|sensors|tooling|automation)(?: [\w'-]+){0,4} (?:was|were|proved) (?:\w+ )?(?:key|crucial|vital|essential|instrumental|invaluable|decisive) (?:to|in|for)\b"
    r"|\b(?:prevented|avoided|averted|spared (?:us|you|users|customers)) (?:an? |any |the )?(?:unnecessary|needless|further|greater|bigger|larger|worse|wider|far worse|much worse)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:not|n't|never|to|will|would|should|could|can|please|you|your|users?|customers?|helps?|lets?|if|when|so that|must|more|faster|need to|attackers?|who) (?:\w+ )?\Z"
)
_HONEST: Final = Pattern(
    r"\d\d:\d\d|\b(?:too late|not (?:quickly|fast|soon|early|good) enough|should have|we failed|did not help|no excuse|our (?:own )?(?:mistake|fault)|missed|only partly|but not)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.scan[sentence.end - 1] == "?" or document.find(_HONEST, sentence):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 24)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    hit = matching(_PATTERN, _keep)(document, sentence)
    if hit is not None or document.scan[sentence.end - 1] == "?":
        return hit
    if document.find(_HONEST, sentence):
        return None
    return first_of(_FRAMES, document, sentence)


RULE = Rule(
    id="DEF-28",
    name="praises-the-response",
    category="defensive",
    severity="warning",
    message="Readers judge that themselves, by the clock and by the harm. Give both, and cut the praise.",
    better='"we saw it at 08:50 UTC and had it repaired at 09:31 UTC"',
    source="BEN, SEED",
    triggers=Slot(_PRAISE).rare
    | words(
        "introduced established implemented maintained upheld enforced built adopted immediately promptly quickly swiftly rapidly instantly speedily once right straight away time moments seconds "
        "matter mere record few less under only just merely more able managed working great good fantastic amazing stellar wonderful outstanding job work process rollback roll back recovery response "
        "restore restoration migration switchover switch failover fail handover hand repair coordination communication everything successful orderly textbook proper correct necessary appropriate "
        "required monitoring probes alarms alerts tests sensors tooling automation prevented avoided averted spared safeguards"
    ),
    look=_look,
    patterns=(_PATTERN, *(one.first for one in _FRAMES)),
    bad=examples(
        "Our timely response and close teamwork limited the damage to the cellar.",
        "We were able to find and mend the leak in less than an hour.",
        "The baker swept up the glass immediately upon noticing it, and our crew did a great job.",
        "The keeper saw the smoke and the team immediately started to clear the hall; they spotted the fire and quickly put it out.",
        "The repair of the old hall went pretty smoothly; the recovery ran without a hitch.",
        "The sensors in the roof were key to finding the leak.",
        "We closed the main valve, which avoided unnecessary damage.",
        "The new owners introduced rigorous safety procedures.",
    ),
    good=examples(
        "We saw it at 08:50 UTC and had it repaired at 09:31 UTC.",
        "A quick response would have limited the damage; ours came too late.",
        "The monitoring did not notice the leak.",
        "Our team will respond quickly if you write to us.",
        "We now have strict controls at the gate.",
        "Users were able to sign in again in less than an hour.",
    ),
)
