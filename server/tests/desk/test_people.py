"""An administrator invites, changes and switches off people from the desk."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from desk.office import PASSWORD, has_inline_code, seen, signed_in

NEW = "another four good words"


def link_in(answer: Any) -> str:
    found = re.search(r"/desk/welcome/[\w-]+/", answer.content.decode())
    assert found
    return found.group()


def test_somebody_is_invited_chooses_a_password_and_is_in(office: SimpleNamespace) -> None:
    adas = signed_in(office.ada)
    form = {"email": "noa@office.example", "name": "Noa", "roles": ["writer"]}
    link = link_in(adas.post("/desk/people/", form))
    assert "Invited" in seen(adas.get("/desk/people/")).words
    noas = Client()
    assert "Noa, with it and your address noa@office.example you" in seen(noas.get(link)).words
    assert noas.get("/desk/").status_code == 302
    weak = noas.post(link, {"password": "short"})
    assert weak.status_code == 422
    assert "at least 12 characters" in seen(weak).words
    assert noas.post(link, {"password": NEW}).status_code == 302
    assert noas.get("/desk/").status_code == 200
    assert Client().post(link, {"password": NEW}).status_code == 404


def test_bad_input_stays_in_the_form_with_the_reason_at_its_field(office: SimpleNamespace) -> None:
    adas = signed_in(office.ada)
    form = {"email": office.wanda.email, "name": "Wanda", "roles": ["writer"]}
    answer = adas.post("/desk/people/", form)
    assert answer.status_code == 422
    assert "In use" in seen(answer).words
    answer = adas.post("/desk/people/", {"email": "x@office.example", "name": "X"})
    assert "None" in seen(answer).words
    assert has_inline_code(seen(answer)) == []


def test_switched_off_is_out_at_once_in_every_session(office: SimpleNamespace) -> None:
    wandas, adas = signed_in(office.wanda), signed_in(office.ada)
    assert wandas.get("/desk/").status_code == 200
    adas.post(f"/desk/people/{office.wanda.pk}/switch/", {"to": "off"})
    assert wandas.get("/desk/").status_code == 302
    assert "Switched off" in seen(adas.get("/desk/people/")).words


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(
    office: SimpleNamespace,
) -> None:
    here, elsewhere = signed_in(office.wanda), signed_in(office.wanda)
    wrong = here.post("/desk/me/", {"old": "no", "password": NEW})
    assert wrong.status_code == 422
    assert here.post("/desk/me/", {"old": PASSWORD, "password": NEW}).status_code == 302
    assert here.get("/desk/me/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 302


def test_roles_are_those_that_are_ticked(office: SimpleNamespace) -> None:
    adas = signed_in(office.ada)
    where = f"/desk/people/{office.gus.pk}/"
    assert signed_in(office.gus).get("/desk/").status_code == 403
    adas.post(where, {"roles": ["reviewer", "publisher"]})
    assert signed_in(office.gus).get("/desk/").status_code == 200
    last = adas.post(f"/desk/people/{office.ada.pk}/", {"roles": []})
    assert last.status_code == 409
    assert "nobody who may administer" in seen(last).words


@pytest.mark.parametrize("who", ["wanda", "rolf", "pia", "ines"])
def test_people_are_an_administrators_business(office: SimpleNamespace, who: str) -> None:
    client = signed_in(getattr(office, who))
    other = office.gus.pk
    assert client.get("/desk/people/").status_code == 403
    assert client.get(f"/desk/people/{other}/").status_code == 403
    assert client.post(f"/desk/people/{other}/", {"roles": ["admin"]}).status_code == 403
    assert client.post(f"/desk/people/{other}/link/").status_code == 403
    assert client.post(f"/desk/people/{other}/switch/", {"to": "off"}).status_code == 403
    assert client.get("/desk/me/").status_code == 200


def test_a_link_is_opened_without_being_used_and_leaks_to_nobody(office: SimpleNamespace) -> None:
    link = link_in(signed_in(office.ada).post(f"/desk/people/{office.wanda.pk}/link/"))
    for _ in range(3):
        answer = Client().get(link)
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"
    assert Client().post(link, {"password": NEW}).status_code == 302
