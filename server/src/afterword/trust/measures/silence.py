"""Whether the next word came by when readers were told it would."""

from collections.abc import Iterator
from datetime import datetime

from afterword.kit.timespans import format_span, parse_iso
from afterword.trust.incidents_seen import Seen, seen
from afterword.trust.measure import Item, Measure
from afterword.trust.rows import Row, Rows


def words_in_time(rows: Rows) -> Measure:
    items = [
        _item(rows, each, word, promised, after)
        for each in seen(rows)
        for word, promised, after in _promised(rows, each)
    ]
    return Measure(
        code="words_in_time",
        name="Next words in time",
        definition="Updates that came by the time the update before had promised readers, of the "
        "promises whose time has come. When a word was written counts, whatever time it shows.",
        reads_as="Falling: readers wait for a word that was promised.",
        kind="share",
        items=tuple(items),
        pair=("time_to_closure", "told_afterwards"),
    )


def _promised(rows: Rows, each: Seen) -> Iterator[tuple[Row, datetime, datetime | None]]:
    """Yield the words that promised the next, with by when, and when that came, if it has."""
    words = rows.words.get(each.pk, ())
    for place, word in enumerate(words):
        try:
            promised = parse_iso(word["promised"] or "")
        except ValueError:
            continue
        after = words[place + 1]["created_at"] if place + 1 < len(words) else None
        yield word, promised, after


def _item(rows: Rows, each: Seen, word: Row, promised: datetime, after: datetime | None) -> Item:
    kept = after is not None and after <= promised
    came = kept or promised < rows.now
    late = int(((after or rows.now) - promised).total_seconds())
    said = "not due yet"
    if came:
        said = "in time" if kept else f"{format_span(max(late, 1))} late"
    return Item(
        at=word["created_at"], about=each.about, title=each.title, said=said, part=int(kept),
        whole=int(came), group="" if not came else "in time" if kept else "late",
    )  # fmt: skip
