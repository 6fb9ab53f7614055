"""TON-04: "dear valued customer"."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_PATTERN = Pattern(
    r"\b(?:dear )?valued (?:customers?|users?|clients?|members?|partners?|readers?)\b|\byour (?:trust|privacy|security|business|satisfaction|experience)(?: and \w+)? (?:is|are) (?:\w+ )?(?:important|our (?:top |highest |number one )?priority|paramount|everything)\b"
)

RULE = Rule(
    id="TON-04",
    name="form-letter",
    category="tone",
    severity="warning",
    message="Form-letter smell. Start with the news.",
    better=None,
    source="ZOU",
    triggers=words("valued important importance priority matters"),
    look=matching(_PATTERN),
    bad=examples("Dear valued customer, exports failed.", "Your privacy is important to us."),
    good=examples("Hello Dana, exports failed on 4 March."),
)
