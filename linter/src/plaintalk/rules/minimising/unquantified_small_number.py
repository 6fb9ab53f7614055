"""MIN-01: "a small number of users", without the number."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.phrasing import affected_phrase
from plaintalk.rule import Hit, Rule, before, examples, follows, matching, one_of
from plaintalk.text import Sentence
from plaintalk.vocabulary import (
    FOLK,
    HANDFUL,
    HANDFUL_WORDS,
    IMPACT_VERB,
    SMALL_NUMBER,
    SMALL_NUMBER_WORDS,
)

_SMALL = Pattern(SMALL_NUMBER)
_NOT_IMPACT = Pattern(
    r"\b(?:rel(?:y|ies|ied) on|depend(?:s|ed)? on|received|internal|contacted by|reports? from"
    r"|test(?:ed)? (?:on|with)|began with|keep|kept|rolled out to|releas(?:ed|ing) (?:it )?to"
    r"|deploy(?:ed|ing)? (?:it )?(?:to|on)|enabled (?:it )?(?:for|on)|started with|requires?|needs?"
    r"|mov(?:ed|ing)|caused|causing|caused by|due to|triggered by|from) (?:\w+ )?\Z"
)
_COUNTED = Pattern(r",? ?\((?:\w+ ){0,2}[<~≈]?\d")
_OWN_MEANS = Pattern(r"\b(?:spare|test|internal|canary|staff|our own)\b")
_OPPOSITE = Pattern(r" ?(?:\w+ )?(?:were|was|are|is) (?:\w+ )?(?:succeed\w*|working|still able)")
# How many will get a change first is the size of a trial, not of the harm.
_PLANNED = Pattern(
    r"\b(?:will|we'll|plan(?:ning)? to|going to|intend to|to) (?:[\w'-]+ ){0,4}?(?:roll\w*|seed\w*|deploy\w*|releas\w+|test\w*|start\w*|begin\w*|try\w*|enabl\w+|scop\w+|limit\w*|pilot\w*|expos\w+|ship\w*|stag\w+)\b[^.;]*\Z"
    r"|\bwill be (?:scoped|limited|restricted|rolled|released|deployed|tested)\b[^.;]*\Z"
)


def _title_counts(document: Document) -> bool:
    """Whether the first line is a title that gives the number."""
    first = document.text.sentences[0]
    is_title = document.text.raw[first.end - 1] not in ".!?"
    return is_title and document.has_quantity(first)


_WORKED_ON = Pattern(
    r"\b(?:we|i|team|engineers?|operators?|cache|system|client|list|database|index) (?:\w+ ){1,2}\Z"
)
_TROUBLED = Pattern(
    r"\b(?:affect\w*|impact\w*|hit|unable|could not|couldn't|can't|cannot|fail\w*|lost|unavailable|delay\w*|down|disrupt\w*|wrong|missing|stuck|expos\w*|leak\w*|corrupt\w*|delet\w*|lock\w*|block\w*|experienc\w*|see|saw|seen|notic\w*|errors?|slow\w*|may|might|reject\w*|drop\w*|late|offline|not|n't|time-?outs?|interrupt\w*|charged|cut|hang|hung|crash\w*|degrad\w*|in (?:rare|some)|limited to|due to|because|incident|outage|issue|problem|emptied|time)\b"
)


_WHO_KNOW = Pattern(r" (?:know|knew|maintain|understand|work on|have access|had access)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.quantity_near(sentence) or _OWN_MEANS.search(found.group()):
        return False
    if before(document, sentence, found, _WORKED_ON, 40) and not document.find(_TROUBLED, sentence):
        return False
    if before(document, sentence, found, _PLANNED, 90):
        return False
    if sentence.index and _title_counts(document):
        return False
    return not (
        follows(document, sentence, found, _COUNTED)
        or follows(document, sentence, found, _WHO_KNOW)
        or before(document, sentence, found, _NOT_IMPACT)
        or _OPPOSITE.match(document.scan, found.end(), sentence.end)
    )


_HANDFUL = Pattern(HANDFUL)
_HIT = Pattern(
    rf"\b(?:{IMPACT_VERB}|kicked|stuck|waited|waiting|wrong|charged|cancelled|canceled|stopped|broke|broken|disrupted|delayed|late|concerned|involved|hit|caught|trouble|problems?|issues?|errors?)\b"
)
_NUMBERED = Pattern(rf"\d[\d,.]* (?:[\w'-]+ ){{0,2}}?{FOLK}\b|\d ?%")
_OF_TIME = Pattern(
    r"(?: \w+){0,2} (?:minutes?|hours?|seconds?|days?|weeks?|times|steps|words|questions|things)\b"
)
_SAID_SO = Pattern(
    r"\b(?:sent|told|asked|wrote|reported|contacted|called|thank\w*|helped|tested|invited|when|if|after) (?:\w+ )?\Z"
)


_HARMED = Pattern(
    r"\b(?:affect(?:ed|ing|s)|impact(?:ed|ing|s)|hit|unable|could not|couldn't|fail\w*|lost|unavailable|delayed|down|restarted|disrupted|wrong|missing|stuck|charged|exposed|leaked|emptied|concerned|reset|corrupted|deleted|locked|blocked)\b"
)
_SMALLS = tuple(
    f"{article}{adverb}{small} "
    for article in ("a ", "an ", "the ", "")
    for adverb in ("", "very ", "relatively ", "extremely ", "fairly ", "quite ", "rather ")
    for small in ("small", "tiny", "limited", "minor", "minimal", "low", "modest", "insignificant")
)
"""What the narrower pattern judges, where it has a match of its own in the sentence."""


def _is_a_handful(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether few, of whatever kind, are said to have been hit, and no number stands near."""
    small = document.find(_SMALL, sentence) is not None
    said = found.group().removeprefix("only ")
    if said.startswith(_SMALLS) and not document.find(_HARMED, sentence):
        return False
    if small and said.startswith(_SMALLS):
        return False
    if document.find(_NUMBERED, sentence) or document.quantity_near(sentence):
        return False
    if before(document, sentence, found, _PLANNED, 90) or follows(
        document, sentence, found, _COUNTED
    ):
        return False
    if sentence.index and _title_counts(document):
        return False
    if _OF_TIME.match(document.scan, found.end(), sentence.end):
        return False
    if before(document, sentence, found, _SAID_SO, 24) or before(
        document, sentence, found, _NOT_IMPACT
    ):
        return False
    return document.find(_HIT, sentence) is not None


def small_number(document: Document, found: Match) -> Hit:
    """The hit, with the record's figures as the fix where they are about the same people."""
    groups = found.groupdict()
    noun = groups["noun"] or groups.get("noun2") or groups.get("noun3") or ""
    between = groups["between"] or groups.get("between2") or groups.get("between3") or ""
    fix = None
    if document.record is not None and between.strip() in ("", "our", "the", "of our", "of the"):
        fix = affected_phrase(document.record.customers, noun) if counts_customers(noun) else None
    if fix and document.text.raw[found.start()].isupper():
        fix = fix[0].upper() + fix[1:]
    return Hit(*found.span(), replacement=fix, suggestion=f'"{fix}"' if fix else None)


def counts_customers(noun: str) -> bool:
    """Whether the record's count of customers may stand for this noun."""
    return noun.rstrip("s") in ("user", "customer", "account", "client", "subscriber") or (
        noun == "people"
    )


RULE = Rule(
    id="MIN-01",
    name="unquantified-small-number",
    category="minimising",
    severity="warning",
    message='"Small" is your view; for each of them it was all of it. Give the number and the total.',
    better='"1,798 customers (37% of those active)"',
    source="SEED, GMO",
    triggers=words(SMALL_NUMBER_WORDS) | words(HANDFUL_WORDS),
    look=one_of(
        matching(_SMALL, _keep, lambda document, _, found: small_number(document, found)),
        matching(_HANDFUL, _is_a_handful),
    ),
    bad=examples(
        "A relatively small subset of wallets was affected.",
        "A small portion of lockers had to be emptied, which delayed guests.",
        "Just a couple of lessons were disrupted.",
        "One or two guests were charged wrong amounts.",
        "Hardly any rooms were affected.",
        "A small number of users could not sign in.",
        "The error affected only a very small subset of our customers.",
        "A handful of accounts were charged twice.",
        "This was limited to a tiny fraction of requests.",
        "Very few customers noticed.",
    ),
    good=examples(
        "We oiled a few doors while the hall was empty.",
        "We keep a small number of files on the old shelf.",
        "A few of you wrote to us, thank you.",
        "A few lessons were disrupted: 14 lessons in 3 schools.",
        "Only a few minutes of music were lost.",
        "A small number of users (0.4%, 212 accounts) could not sign in.",
        "212 customers could not sign in, a small share of all accounts.",
        "We sent a handful of internal messages before we noticed.",
        "At the worst point, very few requests were succeeding.",
        "We rely on a small number of customers to test new versions first.",
        'A customer told us that "a small number of users" was an insult.',
    ),
)
