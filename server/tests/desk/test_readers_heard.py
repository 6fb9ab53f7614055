"""What readers miss reaches whoever writes: on the case and on the first page, until it is read."""

from types import SimpleNamespace
from typing import Any

import pytest

from afterword.audience.actions.answers import count_answer, keep_remark
from afterword.audience.models import ReaderRemark
from afterword.audit.models import Entry
from desk.office import has_inline_code, seen, signed_in

FIRST = "Read what readers miss"


def missed(office: SimpleNamespace, now: Any, text: str) -> ReaderRemark:
    keep_remark(
        now=now, page=office.page, incident_ref=office.incident.public_id, text=text,
        question="data",
    )  # fmt: skip
    return ReaderRemark.objects.latest("pk")


def answered(office: SimpleNamespace, *questions: str, text: int = 0) -> None:
    for question in questions:
        count_answer(
            page=office.page, incident_ref=office.incident.public_id, question=question,
            text_number=text,
        )  # fmt: skip


def test_what_a_reader_wrote_waits_for_the_writer_until_it_is_noted(
    office: SimpleNamespace, clock: Any
) -> None:
    remark = missed(office, clock.now(), "Was my file hit?")
    ReaderRemark.objects.update(text="<script>alert(1)</script> Was my file hit?")
    writer = signed_in(office.wanda)
    assert FIRST in seen(writer.get("/desk/")).words
    assert "1 wrote what is missing." in seen(writer.get("/desk/")).words
    case = seen(writer.get(office.case))
    assert "<script>alert(1)</script> Was my file hit?" in case.words
    assert has_inline_code(case) == []
    where = f"{office.case}remarks/{remark.pk}/"
    assert writer.post(where, {"what": "noted"})["Location"] == office.case
    assert FIRST not in seen(writer.get("/desk/")).words
    assert "Was my file hit?" in seen(writer.get(office.case)).words


def test_what_says_something_of_a_person_is_dropped_and_the_log_says_by_whom(
    office: SimpleNamespace, clock: Any
) -> None:
    remark = missed(office, clock.now(), "Tell Ada Marsh to call me")
    where = f"{office.case}remarks/{remark.pk}/"
    writer = signed_in(office.wanda)
    assert writer.post(where, {"what": "drop"}).status_code == 302
    assert not ReaderRemark.objects.exists()
    entry = Entry.objects.get(verb="audience.settle_remark")
    assert entry.actor_label.startswith("Wanda")
    assert entry.detail == {"dropped": True}
    again = writer.post(where, {"what": "drop"})
    assert again.status_code == 404
    assert "This remark is gone" in seen(again).words


@pytest.mark.parametrize("what", ["", "burn"])
def test_what_no_button_sends_is_refused_in_words(
    office: SimpleNamespace, clock: Any, what: str
) -> None:
    remark = missed(office, clock.now(), "Which data?")
    answer = signed_in(office.wanda).post(f"{office.case}remarks/{remark.pk}/", {"what": what})
    assert answer.status_code == 422
    assert ReaderRemark.objects.filter(read_at=None).exists()


def test_when_most_are_left_asking_the_first_page_says_what(office: SimpleNamespace) -> None:
    writer = signed_in(office.wanda)
    answered(office, "data", "data", "data", "again", "", "", "")
    assert FIRST not in seen(writer.get("/desk/")).words, "seven are too few"
    answered(office, "data")
    words = seen(writer.get("/desk/")).words
    assert "5 of 8 readers are left with a question; 4 ask: Is my data safe?" in words
    answered(office, "", "")
    assert FIRST not in seen(writer.get("/desk/")).words


def test_the_case_tells_the_answers_before_and_after_a_text_apart(office: SimpleNamespace) -> None:
    answered(office, *["data"] * 8)
    answered(office, *[""] * 9, "again", text=4)
    answered(office, "again", text=7)
    words = seen(signed_in(office.wanda).get(office.case)).words
    assert "Before a closure or summary: 0 of 8 said yes; most asked: Is my data safe? 8" in words
    assert "1 answer, too few to say more" in words
