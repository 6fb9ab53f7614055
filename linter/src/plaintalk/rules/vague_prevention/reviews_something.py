"""VAG-02: a review in place of a change."""

from plaintalk.concrete import clause_after, content, has_mechanism
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import Sentence

_REVIEW = (
    r"(?:re-?)?(?:review(?:ing)?|investigat(?:e|ing)|assess(?:ing)?|evaluat(?:e|ing)|look(?:ing)? (?:into|at|closely at)"
    r"|explor(?:e|ing)|analy[sz](?:e|ing)|consider(?:ing)?|examin(?:e|ing)|audit(?:ing)?|study(?:ing)?|think(?:ing)? about"
    r"|tak(?:e|ing) (?:another|a) (?:\w+ )?look at|discuss(?:ing)?|research(?:ing)?|inspect(?:ing)?|rethink(?:ing)?|figur(?:e|ing) out)"
)
_NOTHING_YET = (
    r"(?:how (?:we|to|this|it|such|best|our|the)|ways|options|opportunities|improvements?|possibilities|approaches|alternatives|solutions?"
    r"|measures|strateg(?:y|ies)|what (?:we|can|could|more|else|went|happened|to)|whether (?:we|there|additional|further|it)|which (?:of|ones?)|if (?:we|there)|additional|further"
    r"|our|process(?:es)?|practices|procedures?|policies|better|this event|this incident to|preventi\w+|mitigations?|next steps|architecture)"
)
_PATTERN = Pattern(
    rf"\b(?:we|i|we're|i'm|we'll|i'll|will|are|is|also|team|engineers|teams|continu\w+|to|plan\w*|have|committed to|currently|actively|be)(?: \w+){{0,2}} {_REVIEW} "
    rf"(?:\w+ ){{0,3}}?{_NOTHING_YET}\b"
    r"|\bhave (?:\w+ )?(?:thoughts|ideas) (?:on|about|for) (?:how|ways)?\b"
    r"|\b(?:conduct|perform|carry(?:ing)? out|carried out|undertak(?:e|ing)|do|doing|hold|start(?:ed|ing)?|launch(?:ed)?|begin|begun|initiat\w+|complet\w+|conducting|performing|run(?:ning)?) (?:an? |the |our |another )?(?:[\w-]+ ){0,3}?(?:review|assessment|evaluation|audit|analysis|investigation|retrospective)s? (?:[\w'-]+ ){0,5}?(?:process(?:es)?|procedures?|practices|polic(?:y|ies)|areas?|improvements?|ways|how (?:we|to)|prevent\w*|avoid\w*|future|again|measures|lessons|steps|actions|similar|opportunities|systems?|infrastructure|set-?up)\b"
    r"|\b(?:an? |the )?(?:[\w-]+ ){0,2}?(?:review|audit|assessment|evaluation) of (?:our |the |all |these |internal )(?:[\w-]+ ){0,4}?(?:is|will be|has been|are|was)\b"
)
_WAYS = Pattern(
    r"\b(?:research|investigat|explor|examin|evaluat|study|consider|discuss|figur|work)(?:ing|e out|ing out|ing on|ing on figuring out) (?:\w+ )?(?:ways|options|how|which (?:of )?|methods|approaches|possibilities) (?:\w+ )?(?:to|for|the)\b"
)
# Talking it over, and deciding then whether anything is done.
_DECIDE = Pattern(
    r"\b(?:evaluat|assess|review|re-?evaluat|reconsider|discuss|consider|debat)(?:e|ing|s)? (?:[\w-]+ ){0,2}?(?:situation|set-?up|options|next steps|circumstances|incident|event|matter|things|alternatives|possibilities|what happened) (?:[\w-]+ ){0,6}?(?:decide|determine|see|discuss|what|if|whether)\b"
    r"|\b(?:debrief|meeting|session|workshop|round ?table|call)s? (?:[\w-]+ ){0,3}?to (?:discuss|review|go over|talk|look|analy[sz]e|reflect|evaluate|assess)\b"
    r"|\bdecide (?:if|whether|what) (?:any |further |other )*(?:changes?|steps|measures|actions?|improvements?)\b"
)
_OPENING = 6
_TELLING = 3
_NOT_IN = Pattern(
    r"\b(?:by|on|before) (?:\w+ ){0,2}?(?:\d|january|february|march|april|may|june|july|august|september|october|november|december|monday|friday)"
    r"|\broot cause (?:of|analysis)\b|\bcause of\b|\bour (?:\w+ )?(?:logs|data|metrics|monitoring (?:data|graphs|logs)|dashboards|records|status|reports)\b"
    r"|\bwhether (?:any|this|your|the)\b|\breports of\b|\bwhat (?:happened|caused)\b|\bwhy\b|\b(?:options|ways|how) to (?:\w+ )?(?:restor|recover|resolv|fix|mitigat|bring|get|migrat|work around)\w*"
)


# What is tested anew, rewritten or replaced is more than looked at.
_THEN_ACTS = Pattern(
    r"\band (?:we )?(?:will|'ll|are going to|plan to) (?:migrat|mov|switch|replac|add|remov|rewrit|limit|split|test)\w*"
)
_AND_ACTS = Pattern(
    r"\b(?:re-?test|test|verify|replac|rewrit|fix|remov|rotat|delet|clos|tun|adjust|correct)(?:e|es|ing|s|ned|ed)?\b"
)
_BARE = Pattern(rf"\b{_REVIEW} (?:\w+ ){{0,3}}?{_NOTHING_YET}\b")


_INVESTIGATE = Pattern(r"\b(?:investigat|look|consider|examin|inspect)\w*")
_FOR_LATER = Pattern(
    r"\b(?:future|prevent\w*|avoid\w*|improv\w*|again|how we|how to|ways|long(?:er)?[- ]term|what (?:we|can|could|more)|faster|sooner|earlier|better|quicker|resilien\w*|practices|process(?:es)?|procedures?|policies|strateg(?:y|ies)|set-?up|similar|closer|more closely)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _INVESTIGATE.search(found.group()) and not _FOR_LATER.search(
        document.scan, found.start(), sentence.end
    ):
        return False
    if _THEN_ACTS.search(document.scan, found.end(), sentence.end):
        return False
    if _AND_ACTS.search(document.scan, found.start(), found.end()):
        return False
    if document.find(_NOT_IN, sentence) or document.scan[sentence.end - 1] in ":?":
        return False
    if len(content(clause_after(document, sentence, found))) > _TELLING:
        return False
    return not has_mechanism(document, sentence, found.end())


_DONE = Pattern(r"\b(?:we |i )?(?:had|held|joined|started|opened|was|were)\b[^.;]{0,40}\Z")


def _keep_talk(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether talk is all that is to come of it."""
    if document.scan[sentence.end - 1] in ":?" or _DONE.search(
        document.scan, sentence.start, found.start()
    ):
        return False
    return not has_mechanism(document, sentence, found.end())


def _look(document: Document, sentence: Sentence) -> Hit | None:
    hit = matching(_PATTERN, _keep)(document, sentence)
    if hit is None:
        hit = matching(_WAYS, _keep)(document, sentence)
    if hit is None:
        hit = matching(_DECIDE, _keep_talk)(document, sentence)
    if hit is None and sentence.role == "item":
        bare = matching(_BARE, _keep)(document, sentence)
        return bare if bare and bare.start - sentence.start < _OPENING else None
    return hit


RULE = Rule(
    id="VAG-02",
    name="reviews-something",
    category="vague_prevention",
    severity="warning",
    message="A review is a start, not a change. Say what comes out of it and when.",
    better='"By 14 May we publish what we decided"',
    source="LUN",
    kinds=("closure", "summary", "follow_up", "data_notice", "note"),
    triggers=words(
        "review reviewing reviews investigate investigating investigation assess assessing "
        "assessment evaluate evaluating evaluation reevaluate reevaluating look looking "
        "explore exploring analyze analyse analyzing analysing analysis consider considering "
        "examine examining thoughts ideas audit auditing audits study studying think thinking "
        "discuss discussing research researching inspect inspecting rethink rethinking figure "
        "figuring retrospective researching exploring ways options evaluates assesses reconsider reconsidering discusses considers debate debating debrief meeting meetings session sessions workshop workshops round roundtable call decide"
    ),
    look=_look,
    bad=examples(
        "We are reviewing our whole storage strategy.",
        "We are analyzing how to detect such a fault sooner.",
        "We will look into ways to respond faster.",
        "We will assess the situation on Monday and decide whether any changes are needed.",
        "The crew has a debrief to talk about the evening.",
    ),
    good=examples(
        "By 14 May we publish what we decided about the queue.",
        "We are investigating the cause of the errors.",
        "At 09:10 UTC we were looking at the queue.",
        "At noon we held a call to discuss the leak.",
    ),
)
