"""BLM-03: a person who "failed to" or "forgot to"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import ALL_KINDS, Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:engineers?|developers?|operators?|team|teams|staff|employees?|contractors?|technicians?|he|she|they|someone|somebody|vendor|provider|supplier|colleagues?|admins?|administrators?|nobody|person|manager)(?: \w+)? (?:failed to|forgot(?:ten)? to|forgot|overlooked|ignored|neglected(?: to)?|missed)\b"
)
_NOT_IN = Pattern(r"\b(?:teams? (?:api|page|app|feature)|requests)\b")


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="BLM-03",
    name="failed-to",
    category="blame",
    severity="suggestion",
    message="This lists what did not happen. What did happen, and what was in the way?",
    better=None,
    source="ETSY",
    kinds=ALL_KINDS,
    in_kinds={"postmortem": "warning"},
    triggers=words("failed forgot forgotten overlooked ignored neglected missed"),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "The engineer failed to check the copy.", "Someone forgot to renew the certificate."
    ),
    good=examples(
        "The job failed to start.",
        "We failed you.",
        "The certificate expired because it was missing from the list.",
    ),
)
