"""JRG-07: "utilise", "prior to"."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_PATTERN = Pattern(
    r"\b(?:utili[sz](?:e|es|ed|ing)|leverag(?:e|ed|es|ing)|remediat(?:e|ed|es|ing|ion)|prior to|in order to|facilitat(?:e|ed|es|ing)|commenc(?:e|ed|es|ing)|ascertain(?:ed)?|expedit(?:e|ed|ing)|endeavou?r|subsequent(?:ly)?(?: to)?|aforementioned)\b"
)

RULE = Rule(
    id="JRG-07",
    name="office-words",
    category="jargon",
    severity="suggestion",
    message="There is a shorter word with the same meaning.",
    better="use, fix, before, to, help, start",
    source="PL",
    triggers=words(
        "utilise utilised utilising utilize utilized utilizing leverage leveraged leveraging remediate remediated remediating remediation prior order facilitate facilitated commence commenced ascertain ascertained terminate expedite endeavour endeavor subsequent subsequently aforementioned"
    ),
    look=matching(_PATTERN),
    bad=examples(
        "We utilise a queue in order to send emails.", "We remediated the fault prior to noon."
    ),
    good=examples("We use a queue to send emails.", "CPU utilization rose."),
)
