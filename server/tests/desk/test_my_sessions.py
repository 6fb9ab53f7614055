"""Where I am signed in, and signing out there."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from afterword.audit.models import Entry
from afterword.desk.devices import device_named
from desk.office import PASSWORD, has_inline_code, seen, signed_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
)


def came_in(office: SimpleNamespace, agent: str, network: str) -> Client:
    client = Client(REMOTE_ADDR=network, HTTP_USER_AGENT=agent)
    client.post("/desk/sign-in/", {"username": office.wanda.email, "password": PASSWORD})
    return client


def buttons_of(answer: Any) -> list[str]:
    return re.findall(r"/desk/me/sessions/[0-9a-f]+/end/", answer.content.decode())


def test_a_lost_phone_is_signed_out_from_the_laptop(office: SimpleNamespace) -> None:
    laptop = came_in(office, FIREFOX, "203.0.113.7")
    phone = came_in(office, PHONE, "198.51.100.9")
    page = laptop.get("/desk/me/")
    words = seen(page).words
    assert "Firefox on Linux , this browser from 203.0.113.7, since 18 Mar 2026, 12:00 UTC" in words
    assert "Safari on iPhone from 198.51.100.9" in words
    assert has_inline_code(seen(page)) == []
    (there,) = buttons_of(page)
    assert phone.get("/desk/").status_code == 200
    assert laptop.post(there).status_code == 302
    assert "Safari on iPhone is signed out" in seen(laptop.get("/desk/me/")).words
    assert phone.get("/desk/").status_code == 302
    assert laptop.get("/desk/").status_code == 200
    assert laptop.post(there).status_code == 404


def test_everywhere_else_is_everywhere_but_here(office: SimpleNamespace) -> None:
    here, *others = (came_in(office, FIREFOX, f"203.0.113.{n}") for n in range(3))
    here.post("/desk/me/sessions/end-others/")
    assert here.get("/desk/").status_code == 200
    assert [other.get("/desk/").status_code for other in others] == [302, 302]
    assert buttons_of(here.get("/desk/me/")) == []


def test_nobody_signs_out_a_browser_of_somebody_else(office: SimpleNamespace) -> None:
    signed_in(office.wanda)
    wandas = came_in(office, FIREFOX, "203.0.113.7")
    (there,) = buttons_of(wandas.get("/desk/me/"))
    assert signed_in(office.ada).post(there).status_code == 404
    path = f"/desk/people/{office.wanda.pk}/sign-out/"
    assert signed_in(office.rolf).post(path).status_code == 403
    assert wandas.get("/desk/").status_code == 200
    assert signed_in(office.ada).post(path).status_code == 302
    assert wandas.get("/desk/").status_code == 302


def test_signing_in_is_in_the_log_with_the_means_the_address_and_the_device(
    office: SimpleNamespace,
) -> None:
    came_in(office, FIREFOX, "203.0.113.7")
    newest = Entry.objects.order_by("-sequence")[0]
    assert (newest.verb, newest.detail) == ("accounts.sign_in", {"with": "password"})
    assert (newest.actor_label, newest.came_from) == (office.wanda.label, "203.0.113.7")
    assert newest.device == "Firefox on Linux"


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        (FIREFOX.replace("Firefox", "Gecko"), "A browser on Linux"),
        ("curl/8.1", "curl"),
        ("", "An unknown browser"),
        ("<script>", "An unknown browser"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/156.0 Mobile Safari/537", "Chrome on Android"),
    ],
)
def test_a_browser_is_named_as_people_name_it(agent: str, named: str) -> None:
    assert device_named(agent) == named
