"""What each rule costs, by a clock around its look and its survey."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import replace
from typing import Any

import plaintalk
from plaintalk import engine
from speed.documents import Sample


def costs(texts: list[Sample], rounds: int = 3) -> list[tuple[str, float, int]]:
    """Rule, microseconds per text, calls per text; the dearest first."""
    spent: Counter[str] = Counter()
    calls: Counter[str] = Counter()

    def timed(name: str, act: Callable[..., Any], listed: bool) -> Callable[..., Any]:
        def run(*given: Any) -> Any:
            began = time.perf_counter_ns()
            try:
                found = act(*given)
                return list(found) if listed else found
            finally:
                spent[name] += time.perf_counter_ns() - began
                calls[name] += 1

        return run

    def watched(rules: Iterable[plaintalk.Rule]) -> tuple[plaintalk.Rule, ...]:
        return tuple(
            replace(
                rule,
                look=rule.look and timed(rule.id, rule.look, False),
                survey=rule.survey and timed(rule.id, rule.survey, True),
            )
            for rule in rules
        )

    true_program = engine._program

    def program(*given: Any) -> Any:
        made = true_program(*given)
        key = (id(made),)
        if key not in kept:
            kept[key] = copy(made)
            kept[key].rules = watched(made.rules)
            kept[key].surveys = watched(made.surveys)
        return kept[key]

    kept: dict[Any, Any] = {}
    engine._program = program  # type: ignore[assignment]
    try:
        for _ in range(rounds):
            for sample in texts:
                plaintalk.check(sample.text, kind=sample.kind, record=sample.record)
    finally:
        engine._program = true_program
    texts_read = rounds * len(texts)
    return [
        (rule, nanoseconds / 1000 / texts_read, calls[rule] // texts_read)
        for rule, nanoseconds in spent.most_common()
    ]
