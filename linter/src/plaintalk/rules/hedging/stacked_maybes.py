"""HDG-04: three or more maybes in one sentence."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_MAYBE = Pattern(
    r"\b(?:(?<!\d\s)may(?!\s\d)|might|appears?|likely|possibly|potential(?:ly)?|believed?|seems?|suspect(?:ed)?|perhaps|could)\b"
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    found = list(document.each(_MAYBE, sentence))
    if len(found) < 3:
        return None
    return Hit(found[0].start(), found[-1].end())


RULE = Rule(
    id="HDG-04",
    name="stacked-maybes",
    category="hedging",
    severity="warning",
    message="Stacked maybes. Split: what you know, what you do not know, and when you will.",
    better=None,
    source="ZOU",
    triggers=words(
        "may might appears appear likely possibly potentially believed potential seems suspected could perhaps"
    ),
    look=_look,
    patterns=(_MAYBE,),
    bad=examples("It appears that some files may possibly have been seen."),
    good=examples(
        "We know that one file was seen. We do not know by whom.",
        "On 3 May, 4 May and 5 May 2026 uploads failed.",
    ),
)
