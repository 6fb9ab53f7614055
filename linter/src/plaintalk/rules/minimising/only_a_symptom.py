"""MIN-14: "only the connection was lost"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_SYMPTOM = (
    r"(?:connectivity|connections?|access|restarts?|reboots?|delays?|slowness|latency|downtime|notifications?"
    r"|display|appearance|visibility|performance|reporting|statistics|logging|sign-?in|logins?|search|speed"
    r"|convenience|nuisance|inconvenience|warnings?)"
)
_PATTERN = Pattern(
    rf"\b(?:only|just|merely|solely) (?:the |a |an |some |their |its |your )?(?:[\w-]+ ){{0,1}}?{_SYMPTOM} "
    r"(?:to (?:them|it|the \w+) )?(?:was|were|is|has been|have been|has|have|got)(?: \w+)? "
    r"(?:affected|impacted|lost|occurred|interrupted|delayed|slow(?:er)?|disrupted|hit|happened|unavailable|down|missing|degraded|reduced|impaired)\b"
    r"|\b(?:this|it|which|that|the \w+) (?:was |is )?(?:only|merely|just) (?:resulted in|caused|led to|meant|means|causes|a matter of) (?:an? |some |the )?\w+"
)
_NOT_BEFORE = Pattern(r"\b(?:not|if|read|write)[ -]\Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if sentence.index in document.digits:
        return False
    return not before(document, sentence, found, _NOT_BEFORE)


RULE = Rule(
    id="MIN-14",
    name="only-a-symptom",
    category="minimising",
    severity="warning",
    message='"Only" rates the harm for those who had it. Say what it kept people from doing.',
    better='"nobody could reach their machines for 40 minutes"',
    source="SEED",
    triggers=words("only just merely solely"),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "The machines kept running, only the connection was lost.",
        "No file was lost and only restarts have occurred.",
        "This merely caused some late letters.",
    ),
    good=examples(
        "Only customers in the Frankfurt region were affected.",
        "Nobody could reach their machines for 40 minutes.",
        "Only the search page was affected.",
    ),
)
