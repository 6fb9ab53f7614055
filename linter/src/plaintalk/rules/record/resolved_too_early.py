"""REC-08: "resolved" or "all systems operational" while something is not."""

from plaintalk.cues.closing import IS_OVER
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.record import Component, Record
from plaintalk.rule import Example, Hit, Rule, examples, matching
from plaintalk.text import Sentence

_CLAIM = Pattern(
    rf"\b(?:{IS_OVER})\b|\ball (?:of our )?(?:systems|services|components) (?:are |is |were )?(?:\w+ )?(?:operational|normal|up|online|working|restored|back)\b"
    r"|\b(?:everything|all|service) (?:is|are|has|have) (?:\w+ )?(?:back to normal|returned to normal|working normally)\b"
    r"|\b(?:is|are|was|were|been|now|has|fully|completely|incident) (?:\w+ ){0,2}?resolved\b|^resolved\b"
    r"|\bback to normal\b|\b(?:it|this|that|incident|issue|problem|outage|disruption|failure|slowdown) (?:is|are) (?:now |all |finally )?(?:over|fixed|closed|solved|done)\b|\b(?:full(?:y)?|all|complete) (?:services? |functionality )?(?:is |was |has been |been )?(?:fully )?restored\b|\bstatus: resolved\b|\bwe (?:have |'ve )?(?:fixed|solved|resolved) (?:it|this|the (?:issue|problem|incident|failure))\b|\ball (?:is|are) (?:well|fine|good)\b|\ball clear\b|\bup and running\b|\b(?:is|are|it's|all) (?:now |all |finally |well )*behind us\b|\bwe(?: are|'re) back\b(?! (?:on|to) (?:it|you))|\b(?:all|every) (?:\w+ )?(?:services?|systems?|components?|parts?) (?:is|are) (?:\w+ )?(?:running|fine|healthy|in order)\b"
    r"|\bconsider (?:this|it|the \w+) (?:\w+ )?(?:closed|over|resolved|fixed|done)\b|\b(?:everything|all of it|it all|service) (?:works?|runs?|is working|is running|is back|is up)(?: \w+)? (?:again|normally|as (?:usual|normal|it should))\b|\bthis (?:\w+ )?(?:outage|incident|failure|disruption|slowdown|partial outage) is over\b"
)
_OPENING = Pattern(r"\W{0,6}resolved(?:\b|:)")
_NOT = Pattern(
    r"\b(?:not|isn't|until|once|when|if|before|to be|being|will be|partly|partially|after|mostly)(?: \w+){0,4} ?\Z"
)


def _lagging(record: Record) -> list[Component]:
    return [part for part in record.components if part.state_now not in ("operational", "unknown")]


def _needs(record: Record) -> str | None:
    if _open(record):
        return None
    states = [part.state_now for part in record.components]
    if (states and set(states) == {"unknown"}) or (not states and record.status == "unknown"):
        return "the record does not say how the components are now"
    if "unknown" in states:
        return "the record does not say how every component is now"
    return None


def _open(record: Record) -> bool:
    return bool(_lagging(record)) or record.status in (
        "investigating", "identified", "monitoring",
    )  # fmt: skip


def _names_all_that_lags(document: Document) -> bool:
    record = document.record or Record()
    lagging = [(part.name.lower(), *map(str.lower, part.aliases)) for part in _lagging(record)]
    return bool(lagging) and all(_said_to_lag(document, names) for names in lagging)


_BEHIND = r"(?:late|slow\w*|delayed|degraded|queued|unavailable|down|behind|limited|affected|waiting|catching up|failing|working through|being|impaired|not working)"
_LAGS = Pattern(
    rf"\b(?:still(?! (?:counting|checking|looking|investigating|finding|working out))|not there|not right|yet to)\b|\b(?:(?:still|remains?|stays?|continues? to be) (?:\w+ ){{0,2}}?{_BEHIND}|(?:is|are) (?:\w+ )?{_BEHIND}|not (?:yet )?(?:recovered|back|fully|resolved|restored|working)|not yet (?:back|working|restored|resolved|recovered|fixed|available|normal|complete|sent|delivered)|catching up|except|apart from|other than)\b"
)


def _said_to_lag(document: Document, names: tuple[str, ...]) -> bool:
    """Whether one sentence, or the one after it that says "it", tells that a part lags."""
    low = document.text.low
    for sentence in document.text.sentences:
        if not any(low.find(name, sentence.start, sentence.end) >= 0 for name in names if name):
            continue
        following = document.text.following(sentence)
        for one in (sentence, following):
            if one is None or (one is following and not _IT.match(low, one.start, one.end)):
                continue
            if _LAGS.search(low, one.start, one.end):
                return True
    return False


_IT = Pattern(r"(?:it|they|this|these|that)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    record = document.record
    if record is None or not _open(record):
        return False
    lead = document.scan[max(sentence.start, found.start() - 40) : found.start()]
    if _NOT.search(lead + " ") or "not" in found.group().split():
        return False
    return not document.once(_names_all_that_lags)


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    record = document.record or Record()
    lagging = _lagging(record)
    if lagging:
        states = ", ".join(
            f"{p.name} is still {p.state_now.replace('_', ' ')}" for p in lagging[:3]
        )
        message = f'{states}. Post "not resolved yet".'
    else:
        message = f'The record says the incident is {record.status}. Post "not resolved yet".'
    return Hit(*found.span(), message=message)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    if document.record is None or not _open(document.record):
        return None
    opening = _OPENING.match(document.scan, sentence.start, sentence.end)
    if opening and _keep(document, sentence, opening):
        return _tell(document, sentence, opening)
    return matching(_CLAIM, _keep, _tell)(document, sentence)


_LAGGING = {
    "schema": "plaintalk-record/1",
    "components": [
        {"name": "API", "impact": "major_outage", "state_now": "operational"},
        {"name": "Webhooks", "impact": "partial_outage", "state_now": "degraded_performance"},
    ],
}
_FINE = {
    "schema": "plaintalk-record/1",
    "incident": {"status": "resolved"},
    "components": [{"name": "API", "impact": "major_outage", "state_now": "operational"}],
}

RULE = Rule(
    id="REC-08",
    name="resolved-too-early",
    category="record",
    severity="error",
    message="A part is not working yet.",
    better='"Not resolved yet: the API works normally, but webhooks are still late."',
    source="GCP",
    record_field="components",
    triggers=words(
        "resolved operational normal normally everything all systems services restored over fixed closed solved full fully behind healthy up running back well works ended consider declare call right put set made done fine clear"
    ),
    needs=_needs,
    look=_look,
    patterns=(_OPENING, _CLAIM),
    idle=lambda record: not _open(record),
    roles=("text", "item", "subject", "label"),
    two_person_override=True,
    bad=examples(
        "All systems are operational.",
        "This incident has been resolved.",
        "Resolved: the API works again.",
        record=_LAGGING,
        kind="closure",
    ),
    good=(
        Example("All systems are operational.", record=_FINE, kind="closure"),
        Example(
            "Not resolved yet: the API works, but webhooks are still late.",
            record=_LAGGING,
            kind="closure",
        ),
        Example("We will write once this is resolved.", record=_LAGGING, kind="closure"),
    ),
)
