"""Whether the next word came by when readers were told it would."""

from afterword.kit.timespans import format_span
from afterword.trust.measure import NOT_DUE, Item, Measure
from afterword.trust.rows import Row, Rows


def words_in_time(rows: Rows) -> Measure:
    return Measure(
        code="words_in_time",
        name="Next words in time",
        definition="Updates that came by the time the update before had promised readers, of the "
        "promises whose time came in the period, also where it is not over. When a word was "
        "written counts, whatever time it shows.",
        reads_as="Falling: readers wait for a word that was promised.",
        kind="share",
        items=tuple(_item(rows, each) for each in rows.words),
        pair=("time_to_closure", "told_afterwards"),
    )


def is_kept(word: Row) -> bool:
    """Whether the next word came by when it was promised."""
    return word["came_at"] is not None and word["came_at"] <= word["promised"]


def is_broken(word: Row, rows: Rows) -> bool:
    """Whether its time has come and the next word had not."""
    return not is_kept(word) and word["promised"] < rows.now


def how_late(word: Row, rows: Rows) -> str:
    """Return by how long the next word was late, so far where it has not come."""
    late = int(((word["came_at"] or rows.now) - word["promised"]).total_seconds())
    return format_span(max(late, 1))


def _item(rows: Rows, word: Row) -> Item:
    kept, broken = is_kept(word), is_broken(word, rows)
    said = "in time" if kept else f"{how_late(word, rows)} late" if broken else "not due yet"
    return Item(
        at=word["promised"], about=word["about"], title=word["title"], said=said, part=int(kept),
        whole=int(kept or broken), group="in time" if kept else "late" if broken else "",
        void="" if kept or broken else NOT_DUE,
    )  # fmt: skip
