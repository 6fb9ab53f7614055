"""Names that must not leave, known only as salted hashes: people, machines, tickets, customers.

A name is its words joined by one space, so ``db-prod-03.internal`` is found however it is written.
People and customers keep their case (a person called Mark is no mark); the rest is folded.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import plaintalk

LONGEST: Final = 8
"""Words of the longest name that is looked for; of a longer one its first eight are."""
_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_CASED: Final = frozenset({"person", "customer"})
_TICKET: Final = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]{1,9}-\d{1,7}(?![\w-])")
# Standards and the like that are written as tickets are.
_NO_TICKET: Final = re.compile(
    r"(?:AES|BS|CVE|COVID|DIN|EN|GPT|HTTP|IEC|IEEE|IPV|ISO|MD|P|RFC|RSA|S|SEV|SHA|SSL|TLS|UTC|UTF|X)-"
)
_SHORTEST_SECRET: Final = 6
_KIND_OF_RULE: Final = {
    "LEK-01": "secret", "LEK-02": "host", "LEK-03": "ticket", "LEK-04": "person",
    "LEK-05": "customer", "LEK-06": "contact",
}  # fmt: skip


class Named(NamedTuple):
    """A name found in internal text, and what it names (see ``RULES``)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Rule:
    """What a public text is told when it holds such a name."""

    id: str
    name: str
    message: str
    suggestion: str


RULES: Final[Mapping[str, Rule]] = {
    "secret": Rule(
        "LEK-01", "secret", "The internal review holds this as a secret. Remove it, then rotate "
        "it.", "Say what was protected, never how.",
    ),
    "host": Rule(
        "LEK-02", "internal-address", "The internal review names this machine or service. "
        "Attackers collect such names.", "“one of our servers”",
    ),
    "ticket": Rule(
        "LEK-03", "internal-link", "The internal review names this ticket. Readers cannot open "
        "it.", "Leave it out, or say what it is about.",
    ),
    "person": Rule(
        "LEK-04", "colleague-named", "The internal review names this person. Use the role.",
        "“our on-duty engineer”",
    ),
    "customer": Rule(
        "LEK-05", "other-customer", "The internal review names this customer. Others need not "
        "know who was hit.", "“a customer”",
    ),
    "contact": Rule(
        "LEK-06", "personal-data", "The internal review holds this address or number. It is "
        "personal data in a public text.", "Give the address of your support.",
    ),
}  # fmt: skip


class Spot(NamedTuple):
    """A name found in a public text; ``start`` and ``end`` count code points."""

    start: int
    end: int
    kind: str


def names_in(text: str) -> Iterator[Named]:
    """Yield what looks like a secret, a machine, a ticket, a handle or an address in a text."""
    for finding in plaintalk.check(text, kind="note", record=None, allow_comments=False).findings:
        kind = _KIND_OF_RULE.get(finding.rule)
        if kind is not None:
            yield Named(kind, finding.quote)
        if kind == "secret":
            # ``password=…`` is a secret without its name too.
            parts = re.split(r"[=:\s\"']+", finding.quote)[1:]
            yield from (Named(kind, part) for part in parts if len(part) >= _SHORTEST_SECRET)
    for found in _TICKET.finditer(text):
        if not _NO_TICKET.match(found[0]):
            yield Named("ticket", found[0])


def term_of(named: Named, salt: str) -> tuple[str, str, int] | None:
    """Return (kind, salted digest, number of words); None for what is too short to tell apart."""
    words = [found[0] for found in _WORD.finditer(named.text)][:LONGEST]
    if sum(len(word) for word in words) < 3:
        return None
    return named.kind, _digest(salt, words, cased=named.kind in _CASED), len(words)


def spots(
    text: str,
    *,
    salt: str,
    terms: Mapping[str, tuple[str, int]],
    exempt: frozenset[str] = frozenset(),
) -> list[Spot]:
    """Return where a text holds a name; ``terms`` is digest → (kind, number of words).

    A name made only of exempt words (of titles and components) is a name of the public's too.
    Of names inside one another the longest is returned.
    """
    words = list(_WORD.finditer(text))
    forms = {(count, kind in _CASED) for kind, count in terms.values()}
    found: list[Spot] = []
    for count, cased in sorted(forms, reverse=True):
        for at in range(len(words) - count + 1):
            run = words[at : at + count]
            kind, _ = terms.get(_digest(salt, (w[0] for w in run), cased=cased), ("", 0))
            if not kind or all(w[0].casefold() in exempt for w in run):
                continue
            spot = Spot(run[0].start(), run[-1].end(), kind)
            if not any(one.start < spot.end and spot.start < one.end for one in found):
                found.append(spot)
    return sorted(found)


def _digest(salt: str, words: Iterable[str], *, cased: bool) -> str:
    name = " ".join(words)
    plain = f"{salt}\nname {name}" if cased else f"{salt}\nterm {name.casefold()}"
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
