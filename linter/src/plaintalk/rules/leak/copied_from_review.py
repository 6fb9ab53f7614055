"""LEK-11: passages copied from the internal review."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Example, Hit, Rule
from plaintalk.runs import word_runs

_FEWEST = 2


def _survey(document: Document) -> Iterator[Hit]:
    known = document.is_internal
    if known is None:
        return
    shared = [(start, end) for start, end, run in word_runs(document.text.raw) if known(run)]
    if len(shared) >= _FEWEST:
        start, end = shared[0]
        for begin, stop in shared[1:]:
            if begin <= end:
                end = max(end, stop)
        yield Hit(start, end)


_INTERNAL = "the writer of the queue job held a lock for the whole of the migration that night"


RULE = Rule(
    id="LEK-11",
    name="copied-from-review",
    category="leak",
    severity="warning",
    message="Copied from the internal review. Rewrite it for readers.",
    better=None,
    source="SEED",
    survey=_survey,
    needs_internal=True,
    bad=(
        Example(
            "Exports failed: the writer of the queue job held a lock for the whole of the migration.",
            internal=_INTERNAL,
        ),
    ),
    good=(
        Example("Exports failed because the list of waiting work was full.", internal=_INTERNAL),
    ),
)
