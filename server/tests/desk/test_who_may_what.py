"""Every address of the desk × every role: one table, by hand, against what really answers.

A new address without a row fails here. So does an address that lets in, or keeps out, somebody the
table does not name, and one that finds an object of another page.
"""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from afterword.accounts.actions import make_token, set_roles
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.answers import keep_remark
from afterword.audience.actions.hooks import ask_for_hook, confirm_hook
from afterword.audience.actions.intake import bring_customers
from afterword.audience.actions.lists import freeze_list
from afterword.audience.models import Hook, Intake, ReaderRemark, RecipientListMember, Segment
from afterword.audience.queries.customers import member_of
from afterword.commitments.actions import promise
from afterword.commitments.models import Mechanism
from afterword.components.actions import choose_languages, create_page
from afterword.fanout.actions import expand_due
from afterword.fanout.models import Mailing
from afterword.incidents.actions import save_template
from afterword.incidents.queries import incident_by_public_id
from afterword.kit.errors import NotFound
from afterword.postbox.actions import note_came_back
from afterword.postbox.models import Letter, Message
from afterword.postbox.reports import Kind, Report
from afterword.postmortems.actions import add_item, ask_reading, begin
from afterword.publishing.actions import announce_incident, announce_maintenance, announce_update
from afterword.publishing.models import Departure
from afterword.statements.actions import comment, override, save_translation
from afterword.statements.queries import findings
from desk.office import BRIEF, complete_record, person, signed_in, written

R, W, P, A = Role.RESPONDER, Role.WRITER, Role.PUBLISHER, Role.ADMIN
ALL = frozenset(Role)
OPEN = "open to anybody"
NO = None  # this kind of request is not taken here
ADMIN = frozenset({A})
INVESTIGATES = frozenset({Role.INVESTIGATOR, A})
RUNS, WRITES = frozenset({R, A}), frozenset({R, W, A})
REVIEWS, PUBLISHES = frozenset({Role.REVIEWER, Role.LEGAL, A}), frozenset({P, A})
HOLDS = REVIEWS | PUBLISHES
EVIDENCE = frozenset({Role.LEGAL, P, A})
OVERRIDES, DECIDES = frozenset({Role.REVIEWER, P, A}), frozenset({W, P, A})

TABLE: dict[str, tuple[Any, Any]] = {
    # name: (who may GET, who may POST)
    "now": (ALL, NO),
    "sign-in": (OPEN, OPEN),
    "sign-in-code": (OPEN, OPEN),
    "begin-sign-in-passkey": (NO, OPEN),
    "sign-in-passkey": (NO, OPEN),
    "sign-on": (OPEN, NO),
    "sign-on-back": (OPEN, NO),
    "sign-out": (NO, OPEN),
    "take-back": (NO, ALL),
    "held": (ALL, ALL),
    "incidents": (ALL, NO),
    "open-incident": (ALL, RUNS),
    "plan-maintenance": (ALL, RUNS),
    "move-maintenance": (ALL, RUNS),
    "call-off": (ALL, RUNS),
    "incident": (ALL, NO),
    "post-update": (NO, RUNS),
    "backfill": (ALL, RUNS),
    "templates": (ALL, NO),
    "new-template": (ALL, RUNS),
    "template": (ALL, RUNS),
    "retire-template": (NO, RUNS),
    "hold": (NO, HOLDS),
    "release": (NO, HOLDS),
    "open-case": (NO, RUNS),
    "case": (ALL, ALL),
    "close-case": (NO, RUNS),
    "reopen": (NO, RUNS),
    "recurrence": (NO, WRITES),
    "outside": (NO, WRITES),
    "settle-remark": (NO, WRITES),
    "record": (ALL, WRITES),
    "figures": (NO, ALL),
    "decision": (ALL, DECIDES),
    "confirm-decision": (NO, DECIDES),
    "commitments": (ALL, frozenset({W, A})),
    "tell-promises": (NO, PUBLISHES),
    "commitment": (ALL, frozenset({W, A})),
    "follow-up": (ALL, DECIDES),
    "people": (ALL, PUBLISHES),
    "impacts": (ALL, PUBLISHES),
    "recipients": (PUBLISHES, NO),
    "letter-preview": (PUBLISHES, NO),
    "letter-export": (PUBLISHES, NO),
    "postmortem": (INVESTIGATES, INVESTIGATES),
    "check-review": (NO, INVESTIGATES),
    "begin-review": (NO, INVESTIGATES),
    "fill-timeline": (NO, INVESTIGATES),
    "ask-reading": (NO, INVESTIGATES),
    "settle-reading": (NO, INVESTIGATES),
    "review-revisions": (INVESTIGATES, NO),
    "export-review": (NO, INVESTIGATES),
    # What crosses needs both sides' permission: no single role but the administrator's has it.
    "lift-fact": (ADMIN, ADMIN),
    "lift-item": (ADMIN, ADMIN),
    "add-action-item": (NO, INVESTIGATES),
    "action-item": (INVESTIGATES, INVESTIGATES),
    "delivered": (ALL, PUBLISHES),
    "action-items": (INVESTIGATES, NO),
    "start-statement": (NO, WRITES),
    "correct": (ALL, WRITES),
    "customers": (ALL, PUBLISHES),
    "customer-remove": (PUBLISHES, PUBLISHES),
    # What was wrong with a row quotes the row.
    "upload": (PUBLISHES, PUBLISHES),
    "upload-progress": (PUBLISHES, NO),
    "upload-refusals": (PUBLISHES, NO),
    "statement": (ALL, WRITES),
    "check": (NO, ALL),
    "preview": (ALL, ALL),
    # Whom letters are to is in them.
    "dry-run": (PUBLISHES, NO),
    "keep-typed": (NO, WRITES),
    "forget-typed": (NO, ALL),
    "ask-review": (NO, WRITES),
    "review": (ALL, NO),
    "approve": (NO, HOLDS),
    "ask-changes": (NO, REVIEWS),
    "comment": (NO, ALL - {Role.INVESTIGATOR}),
    "settle-comment": (NO, ALL - {Role.INVESTIGATOR}),
    "read-afterwards": (NO, REVIEWS),
    "override": (NO, OVERRIDES),
    "confirm-override": (NO, OVERRIDES),
    "publish": (ALL, PUBLISHES),
    "cancel-departure": (NO, ALL - {Role.INVESTIGATOR}),
    "translations": (ALL, WRITES),
    "approve-translation": (NO, REVIEWS),
    "ask-translation-changes": (NO, REVIEWS),
    "publish-translation": (NO, PUBLISHES),
    "look": (ALL, ADMIN),
    "ways": (ALL, ADMIN),
    "mailings": (ALL, NO),
    "mailing": (ALL, NO),
    "mailing-progress": (ALL, NO),
    "pause-mailing": (NO, ALL - {Role.INVESTIGATOR}),
    "steer-mailing": (NO, PUBLISHES),
    "mend-mailing": (NO, PUBLISHES),
    "try-again": (NO, PUBLISHES),
    "tokens": (ADMIN, ADMIN),
    "token-end": (NO, ADMIN),
    "hooks": (ALL, NO),
    "subscribers": (ALL, PUBLISHES),
    "hook-test": (NO, PUBLISHES),
    "hook-end": (NO, PUBLISHES),
    "panel": (ALL, ADMIN),
    "outbox": (ALL, NO),
    "letter": (PUBLISHES, NO),
    "people-here": (ADMIN, ADMIN),
    "person": (ADMIN, ADMIN),
    "person-link": (NO, ADMIN),
    "person-switch": (NO, ADMIN),
    "person-sign-out": (NO, ADMIN),
    "person-take-off": (NO, ADMIN),
    "myself": (ALL, ALL),
    "prove": (ALL, ALL),
    "set-up-app": (ALL, ALL),
    "remove-app": (NO, ALL),
    "renew-codes": (NO, ALL),
    "begin-passkey": (NO, ALL),
    "add-passkey": (NO, ALL),
    "remove-passkey": (NO, ALL),
    "end-other-sessions": (NO, ALL),
    "end-session": (NO, ALL),
    "welcome": (OPEN, OPEN),
    "trust": (ALL, NO),
    "trust-csv": (ALL, NO),
    "trust-json": (ALL, NO),
    "trust-measure": (ALL, NO),
    "evidence": (EVIDENCE, NO),
    "evidence-csv": (EVIDENCE, NO),
    "evidence-json": (EVIDENCE, NO),
    "report-customer": (ALL, NO),
    "report-customer-pdf": (ALL, NO),
    "report-auditor": (EVIDENCE, NO),
    "report-auditor-pdf": (EVIDENCE, NO),
    "audit": (ALL, NO),
    "audit-csv": (ADMIN, NO),
    "audit-jsonl": (ADMIN, NO),
}
# What a role on one page does not open: these show, or change, what belongs to every page.
OF_EVERY_PAGE = {
    "outbox", "letter", "try-again", "audit", "audit-csv", "audit-jsonl", "people-here", "person",
    "person-link", "person-switch", "person-sign-out", "person-take-off",
}  # fmt: skip
# There is no object for these in the office: what is asked is who gets as far as looking for it.
NOTHING_THERE = {
    "end-session", "read-afterwards", "held", "letter-preview", "letter-export",
    "customer-remove",
}  # fmt: skip


# Only the person who was named may do these, whatever the others' roles.
ONE_PERSONS = {"confirm-override"}
PARTS_OF_A_PAGE = {
    "incident_id", "statement_id", "translation_id", "commitment_id", "override_id",
    "template_id", "departure_id", "comment_id", "item_id", "remark_id",
    "mailing_id", "hook_id", "token_id", "upload_id",
}  # fmt: skip

# People and letters are of every page; the rest is no object, or one's own (keys, pads, tokens).
# A member of a list has a test of their own below.
OF_NO_PAGE = {
    "person_id", "letter_id", "passkey_id", "handle", "token", "key", "pad", "code", "form",
    "number", "member_id",
}  # fmt: skip


def routes() -> dict[str, list[str]]:
    """Return name → names of the parts, for every address of the desk."""
    desk = next(e for e in get_resolver().url_patterns if getattr(e, "namespace", "") == "desk")
    return {str(e.name): list(e.pattern.converters) for e in desk.url_patterns}


def furnished(office: SimpleNamespace, now: Any) -> dict[str, Any]:
    """Give the office's page one of everything that an address can name; return the names."""
    complete_record(office, now)
    statement = written(office, now, BRIEF)
    finding = findings(statement).findings[0]
    accepted = override(
        actor=office.rolf, now=now, statement=statement, rule=finding.rule, quote=finding.quote,
        reason="The support desk asked for this word.", second_person=office.pia,
    )  # fmt: skip
    made = promise(
        actor=office.wanda, now=now, incident=office.incident, what="The list is kept short.",
        why="A full list stopped sending.", effect="Sending goes on.",
        mechanism=Mechanism.values[0], due=now.date(),
    )  # fmt: skip
    choose_languages(actor=office.ada, now=now, page=office.page, languages=["en", "de"])
    translation = save_translation(
        actor=office.wanda, now=now, statement=statement, language="de", title="T", body="B",
        of_revision=2,
    )  # fmt: skip
    planned = announce_maintenance(
        actor=office.ada, now=now, page=office.page, title="Disks are changed",
        body="We change disks.", scheduled_for=now + timedelta(days=1),
        scheduled_until=now + timedelta(days=2), components=[],
    )  # fmt: skip
    template = save_template(
        actor=office.wanda, now=now, page=office.page, name="First word", body="We look into it.",
        status="investigating",
    )  # fmt: skip
    departure = Departure.objects.create(
        page=office.page, statement_id=statement.public_id, revision=2, leave_at=now,
        asked_by=office.pia, asked_at=now,
    )  # fmt: skip
    remark = comment(actor=office.rolf, now=now, statement=statement, body="Say who.")
    keep_remark(now=now, page=office.page, incident_ref=office.incident.public_id, text="How long?")
    begin(actor=office.ines, now=now, incident=office.incident, outline="short")
    ask_reading(actor=office.ines, now=now, incident=office.incident)
    item = add_item(
        actor=office.ines, now=now, incident=office.incident, what="Limit the list",
        mechanism="prevent",
    )  # fmt: skip
    message = Message.objects.create(
        key=f"k{office.page.pk}", stream="status", sender="a@b.example", subject="S", text="T",
        created_at=now,
    )  # fmt: skip
    letter = Letter.objects.create(
        message=message, about="x", recipient=f"r{office.page.pk}@fernway.example",
        rfc_message_id=f"<{office.page.pk}@b.example>", next_at=now, created_at=now,
    )  # fmt: skip
    note_came_back(
        now=now, letter=letter, report=Report(Kind.HARD, "5.1.1", "550 5.1.1 No such user", ()),
        proven=True, digest=f"d{office.page.pk}",
    )  # fmt: skip
    expand_due(now=now)
    where = f"https://hooks.fernway.example/{office.page.pk}"
    ask_for_hook(
        now=now, page=office.page, channel="webhook", url=where, email="ops@fernway.example"
    )
    hook = Hook.objects.get(page=office.page)
    token = make_token(
        actor=office.ada, now=now, page=office.page.pk, name="CRM", scope="customers"
    ).token
    confirm_hook(now=now, token=hook.token)
    upload = bring_customers(
        actor=MACHINE, now=now, page=office.page, raw=b"account_id,name\na1,Fernway\n",
        kind=Intake.Kind.CSV, dry_run=True, later=True,
    )  # fmt: skip
    assert isinstance(upload, Intake)
    return {
        "mailing_id": Mailing.objects.filter(publication__page=office.page)[0].pk,
        "incident_id": office.incident.public_id,
        "maintenance_id": planned.incident_id,
        "statement_id": statement.public_id,
        "translation_id": translation.public_id,
        "commitment_id": made.public_id,
        "override_id": accepted.pk,
        "template_id": template.public_id,
        "departure_id": departure.pk,
        "comment_id": remark.pk,
        "remark_id": ReaderRemark.objects.get(page=office.page).pk,
        "item_id": item.public_id,
        "letter_id": letter.pk,
        "hook_id": hook.pk,
        "upload_id": upload.public_id,
        "token_id": token.pk,
        "person_id": office.gus.pk,
        "number": 2,  # of publications, counted on each page by itself
        "passkey_id": 1,
        "handle": "0" * 32,
        "key": "0" * 32,
        "pad": "0" * 32,
        "token": "x",
        "code": "coverage",
        "member_id": 1,
        "form": "html",
    }


def another_page(office: SimpleNamespace, now: Any) -> SimpleNamespace:
    """Return the same people with another page and an incident of its own."""
    page = create_page(actor=MACHINE, now=now, name="Fernway", url="https://status.fernway.example")
    began = now - timedelta(hours=30)
    said = announce_incident(
        actor=MACHINE, now=began, page=page, title="Trains were late", body="Trains are late now.",
        severity=2,
    )  # fmt: skip
    incident = incident_by_public_id(page, said.incident_id)
    announce_update(
        actor=MACHINE, now=began + timedelta(hours=6), incident=incident, status="resolved",
        body="Trains run again.",
    )  # fmt: skip
    incident.refresh_from_db()
    return SimpleNamespace(**{**vars(office), "page": page, "incident": incident})


@pytest.fixture
def ids(office: SimpleNamespace, clock: Any) -> dict[str, Any]:
    return furnished(office, clock.now())


def address(name: str, ids: dict[str, Any]) -> str:
    values = {part: ids[part] for part in routes()[name]}
    if name in {"move-maintenance", "call-off"}:
        values["incident_id"] = ids["maintenance_id"]
    return reverse(f"desk:{name}", kwargs=values)


def answered(client: Client, method: str, where: str) -> Any:
    """Return what is answered; nothing of what it did stays."""
    with transaction.atomic():
        answer = getattr(client, method)(where)
        transaction.set_rollback(True)
    return answer


def wrong(name: str, method: str, rule: Any, role: str, answer: Any) -> str:
    """Return a line when the answer is not what the table says; empty when it is."""
    got, to = answer.status_code, answer.get("Location", "")
    if rule is NO:
        good, wanted = got == 405, "405"
    elif role in rule:
        there = {404} if name in NOTHING_THERE else {200, 302, 400, 409, 422}
        if name in ONE_PERSONS and b"needs the role" not in answer.content:
            there = there | {403}
        good, wanted = got in there and not to.startswith("/desk/sign-in/"), f"one of {there}"
    else:
        good, wanted = got == 403, "403"
    return "" if good else f"{role or 'nobody'}: {method} {name} answered {got} {to}, not {wanted}"


def against_the_table(client: Client, role: str, ids: dict[str, Any]) -> list[str]:
    found = []
    for name, rules in TABLE.items():
        for method, rule in zip(("get", "post"), rules, strict=True):
            if rule != OPEN:
                answer = answered(client, method, address(name, ids))
                found.append(wrong(name, method, rule, role, answer))
    return [line for line in found if line]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(TABLE) == set(routes())


def test_a_role_opens_what_the_table_says_and_nothing_else(
    office: SimpleNamespace, ids: dict[str, Any], clock: Any
) -> None:
    found = against_the_table(signed_in(office.gus), "", ids)
    for role in Role:
        client = signed_in(person(clock.now(), f"Una-{role}", role))
        found += against_the_table(client, role, ids)
    assert found == []


def test_a_role_on_this_page_opens_what_is_this_page_s(
    office: SimpleNamespace, ids: dict[str, Any], clock: Any
) -> None:
    gus = office.gus
    set_roles(actor=MACHINE, now=clock.now(), person=gus, roles=[A], page=office.page.pk)
    client, found = signed_in(gus), []
    for name, rules in TABLE.items():
        for method, rule in zip(("get", "post"), rules, strict=True):
            if rule not in (OPEN, NO):
                opens = frozenset() if name in OF_EVERY_PAGE else rule
                answer = answered(client, method, address(name, ids))
                found.append(wrong(name, method, opens, A, answer))
    assert [line for line in found if line] == []


def test_another_page_s_roles_open_nothing_here_and_its_objects_are_not_there(
    office: SimpleNamespace, ids: dict[str, Any], clock: Any
) -> None:
    other = another_page(office, clock.now())
    theirs = furnished(other, clock.now())
    gus = office.gus
    set_roles(actor=MACHINE, now=clock.now(), person=gus, roles=list(Role), page=other.page.pk)
    assert against_the_table(signed_in(gus), "", ids) == [], "a role there opens something here"
    client, asked, found = signed_in(office.ada), 0, []
    for name, parts in routes().items():
        for part in PARTS_OF_A_PAGE & set(parts):
            mixed = ids | {part: theirs[part]}
            if part == "incident_id":
                mixed["maintenance_id"] = theirs["maintenance_id"]
            for method, rule in zip(("get", "post"), TABLE[name], strict=True):
                if rule is not NO:
                    asked += 1
                    answer = answered(client, method, address(name, mixed))
                    if answer.status_code != 404:
                        found.append(
                            f"{method} {name} with another page's {part}: {answer.status_code}"
                        )
    assert asked > 45
    assert found == []


def test_every_part_of_an_address_is_asked_with_another_page_s_or_is_of_no_page() -> None:
    named = {part for parts in routes().values() for part in parts}
    assert sorted(named - PARTS_OF_A_PAGE - OF_NO_PAGE) == []
    assert sorted((PARTS_OF_A_PAGE | OF_NO_PAGE) - named) == []


def test_who_gets_a_letter_is_found_beside_their_own_incident_alone(
    office: SimpleNamespace, clock: Any
) -> None:
    other = another_page(office, clock.now())
    members = {}
    for each in (office, other):
        ref = each.incident.public_id
        frozen = freeze_list(
            actor=MACHINE, now=clock.now(), page=each.page, incident_ref=ref, segment=Segment.DATA,
            members=[("somebody@fernway.example", "Somebody")],
        )  # fmt: skip
        members[ref] = RecipientListMember.objects.get(recipient_list=frozen).pk
    mine, theirs = office.incident.public_id, other.incident.public_id
    assert member_of(office.page, mine, members[mine]).pk == members[mine]
    for page, ref, member in (
        (office.page, mine, members[theirs]), (office.page, theirs, members[theirs]),
        (other.page, mine, members[mine]),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            member_of(page, ref, member)


def test_an_address_without_its_guard_is_found(
    office: SimpleNamespace, ids: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A view that lets everybody in is a line in the report, not a silence."""
    desk = next(e for e in get_resolver().url_patterns if getattr(e, "namespace", "") == "desk")
    entry = next(e for e in desk.url_patterns if e.name == "customers")
    monkeypatch.setattr(entry, "callback", lambda request: HttpResponse("all of them"))
    lines = against_the_table(signed_in(office.gus), "", ids)
    assert [line.split(" answered")[0] for line in lines] == [
        "nobody: get customers", "nobody: post customers",
    ]  # fmt: skip
