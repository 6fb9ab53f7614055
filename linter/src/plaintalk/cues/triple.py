"""A measure said whole: what changed, why that matters here, how it lowers the risk."""

from collections.abc import Iterator
from typing import Final

from plaintalk.cues.measures import PREVENTION_WORDS, is_change
from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.text import Sentence

_WHY: Final = Pattern(
    r"\b(?:because|this matters|last time|in (?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december)|the cause was|that is how|before[,:]|instead of|our \w+ (?:hid|covered|missed)"
    r"|only covered|was missing|used an empty|until now|had (?:no|only)|which (?:hid|let|caused|blocked))\b"
)
_RISK: Final = Pattern(
    r"\b(?:so that|so (?:we|it|a|an|the|that|losing|one)|to (?:stop|limit|catch|detect|reduce|block)|instead of|at most"
    r"|within \d+|before (?:it|they|emails|customers|users|one|any)|cannot go out|less likely|minutes,? not hours"
    r"|now (?:stops?|blocks?|refuses?|alerts?)|would reach|could still|reduc\w+ the (?:risk|likelihood|chance)|by themselves)\b"
)
_TRIGGERS: Final = words(PREVENTION_WORDS)
_WEAK: Final = Pattern(
    r"\b(?:document(?:ation|ed|ing)?|runbooks?|training|train(?:ed)?|dashboards?|wiki|guidelines|checklists?|playbooks?"
    r"|graphs?|reminded|awareness)\b"
)


def measures_of(document: Document) -> Iterator[Sentence]:
    """Sentences that name a change, from the first one that coverage accepted; found one by one."""
    first = document.element("prevention")
    if first.state == "answered" and first.sentence is not None:
        for one in document.text.sentences[first.sentence.index :]:
            if one.role in ("text", "item") and is_change(document, one):
                yield one


def incomplete_measure(document: Document) -> Sentence | None:
    """The first measure that has neither a why nor an effect beside it, in it or next to it."""
    if document.element("prevention").state != "answered":
        return None
    for one in measures_of(document):
        following = document.text.following(one)
        end = following.end if following else one.end
        before = document.text.preceding(one)
        start = before.start if before and before.block == one.block else one.start
        why = _WHY.search(document.scan, start, end)
        risk = _RISK.search(document.scan, one.start, end)
        if not why and not risk:
            return one
    return None


def is_weak(document: Document, sentence: Sentence) -> bool:
    """Whether a measure only advises people or shows them graphs."""
    return document.find(_WEAK, sentence) is not None
