"""A form that was sent after the session had ended comes back to its owner, and does nothing."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from afterword.accounts import totp
from afterword.accounts.actions import begin_app, confirm_app
from afterword.accounts.models import Person
from afterword.desk.held_texts import GOOD_FOR, LONGEST
from afterword.desk.models import TypedText
from afterword.incidents.queries import current_record
from afterword.statements.models import Revision, Statement
from afterword.statements.queries import newest_revision
from desk.office import PASSWORD, TITLE, has_inline_code, record_post, seen, values_of, written

MINE = "An hour of work, <b>typed</b> twice."


def come_in(client: Client, person: Person, **more: str) -> Any:
    post = {"username": person.email, "password": PASSWORD, **more}
    return client.post("/desk/sign-in/", post)


def in_the_editor(
    office: SimpleNamespace, statement: Statement
) -> tuple[Client, str, dict[str, str]]:
    """Return Wanda's browser, the editor's address, and what its form will send."""
    client = Client()
    assert come_in(client, office.wanda).status_code == 302
    where = f"/desk/statements/{statement.public_id}/"
    fields = {k: v for k, v in values_of(client.get(where)).items() if k != "csrfmiddlewaretoken"}
    return client, where, {**fields, "title": TITLE, "body": MINE, "do": "save"}


def code(secret: str, clock: Any) -> str:
    return totp.code_at(secret, int(clock.now().timestamp()) // totp.PERIOD)


def signed_out(client: Client) -> Client:
    del client.cookies["sessionid"]
    return client


def test_the_text_is_before_its_writer_again_after_signing_in(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    client, where, typed = in_the_editor(recorded, statement)
    answer = signed_out(client).post(where, typed)
    page, sealed = seen(answer), values_of(answer)["held"]
    assert "was not taken, and is not lost" in page.words
    assert has_inline_code(page) == []
    assert "no-store" in answer["Cache-Control"]
    assert MINE not in answer.content.decode(), "whoever looks at the sign-in reads nothing"
    assert not TypedText.objects.exists(), "nothing is stored for somebody who is signed out"

    # A slip in the password does not lose it either.
    wrong = client.post(
        "/desk/sign-in/", {"username": "x@y.example", "password": "no", "held": sealed}
    )
    assert values_of(wrong)["held"] == sealed
    back = come_in(client, recorded.wanda, held=sealed)
    assert back["Location"].startswith(f"{where}?pad=")
    page = seen(client.get(back["Location"]))
    assert MINE in page.words
    assert "What you see is not saved yet" in page.words
    assert Revision.objects.filter(statement=statement).count() == 2, "nothing was done by itself"
    again = values_of(client.get(back["Location"]))
    assert client.post(where, {**typed, "pad": again["pad"]}).status_code == 302
    assert newest_revision(statement).body == MINE


def test_what_a_browser_held_for_one_person_is_not_given_to_another(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    client, where, typed = in_the_editor(recorded, statement)
    sealed = values_of(signed_out(client).post(where, typed))["held"]
    back = come_in(client, recorded.ada, held=sealed)
    assert back["Location"] == "/desk/"
    page = seen(client.get("/desk/"))
    assert "belongs to whoever was signed in with it before" in page.words
    assert MINE not in page.words
    assert not TypedText.objects.exists()


@pytest.mark.parametrize("change", ["cut", "made up", "old"])
def test_only_what_we_sealed_lately_comes_back(
    recorded: SimpleNamespace, clock: Any, change: str
) -> None:
    client, where, typed = in_the_editor(recorded, written(recorded, clock.now()))
    sealed = values_of(signed_out(client).post(where, typed))["held"]
    if change == "old":
        clock.advance(seconds=int(GOOD_FOR.total_seconds()) + 60)
    sent = {"cut": sealed[:-8], "made up": "gAAAAA", "old": sealed}[change]
    assert come_in(client, recorded.wanda, held=sent)["Location"] == "/desk/"
    assert not TypedText.objects.exists()


def test_it_passes_the_second_step_too(recorded: SimpleNamespace, clock: Any) -> None:
    statement = written(recorded, clock.now())
    client, where, typed = in_the_editor(recorded, statement)
    sealed = values_of(signed_out(client).post(where, typed))["held"]
    secret = begin_app(now=clock.now(), person=recorded.wanda)
    confirm_app(now=clock.now(), person=recorded.wanda, code=code(secret, clock))
    clock.advance(minutes=5)
    assert come_in(client, recorded.wanda, held=sealed)["Location"] == "/desk/sign-in/code/"
    assert values_of(client.get("/desk/sign-in/"))["held"] == sealed, "also when one starts again"
    back = client.post("/desk/sign-in/code/", {"code": code(secret, clock)})
    assert MINE in seen(client.get(back["Location"])).words


def test_any_other_form_comes_back_whole_to_be_sent_by_hand(
    recorded: SimpleNamespace, clock: Any
) -> None:
    client, _, _ = in_the_editor(recorded, written(recorded, clock.now()))
    before = current_record(recorded.incident)
    assert before is not None
    sent = record_post(recorded, symptoms="queues grew\nand grew")
    sealed = values_of(signed_out(client).post(recorded.case + "record/", sent))["held"]
    back = come_in(client, recorded.wanda, held=sealed)
    answer = client.get(back["Location"])
    page = seen(answer)
    assert "What you sent was not taken" in page.words
    assert "queues grew and grew" in page.words
    assert has_inline_code(page) == []
    assert current_record(recorded.incident) == before
    again = values_of(answer)
    assert {k: again[k] for k in sent} == sent
    assert client.post(recorded.case + "record/", again).status_code == 302
    after = current_record(recorded.incident)
    assert after is not None
    assert after.data["symptoms"] == ["queues grew", "and grew"]
    assert client.get(back["Location"]).status_code == 404, "it was sent, and is gone"


def test_who_signed_in_elsewhere_meanwhile_takes_it_back_with_a_button(
    recorded: SimpleNamespace, clock: Any
) -> None:
    client, where, typed = in_the_editor(recorded, written(recorded, clock.now()))
    sealed = values_of(signed_out(client).post(where, typed))["held"]
    assert come_in(client, recorded.wanda).status_code == 302
    for address in ("/desk/held/take-back/", "/desk/sign-in/"):
        back = client.post(address, {"held": sealed})
        assert back["Location"].startswith(f"{where}?pad="), address


def test_a_page_older_than_the_sign_in_gives_the_text_back_and_another_site_gets_nothing(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    client, where, typed = in_the_editor(recorded, statement)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    stale = {**typed, "csrfmiddlewaretoken": "x" * 64}
    back = strict.post(where, stale, headers={"Origin": "http://testserver"})
    assert back["Location"].startswith(f"{where}?pad=")
    page = seen(strict.get(back["Location"]))
    assert "older than your sign-in" in page.words
    assert MINE in page.words
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {}):
        refused = strict.post(where, stale, headers=headers)
        assert refused.status_code == 403
        assert "Not sent" in seen(refused).words
    assert TypedText.objects.count() == 1
    assert Revision.objects.filter(statement=statement).count() == 2
    # The same page once nobody is signed in at all.
    out = signed_out(strict).post(where, stale, headers={"Sec-Fetch-Site": "same-origin"})
    assert values_of(out)["held"]


def test_what_is_too_long_or_holds_a_password_is_not_carried(
    recorded: SimpleNamespace, clock: Any
) -> None:
    client, where, typed = in_the_editor(recorded, written(recorded, clock.now()))
    answer = signed_out(client).post(where, {**typed, "body": "x" * (LONGEST + 1)})
    assert "too long to be carried" in seen(answer).words
    assert "held" not in values_of(answer)
    secret = client.post("/desk/me/", {"old": PASSWORD, "password": "another long password"})
    assert secret.status_code == 302
    assert secret["Location"].startswith("/desk/sign-in/")
