"""MIN-13: "a simple mistake", "just a typo"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_SLIP = (
    r"(?:mistakes?|errors?|typos?|change|bugs?|slips?|slip-?ups?|oversights?|misconfigurations?|omissions?|faults?"
    r"|misunderstanding|mix-?up|miscommunication|mishap|inaccuracy|misspelling|display (?:issue|error|problem|bug)"
    r"|cosmetic (?:issue|error|problem|bug)|visual (?:issue|error|bug)|nuisance|formality|restarts?|reboot"
    r"|precaution|matter of)"
)
_PATTERN = Pattern(
    rf"\b(?:a|an|one|some|this|our|just|merely|only|purely) (?:(?:rather|very|really|pretty|fairly|such a) )?(?:simple|tiny|innocent|innocuous|trivial|mere|harmless|silly little"
    rf"|little|small|minor|slight|innocent-looking|seemingly harmless|unfortunate little|routine little|single-character|one-line|cosmetic) (?:(?!in\b|of\b|to\b|for\b|increase\b|rise\b|number\b)[\w-]+ ){{0,2}}?{_SLIP}\b"
    rf"|\b(?:was|is|were|been|be|it's|that's|of|being) (?:\w+ )?(?:just|merely|simply|only|purely|nothing (?:more|else|other|worse) than|no more than|nothing but|little more than) (?:an? |some |the )?(?:[\w-]+ ){{0,2}}?(?:{_SLIP}|problem|issue|thing|glitch|delay|inconvenience)\b"
    r"|\b(?:was|is|were|are) (?:just|merely|simply|only|purely) (?:cosmetic|visual|a display|temporary|informational|for show)\b"
    r"|\ball that happened (?:is|was)\b|\bincidentally\b"
)
_NOT_BEFORE = Pattern(
    r"\b(?:compromised with|with|not|more than|even|fixed|corrected|correct|fix|making|make|made|deployed|pushed|push|single|than|there will be|cost|through) (?:just )?\Z"
)
# "A simple restart was enough" weighs the repair, not the harm.
_REPAIRED = Pattern(
    r" (?:[\w'-]+ ){0,5}?(?:(?:was|were|is|proved) (?:not )?(?:enough|sufficient|all it took)|fixed|sufficed|resolved|helped|solved|cured|restored|brought|did the trick|did(?: not|n't) (?:help|work|fix|change))\b"
)


# How large a change was is a fact; how large a mistake was is not.
_CHANGE = Pattern(
    r"(?:an?|one|this|our) (?:very |rather |relatively )?(?:small|minor|slight|little|one-line|single-character|tiny) (?:[\w-]+ )*change\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if found.group() == "incidentally":
        return sentence.start < found.start() - 1
    if _CHANGE.match(found.group()):
        return False
    if _REPAIRED.match(document.scan, found.end(), sentence.end):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 24)


RULE = Rule(
    id="MIN-13",
    name="plays-down-the-cause",
    category="minimising",
    severity="warning",
    message="Small for whom? What it did to readers was not small. Name the cause without weighing it.",
    better='"a release that removed the export settings"',
    source="SEED",
    triggers=words(
        "simple tiny innocent innocuous trivial mere harmless silly little small minor slight routine "
        "single one cosmetic just merely simply only purely nothing than happened incidentally"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "A simple mistake in our settings removed the export page.", "It was just a tiny bug."
    ),
    good=examples(
        "A release removed the export settings.", "A simpler export page ships on 8 May."
    ),
)
