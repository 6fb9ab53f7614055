"""What goes on without a word, and what the page says that cannot all be so."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import set_status
from afterword.incidents.queries import incident_by_public_id
from afterword.publishing.actions import announce_incident, announce_maintenance, announce_update
from desk.office import has_inline_code, seen, signed_in


def announced(office: SimpleNamespace, now: Any, part: str, **more: Any) -> Any:
    publication = announce_incident(
        actor=office.wanda, now=now, page=office.page, title="Reports are slow",
        body="Reports take minutes.", components={office.sending: part}, **more,
    )  # fmt: skip
    return incident_by_public_id(office.page, publication.incident_id)


def due_at(page: Any, about: str) -> str:
    """Return the clock of the row of the first page that is about this."""
    html = page.content.decode()
    row = html[html.index(about) :].partition("</li>")[0]
    return row.partition('datetime="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("part", "says", "due"),
    [
        ("major_outage", "investigating", "12:30"),
        ("partial_outage", "identified", "13:00"),
        ("degraded_performance", "investigating", "12:30"),
        ("degraded_performance", "identified", ""),
        ("major_outage", "monitoring", "13:00"),
    ],
)
def test_silence_has_a_limit_that_follows_how_bad_it_is(
    office: SimpleNamespace, clock: Any, part: str, says: str, due: str
) -> None:
    announced(office, clock.now(), part, status=says)
    answer = signed_in(office.wanda).get("/desk/")
    expected = f"2026-03-18T{due}:00Z" if due else ""
    assert due_at(answer, "Reports are slow") == expected


def test_what_was_promised_counts_more_than_the_usual_silence(
    office: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    announced(office, now, "major_outage", next_update_at=now + timedelta(hours=2))
    answer = signed_in(office.wanda).get("/desk/")
    assert due_at(answer, "Reports are slow") == "2026-03-18T14:00:00Z"


def test_a_part_that_fails_without_an_incident_asks_for_one_with_the_part_filled_in(
    office: SimpleNamespace, clock: Any
) -> None:
    set_status(actor=MACHINE, now=clock.now(), component=office.sending, status="partial_outage")
    clock.advance(minutes=20)
    client = signed_in(office.wanda)
    page = seen(client.get("/desk/"))
    assert "Say what is wrong · Invoice sending" in page.words
    assert "Readers have seen “partial outage” for 20 minutes" in page.words
    opens = next(a for a in page.all("a") if "component-" in str(a.get("href")))
    form = seen(client.get(str(opens["href"])))
    chosen = [o["value"] for o in form.all("option") if "selected" in o]
    assert "partial_outage" in chosen
    announced(office, clock.now(), "partial_outage")
    assert "Say what is wrong" not in seen(client.get("/desk/")).words


def test_an_incident_over_parts_that_all_work_asks_to_be_resolved(
    office: SimpleNamespace, clock: Any
) -> None:
    incident = announced(office, clock.now(), "major_outage")
    words = seen(signed_in(office.wanda).get("/desk/")).words
    assert "Say what you know · Reports are slow" in words
    announce_update(
        actor=office.wanda, now=clock.now(), incident=incident, status="identified",
        body="Found.", components={office.sending: "operational"},
    )  # fmt: skip
    words = seen(signed_in(office.wanda).get("/desk/")).words
    assert "Resolve it, or say what still fails · Reports are slow" in words
    assert "All its parts are shown as operational." in words


def test_planned_work_is_silent_until_it_is_past_its_end(
    office: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    work = announce_maintenance(
        actor=office.wanda, now=now, page=office.page, title="Reports move",
        body="Reports will be away.", scheduled_for=now + timedelta(hours=1),
        scheduled_until=now + timedelta(hours=2), begins_itself=False, ends_itself=False,
    )  # fmt: skip
    client = signed_in(office.wanda)
    assert "Reports move" not in seen(client.get("/desk/")).words
    clock.advance(minutes=61)
    words = seen(client.get("/desk/")).words
    assert "Say that the work has begun, or move it · Reports move" in words
    client.post(
        f"/desk/incidents/{work.incident_id}/update/",
        {"status": "in_progress", "body": "It has begun."},
    )
    assert "Reports move" not in seen(client.get("/desk/")).words
    clock.advance(hours=1)
    words = seen(client.get("/desk/")).words
    assert "Say that the work is over, or move its end · Reports move" in words


def test_every_page_says_that_a_promised_word_is_about_to_be_missed(
    office: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    incident = announced(office, now, "major_outage", next_update_at=now + timedelta(minutes=30))
    client, reader = signed_in(office.wanda), signed_in(office.ines)
    assert "The next word was promised" not in seen(client.get(office.case)).words
    clock.advance(minutes=21)
    page = seen(client.get(office.case))
    assert "The next word was promised on Reports are slow : in 9 minutes" in page.words
    assert has_inline_code(page) == []
    clock.advance(minutes=14)
    assert "Reports are slow : 5 minutes overdue" in seen(client.get(office.case)).words
    assert "The next word was promised" not in seen(reader.get(office.case)).words
    own = seen(client.get(f"/desk/incidents/{incident.public_id}/")).words
    assert "The next word was promised" not in own


def test_an_incident_says_what_an_audit_would_ask_about_it(
    office: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    incident = announced(office, now, "major_outage", started_at=now - timedelta(minutes=38))
    words = seen(signed_in(office.wanda).get(f"/desk/incidents/{incident.public_id}/")).words
    assert "The first public word came 38 minutes after it began." in words
    assert (
        "Invoice sending was hit again 20 hours 58 minutes after “Invoices were not sent” was over."
        in words
    )
    first = seen(signed_in(office.wanda).get(office.case.replace("cases", "incidents"))).words
    assert "Worth a thought" not in first
