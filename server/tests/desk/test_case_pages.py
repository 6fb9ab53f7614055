"""Decision, promises, follow-up, lists, the internal review, outbox and log."""

import csv
import io
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.subscribers import confirm, subscribe
from afterword.audience.links import confirmation_of
from afterword.audience.models import AffectedPerson, Contact, Customer, Subscriber
from afterword.audit.chain import check_lines
from afterword.commitments.queries import of_incident
from afterword.desk.case_view import gather
from afterword.desk.cells import harmless
from afterword.desk.drift import contradicts
from afterword.fanout.actions import expand_due
from afterword.followups.queries import history_of, lines_in_force
from afterword.incidents.queries import latest_decision, pending_decision
from afterword.postbox.actions import Result, note_came_back, record_results
from afterword.postbox.models import Letter
from afterword.postbox.outcomes import Outcome
from afterword.postbox.reports import Kind, Report
from afterword.publishing.actions import announce_incident
from afterword.statements.queries import of_incident as of_case
from conftest import NOON
from desk.office import complete_record, has_inline_code, seen, signed_in

PROMISE = {
    "what": "The queue raises an alarm at 80%",
    "why": "It filled up unseen for three hours",
    "effect": "so that somebody looks within minutes",
    "mechanism": "detect",
    "state": "planned",
    "due": "2026-04-01",
    "tracker_url": "https://tracker.larkbridge.example/OPS-12",
}


def sheet(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", text.encode(), content_type="text/csv")


# Decision


def test_the_decision_shows_the_row_that_fired_and_what_would_change_it(
    recorded: SimpleNamespace,
) -> None:
    words = seen(signed_in(recorded.wanda).get(recorded.case + "decision/")).words
    assert "The table proposes: public summary" in words
    assert "Row 3 fits: a component was in major outage for 6 hours 12 minutes." in words
    assert "What would change it" in words


def test_deciding_for_less_takes_a_reason_a_day_and_a_second_person(
    recorded: SimpleNamespace,
) -> None:
    client = signed_in(recorded.wanda)
    post = {"outcome": "none", "reason": "", "review_on": "", "second_person": ""}
    refused = client.post(recorded.case + "decision/", post)
    assert refused.status_code in {403, 422}
    assert latest_decision(recorded.incident) is None
    full = {
        "outcome": "none",
        "reason": "Everybody affected was told in person.",
        "review_on": "2026-04-01",
        "second_person": str(recorded.pia.pk),
    }
    assert client.post(recorded.case + "decision/", full).status_code == 302
    assert latest_decision(recorded.incident) is None
    waiting = pending_decision(recorded.incident)
    assert waiting is not None
    assert "decided once Pia" in seen(client.get(recorded.case)).words
    agree, key = recorded.case + "decision/confirm/", {"decision": str(waiting.pk)}
    assert client.post(agree, key).status_code == 403
    assert "I agree" not in seen(client.get(recorded.case + "decision/")).words
    pia = signed_in(recorded.pia)
    assert "I agree" in seen(pia.get(recorded.case + "decision/")).words
    assert pia.post(agree, key)["Location"] == recorded.case
    made = latest_decision(recorded.incident)
    assert made is not None
    assert (made.outcome, made.second_person) == ("none", recorded.pia)


def test_a_second_person_nobody_offered_is_refused(recorded: SimpleNamespace) -> None:
    post = {"outcome": "none", "reason": "x" * 20, "review_on": "2026-04-01",
            "second_person": str(recorded.wanda.pk)}  # fmt: skip
    answer = signed_in(recorded.wanda).post(recorded.case + "decision/", post)
    assert answer.status_code == 422
    assert latest_decision(recorded.incident) is None


# Promises


def test_a_promise_is_made_moved_on_and_its_ticket_stays_inside(office: SimpleNamespace) -> None:
    client = signed_in(office.wanda)
    assert client.post(office.case + "commitments/", PROMISE).status_code == 302
    made = of_incident(office.incident)[0]
    where = f"{office.case}commitments/{made.public_id}/"
    moved = {"state": "planned", "due": "2026-05-01", "note": "", "dropped_because": ""}
    refused = client.post(where, moved)
    assert refused.status_code == 422
    assert "Is missing" in seen(refused).words
    assert client.post(where, moved | {"note": "Two weeks of leave."}).status_code == 302
    assert "Two weeks of leave." in seen(client.get(where)).words


def test_a_promise_without_a_day_is_refused_at_its_field(office: SimpleNamespace) -> None:
    answer = signed_in(office.wanda).post(office.case + "commitments/", PROMISE | {"due": ""})
    assert answer.status_code == 422
    assert seen(answer).all("input", name="due")[0]["aria-invalid"] == "true"
    assert PROMISE["what"] in seen(answer).words


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example/"])
def test_a_ticket_is_a_web_address_or_nothing(office: SimpleNamespace, url: str) -> None:
    answer = signed_in(office.wanda).post(
        office.case + "commitments/", PROMISE | {"tracker_url": url}
    )
    assert answer.status_code == 422
    assert of_incident(office.incident) == []


def test_a_promise_of_another_incident_is_not_found_here(
    office: SimpleNamespace, clock: Any
) -> None:
    client = signed_in(office.wanda)
    client.post(office.case + "commitments/", PROMISE)
    other = announce_incident(
        actor=MACHINE, now=clock.now(), page=office.page, title="Another",
        body="Reports are slow. We write again by 13:00 UTC.",
    )  # fmt: skip
    promise = of_incident(office.incident)[0].public_id
    where = f"/desk/cases/{other.incident_id}/commitments/{promise}/"
    assert client.get(where).status_code == 404


# Follow-up and lists


def test_each_group_is_decided_with_a_stored_reason(recorded: SimpleNamespace) -> None:
    client = signed_in(recorded.pia)
    page = seen(client.get(recorded.case + "follow-up/"))
    assert "The record says that no data was seen, lost or changed." in page.words
    post = {"segment": "everyone", "level": "subscribers", "reason": "They all saw it."}
    client.post(recorded.case + "follow-up/", post)
    line = lines_in_force(recorded.incident)["everyone"]
    assert (line.level, line.reason, line.decided_by) == (
        "subscribers", "They all saw it.", recorded.pia,
    )  # fmt: skip


def test_a_decision_that_is_sent_twice_is_stored_once(recorded: SimpleNamespace) -> None:
    client = signed_in(recorded.pia)
    where = recorded.case + "follow-up/"
    [key] = {
        found
        for form in client.get(where).content.decode().split("<form")[1:]
        if 'value="everyone"' in form
        for found in re.findall(r'name="form_key" value="([^"]+)"', form)
    }
    post = {"segment": "everyone", "level": "page", "reason": "Few.", "form_key": key}
    for _ in range(2):
        answer = client.post(where, post)
        assert (answer.status_code, answer.headers["Location"]) == (302, where)
    assert [line.reason for line in history_of(recorded.incident)] == ["Few."]
    refused = {"segment": "data_affected", "level": "targeted", "reason": "x", "form_key": "k" * 20}
    assert [client.post(where, refused).status_code for _ in range(2)] == [409, 409]


def test_a_letter_to_nobody_is_refused_beside_the_group_it_is_about(
    recorded: SimpleNamespace,
) -> None:
    post = {"segment": "data_affected", "level": "targeted", "reason": "They must know."}
    answer = signed_in(recorded.pia).post(recorded.case + "follow-up/", post)
    assert answer.status_code == 409
    words = seen(answer).words
    assert "Nobody is on the data-affected list" in words
    assert "They must know." in words


def test_a_list_is_tried_before_it_is_written(recorded: SimpleNamespace) -> None:
    client = signed_in(recorded.pia)
    where = recorded.case + "people/"
    text = "email,name\nnoa@fernway.example,Noa\nbo@fernway.example,Bo\n"
    tried = client.post(where, {"file": sheet(text), "do": "try"})
    assert "2 new" in seen(tried).words
    assert AffectedPerson.objects.count() == 0
    done = client.post(where, {"file": sheet(text), "do": "write"}, follow=True)
    assert "2 people added" in seen(done).words
    assert "2 people are on the list" in seen(done).words


@pytest.mark.parametrize("do", [{"do": "check"}, {"do": "WRITE"}, {"do": ""}, {}])
def test_a_file_is_written_only_on_the_button_that_says_so(
    recorded: SimpleNamespace, do: dict[str, str]
) -> None:
    client = signed_in(recorded.pia)
    customer = sheet("account_id,name\nacme-1,Acme\n")
    person = sheet("email\na@fernway.example\n")
    assert client.post("/desk/customers/", {"file": customer, **do}).status_code == 200
    assert client.post(recorded.case + "people/", {"file": person, **do}).status_code == 200
    assert not Customer.objects.exists()
    assert not AffectedPerson.objects.exists()


def test_a_customer_is_removed_after_a_look_at_what_goes_and_a_word_that_one_is_sure(
    office: SimpleNamespace,
) -> None:
    client = signed_in(office.pia)
    text = (
        "account_id,name,contact_name,contact_email\na/1 & co,Fernway,Mira,mira@fernway.example\n"
        "a/1 & co,Fernway,Olu,olu@fernway.example\nb2,Oakline,,\n"
    )
    client.post("/desk/customers/", {"file": sheet(text), "do": "write"})
    listed = client.get("/desk/customers/").content.decode()
    assert "/desk/customers/remove/?account=a%2F1%20%26%20co" in listed
    asked = {"account": "a/1 & co"}
    assert "2 contacts" in seen(client.get("/desk/customers/remove/", asked)).words
    unsure = client.post("/desk/customers/remove/", asked)
    assert (unsure.status_code, Customer.objects.count()) == (422, 2)
    assert "say that you are sure" in seen(unsure).words
    one = asked | {"contact": "mira@fernway.example", "sure": "yes"}
    assert client.post("/desk/customers/remove/", one).status_code == 302
    assert list(Contact.objects.values_list("email", flat=True)) == ["olu@fernway.example"]
    done = client.post("/desk/customers/remove/", asked | {"sure": "yes"}, follow=True)
    assert "Fernway was removed" in seen(done).words
    assert list(Customer.objects.values_list("account_id", flat=True)) == ["b2"]
    assert client.get("/desk/customers/remove/", asked).status_code == 404


def test_a_sheet_with_one_bad_row_writes_nothing_and_names_the_line(
    office: SimpleNamespace,
) -> None:
    text = "account_id,name,sla_target\nA1,Fernway,99.9\nA2,Harbour,very high\n"
    answer = signed_in(office.pia).post("/desk/customers/", {"file": sheet(text), "do": "write"})
    assert answer.status_code == 422
    assert "Line 3" in seen(answer).words
    assert Customer.objects.count() == 0


def test_every_row_to_mend_can_be_taken_along_as_a_file(office: SimpleNamespace) -> None:
    client = signed_in(office.pia)
    rows = "".join(f"A{number},Fernway,very high\n" for number in range(300))
    text = f"account_id,name,sla_target\n{rows}"
    tried = client.post("/desk/customers/", {"file": sheet(text), "do": "try"})
    assert "These are the first 200." in seen(tried).words
    taken = client.post("/desk/customers/", {"file": sheet(text), "do": "refusals"})
    assert taken.status_code == 200
    assert taken["Content-Type"] == "text/csv; charset=utf-8"
    assert taken["Content-Disposition"] == 'attachment; filename="rows-to-mend.csv"'
    told = list(csv.DictReader(io.StringIO(taken.content.decode())))
    assert [int(row["line"]) for row in told] == list(range(2, 302))
    assert "sla_target 'very high' is no percentage" in told[-1]["why"]
    assert Customer.objects.count() == 0


def test_asking_for_the_rows_to_mend_of_a_sound_file_writes_nothing(
    recorded: SimpleNamespace,
) -> None:
    client = signed_in(recorded.pia)
    post = {"file": sheet("email\na@fernway.example\n"), "do": "refusals"}
    assert client.post(recorded.case + "people/", post).content == b"line,why\r\n"
    assert not AffectedPerson.objects.exists()


def test_a_file_that_is_no_list_has_no_rows_to_mend(office: SimpleNamespace) -> None:
    answer = signed_in(office.pia).post(
        "/desk/customers/", {"file": sheet("nonsense"), "do": "refusals"}
    )
    assert answer.status_code == 422
    assert "The first row must name the columns" in seen(answer).words


@pytest.mark.parametrize("text", ["", "nonsense", "\x00\x00", "email\n<script>alert(1)</script>"])
def test_a_file_that_is_no_list_is_refused_in_words(recorded: SimpleNamespace, text: str) -> None:
    answer = signed_in(recorded.pia).post(
        recorded.case + "people/", {"file": sheet(text), "do": "write"}
    )
    assert answer.status_code == 422
    assert has_inline_code(seen(answer)) == []


def test_lists_of_people_are_for_publishers(recorded: SimpleNamespace) -> None:
    client = signed_in(recorded.wanda)
    post = {"file": sheet("email\na@fernway.example\n"), "do": "write"}
    assert client.post(recorded.case + "people/", post).status_code == 403
    assert "Bring it in" not in seen(client.get("/desk/customers/")).words


# The internal review


def test_the_internal_review_is_for_investigators_and_marked_in_words(
    office: SimpleNamespace,
) -> None:
    where = office.case + "postmortem/"
    for person in (office.wanda, office.rolf, office.pia):
        refused = signed_in(person).get(where)
        assert refused.status_code == 403
        assert signed_in(person).post(where, {"body": "x"}).status_code == 403
    client = signed_in(office.ines)
    client.post(where, {"body": "Canary-4711 filled the queue.", "based_on": "0"})
    page = seen(client.get(where))
    assert "INTERNAL" in page.words
    assert "Canary-4711 filled the queue." in page.words


def test_words_of_the_internal_review_are_on_no_other_page_of_the_desk(
    office: SimpleNamespace,
) -> None:
    client = signed_in(office.ada)
    client.post(office.case + "postmortem/", {"body": "Canary-4711 did it", "based_on": "0"})
    pages = ["/desk/", "/desk/incidents/", "/desk/log/", "/desk/outbox/"]
    pages += [office.case + p for p in ("", "record/", "decision/", "commitments/", "follow-up/")]
    for where in pages:
        assert b"Canary-4711" not in client.get(where).content, where


def test_two_investigators_at_once_see_both_texts(office: SimpleNamespace) -> None:
    where = office.case + "postmortem/"
    client = signed_in(office.ines)
    client.post(where, {"body": "First words", "based_on": "0"})
    answer = client.post(where, {"body": "Other words", "based_on": "0"})
    assert answer.status_code == 409
    assert "First words" in seen(answer).words
    assert "Other words" in seen(answer).words


# The case as a whole


def test_a_record_that_contradicts_what_was_published_asks_for_a_correction(
    recorded: SimpleNamespace, clock: Any
) -> None:
    from afterword.publishing.actions import publish_statement
    from afterword.statements.actions import approve, ask_review
    from desk.office import written
    from statements.world import for_the_page_only

    statement = written(recorded, clock.now())
    ask_review(actor=recorded.wanda, now=clock.now(), statement=statement)
    approve(actor=recorded.rolf, now=clock.now(), statement=statement)
    for_the_page_only(recorded, clock.now())
    publish_statement(actor=recorded.pia, now=clock.now(), statement=statement)
    assert gather(recorded.page, recorded.incident, clock.now()).drift.kind == ""
    customers = {"affected": 3000, "total": 4860, "percent": 61.7, "basis": "measured"}
    complete_record(recorded, clock.now(), customers=customers)
    assert gather(recorded.page, recorded.incident, clock.now()).drift.kind == "closure"
    words = seen(signed_in(recorded.wanda).get(recorded.case)).words
    assert "The record changed after the closure" in words


@pytest.mark.parametrize(
    ("told", "known", "is_contradicted"),
    [
        (None, 5, False),
        ("unknown", "none", False),
        ([], ["EU"], False),
        ({"a": None}, {"a": 1}, False),
        (5, 5, False),
        (5, 6, True),
        ("none", "confirmed", True),
        ("none", "unknown", True),
        (["EU"], [], True),
        (["EU"], ["EU", "US"], False),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, True),
        ({"a": 1}, None, True),
    ],
)
def test_knowing_more_is_no_contradiction_and_knowing_otherwise_is(
    told: Any, known: Any, is_contradicted: bool
) -> None:
    assert contradicts(told, known) is is_contradicted


def test_a_case_that_owes_something_cannot_be_closed(recorded: SimpleNamespace) -> None:
    answer = signed_in(recorded.wanda).post(recorded.case + "close/")
    assert answer.status_code == 409
    assert "still owes: Closure" in seen(answer).words
    assert "Close the case" not in seen(signed_in(recorded.wanda).get(recorded.case)).words


def test_an_interim_summary_leaves_the_full_one_owed(recorded: SimpleNamespace, clock: Any) -> None:
    client = signed_in(recorded.wanda)
    client.post(recorded.case + "decision/", {"outcome": "summary"})
    begun = client.post(recorded.case + "start/", {"kind": "interim"}, follow=True)
    assert "Interim summary" in seen(begun).words
    statement = of_case(recorded.incident)[0]
    assert (statement.kind, statement.interim) == ("summary", True)
    statement.state, statement.published_at = "published", clock.now()
    statement.save()
    view = gather(recorded.page, recorded.incident, clock.now())
    assert view.text("summary") is None
    assert {c.name for c in view.clocks if c.met_at} == {"interim summary"}
    assert "Write the summary" in seen(client.get(recorded.case)).words


# Outbox and log


@pytest.fixture
def mailed(office: SimpleNamespace, clock: Any) -> SimpleNamespace:
    one = subscribe(now=clock.now(), page=office.page, email="noa@fernway.example")
    confirm(now=clock.now(), token=confirmation_of(one.token, clock.now()))
    announce_incident(
        actor=office.wanda, now=clock.advance(minutes=1), page=office.page,
        title="Reports & <b>charts</b> are slow",
        body="Reports take minutes to load. We write again by 13:00 UTC.",
    )  # fmt: skip
    expand_due(now=clock.advance(minutes=1))
    return office


def test_the_outbox_shows_states_and_hides_addresses_from_most(mailed: SimpleNamespace) -> None:
    words = seen(signed_in(mailed.wanda).get("/desk/outbox/")).words
    assert "n…@fernway.example" in words
    assert "noa@fernway.example" not in words
    assert "No mail server is set" in words
    assert "noa@fernway.example" in seen(signed_in(mailed.pia).get("/desk/outbox/")).words


def test_the_outbox_says_what_came_back_and_why(mailed: SimpleNamespace) -> None:
    letter = Letter.objects.get(recipient="noa@fernway.example", about__startswith="publication")
    said = "550 5.1.1 <noa@fernway.example>: no such user"
    report = Report(Kind.HARD, "5.1.1", said, ())
    note_came_back(now=NOON, letter=letter, report=report, proven=False, digest="d")
    words = seen(signed_in(mailed.wanda).get("/desk/outbox/")).words
    assert "550 5.1.1 <n…@fernway.example>: no such user" in words
    assert "noa@fernway.example" not in words
    assert "not proven, only counted" in words
    where = f"/desk/outbox/{letter.pk}/"
    assert said in seen(signed_in(mailed.pia).get(where)).words


def test_the_words_of_a_letter_are_shown_in_the_demo_only(
    mailed: SimpleNamespace, settings: Any
) -> None:
    letter = Letter.objects.get(recipient="noa@fernway.example", about__startswith="publication")
    where = f"/desk/outbox/{letter.pk}/"
    assert signed_in(mailed.wanda).get(where).status_code == 403
    assert "take minutes" not in seen(signed_in(mailed.pia).get(where)).words
    settings.SHOW_OUTBOX = True
    page = seen(signed_in(mailed.pia).get(where))
    assert "Reports take minutes to load." in page.words
    assert "List-Unsubscribe=One-Click" in page.words
    assert not page.all("b", class_="x")
    assert has_inline_code(page) == []


@pytest.mark.parametrize("reader", ["wanda", "rolf", "ines", "pia", "ada"])
def test_who_a_letter_is_to_and_its_links_are_hidden_from_whoever_may_not_know(
    mailed: SimpleNamespace, settings: Any, clock: Any, reader: str
) -> None:
    settings.SHOW_OUTBOX = True
    token = Subscriber.objects.get().token
    letters = list(Letter.objects.filter(recipient="noa@fernway.example"))
    assert len(letters) == 2  # the confirmation and the news
    for letter in letters:
        refused = "550 <noa@fernway.example>: no such mailbox"
        result = Result(
            letter_id=letter.pk, lease_until=clock.now(), outcome=Outcome.REFUSED,
            at=clock.now(), code=550, answer=refused,
        )  # fmt: skip
        record_results(results=[result])
        Letter.objects.filter(pk=letter.pk).update(last_answer=refused)
    client = signed_in(getattr(mailed, reader))
    pages = [f"/desk/outbox/{letter.pk}/" for letter in letters]
    seen_of_it = "".join(client.get(p).content.decode() for p in ["/desk/outbox/", *pages])
    knows = reader in {"pia", "ada"}
    assert ("noa@fernway.example" in seen_of_it) is knows
    assert (token in seen_of_it) is knows
    assert "Reports take minutes to load." in seen_of_it
    assert "no such mailbox" in seen_of_it
    assert ("n…@fernway.example" in seen_of_it) is not knows


def test_a_letter_that_is_not_there_is_not_found(office: SimpleNamespace) -> None:
    assert signed_in(office.pia).get("/desk/outbox/999999/").status_code == 404


def test_the_log_tells_who_did_what_and_never_the_words(recorded: SimpleNamespace) -> None:
    client = signed_in(recorded.wanda)
    page = seen(client.get("/desk/log/"))
    words = page.words
    assert "Save record incidents.save_record" in words
    assert "Wanda <wanda@office.example>" in words
    assert "queued invoice" not in words
    incident = recorded.incident.public_id
    assert page.all("a", href=f"/desk/incidents/{incident}/"), "what was changed is one step away"
    assert client.get("/desk/log/?before=abc").status_code == 200
    assert client.get("/desk/log/?before=1").status_code == 200


def test_the_log_is_searched_and_only_an_administrator_sees_where_from_and_takes_it_away(
    recorded: SimpleNamespace,
) -> None:
    signed_in(recorded.wanda).post(
        f"/desk/cases/{recorded.incident.public_id}/start/", {"kind": "closure"},
        REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Mozilla (X11; Linux) Firefox/150.0",
    )  # fmt: skip
    wandas = signed_in(recorded.wanda)
    assert "203.0.113.9" not in seen(wandas.get("/desk/log/")).words
    assert "Firefox" not in seen(wandas.get("/desk/log/")).words
    assert "incidents.save_record" in seen(wandas.get("/desk/log/", {"device": "no such"})).words
    assert wandas.get("/desk/log/audit-log.csv").status_code == 403
    adas = signed_in(recorded.ada)
    found = seen(adas.get("/desk/log/", {"did": "statements."})).words
    assert "203.0.113.9 Firefox on Linux" in found
    on_firefox = seen(adas.get("/desk/log/", {"device": "firefox"})).words
    assert "statements." in on_firefox
    assert "incidents.save_record" not in on_firefox
    assert "incidents.save_record" not in found
    assert "Nothing in the log is like that." in seen(adas.get("/desk/log/", {"to": "x:"})).words
    table = b"".join(adas.get("/desk/log/audit-log.csv")).decode()
    assert table.startswith("sequence,at,actor,came_from,device,verb,subject,detail,hash")
    assert ",203.0.113.9,Firefox on Linux," in table
    lines = b"".join(adas.get("/desk/log/audit-log.jsonl")).decode().splitlines()
    whole = check_lines(lines)
    assert (whole.broken, whole.left_out) == ([], 0)
    assert any('"device":"Firefox on Linux"' in line for line in lines)
    assert adas.get("/desk/log/audit-log.csv?since=soon").status_code == 422


def test_no_cell_of_the_exported_log_is_a_formula() -> None:
    assert [harmless(cell) for cell in ("=1+1", "@x", "-2", "plain")] == [
        "'=1+1", "'@x", "'-2", "plain",
    ]  # fmt: skip
