"""The rules that Vale can express, as a Vale style; the rest are listed with the reason.

Vale matches words. It does not know facts, kinds of text or the sentences around, so a rule whose
guards look at those is exported only where its own examples are still told apart without them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from plaintalk.catalogue import RULES
from plaintalk.finding import Severity
from plaintalk.house_rules import HOUSE_TERM
from plaintalk.pattern import Pattern
from plaintalk.profiles import Profile
from plaintalk.rule import Matching, Rule

STYLE: Final = "plaintalk"
REVIEW_STYLE: Final = "plaintalk-review"
_PIECE: Final = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<blank> [+*]?)|(?P<quote>')|(?P<name>\(\?P<\w+>)|."
)
_BACK_REFERENCE: Final = re.compile(r"\(\?P=|(?<!\\)\\[1-9]")

_FACTS: Final = "compares the text with the facts of the incident"
_WHOLE: Final = "reads the text as a whole"
_CONTEXT: Final = "its guards look at the words around, and without them it would fire on good text"


@dataclass(frozen=True, slots=True)
class _Exported:
    """One rule as Vale can have it; `bare` says that guards were left behind."""

    rule: Rule
    expression: str
    severity: Severity
    bare: bool


def files(profile: Profile) -> dict[str, str]:
    """Everything to write: relative path with forward slashes, and the content."""
    exported, left_out = _sorted_out(profile)
    written = {f"{_style(one.rule)}/{one.rule.name}.yml": _existence(one) for one in exported}
    if profile.house_terms and HOUSE_TERM.id not in profile.off:
        written[f"{STYLE}/{HOUSE_TERM.name}.yml"] = _substitution(profile)
    written["README.md"] = _readme(exported, left_out, profile)
    return written


def _sorted_out(profile: Profile) -> tuple[list[_Exported], list[tuple[Rule, str]]]:
    chosen = dict(profile.severities)
    exported: list[_Exported] = []
    left_out: list[tuple[Rule, str]] = []
    reasons = dict(profile.reasons)
    for rule in RULES:
        if rule.id in profile.off:
            left_out.append((rule, f"switched off: {reasons.get(rule.id, 'no reason given')}"))
            continue
        pattern, guarded = _pattern_of(rule)
        why = _why_not(rule, pattern, guarded)
        if pattern is None or why is not None:
            left_out.append((rule, why or _CONTEXT))
            continue
        severity = chosen.get(rule.id, "suggestion" if guarded else rule.severity)
        exported.append(_Exported(rule, _translated(pattern.source), severity, guarded))
    return exported, left_out


def _pattern_of(rule: Rule) -> tuple[Pattern | None, bool]:
    """The one pattern a rule looks for, if it is of that sort, and whether guards go with it."""
    if not isinstance(rule.look, Matching):
        return None, False
    return rule.look.pattern, rule.look.keep is not None


def _why_not(rule: Rule, pattern: Pattern | None, guarded: bool) -> str | None:
    if rule.needs is not None or any(one.record for one in (*rule.bad, *rule.good)):
        return _FACTS
    if rule.survey is not None:
        return _WHOLE
    if pattern is None:
        return _CONTEXT
    if _BACK_REFERENCE.search(pattern.source):
        return "its pattern points back at what it matched before, which Vale cannot do safely"
    if guarded and not _tells_apart(rule, pattern):
        return _CONTEXT
    return None


def _tells_apart(rule: Rule, pattern: Pattern) -> bool:
    found = [bool(pattern.search(_scanned(one.text))) for one in rule.bad]
    good = [one for one in rule.good if one.kind in rule.kinds]
    wrong = [bool(pattern.search(_scanned(one.text))) for one in good]
    return all(found) and not any(wrong)


def _scanned(text: str) -> str:
    return text.lower().replace("’", "'").replace("\n", " ")


def _translated(source: str) -> str:
    """The pattern for Vale: any white space for a blank, both apostrophes, groups unnamed."""

    def one(found: re.Match[str]) -> str:
        if found["blank"]:
            return r"\s" + found["blank"][1:]
        if found["quote"]:
            return "['’]"
        return "(?:" if found["name"] else found.group()

    return _PIECE.sub(one, source)


def _style(rule: Rule) -> str:
    return REVIEW_STYLE if rule.kinds == ("postmortem",) else STYLE


def _existence(one: _Exported) -> str:
    said = (
        one.rule.message
        if one.rule.better is None
        else (f"{one.rule.message} Better: {one.rule.better}")
    )
    return (
        _yaml(
            ("extends", "existence"),
            ("message", f"{one.rule.id}: '%s'. {_no_percent(said)}"),
            ("level", one.severity),
            ("ignorecase", True),
            ("scope", "sentence"),
        )
        + f"raw:\n  - {json.dumps(one.expression, ensure_ascii=False)}\n"
    )


def _substitution(profile: Profile) -> str:
    severity = dict(profile.severities).get(HOUSE_TERM.id, HOUSE_TERM.severity)
    swaps = "".join(
        f"  {json.dumps(avoid, ensure_ascii=False)}: {json.dumps(write, ensure_ascii=False)}\n"
        for avoid, write in profile.house_terms
    )
    return (
        _yaml(
            ("extends", "substitution"),
            ("message", f"{HOUSE_TERM.id}: write '%s' instead of '%s'."),
            ("level", severity),
            ("ignorecase", True),
        )
        + f"swap:\n{swaps}"
    )


def _no_percent(text: str) -> str:
    """Vale fills in what it found where it reads a percent sign."""
    return re.sub(r"\s?%", " percent", text)


def _yaml(*pairs: tuple[str, object]) -> str:
    """Every JSON scalar is a YAML scalar."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in pairs)


def _readme(exported: list[_Exported], left_out: list[tuple[Rule, str]], profile: Profile) -> str:
    return "\n".join(_readme_lines(exported, left_out, profile)) + "\n"


def _readme_lines(
    exported: list[_Exported], left_out: list[tuple[Rule, str]], profile: Profile
) -> Iterator[str]:
    yield "# plaintalk for Vale"
    yield ""
    yield "Written by `plaintalk export vale`; changes here are lost when it is written again."
    yield "Point `StylesPath` at this folder, then:"
    yield ""
    yield f"```ini\n[*.md]\nBasedOnStyles = {STYLE}\n\n[reviews/*.md]\n"
    yield f"BasedOnStyles = {STYLE}, {REVIEW_STYLE}\n```"
    yield ""
    yield f"`{REVIEW_STYLE}` is for internal reviews only. Rules marked * come without their"
    yield "guards, as suggestions: Vale cannot look where guards look, so they fire more often."
    yield ""
    yield f"## Exported: {len(exported)} of {len(RULES)}"
    yield ""
    for one in exported:
        yield f"- {one.rule.id} {one.rule.name}{' *' if one.bare else ''}"
    if profile.house_terms:
        yield f"- {HOUSE_TERM.id} {HOUSE_TERM.name}: {len(profile.house_terms)} terms"
    yield ""
    yield f"## Not exported: {len(left_out)}"
    yield ""
    yield "These need plaintalk itself."
    yield ""
    for rule, why in left_out:
        yield f"- {rule.id} {rule.name}: {why}"
