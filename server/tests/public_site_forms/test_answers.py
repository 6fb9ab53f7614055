"""Did this answer your question? Counted without a cookie, a script or a trace of the reader."""

import importlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from afterword.audience.actions.answering import ANSWERS, take_turn
from afterword.audience.actions.answers import MOST_REMARKS, count_answer, keep_remark
from afterword.audience.actions.subscribers import forget
from afterword.audience.models import AnswerTurn, ReaderAnswer, ReaderRemark
from afterword.audience.queries.answers import answers_about, answers_by_text
from afterword.components.models import Page
from afterword.kit.errors import BadInput
from afterword.public_site.views import answers
from afterword.site_builder.actions import build_pending
from fanout.published import publish
from publishing.press import a_page, word

pytestmark = pytest.mark.django_db
FORM = "/incidents/inv/answered/"


@pytest.fixture
def page(now: datetime) -> Page:
    page = a_page(now, support_contact="help@larkbridge.example")
    word(page, "inv", now, status="resolved")
    return page


@pytest.fixture
def reader() -> Client:
    return Client(enforce_csrf_checks=True)


def test_yes_and_no_are_counted_with_the_question_that_remains(page: Page, reader: Client) -> None:
    reader.post(FORM, {"answered": "yes", "question": "other"})
    for question in ("data", "data", "again"):
        thanked = reader.post(FORM, {"answered": "no", "question": question}, follow=True)
    assert "Thank you" in thanked.content.decode()
    assert thanked.redirect_chain == [(FORM, 303)]
    found = answers_about(page, "inv")
    assert (found.yes, found.no) == (1, 3)
    assert found.remaining == [("Is my data safe?", 2), ("Could it happen again?", 1)]


def test_nothing_about_the_reader_is_set_or_kept(page: Page, reader: Client) -> None:
    answer = reader.post(
        FORM, {"answered": "yes"}, HTTP_USER_AGENT="quetzal", REMOTE_ADDR="8.8.8.8"
    )
    assert not answer.cookies
    (row,) = ReaderAnswer.objects.values()
    assert set(row) == {"id", "page_id", "incident_ref", "text_number", "question", "times"}


def test_words_are_kept_for_the_desk_with_their_day_and_no_trace_of_the_reader(
    page: Page, reader: Client, now: datetime, site_dir: Path, clock: Any
) -> None:
    said = "Was the export of 2026-03-04 08:12 hit?\r\nAsk ada@mail.example or +49 (170) 555-0123."
    reader.post(
        FORM, {"answered": "no", "question": "affected", "said": f"  {said}  "},
        HTTP_USER_AGENT="quetzal", REMOTE_ADDR="8.8.8.8",
    )  # fmt: skip
    (row,) = ReaderRemark.objects.values()
    assert row["text"] == "Was the export of 2026-03-04 08:12 hit?\nAsk […] or […]."
    assert (row["question"], row["day"], row["read_at"]) == ("affected", now.date(), None)
    assert set(row) == {
        "id", "page_id", "incident_ref", "text_number", "question", "text", "day", "read_at",
    }  # fmt: skip
    assert answers_about(page, "inv").no == 1
    build_pending(now=now)
    assert "hit?" not in (site_dir / "incidents" / "inv" / "index.html").read_text()


@pytest.mark.parametrize(
    "said",
    ["x" * 301, "Buy at https://cheap.example", "see www.cheap.example", "<a href=x>here</a>",
     "a\x00b", "[url=x]"],
)  # fmt: skip
def test_words_that_nobody_should_have_to_read_are_refused_and_nothing_is_counted(
    page: Page, reader: Client, said: str
) -> None:
    answer = reader.post(FORM, {"answered": "no", "question": "data", "said": said})
    assert answer.status_code == 422
    assert "Not counted" in answer.content.decode()
    assert not ReaderRemark.objects.exists()
    assert not ReaderAnswer.objects.exists()


def test_one_network_writes_three_times_an_hour_and_is_counted_without_words_still(
    page: Page, reader: Client
) -> None:
    told = {"answered": "no", "question": "data", "said": "Which data?"}
    sent = [reader.post(FORM, told, REMOTE_ADDR="8.8.8.8") for _ in range(4)]
    assert [each.status_code for each in sent] == [303, 303, 303, 429]
    assert reader.post(FORM, told | {"said": ""}, REMOTE_ADDR="8.8.8.8").status_code == 303
    assert reader.post(FORM, told, REMOTE_ADDR="9.9.9.9").status_code == 303
    assert (answers_about(page, "inv").no, ReaderRemark.objects.count()) == (5, 4)


def test_a_flood_from_many_networks_leaves_a_hundred_remarks_and_counts_on(
    page: Page, reader: Client
) -> None:
    told = {"answered": "no", "question": "data", "said": "Which data?"}
    statuses = [reader.post(FORM, told, REMOTE_ADDR=f"8.8.{n}.8").status_code for n in range(102)]
    assert statuses == [303] * 100 + [422] * 2
    assert reader.post(FORM, told | {"said": ""}, REMOTE_ADDR="9.9.9.9").status_code == 303
    assert (answers_about(page, "inv").no, ReaderRemark.objects.count()) == (101, 100)


def test_what_was_written_is_gone_after_the_days_set(
    page: Page, reader: Client, now: datetime, settings: Any, clock: Any
) -> None:
    reader.post(FORM, {"answered": "no", "said": "Which data?"})
    settings.KEEP_REMARKS_DAYS = 30
    forget(now=now + timedelta(days=30))
    assert ReaderRemark.objects.count() == 1
    forget(now=now + timedelta(days=31))
    assert not ReaderRemark.objects.exists()
    assert answers_about(page, "inv").no == 1, "what is counted stays"


def test_answers_are_counted_for_the_text_that_was_read(
    page: Page, reader: Client, now: datetime, site_dir: Path
) -> None:
    closure = publish(page, now, kind="closure", incident_id="inv", title="Over")
    summary = publish(page, now, kind="summary", incident_id="inv", title="What happened")
    build_pending(now=now)
    built = (site_dir / "incidents" / "inv" / "index.html").read_text()
    assert f'name="text" value="{summary.number}"' in built
    for text in (closure.number, closure.number, summary.number, 999, "x", "", "1" * 30):
        assert reader.post(FORM, {"answered": "no", "text": text}).status_code == 303
    found = {number: each.no for number, each in answers_by_text(page, "inv")}
    assert found == {summary.number: 1, closure.number: 2, 0: 4}
    assert answers_about(page, "inv").no == 7


@pytest.mark.parametrize(
    ("address", "told", "status"),
    [
        (FORM, {"answered": "no", "question": "what is your name?"}, 422),
        (FORM, {"answered": "maybe"}, 422),
        (FORM, {}, 422),
        ("/incidents/nothing/answered/", {"answered": "yes"}, 404),
    ],
)
def test_what_no_form_of_ours_sends_is_refused_in_words(
    page: Page, reader: Client, address: str, told: dict[str, str], status: int
) -> None:
    answer = reader.post(address, told)
    assert answer.status_code == status
    assert "Not counted" in answer.content.decode()
    assert not ReaderAnswer.objects.exists()


def test_one_network_is_counted_so_often_an_hour_and_another_one_still(
    page: Page, reader: Client
) -> None:
    sent = [reader.post(FORM, {"answered": "yes"}, REMOTE_ADDR="8.8.8.8") for _ in range(14)]
    assert [each.status_code for each in sent] == [303] * 12 + [429] * 2
    assert reader.post(FORM, {"answered": "yes"}, REMOTE_ADDR="9.9.9.9").status_code == 303
    assert answers_about(page, "inv").yes == 13


def test_a_process_that_begins_anew_knows_what_was_answered_before_it(
    page: Page, reader: Client
) -> None:
    """Two processes answer readers, and each is begun again; the limit stays one."""
    told = {"answered": "no", "question": "data", "said": "Which data?"}
    statuses = []
    for _ in range(5):
        fresh = importlib.reload(answers)
        request = RequestFactory().post(FORM, told, REMOTE_ADDR="8.8.8.8")
        statuses.append(fresh.answered(request, incident_id="inv").status_code)
    assert statuses == [303, 303, 303, 429, 429]
    assert ReaderRemark.objects.count() == 3


def test_what_is_refused_takes_no_turn(page: Page, reader: Client) -> None:
    bad = [
        {"said": "x" * 301}, {"said": "see www.cheap.example"}, {"question": "your name?"},
        {"answered": "maybe"},
    ]  # fmt: skip
    good = {"answered": "no", "question": "data", "said": "Which data?"}
    for told in bad * 5:
        answer = reader.post(FORM, good | told, REMOTE_ADDR="8.8.8.8")
        assert answer.status_code == 422
    sent = [reader.post(FORM, good, REMOTE_ADDR="8.8.8.8").status_code for _ in range(4)]
    assert sent == [303, 303, 303, 429]
    quiet = [reader.post(FORM, good | {"said": ""}, REMOTE_ADDR="8.8.8.8") for _ in range(10)]
    assert [each.status_code for each in quiet] == [303] * 9 + [429], "the words too many cost none"


def test_turns_come_back_with_time_and_keep_no_address(now: datetime) -> None:
    def turn(minutes: int, network: str = "8.8.8.8") -> str:
        at = now + timedelta(minutes=minutes)
        return take_turn(now=at, network=network, with_words=True).used_up

    assert [turn(0), turn(1), turn(2), turn(59)] == ["", "", "", "words"]
    assert turn(59, "9.9.9.9") == ""
    assert [turn(60), turn(60)] == ["", "words"], "the first one is an hour old"
    assert "8.8.8.8" not in str(list(AnswerTurn.objects.values()))
    forget(now=now + timedelta(hours=3))
    assert not AnswerTurn.objects.exists(), "and nothing is kept for longer"


def test_of_two_answers_at_once_the_last_that_is_left_is_taken_by_one(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes its turn right after ours, and both count afterwards."""
    for _ in range(ANSWERS - 1):
        assert take_turn(now=now, network="8.8.8.8", with_words=False).used_up == ""
    other: list[str] = []
    create = AnswerTurn.objects.create

    def and_another(**row: Any) -> AnswerTurn:
        mine = create(**row)
        monkeypatch.undo()
        other.append(take_turn(now=now, network="8.8.8.8", with_words=False).used_up)
        create(**row)  # the other's, which it has not taken back yet
        return mine

    monkeypatch.setattr(AnswerTurn.objects, "create", and_another)
    assert take_turn(now=now, network="8.8.8.8", with_words=False).used_up == ""
    assert other == ["answers"]


def test_turns_counted_while_the_clock_was_ahead_refuse_nobody(now: datetime) -> None:
    for ahead in (timedelta(minutes=50), timedelta(days=1)):
        for _ in range(ANSWERS):
            take_turn(now=now + ahead, network="8.8.8.8", with_words=False)
    taken = [take_turn(now=now, network="8.8.8.8", with_words=False) for _ in range(ANSWERS + 1)]
    assert [each.used_up for each in taken] == [""] * ANSWERS + ["answers"]
    assert not AnswerTurn.objects.filter(at__gt=now + timedelta(hours=1)).exists()


def test_what_was_read_makes_room_for_what_is_written_next(page: Page, now: datetime) -> None:
    def write() -> None:
        keep_remark(now=now, page=page, incident_ref="inv", text="Which data?")

    for _ in range(MOST_REMARKS):
        write()
    with pytest.raises(BadInput):
        write()
    ReaderRemark.objects.filter(pk=ReaderRemark.objects.earliest("pk").pk).update(read_at=now)
    write()
    with pytest.raises(BadInput):
        write()


def test_without_the_database_the_reader_is_told_in_words(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> Page:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(answers, "the_page", gone)
    answer = Client(raise_request_exception=False).post(FORM, {"answered": "yes"})
    assert answer.status_code == 503
    assert "not available right now" in answer.content.decode()


def test_the_thanks_are_in_the_language_of_the_page_that_asked(page: Page, reader: Client) -> None:
    page.languages = ["en", "de"]
    page.save(update_fields=["languages"])
    thanked = reader.post(f"{FORM}?lang=de", {"answered": "yes"}, follow=True)
    html = thanked.content.decode()
    assert '<html lang="de"' in html
    assert 'href="/de/incidents/inv/"' in html


def test_few_answers_are_not_read_into(page: Page) -> None:
    for _ in range(7):
        count_answer(page=page, incident_ref="inv")
    assert not answers_about(page, "inv").is_enough
    count_answer(page=page, incident_ref="inv", question="data")
    assert answers_about(page, "inv").is_enough
