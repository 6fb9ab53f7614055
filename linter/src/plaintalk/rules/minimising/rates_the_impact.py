"""MIN-10: "impact was limited"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_LITTLE = (
    r"(?:limited|minimal|negligible|low|small|minor|marginal|slight|modest|insignificant|mild|short-lived"
    r"|not (?:significant|severe|major|big|serious|large)|fairly contained|contained|manageable)"
)
_EFFECT = r"(?:impact|effects?|disruption|inconvenience|damage|harm|interruption|downtime|consequences|(?:data )?loss(?:es)?|delays?)"
_PATTERN = Pattern(
    r"\b(?:limited|minimal|negligible|low|little|minor|small|marginal|slight|insignificant|modest)"
    r"(?: to no| or no|-to-no|-to-zero|, if any,)? (?:(?:customer|user|service|business|overall|actual|perceived|visible"
    r"|noticeable|end-user|external|real|practical|negative|adverse|discernible|client|operational|material) ){0,2}"
    r"(?:impact|effects?|inconvenience)\b"
    r"|\b(?:no|zero|without(?: any)?|any) (?:(?:perceivable|perceptible|noticeable|visible|significant|real|major|meaningful|material"
    r"|serious|substantial|tangible|practical|lasting|appreciable|discernible|notable) ){1,2}(?:customer |user |service )?"
    r"(?:impact|effects?|outage|downtime|disruption|interruption|consequences|problems?|issues?|harm|damage)\b"
    r"|\b(?:not|n't|hardly) (?:\w+ ){0,2}?(?:consider|believe|think|regard|expect) (?:the |this )?(?:impact|effects?|disruption)(?: to be| is| was| as)? (?:significant|severe|major|serious|high|large)\b"
    r"|\bwhich (?:\w+ )?(?:limited|reduced|minimi[sz]ed|lessened|softened|contained) the (?:\w+ )?(?:impact|effects?|number of|damage)\b"
    rf"|\b{_EFFECT}(?: [\w'-]+){{0,5}}? (?:was|is|were|has been|remained|seems|appears|to be|proved|stayed)(?: \w+){{0,3}}? {_LITTLE}\b(?! to\b)"
    r"|\b(?:did not|didn't|does not|do not|don't) (?:\w+ )?(?:significantly|seriously|materially|really|noticeably) (?:affect|impact|disrupt)\b"
    r"|\b(?:not|nothing|wasn't|isn't) (?:\w+ )?(?:too |very |that |all that |particularly )?(?:major|serious|dramatic|to worry about|big of a deal|a big deal|the end of the world|critical)\b"
    r"|\bno big deal\b|\bnothing (?:was )?(?:seriously |really )?(?:broken|wrong)\b"
)
_NOT_BEFORE = Pattern(
    r"\b(?:if|initially|at that point|at first|should|expected?|expect|could|would|may|might)(?: \w+){0,4} \Z"
)
_NOT_IN = Pattern(
    r"\b(?:to (?:minimi[sz]e|limit|reduce|keep)|serious enough|not the first|initially|at that point|at first|we thought|we believed|maintenance will)\b"
)


_OPEN_END = Pattern(r"\A(?:any|without any) (?:\w+ )+(?:problems?|issues?)\Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.quantity_near(sentence) or _OPEN_END.search(found.group()):
        return False
    return not before(document, sentence, found, _NOT_BEFORE) and not document.find(
        _NOT_IN, sentence
    )


RULE = Rule(
    id="MIN-10",
    name="rates-the-impact",
    category="minimising",
    severity="warning",
    message="Say what people could not do instead of rating it.",
    better='"Sign-in worked; uploads did not"',
    source="SEED",
    triggers=words(
        "impact impacts effect effects disruption inconvenience damage harm interruption "
        "downtime consequences outage problem problems issue issues affect deal nothing major "
        "serious dramatic worry world critical loss losses delay delays which"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "The impact was limited.",
        "There was minimal customer impact.",
        "There was no perceivable outage for users.",
    ),
    good=examples(
        "Sign-in worked; uploads did not.",
        "Initially the impact was limited.",
        "If the impact is low, we say so with a number.",
    ),
)
