"""What a page of the desk asks of the database: a bounded number of questions, none of which reads
through what grows with the history.
"""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afterword.postmortems.actions import add_item, begin
from afterword.statements.actions import approve, ask_review
from afterword.statements.models import Statement
from desk.office import signed_in, written
from statements.world import for_the_page_only

# Every page a person opens by a link, and how many questions it may ask.
BOUNDS = {
    "/desk/": 45,
    "/desk/incidents/": 15,
    "/desk/incidents/new/": 15,
    "/desk/incidents/past/": 12,
    "/desk/templates/": 12,
    "/desk/templates/new/": 12,
    "/desk/maintenance/new/": 12,
    "/desk/customers/": 15,
    "/desk/outbox/": 15,
    "/desk/log/": 15,
    "/desk/incidents/{incident}/": 20,
    "/desk/cases/{incident}/": 55,
    "/desk/cases/{incident}/record/": 15,
    "/desk/cases/{incident}/decision/": 25,
    "/desk/cases/{incident}/commitments/": 25,
    "/desk/cases/{incident}/follow-up/": 20,
    "/desk/cases/{incident}/people/": 15,
    "/desk/cases/{incident}/postmortem/": 20,
    "/desk/cases/{incident}/postmortem/revisions/": 15,
    "/desk/cases/{incident}/postmortem/lift/": 22,
    "/desk/cases/{incident}/postmortem/items/{item}/": 17,
    "/desk/cases/{incident}/postmortem/items/{item}/lift/": 15,
    "/desk/action-items/": 12,
    "/desk/cases/{incident}/correct/1/": 20,
    "/desk/statements/{text}/": 40,
    "/desk/statements/{text}/review/": 60,
    "/desk/statements/{text}/publish/": 65,
}
# What there is more of with every incident.
GROWS = (
    "incidents_incident", "incidents_update", "incidents_recordversion", "incidents_case",
    "statements_statement", "statements_revision", "statements_review", "publishing_publication",
    "postbox_letter", "postbox_attempt", "audit_entry",
)  # fmt: skip


@pytest.fixture
def text(recorded: SimpleNamespace, clock: Any) -> Statement:
    """An approved closure of the incident."""
    statement = written(recorded, clock.now())
    ask_review(actor=recorded.wanda, now=clock.now(), statement=statement)
    approve(actor=recorded.rolf, now=clock.now(), statement=statement)
    return statement


@pytest.fixture
def reviewed(recorded: SimpleNamespace, clock: Any) -> str:
    """Begin the incident's internal review, with work of several owners; return an item's name."""
    begin(actor=recorded.ines, now=clock.now(), incident=recorded.incident, outline="full")
    for owner in (recorded.ines, recorded.ada, None):
        item = add_item(
            actor=recorded.ines, now=clock.now(), incident=recorded.incident, owner=owner,
            what="Limit the list", mechanism="prevent", due=clock.now().date(),
        )  # fmt: skip
    return item.public_id


def asked(office: SimpleNamespace, text: Statement, where: str, item: str = "") -> list[str]:
    """Return the questions a page asks when an administrator opens it a second time."""
    address = where.format(incident=office.incident.public_id, text=text.public_id, item=item)
    client = signed_in(office.ada)
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [each["sql"] for each in captured.captured_queries]


def test_each_page_asks_a_bounded_number_of_questions(
    recorded: SimpleNamespace, text: Statement, reviewed: str
) -> None:
    found = {where: len(asked(recorded, text, where, reviewed)) for where in BOUNDS}
    assert {w: n for w, n in found.items() if n > BOUNDS[w]} == {}, found


def read_through(sql: str) -> list[str]:
    """Return the growing tables that the database would read from end to end for a question."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        plan = [str(row[3]) for row in cursor.fetchall()]
    scans = [re.match(r"SCAN (\w+)$", step) for step in plan]
    return [scan[1] for scan in scans if scan and scan[1] in GROWS]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plans")
@pytest.mark.parametrize("where", ["/desk/", "/desk/incidents/"])
def test_the_lists_read_through_nothing_that_grows(
    recorded: SimpleNamespace, text: Statement, where: str
) -> None:
    questions = [q for q in asked(recorded, text, where) if q.startswith("SELECT")]
    assert len(questions) > 8
    assert {q: tables for q in questions if (tables := read_through(q))} == {}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plans")
@pytest.mark.django_db
def test_a_question_that_reads_through_is_found() -> None:
    assert read_through("SELECT * FROM incidents_incident WHERE title = 'x'") == [
        "incidents_incident"
    ]


def test_another_case_costs_the_first_page_a_bounded_number_more(
    recorded: SimpleNamespace, text: Statement, clock: Any
) -> None:
    from afterword.incidents.queries import incident_by_public_id
    from afterword.publishing.actions import announce_incident, announce_update

    for_the_page_only(recorded, clock.now())
    before = len(asked(recorded, text, "/desk/"))
    for title in ("Reports are slow", "Exports fail"):
        new = announce_incident(
            actor=recorded.wanda, now=clock.now(), page=recorded.page, title=title, body="Seen.",
            components={recorded.sending: "partial_outage"},
        )  # fmt: skip
        announce_update(
            actor=recorded.wanda, now=clock.now(), status="resolved", body="Over.",
            incident=incident_by_public_id(recorded.page, new.incident_id),
        )  # fmt: skip
    assert len(asked(recorded, text, "/desk/")) - before <= 2 * 22
