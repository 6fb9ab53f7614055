"""The record on its page: saved with a version, problems at the field, nothing typed lost."""

from types import SimpleNamespace
from typing import Any

import pytest

from afterword.incidents.models import RecordVersion
from afterword.incidents.queries import current_record
from desk.office import complete_record, has_inline_code, record_post, seen, signed_in
from desk.test_telling_promises import closed


def test_the_form_saves_a_new_version_and_the_case_shows_what_follows_from_it(
    office: SimpleNamespace,
) -> None:
    client = signed_in(office.wanda)
    changes = {
        "customers.affected": "1,798",
        "customers.total": "4860",
        "customers.basis": "measured",
        "data.loss": "none",
    }
    answer = client.post(office.case + "record/", record_post(office, **changes))
    assert (answer.status_code, answer["Location"]) == (302, office.case)
    words = seen(client.get(office.case)).words
    assert "1,798 of 4,860 customers (37%) (measured)" in words
    assert "6 hours 12 minutes" in words


def test_what_nobody_knows_is_shown_as_unknown_and_never_as_none(office: SimpleNamespace) -> None:
    words = seen(signed_in(office.wanda).get(office.case)).words
    assert "Data: lost unknown — not the same as none" in words
    assert "How many unknown — not the same as none" in words


def test_saving_a_form_nobody_changed_makes_no_version(
    recorded: SimpleNamespace, clock: Any
) -> None:
    before = RecordVersion.objects.count()
    answer = signed_in(recorded.wanda).post(recorded.case + "record/", record_post(recorded))
    assert answer.status_code == 302
    assert RecordVersion.objects.count() == before


def test_impossible_times_are_shown_at_their_fields_and_everything_typed_is_still_there(
    office: SimpleNamespace,
) -> None:
    changes = {
        "times.impact_ended": "2026-03-16 01:00",
        "times.detected": "just after lunch",
        "customers.affected": "999",
        "customers.total": "12",
        "symptoms": "words that must survive",
    }
    before = RecordVersion.objects.count()
    answer = signed_in(office.wanda).post(office.case + "record/", record_post(office, **changes))
    assert answer.status_code == 422
    page = seen(answer)
    assert "Noticed is not a date and time" in page.words
    assert "Impact ended is before “Impact began”" in page.words
    assert "Customers affected is more than “Customers in all”" in page.words
    assert "words that must survive" in page.words
    noticed = page.all("input", name="times.detected")[0]
    assert noticed["value"] == "just after lunch"
    assert noticed["aria-invalid"] == "true"
    assert page.all("p", id=str(noticed["aria-describedby"]).split()[-1])
    assert RecordVersion.objects.count() == before


def test_a_time_in_the_future_is_refused(office: SimpleNamespace) -> None:
    post = record_post(office, **{"times.impact_ended": "2031-01-01 00:00"})
    answer = signed_in(office.wanda).post(office.case + "record/", post)
    assert answer.status_code == 422
    assert "Impact ended is in the future" in seen(answer).words


@pytest.fixture
def told(recorded: SimpleNamespace, clock: Any) -> SimpleNamespace:
    """A closure has left that was held against the record."""
    closed(recorded, clock.now())
    return recorded


def test_a_record_that_gets_smaller_after_a_text_has_left_asks_why_and_loses_nothing(
    told: SimpleNamespace,
) -> None:
    client, where = signed_in(told.wanda), told.case + "record/"
    versions = RecordVersion.objects.count()
    fewer = record_post(told, **{"customers.affected": "900", "symptoms": "words that survive"})
    refused = client.post(where, fewer)
    page = seen(refused)
    assert refused.status_code == 422
    assert RecordVersion.objects.count() == versions
    assert "1,798 customers became 900" in page.words
    assert "words that survive" in page.words
    assert page.all("input", name="customers.affected")[0]["value"] == "900"
    (asked,) = page.all("textarea", id="reason")
    assert asked["aria-invalid"] == "true"
    assert page.all("a", href="#reason")
    assert page.all("p", id=str(asked["aria-describedby"]).split()[-1])

    saved = client.post(where, fewer | {"reason": "We had counted test accounts."})
    assert saved.status_code == 302
    record = current_record(told.incident)
    assert record is not None
    assert record.reason == "We had counted test accounts."
    assert "Why: We had counted test accounts." in seen(client.get(where)).words


def test_before_any_text_has_left_nobody_is_asked_why(recorded: SimpleNamespace) -> None:
    fewer = record_post(recorded, **{"customers.affected": "900"})
    assert signed_in(recorded.wanda).post(recorded.case + "record/", fewer).status_code == 302


def test_a_record_that_grows_after_a_text_has_left_asks_nothing(told: SimpleNamespace) -> None:
    more = record_post(told, **{"customers.affected": "2000"})
    assert signed_in(told.wanda).post(told.case + "record/", more).status_code == 302


def test_the_reason_is_still_there_when_something_else_is_wrong(told: SimpleNamespace) -> None:
    wrong = record_post(told, **{"times.detected": "after lunch", "reason": "Counted anew."})
    answer = signed_in(told.wanda).post(told.case + "record/", wrong)
    assert answer.status_code == 422
    assert "Counted anew." in seen(answer).words


def test_two_people_at_once_lose_nothing(office: SimpleNamespace, clock: Any) -> None:
    stale = record_post(office, symptoms="what Wanda typed")
    complete_record(office, clock.now(), symptoms=["what Ada saved meanwhile"])
    client = signed_in(office.wanda)

    refused = client.post(office.case + "record/", stale)
    page = seen(refused)
    assert refused.status_code == 409
    assert "what Wanda typed" in page.words
    assert "what Ada saved meanwhile" in page.words

    newest = page.all("input", name="expected_version")[0]["value"] or ""
    again = client.post(office.case + "record/", stale | {"expected_version": newest})
    assert again.status_code == 302
    record = current_record(office.incident)
    assert record is not None
    assert record.data["symptoms"] == ["what Wanda typed"]


def test_the_record_of_a_reader_without_the_right_is_refused_with_the_role_that_helps(
    office: SimpleNamespace,
) -> None:
    answer = signed_in(office.rolf).post(office.case + "record/", record_post(office))
    assert answer.status_code == 403
    assert "Responder or Writer" in seen(answer).words


def test_scripts_in_every_field_come_back_as_text(office: SimpleNamespace) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    post = record_post(office)
    choices = {"incident.severity", "sla_known", "expected_version"}
    probes = {
        name: bad
        for name in post
        if name not in choices and "basis" not in name and not name.startswith(("data.", "times."))
    }
    client = signed_in(office.wanda)
    answer = client.post(office.case + "record/", post | probes | {"components[0].name": bad})
    assert answer.status_code == 422
    page = seen(answer)
    assert has_inline_code(page) == []
    assert not page.all("img")

    texts = dict.fromkeys(("incident.title", "symptoms", "cause.text", "data.checked_how"), bad)
    assert client.post(office.case + "record/", post | texts).status_code == 302
    for path in ("", "record/", "decision/", "follow-up/"):
        assert has_inline_code(seen(client.get(office.case + path))) == []


def test_the_figures_are_worked_out_while_typing_and_nothing_is_saved(
    office: SimpleNamespace,
) -> None:
    before = RecordVersion.objects.count()
    post = record_post(office, **{"times.impact_ended": "2026-03-17 09:12"})
    answer = signed_in(office.wanda).post(office.case + "record/figures/", post)
    assert "1 hour" in seen(answer).words
    assert RecordVersion.objects.count() == before


def test_half_typed_figures_show_what_is_known(office: SimpleNamespace) -> None:
    post = record_post(office, **{"times.impact_ended": "2026-03-1", "customers.affected": "x"})
    answer = signed_in(office.wanda).post(office.case + "record/figures/", post)
    assert answer.status_code == 200


def test_an_incident_of_hundreds_of_components_has_a_form_that_saves(
    office: SimpleNamespace, clock: Any
) -> None:
    many = [
        {"name": f"Region {n}", "impact": "major_outage", "state_now": "operational"}
        for n in range(400)
    ]
    complete_record(office, clock.now(), components=many)
    post = record_post(office, **{"components[399].impact": "none"})
    assert signed_in(office.wanda).post(office.case + "record/", post).status_code == 302
    record = current_record(office.incident)
    assert record is not None
    assert [c["impact"] for c in record.data["components"]][-2:] == ["major_outage", "none"]
