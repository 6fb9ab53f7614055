"""Where a second step is a must, whoever has none sets one up before anything else."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as declared
from django.test import Client
from typer.testing import CliRunner

from afterword.accounts import totp
from afterword.accounts.models import CodeApp, Role
from afterword.accounts.queries import second_steps_of
from afterword.cli.main import app
from afterword.config.settings import _ROLES
from desk.office import PASSWORD, record_post, seen, signed_in, written

CODE_PATH = "/desk/sign-in/code/"
BASE32 = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def come_in(email: str) -> Client:
    client = Client()
    answer = client.post("/desk/sign-in/", {"username": email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def code(secret: str, clock: Any) -> str:
    return totp.code_at(secret, int(clock.now().timestamp()) // totp.PERIOD)


def secret_on(answer: Any) -> str:
    words = seen(answer).words.split()
    # A block may be of digits alone, which Python does not call upper case.
    fours = [w for w in words if len(w) == 4 and set(w) <= BASE32]
    return "".join(fours[:8])


def test_nobody_is_asked_for_one_by_default_and_roles_are_named_right() -> None:
    assert frozenset() == declared.SECOND_STEP_FOR
    assert set(_ROLES) == set(Role.values)


@pytest.mark.parametrize(("wanted", "led"), [("publisher", "pia"), ("everybody", "wanda")])
def test_who_has_to_and_has_none_sets_one_up_before_they_see_anything(
    recorded: SimpleNamespace, clock: Any, settings: Any, wanted: str, led: str
) -> None:
    settings.SECOND_STEP_FOR = frozenset({wanted})
    statement = written(recorded, clock.now())
    client = come_in(f"{led}@office.example")
    for where in (
        "/desk/",
        recorded.case,
        "/desk/log/",
        f"/desk/statements/{statement.public_id}/",
    ):
        assert client.get(where)["Location"] == "/desk/me/", where
    page = client.get("/desk/me/", follow=True)
    assert "needs more than a password" in seen(page).words
    assert "Invoices were not sent" not in seen(page).words
    for act in ("publish/", "approve/", "check/"):
        answer = client.post(f"/desk/statements/{statement.public_id}/{act}", {"body": "x"})
        assert answer["Location"] == "/desk/me/"
    told = client.post(
        f"/desk/statements/{statement.public_id}/check/", {}, headers={"Accept": "application/json"}
    )
    assert told.status_code == 403
    assert "more than a password" in told.json()["message"]

    client.get(recorded.case)
    secret = secret_on(client.get("/desk/me/app/"))
    shown = client.post("/desk/me/app/", {"code": code(secret, clock)})
    assert "Recovery codes" in seen(shown).words
    account = seen(client.get("/desk/me/"))
    assert account.all("a", href=recorded.case), "it leads on to where they were going"
    assert client.get(recorded.case).status_code == 200


def test_others_go_on_as_they_were(recorded: SimpleNamespace, settings: Any) -> None:
    settings.SECOND_STEP_FOR = frozenset({"publisher"})
    assert come_in("wanda@office.example").get("/desk/").status_code == 200
    assert come_in("pia@office.example").get("/desk/").status_code == 302
    assert come_in("gus@office.example").get("/desk/").status_code == 403
    vouched = signed_in(recorded.pia)
    session = vouched.session
    session["came in with"] = "single sign-on"
    session.save()
    assert vouched.get("/desk/").status_code == 200, "the provider's work"


def test_what_was_being_sent_when_it_became_a_must_is_kept(
    recorded: SimpleNamespace, clock: Any, settings: Any
) -> None:
    client = come_in("wanda@office.example")
    assert client.get("/desk/").status_code == 200
    settings.SECOND_STEP_FOR = frozenset({"everybody"})
    sent = record_post(recorded, symptoms="queues grew")
    assert client.post(recorded.case + "record/", sent)["Location"] == "/desk/me/"
    secret = secret_on(client.get("/desk/me/app/"))
    client.post("/desk/me/app/", {"code": code(secret, clock)})
    links = [a["href"] for a in seen(client.get("/desk/me/")).all("a")]
    (back,) = [str(each) for each in links if str(each).startswith("/desk/held/")]
    assert "queues grew" in seen(client.get(back)).words


def test_an_operator_helps_when_no_administrator_can_get_in(
    office: SimpleNamespace, clock: Any, settings: Any
) -> None:
    settings.SECOND_STEP_FOR = frozenset({"everybody"})
    client = come_in("ada@office.example")
    secret = secret_on(client.get("/desk/me/app/"))
    client.post("/desk/me/app/", {"code": code(secret, clock)})
    assert CodeApp.objects.exclude(confirmed_at=None).count() == 1
    done = CliRunner().invoke(app, ["take-off-second-step", "Ada@office.example"])
    assert done.exit_code == 0, done.output
    assert "password alone" in done.output
    assert not second_steps_of(office.ada).asked_for
    assert client.get("/desk/")["Location"].startswith("/desk/sign-in/"), "signed out everywhere"
    assert come_in("ada@office.example").get("/desk/")["Location"] == "/desk/me/"
    wrong = CliRunner().invoke(app, ["take-off-second-step", "nobody@office.example"])
    assert wrong.exit_code != 0
