"""Clock times in a text."""

from plaintalk.document import Document
from plaintalk.figures import CLOCK


def first_clock(document: Document) -> tuple[int, int] | None:
    """The place of the first clock time in the prose of a text."""
    for sentence in document.text.sentences:
        if sentence.role in ("text", "item"):
            found = CLOCK.search(document.scan, sentence.start, sentence.end)
            if found:
                return found.span("clock")
    return None
