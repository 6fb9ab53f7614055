"""How the promises of an incident stand beside what readers were last told of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from afterword.commitments.models import Commitment
from afterword.commitments.queries import public_view
from afterword.publishing.actions.promises import sentence_on
from afterword.publishing.actions.statement import WITH_PROMISES
from afterword.publishing.corrections import withdrawn_by
from afterword.publishing.models import Audience, Publication


@dataclass(frozen=True)
class Told:
    """``changed``: readers know an older state of them. ``fresh``: readers know nothing of them.

    ``began``: the page has had its closure or summary, or a promise; before that, promises go
    out with those.
    """

    began: bool
    changed: Sequence[Commitment]
    fresh: Sequence[Commitment]

    @property
    def differs(self) -> bool:
        """Whether there is anything to tell readers now."""
        return self.began and bool(self.changed or self.fresh)

    @property
    def sentences(self) -> list[str]:
        """What telling readers now would say, one sentence for each promise."""
        return [sentence_on(public_view(each)) for each in (*self.changed, *self.fresh)]

    def mark(self, promise: Commitment) -> str:
        """Return what to show beside a promise that readers do not know as it is; "" otherwise."""
        if promise in self.changed:
            return "changed, readers not told yet"
        return "not public yet" if promise in self.fresh else ""


def told_of(promises: Sequence[Commitment], publications: Sequence[Publication]) -> Told:
    """Compare promises with the newest publication that carried any and stands. Oldest first."""
    shown = [p for p in publications if p.audience != Audience.LIST]
    gone = withdrawn_by(shown)
    standing = (p.commitments for p in reversed(shown) if p.commitments and p.pk not in gone)
    newest = next(standing, None)
    known: dict[str, Mapping[str, Any]] = {each["id"]: each for each in newest or ()}
    return Told(
        began=newest is not None or any(p.kind in WITH_PROMISES for p in shown),
        changed=[
            p for p in promises if p.public_id in known and known[p.public_id] != public_view(p)
        ],
        fresh=[p for p in promises if p.public_id not in known],
    )
