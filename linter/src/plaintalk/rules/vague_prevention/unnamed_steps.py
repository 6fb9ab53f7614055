"""VAG-03: "steps have been taken"."""

from plaintalk.cues.measures import has_mechanism
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, follows, matching
from plaintalk.text import Sentence

_STEPS = Pattern(
    r"\b(?:steps|measures|safeguards|actions?|precautions|controls) (?:\w+ )?(?:have been|has been|were|will be|are being|had been)(?: \w+)? (?:taken|implemented|put in place|adopted|made)\b"
    r"|\b(?:tak(?:e|en|ing)|took|implement(?:ed|ing)?|put(?:ting)?(?: in place)?|adopt(?:ed|ing)?) (?:all )?(?:(?:the|a number of|several|various|many|some|every|any) )?"
    r"(?:(?:necessary|immediate|appropriate|additional|further|corrective|preventive|preventative|proactive|concrete|important|required|possible|extra) (?:and )?){0,2}"
    r"(?:steps?|measures?|safeguards|precautions|actions?)\b"
)
_LISTED = Pattern(
    r" ?(?:[\w ]{0,40})?(?::|—|–|, (?:including|such as|for example)| such as| including| by \w+ing)"
)
_TO_REPAIR = Pattern(
    r" to (?:\w+ )?(?:resolve|mitigate|restore|fix|address|stop|recover|contain|repair|bring|limit|remove|rotate)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if has_mechanism(document, sentence) or follows(document, sentence, found, _TO_REPAIR):
        return False
    if follows(document, sentence, found, _LISTED, 60):
        return False
    if document.scan[sentence.end - 1] == ":":
        return False
    sentences = document.text.sentences
    following = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
    return following is None or following.role != "item" or sentence.role == "item"


RULE = Rule(
    id="VAG-03",
    name="unnamed-steps",
    category="vague_prevention",
    severity="warning",
    message="Which steps? List one to three.",
    better="a list of what changed",
    source="SEED",
    triggers=words("steps step measures measure safeguards action actions precautions controls"),
    look=matching(_STEPS, _keep),
    bad=examples(
        "We have taken steps to prevent a repeat.",
        "Additional measures have been implemented.",
        "We are taking immediate steps to improve.",
    ),
    good=examples(
        "We have taken these steps:\n\n- Both queues stop at 80% full.\n- A full queue pages an engineer.",
        "We have taken steps, including a limit of 80% on both queues.",
        "The steps to reset your password are below.",
    ),
)
