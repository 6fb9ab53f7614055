"""The trust report on the desk: every measure with its list, to read and to take along."""

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.models import Role
from afterword.audit.models import Entry
from afterword.commitments.actions import promise
from afterword.incidents.actions import decide_summary
from afterword.incidents.actions.holds import hold_case
from afterword.statements.actions import override
from afterword.statements.queries import findings
from afterword.trust.report import MEASURES, TRACES
from desk.office import BRIEF, has_inline_code, person, seen, signed_in, written


def test_every_measure_is_there_with_its_definition_and_too_few_say_so(
    recorded: SimpleNamespace, clock: Any
) -> None:
    page = seen(signed_in(recorded.wanda).get("/desk/trust/"))
    assert has_inline_code(page) == []
    sections = page.all("section", class_="card measure")
    assert len(sections) == len(MEASURES) + len(TRACES)
    assert "First quarter of 2026" in page.words
    assert "1 only: too few to say more than the list" in page.words
    assert "none yet, 21 hours 36 minutes" in page.words, "what is missing counts as at least"


def test_a_period_is_a_quarter_or_any_days_and_nonsense_says_what_to_do(
    recorded: SimpleNamespace, clock: Any
) -> None:
    client = signed_in(recorded.wanda)
    before = seen(client.get("/desk/trust/?period=2025-q4"))
    assert "Fourth quarter of 2025" in before.words
    assert "Nothing to count in this period" in before.words
    some = seen(client.get("/desk/trust/?first=2026-03-17&last=2026-03-17"))
    assert "17 March 2026 to 17 March 2026" in some.words
    for wrong, status, said in (
        ("period=2026-q7", 422, "Name a quarter, such as 2026-q1"),
        ("first=2026-03-17", 422, "This field is required"),
        ("first=2026-03-17&last=2026-03-01", 422, "ends before it begins"),
        ("first=1990-03-17&last=2026-03-01", 422, "two years at most"),
    ):
        answer = client.get(f"/desk/trust/?{wrong}")
        assert (answer.status_code, said in seen(answer).words) == (status, True), wrong


def test_the_list_behind_a_measure_and_the_exports_say_the_same(
    recorded: SimpleNamespace, clock: Any
) -> None:
    client = signed_in(recorded.wanda)
    listed = seen(client.get("/desk/trust/time_to_closure/"))
    assert "Invoices were not sent" in listed.words
    assert client.get("/desk/trust/happiness/").status_code == 404
    made = client.get("/desk/trust/trust.json?period=2026-q1").json()
    assert [each["code"] for each in made["measures"]].count("time_to_closure") == 1
    closure = next(each for each in made["measures"] if each["code"] == "time_to_closure")
    assert closure["items"][0]["at_least"] and closure["items"][0]["value"] == 77_760
    assert closure["summary"]["median"] is None, "one is too few for a median"
    sheet = b"".join(client.get("/desk/trust/trust.csv")).decode()
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert len(rows) == sum(len(each["items"]) for each in (*made["measures"], *made["traces"]))
    assert {row["measure"] for row in rows} >= {"time_to_closure", "coverage"}


def test_an_auditor_gets_every_act_that_tells_less_with_reason_and_people(
    recorded: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    statement = written(recorded, now, BRIEF)
    finding = findings(statement).errors()[0]
    override(
        actor=recorded.rolf, now=now, statement=statement, rule=finding.rule, quote=finding.quote,
        reason="=The support desk asked for this word.",
    )  # fmt: skip
    decide_summary(
        actor=recorded.wanda, now=now, incident=recorded.incident, outcome="none",
        reason="Customers were told one by one.", review_on=now.date(),
        second_person=recorded.pia,
    )  # fmt: skip
    promise(
        actor=recorded.wanda, now=now, incident=recorded.incident, what="W is done", why="Why",
        effect="Less risk", mechanism="prevent", due=now.date(),
    )  # fmt: skip
    client = signed_in(person(now, "Lena", Role.LEGAL))
    page = seen(client.get("/desk/trust/evidence/"))
    assert "Customers were told one by one." in page.words and "Wanda, Pia" in page.words
    assert "the second person has not agreed" in page.words
    assert "The closure was due on" in page.words and "has not come; overdue by" in page.words
    kinds = [e["kind"] for e in client.get("/desk/trust/evidence.json").json()["evidence"]]
    assert sorted(set(kinds)) == ["clock", "decision", "override"]
    sheet = b"".join(client.get("/desk/trust/evidence.csv")).decode()
    assert "'=The support desk" in sheet, "a reason is no formula"
    assert signed_in(recorded.wanda).get("/desk/trust/evidence/").status_code == 403


def test_a_report_for_a_customer_is_a_page_and_a_pdf_and_is_logged(
    recorded: SimpleNamespace, clock: Any
) -> None:
    client = signed_in(recorded.wanda)
    page = seen(client.get("/desk/trust/report/customer/?period=2026-q1"))
    assert has_inline_code(page) == []
    assert "First quarter of 2026" in page.words and "Invoices were not sent" in page.words
    assert "The period is not over: figures will change." in page.words
    assert "Errors let through. It counts what people let through in review." in page.words
    assert not Entry.objects.filter(verb="trust.take_report").exists(), "looking is not taking"
    pdf = client.get("/desk/trust/report/customer.pdf?period=2026-q1")
    assert pdf.content.startswith(b"%PDF-") and pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"] == 'inline; filename="trust-customer-2026-q1.pdf"'
    taken = Entry.objects.get(verb="trust.take_report")
    assert taken.actor_id == recorded.wanda.pk
    assert taken.detail == {"period": "2026-q1", "for": "customer", "form": "pdf"}


def test_a_report_for_an_auditor_needs_the_right_and_every_form_of_it_is_logged(
    recorded: SimpleNamespace, clock: Any
) -> None:
    for where in ("report/auditor/", "report/auditor.pdf", "evidence.csv", "evidence.json"):
        assert signed_in(recorded.wanda).get(f"/desk/trust/{where}").status_code == 403, where
    assert not Entry.objects.filter(verb="trust.take_report").exists()
    client = signed_in(recorded.pia)
    assert "With people and reasons" in seen(client.get("/desk/trust/report/auditor/")).words
    for where in ("report/auditor.pdf", "evidence.csv", "evidence.json"):
        assert client.get(f"/desk/trust/{where}").status_code == 200, where
    taken = Entry.objects.filter(verb="trust.take_report").order_by("sequence")
    assert [each.detail["form"] for each in taken] == ["pdf", "csv", "json"]
    assert {each.detail["for"] for each in taken} == {"auditor"}


def test_who_opens_a_report_or_the_auditors_list_is_logged_once_an_hour_for_each_period(
    recorded: SimpleNamespace, clock: Any
) -> None:
    def opened() -> list[tuple[int | None, str, str, str]]:
        found = Entry.objects.filter(verb="trust.open_report").order_by("sequence")
        return [
            (each.actor_id, *(each.detail[name] for name in ("period", "for", "form")))
            for each in found
        ]

    pia, wanda, days = recorded.pia.pk, recorded.wanda.pk, "first=2026-03-01&last=2026-03-31"
    signed_in(recorded.wanda).get("/desk/trust/report/customer/?period=2026-q1")
    client = signed_in(recorded.pia)
    for _ in range(2):
        client.get("/desk/trust/report/auditor/?period=2026-q1")
        client.get("/desk/trust/evidence/?period=2026-q1")
        client.get(f"/desk/trust/evidence/?{days}")
    first = [
        (wanda, "2026-q1", "customer", "page"), (pia, "2026-q1", "auditor", "page"),
        (pia, "2026-q1", "auditor", "list"), (pia, "2026-03-01 to 2026-03-31", "auditor", "list"),
    ]  # fmt: skip
    assert opened() == first
    # Somebody else, and the same person later, look anew.
    signed_in(recorded.ada).get("/desk/trust/evidence/?period=2026-q1")
    clock.advance(minutes=61)
    client.get("/desk/trust/evidence/?period=2026-q1")
    assert opened()[4:] == [
        (recorded.ada.pk, "2026-q1", "auditor", "list"), (pia, "2026-q1", "auditor", "list")
    ]  # fmt: skip


def test_what_shows_no_report_and_the_plain_page_of_the_desk_leave_no_line_of_a_look(
    recorded: SimpleNamespace, clock: Any
) -> None:
    client = signed_in(recorded.pia)
    for where in ("", "coverage/", "evidence/?first=x&last=y", "report/auditor/?first=x&last=y"):
        client.get(f"/desk/trust/{where}")
    assert signed_in(recorded.wanda).get("/desk/trust/evidence/").status_code == 403
    assert not Entry.objects.filter(verb="trust.open_report").exists()


def test_without_typst_the_page_says_what_to_install(
    recorded: SimpleNamespace, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("afterword.desk.views.trust.can_set_pdf", lambda: False)
    client = signed_in(recorded.wanda)
    page = seen(client.get("/desk/trust/report/customer/"))
    assert "install Afterword with its extra “pdf”" in page.words
    assert client.get("/desk/trust/report/customer.pdf").status_code == 404


def test_the_panel_is_switched_under_look_as_a_whole_and_off_only_with_a_reason(
    recorded: SimpleNamespace, clock: Any
) -> None:
    assert "Trust panel" in seen(signed_in(recorded.ada).get("/desk/look/")).words
    client, where = signed_in(recorded.ada), "/desk/look/trust-panel/"
    assert "Readers do not get the panel" in seen(client.get(where)).words
    assert client.post(where, {}).status_code == 422, "a form without a button switches nothing"
    assert client.post(where, {"on": "yes"}).status_code == 302
    assert "Readers get the panel" in seen(client.get(where)).words
    refused = client.post(where, {"off": "yes", "reason": ""})
    assert refused.status_code == 422 and "This field is required" in seen(refused).words
    assert client.post(where, {"off": "yes", "reason": "It is renamed."}).status_code == 302
    page = seen(client.get(where))
    assert has_inline_code(page) == []
    assert "off, Ada: It is renamed." in page.words
    auditor = seen(signed_in(recorded.pia).get("/desk/trust/evidence/"))
    assert "Switched off: readers see no figures of trust" in auditor.words
    assert "It is renamed." in auditor.words


def test_who_did_it_and_why_is_evidence_and_shown_to_those_who_may_read_evidence(
    recorded: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    decide_summary(
        actor=recorded.wanda, now=now, incident=recorded.incident, outcome="none",
        reason="Customers were told one by one.", review_on=now.date(), second_person=recorded.pia,
    )  # fmt: skip
    hold_case(
        actor=recorded.rolf, now=now, incident=recorded.incident, reason="Counsel looks at it.",
        look_again_on=now.date(),
    )  # fmt: skip
    secrets = ("Customers were told one by one.", "Counsel looks at it.", "by Rolf", "by Wanda")
    places = (
        "", "no_summary_waits/", "held_back/", "trust.csv?period=2026-q1",
        "trust.json?period=2026-q1",
    )  # fmt: skip
    for role in Role:
        client = signed_in(person(now, f"Una-{role}", role))
        told = role in {Role.LEGAL, Role.PUBLISHER, Role.ADMIN}
        whole = ""
        for place in places:
            answer = client.get(f"/desk/trust/{place}")
            assert answer.status_code == 200
            whole += b"".join(answer).decode()
        for secret in secrets:
            assert (secret in whole) == told, (role, secret)
        assert "Invoices were not sent" in whole and "held" in whole, "the act itself is told"


def test_taking_the_team_s_own_report_along_is_logged_and_looking_at_it_is_not(
    recorded: SimpleNamespace, clock: Any
) -> None:
    client = signed_in(recorded.wanda)
    client.get("/desk/trust/?period=2026-q1")
    assert not Entry.objects.filter(verb="trust.take_report").exists()
    for form in ("csv", "json"):
        client.get(f"/desk/trust/trust.{form}?period=2026-q1")
    taken = Entry.objects.filter(verb="trust.take_report").order_by("sequence")
    assert [each.detail for each in taken] == [
        {"period": "2026-q1", "for": "team", "form": form} for form in ("csv", "json")
    ]
    assert {each.actor_id for each in taken} == {recorded.wanda.pk}


def test_who_switched_the_panel_and_why_is_evidence(recorded: SimpleNamespace, clock: Any) -> None:
    client, where = signed_in(recorded.ada), "/desk/look/trust-panel/"
    client.post(where, {"on": "yes"})
    client.post(where, {"off": "yes", "reason": "The board asked for it."})
    assert "The board asked for it." in seen(client.get(where)).words
    others = seen(signed_in(recorded.wanda).get(where)).words
    assert "The board asked for it." not in others and "Ada" not in others
    assert "Every switch" in others
