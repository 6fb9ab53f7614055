"""From a figure that moved to a correction in public: the desk's pages on the way."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote_plus

import pytest

from afterword.desk.case_view import gather
from afterword.desk.drift import drift_of
from afterword.desk.now_list import items_for
from afterword.desk.shell import Reader, may_do
from afterword.incidents.actions import close_case
from afterword.publishing.actions import publish_statement
from afterword.publishing.models import Publication
from afterword.statements.actions import approve, ask_review
from afterword.statements.models import Statement
from desk.office import complete_record, has_inline_code, seen, signed_in, written
from statements.world import for_the_page_only

MORE = {"affected": 3000, "total": 4860, "percent": 61.7, "basis": "measured"}
SENTENCE = (
    "How many: the page says 1,798 of 4,860 customers (37%), "
    "the record 3,000 of 4,860 customers (61.7%)."
)


@pytest.fixture
def closed(recorded: SimpleNamespace, clock: Any) -> SimpleNamespace:
    """The office with its closure published, under number 3."""
    for_the_page_only(recorded, clock.now())
    recorded.closure = let_out(recorded, clock, written(recorded, clock.now()))
    return recorded


def let_out(office: SimpleNamespace, clock: Any, statement: Statement) -> Publication:
    ask_review(actor=office.wanda, now=clock.now(), statement=statement)
    approve(actor=office.rolf, now=clock.now(), statement=statement)
    return publish_statement(actor=office.pia, now=clock.advance(minutes=5), statement=statement)


def drifted(office: SimpleNamespace, clock: Any) -> None:
    complete_record(office, clock.advance(minutes=5), customers=MORE)


def owed(office: SimpleNamespace, clock: Any, person: Any) -> list[Any]:
    reader = Reader(person, may_do(person, office.page.pk))
    return [i for i in items_for(office.page, reader, clock.now()) if i.kind == "drift"]


def address(office: SimpleNamespace) -> str:
    return f"{office.case}correct/{office.closure.number}/"


def test_a_figure_that_moved_is_a_task_with_both_figures_and_the_way_to_the_correction(
    closed: SimpleNamespace, clock: Any
) -> None:
    assert owed(closed, clock, closed.wanda) == []
    drifted(closed, clock)
    (item,) = owed(closed, clock, closed.wanda)
    assert item.why == SENTENCE
    page = seen(signed_in(closed.wanda).get("/desk/"))
    assert SENTENCE in page.words
    assert SENTENCE in seen(signed_in(closed.wanda).get(closed.case)).words
    (link,) = (
        str(a["href"]) for a in page.all("a") if str(a.get("href")).startswith(address(closed))
    )
    form = signed_in(closed.wanda).get(link)
    assert "1,798 of 4,860 customers (37%)" in seen(form).words
    assert "3,000 of 4,860 customers (61.7%)" in unquote_plus(link)
    assert has_inline_code(seen(form)) == []


def test_a_figure_that_moves_after_the_case_is_closed_is_a_task_too(
    closed: SimpleNamespace, clock: Any
) -> None:
    close_case(
        actor=closed.wanda, now=clock.advance(minutes=5), incident=closed.incident, open_steps=()
    )
    assert owed(closed, clock, closed.wanda) == []
    drifted(closed, clock)
    (item,) = owed(closed, clock, closed.wanda)
    assert (item.why, item.act.label) == (SENTENCE, "Correct the page")
    (others,) = owed(closed, clock, closed.rolf)
    assert not others.mine


def test_the_correction_is_written_reviewed_published_and_ends_the_task(
    closed: SimpleNamespace, clock: Any
) -> None:
    drifted(closed, clock)
    told = {
        "weight": "fact", "wrote": "1,798 of our 4,860 customers",
        "right": "3,000 of 4,860 customers (61.7%)",
    }  # fmt: skip
    answer = signed_in(closed.wanda).post(address(closed), told, follow=True)
    page = seen(answer)
    assert "Wrong fact: corrects number 3" in page.words
    assert "it is 3,000 of 4,860 customers (61.7%)." in page.words
    statement = Statement.objects.get(kind="correction")
    (item,) = owed(closed, clock, closed.wanda)
    assert item.act.href == f"/desk/statements/{statement.public_id}/"
    let_out(closed, clock, statement)
    assert owed(closed, clock, closed.wanda) == []
    case = seen(signed_in(closed.wanda).get(closed.case))
    assert "Correction of number 3" in case.words
    assert "corrected" in case.words


def test_the_reviewer_of_a_typo_sees_which_words_change(
    closed: SimpleNamespace, clock: Any
) -> None:
    told = {"weight": "typo", "wrote": "billed late", "right": "billed later"}
    signed_in(closed.wanda).post(address(closed), told)
    statement = Statement.objects.get(kind="correction")
    ask_review(actor=closed.wanda, now=clock.now(), statement=statement)
    answer = signed_in(closed.rolf).get(f"/desk/statements/{statement.public_id}/review/")
    html = answer.content.decode()
    assert "<del>late</del>" in html
    assert "<ins>later</ins>" in html
    assert "These facts stay as readers have them" in seen(answer).words


def test_what_was_not_written_is_said_at_its_field_and_nothing_typed_is_lost(
    closed: SimpleNamespace,
) -> None:
    told = {"weight": "fact", "wrote": "nine customers", "right": "ten customers"}
    answer = signed_in(closed.wanda).post(address(closed), told)
    page = seen(answer)
    assert answer.status_code == 422
    assert "Is not what was published" in page.words
    assert "nine customers" in page.words
    assert "ten customers" in page.words
    assert not Statement.objects.filter(kind="correction").exists()


def test_a_retracted_closure_is_owed_again_and_its_summary_step_too(
    closed: SimpleNamespace, clock: Any
) -> None:
    assert gather(closed.page, closed.incident, clock.now()).steps[0].state == "done"
    told = {"weight": "retraction", "right": "It described another incident."}
    signed_in(closed.wanda).post(address(closed), told)
    let_out(closed, clock, Statement.objects.get(kind="correction"))
    view = gather(closed.page, closed.incident, clock.now())
    assert view.steps[0].state == "due"
    case = seen(signed_in(closed.wanda).get(closed.case)).words
    assert "Write the closure" in case
    assert "withdrawn" in case
    gone = signed_in(closed.wanda).get(address(closed))
    assert gone.status_code == 409
    assert "withdrawn already" in seen(gone).words


def test_only_who_writes_may_start_one(closed: SimpleNamespace) -> None:
    told = {"weight": "retraction", "right": "It described another incident."}
    assert signed_in(closed.rolf).post(address(closed), told).status_code == 403
    case = seen(signed_in(closed.rolf).get(closed.case))
    assert not [a for a in case.all("a") if "/correct/" in str(a.get("href"))]


def test_knowing_what_was_told_as_unknown_is_no_drift(closed: SimpleNamespace, clock: Any) -> None:
    record = gather(closed.page, closed.incident, clock.now()).data
    known = {**record, "regions": {"affected": ["EU"], "all": [], "basis": "measured"}}
    assert not drift_of([closed.closure], known).is_there
