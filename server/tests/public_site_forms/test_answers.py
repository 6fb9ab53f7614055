"""Did this answer your question? Counted without a cookie, a script or a trace of the reader."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.test import Client

from afterword.audience.actions.answers import count_answer
from afterword.audience.models import ReaderAnswer
from afterword.audience.queries.answers import answers_about
from afterword.components.models import Page
from afterword.public_site import limits
from afterword.public_site.limits import Allowance
from afterword.public_site.views import answers
from publishing.press import a_page, word

pytestmark = pytest.mark.django_db
FORM = "/incidents/inv/answered/"


@pytest.fixture
def page(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setattr(answers, "ALLOWED", Allowance(acts=12, span=3600))
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
    assert set(row) == {"id", "page_id", "incident_ref", "question", "times"}


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


def test_an_allowance_comes_back_with_time_and_keeps_no_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = SimpleNamespace(at=0.0, monotonic=lambda: clock.at)
    monkeypatch.setattr(limits, "time", clock)
    allowance = Allowance(acts=1, span=60)
    assert [allowance.take("8.8.8.8"), allowance.take("8.8.8.8")] == [True, False]
    clock.at = 61
    assert allowance.take("8.8.8.8")
    assert "8.8.8.8" not in str(vars(allowance))


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
