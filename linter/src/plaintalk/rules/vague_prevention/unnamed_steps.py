"""VAG-03: "steps have been taken"."""

from plaintalk.concrete import (
    clause_after,
    content,
    has_mechanism,
    is_about_prevention,
    is_the_response,
    names_an_object,
)
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching, one_of
from plaintalk.text import Sentence

_STEP = r"(?:steps?|measures?|safeguards?|precautions?|actions?|countermeasures?|controls|protections|mechanisms|procedures|processes|provisions|arrangements)"
_WHICH = (
    r"(?:necessary|needed|immediate|appropriate|additional|further|corrective|preventive|preventative|proactive|concrete|important|required|possible|extra"
    r"|several|various|multiple|suitable|remedial|adequate|long-term|short-term|reasonable|effective|new|urgent|decisive|some|many|technical|organi[sz]ational|precautionary|protective|security|active|serious|swift|stringent|robust|all|every)"
)
_STEPS = Pattern(
    rf"\b{_STEP} (?:\w+ )?(?:have been|has been|were|will be|are being|had been|are|is being|is) (?:\w+ )?(?:taken|implemented|put in(?:to)? place|adopted|made|introduced|applied|initiated|established|in place|under ?way|planned|being (?:taken|implemented|put in place|applied))\b"
    rf"|\b(?:tak(?:e|en|ing)|took|implement(?:ed|ing)?|put(?:ting)?(?: in(?:to)? place)?|adopt(?:ed|ing)?|introduc(?:e|ed|ing)|appl(?:y|ied|ying)|initiat(?:e|ed|ing)|deploy(?:ed|ing)?|establish(?:ed|ing)?|made|making|ha(?:ve|s)) (?:all )?(?:of )?(?:(?:the|a number of|a series of|several|various|many|some|every|any|our|a few|a set of|these) )?"
    rf"(?:(?:{_WHICH}|safety|technical|organi[sz]ational|administrative|physical|quality|control|better|stronger|stricter|tighter|robust|enhanced|improved|heightened) (?:and )?){{0,3}}{_STEP}\b(?! (?:to|for) (?:access|sign|log))"
    r"|\b(?:made|making|make|implement(?:ed|ing)?|deploy(?:ed|ing)?|appl(?:y|ied|ying)|roll(?:ed|ing) out|introduc(?:ed|ing)) (?:(?:some|several|various|a number of|the|a few|necessary|additional|further|many|multiple|internal|important|needed|required|architectural|infrastructure|technical|operational) ){0,3}(?:changes|adjustments|updates|modifications|patches|fixes|optimi[sz]ations|tweaks) (?:\w+ ){0,4}?(?:to|that (?:will|should)|which (?:will|should)) (?:\w+ )?(?:prevent|avoid|reduce|ensure|minimi[sz]e|improve|make (?:our|this|the|us|sure|it)|mitigate|limit|increase|help)\b"
    r"|\b(?:changes|adjustments|updates|modifications|fixes) (?:have been|has been|will be|are being|were) (?:made|implemented|applied|introduced|deployed|rolled out) (?:\w+ ){0,4}?(?:to|that (?:will|should)|which (?:will|should)) (?:\w+ )?(?:prevent|avoid|reduce|ensure|minimi[sz]e|improve|mitigate|limit)\b"
    r"|\b(?:corrective|preventive|preventative|remedial) (?:actions?|measures?|steps|work)\b(?! (?:items?|list))"
    r"|\bput(?:ting)? (?:[\w-]+ ){1,5}?(?:in|into) place\b"
)
_LISTED = Pattern(
    r" ?(?:[\w ]{0,40})?(?::|—|–|, (?:including|such as|for example|namely)| such as| including| by (?!improv|enhanc|review)\w+ing)"
)
_STILL = Pattern(r"\b(?:but|however) (?:\w+ ){0,3}?(?:still|residual|continu\w+)\b")
_TO_REPAIR = Pattern(
    r" to (?:\w+ )?(?:resolve|mitigate|restore|fix|address (?:this|the)|stop|recover|contain|repair|bring|remove|rotate|get|return|alleviate|(?:reduce|lower|shed|spread) (?:the )?(?:load|latency|errors|traffic)|secure (?:the|our|your))\b"
)
_FOR_THE_READER = Pattern(
    r"\b(?:you|your|users|customers|please|following|these|below|next|manual|reproduc\w+|troubleshooting|the) (?:\w+ )?\Z"
)
_PURPOSE = Pattern(
    r"\b(?:prevent|avoid|ensure|reduce|again|future|similar|recurr\w+|reoccurr\w+|improve|likelihood|repeat|minimi[sz]e|safeguard|protect|stay|limit|earlier|sooner|catch|detect)\b"
)
_BARE = Pattern(
    r"\b(?:corrective|preventive|preventative|additional|further|extra|more|better|stronger|stricter|tighter|enhanced|improved|new|necessary|remedial|safety|appropriate|precaution\w*|safeguards?)\b"
)


_TITLE = Pattern(r"\W*(?:[\w-]+ ){0,5}[\w-]+\W*\Z")
_ANNOUNCED = Pattern(
    r"\b(?:discuss|describe|explain|outline|detail|share|list|cover|summari[sz]e|what|which|how|about) (?:the |these |some of the |which |what )*\Z"
)


def _is_a_title(document: Document, sentence: Sentence) -> bool:
    """Whether a line only names what follows: "Corrective and preventive measures"."""
    if document.text.raw[sentence.end - 1] in ".!":
        return False
    return _TITLE.match(document.scan, sentence.start, sentence.end) is not None


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if sentence.role != "item" and _is_a_title(document, sentence):
        return False
    if before(document, sentence, found, _ANNOUNCED, 40):
        return False
    if names_an_object(document, sentence, found) or is_the_response(document, sentence):
        return False
    if follows(document, sentence, found, _TO_REPAIR) or follows(
        document, sentence, found, _LISTED, 60
    ):
        return False
    if document.find(_STILL, sentence):
        return False
    if document.scan[sentence.end - 1] in ":?" or before(
        document, sentence, found, _FOR_THE_READER, 24
    ):
        return False
    if not (
        _BARE.search(document.scan, max(sentence.start, found.start() - 30), found.end())
        or _PURPOSE.search(document.scan, found.start(), sentence.end)
    ):
        return False
    sentences = document.text.sentences
    following = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
    return following is None or following.role != "item" or sentence.role == "item"


# A plan to have a plan.
_SCHEME = Pattern(
    r"\b(?:document|defin|establish|develop|creat|formali[sz]|devis|work out|draw up|build|design|need|implement|introduc|adopt|come up with|put together)(?:e|es|ed|ing|s)? (?:(?:an?|the|our|some|all|any|up) )?(?:(?:better|clear|clearer|proper|new|cohesive|comprehensive|coherent|overall|formal|internal|robust|solid|consistent|appropriate|improved|standard|response|communications?|coordination|escalation|incident|disaster|recovery|emergency|contingency|security|operational|deployment|release|mitigation|crisis|management|more \w+) (?:and )?){1,4}(?:procedures?|plans?|strateg(?:y|ies)|process(?:es)?|protocols?|polic(?:y|ies)|guidelines|framework|approach|tooling|alerting|communication|coordination)\b"
    r"|\bdocument(?:ing)? (?:the |our |all )?(?:procedures|process(?:es)?|steps|plans)\b"
    r"|\b(?:with|have|need|follow|adopt) an? (?:\w+ )?(?:cohesive|coherent|comprehensive|holistic|consistent|clear) (?:strategy|approach|plan|concept|framework)\b"
)
_TO_FIND = Pattern(
    r"\b(?:need(?:s)? to|have to|must|should|will|we'll|want to|going to|plan to|aim to) (?:\w+ )?(?:devise|come up with|work out|figure out|find|think of|develop) (?:an? |some )(?:\w+ )?(?:strategy|plan|way|solution|approach|method)s? (?:for|to|on|how)\b"
)
_FIXES = Pattern(
    r"\b(?:implement(?:ed|ing)?|appl(?:y|ied|ying)|made|making|deploy(?:ed|ing)?|carried out|put in|took) (?:all |all of )?(?:the |some |any )?(?:necessary|required|appropriate|relevant|needed|suitable|proper) (?:fixes|changes|updates|patches|adjustments|corrections|improvements|repairs|precautions)\b"
    r"|\b(?:maintenance|works?|changes|updates?|adjustments|upgrades?|tweaks) (?:[\w-]+ ){0,3}?to (?:\w+ )?(?:reduce|lower|minimi[sz]e|decrease|lessen) the (?:likelihood|chances?|risk|probability|possibility)\b"
)
_ANY_FEW = 1
"""Words that name something, with which a plan is still one for anything."""


def _keep_scheme(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether a plan, a process or a way is to be had, and neither what it holds nor for what."""
    if document.scan[sentence.end - 1] in ":?" or is_the_response(document, sentence):
        return False
    if not is_about_prevention(document, sentence) or has_mechanism(
        document, sentence, found.start()
    ):
        return False
    most = 0 if found.group().startswith("document") else _ANY_FEW
    return len(content(clause_after(document, sentence, found))) <= most


def _keep_found(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.scan[sentence.end - 1] in ":?" or is_the_response(document, sentence):
        return False
    return is_about_prevention(document, sentence)


def _keep_fixes(document: Document, sentence: Sentence, found: Match) -> bool:
    if is_the_response(document, sentence) or has_mechanism(document, sentence, found.start()):
        return False
    if follows(document, sentence, found, _TO_REPAIR) or follows(
        document, sentence, found, _LISTED, 60
    ):
        return False
    if before(document, sentence, found, _FOR_THE_READER, 24):
        return False
    return len(content(clause_after(document, sentence, found))) <= _ANY_FEW


RULE = Rule(
    id="VAG-03",
    name="unnamed-steps",
    category="vague_prevention",
    severity="warning",
    message="Which steps? List one to three.",
    better="a list of what changed",
    source="SEED",
    triggers=words(
        "steps step measures measure safeguards safeguard action actions precautions "
        "precaution countermeasures controls protections mechanisms procedures processes "
        "provisions arrangements changes adjustments updates modifications patches fixes "
        "optimizations optimisations tweaks corrective preventive preventative remedial place "
        "procedure process plan plans strategy strategies protocol protocols policy policies guidelines "
        "framework approach tooling alerting communication coordination concept way ways solution "
        "solutions method methods fix corrections improvements repairs maintenance work works update "
        "upgrade upgrades"
    ),
    look=one_of(
        matching(_STEPS, _keep),
        matching(_SCHEME, _keep_scheme),
        matching(_TO_FIND, _keep_found),
        matching(_FIXES, _keep_fixes),
    ),
    bad=examples(
        "We will define a clear escalation process.",
        "We need to come up with a plan for such evenings.",
        "The plumbers have made all the necessary corrections.",
        "Maintenance work was done to reduce the likelihood of a repeat.",
        "We have put extra checks in place.",
        "Additional safety measures were introduced to protect your details.",
        "We have taken steps to prevent a repeat.",
        "Additional measures have been implemented.",
        "We are taking immediate steps to improve.",
    ),
    good=examples(
        "We will define an escalation process in which the night porter rings the baker.",
        "We have to find a way to restore the ferry today.",
        "We made the necessary corrections to the tide table and the ferry plan.",
        "Corrective and preventive measures",
        "Below we describe the steps taken to prevent a repeat.",
        "We have taken these steps:\n\n- Both queues stop at 80% full.\n- A full queue pages an engineer.",
        "We have taken steps, including a limit of 80% on both queues.",
        "The steps to reset your password are below.",
    ),
)
