import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import plaintalk
from afterword.kit.errors import BadInput
from afterword.kit.hashing import sha256_of_json
from afterword.wording import policy
from afterword.wording.copied import Passage, copied_passages
from afterword.wording.models import InternalRun, InternalText
from afterword.wording.named import RULES, Spot, spots

# Characters up to which a report is kept for the next time: more is no text that is published.
_REMEMBERED = 20_000


@dataclass(frozen=True)
class FindingView:
    """One finding. ``start`` and ``end`` count code points: ``quote == text[start:end]``.

    ``replacement`` is exact text for that place, or None. ``needs_two``: whether letting it
    through needs a second person.
    """

    rule: str
    name: str
    category: str
    severity: str
    start: int
    end: int
    line: int
    column: int
    quote: str
    message: str
    suggestion: str | None = None
    record_field: str | None = None
    replacement: str | None = None
    needs_two: bool = False

    @property
    def blocks(self) -> bool:
        return self.severity == "error"


@dataclass(frozen=True)
class CoverageView:
    """Whether the text answers a reader's question: answered, partly or missing."""

    state: str
    quote: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class NotCheckedView:
    """A rule that could not be applied, and why. Never the same as passing."""

    rule: str
    why: str


@dataclass(frozen=True)
class Checked:
    """The outcome of a check, findings in the order of the text."""

    findings: tuple[FindingView, ...]
    coverage: dict[str, CoverageView]
    not_checked: tuple[NotCheckedView, ...]

    def errors(self) -> list[FindingView]:
        return [f for f in self.findings if f.severity == "error"]


def warm_up() -> None:
    """Get the checker ready for every kind of text: a second of work that no writer waits for.

    May run in a thread beside checks.
    """
    plaintalk.warm_up()


def check(
    text: str,
    kind: str,
    record_data: Mapping[str, Any] | None,
    incident_ref: str | None = None,
    interim: bool = False,
) -> Checked:
    """Check a text of a kind of statement against the facts of its record.

    With ``incident_ref``, passages shared with that incident's internal review are found, and the
    names in it (by hashes; nothing here can read the review). Raises BadInput for text that is no
    plain text or too long, and for an unusable record.
    """
    record, digest = None, ""
    if record_data is not None:
        try:
            record = plaintalk.load_record(record_data)
        except plaintalk.RecordError as wrong:
            raise BadInput(
                "The text cannot be checked: the record has faults. Mend the record first.",
                dict(wrong.problems),
            ) from wrong
        digest = sha256_of_json(record_data)
    asked = _Asked(text, policy.checked_as(kind), interim, digest, record)
    try:
        report = _report(asked) if len(text) <= _REMEMBERED else _new_report(asked)
    except plaintalk.TextError as wrong:
        raise BadInput(str(wrong), {"body": str(wrong)}) from wrong
    findings = [_view(f) for f in report.findings]
    if incident_ref is not None and kind != "postmortem":
        found = _from_the_review(text, incident_ref, record_data, findings)
        findings = [f for f in findings if not any(_outdone(f, one) for one in found)] + found
    findings.sort(key=lambda f: (f.start, f.end, f.rule))
    return Checked(
        findings=tuple(findings),
        coverage={
            key: CoverageView(answer.state, answer.quote, answer.start, answer.end)
            for key, answer in report.coverage.items()
        },
        not_checked=tuple(NotCheckedView(one.rule, one.why) for one in report.not_checked),
    )


@dataclass(frozen=True)
class _Asked:
    """What a report follows from, and nothing else; ``digest`` stands for the record."""

    text: str
    kind: str
    interim: bool
    digest: str
    record: Any = field(compare=False)


def _new_report(asked: _Asked) -> Any:
    return plaintalk.check(
        asked.text,
        kind=asked.kind,
        record=asked.record,
        interim=asked.interim,
        # Whoever lets a finding through here gives a reason and a name; a comment has neither.
        allow_comments=False,
    )


# A text and each fact of its record are checked again when a review is asked for, when it is
# approved and when it leaves, and are the same most times.
_report = lru_cache(maxsize=128)(_new_report)


def blocking(
    findings: Sequence[FindingView],
    overrides: set[tuple[str, str]],
    kind: str | None = None,
) -> list[FindingView]:
    """Return the errors nobody has let through; ``overrides`` holds (rule, quote)."""
    if kind is not None and not policy.blocks(kind):
        return []
    return [f for f in findings if f.severity == "error" and (f.rule, f.quote) not in overrides]


def is_checked_in(language: str) -> bool:
    """Whether the wording check has rules for a language; a text in another is *not checked*."""
    return language in policy.CHECKED_LANGUAGES


def needs_second_person(rule: str) -> bool:
    """Whether letting a finding of the rule through needs a second person."""
    return rule in policy.NEEDS_TWO


def validate_record(data: object) -> dict[str, str]:
    """Return what is wrong with a record: path -> message; empty when it is sound."""
    try:
        plaintalk.load_record(data)  # type: ignore[arg-type]
    except plaintalk.RecordError as wrong:
        return dict(wrong.problems)
    return {}


def duration_seconds(data: Mapping[str, Any]) -> int | None:
    """Return the seconds from impact_began to impact_ended, None when either is unknown.

    Raises BadInput for an unusable record.
    """
    try:
        seconds: int | None = plaintalk.load_record(data).duration_seconds
    except plaintalk.RecordError as wrong:
        raise BadInput("The record has faults.", dict(wrong.problems)) from wrong
    return seconds


def format_duration(seconds: int) -> str:
    """Return a span in words as texts use it: 22320 is ``6 hours 12 minutes``."""
    words: str = plaintalk.format_duration(seconds)
    return words


def linter_version() -> str:
    """Return the checker's name and version, as frozen into publications."""
    return f"plaintalk {plaintalk.__version__}"


def knows_internal_text(incident_ref: str) -> bool:
    """Whether an internal review of the incident has left its hashes here."""
    return InternalText.objects.filter(incident_ref=incident_ref).exists()


def _view(finding: Any) -> FindingView:
    return FindingView(
        rule=finding.rule,
        name=finding.name,
        category=finding.category,
        severity=finding.severity,
        start=finding.start,
        end=finding.end,
        line=finding.line,
        column=finding.column,
        quote=finding.quote,
        message=finding.message,
        suggestion=finding.suggestion,
        record_field=finding.record_field,
        replacement=finding.replacement,
        needs_two=finding.rule in policy.NEEDS_TWO,
    )


def _from_the_review(
    text: str,
    incident_ref: str,
    record_data: Mapping[str, Any] | None,
    before: Sequence[FindingView],
) -> list[FindingView]:
    """Return what a text shares with the internal review and was not found ``before``."""
    internal = InternalText.objects.filter(incident_ref=incident_ref).first()
    if internal is None:
        return []
    exempt = _exempt(record_data)
    digests = _digests(internal.pk, internal.salt)
    passages = copied_passages(text, salt=internal.salt, digests=digests, exempt=exempt)
    terms = {digest: (str(kind), int(words)) for digest, (kind, words) in internal.terms.items()}
    errors = [f for f in before if f.category == "leak" and f.severity == "error"]
    public = _public_contacts(record_data)
    named = [
        _named_finding(text, spot)
        for spot in spots(text, salt=internal.salt, terms=terms, exempt=exempt)
        if not any(f.start < spot.end and spot.start < f.end for f in errors)
        and text[spot.start : spot.end].casefold() not in public
    ]
    return [_copied_finding(text, passage) for passage in passages] + named


# A review of ten pages leaves thousands of rows, and its salt is new each time it is saved: what
# was read under a salt stays true.
@lru_cache(maxsize=8)
def _digests(text_id: int, salt: str) -> frozenset[str]:
    found = InternalRun.objects.filter(text_id=text_id, text__salt=salt)
    return frozenset(found.values_list("digest", flat=True))


def _outdone(weak: FindingView, strong: FindingView) -> bool:
    """Whether another finding says the same of the place, and more gravely."""
    same = weak.rule == strong.rule and weak.start < strong.end and strong.start < weak.end
    return same and weak.severity != "error" and strong.severity == "error"


def _named_finding(text: str, spot: Spot) -> FindingView:
    rule = RULES[spot.kind]
    return FindingView(
        rule=rule.id,
        name=rule.name,
        category="leak",
        severity="error",
        start=spot.start,
        end=spot.end,
        line=text.count("\n", 0, spot.start) + 1,
        column=spot.start - (text.rfind("\n", 0, spot.start) + 1) + 1,
        quote=text[spot.start : spot.end],
        message=rule.message,
        suggestion=rule.suggestion,
        needs_two=rule.id in policy.NEEDS_TWO,
    )


def _public_contacts(record_data: Mapping[str, Any] | None) -> frozenset[str]:
    """Return the addresses that readers may write to, folded."""
    lexicon = (record_data or {}).get("lexicon")
    contacts = lexicon.get("public_contacts") if isinstance(lexicon, Mapping) else None
    return frozenset(str(each).casefold() for each in contacts or [])


def _copied_finding(text: str, passage: Passage) -> FindingView:
    line = text.count("\n", 0, passage.start) + 1
    column = passage.start - (text.rfind("\n", 0, passage.start) + 1) + 1
    return FindingView(
        rule="LEK-11",
        name="copied from the internal review",
        category="leak",
        severity="warning",
        start=passage.start,
        end=passage.end,
        line=line,
        column=column,
        quote=text[passage.start : passage.end],
        message="Copied from the internal review. Rewrite it for readers.",
        suggestion="Say what customers saw, in their words.",
    )


def _exempt(record_data: Mapping[str, Any] | None) -> frozenset[str]:
    """Return the words of titles and component names, which both texts may share."""
    if not record_data:
        return frozenset()
    names: list[object] = []
    incident = record_data.get("incident")
    if isinstance(incident, Mapping):
        names.append(incident.get("title"))
    components = record_data.get("components")
    for component in components if isinstance(components, list) else []:
        if isinstance(component, Mapping):
            names += [component.get("name"), *(component.get("aliases") or [])]
    words = " ".join(n for n in names if isinstance(n, str))
    return frozenset(re.findall(r"\w+", words.casefold()))
