"""VAG-05: "be more careful"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import ALL_KINDS, Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:retrain(?:ed|ing)?|remind(?:ed|ing)?|coach(?:ed|ing)?|(?:re-?)?train(?:ed|ing)?|educat(?:e|ed|ing)|instruct(?:ed|ing)?|briefed|briefing|sensiti[sz](?:e|ed|ing)) (?:\w+ ){0,2}?(?:staff|engineers?|team|teams|employees|operators|developers|colleagues|personnel|everyone)\b"
    r"|\b(?:staff|engineers?|team|teams|employees|operators) (?:\w+ ){0,2}?(?:retrained|reminded|coached|trained|instructed|briefed|sensiti[sz]ed|made aware)\b"
    r"|\b(?:be|being|been) (?:more|extra|much more) (?:careful|vigilant|diligent|cautious|proactive|mindful|attentive|thorough|rigorous|aware|conservative|disciplined|alert)\b|\brais(?:e|ed|ing) (?:\w+ )?awareness\b|\bdouble-?check(?:ing|ed)?\b(?! (?:by|in the tool))|\b(?:better|improve\w*|more) (?:\w+ )?communication\b|\bcommunicat(?:e|ing) (?:\w+ )?(?:better|more|faster|sooner|clearer|earlier)\b|\bpay(?:ing)? (?:more|closer|extra|better) attention\b|\b(?:greater|more|extra|additional|better) (?:care|vigilance|attention|diligence|scrutiny)\b|\bmore (?:careful|vigilant|proactive)(?:ly)?\b|\bextra (?:care|caution|vigilance)\b"
    r"|(?:\A\W*|(?:\n|^)\W*|\b(?:will|to|must|should|'ll|again|has been|have been) )(?:re-?)?(?:emphasi[sz]|stress|reiterat|underlin|reinforc|highlight)(?:e|ed|ing)? (?:the )?(?:importance|need|value|necessity) (?:of|for|to)\b"
    r"|\b(?:adher(?:e|ing)|stick(?:ing)?|adherence) (?:\w+ )?to (?:our |the |all |existing |these )*(?:\w+ )?(?:polic(?:y|ies)|procedures?|process(?:es)?|guidelines|rules|protocols?|best practices)\b"
    r"|\b(?:regular|better|improved|closer|clearer?|more|effective|open) (?:communication|coordination|collaboration|cooperation|meetings|exchange)\b[^.;:]{0,110}?\b(?:should|will|must|needs? to|has to) be (?:\w+ )?(?:established|held|ensured|maintained|introduced|put|set|encouraged|fostered|improved|strengthened)\b"
)
_NOT_BEFORE = Pattern(
    r"\b(?:so|that|not|n't|instead of|rather than|please|you|to your)(?: \w+)? \Z"
)
_NOT_IN = Pattern(r"\b(?:now (?:refuses|blocks|requires|stops|asks)|please (?:be|double)|your)\b")


# "We did not double-check" owns up to what was left out.
_OMITTED = Pattern(r"(?:\bnot|n't|\bnever|\bwithout) (?:\w+ )?\Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if before(document, sentence, found, _OMITTED, 12):
        return False
    return not before(document, sentence, found, _NOT_BEFORE) and not document.find(
        _NOT_IN, sentence
    )


RULE = Rule(
    id="VAG-05",
    name="asks-for-more-care",
    category="vague_prevention",
    severity="warning",
    message="Asking people to try harder is the weakest fix. What makes the mistake hard?",
    better='"The tool now refuses it"',
    source="DEK, RCA2",
    kinds=ALL_KINDS,
    triggers=words(
        "retrain retrained retraining remind reminded reminding coach coached careful "
        "awareness double vigilant training trained diligent communication communicate "
        "cautious diligence proactive vigilance caution communicating educate educated "
        "educating instruct instructed instructing briefing briefed sensitise sensitised aware "
        "attentive thorough rigorous mindful conservative disciplined alert attention care "
        "scrutiny coaching train importance need value necessity adhere adhering adherence stick sticking coordination collaboration cooperation meetings exchange"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Staff have been reminded to double-check.",
        "We will be more careful.",
        "We will raise awareness in the team.",
        "We will stress the importance of locking the gate.",
        "Everybody must strictly adhere to our guidelines.",
        "Regular coordination between kitchen and bar should be established.",
    ),
    good=examples(
        "The tool now refuses a change this large.",
        "Please double-check that your export is complete.",
        "The fire showed the need for a second exit.",
    ),
)
