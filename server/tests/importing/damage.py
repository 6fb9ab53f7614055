"""Damage to JSON as the world does it: things replaced, dropped, doubled."""

import random
from typing import Any

ODD: list[Any] = [
    None, True, 0, -1, 1e308, 2**70, "", "x" * 300, "\x00\ud800", "<script>x</script>",
    [], {}, [[]], "2999-01-01T00:00:00Z", "1999-01-01T00:00:00Z", {"id": "a"}, "postmortem",
]  # fmt: skip


def mutate(value: Any, chance: random.Random) -> Any:
    """Replace, drop or swap things in a JSON value here and there."""
    if chance.random() < 0.03:
        return chance.choice(ODD)
    if isinstance(value, dict):
        return {k: mutate(v, chance) for k, v in value.items() if chance.random() > 0.02}
    if isinstance(value, list):
        out = [mutate(v, chance) for v in value if chance.random() > 0.02]
        if out and chance.random() < 0.1:
            out.append(chance.choice(out))
        return out
    return value
