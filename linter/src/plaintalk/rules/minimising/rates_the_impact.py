"""MIN-10: "impact was limited"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching, one_of
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
# "Not completely cut off", "more annoying than harmful", "the weekend greatly reduced the impact".
_WEIGHED = Pattern(
    r"\b(?:not|n't) (?:completely|entirely|totally|fully|wholly) (?:affected|impacted|down|unavailable|lost|offline|disrupted|interrupted|cut off|broken|blocked|out)\b"
    r"|\b(?:is|was|are|were|'s) (?:in itself |actually |really )?(?:not|n't) (?:so|that|too|all that|very|really|quite) (?:bad|terrible|awful|dramatic|severe|tragic)\b"
    r"|\bmore (?:of )?(?:an? )?(?:\w+ )?(?:annoy\w+|nuisance|inconvenien\w+|cosmetic|irritat\w+) (?:[\w']+ ){0,3}?than\b"
    r"|\b(?:greatly|largely|significantly|considerably|somewhat|strongly|vastly|luckily|thankfully|fortunately) (?:limit|reduc|minimi[sz]|lessen|soften|diminish|cushion|dampen|blunt)(?:ed|s|es) (?:the|its|any|our|this) (?:\w+ )?(?:impact|effects?|damage|harm|disruption|consequences)\b"
    r"|\b(?:no|not any|without) (?:evidence|signs?|indications?) (?:of|for|that) (?:any )?(?:large|mass|massive|widespread|extensive|significant|bulk|wholesale|systematic|serious|major)\b"
    r"|\b(?:some|a certain|a small|a limited|a modest) (?:level|degree|amount) of (?:[\w-]+ ){0,2}?(?:packet loss|downtime|disruption|interruption|degradation|instability|latency|slowness|delays?|errors?|impact|unavailability|inconvenience|outage)\b"
    r"|\b(?:limited to|only|other|just|merely|mostly|mainly|largely|primarily|purely) (?:some |a few |[\w-]+ )?(?:non|not|less)[ -](?:critical|essential|sensitive|important|vital) (?:[\w-]+ )?(?:information|data|areas?|systems?|services?|parts?|functions?|features?|components?|content|details|records|things)\b"
    r"|\bno (?:critical|essential|important|vital|sensitive|core) (?:[\w-]+ )?(?:areas?|systems?|services?|parts?|functions?|features?|components?) (?:was|were|has been|have been|are|is) (?:affected|impacted|hit|touched|involved|lost|down)\b"
)
# Work that somebody did to lessen it, and what we keep from being completely lost.
_BY_US = Pattern(
    r"(?:\A|\b)(?:we|team|engineers|fix|patch|change|rollback|failover|rate limit\w*|by \w+ing|this (?:allowed|helped)|which we)\b[^.;]{0,60}\Z"
)


def _keep_weighed(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether the harm is weighed, no number stands by, and it is not the merit of a repair."""
    if document.quantity_near(sentence) or document.find(_NOT_IN, sentence):
        return False
    return not before(document, sentence, found, _NOT_BEFORE) and not before(
        document, sentence, found, _BY_US, 70
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
        "serious dramatic worry world critical loss losses delay delays which "
        "completely entirely totally fully wholly bad terrible awful severe tragic than evidence sign "
        "signs indication indications level degree amount essential sensitive important vital core"
    ),
    look=one_of(matching(_PATTERN, _keep), matching(_WEIGHED, _keep_weighed)),
    bad=examples(
        "Passengers were not completely cut off.",
        "The leak was more annoying than harmful.",
        "The holiday greatly reduced the impact.",
        "There was no evidence of widespread damage.",
        "Some level of disruption was felt at the tills.",
        "The list held other non-critical information.",
        "The impact was limited.",
        "There was minimal customer impact.",
        "There was no perceivable outage for users.",
    ),
    good=examples(
        "By shutting two doors we greatly reduced the damage.",
        "The lifts are not completely repaired yet.",
        "We moved all non-essential parts to the second hall.",
        "Sign-in worked; uploads did not.",
        "Initially the impact was limited.",
        "If the impact is low, we say so with a number.",
    ),
)
