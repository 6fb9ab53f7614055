"""A check as everybody calls it: the rules, and around them language, house terms and comments."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from plaintalk import engine
from plaintalk.allow import MARK, apply_allows
from plaintalk.catalogue import RULES
from plaintalk.finding import Answer, Finding, NotChecked, Report
from plaintalk.house_rules import HOUSE_RULES, HOUSE_TERM, NOT_IN_ENGLISH
from plaintalk.house_terms import house_term_findings
from plaintalk.language import ENGLISH, foreign_parts, language_of
from plaintalk.profiles import DEFAULT_PROFILE, Profile
from plaintalk.record import Record

_ANY_LANGUAGE: Final = frozenset({"leak"})
"""Categories whose rules look for secrets and addresses, which are the same in every language."""

_IDS: Final = {
    name: rule.id for rule in (*RULES, *HOUSE_RULES) for name in (rule.id.lower(), rule.name)
}


def check(
    text: str,
    kind: str = "summary",
    record: Record | None = None,
    profile: Profile = DEFAULT_PROFILE,
    interim: bool = False,
    at: datetime | None = None,
    is_internal: Callable[[str], bool] | None = None,
    *,
    allow_comments: bool = True,
) -> Report:
    """Check a text of a kind (one of `KINDS`) against the rules and, if given, the facts.

    `interim` marks a text that may leave open why it happened and what will change. `at` is when
    the text is to be published (timezone-aware), `is_internal` says whether a run of eight words
    stands in the internal review; rules that need them are reported as not checked without.
    `allow_comments=False` ignores comments that let findings stand, for places that have a way of
    their own to do so. Raises `TextError` for text that cannot be checked, `ValueError` for a kind
    that does not exist or a time without a zone. Same arguments, same report, byte for byte.
    """
    report = engine.check(text, kind, record, profile, interim, at, is_internal)
    if profile.off:
        report = _tell_what_is_off(report, profile)
    language = language_of(text)
    if language != ENGLISH:
        report = _not_in_english(report, text, profile, language)
    else:
        report = _with_own_findings(report, text, profile)
    if allow_comments and MARK in text:
        report = _allowing(report, text, profile)
    return report


def _tell_what_is_off(report: Report, profile: Profile) -> Report:
    reasons = dict(profile.reasons)
    off = [
        NotChecked(rule.id, ": ".join(["switched off", *filter(None, [reasons.get(rule.id)])]))
        for rule in (*RULES, *HOUSE_RULES)
        if rule.id in profile.off and report.kind in rule.kinds
    ]
    return replace(report, not_checked=_sorted((*report.not_checked, *off)))


def _not_in_english(report: Report, text: str, profile: Profile, language: str) -> Report:
    why = f"the text seems to be in {language}; only English is checked"
    left_out = {one.rule for one in report.not_checked}
    unread = [
        NotChecked(rule.id, why)
        for rule in RULES
        if report.kind in rule.kinds
        and rule.category not in _ANY_LANGUAGE
        and rule.id not in profile.off
        and rule.id not in left_out
    ]
    kept = [one for one in report.findings if one.category in _ANY_LANGUAGE]
    covered = tuple(one for one in report.covered if one.category in _ANY_LANGUAGE)
    if NOT_IN_ENGLISH.id not in profile.off:
        kept.insert(0, _unread(text, profile, language))
    unread_answers = {key: Answer("missing") for key in report.coverage}
    return replace(
        report,
        findings=tuple(sorted(kept, key=lambda one: (one.start, one.end, one.rule))),
        coverage=unread_answers,
        not_checked=_sorted((*report.not_checked, *unread)),
        language=language,
        covered=covered,
    )


def _with_own_findings(report: Report, text: str, profile: Profile) -> Report:
    """Add house terms, and parts of the text that nobody can check."""
    found = [*house_term_findings(text, profile)]
    if NOT_IN_ENGLISH.id not in profile.off:
        parts = foreign_parts(text)
        found += [_unread(text, profile, name, start) for start, _, name in parts]
    if not found:
        return report
    ordered = sorted(
        (*report.findings, *found), key=lambda one: (one.start, one.end, one.rule, one.message)
    )
    return replace(report, findings=tuple(ordered))


def _unread(text: str, profile: Profile, language: str, start: int | None = None) -> Finding:
    """The finding that keeps a text, or the part from `start`, from passing; it marks a line."""
    what = "the text" if start is None else "this part"
    start = len(text) - len(text.lstrip()) if start is None else start
    quote = text[start:].split("\n", 1)[0].rstrip()
    return Finding(
        rule=NOT_IN_ENGLISH.id,
        name=NOT_IN_ENGLISH.name,
        category=NOT_IN_ENGLISH.category,
        severity=dict(profile.severities).get(NOT_IN_ENGLISH.id, NOT_IN_ENGLISH.severity),
        start=start,
        end=start + len(quote),
        line=text.count("\n", 0, start) + 1,
        column=start - text.rfind("\n", 0, start),
        quote=quote,
        message=f"Not checked: {what} seems to be in {language}; only English has rules.",
        suggestion=NOT_IN_ENGLISH.better,
    )


def _sorted(skipped: tuple[NotChecked, ...]) -> tuple[NotChecked, ...]:
    return tuple(sorted(skipped, key=lambda one: one.rule))


def _allowing(report: Report, text: str, profile: Profile) -> Report:
    skipped = {one.rule for one in report.not_checked}
    ran = {rule.id for rule in RULES if report.kind in rule.kinds} - skipped - profile.off
    ran |= {HOUSE_TERM.id, NOT_IN_ENGLISH.id}
    findings, allowed = apply_allows(
        text, report.findings, report.covered, _IDS, ran, dict(profile.severities)
    )
    kept = tuple(one for one in findings if one.rule not in profile.off)
    taken = {one.finding for one in allowed}
    covered = tuple(one for one in report.covered if one not in taken)
    return replace(report, findings=kept, allowed=allowed, covered=covered)
