"""An incident, customers, readers and what they had before: drawn at random, as plain values."""

from dataclasses import dataclass

from hypothesis import strategies as some

PARTS = ("Invoices", "Sign-in", "Exports")
ELSEWHERE = "Old mailer"
"""A part that the record may name and the page has not."""
REGIONS = ("EU", "US")
PEOPLE = tuple(f"p{n}@mail.example" for n in range(7))
NOBODY = {"affected": 0, "total": 900, "percent": 0.0, "basis": "measured"}
EVERY = {
    "everyone": ("none", "page", "subscribers"),
    "data_affected": ("none", "page", "targeted", "personal"),
    "sla": ("none", "page", "targeted", "personal"),
    "high_impact": ("none", "page", "targeted", "personal"),
}


@dataclass(frozen=True)
class Facts:
    """What the record says. ``parts`` maps names to impacts; ``regions`` empty: not known."""

    parts: dict[str, str]
    regions: tuple[str, ...]
    customers: dict[str, object] | None
    levels: dict[str, dict[str, object]] | None
    severity: int
    data: str


@dataclass(frozen=True)
class Account:
    contract: bool
    parts: tuple[str, ...]
    regions: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    hardest: bool
    loss: str
    failed: str


@dataclass(frozen=True)
class Reader:
    """``late``: what they did after the incident was announced, one after the other."""

    parts: tuple[str, ...]
    wants: str
    digest: str
    zone: str
    confirmed: bool
    late: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """No more mail to an address: ``before`` it could be confirmed as a reader's, or after that."""

    reason: str
    before: bool


@dataclass(frozen=True)
class World:
    """Accounts by their number: ``a0``, ``a1``. ``had``: days since each letter to a list, by
    address. ``decisions``: (segment, level), in the order in which they are made.
    """

    announced: tuple[str, ...]
    facts: Facts
    accounts: tuple[Account, ...]
    measured: dict[int, Measured]
    affected: tuple[str, ...]
    readers: dict[str, Reader]
    held: dict[str, Held]
    had: dict[str, tuple[int, ...]]
    decisions: tuple[tuple[str, str], ...]
    quietly: bool


def _several(of: tuple[str, ...], at_least: int = 0) -> some.SearchStrategy[tuple[str, ...]]:
    return some.lists(some.sampled_from(of), unique=True, min_size=at_least).map(
        lambda found: tuple(sorted(found))
    )


_facts = some.builds(
    Facts,
    parts=some.dictionaries(
        some.sampled_from((*PARTS, ELSEWHERE)),
        some.sampled_from(("none", "unknown", "degraded", "major_outage")),
        max_size=3,
    ),
    regions=_several(REGIONS),
    customers=some.sampled_from((
        None, NOBODY, {"affected": 333, "total": 900, "percent": 37.0, "basis": "measured"},
    )),
    levels=some.none() | some.dictionaries(
        some.sampled_from(("a0", "a1", "a2", "a3")),
        some.sampled_from((
            {"target": 99.9, "actual": 98.5}, {"target": 99.9, "actual": 99.95},
            {"target": 99.9, "actual": None}, {"target": 99.9, "actual": None, "breached": True},
        )),
    ),
    severity=some.integers(1, 4),
    data=some.sampled_from(("none", "unknown", "possible", "confirmed")),
)  # fmt: skip
_account = some.builds(
    Account,
    contract=some.booleans(),
    parts=_several(PARTS),
    regions=_several(REGIONS),
    people=_several(PEOPLE, at_least=1).map(lambda found: found[:3]),
)
_reader = some.builds(
    Reader,
    parts=_several(PARTS),
    wants=some.sampled_from(("every", "ends", "after")),
    digest=some.sampled_from(("none", "none", "daily", "weekly")),
    zone=some.sampled_from(("", "Asia/Tokyo", "America/New_York")),
    confirmed=some.sampled_from((True, True, True, False)),
    late=some.lists(
        some.sampled_from((
            "leave", "quarantine", "follow", "follow another", "whole page", "only exports",
            "every", "ends", "after",
        )),
        max_size=3,
    ).map(tuple),
)  # fmt: skip
_held = some.builds(
    Held, reason=some.sampled_from(("asked", "bounced", "complained")), before=some.booleans()
)
_person = some.sampled_from(PEOPLE)
_decision = some.sampled_from(tuple(EVERY)).flatmap(
    lambda segment: some.tuples(
        some.just(segment), some.sampled_from((*EVERY[segment], *[EVERY[segment][-1]] * 3))
    )
)
worlds = some.builds(
    World,
    announced=_several(PARTS),
    facts=_facts,
    accounts=some.lists(_account, min_size=1, max_size=4).map(tuple),
    measured=some.just({}) | some.dictionaries(
        some.integers(0, 3),
        some.builds(
            Measured, hardest=some.booleans(), loss=some.sampled_from(("", "stock sold twice")),
            failed=some.sampled_from(("", "7", "8100")),
        ),
        max_size=3,
    ),
    affected=_several(PEOPLE).map(lambda found: found[:3]),
    readers=some.dictionaries(_person, _reader, min_size=2, max_size=6),
    held=some.dictionaries(_person, _held, max_size=4),
    had=some.dictionaries(
        _person,
        some.lists(some.sampled_from((1, 6, 7, 8, 29, 30)), min_size=1, max_size=5).map(tuple),
        max_size=5,
    ),
    decisions=some.lists(_decision, min_size=3, max_size=7).map(tuple),
    quietly=some.booleans(),
)  # fmt: skip
