"""LEK-04: staff names, @handles, personal addresses."""

import re
from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Example, Hit, Rule, examples
from plaintalk.text import FILLER

_HANDLE = re.compile(r"(?<![\w.@/+-])@[A-Za-z][\w-]{2,38}\b(?![.@/]\w)")
_SIGNATURE = re.compile(
    r"(?:reply|regards|sincerely|yours|call|phone|manager|officer|director|team|contact)",
    re.IGNORECASE,
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
    bad=examples(
        "Noor Haddad restarted the queue.", "Thanks to @noorh for the fix.", record=_RECORD
    ),
    good=(
        Example("Our on-duty engineer restarted the queue.", record=_RECORD),
        Example("Version tools@1.2 is not affected.", record=_RECORD),
        Example(
            "We are sorry. Reply to me at any time. Noor Haddad", kind="follow_up", record=_RECORD
        ),
    ),
)
