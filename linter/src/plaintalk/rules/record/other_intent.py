"""REC-20: attack words without an attack, or a "technical issue" that was one."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule, before
from plaintalk.text import Sentence

_ATTACK = Pattern(
    r"\b(?:cyber-?)?attack(?:s|ed|ers?)?\b(?! surface)|\bhack(?:s|ers?|ed|ing)?\b|\bransomware\b|\b(?:malicious|criminal) (?:actor|party|activity|attack|traffic|code)s?\b|\bintru(?:sions?|ders?)\b|\bfoul play\b|\bsabotage[ds]?\b|\b(?:did|caused|broke) (?:this|it) (?:\w+ ){0,3}?(?:on purpose|deliberately|intentionally)\b|\b(?:done|caused|broken) (?:\w+ ){0,3}?(?:on purpose|deliberately|intentionally)\b|\bbroke(?:n)? into\b|\bdeliberate(?:ly)? (?:act|attempt|attack|damage|caused|broken|taken)\b|\bddos\b|\bthreat actors?\b"
)
_HARMLESS = Pattern(
    r"\b(?:technical|system|software|configuration) (?:issue|error|problem|glitch|fault)\b"
)
_DENIED = Pattern(
    r"\b(?:not|no|nobody|none|wasn't|isn't|without|nor|never|neither|rule[ds]? out|n't)(?: \w+){0,6} *\Z"
)
_GENERAL = Pattern(
    r"\b(?:could|would|might|if|future|protect\w*|against|prevent\w*|potential|help\w*|heart|be wary|beware)\b"
)


def _needs(_: Record) -> str | None:
    return None


def _tells_of_an_attack(document: Document) -> bool:
    return document.anywhere(_ATTACK) is not None


def _look(document: Document, sentence: Sentence) -> Hit | None:
    record = document.record
    if record is None:
        return None
    attack = document.find(_ATTACK, sentence)
    denied = attack is not None and before(document, sentence, attack, _DENIED, 50)
    if attack and denied and record.malicious != "no":
        return Hit(
            *attack.span(),
            message=f"This denies an attack; record: malicious = {record.malicious}.",
        )
    if attack and not denied and record.malicious == "no" and not document.find(_GENERAL, sentence):
        return Hit(*attack.span(), message="Record: malicious = no.")
    if record.malicious == "yes" and not attack:
        harmless = document.find(_HARMLESS, sentence)
        if harmless and not document.once(_tells_of_an_attack):
            return Hit(*harmless.span(), message="Record: malicious = yes.")
    return None


def _intent(malicious: str) -> dict[str, object]:
    return {"schema": "plaintalk-record/1", "security": {"malicious": malicious}}


RULE = Rule(
    id="REC-20",
    name="other-intent",
    category="record",
    severity="error",
    message="The record says something else about intent.",
    better="what the record says",
    source="SEC",
    look=_look,
    patterns=(_ATTACK, _HARMLESS),
    needs=_needs,
    record_field="security.malicious",
    triggers=words(
        "attack attacks attacked attacker attackers hack hacks hacker hackers hacked breach malicious ransomware intrusion technical cyberattack cyber compromised unauthorised unauthorized ddos intruder intruders foul sabotage sabotaged purpose deliberately deliberate intentionally broke broken deliberate broke"
    ),
    bad=(
        Example("An attack stopped the export page.", record=_intent("no")),
        Example("A technical issue stopped the export page.", record=_intent("yes")),
        Example("This was not an attack.", record=_intent("unknown")),
    ),
    good=(
        Example("An attack stopped the export page.", record=_intent("yes")),
        Example("This was not an attack.", record=_intent("no")),
        Example("Nobody attacked us.", record=_intent("no")),
        Example("A full queue stopped the export page.", record=_intent("unknown")),
    ),
)
