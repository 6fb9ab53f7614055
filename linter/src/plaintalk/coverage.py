"""Which of the readers' questions a text answers, and with which sentence.

Elements are small: a symptom, a cause, who, how long. The questions of the report (`ANSWERS`) are
put together from them. An element is answered when a cue stands in a sentence *and* its slot is
filled (a number, a date, a named thing); a cue with an empty slot is `partly`. That something is
said does not make it true or kind: the sentence is shown so that a reader can disagree.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from plaintalk.cues import closing, data, measures, questions, told
from plaintalk.document import MISSING, Document, Evidence
from plaintalk.finding import Answer, State
from plaintalk.pattern import Pattern, words
from plaintalk.text import Sentence

Judge: TypeAlias = Callable[[Document, Sentence], State | None]


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """One thing a text may say. `linked` names rules whose errors spoil a sentence for it."""

    name: str
    triggers: frozenset[str]
    judge: Judge
    linked: frozenset[str] = frozenset()
    in_headings: bool = False
    over_all: Callable[[Document, list[Sentence]], Evidence | None] | None = None
    patterns: tuple[Pattern, ...] = ()
    """Where they are named, a sentence matters only if one of them matches it."""


ELEMENTS: Final[tuple[Element, ...]] = (
    Element("symptom", words(questions.SYMPTOM_WORDS), questions.symptom),
    Element(
        "cause",
        words(questions.CAUSE_WORDS),
        questions.cause,
        words("REC-14"),
        patterns=(questions.CAUSE_UNKNOWN, questions.CAUSE, questions.MISHAP),
    ),
    Element("who", words(questions.WHO_WORDS), questions.who, words("REC-02 REC-05 REC-13")),
    Element(
        "duration",
        words(questions.DURATION_WORDS),
        questions.duration,
        words("REC-03"),
        over_all=questions.duration_of_timeline,
    ),
    Element(
        "prevention",
        words(measures.PREVENTION_WORDS),
        measures.prevention,
        words("OVR-01 REC-11 REC-15 REC-16"),
    ),
    Element(
        "data",
        words(data.DATA_WORDS),
        data.data_effect,
        words("REC-10 DEF-15"),
        patterns=(data.DENIAL, data.DISCLOSED, data.PARTLY),
    ),
    Element(
        "resolved",
        words(closing.RESOLVED_WORDS),
        closing.resolved,
        in_headings=True,
        patterns=(closing.NOT_YET, closing.RESOLVED),
    ),
    Element(
        "stability",
        words(closing.STABILITY_WORDS),
        closing.stability,
        words("REC-08"),
        patterns=(closing.STABILITY,),
    ),
    Element(
        "held", words(closing.HELD_WORDS), closing.held, words("REC-08"), patterns=(closing.HELD,)
    ),
    Element("thanks", words(closing.THANKS_WORDS), closing.thanks, patterns=(closing.THANKS,)),
    Element("regret", words(closing.REGRET_WORDS), closing.regret, patterns=(closing.REGRET,)),
    Element(
        "ownership",
        words(closing.OWNERSHIP_WORDS),
        closing.ownership,
        patterns=(closing.OWNERSHIP,),
    ),
    Element(
        "next_step",
        words(closing.NEXT_STEP_WORDS),
        closing.next_step,
        patterns=(closing.PROMISED, closing.NEXT_STEP),
    ),
    Element("help", words(closing.HELP_WORDS), closing.help_route, patterns=(closing.HELP,)),
)

_RANK: Final[Mapping[State, int]] = {"missing": 0, "partly": 1, "answered": 2}


def judge_elements(
    document: Document,
    candidates: Sequence[list[Sentence]],
    spoiled: Mapping[int, set[str]],
) -> dict[str, Evidence]:
    """The best evidence for every element.

    `candidates` holds, by position in `ELEMENTS`, the sentences with a trigger of it in reading
    order; `spoiled` the rules that found an error, by sentence index.
    """
    found: dict[str, Evidence] = {}
    for element, sentences in zip(ELEMENTS, candidates, strict=True):
        best = MISSING
        for sentence in sentences:
            state = element.judge(document, sentence)
            if state and not element.linked.isdisjoint(spoiled.get(sentence.index, ())):
                state = "partly"
            if state and _RANK[state] > _RANK[best.state]:
                best = Evidence(state, sentence)
                if state == "answered":
                    break
        if best.state != "answered" and element.over_all is not None:
            best = element.over_all(document, sentences) or best
        found[element.name] = best
    return found


def _what_happened(document: Document) -> Evidence:
    """What people felt and why, or the plain statement that why is not yet known."""
    symptom = _at_best(document, document.element("symptom"), told.felt)
    if symptom.state != "answered":
        if symptom.state == "missing":
            return document.element("cause")
        return Evidence("partly", symptom.sentence)
    cause = _at_best(document, document.element("cause"), told.explanation)
    return symptom if cause.state == "answered" else Evidence("partly", symptom.sentence)


def _who_affected(document: Document) -> Evidence:
    """A group, or at least the part of the product that was hit."""
    who = _at_best(document, document.element("who"), told.whom)
    if who.state == "missing":
        symptom = document.element("symptom")
        return Evidence("partly", symptom.sentence) if symptom.sentence else who
    return who


def _at_best(
    document: Document, evidence: Evidence, told_otherwise: Callable[[Document], Evidence]
) -> Evidence:
    """An element as its words tell it, or as the shape of sentences does if that says more."""
    if evidence.state == "answered":
        return evidence
    other = told_otherwise(document)
    return other if _RANK[other.state] > _RANK[evidence.state] else evidence


def _ownership(document: Document) -> Evidence:
    ownership, regret = document.element("ownership"), document.element("regret")
    if ownership.state == "answered":
        return ownership
    if regret.state != "missing":
        return Evidence("partly", regret.sentence)
    return ownership


def _thanks(document: Document) -> Evidence:
    thanks, regret = document.element("thanks"), document.element("regret")
    return thanks if _RANK[thanks.state] >= _RANK[regret.state] else regret


ANSWERS: Final[tuple[tuple[str, Callable[[Document], Evidence]], ...]] = (
    ("what_happened", _what_happened),
    ("who_affected", _who_affected),
    ("duration", lambda document: _at_best(document, document.element("duration"), told.hours)),
    (
        "prevention",
        lambda document: _at_best(document, document.element("prevention"), told.measure),
    ),
    ("data_impact", lambda document: document.element("data")),
    ("resolved", lambda document: _at_best(document, document.element("resolved"), told.over)),
    ("stability", lambda document: document.element("stability")),
    ("thanks", _thanks),
    ("ownership", _ownership),
    ("next_step", lambda document: document.element("next_step")),
)


def answers(document: Document) -> dict[str, Answer]:
    """The coverage of the report, in its fixed order."""
    raw = document.text.raw
    found: dict[str, Answer] = {}
    for key, combine in ANSWERS:
        evidence = combine(document)
        place = evidence.sentence
        if place is None:
            found[key] = Answer(evidence.state)
        else:
            quote = raw[place.start : place.end]
            found[key] = Answer(evidence.state, quote, place.start, place.end)
    return found
