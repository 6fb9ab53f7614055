"""Whose approval a text needs before it leaves: the approval matrix, as pure functions.

A second reader always. Counsel, when data was or may have been touched, when somebody may have done
it on purpose, when a supplier is named, when a service level was breached, or when a finding about
liability or personal data was let through. Somebody who answers for publishing, when the worst
severity hit half of the customers or came again. Two readers for a data notice. Who wrote the text
is none of them, and nobody counts twice. A fact that is unknown counts as the worse value.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Final, Literal, TypeAlias

from afterword.statements.models import StatementKind, Weight

Part: TypeAlias = Literal["words", "legal", "answers", "second"]

HALF: Final = 50.0
_LEGAL_RULES: Final = frozenset({"DEF-06", "LEK-07", "LEK-08"})
_EFFECTS: Final = (
    ("confidentiality", "seen by others"), ("loss", "lost"), ("integrity", "changed"),
)  # fmt: skip
# Who can stand for each part: acts of the table of permissions; counsel is a role of its own.
ACTS: Final[Mapping[str, frozenset[str]]] = {
    "words": frozenset({"review"}),
    "legal": frozenset({"legal"}),
    "answers": frozenset({"publish"}),
    "second": frozenset({"review", "publish"}),
}
_NAMES: Final[Mapping[str, str]] = {
    "words": "a reviewer",
    "legal": "counsel",
    "answers": "somebody who answers for publishing",
    "second": "a second reader",
}


@dataclass(frozen=True)
class Need:
    """One approval a text needs. ``because`` is a sentence; empty for the one every text needs."""

    part: Part
    because: str = ""

    @property
    def who(self) -> str:
        return _NAMES[self.part]


@dataclass(frozen=True)
class Reader:
    """Somebody who approved, or might: ``acts`` are those of the table, and ``legal``."""

    key: int
    acts: frozenset[str]

    def can(self, need: Need) -> bool:
        return bool(ACTS[need.part] & self.acts)


def needed(
    kind: str,
    data: Mapping[str, Any],
    *,
    weight: str = "",
    let_through: Collection[str] = (),
    came_again: bool = False,
    has_counsel: bool = True,
) -> tuple[Need, ...]:
    """Return whose approvals a text of the kind needs under this record.

    ``let_through`` are the rules that were overridden; ``came_again`` whether the same cause was
    public before. Without counsel in the team nobody can stand for it: ``has_counsel`` says so.
    """
    needs = [Need("words")]
    if weight == Weight.TYPO:
        return tuple(needs)
    reasons = legal_reasons(data, let_through)
    if reasons and has_counsel:
        needs.append(Need("legal", _sentence(reasons)))
    if because := _gravest(data, came_again=came_again):
        needs.append(Need("answers", because))
    elif kind == StatementKind.DATA_NOTICE and len(needs) < 2:
        needs.append(Need("second", "A data notice is read by two."))
    return tuple(needs)


def legal_reasons(data: Mapping[str, Any], let_through: Collection[str] = ()) -> list[str]:
    """Return why counsel has to read it, in words; empty when counsel has not."""
    effects, cause = _section(data, "data"), _section(data, "cause")
    found = []
    for key, name in _EFFECTS:
        said = effects.get(key) or "unknown"
        if said == "unknown":
            found.append(f"nobody has said yet whether data was {name}")
        elif said != "none":
            found.append(f"data was {name}" if said == "confirmed" else f"data may be {name}")
    malicious = _section(data, "security").get("malicious") or "unknown"
    if malicious not in {"no", False}:
        found.append(
            "it was done on purpose" if malicious in {"yes", True} else "it may be on purpose"
        )
    if cause.get("vendor_may_be_named") is True and cause.get("vendor"):
        found.append(f"{cause['vendor']} is named")
    if any(isinstance(s, Mapping) and s.get("breached") is True for s in data.get("sla") or []):
        found.append("a service level was breached")
    found += [f"{rule} was let through" for rule in sorted(_LEGAL_RULES & set(let_through))]
    return found


def unmet(needs: Sequence[Need], readers: Sequence[Reader]) -> tuple[Need, ...]:
    """Return the needs that the readers leave open, each reader standing for one at most."""
    best: tuple[Need, ...] = tuple(needs)
    for order in permutations(needs):
        left, free = [], list(readers)
        for need in order:
            # The one who can do least stands first, so that the others stay free.
            able = sorted((r for r in free if r.can(need)), key=lambda r: len(r.acts))
            if able:
                free.remove(able[0])
            else:
                left.append(need)
        if len(left) < len(best):
            best = tuple(need for need in needs if need in left)
    return best


def _gravest(data: Mapping[str, Any], *, came_again: bool) -> str:
    if _section(data, "incident").get("severity") != 1:
        return ""
    if came_again or data.get("previous"):
        return "Severity 1, and it came again."
    percent = _section(data, "customers").get("percent")
    if percent is None:
        return "Severity 1, and nobody has said yet what share of customers it hit."
    return "Severity 1, and it hit half of the customers or more." if percent >= HALF else ""


def _sentence(reasons: Iterable[str]) -> str:
    text = "; ".join(reasons)
    return f"{text[:1].upper()}{text[1:]}."


def _section(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}
