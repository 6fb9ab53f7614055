"""Getting ready before the first text, for processes that check many: desks, editors' servers."""

from collections.abc import Iterable

from plaintalk import engine
from plaintalk.compiled import LATER
from plaintalk.document import KINDS
from plaintalk.pattern import EVERY
from plaintalk.profiles import DEFAULT_PROFILE, Profile


def warm_up(kinds: Iterable[str] = KINDS, profile: Profile = DEFAULT_PROFILE) -> None:
    """Lay out the rules for some kinds of text and compile every pattern that they may need.

    Takes about a second of processor time and 15 MB, once in a process; without it each text pays
    for what it is the first to need. May run in a thread beside checks, whose reports stay the
    same. Raises `ValueError` for a kind that does not exist.
    """
    for kind in kinds:
        engine.prepare(kind, profile)
    for pattern in EVERY:
        pattern.make_ready()
    for expression in LATER:
        expression.make_ready()
