"""What a page of the desk asks of the database: a bounded number of questions, none of which reads
through what grows with the history.
"""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afterword.commitments.actions import promise
from afterword.commitments.models import Mechanism
from afterword.incidents.queries import incident_by_public_id
from afterword.postmortems.actions import add_item, begin
from afterword.publishing.actions import announce_incident, announce_update
from afterword.statements.actions import approve, ask_review
from afterword.statements.models import Statement
from desk.office import complete_record, signed_in, written
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
    "/desk/hooks/": 15,
    "/desk/tokens/": 15,
    "/desk/outbox/": 15,
    "/desk/mailings/": 20,
    "/desk/log/": 15,
    "/desk/incidents/{incident}/": 20,
    "/desk/cases/{incident}/": 55,
    "/desk/cases/{incident}/?open=cases/{incident}/record/": 55,
    "/desk/cases/{incident}/?open=cases/{incident}/commitments/": 55,
    "/desk/cases/{incident}/?open=statements/{text}/": 60,
    "/desk/cases/{incident}/?open=statements/{text}/review/": 65,
    "/desk/cases/{incident}/?open=statements/{text}/publish/": 65,
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
    "/desk/delivered/": 20,
    "/desk/cases/{incident}/correct/1/": 20,
    "/desk/look/trust-panel/": 15,
    "/desk/trust/report/customer/": 45,
    "/desk/trust/report/auditor/": 57,
    "/desk/statements/{text}/": 40,
    "/desk/statements/{text}/review/": 60,
    "/desk/statements/{text}/publish/": 65,
}
# What there is more of with every incident.
GROWS = (
    "incidents_incident", "incidents_update", "incidents_recordversion", "incidents_case",
    "incidents_namedpart",
    "statements_statement", "statements_revision", "statements_review", "publishing_publication",
    "postbox_letter", "postbox_attempt", "audit_entry", "commitments_commitmentchange",
    "fanout_mailing", "audience_readerremark", "audience_readeranswer",
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
    # Telling PostgreSQL how to plan, and taking it back, asks no table.
    told = "SELECT set_config("
    return [q for each in captured.captured_queries if not (q := each["sql"]).startswith(told)]


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


def more_cases(office: SimpleNamespace, now: datetime, name: str) -> None:
    """Open three cases: without any text, with one in review, and with one that is approved."""
    began = now - timedelta(days=1, hours=3, minutes=48)
    for title in (f"{name} fails", f"{name} is slow", f"{name} is away"):
        new = announce_incident(
            actor=office.wanda, now=began, page=office.page, title=title, body="Seen.",
            components={office.sending: "partial_outage"},
        )  # fmt: skip
        incident = incident_by_public_id(office.page, new.incident_id)
        announce_update(
            actor=office.wanda, now=began + timedelta(hours=6, minutes=12), status="resolved",
            body="Over.", incident=incident,
        )  # fmt: skip
        more = SimpleNamespace(**{**vars(office), "incident": incident})
        if title.endswith("fails"):
            continue
        complete_record(more, now)
        text = written(more, now)
        promise(
            actor=office.wanda, now=now, incident=incident, what="It is watched.",
            why="Nobody saw it.", effect="It is seen.", mechanism=Mechanism.values[0],
            due=now.date(),
        )  # fmt: skip
        ask_review(actor=office.wanda, now=now, statement=text)
        if title.endswith("away"):
            approve(actor=office.rolf, now=now, statement=text)


def test_more_cases_cost_the_first_page_nothing_more(
    recorded: SimpleNamespace, text: Statement, clock: Any
) -> None:
    for_the_page_only(recorded, clock.now())
    more_cases(recorded, clock.now(), "Export")
    before = len(asked(recorded, text, "/desk/"))
    more_cases(recorded, clock.now(), "Sign-in")
    page = signed_in(recorded.ada).get("/desk/").content.decode()
    assert "Review the closure" in page
    assert "Sign-in is slow" in page
    assert len(asked(recorded, text, "/desk/")) <= before
    assert before <= BOUNDS["/desk/"]
