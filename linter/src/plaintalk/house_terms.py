"""The company's own words: what not to write, and what to write in its place."""

import re
from collections.abc import Iterator
from functools import lru_cache

from plaintalk.finding import Finding
from plaintalk.house_rules import HOUSE_TERM
from plaintalk.profiles import Profile
from plaintalk.text import Text


def house_term_findings(text: str, profile: Profile) -> Iterator[Finding]:
    """A finding, with its replacement, for each place that uses a word the house avoids.

    Quotations, code, links and comments are left alone.
    """
    terms = profile.house_terms
    if not terms or HOUSE_TERM.id in profile.off:
        return
    document = Text(text)
    preferred = {_plain(avoid): write for avoid, write in terms}
    severity = dict(profile.severities).get(HOUSE_TERM.id, HOUSE_TERM.severity)
    for found in _pattern(terms).finditer(document.scan):
        start, end = found.span()
        quote = document.raw[start:end]
        write = preferred[_plain(found.group())]
        if quote == write or _inside(document.scan, start, end, write.lower()):
            continue
        line, column = document.position(start)
        yield Finding(
            rule=HOUSE_TERM.id,
            name=HOUSE_TERM.name,
            category=HOUSE_TERM.category,
            severity=severity,
            start=start,
            end=end,
            line=line,
            column=column,
            quote=quote,
            message=f'Your house term is "{write}".',
            suggestion=write,
            replacement=_in_case_of(quote, write),
        )


@lru_cache(maxsize=64)
def _pattern(terms: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Longest first, so that "log in page" is found before "log in"."""
    avoided = sorted({_plain(avoid) for avoid, _ in terms}, key=lambda one: (-len(one), one))
    joined = "|".join(" +".join(map(re.escape, one.split(" "))) for one in avoided)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")


def _plain(term: str) -> str:
    return " ".join(term.lower().replace("’", "'").split())


def _inside(scan: str, start: int, end: int, write: str) -> bool:
    """Whether the place is already part of the preferred wording."""
    if len(write) <= end - start:
        return False
    around = scan.find(write, max(0, start - len(write)), end + len(write))
    return 0 <= around <= start and around + len(write) >= end


def _in_case_of(quote: str, write: str) -> str:
    return write[:1].upper() + write[1:] if quote[:1].isupper() else write
