"""DEF-03: "beyond our control"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:beyond|outside|out|not (?:with)?in|not under)(?: of)? (?:our|my|[\w'-]+'s?|their|its|the team's|anyone's|anybody's) (?:direct |immediate |own |full |sphere of |area of )?(?:control|influence|hands|power|reach|responsibility)\b"
    r"|\bunforesee(?:able|n)\b|\bunprecedented\b|\b(?:a|the) perfect storm\b|\bno way (?:to|of|for us to|that we could|we could) (?:have )?(?:see\w*|know\w*|predict\w*|foresee\w*|prevent\w*|anticipat\w*|avoid\w*|detect\w*|tell\w*)\b"
    r"|\b(?:not|wasn't|isn't|no|hardly) (?:\w+ )?(?:our|my|[\w']+'s|the) fault\b(?! (?:that|in|of) (?:our|the system))|\b(?:was|were|is|are) (?:unavoidable|inevitable|impossible to (?:predict|foresee|prevent|avoid|anticipate))\b|\bfreak (?:accident|event|incident)\b|\bact of god\b|\bforce majeure\b"
    r"|\b(?:could|can)(?: not|n't|not) (?:\w+ )?(?:have )?(?:foreseen?|predict(?:ed)?|anticipate[d]?|known|prevented|avoided)\b|\bnobody could have\b|\bcould not have been (?:foreseen|predicted|anticipated|avoided|prevented)\b"
    r"|\b(?:nothing|little|not much|not a lot)(?: more| else)? (?:that )?(?:we|i|anyone) (?:can|could|were able to) (?:\w+ )?do\b|\b(?:our|my) hands (?:are|were) tied\b|\bat the mercy of\b|\b(?:powerless|helpless)\b"
    r"|\ball (?:that )?we can (?:do|currently do) (?:\w+ ){0,2}?is\b|\b(?:we|i) (?:have|had) (?:no|little|limited|zero) (?:direct |real )?(?:influence|control|say|leverage|insight|ability)\b"
    r"|\b(?:we|i) (?:are|were|am|was) (?:\w+ )?(?:unable|powerless|not able|not in a position) to (?:escalate|influence|do (?:anything|more|much)|speed|intervene|force|give (?:an|any) (?:eta|estimate))\b"
    r"|\b(?:we|i)(?:'re| are|'m| am)? (?:\w+ )?(?:depend(?:ent|ing)?|reliant|rely(?:ing)?) (?:entirely |fully |completely |solely )?(?:up)?on (?:our|the|a|them|their|third[- ]part\w+|external) ?(?:[\w-]+ ){0,2}?(?:providers?|partners?|vendors?|suppliers?|carriers?|hosts?|here|for this|alone)\b"
    r"|\b(?:(?:is|it's|now) (?:now |entirely |completely |solely |fully |purely )*(?:up to|in the hands of|down to)|(?:entirely|solely|completely|purely) on the side of|(?:lies|rests|remains) (?:\w+ )?with) (?:our|the|their) (?:[\w-]+ ){0,2}?(?:providers?|partners?|vendors?|suppliers?|carriers?|hosts?|isp|operators?|data ?cent(?:er|re)s?)\b"
    r"|\b(?:unlikely|rare|unusual|unfortunate|unlucky|unique) (?:chain|combination|series|sequence|set|confluence|coincidence) of\b|\b(?:have|had) no (?:means|possibility|option|chance) (?:of|to) (?:speed\w*|influenc\w*|accelerat\w*|interven\w*|help\w*|chang\w*|expedit\w*|prevent\w*|do\w*)\b|\b(?:none|nothing) of (?:this|that|it) (?:was|is|lies|lay) (?:\w+ )?(?:in|within|under) our\b|\b(?:due to|because of|given|owing to) the (?:[\w-]+ )?(?:complexity|extraordinary|exceptional|unusual|unique|sheer|systemic|unexpected|complex) (?:\w+ )?(?:nature|scale|size|circumstances|event|situation|of)\b|\bcomplaints? to\b|\bnot with us\b|\bone in a million\b|\bonce[- ]in[- ]a\b|\b(?:sheer |pure |simply )?bad luck\b|\b(?:very|quite|extremely|just|simply|rather|so) unlucky\b"
    r"|\b(?:took|taking|take|delayed|slow|slower|longer|lasted)[^.;]{0,50}? (?:due to|because of|given|owing to|to) the (?:[\w-]+ ){0,2}?(?:complex\w*|nature|scale|size|magnitude|sheer|unusual|rarity|intricac\w+|circumstances)\b"
    r"|\b(?:decision|matter) is (?:final|out of our hands)\b"
    r"|\bnot (?:caused|due|related|attributable|triggered) (?:by|to) (?:any (?:\w+ )?(?:of )?)?(?:our|us|fernway|the \w+) ?(?:own )?(?:systems?|platform|service|side|infrastructure|code|team|end|product|actions?|software)?,? (?:itself )?but\b"
    r"|\b(?:we|and|are|were|is|was)(?:'re)? not responsible for\b|\bnot (?:an issue|a problem|a fault|a bug|a failure) (?:on|with|of|in|at) (?:our|the \w+) (?:side|end|part|systems?|platform|own|service)\b"
)

_MEASURED = Pattern(r"\d[\d.,]* ?(?:x|×|times|%|requests|gb|tb)")
_ACTS = Pattern(r"\b(?:we (?:now|will|have)|now|we chose|our choice)\b")


# Who will not hide behind an excuse only names it to refuse it.
_REFUSED = Pattern(
    r"\b(?:cannot|can't|can not|nor can|won't|will not|not|don't|do not) (?:\w+ ){0,2}?(?:blame|deflect|hide|claim|argue|say|pretend|attribute|put|write|chalk)\b[^;:]*\Z"
)
_OWN_FAULT = Pattern(r"\b(?:no excuse|our (?:mistake|responsibility)|we should have|by our own)\b")


_UNLESS = Pattern(r"[^.;]{0,40}\b(?:unless|except by|without (?:checking|looking|asking))\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    # "I had no way to know unless I looked" tells of a missing alarm.
    if found.group().startswith("no way") and _UNLESS.match(
        document.scan, found.end(), sentence.end
    ):
        return False
    if _OWN_FAULT.search(document.scan, sentence.start, sentence.end) or before(
        document, sentence, found, _REFUSED, 80
    ):
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
        "nobody nothing little much lot mercy powerless helpless all leverage insight ability "
        "unable able position decision matter caused related attributable triggered "
        "responsible bug failure avoid prevent dependent depend depending reliant rely "
        "relying side providers partner partners vendor vendors supplier suppliers carrier "
        "carriers chain combination series sequence million luck unlucky complexity complex "
        "nature scale size magnitude sheer unusual circumstances once none means possibility "
        "option extraordinary exceptional unique systemic complaint complaints lies rests "
        "remains"
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
        "We do not claim that it was bad luck.",
        "This was our responsibility, not that of our supplier.",
    ),
)
