"""What programs may do with a token: nothing but its purpose, on its page, while its maker may."""

import csv
import io
import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from afterword.accounts.actions import end_token, make_token, set_roles, switch_off, use_token
from afterword.accounts.actions.tokens import A_MINUTE, UnknownToken
from afterword.accounts.models import ApiToken, Role, Scope
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.reading import read_next
from afterword.audience.models import Contact, Customer, Intake, Subscriber
from afterword.audience.queries.customers import customers_as_csv
from afterword.audit.models import Entry
from afterword.components.actions import create_page
from afterword.kit.errors import NotAllowed
from afterword.postbox.models import CameBack
from conftest import NOON
from desk.office import build
from fanout.published import subscribed
from postbox.letters import handed_over

pytestmark = pytest.mark.django_db
# Every address, its method, the scope that opens it, and what it answers to an empty request.
# What is not here is refused.
TABLE = {
    "customers": ("POST", Scope.CUSTOMERS, 422),
    "customer": ("DELETE", Scope.CUSTOMERS, 404),
    "upload": ("GET", Scope.CUSTOMERS, 404),
    "upload-refusals": ("GET", Scope.CUSTOMERS, 404),
    "bounces": ("POST", Scope.BOUNCES, 422),
}
PATHS = {
    "customer": "customers/accounts/none",
    "upload": "customers/uploads/none",
    "upload-refusals": "customers/uploads/none/refusals.csv",
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
CSV = "account_id,name,contact_email\nacme,Acme,it@acme.example\n"


@pytest.fixture
def office(clock: Any) -> SimpleNamespace:
    return build(NOON)


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


def a_token(office: SimpleNamespace, scope: str = "customers") -> str:
    page = office.page.pk
    return make_token(actor=office.ada, now=NOON, page=page, name="CRM", scope=scope).secret


def sent(
    client: Client, name: str, token: str, body: str = "", kind: str = "text/csv", **how: str
) -> Any:
    method, query = how.get("method") or TABLE[name][0], how.get("query", "")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if "prefer" in how:
        headers["Prefer"] = how["prefer"]
    where = f"/api/v1/{PATHS.get(name, name)}{query}"
    return client.generic(method, where, body, content_type=kind, headers=headers)


def test_the_table_names_every_address() -> None:
    api = next(e for e in get_resolver().url_patterns if getattr(e, "namespace", "") == "api")
    assert {entry.name for entry in api.url_patterns} == set(TABLE)


@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize("name", TABLE)
def test_a_token_opens_what_it_is_for_and_nothing_else(
    office: SimpleNamespace, client: Client, name: str, scope: Scope
) -> None:
    token = a_token(office, scope)
    taken, opens, empty = TABLE[name]
    for method in METHODS:
        status = sent(client, name, token, method=method).status_code
        expected = 403 if scope != opens else empty if method == taken else 405
        assert status == expected, method


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", TABLE)
def test_a_token_does_no_more_than_its_maker_may_at_this_moment(
    office: SimpleNamespace, client: Client, name: str, role: Role
) -> None:
    token = a_token(office, TABLE[name][1])
    ApiToken.objects.update(made_by=office.gus)
    assert sent(client, name, token).status_code == 403
    set_roles(actor=office.ada, now=NOON, person=office.gus, roles=[role])
    may = role in {Role.PUBLISHER, Role.ADMIN}
    assert sent(client, name, token).status_code == (TABLE[name][2] if may else 403)


@pytest.mark.parametrize("name", TABLE)
def test_a_token_of_another_page_opens_nothing_here(
    office: SimpleNamespace, client: Client, name: str
) -> None:
    token = a_token(office, TABLE[name][1])
    other = create_page(actor=MACHINE, now=NOON, name="Other", url="https://other.example")
    ApiToken.objects.update(page_id=other.pk)
    assert sent(client, name, token).status_code == 403


@pytest.mark.parametrize("name", TABLE)
def test_without_a_good_token_nobody_learns_or_does_anything(
    office: SimpleNamespace, client: Client, name: str
) -> None:
    token = a_token(office, TABLE[name][1])
    client.force_login(office.ada)  # a cookie is not looked at
    for wrong in ("", "aw_", token[:-1], token + "x", ApiToken.objects.get().token_hash):
        answer = sent(client, name, wrong)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    end_token(actor=office.ada, now=NOON, page=office.page.pk, token_id=ApiToken.objects.get().pk)
    assert sent(client, name, token).status_code == 401


def test_a_token_that_nobody_made_is_refused_without_taking_a_lock(
    office: SimpleNamespace,
) -> None:
    with CaptureQueriesContext(connection) as asked, pytest.raises(UnknownToken):
        use_token(now=NOON, secret="aw_nobody-made-this")
    assert len(asked) == 1, "no transaction: on SQLite each takes the one lock there is"
    assert "FOR UPDATE" not in asked[0]["sql"]


def test_who_was_switched_off_leaves_no_token_behind(
    office: SimpleNamespace, client: Client
) -> None:
    token = a_token(office)
    ApiToken.objects.update(made_by=office.pia)
    assert sent(client, "customers", token, CSV).status_code == 200
    switch_off(actor=office.ada, now=NOON, person=office.pia)
    assert sent(client, "customers", token, CSV).status_code == 401


def test_only_administrators_make_tokens_and_only_a_hash_is_kept(office: SimpleNamespace) -> None:
    for person in (office.wanda, office.pia, office.rolf):
        with pytest.raises(NotAllowed):
            make_token(actor=person, now=NOON, page=office.page.pk, name="x", scope="customers")
    secret = a_token(office)
    assert secret not in json.dumps(list(ApiToken.objects.values()), default=str)
    assert Entry.objects.filter(verb="accounts.make_token").count() == 1


def test_a_token_is_slowed_down_and_goes_on_in_the_next_minute(
    office: SimpleNamespace, client: Client, clock: Any
) -> None:
    token = a_token(office)
    statuses = {sent(client, "customers", token, CSV).status_code for _ in range(A_MINUTE)}
    assert statuses == {200}
    assert sent(client, "customers", token, CSV).status_code == 429
    clock.advance(minutes=1)
    assert sent(client, "customers", token, CSV).status_code == 200


# Customers


def test_customers_come_as_csv_and_the_log_says_by_which_token(
    office: SimpleNamespace, client: Client
) -> None:
    answer = sent(client, "customers", a_token(office), CSV)
    assert answer.status_code == 200
    assert answer.json()["written"] is True
    assert answer.json()["added"] == 1
    assert Contact.objects.get().email == "it@acme.example"
    entry = Entry.objects.get(verb="audience.import_customers")
    assert entry.actor_id == office.ada.pk
    assert entry.actor_label.endswith("(token CRM)")


def test_a_program_removes_a_customer_or_one_contact_and_can_ask_before_what_that_does(
    office: SimpleNamespace, client: Client
) -> None:
    token = a_token(office)
    sent(client, "customers", token, CSV + "acme,Acme,bo@acme.example\n")
    acme = "customers/accounts/acme"

    def removed(query: str) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        return client.delete(f"/api/v1/{acme}{query}", headers=headers)

    asked = removed("?dry_run=1")
    assert (asked.status_code, asked.json()["contacts"]) == (200, 2)
    assert removed("?contact=it@acme.example").json() == {
        "dry_run": False, "account_id": "acme", "contacts": 1, "withdrawn": 0, "kept": 0,
        "owed": 0,
    }  # fmt: skip
    assert Contact.objects.get().email == "bo@acme.example"
    assert removed("").status_code == 200
    assert not Customer.objects.exists()
    assert removed("").status_code == 404
    entry = Entry.objects.filter(verb="audience.remove_customer").get()
    assert entry.actor_label.endswith("(token CRM)")


def many(rows: int, *, wrong: int = 0) -> str:
    lines = [f"a{n},{'' if n < wrong else 'Oakline'}" for n in range(rows)]
    return "account_id,name\n" + "\n".join(lines)


def get(client: Client, where: str, token: str) -> Any:
    return client.get(where, headers={"Authorization": f"Bearer {token}"})


def test_many_customers_are_taken_with_202_and_their_progress_can_be_asked_for(
    office: SimpleNamespace, client: Client
) -> None:
    token = a_token(office)
    taken = sent(client, "customers", token, many(600))
    assert taken.status_code == 202
    where = taken.headers["Location"]
    assert taken.json()["state"] == "waiting"
    assert taken.headers["Retry-After"]
    waits = get(client, where, token)
    assert (waits.status_code, waits.json()) == (200, taken.json())
    assert waits.json()["added"] is None
    assert not Customer.objects.exists()
    assert read_next(worker="w1", now=lambda: NOON)
    done = get(client, where, token)
    told = {"state": "written", "written": True, "rows_done": 600, "rows": 600, "percent": 100}
    told |= {"added": 600, "changed": 0, "refused": 0, "rows_refused": [], "refusals": None}
    assert done.json() == done.json() | told
    assert "Retry-After" not in done.headers
    assert "no-store" in done.headers["Cache-Control"]
    assert Customer.objects.count() == 600
    entry = Entry.objects.get(verb="audience.import_customers")
    assert entry.actor_label.endswith("(token CRM)")


def test_of_many_refused_rows_the_first_are_told_and_all_of_them_are_a_file(
    office: SimpleNamespace, client: Client
) -> None:
    token = a_token(office)
    where = sent(client, "customers", token, many(700, wrong=300)).headers["Location"]
    read_next(worker="w1", now=lambda: NOON)
    done = get(client, where, token).json()
    assert (done["state"], done["refused"], done["written"]) == ("refused", 300, False)
    assert done["rows_refused"][0] == {"row": 2, "why": "name is empty"}
    assert len(done["rows_refused"]) == 200
    every = get(client, done["refusals"], token)
    assert every.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(every.content.decode())))
    assert [int(row["row"]) for row in rows] == list(range(2, 302))
    assert not Customer.objects.exists()


def test_a_trial_of_many_goes_the_same_way(office: SimpleNamespace, client: Client) -> None:
    token = a_token(office)
    taken = sent(client, "customers", token, many(600), query="?dry_run=1")
    read_next(worker="w1", now=lambda: NOON)
    done = get(client, taken.headers["Location"], token).json()
    assert (done["state"], done["dry_run"], done["added"]) == ("tried", True, 600)
    assert not Customer.objects.exists()


@pytest.mark.parametrize(
    ("prefer", "status"),
    [
        ("respond-async", 202),
        ("return=minimal, Respond-Async; wait=1", 202),
        ("return=minimal", 200),
    ],
)
def test_whoever_prefers_not_to_wait_is_not_kept_waiting(
    office: SimpleNamespace, client: Client, prefer: str, status: int
) -> None:
    assert sent(client, "customers", a_token(office), CSV, prefer=prefer).status_code == status


def test_an_upload_of_another_page_is_not_there(office: SimpleNamespace, client: Client) -> None:
    token = a_token(office)
    where = sent(client, "customers", token, many(600)).headers["Location"]
    other = create_page(actor=MACHINE, now=NOON, name="Other", url="https://other.example")
    Intake.objects.update(page=other)
    assert get(client, where, token).status_code == 404
    assert get(client, f"{where}/refusals.csv", token).status_code == 404


ACME = {
    "account_id": "acme", "name": "Acme", "tier": "gold", "sla_target": 99.95, "sla_credit": 10,
    "regions": ["eu", "us"],
    "contacts": [
        {"name": "Mira", "email": "mira@acme.example"},
        {"name": "Kim", "email": "kim@acme.example"},
    ],
}  # fmt: skip


def as_json(*customers: Any) -> str:
    return json.dumps({"customers": list(customers)})


def test_json_and_csv_are_read_by_the_same_rules(office: SimpleNamespace, client: Client) -> None:
    token = a_token(office)
    body = as_json(ACME, {"account_id": "birch", "name": "Birch"})
    answer = sent(client, "customers", token, body, "application/json")
    assert answer.status_code == 200, answer.content
    told = customers_as_csv(office.page)
    again = sent(client, "customers", token, told).json()
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert str(Customer.objects.get(account_id="acme").sla_target) == "99.9500"
    assert Contact.objects.count() == 2


def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    office: SimpleNamespace, client: Client
) -> None:
    token = a_token(office)
    answer = sent(client, "customers", token, CSV, query="?dry_run=1")
    assert (answer.status_code, answer.json()["added"]) == (200, 1)
    assert answer.json()["written"] is False
    assert not Customer.objects.exists()
    assert sent(client, "customers", token, CSV, query="?dry_run=maybe").status_code == 422


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({**ACME, "account_id": ""}, "account_id is empty"),
        ({**ACME, "sla_target": 101}, "no percentage"),
        ({**ACME, "contacts": [{"email": "no address"}]}, "not an e-mail address"),
        ({**ACME, "contacts": "x"}, "no list of objects"),
        ({**ACME, "regions": ["a;b"]}, "semicolon"),
        ({**ACME, "regions": "eu"}, "no list of texts"),
        ({**ACME, "name": {"a": 1}}, "no text or number"),
        ({**ACME, "name": True}, "no text or number"),
        ({**ACME, "name": "a\x00b"}, "control character"),
        ({**ACME, "components": ["nothing"]}, "no component"),
        ("a text", "is no object"),
    ],
)
def test_one_wrong_customer_keeps_all_of_them_out_and_is_named(
    office: SimpleNamespace, client: Client, wrong: Any, why: str
) -> None:
    body = as_json({"account_id": "birch", "name": "Birch"}, wrong)
    answer = sent(client, "customers", a_token(office), body, "application/json")
    assert answer.status_code == 422
    (refused,) = answer.json()["rows_refused"]
    assert refused["row"] == 2
    assert why in refused["why"]
    assert not Customer.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("{", "application/json"),
        ("[]", "application/json"),
        ('{"customers": {}}', "application/json"),
        ("[" * 100_000, "application/json"),
        ('{"customers": [{"account_id": NaN, "name": "x"}]}', "application/json"),
        ('{"customers": [{"account_id": 1e999999, "name": "x"}]}', "application/json"),
        ('{"customers": [{"account_id": ' + "9" * 5000 + "}]}", "application/json"),
        ('account_id,name\n"a', "text/csv"),
        ("", "text/csv"),
        (CSV, "text/plain"),
    ],
    ids=range(10),
)
def test_a_broken_body_is_refused_in_words(
    office: SimpleNamespace, client: Client, body: str, kind: str
) -> None:
    answer = sent(client, "customers", a_token(office), body, kind)
    assert answer.status_code == 422
    assert not Customer.objects.exists()


def test_a_body_that_is_too_large_is_not_read(office: SimpleNamespace, client: Client) -> None:
    assert sent(client, "customers", a_token(office), "a" * 20_000_001).status_code == 413


# Mail that came back


def test_a_provider_reports_what_came_back_and_may_repeat_itself(
    office: SimpleNamespace, client: Client
) -> None:
    subscribed(office.page, NOON, "gone@mail.example")
    letter = handed_over(NOON, ["gone@mail.example"])[0]
    event = {
        "id": "evt-1", "kind": "hard", "message_id": letter.rfc_message_id, "status": "5.1.1",
        "said": "550 no such user",
    }  # fmt: skip
    token = a_token(office, "bounces")
    body = json.dumps({"events": [event, {**event, "id": "evt-2", "message_id": "<x@y>"}]})
    answer = sent(client, "bounces", token, body, "application/json")
    assert answer.json() == {"events": ["stopped", "about no letter of ours"], "refused": []}
    again = sent(client, "bounces", token, body, "application/json")
    assert again.json()["events"][0] == "read before"
    assert Subscriber.objects.get(email="gone@mail.example").state == "quarantined"
    assert CameBack.objects.get().proven


@pytest.mark.parametrize(
    "event",
    [
        {}, "x", {"id": "1", "kind": "hard"}, {"id": "1", "kind": "odd", "message_id": "<a@b>"},
        {"kind": "hard", "message_id": "<a@b>"},
        {"id": "1", "kind": "hard", "message_id": ["x"]},
    ],
)  # fmt: skip
def test_one_wrong_event_keeps_no_other_out(
    office: SimpleNamespace, client: Client, event: Any
) -> None:
    letter = handed_over(NOON, ["gone@mail.example"])[0]
    good = {"id": "0", "kind": "soft", "message_id": letter.rfc_message_id}
    body = json.dumps({"events": [event, good]})
    answer = sent(client, "bounces", a_token(office, "bounces"), body, "application/json")
    assert answer.status_code == 200
    assert answer.json()["events"] == ["refused", "counted"]
    ((number, why),) = [tuple(each.values()) for each in answer.json()["refused"]]
    assert number == 1
    assert "event 1" in why.lower()
    assert CameBack.objects.get().recipient == "gone@mail.example"


def test_what_a_server_said_in_several_lines_is_taken_in_as_one(
    office: SimpleNamespace, client: Client
) -> None:
    letter = handed_over(NOON, ["gone@mail.example"])[0]
    event = {"id": "0", "kind": "soft", "message_id": letter.rfc_message_id}
    event["said"] = "550-Mailbox full\r\n550 try again\x00" + "x" * 900
    body = json.dumps({"events": [event]})
    answer = sent(client, "bounces", a_token(office, "bounces"), body, "application/json")
    assert answer.json()["events"] == ["counted"]
    kept = CameBack.objects.get().said
    assert kept.startswith("550-Mailbox full 550 try again x")
    assert len(kept) == 500


def test_two_providers_may_use_the_same_id(office: SimpleNamespace, client: Client) -> None:
    letters = handed_over(NOON, ["one@mail.example", "two@mail.example"])
    said = []
    for letter in letters:
        event = {"id": "1", "kind": "soft", "message_id": letter.rfc_message_id}
        token = a_token(office, "bounces")
        for _ in range(2):
            answer = sent(
                client, "bounces", token, json.dumps({"events": [event]}), "application/json"
            )
            said += answer.json()["events"]
    assert said == ["counted", "read before"] * 2


def test_a_token_says_when_it_was_used_last(office: SimpleNamespace, client: Client) -> None:
    token = a_token(office)
    sent(client, "customers", token, CSV)
    used = ApiToken.objects.get().used_at
    assert used is not None
    assert abs(used - NOON) < timedelta(minutes=1)
