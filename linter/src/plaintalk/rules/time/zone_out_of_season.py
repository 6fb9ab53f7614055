"""TIM-06: EST in July, or several zones without conversion."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_WINTER = words("est cst mst pst cet eet")
_SUMMER = words("edt cdt mdt pdt cest bst eest")
_SUMMER_MONTH = Pattern(r"\b(?:april|may|june|july|august|september)\b|\b20\d\d-0[4-9]-")
_WINTER_MONTH = Pattern(r"\b(?:december|january|february)\b|\b20\d\d-(?:12|01|02)-")
_ZONE = Pattern(
    r"\d ?(?:[ap]\.?m\.? ?)?\(?(?P<zone>est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|bst|eest|eet)\b"
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    found = document.find(_ZONE, sentence)
    if not found:
        return None
    zone = found["zone"]
    summer = document.find(_SUMMER_MONTH, sentence)
    winter = document.find(_WINTER_MONTH, sentence)
    wrong = (zone in _WINTER and summer and not winter) or (
        zone in _SUMMER and winter and not summer
    )
    return Hit(*found.span("zone")) if wrong else None


RULE = Rule(
    id="TIM-06",
    name="zone-out-of-season",
    category="time",
    severity="warning",
    message="That zone is not in force on that date.",
    better='"14:24 UTC"',
    source="GDEV",
    triggers=words("est edt cst cdt mst mdt pst pdt cet cest bst eest eet"),
    look=_look,
    bad=examples(
        "On 4 July 2026 exports failed at 9:30 am EST.",
        "On 4 January 2026 exports failed at 9:30 CEST.",
    ),
    good=examples(
        "On 4 July 2026 exports failed at 9:30 am EDT.",
        "On 4 January 2026 exports failed at 9:30 CET.",
    ),
)
