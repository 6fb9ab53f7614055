"""A page asks the same question once while it is made; verbs always ask."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afterword.accounts.queries import people_who_may
from afterword.incidents.queries import case_of, current_record, updates_of
from afterword.kit.asking import asking_once, know
from statements.world import build, change_record


@pytest.fixture
def company(db: None, now: object) -> SimpleNamespace:
    return build(now)  # type: ignore[arg-type]


def test_a_marked_question_is_asked_once_within_and_always_without(
    company: SimpleNamespace,
) -> None:
    with CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            current_record(company.incident)
            people_who_may("review", page=company.page.pk)
    assert len(asked) == 6
    with asking_once(), CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            assert current_record(company.incident)
            assert people_who_may("review", page=company.page.pk)
            people_who_may("publish", page=company.page.pk)
    assert len(asked) == 3


def test_nothing_is_remembered_from_one_page_to_the_next(
    company: SimpleNamespace, now: object
) -> None:
    with asking_once():
        before = current_record(company.incident)
    change_record(company, now, symptoms=["nothing was sent"])  # type: ignore[arg-type]
    with asking_once():
        after = current_record(company.incident)
    assert before is not None
    assert after is not None
    assert after.version == before.version + 1


def test_a_list_is_each_caller_s_own_and_none_is_an_answer_too(company: SimpleNamespace) -> None:
    with asking_once(), CaptureQueriesContext(connection) as asked:
        updates_of(company.incident).clear()
        assert len(updates_of(company.incident)) == 2
        know(case_of, company.incident, answer=None)
        assert case_of(company.incident) is None
    assert len(asked) == 1
