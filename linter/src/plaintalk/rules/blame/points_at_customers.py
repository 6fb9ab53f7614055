"""BLM-11: the trouble is laid at the door of some customers or partners."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:due to|caused by|because of|result of|triggered by|thanks to|by|from) (?:[\w-]+ ){0,8}?(?:activit(?:y|ies)|calls|requests|usage|traffic|use|queries|load|abuse|behaviou?r|actions?|imports?) (?:of|from|by) (?:and |an? |one |some |single |several |the |our |certain )*(?:large |single |integrated |heavy |few |abusive |third[- ]party |particular |specific |individual |individuals? )*(?:users?|customers?|party|parties|clients?|tenants?|accounts?|integrators?|partners?)\b"
    r"|\boffending (?:users?|customers?|services?|accounts?|clients?|tenants?|part(?:y|ies)|team|developer|person|ip|traffic)\b"
    r"|\b(?:abusive|malicious|misbehaving|rogue|greedy|badly behaved) (?:users?|customers?|clients?|accounts?|tenants?)\b"
    r"|\b(?:users?|customers?|clients?) (?:\w+ )?abus(?:ed|ing)\b|\babused? (?:by|of (?:our|the)) (?:\w+ )?(?:users?|customers?|service|system|platform)\b"
    r"|\b(?:a|the|one) (?:pr|pull request|contribution|change|patch|commit) (?:from|by) (?:the |a |an )?(?:community|contributor|volunteer|outside\w*|customer)\b|\bculprits?\b|\bunknowingly (?:stalled|broke|blocked|caused)\b"
)
_NOT_BEFORE = Pattern(r"\b(?:no|not) \Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE)


RULE = Rule(
    id="BLM-11",
    name="points-at-customers",
    category="blame",
    severity="warning",
    message="It reads as an accusation, and the others wonder if it was them. Say which limit of yours was missing.",
    better='"one account could use the capacity of all; now it cannot"',
    source="SCCT",
    triggers=words(
        "user users customer customers party parties client clients tenant tenants account accounts offending abusive abuse abusing abuser unknowingly pr patch commit pull community integrator partner partners culprit"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Errors rose due to the activity of some large users.",
        "We have shut off access to the offending service.",
        "Search slowed down because of an excessive amount of queries from one customer.",
    ),
    good=examples(
        "One account could use the capacity of all; now it cannot.",
        "Removing the offending file fixed it.",
        "Requests from customers in the EU failed.",
    ),
)
