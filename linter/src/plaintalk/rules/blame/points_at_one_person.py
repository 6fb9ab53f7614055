"""BLM-04: "a junior engineer"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import ALL_KINDS, Hit, Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_ROLE = r"(?:engineer|developer|technician|contractor|employee|operator|administrator|admin|team member|staff member|colleague|intern|sysadmin|programmer|dba|sre)"
_PERSON = Pattern(
    rf"\b(?:an? |the |our )?(?:junior|single|new|inexperienced|trainee|rogue|individual|sleepy|tired) (?:[\w-]+ ){{0,2}}?{_ROLE}\b"
    rf"|\b(?:one|some|another) of our (?:own )?(?:[\w-]+ ){{0,2}}?{_ROLE}s\b"
    rf"|\bby (?:an?|the|our|one) (?:[\w-]+ ){{0,2}}?{_ROLE}\b(?!s)"
    rf"|\ban? (?:[\w-]+ ){{0,2}}?{_ROLE} (?:accidentally|mistakenly|inadvertently|incorrectly|wrongly|forgot|failed|deleted|ran|pushed|applied|misconfigured|made)\b"
)
_HARMLESS = Pattern(
    r"(?: \w+){0,2} (?:noticed|detected|found|spotted|restored|fixed|responded|identified|is|was paged|was alerted|will|on duty|joined|investigated|confirmed)\b"
)
_HARMLESS_BEFORE = Pattern(
    r"\b(?:former|attacker|malicious|pages?|alerts?|calls?|wakes?|notified|reviewed|approved|checked|hired?|restored|fixed|resolved|noticed|detected|found|spotted|discovered|verified|second|needs?|require[sd]?|reported|identified|investigated|signed|written|monitored|watched|handled) (?:\w+ ){0,2}?\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if "former" in found.group() or "on-duty" in found.group() or "second" in found.group():
        return False
    if follows(document, sentence, found, _HARMLESS, 40):
        return False
    return not before(document, sentence, found, _HARMLESS_BEFORE, 40)


def _tell(document: Document, sentence: Sentence, found: Match) -> Hit:
    names = document.record.lexicon.staff_names if document.record else ()
    low = document.text.low[sentence.start : sentence.end]
    named = any(name.lower() in low for name in names)
    return Hit(*found.span(), severity="error" if named else None)


RULE = Rule(
    id="BLM-04",
    name="points-at-one-person",
    category="blame",
    severity="warning",
    message="Pointing at one person scares the next one into silence.",
    better='"our release process let a change of this size through"',
    source="PD, HER",
    kinds=ALL_KINDS,
    triggers=words(
        "engineer engineers developer developers technician technicians contractor contractors "
        "employee employees operator operators administrator administrators admin admins team "
        "staff colleague colleagues intern interns sysadmin sysadmins programmer programmers dba "
        "dbas sre sres"
    ),
    look=matching(_PERSON, _keep, _tell),
    bad=examples(
        "A junior engineer ran the migration.",
        "One of our engineers deleted the records.",
        "The cable was cut by a contractor.",
    ),
    good=examples(
        "Our release process let a change of this size through.",
        "The alert pages an engineer within 5 minutes.",
        "A former employee sold the list.",
        "The fault was noticed by an engineer at 08:20 UTC.",
    ),
)
