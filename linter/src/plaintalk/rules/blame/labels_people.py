"""BLM-10: "complacency", "did not follow procedure"."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Example, Rule, matching

_PATTERN = Pattern(
    r"\bcomplacen(?:cy|t)\b|\b(?:lack of|insufficient|inadequate) (?:attention|care|awareness|diligence|discipline)\b|\b(?:did not|didn't|failed to|not) follow(?:ing)? (?:the |our |established |standard )*(?:procedures?|process(?:es)?|protocol|runbook)\b|\blost (?:situational )?awareness\b|\b(?:poor|bad) judge?ment\b|\bdistract(?:ed|ion)\b"
)

RULE = Rule(
    id="BLM-10",
    name="labels-people",
    category="blame",
    severity="warning",
    message="A label. What did the procedure cost or miss that day?",
    better=None,
    source="DEK",
    kinds=("postmortem",),
    triggers=words(
        "complacency complacent attention procedure procedures process awareness carelessness distracted distraction judgement judgment"
    ),
    look=matching(_PATTERN),
    bad=(
        Example("The cause was complacency.", kind="postmortem"),
        Example("The operator did not follow the procedure.", kind="postmortem"),
    ),
    good=(
        Example("The procedure takes 40 minutes, and the change looked small.", kind="postmortem"),
    ),
)
