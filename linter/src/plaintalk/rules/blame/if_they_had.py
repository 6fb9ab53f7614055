"""BLM-19: "had the clerk read the note", "he should have known better"."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.people import READER, ROLE, SUPPLIED, TEAM
from plaintalk.rule import ALL_KINDS, EVERYWHERE, Rule, examples, matching
from plaintalk.text import Sentence

_WHO: Final = rf"(?:{ROLE}|{TEAM}|{SUPPLIED}|{READER})"
_DET: Final = (
    r"(?:an?|the|our|their|his|her|its|one|that|this|any|some|either|those|these|both|more)"
)
_NP: Final = rf"(?:{_DET} (?:[\w'&-]+ ){{0,4}}?{_WHO}(?: (?:of|in|at|on|from) (?:[\w'-]+ ){{1,3}}?)?|customers|users|drivers|staff|parents|people|someone|somebody|anyone|anybody|they|he|she|management|marketing|finance|you|readers)"
_PATTERN: Final = Pattern(
    rf"\b(?:had|if|if only|unless|were) {_NP} (?:\w+ )?(?:(?:had |have |has |been |not |only |simply |just |bothered to |taken the |actually )*)(?:done|read|followed|checked|listened|told|warned|informed|asked|looked|paid|reported|reacted|acted|tested|noticed|kept|waited|used|taken|thought|answered|replied|updated|called|spoken|been (?:more |at |on |paying |awake|careful\w*)|bothered|learned|learnt|stuck|understood|known|opened|closed|locked|verified|heeded|respected|obeyed|stayed|written|renewed|delivered|ordered|planned|trained|installed|turned|watched|finished|prepared|escalated|shown|given|let us|kept (?:its|their)|honou?red)\b"
    rf"|\bwould (?:this|it|that|they|we|the|any|so) (?:[\w'-]+ ){{0,8}}?have (?:\w+ ){{1,5}}?(?:if|had) {_NP}\b|\b(?:none of this|this|it|nothing) would (?:never |not )?have (?:\w+ ){{1,6}}?(?:if|had|but for) {_NP}\b|\bbut for {_NP}(?:'s|')?\b"
    rf"|\b(?:should|ought to|must|could) (?:\w+ )?have known better\b|\b(?:knew|know|knows|known) better\b|\bhave known better than\b"
    rf"|\b(?:any|an?|a more|a less|every|even an?) (?:halfway |half-way |more |reasonably |properly |minimally |moderately |even )?(?:experienced|competent|careful|attentive|diligent|trained|qualified|responsible|professional|serious|capable|sensible|decent|first-year|conscientious|thorough|half-awake|good|reputable|prudent|alert|senior) (?:[\w-]+ )?{_WHO} (?:would|could|should|might|must|ought|knows?|will|does|checks?|tests?|reads?)\b"
    rf"|\b(?:an?|the|our|their|one|this|that) (?:[\w'&-]+ ){{0,4}}?(?:{ROLE}|{SUPPLIED}) (?:who |which |that )?(?:\w+ly )?(?:should|ought to) (?:\w+ )?have\b(?! received| seen| got| been (?:able|paid|told|given|sent|informed))"
    rf"|\b(?:an?|the|our|their|one|this|that) (?:[\w'&-]+ ){{0,4}}?{ROLE} (?:was|were|is) (?:\w+ )?(?:supposed|meant|expected|obliged|required|told|warned|asked|instructed) (?:\w+ )?to (?!be\b|arrive|receive|get\b)(?:\w+ ){{1,9}}?(?:but|and) (?:did|had|has|was|were|simply|never|forgot|went|chose|failed|left)\b"
    rf"|\b(?:had|have|has|having) (?:\w+ )?been (?:clearly |expressly |explicitly |repeatedly |specifically |often |already |twice |plainly )*(?:told|warned|instructed|asked|advised|reminded|forbidden) (?:\w+ )?(?:not to|never to|to (?!be\b|expect)|against|more than once|about this|in writing|several times|twice|time and again|before)\b"
    r"|\b(?:despite|in spite of|against|contrary to|ignoring|notwithstanding) (?:all |our |the |my |repeated |several |clear |explicit |express |many |three |two |numerous )+(?:warnings?|reminders?|instructions?|advice|requests?|orders?|rules?|training|announcements?|e-?mails?|letters?|notices?|guidance|policy|recommendations?)\b"
    r"|\bhow hard (?:can|could|is) (?:it|that)\b|\bwhat (?:were|was|are|is) (?:they|he|she|\w+ \w+) thinking\b|\bwhat (?:else )?(?:do|did|would|can|could) (?:you|one|we|anyone) expect (?:from|of)\b|\bone (?:would|might|should) (?:have )?(?:expect(?:ed)?|think|thought|hope[d]?|assume[d]?)(?: that| of| from)? (?:an?|the|our|any|someone)\b"
    r"|\b(?:is|was|would (?:it )?be|would it have been) (?:it )?(?:too|so) (?:much|hard|difficult) (?:to ask|to expect|for (?:the|a|an|our|them|him|her))\b"
)
_OURS: Final = Pattern(
    r"\b(?:our (?:own )?(?:fault|mistake|omission|instructions?|plan|form)|had (?:not|never) (?:told|asked|shown|given)|did not (?:tell|show|give|ask)|could have (?:seen|known) (?:nothing|no)|green|we (?:should|had not|ought|did not|never))\b"
)
_HELP: Final = Pattern(
    r"(?:if|unless|had) (?:you|customers|users|parents|readers|drivers|guests|they)\b"
)
_ASKED: Final = Pattern(r"had (?:\w+ )?been ")
_REGRET: Final = Pattern(
    r"\b(?:would|wouldn't|could have|none of|never|nothing|not have|had only|only)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.find(_OURS, sentence):
        return False
    said = found.group()
    if said.startswith(("if", "had", "unless", "were")) and not _ASKED.match(said):
        # "If you have read the letter, do nothing" asks for nothing that did not happen.
        return _REGRET.search(document.scan, sentence.start, sentence.end) is not None
    return True


RULE = Rule(
    id="BLM-19",
    name="if-they-had",
    category="blame",
    severity="warning",
    message="It measures somebody against a day that never happened. Say what they saw, and what you change.",
    better='"the note lay in a drawer; it now hangs on the door"',
    source="ETSY, DEK",
    kinds=ALL_KINDS,
    roles=EVERYWHERE,
    triggers=words(
        "advised against alert anyone asked assume assumed attentive awake better but capable careful competent conscientious contrary decent despite difficult "
        "diligent expect expected experienced first forbidden good had hard hope hoped if ignoring instructed meant might much never none nothing "
        "notwithstanding obliged ought professional prudent qualified reminded reputable required responsible senior sensible serious should spite supposed "
        "think thinking thorough thought told trained unless warned were would"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Had the porter read the note on the door, the cold room would be full.",
        "If the caterer had listened, nothing would have spoiled.",
        "The gate was left open by a guard who should have known better.",
        "Any competent plumber would have turned the tap first.",
        "The drivers had been told not to park there.",
        "The boxes were stacked in the yard despite our repeated warnings.",
        "Would it have burned if the cook had stayed? Hardly.",
    ),
    good=examples(
        "The note lay in a drawer; it now hangs on the door.",
        "If the parcel has not arrived by noon, call us.",
        "We should have told you sooner.",
        "Had the second pump started, the cellar would have stayed dry.",
        "You were asked to pay twice; please ignore the second letter.",
    ),
)
