"""Who gets to the desk, and what everybody else is told."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import get_resolver

from desk.office import PASSWORD, has_inline_code, seen, signed_in


def test_a_person_signs_in_with_address_and_password_and_lands_on_the_first_page(
    office: SimpleNamespace, client: Client
) -> None:
    answer = client.post(
        "/desk/sign-in/", {"username": "Wanda@Office.example", "password": PASSWORD}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert "What needs saying now" in seen(client.get("/desk/")).words


def test_a_wrong_password_says_so_without_saying_whether_the_address_is_known(
    office: SimpleNamespace, client: Client
) -> None:
    known = client.post("/desk/sign-in/", {"username": "wanda@office.example", "password": "x"})
    other = client.post("/desk/sign-in/", {"username": "who@office.example", "password": "x"})
    words = "do not go together"
    assert words in seen(known).words
    assert words in seen(other).words


def test_who_lost_the_password_reads_whom_to_ask(db: None, client: Client) -> None:
    words = seen(client.get("/desk/sign-in/")).words
    assert "A lost password: an administrator makes you a link" in words


def test_the_sign_in_page_needs_no_status_page_and_runs_nothing_inline(
    db: None, client: Client
) -> None:
    answer = client.get("/desk/sign-in/")
    assert answer.status_code == 200
    assert has_inline_code(seen(answer)) == []


def test_signing_in_never_leads_to_another_site(office: SimpleNamespace, client: Client) -> None:
    answer = client.post(
        "/desk/sign-in/",
        {
            "username": "wanda@office.example",
            "password": PASSWORD,
            "next": "https://evil.example/",
        },
    )
    assert answer["Location"] == "/desk/"


def test_who_was_sent_to_sign_in_comes_back_to_the_page_asked_for(
    office: SimpleNamespace, client: Client
) -> None:
    sent = client.get(office.case)
    assert sent["Location"] == f"/desk/sign-in/?next={office.case}"
    back = client.post(
        "/desk/sign-in/",
        {"username": "wanda@office.example", "password": PASSWORD, "next": office.case},
    )
    assert back["Location"] == office.case


def test_signing_out_takes_a_button_not_a_link(office: SimpleNamespace) -> None:
    client = signed_in(office.wanda)
    assert client.get("/desk/sign-out/").status_code == 405
    assert client.get("/desk/").status_code == 200
    client.post("/desk/sign-out/")
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("path", ["", "record/", "decision/", "follow-up/", "postmortem/"])
def test_an_account_without_a_role_reads_nothing(office: SimpleNamespace, path: str) -> None:
    answer = signed_in(office.gus).get(office.case + path)
    assert answer.status_code == 403
    page = seen(answer)
    assert "nobody has given you a role" in page.words
    assert "Invoices" not in page.words


def test_somebody_switched_off_is_signed_out_at_once(office: SimpleNamespace) -> None:
    client = signed_in(office.wanda)
    office.wanda.is_active = False
    office.wanda.save()
    assert client.get("/desk/").status_code == 302


def test_a_page_that_asks_for_json_is_told_in_json_that_it_is_signed_out(
    office: SimpleNamespace, client: Client
) -> None:
    answer = client.post("/desk/statements/x/check/", {}, headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert "your text is still here" in answer.json()["message"]


def test_every_address_of_the_desk_states_its_rule() -> None:
    desk = next(e for e in get_resolver().url_patterns if getattr(e, "namespace", "") == "desk")
    without = [
        str(entry.pattern)
        for entry in desk.url_patterns
        if not (
            getattr(entry.callback, "access_rule", "")
            or getattr(getattr(entry.callback, "view_class", None), "access_rule", "")
        )
    ]
    assert without == []


def test_pages_of_the_desk_are_not_kept_by_caches(office: SimpleNamespace) -> None:
    answer = signed_in(office.wanda).get(office.case)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_form_older_than_the_sign_in_is_refused_in_words_that_help(
    office: SimpleNamespace,
) -> None:
    client = signed_in(office.wanda, enforce_csrf_checks=True)
    answer = client.post(office.case + "record/", {"symptoms": "x"})
    assert answer.status_code == 403
    page = seen(answer)
    assert "what you typed is still there" in page.words
    assert has_inline_code(page) == []


def test_a_page_can_be_asked_about_without_being_sent(office: SimpleNamespace) -> None:
    client = signed_in(office.wanda)
    assert client.head(office.case).status_code == 200
    assert client.head(office.case + "record/").status_code == 200
    assert client.head(office.case + "close/").status_code == 405
