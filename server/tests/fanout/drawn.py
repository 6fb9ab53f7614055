"""An incident, customers, readers and what they had before: drawn at random, as plain values."""

from dataclasses import dataclass, replace

from hypothesis import strategies as some

PARTS = ("Invoices", "Sign-in", "Exports")
ELSEWHERE = "Old mailer"
"""A part that the record may name and the page has not."""
REGIONS = ("EU", "US")
PEOPLE = tuple(f"p{n}@mail.example" for n in range(7))
AT_THE_CAP, ABROAD, DATA_TOO = "cap@mail.example", "abroad@mail.example", "data@mail.example"
"""They are in every world: see ``_with_the_cast``."""
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


AS_MANY_AS_ALLOWED = ((1, 6), (6, 6, 8), (1, 6, 30), (1, 8, 29, 29), (7, 8, 29, 29))
"""Days since each letter to a list: the next one would be one too many."""
HISTORIES = (
    *AS_MANY_AS_ALLOWED, (6, 7), (8, 8), (1, 7, 29), (1, 1, 6), (8, 29, 29, 30),
    (1, 8, 8, 29, 29), (),
)  # fmt: skip


def _several(
    of: tuple[str, ...], at_least: int = 0, at_most: int | None = None
) -> some.SearchStrategy[tuple[str, ...]]:
    found = some.lists(some.sampled_from(of), unique=True, min_size=at_least, max_size=at_most)
    return found.map(lambda found: tuple(sorted(found)))


_regions = some.sampled_from((("EU",), ("US",), ("EU",), ("US",), ("EU",), REGIONS, ()))
_parts = some.sampled_from(
    ((), (), ("Invoices",), ("Invoices", "Sign-in"), ("Exports", "Invoices"), ("Exports",))
)
_facts = some.builds(
    Facts,
    parts=some.just({"Invoices": "major_outage"}) | some.dictionaries(
        some.sampled_from((*PARTS, ELSEWHERE)),
        some.sampled_from(("none", "unknown", "degraded", "major_outage")),
        max_size=3,
    ),
    regions=_regions,
    customers=some.sampled_from((
        None, NOBODY, {"affected": 333, "total": 900, "percent": 37.0, "basis": "measured"},
    )),
    levels=some.sampled_from(({}, {}, None)) | some.dictionaries(
        some.sampled_from(("a0", "a1", "a2", "a3")),
        some.sampled_from((
            {"target": 99.9, "actual": 98.5}, {"target": 99.9, "actual": 99.95},
            {"target": 99.9, "actual": 99.9}, {"target": 99.9, "actual": None},
            {"target": 99.9, "actual": None, "breached": True},
        )),
    ),
    severity=some.integers(1, 4),
    data=some.sampled_from(("none", "unknown", "possible", "confirmed")),
)  # fmt: skip
_account = some.builds(
    Account,
    contract=some.sampled_from((True, True, False)),
    parts=_parts,
    regions=_regions,
    people=_several(PEOPLE, at_least=2, at_most=4),
)
_reader = some.builds(
    Reader,
    parts=_parts,
    wants=some.sampled_from(("every", "ends", "every", "after")),
    digest=some.sampled_from(("none", "none", "daily", "weekly")),
    zone=some.sampled_from(("", "Asia/Tokyo", "America/New_York")),
    confirmed=some.sampled_from((True, True, True, True, False)),
    late=some.lists(
        # Mostly what would keep the ending from whoever is asked only what they chose.
        some.sampled_from((
            "after", "only exports", "after", "only exports", "leave", "quarantine", "follow",
            "follow another", "whole page", "every", "ends",
        )),
        min_size=1, max_size=3,
    ).map(tuple),
)  # fmt: skip
_held = some.builds(
    Held, reason=some.sampled_from(("asked", "bounced", "complained")), before=some.booleans()
)
_person = some.sampled_from(PEOPLE)
_level = {segment: some.sampled_from((*of, *[of[-1]] * 6)) for segment, of in EVERY.items()}
# Each group once, in any order, and then one or another again.
_decisions = some.tuples(
    some.permutations(tuple(EVERY)), some.lists(some.sampled_from(tuple(EVERY)), max_size=2)
).flatmap(
    lambda order: some.tuples(
        *(some.tuples(some.just(each), _level[each]) for each in (*order[0], *order[1]))
    )
)


def _with_the_cast(world: World, cap: tuple[int, ...]) -> World:
    """Return the world with people with a contract who stand at the edges: one who had as many
    letters as the caps allow, one of a region that was not hit, where one was not, and one whose
    data was affected besides.
    """
    hit = world.facts.regions
    abroad = tuple(region for region in REGIONS if region not in hit) or REGIONS
    return replace(
        world,
        accounts=(
            *world.accounts,
            Account(True, (), (), (AT_THE_CAP,)),
            Account(True, (), abroad if hit else (), (ABROAD,)),
            Account(True, (), (), (DATA_TOO,)),
        ),
        affected=(*world.affected, DATA_TOO),
        had=world.had | {AT_THE_CAP: cap},
    )


worlds = some.builds(_with_the_cast, some.builds(
    World,
    announced=some.sampled_from(
        (("Invoices",), ("Invoices", "Sign-in"), ("Invoices",), ("Exports",), ())
    ),
    facts=_facts,
    accounts=some.lists(_account, min_size=1, max_size=4).map(tuple),
    measured=some.just({}) | some.just({}) | some.just({}) | some.dictionaries(
        some.integers(0, 3),
        some.builds(
            Measured, hardest=some.booleans(), loss=some.sampled_from(("", "stock sold twice")),
            failed=some.sampled_from(("", "7", "8100")),
        ),
        min_size=1,
        max_size=3,
    ),
    affected=_several(PEOPLE[:4], at_least=1, at_most=3),
    readers=some.dictionaries(_person, _reader, min_size=5, max_size=6),
    held=some.dictionaries(_person, _held, max_size=3),
    had=some.tuples(*[some.sampled_from(HISTORIES)] * len(PEOPLE)).map(
        lambda drawn: {who: days for who, days in zip(PEOPLE, drawn, strict=True) if days}
    ),
    decisions=_decisions,
    quietly=some.booleans(),
), some.sampled_from(AS_MANY_AS_ALLOWED))  # fmt: skip
