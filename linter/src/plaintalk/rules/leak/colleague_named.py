"""LEK-04: staff names, @handles, personal addresses."""

import re
from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.finding import Severity
from plaintalk.pattern import words
from plaintalk.rule import Example, Hit, Rule, examples
from plaintalk.text import FILLER

_HANDLE = later(r"(?<![\w.@/+-])@[A-Za-z][\w-]{2,38}\b(?![.@/]\w)")
_SIGNATURE = re.compile(
    r"(?:reply|regards|sincerely|yours|call|phone|manager|officer|director|team|contact)",
    re.IGNORECASE,
)


_PUBLIC_HANDLE = later(
    r"\b(?:follow|thank\w*|report(?:ed|ing|s)?|discover\w*|disclos\w*|found by|researcher|twitter|mastodon|tweet|contact|credit|status|reach)\b|status\b|support\b"
)
_VERB = r"(?:fixed|restarted|rebooted|noticed|found|deployed|merged|pushed|reverted|rolled|deleted|removed|(?:is|was) [a-z]+ing|is on|looked|looking into|investigat\w+|started|stopped|jumped|joined|took|saw|ran|changed|woke|got|escalated|opened|created|confirmed|suggested|decided|restored|replaced|updated|upgraded|patched|identified|spotted|paged|acked|will (?:fix|look|check|follow|do|update|deploy))"
_AT_WORK = later(
    rf"(?<![\w@./-])(?P<name>[A-Z][a-z\u00e0-\u017f]{{2,11}})(?: (?:[A-Z]\.|[A-Z][a-z\u00e0-\u017f]{{2,14}}))?(?: (?:and|&) [A-Z][a-z\u00e0-\u017f]{{2,11}})?(?: (?:has |have |then |also |quickly |finally )?{_VERB}\b"
    r"|,? (?:from|in|on|of) (?:the |our )?(?:[A-Za-z]+ ){0,2}?(?:team|infra|infrastructure|ops|operations|platform|support|engineering|IT|devops|SRE|security|networking)\b"
    r"|,? (?:our|the|a) (?:[a-z]+ ){0,2}?(?:engineer|developer|admin|administrator|CTO|sysadmin|lead|on-?call|manager|operator)\b)"
)
_SPOKEN_OF = later(
    r"(?:(?i:\bcontact|\bask|\bping|\bcall|\bnote (?:for|to)|\bthanks to|\bcc|\bblame|\b(?:lead|engineer|admin|developer|colleague|boss|manager|cto|ceo|founder|architect|technician)),? )(?P<name>[A-Z][a-z\u00e0-\u017f]{2,11})\b"
)
_BY_NAME = re.compile(
    r"(?:\b(?:by|from|with|to|and|Owner:|Author:|Assignee:|Lead:|Commander:|Scribe:|Contact:|Reporter:|IC:)) (?P<name>[A-Z][a-z\u00e0-\u017f]{2,11}) (?:[A-Z]\. )?[A-Z][a-z\u00e0-\u017f]{2,14}\b"
)
_LINKED = later(
    r"\[(?P<name>[A-Z][a-z\u00e0-\u017f]{2,11})(?: [A-Z][\w.]{0,14})?\]\([^)\s]{0,80}?/(?:profiles?|people|team|authors?|users?|staff|members?)/"
)
_THANKED = later(
    r"\b(?i:thank\w*|credit\w*|researcher\w*|disclos\w*|discover\w*|independent|university|customer|kudos|grateful|CEO|founder|written by|photo|posted by)\b"
)
_FIRST_NAMES = words(
    "aaron adam adrian ahmed alan alejandro alex alexander alexandra alice alicia amanda amit amy ana "
    "anders andrea andreas andrew andy angela anita anja anna anne anthony antonio arjun arun ashley "
    "barbara ben benjamin bernd bjorn bob bogdan brandon brian bruno carl carla carlos carol caroline "
    "catherine charles chen chloe chris christian christina christine christoph christopher claire clara "
    "claudia colin connor craig cristina daniel daniela dave david deborah deepak denis dennis derek diana "
    "diego dimitri dmitri dominic donald doug eduardo elena elizabeth ella emily emma eric erik erin ethan "
    "eva evan felix fernando fiona francesco francisco gabriel gary george gerald giulia greg hannah hans "
    "harry heather heiko helen henrik henry hugo ian igor ines ingrid ivan jake jakub james jamie jan jane "
    "jason jeff jeffrey jennifer jenny jens jeremy jessica jim joanna joe joel johan johannes john jonas "
    "jonathan jorge jose joseph josh joshua juan judith julian julie jurgen karen karin karl kate "
    "katherine kathrin katie keith kelly kenneth kevin kim klaus kristen kumar kyle lars laura lauren lena "
    "leon leonard linda lisa louise lucas lucia luis luke lukas lukasz magda manuel marc marcel marco "
    "marcus marek margaret maria marie marina mario markus marta martin martina mary mateusz matt matthew "
    "matthias mehmet melissa michael michal michele michelle miguel mike mikhail mohamed mohammed monica "
    "monika nadia nancy natalie nathan neha neil nicholas nick nicolas nicole nikhil nikolai nils nina "
    "noah nora olga oliver olivia omar oscar otto pablo pamela patricia patrick paul paula pavel pedro "
    "peter petra phil philip philipp pierre piotr prakash priya rachel rafael rahul raj rajesh ralf ralph "
    "raphael rebecca ricardo richard rita robert roberto rohit roland ron rosa ryan sabine sam samantha "
    "samuel sandra sanjay sara sarah scott sean sebastian sergei sergey sharon shaun silvia simon sofia "
    "sophia sophie stefan stefanie stephan stephanie stephen steve steven sunil susan susanne suresh sven "
    "svetlana tanja tara teresa thomas tim timothy tobias todd tom tomas tomasz tony travis tyler ulrich "
    "ursula uwe valentina vanessa vera veronica vijay viktor vincent vivek vladimir walter wei wendy "
    "werner wolfgang yusuf yuki zoe"
)


def _survey(document: Document) -> Iterator[Hit]:
    raw = document.text.raw
    record = document.record
    names = record.lexicon.staff_names if record else ()
    public = " ".join(record.lexicon.public_contacts).lower() if record else ""
    public += " ".join(document.profile.public_contacts).lower()
    for name in names:
        at = raw.find(name)
        while name and at >= 0:
            if name.lower() not in public and not _signs(document, at, at + len(name)):
                yield Hit(at, at + len(name))
            at = raw.find(name, at + len(name))
    if "@" in raw:
        for found in _HANDLE.finditer(raw):
            masked = document.scan[found.start()] == FILLER
            if not masked and found.group().lower() not in public:
                yield Hit(*found.span(), severity=_handle_severity(raw, *found.span()))
    yield from _first_names(document, public)


def _handle_severity(raw: str, start: int, end: int) -> Severity:
    """A handle at work is a colleague; one that is thanked, linked or to be followed may be not."""
    around = raw[max(0, start - 60) : end + 60].lower()
    if raw[end : end + 2] == "](" or _PUBLIC_HANDLE.search(around):
        return "suggestion"
    return "warning"


def _first_names(document: Document, public: str) -> Iterator[Hit]:
    """First names with what colleagues do: "Dave fixed it", "Anna from the platform team"."""
    if document.vocabulary().isdisjoint(_FIRST_NAMES):
        return
    raw = document.text.raw
    for found in (
        *_AT_WORK.finditer(raw),
        *_SPOKEN_OF.finditer(raw),
        *_BY_NAME.finditer(raw),
        *_LINKED.finditer(raw),
    ):
        name = found["name"].lower()
        if name not in _FIRST_NAMES or name in public:
            continue
        if found.re is _BY_NAME and _THANKED.search(
            raw, max(0, found.start() - 80), found.end() + 40
        ):
            continue
        if not _signs(document, *found.span()) and document.scan[found.start()] != FILLER:
            yield Hit(*found.span(), severity="warning")


def _signs(document: Document, start: int, end: int) -> bool:
    """Whether a name stands in the last lines as a signature, or is offered as a contact."""
    raw = document.text.raw
    last = raw.rstrip()
    if document.kind in ("follow_up", "data_notice"):
        tail = last[-160:]
        if end >= len(last) - 160 and (_SIGNATURE.search(tail) or end >= len(last) - 40):
            return True
    return _SIGNATURE.search(raw, max(0, start - 40), start) is not None and document.kind in (
        "follow_up",
        "data_notice",
    )


_RECORD = {"schema": "plaintalk-record/1", "lexicon": {"staff_names": ["Noor Haddad"]}}


RULE = Rule(
    id="LEK-04",
    name="colleague-named",
    category="leak",
    severity="error",
    message="Names a colleague. Use the role.",
    better='"our on-duty engineer"',
    source="PD",
    survey=_survey,
    bad=(
        *examples(
            "Noor Haddad restarted the queue.", "Thanks to @noorh for the fix.", record=_RECORD
        ),
        *examples("Marek from the platform team restarted the workers.", "Sabine fixed it."),
    ),
    good=(
        Example("Our on-duty engineer restarted the queue.", record=_RECORD),
        Example("Version tools@1.2 is not affected.", record=_RECORD),
        Example("We thank Ines Calder, who reported this to us."),
        Example(
            "We are sorry. Reply to me at any time. Noor Haddad", kind="follow_up", record=_RECORD
        ),
    ),
)
