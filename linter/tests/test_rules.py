"""Every rule carries sentences on which it fires and sentences on which it does not."""

import re
from datetime import datetime
from pathlib import Path

import pytest

import plaintalk
from plaintalk.document import SIGNS
from plaintalk.rule import CATEGORIES, Example, Rule

SOURCE = Path(plaintalk.__file__).parent


def fired(rule: Rule, example: Example) -> bool:
    record = plaintalk.load_record(example.record) if example.record else None
    runs = {run for _, _, run in plaintalk.word_runs(example.internal or "")}
    report = plaintalk.check(
        example.text,
        kind=example.kind,
        record=record,
        interim=example.interim,
        at=datetime.fromisoformat(example.at) if example.at else None,
        is_internal=runs.__contains__ if example.internal else None,
    )
    return any(finding.rule == rule.id for finding in (*report.findings, *report.covered))


def cases(side: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in plaintalk.RULES
        for number, example in enumerate(getattr(rule, side), 1)
    ]


@pytest.mark.parametrize(("rule", "example"), cases("bad"))
def test_a_rule_fires_on_its_bad_sentences(rule: Rule, example: Example) -> None:
    assert fired(rule, example), example.text


@pytest.mark.parametrize(("rule", "example"), cases("good"))
def test_a_rule_is_silent_on_its_good_sentences(rule: Rule, example: Example) -> None:
    assert not fired(rule, example), example.text


@pytest.mark.parametrize("rule", plaintalk.RULES, ids=lambda rule: rule.id)
def test_a_rule_without_both_kinds_of_sentence_is_refused(rule: Rule) -> None:
    assert rule.bad, f"{rule.id} has no bad sentence"
    assert rule.good, f"{rule.id} has no good sentence"
    assert rule.category in CATEGORIES
    assert rule.message.strip()
    assert rule.source
    assert re.fullmatch(r"[A-Z]{3}-\d\d", rule.id)
    assert rule.look or rule.survey
    assert rule.look is None or rule.triggers


def test_the_catalogue_lists_every_rule_file_once() -> None:
    files = {
        path.relative_to(SOURCE / "rules").with_suffix("").as_posix()
        for path in (SOURCE / "rules").rglob("*.py")
        if path.stem != "__init__"
    }
    listed = [f"{rule.category}/{rule.name.replace('-', '_')}" for rule in plaintalk.RULES]
    assert sorted(listed) == sorted(files)
    ids = [rule.id for rule in plaintalk.RULES]
    assert len(set(ids)) == len(ids)


def test_triggers_are_words_the_scanner_can_see() -> None:
    for rule in plaintalk.RULES:
        for word in rule.triggers:
            assert word in SIGNS or re.fullmatch(r"[a-z]+", word), (
                rule.id,
                word,
            )


def test_the_four_rules_that_need_a_second_person() -> None:
    assert {"LEK-01", "REC-08", "REC-10", "REC-11"} == {
        rule.id for rule in plaintalk.RULES if rule.two_person_override
    }
