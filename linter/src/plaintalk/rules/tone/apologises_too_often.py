"""TON-07: three apologies in a short text."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.rule import Hit, Rule, examples

_SORRY = Pattern(r"\b(?:sorry|apologi[sz]e[sd]?|apologi[sz]ing|apolog(?:y|ies))\b")
_MOST = 2
_LONG = 200


def _survey(document: Document) -> Iterator[Hit]:
    scan = document.scan
    if scan.count("sorry") + scan.count("apolog") <= _MOST or document.word_count >= _LONG:
        return
    found = list(_SORRY.finditer(scan))
    if len(found) > _MOST:
        yield Hit(*found[_MOST].span())


RULE = Rule(
    id="TON-07",
    name="apologises-too-often",
    category="tone",
    severity="suggestion",
    message="One clear apology is stronger.",
    better=None,
    source="LEW",
    survey=_survey,
    bad=examples("We are sorry. We apologise for the delay. Once more, our apologies."),
    good=examples("We are sorry that your uploads failed."),
)
