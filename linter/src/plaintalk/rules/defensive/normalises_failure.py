"""DEF-18: "even the largest companies have outages"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\beven (?:the )?(?:biggest|largest|best|most \w+|big|large|great|google|amazon|aws|microsoft|facebook) (?:[\w-]+ ){0,3}?(?:have|has|had|fail|fails|suffer|suffers|go down|goes down|experience|experiences|make|makes|can)\b"
    r"|\bno (?:software|system|service|network|company|provider|technology|code|platform|infrastructure|one|hardware|database) (?:\w+ )?(?:is|are|can be|runs) (?:\w+ )?(?:perfect|immune|infallible|free (?:of|from)|100 ?%|without|bug-free|completely)\b"
    r"|\b(?:these|such|those) things (?:do |can |will |just |sometimes )*happen\b|\b(?:it|this|things|stuff|outages|mistakes|bugs|failures|accidents) (?:can |do |does |will |just |sometimes )*happens? (?:to|in|with|from time|every now|at|everywhere|now and then|sometimes)\b"
    r"|\b(?:outages|failures|incidents|problems|bugs|errors|mistakes|downtime|hiccups) (?:like this |like these |of this kind )?(?:are|is) (?:\w+ )?(?:unavoidable|inevitable|normal|to be expected|a fact of life|part of|common|bound to)\b"
    r"|\b(?:as|like) with (?:any|every|all|most|other|many) (?:[\w-]+ ){0,3}?(?:systems?|software|services?|platforms?|technolog(?:y|ies)|companies|products?|infrastructure)\b"
    r"|\bwe (?:are|were)(?:n't| not) (?:alone|the only)\b|\b(?:many|several|most|countless|numerous|lots of|other) (?:other )?(?:companies|services|sites|websites|providers|platforms|businesses|major \w+) (?:\w+ )?(?:were|are|have been|had|suffered|experienced|face) (?:also |too |similarly )(?:\w+ )?(?:affected|hit|down|impacted|the same|similar|similarly)\b|\b(?:hardware|software|computers|servers|disks|machines|things|systems|people|humans) (?:\w+ )?(?:fails?|break|breaks|crash|crashes|make mistakes|go wrong)\b(?! (?:to|at|when|in|on|with|after|because|due))"
    r"|\bthere (?:will|are|can|is) (?:always |still )?(?:be |going to be |bound to be )?(?:always |some |a few )*(?:bumps|hiccups|setbacks|glitches|teething|rough edges|growing pains)\b"
    r"|\bcould (?:have )?happen(?:ed)? to (?:any|every)\w*\b|\b(?:came|comes) as (?:a|an) (?:\w+ )?(?:surprise|shock) to us\b"
    r"|\b(?:part|nature|cost|price) of (?:running|operating|life|the (?:game|business|job|internet|cloud|beast)|doing business|being online)\b"
    r"|\b(?:outages?|interruptions?|failures?|incidents?|downtime|problems|issues|hiccups|bugs|mistakes) (?:\w+ ){0,2}?(?:from time to time|every now and then|now and then|once in a while|now and again|sooner or later|occasionally)\b"
    r"|\b(?:nobody|no one|we are all|we're all) (?:is |only )?(?:perfect|human|infallible)\b|\bto err is human\b|\b(?:comes|goes) with the territory\b"
)

_NOT_BEFORE = Pattern(
    r"\b(?:when|if|should|that|whenever|even if|before|until|these|those|which|whose) (?:\w+ ){0,2}\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.scan[sentence.end - 1] == "?":
        return False
    return not before(document, sentence, found, _NOT_BEFORE)


RULE = Rule(
    id="DEF-18",
    name="normalises-failure",
    category="defensive",
    severity="warning",
    message="It tells people that they should have expected it. Say what failed here.",
    better="what failed, and what you change",
    source="BEN",
    triggers=words(
        "even no things happen happens outages failures incidents problems bugs errors "
        "mistakes downtime hiccups with part nature cost price nobody perfect human territory "
        "stuff accidents alone only many several most countless numerous other hardware "
        "software computers servers disks machines systems people humans bumps setbacks outage failure incident interruption interruptions issues "
        "glitches teething rough growing could came comes surprise shock"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Even the largest companies have outages.",
        "No software is free of bugs.",
        "Failures are unavoidable in a system like ours.",
        "We have outages now and then.",
    ),
    good=examples(
        "No request was lost, even while the second copy was missing.",
        "Two errors happened to be in the same file.",
    ),
)
