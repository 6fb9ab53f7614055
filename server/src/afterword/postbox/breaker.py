"""When a mail server's refusals are no longer about the people it refuses. Pure.

A single definite refusal (5xx) ends its letter. So many at once are a fault of the server, or of
how it knows us: a broken table of recipients, a relay that does not let us in. Such refusals are
held back and their letters tried again; nobody is taken off a list for them.
"""

import re
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from afterword.postbox.lines import one_line
from afterword.postbox.outcomes import Outcome

REFUSES = "The mail server refuses too many letters"
"""How it is told that sending rests because of refusals."""
RESTS = "The mail server refuses this text"
"""How it is told that one run rests because of them."""
RUN_RESTS = timedelta(hours=1)
"""How long a run rests whose letters are refused while others are to leave. Our policy."""
HELD_BACK = "Held back: "
"""How the answer of a letter begins whose refusal was held back."""

AT_ONCE = 20
"""The newest answers that are looked at together."""
LEAST, IN_A_ROW = 10, 10
"""Of so many answers or more, more than half refused, or so many in a row: too many."""
NOTHING_ELSE, NOTHING_ELSE_OF_US = 5, 3
"""The same where nothing else was answered within the hour: fewer are enough, above all when they
speak of us."""
WITHIN = timedelta(hours=1)

# RFC 3463: X.7.z are security and policy; RFC 4954: 530, 534, 535, 538 ask for authentication.
_OF_US = re.compile(
    r"(?<![\d.])5\.7\.\d{1,3}(?![\d.])"
    r"|relay(?:ing)? (?:access )?(?:denied|not permitted|prohibited|not allowed)"
    r"|(?:unable|not (?:permitted|allowed|authori[sz]ed)|do(?:es)? not) (?:to )?relay"
    r"|authentication (?:is )?required",
    re.IGNORECASE,
)
_GONE = re.compile(r"(?<![\d.])5\.1\.\d{1,3}(?![\d.])")
_ASKS_WHO_WE_ARE = frozenset({530, 534, 535, 538})


class Heard(NamedTuple):
    """One answer of a mail server to a letter."""

    letter_id: int
    at: datetime
    outcome: str
    code: int | None
    answer: str

    @property
    def is_refusal(self) -> bool:
        """Whether the server refused it for good. What we could not build it never saw."""
        return self.outcome == Outcome.REFUSED and self.code is not None

    @property
    def speaks_of_us(self) -> bool:
        return speaks_of_us(self.code, self.answer)


def speaks_of_us(code: int | None, answer: str) -> bool:
    """Whether a refusal is about the sender (relaying, policy, authentication), not a recipient."""
    if code in _ASKS_WHO_WE_ARE:
        return True
    return not _GONE.search(answer) and bool(_OF_US.search(answer))


def too_many(answers: Sequence[Heard]) -> set[int]:
    """Return the numbers of the letters whose refusal is one of too many. ``answers`` are those of
    one mail server, the oldest first; what was lost without an answer says nothing.
    """
    heard = [each for each in answers if each.outcome != Outcome.LOST]
    # A letter that was tried again since is judged by what it was answered then.
    last = {each.letter_id: each.at for each in heard}
    found: set[int] = set()
    newest: deque[Heard] = deque(maxlen=AT_ONCE)
    for each in heard:
        newest.append(each)
        while newest[0].at < each.at - WITHIN:
            newest.popleft()
        if each.is_refusal and _are_too_many(newest):
            found.update(
                one.letter_id for one in newest if one.is_refusal and one.at == last[one.letter_id]
            )
    return found


def _are_too_many(newest: Sequence[Heard]) -> bool:
    refused = sum(each.is_refusal for each in newest)
    if refused == len(newest):
        of_us = all(each.speaks_of_us for each in newest)
        return refused >= (NOTHING_ELSE_OF_US if of_us else NOTHING_ELSE)
    in_a_row = list(newest)[-IN_A_ROW:]
    if len(in_a_row) == IN_A_ROW and all(each.is_refusal for each in in_a_row):
        return True
    return len(newest) >= LEAST and 2 * refused > len(newest)


class Watch:
    """Sees while letters leave that too many are refused, before the database is asked.

    It knows one sender's answers since its run began, so it says less than ``too_many``, never
    more: what it stops is then held back.
    """

    def __init__(self) -> None:
        self._newest: deque[bool] = deque(maxlen=AT_ONCE)

    def sees_too_many(self, outcome: Outcome, code: int | None) -> bool:
        if outcome is Outcome.LOST:
            return False
        self._newest.append(outcome is Outcome.REFUSED and code is not None)
        newest = list(self._newest)
        return newest[-1] and (
            (len(newest) >= IN_A_ROW and all(newest[-IN_A_ROW:]))
            or (len(newest) == AT_ONCE and 2 * sum(newest) > AT_ONCE)
        )


def in_words(code: int | None, answer: str) -> str:
    """Return why sending rests and what to do, for an operator."""
    said = _said(code, answer, 160)
    if speaks_of_us(code, answer):
        do = (
            "It speaks of us: check that it lets this machine send (AFTERWORD_SMTP_URL with user "
            "name and password, its list of networks that may relay, AFTERWORD_MAIL_FROM)."
        )
    else:
        do = (
            "Check the mail server, above all its table of recipients. If it refuses the words of "
            "one mailing, pause or cancel that one."
        )
    return (
        f"{REFUSES}: {said}. They are held back and tried again, "
        f"and nobody is taken off a list. {do}"
    )


def of_one_run_in_words(code: int | None, answer: str) -> str:
    """Return why one run rests, in less than 200 characters."""
    return f"{RESTS}: {_said(code, answer, 150)}"


def _said(code: int | None, answer: str, longest: int) -> str:
    said = one_line(answer.removeprefix(HELD_BACK), longest)
    return said if said.startswith(f"{code} ") else f"{code or ''} {said}".strip()
