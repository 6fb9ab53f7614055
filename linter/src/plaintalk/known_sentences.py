"""What is known of sentences that were read before, in this text or in an earlier one.

Whoever types changes one sentence at a time, and the text is checked again each time. What depends
on nothing but a sentence's own letters is kept: its words, which rules may have a say about it, and
which patterns find nothing in it. All of it would be found again just the same.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

Answer = TypeVar("Answer")

LEAD: Final = 24
"""Characters before a sentence that belong to what is known of it: patterns look behind, at most
half as far."""
MOST: Final = 1_000
"""Sentences after which a new generation begins; two are kept, some 3 KB for each sentence."""
_LONGEST: Final = 600
"""Characters of a sentence that is remembered; longer ones may have been cut within a word."""
_LONGEST_PART: Final = 2_000
"""Characters of a paragraph that is remembered."""


class Known:
    """What is known of one sentence."""

    __slots__ = ("held", "listed", "nothing", "passing", "worded")

    def __init__(self) -> None:
        self.listed: list[str] = []
        """As in `Document.listed`."""
        self.worded: set[str] = set()
        """As in `Document.worded`."""
        self.nothing: set[object] = set()
        """Patterns, ways of speaking and kinds of figures that the sentence holds nothing of."""
        self.passing: dict[int, tuple[int, ...]] = {}
        """By the number of a view of a layout, the targets that may have a say."""
        self.held: int | None = None
        """Which slots it may hold, as `slots` numbers them; None until it is asked for."""


class KnownSentences:
    """The sentences that were read last, by their letters and those before them."""

    def __init__(self, limit: int = MOST) -> None:
        """Nothing is known yet; `limit` is where a new generation begins, 0 to remember nothing."""
        self.limit = limit
        self._young: dict[tuple[int, str], Known] = {}
        self._old: dict[tuple[int, str], Known] = {}
        self._version = -1
        self._parts: dict[tuple[Callable[[str], Any], str], Any] = {}

    def forget(self) -> None:
        """Throw away all that is known."""
        self._young, self._old = {}, {}
        self._parts = {}

    def told(self, question: Callable[[str], Answer], part: str) -> Answer:
        """The answer to a question about the letters of a paragraph."""
        answer: Answer
        if not self.limit or len(part) > _LONGEST_PART:
            return question(part)
        key = question, part
        try:
            answer = self._parts[key]
        except KeyError:
            if len(self._parts) >= self.limit:
                self._parts = {}
            answer = self._parts[key] = question(part)
        return answer

    def of(self, scan: str, spans: Iterable[tuple[int, int]], version: int) -> list[Known]:
        """What is known of the sentences of a text, by where they start and end in `scan`.

        `version` is that of `STEMS` up to which their words are listed; of another one nothing is
        taken. A sentence that is not known yet has no words: whoever asks notes them.
        """
        if version != self._version:
            self.forget()
            self._version = version
        elif len(self._young) >= self.limit:
            self._young, self._old = {}, self._young
        young, old = self._young, self._old
        found = []
        for start, end in spans:
            lead = min(start, LEAD)
            key = (lead, scan[start - lead : end])
            one = young.get(key)
            if one is None:
                one = old.get(key) or Known()
                cut = end - start > _LONGEST or (start > 0 and scan[start - 1].isalnum())
                if not cut and len(young) < self.limit:
                    young[key] = one
            found.append(one)
        return found


KNOWN: Final = KnownSentences()
"""Those of this process."""
