"""LEK-12: rotas, who slept, who was alone on duty."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:(?:was|were|am|i|fell|still) (?:sleeping|asleep|in bed)|woke up|under-?staffed|short-?staffed|staffing (?:gaps?|issues?|levels?|shortages?|problems?)|head-?count)\b"
    r"|\b(?:on-?call)(?: \w+)? (?:rotation|rota|shifts?|staff|schedule|handover)\b|\bnon-on-?call\b|\bshift change\b"
    r"|\b(?:on|during|over|because of|due to) (?:the |a |an |our |his |her |their )?(?:\w+ )?(?:vacation|annual leave|sick leave|parental leave|team offsite|all-hands)\b|\bon (?:a |the |my |his |her |their )?(?:public |bank )?holidays? (?:and|so|when|at the time)\b|\bholiday weekend and (?:during|on)\b|\b(?:middle of the night on|night) (?:on |of )?a holiday\b"
    r"|\b(?:one|a single|only one|two|single|no|few) (?:\w+ )?(?:engineers?|developers?|people|person|sre|employee|admin)s? (?:was |were |are |is )?(?:working|available|on duty|awake|online|on hand|at work)\b"
    r"|\bi (?:was|am|'m) (?:at|on|in|out|away|travel+ing|driving|camping|hiking|offline)\b(?: (?:a|an|the|my|at|for))?(?! (?:the process|contact|touch|able))|\bmy (?:phone|laptop|wife|husband|partner|kids|family|day job|vacation|holiday|flight|bed)\b|\b(?:went|going|gone) to (?:bed|sleep)\b|\bwoken\b"
    r"|\b(?:nobody|no one|no-one|none of us) (?:\w+ )?(?:was|were) (?:\w+ )?(?:awake|around|available|online|on duty|at (?:a|the|their) (?:computer|desk|keyboard)|watching)\b|\b(?:left|leaving|departure from) the (?:company|team)\b|\bi (?:did not|didn't) (?:see|notice|hear|get) (?:the|my|any) (?:alerts?|phone|page|notifications?|emails?|messages?)\b"
    r"|\b(?:did not|didn't) feel confident\b|\b(?:off|on)boarding (?:\w+ )?(?:an? )?(?:[\w ]{0,20})?(?:employee|engineer|colleague|team member)\b|\bin (?:her|his|their) (?:late |early )?(?:morning|afternoon|evening|night)\b"
)
_NOT_IN = Pattern(
    r"\b(?:your (?:on-?call|team lead)|customers'|we page the on-|pages? (?:our|the) on-?call)\b"
)


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="LEK-12",
    name="staffing-talk",
    category="leak",
    severity="warning",
    message="Staffing belongs in the internal review. Say what readers noticed and when.",
    better='"We noticed at 08:50 UTC, 38 minutes in"',
    source="SEED",
    triggers=words(
        "i my nobody none woken left leaving departure sleep sleeping asleep woke bed staff staffing staffed understaffed rota rotation shift shifts call oncall holiday holidays vacation weekend leave lead alone confident speaking hired hires employee employees offboarding onboarding hire hubbers lunch colleague colleagues teammate teammates sick capacity headcount bandwidth engineer engineers"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Unfortunately I was sleeping.",
        "The staffing gap delayed our progress.",
        "We had one engineer working that night.",
        "The on-call rotation changed on Monday.",
    ),
    good=examples(
        "We noticed at 08:50 UTC, 38 minutes in.", "Shops lost sales on a holiday weekend."
    ),
)
