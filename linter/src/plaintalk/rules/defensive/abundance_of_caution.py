"""DEF-08: "out of an abundance of caution"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\babundance of caution\b|\bas (?:a|an) (?:\w+ )?(?:precaution|precautionary measure)\b|\b(?:purely|merely|simply) precautionary\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    record = document.record
    return record is None or not record.data.untouched


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    record = document.record
    confirmed = record is not None and "confirmed" in record.data.effects.values()
    return Hit(*found.span(), severity="error" if confirmed else None)


RULE = Rule(
    id="DEF-08",
    name="abundance-of-caution",
    category="defensive",
    severity="suggestion",
    message='This says "you need not worry". If you are telling them, say why.',
    better='"We reset your password because…"',
    source="ZOU",
    in_kinds={"data_notice": "warning"},
    triggers=words("caution precaution precautionary"),
    look=matching(_PATTERN, _keep, _tell),
    bad=examples(
        "Out of an abundance of caution we have reset your password.",
        "As a precaution, please change your key.",
    ),
    good=examples("We reset your password because it was visible to staff of another clinic."),
)
