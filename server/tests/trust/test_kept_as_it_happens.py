"""What the measures need is kept at the moment it happens, and nothing takes it away again."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.db.migrations.loader import MigrationLoader

from afterword.accounts.permissions import MACHINE
from afterword.commitments.actions import change, promise
from afterword.incidents.actions import (
    add_update,
    judge_recurrence,
    note_outside,
    open_incident,
    reopen,
)
from afterword.incidents.models import HeardOutside, Recovery, Recurrence
from afterword.incidents.queries import heard_outside
from afterword.kit.errors import BadInput
from afterword.publishing.actions import publish_promises, publish_statement
from afterword.publishing.models import PromiseWord, Publication
from afterword.statements.actions import approve, ask_review, override, save_revision, start
from afterword.statements.models import Moment, Statement, TextCheck
from afterword.statements.queries import findings
from statements.world import HONEST, TITLE

BRIEF = HONEST.replace("6 hours 12 minutes, ", "a brief disruption, ")


def published(company: SimpleNamespace, now: datetime, body: str = HONEST) -> Statement:
    statement = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    save_revision(
        actor=company.noor, now=now, statement=statement, title=TITLE, body=body, based_on=1
    )
    for finding in findings(statement).errors():
        override(
            actor=company.bo, now=now, statement=statement, rule=finding.rule,
            quote=finding.quote, reason="The support desk asked for this word.",
        )  # fmt: skip
    ask_review(actor=company.noor, now=now, statement=statement)
    approve(actor=company.bo, now=now, statement=statement)
    publish_statement(actor=company.pia, now=now, statement=statement)
    return statement


def refuses(act: Any) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def test_a_text_keeps_what_was_found_first_and_what_it_left_with(
    company: SimpleNamespace, now: datetime
) -> None:
    statement = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    assert not TextCheck.objects.exists(), "a draft from the record is nobody's first text"
    for number, body in enumerate((BRIEF, HONEST), start=1):
        save_revision(
            actor=company.noor, now=now, statement=statement, title=TITLE, body=body,
            based_on=number,
        )  # fmt: skip
    first = TextCheck.objects.get(statement=statement)
    assert first.moment == Moment.FIRST and first.revision == 2
    assert first.errors, "the brief disruption was found"
    ask_review(actor=company.noor, now=now, statement=statement)
    approve(actor=company.bo, now=now, statement=statement)
    publish_statement(actor=company.pia, now=now, statement=statement)
    left = TextCheck.objects.get(statement=statement, moment=Moment.LEFT)
    assert left.errors == [] and left.let_through == []
    assert {"what_happened", "duration", "resolved"} <= set(left.answered) <= set(left.asked)
    assert refuses(lambda: TextCheck.objects.update(errors=[]))
    assert refuses(statement.delete), "what a text left with outlives the wish to delete it"


def test_what_was_let_through_is_kept_with_its_rule_and_the_roles_of_the_person(
    company: SimpleNamespace, now: datetime
) -> None:
    statement = published(company, now, BRIEF)
    left = TextCheck.objects.get(statement=statement, moment=Moment.LEFT)
    assert [each["rule"] for each in left.let_through] == [each["rule"] for each in left.errors]
    assert left.let_through[0]["roles"] == ["reviewer"]


def test_each_end_and_each_return_is_kept(company: SimpleNamespace, now: datetime) -> None:
    incident = company.incident
    reopen(actor=MACHINE, now=now, incident=incident, reason="Invoices wait again.")
    later = now + timedelta(hours=1)
    add_update(actor=MACHINE, now=later, incident=incident, status="resolved", body="Over.")
    kept = [(each.came_back, each.at) for each in Recovery.objects.filter(incident=incident)]
    assert [came_back for came_back, _ in kept] == [False, True, False]
    assert kept[1:] == [(True, now), (False, later)]
    assert refuses(lambda: Recovery.objects.all().delete())


def test_what_was_heard_outside_is_noted_and_noted_anew(
    company: SimpleNamespace, now: datetime
) -> None:
    incident, early = company.incident, now - timedelta(hours=9)
    for first_at in (early, early, early + timedelta(minutes=5)):
        note_outside(actor=company.noor, now=now, incident=incident, first_at=first_at)
    assert HeardOutside.objects.filter(incident=incident).count() == 2
    note_outside(actor=company.noor, now=now, incident=incident, nobody_before=True)
    assert heard_outside(incident).nobody_before and heard_outside(incident).first_at is None
    for wrong in (
        {"first_at": now + timedelta(hours=1)},
        {"first_at": early, "nobody_before": True},
        {"repeat_questions": -1},
    ):
        with pytest.raises(BadInput, match="cannot be what was heard"):
            note_outside(actor=company.noor, now=now, incident=incident, **wrong)
    assert refuses(lambda: HeardOutside.objects.update(nobody_before=False))


def test_whether_it_came_again_is_said_by_a_person_and_the_newest_word_counts(
    company: SimpleNamespace, now: datetime
) -> None:
    again = open_incident(actor=MACHINE, now=now, page=company.page, title="Late again", body="B.")
    judged = {"actor": company.noor, "now": now, "incident": again, "earlier": company.incident}
    for _ in range(2):
        judge_recurrence(**judged, is_same=True)
    assert Recurrence.objects.count() == 1
    with pytest.raises(BadInput, match="why it is not the same"):
        judge_recurrence(**judged, is_same=False)
    judge_recurrence(**judged, is_same=False, reason="Another queue, another cause.")
    assert [each.is_same for each in Recurrence.objects.all()] == [True, False]
    with pytest.raises(BadInput, match="must have begun before"):
        judge_recurrence(**{**judged, "incident": company.incident, "earlier": again}, is_same=True)


def test_every_word_about_a_promise_is_kept_also_after_its_text_is_gone_from_the_page(
    company: SimpleNamespace, now: datetime
) -> None:
    made = promise(
        actor=company.noor, now=now, incident=company.incident,
        what="Queues stop accepting work at 80% full", why="A full queue held back every invoice.",
        effect="An engineer is called before invoices are late.", mechanism="prevent",
        due=date(2026, 4, 18),
    )  # fmt: skip
    published(company, now)
    later = now + timedelta(days=20)
    change(
        actor=company.noor, now=later, commitment=made, due=date(2026, 5, 2), note="Parts are late."
    )
    publish_promises(actor=company.pia, now=later, incident=company.incident)
    publish_promises(actor=company.pia, now=later, incident=company.incident, note="Still so.")
    words = [(w.is_first, str(w.due), w.state) for w in PromiseWord.objects.all()]
    assert words == [
        (True, "2026-04-18", "planned"), (False, "2026-05-02", "planned"),
        (False, "2026-05-02", "planned"),
    ]  # fmt: skip
    assert refuses(lambda: PromiseWord.objects.all().delete())


def test_an_upgrade_keeps_what_was_said_of_promises_before(
    company: SimpleNamespace, now: datetime
) -> None:
    """The migrations tell from the publications the very words that are kept from now on."""
    test_every_word_about_a_promise_is_kept_also_after_its_text_is_gone_from_the_page(company, now)
    kept = _words(PromiseWord.objects.all())
    found: list[Any] = []

    class Sink:
        def bulk_create(self, rows: list[Any], batch_size: int) -> None:
            found.extend(rows)

        def filter(self, publication__in: list[int]) -> Any:
            return self

        def values_list(self, *names: str) -> Any:
            return [(each.publication_id, each.commitment_id) for each in found]

    class Words:
        objects = Sink()

        def __new__(cls, **values: Any) -> Any:
            return PromiseWord(**values)

    class Apps:
        get_model = staticmethod(
            lambda room, name: Words if name == "PromiseWord" else apps.get_model(room, name)
        )

    migrations = MigrationLoader(None).disk_migrations
    first = migrations["publishing", "0020_fill_words_of_promises"]
    rest = migrations["publishing", "0026_promises_by_what_was_told"]
    first.operations[0].code(Apps, None)
    assert len(found) == 2, "what is news"
    rest.operations[-2].code(Apps, None)
    rest.operations[-2].code(Apps, None)
    assert _words(found) == kept
    assert Publication.objects.exclude(commitments=[]).count() == 3


def _words(rows: Any) -> list[tuple[Any, ...]]:
    return [
        (w.page_id, w.publication_id, w.incident_id, w.commitment_id, w.what, w.state, w.due,
         w.done_on, w.is_first, w.told_at)
        for w in rows
    ]  # fmt: skip
