"""Questions that readers have and the text leaves open."""

from collections.abc import Callable, Iterator

from plaintalk.document import Document
from plaintalk.rule import Hit, Survey


def unless_answered(
    element: str,
    *,
    allow_partly: bool = False,
    excused: Callable[[Document], bool] | None = None,
) -> Survey:
    """Point at the first line of a text in which an element is not answered."""

    def survey(document: Document) -> Iterator[Hit]:
        state = document.element(element).state
        if state == "answered" or (allow_partly and state == "partly"):
            return
        if excused is None or not excused(document):
            yield Hit(*document.text.first_line)

    return survey
