"""Whose approval a text needs, and who stands for whom."""

from copy import deepcopy
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.models import Role, RoleGrant
from afterword.kit.errors import NotAllowed, WrongState
from afterword.publishing.actions import publish_statement, publish_unread
from afterword.statements.actions import approve, ask_review, save_revision, start
from afterword.statements.approvers import Need, Reader, needed, unmet
from afterword.statements.queries import approval
from statements.world import HONEST, TITLE, change_record, for_the_page_only, person

CALM: dict[str, Any] = {
    "incident": {"severity": 2},
    "customers": {"percent": 37.0},
    "data": {"confidentiality": "none", "loss": "none", "integrity": "none"},
    "security": {"malicious": "no"},
    "cause": {"vendor": None, "vendor_may_be_named": False},
    "sla": [],
    "previous": [],
}


def facts(**changes: Any) -> dict[str, Any]:
    data = deepcopy(CALM)
    for path, value in changes.items():
        section, _, key = path.partition("__")
        if key:
            data[section][key] = value
        else:
            data[section] = value
    return data


@pytest.mark.parametrize(
    ("kind", "data", "more", "parts"),
    [
        ("closure", facts(), {}, ["words"]),
        ("closure", facts(data__loss="possible"), {}, ["words", "legal"]),
        ("closure", facts(data__confidentiality="confirmed"), {}, ["words", "legal"]),
        ("closure", facts(data__integrity="unknown"), {}, ["words", "legal"]),
        ("summary", facts(security__malicious="unknown"), {}, ["words", "legal"]),
        ("summary", facts(security__malicious="yes"), {}, ["words", "legal"]),
        ("summary", facts(cause={"vendor": "Bigco", "vendor_may_be_named": True}), {},
         ["words", "legal"]),
        ("summary", facts(cause={"vendor": "Bigco", "vendor_may_be_named": False}), {}, ["words"]),
        ("follow_up", facts(sla=[{"account": "A", "breached": True}]), {}, ["words", "legal"]),
        ("follow_up", facts(sla=[{"account": "A", "breached": False}]), {}, ["words"]),
        ("note", facts(), {"let_through": ["DEF-06"]}, ["words", "legal"]),
        ("note", facts(), {"let_through": ["MIN-01"]}, ["words"]),
        ("closure", facts(incident__severity=1), {}, ["words"]),
        ("closure", facts(incident__severity=1, customers__percent=50.0), {}, ["words", "answers"]),
        ("closure", facts(incident__severity=1, customers__percent=None), {}, ["words", "answers"]),
        ("closure", facts(incident__severity=1), {"came_again": True}, ["words", "answers"]),
        ("closure", facts(incident__severity=2, customers__percent=99.0), {}, ["words"]),
        ("data_notice", facts(), {}, ["words", "second"]),
        ("data_notice", facts(data__loss="confirmed"), {}, ["words", "legal"]),
        ("data_notice", facts(data__loss="confirmed"), {"has_counsel": False}, ["words", "second"]),
        ("closure", facts(data__loss="confirmed"), {"has_counsel": False}, ["words"]),
        ("correction", facts(data__loss="confirmed"), {"weight": "fact"}, ["words", "legal"]),
        ("correction", facts(data__loss="confirmed"), {"weight": "typo"}, ["words"]),
        ("closure", {}, {}, ["words", "legal"]),
    ],
)  # fmt: skip
def test_the_matrix(
    kind: str, data: dict[str, Any], more: dict[str, Any], parts: list[str]
) -> None:
    needs = needed(kind, data, **more)
    assert [need.part for need in needs] == parts
    assert all(need.because for need in needs[1:])


def reader(key: int, *acts: str) -> Reader:
    return Reader(key, frozenset(acts))


WORDS, LEGAL, ANSWERS, SECOND = (Need(p) for p in ("words", "legal", "answers", "second"))


@pytest.mark.parametrize(
    ("needs", "readers", "left"),
    [
        ([WORDS], [], [WORDS]),
        ([WORDS], [reader(1, "review")], []),
        ([WORDS, LEGAL], [reader(1, "review")], [LEGAL]),
        # Counsel may review, and still stands for one of the two only.
        ([WORDS, LEGAL], [reader(1, "review", "legal")], [LEGAL]),
        ([WORDS, LEGAL], [reader(1, "review", "legal"), reader(2, "review")], []),
        ([WORDS, LEGAL], [reader(2, "review"), reader(1, "review", "legal")], []),
        ([WORDS, ANSWERS], [reader(1, "review", "publish"), reader(2, "publish")], []),
        ([WORDS, ANSWERS], [reader(1, "publish"), reader(2, "publish")], [WORDS]),
        ([WORDS, SECOND], [reader(1, "review"), reader(2, "publish")], []),
        ([WORDS, SECOND], [reader(1, "review")], [SECOND]),
        (
            [WORDS, LEGAL, ANSWERS],
            [reader(1, "review", "legal", "publish"), reader(2, "review", "publish"),
             reader(3, "review")],
            [],
        ),
    ],
)  # fmt: skip
def test_everybody_stands_for_one_need_and_so_that_most_are_met(
    needs: list[Need], readers: list[Reader], left: list[Need]
) -> None:
    assert list(unmet(needs, readers)) == left
    assert len(unmet(needs, readers[::-1])) == len(left)


def test_the_door_waits_for_every_approval_the_record_asks_for(
    company: SimpleNamespace, now: Any
) -> None:

    for_the_page_only(company, now)
    change_record(company, now, security={"malicious": "unknown"})
    text = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    save_revision(actor=company.noor, now=now, statement=text, title=TITLE, body=HONEST, based_on=1)
    ask_review(actor=company.noor, now=now, statement=text)
    approve(actor=company.bo, now=now, statement=text)
    assert approval(text).valid  # nobody here holds the role of counsel

    lena = person(now, "Lena", Role.REVIEWER)
    RoleGrant.objects.create(person=lena, role="legal")
    standing = approval(text)
    assert (standing.valid, standing.why) == (False, "approved by Bo; counsel still has to")
    text.refresh_from_db()
    with pytest.raises(WrongState, match="counsel still has to"):
        publish_statement(actor=company.pia, now=now, statement=text)
    with pytest.raises(NotAllowed, match="never leaves unread"):
        publish_unread(actor=company.pia, now=now, statement=text, reason="Nobody is here at all.")
    approve(actor=lena, now=now, statement=text)
    text.refresh_from_db()
    assert approval(text).why == "approved by Bo and Lena"
    publish_statement(actor=company.pia, now=now, statement=text)


def test_who_only_publishes_approves_where_somebody_has_to_answer_for_it(
    company: SimpleNamespace, now: Any
) -> None:

    text = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    save_revision(actor=company.noor, now=now, statement=text, title=TITLE, body=HONEST, based_on=1)
    ask_review(actor=company.noor, now=now, statement=text)
    with pytest.raises(NotAllowed, match="needs the role"):
        approve(actor=company.pia, now=now, statement=text)
    change_record(company, now, incident={"severity": 1}, previous=[
        {"date": "2026-01-14", "title": "The same queue"}])  # fmt: skip
    approve(actor=company.pia, now=now, statement=text)
    assert approval(text).why == "approved by Pia; a reviewer still has to"
    approve(actor=company.bo, now=now, statement=text)
    assert approval(text).valid
