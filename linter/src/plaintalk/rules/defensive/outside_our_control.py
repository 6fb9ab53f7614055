"""DEF-03: "beyond our control"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:beyond|outside|out|not (?:with)?in|not under)(?: of)? (?:our|my|[\w'-]+'s?|their|its|the team's|anyone's|anybody's) (?:direct |immediate |own |full |sphere of |area of )?(?:control|influence|hands|power|reach|responsibility)\b"
    r"|\bunforesee(?:able|n)\b|\bunprecedented\b|\b(?:a|the) perfect storm\b|\bno way (?:to|of|for us to|that we could) (?:know|knowing|predict|predicting|foresee|prevent|preventing|anticipate|have known|avoid)\b"
    r"|\b(?:not|wasn't|isn't|no|hardly) (?:\w+ )?(?:our|my|[\w']+'s|the) fault\b(?! (?:that|in|of) (?:our|the system))|\b(?:was|were|is|are) (?:unavoidable|inevitable|impossible to (?:predict|foresee|prevent|avoid|anticipate))\b|\bfreak (?:accident|event|incident)\b|\bact of god\b|\bforce majeure\b"
    r"|\b(?:could|can)(?: not|n't|not) (?:\w+ )?(?:have )?(?:foreseen?|predict(?:ed)?|anticipate[d]?|known|prevented|avoided)\b|\bnobody could have\b|\bcould not have been (?:foreseen|predicted|anticipated|avoided|prevented)\b"
    r"|\b(?:nothing|little|not much|not a lot)(?: more| else)? (?:that )?(?:we|i|anyone) (?:can|could|were able to) (?:\w+ )?do\b|\b(?:our|my) hands (?:are|were) tied\b|\bat the mercy of\b|\b(?:powerless|helpless)\b"
    r"|\ball (?:that )?we can (?:do|currently do) (?:\w+ ){0,2}?is\b|\b(?:we|i) (?:have|had) (?:no|little|limited|zero) (?:direct |real )?(?:influence|control|say|leverage|insight|ability)\b"
    r"|\b(?:we|i) (?:are|were|am|was) (?:\w+ )?(?:unable|powerless|not able|not in a position) to (?:escalate|influence|do (?:anything|more|much)|speed|intervene|force|give (?:an|any) (?:eta|estimate))\b"
    r"|\b(?:decision|matter) is (?:final|out of our hands)\b"
    r"|\bnot (?:caused|due|related|attributable|triggered) (?:by|to) (?:any (?:\w+ )?(?:of )?)?(?:our|us|fernway|the \w+) ?(?:own )?(?:systems?|platform|service|side|infrastructure|code|team|end|product|actions?|software)?,? (?:itself )?but\b"
    r"|\b(?:we|and|are|were|is|was)(?:'re)? not responsible for\b|\bnot (?:an issue|a problem|a fault|a bug|a failure) (?:on|with|of|in|at) (?:our|the \w+) (?:side|end|part|systems?|platform|own|service)\b"
)

_MEASURED = Pattern(r"\d[\d.,]* ?(?:x|×|times|%|requests|gb|tb)")
_ACTS = Pattern(r"\b(?:we (?:now|will|have)|now|we chose|our choice)\b")


_OWN_FAULT = Pattern(r"\b(?:no excuse|our (?:mistake|responsibility)|we should have|by our own)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _OWN_FAULT.search(document.scan, sentence.start, sentence.end):
        return False
    following = document.text.following(sentence)
    end = following.end if following else sentence.end
    scan = document.scan
    return not (
        _MEASURED.search(scan, sentence.start, end) and _ACTS.search(scan, sentence.start, end)
    )


def _tell(_document: Document, _: Sentence, found: Match) -> Hit:
    # "Unforeseen" is often no more than an adjective; the rest disowns the failure.
    return Hit(*found.span(), severity="suggestion" if found.group() == "unforeseen" else None)


RULE = Rule(
    id="DEF-03",
    name="outside-our-control",
    category="defensive",
    severity="warning",
    message="Even if true, readers depend on you. Say which choice of yours it exposed.",
    better='"We ran this in one place; that was our choice"',
    source="BEN",
    triggers=words(
        "control unforeseeable unforeseen unprecedented storm way fault impossible "
        "unavoidable freak influence hands power reach responsibility inevitable god majeure "
        "foreseen foresee predict predicted anticipate anticipated known prevented avoided "
        "nobody nothing little much lot mercy powerless helpless all say leverage insight "
        "ability unable able position decision matter caused due related attributable "
        "triggered responsible issue problem bug failure avoid prevent"
    ),
    look=matching(_PATTERN, _keep, _tell),
    bad=examples(
        "This was beyond our control.",
        "The load was unprecedented.",
        "We had no way to know.",
        "There was nothing we could do.",
        "Our hands are tied until they act.",
    ),
    good=examples(
        "We ran this in one place; that was our choice.",
        "The load was unprecedented, 40x normal. We now stop new work at 80%.",
        "The change is under our control.",
        "This was our responsibility, not that of our supplier.",
    ),
)
