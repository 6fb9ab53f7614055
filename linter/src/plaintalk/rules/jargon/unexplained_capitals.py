"""JRG-02: capitals that are not spelled out."""

from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import FILLER

# It starts with one set of characters, so the search is quick.
_CAPITALS = later(r"[A-Z][A-Z]{1,5}s?\b(?![-_./]?\d|@|-[A-Z]{2})")
_KNOWN = words(
    "api apis utc gmt pdf pdfs eu us usa uk ok id ids usd eur gbp jpy chf cet cest est edt cst cdt mst mdt pst pdt bst ist jst sms iphone ios url urls faq ceo cto dpo gdpr tv pc pcs am pm "
    "ui html csv xml json http https sla slas vat iban pin atm usb wifi mb gb tb kb cpu dns ip wa ny ca tx fl md nl de fr at ch it pt es pl se no dk fi ie au nz jp in br mx et pt mt ct tbd todo "
    "aws gcp ibm sap imap smtp sso mfa saml sql sd hd fyi asap qr hr it ai jan feb mar apr may jun jul aug sep oct nov dec i a not and or the all we no yes new"
)
_EXPANDED_AFTER = later(r" ?\(")


def _survey(document: Document) -> Iterator[Hit]:
    raw = document.text.raw
    scan = document.scan
    known = {term.lower() for term in document.profile.audience_terms}
    names = raw.lower() if document.record is None else ""
    if document.record is not None:
        known |= {term.lower() for term in document.record.lexicon.audience_terms}
        names = " ".join(
            f"{part.name} {' '.join(part.aliases)}" for part in document.record.components
        ).lower()
    else:
        names = ""
    for found in _CAPITALS.finditer(raw):
        word = found.group().lower()
        if word in _KNOWN or word in known or word.rstrip("s") in known or word in names.split():
            continue
        before = raw[found.start() - 1 : found.start()]
        if before.isalnum() or before == "_":
            continue
        if scan[found.start()] == FILLER or f"({found.group()})" in raw:
            continue
        if _EXPANDED_AFTER.match(raw, found.end()) or _shouted(raw, found.start(), found.end()):
            continue
        yield Hit(*found.span())
        return


def _shouted(raw: str, start: int, end: int) -> bool:
    """Whether the word stands among other words in capitals: a heading, not an abbreviation."""
    around = raw[max(0, start - 12) : start].split()[-1:] + raw[end : end + 12].split()[:1]
    return any(len(word) > 2 and word.isupper() and word.isalpha() for word in around)


RULE = Rule(
    id="JRG-02",
    name="unexplained-capitals",
    category="jargon",
    severity="suggestion",
    message="Spell it out once, or drop it.",
    better=None,
    source="PL",
    kinds=("closure", "summary", "follow_up", "data_notice", "note", "update"),
    in_kinds={"data_notice": "warning"},
    survey=_survey,
    bad=examples("The RCA is under way.", "A VPC lost its route."),
    good=examples(
        "The service level agreement (SLA) says 99.9%.", "The API was down until 14:24 UTC."
    ),
)
