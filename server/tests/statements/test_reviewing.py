from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.incidents.models import RecordVersion
from afterword.kit.errors import BadInput, Conflict, NotAllowed, TextRejected, WrongState
from afterword.statements import queries
from afterword.statements.actions import (
    approve,
    ask_changes,
    ask_review,
    mark_published,
    save_revision,
    start,
)
from afterword.statements.models import Statement, StatementState
from statements.world import HONEST, TITLE, change_record, person


@pytest.fixture
def asked(company: SimpleNamespace, closure: Statement, now: datetime) -> Statement:
    ask_review(actor=company.noor, now=now, statement=closure)
    return closure


@pytest.fixture
def approved(company: SimpleNamespace, asked: Statement, now: datetime) -> Statement:
    approve(actor=company.bo, now=now, statement=asked)
    return asked


def rewrite(company: SimpleNamespace, statement: Statement, body: str, now: datetime) -> None:
    save_revision(
        actor=company.noor,
        now=now,
        statement=statement,
        title=TITLE,
        body=body,
        based_on=queries.newest_revision(statement).number,
    )


def test_a_second_person_approves_and_the_text_may_leave(
    company: SimpleNamespace, approved: Statement, now: datetime
):
    assert queries.approval(approved).valid
    left = mark_published(statement=approved, now=now)
    assert left.body == HONEST
    assert (approved.state, approved.published_at) == (StatementState.PUBLISHED, now)


def test_nobody_approves_their_own_words(
    company: SimpleNamespace, closure: Statement, now: datetime
):
    save_revision(
        actor=company.ines, now=now, statement=closure, title=TITLE, body=HONEST + " Thanks.",
        based_on=2,
    )  # fmt: skip
    ask_review(actor=company.ines, now=now, statement=closure)
    with pytest.raises(NotAllowed, match="nobody approves their own words"):
        approve(actor=company.ines, now=now, statement=closure)
    assert closure.state == StatementState.IN_REVIEW


def test_an_administrator_does_not_approve_their_own_words_either(
    company: SimpleNamespace, closure: Statement, now: datetime
):
    save_revision(
        actor=company.ada, now=now, statement=closure, title=TITLE, body=HONEST + " Thanks.",
        based_on=2,
    )  # fmt: skip
    ask_review(actor=company.noor, now=now, statement=closure)
    with pytest.raises(NotAllowed):
        approve(actor=company.ada, now=now, statement=closure)


def test_words_brought_back_by_somebody_else_are_still_their_authors_words(
    company: SimpleNamespace, closure: Statement, now: datetime
):
    for author, body, based_on in (
        (company.ines, HONEST + " Mine.", 2),
        (company.noor, "something else", 3),
        (company.noor, HONEST + " Mine.", 4),
    ):
        save_revision(
            actor=author, now=now, statement=closure, title=TITLE, body=body, based_on=based_on
        )
    ask_review(actor=company.noor, now=now, statement=closure)
    with pytest.raises(NotAllowed):
        approve(actor=company.ines, now=now, statement=closure)


def test_a_writer_without_the_role_and_the_machine_cannot_approve(
    company: SimpleNamespace, asked: Statement, now: datetime
):
    for actor in (company.noor, company.pia, company.guest, MACHINE):
        with pytest.raises(NotAllowed):
            approve(actor=actor, now=now, statement=asked)


def test_nothing_is_approved_that_nobody_asked_about(
    company: SimpleNamespace, closure: Statement, now: datetime
):
    with pytest.raises(WrongState, match="Ask for one first"):
        approve(actor=company.bo, now=now, statement=closure)


def test_a_changed_text_voids_the_approval(
    company: SimpleNamespace, approved: Statement, now: datetime
):
    rewrite(company, approved, HONEST + " Thank you again.", now)
    standing = queries.approval(approved)
    assert not standing.valid
    assert standing.why == "the text changed after approval (revision 2 → 3)"
    with pytest.raises(WrongState, match="revision 2 → 3"):
        mark_published(statement=approved, now=now)


def test_the_old_words_brought_back_need_a_new_approval(
    company: SimpleNamespace, approved: Statement, now: datetime
):
    rewrite(company, approved, "something else", now)
    rewrite(company, approved, HONEST, now)
    assert queries.approval(approved).why == "the text changed after approval (revision 2 → 4)"


def test_a_changed_record_voids_the_approval(
    company: SimpleNamespace, approved: Statement, now: datetime
):
    before = queries.record_version_of(company.incident)
    after = change_record(company, now, symptoms=["invoices were late"])
    standing = queries.approval(approved)
    assert not standing.valid
    assert standing.why == f"the record changed after approval (version {before} → {after})"
    with pytest.raises(WrongState, match="the record changed after approval"):
        mark_published(statement=approved, now=now)
    assert approved.state == StatementState.APPROVED


def test_both_reasons_are_given_when_both_changed(
    company: SimpleNamespace, approved: Statement, now: datetime
):
    rewrite(company, approved, HONEST + " Thank you again.", now)
    change_record(company, now, symptoms=["invoices were late"])
    why = queries.approval(approved).why
    assert "the text changed" in why
    assert " and the record changed" in why


def test_a_voided_approval_is_given_again_for_the_record_as_it_is(
    company: SimpleNamespace, approved: Statement, now: datetime
):
    change_record(company, now, symptoms=["invoices were late"])
    ask_review(actor=company.noor, now=now, statement=approved)
    assert approved.state == StatementState.IN_REVIEW
    approve(actor=company.bo, now=now, statement=approved)
    assert queries.approval(approved).valid


def test_an_approved_text_is_not_sent_round_again(
    company: SimpleNamespace, approved: Statement, now: datetime
):
    with pytest.raises(WrongState, match="approved as it stands"):
        ask_review(actor=company.noor, now=now, statement=approved)


def test_who_read_an_older_revision_or_record_is_told_and_approves_nothing(
    company: SimpleNamespace, asked: Statement, now: datetime
):
    with pytest.raises(Conflict, match="You read revision 1; the newest is 2"):
        approve(actor=company.bo, now=now, statement=asked, seen_revision=1)
    version = change_record(company, now, symptoms=["invoices were late"])
    with pytest.raises(Conflict, match=f"version {version - 1} of the record"):
        approve(
            actor=company.bo, now=now, statement=asked, seen_revision=2, seen_record=version - 1
        )
    assert queries.reviews_of(asked) == []


def test_changes_asked_for_go_back_to_the_writer_with_the_reason(
    company: SimpleNamespace, asked: Statement, now: datetime
):
    with pytest.raises(BadInput):
        ask_changes(actor=company.bo, now=now, statement=asked, comment="  ")
    review = ask_changes(actor=company.bo, now=now, statement=asked, comment="Say who was hit.")
    assert review.comment == "Say who was hit."
    assert asked.state == StatementState.CHANGES_ASKED
    with pytest.raises(WrongState, match="Changes were asked for"):
        approve(actor=company.bo, now=now, statement=asked)


def test_a_later_doubt_outweighs_an_earlier_approval(
    company: SimpleNamespace, approved: Statement, now: datetime
):
    other = person(now, "Rae", Role.REVIEWER)
    ask_changes(
        actor=other, now=now + timedelta(minutes=1), statement=approved, comment="Wrong date."
    )
    standing = queries.approval(approved)
    assert not standing.valid
    assert standing.why == "Rae asked for changes after the approval"
    with pytest.raises(WrongState, match="Rae asked for changes"):
        mark_published(statement=approved, now=now)


def test_blocking_findings_stop_the_review(
    company: SimpleNamespace, closure: Statement, now: datetime
):
    rewrite(company, closure, HONEST.replace("From 08:12", "After a brief outage from 08:12"), now)
    with pytest.raises(TextRejected) as refusal:
        ask_review(actor=company.noor, now=now, statement=closure)
    [found] = [f for f in refusal.value.findings if f["rule"] == "REC-01"]
    assert "6 h 12 min" in str(found["message"])
    assert "6 h 12 min" in refusal.value.message
    assert closure.state == StatementState.DRAFT


def test_a_finding_in_the_title_stops_the_review_too(
    company: SimpleNamespace, closure: Statement, now: datetime
):
    save_revision(
        actor=company.noor, now=now, statement=closure, title="A brief outage of invoices",
        body=HONEST, based_on=2,
    )  # fmt: skip
    with pytest.raises(TextRejected, match="REC-01"):
        ask_review(actor=company.noor, now=now, statement=closure)


def test_a_record_that_contradicts_the_text_stops_approval_and_publishing(
    company: SimpleNamespace, asked: Statement, now: datetime
):
    change_record(company, now, data={"loss": "confirmed"})
    with pytest.raises(TextRejected, match="REC-10"):
        approve(actor=company.bo, now=now, statement=asked)


def test_findings_are_looked_for_once_more_at_the_door(
    company: SimpleNamespace, approved: Statement, now: datetime
):
    # The only way past the approval: facts replaced under the very version it was bound to.
    version = RecordVersion.objects.filter(incident=company.incident).latest("version")
    version.data["data"]["loss"] = "confirmed"
    version.save()
    assert queries.approval(approved).valid
    with pytest.raises(TextRejected, match="REC-10"):
        mark_published(statement=approved, now=now)


def test_a_blank_nobody_filled_in_stops_the_review(company: SimpleNamespace, now: datetime):
    statement = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    with pytest.raises(TextRejected) as refusal:
        ask_review(actor=company.noor, now=now, statement=statement)
    newest = queries.newest_revision(statement)
    whole = newest.title + "\n\n" + newest.body
    assert refusal.value.findings
    for found in refusal.value.findings:
        assert found["rule"] == "BLANK"
        assert whole[found["start"] : found["end"]] == found["quote"]  # type: ignore[misc]


def test_an_empty_text_or_a_missing_record_stops_the_review(
    company: SimpleNamespace, closure: Statement, now: datetime
):
    rewrite(company, closure, "", now)
    with pytest.raises(WrongState, match="no text yet"):
        ask_review(actor=company.noor, now=now, statement=closure)
    rewrite(company, closure, HONEST, now)
    RecordVersion.objects.filter(incident=company.incident).delete()
    with pytest.raises(WrongState, match="record of this incident was never saved"):
        ask_review(actor=company.noor, now=now, statement=closure)


def test_what_was_never_approved_never_leaves(
    company: SimpleNamespace, asked: Statement, now: datetime
):
    with pytest.raises(WrongState, match="nobody has approved this text yet"):
        mark_published(statement=asked, now=now)


def test_what_left_does_not_leave_twice(
    company: SimpleNamespace, approved: Statement, now: datetime
):
    mark_published(statement=approved, now=now)
    with pytest.raises(WrongState, match="never changed"):
        mark_published(statement=approved, now=now)
