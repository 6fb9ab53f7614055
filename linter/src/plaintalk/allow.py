"""Comments that let a finding stand: `<!-- plaintalk: allow MIN-01 because … -->`.

A comment counts for its own line; alone on a line it also counts for the next line with text. It
needs a reason. Comments in code are text about plaintalk, not orders to it.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from plaintalk.finding import Allowed, Finding, Severity
from plaintalk.house_rules import ALLOW_UNKNOWN, ALLOW_UNUSED, ALLOW_WITHOUT_REASON
from plaintalk.rule import Rule

MARK: Final = "plaintalk:"
_COMMENTS: Final = re.compile(
    r"```[\s\S]*?(?:```|\Z)"
    r"|~~~[\s\S]*?(?:~~~|\Z)"
    r"|`[^`\n]{1,400}`"
    r"|(?P<comment><!--[\s\S]*?(?:-->|\Z))"
)
_ORDER: Final = re.compile(r"<!--\s*plaintalk:\s*(?P<verb>\w*)(?P<rest>[\s\S]*?)(?:-->|\Z)")
_BECAUSE: Final = re.compile(r"\bbecause\b", re.IGNORECASE)
_NOT_A_BREAK: Final = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class _Comment:
    """One comment: where it stands, the lines it counts for, whom it allows, and why."""

    start: int
    end: int
    lines: tuple[int, ...]
    verb: str
    rules: tuple[str, ...]
    reason: str


def apply_allows(
    text: str,
    findings: Sequence[Finding],
    covered: Sequence[Finding],
    ids: Mapping[str, str],
    ran: Collection[str],
    forced: Mapping[str, Severity],
) -> tuple[tuple[Finding, ...], tuple[Allowed, ...]]:
    """Split findings into those that stand and those a comment allows; add faulty comments.

    A comment may name what is only `covered` by another finding: it is listed as allowed, and the
    other one stands. An allowed finding goes on standing for what it covers. `ids` maps ids and
    names, both lower-cased, to rule ids; `ran` holds the rules that were really applied (only of
    these can be said that a comment allows nothing); `forced` holds severities chosen by the
    profile.
    """
    starts = _line_starts(text)
    at: dict[tuple[str, int], list[int]] = {}
    every = (*findings, *covered)
    for number, finding in enumerate(every):
        last = bisect_right(starts, max(finding.start, finding.end - 1))
        for line in range(finding.line, last + 1):
            at.setdefault((finding.rule, line), []).append(number)
    reasons: dict[int, str] = {}
    faults: list[Finding] = []
    for comment in _comments(text, starts):
        fault = _misused(comment)
        if fault is not None:
            faults.append(_finding(text, starts, comment, *fault, forced))
            continue
        for name in comment.rules:
            rule = ids.get(name.lower())
            if rule is None:
                message = f'There is no rule "{name[:40]}"; `plaintalk rules` lists them.'
                faults.append(_finding(text, starts, comment, ALLOW_UNKNOWN, message, forced))
                continue
            hit = [number for line in comment.lines for number in at.get((rule, line), ())]
            for number in hit:
                reasons.setdefault(number, comment.reason)
            if not hit and rule in ran:
                message = f"Nothing here needs an allowance for {rule}. Take it out."
                faults.append(_finding(text, starts, comment, ALLOW_UNUSED, message, forced))
    standing = [one for number, one in enumerate(findings) if number not in reasons]
    allowed = [Allowed(every[number], reasons[number]) for number in reasons]
    allowed.sort(key=lambda one: _place(one.finding))
    return tuple(sorted([*standing, *faults], key=_place)), tuple(allowed)


def _misused(comment: _Comment) -> tuple[Rule, str | None] | None:
    """The house rule that a comment breaks as a whole, with a message of its own, or None."""
    if comment.verb != "allow":
        return ALLOW_UNKNOWN, f'plaintalk knows "allow", not "{comment.verb[:40]}".'
    if not comment.rules:
        return ALLOW_UNKNOWN, "This comment names no rule."
    return None if comment.reason else (ALLOW_WITHOUT_REASON, None)


def _place(finding: Finding) -> tuple[int, int, str, str]:
    return finding.start, finding.end, finding.rule, finding.message


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _comments(text: str, starts: list[int]) -> Iterator[_Comment]:
    alone, following = _lines(text)
    for found in _COMMENTS.finditer(text):
        order = _ORDER.match(text, found.start(), found.end()) if found["comment"] else None
        if order is None:
            continue
        start, end = found.span()
        first, last = bisect_right(starts, start), bisect_right(starts, max(start, end - 1))
        covered = list(range(first, last + 1))
        if alone[last - 1]:
            covered.append(following[last - 1])
        rules, reason = _split(order["rest"])
        yield _Comment(start, end, tuple(covered), order["verb"].lower(), rules, reason)


def _lines(text: str) -> tuple[list[bool], list[int]]:
    """For each line: whether it holds comments alone, and the next line that holds text."""
    parts, at = [], 0
    for found in _COMMENTS.finditer(text):
        if found["comment"]:
            parts += [text[at : found.start()], _NOT_A_BREAK.sub(" ", found.group())]
            at = found.end()
    left = [line.strip() for line in "".join([*parts, text[at:]]).split("\n")]
    alone = [
        bool(line.strip()) and not rest for line, rest in zip(text.split("\n"), left, strict=True)
    ]
    following, upcoming = [0] * len(left), len(left) + 1
    for index in range(len(left) - 1, -1, -1):
        following[index] = upcoming
        if left[index]:
            upcoming = index + 1
    return alone, following


def _split(rest: str) -> tuple[tuple[str, ...], str]:
    """The rules named and the reason; without "because" only the first word is a rule."""
    found = _BECAUSE.search(rest)
    if found is None:
        return tuple(rest.replace(",", " ").split()[:1]), ""
    reason = " ".join(rest[found.end() :].split()).strip(" .…-—:")
    return tuple(rest[: found.start()].replace(",", " ").split()), reason


def _finding(
    text: str,
    starts: list[int],
    comment: _Comment,
    rule: Rule,
    message: str | None,
    forced: Mapping[str, Severity],
) -> Finding:
    line = bisect_right(starts, comment.start)
    return Finding(
        rule=rule.id,
        name=rule.name,
        category=rule.category,
        severity=forced.get(rule.id, rule.severity),
        start=comment.start,
        end=comment.end,
        line=line,
        column=comment.start - starts[line - 1] + 1,
        quote=text[comment.start : comment.end],
        message=message or rule.message,
        suggestion=rule.better,
    )
