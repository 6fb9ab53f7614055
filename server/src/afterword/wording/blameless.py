"""The check of an internal review: what blames a person, wishes the past away or knows better now.

The checker knows roles and no names, so a name is read as a role: “Petra forgot to” is found as
“the engineer forgot to” is, at the place where the name stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final, NamedTuple

from afterword.wording.queries import Checked, FindingView, check

_ROLE: Final = "the engineer"
_NOT_OF_A_REVIEW: Final = frozenset({"missing", "readability"})


class _Stretch(NamedTuple):
    """Text that stands at ``start`` here and at ``there`` in what the checker reads."""

    start: int
    there: int
    is_name: bool


def check_review(
    text: str, record_data: Mapping[str, Any] | None, people: Iterable[str] = ()
) -> Checked:
    """Check the text of an internal review; offsets are those of the text given.

    ``people`` are names that are read as roles. Nothing of it blocks anything. Raises BadInput as
    ``check`` does.
    """
    read, stretches = _with_roles(text, people)
    checked = check(read, "postmortem", record_data)
    findings = [
        _placed(each, text, stretches)
        for each in checked.findings
        if each.category not in _NOT_OF_A_REVIEW
    ]
    return Checked(tuple(_one_a_place(findings)), {}, checked.not_checked)


def _one_a_place(findings: list[FindingView]) -> Iterator[FindingView]:
    """Yield one finding for each place of a kind: the gravest, and of these the longest."""
    kept: dict[tuple[str, int], FindingView] = {}
    for each in sorted(findings, key=lambda f: (f.severity != "error", f.start - f.end)):
        kept.setdefault((each.category, each.start), each)
    yield from sorted(kept.values(), key=lambda f: (f.start, f.end, f.rule))


def _with_roles(text: str, people: Iterable[str]) -> tuple[str, list[_Stretch]]:
    names = sorted({name for name in people if len(name) > 1}, key=len, reverse=True)
    if not names:
        return text, [_Stretch(0, 0, False), _Stretch(len(text), len(text), False)]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    parts: list[str] = []
    stretches = [_Stretch(0, 0, False)]
    here = there = 0
    for found in pattern.finditer(text):
        before = text[here : found.start()]
        parts += [before, _ROLE]
        there += len(before)
        stretches.append(_Stretch(found.start(), there, True))
        here, there = found.end(), there + len(_ROLE)
        stretches.append(_Stretch(here, there, False))
    parts.append(text[here:])
    read = "".join(parts)
    return read, [*stretches, _Stretch(len(text), len(read), False)]


def _placed(finding: FindingView, text: str, stretches: list[_Stretch]) -> FindingView:
    start = _here(finding.start, stretches, at_end=False)
    end = max(_here(finding.end, stretches, at_end=True), start)
    return replace(
        finding,
        start=start,
        end=end,
        line=text.count("\n", 0, start) + 1,
        column=start - (text.rfind("\n", 0, start) + 1) + 1,
        quote=text[start:end],
        replacement=None,
    )


def _here(there: int, stretches: list[_Stretch], *, at_end: bool) -> int:
    """Return the place in the text given; inside a name its edge, so that all of it is marked."""
    for one, following in pairwise(stretches):
        if there < following.there or (at_end and there == following.there):
            if one.is_name:
                return following.start if at_end and there > one.there else one.start
            return one.start + there - one.there
    return stretches[-1].start
