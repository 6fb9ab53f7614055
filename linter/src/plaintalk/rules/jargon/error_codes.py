"""JRG-03: "HTTP 503", "5xx"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\bhttps? (?:status (?:codes? )?|error (?:codes? )?|response codes? )?[45](?:\d\d|xx)s?\b|\b[45](?:\d\d|xx)'?s? (?:\w+ )?(?:errors?|responses?|status|codes?)\b|\b5xxs?\b|\b(?:return(?:s|ed|ing)?|got|gave|giving|serving|rates? of|threw|throwing|with|receiv(?:ed|ing)|see(?:ing)?|saw) (?:an? )?(?:http )?[45]\d\d(?:'?s)?(?: and [45]\d\d(?:'?s)?)?(?=[.,;)]| (?:when|on|for|from|to|while|in|at|errors?|during)\b)|\b(?:error|status)(?: code)?:? [45]\d\d\b|\be(?:connrefused|timedout|connreset|nospc|pipe)\b|\bsig(?:kill|term|segv)\b"
)


_AUDIENCE = Pattern(r"\bapis?\b|\brequests?\b")


def _tell(document: Document, sentence: Sentence, found: Match) -> Hit:
    known = " ".join(document.profile.audience_terms).lower()
    if document.record is not None:
        known += " " + " ".join(document.record.lexicon.audience_terms).lower()
    developers = "api" in known or "webhook" in known or "http" in known
    # Readers who call an API recognise their own failure by its code.
    plain = not developers and not _AUDIENCE.search(document.scan, sentence.start, sentence.end)
    return Hit(*found.span(), severity=None if plain else "suggestion")


RULE = Rule(
    id="JRG-03",
    name="error-codes",
    category="jargon",
    severity="warning",
    message="Say what people saw.",
    better='"pages showed an error"',
    source="SEED",
    kinds=("closure", "summary", "follow_up", "data_notice", "note", "update"),
    triggers=words(
        "http https error errors response responses status code codes xx econnrefused "
        "etimedout econnreset enospc sigkill sigterm return returns returned returning got "
        "gave giving serving rate rates threw throwing receive received receiving see seeing "
        "saw with"
    ),
    look=matching(_PATTERN, None, _tell),
    bad=examples("Users saw HTTP 503 errors.", "Pages gave 5xx for an hour."),
    good=examples("Pages showed an error for an hour.", "We wrote to 503 customers."),
)
