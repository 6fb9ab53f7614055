"""MIN-15: "some users" in the title, all of them in the text."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.rule import Hit, Rule, examples

_READERS = r"(?:users?|customers?|accounts?|clients?|members?|subscribers?|people|merchants|shops|players|visitors|tenants)"
_FEW = Pattern(
    rf"\b(?:some|certain|several|a few|a subset of|a (?:small )?number of|a portion of) (?:[\w'-]+ ){{0,3}}?{_READERS}\b"
    r"|\b(?:partial|minor|intermittent|degraded|brief|short) (?:\w+ )?(?:outage|disruption|issues?|degradation|performance)\b"
)
_ALL = Pattern(
    rf"\b(?:all|every|each of our|100 ?% of) (?:of )?(?:our |the )?(?:[\w'-]+ ){{0,2}}?{_READERS}\b"
    r"|\b(?:full|complete|total|major) (?:\w+ )?(?:outage|loss of service|unavailability)\b"
)
_SPARED = Pattern(
    r"\b(?:not|no longer|restored|resolved|recovered|working|again|now|operational|fixed|unaffected|notif\w+|apologi\w+|thank\w*|inform\w*|contact\w*|safe|intact)\b"
)
_TITLE_LENGTH = 140


def _survey(document: Document) -> Iterator[Hit]:
    sentences = document.text.sentences
    if len(sentences) < 2:
        return
    title = sentences[0]
    end = title.end
    if document.text.raw[end - 1] == "." and document.text.raw[end : end + 1] not in ("\n", ""):
        return
    if end - title.start > _TITLE_LENGTH or sentences[1].block == title.block:
        return
    shrunk = _FEW.search(document.scan, title.start, end)
    if shrunk is None:
        return
    for sentence in sentences[1:]:
        whole = _ALL.search(document.scan, sentence.start, sentence.end)
        if whole and not _SPARED.search(document.scan, sentence.start, sentence.end):
            yield Hit(*shrunk.span())
            return


RULE = Rule(
    id="MIN-15",
    name="smaller-title",
    category="minimising",
    severity="warning",
    message="The title makes it smaller than the text does. Many read only the title.",
    better='"Sign-in was down for everyone"',
    source="SEED",
    roles=("text", "item", "subject", "heading", "label"),
    survey=_survey,
    bad=examples(
        "Sign-in is unavailable for some users\n\nWe had a major outage that hit all users on all plans.",
        "Partial outage of payments\n\nPayments failed for all customers from 08:12 to 14:24 UTC.",
    ),
    good=examples(
        "Sign-in is unavailable for some users\n\nUsers in the EU could not sign in.",
        "Some users could not sign in\n\nThe fault has been fixed for all users.",
    ),
)
