"""Canary words: what is written inside stays inside, on every way out there is."""

import sqlite3
import urllib.error
import urllib.request

import pytest

from journeys.house import House, Sink, every_built_byte, wait_until, words_of

CANARIES = {
    "the postmortem": "quetzalpostmortem",
    "what went well in the review": "quetzalwell",
    "luck in the review": "quetzalluck",
    "what was hard in the review": "quetzalhard",
    "a line of the review's timeline": "quetzalline",
    "what was known then": "quetzalknown",
    "where a line is known from": "quetzalsource",
    "a factor in the review": "quetzalfactor",
    "a person the review names": "quetzalcolleague",
    "a machine the review names": "quetzalmachine",
    "a ticket the review names": "quetzalbug",
    "a customer the review names": "quetzalbuyer",
    "an action item": "quetzalitem",
    "who does an action item": "quetzaldoer",
    "an action item's ticket": "quetzalwork",
    "why an action item's day changes": "quetzaldelay",
    "where a lifted fact is known from": "quetzallifted",
    "what the review's second reader said": "quetzalreading",
    "an unapproved revision": "quetzaldraft",
    "a draft nobody reviewed": "quetzalunseen",
    "a tracker link": "quetzaltracker",
    "the owner of a promise": "quetzalowner",
    "the record's list of hosts": "quetzalhost",
    "the reason of a decision": "quetzaldecision",
    "a reviewer's comment": "quetzalcomment",
    "the record's list of ticket prefixes": "quetzalticket",
    "a vendor who may not be named": "quetzalvendor",
    "the record's own name of the cause": "quetzalfingerprint",
    "a note on a promise": "quetzalnote",
    "the reason of a follow-up decision": "quetzalfollowup",
    "a link to the tracker in the cause": "quetzalcause",
    "a password in how it was checked": "quetzalpassword",
    "a ticket in what people could not do": "quetzalticket-4411",
    "a correction nobody reviewed": "quetzalcorrection",
    "a retraction nobody reviewed": "quetzalretraction",
    "the reason of a reopening": "quetzalreopening",
}

STORY = """
from datetime import UTC, datetime, timedelta

from afterword.accounts.actions import create_person
from afterword.accounts.queries import person_by_email
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.subscribers import confirm, subscribe
from afterword.audience.links import confirmation_of
from afterword.commitments.actions import change, promise
from afterword.components.actions import create_component, create_page
from afterword.followups.actions import decide
from afterword.incidents import actions as incidents
from afterword.incidents.queries import current_record, incident_by_public_id
from afterword.kit.clock import now as clock
from afterword.kit.errors import TextRejected
from afterword.postmortems import actions as postmortems
from afterword.postmortems.content import Content, Entry, Factor
from afterword.publishing import actions as door
from afterword.statements import actions as statements
from afterword.statements.queries import newest_revision

writer = person_by_email("wanda@larkbridge.example")
reviewer = person_by_email("rolf@larkbridge.example")
investigator = person_by_email("ines@larkbridge.example")
second = create_person(
    actor=MACHINE, now=clock(), email="ivo@larkbridge.example", name="Ivo Second",
    password="a long enough password", roles=["investigator"],
)
end = clock().replace(second=0, microsecond=0) - timedelta(hours=2)
began = end - timedelta(hours=6, minutes=12)

page = create_page(
    actor=MACHINE, now=began, name="Larkbridge", url="https://status.larkbridge.example",
    support_contact="support@larkbridge.example",
)
sending = create_component(actor=MACHINE, now=began, page=page, name="Invoice sending")
reader = subscribe(now=clock(), page=page, email="reader@fernway.example")
confirm(now=clock(), token=confirmation_of(reader.token, clock()))

opened = door.announce_incident(
    actor=writer, now=began, page=page, title="Invoices are not sent",
    body="Invoices you send are not delivered. We are looking for the cause.",
    components={sending: "major_outage"}, severity=1,
)
incident = incident_by_public_id(page, opened.incident_id)
door.announce_update(
    actor=writer, now=end, incident=incident, status="resolved",
    body="Invoice sending is working again.",
)
incident.refresh_from_db()

now = clock()
record = current_record(incident)
data = dict(record.data) if record else None
data["customers"] = {"affected": 1798, "total": 4860, "percent": 37.0, "basis": "measured"}
data["data"] = {
    **data["data"], "confidentiality": "none", "loss": "none", "integrity": "none",
    "checked_how": "every queued invoice compared with the sent log",
}
data["symptoms"] = ["invoices sent from Larkbridge were not delivered"]
data["lexicon"] = {
    **data["lexicon"], "hosts": ["quetzalhost-prod-01"], "data_nouns": ["invoice"],
    "ticket_prefixes": ["QUETZALTICKET"],
}
data["cause"] = {
    **data["cause"], "fingerprint": "quetzalfingerprint", "vendor": "quetzalvendor",
    "vendor_may_be_named": False,
}
incidents.save_record(
    actor=writer, now=now, incident=incident, data=data, expected_version=record.version
)
postmortems.save(
    actor=investigator, now=now, incident=incident,
    content=Content(
        body="quetzalpostmortem: the retry loop in the mailer had no upper limit at all.",
        went_well="quetzalwell", luck="quetzalluck", hard="quetzalhard",
        people=("quetzalcolleague",), hosts=("quetzalmachine",), tickets=("quetzalbug",),
        customers=("quetzalbuyer",), factors=(Factor("", "process", "quetzalfactor"),),
        timeline=(
            Entry("", began.isoformat(), "seen", "quetzalline", "quetzalknown", "quetzalsource"),
        ),
    ),
)
postmortems.fill_timeline(actor=investigator, now=now, incident=incident)
item = postmortems.add_item(
    actor=investigator, now=now, incident=incident, what="quetzalitem: a limit for the loop",
    mechanism="prevent", owner_name="quetzaldoer", due=(now + timedelta(days=3)).date(),
    tracker_url="https://tracker.larkbridge.example/quetzalwork",
)
postmortems.change_item(
    actor=investigator, now=now, item=item, what=item.what, mechanism="prevent", state="open",
    owner_name="quetzaldoer", due=(now + timedelta(days=9)).date(),
    tracker_url=item.tracker_url, note="quetzaldelay",
)
postmortems.lift_fact(
    actor=investigator, now=now, incident=incident, path="times.detected",
    value=began.isoformat(), confidence="measured", source="quetzallifted", expected_version=None,
)
data = dict(current_record(incident).data)
postmortems.lift_item(
    actor=investigator, now=now, item=item, why="A loop without an end held invoices back",
    what="Sending is tried a limited number of times",
    effect="One bad invoice does not hold up the others", due=(now + timedelta(days=9)).date(),
)
postmortems.ask_reading(actor=investigator, now=now, incident=incident)
postmortems.settle_reading(
    actor=second, now=now, incident=incident, revision=2, verdict="changes",
    comment="quetzalreading",
)
postmortems.export(actor=investigator, now=now, incident=incident)
promised = promise(
    actor=writer, now=now, incident=incident,
    what="The queue of waiting invoices stops accepting work at 80% full",
    why="A full queue is what held your invoices back", mechanism="prevent",
    effect="A backlog is noticed before invoices are late", due=(now + timedelta(days=14)).date(),
    owner_name="quetzalowner", tracker_url="https://tracker.larkbridge.example/quetzaltracker",
)
change(
    actor=writer, now=now, commitment=promised, due=(now + timedelta(days=21)).date(),
    note="quetzalnote: the limit needs another test",
)
decide(
    actor=reviewer, now=now, incident=incident, segment="everyone", level="subscribers",
    reason="Everybody subscribed saw the failure, quetzalfollowup",
)
incidents.decide_summary(
    actor=writer, now=now, incident=incident, outcome="summary", reason="quetzaldecision"
)

GOOD = (
    "Resolved: invoice sending is working again. "
    f"From {began:%-d %B %Y, %H:%M} to {end:%-d %B %Y, %H:%M} UTC (6 hours 12 minutes), invoices "
    "you sent from Larkbridge were not delivered. This affected 1,798 customers, 37% of those "
    "active that day. No invoice data was lost: we compared every queued invoice with the sent "
    f"log. Sending has been stable since {end:%H:%M} UTC. We are sorry. A late invoice can mean a "
    "late payment. We will publish what happened and what we are changing by "
    f"{now + timedelta(days=5):%-d %B %Y}. If an invoice still looks stuck, contact "
    "support@larkbridge.example. Thank you for your patience."
)
closure = statements.start(actor=writer, now=now, incident=incident, kind="closure")
first = newest_revision(closure)
second = statements.save_revision(
    actor=writer, now=now, statement=closure, title="Invoice sending: resolved",
    body=GOOD + " The quetzaldraft passage was cut before review.", based_on=first.number,
)
statements.save_revision(
    actor=writer, now=now, statement=closure, title="Invoice sending: resolved", body=GOOD,
    based_on=second.number,
)
for section, field, words in (
    ("cause", "text", "see https://jira.larkbridge.example/browse/quetzalcause"),
    ("data", "checked_how", "read with password=quetzalpassword1"),
    ("symptoms", None, ["invoices stopped as in QUETZALTICKET-4411"]),
):
    worse = data | {section: {**data[section], field: words} if field else words}
    for facts, leaves in ((worse, False), (data, True)):
        incidents.save_record(
            actor=writer, now=now, incident=incident, data=facts, expected_version=None
        )
        try:
            statements.ask_review(actor=writer, now=now, statement=closure)
        except TextRejected:
            assert not leaves, words
        else:
            assert leaves, words
statements.approve(actor=reviewer, now=now, statement=closure, comment="quetzalcomment: clear")
closure.refresh_from_db()
closed = door.publish_statement(actor=reviewer, now=now, statement=closure)

summary = statements.start(actor=writer, now=now, incident=incident, kind="summary")
statements.save_revision(
    actor=writer, now=now, statement=summary, title="What happened to your invoices",
    body="A first attempt with quetzalunseen words.", based_on=newest_revision(summary).number,
)
for number, weight, words in (
    (closed.number, "clarification", "quetzalcorrection: it was the second queue"),
    (opened.number, "retraction", "quetzalretraction: it was about somebody else"),
):
    door.correct(
        actor=writer, now=now, incident=incident, number=number, weight=weight, right=words,
    )
print(incident.public_id)
"""
# By itself: had it come back before the letter of closure left, nobody would get that any more.
COMES_BACK = """
from afterword.accounts.queries import person_by_email
from afterword.components.queries import the_page
from afterword.incidents.queries import incident_by_public_id
from afterword.kit.clock import now as clock
from afterword.publishing import actions as door

door.reopen_incident(
    actor=person_by_email("wanda@larkbridge.example"), now=clock(),
    incident=incident_by_public_id(the_page(), "INCIDENT"),
    reason="quetzalreopening: the queue is full",
    body="Invoices are late again. We are looking for the cause.",
)
"""


def _everything_sent_out(house: House, sink: Sink, incident_id: str) -> dict[str, bytes]:
    outward = {f"site/{path}": raw for path, raw in every_built_byte(house).items()}
    for address in (
        "/", "/history/", f"/incidents/{incident_id}/", f"/incidents/{incident_id}.json",
        "/history.atom", "/subscribe/", "/healthz", "/api/v2/summary.json", "/desk/sign-in/",
        f"/desk/cases/{incident_id}/", f"/desk/cases/{incident_id}/postmortem/",
        f"/desk/cases/{incident_id}/postmortem/revisions/", "/desk/action-items/",
    ):  # fmt: skip
        outward[f"answer to {address}"] = _get(house.url + address)
    for number, (recipients, raw) in enumerate(sink.received):
        decoded = words_of(sink.messages[number]).encode()
        outward[f"letter {number} to {recipients}"] = raw + decoded
    outward["the log"] = house.log().encode()
    return outward


def _get(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            body: bytes = answer.read()
            return body
    except urllib.error.HTTPError as refused:
        return refused.read()


@pytest.mark.journey
def test_a_canary_written_inside_is_found_in_no_byte_outside(house: House, sink: Sink) -> None:
    incident_id = house.python(STORY).strip().splitlines()[-1]
    house.start()
    wait_until(
        lambda: any("1,798 customers" in words_of(m) for m in sink.messages), "a letter of closure"
    )
    house.python(COMES_BACK.replace("INCIDENT", incident_id))
    wait_until(
        lambda: any("late again" in words_of(m) for m in sink.messages), "word that it came back"
    )

    outward = _everything_sent_out(house, sink, incident_id)

    closing = [name for name, body in outward.items() if b"1,798 customers" in body]
    assert any(name.startswith("site/incidents/") for name in closing), sorted(outward)
    assert any(name.startswith("letter") for name in closing), sorted(outward)
    assert any("atom" in name for name in closing), sorted(outward)
    leaks = [
        f"{what} in {name}"
        for what, canary in CANARIES.items()
        for name, body in outward.items()
        if canary.encode() in body.lower()
    ]
    assert leaks == []


@pytest.mark.journey
def test_the_canaries_really_are_inside(house: House) -> None:
    if house.database_url:
        pytest.skip("reads the SQLite file byte by byte; the other test runs on both databases")
    incident_id = house.python(STORY).strip().splitlines()[-1]
    house.python(COMES_BACK.replace("INCIDENT", incident_id))
    with sqlite3.connect(house.data_dir / "afterword.sqlite3") as database:
        dump = "\n".join(database.iterdump()).lower()
    assert [what for what, canary in CANARIES.items() if canary not in dump] == []
