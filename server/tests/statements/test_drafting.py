from datetime import date, datetime
from types import SimpleNamespace

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audit.queries import entries_about
from afterword.commitments.actions import promise
from afterword.kit.errors import BadInput, Conflict, NotAllowed, WrongState
from afterword.statements import queries
from afterword.statements.actions import (
    approve,
    ask_review,
    mark_published,
    save_revision,
    start,
)
from afterword.statements.models import Revision, Statement, StatementState
from statements.world import HONEST, TITLE


def save(company: SimpleNamespace, statement: Statement, body: str, **told: object) -> Revision:
    given = {
        "actor": company.noor,
        "now": company.incident.updated_at,
        "title": TITLE,
        "based_on": queries.newest_revision(statement).number,
    }
    return save_revision(statement=statement, body=body, **(given | told))  # type: ignore[arg-type]


def test_a_new_text_begins_with_what_the_record_knows(company: SimpleNamespace, now: datetime):
    statement = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    first = queries.newest_revision(statement)
    assert (first.number, first.based_on, first.author) == (1, 0, company.noor)
    assert "6 hours 12 minutes" in first.body
    assert first.record_version == queries.record_version_of(company.incident)


def test_a_text_that_is_being_written_is_not_started_twice(company: SimpleNamespace, now: datetime):
    first = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    again = start(actor=company.ines, now=now, incident=company.incident, kind="closure")
    assert again == first
    assert len(queries.of_incident(company.incident)) == 1


def test_letters_to_two_groups_are_two_texts(company: SimpleNamespace, now: datetime):
    told = {"actor": company.noor, "now": now, "incident": company.incident, "kind": "follow_up"}
    assert start(**told).segment == "sla"
    assert start(**told, segment="data_affected").segment == "data_affected"
    assert len(queries.of_incident(company.incident)) == 2


@pytest.mark.parametrize(
    ("kind", "segment"),
    [
        ("poem", ""),
        ("closure", "sla"),
        ("follow_up", "everyone"),
        ("data_notice", "sla"),
        ("", ""),
    ],
)
def test_a_kind_or_group_that_does_not_exist_is_refused(
    company: SimpleNamespace, now: datetime, kind: str, segment: str
):
    with pytest.raises(BadInput):
        start(actor=company.noor, now=now, incident=company.incident, kind=kind, segment=segment)
    assert queries.of_incident(company.incident) == []


def test_somebody_without_the_role_writes_nothing(company: SimpleNamespace, now: datetime):
    with pytest.raises(NotAllowed, match="Writer"):
        start(actor=company.guest, now=now, incident=company.incident, kind="closure")


def test_every_save_is_a_revision_and_none_is_overwritten(
    company: SimpleNamespace, closure: Statement
):
    save(company, closure, HONEST + " More.")
    save(company, closure, HONEST + " And more.")
    assert [r.number for r in queries.revisions_of(closure)] == [1, 2, 3, 4]
    assert [r.body for r in queries.revisions_of(closure)][1:] == [
        HONEST,
        HONEST + " More.",
        HONEST + " And more.",
    ]


def test_the_same_text_saved_again_writes_nothing(company: SimpleNamespace, closure: Statement):
    before = entries_about(f"statement:{closure.public_id}")
    assert save(company, closure, HONEST.replace("\n", "\r\n") + "\r\n").number == 2
    assert entries_about(f"statement:{closure.public_id}") == before


def test_two_writers_lose_no_text_and_are_told_which_number_holds_theirs(
    company: SimpleNamespace, closure: Statement
):
    save(company, closure, "Noor's text", based_on=2)
    with pytest.raises(Conflict, match="yours is revision 4, theirs is 3"):
        save(company, closure, "Ines's text", based_on=2, actor=company.ines)
    assert [(r.number, r.based_on, r.body) for r in queries.revisions_of(closure)][2:] == [
        (3, 2, "Noor's text"),
        (4, 2, "Ines's text"),
    ]
    assert [r.number for r in queries.set_aside(closure)] == [3]


def test_a_late_text_sent_twice_is_kept_once(company: SimpleNamespace, closure: Statement):
    save(company, closure, "Noor's text", based_on=2)
    for _ in range(2):
        with pytest.raises(Conflict, match="revision 4"):
            save(company, closure, "Ines's text", based_on=2, actor=company.ines)
    assert queries.newest_revision(closure).number == 4


def test_a_late_writer_who_changed_nothing_is_told_to_load_the_newest(
    company: SimpleNamespace, closure: Statement
):
    save(company, closure, "Noor's text", based_on=2)
    with pytest.raises(Conflict, match="nothing of yours is waiting: load revision 3"):
        save(company, closure, HONEST, based_on=2, actor=company.ines)
    assert queries.newest_revision(closure).number == 3


def test_a_late_writer_with_the_very_same_text_has_nothing_to_settle(
    company: SimpleNamespace, closure: Statement
):
    save(company, closure, "The same idea", based_on=2)
    kept = save(company, closure, "The same idea", based_on=2, actor=company.ines)
    assert kept.number == 3
    assert queries.set_aside(closure) == []


def test_a_text_that_left_somebody_aside_cannot_go_to_review(
    company: SimpleNamespace, closure: Statement, now: datetime
):
    save(company, closure, "Noor's text", based_on=2)
    with pytest.raises(Conflict):
        save(company, closure, HONEST + " Ours.", based_on=2, actor=company.ines)
    with pytest.raises(WrongState, match=r"without knowing revision 3 \(Noor\)"):
        ask_review(actor=company.ines, now=now, statement=closure)


def test_saving_on_top_of_the_newest_settles_it_even_with_the_same_words(
    company: SimpleNamespace, closure: Statement, now: datetime
):
    save(company, closure, "Noor's text", based_on=2)
    with pytest.raises(Conflict):
        save(company, closure, HONEST, based_on=1, actor=company.ines, title="Other title")
    settled = save(company, closure, HONEST, based_on=4, actor=company.ines, title="Other title")
    assert settled.number == 5
    assert queries.set_aside(closure) == []
    ask_review(actor=company.ines, now=now, statement=closure)


@pytest.mark.parametrize("based_on", [0, -1, 3, 10**9])
def test_a_revision_that_does_not_exist_is_no_ground_to_write_on(
    company: SimpleNamespace, closure: Statement, based_on: int
):
    with pytest.raises(BadInput, match="the newest is 2"):
        save(company, closure, "text", based_on=based_on)


@pytest.mark.parametrize(
    ("title", "body", "field"),
    [
        ("", "text", "title"),
        (" \n ", "text", "title"),
        ("t" * 256, "text", "title"),
        ("Title", "x" * 50_001, "body"),
        ("Title", "nul \x00", "body"),
        ("Title", "half \ud83d", "body"),
        ("bell \x07", "text", "title"),
    ],
)
def test_a_text_no_page_can_hold_is_refused_by_field(
    company: SimpleNamespace, closure: Statement, title: str, body: str, field: str
):
    with pytest.raises(BadInput) as refusal:
        save(company, closure, body, title=title)
    assert set(refusal.value.problems) == {field}
    assert queries.newest_revision(closure).number == 2


def test_markup_and_long_text_in_other_scripts_are_kept_as_they_are(
    company: SimpleNamespace, closure: Statement
):
    body = "<script>alert(1)</script> Ärger, 障害, خلل 🧾" + "é" * 40_000
    assert save(company, closure, body).body == body


def test_new_text_takes_the_statement_back_from_review(
    company: SimpleNamespace, closure: Statement, now: datetime
):
    ask_review(actor=company.noor, now=now, statement=closure)
    assert closure.state == StatementState.IN_REVIEW
    save(company, closure, HONEST + " Once more, thank you.")
    assert closure.state == StatementState.DRAFT


def test_a_published_text_is_never_changed_and_a_new_one_can_follow(
    company: SimpleNamespace, closure: Statement, now: datetime
):
    ask_review(actor=company.noor, now=now, statement=closure)
    approve(actor=company.bo, now=now, statement=closure)
    mark_published(statement=closure, now=now)
    with pytest.raises(WrongState, match="never changed"):
        save(company, closure, "other")
    second = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    assert second != closure


def test_the_machine_may_write_and_nobody_is_its_author(company: SimpleNamespace, now: datetime):
    statement = start(actor=MACHINE, now=now, incident=company.incident, kind="summary")
    assert queries.newest_revision(statement).author is None
    assert queries.authors_of(queries.newest_revision(statement)) == frozenset()


def test_the_audit_names_revisions_and_never_text(company: SimpleNamespace, closure: Statement):
    save(company, closure, "canary-text-of-a-draft")
    told = [str(e.detail) for e in entries_about(f"statement:{closure.public_id}")]
    assert "'revision': 3" in told[-1]
    assert not any("canary" in detail or "invoice" in detail.lower() for detail in told)


def test_a_turned_or_hidden_word_is_stored_as_readers_see_it(
    company: SimpleNamespace, closure: Statement, now: datetime
):
    saved = save_revision(
        actor=company.noor, now=now, statement=closure, title="Invoices \u202eyrros\u202c",
        body="pass\u200bword=hunter2 \u2066was here\u2069", based_on=2,
    )  # fmt: skip
    assert (saved.title, saved.body) == ("Invoices yrros", "password=hunter2 was here")
    assert "LEK-01" in {f.rule for f in queries.findings(closure).findings}


def test_a_summary_starts_from_what_is_promised(company: SimpleNamespace, now: datetime):
    promise(
        actor=company.noor, now=now, incident=company.incident, mechanism="prevent",
        what="Queues stop accepting work at 80% full", why="A full queue held invoices back",
        effect="A full queue is noticed in minutes", due=date(2026, 4, 18),
        owner_name="Quentin Secretname",
    )  # fmt: skip
    summary = start(actor=company.noor, now=now, incident=company.incident, kind="summary")
    body = queries.newest_revision(summary).body
    for said in ("by 18 April 2026", "A full queue held invoices back", "noticed in minutes"):
        assert said in body
    assert "Secretname" not in body
