"""OVR-06: "soon", where a date belongs."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:we|we'll|will|we're|i'll|team|be|are|to)\b (?:[\w'-]+,? ){0,14}?(?:(?:very )?soon(?! after| as| afterwards)|shortly(?! after| before| thereafter)|asap|as soon as (?:we can|possible)|in due course|in the (?:coming|next few|following) (?:days|weeks|months)|in the near future|at a later (?:date|time))\b"
)

_DATED = Pattern(r"\b(?:by|on|before|within) (?:\w+ ){0,2}?\d|\b\d{1,2}:\d\d\b")


_NEWS = Pattern(
    r"\b(?:update|share|post|publish|provide|report|write|postmortem|post-mortem|rca|follow)"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.kind == "update":
        return False
    return not document.find(_DATED, sentence)


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    # A follow-up "shortly" is ordinary status talk; a measure "soon" is a promise.
    promised = document.kind == "follow_up" and not _NEWS.search(found.group())
    return Hit(*found.span(), severity="warning" if promised else None)


RULE = Rule(
    id="OVR-06",
    name="undated-soon",
    category="over_promise",
    severity="suggestion",
    message='Readers hear "never". Give a date you can keep, or the date when you will know.',
    better='"by 31 July"',
    source="LUN",
    triggers=words("soon shortly asap course coming weeks near"),
    look=matching(_PATTERN, _keep, _tell),
    bad=examples(
        "We will move checkout to two sites soon.",
        "We will be improving this as soon as possible.",
        "We will move it in the coming weeks.",
    ),
    good=examples(
        "We will move checkout to two sites by 31 July.",
        "We restarted it soon after.",
        "We will tell you as soon as the copy finishes.",
    ),
)
