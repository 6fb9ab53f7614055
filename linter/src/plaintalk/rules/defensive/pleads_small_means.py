"""DEF-19: "please remember that we are a small team"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:please )?(?:keep in mind|bear in mind|understand|remember|note|be aware|consider|appreciate|don't forget|do not forget)(?: that)? (?:[\w'-]+ ){0,6}?(?:free|volunteers?|spare time|small team|hobby|non-?profit|unpaid|donations?|one person|alone|best effort|best-effort|beta|limited resources)\b"
    r"|\b(?:we|i)(?:'re| are|'m| am) (?:only |just |still )?(?:an? )?(?:very |tiny |small |one-person |two-person |one-man |little )+(?:team|company|startup|crew|outfit|shop|project|group)\b(?: (?:so|but|with|who|doing|and (?:do|we|can|cannot|have|try|are|there|so)))"
    r"|\b(?:in|with) (?:our|my) (?:spare|free|own|limited) (?:time|resources|means|budget)\b|\b(?:we|i) (?:only |just |simply )?(?:do|did) what (?:we|i) (?:can|could)\b"
    r"|\bwith the (?:means|resources|budget|time) (?:that )?(?:we|i) have\b|\b(?:run|maintained|operated|staffed|done) (?:\w+ )?(?:by|on) (?:unpaid )?(?:volunteers?|a (?:single|volunteer|best[- ]effort) (?:person|basis)|donations)\b"
    r"|\b(?:community|volunteer|hobby|donation)[- ](?:run|driven|operated|maintained|funded|based|powered)\b|\b(?:please )?(?:don't|do not|cannot|can't|shouldn't|should not) expect (?:24|round|support|miracles|immediate|instant|enterprise|professional|the same|perfect|too much|us to)|\b(?:as|since|because|being) (?:a|an|we are|we're|i am|i'm|it is|it's) (?:only |just |all )?(?:a |an )?(?:small|tiny|volunteers?|unpaid|one-person|hobby|free|side|non-?profit|young) (?:\w+ )?(?:team|company|project|service|group|startup|shop|operation|organi[sz]ation|basis|volunteers?|offering|crew)\b"
    r"|\b(?:we|i) (?:are|am|'m|'re) only human\b|\bthis is (?:just |only )?(?:a |my )?(?:free|hobby|side) (?:service|project|product|offering)\b"
)
_NOT_IN = Pattern(r"\b(?:users|customers|accounts) of\b")


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="DEF-19",
    name="pleads-small-means",
    category="defensive",
    severity="warning",
    message="It asks to be judged kindly by people who were hit. Say what happens next.",
    better="when the service is back, and what you change",
    source="BEN",
    triggers=words(
        "mind understand remember note aware consider appreciate forget team company startup "
        "crew outfit shop project group time resources means budget can could volunteer "
        "volunteers donations human free hobby side unpaid community driven run operated "
        "maintained funded expect since because being as"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Please remember that we are volunteers.",
        "We are a small team and do what we can.",
        "Please keep in mind that this service is free.",
    ),
    good=examples(
        "Accounts on our free plan were not affected.", "A small team worked through the backlog."
    ),
)
