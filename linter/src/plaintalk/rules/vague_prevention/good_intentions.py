"""VAG-15: a sentence about getting better that could end any other report."""

from typing import Final

from plaintalk.compiled import later
from plaintalk.concrete import (
    content,
    has_mechanism,
    is_about_prevention,
    is_the_response,
)
from plaintalk.document import NUMERAL, Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_BETTER: Final = Pattern(
    r"\b(?:improv(?:e|es|ed|ing|ements?)|enhanc(?:e|es|ed|ing|ements?)|strengthen\w*|harden(?:ed|ing)?|tighten\w*|optimi[sz](?:e|ed|es|ing|ations?)|safer|sturdier|smoother|smarter|(?:more|less) (?:reliabl[ey]|resilien\w+|robust(?:ly)?|stable|careful(?:ly)?|attenti\w+|fragile|vigilan\w+|thorough(?:ly)?|secure(?:ly)?|effective(?:ly)?|error-prone|redundan\w+|prone|proactive\w*|brittle)"
    r"|overhaul\w*|rethought|rethink\w*|rework\w*|revisit\w*|re-?evaluat\w*|reassess\w*|reconsider\w*|moderni[sz]\w+|professionali[sz]\w+|lessons?|insights?|learnings?|food for thought|wake-up call|counter-?measures|precautions|action (?:items|points)|action plan|mitigations|improvement plan|keep an eye|nicer way|better way|stone (?:will be |is )?(?:left )?unturned"
    r"|coordinated better|better coordinat\w+|handled better|(?:do|doing) better|(?:be|is|are) extended|(?:steps|measures|actions|safeguards|controls|provisions|arrangements)|(?:stop|prevent|avoid|keep) (?:this|it|that|such|these|similar|the same)(?: \w+){0,4}? (?:happen\w*|occur\w*|recurr\w*|repeat\w*|again)|not (?:be )?(?:repeated|repeat itself|recur|happen again)|(?:chance|risk|likelihood|probability) of (?:recurrence|repetition|a repeat|this happening|such)"
    r"|work (?:on|at) (?:that|it|this|these)|tackl(?:e|ed|ing)|(?:will|shall) (?:be )?address(?:ed|ing)?|look(?:ing)? into (?:ways|options|how|possibilities)|thinking (?:about|of|hard)|brainstorm\w*|explor(?:e|ed|ing)|get(?:ting)? away from|phase out|more servers|more capacity|extra capacity|awareness|vigilance|mindful|take (?:it|this) (?:on board|to heart|seriously)|taken (?:it |this )?(?:on board|to heart)|drawn? (?:our |the |conclusions|consequences|lessons)|conclusions|been noted|on (?:our|the) (?:radar|list|agenda|roadmap|to-?do)|roadmap|let you down|fit for (?:winter|the future|purpose)|future-proof|raise the bar|up our game|step(?:ping|ped)? up|intensif\w+|redouble\w*|notice sooner|respond (?:more|faster|better|to comparable)|comparable (?:events|cases|situations)|culture|mindset|best practices?)\b"
)
_MEASURES: Final = Pattern(
    r"(?:steps|measures|actions|safeguards|controls|provisions|arrangements)\Z"
)
_TAKEN: Final = Pattern(
    r"\b(?:taken|taking|put in place|in place|implement\w*|under way|underway|initiated|introduced|adopted|in motion|discussed|defined|identified|planned|follow|derived|agreed|prepared|to (?:\w+ )?(?:stop|prevent|avoid|reduce))\b"
)
_INTENT: Final = Pattern(
    r"\b(?:will|we'll|'ll|going to|plan(?:s|ned|ning)?|aim(?:s|ing)?|intend\w*|hope(?:fully|s)?|mean to|want(?:s)? to|needs?|must|have to|has to|gotta|ought|should|can|could|would|might|are|is|were|was|being|has been|have been|been|do everything|do our best|doing|best|committed|let|remains|task|came out|set|given|motion|now|continue\w*|keep\w*)\b"
)
DATED: Final = Pattern(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december|today|tomorrow|tonight|noon|midnight|spring|summer|autumn|winter (?:the|it|we)|until|as of|weekend|tonight|next (?:few )?(?:hours|days)|instead of|rather than|if the|when the|whenever|every (?:day|hour|minute|night|morning|week|month)|each (?:day|hour|night|week|month)|weekly|daily|nightly|hourly|monthly|below|listed|page|link|previously|(?:cannot|can't) promise|no guarantee|do(?:es)? not (?:yet )?know|you|your|please|customers can|patients?|visitors?|classes|weather|traffic|police|injur\w+|resolved|restored|recovered|recovery|operational|monitor(?:ing)? (?:the situation|closely|it|this|recovery|for)|investigat\w+|identified (?:the|a) (?:cause|issue|problem|fault)|a fix|the fix|mitigat(?:ed|ion)|deployed|rolled back|error rates?|latenc\w+|performance|queue|backlog|sorry|apologi\w+|thank\w*|patience|learned that|notice|following|(?:is|are) (?:\w+ )?improving(?= ?[.!,])|was working|closed|open(?:s|ed)?|postponed|cancelled)\b"
)
_NAME: Final = later(r"[a-z]+")
_MOST: Final = 3
"""Words that name something; one more, and a reader could picture what changes."""
_LONGEST: Final = 24
"""Words of a sentence that says so little."""


def _look(document: Document, sentence: Sentence) -> Hit | None:
    if NUMERAL in document.words(sentence) or document.scan[sentence.end - 1] in "?:":
        return None
    better = document.find(_BETTER, sentence)
    if better is None or document.find(_INTENT, sentence) is None:
        return None
    if _MEASURES.match(better.group()) and document.find(_TAKEN, sentence) is None:
        return None
    if document.find(DATED, sentence) or has_mechanism(document, sentence, sentence.start):
        return None
    if is_the_response(document, sentence) or not is_about_prevention(document, sentence):
        return None
    if len(document.listed[sentence.index]) > _LONGEST:
        return None
    said = document.scan[sentence.start : sentence.end]
    lead = said[: better.start() - sentence.start] + said[better.end() - sentence.start :]
    if len(content(lead)) > _MOST:
        return None
    return Hit(better.start(), better.end())


RULE = Rule(
    id="VAG-15",
    name="good-intentions",
    category="vague_prevention",
    severity="warning",
    message="This could end any report. Say what changes, in what, and by when.",
    better='"from 8 May a second person counts the keys each night"',
    source="SRE, BEN",
    triggers=words(
        "action actions address addressed addressing arrangements avoid awareness best better brainstorm brainstormed brainstormes brainstorming brainstormly "
        "brainstorms capacity chance comparable conclusions controls coordinated counter countermeasures culture draw drawn enhance enhanced enhancement "
        "enhancements enhances enhancing explore explored exploring extended extra fit food future game get getting handled happen harden hardened hardening "
        "improve improved improvement improvements improves improving insight insights intensif intensifed intensifes intensified intensifies intensifing "
        "intensifly intensifs itself keep learning learnings less lesson lessons let likelihood look looking measures mindful mindset mitigations modernis "
        "modernise modernised modernises modernising moderniz modernize modernized modernizes modernizing modernizly modernizs more nicer noted notice on "
        "optimisation optimisations optimise optimised optimises optimising optimization optimizations optimize optimized optimizes optimizing overhaul "
        "overhauled overhaules overhauling overhaully overhauls phase precautions prevent probability professionalis professionalise professionalised "
        "professionalises professionalising professionaliz professionalize professionalized professionalizes professionalizing professionalizly professionalizs "
        "provisions quality raise re reassess reassessed reassesses reassessing reconsider reconsidered reconsideres reconsideried reconsideries reconsidering "
        "reconsiderly reconsiders recur redouble redoubles reevaluat reevaluate reevaluated reevaluates reevaluating reevaluatly reevaluats repeated respond "
        "rethink rethinked rethinkes rethinking rethinkly rethinks rethought revisit revisited revisites revisiting revisitly revisits rework reworked reworkes "
        "reworking reworkly reworks risk roadmap safeguards safer servers smarter smoother step stepped stepping steps stone stop strengthen strengthened "
        "strengthenes strengthening strengthenly strengthens sturdier tackle tackled tackling take taken thinking tighten tightened tightenes tightening "
        "tightenly tightens vigilance wake work"
    ),
    look=_look,
    patterns=(_BETTER,),
    bad=examples(
        "Our approach to keys will be rethought.",
        "A number of action points came out of it.",
        "Our cooperation with the carrier is being tightened.",
        "This has been a wake-up call.",
        "Countermeasures have been initiated.",
        "We hope to make the boiler less fragile.",
    ),
    good=examples(
        "From 8 May a second person counts the keys each night.",
        "The boiler now stops when the water is low, which makes it safer.",
        "We cannot promise that this will not happen again.",
        "Work to strengthen the pier closes it to cars until Saturday.",
        "We are improving the recovery of lost parcels with labels in two colours of ink.",
    ),
)
