"""LEK-06: addresses, phone numbers, cards and account numbers of people."""

import re
from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import start_of_run
from plaintalk.rule import Hit, Rule, examples

_EMAIL = later(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}\b"
)
_ROLE = re.compile(
    r"(?:[\w.+]+-)?(?:announce|announcements|list|users|discuss|news|alerts|support|help|helpdesk|security|privacy|info|status|contact|press|legal|dpo|abuse|hello|team|billing|sales|noc|feedback|care|service|customer|accounts?|admin|office|media|incident|incidents|trust|no-?reply|postmaster|hostmaster|compliance|data-?protection|success|hi|mail|ops|community|dev|developers?|api|partners?|enquiries|inquiries|questions|ask)[\w.+-]*@",
    re.IGNORECASE,
)
_OFFERED = re.compile(
    r"\b(?:contact|e-?mail|write to|reach|reply to|questions to|reach out to)\b", re.IGNORECASE
)
_IBAN = later(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_NATIONAL = later(r"\d{3}-\d{2}-\d{4}")
_PHONE = later(r"(?<![\w.])\+\d{1,3}[ ./-]?(?:\(?\d{1,4}\)?[ ./-]?){2,5}\d{2,4}\b")
_RUN = later(r"\d(?:[ -]?\d){7,18}")
_PUBLIC_PHONE = re.compile(r"(?:phone|call|hotline|number|reach|contact|tel|line)", re.IGNORECASE)


def _survey(document: Document) -> Iterator[Hit]:
    raw = document.text.raw
    record = document.record
    public = {one.lower() for one in document.profile.public_contacts}
    public |= {one.lower() for one in record.lexicon.public_contacts} if record else set()
    if "@" in raw:
        for found in _addresses(raw):
            lead = raw[max(0, found.start() - 30) : found.start()]
            offered = _ROLE.match(found.group()) or _OFFERED.search(lead)
            if found.group().lower() not in public and not offered:
                yield Hit(*found.span())
    if "+" in raw:
        for found in _PHONE.finditer(raw):
            lead = raw[max(0, found.start() - 40) : found.start()]
            if found.group() not in public and not _PUBLIC_PHONE.search(lead):
                yield Hit(*found.span())
    yield from _numbers(raw)


def _addresses(raw: str) -> Iterator[re.Match[str]]:
    """Mail addresses, looked for around each at sign only."""
    at = raw.find("@")
    while at >= 0:
        found = _EMAIL.search(raw, start_of_run(raw, at, ".+_-"), at + 130)
        if found:
            yield found
        at = raw.find("@", at + 1)


def _numbers(raw: str) -> Iterator[Hit]:
    """Numbers of cards, accounts and people, told apart by their check digits."""
    for found in _RUN.finditer(raw):
        start, end = found.span()
        joined = raw[start - 1 : start].isalnum() or raw[end : end + 1].isalnum()
        if _NATIONAL.fullmatch(found.group()) or (_passes_luhn(found.group()) and not joined):
            yield Hit(start, end)
        elif start > 1 and raw[start - 2 : start].isupper():
            account = _IBAN.match(raw, start - 2)
            if account and _passes_iban(account.group()):
                yield Hit(*account.span())


def _passes_luhn(written: str) -> bool:
    digits = [int(c) for c in written if c.isdecimal()]
    if not 13 <= len(digits) <= 19 or len(set(digits)) < 2:
        return False
    doubled = [
        d if i % 2 else (d * 2 - 9 if d > 4 else d * 2) for i, d in enumerate(digits[::-1], 1)
    ]
    return sum(doubled) % 10 == 0


def _passes_iban(written: str) -> bool:
    compact = written.replace(" ", "")
    if not 15 <= len(compact) <= 34:
        return False
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


RULE = Rule(
    id="LEK-06",
    name="personal-data",
    category="leak",
    severity="error",
    message="Personal data in a public text.",
    better=None,
    source="GDPR",
    survey=_survey,
    bad=examples(
        "Ask dana.miller@fernway.example about it.",
        "The card 4111 1111 1111 1111 was charged twice.",
        "Her account DE89 3704 0044 0532 0130 00 was charged.",
    ),
    good=examples(
        "Write to support@larkbridge.example.",
        "Order 4111 1111 1111 1112 was late.",
        "Phone us on +44 20 7946 0000.",
    ),
)
