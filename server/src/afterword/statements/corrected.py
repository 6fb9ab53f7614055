"""What a correction may say of the words it corrects. Pure; nothing here reads or writes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from afterword.kit.errors import BadInput
from afterword.statements.models import Weight

MAX_WROTE: Final = 2_000
MAX_RIGHT: Final = 10_000
# A slip of the pen changes a word or two. What changes more says something else.
_MOST_WORDS_OF_A_TYPO: Final = 4
_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_TELLING: Final = frozenset(
    {"no", "not", "none", "never", "nobody", "nothing", "neither", "nor", "without", "only", "all"}
    | {"any", "some", "every", "unknown"}
)
_RUN: Final = 8
TITLE_CHANGED: Final = "We changed the title of this incident. The earlier one is withdrawn."


@dataclass(frozen=True)
class Corrected:
    """A publication as its readers have it: its number on the page, kind in words, and words.

    ``facts`` are what stood beside it, as text: a wrong one may be quoted though no sentence
    says it. ``is_markdown``: whether its spelling can be mended in place. ``borrows_title``:
    whether its title is the incident's, as that of an update is.
    """

    number: int
    name: str
    title: str
    body: str
    plain: str
    facts: Sequence[str] = ()
    is_markdown: bool = True
    borrows_title: bool = False


def first_words(corrected: Corrected, weight: Weight, wrote: str, right: str) -> tuple[str, str]:
    """Return title and body of the first revision of a correction.

    Raises BadInput when ``wrote`` was not what readers have, or when a typo cannot be mended.
    """
    if weight == Weight.RETRACTION:
        return f"{corrected.name} withdrawn", right
    if weight == Weight.TITLE:
        return right, TITLE_CHANGED
    if wrote:
        _refuse_never_written(corrected, wrote)
    if weight == Weight.TYPO:
        return _mended(corrected, wrote, right)
    if not wrote:
        return corrected.title, right
    quoted = " ".join(wrote.split())
    if weight == Weight.CLARIFICATION:
        return corrected.title, f"We wrote “{quoted}”. To be clear: {right}"
    if right.endswith((".", "!", "?")):
        return corrected.title, f"We wrote: “{quoted}”\n\nIt is: {right}"
    return corrected.title, f"We wrote “{quoted}”; it is {right}."


def more_than_a_typo(before: tuple[str, str], after: tuple[str, str]) -> str:
    """Return why a mended text (title, body) says something else than before, or ""."""
    old, new = ("\n\n".join(each) for each in (before, after))
    was, now = (_WORD.findall(each) for each in (old, new))
    if [w for w in was if w[0].isdigit()] != [w for w in now if w[0].isdigit()]:
        return "a figure would change"
    changes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    moved = [(was[a:b], now[c:d]) for what, a, b, c, d in changes if what != "equal"]
    for gone, come in moved:
        told = {w.casefold() for w in gone} ^ {w.casefold() for w in come}
        if words := sorted(told & _TELLING):
            return f"“{words[0]}” makes it say something else"
    if sum(max(len(gone), len(come)) for gone, come in moved) > _MOST_WORDS_OF_A_TYPO:
        return f"more than {_MOST_WORDS_OF_A_TYPO} words would change"
    return ""


def still_quotes(body: str, withdrawn: tuple[str, str]) -> str:
    """Return the first passage that a retraction's reason repeats from what it withdraws, or ""."""
    taken = _runs(" ".join(withdrawn))
    words = _WORD.findall(body)
    for start in range(len(words) - _RUN + 1):
        run = words[start : start + _RUN]
        if tuple(w.casefold() for w in run) in taken:
            return " ".join(run)
    return ""


def not_a_new_title(before: str, title: str, body: str) -> str:
    """Return why a text cannot take the place of an incident's title, or "".

    Of the words that go, a name or a figure may not come back in the reason.
    """
    old, new = (_WORD.findall(each) for each in (before, title))
    if " ".join(before.split()) == " ".join(title.split()):
        return "The title is the one readers have. Write the new one."
    kept = {w.casefold() for w in new}
    told = {w.casefold() for w in _WORD.findall(body)}
    for word in old:
        telling = any(c.isdigit() for c in word) or word != word.lower()
        if telling and word.casefold() not in kept and word.casefold() in told:
            return (
                f"The reason repeats “{word}”, which the new title leaves out. Say why it was "
                "changed without it."
            )
    return ""


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [w.casefold() for w in _WORD.findall(text)]
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _mended(corrected: Corrected, wrote: str, right: str) -> tuple[str, str]:
    if not corrected.is_markdown:
        raise BadInput(
            "This text came from elsewhere and cannot be mended in place. Publish a clarification.",
            {"weight": "cannot be a typo"},
        )
    if corrected.borrows_title and wrote in corrected.title:
        raise BadInput(
            f"“{wrote}” is in the title of the incident, which stands in many places. Choose the "
            "title, and write the new one.",
            {"weight": "must be the title"},
        )
    times = corrected.title.count(wrote) + corrected.body.count(wrote)
    if times != 1:
        found = "is not there in one piece" if not times else f"stands there {times} times"
        raise BadInput(
            f"“{wrote}” {found}; quote a little more, or less, of the words around the slip.",
            {"wrote": found},
        )
    return corrected.title.replace(wrote, right), corrected.body.replace(wrote, right)


def _refuse_never_written(corrected: Corrected, wrote: str) -> None:
    sought = _bare(wrote)
    stood = (corrected.title, corrected.body, corrected.plain, *corrected.facts)
    if not sought or not any(sought in _bare(each) for each in stood):
        raise BadInput(
            f"“{wrote}” is not in the {corrected.name.lower()}. Copy the passage as it was "
            "published.",
            {"wrote": "is not what was published"},
        )


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()
